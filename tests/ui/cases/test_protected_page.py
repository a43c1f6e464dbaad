"""The page of somebody under protected identity: a reason before it opens, a banner while it is, and no workplace."""

from __future__ import annotations

import json
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import text

from rehabdesk.domain.cases import ReadingReason
from rehabdesk.services import cases
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.keys import CTRL, press
from tests.helpers.people import make_forum

KEY = Qt.Key
ALIAS = "Linden"


class OtherPage(Page):
    """Somewhere else in the window."""


@pytest.fixture
def case(store):
    return cases.open_case(store, make_forum(store).series, ALIAS, opened_on=date(2026, 9, 1), is_protected=True)


@pytest.fixture
def window(context, case, qtbot):
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage), Room("forum", words.FORUM, OtherPage)])
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.navigate(Target("cases"))
    return made


def read_for(store) -> list[str | None]:
    """The reasons of the readings in the log."""
    rows = store.read(lambda c: c.execute(text("SELECT detail FROM log_entry WHERE kind = 'case_read' ORDER BY id")).scalars().all())
    return [json.loads(row).get("reason") for row in rows]


def shown(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QWidget) if one.isVisible() and hasattr(one, "text") and callable(one.text))


def test_nothing_is_shown_before_a_reason_is_chosen_and_none_is_chosen_beforehand(window, case, store):
    page = window.page
    window.navigate(Target("cases", "case", case))
    assert page.case.is_gated and page.header.title == "RF-2026-001"
    assert not any(button.isChecked() for button in page.case.gate.reasons.values())
    assert ALIAS not in shown(page) and ALIAS not in window.windowTitle()
    assert not page.case.tabs.isVisible() and not page.agenda_button.isVisible()
    press(window, KEY.Key_Return, CTRL)
    assert page.case.is_gated and read_for(store) == []
    assert "Välj varför sidan öppnas." in shown(page)


def test_the_reason_is_logged_as_a_code_and_the_banner_stands_while_it_is_open(window, case, store):
    page = window.page
    window.navigate(Target("cases", "case", case))
    press(None, KEY.Key_Space)
    press(window, KEY.Key_Return, CTRL)
    assert not page.case.is_gated and read_for(store) == [ReadingReason.PREPARING]
    assert page.header.title == f"RF-2026-001 {ALIAS}"
    said = page.case.banner.words.text()
    assert page.case.banner.isVisible()
    assert "Vara kommun, kommunstyrelsen" in said and "kan inte känna igen det riktiga namnet" in said
    window.navigate(Target("cases", "case", case, "details"))
    assert not page.case.is_gated and page.case.banner.isVisible() and not page.case.banner.words.isVisible()
    details = page.case.face_of("details").details
    assert not details.contact.isVisible() and not details.identity.isVisible()
    assert ALIAS not in window.windowTitle()


@pytest.mark.parametrize("elsewhere", [Target("forum"), Target("cases")])
def test_each_time_one_comes_back_the_reason_is_asked_anew(window, case, store, elsewhere):
    page = window.page
    window.navigate(Target("cases", "case", case))
    press(None, KEY.Key_Space)
    press(window, KEY.Key_Return, CTRL)
    window.navigate(elsewhere)
    window.navigate(Target("cases", "case", case))
    assert page.case.is_gated
    assert not any(button.isChecked() for button in page.case.gate.reasons.values())
    press(None, KEY.Key_Down)
    press(None, KEY.Key_Space)
    press(window, KEY.Key_Return, CTRL)
    assert read_for(store) == [ReadingReason.PREPARING, ReadingReason.MEETING]


def test_somebody_not_protected_is_not_asked_about(window, store, case):
    other = cases.open_case(store, make_forum(store, slug="annat", prefix="AF").series, "Maria", "Berg")
    window.navigate(Target("cases", "case", other))
    assert not window.page.case.is_gated and not window.page.case.banner.isVisible()
    assert read_for(store) == [None]
