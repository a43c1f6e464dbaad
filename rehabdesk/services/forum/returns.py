"""When an item comes back: the planned session that takes it up, the same on paper as in the forecast and on the next agenda."""

from __future__ import annotations

from sqlalchemy import Connection

from rehabdesk.domain.forum import Return, SessionState
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.queries.forum.sessions import SessionRow


def coming_sessions(connection: Connection, session: SessionRow) -> list[SessionRow]:
    """The planned sessions of the series after this one, the nearest first."""
    return sorted(
        (
            other
            for other in session_queries.sessions(connection, series_id=session.series_id)
            if other.state is SessionState.PLANNED and (other.held_on, other.start) > (session.held_on, session.start)
        ),
        key=_by_start,
    )


def session_of_return(coming: list[SessionRow], item: ItemRow) -> SessionRow | None:
    """The session the item comes back to: the next one, or the first on or after its date; none for "when an action is done"."""
    if item.return_kind is Return.NEXT_SESSION:
        return coming[0] if coming else None
    if item.return_kind is Return.DATE and item.return_on is not None:
        return next((other for other in coming if other.held_on >= item.return_on), None)
    return None


def _by_start(session: SessionRow) -> tuple[object, str]:
    return session.held_on, session.start
