"""Idag's lines about measurements: which rounds lack what is due before, at the end, or after. By round, never by person."""

from __future__ import annotations

from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.store.queries.prerehab.measures import MissingRow
from rehabdesk.ui.prerehab.measures_words import moment_title
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line


def measure_lines(context: Context) -> list[Line]:
    """A line for each round and moment; each opens the round's measurements."""
    return [_line(context, row) for row in context.store.read(queries.missing, context.clock.today())]


def _line(context: Context, row: MissingRow) -> Line:
    texts = context.texts
    told = texts.count(
        "{round}: {n} of {asked} is to be measured.", "{round}: {n} of {asked} are to be measured.",
        row.missing, round=row.round_title, asked=row.asked,
    )  # fmt: skip
    return Line(told, Target("prerehab", "round", row.round_id, "measures"), aside=moment_title(texts, row.moment))
