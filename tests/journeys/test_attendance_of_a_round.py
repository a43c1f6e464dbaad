"""A round's attendance, by keyboard: Idag asks for it, it is marked day by day, the shares are seen, the sheet and a certificate printed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import papers
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.store.store import Store
from rehabdesk.ui.prerehab.attendance_face import AttendanceFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import small_forum
from tests.helpers.hands import go_to, key, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

STARTS = date(2026, 11, 3)
PERCENT = "\N{NO-BREAK SPACE}%"


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, int]:
    """A vault with a round under way: four people, five half-days past, the sixth today."""
    clock.set(datetime(2026, 11, 19, 13, 0))
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=4)
        round_id = make_round(store, make_programme(store), STARTS, places=4)
        for place, case in enumerate(forum.case_ids, 1):
            make_claim(store, round_id, case, place, BookingState.STARTED)
    return vault_dir, round_id


def test_a_rounds_attendance_from_idag_to_the_printed_sheet(begin, made, printer) -> None:
    folder, round_id = made
    window = unlock(begin(folder))
    store = window.context.store
    face = go_there_from_idag(window, round_id)
    mark_six_half_days(face, store, round_id)
    take_the_last_step_back_and_do_it_again(face)
    print_the_sheet_and_a_certificate(window, printer, store, round_id)


def go_there_from_idag(window, round_id: int) -> AttendanceFace:
    go_to("Öppna: Grön prerehab 1: 5 tillfällen är varken hållna eller inställda.")
    key(Qt.Key.Key_Return)
    assert window.target == Target("prerehab", "round", round_id, "attendance")
    return window.findChild(AttendanceFace)


def mark_six_half_days(face: AttendanceFace, store: Store, round_id: int) -> None:
    """All present, then the exceptions; the second was held and nobody knows yet who came."""
    assert face.table.hasFocus() and face.table.occasion.on == STARTS
    for exceptions in ("", None, "S", "", "GO", "N"):
        if exceptions is None:
            type_text(None, "h")
        else:
            type_text(None, "a")
            for letter in exceptions:
                type_text(None, letter.lower())
                key(Qt.Key.Key_Down)
            for _ in exceptions:
                key(Qt.Key.Key_Up)
        key(Qt.Key.Key_Right)
    shares = store.read(queries.shares_of_round, round_id)
    assert (shares.held, shares.whole.came, shares.whole.held, shares.whole.unmarked) == (6, 18, 24, 4)
    words = f"Närvaro 75{PERCENT}: 18 av 24, 4 inte markerade. 6 av 16 tillfällen hållna."
    wait_for(lambda: face.whole.text() == words, "the shares to be told")
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_Right)
    type_text(None, "a")
    wait_for(lambda: face.whole.text().startswith(f"Närvaro 92{PERCENT}: 22 av 24."), "the second half-day to be counted")


def take_the_last_step_back_and_do_it_again(face: AttendanceFace) -> None:
    key(Qt.Key.Key_Z, CTRL)
    wait_for(lambda: "4 inte markerade" in face.whole.text(), "the step to be taken back")
    type_text(None, "a")
    wait_for(lambda: "inte markerade" not in face.whole.text(), "it to be marked again")


def print_the_sheet_and_a_certificate(window, printer, store: Store, round_id: int) -> None:
    key(Qt.Key.Key_5, ALT)
    assert window.target.face == "papers"
    for kind in (PaperKind.ATTENDANCE, PaperKind.CERTIFICATE):
        table = go_to("Omgångens papper")
        key(Qt.Key.Key_Home, CTRL)
        while table.current_row.paper is not kind:
            key(Qt.Key.Key_Down)
        printed = len(printer.jobs)
        key(Qt.Key.Key_Return, CTRL)
        wait_for(lambda printed=printed: len(printer.jobs) > printed and window.context.queue.job is None, "the paper to be printed")
    rows = store.read(hand_out_queries.of_round, round_id)
    assert {row.paper: row.state for row in rows} == {PaperKind.ATTENDANCE: HandOutState.SENT, PaperKind.CERTIFICATE: HandOutState.SENT}
    (certificate,) = [row for row in rows if row.paper is PaperKind.CERTIFICATE]
    told = store.read(papers.compose, certificate.id, store.clock.now())
    assert (told.came, told.held) == (5, 6)
