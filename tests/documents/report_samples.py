"""Samples of the round report: one of a whole round, one of a round with few people, one of a round that was cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.domain.attendance import Tally
from rehabdesk.domain.change_report import ChangeReport, Measured, Scope, change_report
from rehabdesk.domain.figures import (
    ClaimFacts,
    ExtraPlace,
    Figures,
    Period,
    PeriodKind,
    RoundFacts,
    fills,
    people,
    people_of_one,
    period_with,
    presence,
    together,
    waits,
)
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.papers import Imprint, Letterhead, Questions
from rehabdesk.domain.prerehab import BookingState, BreakOffReason, Moment
from rehabdesk.domain.round_report import RoundReportDocument
from rehabdesk.services import instruments as shelf

TODAY = date(2026, 11, 24)
FIRST, WEEKS, PLACES = date(2026, 1, 13), 8, 18
LETTERHEAD = Letterhead("Vara kommun", "Grön prerehab", "Vara kommun, kommunstyrelsen")
QUESTIONS = Questions("rehabsamordnare", "Anna Lind", "0512-310 00", "Vardagar kl. 9–15.")


def round_report(people_count: int = 17) -> RoundReportDocument:
    """The report of the first of three rounds in a year."""
    rounds = [_round(number) for number in (1, 2, 3)]
    claims = [*_claims(rounds[0], people_count), *_claims(rounds[1], 14, going_on=True), *_coming()]
    year = period_with(PeriodKind.YEAR, FIRST)
    return RoundReportDocument(
        letterhead=LETTERHEAD,
        imprint=Imprint("Grön prerehab 1", TODAY),
        programme="Grön prerehab",
        title="Grön prerehab 1",
        supplier="Lillgården AB",
        place="Lillgården, Vara",
        starts_on=FIRST,
        ends_on=rounds[0].occasions[-1],
        weeks=WEEKS,
        occasions=2 * WEEKS,
        max_places=PLACES,
        figures=_of_one(rounds[0], claims),
        of_programme=_figures(rounds, claims, year),
        change=_change(people_count),
        change_of_programme=_change(people_count + 14),
        questions=QUESTIONS,
    )


def cancelled_report() -> RoundReportDocument:
    """The report of a round that never came to be."""
    whole = round_report(0)
    cancelled = replace(whole.figures, parts=(), total=together("", ()), cancelled_rounds=1, extras=())
    return replace(
        whole, figures=cancelled, change=ChangeReport(0, 0, 0, ()), change_of_programme=ChangeReport(0, 0, 0, ()), cancelled_on=date(2025, 12, 15), cancelled_reason="Gården är såld."
    )


def _round(number: int) -> RoundFacts:
    first = FIRST + timedelta(weeks=(0, 16, 47)[number - 1])
    days = tuple(first + timedelta(days=7 * week + day) for week in range(WEEKS) for day in (0, 2))
    ids = tuple(number * 100 + place for place in range(PLACES))
    return RoundFacts(number, 1, "Grön prerehab", f"Grön prerehab {number}", 80, first, None, False, ids, days)


def _claims(one: RoundFacts, count: int, *, going_on: bool = False) -> list[ClaimFacts]:
    found = []
    for place in range(count):
        # Five for one reason and five for another: enough to be told.
        stopped = not going_on and place % 10 in (3, 4, 5, 6, 7) and place < 10
        state = BookingState.BROKEN_OFF if stopped else BookingState.STARTED if going_on else BookingState.COMPLETED
        found.append(ClaimFacts(
            id=one.id * 1000 + place, programme_id=1, participant_id=one.id * 1000 + place,
            sex=LegalSex.WOMAN if place % 2 else LegalSex.MAN, state=state, asked_on=one.starts_on - timedelta(days=40 + 3 * place),
            round_id=one.id, place_id=one.place_ids[place], starts_on=one.starts_on,
            ends_on=one.starts_on + timedelta(days=20) if stopped else one.occasions[-1],
            first_offered_on=one.starts_on - timedelta(days=21 + place % 6), reason=BreakOffReason.BACK_AT_WORK if stopped else None,
        ))  # fmt: skip
    return found


def _coming() -> list[ClaimFacts]:
    return [ClaimFacts(9000 + number, 1, 9000 + number, None, BookingState.REGISTERED, TODAY - timedelta(days=9)) for number in range(11)]


def _of_one(one: RoundFacts, claims: list[ClaimFacts]) -> Figures:
    whole = _figures([one], claims, Period(PeriodKind.FREE, FIRST, FIRST))
    persons = people_of_one({one.id: ([claim for claim in claims if claim.round_id == one.id], range(9000, 9006))}, one.id)
    return replace(whole, people=persons, presence=replace(whole.presence, women=None, men=None), waits_of_women=(), waits_of_men=())


def _figures(rounds: list[RoundFacts], claims: list[ClaimFacts], period: Period) -> Figures:
    told = fills(rounds, claims, period, TODAY)
    began = [claim for claim in claims if claim.round_id in told]
    persons = people(began)
    apart = [waits([claim for claim in began if claim.sex is sex]) if persons.has_sexes else () for sex in LegalSex]
    tallies = [(claim, Tally(attended=12, late=1, valid=2, invalid=1)) for claim in began]
    return Figures(
        period=period, parts=tuple(told.values()), total=together("", told.values()), cancelled_rounds=0, people=persons,
        waits=waits(began), waits_of_women=apart[0], waits_of_men=apart[1],
        presence=presence(tallies, 16, 1, are_apart=persons.has_sexes),
        extras=(ExtraPlace("Grön prerehab 1", "Var sjuk i stället för på förra omgången, och gården hade rum."),), waiting=11,
    )  # fmt: skip


def _change(count: int) -> ChangeReport:
    scales = shelf.instruments()[:3]
    measured = [
        Measured(1, 2026, LegalSex.WOMAN, True, {
            (scale.code, moment): scale.rounded(min(scale.most, scale.least + scale.step * (2 + place % 2 + (2 if moment is Moment.END else 0))))
            for scale in scales for moment in (Moment.BEFORE, Moment.END)
        })
        for place in range(count)
    ]  # fmt: skip
    return change_report(measured, people(()), scales, Scope(round_id=1))
