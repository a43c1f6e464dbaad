"""How places and the claims on them are put in words and signs; a sign stands beside every colour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rehabdesk.domain.claims import PlaceSum
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.queries.prerehab.places import PlaceRow, SpanRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.places_rows import Kind, PlaceLine, Stretch, problems_with_filling
from rehabdesk.ui.prerehab.who import who

STATE_SIGNS: Mapping[BookingState, str] = {
    BookingState.REGISTERED: "…",
    BookingState.OFFERED: "?",
    BookingState.ACCEPTED: "✓",
    BookingState.STARTED: "▸",
    BookingState.COMPLETED: "●",
    BookingState.BROKEN_OFF: "×",
    BookingState.DECLINED: "–",
    BookingState.REMOVED: "–",
}
STATE_TONES: Mapping[BookingState, Tone] = {
    BookingState.REGISTERED: Tone.NEUTRAL,
    BookingState.OFFERED: Tone.AMBER,
    BookingState.ACCEPTED: Tone.ACCENT,
    BookingState.STARTED: Tone.GREEN,
    BookingState.COMPLETED: Tone.GREEN,
    BookingState.BROKEN_OFF: Tone.NEUTRAL,
    BookingState.DECLINED: Tone.NEUTRAL,
    BookingState.REMOVED: Tone.NEUTRAL,
}
FREE_SIGN, EXPIRED_SIGN = "○", "!"


def sum_words(texts: Texts, told: PlaceSum) -> str:
    """ "8 platser = 5 bokade + 2 erbjudna + 1 ledig": what is always so."""
    words = texts.say(
        "{places} = {booked} + {held} + {free}",
        places=texts.count("{n} place", "{n} places", told.places),
        booked=texts.count("{n} booked", "{n} booked", told.booked),
        held=texts.count("{n} offered", "{n} offered", told.held),
        free=texts.count("{n} still free", "{n} still free", told.free),
    )
    if not told.extra:
        return words
    return f"{words} ({texts.count('{n} of the places is extra', '{n} of the places are extra', told.extra)})"


def span_words(claim: SpanRow) -> str:
    """Whose a claim is."""
    return who(claim.case_number, claim.name, claim.is_protected)


def claim_state(texts: Texts, claim: SpanRow) -> str:
    """ "erbjuden, svar senast 3 sep" or "startat"."""
    if claim.state is not BookingState.OFFERED or claim.answer_by is None:
        return texts.term(claim.state)
    day = texts.short_day(claim.answer_by)
    if claim.is_expired:
        return texts.say("offered, answer was due {day}", day=day)
    return texts.say("offered, answer by {day}", day=day)


def claim_sign(claim: SpanRow) -> str:
    """The sign of where a claim stands."""
    return EXPIRED_SIGN if claim.is_expired else STATE_SIGNS[claim.state]


def claim_tone(claim: SpanRow) -> Tone:
    """The colour of where a claim stands."""
    return Tone.RED if claim.is_expired else STATE_TONES[claim.state]


def place_words(texts: Texts, place: PlaceRow) -> str:
    """ "Plats 9, extra"."""
    if place.is_extra:
        return texts.say("Place {number}, extra", number=place.number)
    return texts.say("Place {number}", number=place.number)


def stretch_words(texts: Texts, stretch: Stretch) -> str:
    """What a stretch shows, without its sign."""
    match stretch.kind:
        case Kind.FREE:
            return texts.name("place", "free")
        case Kind.TOO_LATE:
            return texts.say("free, too late to fill")
        case Kind.WAS_FREE:
            return texts.say("stood free")
        case Kind.UNUSED:
            return texts.say("not in use")
    return f"{span_words(stretch.claim)} · {claim_state(texts, stretch.claim)}"


def stretch_told(texts: Texts, place: PlaceRow, stretch: Stretch) -> str:
    """A stretch as it is read aloud: which place, what, from when until when."""
    return texts.say(
        "{place}: {what}, {first}–{last}", place=place_words(texts, place), what=stretch_words(texts, stretch),
        first=texts.short_day(stretch.from_on), last=texts.short_day(stretch.to_on),
    )  # fmt: skip


def claim_facts(texts: Texts, line: PlaceLine, claim: SpanRow, row: ClaimRow | None) -> str:
    """What is known of a claim and its place, a line each: days, offer, reminder, why it stopped, who had the place before."""
    said = [
        texts.say("{place}, {first}–{last}.", place=place_words(texts, line.place), first=claim.starts_on, last=claim.ends_on),
        texts.say("Extra place: {reason}", reason=line.place.extra_reason) if line.place.is_extra else "",
    ]
    if row is not None and row.offered_on is not None and row.answer_by is not None:
        said.append(texts.say("Offered {day}, answer by {last}.", day=row.offered_on, last=texts.weekday_date(row.answer_by)))
    if row is not None and row.reminded_on is not None:
        said.append(texts.say("Reminded {day}.", day=row.reminded_on))
    if row is not None and row.break_off_reason is not None:
        said.append(texts.say("Reason: {reason}.", reason=row.break_off_reason))
    said += [other_words(texts, other) for other in line.place.claims if other.booking_id != claim.booking_id]
    return "\n".join(part for part in said if part)


def other_words(texts: Texts, other: SpanRow) -> str:
    """Somebody else who has or had the place: "RF-2026-003 Maria S., avbrutit, 25 aug–12 sep"."""
    days = texts.say("{first}–{last}", first=texts.short_day(other.starts_on), last=texts.short_day(other.ends_on))
    never = other.ends_on < other.starts_on
    return texts.say(
        "The same place: {who}, {state}, {days}", who=span_words(other), state=claim_state(texts, other),
        days=texts.say("no day") if never else days,
    )  # fmt: skip


def why_not_free(texts: Texts, row: RoundRow, stretch: Stretch, today: date) -> str:
    """Why nobody can be given these weeks; empty where there is nothing to add."""
    if stretch.kind is not Kind.TOO_LATE:
        return ""
    return texts.problems(problems_with_filling(row, stretch.from_on, today))


def legend(texts: Texts) -> str:
    """What the signs mean, and the keys."""
    shown = (BookingState.OFFERED, BookingState.ACCEPTED, BookingState.STARTED, BookingState.COMPLETED, BookingState.BROKEN_OFF)
    signs = [f"{STATE_SIGNS[state]} {texts.term(state)}" for state in shown]
    expired = f"{EXPIRED_SIGN} {texts.say('not answered in time')}"
    free = f"{FREE_SIGN} {texts.name('place', 'free')}"
    keys = texts.say("Arrows walk between places and weeks. Enter goes to what can be done; each button's letter does it from the grid.")
    told = (free, *signs, expired, texts.say("* week without an occasion"))
    # A sign never stands at the end of a line with its words on the next.
    return "    ".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in told) + "\n" + keys
