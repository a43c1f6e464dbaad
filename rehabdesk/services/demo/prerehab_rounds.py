"""How a round of the demo's pre-rehabilitation went: who was offered a place and came, who said no, stopped, waited or was passed over.

Written as rows, since it happened in the past, and the same rules as the verbs' hold: one on a place on a day, an offer for
each claim that got one, a reason for whoever was passed over.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import insert, select

from rehabdesk.domain.prerehab import BookingState, BreakOffReason, OfferOutcome, RemovalReason
from rehabdesk.services.demo.content import Json
from rehabdesk.services.demo.prerehab_people import People
from rehabdesk.store.store import Writing
from rehabdesk.store.tables.prerehab import Booking, Offer, PassOver, Place, Round

_DAY = timedelta(days=1)
#: On which places somebody stops before the end, and how often; early enough on the first of them for another to begin late.
_STOPS, _EARLY = {2: 0.6, 5: 0.8, 7: 0.5}, 2
_WHY_STOPPED = (
    (BreakOffReason.BACK_AT_WORK, BreakOffReason.OTHER_MEASURE, BreakOffReason.OWN_WISH, BreakOffReason.TRAVEL, BreakOffReason.DOES_NOT_FIT),
    (55, 20, 15, 5, 5),
)


@dataclass(frozen=True, slots=True)
class Stayed:
    """One claim that has or had a place: whose, on which days, and how it stands."""

    booking_id: int
    offer_id: int
    starts_on: date
    ends_on: date
    state: BookingState


@dataclass(slots=True)
class Filling:
    """Fills one programme's rounds, one after the other. `previous` is who was offered a place in the round before."""

    people: People
    source: Json
    programme: Json
    programme_id: int
    supplier_id: int | None
    referrers: list[int | None]
    today: date
    chance: random.Random
    known_cases: list[int]
    previous: list[tuple[Stayed, date]] = field(default_factory=list)
    previous_round: int | None = None
    position: int = 0

    def fill(self, writing: Writing, round_id: int, plan: Json) -> list[Stayed]:
        """Who got a place in a round, was offered one, or said no."""
        row = writing.session.get(Round, round_id)
        places = list(writing.session.scalars(select(Place.id).where(Place.round_id == round_id).order_by(Place.number)))
        if plan.get("extra") and row.starts_on <= self.today:
            place = Place(round_id=round_id, number=len(places) + 1, is_extra=True, extra_reason=plan["extra"])
            writing.session.add(place)
            writing.flush()
            places.append(place.id)
        if row.starts_on > self.today:
            return self._to_come(writing, row, places)
        left = 0 if plan.get("extra") else self.chance.choice((0, 0, 1, 1, 2))
        stayed: list[Stayed] = []
        offered: list[tuple[Stayed, date]] = []
        for number, place_id in enumerate(places[: len(places) - left], 1):
            for made, offered_on in self._on_place(writing, row, place_id, number):
                stayed.append(made)
                offered.append((made, offered_on))
        for _ in range(self.chance.choice((0, 1, 1, 2))):
            self._declined(writing, row)
        self.previous, self.previous_round = offered, round_id
        return stayed

    def waiting(self, writing: Writing, count: int) -> None:
        """Who waits today: two are not ready yet, and the first has been passed over for the round to come."""
        for place in range(count):
            asked_on = self.today - timedelta(days=8 + 9 * (count - place))
            booking_id = self._claim(writing, asked_on, BookingState.REGISTERED, is_ready=place not in (1, 4), ready_from=place == 4)
            if place == 0:
                self._passed_over(writing, booking_id, 2)
        self._removed(writing)

    # --- internals ---

    def _on_place(self, writing: Writing, row: Round, place_id: int, number: int) -> list[tuple[Stayed, date]]:
        """Who had a place: to the end, or until she stopped, and then whoever came late in her stead."""
        is_over = row.ends_on < self.today
        stops = self.chance.random() < _STOPS.get(number, 0)
        stops_early = stops and number == _EARLY
        last = row.starts_on + timedelta(days=6 if stops_early else 21 + 4 * number)
        if not stops or last >= min(self.today, row.ends_on):
            return [self._stay(writing, row, place_id, row.starts_on, row.ends_on, BookingState.COMPLETED if is_over else BookingState.STARTED, number)]
        found = [self._stay(writing, row, place_id, row.starts_on, last, BookingState.BROKEN_OFF, number)]
        if stops_early and row.last_late_start_on is not None and last + _DAY <= min(row.last_late_start_on, self.today):
            state = BookingState.COMPLETED if is_over else BookingState.STARTED
            found.append(self._stay(writing, row, place_id, last + _DAY, row.ends_on, state, 0))
        return found

    def _stay(
        self, writing: Writing, row: Round, place_id: int, starts_on: date, ends_on: date, state: BookingState, number: int
    ) -> tuple[Stayed, date]:
        offered_on = min(starts_on - timedelta(days=self.chance.randint(18, 35) if starts_on == row.starts_on else 2), self.today)
        earlier = self.previous[0][1] if self.previous and number in (1, 3) else offered_on
        asked_on = min(offered_on, earlier) - timedelta(days=self.chance.randint(5, 80))
        closed_on = ends_on if state in (BookingState.COMPLETED, BookingState.BROKEN_OFF) else None
        reason = self.chance.choices(*_WHY_STOPPED)[0] if state is BookingState.BROKEN_OFF else None
        booking_id = self._claim(
            writing, asked_on, state, place_id=place_id, starts_on=starts_on, ends_on=ends_on, closed_on=closed_on, break_off_reason=reason,
            named_on=offered_on,
        )
        settled_on = min(offered_on + timedelta(days=self.chance.randint(0, 8)), self.today, starts_on)
        offer_id = self._offer(writing, booking_id, row, starts_on, offered_on, OfferOutcome.ACCEPTED, settled_on)
        if self.previous and number == 1:
            self._passed_over(writing, booking_id, 2)
        if self.previous and number == 3:
            self._lapsed_before(writing, booking_id)
        made = Stayed(booking_id, offer_id, starts_on, ends_on, state)
        return made, offered_on

    def _to_come(self, writing: Writing, row: Round, places: list[int]) -> list[Stayed]:
        """A round to come: in the next some have said yes, some have an offer, and one has not answered in time."""
        weeks = (row.starts_on - self.today).days // 7
        yes, open_offers = (len(places) // 2 + 1, (6, 2, -3)) if weeks < 9 else (1, ())
        stayed: list[Stayed] = []
        for place_id in places[:yes]:
            stayed.append(self._stay(writing, row, place_id, row.starts_on, row.ends_on, BookingState.ACCEPTED, 0)[0])
        offered = [(made, self.today - timedelta(days=8)) for made in stayed]
        for days, place_id in zip(open_offers, places[yes:], strict=False):
            offered_on = self.today - timedelta(days=8 if days > 0 else 14)
            span = {"place_id": place_id, "starts_on": row.starts_on, "ends_on": row.ends_on, "named_on": offered_on}
            booking_id = self._claim(writing, offered_on - timedelta(days=30 + days), BookingState.OFFERED, **span)
            reminded_on = self.today - _DAY if days == 2 else None
            answer_by = self.today + timedelta(days=days)
            self._offer(writing, booking_id, row, row.starts_on, offered_on, OfferOutcome.OPEN, None, answer_by=answer_by, reminded_on=reminded_on)
        if stayed and open_offers:
            self.previous, self.previous_round = offered, row.id
        return stayed

    def _declined(self, writing: Writing, row: Round) -> None:
        offered_on = row.starts_on - timedelta(days=self.chance.randint(20, 34))
        closed_on = offered_on + timedelta(days=self.chance.randint(1, 7))
        words = self.chance.choice(self.source["declined"])
        asked_on = offered_on - timedelta(days=self.chance.randint(5, 60))
        booking_id = self._claim(writing, asked_on, BookingState.DECLINED, closed_on=closed_on, reason_text=words)
        self._offer(writing, booking_id, row, row.starts_on, offered_on, OfferOutcome.DECLINED, closed_on)

    def _removed(self, writing: Writing) -> None:
        asked_on = self.today - timedelta(days=140)
        closed_on = asked_on + timedelta(days=40)
        self._claim(writing, asked_on, BookingState.REMOVED, closed_on=closed_on, removal_reason=RemovalReason.OTHER_MEASURE)

    def _passed_over(self, writing: Writing, booking_id: int, count: int) -> None:
        """Those who were offered a place in the round before went before her, for a reason."""
        turn = self.chance.choice(self.source["passed"])
        rows = [
            {
                "booking_id": booking_id, "for_booking_id": made.booking_id, "offer_id": made.offer_id, "on": offered_on,
                "reason": turn["reason"], "text": turn["text"],
            }
            for made, offered_on in self.previous[-count:]
        ]  # fmt: skip
        if rows:
            writing.connection.execute(insert(PassOver), rows)

    def _lapsed_before(self, writing: Writing, booking_id: int) -> None:
        """She was offered a place in the round before, and did not answer in time."""
        row = writing.session.get(Round, self.previous_round)
        offered_on = self.previous[0][1]
        answer_by = offered_on + timedelta(days=self.programme["answer_days"])
        self._offer(writing, booking_id, row, row.starts_on, offered_on, OfferOutcome.LAPSED, answer_by + _DAY, answer_by=answer_by)

    def _claim(self, writing: Writing, asked_on: date, state: BookingState, *, named_on: date | None = None, is_ready: bool = True,
               ready_from: bool = False, closed_on: date | None = None, **values: object) -> int:  # fmt: skip
        is_open = state in (BookingState.ACCEPTED, BookingState.REGISTERED)
        is_known = is_open and bool(self.known_cases)
        # Now and then one of the forum's own cases, which are open today; otherwise somebody new.
        case_id = self.known_cases.pop() if is_known else self.people.case(writing, asked_on)
        if named_on is not None and not is_known:
            self.people.named_to(writing, case_id, self.supplier_id, named_on)
        self.position += 1
        row = {
            "programme_id": self.programme_id, "case_id": case_id, "state": state, "position": self.position, "asked_on": asked_on,
            "need": self.chance.choice(self.source["needs"]), "referrer_party_id": None if is_known else self.chance.choice(self.referrers),
            "is_ready": is_ready, "ready_from": self.today + timedelta(days=50) if ready_from else None, "closed_on": closed_on,
            "reason_text": "", **values,
        }  # fmt: skip
        booking_id = writing.connection.execute(insert(Booking), row).inserted_primary_key[0]
        writing.log("claim_registered", "booking", booking_id, case=case_id)
        if closed_on is not None:
            self.people.closed(writing, case_id, closed_on)
        return booking_id

    def _offer(self, writing: Writing, booking_id: int, row: Round, starts_on: date, offered_on: date, outcome: OfferOutcome,
               settled_on: date | None, *, answer_by: date | None = None, reminded_on: date | None = None) -> int:  # fmt: skip
        number = writing.session.scalar(select(Place.number).join(Booking, Booking.place_id == Place.id).where(Booking.id == booking_id))
        until = answer_by or max(offered_on + timedelta(days=self.programme["answer_days"]), settled_on or offered_on)
        values = {
            "booking_id": booking_id, "round_id": row.id, "place_number": number or 1, "starts_on": starts_on, "offered_on": offered_on,
            "answer_by": until, "reminded_on": reminded_on, "outcome": outcome, "settled_on": settled_on,
        }  # fmt: skip
        return writing.connection.execute(insert(Offer), values).inserted_primary_key[0]
