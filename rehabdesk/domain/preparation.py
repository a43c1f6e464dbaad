"""Which cases ought to be on a meeting's agenda, and why: every reason is kept, so that it can be said in words.

A pure function over bulk rows: the store fetches one row a case, whatever the number of cases, and this puts them in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from rehabdesk.domain.forum import ActionState, Due, Return

#: How many days past the meeting a date of the rehabilitation chain is still brought up at it: the table meets about monthly.
CHAIN_WITHIN = 35

#: The same for the plan by day 30 and for the evaluation of a plan.
PLAN_WITHIN = 14

#: After so many days without being on, a case is brought up for that alone.
LONG_AGO = 84

#: The reasons for which a case is proposed; the others are told, and wait.
PRESSING = frozenset(Due) - {Due.LATER, Due.NO_DATE}

_BY_STRENGTH = tuple(Due)
_FAR = date.max.isoformat()
_ON_DATE, _NEXT, _WHEN_DONE, _OPEN = Return.DATE.value, Return.NEXT_SESSION.value, Return.ACTION_DONE.value, ActionState.OPEN.value
_NONE: Mapping = MappingProxyType({})
_FIELDS = 10

ChainDate = tuple[date, int]
"""The next date of the rehabilitation chain, and the day of the chain it is."""


class CaseFacts(NamedTuple):
    """What is known of one open case that could be a reason to take it up.

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


class BulkFacts(NamedTuple):
    """The same of one case as a bulk row has it: days as the vault writes them, which order as they stand (YYYY-MM-DD).

    Thousands are ranked, and a screenful is looked at: only that is made into `CaseFacts`. What comes of rules and not of rows
    (the chain's next date with its day, the day a plan is owed by) is brought beside it.
    """

    case_id: int
    opened_on: str
    last_on: str | None = None
    returns: str | None = None
    return_on: str | None = None
    waits_for: str | None = None
    late_since: str | None = None
    late_count: int | None = None
    evaluate_on: str | None = None
    consent_since: str | None = None

    def facts(self, chain: ChainDate | None, plan_due: date | None) -> CaseFacts:
        """With days that can be reckoned with."""
        return CaseFacts(
            self.case_id,
            date.fromisoformat(self.opened_on),
            _day(self.last_on),
            Return(self.returns) if self.returns else None,
            _day(self.return_on),
            self.waits_for not in (None, ActionState.OPEN),
            _day(self.late_since),
            self.late_count or 0,
            *(chain or (None, 0)),
            plan_due,
            _day(self.evaluate_on),
            _day(self.consent_since),
        )


class Ranked(NamedTuple):
    """The place of a case among those ranked, and its strongest reason."""

    place: int
    due: Due


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


def rank(
    cases: Sequence[tuple[Any, ...]], held_on: date, chains: Mapping[int, ChainDate] = _NONE, plans: Mapping[int, date] = _NONE
) -> list[Ranked]:
    """The cases by what is due: the strongest reason first, then its day, else as they came.

    A case is a row that begins with the fields of `BulkFacts`; what follows them is its own. `chains` and `plans` are by case.
    """
    until = [held_on, *(held_on + timedelta(days) for days in (CHAIN_WITHIN, PLAN_WITHIN, -LONG_AGO))]
    limits = tuple(day.isoformat() for day in until)
    due_chains = {case_id: on.isoformat() for case_id, (on, _) in chains.items() if on <= until[1]}
    due_plans = {case_id: on.isoformat() for case_id, on in plans.items() if on <= until[2]}
    order = [_strongest(place, case[:_FIELDS], limits, due_chains, due_plans) for place, case in enumerate(cases)]
    order.sort()
    reasons = _BY_STRENGTH
    return [Ranked(place, reasons[strength]) for strength, _, place in order]


def _strongest(
    place: int, case: tuple[Any, ...], limits: tuple[str, ...], chains: Mapping[int, str], plans: Mapping[int, str]
) -> tuple[int, str, int]:
    """The strength of the strongest reason (0 the most), its day and the case's place, as `reasons_for` has it first.

    Written out in strings, since thousands are asked.
    """
    case_id, opened_on, last_on, returns, return_on, waits_for, late_since, _, evaluate_on, consent_since = case
    held_on, _, plan_until, long_ago = limits
    if returns is not None and last_on is not None:
        if returns == _ON_DATE:
            if return_on is not None and return_on <= held_on:
                return 0, return_on, place
        elif returns == _NEXT or (returns == _WHEN_DONE and waits_for is not None and waits_for != _OPEN):
            return 0, return_on or _FAR, place
    if case_id in chains:
        return 1, chains[case_id], place
    if case_id in plans:
        return 2, plans[case_id], place
    if late_since is not None:
        return 3, late_since, place
    if evaluate_on is not None and evaluate_on <= plan_until:
        return 4, evaluate_on, place
    if consent_since is not None and consent_since > (last_on or opened_on):
        return 5, consent_since, place
    if last_on is None:
        return 6, opened_on, place
    if returns == _ON_DATE and return_on is not None:
        return 8, return_on, place
    return 7 if last_on <= long_ago else 9, last_on, place


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written is not None else None


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
