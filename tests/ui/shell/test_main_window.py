"""The window: rooms, the way back, undo, search, saving, another language; on the real store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import parties
from rehabdesk.store.history import Label
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.fields import AutosaveLine
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.main_window import MainWindow, Surroundings
from rehabdesk.ui.shell.messages import MessageLine
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.ui.shell.search import SearchHit
from rehabdesk.ui.shell.sidebar import RoomButton
from rehabdesk.wording import shell as words
from tests.helpers.keys import CTRL, SHIFT, press, type_text

DISK = Problem("text.too_long", None, {"length": 9, "most": 5})


class ListPage(Page):
    """Shows organisations, and counts how often it asked and was opened."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_title(context.texts.say(words.CONTACTS))
        self.names: tuple[str, ...] = ()
        self.asked = 0
        self.opened: list[Target] = []
        self.inner = 0
        self.field = AutosaveLine("Namn", context.flushes, self.save)
        self.body.addWidget(self.field)
        self.saved: list[str] = []
        self.full_disk = False
        watch(self, context.store, {"organisation"}, self.refresh)

    def refresh(self) -> None:
        self.asked += 1
        self.names = tuple(row.name for row in self.context.store.read(party_queries.organisations))

    def save(self, text: str) -> None:
        if self.full_disk:
            raise Refused(DISK)
        self.saved.append(text)

    def open_target(self, target: Target) -> None:
        self.opened.append(target)

    def step_back(self) -> bool:
        self.inner -= 1
        return self.inner >= 0


class FullPage(Page):
    """Has no sidebar."""

    full = True


def organisations(context: Context) -> int:
    return len(context.store.read(party_queries.organisations))


def find(text: str) -> tuple[SearchHit, ...]:
    return (SearchHit("Kontakter", f"Lena {text}", "enhetschef", Target("contacts", "contact", 7)),)


@pytest.fixture
def window(context: Context, qtbot) -> MainWindow:
    rooms = (
        Room("today", words.TODAY, Page),
        Room("contacts", words.CONTACTS, ListPage, count=organisations, tables=frozenset({"organisation"})),
        Room("meeting", words.FORUM, FullPage, listed=False, under="today"),
    )
    made = MainWindow(context, rooms, Surroundings(lambda: "Rehabforum Vara", lambda: "Säkerhetskopia idag 11.58", find))
    qtbot.addWidget(made)
    made.navigate(Target("today"))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def add(window: MainWindow, name: str) -> None:
    parties.add_organisation(window.context.store, name, OrganisationKind.MUNICIPALITY)


def button_of(window: MainWindow, name: str) -> RoomButton:
    return next(button for button in window.findChildren(RoomButton) if button.accessibleName().startswith(name))


def test_a_page_is_made_when_it_is_first_visited_and_kept(window: MainWindow) -> None:
    """Starting is quick, coming back too."""
    assert window.findChild(ListPage) is None
    press(window, Qt.Key.Key_2, CTRL)
    page = window.page
    assert isinstance(page, ListPage)
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_2, CTRL)
    assert window.page is page
    assert len(page.opened) == 2
    assert page.field.hasFocus()


def test_the_keyboard_begins_where_the_page_says_not_where_qt_dropped_it(window: MainWindow) -> None:
    """A page that is left with the keyboard in it makes Qt hand it to the next page's first button."""
    window.navigate(Target("contacts"))
    page = window.page
    asked: list[bool] = []
    page.header.add_action(QPushButton("Ny"))
    page.focus_first = lambda: asked.append(True) or page.field.setFocus()
    window.navigate(Target("today"))
    window.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.page.setFocus()
    window.navigate(Target("contacts"))
    assert asked
    assert page.field.hasFocus()
    window.navigate(Target("contacts", "contact", 3))
    assert len(asked) == 1


def test_a_covered_page_lets_nothing_else_be_brought_up(window: MainWindow) -> None:
    """In a pause of the meeting rooms, search, undo and the way back are closed; locking is not."""
    add(window, "Vara kommun")
    window.navigate(Target("contacts"))
    window.page.is_covered = True
    press(window, Qt.Key.Key_1, CTRL)
    press(window, Qt.Key.Key_Escape)
    assert window.target == Target("contacts")
    press(window, Qt.Key.Key_K, CTRL)
    assert not window._search.isVisible()
    window.undo()
    assert organisations(window.context) == 1
    locked: list[bool] = []
    window.lock_wanted.connect(lambda: locked.append(True))
    press(window, Qt.Key.Key_L, CTRL)
    assert locked
    window.page.is_covered = False
    press(window, Qt.Key.Key_1, CTRL)
    assert window.target == Target("today")


def test_nothing_else_is_brought_up_while_a_projector_may_show_the_names(window: MainWindow) -> None:
    """And it says what to do first."""
    window.navigate(Target("contacts"))
    window.page.hides_names = True
    for key, modifiers in ((Qt.Key.Key_1, CTRL), (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)):
        press(window, key, modifiers)
        assert window.target == Target("contacts")
        assert "projektor" in window.context.messages.said[-1].sentence
    press(window, Qt.Key.Key_K, CTRL)
    assert not window._search.isVisible()
    assert "projektor" in window.context.messages.said[-1].sentence
    window.page.hides_names = False
    press(window, Qt.Key.Key_K, CTRL)
    assert window._search.isVisible()


def test_esc_goes_back_inside_the_page_first(window: MainWindow) -> None:
    """Then to where one came from."""
    window.navigate(Target("contacts"))
    window.navigate(Target("contacts", "contact", 3))
    window.page.inner = 1
    press(window, Qt.Key.Key_Escape)
    assert window.target == Target("contacts", "contact", 3)
    press(window, Qt.Key.Key_Escape)
    assert window.target == Target("contacts")
    press(window, Qt.Key.Key_Escape)
    assert window.target == Target("today")
    press(window, Qt.Key.Key_Escape)
    assert window.target == Target("today")


def test_a_full_page_hides_the_sidebar_but_not_the_keys(window: MainWindow, qtbot) -> None:
    """Ctrl+L and the rooms work in the meeting too."""
    window.navigate(Target("meeting"))
    assert not button_of(window, "Idag").isVisible()
    with qtbot.waitSignal(window.lock_wanted):
        press(window, Qt.Key.Key_L, CTRL)
    press(window, Qt.Key.Key_2, CTRL)
    assert button_of(window, "Idag").isVisible()


def test_the_sidebar_counts(window: MainWindow, qtbot) -> None:
    """As the store changes."""
    add(window, "Vara kommun")
    qtbot.waitUntil(lambda: button_of(window, "Kontakter").accessibleName() == "Kontakter, 1")


def test_undo_and_redo_say_what_they_did(window: MainWindow) -> None:
    """In words."""
    add(window, "Vara kommun")
    press(window, Qt.Key.Key_Z, CTRL)
    assert organisations(window.context) == 0
    said = window.context.messages.said[-1].sentence
    assert said.startswith("Ångrat: ")
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert organisations(window.context) == 1
    assert window.context.messages.said[-1].sentence.startswith("Gjort igen: ")
    press(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.context.messages.said[-1].sentence == "Det finns inget att göra om."


def test_many_changes_give_one_question_and_a_hidden_page_waits(window: MainWindow, qtbot) -> None:
    """Once per turn of the event loop; stale until shown."""
    window.navigate(Target("contacts"))
    page = window.page
    asked = page.asked
    add(window, "Vara kommun")
    add(window, "Skara kommun")
    assert page.asked == asked
    qtbot.waitUntil(lambda: page.asked == asked + 1)
    assert page.names == ("Skara kommun", "Vara kommun")
    window.navigate(Target("today"))
    add(window, "Lidköpings kommun")
    qtbot.waitUntil(lambda: button_of(window, "Kontakter").accessibleName() == "Kontakter, 3")
    assert page.asked == asked + 1
    window.navigate(Target("contacts"))
    assert page.asked == asked + 2
    assert len(page.names) == 3


def test_a_view_that_is_gone_is_not_asked(window: MainWindow, qtbot) -> None:
    """Its subscription ends with it."""
    store = window.context.store
    before = len(store._subscribers)
    widget = QWidget()
    asked: list[bool] = []
    watch(widget, store, {"organisation"}, lambda: asked.append(True))
    assert len(store._subscribers) == before + 1
    with qtbot.waitSignal(widget.destroyed):
        widget.deleteLater()
    assert len(store._subscribers) == before
    add(window, "Vara kommun")
    assert asked == [True]


def test_saving_is_told_with_the_time(window: MainWindow, clock) -> None:
    """And failing is told in its place."""
    clock.move(minutes=5, seconds=7)
    window.navigate(Target("contacts"))
    add(window, "Vara kommun")
    assert window.page.header.saved.text() == "Sparat 09.05.07"
    window.page.full_disk = True
    type_text(window.page.field, "å")
    assert not window.page.field.flush()
    assert window.page.header.saved.text() == "Inte sparat"


def test_leaving_a_page_and_closing_save_what_is_typed(window: MainWindow, qtbot) -> None:
    """Nothing waits for the throttle then."""
    window.navigate(Target("contacts"))
    page = window.page
    type_text(page.field, "ö")
    press(window, Qt.Key.Key_1, CTRL)
    assert page.saved == ["ö"]
    window.navigate(Target("contacts"))
    type_text(page.field, "k")
    with qtbot.waitSignal(window.closed):
        window.close()
    assert "k" in page.saved[-1]


def test_what_cannot_be_saved_keeps_the_window_open_once(window: MainWindow) -> None:
    """Then the person decides."""
    window.navigate(Target("contacts"))
    window.page.full_disk = True
    type_text(window.page.field, "ö")
    assert not window.close()
    assert "gick inte att spara" in window.context.messages.said[-1].sentence
    assert window.close()


def test_search_goes_to_what_it_found(window: MainWindow) -> None:
    """By keyboard alone; Esc puts it away and gives the keyboard back."""
    window.navigate(Target("contacts"))
    press(window, Qt.Key.Key_K, CTRL)
    assert window._search.line.hasFocus()
    press(None, Qt.Key.Key_Escape)
    assert not window._search.isVisible()
    assert window.page.field.hasFocus()
    press(window, Qt.Key.Key_K, CTRL)
    type_text(None, "Bör")
    assert window._search.results.item(1).text().startswith("Lena Bör")
    press(None, Qt.Key.Key_Return)
    assert window.target == Target("contacts", "contact", 7)


def test_search_runs_commands(window: MainWindow) -> None:
    """A room by name."""
    press(window, Qt.Key.Key_K, CTRL)
    type_text(None, "gå till kont")
    press(None, Qt.Key.Key_Down)
    press(None, Qt.Key.Key_Return)
    assert window.target == Target("contacts")


def test_keys_are_listed(window: MainWindow) -> None:
    """F1."""
    press(window, Qt.Key.Key_F1)
    assert window._overview.isVisible()
    assert window._overview._grid.count() > 10
    press(window, Qt.Key.Key_Escape)
    assert not window._overview.isVisible()


def test_the_page_is_dimmed_beside_a_panel_and_pressing_there_closes_it(window: MainWindow, qtbot) -> None:
    press(window, Qt.Key.Key_F1)
    scrim = window._overview._scrim
    assert scrim.isVisible() and scrim.geometry() == scrim.parentWidget().rect()
    qtbot.mouseClick(scrim, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not window._overview.isVisible() and not scrim.isVisible()


def test_that_a_page_was_read_is_no_saving(window: MainWindow) -> None:
    with window.context.store.write(Label("case.read"), undoable=False) as writing:
        writing.log("case_read", "case", 1)
    assert window.page.header.saved.text() == ""


def test_another_language_takes_effect_at_once(window: MainWindow) -> None:
    """And one stays where one is."""
    window.navigate(Target("contacts"))
    window.context.change_language("en")
    assert window.target == Target("contacts")
    assert window.page.header.title == "Contacts"
    assert button_of(window, "Today").isVisible()
    window.context.change_language("sv")
    assert window.page.header.title == "Kontakter"


def test_a_message_lies_at_the_foot_and_can_be_acted_on(window: MainWindow) -> None:
    """It takes neither focus nor room."""
    line = window.findChild(MessageLine)
    focus = window.focusWidget()
    window.context.messages.error("Skrivaren svarar inte.")
    assert line.sentence == "Skrivaren svarar inte."
    assert window.focusWidget() is focus
    assert line.geometry().bottom() == line.parentWidget().rect().bottom()


def test_it_fits_a_small_screen_at_twice_the_size(window: MainWindow, qtbot) -> None:
    """1440 by 900 at 200 % is 720 by 450; the actions then stand beneath the name."""
    window.navigate(Target("contacts"))
    header = window.page.header
    header.set_title("RF-2026-014 Maria S.", "Vara kommun, kost, kontakt Lena Borg")
    first, second = KeyButton("Skriv ut", "Ctrl+P"), KeyButton("Sätt på dagordning", kind="primary")
    header.add_action(first)
    header.add_action(second)
    window.resize(1200, 700)
    qtbot.waitUntil(lambda: window.width() == 1200 and second.x() > 0)
    assert second.mapTo(header, second.rect().center()).y() < header.height() * 0.7
    window.resize(720, 450)
    qtbot.waitUntil(lambda: window.width() == 720)
    assert window.height() == 450
    qtbot.waitUntil(lambda: second.mapTo(header, second.rect().topLeft()).y() > 40)
    assert second.mapTo(window, second.rect().bottomRight()).x() <= 720


def test_the_title_names_nobody(window: MainWindow, context: Context, qtbot) -> None:
    """It ends up in lists the system keeps."""
    assert window.windowTitle() == "rehabdesk"
    demo = MainWindow(replace(context, demo=True), (Room("today", words.TODAY, Page),))
    qtbot.addWidget(demo)
    assert demo.windowTitle() == "rehabdesk · DEMO"


def test_every_control_has_a_name(window: MainWindow) -> None:
    """For a screen reader."""
    window.navigate(Target("contacts"))
    nameless = [
        type(widget).__name__ for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
    ]
    assert nameless == []
