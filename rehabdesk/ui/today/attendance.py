"""On Idag: half-days that are past and neither held nor cancelled."""

from __future__ import annotations

from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line


def attendance_lines(context: Context) -> list[Line]:
    """A line for each round that has such, by the day of the first."""
    texts = context.texts
    return [
        Line(
            texts.count(
                "{round}: {n} occasion is neither held nor cancelled.", "{round}: {n} occasions are neither held nor cancelled.",
                row.count, round=row.title,
            ),
            Target("prerehab", "round", row.round_id, "attendance"), day=texts.short_day(row.first_on),
        )
        for row in context.store.read(queries.not_settled, context.clock.today())
    ]  # fmt: skip
