"""Who came to the half-days of the demo's rounds, and what was measured: bulk rows, since each round has some hundred of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import insert, select

from rehabdesk.domain.cases import months_after
from rehabdesk.domain.instruments import Direction, Instrument
from rehabdesk.domain.prerehab import AttendanceMark, BookingState, Moment, OccasionState
from rehabdesk.services.demo.content import Json
from rehabdesk.services.demo.prerehab_rounds import Stayed
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.measures import Measurement
from rehabdesk.store.tables.prerehab import Attendance, Occasion

#: How it was at an occasion, and how often of a hundred.
_MARKS = (AttendanceMark.ATTENDED, AttendanceMark.LATE, AttendanceMark.VALID_ABSENCE, AttendanceMark.INVALID_ABSENCE)
_OFTEN = (81, 5, 10, 4)
#: How far up the scale people are before, at the end and later on, and by how much they differ, in shares of the range.
_BEFORE, _CHANGE = (0.36, 0.14), {Moment.END: (0.17, 0.14), Moment.MONTHS_6: (0.14, 0.16), Moment.MONTHS_12: (0.15, 0.18)}
_MONTHS = {Moment.MONTHS_6: 6, Moment.MONTHS_12: 12}
#: Of a hundred: who chose not to answer, and who has not been asked yet of what fell due lately.
_DECLINED, _NOT_YET, _LATELY = 8, 30, timedelta(days=25)


def came(writing: Writing, source: Json, round_id: int, stayed: Sequence[Stayed], today: date, chance: random.Random) -> None:
    """The occasions that have been were held and marked, but for one that was cancelled, one that was moved, and the very last."""
    occasions = list(writing.session.scalars(select(Occasion).where(Occasion.round_id == round_id).order_by(Occasion.on)))
    _changed(source, round_id, [one for one in occasions if one.on < today])
    been = [one for one in occasions if one.on < today and one.state == OccasionState.PLANNED]
    if occasions[-1].on >= today:
        been = been[:-1]
    rows = []
    for one in been:
        one.state = OccasionState.HELD
        for stay in stayed:
            if stay.starts_on <= one.on <= stay.ends_on:
                mark = chance.choices(_MARKS, _OFTEN)[0]
                rows.append({"occasion_id": one.id, "booking_id": stay.booking_id, "mark": mark})
    writing.flush()
    if rows:
        writing.connection.execute(insert(Attendance), rows)


def measured(writing: Writing, instruments: Sequence[Instrument], stayed: Sequence[Stayed], today: date, chance: random.Random) -> None:
    """What each answered before, at the end and later, as far as it has come."""
    rows = [
        {
            "booking_id": stay.booking_id, "instrument": one.code, "instrument_version": one.version, "moment": moment,
            "measured_on": on, "value": value, "is_declined": value is None,
        }
        for stay in stayed
        for moment, on, levels in _moments(stay, today, chance)
        for one in instruments
        for value in (_value(one, levels, chance),)
    ]  # fmt: skip
    if rows:
        writing.connection.execute(insert(Measurement), rows)


def _changed(source: Json, round_id: int, occasions: list[Occasion]) -> None:
    if len(occasions) < 8:
        return
    if round_id % 2:
        occasions[5].state = OccasionState.CANCELLED
        occasions[5].cancelled_reason = source["cancelled"][round_id // 2 % len(source["cancelled"])]
    else:
        moved = occasions[3]
        moved.moved_from, moved.on = moved.on, moved.on + timedelta(days=1)


def _moments(stay: Stayed, today: date, chance: random.Random) -> Iterator[tuple[Moment, date, float | None]]:
    """Each moment that has come, the day, and how far up the scales she was; None where she chose not to answer."""
    if stay.state is BookingState.ACCEPTED:
        return
    before = chance.gauss(*_BEFORE)
    first = min(stay.starts_on, today) - timedelta(days=chance.randint(0, 4))
    yield Moment.BEFORE, first, _answered(before, chance)
    if stay.state is not BookingState.COMPLETED:
        return
    level = before
    for moment, (change, spread) in _CHANGE.items():
        due = months_after(stay.ends_on, _MONTHS[moment]) if moment in _MONTHS else stay.ends_on
        level = before + chance.gauss(change, spread)
        asked = due + timedelta(days=chance.randint(0, 9))
        is_late = due > today - _LATELY and chance.randrange(100) < _NOT_YET
        answered = _answered(level, chance)
        if asked <= today and not is_late:
            yield moment, asked, answered


def _answered(level: float, chance: random.Random) -> float | None:
    return None if chance.randrange(100) < _DECLINED else level


def _value(instrument: Instrument, level: float | None, chance: random.Random) -> float | None:
    """A value on the scale near that level, on one of its steps."""
    if level is None:
        return None
    level = min(1.0, max(0.0, level + chance.gauss(0, 0.05)))
    share = level if instrument.direction is Direction.HIGHER else 1 - level
    steps = round(share * (instrument.most - instrument.least) / instrument.step)
    return instrument.rounded(instrument.least + steps * instrument.step)
