"""The autosaving fields of one record at a time: shown, refreshed, and moved to another record without losing a word."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import partial

from rehabdesk.domain.problems import Refused
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.parts.fields import AutosaveLine, AutosaveText

SaveField = Callable[[str, str], None]
"""Keeps one field of a record: `save(key, text)`; raises `Refused` with the reason."""


class RecordFields:
    """Lines and texts that belong to whichever record is shown. The first thing shown in them is always bound."""

    def __init__(self, flushes: FlushRegistry) -> None:
        self._flushes = flushes
        self._fields: dict[str, AutosaveLine | AutosaveText] = {}
        self._shown: Hashable | None = None

    def add(self, key: str, name: str, placeholder: str = "") -> AutosaveLine:
        """One more line; `name` is what a screen reader calls it."""
        field = AutosaveLine(name, self._flushes, _keep_nothing, placeholder=placeholder)
        self._fields[key] = field
        return field

    def add_text(self, key: str, name: str, lines: int = 2) -> AutosaveText:
        """One more text of several lines."""
        field = AutosaveText(name, self._flushes, _keep_nothing, lines=lines)
        self._fields[key] = field
        return field

    def __getitem__(self, key: str) -> AutosaveLine | AutosaveText:
        """The line or text with this key."""
        return self._fields[key]

    def show(self, record: Hashable, values: Mapping[str, str], save: SaveField) -> bool:
        """Show a record. False when another is still shown, because something typed in it could not be kept."""
        if record == self._shown:
            for key, field in self._fields.items():
                field.refresh(values[key])
            return True
        if not self.flush():
            return False
        self._shown = record
        for key, field in self._fields.items():
            field.bind(values[key], partial(_keep, save, key))
        return True

    def flush(self) -> bool:
        """Keep what is typed now; all fields are tried."""
        return all([field.flush() for field in self._fields.values()])


def _keep(save: SaveField, key: str, text: str) -> None:
    try:
        save(key, text)
    except Refused as refused:
        # A record that has been removed keeps nothing more, and must not hold on to whoever wants to leave it.
        if not all(problem.code.endswith(".gone") for problem in refused.problems):
            raise


def _keep_nothing(_text: str) -> None:
    """Where no record is shown yet there is nothing to keep it in."""
    raise RuntimeError("typed into a field that shows no record")
