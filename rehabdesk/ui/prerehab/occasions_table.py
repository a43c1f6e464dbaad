"""The occasions of a round as lines: day, time, and what was done to each."""

from __future__ import annotations

from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

_TONES = {OccasionState.PLANNED: Tone.ACCENT, OccasionState.HELD: Tone.GREEN, OccasionState.CANCELLED: Tone.NEUTRAL}


def occasions_table(context: Context) -> Table:
    """The table, empty."""
    return Table(context.theme, columns(context.texts), context.texts.say("Occasions of the round"))


def columns(texts: Texts) -> tuple[Column, ...]:
    """What is shown of an occasion."""
    return (
        Column("day", texts.name("column", "Day"), _Day(texts), sort=_by_day, accessible=_LongDay(texts)),
        Column("time", texts.name("column", "Time"), _Times(texts), sort=_by_time),
        Column("state", texts.name("column", "State"), _State(texts), sort=_by_state, tone=_tone),
        Column("note", texts.name("column", "Changed"), _Note(texts), stretch=True),
    )


class _InWords:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts


class _Day(_InWords):
    def __call__(self, row: OccasionRow) -> str:
        return f"{self._texts.date(row.on)} {self._texts.short_weekday(row.on)} {self._texts.week(row.on)}"


class _LongDay(_InWords):
    def __call__(self, row: OccasionRow) -> str:
        return f"{self._texts.weekday_date(row.on)}, {self._texts.week(row.on)}"


class _Times(_InWords):
    def __call__(self, row: OccasionRow) -> str:
        return self._texts.time_span(row.start, row.end)


class _State(_InWords):
    def __call__(self, row: OccasionRow) -> str:
        return self._texts.term(row.state)


class _Note(_InWords):
    """Moved, added, cancelled and why; as much of it as is so."""

    def __call__(self, row: OccasionRow) -> str:
        texts, told = self._texts, []
        if row.moved_from is not None:
            told.append(texts.say("moved from {day}", day=row.moved_from))
        if row.is_added:
            told.append(texts.name("occasion", "added"))
        if row.cancelled_reason:
            told.append(row.cancelled_reason)
        return ", ".join(told)


def _by_day(row: OccasionRow) -> tuple[object, ...]:
    return row.on, row.start, row.id


def _by_time(row: OccasionRow) -> tuple[object, ...]:
    return row.start, row.end


def _by_state(row: OccasionRow) -> int:
    return tuple(OccasionState).index(row.state)


def _tone(row: OccasionRow) -> Tone:
    return _TONES[row.state]
