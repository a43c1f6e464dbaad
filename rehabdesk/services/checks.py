"""What every verb does first: clean what was typed, find the row, and refuse in words that `texts` knows."""

from __future__ import annotations

from typing import TypeVar

from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.text_cleaning import MOST_CHARACTERS, MOST_ON_A_LINE, clean, length_problem
from rehabdesk.store.store import Writing

Row = TypeVar("Row")


def line(text: str, field: str | None = None) -> str:
    """One cleaned line; refused when longer than a line may be."""
    cleaned = clean(text)
    _refuse_long(cleaned, MOST_ON_A_LINE, field)
    return cleaned


def prose(text: str, field: str | None = None) -> str:
    """Cleaned text of many lines; refused when longer than a field takes."""
    cleaned = clean(text, multiline=True)
    _refuse_long(cleaned, MOST_CHARACTERS, field)
    return cleaned


def required(text: str, code: str, field: str) -> str:
    """One cleaned line that may not be empty; `code` is the problem when it is."""
    cleaned = line(text, field)
    refuse_if([] if cleaned else [Problem(code, field)])
    return cleaned


def existing(writing: Writing, table: type[Row], row_id: int, name: str) -> Row:
    """The row to act on; refused with `<name>.gone` when it has been removed meanwhile."""
    row = writing.session.get(table, row_id)
    if row is None:
        raise Refused(Problem(f"{name}.gone"))
    return row


def _refuse_long(text: str, most: int, field: str | None) -> None:
    problem = length_problem(text, most=most, field=field)
    if problem is not None:
        raise Refused(problem)
