"""The papers of cases: the referral form (aktualisering), and the sheet that the deputy takes over with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.circumstances import Need
from rehabdesk.domain.consent import ConsentStanding, FormState
from rehabdesk.domain.papers import Document, Imprint, Letterhead, PaperKind, Questions

#: How far ahead the deputy is told, in days.
AHEAD = 21


@dataclass(frozen=True, slots=True)
class ReferralDocument(Document):
    """Aktualisering: how somebody's situation is brought to the forum. Without a case it is blank.

    `asks_workplace` and `asks_identity_number` are off under protected identity.
    """

    letterhead: Letterhead
    imprint: Imprint
    questions: Questions
    case_number: str = ""
    participant_name: str = ""
    workplace: str = ""
    brought_by: str = ""
    is_her_own: bool = False
    arrived_on: date | None = None
    opened_on: date | None = None
    why_now: str = ""
    question: str = ""
    needs: tuple[Need, ...] = ()
    is_protected: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether it is to be filled in by hand."""
        return not self.case_number


class DeadlineKind(StrEnum):
    """What is due in a case."""

    PLAN = "plan"
    EVALUATION = "evaluation"
    CONSENT_ENDS = "consent_ends"
    FOLLOW_UP = "follow_up"
    OFFER = "offer"


@dataclass(frozen=True, slots=True)
class ComingSession:
    """A meeting in the weeks ahead."""

    name: str
    on: date
    start: str
    end: str
    place: str
    case_numbers: tuple[str, ...]
    other_cases: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due in a case, and when."""

    on: date
    case_number: str
    kind: DeadlineKind
    is_late: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An action that somebody is waited for with.

    `who` is empty where the participant or another party answers for it (`domain.actions`), `what` where its words name somebody.
    """

    who: str
    case_number: str
    what: str
    due: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class ConsentPlace:
    """Where the consent of a case is: whether it holds, until when, and where its form is."""

    case_number: str
    standing: ConsentStanding
    on: date | None
    form: FormState | None
    form_since: date | None


@dataclass(frozen=True, slots=True)
class PaperToGive:
    """A paper that is still to be handed over."""

    case_number: str
    paper: PaperKind
    session_on: date | None


@dataclass(frozen=True, slots=True)
class HandOverDocument(Document):
    """What the deputy needs for three weeks, by case number. Cases under protected identity are left out, and only counted."""

    letterhead: Letterhead
    imprint: Imprint
    until: date
    sessions: tuple[ComingSession, ...]
    deadlines: tuple[Deadline, ...]
    waiting: tuple[Waiting, ...]
    consents: tuple[ConsentPlace, ...]
    papers: tuple[PaperToGive, ...]
    calls_unanswered: int
    protected: int
    questions: Questions
