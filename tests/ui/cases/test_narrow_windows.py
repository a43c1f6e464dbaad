"""No face of a case, and no room beside it, scrolls sideways as a page: in a small window, or at 200 %."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea

from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.services import cases, consent, sick_leave
from rehabdesk.store.tables.parties import Organisation, Party
from rehabdesk.ui.actions.page import ActionsPage
from rehabdesk.ui.cases.faces import FACES
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.people import keep, make_forum

TODAY = date(2026, 11, 22)
LONG = ("Försäkringskassan", "Företagshälsan Slätten AB", "Vara kommun, arbetsmarknadsenheten", "Västra Götalandsregionen, Vårdcentralen Vara")
#: A small laptop; and what 1920×1080 is at 200 %.
SMALL = ((1280, 800), (1024, 768), (960, 540))


@pytest.fixture
def case(store) -> int:
    """A case that long-named parties may know of, on sick leave since September."""
    forum = make_forum(store)
    made = cases.open_case(store, forum.series, "Dženana", "Šabić")
    parties = []
    for name in LONG:
        owner = keep(store, Organisation(name=f"{name} org", name_sort=name.casefold(), kind=OrganisationKind.COMPANY))
        parties.append(keep(store, Party(organisation_id=owner, unit="", written=name, name_sort=name.casefold(), kind=PartyKind.EMPLOYER)))
    consent.give(store, made, parties, TODAY, date(2027, 11, 21))
    sick_leave.add_period(store, made, date(2026, 9, 1), None, 100)
    return made


@pytest.fixture
def window(context, case, qtbot):
    made = MainWindow(context, [Room("cases", words.CASES, CasesPage), Room("actions", words.ACTIONS, ActionsPage)])
    qtbot.addWidget(made)
    made.show()
    return made


def scrolled_sideways(window: MainWindow) -> list[str]:
    """The scrolled pages that are wider than there is room for."""
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible() and area.horizontalScrollBar().maximum() > 0]
    return [f"{type(area.parent()).__name__} by {area.horizontalScrollBar().maximum()}" for area in areas]


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_no_face_of_a_case_scrolls_sideways(window, case, size):
    for face in FACES:
        window.navigate(Target("cases", "case", case, face))
        window.resize(*size)
        QTest.qWait(30)
        assert (face, scrolled_sideways(window)) == (face, [])
        assert (window.width(), window.height()) == size, f"{face} asks for more"


@pytest.mark.parametrize("size", SMALL, ids=str)
def test_no_room_of_cases_or_actions_asks_for_a_larger_window(window, size):
    views = [("cases", face) for face in ("", "new", "import", "export", "papers")]
    views += [("actions", face) for face in ("list", "calls", "ageing", "lists")]
    for room, face in views:
        window.navigate(Target(room, face=face))
        window.resize(*size)
        QTest.qWait(30)
        assert (room, face, scrolled_sideways(window)) == (room, face, [])
        assert (window.width(), window.height()) == size, f"{room} {face} asks for more"


def test_the_tabs_of_a_case_give_way_and_tell_their_words_whole(window, case):
    window.navigate(Target("cases", "case", case))
    tabs = window.page.case.tabs
    assert tabs.minimumSizeHint().width() < tabs.sizeHint().width()
    assert all(tabs.tabText(place) in tabs.tabToolTip(place) for place in range(tabs.count()))
