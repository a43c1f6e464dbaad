"""Why a case is brought up, in words: every reason, the strongest first."""

from __future__ import annotations

from rehabdesk.domain.forum import Due
from rehabdesk.domain.preparation import DueReason
from rehabdesk.store.queries.forum.candidates import Candidate
from rehabdesk.texts import Texts


def why_words(texts: Texts, row: Candidate) -> str:
    """All reasons in one line, with a capital first letter."""
    return reasons_words(texts, row.reasons)


def brief_words(texts: Texts, row: Candidate) -> str:
    """The strongest reason for a badge; what more there is stands beneath the list."""
    first = row.reasons[0]
    return texts.name("due", "day {number}", number=first.number) if first.due is Due.CHAIN else texts.term(first.due)


def reasons_words(texts: Texts, reasons: tuple[DueReason, ...]) -> str:
    """All reasons in one line, with a capital first letter."""
    told = "; ".join(reason_words(texts, reason) for reason in reasons)
    return told[:1].upper() + told[1:]


def reason_words(texts: Texts, reason: DueReason) -> str:
    """One reason, with its day."""
    if reason.on is None:
        return texts.term(reason.due)
    day, number = texts.short_day(reason.on), reason.number
    match reason.due:
        case Due.RETURNS:
            return texts.say("to come back {day}", day=day)
        case Due.CHAIN:
            return texts.say("day {number} of the sick leave is {day} (forecast)", number=number, day=day)
        case Due.PLAN:
            return texts.say("a plan is owed by {day}", day=day)
        case Due.LATE_ACTION:
            return texts.count("{n} late action, since {day}", "{n} late actions, the first since {day}", number, day=day)
        case Due.EVALUATION:
            return texts.say("the plan is to be evaluated {day}", day=day)
        case Due.NEW_CONSENT:
            return texts.say("new consent {day}", day=day)
        case Due.NEVER:
            return texts.say("has not been on since it was opened {day}", day=day)
        case Due.LONG_AGO:
            return texts.count("{n} week since it was on", "{n} weeks since it was on", number // 7)
        case Due.LATER:
            return texts.say("comes back {day}", day=day)
    return texts.term(reason.due)
