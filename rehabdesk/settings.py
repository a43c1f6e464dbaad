"""The machine's settings: one JSON file in the user's configuration folder. Never personal data: that is the vault's."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

LANGUAGES = ("sv", "en")
THEMES = ("system", "light", "dark")


class MachineSettings(NamedTuple):
    """What is remembered for this machine. `geometry` holds Qt's saved state of a window, as base64, by its name."""

    language: str = "sv"
    theme: str = "system"
    geometry: Mapping[str, str] = MappingProxyType({})
    last_vault: str | None = None
    printer: str | None = None


class Settings:
    """The settings and their file. A missing, damaged or unwritable file costs comfort only, so it never stops us."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._stored = _read(file)
        self._current = _valid(self._stored)

    @property
    def current(self) -> MachineSettings:
        """The settings as they are now."""
        return self._current

    def change(self, **changes: Any) -> MachineSettings:
        """Change the named settings and write the file. An unknown name or a bad value is our mistake and raises."""
        wanted = MachineSettings(**{**self._current._asdict(), **changes})
        for name in changes:
            if not _is_valid(name, getattr(wanted, name)):
                raise ValueError(f"not a value for the setting {name}")
        self._current = wanted
        self._write()
        return wanted

    def remember_geometry(self, window: str, state: str) -> None:
        """Keep where a window stood."""
        self.change(geometry=MappingProxyType({**self._current.geometry, window: state}))

    def _write(self) -> None:
        # What a newer version wrote and this one does not know stays in the file.
        self._stored = {**self._stored, **_as_json(self._current)}
        text = json.dumps(self._stored, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        try:
            _write_atomically(self._file, text)
        except OSError as error:
            _note("settings not written: %s %s", type(error).__name__, error.errno)


def _read(file: Path) -> dict[str, Any]:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        _note("settings not read: %s", type(error).__name__)
        return {}
    return stored if isinstance(stored, dict) else {}


def _valid(stored: Mapping[str, Any]) -> MachineSettings:
    """The settings with everything that is not a possible value left at its default."""
    good = {name: value for name, value in stored.items() if name in MachineSettings._fields and _is_valid(name, value)}
    if "geometry" in good:
        good["geometry"] = MappingProxyType(dict(good["geometry"]))
    return MachineSettings(**good)


def _is_valid(name: str, value: object) -> bool:
    if name == "language":
        return value in LANGUAGES
    if name == "theme":
        return value in THEMES
    if name == "geometry":
        return isinstance(value, Mapping) and all(isinstance(part, str) for pair in value.items() for part in pair)
    return value is None or isinstance(value, str)


def _as_json(settings: MachineSettings) -> dict[str, Any]:
    return {**settings._asdict(), "geometry": dict(settings.geometry)}


def _note(said: str, *about: object) -> None:
    # The lock screen reads the settings before it is painted, and seldom has anything to log.
    import logging

    logging.getLogger(__name__).info(said, *about)


def _write_atomically(file: Path, text: str) -> None:
    import tempfile

    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as writing:
            writing.write(text)
            writing.flush()
            os.fsync(writing.fileno())
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
