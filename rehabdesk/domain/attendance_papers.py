"""The papers of who comes: the round list, the sheet to fill in by hand, the certificate, and a participant's own occasions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.papers import Document, Imprint, Letterhead, Questions
from rehabdesk.domain.prerehab import BookingState


@dataclass(frozen=True, slots=True)
class RoundHead:
    """What every paper of a round tells about it."""

    title: str
    starts_on: date
    ends_on: date
    start: str
    end: str
    place: str


@dataclass(frozen=True, slots=True)
class RoundListLine:
    """A place, and who has it from when until when. One who may not be named to this reader leaves the number alone, as a free place does."""

    place_number: int
    name: str = ""
    case_number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: BookingState | None = None


@dataclass(frozen=True, slots=True)
class RoundListDocument(Document):
    """The names of a round by place: for the file, or for the party that supplies it."""

    letterhead: Letterhead
    imprint: Imprint
    round: RoundHead
    party: str
    lines: tuple[RoundListLine, ...]
    questions: Questions
    reader_in_file: str = ""


@dataclass(frozen=True, slots=True)
class SheetDay:
    """One occasion of a sheet to fill in."""

    on: date
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One place of a sheet to fill in. `away` are the days (by their place among the sheet's) that are not hers."""

    place_number: int
    name: str = ""
    case_number: str = ""
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class AttendanceSheetDocument(Document):
    """Persons and occasions with boxes, to fill in by hand, and lines for those who come besides."""

    letterhead: Letterhead
    imprint: Imprint
    round: RoundHead
    party: str
    days: tuple[SheetDay, ...]
    lines: tuple[SheetLine, ...]
    questions: Questions
    reader_in_file: str = ""
    empty_lines: int = 2


@dataclass(frozen=True, slots=True)
class CertificateDocument(Document):
    """Intyg om deltagande: between which days, and how many half-days of those that were held. Nothing of why she came."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    participant_name: str
    round_title: str
    programme: str
    from_on: date
    to_on: date
    is_over: bool
    came: int
    held: int
    questions: Questions
    print_size: int = 12


@dataclass(frozen=True, slots=True)
class OwnOccasion:
    """One time for the participant. `uid` knows it in a calendar again, and tells nothing."""

    uid: str
    on: date
    start: str
    end: str
    place: str
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class OccasionsDocument(Document):
    """Dina tillfällen: her days and times, where, and whom to ring. `is_protected` has paper from hand to hand, and no calendar."""

    letterhead: Letterhead
    imprint: Imprint
    case_number: str
    round_title: str
    occasions: tuple[OwnOccasion, ...]
    questions: Questions
    is_protected: bool = False
    print_size: int = 12
