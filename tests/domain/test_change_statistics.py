"""The statistics of change give SciPy's answers to 1e-9, and say None where there is no answer."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rehabdesk.domain.change_statistics import (
    FEW,
    MOST_COUNTED,
    WhyRanks,
    mean_interval,
    paired_change,
    sign_test,
    signed_rank,
    skewness,
    spread,
    standardised_response,
    student_quantile,
    student_within,
    why_ranks,
)

AGREE = {"rel": 1e-9, "abs": 1e-9}
#: Steps of a scale: many ties and zeros.
steps = st.integers(-10, 10).map(float)
#: Hundredths, where ties are rare.
hundredths = st.integers(-600, 600).map(lambda number: number / 100)
samples = st.one_of(st.lists(steps, min_size=2, max_size=60), st.lists(hundredths, min_size=2, max_size=60))


@given(samples)
def test_mean_deviation_interval_and_response_agree(values: list[float]) -> None:
    found = spread(values)
    assert found.mean == pytest.approx(np.mean(values), **AGREE)
    assert found.deviation == pytest.approx(np.std(values, ddof=1), **AGREE)
    interval = mean_interval(values)
    if len(set(values)) == 1:
        assert interval is None and standardised_response(values) is None
        return
    low, high = stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
    assert (interval.low, interval.high) == pytest.approx((low, high), **AGREE)
    assert standardised_response(values) == pytest.approx(np.mean(values) / np.std(values, ddof=1), **AGREE)


@given(samples)
def test_the_interval_is_that_of_the_paired_t_test(values: list[float]) -> None:
    interval = mean_interval(values)
    if interval is not None:
        theirs = stats.ttest_1samp(values, 0).confidence_interval(0.95)
        assert (interval.low, interval.high) == pytest.approx((theirs.low, theirs.high), **AGREE)


@given(st.lists(steps, min_size=3, max_size=40))
def test_skewness_agrees(values: list[float]) -> None:
    if len(set(values)) > 1:
        assert skewness(values) == pytest.approx(stats.skew(values, bias=False), **AGREE)
    else:
        assert skewness(values) is None


@given(st.integers(1, MOST_COUNTED).flatmap(lambda n: st.tuples(st.permutations(range(1, n + 1)), st.lists(st.booleans(), min_size=n, max_size=n))))
def test_signed_rank_agrees_where_nothing_is_tied(drawn: tuple[list[int], list[bool]]) -> None:
    values = [float(size if up else -size) for size, up in zip(*drawn, strict=True)]
    theirs = stats.wilcoxon(values, method="exact")
    ours = signed_rank(values)
    assert (ours.statistic, ours.n, ours.is_exact) == (theirs.statistic, len(values), True)
    assert ours.p == pytest.approx(theirs.pvalue, **AGREE)


@given(st.lists(st.integers(-4, 4).map(float), min_size=2, max_size=10).filter(lambda values: sum(map(bool, values)) > 1))
def test_signed_rank_agrees_with_every_way_of_putting_signs_where_values_are_tied(values: list[float]) -> None:
    theirs = stats.wilcoxon([one for one in values if one], method=stats.PermutationMethod(n_resamples=np.inf))
    ours = signed_rank(values)
    assert (ours.statistic, ours.n) == (theirs.statistic, sum(1 for one in values if one))
    assert ours.p == pytest.approx(theirs.pvalue, **AGREE)


@given(st.lists(st.integers(-10, 10).map(float), min_size=MOST_COUNTED + 1, max_size=120).filter(lambda values: sum(map(bool, values)) > MOST_COUNTED))
def test_signed_rank_agrees_by_the_normal_curve_where_there_are_many(values: list[float]) -> None:
    theirs = stats.wilcoxon([one for one in values if one], method="asymptotic")
    ours = signed_rank(values)
    assert (ours.statistic, ours.is_exact) == (theirs.statistic, False)
    assert ours.p == pytest.approx(theirs.pvalue, **AGREE)


@given(samples)
def test_the_sign_test_agrees(values: list[float]) -> None:
    ours = sign_test(values)
    moved = [one for one in values if one]
    if not moved:
        assert ours is None
        return
    theirs = stats.binomtest(sum(one > 0 for one in moved), len(moved), 0.5)
    assert (ours.rose, ours.fell) == (sum(one > 0 for one in moved), sum(one < 0 for one in moved))
    assert ours.p == pytest.approx(theirs.pvalue, **AGREE)


@given(st.integers(1, 300), st.floats(0, 60))
def test_students_t_agrees(freedom: int, t: float) -> None:
    assert student_within(t, freedom) == pytest.approx(1 - 2 * stats.t.sf(t, freedom), **AGREE)


@given(st.integers(1, 500), st.sampled_from((0.5, 0.9, 0.95, 0.99)))
def test_quantiles_of_students_t_agree(freedom: int, share: float) -> None:
    assert student_quantile(share, freedom) == pytest.approx(stats.t.ppf((1 + share) / 2, freedom), **AGREE)


def test_a_large_sample_is_neither_slow_nor_inexact() -> None:
    values = [float(one % 7 - 2) for one in range(3000)]
    theirs = stats.wilcoxon([one for one in values if one], method="asymptotic")
    assert signed_rank(values).p == pytest.approx(theirs.pvalue, **AGREE)
    assert sign_test(values).p == pytest.approx(stats.binomtest(sign_test(values).rose, sign_test(values).rose + sign_test(values).fell).pvalue, **AGREE)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ([1.0, 2.0], WhyRanks.FEW),
        ([1.0] * 9, WhyRanks.FEW),
        ([float(one) for one in range(FEW)], None),
        ([0.0] * 11 + [9.0], WhyRanks.SKEWED),
        ([0.0] * 5 + [9.0], WhyRanks.SKEWED),
        ([2.0] * 30, None),
    ],
)
def test_ranks_are_asked_of_few_and_of_skewed(values: list[float], why: WhyRanks | None) -> None:
    assert why_ranks(values) is why
    found = paired_change([0.0] * len(values), values, values)
    assert (found.ranks is not None) == (why is not None)
    assert (found.signs is not None) == (why is WhyRanks.SKEWED)


def test_what_cannot_be_reckoned_is_none() -> None:
    assert spread([3.0]).deviation is None
    assert mean_interval([3.0]) is None
    assert signed_rank([0.0, 0.0]) is None and sign_test([0.0]) is None
    # Thirds of equal values are not quite equal to their mean: still no spread.
    assert spread([0.1] * 3).deviation == 0.0
    with pytest.raises(ValueError, match="nothing"):
        spread([])


def test_two_pairs_are_answered() -> None:
    found = paired_change([3.0, 5.0], [5.0, 6.0], [2.0, 1.0])
    assert found.difference.mean == 1.5
    assert found.interval.high == pytest.approx(1.5 + stats.t.ppf(0.975, 1) * math.sqrt(0.5) / math.sqrt(2), **AGREE)
    assert found.ranks.p == 0.5
