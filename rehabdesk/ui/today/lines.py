"""A card of lines, each with a badge or a day, a sentence, and what it opens; rebuilt only when what it tells has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Row, Words
from rehabdesk.ui.parts.layouts import clear
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `badge` stands before the sentence, `day` in a column of its own, `aside` after it."""

    sentence: str
    target: Target | None = None
    badge: str = ""
    tone: Tone = Tone.NEUTRAL
    day: str = ""
    aside: str = ""
    aside_tone: Tone = Tone.AMBER
    do: Callable[[], None] | None = None
    button: str = ""


class LinesCard(Card):
    """Lines under a heading, with how many they are at the right."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        self._how_many = Muted(wrap=False)
        super().__init__(title, aside=self._how_many, parent=parent)
        self._context = context
        self._shown: tuple[Line, ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.add(self._rows, padded=False)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Tell these; without any the card is gone."""
        self.setVisible(bool(lines))
        told = tuple(lines)
        if told == self._shown:
            return
        had_focus = self.isAncestorOf(QApplication.focusWidget()) if QApplication.focusWidget() is not None else False
        self._shown = told
        clear(self._rows)
        self._how_many.setText(str(len(told)))
        for place, one in enumerate(told):
            self._rows.addWidget(self._row(one, first=place == 0))
        if had_focus:
            links = self.findChildren(Link)
            next((link for link in links if link.isVisibleTo(self)), self).setFocus()

    def _row(self, one: Line, first: bool) -> Row:
        parts: list[QWidget] = []
        if one.day:
            day = Muted(one.day, wrap=False)
            day.setMinimumWidth(self._context.theme.px(64))
            parts.append(day)
        if one.badge:
            parts.append(Badge(one.badge, one.tone))
        words = Words(one.sentence)
        parts.append(words)
        if one.aside:
            parts.append(Badge(one.aside, one.aside_tone))
        opens = self._link(one)
        if opens is not None:
            parts.append(opens)
        row = Row(*parts, first=first, name=" ".join(part for part in (one.day, one.badge, one.sentence, one.aside) if part))
        row.layout().setStretch(parts.index(words), 1)
        return row

    def _link(self, one: Line) -> Link | None:
        texts = self._context.texts
        if one.do is not None:
            link = Link(one.button, one.sentence)
            link.clicked.connect(one.do)
            return link
        if one.target is None:
            return None
        link = Link(texts.name("button", "Open"), one.sentence)
        link.clicked.connect(partial(self._context.navigate, one.target))
        return link
