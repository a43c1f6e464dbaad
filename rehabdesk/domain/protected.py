"""Protected identity (`product.md` rule 7): what is not kept, not sent and not listed for somebody whose name here is an alias.

An alias stands in for the name; the real one and the number never enter the vault. Paper goes from hand to hand only: no letter
is written (`domain.calling.obstacle`), and no list that others read holds the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.problems import Problem


class MayBeProtected(Protocol):
    """Any row that knows whether its participant lives under protected identity."""

    @property
    def is_protected(self) -> bool:
        """Whether she does."""


Row = TypeVar("Row", bound=MayBeProtected)


def problems_with_workplace(is_protected: bool, employer_contact_id: int | None) -> tuple[Problem, ...]:
    """No contact at a workplace is kept: with it everybody who reads the page knows where she is found."""
    if is_protected and employer_contact_id is not None:
        return (Problem("protected.workplace", "employer_contact_id"),)
    return ()


def problems_with_bringer(is_protected: bool, kind: PartyKind | None) -> tuple[Problem, ...]:
    """That her employer brought the case is her workplace by another name."""
    return (Problem("protected.brought_by_employer", "brought_by_party_id"),) if is_protected and kind is PartyKind.EMPLOYER else ()


def problems_with_present_work(is_protected: bool, text: str) -> tuple[Problem, ...]:
    """What somebody does at work tells where she is found."""
    return (Problem("protected.present_work", "present_work"),) if is_protected and text.strip() else ()


def without_protected(rows: Iterable[Row]) -> tuple[tuple[Row, ...], int]:
    """The rows that may stand in a list others read, and how many were left out, for the list to say so."""
    every = tuple(rows)
    kept = tuple(row for row in every if not row.is_protected)
    return kept, len(every) - len(kept)
