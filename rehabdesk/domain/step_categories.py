"""The categories of a plan's steps (`domain.md` 3), as the data file in `resources/rules` gives them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rehabdesk.domain.parties import PartyKind


@dataclass(frozen=True, slots=True)
class StepCategory:
    """One category: its code, what it is called, who is usually responsible in words and as kinds of party.

    `is_sensitive` keeps it out of every list, filter and picture across cases (`product.md` rule 5).
    """

    code: str
    sv: str
    en: str
    usual_sv: str
    usual_en: str
    kinds: tuple[PartyKind, ...]
    is_sensitive: bool

    def written(self, language: str) -> str:
        """What it is called."""
        return self.sv if language == "sv" else self.en

    def usual(self, language: str) -> str:
        """Who is usually responsible, in words."""
        return self.usual_sv if language == "sv" else self.usual_en


def read_categories(text: str) -> tuple[StepCategory, ...]:
    """The categories in the file's order; a malformed file is our mistake and raises."""
    found = tuple(
        StepCategory(**{**row, "kinds": tuple(PartyKind(kind) for kind in row["kinds"])}) for row in json.loads(text)["categories"]
    )
    codes = [category.code for category in found]
    if len(set(codes)) != len(codes) or not all(c.code and c.sv and c.en and c.usual_sv and c.usual_en for c in found):
        raise ValueError("a category without a code or words of its own")
    return found
