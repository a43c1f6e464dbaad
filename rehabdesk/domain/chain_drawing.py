"""The chain drawn: its tests as a band, the periods beneath, the day of the plan and today. One scene for window and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from rehabdesk.domain.rehab_chain import Chain, ChainDate, ChainState, ChainStanding, Period
from rehabdesk.domain.scene import Anchor, Line, Rect, Role, Scene, Shape, Text

#: The day the band reaches at least, so that a short sick leave is seen against what may come.
LEAST_DAYS = 510
WIDTH = 716.0
HEIGHT = 98.0

_A_YEAR = 365
_SIZE = 12.0
#: How wide a letter is beside its size, a little too wide rather than cut.
_LETTER = 0.5
_BAND_TOP, _BAND = 20.0, 22.0
_BAR_TOP, _BAR = 46.0, 9.0
_MIDDLE_LINE, _LOW_LINE = 71.0, 93.0
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class DrawingWords:
    """What the drawing says, in one language: at today's line, at the plan's, beside the bars, and the whole of it in words."""

    language: str
    today: str
    plan: str
    degrees: str
    told: str
    plan_is_open: bool = True


class _Axis(NamedTuple):
    """From days of the chain to places on the drawing."""

    days: int
    width: float

    def before(self, day: int) -> float:
        """Where a day begins."""
        return (day - 1) / self.days * self.width

    def within(self, day: int) -> float:
        """The middle of a day."""
        return (day - 0.5) / self.days * self.width


def chain_scene(standing: ChainStanding, words: DrawingWords, width: float = WIDTH) -> Scene | None:
    """The drawing at a width; None where there is no chain to draw."""
    chain = standing.chain
    if chain is None:
        return None
    axis = _Axis(_days_shown(standing, chain), width)
    shapes: list[Shape] = [*_band(standing, axis, words.language), *_bars(chain, standing.on, axis)]
    shapes += _degrees(standing, chain, axis, words.degrees)
    if standing.plan is not None and words.plan:
        shapes += _plan(standing, axis, words)
    if standing.state is not ChainState.BROKEN:
        shapes += _today(standing, axis, words.today)
    return Scene(width, HEIGHT, tuple(shapes), words.told)


def _days_shown(standing: ChainStanding, chain: Chain) -> int:
    return max(LEAST_DAYS, round(_days_written(standing, chain) * 1.12) + 10)


def _days_written(standing: ChainStanding, chain: Chain) -> int:
    """As far as the periods reach, or today where the last one goes on."""
    return chain.day_on(chain.end or max(standing.on, chain.periods[-1].start))


def _band(standing: ChainStanding, axis: _Axis, language: str) -> list[Shape]:
    """A stretch for each test, with the day it begins above and its name inside; the employer's days are grey."""
    course = standing.course
    paid = _paid_days(standing)
    shapes: list[Shape] = []
    marks = [1, *([paid + 1] if paid else []), *(one.day for one in course if one.day > 1)]
    shapes += _marks([mark for mark in marks if mark <= axis.days], axis)
    for place, one in enumerate(course):
        last = course[place + 1].day - 1 if place + 1 < len(course) else axis.days
        first = max(one.day, paid + 1)
        if first > min(last, axis.days):
            continue
        left = axis.before(first)
        # A law can change a day or two before the test does.
        right = max(left + 0.5, axis.before(min(last, axis.days) + 1) - _GAP)
        role = Role.LINE if one.day > _A_YEAR else Role.ACCENT_GROUND
        shapes.append(Rect(left, _BAND_TOP, right - left, _BAND, role))
        shapes += _inside(one, left, right, language)
    if paid:
        shapes.append(Rect(0.0, _BAND_TOP, axis.before(paid + 1) - _GAP, _BAND, Role.LINE))
    return shapes


def _paid_days(standing: ChainStanding) -> int:
    """The days an employer pays, at the beginning: they bear no name, and the certificate's day is not drawn."""
    return standing.pay.to_day or 0 if standing.pay is not None else 0


def _marks(days: Sequence[int], axis: _Axis) -> list[Shape]:
    shapes: list[Shape] = []
    free_from = -1.0
    for day in days:
        left = axis.before(day) + (1 if day == 1 else 0)
        if left >= free_from and left + _width(str(day)) <= axis.width:
            shapes.append(Text(left, _BAND_TOP - 6, str(day), Role.MUTED, _SIZE))
            free_from = left + _width(str(day)) + 4
    return shapes


def _inside(one: ChainDate, left: float, right: float, language: str) -> list[Shape]:
    words = _cut(one.rule.name.written(language), right - left - 6)
    return [Text(left + 5, _BAND_TOP + 15.5, words, Role.TEXT, _SIZE)] if words else []


def _bars(chain: Chain, today: date, axis: _Axis) -> list[Shape]:
    """A bar for each period, as high as its degree; what has not been yet is hatched, and a break between two is dashed."""
    shapes: list[Shape] = []
    counted = 0
    for place, period in enumerate(chain.periods):
        if place and chain.periods[place - 1].last + timedelta(days=1) < period.start:
            at = axis.before(counted + 1)
            shapes.append(Line(at, _BAR_TOP - 2, at, _BAR_TOP + _BAR + 3, Role.MUTED, 1.0, dashed=True))
        been = max(0, (min(period.last, today) - period.start).days + 1)
        whole = (period.end - period.start).days + 1 if period.end is not None else been
        shapes += _bar(period, counted, been, whole, axis)
        counted += whole
    return shapes


def _bar(period: Period, before: int, been: int, whole: int, axis: _Axis) -> list[Shape]:
    high = _BAR * period.degree / 100
    top = _BAR_TOP + _BAR - high
    role = Role.ACCENT if period.degree == 100 else Role.ACCENT_SOFT
    edge = axis.before(min(before + been, axis.days) + 1)
    shapes: list[Shape] = []
    if been:
        left = axis.before(before + 1)
        shapes.append(Rect(left, top, max(1.0, edge - left), high, role))
    if whole > been:
        right = axis.before(min(before + whole, axis.days) + 1)
        shapes.append(Rect(edge, top, max(1.0, right - edge), high, role, hatched=True))
    return shapes


def _degrees(standing: ChainStanding, chain: Chain, axis: _Axis, words: str) -> list[Shape]:
    """Beside the last bar, or on the line beneath where there is no room."""
    left = axis.before(_days_written(standing, chain) + 1) + 10
    plan = axis.within(standing.plan.number("deadline_day")) if standing.plan is not None else 0.0
    if left - 4 < plan < left + _width(words) + 4:
        # Not across the line that marks the plan.
        left = plan + 6
    if left + _width(words) <= axis.width:
        return [Text(left, _BAR_TOP + _BAR, words, Role.MUTED, _SIZE)]
    return [Text(axis.width, _MIDDLE_LINE, _cut(words, axis.width * 0.7), Role.MUTED, _SIZE, Anchor.END)]


def _plan(standing: ChainStanding, axis: _Axis, words: DrawingWords) -> list[Shape]:
    at, role = axis.within(standing.plan.number("deadline_day")), Role.RED if words.plan_is_open else Role.MUTED
    label = _centred(words.plan, at, _MIDDLE_LINE, axis, role, bold=False)
    today, half = axis.within(max(1, standing.day)), _width(words.plan) / 2
    if standing.state is not ChainState.BROKEN and abs(label.x - today) < half + 4:
        # Beside today's line, not across it.
        is_left = at < today and today - 6 - 2 * half >= 0
        label = replace(label, x=today - 6, anchor=Anchor.END) if is_left else replace(label, x=today + 6, anchor=Anchor.START)
    return [Line(at, _BAND_TOP - 4, at, _MIDDLE_LINE - 11, role, 1.5, dashed=True), label]


def _today(standing: ChainStanding, axis: _Axis, words: str) -> list[Shape]:
    at = axis.within(max(1, standing.day))
    return [
        Line(at, _BAND_TOP - 18, at, _LOW_LINE - 12, Role.ACCENT, 3.0, dashed=not standing.is_sick),
        _centred(words, at, _LOW_LINE, axis, Role.ACCENT, bold=True),
    ]


def _centred(words: str, at: float, base: float, axis: _Axis, role: Role, *, bold: bool) -> Text:
    """Under its line, but never over the edge."""
    half = _width(words, bold=bold) / 2
    return Text(min(max(at, half), axis.width - half), base, words, role, _SIZE, Anchor.MIDDLE, bold)


def _width(words: str, *, bold: bool = False) -> float:
    return len(words) * _SIZE * (_LETTER + (0.04 if bold else 0.0))


def _cut(words: str, room: float) -> str:
    """As many letters as there is room for; nothing where it would be no word any more."""
    if _width(words) <= room:
        return words
    fits = int(room / (_SIZE * _LETTER)) - 1
    return f"{words[:fits].rstrip(' ,')}…" if fits >= 5 else ""
