"""The arithmetic of change: paired means with an interval, how much and how surely, and tests that stand few and skewed numbers.

Written with the standard library: what is needed is a page of it, and the tests hold it to SciPy's answers to 1e-9. Every
function takes differences or values as they are; whoever calls rounds them to the scale first, so that what is equal on the
scale is equal here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

#: How sure the interval is to be.
CONFIDENCE = 0.95
#: Below so many pairs the mean leans on too few for an interval to be believed alone.
FEW = 10
#: A skewness past this, either way, is called skewed: the mean then says less than the ranks do.
SKEWED = 1.0
#: Up to so many differences the signed-rank test counts every case; beyond, the normal curve is as good.
MOST_COUNTED = 50
#: What is smaller than this share of the largest value is nothing but rounding.
_DUST = 1e-12


class WhyRanks(StrEnum):
    """Why the test by ranks is shown: few pairs, or differences that are skewed."""

    FEW = "few"
    SKEWED = "skewed"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many, their mean, and the sample's standard deviation (None for fewer than two)."""

    n: int
    mean: float
    deviation: float | None


@dataclass(frozen=True, slots=True)
class Interval:
    """From and to."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RankTest:
    """Wilcoxon's signed-rank test: the smaller rank sum, how many differences it is about, p, and whether that was counted exactly."""

    statistic: float
    n: int
    p: float
    is_exact: bool


@dataclass(frozen=True, slots=True)
class SignTest:
    """The sign test: how many rose and how many fell, and the exact p."""

    rose: int
    fell: int
    p: float


@dataclass(frozen=True, slots=True)
class PairedChange:
    """All that is reckoned from pairs. What cannot be reckoned is None: an interval of one pair, or of equal differences."""

    before: Spread
    after: Spread
    difference: Spread
    interval: Interval | None
    response: float | None
    why_ranks: WhyRanks | None
    ranks: RankTest | None
    signs: SignTest | None


def paired_change(before: Sequence[float], after: Sequence[float], differences: Sequence[float]) -> PairedChange:
    """The change of pairs. `differences` are after less before, rounded to the scale.

    Ranks are shown where there are few pairs, and signs too where the differences are skewed: the signed-rank test takes for
    granted that they lie evenly around their middle, and the sign test takes nothing for granted.
    """
    why = why_ranks(differences)
    return PairedChange(
        before=spread(before),
        after=spread(after),
        difference=spread(differences),
        interval=mean_interval(differences),
        response=standardised_response(differences),
        why_ranks=why,
        ranks=signed_rank(differences) if why is not None else None,
        signs=sign_test(differences) if why is WhyRanks.SKEWED else None,
    )


def spread(values: Sequence[float]) -> Spread:
    """Mean and sample standard deviation."""
    if not values:
        raise ValueError("the mean of nothing")
    mean = math.fsum(values) / len(values)
    if len(values) < 2:
        return Spread(len(values), mean, None)
    squares = math.fsum((value - mean) ** 2 for value in values)
    deviation = math.sqrt(squares / (len(values) - 1))
    # Equal values differ from their mean by rounding alone.
    is_dust = deviation <= _DUST * max(map(abs, values))
    return Spread(len(values), mean, 0.0 if is_dust else deviation)


def mean_interval(differences: Sequence[float]) -> Interval | None:
    """The interval in which the mean difference lies with 95 % confidence, by Student's t. None without any spread."""
    found = spread(differences)
    if not found.deviation:
        return None
    half = student_quantile(CONFIDENCE, found.n - 1) * found.deviation / math.sqrt(found.n)
    return Interval(found.mean - half, found.mean + half)


def standardised_response(differences: Sequence[float]) -> float | None:
    """The standardised response mean (SRM): the mean difference by its standard deviation. None without any spread."""
    found = spread(differences)
    return found.mean / found.deviation if found.deviation else None


def skewness(values: Sequence[float]) -> float | None:
    """The sample's skewness, corrected for few (G1). None for fewer than three, or without any spread."""
    found = spread(values)
    if found.n < 3 or not found.deviation:
        return None
    n = found.n
    second = math.fsum((value - found.mean) ** 2 for value in values) / n
    third = math.fsum((value - found.mean) ** 3 for value in values) / n
    return math.sqrt(n * (n - 1)) / (n - 2) * third / second**1.5


def why_ranks(differences: Sequence[float]) -> WhyRanks | None:
    """Why the ranks are asked as well, or None where mean and interval do."""
    skew = skewness(differences)
    if skew is not None and abs(skew) > SKEWED:
        return WhyRanks.SKEWED
    return WhyRanks.FEW if len(differences) < FEW else None


def signed_rank(differences: Sequence[float]) -> RankTest | None:
    """Wilcoxon's test, two-sided. Zeros are left out, as Wilcoxon did; equal sizes share the mean of their ranks.

    Up to `MOST_COUNTED` differences every way of putting signs to these very ranks is counted, ties or not. Beyond that the
    normal curve is used, its width corrected for ties. None where nothing changed.
    """
    moved = [value for value in differences if value]
    if not moved:
        return None
    doubled = _doubled_ranks([abs(value) for value in moved])
    total = sum(doubled)
    rose = sum(rank for rank, value in zip(doubled, moved, strict=True) if value > 0)
    smaller = min(rose, total - rose)
    if len(moved) <= MOST_COUNTED:
        ways = _ways(doubled)
        p = min(1.0, 2 * sum(ways[: smaller + 1]) / 2 ** len(moved))
        return RankTest(smaller / 2, len(moved), p, is_exact=True)
    # Var = sum of squared ranks / 4: that is n(n+1)(2n+1)/24 less what the ties take.
    deviation = math.sqrt(math.fsum((rank / 2) ** 2 for rank in doubled) / 4)
    p = min(1.0, 2 * NormalDist().cdf((smaller / 2 - total / 4) / deviation))
    return RankTest(smaller / 2, len(moved), p, is_exact=False)


def sign_test(differences: Sequence[float]) -> SignTest | None:
    """Whether more rose than fell: exact and two-sided, zeros left out. None where nothing changed."""
    rose = sum(value > 0 for value in differences)
    fell = sum(value < 0 for value in differences)
    n = rose + fell
    if not n:
        return None
    tail = sum(math.comb(n, k) for k in range(min(rose, fell) + 1))
    # Whole numbers divided once: exact, and never past the largest float.
    return SignTest(rose, fell, min(1.0, 2 * tail / 2**n))


def student_within(t: float, freedom: int) -> float:
    """The share of Student's t that lies between -t and t; exact sums for whole degrees of freedom (Abramowitz & Stegun 26.7.3–4)."""
    angle = math.atan2(t, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    terms, term = [], cosine if freedom % 2 else 1.0
    for place in range(2 + freedom % 2, freedom + 1, 2):
        terms.append(term)
        term *= cosine * cosine * (place - 1) / place
    if freedom % 2:
        return 2 / math.pi * (angle + sine * math.fsum(terms))
    return sine * math.fsum(terms)


def student_quantile(share: float, freedom: int) -> float:
    """The t between whose minus and plus this share lies, found by halving."""
    low, high = 0.0, 1.0
    while student_within(high, freedom) < share:
        low, high = high, 2 * high
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if student_within(middle, freedom) < share:
            low = middle
        else:
            high = middle


def _doubled_ranks(sizes: Sequence[float]) -> list[int]:
    """Twice the rank of each, so that shared ranks are whole too."""
    counts = Counter(sizes)
    ranks, before = {}, 0
    for size in sorted(counts):
        ranks[size] = 2 * before + counts[size] + 1
        before += counts[size]
    return [ranks[size] for size in sizes]


def _ways(doubled: Sequence[int]) -> list[int]:
    """In how many ways signs can be put so that the ranks with plus add up to each number."""
    ways = [1] + [0] * sum(doubled)
    reached = 0
    for rank in doubled:
        reached += rank
        for at in range(reached, rank - 1, -1):
            ways[at] += ways[at - rank]
    return ways
