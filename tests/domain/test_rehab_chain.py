"""The chain by table (`domain.md` 2.1 and 2.2) and by property: counting, joining, tests, ages, levels, laws that change."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.cases import Employment
from rehabdesk.domain.chain_rule_files import read_book
from rehabdesk.domain.chain_rules import RuleKind, Situation
from rehabdesk.domain.many_chains import GOES_ON, ManyChains, PersonChain
from rehabdesk.domain.rehab_chain import (
    DEGREES,
    Chain,
    ChainState,
    Period,
    Person,
    Why,
    chains,
    current_chain,
    problems_with_period,
    senior_on,
    standing,
)
from tests.helpers.chain import day_of_chain, shipped, shipped_book, sick_leaves

BOOK = shipped_book()
BEGAN = date(2026, 8, 3)
YOUNG = Person(Employment.EMPLOYED, 1985)


@pytest.mark.parametrize(
    ("day", "on"),
    [
        (1, date(2026, 8, 3)), (8, date(2026, 8, 10)), (14, date(2026, 8, 16)), (15, date(2026, 8, 17)), (30, date(2026, 9, 1)),
        (60, date(2026, 10, 1)), (90, date(2026, 10, 31)), (91, date(2026, 11, 1)), (180, date(2027, 1, 29)), (181, date(2027, 1, 30)),
        (365, date(2027, 8, 2)), (366, date(2027, 8, 3)), (550, date(2028, 2, 3)),
    ],
)  # fmt: skip
def test_the_test_vector(day, on):
    chain = Chain((Period(BEGAN, None),))
    assert chain.date_of(day) == on
    assert chain.day_on(on) == day
    assert standing([Period(BEGAN, None)], YOUNG, BOOK, on).day == day


@pytest.mark.parametrize(
    ("day", "row"),
    [(1, "kedja_1"), (90, "kedja_1"), (91, "kedja_2"), (180, "kedja_2"), (181, "kedja_3c"), (365, "kedja_3c"),
     (366, "kedja_4"), (550, "kedja_4"), (551, "kedja_5"), (2000, "kedja_5")],
)  # fmt: skip
def test_the_rows_of_an_employee(day, row):
    assert standing([Period(BEGAN, None)], YOUNG, BOOK, BEGAN + timedelta(days=day - 1)).test.id == row


@pytest.mark.parametrize(
    ("employment", "day", "row"),
    [
        (Employment.SELF_EMPLOYED, 91, "foretagare_1"), (Employment.SELF_EMPLOYED, 180, "foretagare_1"),
        (Employment.SELF_EMPLOYED, 181, "kedja_3c"), (Employment.SELF_EMPLOYED, 366, "kedja_4"),
        (Employment.UNEMPLOYED, 1, "arbetslos"), (Employment.UNEMPLOYED, 700, "arbetslos"),
        (Employment.ON_DEMAND, 90, "behovsanst_1"), (Employment.ON_DEMAND, 91, "behovsanst_2"), (Employment.ON_DEMAND, 366, "behovsanst_2"),
    ],
)  # fmt: skip
def test_the_rows_of_others(employment, day, row):
    assert standing([Period(BEGAN, None)], Person(employment), BOOK, BEGAN + timedelta(days=day - 1)).test.id == row


@pytest.mark.parametrize(
    ("on", "row"),
    [
        (date(2021, 3, 14), "kedja_3_old"), (date(2021, 3, 15), "kedja_3a"), (date(2022, 1, 31), "kedja_3a"), (date(2022, 2, 1), "kedja_3b"),
        (date(2022, 8, 31), "kedja_3b"), (date(2022, 9, 1), "kedja_3c"), (date(2026, 11, 22), "kedja_3c"),
    ],
)  # fmt: skip
def test_the_law_of_the_day_is_used(on, row):
    started = on - timedelta(days=199)
    assert standing([Period(started, None)], YOUNG, BOOK, on).test.id == row


@pytest.mark.parametrize(("gap", "day"), [(0, 61), (1, 61), (5, 61), (88, 61), (89, 61), (90, 31), (91, 31), (365, 31)])
def test_periods_are_joined_under_ninety_days_and_the_gap_is_not_counted(gap, day):
    first = Period(date(2026, 1, 1), date(2026, 1, 30))
    again = first.end + timedelta(days=gap + 1)
    assert standing([first, Period(again, None)], YOUNG, BOOK, again + timedelta(days=30)).day == day


def test_days_between_move_every_date():
    first = Period(date(2026, 8, 3), date(2026, 8, 22))
    again = Period(date(2026, 9, 22), None)
    found = standing([first, again], YOUNG, BOOK, date(2026, 10, 1))
    assert found.day == 30
    assert found.next_date.on == date(2026, 11, 1) + timedelta(days=30)


def test_degrees_do_not_matter_to_the_count():
    parts = [Period(BEGAN, date(2026, 8, 31), 100), Period(date(2026, 9, 1), date(2026, 9, 30), 75), Period(date(2026, 10, 1), None, 25)]
    found = standing(parts, YOUNG, BOOK, date(2026, 10, 31))
    assert (found.day, found.degree) == (90, 25)


@pytest.mark.parametrize(
    ("start", "day", "on"),
    [
        (date(2027, 12, 1), 91, date(2028, 2, 29)), (date(2028, 2, 28), 2, date(2028, 2, 29)), (date(2028, 2, 28), 3, date(2028, 3, 1)),
        (date(2027, 2, 28), 2, date(2027, 3, 1)), (date(2027, 3, 1), 366, date(2028, 2, 29)), (date(2027, 3, 1), 367, date(2028, 3, 1)),
        (date(2100, 2, 28), 2, date(2100, 3, 1)), (date(2028, 2, 29), 366, date(2029, 2, 28)), (date(2028, 2, 29), 30, date(2028, 3, 29)),
    ],
)  # fmt: skip
def test_leap_years(start, day, on):
    assert Chain((Period(start, None),)).date_of(day) == on


def test_a_chain_day_may_be_a_sunday_or_a_holiday():
    found = {one.day: one.on for one in standing([Period(date(2026, 9, 26), None)], YOUNG, BOOK, date(2026, 9, 26)).coming}
    assert found[91] == date(2026, 12, 25)
    assert found[30] == date(2026, 10, 25) and found[30].weekday() == 6


def test_what_comes_first_to_last_with_why():
    found = standing([Period(BEGAN, None)], YOUNG, BOOK, BEGAN)
    assert [(one.day, one.rule.id, one.why) for one in found.coming] == [
        (8, "lakarintyg", Why.DAY), (15, "fk_anmalan", Why.DAY), (30, "plan", Why.DAY), (91, "kedja_2", Why.DAY), (181, "kedja_3c", Why.DAY),
        (366, "kedja_4", Why.DAY), (366, "niva", Why.LEVEL), (551, "kedja_5", Why.DAY),
    ]  # fmt: skip
    assert all(one.is_written for one in found.coming)


def test_dates_past_the_last_written_day_are_told_apart():
    found = standing([Period(BEGAN, date(2026, 10, 31))], YOUNG, BOOK, date(2026, 10, 1))
    assert [(one.day, one.is_written) for one in found.coming][:2] == [(91, False), (181, False)]


@pytest.mark.parametrize(
    ("today", "state", "day"),
    [
        (date(2026, 8, 2), ChainState.NOT_BEGUN, 0), (date(2026, 8, 3), ChainState.RUNNING, 1), (date(2026, 8, 31), ChainState.RUNNING, 29),
        (date(2026, 9, 1), ChainState.PAUSED, 29), (date(2026, 11, 29), ChainState.PAUSED, 29), (date(2026, 11, 30), ChainState.BROKEN, 29),
    ],
)  # fmt: skip
def test_the_chain_runs_is_paused_and_is_broken(today, state, day):
    found = standing([Period(BEGAN, date(2026, 8, 31))], YOUNG, BOOK, today)
    assert (found.state, found.day) == (state, day)
    assert found.joins_until == (date(2026, 11, 29) if state is ChainState.PAUSED else None)


def test_the_last_day_that_joins_does_join():
    first = Period(BEGAN, date(2026, 8, 31))
    assert len(chains([first, Period(date(2026, 11, 29), None)], BOOK)) == 1
    assert len(chains([first, Period(date(2026, 11, 30), None)], BOOK)) == 2


def test_without_sick_leave_there_is_nothing():
    found = standing([], YOUNG, BOOK, BEGAN)
    assert (found.state, found.day, found.coming, found.test) == (ChainState.NONE, 0, (), None)


# --- the senior rule ---


@pytest.mark.parametrize(
    ("person", "since"),
    [
        (Person(birth_year=1960), date(2022, 12, 31)), (Person(birth_year=1961), date(2024, 12, 31)), (Person(birth_year=1962), date(2025, 12, 31)),
        (Person(birth_year=1963), date(2027, 12, 31)), (Person(born_on=date(1963, 5, 4)), date(2027, 5, 4)),
        (Person(born_on=date(1964, 2, 29)), date(2028, 2, 29)), (Person(born_on=date(1961, 2, 28)), date(2024, 2, 28)),
        (Person(birth_year=1950), date(2022, 2, 1)), (Person(), None),
        (Person(Employment.UNEMPLOYED, 1950), None), (Person(Employment.ON_DEMAND, 1950), None),
        (Person(Employment.SELF_EMPLOYED, 1960), date(2022, 12, 31)),
    ],
)  # fmt: skip
def test_when_the_senior_rule_begins(person, since):
    assert senior_on(person, BOOK) == since


def test_a_senior_is_never_tested_against_the_whole_labour_market():
    old = Person(birth_year=1960)
    rows = [standing([Period(BEGAN, None)], old, BOOK, BEGAN + timedelta(days=day - 1)).test.id for day in (1, 90, 91, 180, 181, 366, 900)]
    assert rows == ["kedja_1", "kedja_1", "kedja_2", "kedja_2", "senior", "senior", "senior"]


def test_the_age_can_be_reached_in_the_middle():
    person = Person(born_on=date(1963, 3, 1))
    found = standing([Period(BEGAN, None)], person, BOOK, BEGAN)
    tests = [(one.on, one.rule.id, one.why) for one in found.coming if one.rule.kind is RuleKind.TEST]
    assert tests == [
        (date(2026, 11, 1), "kedja_2", Why.DAY), (date(2027, 1, 30), "kedja_3c", Why.DAY), (date(2027, 3, 1), "senior", Why.AGE),
    ]  # fmt: skip
    assert standing([Period(BEGAN, None)], person, BOOK, date(2027, 3, 1)).situation is Situation.SENIOR


# --- levels ---


def test_the_normal_level_lasts_364_days_with_the_first_not_counted():
    assert standing([Period(BEGAN, None)], YOUNG, BOOK, BEGAN + timedelta(days=364)).level is None
    assert standing([Period(BEGAN, None)], YOUNG, BOOK, BEGAN + timedelta(days=365)).level.id == "niva"


def test_an_earlier_chain_within_the_frame_uses_up_the_level():
    earlier = Period(date(2025, 9, 1), date(2026, 3, 1))
    now = Period(date(2026, 8, 3), None)
    found = standing([earlier, now], YOUNG, BOOK, now.start)
    lowered = next(one for one in found.coming if one.why is Why.LEVEL)
    assert found.day == 1
    # Of the 450 days before it, 364 were sick leave, less the first of each chain.
    window = [lowered.on - timedelta(days=back) for back in range(1, 451)]
    sick = [day for day in window if day != earlier.start and day != now.start and (earlier.covers(day) or now.covers(day))]
    assert len(sick) == 364


@given(sick_leaves(), st.dates(date(2019, 1, 1), date(2029, 1, 1)))
def test_the_lower_level_begins_on_the_first_day_that_the_days_before_have_used_up(periods, today):
    found = standing(periods, YOUNG, BOOK, today)
    if found.state not in (ChainState.RUNNING, ChainState.NOT_BEGUN):
        return
    last = found.chain.periods[-1]
    firsts = {chain.start for chain in chains(periods, BOOK) if chain.start <= last.start}

    def used(on: date) -> int:
        window = (on - timedelta(days=back) for back in range(1, 451))
        earlier = [period for period in periods if period.start < last.start]
        return sum(
            day not in firsts and (last.start <= day or any(period.covers(day) for period in earlier)) for day in window
        )

    lowered = next((one.on for one in found.coming if one.why is Why.LEVEL), None)
    first = max(today, found.chain.start)
    if lowered is None:
        assert (found.level is not None) is (used(first) >= 364)
    else:
        assert used(lowered) >= 364 > used(lowered - timedelta(days=1))


# --- a law that changes ---


def changed(**row) -> object:
    """The shipped files and one more law from 2027: the test of day 181 comes at day 121."""
    base = {
        "kind": "test", "applies_to": ["employed"], "valid_from": "2027-01-01", "valid_to": None, "name": {"sv": "ny", "en": "new"},
        "about": {"sv": "Ny.", "en": "New."}, "exceptions": [], "source": "test", "certainty": "uncertain",
    }  # fmt: skip
    rows = [{**base, "id": "new_2", "from_day": 91, "to_day": 120}, {**base, "id": "new_3", "from_day": 121, "to_day": 365, **row}]
    law = {"format": 1, "ends": {"kedja_2": "2026-12-31", "kedja_3c": "2026-12-31"}, "rows": rows}
    # Who is employed only: the others keep their rows under other names.
    others = [
        {**base, "id": "senior_2", "applies_to": ["senior"], "from_day": 91, "to_day": 180},
        {**base, "id": "self_3", "applies_to": ["self_employed"], "from_day": 181, "to_day": 365},
    ]
    law["rows"] += others
    return read_book([*shipped(), ("2027-01-01.json", law)])


def test_a_new_law_is_a_new_file():
    book = changed()
    before = standing([Period(BEGAN, None)], YOUNG, book, date(2026, 12, 31))
    assert (before.day, before.test.id) == (151, "kedja_2")
    assert (before.next_date.on, before.next_date.rule.id, before.next_date.why) == (date(2027, 1, 1), "new_3", Why.LAW)
    after = standing([Period(BEGAN, None)], YOUNG, book, date(2027, 1, 1))
    assert (after.day, after.test.id) == (152, "new_3")


def test_a_law_that_changes_in_mid_period_is_foreseen_from_the_first_day():
    found = standing([Period(BEGAN, None)], YOUNG, changed(), BEGAN)
    tests = [(one.on, one.day, one.rule.id, one.why) for one in found.coming if one.rule.kind is RuleKind.TEST]
    assert tests[:3] == [
        (date(2026, 11, 1), 91, "kedja_2", Why.DAY), (date(2027, 1, 1), 152, "new_3", Why.LAW), (date(2027, 8, 3), 366, "kedja_4", Why.DAY),
    ]  # fmt: skip


def test_another_limit_of_joining_is_data_too():
    law = {"format": 1, "ends": {"sammanlaggning": "2026-12-31"}, "rows": [{
        "id": "join_60", "kind": "counting", "join_under_days": 60, "valid_from": "2027-01-01", "valid_to": None,
        "name": {"sv": "a", "en": "a"}, "about": {"sv": "a", "en": "a"}, "source": "test", "certainty": "uncertain"}]}  # fmt: skip
    book = read_book([*shipped(), ("2027-01-01.json", law)])
    for start, count in ((date(2026, 12, 31), 1), (date(2027, 1, 1), 2)):
        gone = Period(start - timedelta(days=100), start - timedelta(days=71))
        assert len(chains([gone, Period(start, None)], book)) == count


# --- what cannot be ---


@pytest.mark.parametrize(
    ("start", "end", "degree", "others", "expected"),
    [
        (None, None, 100, [], [("sick_leave.start_missing", "start")]),
        (BEGAN, None, None, [], [("sick_leave.degree_missing", "degree")]),
        (BEGAN, None, 60, [], [("sick_leave.degree_missing", "degree")]),
        (BEGAN, date(2026, 8, 2), 100, [], [("sick_leave.ends_before_start", "end")]),
        (BEGAN, BEGAN, 100, [], []),
        (date(2030, 1, 1), None, 100, [], [("sick_leave.too_far", "start")]),
        (BEGAN, date(2030, 1, 1), 100, [], [("sick_leave.too_far", "end")]),
        (date(2026, 9, 1), None, 50, [Period(BEGAN, date(2026, 8, 31))], []),
        (date(2026, 8, 31), None, 50, [Period(BEGAN, date(2026, 8, 31))], [("sick_leave.overlaps", "start")]),
        (date(2026, 8, 1), date(2026, 8, 3), 50, [Period(BEGAN, date(2026, 8, 31))], [("sick_leave.overlaps", "end")]),
        (date(2026, 9, 1), None, 50, [Period(BEGAN, None)], [("sick_leave.earlier_goes_on", "start")]),
        (date(2026, 8, 1), None, 50, [Period(BEGAN, None)], [("sick_leave.end_needed", "end")]),
        (BEGAN, None, 50, [Period(BEGAN, None)], [("sick_leave.overlaps_open", "start")]),
        (date(2026, 8, 1), date(2026, 8, 5), 50, [Period(BEGAN, None)], [("sick_leave.overlaps_open", "end")]),
    ],
)
def test_what_is_wrong_with_a_period_stands_beside_its_field(start, end, degree, others, expected):
    found = problems_with_period(start, end, degree, others, date(2026, 11, 22))
    assert [(problem.code, problem.field) for problem in found] == expected


# --- by property ---

SOME_DAY = st.dates(date(2019, 1, 1), date(2030, 1, 1))
PEOPLE = st.builds(
    Person, st.sampled_from(Employment), st.none() | st.integers(1950, 1990), st.none() | st.dates(date(1950, 1, 1), date(1990, 1, 1))
)


@given(sick_leaves(), SOME_DAY)
def test_the_day_is_what_counting_day_by_day_gives(periods, today):
    found = standing(periods, YOUNG, BOOK, today)
    if found.state in (ChainState.RUNNING, ChainState.PAUSED, ChainState.BROKEN):
        assert (found.day, found.chain.start) == day_of_chain(periods, today)
    else:
        assert found.day == 0


@given(sick_leaves())
def test_every_period_is_in_one_chain_and_gaps_tell_them_apart(periods):
    found = chains(reversed(periods), BOOK)
    assert [period for chain in found for period in chain.periods] == periods
    for earlier, later in zip(found, found[1:], strict=False):
        assert (later.start - earlier.end).days - 1 >= 90
    for chain in found:
        for earlier, later in zip(chain.periods, chain.periods[1:], strict=False):
            assert (later.start - earlier.end).days - 1 < 90


@given(sick_leaves(), st.integers(1, 900))
def test_date_and_day_are_each_others_inverse(periods, day):
    chain = chains(periods, BOOK)[-1]
    on = chain.date_of(day)
    assert chain.forecast_day_on(on) == day
    assert chain.forecast_day_on(on - timedelta(days=1)) == day - 1


@given(sick_leaves(), PEOPLE, SOME_DAY)
def test_what_is_foreseen_comes_true(periods, person, today):
    """On each date to come, if the sick leave goes on till then, another test applies than the day before; between them none does."""
    found = standing(periods, person, BOOK, today)
    last = found.chain.periods[-1]
    as_foreseen = [*(p for p in periods if p is not last and p.start <= last.start), Period(last.start, None, last.degree)]
    for one in found.coming:
        if one.rule.kind is not RuleKind.TEST:
            continue
        then = standing(as_foreseen, person, BOOK, one.on)
        assert (then.day, then.test.id) == (one.day, one.rule.id)
        before = standing(as_foreseen, person, BOOK, one.on - timedelta(days=1))
        assert before.test is None or before.test.id != one.rule.id
    ahead = [today, *(one.on for one in found.coming)]
    assert ahead == sorted(ahead) and (len(ahead) == 1 or ahead[1] > today)


@given(PEOPLE, sick_leaves(), SOME_DAY)
def test_exactly_one_test_answers_for_whoever_is_sick(person, periods, today):
    found = standing(periods, person, BOOK, today)
    if not found.is_sick:
        return
    situation = found.situation
    assert found.test is not None
    assert sum(rule.covers(found.day) and rule.in_force(today) for rule in BOOK.tests(situation)) == 1


@given(sick_leaves(), st.integers(1, 89), st.integers(0, 400))
def test_a_longer_gap_moves_the_dates_by_just_so_much(periods, more, day):
    """Whatever lies after a gap that still joins is moved by the days it grows, and the count is the same."""
    first = Period(date(2026, 1, 1), date(2026, 1, 20))
    near = Chain((first, Period(date(2026, 1, 21), None)))
    far = Chain((first, Period(date(2026, 1, 21) + timedelta(days=more), None)))
    assert far.date_of(21 + day) - near.date_of(21 + day) == timedelta(days=more)


@given(st.lists(st.tuples(sick_leaves(), PEOPLE), min_size=1, max_size=12), SOME_DAY)
def test_many_at_once_are_told_the_same_as_one_by_one(all_of_them, today):
    people = [
        PersonChain(
            number, str(number), [(p.start.toordinal(), p.end.toordinal() if p.end else GOES_ON) for p in periods], person.employment.value,
            person.birth_year, person.born_on,
        )
        for number, (periods, person) in enumerate(all_of_them)
    ]  # fmt: skip
    briefs = {brief.case_id: brief for brief in ManyChains(BOOK, today).briefs(people)}
    for number, (periods, person) in enumerate(all_of_them):
        whole = standing(periods, person, BOOK, today)
        if whole.state not in (ChainState.RUNNING, ChainState.PAUSED):
            assert number not in briefs
            continue
        brief = briefs[number]
        comes = next((one for one in whole.coming if one.rule.kind is RuleKind.TEST), None)
        assert (brief.day, brief.is_sick, brief.started_on) == (whole.day, whole.is_sick, whole.chain.start)
        assert (brief.next_on, brief.next_day) == ((comes.on, comes.day) if comes else (None, None))
        assert brief.next_rule == (comes.rule if comes else None)


@given(sick_leaves(), SOME_DAY, SOME_DAY | st.none(), st.sampled_from(DEGREES))
def test_only_what_lies_over_another_is_refused(periods, start, end, degree):
    if end is not None and end < start:
        start, end = end, start
    meets = any(other.start <= (end or date.max) and start <= other.last for other in periods)
    found = problems_with_period(start, end, degree, periods, date(2029, 1, 1))
    assert bool(found) is meets
    assert all(problem.field in ("start", "end") for problem in found)


@given(sick_leaves(), SOME_DAY)
def test_the_current_chain_is_the_latest_that_has_begun(periods, today):
    every = chains(periods, BOOK)
    chain = current_chain(every, today)
    begun = [one for one in every if one.start <= today]
    assert chain is (begun[-1] if begun else every[0])
