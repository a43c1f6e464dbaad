"""A walk through every page and state of the real window on a demo vault, stopping wherever there is something to see."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk import app
from rehabdesk.domain.clock import Clock
from rehabdesk.domain.forum import ItemKind, Presence
from rehabdesk.services.forum import meeting, presence
from rehabdesk.services.forum.actions import NewAction, add_action
from rehabdesk.services.forum.big_screen import ShownLine, show_line
from rehabdesk.settings import Settings
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.ui.cases.faces import FACES
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Mode
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.desk import Beginning, Desk, World
from rehabdesk.ui.shell.lock_screen import LockScreen
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers import walk_prerehab
from tests.helpers.keys import CTRL, SHIFT, press, type_text
from tests.helpers.vaults import CHEAP, PASSPHRASE

STRONG = "fyra granar sjunger om metall"
PATIENCE = 20_000


@dataclass(frozen=True, slots=True)
class Stop:
    """A place worth looking at: its name and the window it is in."""

    name: str
    window: QWidget


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks on this walk."""

    mode: Mode = Mode.LIGHT
    language: str = "sv"
    size: tuple[int, int] = (1440, 900)


class Walk:
    """One walk; `stops` is gone through once."""

    def __init__(self, application: QApplication, vault: Path, home: Path, start: datetime, look: Look) -> None:
        """`vault` is written to. The clock begins at `start` and runs."""
        began = time.monotonic()
        self.clock = Clock(now=lambda: start + timedelta(seconds=time.monotonic() - began), monotonic=time.monotonic)
        self._look, self._vault, self._home = look, vault, home
        self._settings = Settings(home / "settings.json")
        self._world = World(
            self.clock, self._settings, app.open_store, _nowhere, starter=_nobody, say_painted=_silence, kdf=CHEAP, preload=False
        )
        self._theme = Theme(application, look.mode)
        self._desk: Desk | None = None

    # Before the vault is open

    def stops(self) -> Iterator[Stop]:
        """Every stop, in the order a person might come by, when all is laid out there."""
        for stop in self._all_stops():
            self._settle()
            yield stop

    def _all_stops(self) -> Iterator[Stop]:
        yield from self._first_run()
        yield from self._lock_screen()
        window = self._unlocked()
        yield from self._rooms(window)
        yield from self._session(window)
        yield from self._meeting(window)
        yield from self._after(window)
        self._desk.close_vault()

    def _first_run(self) -> Iterator[Stop]:
        desk = Desk(self._world, self._theme, self._look.language, Beginning())
        desk.show_first_run()
        wizard = self._shown(desk.front)
        draft = wizard.draft
        draft.parent, draft.vault_name = self._home / "vaults", "Rehabforum Vara"
        typed = ("", "", f"{STRONG}\t{STRONG}", "", "\tKarin Lindgren\t0512-310 00\tvardagar kl. 9–15", "")
        names = ("language", "place", "passphrase", "recovery-key", "you", "series")
        for place, (name, text) in enumerate(zip(names, typed, strict=True), start=1):
            type_text(None, draft.recovery_key if name == "recovery-key" else text)
            page = wizard.page
            yield Stop(f"first-run-{place}-{name}", wizard)
            if name != "series":
                press(None, Qt.Key.Key_Return)
                wait_for(lambda page=page: wizard.page is not page, f"the page after {name}")
        press(None, Qt.Key.Key_Return)
        yield Stop("first-run-refused", wizard)
        wizard.close()

    def _lock_screen(self) -> Iterator[Stop]:
        self._desk = Desk(self._world, self._theme, self._look.language, Beginning(self._vault))
        self._desk.begin()
        screen = self._shown(self._desk.front)
        yield Stop("lock-screen", screen)
        type_text(None, "fel lösenfras\n")
        wait_for(lambda: not screen.busy and bool(screen.sentence), "the refusal")
        yield Stop("lock-screen-refused", screen)

    def _unlocked(self) -> MainWindow:
        screen = self._desk.front
        assert isinstance(screen, LockScreen)
        screen.fill_in(PASSPHRASE)
        screen.submit()
        wait_for(lambda: self._desk.open_vault is not None, "the vault to open")
        window = self._desk.open_vault.window
        self._shown(window)
        return window

    # The rooms

    def _rooms(self, window: MainWindow) -> Iterator[Stop]:
        store = window.context.store

        def go(target: Target) -> None:
            window.navigate(target)
            self._settle()

        go(Target("today"))
        yield Stop("today", window)
        go(Target("forum"))
        yield Stop("forum-table", window)
        press(None, Qt.Key.Key_N, CTRL)
        yield Stop("forum-plan-a-meeting", window)
        press(None, Qt.Key.Key_Escape)
        press(None, Qt.Key.Key_T, CTRL)
        yield Stop("forum-year", window)
        press(None, Qt.Key.Key_T, CTRL)
        go(Target("cases"))
        yield Stop("cases", window)
        press(None, Qt.Key.Key_N, CTRL)
        yield Stop("cases-new", window)
        press(None, Qt.Key.Key_Escape)
        for face in ("import", "export", "papers"):
            go(Target("cases", face=face))
            yield Stop(f"cases-{face}", window)
        yield from self._case(window)
        for face in ("list", "calls", "ageing", "lists"):
            go(Target("actions", face=face))
            yield Stop(f"actions-{face}", window)
        for name in walk_prerehab.stops(window, self.clock.today(), self._settle):
            yield Stop(name, window)
        go(Target("contacts"))
        yield Stop("contacts", window)
        press(None, Qt.Key.Key_N, CTRL)
        yield Stop("contacts-new", window)
        press(None, Qt.Key.Key_Escape)
        yield from self._settings_pages(window)
        press(None, Qt.Key.Key_K, CTRL)
        yield Stop("search-empty", window)
        type_text(None, "ma")
        yield Stop("search", window)
        press(None, Qt.Key.Key_Escape)
        press(None, Qt.Key.Key_F1)
        yield Stop("keys", window)
        press(None, Qt.Key.Key_Escape)

    def _case(self, window: MainWindow) -> Iterator[Stop]:
        """One case that comes up next, with every face; and one under protected identity."""
        store, today = window.context.store, self.clock.today()
        rows = store.read(case_queries.cases, today, closed=False)
        case = max((row for row in rows if not row.is_protected), key=_has_most)
        for face in FACES:
            window.navigate(Target("cases", "case", case.id, face))
            self._settle()
            yield Stop(f"case-{face}", window)
            if face == "consent":
                press(None, Qt.Key.Key_N, CTRL | SHIFT)
                self._settle()
                yield Stop("case-consent-new", window)
                press(None, Qt.Key.Key_Escape)
        hidden = next((row for row in rows if row.is_protected), None)
        if hidden is not None:
            window.navigate(Target("cases", "case", hidden.id))
            self._settle()
            yield Stop("case-protected-asks", window)

    def _settings_pages(self, window: MainWindow) -> Iterator[Stop]:
        window.navigate(Target("settings"))
        page = window.page
        for place in range(page.list.count()):
            page.list.setCurrentRow(place)
            yield Stop(f"settings-{place + 1}", window)

    # One session

    def _session(self, window: MainWindow) -> Iterator[Stop]:
        today = self.clock.today()
        session = window.context.store.read(session_queries.next_session, today)
        held = window.context.store.read(session_queries.latest_held, today)
        for face in ("agenda", "presence", "meeting", "papers"):
            window.navigate(Target("forum", "session", session.id, face))
            self._settle()
            yield Stop(f"session-{face}", window)
            if face == "meeting":
                # Until somebody says so no other page is brought up.
                meeting_page(window).projector.button.click()
        window.navigate(Target("forum", "session", session.id, "agenda"))
        for key, name in ((Qt.Key.Key_F7, "propose"), (Qt.Key.Key_F3, "calls")):
            press(None, key)
            self._settle()
            yield Stop(f"session-agenda-{name}", window)
            press(None, Qt.Key.Key_Escape)
        press(None, Qt.Key.Key_N, CTRL)
        yield Stop("session-agenda-add", window)
        press(None, Qt.Key.Key_Escape)
        press(None, Qt.Key.Key_E, CTRL)
        yield Stop("session-change", window)
        press(None, Qt.Key.Key_Escape)
        for face in ("agenda", "minutes", "papers"):
            window.navigate(Target("forum", "session", held.id, face))
            self._settle()
            yield Stop(f"locked-session-{face}", window)
            if face == "papers":
                QTest.qWait(600)
                yield Stop("locked-session-papers-preview", window)

    # The meeting

    def _meeting(self, window: MainWindow) -> Iterator[Stop]:
        store, today = window.context.store, self.clock.today()
        session = store.read(session_queries.next_session, today)
        meeting.start_session(store, session.id)
        window.navigate(Target("forum", "session", session.id, "meeting"))
        self._settle()
        yield Stop("meeting-general-nameless", window)
        page = meeting_page(window)
        page.projector.button.click()
        for row in store.read(presence_queries.attendees, session.id):
            presence.mark(store, row.id, Presence.HERE)
        items = store.read(agenda_queries.agenda, session.id, today)
        mine = next(item for item in items if item.kind is ItemKind.CASE)
        other = next(item for item in items if item.kind is ItemKind.CASE and item.id != mine.id)
        for item in items[: items.index(mine)]:
            meeting.open_item(store, item.id)
        meeting.open_item(store, mine.id)
        self._settle()
        yield Stop("meeting-item", window)
        self._write(window, mine.id, other.participant_name)
        self._settle()
        yield Stop("meeting-item-written", window)
        press(None, Qt.Key.Key_Return)
        press(None, Qt.Key.Key_Return, CTRL)
        self._settle()
        yield Stop("meeting-read-back", window)
        press(None, Qt.Key.Key_Escape)
        page.big_screen.turn_on(QApplication.primaryScreen())
        self._settle()
        shown = next((one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window), None)
        if shown is not None:
            yield Stop("meeting-big-screen", shown)
        page.big_screen.turn_off()
        press(window, Qt.Key.Key_F9)
        self._settle()
        yield Stop("meeting-pause", window)
        press(window, Qt.Key.Key_F9)

    def _write(self, window: MainWindow, item_id: int, other: str) -> None:
        store = window.context.store
        page = meeting_page(window)
        page.item.discussion.field.setFocus()
        type_text(None, f"Chefen kan ordna två halvdagar i veckan från vecka 3. Samma lösning som för {other} i våras.")
        window.context.flushes.flush_all()
        agreement = meeting.add_agreement(store, item_id, "Deltagaren prövar två halvdagar i veckan från vecka 3. Inga lyft över 5 kg.")
        meeting.save_participant_line(store, agreement, "Du prövar två halvdagar i veckan från vecka 3. Du ska inte lyfta mer än 5 kg.")
        show_line(store, ShownLine.AGREEMENT, agreement, True)
        add_action(store, item_id, NewAction("skicka underlag om arbetsuppgifterna", due_on=self.clock.today() + timedelta(days=7)))
        page.item.actions.quick.field.setFocus()
        type_text(None, "FK boka avstämningsmöte 15/12")

    def _after(self, window: MainWindow) -> Iterator[Stop]:
        page = meeting_page(window)
        store, session_id = window.context.store, page.state.session.id
        press(None, Qt.Key.Key_Return, CTRL)
        for found in page.read_back.unsettled:
            from rehabdesk.services.forum.names import mark_harmless

            mark_harmless(store, page.state.current.row.id, found.case_id, found.words)
        self._settle()
        press(None, Qt.Key.Key_Return, CTRL)
        self._settle()
        yield Stop("meeting-next-item", window)
        self._finish_rest(store, session_id)
        window.navigate(Target("forum", "session", session_id, "minutes"))
        self._settle()
        yield Stop("session-minutes-held", window)
        press(None, Qt.Key.Key_Return, CTRL)
        self._settle()
        yield Stop("session-minutes-go-through", window)
        window.navigate(Target("forum", "session", session_id, "papers"))
        self._settle()
        yield Stop("session-papers-after", window)
        window.navigate(Target("today"))
        self._settle()
        yield Stop("today-after", window)

    def _finish_rest(self, store: object, session_id: int) -> None:
        from rehabdesk.domain.forum import ItemState, Outcome
        from rehabdesk.services.forum.sheets import Ending, freeze

        for item in store.read(agenda_queries.agenda, session_id, self.clock.today()):
            if item.state is not ItemState.FINISHED:
                meeting.open_item(store, item.id)
                freeze(store, item.id, Ending(Outcome.AGREED))
        meeting.end_session(store, session_id)

    # Parts

    def _shown(self, window: QWidget) -> QWidget:
        window.resize(*self._look.size)
        window.move(0, 0)
        window.activateWindow()
        wait_for(window.isActiveWindow, "the window to be active")
        self._settle()
        return window

    @staticmethod
    def _settle() -> None:
        """Let what was asked for be laid out and painted."""
        QTest.qWait(150)


def meeting_page(window: MainWindow):
    """The meeting page that is shown."""
    from rehabdesk.ui.forum.meeting.page import MeetingPage

    return window.findChild(MeetingPage)


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Run the event loop until it is so."""
    until = time.monotonic() + PATIENCE / 1000
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"waited in vain for {what}")
        QTest.qWait(10)


def _nowhere(_code: int) -> None:
    return


def _silence() -> None:
    return


def _nobody(_arguments: object):
    raise AssertionError("nothing is locked on this walk")


def _has_most(case: CaseRow) -> tuple[bool, int]:
    return case.next_session_on is not None, case.open_actions
