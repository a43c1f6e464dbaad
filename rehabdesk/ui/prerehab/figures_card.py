"""One matter of the figures in the window: its picture, and the numbers in a table that can be copied."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.figure_drawings import WIDTH, FigureSection
from rehabdesk.ui.parts.basics import Card, Link, Muted
from rehabdesk.ui.parts.fitting_table import FittingTable
from rehabdesk.ui.parts.layouts import TwoColumns, column
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.shell.context import Context

#: What a table needs for its first column and for each other, at 14 px text; narrower, it stands under its picture.
NAMES, NUMBERS = 250, 105
#: As much room as it is given: numbers far from what they are of are hard to follow.
WIDEST_NAMES, WIDEST_NUMBERS = 360, 150


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line of the table; `id` is its place, since two lines may say the same."""

    id: int
    cells: tuple[str, ...]


class FigureCard(Card):
    """Shows sections with the same headings: `show_section(section)`."""

    def __init__(self, context: Context, section: FigureSection, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.copy = Link(texts.say("Copy the table"), section.title)
        super().__init__(section.title, self.copy, parent)
        self._context = context
        self.section = section
        self.picture = SceneView(context.theme, section.title)
        self.picture.setMaximumWidth(context.theme.px(WIDTH))
        # Under one another the halves are wider than the picture may be: its height is not to be reckoned from theirs.
        policy = self.picture.sizePolicy()
        policy.setHeightForWidth(False)
        self.picture.setSizePolicy(policy)
        self.table = FittingTable(context.theme, _columns(section.headings, section.key == "extras"), section.title, headed=True)
        others = len(section.headings) - 1
        if section.key != "extras":
            self.table.setMaximumWidth(context.theme.px(WIDEST_NAMES + others * WIDEST_NUMBERS))
        self.notes = Muted()
        if section.scene is None:
            self.picture.hide()
            self.add(column(self.table, self.notes, gap=12))
        else:
            folds_below = context.theme.px(WIDTH + NAMES + others * NUMBERS)
            halves = TwoColumns(column(self.picture, None), column(self.table, None), (1, 1), folds_below)
            self.add(column(halves, self.notes, gap=12))
        self.copy.clicked.connect(self._on_copy)
        self.show_section(section)

    def fits(self, section: FigureSection) -> bool:
        """Whether this card can show it: the same columns, and a picture as before or none."""
        return section.headings == self.section.headings and (section.scene is None) == (self.section.scene is None)

    def show_section(self, section: FigureSection) -> None:
        """Show this."""
        self.section = section
        if section.scene is not None:
            self.picture.show_scene(section.scene)
            self.picture.setFixedHeight(self._context.theme.px(section.scene.height))
        self.table.set_rows([FigureRow(place, cells) for place, cells in enumerate(section.rows)])
        self.notes.setText(" ".join(section.notes))
        self.notes.setVisible(bool(section.notes))

    def _on_copy(self) -> None:
        lines = ("\t".join(cells) for cells in (self.section.headings, *self.section.rows))
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._context.messages.info(self._context.texts.say("The table is copied: paste it into a document or a sheet."))


def _columns(headings: tuple[str, ...], is_text: bool) -> tuple[Column, ...]:
    return tuple(
        Column(
            str(place), words, partial(_cell, place), tooltip=partial(_cell, place), sortable=False,
            stretch=not place or is_text, align_right=bool(place) and not is_text,
        )
        for place, words in enumerate(headings)
    )  # fmt: skip


def _cell(place: int, row: FigureRow) -> str:
    return row.cells[place]
