"""Sentences for problem codes, undo labels and enum members, one module a room; `texts` looks them up.

A module here may define three dicts, all with marked messages as values:

    PROBLEMS = {"session.date_missing": message("The meeting has no date.")}
    LABELS = {"forum.item_moved": message("item {number} moved")}
    TERMS = {SessionState: {SessionState.HELD: message("held", "session")}}

TERMS is keyed by the enum class first: members of two StrEnums with one value are equal, and would share one entry.
The second argument of `message` is a context, for English words that need two Swedish ones. `message_count` marks a
singular and a plural, chosen by the parameter `n`. The Swedish stands in resources/translations/sv/<room>.po.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Message(str):
    """An English source text, marked for translation, with its context and plural if it has them."""

    context: str | None
    plural: str | None

    def __new__(cls, text: str, context: str | None = None, plural: str | None = None) -> Message:
        marked = super().__new__(cls, text)
        marked.context = context
        marked.plural = plural
        return marked


def message(text: str, context: str | None = None) -> Message:
    """Mark a text for translation without translating it."""
    return Message(text, context)


def message_count(one: str, many: str) -> Message:
    """Mark a text with a singular and a plural; the parameter `n` chooses."""
    return Message(one, plural=many)


class Wording(NamedTuple):
    """Everything the modules of this package say."""

    problems: Mapping[str, Message]
    labels: Mapping[str, Message]
    terms: Mapping[type[Enum], Mapping[Enum, Message]]


def gather() -> Wording:
    """Import the modules of this package and merge what they say; one code said twice is our mistake."""
    # The lock screen marks nothing and looks nothing up.
    import importlib
    import pkgutil

    problems: dict[str, Message] = {}
    labels: dict[str, Message] = {}
    terms: dict[type[Enum], Mapping[Enum, Message]] = {}
    for found in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{found}")
        _merge(problems, getattr(module, "PROBLEMS", {}), found)
        _merge(labels, getattr(module, "LABELS", {}), found)
        _merge(terms, getattr(module, "TERMS", {}), found)
    if not all(isinstance(kind, type) for kind in terms):
        raise TypeError("TERMS is keyed by the enum class, then by its members")
    return Wording(MappingProxyType(problems), MappingProxyType(labels), MappingProxyType(terms))


def _merge(into: dict, new: Mapping, module: str) -> None:
    twice = into.keys() & new.keys()
    if twice:
        raise ValueError(f"wording/{module}.py repeats {sorted(map(str, twice))}")
    into.update(new)
