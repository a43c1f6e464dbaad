"""Fails a test that logged something at WARNING or above without saying that it would."""

from __future__ import annotations

import logging
import re

import pytest


class Recorder(logging.Handler):
    """Keeps every record at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it; judged when the test is over, since a failure raised in here would vanish in a slot or a thread."""
        self.records.append(record)


def judge(records: list[logging.LogRecord], expected: list[str]) -> str | None:
    """What is wrong with these records, given the patterns that were announced; None if nothing is."""
    said = [(record, record.getMessage()) for record in records]
    strangers = [
        f"{record.levelname} {record.name}: {text}"
        for record, text in said
        if not any(re.search(pattern, text) for pattern in expected)
    ]
    if strangers:
        return "logged unexpectedly:\n  " + "\n  ".join(strangers)
    missing = [pattern for pattern in expected if not any(re.search(pattern, text) for _, text in said)]
    return f"never logged: {missing}" if missing else None


@pytest.fixture(autouse=True)
def fail_on_unexpected_log(request: pytest.FixtureRequest):
    """Expected is what matches `@pytest.mark.expects_log(pattern)`; a test that takes `caplog` reads the log itself."""
    recorder = Recorder()
    logging.getLogger().addHandler(recorder)
    yield
    logging.getLogger().removeHandler(recorder)
    if "caplog" in request.fixturenames:
        return
    expected = [marker.args[0] for marker in request.node.iter_markers("expects_log")]
    wrong = judge(recorder.records, expected)
    if wrong:
        pytest.fail(wrong, pytrace=False)
