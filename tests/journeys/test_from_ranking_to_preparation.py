"""A meeting prepared by keyboard: an agenda proposed and taken, letters printed, answers noted, preparation sheets printed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.calling import Answer, CallState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import cases, consent, hand_outs, parties
from rehabdesk.services.forum import sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries import calls
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store
from rehabdesk.ui.shell.context import Target
from tests.helpers.forum import PEOPLE, Forum, small_forum
from tests.helpers.hands import go_to, key, push, unlock, wait_for
from tests.helpers.keys import CTRL, SHIFT, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, Forum]:
    """A vault with a meeting in three weeks, one case on its agenda, three that wait, and one sensitive party."""
    clock.set(datetime(2026, 11, 24, 9, 0))
    today = clock.today()
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=1)
        sessions.change_session(store, forum.session_id, SessionPlan(today + timedelta(days=21), "13:00", "14:30", "Stora Lundsal, Vara"))
        for given_name, surname in PEOPLE[1:4]:
            case_id = cases.open_case(store, forum.series_id, given_name, surname)
            consent.give(store, case_id, [forum.party_ids[name] for name in ("FK", "VC")], today, today + timedelta(days=200))
            forum.case_ids.append(case_id)
        parties.change_party(store, forum.party_ids["VC"], is_sensitive=True)
    return vault_dir, forum


def test_a_meeting_is_prepared(begin, made, printer) -> None:
    folder, forum = made
    window = unlock(begin(folder))
    store = window.context.store

    propose_and_take(window, store, forum)
    print_letters(window, store, forum, printer)
    note_answers(window, store, forum)
    silence_on_idag(window, store)
    print_sheets(window, store, forum, printer)


def propose_and_take(window, store: Store, forum: Forum) -> None:
    """Three fit beside the one that stood there; nothing is changed until the proposal is taken, and Ctrl+Z takes it back."""
    window.navigate(Target("forum", "session", forum.session_id, "agenda"))
    before = agenda(store, forum)
    key(Qt.Key.Key_F7)
    go_to("Det som inte fick plats")
    assert agenda(store, forum) == before
    key(Qt.Key.Key_Return, CTRL)
    taken = agenda(store, forum)
    assert [(row.minutes_before, row.case_id is not None) for row in taken] == [(0, False), (0, True), (5, True), (5, True)]
    key(Qt.Key.Key_Z, CTRL)
    assert agenda(store, forum) == before
    key(Qt.Key.Key_F7)
    key(Qt.Key.Key_Return, CTRL)
    assert [(row.case_id, row.minutes_before) for row in agenda(store, forum)] == [(row.case_id, row.minutes_before) for row in taken]


def print_letters(window, store: Store, forum: Forum, printer) -> None:
    """One job for each reader; Arbetsförmedlingen, without consent, gets none."""
    key(Qt.Key.Key_F3)
    key(Qt.Key.Key_P, CTRL | SHIFT)
    idle(window, store)
    letters = [row for row in store.read(hand_out_queries.of_session, forum.session_id) if row.paper is PaperKind.CALL]
    assert len(letters) == len(printer.jobs) == 10
    assert not [row for row in letters if row.party_id == forum.party_ids["AF"]]
    hand_outs.give(store, [row.id for row in letters if row.state is HandOutState.SENT])
    wait_for(lambda: not [row for row in rows(store, forum) if row.state is CallState.ON_ITS_WAY], "the letters to be given")


def note_answers(window, store: Store, forum: Forum) -> None:
    """1 for who comes; 2, a time and Enter for who comes at another; the party's window follows the answer."""
    go_to("Kallelser till mötet")
    key(Qt.Key.Key_Home, CTRL)
    key(Qt.Key.Key_1)
    first = rows(store, forum)[0]
    assert (first.party_id, first.answer) == (None, Answer.COMES)
    go_to("Kallelser till mötet")
    fk = forum.party_ids["FK"]
    place = next(place for place, row in enumerate(rows(store, forum)) if row.party_id == fk)
    for _ in range(place):
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_2)
    type_text(None, "13.30\n")
    row = rows(store, forum)[place]
    assert (row.answer, row.can_from) == (Answer.OTHER_TIME, "13:30")
    called = {party.party_id: party for party in agenda(store, forum)[1].called}
    assert called[fk].can_from == "13:30"


def silence_on_idag(window, store: Store) -> None:
    """Who has not answered stands on Idag by party, and a sensitive one without its name."""
    found = store.read(calls.unanswered, store.clock.today())
    assert (found.participants, dict(found.parties), found.other_parties) == (2, {"Försäkringskassan": 2, "Vara kommun, HR": 1}, 3)
    key(Qt.Key.Key_1, CTRL)
    told = [line.sentence for line in window.findChild(_today()).calls._shown]  # noqa: SLF001
    assert told == [
        "2 deltagare har inte svarat.", "Försäkringskassan har inte svarat på 2 kallelser.", "Vara kommun, HR har inte svarat på 1 kallelse.",
        "3 kallelser till andra parter har inget svar.",
    ]


def print_sheets(window, store: Store, forum: Forum, printer) -> None:
    """From Idag straight to the calls, and one sheet for each party that has something to prepare from."""
    printer.jobs.clear()
    push("Öppna: 2 deltagare har inte svarat.")
    go_to("Kallelser till mötet")
    push("Skriv ut förberedelsebladen")
    idle(window, store)
    sheets = [row for row in store.read(hand_out_queries.of_session, forum.session_id) if row.paper is PaperKind.PREPARATION]
    assert {row.party_id for row in sheets} == {forum.party_ids[name] for name in ("FK", "HR", "VC")}
    assert sorted(job.page_count for job in printer.jobs) == [2, 4, 4]
    assert not any("Vårdcentralen" in job.name for job in printer.jobs)


def agenda(store: Store, forum: Forum) -> tuple[agenda_queries.ItemRow, ...]:
    return store.read(agenda_queries.agenda, forum.session_id, store.clock.today())


def rows(store: Store, forum: Forum) -> tuple[calls.CallRow, ...]:
    return store.read(calls.of_session, forum.session_id, store.clock.today())


def idle(window, store: Store) -> None:
    wait_for(lambda: window.context.queue.job is None and not store.read(hand_out_queries.to_print), "the printer to be done")


def _today() -> type:
    from rehabdesk.ui.today.page import TodayPage

    return TodayPage
