"""How many places a round has: more are made, fewer keeps people together on the lower numbers, and nobody loses a place by it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from rehabdesk.domain.claims import Stay, kept_together, problems_with_capacity, problems_with_round
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.services.prerehab.claiming import case_number, ground_of, lapse_claim
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab import places as queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.prerehab import Booking, Place, Round

_ONE_DAY = timedelta(days=1)


def change_capacity(store: Store, round_id: int, min_places: int, max_places: int) -> None:
    """Give a round another number of places.

    With more, new ones are made, and an extra place within the raised limit becomes an ordinary one. With fewer, claims on the
    numbers that go move to lower ones; refused with who stands in the way where that does not suffice. An offer that nobody
    answered in time does not stand in the way: it goes back to the list.
    """
    refuse_if(problems_with_capacity(min_places, max_places))
    with store.write(Label("claim.capacity_changed")) as writing:
        ground = ground_of(writing, round_id)
        refuse_if(problems_with_round(ground.span, writing.today))
        if (min_places, max_places) == (ground.min_places, ground.max_places):
            return
        if max_places < ground.max_places:
            _make_room(writing, round_id, max_places)
        writing.connection.execute(update(Round).where(Round.id == round_id), {"min_places": min_places, "max_places": max_places})
        if max_places > ground.max_places:
            _add_places(writing, round_id, max_places)
        writing.log("capacity_changed", "round", round_id, places=max_places)


def _add_places(writing: Writing, round_id: int, max_places: int) -> None:
    known = dict(writing.connection.execute(select(Place.number, Place.is_extra).where(Place.round_id == round_id)).all())
    within = [number for number, is_extra in known.items() if is_extra and number <= max_places]
    if within:
        ordinary = update(Place).where(Place.round_id == round_id, Place.number.in_(within))
        writing.connection.execute(ordinary, {"is_extra": False, "extra_reason": ""})
    new = [{"round_id": round_id, "number": number} for number in range(1, max_places + 1) if number not in known]
    if new:
        writing.connection.execute(insert(Place), new)


def _make_room(writing: Writing, round_id: int, max_places: int) -> None:
    """Empty the places past the new limit, and take them away."""
    known = [place for place in writing.read(queries.taken_places, round_id, writing.today) if not place.is_extra]
    expired = frozenset(booking_id for place in known for booking_id in place.expired)
    stays = [stay for place in known for stay in place.stays]
    numbers = range(1, max_places + 1)
    placed, left = kept_together(stays, numbers)
    if left and expired:
        # Whoever did not answer in time holds nothing: without them there may be room for all.
        placed, left = kept_together([stay for stay in stays if stay.booking_id not in expired], numbers)
        for booking_id in () if left else expired:
            lapse_claim(writing, existing(writing, Booking, booking_id, "claim"))
    if left:
        raise Refused(_in_the_way(writing, [stay for stay in stays if stay.booking_id not in expired], left, max_places))
    _move(writing, round_id, stays, placed)
    writing.connection.execute(
        delete(Place).where(Place.round_id == round_id, Place.number > max_places, Place.is_extra.is_(False))
    )


def _in_the_way(writing: Writing, stays: Collection[Stay], left: Collection[Stay], max_places: int) -> Problem:
    least = max_places
    while least < len(stays) and kept_together(stays, range(1, least + 1))[1]:
        least += 1
    claims = (existing(writing, Booking, stay.booking_id, "claim") for stay in left)
    numbers = sorted({case_number(writing, claim.case_id) for claim in claims})
    return Problem("claim.in_the_way", "max_places", {"n": len(numbers), "case_numbers": numbers, "most": max_places, "least": least})


def _move(writing: Writing, round_id: int, stays: Collection[Stay], placed: Mapping[int, int]) -> None:
    """Each to her number. Meanwhile their days are empty, so that two may change places under the store's guards, there and back."""
    ids = dict(writing.connection.execute(select(Place.number, Place.id).where(Place.round_id == round_id)).all())
    moving = [stay for stay in stays if placed.get(stay.booking_id, stay.number) != stay.number]
    if not moving:
        return
    writing.flush()
    for stay in moving:
        _set(writing, stay.booking_id, {"ends_on": stay.starts_on - _ONE_DAY})
    for stay in moving:
        _set(writing, stay.booking_id, {"place_id": ids[placed[stay.booking_id]]})
    for stay in moving:
        _set(writing, stay.booking_id, {"ends_on": stay.ends_on})


def _set(writing: Writing, booking_id: int, values: Mapping[str, object]) -> None:
    writing.connection.execute(update(Booking).where(Booking.id == booking_id), dict(values))
