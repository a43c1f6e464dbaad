"""Where the program's own files lie."""

from __future__ import annotations

from pathlib import Path


def resources() -> Path:
    """The folder with fonts, icons, translations and rules."""
    return Path(__file__).resolve().parent.parent / "resources"
