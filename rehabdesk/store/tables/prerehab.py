"""Programmes, rounds, places, claims on them, offers, occasions and attendance; and the guards the store itself keeps.

A place is a row: a round of twelve places has twelve, numbered 1 to 12. Past that number only an extra place can be made,
which has a reason. A claim that has a place holds it from a day to a day; the triggers below refuse a second claim on the
same place on any of those days. So nobody can be the thirteenth on twelve places, in whatever order things happen, also by
undo, import, migration or plain SQL (`product.md` rule 2).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from rehabdesk.domain.prerehab import (
    ALIVE,
    MOST_PLACES,
    MOST_WEEKS,
    ON_A_PLACE,
    AttendanceMark,
    BookingState,
    BreakOffReason,
    OccasionState,
    OfferOutcome,
    PassOverReason,
    RemovalReason,
)
from rehabdesk.store.tables.base import NEVER_REUSED, Table, is_date, is_flag, one_of


def _listed(states: frozenset[BookingState]) -> str:
    return ", ".join(f"'{state}'" for state in BookingState if state in states)


class Programme(Table):
    """A programme (insats): who supplies it, where, for whom, what it costs in whole kronor, and who is controller.

    `fill_target` is the share of the places that is to be filled, in per cent. `slug` names it on the command line.
    """

    __tablename__ = "programme"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_sort: Mapped[str]
    slug: Mapped[str]
    supplier_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    controller_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    controller_board: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    target_group: Mapped[str] = mapped_column(default="")
    cost_per_round: Mapped[int | None]
    cost_per_place: Mapped[int | None]
    fill_target: Mapped[int] = mapped_column(default=80)
    answer_days: Mapped[int] = mapped_column(default=10)
    made_on: Mapped[date]
    ended_on: Mapped[date | None]
    __table_args__ = (
        UniqueConstraint("slug", name="uq_programme_slug"),
        CheckConstraint("name <> ''", name="has_name"),
        CheckConstraint("fill_target BETWEEN 0 AND 100", name="fill_target_range"),
        CheckConstraint("answer_days BETWEEN 1 AND 90", name="answer_days_range"),
        CheckConstraint("cost_per_round IS NULL OR cost_per_round >= 0", name="cost_per_round_range"),
        CheckConstraint("cost_per_place IS NULL OR cost_per_place >= 0", name="cost_per_place_range"),
        is_date("made_on"),
        is_date("ended_on"),
        Index("ix_programme_supplier_party_id", "supplier_party_id"),
        Index("ix_programme_controller_id", "controller_id"),
        NEVER_REUSED,
    )


class ProgrammeInstrument(Table):
    """An instrument that a programme measures with, by the code of its data file."""

    __tablename__ = "programme_instrument"
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"), primary_key=True)
    instrument: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class Round(Table):
    """A round (omgång) of a programme. `weekdays` are digits from Monday 0 ("024"); `ends_on` is the day of its last occasion.

    `last_late_start_on` is the last day on which somebody may begin late. Cancelled with a reason, or not at all.
    """

    __tablename__ = "round"
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    weeks: Mapped[int]
    weekdays: Mapped[str]
    start: Mapped[str]
    end: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    min_places: Mapped[int] = mapped_column(default=1)
    max_places: Mapped[int]
    last_late_start_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("programme_id", "number", name="uq_round_programme_id_number"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        CheckConstraint(f"weeks BETWEEN 1 AND {MOST_WEEKS}", name="weeks_range"),
        CheckConstraint("weekdays <> '' AND weekdays NOT GLOB '*[^0-6]*'", name="weekdays_known"),
        CheckConstraint(f"max_places BETWEEN 1 AND {MOST_PLACES}", name="max_places_range"),
        CheckConstraint("min_places BETWEEN 0 AND max_places", name="min_places_range"),
        CheckConstraint("\"end\" > start", name="end_after_start"),
        CheckConstraint("(cancelled_on IS NULL) = (cancelled_reason = '')", name="cancelled_with_reason"),
        is_date("starts_on"),
        is_date("ends_on"),
        is_date("last_late_start_on"),
        is_date("cancelled_on"),
        CheckConstraint("start GLOB '[0-2][0-9]:[0-5][0-9]'", name="start_is_time"),
        CheckConstraint("\"end\" GLOB '[0-2][0-9]:[0-5][0-9]'", name="end_is_time"),
        Index("ix_round_starts_on_ends_on", "starts_on", "ends_on"),
        NEVER_REUSED,
    )


class RoundBreak(Table):
    """Days on which a round rests: a holiday week that was chosen, or another break. Its occasions step over them."""

    __tablename__ = "round_break"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="ends_after_start"),
        is_date("from_on"),
        is_date("to_on"),
        Index("ix_round_break_round_id", "round_id"),
        NEVER_REUSED,
    )


class Place(Table):
    """One place of a round, by its number. An extra place lies past the round's limit and has a reason, which the report shows."""

    __tablename__ = "place"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    is_extra: Mapped[bool] = mapped_column(default=False)
    extra_reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_place_round_id_number"),
        # Between two numbers there is room for many: only whole ones are places.
        CheckConstraint("number >= 1 AND typeof(number) = 'integer'", name="number_range"),
        CheckConstraint("is_extra = (trim(extra_reason) <> '')", name="extra_with_reason"),
        is_flag("is_extra"),
        NEVER_REUSED,
    )


class Booking(Table):
    """One case's claim on a place in a programme: on the waiting list while it has none, then on one place from a day to a day.

    `position` orders the list of the programme. `is_ready` false is "suitable but not ready yet", perhaps until `ready_from`.
    `need` says in her own words what it is for. `action_id` is the step of the plan it came from, or gave. `closed_on` is the
    day a claim ended by no, by being taken off the list, or by stopping; a reason stands beside the last two.
    """

    __tablename__ = "booking"
    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    state: Mapped[str] = mapped_column(default=BookingState.REGISTERED)
    position: Mapped[int] = mapped_column(default=0)
    asked_on: Mapped[date]
    referrer_party_id: Mapped[int | None] = mapped_column(ForeignKey("party.id"))
    referrer: Mapped[str] = mapped_column(default="")
    need: Mapped[str] = mapped_column(default="")
    is_ready: Mapped[bool] = mapped_column(default=True)
    ready_from: Mapped[date | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id", ondelete="SET NULL"))
    closed_on: Mapped[date | None]
    break_off_reason: Mapped[str | None]
    removal_reason: Mapped[str | None]
    reason_text: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("state", BookingState),
        one_of("break_off_reason", BreakOffReason, empty=True),
        one_of("removal_reason", RemovalReason, empty=True),
        CheckConstraint(f"(state IN ({_listed(ON_A_PLACE)})) = (place_id IS NOT NULL)", name="place_by_state"),
        CheckConstraint(
            "(place_id IS NULL) = (starts_on IS NULL) AND (place_id IS NULL) = (ends_on IS NULL)", name="span_with_place"
        ),
        # A span that ends the day before it starts is empty: somebody stopped before her first day.
        CheckConstraint("place_id IS NULL OR ends_on >= date(starts_on, '-1 day')", name="span_in_order"),
        CheckConstraint("(state = 'broken_off') = (break_off_reason IS NOT NULL)", name="break_off_has_reason"),
        CheckConstraint("(state = 'removed') = (removal_reason IS NOT NULL)", name="removal_has_reason"),
        CheckConstraint(
            "(state IN ('completed', 'broken_off', 'declined', 'removed')) = (closed_on IS NOT NULL)", name="closed_has_day"
        ),
        is_flag("is_ready"),
        is_date("asked_on"),
        is_date("ready_from"),
        is_date("starts_on"),
        is_date("ends_on"),
        is_date("closed_on"),
        Index("uq_booking_one_alive", "programme_id", "case_id", unique=True, sqlite_where=text(f"state IN ({_listed(ALIVE)})")),
        Index("ix_booking_place_id", "place_id"),
        Index("ix_booking_case_id", "case_id"),
        Index("ix_booking_programme_id_state_position", "programme_id", "state", "position"),
        Index("ix_booking_state_ends_on", "state", "ends_on"),
        Index("ix_booking_action_id", "action_id"),
        Index("ix_booking_referrer_party_id", "referrer_party_id"),
        NEVER_REUSED,
    )


class Offer(Table):
    """A place offered to a claim, with the day by which it is to be answered; it holds the place until that day has passed.

    `place_number` is kept because a claim that ended has no place any more.
    """

    __tablename__ = "offer"
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    place_number: Mapped[int]
    starts_on: Mapped[date]
    offered_on: Mapped[date]
    answer_by: Mapped[date]
    reminded_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default=OfferOutcome.OPEN)
    settled_on: Mapped[date | None]
    reason_text: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("outcome", OfferOutcome),
        CheckConstraint("(outcome = 'open') = (settled_on IS NULL)", name="settled_has_day"),
        CheckConstraint("answer_by >= offered_on", name="answered_after"),
        is_date("starts_on"),
        is_date("offered_on"),
        is_date("answer_by"),
        is_date("reminded_on"),
        is_date("settled_on"),
        Index("uq_offer_one_open", "booking_id", unique=True, sqlite_where=text("outcome = 'open'")),
        Index("ix_offer_booking_id", "booking_id"),
        Index("ix_offer_round_id", "round_id"),
        Index("ix_offer_outcome_answer_by", "outcome", "answer_by"),
        NEVER_REUSED,
    )


class PassOver(Table):
    """Why one who waited was passed over, and for whose claim; by an offer, or by a place further up the list (`product.md` rule 3)."""

    __tablename__ = "pass_over"
    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    for_booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"))
    on: Mapped[date]
    reason: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        one_of("reason", PassOverReason),
        CheckConstraint("reason <> 'other' OR trim(text) <> ''", name="other_has_words"),
        CheckConstraint("booking_id <> for_booking_id", name="for_another"),
        Index("ix_pass_over_booking_id", "booking_id"),
        Index("ix_pass_over_for_booking_id", "for_booking_id"),
        Index("ix_pass_over_offer_id", "offer_id"),
        NEVER_REUSED,
    )


class Occasion(Table):
    """One half-day of a round. `moved_from` is the day it was made for, `is_added` that it came on top of the round's pattern."""

    __tablename__ = "occasion"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    on: Mapped[date]
    start: Mapped[str]
    end: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=OccasionState.PLANNED)
    cancelled_reason: Mapped[str] = mapped_column(default="")
    moved_from: Mapped[date | None]
    is_added: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        one_of("state", OccasionState),
        CheckConstraint("(state = 'cancelled') = (trim(cancelled_reason) <> '')", name="cancelled_with_reason"),
        CheckConstraint("\"end\" > start", name="end_after_start"),
        CheckConstraint("\"on\" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'", name="on_is_date"),
        CheckConstraint("start GLOB '[0-2][0-9]:[0-5][0-9]'", name="start_is_time"),
        CheckConstraint("\"end\" GLOB '[0-2][0-9]:[0-5][0-9]'", name="end_is_time"),
        is_date("moved_from"),
        is_flag("is_added"),
        UniqueConstraint("round_id", "on", "start", name="uq_occasion_round_id_on_start"),
        Index("ix_occasion_on", "on"),
        NEVER_REUSED,
    )


class Attendance(Table):
    """How it was with one person at one occasion. An absence has no cause, here or anywhere."""

    __tablename__ = "attendance"
    id: Mapped[int] = mapped_column(primary_key=True)
    occasion_id: Mapped[int] = mapped_column(ForeignKey("occasion.id", ondelete="CASCADE"))
    booking_id: Mapped[int] = mapped_column(ForeignKey("booking.id", ondelete="CASCADE"))
    mark: Mapped[str]
    __table_args__ = (
        one_of("mark", AttendanceMark),
        UniqueConstraint("occasion_id", "booking_id", name="uq_attendance_occasion_id_booking_id"),
        Index("ix_attendance_booking_id", "booking_id"),
        NEVER_REUSED,
    )


# --- The guards. Their words reach nobody: a service has said the same in a sentence before, and this is the last ring. ---

#: What the triggers call themselves in an error; `store.database` and the tests know them by it.
PLACE_TAKEN = "place_taken"
PAST_THE_LIMIT = "past_the_limit"

_TAKEN = f"""
BEGIN
  SELECT RAISE(ABORT, '{PLACE_TAKEN}') WHERE EXISTS (
    SELECT 1 FROM booking AS other
    WHERE other.place_id = NEW.place_id %s
      AND other.starts_on <= other.ends_on AND NEW.starts_on <= NEW.ends_on
      AND other.starts_on <= NEW.ends_on AND other.ends_on >= NEW.starts_on);
END
"""
# Before a row is inserted SQLite leaves its new id undefined, so only an update looks past the row itself.
_TAKEN_BY_NEW, _TAKEN_BY_CHANGED = _TAKEN % "", _TAKEN % "AND other.id <> OLD.id"
_LIMIT = f"""
WHEN NEW.is_extra = 0
BEGIN
  SELECT RAISE(ABORT, '{PAST_THE_LIMIT}') WHERE NEW.number > (SELECT max_places FROM round WHERE id = NEW.round_id);
END
"""
_BELOW = f"""
BEGIN
  SELECT RAISE(ABORT, '{PAST_THE_LIMIT}') WHERE EXISTS (
    SELECT 1 FROM place WHERE round_id = NEW.id AND is_extra = 0 AND number > NEW.max_places);
END
"""
_GUARDS = (
    (Booking, f"CREATE TRIGGER booking_place_taken_insert BEFORE INSERT ON booking WHEN NEW.place_id IS NOT NULL {_TAKEN_BY_NEW}"),
    (
        Booking,
        f"CREATE TRIGGER booking_place_taken_update BEFORE UPDATE OF id, place_id, starts_on, ends_on ON booking "
        f"WHEN NEW.place_id IS NOT NULL {_TAKEN_BY_CHANGED}",
    ),
    (Place, f"CREATE TRIGGER place_past_the_limit_insert BEFORE INSERT ON place {_LIMIT}"),
    (Place, f"CREATE TRIGGER place_past_the_limit_update BEFORE UPDATE OF round_id, number, is_extra ON place {_LIMIT}"),
    (Place, f"CREATE TRIGGER round_below_its_places BEFORE UPDATE OF max_places ON round {_BELOW}"),
    # A round that is written anew over itself keeps its places.
    (Place, f"CREATE TRIGGER round_below_its_places_insert BEFORE INSERT ON round {_BELOW}"),
)
for _table, _statement in _GUARDS:
    event.listen(_table.__table__, "after_create", DDL(_statement.replace("%", "%%")))
