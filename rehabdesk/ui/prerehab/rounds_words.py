"""How rounds are put in words and colours, the same in lists, the year, the head of a page and what is found."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from rehabdesk.domain.claims import PlaceSum
from rehabdesk.domain.rounds import Break, RoundState
from rehabdesk.domain.swedish import week
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.places_words import sum_words

STATE_TONES = {
    RoundState.TO_COME: Tone.ACCENT,
    RoundState.UNDER_WAY: Tone.GREEN,
    RoundState.OVER: Tone.NEUTRAL,
    RoundState.CANCELLED: Tone.NEUTRAL,
}

#: A sign for each state beside its colour, where there is no room for the word.
STATE_SIGNS = {
    RoundState.TO_COME: "○",
    RoundState.UNDER_WAY: "▸",
    RoundState.OVER: "✓",
    RoundState.CANCELLED: "×",
}

_A_MONDAY = date(2024, 1, 1)


def span(texts: Texts, starts_on: date, ends_on: date) -> str:
    """ "12 jan–4 mar 2027", or with both years where they differ."""
    first = texts.short_day(starts_on) if starts_on.year == ends_on.year else f"{texts.short_day(starts_on)} {starts_on.year}"
    return f"{first}–{texts.short_day(ends_on)} {ends_on.year}"


def weekdays_in_words(texts: Texts, weekdays: Iterable[int]) -> str:
    """ "tis, tor"."""
    return ", ".join(texts.short_weekday(_A_MONDAY + timedelta(days=weekday)) for weekday in sorted(weekdays))


def when_and_where(texts: Texts, row: RoundRow) -> str:
    """ "12 jan–4 mar 2027 · tis, tor kl. 9.00–12.00 · Stora Lundsal"."""
    times = f"{weekdays_in_words(texts, row.weekdays)} {texts.time_span(row.start, row.end)}"
    return " · ".join(part for part in (span(texts, row.starts_on, row.ends_on), times, row.place) if part)


def sum_in_words(texts: Texts, rows: Iterable[RoundRow]) -> str:
    """ "48 platser = 31 bokade + 5 erbjudna + 12 lediga", of these rounds together."""
    return sum_words(texts, sum((row.sum for row in rows), PlaceSum(0, 0, 0, 0)))


def break_in_words(texts: Texts, rest: Break) -> str:
    """ "15 feb–21 feb 2027 (vinterlov, vecka 7)"."""
    days = span(texts, rest.from_on, rest.to_on) if rest.from_on != rest.to_on else texts.long_date(rest.from_on)
    if rest.holiday is not None:
        return texts.say("{days} ({period}, week {week})", days=days, period=rest.holiday, week=week(rest.from_on))
    return f"{days} ({rest.reason})" if rest.reason else days
