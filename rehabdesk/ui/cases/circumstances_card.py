"""Att tänka på: what could hurt if it were forgotten, what she needs, who stands by her. Changed on the face of details."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.cases import PRINT_SIZES
from rehabdesk.domain.circumstances import Need, needs
from rehabdesk.store.queries import circumstances as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.faces import DETAILS
from rehabdesk.ui.parts.basics import Card, Link, Muted, Words
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context


def need_words(texts: Texts, need: Need) -> str:
    """One thing to think of: "Tolk: arabiska"."""
    word = texts.term(need.kind)
    return f"{word}: {' '.join(need.detail.split())}" if need.detail else word


def needs_of(context: Context, case_id: int) -> tuple[Need, ...]:
    """What there is to think of in a case."""
    found = context.store.read(queries.of_case, case_id)
    return needs(found, PRINT_SIZES[0]) if found is not None else ()


class NeedsLine(Words):
    """One quiet line where a meeting is prepared or held: what to think of for the item's participant; gone where there is nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", "muted", parent=parent)
        self._context = context
        self.hide()

    def show_needs(self, case_id: int | None) -> None:
        """Those of this case. Under protected identity only what could hurt: the rest stands behind the page's own door."""
        kept = self._context.store.read(queries.of_case, case_id) if case_id is not None else None
        found = needs(kept, PRINT_SIZES[0]) if kept is not None else ()
        told = [need for need in found if need.warns or not kept.is_protected]
        texts = self._context.texts
        words = texts.say("To think of: {needs}.", needs=". ".join(need_words(texts, need).rstrip(".") for need in told)) if told else ""
        self.setText(words)
        self.setVisible(bool(words))
        self.set_ink(Tone.AMBER if any(need.warns for need in told) else None)


class CircumstancesCard(Card):
    """What to think of, a line each. `wanted(str)` when it is to be changed."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.change = Link(texts.name("button", "Change"), texts.say("To think of"))
        super().__init__(texts.say("To think of"), self.change, parent)
        self._context = context
        self._shown: tuple[Need, ...] | None = None
        self._words: list[Words] = []
        self._none = Muted(texts.say("Nothing written."))
        self._lines = column(self._none, gap=6)
        self.add(self._lines)
        self.change.clicked.connect(self._on_change)

    def show_case(self, row: CaseRow) -> None:
        """Show what there is to think of in this case."""
        found = needs_of(self._context, row.id)
        if found == self._shown:
            return
        self._shown = found
        while len(self._words) < len(found):
            self._words.append(Words())
            self._lines.addWidget(self._words[-1])
        for place, words in enumerate(self._words):
            words.setVisible(place < len(found))
            if place < len(found):
                words.setText(need_words(self._context.texts, found[place]))
                words.set_ink(Tone.RED if found[place].warns else None)
        self._none.setVisible(not found)

    def _on_change(self) -> None:
        self.wanted.emit(DETAILS)
