"""Bars: how much of something there is, painted, always with the number in words beside."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.parts.layouts import line
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import PAD, Tone


class ProgressLine(QWidget):
    """A thin bar filled to a share of its width, with an optional mark (a goal) and a softer second share."""

    def __init__(self, theme: Theme, name: str, thickness: int = 5, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thickness = thickness
        self._share = 0.0
        self._further = 0.0
        self._mark: float | None = None
        self._tone = Tone.ACCENT
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, told: str, tone: Tone = Tone.ACCENT, further: float = 0.0,
                   mark: float | None = None) -> None:
        """Fill to `share` (0 to 1), softly to `further`; `told` says it in words for a screen reader."""
        self._share, self._further, self._mark, self._tone = share, further, mark, tone
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Thin; a little higher where there is a mark."""
        return QSize(self._theme.px(120), self._theme.px(self._thickness) + self._theme.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """The ground, the softer share, the share, the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thickness = self._theme.px(self._thickness)
        top = (self.height() - thickness) / 2
        ink = self._theme.ink(self._tone)
        for share, colour in (
            (1.0, self._theme.colour("line")), (self._further, self._theme.colour("accent_soft")), (self._share, ink),
        ):
            if share > 0:
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(0, top, self.width() * min(1.0, share), thickness), 2, 2)
        if self._mark is not None:
            painter.setPen(QPen(self._theme.colour("text"), 2))
            x = self.width() * min(1.0, self._mark)
            painter.drawLine(round(x), 0, round(x), self.height())


class BarRow(QFrame):
    """A name, a bar and a number: one line of a small chart."""

    def __init__(self, theme: Theme, name: str, number: str, share: float, tone: Tone = Tone.ACCENT, first: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "row")
        self.setProperty("first", "true" if first else "false")
        told = f"{name}: {number}"
        self.setAccessibleName(told)
        bar = _Bar(theme, share, tone)
        words, figure = Words(name), Words(number, "muted", wrap=False)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = line(words, bar, figure, gap=12)
        row.setContentsMargins(PAD, 7, PAD, 7)
        row.setStretch(0, 4)
        row.setStretch(1, 4)
        row.setStretch(2, 1)
        self.setLayout(row)


class _Bar(QWidget):
    def __init__(self, theme: Theme, share: float, tone: Tone) -> None:
        super().__init__()
        self._theme, self._share, self._tone = theme, share, tone
        self.setMinimumWidth(theme.px(60))

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._theme.px(120), self._theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.ink(self._tone))
        height = self._theme.px(12)
        painter.drawRoundedRect(QRectF(0, (self.height() - height) / 2, self.width() * self._share, height), 2, 2)
