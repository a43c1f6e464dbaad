"""A programme is made, and a year of six rounds of eight planned, by keyboard in the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.ui.prerehab.page import PrerehabPage
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.forum import small_forum
from tests.helpers.hands import choose, fill, go_to, key, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow
KEY = Qt.Key


@pytest.fixture
def window(begin, vault_dir: Path, clock) -> MainWindow:
    """The window of a forum that has no programme yet, in the room of pre-rehabilitation."""
    with new_store(vault_dir, clock) as store:
        small_forum(store, cases_count=0)
    window = unlock(begin(vault_dir))
    key(KEY.Key_5, CTRL)
    wait_for(lambda: isinstance(window.page, PrerehabPage), "the room")
    return window


def rounds_of(window: MainWindow) -> tuple[queries.RoundRow, ...]:
    """All rounds there are."""
    return window.context.store.read(queries.rounds, window.context.clock.today())


def test_a_year_of_six_rounds_of_eight_by_keyboard(window: MainWindow) -> None:
    make_the_programme(window)
    plan_the_year(window)
    move_and_cancel_days(window)
    change_the_round(window)
    find_it_again(window)
    take_it_all_back(window)


def make_the_programme(window: MainWindow) -> None:
    """From the empty page to a programme; what was missing is told beside its field."""
    push("Ny insats")
    fill("Namn", "Grön prerehab")
    choose("Utförare", "Vara kommun, HR")
    key(KEY.Key_Return, CTRL)
    assert QApplication.focusWidget().accessibleName() == "Personuppgiftsansvarig"
    choose("Personuppgiftsansvarig", "Vara kommun")
    fill("Nämnd eller styrelse", "kommunstyrelsen")
    fill("Plats", "Stora Lundsal")
    key(KEY.Key_Return, CTRL)
    (row,) = window.context.store.read(programme_queries.programmes)
    assert (row.name, row.controller, row.place) == ("Grön prerehab", "Vara kommun, kommunstyrelsen", "Stora Lundsal")


def plan_the_year(window: MainWindow) -> None:
    """Six rounds, nine weeks between their starts, over the winter break, the holidays and red days."""
    key(KEY.Key_1, ALT)
    key(KEY.Key_N, CTRL)
    type_text(None, "6")
    fill("Första dagen", "12/1")
    go_to("onsdag")
    key(KEY.Key_Space)
    fill_anew("Veckor", "6")
    fill("Sen start t.o.m. vecka", "2")
    fill("Uppehåll", "v. 7 sportlov")
    told = window.page.overview.face_of("rounds").planning.read_back.words
    assert told.startswith("6 omgångar · 48 platser") and "sportlov" in told
    key(KEY.Key_Return, CTRL)
    made = rounds_of(window)
    assert [(row.number, row.places, row.weekdays) for row in made] == [(number, 8, (1, 2, 3)) for number in range(1, 7)]
    assert made[0].starts_on == date(2027, 1, 12) and made[0].last_late_start_on == date(2027, 1, 24)
    assert all(later.starts_on > earlier.ends_on for earlier, later in zip(made, made[1:], strict=False))


def fill_anew(name: str, text: str) -> None:
    """Instead of what stands in the field."""
    go_to(name)
    key(KEY.Key_A, CTRL)
    type_text(None, text)


def move_and_cancel_days(window: MainWindow) -> None:
    """Open the first round from the year; a day is moved, one cancelled with its reason, one added."""
    key(KEY.Key_Return)
    wait_for(lambda: window.page.round is not None and window.page.round.isVisible(), "the round")
    key(KEY.Key_2, ALT)
    face = window.page.round.face_of("occasions")
    wait_for(face.table.hasFocus, "the days to have the keyboard")
    key(KEY.Key_Return)
    fill_anew("Dag", "16/2")
    assert "uppehåll" in face.form.against.text()
    fill_anew("Dag", "15/1")
    key(KEY.Key_Return, CTRL)
    key(KEY.Key_End, CTRL)
    key(KEY.Key_Delete, CTRL)
    fill("Varför det ställs in", "Gården är upptagen")
    key(KEY.Key_Return, CTRL)
    key(KEY.Key_N, CTRL)
    fill("Dag", "26/2")
    key(KEY.Key_Return, CTRL)
    days = window.context.store.read(occasion_queries.of_round, rounds_of(window)[0].id)
    assert [row.on for row in days if row.moved_from == date(2027, 1, 12)] == [date(2027, 1, 15)]
    assert [row.cancelled_reason for row in days if row.state is OccasionState.CANCELLED] == ["Gården är upptagen"]
    assert [row.on for row in days if row.is_added] == [date(2027, 2, 26)]


def change_the_round(window: MainWindow) -> None:
    """Another time of day; what was done by hand stays."""
    key(KEY.Key_E, CTRL)
    fill_anew("Börjar", "10")
    key(KEY.Key_Return, CTRL)
    first = rounds_of(window)[0]
    assert first.start == "10:00"
    days = window.context.store.read(occasion_queries.of_round, first.id)
    assert sum(row.is_added or row.moved_from is not None or row.state is OccasionState.CANCELLED for row in days) == 3
    key(KEY.Key_Escape)


def find_it_again(window: MainWindow) -> None:
    """The one search leads to a round."""
    key(KEY.Key_K, CTRL)
    type_text(None, "grön prerehab omgång 6")
    key(KEY.Key_Return)
    wait_for(lambda: window.page.round.header.title == "Grön prerehab 6", "the round that was found")


def take_it_all_back(window: MainWindow) -> None:
    """Ctrl+Z, step by step: change, added, cancelled, moved, the whole year, and the programme."""
    for _ in range(4):
        key(KEY.Key_Z, CTRL)
    assert len(rounds_of(window)) == 6
    key(KEY.Key_Z, CTRL)
    wait_for(lambda: not rounds_of(window) and window.page.overview.isVisible(), "the room without the round that is gone")
    key(KEY.Key_Z, CTRL)
    assert window.context.store.read(programme_queries.programmes) == ()
