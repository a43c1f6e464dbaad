"""Siffror by keyboard, in a real window on the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.figures import PeriodKind
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import cases
from rehabdesk.services.prerehab import bookings
from rehabdesk.ui.prerehab.figures_face import FiguresFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.keys import CTRL, press, type_text
from tests.helpers.people import make_forum

KEY = Qt.Key
PERCENT = "\N{NO-BREAK SPACE}%"


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def programme(store, forum) -> int:
    """A programme with two rounds: one of this year with eleven on twelve places, one of the next."""
    made = make_programme(store)
    this_year = make_round(store, made, date(2026, 2, 3), places=12)
    make_round(store, made, date(2027, 2, 2), number=2)
    for number, sex in enumerate([LegalSex.WOMAN] * 6 + [LegalSex.MAN] * 5, start=1):
        case = cases.open_case(store, forum.series, f"Deltagare{number}")
        cases.set_legal_sex(store, case, sex)
        make_claim(store, this_year, case, number, BookingState.COMPLETED)
    return made


@pytest.fixture
def face(context, forum, programme, went, shown, qtbot) -> FiguresFace:
    made = FiguresFace(replace(context, navigate=went.append))
    shown(made, height=900)
    made.show_programme(None)
    made.focus_first()
    qtbot.waitUntil(lambda: bool(made.cards) or made.empty.isVisible())
    return made


def cells(face, key) -> list[tuple[str, ...]]:
    return [row.cells for row in face.cards[key].table.rows_model.rows]


def test_a_year_in_pictures_and_tables(face):
    assert face.period.name.text() == "2026"
    assert cells(face, "fill") == [("Grön prerehab 1", "12", f"11 (92{PERCENT})", f"80{PERCENT}", f"11 (92{PERCENT})", "88 av 96", "–")]
    assert cells(face, "people")[:3] == [("Fick en plats erbjuden", "11", "", ""), ("Startade", "11", "6", "5"), ("Genomförde", "11", "6", "5")]
    picture = face.cards["fill"].picture
    assert picture.accessibleDescription().startswith("Grön prerehab 1: 11 av 12 platser har startat")
    for card in face.cards.values():
        QAbstractItemModelTester(card.table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal, card)


def test_another_period_by_keyboard(face, qtbot):
    press(None, KEY.Key_PageDown, CTRL)
    assert face.period.name.text() == "2027"
    qtbot.waitUntil(lambda: "people" in face.cards and cells(face, "fill")[0][0] == "Grön prerehab 2")
    press(None, KEY.Key_PageDown, CTRL)
    assert face.empty.isVisible() and not face.cards
    press(None, KEY.Key_PageUp, CTRL)
    press(None, KEY.Key_PageUp, CTRL)
    press(None, KEY.Key_Down)
    assert face.period.name.text() == "halvår 2, 2026" and face.empty.isVisible()
    press(None, KEY.Key_PageUp, CTRL)
    assert face.period.name.text() == "halvår 1, 2026" and "fill" in face.cards


def test_days_of_its_own(face, qtbot):
    for _ in range(3):
        press(None, KEY.Key_Down)
    assert face.period.period.kind is PeriodKind.FREE and face.period.form.isVisible()
    press(None, KEY.Key_Tab)
    assert QApplication.focusWidget() is face.period.first.line
    face.period.first.line.selectAll()
    type_text(None, "2026-01-01\t")
    face.period.last.line.selectAll()
    type_text(None, "2025-12-31\t")
    assert face.period.form.frame("last").problem.text() == "Sista dagen ligger före den första."
    face.period.last.line.setFocus()
    face.period.last.line.selectAll()
    type_text(None, "2026-02-28\t")
    assert not face.period.form.frame("last").problem.text()
    assert cells(face, "fill")[0][0] == "Grön prerehab 1"


def test_the_table_is_copied(face):
    link = face.cards["fill"].copy
    link.setFocus()
    press(None, KEY.Key_Space)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:2] == ["Omgång eller insats", "Platser"]
    assert lines[1].split("\t")[:2] == ["Grön prerehab 1", "12"]


def test_a_booking_shows_at_once(face, store, forum, programme, qtbot):
    press(None, KEY.Key_PageDown, CTRL)
    case = cases.open_case(store, forum.series, "Ny")
    bookings.book(store, case, 2)
    qtbot.waitUntil(lambda: cells(face, "fill")[0][4] == f"1 (12{PERCENT})")


def test_few_are_two_dots(face, store, forum, programme, qtbot):
    other = make_programme(store, name="Blå prerehab", slug="bla-prerehab")
    small = make_round(store, other, date(2026, 3, 3), places=4)
    make_claim(store, small, cases.open_case(store, forum.series, "Ensam"), 1, BookingState.BROKEN_OFF)
    face.show_programme(other)
    qtbot.waitUntil(lambda: cells(face, "fill")[0][0] == "Blå prerehab 1")
    assert {cell for _, *row in cells(face, "people") for cell in row if cell} == {".."}
    assert cells(face, "reasons") == [("Tillsammans", "..")]
    face.show_programme(None)
    assert [row[0] for row in cells(face, "fill")] == ["Grön prerehab", "Blå prerehab", "Tillsammans"]


def test_where_there_is_nothing_it_says_what_to_do(face, went):
    for _ in range(2):
        press(None, KEY.Key_PageDown, CTRL)
    face.empty.button.setFocus()
    press(None, KEY.Key_Space)
    assert went == [Target("prerehab", "", None, "rounds")]
