"""The chain's drawing as wide as there is room, with letters of one size whatever the width."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.chain_drawing import HEIGHT, DrawingWords, chain_scene
from rehabdesk.domain.rehab_chain import ChainStanding
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.parts.theme import Theme

#: Narrower than this it is made smaller as a whole.
NARROWEST = 380


class ChainDrawing(SceneView):
    """Draws one standing; gone where there is nothing to draw."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent=parent)
        self._standing: ChainStanding | None = None
        self._words: DrawingWords | None = None
        policy = self.sizePolicy()
        policy.setHeightForWidth(False)
        self.setSizePolicy(policy)
        self.setFixedHeight(theme.px(HEIGHT))
        theme.changed.connect(self.update)

    def show_standing(self, standing: ChainStanding, words: DrawingWords) -> None:
        """Draw this."""
        self._standing, self._words = standing, words
        self._draw()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(self._theme.px(NARROWEST), self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """It never makes a card wider."""
        return QSize(self._theme.px(120), self._theme.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Another width, another drawing."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._draw()

    def _draw(self) -> None:
        if self._standing is None or self._words is None:
            return
        width = max(float(NARROWEST), self.width() / self._theme.px(1000) * 1000)
        scene = chain_scene(self._standing, self._words, width)
        self.setVisible(scene is not None)
        if scene is not None:
            self.show_scene(scene)
