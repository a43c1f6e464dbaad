"""A party's list of what it answers for: by case number, never by name, and only where consent covers it on the day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.consent import Consent, InformationKind, kinds_covered
from rehabdesk.domain.forum import days_late
from rehabdesk.domain.names import Hit, HitKind, Register, find_on_screen
from rehabdesk.domain.papers import Document, Imprint, Letterhead, Questions

#: An action is written for the table: it is a planned measure.
KINDS = frozenset({InformationKind.PLANNED_MEASURES})


@dataclass(frozen=True, slots=True)
class ListedAction:
    """One action. `what` is empty where its words name somebody: the reader then looks in the case's own papers."""

    case_number: str
    what: str
    due: date | None
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class ListSection:
    """The actions of one forum, with the authority that is controller there."""

    forum: str
    controller: str
    actions: tuple[ListedAction, ...]


@dataclass(frozen=True, slots=True)
class ActionListDocument(Document):
    """What one party answers for on a day. Several forums may have several controllers: each has its section."""

    letterhead: Letterhead
    imprint: Imprint
    party: str
    on: date
    sections: tuple[ListSection, ...]
    questions: Questions
    reader_in_file: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many open actions are not in a list, and why; told to the coordinator, never in the list."""

    without_consent: int = 0
    protected: int = 0


def is_covered(case_id: int | None, party_id: int, consents: Iterable[Consent], today: date) -> bool:
    """Whether a party may be told of a case's actions today. A general action is nobody's."""
    return case_id is None or KINDS <= kinds_covered(consents, case_id, party_id, today)


def listed(
    what: str, case_id: int | None, case_number: str, due: date | None, today: date, register: Register, case_ids: Collection[int]
) -> ListedAction:
    """An action as it may stand in a list without names: words that name a participant are left out whole, hers too."""
    hits = find_on_screen(what, register, agenda_case_ids=case_ids)
    words = "" if _names(hits, case_id) else what
    return ListedAction(case_number, words, due, days_late(due, today))


def _names(hits: Sequence[Hit], case_id: int | None) -> bool:
    """The case's own number is said anyway."""
    return any(hit.kind is not HitKind.CASE_NUMBER or hit.case_id != case_id for hit in hits)
