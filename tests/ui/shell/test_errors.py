"""Uncaught errors: the world's become a sentence, ours are told and logged without what was typed."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.ui.shell.errors import ErrorTeller
from rehabdesk.ui.shell.messages import Messages

SECRET = "Maria Svensson 19900101"


@pytest.fixture
def teller(qapp, texts) -> ErrorTeller:
    made = ErrorTeller(Messages(), lambda: texts)
    yield made
    made.deleteLater()


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:
        return caught


def test_the_worlds_errors_become_their_sentence(teller: ErrorTeller, caplog: pytest.LogCaptureFixture) -> None:
    """And are not logged as ours."""
    error = raised(Refused(Problem("text.too_long", None, {"length": 9, "most": 5})))
    teller.on_uncaught(type(error), error, error.__traceback__)
    assert teller._messages.said[-1].sentence.startswith("Texten är för lång")
    assert not caplog.records


@pytest.mark.expects_log("uncaught ValueError")
def test_our_errors_are_told_and_logged_without_personal_data(teller: ErrorTeller, caplog: pytest.LogCaptureFixture) -> None:
    """Kind and place only."""
    error = raised(ValueError(SECRET))
    with caplog.at_level(logging.ERROR):
        teller.on_uncaught(type(error), error, error.__traceback__)
    told = teller._messages.said[-1].sentence
    assert "Något gick fel hos oss" in told
    assert "ValueError" in told
    assert SECRET not in told
    assert "test_errors:" in caplog.text
    assert SECRET not in caplog.text


def test_the_shell_brings_no_heavy_library(home) -> None:
    """The lock screen is painted before these are imported."""
    code = (
        "import sys; import rehabdesk.ui.shell.main_window, rehabdesk.ui.parts.pdf_preview, rehabdesk.ui.parts.table;"
        "print([m for m in ('sqlalchemy', 'reportlab', 'babel', 'pypdfium2', 'sqlcipher3') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
