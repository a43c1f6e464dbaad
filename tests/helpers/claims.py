"""A programme with rounds, places and claims for tests, put in as rows: what the services make is made by their own tests."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from rehabdesk.domain.prerehab import ON_A_PLACE, BookingState, BreakOffReason, OccasionState
from rehabdesk.domain.swedish import sort_key
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store
from rehabdesk.store.tables import Table
from rehabdesk.store.tables.parties import Organisation
from rehabdesk.store.tables.prerehab import Booking, Occasion, Offer, Place, Programme, ProgrammeInstrument, Round

TEST = Label("test")
#: States whose claims have ended on a day of their own.
ENDED = frozenset({BookingState.COMPLETED, BookingState.BROKEN_OFF, BookingState.DECLINED, BookingState.REMOVED})


def make_programme(store: Store, supplier: int | None = None, *, name: str = "Grön prerehab", slug: str = "gron-prerehab") -> int:
    """A programme of the first organisation."""
    with store.write(TEST, undoable=False) as writing:
        owner = writing.session.scalar(select(Organisation.id).order_by(Organisation.id).limit(1))
        made = _kept(writing, Programme(
            name=name, name_sort=sort_key(name), slug=slug, supplier_party_id=supplier, controller_id=owner,
            controller_board="kommunstyrelsen", place="Lillgården, Vara", made_on=writing.today,
        ))  # fmt: skip
        writing.session.add(ProgrammeInstrument(programme_id=made, instrument="perceived_health", position=0))
        return made


def make_round(store: Store, programme: int, starts_on: date, *, number: int = 1, places: int = 8, weeks: int = 8) -> int:
    """A round on Tuesdays and Thursdays, with its places and occasions; `starts_on` is the day of the first."""
    days = [starts_on + timedelta(days=7 * week + more) for week in range(weeks) for more in (0, 2)]
    with store.write(TEST, undoable=False) as writing:
        made = _kept(writing, Round(
            programme_id=programme, number=number, starts_on=days[0], ends_on=days[-1], weeks=weeks, weekdays="13", start="09:00",
            end="12:00", place="Lillgården, Vara", min_places=min(4, places), max_places=places, last_late_start_on=days[4],
        ))  # fmt: skip
        writing.session.add_all([Place(round_id=made, number=number) for number in range(1, places + 1)])
        writing.session.add_all([
            Occasion(round_id=made, on=day, start="09:00", end="12:00", place="Lillgården, Vara", state=OccasionState.PLANNED)
            for day in days
        ])
        return made


def make_claim(
    store: Store, round_id: int, case: int, number: int, state: BookingState = BookingState.ACCEPTED, *, answer_by: date | None = None,
    position: int = 0,
) -> int:
    """A claim of a case: on a place of the round, or on the programme's list. One that is offered has its offer."""
    with store.write(TEST, undoable=False) as writing:
        row = writing.session.get(Round, round_id)
        place = writing.session.scalar(select(Place).where(Place.round_id == round_id, Place.number == number))
        has_place = state in ON_A_PLACE
        made = _kept(writing, Booking(
            programme_id=row.programme_id, case_id=case, state=state, position=position, asked_on=writing.today - timedelta(days=30),
            place_id=place.id if has_place else None, starts_on=row.starts_on if has_place else None,
            ends_on=row.ends_on if has_place else None, closed_on=writing.today if state in ENDED else None,
            break_off_reason=BreakOffReason.OWN_WISH if state is BookingState.BROKEN_OFF else None,
        ))  # fmt: skip
        if state is BookingState.OFFERED:
            writing.session.add(Offer(
                booking_id=made, round_id=round_id, place_number=number, starts_on=row.starts_on, offered_on=writing.today,
                answer_by=answer_by or writing.today + timedelta(days=10),
            ))  # fmt: skip
        return made


def _kept(writing, row: Table) -> int:
    writing.session.add(row)
    writing.flush()
    return row.id
