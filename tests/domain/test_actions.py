"""How long actions have lain, party by party."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.actions import LATE_AGES, Age, OpenAction, age_of, ageing

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("late", "age"),
    [(-3, Age.IN_TIME), (0, Age.IN_TIME), (1, Age.LATE), (14, Age.LATE), (15, Age.LATE_WEEKS), (30, Age.LATE_WEEKS), (31, Age.LATE_LONG)],
)
def test_age_by_days_late(late: int, age: Age):
    assert age_of(TODAY - timedelta(days=late), TODAY) is age


def test_no_date_is_an_age_of_its_own():
    assert age_of(None, TODAY) is Age.NO_DATE


some_actions = st.lists(
    st.builds(OpenAction, st.integers(1, 4), st.just("Part"), st.none() | st.dates(date(2026, 6, 1), date(2027, 6, 1))), max_size=60
)


@given(actions=some_actions)
def test_every_action_is_counted_once(actions: list[OpenAction]):
    found = ageing(actions, TODAY)
    assert sum(party.total for party in found) == len(actions)
    assert sum(party.late for party in found) == sum(age_of(one.due_on, TODAY) in LATE_AGES for one in actions)
    assert {party.party_id for party in found} == {one.party_id for one in actions}
    assert [(party.late, party.total) for party in found] == sorted(((p.late, p.total) for p in found), reverse=True)
    for party in found:
        assert all(party.of(age) == sum(1 for one in actions if one.party_id == party.id and age_of(one.due_on, TODAY) is age) for age in Age)
