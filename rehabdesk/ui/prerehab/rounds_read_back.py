"""What a plan becomes, read back while it is written: each round's days, and what is stepped over and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.rounds import RoundDetails, days_of
from rehabdesk.domain.session_dates import SteppedOver
from rehabdesk.domain.swedish import week
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
    """"Hoppar över v. 27–31 (sommarsemester) och tors 6 maj (Kristi himmelsfärdsdag)."; days with one reason stand together."""
    parts = []
    for period, days in groupby(stepped, key=lambda over: over.reason.params.get("period")):
        if period is not None:
            parts.append(_weeks(texts, [over.day for over in days], period))
            continue
        for reason, alike in groupby(days, key=lambda over: texts.problem(over.reason)):
            parts.append(f"{texts.listing([_day(texts, over.day) for over in alike])} ({reason})")
    return texts.say("Steps over {days}.", days="; ".join(parts)) if parts else ""


def _weeks(texts: Texts, days: Sequence[date], period: object) -> str:
    first, last = week(days[0]), week(days[-1])
    weeks = str(first) if first == last else f"{first}–{last}"
    return texts.say("week {weeks} ({period})", weeks=weeks, period=period)


def _day(texts: Texts, day: date) -> str:
    """"tis 12 jan", never broken over two lines."""
    return f"{texts.short_weekday(day)} {texts.short_day(day)}".replace(" ", "\N{NO-BREAK SPACE}")


def _days(texts: Texts, days: Sequence[date]) -> str:
    return ", ".join(_day(texts, day) for day in days)
