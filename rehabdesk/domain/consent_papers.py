"""The papers of consent, each the whole of what one reader gets: the form, the information of article 13, what was handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.hand_outs import Medium, ReaderKind
from rehabdesk.domain.papers import Document, Imprint, Letterhead, PaperKind, Questions


@dataclass(frozen=True, slots=True)
class ConsentFormDocument(Document):
    """Samtycke till att vi delar uppgifter om dig. Without a name and a case it is blank.

    No box in it is ticked: she ticks them. `asks_identity_number` is off under protected identity. `text_version` names
    the wording, which is chosen by the language of the paper.
    """

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    participant_name: str
    parties: tuple[str, ...]
    questions: Questions
    text_version: str
    asks_identity_number: bool = True
    print_size: int = 12


@dataclass(frozen=True, slots=True)
class InformationDocument(Document):
    """Information om dina uppgifter (article 13). Without a name and a case it is blank."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    participant_name: str
    questions: Questions
    text_version: str
    print_size: int = 12


@dataclass(frozen=True, slots=True)
class HandedOutLine:
    """One copy that was handed out; `party` is whom to, for a party. `is_named_in` when the paper named her among others."""

    on: date
    paper: PaperKind
    version: int
    reader: ReaderKind
    party: str
    medium: Medium
    session_on: date | None
    is_named_in: bool = False
    is_printed_only: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawnLine:
    """A party whose consent she has withdrawn, and when."""

    party: str
    on: date


@dataclass(frozen=True, slots=True)
class HandOutsDocument(Document):
    """What has been handed out about a case, to whom and when, for the participant who asks or for the file."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    participant_name: str
    lines: tuple[HandedOutLine, ...]
    withdrawn: tuple[WithdrawnLine, ...]
    questions: Questions
    print_size: int = 12
