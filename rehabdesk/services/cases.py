"""Cases: open, change, look at the identity number. Numbers are given out once and never again.

Closing, opening again and how it went afterwards are in `closing`; what to think of is in `circumstances`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain import identity
from rehabdesk.domain.cases import (
    PRINT_SIZES,
    BroughtBy,
    CaseText,
    Employment,
    Opening,
    case_number,
    problems_with_birth_year,
    problems_with_name,
    problems_with_opening,
    problems_with_referral,
    same_person_again,
)
from rehabdesk.domain.forum import SeriesKind, problems_with_controller
from rehabdesk.domain.identity import IdentityNumber, LegalSex
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.protected import problems_with_bringer, problems_with_workplace
from rehabdesk.domain.swedish import sort_key
from rehabdesk.services.checks import existing, line, prose
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import SessionSeries
from rehabdesk.store.tables.parties import Contact, Organisation, Party
from rehabdesk.store.tables.privacy import Setting

_OF_THE_PERSON = frozenset(
    {CaseText.GIVEN_NAME, CaseText.SURNAME, CaseText.INTERPRETER_LANGUAGE, CaseText.ACCESSIBILITY_NEEDS, CaseText.SAFE_CONTACT}
)
_OF_MANY_LINES = frozenset({CaseText.WHY_NOW, CaseText.QUESTION, CaseText.ACCESSIBILITY_NEEDS, CaseText.SAFE_CONTACT})


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
    opening: Opening | None = None,
) -> int:
    """Open a case with the next number of its series; returns its id.

    `opened_on` is today when not given. With `participant_id` it is another case about somebody known already, and the
    name is left as it is. Under protected identity the name is an alias, and no workplace is kept.
    """
    with store.write(Label("case.opened")) as writing:
        day = opened_on or writing.today
        refuse_if(problems_with_opening(day, None, writing.today))
        series = series_for_cases(writing, series_id)
        if participant_id is None:
            participant_id = add_participant(writing, _person(given_name, surname, identity_number, is_protected, writing.today))
        return add_case(writing, series, participant_id, day, employer_contact_id, opening).id


def possible_duplicates(store: Store, given_name: str, surname: str = "", identity_number: str = "") -> tuple[Problem, ...]:
    """Cases that may be about the same person: warnings, with the case's number, `case_id` and `participant_id`, never refusals."""
    number = identity.parse(identity_number, store.clock.today()) if identity_number.strip() else None
    twelve = number.twelve if isinstance(number, IdentityNumber) else None
    return same_person_again(line(given_name), line(surname), twelve, store.read(case_queries.known_people))


def change_text(store: Store, case_id: int, field: CaseText, text: str) -> None:
    """Keep what was typed in one of a case's lines; what is typed in one field in a row is one step."""
    text = prose(text, field) if field in _OF_MANY_LINES else line(text, field)
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
            participant.legal_sex = _legal_sex(twelve) or participant.legal_sex
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

    Refused while a number or a workplace is kept, in any of her cases, or an employer stands as who referred her to a programme. A year of birth and a sex that came with a number go as well.
    No step back leads behind it: what was taken away first would come again, the real name too.
    """
    with store.write(Label("case.changed"), barrier=is_protected) as writing:
        _, participant = _both(writing, case_id)
        refuse_if(problems_with_name(participant.given_name, is_protected, participant.identity_number))
        for other in writing.session.scalars(select(Case).where(Case.participant_id == participant.id)):
            party = writing.session.get(Party, other.brought_by_party_id) if other.brought_by_party_id is not None else None
            refuse_if(problems_with_workplace(is_protected, other.employer_contact_id))
            refuse_if(problems_with_bringer(is_protected, PartyKind(party.kind) if party is not None else None))
        if is_protected and writing.read(claim_queries.employer_referred, participant.id):
            raise Refused(Problem("claim.employer_referred"))
        participant.is_protected = is_protected
        if is_protected:
            participant.birth_year = participant.legal_sex = None
        writing.log("case_changed", "case", case_id, field="is_protected")


def set_bringer(store: Store, case_id: int, brought_by: BroughtBy | None, party_id: int | None = None, contact_id: int | None = None) -> None:
    """Who brought the case: the participant herself, a party, or one of its contacts. None: it is not known."""
    with store.write(Label("case.changed")) as writing:
        case, participant = _both(writing, case_id)
        _keep_bringer(writing, case, participant, brought_by, party_id, contact_id)
        writing.log("case_changed", "case", case_id, field="brought_by")


def set_referral_arrived(store: Store, case_id: int, day: date | None) -> None:
    """The day a referral form (aktualisering) came, or None where it came on none."""
    with store.write(Label("case.changed")) as writing:
        case, _ = _both(writing, case_id)
        refuse_if(problems_with_referral(day, writing.today))
        case.referral_arrived_on = day
        writing.log("case_changed", "case", case_id, field="referral_arrived_on")


def set_employment(store: Store, case_id: int, employment: Employment) -> None:
    """What the participant's working life is, as far as the rehabilitation chain asks."""
    with store.write(Label("case.changed")) as writing:
        case, _ = _both(writing, case_id)
        case.employment = employment
        writing.log("case_changed", "case", case_id, field="employment")


def set_birth_year(store: Store, case_id: int, year: int | None) -> None:
    """The year the participant was born, where no identity number tells it."""
    with store.write(Label("case.changed")) as writing:
        _, participant = _both(writing, case_id)
        refuse_if(problems_with_birth_year(year, writing.today))
        participant.birth_year = year
        writing.log("case_changed", "case", case_id, field="birth_year")


def set_legal_sex(store: Store, case_id: int, sex: LegalSex | None) -> None:
    """The participant's legal sex, where no identity number tells it."""
    with store.write(Label("case.changed")) as writing:
        _, participant = _both(writing, case_id)
        refuse_if([Problem("case.sex_told_by_number", "legal_sex")] if _legal_sex(participant.identity_number) not in (None, sex) else [])
        participant.legal_sex = sex
        writing.log("case_changed", "case", case_id, field="legal_sex")


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


def add_case(
    writing: Writing,
    series: SessionSeries,
    participant_id: int,
    day: date,
    employer_contact_id: int | None = None,
    opening: Opening | None = None,
) -> Case:
    """Within a write: a case with the next number of its series, logged as opened."""
    participant = existing(writing, Participant, participant_id, "case")
    refuse_if(problems_with_workplace(participant.is_protected, employer_contact_id))
    if employer_contact_id is not None:
        existing(writing, Contact, employer_contact_id, "contact")
    case = Case(participant_id=participant_id, employer_contact_id=employer_contact_id, opened_on=day, **_numbered(writing, series, day.year))
    _keep_opening(writing, case, participant, opening or Opening())
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
        legal_sex=_legal_sex(person.identity_number),
        is_protected=person.is_protected,
    )
    writing.session.add(participant)
    writing.flush()
    return participant.id


def _keep_opening(writing: Writing, case: Case, participant: Participant, opening: Opening) -> None:
    refuse_if(problems_with_referral(opening.referral_arrived_on, writing.today))
    case.why_now = prose(opening.why_now, CaseText.WHY_NOW)
    case.question = prose(opening.question, CaseText.QUESTION)
    case.referral_arrived_on = opening.referral_arrived_on
    case.employment = opening.employment
    _keep_bringer(writing, case, participant, opening.brought_by, opening.party_id, opening.contact_id)


def _keep_bringer(
    writing: Writing, case: Case, participant: Participant, brought_by: BroughtBy | None, party_id: int | None, contact_id: int | None
) -> None:
    if contact_id is not None:
        contact = existing(writing, Contact, contact_id, "contact")
        refuse_if([Problem("case.contact_of_another", "brought_by")] if party_id not in (None, contact.party_id) else [])
        party_id = contact.party_id
    if party_id is not None:
        party = existing(writing, Party, party_id, "party")
        refuse_if(problems_with_bringer(participant.is_protected, PartyKind(party.kind)))
        brought_by = BroughtBy.PARTY
    case.brought_by, case.brought_by_party_id, case.brought_by_contact_id = brought_by, party_id, contact_id


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


def _legal_sex(twelve: str | None) -> LegalSex | None:
    return identity.legal_sex(twelve) if twelve is not None else None


def _name_sort(given_name: str, surname: str) -> str:
    return sort_key(f"{surname} {given_name}".strip())


def _both(writing: Writing, case_id: int) -> tuple[Case, Participant]:
    case = existing(writing, Case, case_id, "case")
    return case, existing(writing, Participant, case.participant_id, "case")
