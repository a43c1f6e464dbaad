"""Kills a running meeting two hundred times and prints what was left: `python packaging/kills.py [--kills N] [--seed WORD]`.

Half of the victims write to the store as fast as it takes it, half type into the real meeting page. Every kill has a
seed of its own, so that one that finds something can be done again: `--way window --only SEED`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.kills.judge import MOST_SECONDS_LOST, Verdict, Way, kill_once, make_template  # noqa: E402


def main(arguments: list[str] | None = None) -> int:
    """Kill, judge, print; 1 when a promise did not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="how many, half of them each way")
    parser.add_argument("--seed", default=time.strftime("%Y%m%d"), help="begins the seed of every kill")
    parser.add_argument("--way", choices=list(Way), help="only this way")
    parser.add_argument("--only", help="only the kill of this seed")
    asked = parser.parse_args(arguments)
    ways = [Way(asked.way)] if asked.way else list(Way)
    if asked.only:
        wanted = [(way, asked.only) for way in ways]
    else:
        wanted = [(ways[number % len(ways)], f"{asked.seed}-{number}") for number in range(asked.kills)]
    with tempfile.TemporaryDirectory(prefix="rehabdesk-kills-") as folder:
        os.environ["REHABDESK_HOME"] = folder
        template = make_template(Path(folder))
        verdicts = [_told(kill_once(template, Path(folder), way, seed)) for way, seed in wanted]
    print(_table(verdicts))
    return 1 if any(map(_broken, verdicts)) else 0


def _told(verdict: Verdict) -> Verdict:
    if _broken(verdict):
        print(f"{verdict.way} {verdict.seed}: {'; '.join(verdict.faults) or 'more than the last second lost'}", flush=True)
    return verdict


def _broken(verdict: Verdict) -> bool:
    return bool(verdict.faults) or verdict.seconds_lost > MOST_SECONDS_LOST


def _table(verdicts: list[Verdict]) -> str:
    heads = ("way", "kills", "acknowledged", "faults", "most typing lost", "longest ago", "papers asked about")
    rows = [heads]
    for way in Way:
        mine = [verdict for verdict in verdicts if verdict.way is way]
        if mine:
            rows.append((
                str(way), str(len(mine)), str(sum(verdict.acknowledged for verdict in mine)), str(sum(map(_broken, mine))),
                f"{max(verdict.characters_lost for verdict in mine)} characters", f"{max(verdict.seconds_lost for verdict in mine):.2f} s",
                str(sum(verdict.unanswered for verdict in mine)),
            ))
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


if __name__ == "__main__":
    sys.exit(main())
