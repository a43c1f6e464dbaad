"""A round under way or over, with people on its places, for tests of what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import update

from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.services import cases, consent
from rehabdesk.services.prerehab import programmes
from rehabdesk.services.prerehab.measures import record
from rehabdesk.store.store import Store
from rehabdesk.store.tables.cases import Case, Participant
from tests.helpers.claims import TEST, make_claim, make_programme, make_round
from tests.helpers.people import Forum, make_forum

HEALTH, ABILITY, KEDS = "perceived_health", "activity_ability", "keds"


@dataclass(frozen=True, slots=True)
class MeasuredRound:
    """Ids of what there is."""

    forum: Forum
    programme: int
    round: int
    cases: tuple[int, ...]
    claims: tuple[int, ...]


def measured_round(
    store: Store, people: int = 4, *, starts_on: date | None = None, state: BookingState = BookingState.STARTED, places: int = 8
) -> MeasuredRound:
    """A round of eight weeks that began a fortnight ago unless said otherwise, measuring two own scales and KEDS."""
    forum = make_forum(store)
    programme = make_programme(store, forum.hr)
    programmes.set_instruments(store, programme, (HEALTH, ABILITY, KEDS))
    return another_round(store, forum, programme, people, starts_on=starts_on, state=state, places=places)


def another_round(
    store: Store, forum: Forum, programme: int, people: int, *, starts_on: date | None = None,
    state: BookingState = BookingState.STARTED, number: int = 1, places: int = 8,
) -> MeasuredRound:  # fmt: skip
    """One more round of a programme, with people of its own."""
    begins = starts_on or store.clock.today() - timedelta(days=14)
    made = make_round(store, programme, begins, number=number, places=max(places, people))
    case_ids = tuple(cases.open_case(store, forum.series, name, f"Test{number}") for name in _names(people))
    claims = tuple(make_claim(store, made, case, place, state) for place, case in enumerate(case_ids, 1))
    return MeasuredRound(forum, programme, made, case_ids, claims)


def give_all(store: Store, made: MeasuredRound) -> None:
    """Everybody says yes to statistics."""
    for case in made.cases:
        consent.give_statistics(store, case)


def write(store: Store, claim: int, moment: Moment, value: float, instrument: str = HEALTH) -> None:
    """One value."""
    record(store, claim, instrument, moment, value)


def set_sex(store: Store, case: int, sex: LegalSex) -> None:
    """A participant's legal sex."""
    with store.write(TEST, undoable=False) as writing:
        participant = writing.session.get(Case, case).participant_id
        writing.session.execute(update(Participant).where(Participant.id == participant).values(legal_sex=sex))


def _names(count: int) -> list[str]:
    first = ("Asta", "Bodil", "Cilla", "Disa", "Ebba", "Freja", "Gerd", "Hedda", "Inga", "Jorun", "Kaisa", "Linnea", "Moa", "Nora", "Oda")
    return [f"{first[place % len(first)]}{'' if place < len(first) else place // len(first)}" for place in range(count)]
