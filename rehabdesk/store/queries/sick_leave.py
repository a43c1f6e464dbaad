"""Reading sick leave: a case's periods, answers and trials; and every open case's at once, quickly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection, Select, bindparam, select

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.many_chains import GOES_ON, PersonChain
from rehabdesk.domain.plan_duty import SINCE_2018, WITH_EMPLOYER, GivenAnswer, PlanAnswer, PlanDuty, PlanRule, PlanState, duty_of
from rehabdesk.domain.rehab_chain import Chain, Period, Person
from rehabdesk.domain.work_trial import Trial
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.sick_leave import PlanAnswerGiven, SickLeavePeriod, WorkTrial

#: The rule of joining (`domain.md` 2.1), where the rule book is out of reach; `services.sick_leave` asks the book.
JOIN_UNDER = 90

_OPEN_PERIODS = """
    SELECT p.case_id, c.number, p.start, p."end", c.employment, m.birth_year, substr(m.identity_number, 1, 8)
    FROM sick_leave_period AS p JOIN "case" AS c ON c.id = p.case_id JOIN participant AS m ON m.id = c.participant_id
    WHERE c.closed_on IS NULL ORDER BY p.case_id, p.start
"""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of sick leave; without `end` it goes on."""

    id: int
    case_id: int
    start: date
    end: date | None
    degree: int

    def as_period(self) -> Period:
        """What the chain counts."""
        return Period(self.start, self.end, self.degree)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One work trial."""

    id: int
    case_id: int
    start: date
    end: date
    notified_on: date | None

    def as_trial(self) -> Trial:
        """What the rule looks at."""
        return Trial(self.start, self.end, self.notified_on)


@dataclass(frozen=True, slots=True)
class PlanDutyRow:
    """Where the duty of a plan stands in one open case."""

    case_id: int
    case_number: str
    duty: PlanDuty

    @property
    def due_on(self) -> date | None:
        """The day it is due."""
        return self.duty.due_on

    @property
    def days_left(self) -> int | None:
        """Days until then; less than nothing when it is late."""
        return self.duty.days_left

    @property
    def state(self) -> PlanState:
        """Where it stands."""
        return self.duty.state


def periods(connection: Connection, case_id: int) -> tuple[PeriodRow, ...]:
    """A case's periods, the earliest first."""
    return tuple(PeriodRow(*row) for row in connection.execute(_periods_of_case(), {"of_case": case_id}))


def trials(connection: Connection, case_id: int) -> tuple[TrialRow, ...]:
    """A case's work trials, the earliest first."""
    table = WorkTrial
    query = select(table.id, table.case_id, table.start, table.end, table.notified_on).where(table.case_id == case_id)
    return tuple(TrialRow(*row) for row in connection.execute(query.order_by(table.start, table.id)))


def plan_answers(connection: Connection, case_id: int) -> tuple[GivenAnswer, ...]:
    """The answers to the duty of a plan, the latest first."""
    return tuple(_answer(row) for row in connection.execute(_answers_of_case(), {"of_case": case_id}))


def is_closed(connection: Connection, case_id: int) -> bool:
    """Whether the case is closed, so that nothing more is asked for in it."""
    return connection.execute(select(Case.closed_on.is_not(None)).where(Case.id == case_id)).scalar() is True


def person(connection: Connection, case_id: int) -> Person:
    """What the chain needs to know of a case's participant. The identity number itself does not leave the query."""
    row = connection.execute(_person(), {"of_case": case_id}).first()
    if row is None:
        return Person()
    born_on = _born_on(row.identity_number)
    return Person(Employment(row.employment), born_on.year if born_on else row.birth_year, born_on)


def person_chains(connection: Connection) -> list[PersonChain]:
    """Every open case that has sick leave, as many as there are, in one pass."""
    found: list[PersonChain] = []
    days: dict[str, int] = {}
    last_case = None
    # Past SQLAlchemy's types: thousands of rows are ranked while somebody waits.
    for case_id, number, start, end, employment, birth_year, born in connection.exec_driver_sql(_OPEN_PERIODS).fetchall():
        if case_id != last_case:
            last_case, spans = case_id, []
            found.append(PersonChain(case_id, number, spans, employment, birth_year, _born_on(born)))
        spans.append((_ordinal(start, days), GOES_ON if end is None else _ordinal(end, days)))
    return found


def plan_duties(
    connection: Connection,
    today: date,
    rule: PlanRule = SINCE_2018,
    join_under: int = JOIN_UNDER,
) -> tuple[PlanDutyRow, ...]:
    """The duty of a plan in every open case where somebody has something to do, the most pressing first."""
    answers = _answers_of_open_cases(connection)
    found, now = [], today.toordinal()
    for one in person_chains(connection):
        if one.periods[-1][1] < now:
            # Whoever is back at work owes nothing, and most are.
            continue
        duty = duty_of(_chain(one, now, join_under), Employment(one.employment), answers.get(one.case_id, ()), today, rule)
        if duty.is_open:
            found.append(PlanDutyRow(one.case_id, one.case_number, duty))
    return tuple(sorted(found, key=_by_due))


def plans_owed(
    connection: Connection, people: Iterable[PersonChain], today: date, rule: PlanRule, join_under: int
) -> dict[int, date]:
    """The same as days alone, by case, for `people` that are known already: thousands are ranked while somebody waits."""
    answers = _answers_of_open_cases(connection)
    now, day = today.toordinal(), rule.deadline_day
    owed: dict[int, date] = {}
    for one in people:
        case_id, _, periods, employment, *_ = one
        if periods[-1][1] < now or (case_id not in answers and employment not in WITH_EMPLOYER):
            continue
        if case_id in answers or len(periods) > 1:
            duty = duty_of(_chain(one, now, join_under), Employment(employment), answers.get(case_id, ()), today, rule)
            if duty.is_open and duty.due_on is not None:
                owed[case_id] = duty.due_on
        else:
            # One period that still runs and no answer: the day is counted from its first.
            owed[case_id] = date.fromordinal(periods[0][0] + day - 1)
    return owed


def _answers_of_open_cases(connection: Connection) -> dict[int, list[GivenAnswer]]:
    answers: defaultdict[int, list[GivenAnswer]] = defaultdict(list)
    open_cases = select(Case.id).where(Case.closed_on.is_(None))
    for row in connection.execute(_answers().where(PlanAnswerGiven.case_id.in_(open_cases))):
        answers[row.case_id].append(_answer(row))
    return dict(answers)


def _chain(one: PersonChain, today: int, join_under: int) -> Chain:
    """The latest chain that has begun, or the first that will."""
    groups: list[list[tuple[int, int]]] = []
    for span in one.periods:
        if groups and span[0] - groups[-1][-1][1] - 1 < join_under:
            groups[-1].append(span)
        elif groups and span[0] > today:
            break
        else:
            groups.append([span])
    return Chain(tuple(Period(date.fromordinal(start), None if end == GOES_ON else date.fromordinal(end)) for start, end in groups[-1]))


# A statement is put together once: its columns cost more than asking it, and a case page asks many.
@cache
def _periods_of_case() -> Select:
    table = SickLeavePeriod
    of_case = table.case_id == bindparam("of_case")
    return select(table.id, table.case_id, table.start, table.end, table.degree).where(of_case).order_by(table.start, table.id)


@cache
def _answers_of_case() -> Select:
    table = PlanAnswerGiven
    return _answers().where(table.case_id == bindparam("of_case")).order_by(table.answered_on.desc(), table.id.desc())


@cache
def _person() -> Select:
    return (
        select(Case.employment, Participant.birth_year, Participant.identity_number)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.id == bindparam("of_case"))
    )


def _answers() -> Select:
    table = PlanAnswerGiven
    return select(table.id, table.case_id, table.answer, table.answered_on, table.reason, table.known_days, table.health_improved_on)


def _answer(row: object) -> GivenAnswer:
    return GivenAnswer(row.id, PlanAnswer(row.answer), row.answered_on, row.reason, row.known_days, row.health_improved_on)


def _ordinal(written: str, known: dict[str, int]) -> int:
    found = known.get(written)
    if found is None:
        found = known[written] = date.fromisoformat(written).toordinal()
    return found


def _born_on(number: str | None) -> date | None:
    """The date of birth that an identity number begins with; a coordination number's day has sixty added."""
    if number is None or not number[:8].isdigit():
        return None
    day = int(number[6:8])
    try:
        return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return None


def _by_due(row: PlanDutyRow) -> tuple[date, str]:
    return row.due_on or date.max, row.case_number
