"""Launch, lock and memory: whole processes, timed from outside, ours and the empty window in turns."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.demo_vaults import ROOT, copied
from tests.benchmarks.measure import Figure, mb, ms, within

ROUNDS = 9
LOCK_ROUNDS = 5
MOST_LAUNCH, MOST_LAUNCH_OVER = 1.25, 0.05
MOST_LAUNCH_MEMORY = 1.2
MOST_HIDDEN, MOST_FRESH, MOST_GONE = 0.2, 1.0, 2.0
MOST_STEADY_MEMORY = 1.3


def figures() -> list[Figure]:
    """All of them, on a demo vault with the key derivation of a real one."""
    with tempfile.TemporaryDirectory(prefix="rehabdesk-processes-") as folder:
        place = Path(folder)
        vault = copied(1, place)
        world = {**os.environ, "REHABDESK_HOME": folder, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
        # Compiled once, as on any user's machine; the empty window's library lies compiled too.
        world.pop("PYTHONDONTWRITEBYTECODE", None)
        return [*_launch(str(vault), world), *_locking(str(vault), world), *_memory(str(vault), world)]


def _launch(vault: str, world: dict[str, str]) -> list[Figure]:
    ours, floor = [], []
    for number in range(ROUNDS + 1):
        turns = [(ours, ("lock_screen", vault)), (floor, ("empty_window",))]
        for kept, command in turns if number % 2 else reversed(turns):
            seconds, told = _run(world, *command)
            # The first round fills the disk's cache.
            if number:
                kept.append((seconds, told))
    mine, bare = (statistics.median(seconds for seconds, _ in kept) for kept in (ours, floor))
    held = mine <= max(MOST_LAUNCH * bare, bare + MOST_LAUNCH_OVER)
    weight, floor_weight = (statistics.median(told["memory"] for _, told in kept) for kept in (ours, floor))
    heavy = sorted({name for _, told in ours for name in told["heavy"]} & {"sqlalchemy", "reportlab"})
    return [
        Figure("launch to painted lock screen", "", ms(mine), ms(bare), f"{mine / bare:.2f}×, +{ms(mine - bare)}", "≤ 1.25× or +50 ms", held),
        Figure("  memory then", "", mb(weight), mb(floor_weight), f"{weight / floor_weight:.2f}×", f"≤ {MOST_LAUNCH_MEMORY}×",
               weight <= MOST_LAUNCH_MEMORY * floor_weight),
        Figure("  imported before it paints", "", ", ".join(heavy) or "neither", "", "", "no SQLAlchemy, no ReportLab", not heavy),
    ]


def _locking(vault: str, world: dict[str, str]) -> list[Figure]:
    hidden, fresh, gone = [], [], []
    for _ in range(LOCK_ROUNDS):
        with subprocess.Popen(_command("locking", vault), env=world, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            line = process.stdout.readline()
            process.wait()
            ended = time.monotonic()
            if not line:
                raise RuntimeError(process.stderr.read().decode())
        told = json.loads(line)
        # The fresh process waits for a passphrase that nobody will type.
        with contextlib.suppress(ProcessLookupError):
            os.kill(told["successor"], signal.SIGTERM)
        pressed = told["pressed"]
        hidden.append(told["hidden"] - pressed)
        fresh.append(told["painted"] - pressed)
        gone.append(ended - pressed)
    return [
        within("Ctrl+L to hidden", "", statistics.median(hidden), MOST_HIDDEN),
        within("  to the fresh lock screen", "", statistics.median(fresh), MOST_FRESH),
        within("  to the old process gone", "", statistics.median(gone), MOST_GONE),
    ]


def _memory(vault: str, world: dict[str, str]) -> list[Figure]:
    ours, floor = [], []
    for _ in range(LOCK_ROUNDS):
        told = _run(world, "at_work", vault)[1]
        ours.append(told["memory"])
        floor.append(_run(world, "empty_at_work", vault, *told["libraries"])[1]["memory"])
    mine, bare = statistics.median(ours), statistics.median(floor)
    return [Figure("memory at rest, unlocked", f"{len(told['libraries'])} modules", mb(mine), mb(bare), f"{mine / bare:.2f}×",
                   f"≤ {MOST_STEADY_MEMORY}×", mine <= MOST_STEADY_MEMORY * bare)]


def _run(world: dict[str, str], *what: str) -> tuple[float, dict[str, Any]]:
    """From the start of a process to its line."""
    start = time.perf_counter()
    with subprocess.Popen(_command(*what), env=world, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        line = process.stdout.readline()
        seconds = time.perf_counter() - start
        if not line:
            raise RuntimeError(f"{what[0]}: {process.stderr.read().decode()}")
    return seconds, json.loads(line)


def _command(*what: str) -> list[str]:
    return [sys.executable, "-m", "tests.benchmarks.children", *what]
