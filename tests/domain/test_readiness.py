"""What a meeting lacks is told once, the gravest first, and never by a sensitive party's name."""

from __future__ import annotations

from datetime import date

from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.readiness import Lack, LackKind, OpenAction, PlannedItem, PlannedParty, lacks, misses_window

TODAY = date(2026, 11, 22)
HR = PlannedParty(1, "Vara kommun, HR", True)
AF = PlannedParty(2, "Arbetsförmedlingen", False)
UNION = PlannedParty(3, "", True)


def case(*called: PlannedParty, minutes: int = 20, question: bool = True, item_id: int = 10) -> PlannedItem:
    return PlannedItem(item_id, ItemKind.CASE, f"RF-2026-{item_id:03}", item_id, minutes, question, called)


def found(items, actions=(), expected=(1, 2, 3), end="15:30") -> list[Lack]:
    return list(lacks(items, actions, expected, "13:00", end, TODAY))


def kinds(*args, **kwargs) -> list[LackKind]:
    return [lack.kind for lack in found(*args, **kwargs)]


def test_an_empty_agenda_is_the_first_thing():
    assert kinds([]) == [LackKind.NO_ITEMS]


def test_a_ready_meeting_lacks_nothing():
    assert found([case(HR), PlannedItem(1, ItemKind.GENERAL, "Mötet öppnas", None, 5, False)]) == []


def test_consent_is_told_for_each_party_or_for_all():
    assert found([case(HR, AF)]) == [Lack(LackKind.CONSENT_FOR_PARTY, 10, 10, "RF-2026-010", number=1)]
    assert kinds([case(AF)]) == [LackKind.NO_CONSENT]
    assert kinds([case()]) == [LackKind.NOBODY_CALLED]


def test_late_actions_come_worst_first():
    actions = [OpenAction(10, date(2026, 11, 20), "HR"), OpenAction(10, date(2026, 11, 10), ""), OpenAction(10, TODAY, "HR"), OpenAction(99, date(2026, 1, 1), "HR")]
    assert [(lack.party, lack.number) for lack in found([case(HR)], actions)] == [("", 12), ("HR", 2)]


def test_a_party_nobody_is_expected_from_is_told_once():
    items = [case(HR, UNION), case(HR, UNION, item_id=11)]
    assert found(items, expected=(1,)) == [Lack(LackKind.NOBODY_EXPECTED, number=1)]
    assert found(items, expected=(UNION.id,)) == [Lack(LackKind.NOBODY_EXPECTED, party=HR.name)]


def test_questions_and_length():
    items = [case(HR, question=False, minutes=151), PlannedItem(1, ItemKind.CONSULTATION, "Vården", None, 0, False)]
    assert [(lack.kind, lack.number) for lack in found(items)] == [(LackKind.QUESTION, 0), (LackKind.QUESTION, 0), (LackKind.TOO_LONG, 1)]


def test_a_window_is_missed_at_either_end():
    assert not misses_window("13:00", "13:20", None, None)
    assert not misses_window("13:00", "13:20", "13:00", "13:20")
    assert misses_window("13:00", "13:20", "13:05", None)
    assert misses_window("13:00", "13:20", None, "13:15")
