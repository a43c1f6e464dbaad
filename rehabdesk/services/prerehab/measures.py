"""Measurements: written, declined and cleared; and what changed, as it may be told."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.change_report import ChangeReport, Scope, change_report
from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measures import DECLINED, Answer, problems_with_day, problems_with_moment
from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.services import instruments as shelf
from rehabdesk.services.checks import existing
from rehabdesk.services.prerehab import figures
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.store import Store, Writing, no_longer_there
from rehabdesk.store.tables.measures import Measurement
from rehabdesk.store.tables.prerehab import Booking


def record(store: Store, booking_id: int, instrument: str, moment: Moment, value: float, measured_on: date | None = None) -> None:
    """Write one value; what stood there before is replaced."""
    _write(store, Label("measure.recorded"), booking_id, instrument, moment, Answer(value), measured_on)


def declined(store: Store, booking_id: int, instrument: str, moment: Moment, measured_on: date | None = None) -> None:
    """She chose not to answer."""
    _write(store, Label("measure.declined"), booking_id, instrument, moment, DECLINED, measured_on)


def clear(store: Store, booking_id: int, instrument: str, moment: Moment) -> None:
    """Nothing is written any more."""
    _write(store, Label("measure.cleared"), booking_id, instrument, moment, None, None)


def programme_instruments(connection: Connection, programme_id: int) -> tuple[Instrument, ...]:
    """What a programme measures with, in its order, and after it what there are values of from before."""
    chosen = programme_queries.instruments(connection, programme_id)
    return shelf.known(tuple(dict.fromkeys((*chosen, *queries.instruments_used(connection, programme_id)))))


def change_of_round(connection: Connection, round_id: int, today: date) -> ChangeReport:
    """What changed for those who came to a round: masked, and counting only those who have said yes to statistics."""
    row = round_queries.round_of(connection, round_id, today)
    if row is None:
        raise no_longer_there("round")
    return _report(connection, row.programme_id, Scope(round_id=round_id))


def change_of_programme(connection: Connection, programme_id: int, *, year: int | None = None) -> ChangeReport:
    """The same for all rounds of a programme, or those that began in a year."""
    return _report(connection, programme_id, Scope(year=year))


def _report(connection: Connection, programme_id: int, scope: Scope) -> ChangeReport:
    return change_report(
        queries.counted(connection, programme_id),
        figures.people_of(connection, programme_id, round_id=scope.round_id, year=scope.year),
        programme_instruments(connection, programme_id),
        scope,
    )


def _write(
    store: Store, label: Label, booking_id: int, code: str, moment: Moment, answer: Answer | None, measured_on: date | None
) -> None:
    with store.write(label) as writing:
        booking = existing(writing, Booking, booking_id, "measure")
        on = measured_on or writing.today
        refuse_if((
            *problems_with_moment(BookingState(booking.state), moment),
            *problems_with_day(on, writing.today),
            *_problems_with_answer(code, answer),
        ))  # fmt: skip
        row = _known(writing, booking_id, code, moment)
        # The same again is no new measurement: its day stays.
        if measured_on is None and answer is not None and row is not None and row.value == answer.value:
            return
        if answer is not None:
            _set(row or _new(writing, booking_id, code, moment), answer, on)
        elif row is not None:
            writing.session.delete(row)
        writing.log("measured", "booking", booking_id, moment=moment.value)


def _problems_with_answer(code: str, answer: Answer | None) -> tuple[Problem, ...]:
    """Beside the field, which is named by the instrument's code."""
    if answer is None:
        return ()
    instrument = shelf.instrument(code)
    if instrument is None:
        return (Problem("measure.unknown_instrument", code),)
    found = instrument.problem_with(answer.value, code) if answer.value is not None else None
    return (found,) if found is not None else ()


def _known(writing: Writing, booking_id: int, code: str, moment: Moment) -> Measurement | None:
    is_it = (Measurement.booking_id == booking_id, Measurement.instrument == code, Measurement.moment == moment)
    return writing.session.scalar(select(Measurement).where(*is_it))


def _new(writing: Writing, booking_id: int, code: str, moment: Moment) -> Measurement:
    row = Measurement(booking_id=booking_id, instrument=code, moment=moment)
    writing.session.add(row)
    return row


def _set(row: Measurement, answer: Answer, on: date) -> None:
    instrument = shelf.instrument(row.instrument)
    row.value = instrument.rounded(answer.value) if answer.value is not None else None
    row.is_declined, row.measured_on, row.instrument_version = answer.is_declined, on, instrument.version
