"""Cases: open, change, close, look at the identity number. Numbers are given out once and never again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain import identity
from rehabdesk.domain.cases import (
    PRINT_SIZES,
    CaseText,
    ClosingReason,
    case_number,
    problems_with_closing,
    problems_with_name,
    problems_with_opening,
    same_person_again,
)
from rehabdesk.domain.forum import SeriesKind, problems_with_controller
from rehabdesk.domain.identity import IdentityNumber
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.protected import problems_with_bringer, problems_with_workplace
from rehabdesk.domain.swedish import sort_key
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import SessionSeries
from rehabdesk.store.tables.parties import Contact, Organisation, Party
from rehabdesk.store.tables.privacy import Setting

_OF_THE_PERSON = frozenset(
    {CaseText.GIVEN_NAME, CaseText.SURNAME, CaseText.INTERPRETER_LANGUAGE, CaseText.ACCESSIBILITY_NEEDS, CaseText.SAFE_CONTACT}
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who a case is about, cleaned and judged: a name or an alias, and twelve digits or none."""

    given_name: str
    surname: str
    identity_number: str | None
    is_protected: bool


def open_case(
    store: Store,
    series_id: int,
    given_name: str,
    surname: str = "",
    identity_number: str = "",
    employer_contact_id: int | None = None,
    opened_on: date | None = None,
    *,
    is_protected: bool = False,
    participant_id: int | None = None,
) -> int:
    """Open a case with the next number of its series; returns its id.

    `opened_on` is today when not given. With `participant_id` it is another case about somebody known already, and the
    name is left as it is. Under protected identity the name is an alias.
    """
    with store.write(Label("case.opened")) as writing:
        day = opened_on or writing.today
        refuse_if(problems_with_opening(day, None, writing.today))
        series = series_for_cases(writing, series_id)
        if participant_id is None:
            participant_id = add_participant(writing, _person(given_name, surname, identity_number, is_protected, writing.today))
        return add_case(writing, series, participant_id, day, employer_contact_id).id


def possible_duplicates(store: Store, given_name: str, surname: str = "", identity_number: str = "") -> tuple[Problem, ...]:
    """Open cases that may be about the same person: warnings, with the case's number and `case_id`, never refusals."""
    number = identity.parse(identity_number, store.clock.today()) if identity_number.strip() else None
    twelve = number.twelve if isinstance(number, IdentityNumber) else None
    return same_person_again(line(given_name), line(surname), twelve, store.read(case_queries.known_people))


def change_text(store: Store, case_id: int, field: CaseText, text: str) -> None:
    """Keep what was typed in one of a case's lines; what is typed in one field in a row is one step."""
    text = line(text, field)
    with store.write(Label("case.changed"), merge_key=("case", case_id, field)) as writing:
        case, participant = _both(writing, case_id)
        setattr(participant if field in _OF_THE_PERSON else case, field.value, text)
        refuse_if(problems_with_name(participant.given_name, participant.is_protected, participant.identity_number))
        participant.name_sort = _name_sort(participant.given_name, participant.surname)
        writing.log("case_changed", "case", case_id, field=field.value)


def set_identity_number(store: Store, case_id: int, text: str) -> None:
    """Keep the participant's number, in whatever form it is written; an empty text takes it away."""
    with store.write(Label("case.changed")) as writing:
        _, participant = _both(writing, case_id)
        twelve = _twelve(text, writing.today)
        refuse_if(problems_with_name(participant.given_name, participant.is_protected, twelve))
        if twelve != participant.identity_number:
            participant.identity_number = twelve
            participant.birth_year = _birth_year(twelve) or participant.birth_year
            writing.log("case_changed", "case", case_id, field="identity_number")


def set_employer_contact(store: Store, case_id: int, contact_id: int | None) -> None:
    """Who the contact at the employer is, if any."""
    with store.write(Label("case.changed")) as writing:
        case, participant = _both(writing, case_id)
        refuse_if(problems_with_workplace(participant.is_protected, contact_id))
        if contact_id is not None:
            existing(writing, Contact, contact_id, "contact")
        case.employer_contact_id = contact_id
        writing.log("case_changed", "case", case_id, field="employer_contact_id")


def set_opened_on(store: Store, case_id: int, day: date | None) -> None:
    """Correct the day a case was opened. Its number stays."""
    with store.write(Label("case.changed")) as writing:
        case, _ = _both(writing, case_id)
        refuse_if(problems_with_opening(day, case.closed_on, writing.today))
        case.opened_on = day
        writing.log("case_changed", "case", case_id, field="opened_on")


def set_print_size(store: Store, case_id: int, points: int) -> None:
    """The size the participant's own papers are set in: one of `PRINT_SIZES`."""
    if points not in PRINT_SIZES:
        raise ValueError(f"papers are not set in {points} points")
    with store.write(Label("case.changed")) as writing:
        _, participant = _both(writing, case_id)
        participant.print_size = points
        writing.log("case_changed", "case", case_id, field="print_size")


def set_protected(store: Store, case_id: int, is_protected: bool) -> None:
    """Whether the participant lives under protected identity, so that the name here is an alias.

    Refused while a number or a workplace is kept, in any of her cases.
    """
    with store.write(Label("case.changed")) as writing:
        _, participant = _both(writing, case_id)
        refuse_if(problems_with_name(participant.given_name, is_protected, participant.identity_number))
        for other in writing.session.scalars(select(Case).where(Case.participant_id == participant.id)):
            party = writing.session.get(Party, other.brought_by_party_id) if other.brought_by_party_id is not None else None
            refuse_if(problems_with_workplace(is_protected, other.employer_contact_id))
            refuse_if(problems_with_bringer(is_protected, PartyKind(party.kind) if party is not None else None))
        participant.is_protected = is_protected
        writing.log("case_changed", "case", case_id, field="is_protected")


def close_case(store: Store, case_id: int, reason: ClosingReason | None, closed_on: date | None) -> None:
    """Close a case, on a day and with a reason."""
    with store.write(Label("case.closed")) as writing:
        case, _ = _both(writing, case_id)
        refuse_if([Problem("case.already_closed")] if case.closed_on is not None else [])
        refuse_if(problems_with_closing(closed_on, case.opened_on, reason, writing.today))
        case.closed_on, case.closing_reason = closed_on, reason
        writing.log("case_closed", "case", case_id, reason=reason.value if reason else None)


def reopen_case(store: Store, case_id: int) -> None:
    """Open a closed case again, under the number it has."""
    with store.write(Label("case.reopened")) as writing:
        case, _ = _both(writing, case_id)
        refuse_if([Problem("case.not_closed")] if case.closed_on is None else [])
        case.closed_on = case.closing_reason = None
        writing.log("case_reopened", "case", case_id)


def remove_case(store: Store, case_id: int) -> None:
    """Take away a case that was never used, with its participant if there is no other case. Its number is not given out again."""
    with store.write(Label("case.removed")) as writing:
        case, participant = _both(writing, case_id)
        refuse_if([Problem("case.in_use")] if writing.read(case_queries.is_used, case_id) else [])
        writing.session.delete(case)
        writing.flush()
        if not writing.session.scalar(select(func.count(Case.id)).where(Case.participant_id == participant.id)):
            writing.session.delete(participant)
        writing.log("case_removed", "case", case_id)


def show_identity_number(store: Store, participant_id: int) -> str:
    """The participant's number in full, as it is written; empty when none is kept. That it was shown is logged."""
    with store.write(Label("case.read"), undoable=False) as writing:
        twelve = writing.read(case_queries.identity_number, participant_id)
        if twelve is None:
            return ""
        writing.log("identity_number_shown", "participant", participant_id)
        return identity.written(twelve, writing.today)


def series_for_cases(writing: Writing, series_id: int) -> SessionSeries:
    """The series a case is to be opened in; refused when people's cases are not opened there (`product.md` rule 10)."""
    series = existing(writing, SessionSeries, series_id, "series")
    controller = existing(writing, Organisation, series.controller_id, "organisation")
    if series.kind != SeriesKind.REHAB_FORUM:
        raise Refused(Problem("case.series_has_no_cases", "series"))
    refuse_if(problems_with_controller(SeriesKind(series.kind), controller.kind == OrganisationKind.COORDINATION_ASSOCIATION))
    if not series.case_prefix:
        raise Refused(Problem("case.series_has_no_prefix", "series"))
    if series.ended_on is not None and series.ended_on < writing.today:
        raise Refused(Problem("case.series_has_ended", "series", {"ended": series.ended_on}))
    return series


def _person(given_name: str, surname: str, identity_number: str, is_protected: bool, today: date) -> Person:
    person = Person(line(given_name, CaseText.GIVEN_NAME), line(surname, CaseText.SURNAME), _twelve(identity_number, today), is_protected)
    refuse_if(problems_with_name(person.given_name, is_protected, person.identity_number))
    return person


def add_case(writing: Writing, series: SessionSeries, participant_id: int, day: date, employer_contact_id: int | None = None) -> Case:
    """Within a write: a case with the next number of its series, logged as opened."""
    participant = existing(writing, Participant, participant_id, "case")
    refuse_if(problems_with_workplace(participant.is_protected, employer_contact_id))
    if employer_contact_id is not None:
        existing(writing, Contact, employer_contact_id, "contact")
    case = Case(participant_id=participant_id, employer_contact_id=employer_contact_id, opened_on=day, **_numbered(writing, series, day.year))
    writing.session.add(case)
    writing.flush()
    writing.log("case_opened", "case", case.id)
    return case


def add_participant(writing: Writing, person: Person) -> int:
    """Within a write: a participant; her id."""
    participant = Participant(
        given_name=person.given_name,
        surname=person.surname,
        name_sort=_name_sort(person.given_name, person.surname),
        identity_number=person.identity_number,
        birth_year=_birth_year(person.identity_number),
        is_protected=person.is_protected,
    )
    writing.session.add(participant)
    writing.flush()
    return participant.id


def _numbered(writing: Writing, series: SessionSeries, year: int) -> dict[str, int | str]:
    """The next number of a series, and all that goes with it."""
    sequence = writing.read(case_queries.next_sequence, series.id, series.case_prefix, year)
    # Settings know no undo, so a case that is taken back leaves its number used.
    for key in case_queries.sequence_marks(series.id, series.case_prefix, year):
        mark = writing.session.get(Setting, key)
        if mark is None:
            writing.session.add(Setting(key=key, value=str(sequence)))
        else:
            mark.value = str(sequence)
    number = case_number(series.case_prefix, year, sequence)
    return {"series_id": series.id, "number": number, "year": year, "sequence": sequence}


def _twelve(text: str, today: date) -> str | None:
    if not text.strip():
        return None
    number = identity.parse(line(text, "identity_number"), today)
    if isinstance(number, Problem):
        raise Refused(number)
    return number.twelve


def _birth_year(twelve: str | None) -> int | None:
    return int(twelve[:4]) if twelve is not None else None


def _name_sort(given_name: str, surname: str) -> str:
    return sort_key(f"{surname} {given_name}".strip())


def _both(writing: Writing, case_id: int) -> tuple[Case, Participant]:
    case = existing(writing, Case, case_id, "case")
    return case, existing(writing, Participant, case.participant_id, "case")
