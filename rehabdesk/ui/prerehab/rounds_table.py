"""Every round as a line: when, of which programme, and how full it is."""

from __future__ import annotations

from types import MappingProxyType

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.rounds import RoundState
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.rounds_words import STATE_TONES, span, weekdays_in_words
from rehabdesk.ui.shell.context import Context

#: How wide the table must be for a column to be shown.
NEEDED_WIDTH = MappingProxyType({"days": 900, "occasions": 820, "held": 720, "state": 600})


def rounds_table(context: Context) -> NarrowingTable:
    """The table, empty."""
    return NarrowingTable(context.theme, columns(context.texts, context.clock), context.texts.say("Rounds"), NEEDED_WIDTH)


def columns(texts: Texts, clock: Clock) -> tuple[Column, ...]:
    """What is shown of a round."""
    return (
        Column("round", texts.name("column", "Round"), _title, sort=_by_title, stretch=True, bold=_Is(clock, RoundState.UNDER_WAY)),
        Column("when", texts.name("column", "Days"), _When(texts), sort=_by_days),
        Column("days", texts.name("column", "Weekdays"), _Weekdays(texts), sort=_by_weekdays),
        Column("occasions", texts.name("column", "Occasions"), _occasions, sort=_by_occasions, align_right=True),
        Column("places", texts.name("column", "Places"), _places, sort=_by_places, align_right=True),
        Column("booked", texts.name("column", "Booked"), _booked, sort=_by_booked, align_right=True),
        Column("held", texts.name("column", "Held"), _held, sort=_by_held, align_right=True),
        Column("free", texts.name("column", "Free"), _free, sort=_by_free, align_right=True),
        Column("state", texts.name("column", "State"), _State(texts, clock), tone=_StateTone(clock), tooltip=_reason),
    )


class _Is:
    def __init__(self, clock: Clock, state: RoundState) -> None:
        self._clock, self._state = clock, state

    def __call__(self, row: RoundRow) -> bool:
        return row.state(self._clock.today()) is self._state


class _When:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, row: RoundRow) -> str:
        return span(self._texts, row.starts_on, row.ends_on)


class _Weekdays:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def __call__(self, row: RoundRow) -> str:
        return f"{weekdays_in_words(self._texts, row.weekdays)} {self._texts.time_span(row.start, row.end)}"


class _State:
    def __init__(self, texts: Texts, clock: Clock) -> None:
        self._texts, self._clock = texts, clock

    def __call__(self, row: RoundRow) -> str:
        return self._texts.term(row.state(self._clock.today()))


class _StateTone:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, row: RoundRow) -> Tone:
        return STATE_TONES[row.state(self._clock.today())]


def _title(row: RoundRow) -> str:
    return row.title


def _by_title(row: RoundRow) -> tuple[object, ...]:
    return row.programme, row.number


def _by_days(row: RoundRow) -> tuple[object, ...]:
    return row.starts_on, row.ends_on, row.id


def _by_weekdays(row: RoundRow) -> tuple[object, ...]:
    return row.weekdays, row.start


def _occasions(row: RoundRow) -> str:
    return str(row.occasion_count)


def _by_occasions(row: RoundRow) -> int:
    return row.occasion_count


def _places(row: RoundRow) -> str:
    return f"{row.places - row.extra} + {row.extra}" if row.extra else str(row.places)


def _by_places(row: RoundRow) -> int:
    return row.places


def _booked(row: RoundRow) -> str:
    return str(row.booked)


def _by_booked(row: RoundRow) -> int:
    return row.booked


def _held(row: RoundRow) -> str:
    return str(row.held)


def _by_held(row: RoundRow) -> int:
    return row.held


def _free(row: RoundRow) -> str:
    return str(row.free)


def _by_free(row: RoundRow) -> int:
    return row.free


def _reason(row: RoundRow) -> str:
    return row.cancelled_reason
