"""The round report: composed from figures that are masked already. For anybody, and for the file."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from rehabdesk.domain.figures import PeriodKind, period_with
from rehabdesk.domain.hand_outs import ReaderKind, Wanted
from rehabdesk.domain.papers import Document, Imprint
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.round_report import RoundReportDocument
from rehabdesk.services.letterhead import letterhead_of_programme, questions
from rehabdesk.services.prerehab import figures
from rehabdesk.services.prerehab.measures import change_of_programme, change_of_round
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.store import no_longer_there


def compose(connection: Connection, wanted: Wanted, now: datetime) -> Document:
    """The report as it stands today."""
    if wanted.round_id is None or wanted.reader.kind not in (ReaderKind.ANYBODY, ReaderKind.FILE):
        raise Refused(Problem("paper.unknown"))
    today = now.date()
    row = round_queries.round_of(connection, wanted.round_id, today)
    if row is None:
        raise no_longer_there("round")
    programme = programme_queries.programme(connection, row.programme_id)
    year = period_with(PeriodKind.YEAR, row.starts_on)
    return RoundReportDocument(
        letterhead=letterhead_of_programme(connection, row.programme_id),
        imprint=Imprint(row.title, today),
        programme=row.programme,
        title=row.title,
        supplier=programme.supplier if programme is not None else "",
        place=row.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        weeks=row.weeks,
        occasions=row.occasion_count,
        max_places=row.max_places,
        figures=figures.of_round(connection, row.id, today),
        of_programme=figures.figures(connection, year, row.programme_id, today),
        change=change_of_round(connection, row.id, today),
        change_of_programme=change_of_programme(connection, row.programme_id, year=row.starts_on.year),
        questions=questions(connection),
        cancelled_on=row.cancelled_on,
        cancelled_reason=row.cancelled_reason,
    )
