"""A page that says what it is told: every word, colour, drawing and cell of it was made beforehand, and nothing decides anything.

It is a second window of the program, looked through once for each case. What differs between the cases is kept, and put back
afterwards by Qt's own setters: the same labels in the same fonts and layouts, the same cells from constant models.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView, QWidget
from shiboken6 import isValid

from rehabdesk.ui.parts.basics import Words, restyle
from rehabdesk.ui.parts.fitting_table import FittingTable
from rehabdesk.ui.parts.rows_model import BOLD_ROLE, MUTED_ROLE
from rehabdesk.ui.parts.scene_painter import SceneView
from tests.benchmarks.painting import AnyIndex, Cells, ConstantModel, cells_of

_Setter = Callable[[Any], object]
_BOLD, _MUTED = int(BOLD_ROLE), int(MUTED_ROLE)


class StyledModel(ConstantModel):
    """Its cells also know whether they are bold or muted: the same fonts as ours."""

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        """Qt's question."""
        if role == _BOLD:
            return self._cells[index.row()][index.column()][2]
        if role == _MUTED:
            return self._cells[index.row()][index.column()][3]
        return super().data(index, role)


class ConstantPage:
    """`learn` while a case stands there, for each; `freeze`; then `show` as often as one likes."""

    def __init__(self, top: QWidget) -> None:
        self._top = top
        self._learned: dict[Hashable, dict[tuple[QWidget, str], Any]] = {}
        self._replays: dict[Hashable, list[tuple[_Setter, Any]]] = {}

    def learn(self, key: Hashable) -> None:
        """Keep what stands there now."""
        found: dict[tuple[QWidget, str], Any] = {}
        for widget in self._top.findChildren(QWidget):
            found[widget, "visible"] = not widget.isHidden()
            if isinstance(widget, FittingTable):
                found[widget, "table"] = _table(widget)
            elif isinstance(widget, SceneView):
                found[widget, "scene"] = widget._scene  # noqa: SLF001
            elif isinstance(widget, QLabel | QAbstractButton):
                found[widget, "text"] = widget.text()
                if isinstance(widget, Words):
                    margins = widget.contentsMargins()
                    found[widget, "margins"] = (margins.left(), margins.top(), margins.right(), margins.bottom())
                    found[widget, "ink"], found[widget, "tone"] = widget.property("ink"), widget.property("tone")
        self._learned[key] = found

    def freeze(self) -> None:
        """From now on the page only repeats. What says the same in every case is not said again."""
        first, *rest = self._learned.values()
        common = [place for place in first if isValid(place[0]) and all(place in found for found in rest)]
        varying = [place for place in common if any(found[place] != first[place] for found in rest)]
        setters = {place: _setter(*place, first[place]) for place in varying}
        for key, found in self._learned.items():
            self._replays[key] = [(setters[place], found[place]) for place in varying]

    def show(self, key: Hashable) -> None:
        """Say what stood there then."""
        for put, value in self._replays[key]:
            put(value)

    @property
    def filled(self) -> int:
        """How many things are filled for a case."""
        return len(next(iter(self._replays.values())))


def _table(table: FittingTable) -> tuple[tuple[list[str], Cells], int, list[int]]:
    """Titles and cells, the height, and how wide each column is."""
    model = table.rows_model
    places = range(len(model.columns))
    titles, plain = cells_of(table)
    cells = [
        [(*cell, model.data(model.index(row, place), _BOLD), model.data(model.index(row, place), _MUTED)) for place, cell in enumerate(line)]
        for row, line in enumerate(plain)
    ]
    return (titles, cells), table.height(), [table.columnWidth(place) for place in places]


def _setter(widget: Any, what: str, first: Any) -> _Setter:
    match what:
        case "visible":
            return widget.setVisible
        case "text":
            return widget.setText
        case "scene":
            return partial(_draw, widget)
        case "margins":
            return partial(_space, widget)
        case "table":
            model = StyledModel(*first[0])
            model.setParent(widget)
            widget.setModel(model)
            return partial(_fill, widget, model)
    return partial(restyle, widget, what)


def _draw(view: SceneView, scene: Any) -> None:
    if scene is not None:
        view.show_scene(scene)


def _space(words: Words, margins: tuple[int, int, int, int]) -> None:
    words.setContentsMargins(*margins)


def _fill(view: QTableView, model: ConstantModel, made: tuple[tuple[list[str], Cells], int, Sequence[int]]) -> None:
    (_, cells), height, widths = made
    model.show(cells)
    for place, width in enumerate(widths):
        view.setColumnWidth(place, width)
    view.setFixedHeight(height)
