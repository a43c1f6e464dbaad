"""The consent at a glance, on the case's overview: kinds under one another, parties beside one another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.domain.consent import FORM_ENDS, case_consent
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.consent import FormRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.consent_grid import KINDS, PartyLine, kind_title, mark_anew, party_lines
from rehabdesk.ui.cases.consent_words import form_badge, form_words
from rehabdesk.ui.cases.words import consent_tone, consent_words
from rehabdesk.ui.parts.basics import Badge, Card, Link, Muted, Rule, Words
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.tokens import PAD
from rehabdesk.ui.shell.context import Context

#: More parties than this, with whole names, do not fit beside one another in a window of 1280; the rest are counted.
MOST_PARTIES = 3


class ConsentOverview(Card):
    """The grid, the forms that are out, and the way to the whole. `wanted(str)` with the face to turn to."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.standing = Badge()
        super().__init__(context.texts.say("Consent"), self.standing, parent)
        self._context = context
        self._shown: object = None
        self._nobody = Muted(context.texts.say("No party may hear of the case by name."))
        self._nobody.setContentsMargins(PAD, 10, PAD, 0)
        self._grid = _SmallGrid(context.texts)
        # Made once, as in the grid: what a label says is changed in no time, a label is not.
        self._more = Muted()
        self._forms: list[tuple[QWidget, Words, Badge]] = []
        self._below = column(self._more, gap=6)
        self.open = Link(context.texts.say("Open the consent"))
        self.add(column(self._nobody, self._grid, gap=0), padded=False)
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
            self._nobody.setVisible(not live)
            self._grid.show_lines(live[:MOST_PARTIES])
            self._show_rest(live[MOST_PARTIES:], forms)

    # --- internals ---

    def _show_rest(self, more: tuple[PartyLine, ...], forms: tuple[FormRow, ...]) -> None:
        texts, today = self._context.texts, self._context.clock.today()
        self._more.setVisible(bool(more))
        self._more.setText(texts.count("and {n} more party", "and {n} more parties", len(more)) if more else "")
        while len(self._forms) < len(forms):
            self._add_form()
        for place, (row, words, badge) in enumerate(self._forms):
            row.setVisible(place < len(forms))
            if place < len(forms):
                words.setText(texts.say("Form {words}", words=form_words(texts, forms[place])))
                badge.show_word(*form_badge(texts, forms[place], today))

    def _add_form(self) -> None:
        words, badge = Words(), Badge()
        row = line(words, badge, gap=8)
        row.setStretch(0, 1)
        held = holding(row)
        self._forms.append((held, words, badge))
        self._below.addWidget(held)

    def _on_open(self) -> None:
        self.wanted.emit("consent")


class _SmallGrid(QWidget):
    """Kinds and parties. Its cells are made once, and say something else for each case."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        self._texts = texts
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(0)
        self._heads: list[Muted] = []
        self._marks: list[list[Words]] = []
        self._count = 0
        for number, kind in enumerate(KINDS):
            self._grid.addWidget(Rule(), 2 * number + 1, 0, 1, MOST_PARTIES + 1)
            self._put(Words(kind_title(texts, kind)), 2 * number + 2, 0)
        self._grid.addWidget(Rule(), 2 * len(KINDS) + 1, 0, 1, MOST_PARTIES + 1)
        self._grid.setColumnStretch(0, 3)
        self.setLayout(self._grid)

    def show_lines(self, lines: tuple[PartyLine, ...]) -> None:
        """Show these parties; gone where there is none."""
        self.setVisible(bool(lines))
        while len(self._heads) < len(lines):
            self._add_column()
        if len(lines) != self._count:
            self._count = len(lines)
            self._make_room()
        for line_, head, marks in zip(lines, self._heads, self._marks, strict=False):
            head.setText(line_.party)
            head.setToolTip(line_.party)
            for number, cell in enumerate(marks):
                mark_anew(cell, self._texts, line_, number)

    def _make_room(self) -> None:
        """As many columns as there are parties; the last one ends where the card's words do."""
        for place, (head, marks) in enumerate(zip(self._heads, self._marks, strict=True)):
            is_there, is_last = place < self._count, place == self._count - 1
            self._grid.setColumnStretch(place + 1, 2 if is_there else 0)
            for cell in (head, *marks):
                cell.setVisible(is_there)
                cell.setContentsMargins(4, 7, PAD if is_last else 4, 7)

    def _add_column(self) -> None:
        place = len(self._heads) + 1
        self._heads.append(Muted())
        self._marks.append([Words(wrap=False) for _ in KINDS])
        self._put(self._heads[-1], 0, place)
        for number, cell in enumerate(self._marks[-1]):
            self._put(cell, 2 * number + 2, place)

    def _put(self, words: Words, row: int, place: int) -> None:
        words.setContentsMargins(PAD if place == 0 else 4, 7, 4, 7)
        if place:
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(words, row, place)
