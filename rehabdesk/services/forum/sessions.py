"""Planning sessions: a date, the standing agenda, those who usually come; moving and cancelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from rehabdesk.domain.forum import (
    ItemKind,
    Presence,
    SessionState,
    problems_before_cancelling,
    problems_with_times,
)
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, line
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import (
    AgendaItem,
    Attendee,
    ForumSession,
    SeriesMember,
    SessionSeries,
    StandingItem,
)
from rehabdesk.store.tables.parties import Contact


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """What is asked for when a session is planned or moved; times are "HH:MM"."""

    held_on: date | None
    start: str
    end: str
    place: str = ""


def plan_session(store: Store, series_id: int, plan: SessionPlan) -> int:
    """Make a planned session with its series' standing agenda and members; returns its id."""
    refuse_if(_problems(plan))
    with store.write(Label("forum.session_planned", {"on": plan.held_on})) as writing:
        series = existing(writing, SessionSeries, series_id, "series")
        highest = writing.session.scalar(select(func.max(ForumSession.number)).where(ForumSession.series_id == series_id))
        session = ForumSession(
            series_id=series.id,
            number=(highest or 0) + 1,
            held_on=plan.held_on,
            start=plan.start,
            end=plan.end,
            place=line(plan.place),
            state=SessionState.PLANNED,
        )
        writing.session.add(session)
        writing.flush()
        _add_standing_agenda(writing, session)
        _add_members(writing, session)
        return session.id


def change_session(store: Store, session_id: int, plan: SessionPlan) -> None:
    """Move a planned session to another day, time or place."""
    refuse_if(_problems(plan))
    with store.write(Label("forum.session_changed"), merge_key=("session", session_id)) as writing:
        session = _planned(writing, session_id)
        session.held_on, session.start, session.end, session.place = plan.held_on, plan.start, plan.end, line(plan.place)


def set_chair(store: Store, session_id: int, *, chair: str | None = None, secretary: str | None = None) -> None:
    """Who leads, and who writes, until the minutes are locked."""
    with store.write(Label("forum.session_changed"), merge_key=("chair", session_id)) as writing:
        session = existing(writing, ForumSession, session_id, "session")
        refuse_if([Problem("session.already_locked")] if session.state == SessionState.LOCKED else [])
        session.chair = session.chair if chair is None else line(chair)
        session.secretary = session.secretary if secretary is None else line(secretary)


def cancel_session(store: Store, session_id: int, reason: str) -> None:
    """Cancel a planned session, with a reason. Its cases go to the parking list, so that none is forgotten."""
    reason = line(reason, "reason")
    with store.write(Label("forum.session_cancelled")) as writing:
        session = existing(writing, ForumSession, session_id, "session")
        refuse_if(problems_before_cancelling(SessionState(session.state), reason))
        session.state, session.cancelled_reason = SessionState.CANCELLED, reason
        for item in writing.session.scalars(select(AgendaItem).where(AgendaItem.session_id == session_id)):
            if item.standing_item_id is None:
                item.session_id, item.position = None, 0


def remove_session(store: Store, session_id: int) -> None:
    """Take away a planned session that holds nothing but its standing agenda."""
    with store.write(Label("forum.session_removed")) as writing:
        session = _planned(writing, session_id)
        items = writing.session.scalars(select(AgendaItem).where(AgendaItem.session_id == session_id)).all()
        if any(item.standing_item_id is None for item in items):
            raise Refused(Problem("session.has_items"))
        for item in items:
            writing.session.delete(item)
        writing.flush()
        writing.session.delete(session)


def _problems(plan: SessionPlan) -> tuple[Problem, ...]:
    missing = () if plan.held_on else (Problem("session.date_missing", "date"),)
    return missing + problems_with_times(plan.start, plan.end)


def _planned(writing: Writing, session_id: int) -> ForumSession:
    session = existing(writing, ForumSession, session_id, "session")
    if session.state != SessionState.PLANNED:
        raise Refused(Problem("session.not_planned"))
    return session


def _add_standing_agenda(writing: Writing, session: ForumSession) -> None:
    lines = writing.session.scalars(
        select(StandingItem)
        .where(StandingItem.series_id == session.series_id)
        .order_by(StandingItem.is_last, StandingItem.position, StandingItem.id)
    )
    due = [standing for standing in lines if (session.number - 1) % standing.every == 0]
    for position, standing in enumerate(due, start=1):
        writing.session.add(
            AgendaItem(
                series_id=session.series_id,
                session_id=session.id,
                position=position,
                kind=ItemKind.GENERAL,
                title=standing.title,
                minutes=standing.minutes,
                presenter=standing.presenter,
                standing_item_id=standing.id,
            )
        )


def _add_members(writing: Writing, session: ForumSession) -> None:
    members = writing.session.execute(
        select(Contact.id, Contact.party_id)
        .join(SeriesMember, SeriesMember.contact_id == Contact.id)
        .where(SeriesMember.series_id == session.series_id, Contact.ended_on.is_(None))
    )
    for contact_id, party_id in members.all():
        writing.session.add(
            Attendee(session_id=session.id, contact_id=contact_id, party_id=party_id, presence=Presence.EXPECTED)
        )
