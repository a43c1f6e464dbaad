"""The measurement form of a round, blank or for one participant."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from rehabdesk.domain.hand_outs import ReaderKind, Wanted
from rehabdesk.domain.measure_papers import MeasurementFormDocument
from rehabdesk.domain.measures import moment_to_ask
from rehabdesk.domain.papers import Imprint
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import instruments as shelf
from rehabdesk.services.letterhead import letterhead_of_programme, questions
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.store.queries.prerehab import programmes, rounds
from rehabdesk.store.store import no_longer_there


def compose(connection: Connection, wanted: Wanted, now: datetime) -> MeasurementFormDocument:
    """The form of one claim for its participant, or a round's blank one. Refused where the programme measures with nothing."""
    if wanted.reader.kind is ReaderKind.PARTICIPANT:
        return _own(connection, wanted, now.date())
    return _blank(connection, wanted, now.date())


def _blank(connection: Connection, wanted: Wanted, today: date) -> MeasurementFormDocument:
    row = rounds.round_of(connection, wanted.round_id, today) if wanted.round_id is not None else None
    if row is None:
        raise no_longer_there("round")
    return _form(connection, row.programme_id, row.title, Imprint(row.title, today))


def _own(connection: Connection, wanted: Wanted, today: date) -> MeasurementFormDocument:
    person = queries.of_booking(connection, wanted.booking_id) if wanted.booking_id is not None else None
    # Nobody gets another's form by its claim: both have to be right.
    if person is None or person.case_id != wanted.reader.case_id:
        raise Refused(Problem("measure.no_place"))
    case = case_queries.case(connection, person.case_id, today)
    codes = programmes.instruments(connection, person.programme_id)
    lacking = [moment for moment, rows in person.by_moment().items() if any(code not in rows for code in codes)]
    moment = moment_to_ask(person.state, person.starts_on, person.ends_on, lacking, today)
    made = _form(connection, person.programme_id, person.round_title, Imprint(person.case_number, today))
    return MeasurementFormDocument(
        made.letterhead, made.imprint, made.round_title, person.case_number, moment, made.instruments, made.questions, case.print_size
    )


def _form(connection: Connection, programme_id: int, title: str, imprint: Imprint) -> MeasurementFormDocument:
    instruments = shelf.known(programmes.instruments(connection, programme_id))
    if not instruments:
        raise Refused(Problem("measure.no_instruments"))
    letterhead = letterhead_of_programme(connection, programme_id)
    return MeasurementFormDocument(letterhead, imprint, title, "", None, instruments, questions(connection))
