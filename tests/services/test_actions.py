"""Many actions at once, and what is told of them across cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import actions as services
from rehabdesk.store.queries.forum import actions as queries
from tests.helpers.ledger import Ledger, ledger

TODAY = date(2026, 11, 22)


@pytest.fixture
def book(store) -> Ledger:
    return ledger(store)


def rows(book: Ledger) -> dict[str, queries.ActionRow]:
    found = {row.id: row for row in book.store.read(queries.actions)}
    return {name: found[id_] for name, id_ in book.ids.items()}


def test_many_are_moved_with_one_reason_in_one_step(store, book):
    before, day = rows(book), TODAY + timedelta(days=30)
    services.move_actions(store, [book.ids["late"], book.ids["later"], book.ids["no_date"]], day, "semester")
    after = rows(book)
    assert {name for name in after if after[name].due_on == day} == {"late", "later", "no_date"}
    assert (after["later"].move_count, after["late"].move_count) == (3, 1)
    assert store.undo_label.params == {"n": 3}
    store.undo()
    assert rows(book) == before
    assert store.undo_label is None


@pytest.mark.parametrize(("dropped", "state"), [(False, ActionState.DONE), (True, ActionState.DROPPED)])
def test_many_are_closed_in_one_step(store, book, dropped, state):
    services.close_actions(store, [book.ids["late"], book.ids["own"]], dropped=dropped)
    assert [rows(book)[name].state for name in ("late", "own", "later")] == [state, state, ActionState.OPEN]
    store.undo()
    assert {row.state for row in rows(book).values()} == {ActionState.OPEN}


def test_none_is_touched_when_one_is_closed_already(store, book):
    services.close_actions(store, [book.ids["own"]])
    before = rows(book)
    for verb in (
        lambda: services.move_actions(store, [book.ids["late"], book.ids["own"]], TODAY, "semester"),
        lambda: services.close_actions(store, [book.ids["late"], book.ids["own"]]),
        lambda: services.keep_actions(store, [book.ids["late"], book.ids["own"]]),
        lambda: services.move_actions(store, [book.ids["late"]], TODAY, "  "),
    ):
        with pytest.raises(Refused):
            verb()
        assert rows(book) == before


def test_kept_changes_nothing_but_is_remembered(store, book):
    before = rows(book)
    services.keep_actions(store, [book.ids["late"], book.ids["later"]])
    assert rows(book) == before
    assert store.undo_label.key == "action.many_kept"


def test_a_category_is_set_and_taken_back(store, book):
    services.set_category(store, [book.ids["late"], book.ids["own"]], "work_training")
    assert [rows(book)[name].category for name in ("late", "own", "in_time")] == ["work_training", "work_training", "adaptation"]
    store.undo()
    assert rows(book)["late"].category == ""


def test_a_sensitive_party_is_in_nothing_across_cases(store, book):
    """Neither in the list of whom to ring nor in what the ageing is made of; its row does not tell it outside the case."""
    hr, fk = book.forum.party_ids["HR"], book.forum.party_ids["FK"]
    assert [(row.party_id, row.open, row.late) for row in store.read(queries.parties_with_open, TODAY)] == [(fk, 3, 2), (hr, 2, 0)]
    assert {row.party_id for row in store.read(queries.open_of_parties)} == {fk, hr}
    assert {name for name, row in rows(book).items() if not row.is_told_outside} == {"sensitive", "own"}
