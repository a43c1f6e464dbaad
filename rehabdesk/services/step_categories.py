"""The categories of a plan's steps, read from `resources/rules`."""

from __future__ import annotations

from functools import cache

from rehabdesk.domain.step_categories import StepCategory, read_categories
from rehabdesk.paths import resources


@cache
def step_categories() -> tuple[StepCategory, ...]:
    """All of them, in the order they are offered."""
    return read_categories((resources() / "rules" / "step_categories.json").read_text(encoding="utf-8"))


def step_category(code: str) -> StepCategory | None:
    """The category with this code; None for the empty code and for one that is not in the file any more."""
    return next((category for category in step_categories() if category.code == code), None)


def category_words(code: str, language: str) -> str:
    """What a category is called; the code itself where the file does not know it any more."""
    category = step_category(code)
    return category.written(language) if category is not None else code
