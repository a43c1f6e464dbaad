"""The consent at a glance, on the case's overview: kinds under one another, parties beside one another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.domain.consent import FORM_ENDS, case_consent
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import FormRow
from rehabdesk.ui.cases.consent_grid import KINDS, PartyLine, clear_grid, kind_title, mark, party_lines
from rehabdesk.ui.cases.consent_words import form_badge, form_words
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Rule, Words
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.shell.context import Context

#: More parties than this do not fit beside one another; the rest are counted.
MOST_PARTIES = 4


class ConsentOverview(Card):
    """The grid, the forms that are out, and the way to the whole. `wanted(str)` with the face to turn to."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.standing = Badge()
        super().__init__(context.texts.say("Consent"), self.standing, parent)
        self._context = context
        self._shown: object = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._below = column(gap=6)
        self.open = Link(context.texts.say("Open the consent"))
        self.add(self._grid, padded=False)
        self.add(column(self._below, line(self.open, None), gap=8))
        self.open.clicked.connect(self._on_open)

    def show_case(self, row: CaseRow) -> None:
        """Show this case's consent."""
        texts, today = self._context.texts, self._context.clock.today()
        rows = self._context.store.read(queries.consents, (row.id,))
        forms = tuple(form for form in self._context.store.read(queries.forms, row.id) if form.state not in FORM_ENDS)
        now = case_consent([one.as_rule() for one in rows], today)
        self.standing.show_word(consent_words(texts, now), consent_tone(now))
        live = tuple(one for one in party_lines(rows, today) if one.can_be_withdrawn)
        if (row.id, live, forms, today) != self._shown:
            self._shown = (row.id, live, forms, today)
            self._show_grid(live[:MOST_PARTIES])
            self._show_rest(live[MOST_PARTIES:], forms)

    # --- internals ---

    def _show_grid(self, lines: tuple[PartyLine, ...]) -> None:
        texts = self._context.texts
        clear_grid(self._grid)
        if not lines:
            nobody = Muted(texts.say("No party may hear of the case by name."))
            nobody.setContentsMargins(PAD, 10, PAD, 0)
            self._grid.addWidget(nobody, 0, 0)
            return
        for place, one in enumerate(lines, start=1):
            self._put(Muted(one.party), 0, place, last=place == len(lines))
        for number, kind in enumerate(KINDS):
            row = 2 * number + 2
            self._grid.addWidget(Rule(), row - 1, 0, 1, len(lines) + 1)
            self._put(Words(kind_title(texts, kind)), row, 0)
            for place, one in enumerate(lines, start=1):
                self._put(mark(texts, one, number), row, place, last=place == len(lines))
        self._grid.addWidget(Rule(), 2 * len(KINDS) + 1, 0, 1, len(lines) + 1)

    def _put(self, words: Words, row: int, place: int, last: bool = False) -> None:
        words.setContentsMargins(PAD if place == 0 else 4, 7, PAD if last else 4, 7)
        if place:
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(words, row, place)
        self._grid.setColumnStretch(place, 3 if place == 0 else 2)

    def _show_rest(self, more: tuple[PartyLine, ...], forms: tuple[FormRow, ...]) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        clear(self._below)
        if more:
            self._below.addWidget(Muted(texts.count("and {n} more party", "and {n} more parties", len(more))))
        for form in forms:
            told = texts.say("Form {words}", words=form_words(texts, form))
            word, tone = form_badge(texts, form, today)
            row = line(Words(told), Badge(word, tone), gap=8)
            row.setStretch(0, 1)
            self._below.addWidget(holding(row))

    def _on_open(self) -> None:
        self.wanted.emit("consent")
