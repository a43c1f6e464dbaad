"""How a claim and what there is on file about it are put in words, on the list and on the case's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.claims import is_ready_on
from rehabdesk.domain.prerehab import BookingState, OfferOutcome
from rehabdesk.store.queries.prerehab.claims import ClaimHistory, ClaimRow, OfferRow, PassOverRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.store.queries.prerehab.waiting import Tried
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.places_words import STATE_TONES
from rehabdesk.ui.prerehab.who import who

@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing on file: its day and what is said of it."""

    id: tuple[str, int]
    on: date
    words: str


def day_words(texts: Texts, day: date, today: date) -> str:
    """ "25 nov"; with its year where that is another."""
    return texts.short_day(day) if day.year == today.year else texts.date(day)


def span_words(texts: Texts, first: date, last: date, today: date) -> str:
    """ "12 jan–6 mar"; with the years where nobody would guess them: both of another than this and the next."""
    near = {today.year, today.year + 1}
    write = texts.short_day if {first.year, last.year} <= near else texts.date
    return texts.say("{first}–{last}", first=write(first), last=write(last))


def who_words(claim: ClaimRow) -> str:
    """The case and the name; under protected identity the number alone."""
    return who(claim.case_number, claim.participant_name, claim.is_protected)


def readiness(texts: Texts, claim: ClaimRow, today: date) -> tuple[str, Tone]:
    """Whether she is ready: now, from a day, or not yet."""
    if is_ready_on(claim.is_ready, claim.ready_from, today):
        return texts.name("readiness", "ready"), Tone.GREEN
    if claim.ready_from is not None:
        return texts.say("ready from {day}", day=texts.short_day(claim.ready_from)), Tone.AMBER
    return texts.name("readiness", "not ready yet"), Tone.AMBER


def state_badge(texts: Texts, claim: ClaimRow) -> tuple[str, Tone]:
    """Where a claim stands."""
    if claim.is_expired:
        return texts.say("not answered in time"), Tone.RED
    return texts.term(claim.state), STATE_TONES[claim.state]


def standing_words(texts: Texts, claim: ClaimRow, place: int, today: date) -> str:
    """Where a claim stands, in a sentence. `place` is her place in the list, 1 is first."""
    if claim.state is BookingState.REGISTERED:
        waited = waited_words(texts, claim, today)
        return texts.say("Number {place} on the list, has waited {days} since {day}.", place=place, days=waited, day=texts.long_date(claim.asked_on))
    if claim.state is BookingState.REMOVED:
        words = texts.say("Taken off the list {day}: {why}.", day=texts.long_date(claim.closed_on), why=texts.term(claim.removal_reason))
        return f"{words} {claim.reason_text}".strip()
    if claim.state is BookingState.DECLINED:
        return f"{texts.say('Said no {day}.', day=texts.long_date(claim.closed_on))} {claim.reason_text}".strip()
    days = span_words(texts, claim.starts_on, claim.ends_on, today)
    seat = texts.say("Place {number} in {round}, {days}.", number=claim.place_number, round=claim.round_title, days=days)
    if claim.state is BookingState.OFFERED and claim.answer_by is not None:
        return f"{seat} {texts.say('Answer by {day}.', day=texts.long_date(claim.answer_by))}"
    if claim.state is BookingState.BROKEN_OFF:
        return f"{seat} {texts.say('Stopped {day}: {why}.', day=texts.long_date(claim.closed_on), why=texts.term(claim.break_off_reason))}"
    return seat


def step_words(texts: Texts, claim: ClaimRow) -> str:
    """The place of a plan's step, and where it stands: "plats 4 i Grön prerehab 3: tackat ja"."""
    word = state_badge(texts, claim)[0]
    if claim.round_id is None:
        return f"{claim.programme}: {word}"
    return texts.say("place {number} in {round}: {state}", number=claim.place_number, round=claim.round_title, state=word)


def waited_words(texts: Texts, claim: ClaimRow, today: date) -> str:
    """ "42 dagar"."""
    return texts.count("{n} day", "{n} days", (today - claim.asked_on).days)


def tried_words(texts: Texts, tried: Tried) -> str:
    """ "2 erbjudanden, inget svar i tid 12 nov · förbigången 1 gång"; empty where nothing was tried."""
    told = []
    if tried.offers and tried.last_outcome is not None:
        count = texts.count("{n} offer", "{n} offers", tried.offers)
        day = f" {texts.short_day(tried.last_on)}" if tried.last_on is not None else ""
        told.append(f"{count}, {texts.term(tried.last_outcome)}{day}")
    if tried.passed_over:
        told.append(texts.count("passed over {n} time", "passed over {n} times", tried.passed_over))
    return " · ".join(told)


def round_days(texts: Texts, row: RoundRow) -> str:
    """ "12 jan–6 mar, 9.00–12.00"."""
    days = texts.say("{first}–{last}", first=texts.short_day(row.starts_on), last=texts.short_day(row.ends_on))
    return f"{days}, {texts.time_span(row.start, row.end)}"


def history_lines(texts: Texts, history: ClaimHistory) -> tuple[HistoryLine, ...]:
    """What there is on file, the latest first; others are named by the number of their case alone."""
    offers = [HistoryLine(("offer", offer.id), offer.offered_on, _offer_words(texts, offer)) for offer in history.offers]
    passed = [HistoryLine(("passed", row.id), row.on, _passed_words(texts, row)) for row in history.passed_over]
    return tuple(sorted((*passed, *offers), key=_by_day, reverse=True))


def _offer_words(texts: Texts, offer: OfferRow) -> str:
    said = texts.say("Offered place {number} in {round}", number=offer.place_number, round=offer.round_title)
    if offer.outcome is OfferOutcome.OPEN:
        outcome = texts.say("answer by {day}", day=texts.short_day(offer.answer_by))
    else:
        outcome = texts.term(offer.outcome)
        outcome = f"{outcome} {texts.short_day(offer.settled_on)}" if offer.settled_on is not None else outcome
    words = f"{said}: {outcome}"
    return f"{words}. {offer.reason_text}" if offer.reason_text else words


def _passed_words(texts: Texts, row: PassOverRow) -> str:
    why = f"{texts.term(row.reason)}. {row.text}" if row.text else texts.term(row.reason)
    if row.round_title:
        return texts.say("Passed over for {case} in {round}: {why}", case=row.for_case_number, round=row.round_title, why=why)
    return texts.say("Passed over for {case} on the list: {why}", case=row.for_case_number, why=why)


def _by_day(line: HistoryLine) -> tuple[date, int]:
    return line.on, line.id[1]
