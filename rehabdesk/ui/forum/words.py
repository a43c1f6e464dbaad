"""How meetings and days are put in words and colours, the same in the table, the year, the head of a page and on Idag."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rehabdesk.domain import swedish
from rehabdesk.domain.forum import SessionState, minutes_between
from rehabdesk.domain.session_dates import HolidayWeeks
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone

STATE_TONES = {
    SessionState.PLANNED: Tone.ACCENT,
    SessionState.UNDER_WAY: Tone.AMBER,
    SessionState.HELD: Tone.AMBER,
    SessionState.LOCKED: Tone.GREEN,
    SessionState.CANCELLED: Tone.NEUTRAL,
}

#: A sign for each state beside its colour, where there is no room for the word.
STATE_SIGNS = {
    SessionState.PLANNED: "○",
    SessionState.UNDER_WAY: "▸",
    SessionState.HELD: "●",
    SessionState.LOCKED: "✓",
    SessionState.CANCELLED: "×",
}


def session_name(session: SessionRow) -> str:
    """ "Rehabforum 11", for a title."""
    return f"{session.series_name} {session.number}"


def when_and_where(texts: Texts, session: SessionRow) -> str:
    """ "tisdag 24 november 2026, v. 48 · kl. 13.00–15.30 · Stora Lundsal"."""
    day = f"{texts.weekday_date(session.held_on)}, {texts.week(session.held_on)}"
    return " · ".join(part for part in (day, texts.time_span(session.start, session.end), session.place) if part)


def time_planned(texts: Texts, session: SessionRow) -> str:
    """ "2 h 25 min av 2 h 30 min"."""
    there_is = texts.duration(minutes_between(session.start, session.end))
    return texts.say("{planned} of {total}", planned=texts.duration(session.minutes_planned), total=there_is)


def is_too_long(session: SessionRow) -> bool:
    """Whether the boxes hold more than the meeting."""
    return session.minutes_planned > minutes_between(session.start, session.end)


def day_in_words(texts: Texts, day: date, weeks: HolidayWeeks, sessions: Sequence[SessionRow], today: date) -> str:
    """Everything a calendar shows of one day, as a sentence that is read aloud."""
    parts = [f"{texts.weekday_date(day)}, {texts.week(day)}"]
    if day == today:
        parts.append(texts.say("today"))
    free = swedish.free_day(day)
    if free is not None:
        parts.append(texts.say("holiday: {name}", name=free))
    elif swedish.is_squeeze_day(day):
        parts.append(texts.say("squeeze day"))
    period = weeks.period(day)
    if period is not None:
        parts.append(texts.plain(period))
    for session in sessions:
        state = texts.term(session.state)
        parts.append(f"{session_name(session)}, {texts.time_span(session.start, session.end)}, {state}")
    return ". ".join(part[:1].upper() + part[1:] for part in parts) + "."
