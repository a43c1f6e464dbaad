"""Idag's lines about places: offers that ran out, offers that wait for an answer, and places free while somebody waits.

They are told by round and by how many: whose they are stands on the round's own page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from rehabdesk.domain.claims import is_ready_on
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line

SOON = 2
"""So many days before the last one an offer that nobody has answered is marked."""


def place_lines(context: Context) -> list[Line]:
    """A line for each round and kind, what ran out first. Each opens the round's places."""
    store, today = context.store, context.clock.today()
    offers = store.read(queries.open_offers, today)
    expired, waiting = (_by_round(row for row in offers if row.is_expired is is_expired) for is_expired in (True, False))
    lines = [_expired(context, rows) for rows in expired] + [_waiting(context, rows) for rows in waiting]
    in_line = store.read(queries.waiting, None, today)
    if not in_line:
        return lines
    rounds = [row for row in store.read(round_queries.rounds, today, not_over=True) if row.free and row.span.takes_people(today)]
    return lines + [line for row in rounds if (line := _free(context, row, in_line, today)) is not None]


def _expired(context: Context, rows: list[ClaimRow]) -> Line:
    texts = context.texts
    words = texts.count("{round}: {n} offer was not answered in time.", "{round}: {n} offers were not answered in time.", len(rows), round=rows[0].round_title)
    return Line(words, _places(rows[0].round_id), day=texts.short_day(rows[0].answer_by), aside=texts.name("offer", "expired"), aside_tone=Tone.RED)


def _waiting(context: Context, rows: list[ClaimRow]) -> Line:
    texts, by = context.texts, rows[0].answer_by
    words = texts.count("{round}: {n} offer waits for an answer.", "{round}: {n} offers wait for an answer.", len(rows), round=rows[0].round_title)
    is_soon = (by - context.clock.today()).days <= SOON
    return Line(words, _places(rows[0].round_id), day=texts.short_day(by), aside=texts.name("offer", "soon") if is_soon else "")


def _free(context: Context, row: RoundRow, in_line: tuple[ClaimRow, ...], today: date) -> Line | None:
    """Places free in a round while somebody on its programme's list is ready by its first day."""
    first = max(row.starts_on, today)
    ready = sum(claim.programme_id == row.programme_id and is_ready_on(claim.is_ready, claim.ready_from, first) for claim in in_line)
    if not ready:
        return None
    texts = context.texts
    wait = texts.count("{n} waits and is ready", "{n} wait and are ready", ready)
    words = texts.count("{round}: {n} place is free, {wait}.", "{round}: {n} places are free, {wait}.", row.free, round=row.title, wait=wait)
    return Line(words, _places(row.id), day=texts.short_day(row.starts_on))


def _by_round(rows: Iterable[ClaimRow]) -> list[list[ClaimRow]]:
    """The earliest last day first, in each round and among the rounds."""
    found: dict[int, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        found[row.round_id].append(row)
    return list(found.values())


def _places(round_id: int) -> Target:
    return Target("prerehab", "round", round_id, "places")
