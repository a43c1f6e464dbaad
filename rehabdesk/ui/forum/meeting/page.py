"""The meeting, full screen: agenda and clock, the open item, who is here. No dialogs; every key is a button too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QScreen, QShowEvent
from PySide6.QtWidgets import QLayout, QStackedWidget, QWidget

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
from rehabdesk.ui.forum.meeting.top_bar import FullScreen, TopBar
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.in_sight import KeptInSight
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
        self._full_screen = FullScreen(self)
        KeptInSight(self, context.theme.px(56))
        self._sleep = SleepWatch(context.clock)
        self.screens = Screens(screens, self) if screens else Screens(parent=self)
        self.big_screen = BigScreen(self.state, self)
        self.layout().setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.top = TopBar(self.state, self)
        for button, act in ((self.top.screen, self.toggle_big_screen), (self.top.pause, self.toggle_pause), (self.top.done, self.item_done)):
            button.clicked.connect(act)
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
    def face(self) -> QWidget:
        """What the middle column shows."""
        return self.middle.currentWidget()

    @property
    def is_covered(self) -> bool:
        """Whether the pause covers the meeting."""
        return self._stack.currentWidget() is self.cover

    @property
    def hides_names(self) -> bool:
        """Whether a projector may show this window."""
        return self.state.nameless

    # --- coming and going ---

    def open_session(self, session_id: int) -> None:
        """Show this session's meeting."""
        if self.state.session is None or self.state.session.id != session_id:
            self.context.flushes.flush_all()
            self.projector.forget()
            self.state.open(session_id)
            # Which of its buttons there is must be known before one of them gets the focus.
        self.between.refresh()
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

    def show_minutes(self) -> None:
        """On to the face that goes through and locks."""
        self.big_screen.turn_off()
        if self.state.session is not None:
            self.context.navigate(Target("forum", "session", self.state.session.id, "minutes"))

    def item_done(self) -> None:
        """Punkten klar: read back first; pressed again, the sheet is frozen and the next item opened."""
        if self.is_covered or self.state.current is None or not self.state.flushed():
            return
        if self.face is self.read_back:
            self._freeze()
        elif not self.item.actions.quick.holds_back():
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
        elif self.state.current is not None and not self.state.paused and self.state.flushed():
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
        self._full_screen.fill()
        self.projector.judge()
        self.tick()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing is projected from a page nobody sees."""
        super().hideEvent(event)
        self._timer.stop()
        self.big_screen.turn_off()
        if not event.spontaneous():
            self._full_screen.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Narrow, one column at a time."""
        super().resizeEvent(event)
        self.columns.fit(self.width())
        self._show_title()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It folds to what a laptop shows at 200 %; what the columns would like side by side must not hold the window open."""
        return QSize(480, 320)

    # --- building ---

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
            (self.between.ended, self.show_minutes), (self.between.minutes.clicked, self.show_minutes),
            (self.read_back.done.clicked, self.item_done),
            (self.read_back.back.clicked, self.step_back), (self.read_back.text_wanted, self._go_to_text),
            (self.cover.go_on.clicked, self.toggle_pause), (self.presence.withdrawn, self._on_withdrawn),
            (self.big_screen.closed, self._show_screen_state), (self.screens.changed, self._on_screens),
            (self.state.item_changed, self._on_item_changed), (self.state.changed, self._on_changed),
            (self.state.told, self._on_told), (self.columns.turned, self._fix_tab_order),
            (self.item.agreements.grew, self._fix_tab_order),
        ):  # fmt: skip
            signal.connect(slot)

    # --- slots and internals ---

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

    def _on_item_changed(self) -> None:
        self.big_screen.turn_off()
        if not self.item.bind():
            self.state.flushed()
            return
        # Which of its buttons there is must be known before one of them gets the focus.
        self.between.refresh()
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
        left = self.columns.focusWidget()
        if not paused and left is not None and left.isVisible():
            # On again where somebody was writing.
            left.setFocus()
        elif self.isVisible():
            self.focus_first()

    def _show_title(self) -> None:
        self.top.refresh(self.columns.is_narrow)

    def _show_screen_state(self) -> None:
        self.presence.show_screen(self.top.tell_screen(self.big_screen.is_on, self.big_screen.line_count))

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
