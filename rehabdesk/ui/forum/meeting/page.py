"""The meeting, full screen: agenda and clock, the open item, who is here. No dialogs; every key is a button too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import meeting as services
from rehabdesk.services.forum.names import NameInItem
from rehabdesk.services.forum.sheets import freeze
from rehabdesk.store.queries.settings import paper_language
from rehabdesk.ui.forum.meeting.agenda_panel import AgendaPanel
from rehabdesk.ui.forum.meeting.big_screen import BigScreen, Screens
from rehabdesk.ui.forum.meeting.columns import Columns
from rehabdesk.ui.forum.meeting.faces import BetweenFace
from rehabdesk.ui.forum.meeting.item_panel import ItemPanel
from rehabdesk.ui.forum.meeting.pause_cover import PauseCover
from rehabdesk.ui.forum.meeting.presence_panel import PresencePanel
from rehabdesk.ui.forum.meeting.projector import ProjectorQuestion
from rehabdesk.ui.forum.meeting.read_back import ReadBack
from rehabdesk.ui.forum.meeting.rows import announce
from rehabdesk.ui.forum.meeting.sleep import SleepWatch
from rehabdesk.ui.forum.meeting.state import NAME_TABLES, TABLES, MeetingState
from rehabdesk.ui.forum.meeting.tab_order import follow_layout
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page

TICK = 1000
"""Milliseconds between two looks at the clock."""


class MeetingPage(Page):
    """One session at a time: given when the page is made, or by the target one navigates to."""

    full = True

    def __init__(
        self, context: Context, session_id: int | None = None, screens: Callable[[], Sequence[QScreen]] | None = None
    ) -> None:
        super().__init__(context)
        self.state = MeetingState(context, self)
        self._tab_order: list[QWidget] = []
        self._was_full_screen: bool | None = None
        self._sleep = SleepWatch(context.clock)
        self.screens = Screens(screens, self) if screens else Screens(parent=self)
        self.big_screen = BigScreen(self.state)
        self.destroyed.connect(self.big_screen.deleteLater)
        self._build_top()
        self._build_columns()
        self._build_body()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK)
        self._timer.timeout.connect(self.tick)
        self._connect()
        watch(self, context.store, NAME_TABLES, self.state.forget_names)
        watch(self, context.store, TABLES, self.state.reload)
        if session_id is not None:
            self.open_session(session_id)

    # --- what it is ---

    @property
    def wants_full_screen(self) -> bool:
        """The meeting fills the screen while it is shown."""
        return True

    @property
    def face(self) -> QWidget:
        """What the middle column shows."""
        return self.middle.currentWidget()

    @property
    def is_covered(self) -> bool:
        """Whether the pause covers the meeting."""
        return self._stack.currentWidget() is self.cover

    # --- coming and going ---

    def open_session(self, session_id: int) -> None:
        """Show this session's meeting."""
        if self.state.session is None or self.state.session.id != session_id:
            self.context.flushes.flush_all()
            self.projector.forget()
            self.state.open(session_id)
            self._show_face(self.between if self.state.current is None else self.item)

    def open_target(self, target: Target) -> None:
        """Show the session that the target names."""
        if target.id is not None:
            self.open_session(target.id)

    def leaving(self) -> None:
        """Nothing is left on the projector."""
        self.context.flushes.flush_all()
        self.big_screen.turn_off()

    def step_back(self) -> bool:
        """Esc: leave what was opened inside; in a pause nothing else happens."""
        if self.is_covered:
            return True
        if self.agenda.leave_form() or self.presence.step_back() or self.item.step_back():
            return True
        if self.face is self.read_back:
            self.context.flushes.flush_all()
            self._show_face(self.item)
            self.item.focus_first()
            return True
        return self.columns.step_back()

    def focus_first(self) -> None:
        """Where one would write, or what one would press."""
        if self.is_covered:
            self.cover.go_on.setFocus()
        else:
            self.face.focus_first()

    # --- what is done at the table ---

    def start(self) -> None:
        """Starta mötet; why not is said beside the button."""
        self._between(services.start_session)

    def end(self) -> None:
        """Avsluta mötet, and on to the minutes."""
        if self._between(services.end_session):
            self.big_screen.turn_off()
            self.show_minutes()

    def reopen(self) -> None:
        """Ended by mistake: go on."""
        self._between(services.reopen_session)

    def next_item(self) -> None:
        """Open the first item that still waits."""
        self._between(services.open_next_item)

    def show_minutes(self) -> None:
        """On to the face that goes through and locks."""
        if self.state.session is not None:
            self.context.navigate(Target("forum", "session", self.state.session.id, "minutes"))

    def item_done(self) -> None:
        """Punkten klar: read back first; pressed again, the sheet is frozen and the next item opened."""
        if self.is_covered or self.state.current is None or not self._flushed():
            return
        if self.face is self.read_back:
            self._freeze()
        else:
            self.state.reload()
            if self.read_back.bind():
                self._show_face(self.read_back)
                self.read_back.focus_first()

    def toggle_pause(self) -> None:
        """Paus, and on again."""
        if not self.state.under_way:
            return
        if self.state.paused:
            if self.state.attempt(services.resume, self.state.session.id):
                self.state.reload()
        else:
            self._pause()

    def toggle_big_screen(self) -> None:
        """Storbild on the other screen, or off."""
        if self.big_screen.is_on:
            self.big_screen.turn_off()
        elif self.state.current is not None and not self.state.paused and self._flushed():
            screen = self.screens.other_than(self.window())
            if screen is None:
                self.state.tell(self.context.texts.say("There is no other screen to show the big screen on."))
            else:
                self.big_screen.turn_on(screen)
        self._show_screen_state()

    def tick(self) -> None:
        """One look at the clock; a gap means that the machine has slept."""
        fell_asleep = self._sleep.look()
        if fell_asleep is not None and self.state.under_way and not self.state.paused:
            self._pause(fell_asleep)
        if not self.is_covered:
            self.agenda.tick()
            self.presence.tick()

    # --- Qt's events ---

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The clock runs while it can be seen."""
        super().showEvent(event)
        fell_asleep = self._sleep.come_back()
        if fell_asleep is not None and self.state.under_way and not self.state.paused:
            self._pause(fell_asleep)
        self._timer.start()
        self._fill_screen()
        self.projector.judge()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing is projected from a page nobody sees."""
        super().hideEvent(event)
        self._timer.stop()
        self.big_screen.turn_off()
        if not event.spontaneous():
            self._leave_screen()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow, one column at a time."""
        super().resizeEvent(event)
        self.columns.fit(self.width())
        self._show_title()

    # --- building ---

    def _build_top(self) -> None:
        say = self.context.texts.say
        self.screen_button = KeyButton(say("Big screen off"), "F8")
        self.pause_button = KeyButton(say("Pause"), "F9")
        self.done_button = KeyButton(say("Item finished"), "Ctrl+Return", kind="primary")
        for button, act in (
            (self.screen_button, self.toggle_big_screen), (self.pause_button, self.toggle_pause), (self.done_button, self.item_done),
        ):  # fmt: skip
            button.clicked.connect(act)
            self.header.add_action(button)

    def _build_columns(self) -> None:
        self.agenda, self.presence = AgendaPanel(self.state), PresencePanel(self.state)
        self.between, self.item, self.read_back = BetweenFace(self.state), ItemPanel(self.state), ReadBack(self.state)
        self.middle = QStackedWidget()
        for face in (self.between, self.item, self.read_back):
            self.middle.addWidget(face)
        self.columns = Columns(self.context, self.agenda, self.middle, self.presence, self)

    def _build_body(self) -> None:
        self.cover = PauseCover(self.state)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.columns)
        self._stack.addWidget(self.cover)
        self.projector = ProjectorQuestion(self.state, self.screens, self)
        self.body.addWidget(self.projector)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for signal, slot in (
            (self.between.start_wanted, self.start), (self.between.next_wanted, self.next_item),
            (self.between.end_wanted, self.end), (self.between.minutes_wanted, self.show_minutes),
            (self.between.reopen_wanted, self.reopen), (self.read_back.done.clicked, self.item_done),
            (self.read_back.back.clicked, self.step_back), (self.read_back.text_wanted, self._go_to_text),
            (self.cover.go_on.clicked, self.toggle_pause), (self.presence.withdrawn, self._on_withdrawn),
            (self.big_screen.closed, self._show_screen_state), (self.screens.changed, self._on_screens),
            (self.state.item_changed, self._on_item_changed), (self.state.changed, self._on_changed),
            (self.state.told, self._on_told), (self.columns.turned, self._fix_tab_order),
            (self.item.agreements.grew, self._fix_tab_order),
        ):  # fmt: skip
            signal.connect(slot)

    # --- slots and internals ---

    def _between(self, verb: Callable[..., object]) -> bool:
        """Do what the face between items offers; a refusal stands beside its button."""
        if self.state.session is None or not self._flushed():
            return False
        try:
            verb(self.context.store, self.state.session.id)
        except Refused as refused:
            self.between.refuse(refused.problems)
            return False
        self.between.refuse(())
        self.state.reload()
        return True

    def _freeze(self) -> None:
        store, row, session = self.context.store, self.state.current.row, self.state.session
        try:
            freeze(store, row.id, self.read_back.ending.ending, language=store.read(paper_language))
        except Refused as refused:
            self.read_back.refresh()
            self.read_back.ending.tell(refused.problems)
            announce(self, self.context.texts.problems(refused.problems))
            return
        self.big_screen.turn_off()
        if self.context.queue is not None:
            self.context.queue.wake()
        self.state.attempt(services.open_next_item, session.id)
        self.state.reload()

    def _pause(self, since: object = None) -> None:
        self.context.flushes.flush_all()
        self.big_screen.turn_off()
        if self.context.queue is not None:
            self.context.queue.hold()
        if self.state.attempt(services.pause, self.state.session.id, since):
            self.state.reload()

    def _fill_screen(self) -> None:
        window = self.window()
        if self.wants_full_screen and isinstance(window, QMainWindow) and self._was_full_screen is None:
            self._was_full_screen = window.isFullScreen()
            window.showFullScreen()

    def _leave_screen(self) -> None:
        window = self.window()
        if self._was_full_screen is False and window.isVisible():
            window.showNormal()
        self._was_full_screen = None

    def _flushed(self) -> bool:
        if self.context.flushes.flush_all():
            return True
        self.context.messages.error(self.context.texts.say("What you typed last could not be saved. It is still here; try again."))
        return False

    def _on_item_changed(self) -> None:
        self.big_screen.turn_off()
        if not self.item.bind():
            self._flushed()
            return
        self._show_face(self.between if self.state.current is None else self.item)
        if self.isVisible() and not self.is_covered:
            self.focus_first()

    def _on_changed(self) -> None:
        self.between.refresh()
        self.item.refresh()
        if self.face is self.read_back:
            self.read_back.refresh()
        self._show_cover()
        self._show_title()
        self._show_screen_state()
        self._fix_tab_order()

    def _show_face(self, face: QWidget) -> None:
        self.middle.setCurrentWidget(face)
        self.columns.show_middle()
        self._show_title()

    def _show_cover(self) -> None:
        paused = self.state.paused
        if paused:
            self.cover.refresh()
        if paused == self.is_covered:
            return
        self._stack.setCurrentWidget(self.cover if paused else self.columns)
        if self.context.queue is not None:
            self.context.queue.hold() if paused else self.context.queue.release()
        if self.isVisible():
            self.focus_first()

    def _show_title(self) -> None:
        session, texts = self.state.session, self.context.texts
        if session is None:
            return
        narrow = self.columns.is_narrow
        title = texts.short_day(session.held_on) if narrow else f"{session.series_name} {texts.date(session.held_on)}"
        parts = (texts.term(session.state), session.place, texts.time_span(session.start, session.end))
        self.set_title(title, "" if narrow else " · ".join(part for part in parts if part))
        self.header.saved.setVisible(not narrow)
        at_table = self.state.current is not None and not self.state.paused
        self.done_button.setVisible(at_table)
        self.screen_button.setVisible(at_table)
        self.pause_button.setVisible(session.state is SessionState.UNDER_WAY)
        self.pause_button.set_words(texts.say("Go on") if self.state.paused else texts.say("Pause"))

    def _show_screen_state(self) -> None:
        texts, count = self.context.texts, self.big_screen.line_count
        on = self.big_screen.is_on
        self.screen_button.set_words(texts.say("Big screen on") if on else texts.say("Big screen off"))
        if on:
            told = texts.count("On: {n} line is shown.", "On: {n} lines are shown.", count)
        else:
            told = texts.say("Off. Shows only lines that you have ticked, never a name.")
        self.presence.show_screen(told)

    def _on_screens(self) -> None:
        self.big_screen.turn_off()
        self.projector.forget()
        self.projector.judge()

    def _on_withdrawn(self, _done: object) -> None:
        if self.context.queue is not None:
            self.context.queue.wake()
        self.state.reload()

    def _on_told(self, sentence: str, is_problem: bool) -> None:
        (self.context.messages.warn if is_problem else self.context.messages.info)(sentence)

    def _go_to_text(self, found: NameInItem) -> None:
        if found.field == "participant_view":
            self.read_back.answer.view.field.setFocus()
            return
        self._show_face(self.item)
        field = self.item.field_of(found.field, found.row_id)
        if field is None:
            self.item.actions.list.choose(found.row_id)
            self.item.actions.list.take_focus()
            return
        field.setFocus()
        cursor = field.textCursor()
        cursor.setPosition(found.start)
        field.setTextCursor(cursor)
        self.item.ensureWidgetVisible(field)

    def _fix_tab_order(self) -> None:
        self._tab_order = follow_layout(self, self._tab_order)
