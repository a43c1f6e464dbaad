"""What a coming meeting still lacks, as data: one thing a line, each with where it is put right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rehabdesk.domain.forum import ItemKind, days_late, minutes_between


class LackKind(StrEnum):
    """What is missing, in the order it is told."""

    NO_ITEMS = "no_items"
    NO_CONSENT = "no_consent"
    CONSENT_FOR_PARTY = "consent_for_party"
    NOBODY_CALLED = "nobody_called"
    LATE_ACTION = "late_action"
    NOBODY_EXPECTED = "nobody_expected"
    QUESTION = "question"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class PlannedParty:
    """A party called to an item. `name` is empty for a sensitive one: no list of many cases names it (`product.md` rule 5)."""

    id: int
    name: str
    may_hear: bool


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """What readiness needs of an item."""

    id: int
    kind: ItemKind
    name: str
    case_id: int | None
    minutes: int
    has_question: bool
    called: tuple[PlannedParty, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An open action of a case on the agenda; `party` is empty for a sensitive one and for the participant's own."""

    case_id: int
    due: date
    party: str


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing missing. `item` and `party` are written out; `number` is days late, minutes over or a count."""

    kind: LackKind
    item_id: int | None = None
    case_id: int | None = None
    item: str = ""
    party: str = ""
    number: int = 0


def lacks(
    items: Sequence[PlannedItem], actions: Iterable[OpenAction], expected_party_ids: Collection[int], start: str, end: str, today: date
) -> tuple[Lack, ...]:
    """Everything a meeting lacks, the gravest first."""
    found: list[Lack] = []
    if not items:
        found.append(Lack(LackKind.NO_ITEMS))
    for item in items:
        found.extend(_about_consent(item))
    found.extend(_late(items, actions, today))
    found.extend(_unexpected(items, expected_party_ids))
    found.extend(
        Lack(LackKind.QUESTION, item.id, item.case_id, item.name)
        for item in items
        if item.kind is not ItemKind.GENERAL and not item.has_question
    )
    over = sum(item.minutes for item in items) - minutes_between(start, end)
    if over > 0:
        found.append(Lack(LackKind.TOO_LONG, number=over))
    order = tuple(LackKind)
    return tuple(sorted(found, key=lambda lack: order.index(lack.kind)))


def misses_window(starts: str, ends: str, can_from: str | None, can_until: str | None) -> bool:
    """Whether an item begins before a party can come, or ends after it has to leave; all times "HH:MM"."""
    return bool((can_from and starts < can_from) or (can_until and ends > can_until))


def _about_consent(item: PlannedItem) -> list[Lack]:
    if item.kind is not ItemKind.CASE:
        return []
    if not item.called:
        return [Lack(LackKind.NOBODY_CALLED, item.id, item.case_id, item.name)]
    if not any(party.may_hear for party in item.called):
        return [Lack(LackKind.NO_CONSENT, item.id, item.case_id, item.name)]
    # How many, and never which: a line that is worded otherwise where the party is sensitive would tell that it is.
    lacking = sum(not party.may_hear for party in item.called)
    return [Lack(LackKind.CONSENT_FOR_PARTY, item.id, item.case_id, item.name, number=lacking)] if lacking else []


def _late(items: Iterable[PlannedItem], actions: Iterable[OpenAction], today: date) -> list[Lack]:
    by_case = {item.case_id: item for item in items if item.case_id is not None}
    late = [(days_late(action.due, today), action) for action in actions if action.case_id in by_case]
    return [
        Lack(LackKind.LATE_ACTION, by_case[action.case_id].id, action.case_id, by_case[action.case_id].name, action.party, days)
        for days, action in sorted(late, key=lambda pair: -pair[0])
        if days > 0
    ]


def _unexpected(items: Iterable[PlannedItem], expected_party_ids: Collection[int]) -> list[Lack]:
    """Each party once; the sensitive ones together, without a word of the cases that they are called to."""
    absent = {party.id: party.name for item in items for party in item.called if party.id not in expected_party_ids}
    named = [Lack(LackKind.NOBODY_EXPECTED, party=name) for name in absent.values() if name]
    unnamed = len(absent) - len(named)
    return [*named, Lack(LackKind.NOBODY_EXPECTED, number=unnamed)] if unnamed else named
