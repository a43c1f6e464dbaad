"""From the figures of a year to the printed round report, by keyboard in the real window: places, people, and nobody's name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from rehabdesk.documents import catalogue
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState, BreakOffReason
from rehabdesk.services import cases, papers
from rehabdesk.services.prerehab import bookings
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for
from rehabdesk.ui.prerehab.figures_face import FiguresFace
from rehabdesk.ui.shell.context import Target
from tests.documents import reading
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import small_forum
from tests.helpers.hands import go_to, key, unlock, wait_for
from tests.helpers.keys import ALT, CTRL
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

PERCENT = "\N{NO-BREAK SPACE}%"
STARTS = (date(2026, 8, 18), date(2026, 11, 3))


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, int]:
    """A vault with two rounds of eight: seven completed the first, six are in the second, and one stopped there."""
    clock.set(datetime(2026, 11, 19, 13, 0))
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=0)
        programme = make_programme(store)
        rounds = [make_round(store, programme, first, number=number) for number, first in enumerate(STARTS, start=1)]
        for place in range(1, 8):
            case = cases.open_case(store, forum.series_id, f"Hemlig{place}", "Namnsson")
            make_claim(store, rounds[0], case, place, BookingState.COMPLETED)
        stopped = 0
        for place in range(1, 8):
            case = cases.open_case(store, forum.series_id, f"Dold{place}", "Namnsson")
            stopped = make_claim(store, rounds[1], case, place, BookingState.STARTED)
        bookings.break_off(store, stopped, date(2026, 11, 12), BreakOffReason.OWN_WISH)
    return vault_dir, rounds[0]


def test_from_the_figures_of_a_year_to_the_round_report(begin, made, printer) -> None:
    folder, round_id = made
    window = unlock(begin(folder))
    look_at_the_year(window)
    copy_the_table(window)
    print_the_report(window, printer, window.context.store, round_id)


def look_at_the_year(window) -> None:
    """The room's third face: the fill of the year and of the half-year before; one stopped, and nobody is told so."""
    window.navigate(Target("prerehab"))
    key(Qt.Key.Key_3, ALT)
    face = window.findChild(FiguresFace)
    wait_for(lambda: "fill" in face.cards, "the figures")
    rows = [row.cells for row in face.cards["fill"].table.rows_model.rows]
    assert [(name, started) for name, _, started, *_ in rows] == [
        ("Grön prerehab 1", f"7 (88{PERCENT})"), ("Grön prerehab 2", f"7 (88{PERCENT})"), ("Tillsammans", f"14 (88{PERCENT})"),
    ]  # fmt: skip
    told = {row.cells[0]: row.cells[1] for row in face.cards["people"].table.rows_model.rows}
    assert (told["Startade"], told["Slutade i förtid"]) == ("14", "..")
    assert [row.cells for row in face.cards["reasons"].table.rows_model.rows] == [("Tillsammans", "..")]
    key(Qt.Key.Key_Down)
    assert face.period.name.text() == "halvår 2, 2026"
    key(Qt.Key.Key_PageUp, CTRL)
    wait_for(face.empty.isVisible, "an empty half-year to say what to do")
    key(Qt.Key.Key_PageDown, CTRL)
    wait_for(lambda: "fill" in face.cards, "the half-year to be there again")


def copy_the_table(window) -> None:
    go_to("Kopiera tabellen: Beläggning")
    key(Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text().startswith("Omgång eller insats\tPlatser\tStartade")


def print_the_report(window, printer, store: Store, round_id: int) -> None:
    """The round's papers: the report, on the printer in one step; its words name nobody."""
    window.navigate(Target("prerehab", "round", round_id, "papers"))
    table = go_to("Omgångens papper")
    key(Qt.Key.Key_Home, CTRL)
    for _ in range(len(table.rows_model.rows)):
        if table.current_row.paper is PaperKind.ROUND_REPORT:
            break
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return, CTRL)
    wait_for(lambda: len(printer.jobs) == 1 and window.context.queue.job is None, "the report to be printed")
    (row,) = store.read(hand_out_queries.of_round, round_id)
    assert (row.paper, row.state) == (PaperKind.ROUND_REPORT, HandOutState.SENT)
    document = store.read(papers.compose, row.id, store.clock.now())
    told = reading.text(catalogue.render(document, texts_for("sv")))
    assert "Omgångsrapport: Grön prerehab 1" in told and reading.squeezed("7 (88 %)") in reading.squeezed(told)
    assert "Namnsson" not in told and "RF-2026" not in told
