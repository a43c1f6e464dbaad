"""The texts of the forms for participants: data files by paper, version and language in `resources/wording`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rehabdesk.domain.papers import Letterhead, Questions
from rehabdesk.paths import resources

Json = dict[str, Any]


class Language(NamedTuple):
    """A language a form exists in: its code, and what it calls itself."""

    code: str
    name: str


def latest_version(paper: str) -> str:
    """The version of a form's text that is used now."""
    return max(folder.name for folder in _folder(paper).iterdir() if folder.is_dir())


def languages(paper: str) -> tuple[Language, ...]:
    """The languages a form exists in now, Swedish first."""
    version = latest_version(paper)
    codes = sorted((file.stem for file in (_folder(paper) / version).glob("*.json")), key=_swedish_first)
    return tuple(Language(code, read(paper, version, code)["language_name"]) for code in codes)


@cache
def read(paper: str, version: str, language: str) -> Json:
    """One form's text; a malformed file is our mistake and raises."""
    return json.loads((_folder(paper) / version / f"{language}.json").read_text(encoding="utf-8"))


class Filled:
    """A form's text with the forum's own names filled in where it speaks of them."""

    def __init__(self, text: Json, letterhead: Letterhead, questions: Questions) -> None:
        self._text = text
        self._names = {
            "controller": letterhead.controller,
            "forum": letterhead.forum,
            "who": questions.who,
            "phone": questions.phone,
        }

    def __getitem__(self, key: str) -> Any:
        """A part of the text as it lies in the file."""
        return self._text[key]

    def label(self, key: str) -> str:
        """What stands beside or under something to fill in."""
        return self._text["labels"][key]

    def fill(self, text: str) -> str:
        """A sentence with the names in it."""
        return text.format_map(self._names)


def _folder(paper: str) -> Path:
    return resources() / "wording" / paper


def _swedish_first(code: str) -> tuple[bool, str]:
    return code != "sv", code
