"""Reading cases and participants."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, Date, ScalarSelect, Select, bindparam, exists, func, or_, select

from rehabdesk.domain.cases import BroughtBy, ClosingReason, Employment, GoalsOutcome, KnownPerson, short_name
from rehabdesk.domain.forum import ActionState, SessionState
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.names import PersonName
from rehabdesk.domain.parties import written_contact
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.consent import Consent, ConsentForm, StatisticsConsent
from rehabdesk.store.tables.forum import Action, AgendaItem, ForumSession, ItemSheet
from rehabdesk.store.tables.notes import Note
from rehabdesk.store.tables.parties import Contact, Party
from rehabdesk.store.tables.plans import ActionPlan
from rehabdesk.store.tables.prerehab import Booking
from rehabdesk.store.tables.privacy import HandOut, Setting
from rehabdesk.store.tables.sick_leave import SickLeavePeriod


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
    print_size: int
    is_protected: bool
    birth_year: int | None
    legal_sex: LegalSex | None
    do_not_ring: bool
    no_paper_home: bool
    employment: Employment
    employer: str
    employer_contact: str
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


@dataclass(frozen=True, slots=True)
class BackgroundRow:
    """How a case came: who brought it (a party with its contact, where they are known), why now, what is asked."""

    brought_by: BroughtBy | None
    party_id: int | None
    party: str
    contact_id: int | None
    contact: str
    why_now: str
    question: str
    referral_arrived_on: date | None
    goals_outcome: GoalsOutcome | None


def cases(connection: Connection, today: date, *, closed: bool | None = None) -> tuple[CaseRow, ...]:
    """Cases, newest number first; only open (`closed=False`), only closed (`closed=True`), or all."""
    query = _cases().order_by(Case.year.desc(), Case.sequence.desc(), Case.id.desc())
    if closed is not None:
        query = query.where(Case.closed_on.is_not(None) if closed else Case.closed_on.is_(None))
    return tuple(_case(row) for row in connection.execute(query, {"today": today}))


def protected_cases(connection: Connection, case_ids: Iterable[int]) -> frozenset[int]:
    """Which of these cases are about somebody under protected identity: no list of several people holds them."""
    query = select(Case.id).join(Participant, Participant.id == Case.participant_id).where(Case.id.in_(tuple(case_ids)), Participant.is_protected)
    return frozenset(connection.execute(query).scalars())


def has_sheets(connection: Connection, participant_id: int) -> bool:
    """Whether anything frozen holds the participant's name as it was then."""
    query = select(exists().where(ItemSheet.case_id == Case.id, Case.participant_id == participant_id))
    return connection.execute(query).scalar_one()


def open_count(connection: Connection) -> int:
    """How many cases are open."""
    return connection.execute(select(func.count()).select_from(Case).where(Case.closed_on.is_(None))).scalar_one()


def case(connection: Connection, case_id: int, today: date) -> CaseRow | None:
    """One case."""
    row = connection.execute(_one_case(), {"today": today, "of_case": case_id}).first()
    return _case(row) if row else None


def background(connection: Connection, case_id: int) -> BackgroundRow | None:
    """How a case came."""
    row = connection.execute(_background(), {"of_case": case_id}).first()
    if row is None:
        return None
    return BackgroundRow(
        brought_by=BroughtBy(row.brought_by) if row.brought_by else None,
        party_id=row.party_id,
        party=row.party,
        contact_id=row.contact_id,
        contact=_contact_words(row.given_name, row.surname, row.function, row.by_function_only),
        why_now=row.why_now,
        question=row.question,
        referral_arrived_on=row.referral_arrived_on,
        goals_outcome=GoalsOutcome(row.goals_outcome) if row.goals_outcome else None,
    )


def case_by_number(connection: Connection, number: str) -> int | None:
    """The id of the case with this number."""
    return connection.execute(select(Case.id).where(Case.number == number)).scalar()


def identity_number(connection: Connection, participant_id: int) -> str | None:
    """The participant's twelve digits. The caller logs that it was shown."""
    return connection.execute(select(Participant.identity_number).where(Participant.id == participant_id)).scalar()


def is_used(connection: Connection, case_id: int) -> bool:
    """Whether anything has come of the case, so that it can be closed but not removed."""
    return any(
        connection.execute(select(exists().where(table.case_id == case_id))).scalar_one()
        for table in (
            AgendaItem, Action, ActionPlan, Booking, Consent, ConsentForm, HandOut, ItemSheet, Note, SickLeavePeriod, StatisticsConsent,
        )  # fmt: skip
    )


def items_of_case(connection: Connection, case_id: int) -> tuple[CaseItemRow, ...]:
    """The sessions a case has been on or is called to, latest first."""
    return tuple(CaseItemRow(**row._asdict()) for row in connection.execute(_items_of_case(), {"of_case": case_id}))


def known_people(connection: Connection) -> tuple[KnownPerson, ...]:
    """Whom the cases are about, the open ones first and the newest of each, for the warning that a person is known already."""
    query = (
        select(
            Case.id.label("case_id"), Case.number.label("case_number"), Participant.given_name, Participant.surname,
            Participant.identity_number, Case.participant_id, Case.closed_on,
        )
        .join(Participant, Participant.id == Case.participant_id)
        .order_by(Case.closed_on.is_not(None), Case.id.desc())
    )  # fmt: skip
    return tuple(KnownPerson(**row._asdict()) for row in connection.execute(query))


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


def sequence_marks(series_id: int, prefix: str, year: int) -> tuple[str, str]:
    """The settings that remember the highest number given out, also to a case that was undone or removed since."""
    return f"case.sequence:{prefix}:{year}", f"case.sequence:series-{series_id}:{year}"


def cases_of_same_participant(connection: Connection, case_id: int) -> frozenset[int]:
    """All cases of the participant whose case this is: her own name is nobody else's in any of them."""
    participant = select(Case.participant_id).where(Case.id == case_id).scalar_subquery()
    return frozenset(connection.execute(select(Case.id).where(Case.participant_id == participant)).scalars())


def next_sequence(connection: Connection, series_id: int, prefix: str, year: int) -> int:
    """The next number of a series and its prefix in a year: one past the highest ever given out, since none is reused."""
    same_numbers = or_(Case.series_id == series_id, Case.number.startswith(f"{prefix}-{year}-", autoescape=True))
    kept = connection.execute(select(func.max(Case.sequence)).where(Case.year == year, same_numbers)).scalar()
    marks = connection.execute(select(Setting.value).where(Setting.key.in_(sequence_marks(series_id, prefix, year)))).scalars()
    return max(kept or 0, *(int(mark) for mark in marks), 0) + 1


# A statement is put together once: its columns cost more than asking it.
@cache
def _background() -> Select:
    return (
        select(
            Case.brought_by, Case.why_now, Case.question, Case.referral_arrived_on, Case.goals_outcome,
            Case.brought_by_party_id.label("party_id"), Case.brought_by_contact_id.label("contact_id"),
            func.coalesce(Party.written, "").label("party"),
            Contact.given_name, Contact.surname, Contact.function, Contact.by_function_only,
        )
        .outerjoin(Party, Party.id == Case.brought_by_party_id)
        .outerjoin(Contact, Contact.id == Case.brought_by_contact_id)
        .where(Case.id == bindparam("of_case"))
    )  # fmt: skip


@cache
def _items_of_case() -> Select:
    return (
        select(
            AgendaItem.id.label("item_id"), AgendaItem.session_id, ForumSession.held_on, ForumSession.state.label("session_state"),
            AgendaItem.paragraph, AgendaItem.state, AgendaItem.question,
        )
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.case_id == bindparam("of_case"))
        .order_by(ForumSession.held_on.desc(), AgendaItem.id.desc())
    )  # fmt: skip


@cache
def _one_case() -> Select:
    return _cases().where(Case.id == bindparam("of_case"))


@cache
def _cases() -> Select:
    query = select(
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
        Participant.print_size,
        Participant.is_protected,
        Participant.birth_year,
        Participant.legal_sex,
        Participant.do_not_ring,
        Participant.no_paper_home,
        Case.employment,
        func.coalesce(Party.written, "").label("employer"),
        Contact.given_name.label("contact_given_name"),
        Contact.surname.label("contact_surname"),
        Contact.function.label("contact_function"),
        Contact.by_function_only.label("contact_by_function_only"),
        _open_actions().label("open_actions"),
        _next_session().label("next_session_on"),
    )
    return (
        query.join(Participant, Participant.id == Case.participant_id)
        .outerjoin(Contact, Contact.id == Case.employer_contact_id)
        .outerjoin(Party, Party.id == Contact.party_id)
    )


def _open_actions() -> ScalarSelect[int]:
    return select(func.count(Action.id)).where(Action.case_id == Case.id, Action.state == ActionState.OPEN).correlate(Case).scalar_subquery()


def _next_session() -> ScalarSelect[date]:
    return (
        select(func.min(ForumSession.held_on))
        .join(AgendaItem, AgendaItem.session_id == ForumSession.id)
        .where(AgendaItem.case_id == Case.id, ForumSession.state == SessionState.PLANNED, ForumSession.held_on >= bindparam("today", type_=Date))
        .correlate(Case)
        .scalar_subquery()
    )


def _case(row: object) -> CaseRow:
    values = row._asdict()
    reason = values["closing_reason"]
    values["closing_reason"] = ClosingReason(reason) if reason else None
    values["employment"] = Employment(values["employment"])
    values["legal_sex"] = LegalSex(values["legal_sex"]) if values["legal_sex"] else None
    values["employer_contact"] = _contact_words(*(values.pop(f"contact_{part}") for part in ("given_name", "surname", "function", "by_function_only")))
    if values["is_protected"]:
        values["employer"] = values["employer_contact"] = ""
    return CaseRow(**values)


def _contact_words(given_name: str | None, surname: str | None, function: str | None, by_function_only: bool | None) -> str:
    name = written_contact(given_name or "", surname or "")
    return (function or "") if by_function_only or not name else name
