"""Figures of any period: never more than its rounds and years tell themselves, so that no two of them give away a third."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.figure_sums import attendance_is_told, put_together, years_of
from rehabdesk.domain.figures import ClaimFacts, PersonOutcome, RoundFacts, people_of_one, people_of_year
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.masking import LEAST
from rehabdesk.domain.prerehab import BookingState, BreakOffReason

OUTCOMES = (BookingState.COMPLETED, BookingState.BROKEN_OFF, BookingState.STARTED)
counts = st.tuples(*(st.integers(0, 9) for _ in OUTCOMES))


def claims_of(round_id: int, row: tuple[int, ...]) -> list[ClaimFacts]:
    states = [state for state, count in zip(OUTCOMES, row, strict=True) for _ in range(count)]
    return [
        ClaimFacts(
            round_id * 1000 + place, 1, round_id * 1000 + place, tuple(LegalSex)[place % 2], state, date(2026, 1, 1), round_id=round_id,
            place_id=place, starts_on=date(2026, 2, 2), ends_on=date(2026, 3, 2),
            reason=BreakOffReason.MOVED if state is BookingState.BROKEN_OFF else None,
        )
        for place, state in enumerate(states)
    ]  # fmt: skip


def test_years_are_those_with_a_chosen_round_and_hold_all_of_theirs():
    def one(number: int, programme: int, year: int, *, cancelled: bool = False) -> RoundFacts:
        return RoundFacts(number, programme, "", "", 80, date(year, 3, 2), None, cancelled, ())

    rounds = [one(1, 1, 2025), one(2, 1, 2026), one(3, 1, 2026), one(4, 2, 2026), one(5, 1, 2026, cancelled=True)]
    assert years_of(rounds, {2}) == ((2, 3),)
    assert years_of(rounds, {2, 4}) == ((2, 3), (4,))
    assert years_of(rounds, {5}) == ()


@given(st.lists(counts, min_size=2, max_size=5), st.data())
def test_a_part_of_a_year_tells_what_each_of_its_rounds_tells(rows, data):
    year = {place: (claims_of(place, row), ()) for place, row in enumerate(rows, start=1)}
    chosen = data.draw(st.lists(st.sampled_from(sorted(year)), unique=True, min_size=2, max_size=len(rows)))
    parts = [people_of_one(year, one) for one in chosen]
    told = put_together(parts, are_apart=False)
    for outcome, state in zip(PersonOutcome, OUTCOMES, strict=True):
        cells = [part.of(outcome) for part in parts]
        real = sum(claim.state is state for one in chosen for claim in year[one][0])
        assert told.of(outcome) == (None if None in cells else real)
    assert told.outcomes.column_totals[:2] == (0, 0)
    assert told.began == (None if any(part.began is None for part in parts) else sum(len(year[one][0]) for one in chosen))


def test_whole_years_keep_women_and_men_apart():
    years = [{1: (claims_of(1, (12, 0, 0)), ())}, {2: (claims_of(2, (20, 0, 0)), ())}]
    told = put_together([people_of_year(one) for one in years], are_apart=True)
    assert told.outcomes.column_totals == (16, 16, 0) and told.has_sexes
    assert put_together([], are_apart=True).began == 0


@given(st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_no_few_are_left_between_the_year_and_the_rounds_whose_attendance_is_told(persons):
    year = dict(enumerate(persons))
    told = [one for one in year if attendance_is_told([list(year)], {one}, year)]
    assert all(not 0 < year[one] < LEAST for one in told)
    rest = sum(persons) - sum(year[one] for one in told)
    if attendance_is_told([list(year)], set(year), year):
        assert rest == 0 or rest >= LEAST
