"""The program is killed in the middle of a meeting: what was kept stays, and the papers under way are asked about.

Twenty kills here; `packaging/kills.py` does two hundred.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills.judge import MOST_SECONDS_LOST, Template, Way, kill_once, make_template

KILLS = [*((Way.STORE, number) for number in range(10)), *((Way.WINDOW, number) for number in range(10))]

#: The promise is a second; a machine with other tests on it may fire a timer late.
BUSY_MACHINE = 0.5


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return make_template(tmp_path_factory.mktemp("template"))


@pytest.mark.slow
@pytest.mark.parametrize(("way", "number"), KILLS)
def test_a_kill_loses_nothing_that_was_kept(template: Template, tmp_path: Path, way: Way, number: int) -> None:
    verdict = kill_once(template, tmp_path, way, str(number))
    assert verdict.faults == ()
    assert verdict.seconds_lost <= MOST_SECONDS_LOST + BUSY_MACHINE
