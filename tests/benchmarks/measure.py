"""Rounds, medians and the one table: ours and its floor take turns in the same round, so that a busy machine hits both."""

from __future__ import annotations

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Timer = Callable[[], float]
Work = Callable[[], object]

_HEADS = ("what", "size", "ours", "floor", "found", "goal", "held")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `held` is None where there is no goal, only a figure to know."""

    what: str
    size: str
    ours: str
    floor: str
    found: str
    goal: str = ""
    held: bool | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """The medians of ours and of the floor, in seconds."""

    ours: float
    floor: float

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes."""
        return self.ours / self.floor

    @property
    def over(self) -> float:
        """How many seconds ours takes more."""
        return self.ours - self.floor

    def per(self, count: int) -> Pair:
        """The same for one of `count` that were timed together."""
        return Pair(self.ours / count, self.floor / count)


def taking_turns(ours: Work, floor: Work, rounds: int, timer: Timer = time.perf_counter, before: Work | None = None) -> Pair:
    """Run both once unmeasured, then in turns; every second round the floor goes first. `before` runs unmeasured before each."""
    works = (ours, floor)
    for work in works:
        _timed(work, timer, before)
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        for index in (0, 1) if number % 2 == 0 else (1, 0):
            taken[index].append(_timed(works[index], timer, before))
    return Pair(statistics.median(taken[0]), statistics.median(taken[1]))


def medians(measured: Sequence[Sequence[float]]) -> list[float]:
    """The median of every column of measured rounds."""
    return [statistics.median(column) for column in zip(*measured, strict=True)]


def as_ratio(what: str, size: str, pair: Pair, most: float) -> Figure:
    """A figure judged by how many times the floor it takes."""
    return Figure(what, size, ms(pair.ours), ms(pair.floor), f"{pair.ratio:.2f}×", f"≤ {most:g}×", pair.ratio <= most)


def within(what: str, size: str, seconds: float, most: float) -> Figure:
    """A figure judged by the clock alone."""
    return Figure(what, size, ms(seconds), "", ms(seconds), f"≤ {ms(most)}", seconds <= most)


def ms(seconds: float) -> str:
    """Seconds as milliseconds, with as many decimals as say something."""
    value = seconds * 1000
    return f"{value:.2f} ms" if value < 10 else f"{value:.0f} ms"


def mb(size: float) -> str:
    """Bytes as MB."""
    return f"{size / 1e6:.0f} MB"


def fsync_seconds(folder: Path) -> float:
    """What one fsync of a page costs on this disk: the median of a hundred."""
    path = folder / "fsync"
    taken = []
    with path.open("wb") as file:
        for _ in range(100):
            file.write(bytes(4096))
            file.flush()
            start = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - start)
    path.unlink()
    return statistics.median(taken)


def machine() -> str:
    """What this was measured on."""
    cores = os.cpu_count()
    processor = _processor()
    return f"{platform.system()} {platform.machine()}, {cores} cores ({processor}), Python {platform.python_version()}"


def table(figures: Sequence[Figure]) -> str:
    """All figures as text, a line each."""
    rows = [_HEADS, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _timed(work: Work, timer: Timer, before: Work | None) -> float:
    if before is not None:
        before()
    gc.collect()
    gc.disable()
    try:
        start = timer()
        work()
        return timer() - start
    finally:
        gc.enable()


def _cells(figure: Figure) -> tuple[str, ...]:
    held = "" if figure.held is None else "yes" if figure.held else "NO"
    return (figure.what, figure.size, figure.ours, figure.floor, figure.found, figure.goal, held)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")
