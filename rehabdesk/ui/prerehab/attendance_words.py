"""How attendance is put in words and signs: the letter that marks, what stands for an occasion's state, and each cell read aloud."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rehabdesk.domain.attendance import Tally
from rehabdesk.domain.prerehab import STARTED_ONCE, AttendanceMark, OccasionState
from rehabdesk.store.queries.prerehab.attendance import AttendanceGrid, PersonRow, is_hers
from rehabdesk.store.queries.prerehab.occasions import OccasionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.who import name_or_number
from rehabdesk.wording.attendance import SIGNS

MARK_TONES: Mapping[AttendanceMark, Tone] = {
    AttendanceMark.ATTENDED: Tone.GREEN,
    AttendanceMark.LATE: Tone.AMBER,
    AttendanceMark.VALID_ABSENCE: Tone.NEUTRAL,
    AttendanceMark.INVALID_ABSENCE: Tone.RED,
}
#: Stands where there is nothing to mark, and at the head of an occasion: held, cancelled, past and neither.
NOT_HERS, HELD, CANCELLED, NOT_SETTLED = "–", "✓", "×", "?"
#: Stands after a share that will be another when everything is marked.
NOT_ALL = "*"


def letter(texts: Texts, mark: AttendanceMark) -> str:
    """The letter of a mark, which is also its key."""
    return texts.say(SIGNS[mark])


def state_sign(occasion: OccasionRow, today: date) -> str:
    """What stands at the head of an occasion; nothing while it is still to come."""
    if occasion.state is OccasionState.HELD:
        return HELD
    if occasion.state is OccasionState.CANCELLED:
        return CANCELLED
    return NOT_SETTLED if occasion.on < today else ""


def share_words(texts: Texts, tally: Tally) -> str:
    """ "86 %", with a star while something is not marked; nothing where nothing is known yet."""
    if tally.share is None or tally.unmarked == tally.held:
        return ""
    return texts.percent(tally.share) + (NOT_ALL if tally.unmarked else "")


def head_lines(texts: Texts, grid: AttendanceGrid, occasion: OccasionRow, today: date) -> tuple[str, ...]:
    """What stands above a column: weekday, day, state, share."""
    share = share_words(texts, grid.of_occasion(occasion))
    return texts.short_weekday(occasion.on), texts.short_day(occasion.on), state_sign(occasion, today), share


def told_tally(texts: Texts, tally: Tally) -> str:
    """ "närvaro 86 %: 6 av 7, 1 inte markerad"; nothing where nothing was held."""
    if tally.share is None:
        return ""
    if tally.unmarked == tally.held:
        return unmarked_words(texts, tally)
    words = texts.say("attendance {share}: {came} of {held}", share=texts.percent(tally.share), came=tally.came, held=tally.held)
    return f"{words}, {unmarked_words(texts, tally)}" if tally.unmarked else words


def came_words(texts: Texts, tally: Tally) -> str:
    """ "Kom till 10 av 13 halvdagar som hölls."; nothing while nothing is marked."""
    if tally.unmarked == tally.held:
        return ""
    came = texts.count("Came to {came} of {n} half-day that was held.", "Came to {came} of {n} half-days that were held.", tally.held, came=tally.came)
    return f"{came} {unmarked_words(texts, tally)}." if tally.unmarked else came


def unmarked_words(texts: Texts, tally: Tally) -> str:
    """How many are not marked."""
    return texts.count("{n} not marked", "{n} are not marked", tally.unmarked)


def occasion_told(texts: Texts, grid: AttendanceGrid, occasion: OccasionRow, today: date) -> str:
    """An occasion read aloud: day, time, state, share."""
    parts = [f"{texts.weekday_date(occasion.on)} {texts.time_span(occasion.start, occasion.end)}", state_words(texts, occasion, today)]
    return ", ".join(part for part in (*parts, told_tally(texts, grid.of_occasion(occasion))) if part)


def state_words(texts: Texts, occasion: OccasionRow, today: date) -> str:
    """Held, cancelled with its reason, still to come, or neither though it is past."""
    if occasion.state is OccasionState.CANCELLED:
        return texts.say("cancelled: {reason}", reason=occasion.cancelled_reason)
    if occasion.state is OccasionState.HELD:
        return texts.name("occasion", "held")
    return texts.say("neither held nor cancelled") if occasion.on < today else texts.name("occasion", "planned")


def called(person: PersonRow) -> str:
    """What a person is called in the grid."""
    return name_or_number(person.case_number, person.full_name, person.is_protected)


def person_told(texts: Texts, grid: AttendanceGrid, person: PersonRow) -> str:
    """A person read aloud: place, name, number, and her share or that she has not started."""
    name = texts.say("Place {number}: {name}, {case}", number=person.place_number, name=person.full_name, case=person.case_number)
    if person.is_protected:
        name = texts.say("Place {number}: {name}", number=person.place_number, name=person.case_number)
    if person.state not in STARTED_ONCE:
        return f"{name}, {texts.say('not started')}"
    told = told_tally(texts, grid.of_person(person))
    return f"{name}, {told}" if told else name


def cell_told(texts: Texts, grid: AttendanceGrid, person: PersonRow, occasion: OccasionRow, today: date) -> str:
    """A cell read aloud: who, when, how it was."""
    how = _how(texts, grid, person, occasion) or state_words(texts, occasion, today)
    return f"{called(person)}, {texts.weekday_date(occasion.on)}: {how}"


def here_told(texts: Texts, grid: AttendanceGrid, person: PersonRow, occasion: OccasionRow, today: date) -> str:
    """What is told beneath the grid: who and how it was, then the occasion; nothing twice."""
    how = _how(texts, grid, person, occasion)
    who = f"{called(person)}: {how}" if how else called(person)
    told = occasion_told(texts, grid, occasion, today)
    return f"{who}. {told[:1].upper()}{told[1:]}."


def _how(texts: Texts, grid: AttendanceGrid, person: PersonRow, occasion: OccasionRow) -> str:
    """How it was with one person; nothing where only the occasion itself has something to tell."""
    mark = grid.mark(person, occasion)
    if mark is not None:
        return texts.term(mark)
    if occasion.state is OccasionState.CANCELLED:
        return ""
    if not is_hers(person, occasion):
        return texts.say("not a day of this person")
    return texts.say("held, not marked") if occasion.state is OccasionState.HELD else ""
