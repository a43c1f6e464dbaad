"""Figures of pre-rehabilitation, masked: of a programme or all of them over a period, or of one round. Reading functions only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from rehabdesk.documents import figures as figure_words
from rehabdesk.domain.figure_drawings import FigureSection
from rehabdesk.domain.figures import (
    ClaimFacts,
    ExtraPlace,
    Figures,
    Fill,
    Period,
    PeriodKind,
    RoundFacts,
    fills,
    people,
    people_of_one,
    people_of_year,
    period_with,
    presence,
    together,
    waits,
)
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.masking import mask_line
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.store.queries.prerehab import attendance as attendance_queries
from rehabdesk.store.queries.prerehab import figures as queries
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
    found = _figures(connection, period, chosen, claims, parts)
    if programme_id is None or period.kind is not PeriodKind.YEAR or not told:
        return found
    persons = people_of_year({one.id: _of(connection, one.id, claims) for one in chosen if one.id in told})
    if persons.has_sexes:
        return replace(found, people=persons)
    return replace(found, people=persons, presence=replace(found.presence, women=None, men=None), waits_of_women=(), waits_of_men=())


def of_round(connection: Connection, round_id: int, today: date) -> Figures:
    """Of one round."""
    programme_id = next((one.programme_id for one in queries.rounds(connection) if one.id == round_id), None)
    if programme_id is None:
        raise no_longer_there("round")
    rounds, claims = queries.rounds(connection, programme_id), queries.claims(connection, today, programme_id)
    chosen = [one for one in rounds if one.id == round_id]
    period = Period(PeriodKind.FREE, chosen[0].starts_on, chosen[0].starts_on)
    told = fills(rounds, claims, period, today)
    found = _figures(connection, period, chosen, claims, (told[round_id],) if round_id in told else ())
    year = period_with(PeriodKind.YEAR, chosen[0].starts_on)
    among = [one.id for one in rounds if year.holds(one.starts_on) and not one.is_cancelled]
    persons = people_of_one({one: _of(connection, one, claims) for one in among}, round_id) if round_id in among else found.people
    # What is told of women and men is told of a year: see `people_of_one`.
    alone = replace(found.presence, women=None, men=None)
    return replace(found, people=persons, presence=alone, waits_of_women=(), waits_of_men=())


def _of(connection: Connection, round_id: int, claims: Collection[ClaimFacts]) -> tuple[list[ClaimFacts], frozenset[int]]:
    return [claim for claim in claims if claim.round_id == round_id], queries.asked(connection, (round_id,))


def sections(told: Figures, texts: Texts) -> tuple[FigureSection, ...]:
    """Figures in words, as a paper says them: the window shows the same pictures and tables."""
    return figure_words.sections(told, texts)


def masking_note(texts: Texts) -> str:
    """What the two dots mean."""
    return figure_words.masking_note(texts)


def _of_programme(rounds: Collection[RoundFacts], told: dict[int, Fill], programme_id: int) -> list[Fill]:
    return [told[one.id] for one in rounds if one.programme_id == programme_id and one.id in told]


def _figures(
    connection: Connection, period: Period, chosen: list[RoundFacts], claims: Collection[ClaimFacts], parts: tuple[Fill, ...]
) -> Figures:
    run = frozenset(one.id for one in chosen if not one.is_cancelled)
    began = [claim for claim in claims if claim.round_id in run]
    persons = people(began, queries.asked(connection, run))
    by_sex = {sex: [claim for claim in began if claim.sex is sex] if persons.has_sexes else [] for sex in LegalSex}
    shares = attendance_queries.shares_of_rounds(connection, run)
    by_id = {claim.id: claim for claim in began}
    tallies = [(by_id[one.booking_id], one.tally) for round_ in shares.values() for one in round_.people if one.booking_id in by_id]
    held, cancelled = sum(one.held for one in shares.values()), sum(one.cancelled for one in shares.values())
    waiting = len({claim.participant_id for claim in claims if claim.state is BookingState.REGISTERED})
    return Figures(
        period=period,
        parts=parts,
        total=together("", parts),
        cancelled_rounds=len(chosen) - len(run),
        people=persons,
        waits=waits(began),
        waits_of_women=waits(by_sex[LegalSex.WOMAN]) if persons.has_sexes else (),
        waits_of_men=waits(by_sex[LegalSex.MAN]) if persons.has_sexes else (),
        presence=presence(tallies, held, cancelled, are_apart=persons.has_sexes),
        extras=_extras(connection, chosen, run),
        waiting=mask_line([waiting]).total,
    )


def _extras(connection: Connection, chosen: list[RoundFacts], run: Collection[int]) -> tuple[ExtraPlace, ...]:
    titles = {one.id: one.title for one in chosen}
    return tuple(ExtraPlace(titles[round_id], reason) for round_id, reason in queries.extras(connection, run))
