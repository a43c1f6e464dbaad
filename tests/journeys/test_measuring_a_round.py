"""A round is measured by keyboard: Idag asks, the grid is typed before and at the end, one answers the form, the result is seen, a form printed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.services.prerehab import programmes
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.store.store import Store
from rehabdesk.ui.prerehab.measures_face import MeasuresFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.hands import go_to, key, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.measures import HEALTH, MeasuredRound, give_all, measured_round
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

PEOPLE = 12
STARTS = datetime(2026, 11, 19, 13, 0)


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, MeasuredRound]:
    """A vault with a round that begins today, twelve people who all said yes to statistics, one question asked."""
    clock.set(STARTS)
    with new_store(vault_dir, clock) as store:
        measured = measured_round(store, PEOPLE, starts_on=STARTS.date(), state=BookingState.STARTED)
        programmes.set_instruments(store, measured.programme, (HEALTH,))
        give_all(store, measured)
    return vault_dir, measured


def test_a_round_is_measured_from_idag_to_the_result(begin, made, clock, printer) -> None:
    folder, measured = made
    window = unlock(begin(folder))
    face = go_there_from_idag(window, measured)
    type_the_first_column(face, window.context.store, measured)
    clock.set(STARTS + timedelta(days=58))
    type_the_second_column(face, window.context.store, measured)
    see_the_result(face)
    print_a_form(window, printer, measured)


def go_there_from_idag(window, measured: MeasuredRound) -> MeasuresFace:
    go_to("Öppna: Grön prerehab 1: 12 av 12 ska mätas.")
    key(Qt.Key.Key_Return)
    assert window.target == Target("prerehab", "round", measured.round, "measures")
    return window.findChild(MeasuresFace)


def type_the_first_column(face: MeasuresFace, store: Store, measured: MeasuredRound) -> None:
    """Eleven numbers and one who answers the form herself; a slip is told and put right, and a step taken back."""
    assert face.grid.hasFocus()
    for place in range(PEOPLE - 1):
        write("44" if place == 3 else "4", face, place)
    key(Qt.Key.Key_Return)
    wait_for(lambda: face.form.answers[HEALTH].hasFocus(), "the form to be open")
    type_text(None, "4")
    key(Qt.Key.Key_Right)
    assert face.form.answers[HEALTH].boxes[5].isChecked()
    key(Qt.Key.Key_Escape)
    wait_for(face.grid.hasFocus, "the grid to have the keyboard again")
    key(Qt.Key.Key_Z, CTRL)
    last = measured.claims[-1]
    wait_for(lambda: values(store, last, Moment.BEFORE) == 4, "the last answer to be taken back")
    for _ in range(PEOPLE - 4):
        key(Qt.Key.Key_Up)
    wait_for(lambda: "0 till 10" in face.problem.text(), "the slip to be told")
    write("4", face, 3)
    assert [values(store, claim, Moment.BEFORE) for claim in measured.claims] == [4] * PEOPLE


def type_the_second_column(face: MeasuresFace, store: Store, measured: MeasuredRound) -> None:
    for _ in range(PEOPLE):
        key(Qt.Key.Key_Up)
    key(Qt.Key.Key_Right)
    for place in range(PEOPLE):
        write("7", face, place)
    assert [values(store, claim, Moment.END) for claim in measured.claims] == [7] * PEOPLE


def see_the_result(face: MeasuresFace) -> None:
    wait_for(lambda: face.result.halves.isVisible(), "the result to be told")
    (row,) = face.result.table.rows_model.rows
    assert (row.result.paired, row.result.shares.better, row.result.change.difference.mean) == (PEOPLE, PEOPLE, 3)
    assert "förändring, inte effekt" in face.result.caution.text()


def print_a_form(window, printer, measured: MeasuredRound) -> None:
    """Ready for whoever comes next time."""
    key(Qt.Key.Key_5, ALT)
    assert window.target.face == "papers"
    table = go_to("Omgångens papper")
    key(Qt.Key.Key_Home, CTRL)
    while table.current_row.paper is not PaperKind.MEASUREMENT_FORM:
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return, CTRL)
    wait_for(lambda: printer.jobs and window.context.queue.job is None, "the paper to be printed")
    assert [row.paper for row in window.context.store.read(hand_out_queries.of_round, measured.round)] == [PaperKind.MEASUREMENT_FORM]


def write(words: str, face: MeasuresFace, place: int) -> None:
    """A number and Enter, which goes down."""
    assert face.grid.currentIndex().row() == place
    type_text(None, words)
    key(Qt.Key.Key_Return)
    following = min(place + 1, PEOPLE - 1)
    wait_for(lambda: face.grid.currentIndex().row() == following and face.grid.hasFocus(), "the next row")


def values(store: Store, claim: int, moment: Moment) -> float | None:
    row = store.read(queries.of_booking, claim).of(HEALTH, moment)
    return row.value if row is not None else None
