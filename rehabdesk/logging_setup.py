"""The log files. They hold ids only: an exception is told by its type and where it was, never by its text.

The program's own messages are written to carry ids; of what a library logs, only who spoke is kept.
"""

from __future__ import annotations

import logging
import os
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_OWN = "rehabdesk"
_FILE = "rehabdesk.log"
_LARGEST = 1_000_000


class DiscreetFormatter(logging.Formatter):
    """One line a record, in UTC; below it, for an exception, the types of the chain and their frames."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        """The record as text. Neither `exc_text`, which another handler may have filled, nor the exception is read out."""
        own = record.name == _OWN or record.name.startswith(_OWN + ".")
        said = record.getMessage() if own else f"at {record.module}:{record.lineno} (text withheld)"
        lines = [f"{self.formatTime(record)} {record.levelname} {record.name} {said}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines.extend(describe(record.exc_info[1]))
        return "\n".join(lines)


class _DiscreetHandler(logging.StreamHandler):
    """Writes to the log file and keeps quiet when it cannot: the standard handler prints the record to stderr then."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (the library's name)
        """Nothing: a full disk is told where something the user did could not be saved."""

    def close(self) -> None:
        self.stream.close()
        super().close()


def start_logging(folder: Path) -> logging.Handler | None:
    """Log to a file in the folder from now on; None when the folder cannot be written. Stop with `stop_logging`."""
    try:
        stream = _open_log(folder)
    except OSError:
        return None
    handler = _DiscreetHandler(stream)
    handler.setFormatter(DiscreetFormatter())
    logging.getLogger().addHandler(handler)
    logging.getLogger(_OWN).setLevel(logging.INFO)
    return handler


def stop_logging(handler: logging.Handler) -> None:
    """Close what `start_logging` opened."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def describe(error: BaseException) -> Iterator[str]:
    """The exception, what it came from and what it holds, as types and frames: lines without any of their texts."""
    yield from _described(error, "", set())


def _described(error: BaseException, indent: str, seen: set[int]) -> Iterator[str]:
    if id(error) in seen:
        return
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _described(earlier, indent, seen)
        yield f"{indent}  then"
    yield f"{indent}  {type(error).__module__}.{type(error).__qualname__}"
    yield from (f"{indent}    {place}" for place in _places(error.__traceback__))
    if isinstance(error, BaseExceptionGroup):
        for held in error.exceptions:
            yield from _described(held, indent + "  ", seen)


def _places(trace: TracebackType | None) -> Iterator[str]:
    # The module's name, not the file's: a path holds the user's name.
    for frame, line in traceback.walk_tb(trace):
        yield f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"


def _open_log(folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _FILE
    if file.exists() and file.stat().st_size > _LARGEST:
        _set_aside(file)
    return open(file, "a", encoding="utf-8", errors="backslashreplace", opener=_private)


def _set_aside(file: Path) -> None:
    try:
        file.replace(file.with_suffix(".old.log"))
    except OSError:
        # On Windows another process of ours may still hold it; the next start tries again.
        if sys.platform != "win32":
            raise


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
