"""The plain pieces pages are put together from: words, badges, keys, buttons, cards, rows.

Everything on the way to the lock screen takes `Qt` and `QStyle` from their modules when it uses them, and names Qt's values
by text where it can: the first look at those two makes Python classes of a hundred enumerations, which takes as long
as all our own modules together. Classes of events are named for whoever reads the types, and made when such an event comes.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import GAP, PAD, Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QShortcut

#: How strong the edge of a key cap is beside its letters.
_CAP_EDGE = 0.35


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class Words(QLabel):
    """Plain text (never markup) of one part of the type scale; wraps unless told not to."""

    def __init__(self, text: str = "", part: str = "text", wrap: bool = True, parent: QWidget | None = None,
                 ink: Tone | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("textFormat", "PlainText")
        self.setProperty("part", part)
        if ink is not None:
            self.setProperty("ink", ink.value)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_ink(self, tone: Tone | None) -> None:
        """Colour the words by a tone, or not."""
        restyle(self, "ink", tone.value if tone is not None else None)

    def set_bold(self, bold: bool) -> None:
        """The second weight."""
        font = self.font()
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        self.setFont(font)


class Title(Words):
    """The name of a page."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "title", wrap=False, parent=parent)


class Heading(Words):
    """The name of a card or a group."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "heading", parent=parent)


class Label(Words):
    """The small name above a field."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "label", parent=parent)


class Muted(Words):
    """What is said in a lower voice."""

    def __init__(self, text: str = "", wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(text, "muted", wrap, parent)


class Badge(Words):
    """A word on a coloured ground."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, "badge", wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setProperty("tone", tone.value)

    def show_word(self, text: str, tone: Tone) -> None:
        """Another word, another tone."""
        self.setText(text)
        restyle(self, "tone", tone.value)


def key_text(key: QKeySequence | str) -> str:
    """A key as it is written on screen: "Ctrl Enter"."""
    if key == "Return" and sys.platform != "darwin":
        # The lock screen's only key: Qt's own names for keys, with the classes behind them, can wait.
        return "Enter"
    text = QtGui.QKeySequence(key).toString(QtGui.QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", "Enter").replace("++", "+plus").replace("+", " ")


def key_sequences(key: QKeySequence | str) -> list[QKeySequence]:
    """A key and its twin on the number pad."""
    sequence = QtGui.QKeySequence(key)
    written = sequence.toString(QtGui.QKeySequence.SequenceFormat.PortableText)
    twin = QtGui.QKeySequence(written.replace("Return", "Enter"))
    return [sequence] if twin == sequence else [sequence, twin]


class KeyCap(Words):
    """A key, drawn as one."""

    def __init__(self, key: QKeySequence | str, parent: QWidget | None = None) -> None:
        super().__init__(key_text(key), "key", wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class KeyButton(QPushButton):
    """A button that shows the key that does the same.

    `kind` is plain, primary, danger, link or field. With `key` the button is pressed by it anywhere in the window
    where the button is visible; `shows` draws a key without listening to it (somebody else does).
    """

    def __init__(
        self,
        text: str,
        key: QKeySequence | str | None = None,
        kind: str = "plain",
        shows: QKeySequence | str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = text
        self._cap = key_text(key or shows) if key or shows else ""
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._shortcut: QShortcut | None = None
        if key:
            self._shortcut = QtGui.QShortcut(self)
            self._shortcut.setKeys(key_sequences(key))
            self._shortcut.setAutoRepeat(False)
            self._shortcut.activated.connect(self.click)
        self._describe()

    @property
    def words(self) -> str:
        """The text on the button."""
        return self._words

    def set_words(self, text: str) -> None:
        """Another text on the button."""
        if text != self._words:
            self._words = text
            self.setAccessibleName(text)
            self._describe()
            self.updateGeometry()
            self.update()

    def text(self) -> str:
        """The words with the key, as a person reads the button."""
        return f"{self._words}  {self._cap}" if self._cap else self._words

    def sizeHint(self) -> QSize:  # noqa: N802
        """What the style makes of the text, with a key cap in the place of the key's name."""
        hint = super().sizeHint()
        if self._cap:
            words = QFontMetrics(self.font())
            wanted = words.horizontalAdvance(self._words) + GAP + self._cap_width()
            hint.setWidth(hint.width() + wanted + 2 - words.horizontalAdvance(self.text()))
        if self.isCheckable():
            # The chosen one of several is in the second weight, and wider.
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            hint.setWidth(hint.width() + QFontMetrics(bold).horizontalAdvance(self._words)
                          - QFontMetrics(self.font()).horizontalAdvance(self._words))
        return hint

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Words are never cut."""
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:  # noqa: N802
        """The style draws the panel; words with a key cap are ours to draw."""
        super().initStyleOption(option)
        if self._cap:
            option.text = ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The style's own button, then words and key cap."""
        super().paintEvent(event)
        if not self._cap:
            return
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        cap_width, words_width = self._cap_width(), metrics.horizontalAdvance(self._words)
        start = self._inner_left() if self.property("kind") in ("field", "room") else (
            max(0, (self.width() - words_width - GAP - cap_width) // 2)
        )
        # The pen a painter begins with has the ink of the widget's text.
        painter.setFont(self.font())
        painter.drawText(start, self.height() // 2 + (metrics.ascent() - metrics.descent()) // 2, self._words)
        self._paint_cap(painter, start + words_width + GAP, cap_width)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter presses, as Space does: it is the key people try first."""
        keys, held = QtCore.Qt.Key, event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier
        if event.key() in (keys.Key_Return, keys.Key_Enter) and not held and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """The pointer says that this can be pressed."""
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def _inner_left(self) -> int:
        """Where the style begins what stands to the left in a button."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QtWidgets.QStyle.SubElement.SE_PushButtonContents
        return self.style().subElementRect(part, option, self).left()

    def _describe(self) -> None:
        # QAbstractButton's own text is what accessibility and tests read; & would become a mnemonic.
        super().setText(self.text().replace("&", "&&"))
        self.setAccessibleDescription(self._cap)

    def _cap_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(9, round(QFontMetrics(font).height() * 0.68)))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _cap_width(self) -> int:
        cap = QFontMetrics(self._cap_font())
        return cap.horizontalAdvance(self._cap) + cap.height() // 2

    def _paint_cap(self, painter: QPainter, left: int, width: int) -> None:
        font = self._cap_font()
        metrics = QFontMetrics(font)
        height = metrics.height() + 2
        top = (self.height() - height) // 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_CAP_EDGE)
        painter.drawRoundedRect(left, top, width, height, 4, 4)
        painter.setOpacity(1)
        painter.setFont(font)
        painter.drawText(left + (width - metrics.horizontalAdvance(self._cap)) // 2, top + 1 + metrics.ascent(), self._cap)


class Link(KeyButton):
    """A quiet button at the end of a line: "Öppna". `about` tells a screen reader what it opens."""

    def __init__(self, text: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind="link", parent=parent)
        if about:
            self.setAccessibleName(f"{text}: {about}")


class Rule(QFrame):
    """A hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "rule")
        self.setFixedHeight(1)


class Card(QFrame):
    """A surface with a hairline; with a title it has a head, where `aside` stands at the right."""

    def __init__(self, title: str = "", aside: QWidget | str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self.heading = Heading(title)
        self.aside: QWidget | None = Words(aside, "label", wrap=False) if isinstance(aside, str) else aside
        if title:
            self.setAccessibleName(title)
            head = line(self.heading, gap=GAP)
            head.setContentsMargins(PAD, 12, PAD, 12)
            head.setStretch(0, 1)
            if self.aside is not None:
                head.addWidget(self.aside)
            self._column.addLayout(head)
            self._column.addWidget(Rule())

    def add(self, item: QWidget | QLayout, padded: bool = True, stretch: int = 0) -> None:
        """Put something in the card: padded as text is, or to the edges as rows and tables are."""
        if padded:
            frame = QVBoxLayout()
            frame.setContentsMargins(PAD, 12, PAD, 12)
            frame.addLayout(item) if isinstance(item, QLayout) else frame.addWidget(item)
            self._column.addLayout(frame, stretch)
        elif isinstance(item, QLayout):
            self._column.addLayout(item, stretch)
        else:
            self._column.addWidget(item, stretch)


class Row(QFrame):
    """One line of a list in a card; with `opens=True` it can be focused, and Enter, Space or a click opens it."""

    opened = Signal()

    def __init__(self, *items: QWidget | QLayout | int | None, first: bool = False, opens: bool = False, name: str = "",
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opens = opens
        self.setProperty("part", "row")
        self.setProperty("first", "true" if first else "false")
        row = line(*items, gap=12)
        row.setContentsMargins(PAD, 7, PAD, 7)
        self.setLayout(row)
        self.setAccessibleName(name)
        if opens:
            self.setProperty("focusPolicy", "StrongFocus")
            self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)

    def set_chosen(self, chosen: bool) -> None:
        """Mark where one is."""
        restyle(self, "chosen", "true" if chosen else "false")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Space open."""
        if self._opens and event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter, QtCore.Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """So does a click."""
        if self._opens and event.button() is QtCore.Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        super().mouseReleaseEvent(event)


class EmptyState(QWidget):
    """Said where there is nothing: what this is for, and what to do first."""

    def __init__(self, title: str, sentence: str = "", button: str = "", do: Callable[[], None] | None = None,
                 parent: QWidget | None = None, other: Link | None = None) -> None:
        """`other` is another way to begin, beside the button."""
        super().__init__(parent)
        self.setProperty("part", "clear")
        heading, words = Heading(title), Muted(sentence)
        for label in (heading, words):
            label.setProperty("alignment", "AlignCenter")
        # Shown before it has a parent, it would be a window of its own for a moment, and take the focus.
        if not sentence:
            words.hide()
        self.button = KeyButton(button, kind="primary") if button else None
        rows = column(None, heading, words, margin=PAD)
        if self.button is not None:
            rows.addSpacing(GAP)
            rows.addLayout(line(None, self.button, *([other] if other is not None else []), None))
            if do is not None:
                self.button.clicked.connect(do)
        rows.addStretch(1)
        self.setLayout(rows)
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)


class Figure(QWidget):
    """A large number with its caption beneath."""

    def __init__(self, number: str, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._number = Words(number, "figure", wrap=False)
        self._caption = Words(caption, wrap=False)
        self.setLayout(column(self._number, self._caption, gap=2))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_figure(number, caption)

    def show_figure(self, number: str, caption: str) -> None:
        """Another number."""
        self._number.setText(number)
        self._caption.setText(caption)
        self.setAccessibleName(f"{number} {caption}")
