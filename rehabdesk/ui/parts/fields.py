"""Fields that save by themselves while somebody types, and never lose or overwrite what is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from rehabdesk.ui.parts.autosave import Autosaver, FlushRegistry, Save

BORDER = 2
MOST_LINES = 24
LINE_MARGIN = 1


@dataclass(frozen=True, slots=True)
class Underline:
    """A stretch of text (positions in the Python string) to be looked at, and why."""

    start: int
    end: int
    why: str


class AutosaveText(QPlainTextEdit):
    """Text of several lines; grows with what it holds.

    `edited(str)` at every keystroke, `saved(datetime)` and `failed(tuple[Problem, ...])` as it is kept. `undo_wanted`
    and `redo_wanted` come only where no shortcut of the window took the key.
    """

    edited = Signal(str)
    saved = Signal(object)
    failed = Signal(object)
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(
        self,
        name: str,
        registry: FlushRegistry,
        save: Save,
        text: str = "",
        lines: int = 2,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`name` is what a screen reader calls it; `save(text)` keeps it or raises `Refused`; `lines` at least shown."""
        super().__init__(parent)
        self._lines = lines
        self._known = text
        self._offered: str | None = None
        self._applying = False
        self._expects_undo = False
        self._underlines: tuple[Underline, ...] = ()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlainText(text)
        self._seen = self.text()
        self._autosaver = Autosaver(self.text, save, registry, self)
        self._autosaver.saved.connect(self._on_saved)
        self._autosaver.failed.connect(self.failed)
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    @property
    def pending(self) -> bool:
        """Whether something typed is not yet saved."""
        return self._autosaver.pending

    @property
    def underlines(self) -> tuple[Underline, ...]:
        """What is underlined."""
        return self._underlines

    def text(self) -> str:
        """What stands in the field (unbreakable spaces kept, which Qt's own plain text would lose)."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def type_text(self, text: str) -> None:
        """Replace the whole text as if it had been typed: it can be undone in the field, and is saved."""
        self._replace(text)

    def bind(self, text: str, save: Save) -> bool:
        """Show another record's text and save there from now on; False when what is here could not be saved first."""
        if not self.flush():
            return False
        self._autosaver.rebind(save)
        self._known, self._offered, self._expects_undo = text, None, False
        self._apply(text)
        self.set_underlines(())
        return True

    def refresh(self, text: str) -> None:
        """The store's text, after any change. Ignored while it is being worked on here, and taken when it is left."""
        if text == self._known and not self._expects_undo:
            self._offered = None
        elif self.pending or (self.hasFocus() and not self._expects_undo):
            self._offered = text
        else:
            self._take(text)

    def flush(self) -> bool:
        """Save now; False when it could not be saved."""
        return self._autosaver.flush()

    def set_underlines(self, underlines: Sequence[Underline]) -> None:
        """Underline these stretches with a wave, and tell a screen reader why."""
        self._underlines = tuple(underlines)
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        wave.setUnderlineColor(QColor(self.palette().color(self.palette().ColorRole.BrightText)))
        marks = []
        text = self.text()
        for underline in self._underlines:
            mark = QTextEdit.ExtraSelection()
            mark.format = wave
            cursor = QTextCursor(self.document())
            cursor.setPosition(_qt_position(text, underline.start))
            cursor.setPosition(_qt_position(text, underline.end), QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            marks.append(mark)
        self.setExtraSelections(marks)
        told = " ".join(dict.fromkeys(underline.why for underline in self._underlines))
        self.setAccessibleDescription(told)
        self.setToolTip(told)

    # --- Qt's events ---

    def event(self, event: QEvent) -> bool:
        """Leave the undo keys to the window when the field has nothing of its own to undo."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            undo = event.matches(QKeySequence.StandardKey.Undo) and not document.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not document.isRedoAvailable()
            if undo or redo:
                self._expects_undo = True
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ask for the store's undo when the field's own is used up."""
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable():
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Leaving saves, and takes what came from elsewhere meanwhile."""
        super().focusOutEvent(event)
        self._settle()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """So does going out of sight."""
        super().hideEvent(event)
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The height needs the real width."""
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width, other line ends."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Another size of text, another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """One line is the least."""
        return QSize(60, self._height_of(1))

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as what it holds."""
        return QSize(240, self._height_of(self._lines))

    # --- slots and internals ---

    def _on_text_changed(self) -> None:
        self._fit()
        text = self.text()
        if text == self._seen:
            # A highlighter's colours come by as changes too; nothing was typed.
            return
        self._seen = text
        if not self._applying:
            self._expects_undo = False
            self._autosaver.touched()
            self.edited.emit(text)

    def _on_saved(self, when: object) -> None:
        self._known = self.text()
        self.saved.emit(when)

    def _settle(self) -> None:
        if self._autosaver.leave() and self._offered is not None and self._offered != self.text():
            self._take(self._offered)

    def _take(self, text: str) -> None:
        self._known, self._offered, self._expects_undo = text, None, False
        if text != self.text():
            self._apply(text)

    def _apply(self, text: str) -> None:
        self._applying = True
        try:
            self._replace(text)
            # What the store undid must not be undone again here: the next Ctrl+Z is the store's next step.
            self.document().clearUndoRedoStacks()
        finally:
            self._applying = False

    def _replace(self, text: str) -> None:
        """Change only the part that differs, through a cursor: the place of the keyboard stays."""
        old = self.text()
        if old == text:
            return
        start = _common(old, text)
        end = _common(old[start:][::-1], text[start:][::-1])
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.setPosition(_qt_position(old, start))
        cursor.setPosition(_qt_position(old, len(old) - end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start:len(text) - end])
        cursor.endEditBlock()

    def _fit(self) -> None:
        height = self._height_of(self._shown_lines())
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def _shown_lines(self) -> int:
        lines, block = 0, self.document().firstBlock()
        while block.isValid() and lines < MOST_LINES:
            # Asking for the rectangle lays the block out; its line count alone may be from another width.
            self.blockBoundingRect(block)
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return min(MOST_LINES, max(self._lines, lines))

    def _height_of(self, lines: int) -> int:
        metrics = QFontMetrics(self.font())
        margins = 2 * round(self.document().documentMargin()) + 2 * BORDER + 2 * max(1, round(metrics.height() * 0.22))
        # The layout rounds each line up; a pixel short, and the field scrolls.
        return lines * ceil(QFontMetricsF(self.font()).lineSpacing()) + margins + 2


class AutosaveLine(AutosaveText):
    """One line of text; `entered` when Enter is pressed."""

    entered = Signal()

    def __init__(self, name: str, registry: FlushRegistry, save: Save, text: str = "", placeholder: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(name, registry, save, _one_line(text), 1, placeholder, parent)
        # As high as a QLineEdit, with the words where it has them, since the two stand side by side.
        self.document().setDocumentMargin(LINE_MARGIN)
        self.setViewportMargins(4 - LINE_MARGIN, 0, 4 - LINE_MARGIN, 0)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def refresh(self, text: str) -> None:
        """The store's text, on one line."""
        super().refresh(_one_line(text))

    def bind(self, text: str, save: Save) -> bool:
        """Another record's text, on one line."""
        return super().bind(_one_line(text), save)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter saves and tells; it never breaks the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.flush()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802
        """What is pasted comes on one line."""
        self.insertPlainText(_one_line(source.text()))

    def _shown_lines(self) -> int:
        return 1

    def _height_of(self, lines: int) -> int:
        height = QFontMetrics(self.font()).height()
        return lines * height + 2 * round(height * 0.316) + 2 * LINE_MARGIN + BORDER


def _one_line(text: str) -> str:
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def _common(left: str, right: str) -> int:
    """How many characters two texts begin with in common."""
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length


def _qt_position(text: str, position: int) -> int:
    """A place in a Python string as Qt counts it (in UTF-16 units)."""
    return position + sum(1 for sign in text[:position] if ord(sign) > 0xFFFF)
