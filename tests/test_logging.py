"""The log files: where something went wrong and of which type, and never a word a person typed."""

from __future__ import annotations

import logging
import sys

import pytest

from rehabdesk import paths
from rehabdesk.logging_setup import DiscreetFormatter, start_logging, stop_logging

SECRET = "Anna Ö. har sagt att"


@pytest.fixture
def log(home):
    """The text of the log file so far, from a started log."""
    handler = start_logging(paths.log_folder())
    yield lambda: (paths.log_folder() / "rehabdesk.log").read_text(encoding="utf-8")
    stop_logging(handler)
    logging.getLogger("rehabdesk").setLevel(logging.NOTSET)


def fail(text):
    raise ValueError(text)


def chained():
    try:
        fail(SECRET)
    except ValueError as error:
        raise RuntimeError(SECRET) from error


def grouped():
    raise ExceptionGroup(SECRET, [KeyError(SECRET), ExceptionGroup(SECRET, [OSError(2, SECRET, SECRET)])])


@pytest.mark.expects_log("saving failed for item 7")
@pytest.mark.parametrize("broken", [chained, grouped])
def test_an_exception_is_told_without_its_text(log, broken):
    try:
        broken()
    except Exception as error:
        logging.getLogger("rehabdesk.services").exception("saving failed for item %d", 7)
        raised = type(error).__name__
    written = log()
    assert "Anna" not in written and "sagt" not in written
    assert f"builtins.{raised}" in written
    assert f"{__name__}:" in written and broken.__name__ in written
    assert "saving failed for item 7" in written


@pytest.mark.expects_log("saving failed")
def test_the_chain_is_told_in_order(log):
    try:
        chained()
    except RuntimeError:
        logging.getLogger("rehabdesk").exception("saving failed")
    assert log().index("builtins.ValueError") < log().index("then") < log().index("builtins.RuntimeError")


def test_what_another_handler_rendered_is_not_reused():
    try:
        fail(SECRET)
    except ValueError:
        record = logging.LogRecord("rehabdesk", logging.ERROR, __file__, 1, "x", (), sys.exc_info())
    logging.Formatter().format(record)
    assert SECRET in record.exc_text
    assert SECRET not in DiscreetFormatter().format(record)


@pytest.mark.expects_log("bad page")
def test_of_a_library_only_the_speaker_is_kept(log):
    logging.getLogger("pikepdf").warning("bad page in %s", SECRET)
    assert "pikepdf" in log() and "withheld" in log() and "Anna" not in log()


def test_information_is_kept_from_us_alone(log):
    logging.getLogger("rehabdesk.store").info("opened")
    logging.getLogger("sqlalchemy.engine").info("INSERT %s", SECRET)
    assert log().count("\n") == 1 and log().endswith("INFO rehabdesk.store opened\n")


def test_a_large_log_is_set_aside_at_start(home):
    folder = paths.log_folder()
    folder.mkdir(parents=True)
    (folder / "rehabdesk.log").write_text("x" * 1_000_001, encoding="utf-8")
    stop_logging(start_logging(folder))
    assert (folder / "rehabdesk.log").stat().st_size == 0
    assert (folder / "rehabdesk.old.log").stat().st_size == 1_000_001
    if sys.platform != "win32":
        assert (folder / "rehabdesk.log").stat().st_mode & 0o077 == 0


def test_no_log_where_there_is_no_room(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert start_logging(tmp_path / "file") is None
