"""Marking attendance: one person, everybody at an occasion and then the exceptions; and that an occasion was held.

That somebody came says that the occasion was held, so a mark of that holds it in the same step. An absence says nothing of it,
and may be known before the day. What was not held after all has no marks.
"""

from __future__ import annotations

from sqlalchemy import delete, select

from rehabdesk.domain.attendance import CAME, OccasionFacts, problems_with_holding, problems_with_mark
from rehabdesk.domain.prerehab import AttendanceMark, OccasionState
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.store.history import Label
from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.prerehab import Attendance, Occasion


def mark(store: Store, occasion_id: int, booking_id: int, how: AttendanceMark) -> None:
    """How it was with one person at one occasion, instead of what was marked before."""
    with store.write(Label("attendance.marked")) as writing:
        occasion = existing(writing, Occasion, occasion_id, "occasion")
        people = {person.id: person for person in writing.read(queries.people, occasion.round_id)}
        if booking_id not in people:
            raise Refused(Problem("attendance.not_started"))
        refuse_if(problems_with_mark(_facts(occasion), people[booking_id].facts, how, writing.today))
        if how in CAME:
            occasion.state = OccasionState.HELD
        kept = writing.session.scalar(_kept(occasion_id).where(Attendance.booking_id == booking_id))
        if kept is None:
            writing.session.add(Attendance(occasion_id=occasion_id, booking_id=booking_id, mark=how))
        else:
            kept.mark = how
        writing.log("attendance_marked", "booking", booking_id, case=people[booking_id].case_id, occasion=occasion_id)


def mark_all(store: Store, occasion_id: int) -> int:
    """Everybody at an occasion attended, but for those who are marked already; returns how many were marked. It was held."""
    with store.write(Label("attendance.all_marked")) as writing:
        occasion = existing(writing, Occasion, occasion_id, "occasion")
        refuse_if(problems_with_holding(_facts(occasion), writing.today))
        there = [person.id for person in writing.read(queries.people, occasion.round_id) if person.facts.is_there_on(occasion.on)]
        if not there:
            raise Refused(Problem("attendance.nobody"))
        known = {row.booking_id for row in writing.session.scalars(_kept(occasion_id))}
        new = [booking_id for booking_id in there if booking_id not in known]
        occasion.state = OccasionState.HELD
        writing.session.add_all(
            [Attendance(occasion_id=occasion_id, booking_id=booking_id, mark=AttendanceMark.ATTENDED) for booking_id in new]
        )
        writing.log("attendance_marked", "occasion", occasion_id, count=len(new))
        return len(new)


def clear(store: Store, occasion_id: int, booking_id: int) -> None:
    """Nothing is known of this person at this occasion. That it was held, if it was, is still so."""
    with store.write(Label("attendance.cleared")) as writing:
        writing.session.execute(delete(Attendance).where(Attendance.occasion_id == occasion_id, Attendance.booking_id == booking_id))
        writing.log("attendance_cleared", "booking", booking_id, occasion=occasion_id)


def hold_occasion(store: Store, occasion_id: int) -> None:
    """The occasion was held, whoever came."""
    with store.write(Label("attendance.held")) as writing:
        occasion = existing(writing, Occasion, occasion_id, "occasion")
        refuse_if(problems_with_holding(_facts(occasion), writing.today))
        occasion.state = OccasionState.HELD


def not_held_after_all(store: Store, occasion_id: int) -> int:
    """The occasion was not held: it stands as planned again, without a mark; returns how many marks went."""
    with store.write(Label("attendance.not_held")) as writing:
        occasion = existing(writing, Occasion, occasion_id, "occasion")
        if occasion.state != OccasionState.HELD:
            return 0
        marks = writing.session.scalars(_kept(occasion_id)).all()
        for row in marks:
            writing.session.delete(row)
        occasion.state = OccasionState.PLANNED
        writing.log("attendance_cleared", "occasion", occasion_id, count=len(marks))
        return len(marks)


def _facts(occasion: Occasion) -> OccasionFacts:
    return OccasionFacts(occasion.on, OccasionState(occasion.state))


def _kept(occasion_id: int) -> object:
    return select(Attendance).where(Attendance.occasion_id == occasion_id)
