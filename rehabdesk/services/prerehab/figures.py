"""Figures of pre-rehabilitation, masked: of a programme or all of them over a period, or of one round. Reading functions only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from rehabdesk.documents import figures as figure_words
from rehabdesk.domain import figure_sums
from rehabdesk.domain.figure_drawings import FigureSection
from rehabdesk.domain.figures import (
    ClaimFacts,
    ExtraPlace,
    Figures,
    Fill,
    People,
    Period,
    PeriodKind,
    Presence,
    RoundFacts,
    fills,
    people_of_each,
    people_of_year,
    presence,
    together,
    waits,
)
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.masking import mask_line
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.store.queries.prerehab import attendance as attendance_queries
from rehabdesk.store.queries.prerehab import figures as queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.store import no_longer_there
from rehabdesk.texts import Texts


def figures(connection: Connection, period: Period, programme_id: int | None, today: date) -> Figures:
    """Of all rounds that begin in a period; of one programme by its rounds, of all of them by programme."""
    rounds = queries.rounds(connection, programme_id)
    claims = queries.claims(connection, today, programme_id)
    told = fills(rounds, claims, period, today)
    if programme_id is not None:
        parts = tuple(told.values())
    else:
        names = {one.programme_id: one.programme for one in rounds if one.id in told}
        parts = tuple(together(name, _of_programme(rounds, told, its_id)) for its_id, name in names.items())
    chosen = [one for one in rounds if period.holds(one.starts_on)]
    years = figure_sums.years_of(rounds, told.keys())
    is_whole = all(one in told for ids in years for one in ids)
    return _figures(connection, period, chosen, claims, parts, years, are_apart=is_whole)


def of_round(connection: Connection, round_id: int, today: date) -> Figures:
    """Of one round. What is told of women and men is told of a year: see `people_of_each`."""
    row = round_queries.round_of(connection, round_id, today)
    if row is None:
        raise no_longer_there("round")
    rounds, claims = queries.rounds(connection, row.programme_id), queries.claims(connection, today, row.programme_id)
    chosen = [one for one in rounds if one.id == round_id]
    period = Period(PeriodKind.FREE, chosen[0].starts_on, chosen[0].starts_on)
    told = fills(rounds, claims, period, today)
    parts = (told[round_id],) if round_id in told else ()
    return _figures(connection, period, chosen, claims, parts, figure_sums.years_of(rounds, {round_id}), are_apart=False)


def people_of(connection: Connection, programme_id: int, *, round_id: int | None = None, year: int | None = None) -> People:
    """How many were asked, began and stopped: of a round, of the rounds that began in a year, or of all of a programme."""
    rounds = queries.rounds(connection, programme_id)
    # Who has begun is the same on any day that is today.
    claims = queries.claims(connection, date.max, programme_id)
    run = {one.id for one in rounds if not one.is_cancelled and round_id in (None, one.id) and year in (None, one.starts_on.year)}
    return _people(connection, claims, figure_sums.years_of(rounds, run), run, are_apart=round_id is None)


def _people(
    connection: Connection, claims: Collection[ClaimFacts], years: Collection[Collection[int]], run: Collection[int], *, are_apart: bool
) -> People:
    """Each year that lies within whole, and of the others each round: see `domain.figure_sums`."""
    on_round: dict[int, list[ClaimFacts]] = {}
    for claim in claims:
        if claim.round_id is not None:
            on_round.setdefault(claim.round_id, []).append(claim)
    asked = queries.asked(connection, {one for ids in years for one in ids})
    parts: list[People] = []
    for ids in years:
        facts = {one: (on_round.get(one, ()), asked[one]) for one in ids}
        if are_apart and all(one in run for one in ids):
            parts.append(people_of_year(facts))
        else:
            parts += people_of_each(facts, [one for one in ids if one in run])
    return figure_sums.put_together(parts, are_apart=are_apart)


def sections(told: Figures, texts: Texts) -> tuple[FigureSection, ...]:
    """Figures in words, as a paper says them: the window shows the same pictures and tables."""
    return figure_words.sections(told, texts)


def masking_note(texts: Texts) -> str:
    """What the two dots mean."""
    return figure_words.masking_note(texts)


def _of_programme(rounds: Collection[RoundFacts], told: dict[int, Fill], programme_id: int) -> list[Fill]:
    return [told[one.id] for one in rounds if one.programme_id == programme_id and one.id in told]


def _figures(
    connection: Connection, period: Period, chosen: list[RoundFacts], claims: Collection[ClaimFacts], parts: tuple[Fill, ...],
    years: Collection[Collection[int]], *, are_apart: bool,
) -> Figures:  # fmt: skip
    run = frozenset(one.id for one in chosen if not one.is_cancelled)
    began = [claim for claim in claims if claim.round_id in run]
    persons = _people(connection, claims, years, run, are_apart=are_apart)
    has_sexes = are_apart and persons.has_sexes
    of_women, of_men = ([claim for claim in began if claim.sex is sex] for sex in LegalSex)
    return Figures(
        period=period,
        parts=parts,
        total=together("", parts),
        cancelled_rounds=len(chosen) - len(run),
        people=persons,
        waits=waits(began),
        waits_of_women=waits(of_women) if has_sexes else (),
        waits_of_men=waits(of_men) if has_sexes else (),
        presence=_presence(connection, began, years, run, are_apart=has_sexes),
        extras=_extras(connection, chosen, run),
        waiting=mask_line([len({claim.participant_id for claim in claims if claim.state is BookingState.REGISTERED})]).total,
    )


def _presence(
    connection: Connection, began: Collection[ClaimFacts], years: Collection[Collection[int]], run: Collection[int], *, are_apart: bool
) -> Presence:
    """Of the chosen rounds; who came to the others of their years is asked as well, since it may be laid beside."""
    every = attendance_queries.shares_of_rounds(connection, {one for ids in years for one in ids})
    shares = [every[one] for one in run]
    by_id = {claim.id: claim for claim in began}
    tallies = [(by_id[one.booking_id], one.tally) for round_ in shares for one in round_.people if one.booking_id in by_id]
    found = presence(tallies, sum(one.held for one in shares), sum(one.cancelled for one in shares), are_apart=are_apart)
    persons = {place: sum(bool(one.tally.held) for one in round_.people) for place, round_ in every.items()}
    return found if figure_sums.attendance_is_told(years, run, persons) else Presence(found.held, found.cancelled)


def _extras(connection: Connection, chosen: list[RoundFacts], run: Collection[int]) -> tuple[ExtraPlace, ...]:
    titles = {one.id: one.title for one in chosen}
    return tuple(ExtraPlace(titles[round_id], reason) for round_id, reason in queries.extras(connection, run))
