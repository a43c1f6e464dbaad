"""Measurements: those of a round and of a case with everybody who is to be measured, and those that statistics may count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import ColumnElement, Connection, Select, exists, select

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.change_report import Measured
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.measures import MEASURED, Standing, standing
from rehabdesk.domain.prerehab import STARTED_ONCE, BookingState, Moment
from rehabdesk.domain.rounds import title_of
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.consent import StatisticsConsent
from rehabdesk.store.tables.measures import Measurement
from rehabdesk.store.tables.prerehab import Booking, Place, Programme, ProgrammeInstrument, Round

#: Nothing falls due so long after a claim has ended.
_LONGEST = timedelta(days=366 + 62)


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value, or that she chose not to answer (`value` is None then)."""

    instrument: str
    moment: Moment
    value: float | None
    measured_on: date


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """Somebody who is measured, with what has been written so far. Under protected identity the name is an alias.

    `may_count` is a live consent to statistics.
    """

    booking_id: int
    case_id: int
    case_number: str
    participant_name: str
    is_protected: bool
    programme_id: int
    programme: str
    round_id: int
    round_title: str
    place_number: int
    state: BookingState
    starts_on: date
    ends_on: date
    values: Mapping[tuple[str, Moment], ValueRow]
    may_count: bool

    def of(self, instrument: str, moment: Moment) -> ValueRow | None:
        """What is written for an instrument at a moment."""
        return self.values.get((instrument, moment))

    def by_moment(self) -> Mapping[Moment, frozenset[str]]:
        """The codes of what is written, by moment."""
        return {moment: frozenset(code for code, when in self.values if when is moment) for moment in Moment}

    def standing(self, moment: Moment, today: date) -> Standing | None:
        """Where a moment stands where nothing is written."""
        return standing(moment, self.state, self.starts_on, self.ends_on, today)


@dataclass(frozen=True, slots=True)
class MissingRow:
    """How many of a round lack what is due at a moment, of how many; and the earliest day by which it was due."""

    round_id: int
    round_title: str
    moment: Moment
    missing: int
    asked: int


def of_round(connection: Connection, round_id: int) -> tuple[MeasuredRow, ...]:
    """Everybody who is measured in a round, by place and day."""
    return tuple(sorted(_people(connection, Place.round_id == round_id), key=_by_place))


def of_case(connection: Connection, case_id: int) -> tuple[MeasuredRow, ...]:
    """A case's times in programmes, the latest first."""
    return _people(connection, Booking.case_id == case_id)[::-1]


def of_booking(connection: Connection, booking_id: int) -> MeasuredRow | None:
    """One person's time in a programme."""
    found = _people(connection, Booking.id == booking_id)
    return found[0] if found else None


def missing(connection: Connection, today: date) -> tuple[MissingRow, ...]:
    """What is due by today and lacks an answer, by round and moment. A programme that measures with nothing lacks nothing."""
    people = _people(connection, Booking.ends_on >= today - _LONGEST)
    wanted = _instruments(connection)
    counts: dict[tuple[int, str, Moment], list[int]] = defaultdict(lambda: [0, 0])
    for person in people:
        codes = wanted.get(person.programme_id, ())
        for moment in Moment:
            if codes and person.standing(moment, today) is Standing.DUE:
                count = counts[person.round_id, person.round_title, moment]
                count[0] += any(person.of(code, moment) is None for code in codes)
                count[1] += 1
    return tuple(MissingRow(*key, lacking, asked) for key, (lacking, asked) in counts.items() if lacking)


def counted(connection: Connection, programme_id: int) -> tuple[Measured, ...]:
    """Everybody who started in a programme's rounds, with whether statistics may count her."""
    query = (
        select(
            Booking.id, Place.round_id, Round.starts_on, Participant.legal_sex, _may_count().label("may_count"),
            Measurement.instrument, Measurement.moment, Measurement.value,
        )
        .join(Place, Place.id == Booking.place_id)
        .join(Round, Round.id == Place.round_id)
        .join(Case, Case.id == Booking.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(Measurement, (Measurement.booking_id == Booking.id) & Measurement.value.is_not(None))
        .where(Booking.state.in_(STARTED_ONCE), Booking.ends_on >= Booking.starts_on, Round.programme_id == programme_id)
    )  # fmt: skip
    people: dict[int, tuple[object, dict[tuple[str, Moment], float]]] = {}
    for row in connection.execute(query):
        _, values = people.setdefault(row.id, (row, {}))
        if row.value is not None:
            values[row.instrument, Moment(row.moment)] = row.value
    return tuple(
        Measured(
            row.round_id, row.starts_on.year, LegalSex(row.legal_sex) if row.legal_sex else None, bool(row.may_count), MappingProxyType(values)
        )
        for row, values in people.values()
    )


def years(connection: Connection, programme_id: int) -> tuple[int, ...]:
    """The years in which rounds of a programme began, the latest first."""
    days = connection.execute(select(Round.starts_on).where(Round.programme_id == programme_id)).scalars()
    return tuple(sorted({day.year for day in days}, reverse=True))


def instruments_used(connection: Connection, programme_id: int) -> tuple[str, ...]:
    """The codes a programme has measurements of that it measures with no more, by code."""
    query = (
        select(Measurement.instrument)
        .join(Booking, Booking.id == Measurement.booking_id)
        .where(Booking.programme_id == programme_id)
        .distinct()
        .order_by(Measurement.instrument)
    )
    return tuple(connection.execute(query).scalars())


def _may_count() -> ColumnElement[bool]:
    """A live consent to statistics."""
    return exists().where(StatisticsConsent.case_id == Booking.case_id, StatisticsConsent.withdrawn_on.is_(None))


def _instruments(connection: Connection) -> Mapping[int, Sequence[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(select(ProgrammeInstrument.programme_id, ProgrammeInstrument.instrument)):
        found[row.programme_id].append(row.instrument)
    return found


def _people(connection: Connection, *where: ColumnElement[bool]) -> tuple[MeasuredRow, ...]:
    rows = connection.execute(_measured().where(*where)).all()
    values = _values(connection, [row.booking_id for row in rows])
    return tuple(_row(row, values.get(row.booking_id, {})) for row in rows)


def _measured() -> Select:
    return (
        select(
            Booking.id.label("booking_id"), Booking.case_id, Case.number.label("case_number"), Participant.given_name,
            Participant.surname, Participant.is_protected, Booking.programme_id, Programme.name.label("programme"), Place.round_id,
            Round.number, Round.name, Place.number.label("place_number"), Booking.state, Booking.starts_on, Booking.ends_on,
            _may_count().label("may_count"),
        )
        .join(Place, Place.id == Booking.place_id)
        .join(Round, Round.id == Place.round_id)
        .join(Programme, Programme.id == Booking.programme_id)
        .join(Case, Case.id == Booking.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        # Whoever stopped before her first day has an empty span, and was never there.
        .where(Booking.state.in_(MEASURED), Booking.ends_on >= Booking.starts_on)
        .order_by(Booking.starts_on, Place.round_id, Place.number, Booking.id)
    )  # fmt: skip


def _row(row: object, values: Mapping[tuple[str, Moment], ValueRow]) -> MeasuredRow:
    return MeasuredRow(
        booking_id=row.booking_id, case_id=row.case_id, case_number=row.case_number,
        participant_name=short_name(row.given_name, row.surname), is_protected=row.is_protected, programme_id=row.programme_id,
        programme=row.programme, round_id=row.round_id, round_title=title_of(row.programme, row.number, row.name),
        place_number=row.place_number, state=BookingState(row.state), starts_on=row.starts_on, ends_on=row.ends_on,
        values=MappingProxyType(dict(values)), may_count=bool(row.may_count),
    )  # fmt: skip


def _by_place(row: MeasuredRow) -> tuple[int, date]:
    return row.place_number, row.starts_on


def _values(connection: Connection, booking_ids: Iterable[int]) -> Mapping[int, Mapping[tuple[str, Moment], ValueRow]]:
    found: dict[int, dict[tuple[str, Moment], ValueRow]] = defaultdict(dict)
    query = select(Measurement.booking_id, Measurement.instrument, Measurement.moment, Measurement.value, Measurement.measured_on)
    for row in connection.execute(query.where(Measurement.booking_id.in_(tuple(booking_ids)))):
        moment = Moment(row.moment)
        found[row.booking_id][row.instrument, moment] = ValueRow(row.instrument, moment, row.value, row.measured_on)
    return found
