"""Paints a `Scene` on screen, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rehabdesk.domain.scene import Anchor, Line, Rect, Role, Scene, Shape, Text
from rehabdesk.ui.parts.theme import Theme


class SceneView(QWidget):
    """Shows one scene; the words that go with it are its accessible description."""

    def __init__(self, theme: Theme, name: str, scene: Scene | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scene: Scene | None = None
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if scene is not None:
            self.show_scene(scene)

    def show_scene(self, scene: Scene) -> None:
        """Show this one."""
        self._scene = scene
        self.setAccessibleDescription(scene.told)
        self.setToolTip(scene.told)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Its own size at the present size of text."""
        if self._scene is None:
            return QSize(0, 0)
        return QSize(self._theme.px(self._scene.width), self._theme.px(self._scene.height))

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Proportions are kept."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Proportions are kept."""
        return round(self._scene.height * width / self._scene.width) if self._scene is not None else 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Each shape in turn."""
        if self._scene is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        scale = min(self.width() / self._scene.width, self.height() / self._scene.height)
        painter.scale(scale, scale)
        paint(painter, self._scene.shapes, self._theme)


def paint(painter: QPainter, shapes: tuple[Shape, ...], theme: Theme) -> None:
    """Paint shapes in the painter's present scale."""
    for shape in shapes:
        match shape:
            case Line():
                _paint_line(painter, shape, _colour(theme, shape.role))
            case Rect():
                _paint_rect(painter, shape, _colour(theme, shape.role))
            case Text():
                _paint_text(painter, shape, theme)


def _colour(theme: Theme, role: Role) -> QColor:
    return theme.colour(role.value)


def _paint_line(painter: QPainter, shape: Line, colour: QColor) -> None:
    pen = QPen(colour, shape.width)
    pen.setStyle(Qt.PenStyle.DashLine if shape.dashed else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))


def _paint_rect(painter: QPainter, shape: Rect, colour: QColor) -> None:
    painter.setPen(QPen(colour, 1) if shape.hatched else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern if shape.hatched else Qt.BrushStyle.SolidPattern))
    painter.drawRoundedRect(QRectF(shape.x, shape.y, shape.width, shape.height), shape.radius, shape.radius)


def _paint_text(painter: QPainter, shape: Text, theme: Theme) -> None:
    font = theme.font(bold=shape.bold)
    # The scene is scaled as a whole, so its text has the size it says, not the theme's.
    font.setPixelSize(max(1, round(shape.size)))
    advance = QFontMetricsF(font).horizontalAdvance(shape.words)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: advance / 2, Anchor.END: advance}[shape.anchor]
    painter.setFont(font)
    painter.setPen(_colour(theme, shape.role))
    painter.drawText(QPointF(shape.x - shift, shape.y), shape.words)
