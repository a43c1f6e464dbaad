"""Notes between meetings: what they say of actions is one step with them, and nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.domain.notes import Answer
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, notes, parties
from rehabdesk.services.notes import Draft, NewNote
from rehabdesk.store.queries import notes as queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.tables.forum import ActionEvent
from tests.helpers.ledger import Ledger, ledger
from tests.helpers.vaults import new_store

TODAY = date(2026, 11, 22)


@pytest.fixture
def book(store) -> Ledger:
    return ledger(store)


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def actions(book: Ledger) -> dict[int, action_queries.ActionRow]:
    return {row.id: row for row in book.store.read(action_queries.actions)}


def events(connection) -> list[tuple[int, str, int | None]]:
    return [tuple(row) for row in connection.execute(select(ActionEvent.action_id, ActionEvent.kind, ActionEvent.note_id))]


def test_a_note_closes_and_moves_in_one_step(store, book):
    case_id, contact = book.forum.case_ids[1], book.forum.contact_ids["FK"]
    later, own = book.ids["later"], book.ids["own"]
    before = actions(book)
    answers = (Answer(own, ActionEventKind.DONE), Answer(later, ActionEventKind.MOVED, TODAY + timedelta(days=20)))
    note_id = notes.write_note(store, case_id, NewNote("Klart enligt telefon 20/11", date(2026, 11, 20), contact_id=contact, reason="enligt telefon"), answers)
    after = actions(book)
    assert (after[own].state, after[own].closed_on) == (ActionState.DONE, date(2026, 11, 20))
    assert (after[later].due_on, after[later].move_count) == (TODAY + timedelta(days=20), 3)
    assert {row[2] for row in store.read(events)} == {note_id}
    (row,) = store.read(queries.of_case, case_id)
    assert (row.with_whom, row.party_id) == ("Eva Holm, Försäkringskassan", book.forum.party_ids["FK"])
    assert [(one.action_id, one.kind) for one in row.actions] == [(own, ActionEventKind.DONE), (later, ActionEventKind.MOVED)]
    store.undo()
    assert actions(book) == before
    assert store.read(queries.of_case, case_id) == ()
    assert store.read(events) == []
    store.redo()
    assert actions(book) == after


@pytest.mark.parametrize(
    ("new", "answer", "code"),
    [
        (NewNote("  ", TODAY), None, "note.text_missing"),
        (NewNote("x", None), None, "note.day_missing"),
        (NewNote("x", TODAY + timedelta(days=1)), None, "note.in_future"),
        (NewNote("x" * 100_001, TODAY), None, "text.too_long"),
        (NewNote("x", TODAY, contact_id=999), None, "contact.gone"),
        (NewNote("x", TODAY, party_id=999), None, "party.gone"),
        (NewNote("x", TODAY), ("own", ActionEventKind.MOVED, None), "note.moved_without_day"),
        (NewNote("x", TODAY), ("own", ActionEventKind.MOVED, TODAY), "action.move_reason_missing"),
        (NewNote("x", TODAY), ("late", ActionEventKind.DONE, None), "note.action_of_another_case"),
    ],
)
def test_refusals_leave_everything_as_it_was(store, book, new, answer, code):
    before = actions(book)
    answers = () if answer is None else (Answer(book.ids["later"], ActionEventKind.DONE), Answer(book.ids[answer[0]], *answer[1:]))
    with pytest.raises(Refused) as refused:
        notes.write_note(store, book.forum.case_ids[1], new, answers)
    assert codes(refused) == [code]
    assert actions(book) == before
    assert store.read(queries.of_case, book.forum.case_ids[1]) == ()


def test_an_action_closed_meanwhile_is_refused_with_the_whole_note(store, book):
    own, later = book.ids["own"], book.ids["later"]
    notes.write_note(store, book.forum.case_ids[1], NewNote("klart", TODAY), (Answer(own, ActionEventKind.DONE),))
    with pytest.raises(Refused) as refused:
        notes.write_note(
            store, book.forum.case_ids[1], NewNote("klart igen", TODAY), (Answer(later, ActionEventKind.DONE), Answer(own, ActionEventKind.DONE))
        )
    assert codes(refused) == ["action.already_closed"]
    assert actions(book)[later].state is ActionState.OPEN


def test_a_draft_is_kept_until_the_note_is_written(store, book):
    case_id = book.forum.case_ids[0]
    notes.keep_draft(store, case_id, Draft("i går", "chefen", None, "Hon vill"))
    notes.keep_draft(store, case_id, Draft("i går", "chefen", None, "Hon vill börja"))
    assert store.undo_label is None
    assert store.read(queries.draft, case_id).text == "Hon vill börja"
    with pytest.raises(Refused):
        notes.write_note(store, case_id, NewNote("Hon vill börja", None))
    assert store.read(queries.draft, case_id).text == "Hon vill börja"
    notes.write_note(store, case_id, NewNote("Hon vill börja", TODAY, "chefen"))
    assert store.read(queries.draft, case_id) is None
    (row,) = store.read(queries.of_case, case_id)
    assert (row.with_whom, row.contact_id) == ("chefen", None)
    notes.keep_draft(store, case_id, Draft("", " ", None, "\n"))
    assert store.read(queries.draft, case_id) is None


def test_a_note_is_corrected_and_removed_and_brought_back(store, book):
    case_id = book.forum.case_ids[0]
    note_id = notes.write_note(store, case_id, NewNote("Talade om januari", TODAY), (Answer(book.ids["late"], ActionEventKind.DONE),))
    notes.change_note(store, note_id, NewNote("Talade om februari", TODAY - timedelta(days=1), party_id=book.forum.party_ids["HR"]))
    (row,) = store.read(queries.of_case, case_id)
    assert (row.text, row.on, row.with_whom) == ("Talade om februari", TODAY - timedelta(days=1), "Vara kommun, HR")
    notes.remove_note(store, note_id)
    assert store.read(queries.of_case, case_id) == ()
    assert actions(book)[book.ids["late"]].state is ActionState.DONE
    store.undo()
    (row,) = store.read(queries.of_case, case_id)
    assert [one.action_id for one in row.actions] == [book.ids["late"]]
    with pytest.raises(Refused) as refused:
        notes.change_note(store, 999, NewNote("x", TODAY))
    assert codes(refused) == ["note.gone"]


def test_what_a_note_names_stays(store, book):
    case_id = cases.open_case(store, book.forum.series_id, "Ny", "Person")
    notes.write_note(store, case_id, NewNote("x", TODAY, contact_id=book.clinic_contact))
    with pytest.raises(Refused):
        cases.remove_case(store, case_id)
    with pytest.raises(Refused):
        parties.remove_contact(store, book.clinic_contact)


def test_writing_a_note_is_logged_by_ids_alone(store, book):
    case_id = book.forum.case_ids[0]
    note_id = notes.write_note(store, case_id, NewNote("hemligt ord", TODAY))
    lines = [tuple(row) for row in store.read(lambda c: c.exec_driver_sql("SELECT kind, subject_id, detail FROM log_entry").fetchall())]
    written = [line for line in lines if line[0] == "note_written"]
    assert [(line[1], str(note_id) in line[2]) for line in written] == [(case_id, True)]
    assert not any("hemligt" in str(line) for line in lines)


@settings(max_examples=20)
@given(kinds=st.lists(st.sampled_from([None, ActionEventKind.DONE, ActionEventKind.DROPPED, ActionEventKind.KEPT, ActionEventKind.MOVED]), min_size=2, max_size=2))
def test_one_undo_takes_back_a_note_whatever_it_did(note_store, kinds):
    book = note_store
    before = actions(book)
    answers = [
        Answer(book.ids[name], kind, TODAY + timedelta(days=7) if kind is ActionEventKind.MOVED else None)
        for name, kind in zip(("own", "later"), kinds, strict=True)
        if kind is not None
    ]
    notes.write_note(book.store, book.forum.case_ids[1], NewNote("x", TODAY, reason="skäl"), answers)
    assert sum(actions(book)[a.action_id] != before[a.action_id] for a in answers) == sum(a.kind is not ActionEventKind.KEPT for a in answers)
    book.store.undo()
    assert actions(book) == before
    assert book.store.read(events) == []


@pytest.fixture(scope="module")
def note_store(tmp_path_factory):
    with new_store(tmp_path_factory.mktemp("notes") / "N.rehabdesk") as opened:
        yield ledger(opened)
