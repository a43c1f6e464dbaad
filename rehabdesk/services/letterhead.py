"""What every paper says about its sender: the controller with its logo, and whom the reader may ring."""

from __future__ import annotations

from sqlalchemy import Connection

from rehabdesk.domain.papers import Letterhead, Questions
from rehabdesk.store.queries import parties, settings
from rehabdesk.store.queries.forum import sessions
from rehabdesk.store.queries.prerehab import programmes
from rehabdesk.store.store import no_longer_there


def letterhead(connection: Connection, series_id: int) -> Letterhead:
    """The head of every paper of a series."""
    series = sessions.one_series(connection, series_id)
    if series is None:
        raise no_longer_there("series")
    return Letterhead(
        organisation=series.controller_name,
        forum=series.name,
        controller=series.controller,
        logo=parties.logo(connection, series.controller_id),
        is_demo=settings.is_demo(connection),
    )


def letterhead_of_programme(connection: Connection, programme_id: int) -> Letterhead:
    """The head of every paper of a programme, whose controller is its own."""
    programme = programmes.programme(connection, programme_id)
    if programme is None:
        raise no_longer_there("programme")
    return Letterhead(
        organisation=programme.controller_name,
        forum=programme.name,
        controller=programme.controller,
        logo=parties.logo(connection, programme.controller_id),
        is_demo=settings.is_demo(connection),
    )


def questions(connection: Connection) -> Questions:
    """Whom a reader may ring, and when."""
    coordinator = settings.coordinator(connection)
    return Questions(coordinator.title, coordinator.name, coordinator.phone, coordinator.hours)
