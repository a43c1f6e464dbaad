"""What a plan becomes, read back while it is written: each round's days, and what is stepped over and why."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.rounds import RoundDetails, days_of
from rehabdesk.domain.session_dates import SteppedOver
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Card, Heading, Muted, Words
from rehabdesk.ui.parts.layouts import clear, column
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.prerehab.rounds_words import span
from rehabdesk.ui.shell.context import Context


class ReadBack(Card):
    """The rounds in words. What cannot be read yet is left out, and said."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("This is what it becomes"), parent=parent)
        self._context = context
        self._lines: tuple[tuple[str, str, str], ...] = ()
        self.total = Words()
        self.total.set_bold(True)
        self._rounds = column(gap=PAD)
        self.add(column(self.total, self._rounds, gap=PAD))
        self.show_nothing()

    @property
    def words(self) -> str:
        """All of it, as it is read."""
        return "\n".join((self.total.text(), *(part for lines in self._lines for part in lines if part)))

    def show_nothing(self, why: str = "") -> None:
        """Nothing to read back yet."""
        self._show((), why or self._context.texts.say("Write the first day and choose weekdays."))

    def show_rounds(self, rounds: Sequence[RoundDetails], first_number: int) -> None:
        """These rounds, numbered from here."""
        texts = self._context.texts
        lines, occasions = [], 0
        for number, details in enumerate(rounds, start=first_number):
            found = days_of(details)
            occasions += len(found.days)
            title = details.name or texts.say("Round {number}", number=number)
            when = span(texts, details.starts_on if not found.days else found.days[0], found.ends_on or details.starts_on)
            head = f"{title}: {when}, {texts.count('{n} occasion', '{n} occasions', len(found.days))}"
            lines.append((head, _days(texts, found.days) if len(rounds) == 1 else "", stepped_over_in_words(texts, found.stepped_over)))
        places = sum(details.max_places for details in rounds)
        counts = (
            texts.count("{n} round", "{n} rounds", len(rounds)), texts.count("{n} place", "{n} places", places),
            texts.count("{n} occasion", "{n} occasions", occasions),
        )  # fmt: skip
        self._show(tuple(lines), " · ".join(counts))

    def _show(self, lines: tuple[tuple[str, str, str], ...], total: str) -> None:
        self.total.setText(total)
        if lines == self._lines:
            return
        self._lines = lines
        clear(self._rounds)
        for head, days, stepped in lines:
            parts = [Heading(head), *([Words(days)] if days else []), *([Muted(stepped)] if stepped else [])]
            self._rounds.addLayout(column(*parts, gap=GAP // 2))


def stepped_over_in_words(texts: Texts, stepped: Sequence[SteppedOver]) -> str:
    """"Hoppar över 1 nov och 3 nov: höstlov, vecka 44. 6 jan: trettondedag jul"; days with one reason stand together."""
    if not stepped:
        return ""
    parts = []
    for reason, days in groupby(stepped, key=lambda over: texts.problem(over.reason)):
        parts.append(f"{texts.listing([_day(texts, over) for over in days])} ({reason})")
    return texts.say("Steps over {days}.", days="; ".join(parts))


def _day(texts: Texts, over: SteppedOver) -> str:
    return f"{texts.short_weekday(over.day)} {texts.short_day(over.day)}"


def _days(texts: Texts, days: Sequence[object]) -> str:
    return ", ".join(f"{texts.short_weekday(day)} {texts.short_day(day)}" for day in days)
