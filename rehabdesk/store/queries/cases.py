"""Reading cases and participants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, select

from rehabdesk.domain.cases import ClosingReason, short_name
from rehabdesk.domain.names import PersonName
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import Action, AgendaItem, ForumSession



@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a list or a page head shows it. The identity number is not here: it is read on request and logged."""

    id: int
    number: str
    series_id: int
    participant_id: int
    given_name: str
    surname: str
    name_sort: str
    last_four: str
    employer_contact_id: int | None
    opened_on: date
    closed_on: date | None
    closing_reason: ClosingReason | None
    registration_number: str
    kept_where: str
    wants_large_print: bool
    open_actions: int
    next_session_on: date | None

    @property
    def short_name(self) -> str:
        """ "Maria S." """
        return short_name(self.given_name, self.surname)

    @property
    def full_name(self) -> str:
        """Given name and surname."""
        return f"{self.given_name} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class CaseItemRow:
    """One time the case has been, or will be, on an agenda."""

    item_id: int
    session_id: int
    held_on: date
    session_state: str
    paragraph: int | None
    state: str
    question: str


def cases(connection: Connection, today: date, *, closed: bool | None = None) -> tuple[CaseRow, ...]:
    """Cases, newest number first; only open (`closed=False`), only closed (`closed=True`), or all."""
    query = _cases(today).order_by(Case.year.desc(), Case.sequence.desc(), Case.id.desc())
    if closed is not None:
        query = query.where(Case.closed_on.is_not(None) if closed else Case.closed_on.is_(None))
    return tuple(_case(row) for row in connection.execute(query))


def case(connection: Connection, case_id: int, today: date) -> CaseRow | None:
    """One case."""
    row = connection.execute(_cases(today).where(Case.id == case_id)).first()
    return _case(row) if row else None


def case_by_number(connection: Connection, number: str) -> int | None:
    """The id of the case with this number."""
    return connection.execute(select(Case.id).where(Case.number == number)).scalar()


def identity_number(connection: Connection, participant_id: int) -> str | None:
    """The participant's twelve digits. The caller logs that it was shown."""
    return connection.execute(select(Participant.identity_number).where(Participant.id == participant_id)).scalar()


def items_of_case(connection: Connection, case_id: int) -> tuple[CaseItemRow, ...]:
    """The sessions a case has been on or is called to, latest first."""
    query = (
        select(
            AgendaItem.id.label("item_id"),
            AgendaItem.session_id,
            ForumSession.held_on,
            ForumSession.state.label("session_state"),
            AgendaItem.paragraph,
            AgendaItem.state,
            AgendaItem.question,
        )
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.case_id == case_id)
        .order_by(ForumSession.held_on.desc(), AgendaItem.id.desc())
    )
    return tuple(CaseItemRow(**row._asdict()) for row in connection.execute(query))


def person_names(connection: Connection) -> tuple[PersonName, ...]:
    """Every participant's name and numbers, for the guard that looks for other people's names in a text."""
    query = select(
        Case.id, Participant.given_name, Participant.surname, Case.number, Participant.identity_number, Participant.is_protected
    ).join(Participant, Participant.id == Case.participant_id)
    return tuple(
        PersonName(
            case_id=row.id,
            given_name=row.given_name,
            surname=row.surname,
            case_number=row.number,
            identity_number=row.identity_number,
            is_protected_alias=row.is_protected,
        )
        for row in connection.execute(query)
    )


def next_sequence(connection: Connection, series_id: int, year: int) -> int:
    """The next number in a series and year; numbers are never reused, so it is one past the highest."""
    highest = connection.execute(select(func.max(Case.sequence)).where(Case.series_id == series_id, Case.year == year)).scalar()
    return (highest or 0) + 1


def _cases(today: date) -> Select:
    open_actions = (
        select(func.count(Action.id)).where(Action.case_id == Case.id, Action.state == "open").correlate(Case).scalar_subquery()
    )
    next_session = (
        select(func.min(ForumSession.held_on))
        .join(AgendaItem, AgendaItem.session_id == ForumSession.id)
        .where(AgendaItem.case_id == Case.id, ForumSession.state == "planned", ForumSession.held_on >= today)
        .correlate(Case)
        .scalar_subquery()
    )
    return select(
        Case.id,
        Case.number,
        Case.series_id,
        Case.participant_id,
        Participant.given_name,
        Participant.surname,
        Participant.name_sort,
        func.coalesce(func.substr(Participant.identity_number, -4), "").label("last_four"),
        Case.employer_contact_id,
        Case.opened_on,
        Case.closed_on,
        Case.closing_reason,
        Case.registration_number,
        Case.kept_where,
        Participant.wants_large_print,
        open_actions.label("open_actions"),
        next_session.label("next_session_on"),
    ).join(Participant, Participant.id == Case.participant_id)


def _case(row: object) -> CaseRow:
    values = row._asdict()
    reason = values["closing_reason"]
    values["closing_reason"] = ClosingReason(reason) if reason else None
    return CaseRow(**values)
