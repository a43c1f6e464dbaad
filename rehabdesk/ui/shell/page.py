"""The scaffold of a page: a head with its name, when it was saved and what can be done, and below it the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Badge, Muted, Title, Words
from rehabdesk.ui.parts.layouts import FlowLayout, holding, line
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD, Tone
from rehabdesk.ui.shell.context import Context, Target

if TYPE_CHECKING:
    from rehabdesk.store.history import Change

MOST_FOCUS_STEPS = 2000
#: A subtitle is not squeezed narrower than this, unless it is shorter.
SUBTITLE_LEAST = 180


def names_would_show(texts: Texts) -> str:
    """Why nothing else is brought up while a projector may show the window, and what to do first."""
    return texts.say("That shows names. Say first that no projector shows this screen.")


class SavedLabel(Words):
    """"Sparat 14.07.32": when the store last kept something; red when something could not be kept."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", "muted", wrap=False, parent=parent)
        self._context = context
        # Any commit counts, not only those of autosaving fields.
        unsubscribe = context.store.subscribe(self._on_commit)

        def end(_sender: object = None) -> None:
            unsubscribe()

        self.destroyed.connect(end)
        context.flushes.failed.connect(self._on_failed)
        context.flushes.saved.connect(self._on_saved)

    def _on_commit(self, changes: frozenset[Change]) -> None:
        # That a page was read is logged, and nothing of hers was saved by that.
        if any(change.table != "log_entry" for change in changes):
            self._on_saved()

    def _on_saved(self, _saved: object = None) -> None:
        now = self._context.clock.now()
        texts = self._context.texts
        separator = "." if texts.language == "sv" else ":"
        self.setText(texts.say("Saved {time}", time=f"{texts.time(f'{now:%H:%M}')}{separator}{now:%S}"))
        self.set_ink(None)

    def _on_failed(self, _problems: object) -> None:
        self.setText(self._context.texts.say("Not saved"))
        self.set_ink(Tone.RED)


class PageHeader(QFrame):
    """The strip at the top of a page: title, what is said beside it, when it was saved, actions at the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "header")
        self._title = Title()
        self._subtitle = Muted()
        self._beside = line(gap=GAP)
        # More buttons than a narrow window is wide stand on two lines.
        self._actions = FlowLayout(gap=GAP + 4)
        self.saved = SavedLabel(context)
        left, right = line(self._title, gap=PAD), line(self.saved, None, self._actions, gap=PAD)
        if context.demo:
            # On every page, so that no screen with invented people is taken for the real forum.
            left.addWidget(Badge(context.texts.say("DEMO"), Tone.AMBER))
        left.addLayout(self._beside)
        left.addWidget(self._subtitle, 1)
        self._left, self._right = holding(left), holding(right)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(EDGE, 12, EDGE, 12)
        self._row.setSpacing(PAD)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._right)
        self.setMinimumHeight(64)

    @property
    def title(self) -> str:
        """The name of the page."""
        return self._title.text()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self.setAccessibleName(title)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As narrow as the wider half: in a narrow window the actions stand beneath the name."""
        widest = max(self._left.minimumSizeHint().width(), self._right.minimumSizeHint().width())
        return QSize(widest + 2 * EDGE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside one another where there is room."""
        super().resizeEvent(event)
        self._judge_room()

    def event(self, event: QEvent) -> bool:
        """Another title, badge or button asks for the room anew."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._judge_room()
        return handled

    def _judge_room(self) -> None:
        # A subtitle may be broken over two lines, and not one word a line.
        words = self._subtitle
        broken = max(0, min(words.fontMetrics().horizontalAdvance(words.text()), SUBTITLE_LEAST) - words.minimumSizeHint().width())
        needed = self._left.minimumSizeHint().width() + broken + self._right.sizeHint().width() + PAD + 2 * EDGE
        directions = QBoxLayout.Direction
        direction = directions.LeftToRight if needed <= self.width() else directions.TopToBottom
        if direction is not self._row.direction():
            self._row.setDirection(direction)

    def add_badge(self, widget: QWidget) -> None:
        """Put a badge right after the title."""
        self._beside.addWidget(widget)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right."""
        self._actions.addWidget(widget)


class Page(QWidget):
    """What every room's page is: override what is needed.

    `full` pages (the meeting) have no sidebar. `body` is the layout below the head. `open_target` is called each time
    one navigates here, also when the page is already shown; `step_back` answers whether Esc was used inside the page.
    While `is_covered` (the meeting is in pause) or `hides_names` (a projector may show it) nothing else, with its names, can
    be brought up in the window.
    """

    full = False
    is_covered = False
    hides_names = False

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = PageHeader(context)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        whole.addLayout(self.body, 1)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Name the page, for the head and for a screen reader."""
        self.header.set_title(title, subtitle)
        self.setAccessibleName(title)

    def open_target(self, target: Target) -> None:
        """Show what the target names."""

    def step_back(self) -> bool:
        """Take one step back inside the page; False when there is none, and the window goes back instead."""
        return False

    def focus_first(self) -> None:
        """Put the keyboard on the first thing in the body that takes it."""
        widget = self.header.nextInFocusChain()
        for _ in range(MOST_FOCUS_STEPS):
            if widget is self or widget is self.header:
                return
            inside = self.isAncestorOf(widget) and not self.header.isAncestorOf(widget)
            if inside and widget.isVisibleTo(self) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            widget = widget.nextInFocusChain()

    def leaving(self) -> None:
        """Another page is about to be shown."""
