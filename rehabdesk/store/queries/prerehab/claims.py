"""Claims on places: the waiting list of a programme, those of a round or a case, offers not answered yet, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, Row, Select, bindparam, select
from sqlalchemy.orm import aliased

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.claims import Claimant, LiveClaim, Waiter
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.prerehab import ALIVE, BookingState, BreakOffReason, OfferOutcome, PassOverReason, RemovalReason
from rehabdesk.domain.rounds import title_of
from rehabdesk.store.queries.plain import day_of
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.parties import Party
from rehabdesk.store.tables.prerehab import Booking, Offer, PassOver, Place, Programme, Round

#: Who waits before a claim, in order, with what would pass her over by itself. A clash is a place in another round on the same
#: hours, in any case of hers. Whoever did not answer her offer in time waits too: it holds nothing, though nobody has noted it.
#: `:round` is the round that is given away, `:from_on` the first day in it.
_BEFORE = """
    SELECT b.id, b.case_id, c.number, b.is_ready, b.ready_from,
        EXISTS (
            SELECT 1 FROM "case" AS mine
            JOIN booking AS held ON held.case_id = mine.id AND held.state IN ('offered', 'accepted', 'started')
            JOIN place AS p ON p.id = held.place_id AND p.round_id <> :round
            JOIN occasion AS there ON there.round_id = p.round_id AND there.state <> 'cancelled'
                AND there."on" BETWEEN max(held.starts_on, :from_on) AND held.ends_on
            JOIN occasion AS here ON here.round_id = :round AND here."on" = there."on" AND here.state <> 'cancelled'
                AND here.start < there."end" AND there.start < here."end"
            WHERE mine.participant_id = c.participant_id
                AND (held.state <> 'offered' OR EXISTS (
                    SELECT 1 FROM offer WHERE booking_id = held.id AND outcome = 'open' AND answer_by >= :today))),
        b.state = 'offered' OR EXISTS (SELECT 1 FROM offer WHERE booking_id = b.id AND round_id = :round AND outcome = 'lapsed')
    FROM booking AS b JOIN "case" AS c ON c.id = b.case_id
    WHERE b.programme_id = :programme AND b.state IN ('registered', 'offered') AND (b.state = 'registered' OR NOT EXISTS (
        SELECT 1 FROM offer WHERE booking_id = b.id AND outcome = 'open' AND answer_by >= :today)) AND (b.position, b.asked_on, b.id) < (:position, :asked_on, :booking)
    ORDER BY b.position, b.asked_on, b.id
"""
#: The place in the list of one who asked on a day: after the last who asked no later. Whoever may come back to the list has a place in it.
_LIST = "FROM booking WHERE programme_id = :programme AND state IN ('registered', 'offered', 'accepted')"
_POSITION = f"""
    SELECT coalesce(
        (SELECT position {_LIST} AND asked_on <= :asked_on AND id <> :booking ORDER BY position DESC, asked_on DESC, id DESC LIMIT 1),
        (SELECT min(position) {_LIST} AND id <> :booking), 0)
"""
#: The last position of all. A question for each state is answered by the index; one for the three of them by sorting the list.
_LAST_POSITION = """
    SELECT max(
        coalesce((SELECT max(position) FROM booking WHERE programme_id = :programme AND state = 'registered'), 0),
        coalesce((SELECT max(position) FROM booking WHERE programme_id = :programme AND state = 'offered'), 0),
        coalesce((SELECT max(position) FROM booking WHERE programme_id = :programme AND state = 'accepted'), 0))
"""
_CLAIMANT = """
    SELECT c.number, c.closed_on, b.id, b.state, b.position, b.asked_on, b.is_ready, b.ready_from
    FROM "case" AS c
    LEFT JOIN booking AS b ON b.case_id = c.id AND b.programme_id = ? AND b.state IN ('registered', 'offered', 'accepted', 'started')
    WHERE c.id = ?
"""
#: Past every claim there can be.
_LAST = (2**62, "9999-12-31", 2**62)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim on a place as lists show it. `is_expired` is an offer that nobody answered in time: it holds nothing.

    `referrer` is the party and the words, as written. A sensitive party and the words beside it are told only inside the case
    (`product.md` rule 5): in lists across cases all three are empty. Under protected identity the name is an alias.
    """

    id: int
    programme_id: int
    programme: str
    case_id: int
    case_number: str
    participant_name: str
    is_protected: bool
    state: BookingState
    position: int
    asked_on: date
    referrer: str
    referrer_party_id: int | None
    referrer_text: str
    need: str
    is_ready: bool
    ready_from: date | None
    round_id: int | None
    round_title: str
    place_number: int | None
    is_extra: bool
    starts_on: date | None
    ends_on: date | None
    offer_id: int | None
    offered_on: date | None
    answer_by: date | None
    is_expired: bool
    reminded_on: date | None
    action_id: int | None
    closed_on: date | None
    break_off_reason: BreakOffReason | None
    removal_reason: RemovalReason | None
    reason_text: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer of a place, and what became of it."""

    id: int
    booking_id: int
    round_id: int
    round_title: str
    place_number: int
    starts_on: date
    offered_on: date
    answer_by: date
    reminded_on: date | None
    outcome: OfferOutcome
    settled_on: date | None
    reason_text: str


@dataclass(frozen=True, slots=True)
class PassOverRow:
    """One time somebody was passed over: whose claim went before hers, why, and for which round where it was an offer."""

    id: int
    booking_id: int
    case_number: str
    for_booking_id: int
    for_case_number: str
    on: date
    reason: PassOverReason
    text: str
    offer_id: int | None
    round_title: str


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """What there is on file about a claim, the earliest first: its offers, who went before it, and whom it went before."""

    offers: tuple[OfferRow, ...]
    passed_over: tuple[PassOverRow, ...]
    went_before: tuple[PassOverRow, ...]


def waiting(connection: Connection, programme_id: int | None, today: date) -> tuple[ClaimRow, ...]:
    """The waiting list of a programme in its order; without a programme all lists, one after the other."""
    query = _claims().where(Booking.state == BookingState.REGISTERED)
    if programme_id is not None:
        query = query.where(Booking.programme_id == programme_id)
    order = (Programme.name_sort, Programme.id, Booking.position, Booking.asked_on, Booking.id)
    return tuple(_claim(row, today, across=True) for row in connection.execute(query.order_by(*order)))


def claim(connection: Connection, booking_id: int, today: date) -> ClaimRow | None:
    """One claim, as it is told inside its case."""
    row = connection.execute(_one_claim(), {"of_booking": booking_id}).first()
    return _claim(row, today) if row else None


def of_round(connection: Connection, round_id: int, today: date) -> tuple[ClaimRow, ...]:
    """All claims that have, or had until they stopped, a place in a round; by place and day."""
    query = _claims().where(Round.id == round_id).order_by(Place.number, Booking.starts_on, Booking.id)
    return tuple(_claim(row, today, across=True) for row in connection.execute(query))


def of_case(connection: Connection, case_id: int, today: date) -> tuple[ClaimRow, ...]:
    """All claims of a case, the latest first, as they are told inside it."""
    query = _claims().where(Booking.case_id == case_id).order_by(Booking.asked_on.desc(), Booking.id.desc())
    return tuple(_claim(row, today) for row in connection.execute(query))


def alive_of_case(connection: Connection, case_id: int, today: date) -> tuple[ClaimRow, ...]:
    """The claims of a case that are not at an end: what is open when it is to be closed."""
    return tuple(row for row in of_case(connection, case_id, today) if row.state in ALIVE)


def open_offers(connection: Connection, today: date) -> tuple[ClaimRow, ...]:
    """Offers that are not answered yet, the earliest last day first; the expired ones too."""
    query = _claims().where(Booking.state == BookingState.OFFERED).order_by(Offer.answer_by, Booking.id)
    return tuple(_claim(row, today, across=True) for row in connection.execute(query))


def history(connection: Connection, booking_id: int) -> ClaimHistory:
    """What there is on file about a claim."""
    offers = tuple(_offer(row) for row in connection.execute(_offers(), {"of_booking": booking_id}))
    return ClaimHistory(
        offers=offers,
        passed_over=_passed(connection, PassOver.booking_id, booking_id),
        went_before=_passed(connection, PassOver.for_booking_id, booking_id),
    )


def before(
    connection: Connection, programme_id: int, round_id: int, from_on: date, today: date, place: tuple[int, date, int] | None = None
) -> tuple[Waiter, ...]:
    """Who waits before a claim at this place of the list (position, day asked, id), or everybody; as passed over for this round."""
    position, asked_on, booking_id = (place[0], place[1].isoformat(), place[2]) if place is not None else _LAST
    values = {
        "programme": programme_id, "round": round_id, "from_on": from_on.isoformat(), "today": today.isoformat(),
        "position": position, "asked_on": asked_on, "booking": booking_id,
    }  # fmt: skip
    return tuple(
        Waiter(row[0], row[1], row[2], bool(row[3]), day_of(row[4]), bool(row[5]), bool(row[6]))
        for row in connection.connection.driver_connection.execute(_BEFORE, values)
    )


def position(connection: Connection, programme_id: int, asked_on: date, booking_id: int = 0) -> int:
    """The position in a programme's list of one who asked on this day; `booking_id` is left out of the count."""
    values = {"programme": programme_id, "asked_on": asked_on.isoformat(), "booking": booking_id}
    return connection.connection.driver_connection.execute(_POSITION, values).fetchone()[0]


def employer_referred(connection: Connection, participant_id: int) -> bool:
    """Whether any claim of a participant says that an employer referred her: it would tell where she works."""
    query = (
        select(Booking.id)
        .join(Case, Case.id == Booking.case_id)
        .join(Party, Party.id == Booking.referrer_party_id)
        .where(Case.participant_id == participant_id, Party.kind == PartyKind.EMPLOYER)
    )
    return connection.execute(query.limit(1)).first() is not None


def last_position(connection: Connection, programme_id: int) -> int:
    """The position of one who asks after everybody else."""
    return connection.connection.driver_connection.execute(_LAST_POSITION, {"programme": programme_id}).fetchone()[0]


def claimant(connection: Connection, programme_id: int, case_id: int) -> Claimant | None:
    """What a new claim of a case on a programme is judged by; None when there is no such case."""
    row = connection.connection.driver_connection.execute(_CLAIMANT, (programme_id, case_id)).fetchone()
    if row is None:
        return None
    number, closed_on, booking_id, state, position_, asked_on, is_ready, ready_from = row
    if booking_id is None:
        return Claimant(number, day_of(closed_on))
    alive = LiveClaim(booking_id, BookingState(state), position_, date.fromisoformat(asked_on), bool(is_ready), day_of(ready_from))
    return Claimant(number, day_of(closed_on), alive)



def _passed(connection: Connection, side: object, booking_id: int) -> tuple[PassOverRow, ...]:
    her, other = aliased(Booking), aliased(Booking)
    her_case, other_case = aliased(Case), aliased(Case)
    query = (
        select(
            PassOver.id, PassOver.booking_id, her_case.number.label("case_number"), PassOver.for_booking_id,
            other_case.number.label("for_case_number"), PassOver.on, PassOver.reason, PassOver.text, PassOver.offer_id,
            Programme.name.label("programme"), Round.number, Round.name.label("own_name"),
        )
        .join(her, her.id == PassOver.booking_id)
        .join(her_case, her_case.id == her.case_id)
        .join(other, other.id == PassOver.for_booking_id)
        .join(other_case, other_case.id == other.case_id)
        .outerjoin(Offer, Offer.id == PassOver.offer_id)
        .outerjoin(Round, Round.id == Offer.round_id)
        .outerjoin(Programme, Programme.id == Round.programme_id)
        .where(side == booking_id)
        .order_by(PassOver.id)
    )  # fmt: skip
    return tuple(_pass_over(row) for row in connection.execute(query))


def _pass_over(row: Row) -> PassOverRow:
    values = row._asdict()
    programme, number, own_name = (values.pop(name) for name in ("programme", "number", "own_name"))
    values["reason"] = PassOverReason(values["reason"])
    return PassOverRow(**values, round_title=title_of(programme, number, own_name) if programme is not None else "")


def _offer(row: Row) -> OfferRow:
    values = row._asdict()
    title = title_of(values.pop("programme"), values.pop("number"), values.pop("own_name"))
    values["outcome"] = OfferOutcome(values["outcome"])
    return OfferRow(**values, round_title=title)


# A statement is put together once: its columns cost more than asking it.
@cache
def _one_claim() -> Select:
    return _claims().where(Booking.id == bindparam("of_booking"))


@cache
def _offers() -> Select:
    return (
        select(
            Offer.id, Offer.booking_id, Offer.round_id, Offer.place_number, Offer.starts_on, Offer.offered_on, Offer.answer_by,
            Offer.reminded_on, Offer.outcome, Offer.settled_on, Offer.reason_text,
            Programme.name.label("programme"), Round.number, Round.name.label("own_name"),
        )
        .join(Round, Round.id == Offer.round_id)
        .join(Programme, Programme.id == Round.programme_id)
        .where(Offer.booking_id == bindparam("of_booking"))
        .order_by(Offer.id)
    )  # fmt: skip


@cache
def _claims() -> Select:
    return (
        select(
            Booking.id, Booking.programme_id, Programme.name.label("programme"), Booking.case_id, Case.number.label("case_number"),
            Participant.given_name, Participant.surname, Participant.is_protected, Booking.state, Booking.position, Booking.asked_on,
            Booking.referrer_party_id, Party.written.label("referrer_party"), Party.is_sensitive, Booking.referrer, Booking.need,
            Booking.is_ready, Booking.ready_from, Round.id.label("round_id"), Round.number, Round.name.label("own_name"),
            Place.number.label("place_number"), Place.is_extra, Booking.starts_on, Booking.ends_on, Offer.id.label("offer_id"),
            Offer.offered_on, Offer.answer_by, Offer.reminded_on, Booking.action_id, Booking.closed_on, Booking.break_off_reason,
            Booking.removal_reason, Booking.reason_text,
        )
        .join(Programme, Programme.id == Booking.programme_id)
        .join(Case, Case.id == Booking.case_id)
        .join(Participant, Participant.id == Case.participant_id)
        .outerjoin(Place, Place.id == Booking.place_id)
        .outerjoin(Round, Round.id == Place.round_id)
        .outerjoin(Party, Party.id == Booking.referrer_party_id)
        .outerjoin(Offer, (Offer.booking_id == Booking.id) & (Offer.outcome == OfferOutcome.OPEN))
    )  # fmt: skip


def _claim(row: Row, today: date, *, across: bool = False) -> ClaimRow:
    values = row._asdict()
    given_name, surname = values.pop("given_name"), values.pop("surname")
    number, own_name = values.pop("number"), values.pop("own_name")
    party, is_sensitive, text = values.pop("referrer_party") or "", bool(values.pop("is_sensitive")), values.pop("referrer")
    if across and is_sensitive:
        party, text, values["referrer_party_id"] = "", "", None
    state = values["state"] = BookingState(values["state"])
    values["break_off_reason"] = BreakOffReason(values["break_off_reason"]) if values["break_off_reason"] else None
    values["removal_reason"] = RemovalReason(values["removal_reason"]) if values["removal_reason"] else None
    values["is_extra"] = bool(values["is_extra"])
    return ClaimRow(
        **values,
        participant_name=short_name(given_name, surname),
        referrer=", ".join(part for part in (party, text) if part),
        referrer_text=text,
        round_title=title_of(values["programme"], number, own_name) if values["round_id"] is not None else "",
        is_expired=state is BookingState.OFFERED and (values["answer_by"] is None or values["answer_by"] < today),
    )
