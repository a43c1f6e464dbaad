"""Which cases ought to be on a meeting's agenda, and why: every reason is kept, so that it can be said in words.

A pure function over bulk rows: the store fetches one row a case, whatever the number of cases, and this puts them in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from rehabdesk.domain.forum import Due, Return

#: How many days past the meeting a date of the rehabilitation chain is still brought up at it: the table meets about monthly.
CHAIN_WITHIN = 35

#: The same for the plan by day 30 and for the evaluation of a plan.
PLAN_WITHIN = 14

#: After so many days without being on, a case is brought up for that alone.
LONG_AGO = 84

#: The reasons for which a case is proposed; the others are told, and wait.
PRESSING = frozenset(Due) - {Due.LATER, Due.NO_DATE}

_STRENGTH = {due: place for place, due in enumerate(Due)}


class CaseFacts(NamedTuple):
    """What ranking needs of one open case. A named tuple, since thousands of them are made at each look.

    `returns`, `return_on` and `is_action_done` are how it was to come back when it was last on; `late_since` is the earliest day
    an open action of its own was due; `chain_on` the next date of the rehabilitation chain with its day in `chain_day`;
    `plan_due` the day by which a plan is owed and not yet made; `consent_since` the first day of its latest live consent.
    """

    case_id: int
    opened_on: date
    last_on: date | None = None
    returns: Return | None = None
    return_on: date | None = None
    is_action_done: bool = False
    late_since: date | None = None
    late_count: int = 0
    chain_on: date | None = None
    chain_day: int = 0
    plan_due: date | None = None
    evaluate_on: date | None = None
    consent_since: date | None = None


class DueReason(NamedTuple):
    """One reason, with the day and the number that go with it: actions late, day of the chain, days since it was on."""

    due: Due
    on: date | None = None
    number: int = 0


class Ranked(NamedTuple):
    """A case with its reasons, the strongest first; there is always at least one."""

    case_id: int
    reasons: tuple[DueReason, ...]

    @property
    def is_pressing(self) -> bool:
        """Whether it ought to be taken up at this meeting."""
        return self.reasons[0].due in PRESSING


def reasons_for(facts: CaseFacts, held_on: date) -> tuple[DueReason, ...]:
    """Every reason to take a case up at the meeting of a day, the strongest first."""
    found: list[DueReason] = []
    if facts.last_on is not None and _comes_back(facts, held_on):
        found.append(DueReason(Due.RETURNS, facts.return_on))
    if facts.chain_on is not None and facts.chain_on <= held_on + timedelta(CHAIN_WITHIN):
        found.append(DueReason(Due.CHAIN, facts.chain_on, facts.chain_day))
    if facts.plan_due is not None and facts.plan_due <= held_on + timedelta(PLAN_WITHIN):
        found.append(DueReason(Due.PLAN, facts.plan_due))
    if facts.late_since is not None:
        found.append(DueReason(Due.LATE_ACTION, facts.late_since, facts.late_count))
    if facts.evaluate_on is not None and facts.evaluate_on <= held_on + timedelta(PLAN_WITHIN):
        found.append(DueReason(Due.EVALUATION, facts.evaluate_on))
    if facts.consent_since is not None and facts.consent_since > (facts.last_on or facts.opened_on):
        found.append(DueReason(Due.NEW_CONSENT, facts.consent_since))
    found.append(_since_last(facts, held_on))
    if len(found) > 1 and found[-1].due not in PRESSING:
        found.pop()
    return tuple(found)


def rank(cases: Iterable[CaseFacts], held_on: date) -> tuple[Ranked, ...]:
    """The cases by what is due: the strongest reason first, then its day, then what more there is; else as they came."""
    far = date.max
    ranked = [Ranked(facts.case_id, reasons_for(facts, held_on)) for facts in cases]

    def order(one: Ranked) -> tuple[int, date, int]:
        first = one.reasons[0]
        return _STRENGTH[first.due], first.on or far, -len(one.reasons)

    ranked.sort(key=order)
    return tuple(ranked)


def _comes_back(facts: CaseFacts, held_on: date) -> bool:
    if facts.returns is Return.DATE:
        return facts.return_on is not None and facts.return_on <= held_on
    return facts.returns is Return.NEXT_SESSION or (facts.returns is Return.ACTION_DONE and facts.is_action_done)


def _since_last(facts: CaseFacts, held_on: date) -> DueReason:
    if facts.last_on is None:
        return DueReason(Due.NEVER, facts.opened_on)
    days = (held_on - facts.last_on).days
    if facts.returns is Return.DATE and facts.return_on is not None and facts.return_on > held_on:
        return DueReason(Due.LATER, facts.return_on, days)
    if days >= LONG_AGO:
        return DueReason(Due.LONG_AGO, facts.last_on, days)
    return DueReason(Due.NO_DATE, facts.last_on, days)
