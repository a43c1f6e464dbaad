"""The faces of a case's page and the cards of its overview: which there are, and how each is made when it is first looked at."""

from __future__ import annotations

import importlib
from importlib.util import find_spec
from typing import Protocol

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.texts import Texts
from rehabdesk.ui.shell.context import Context

OVERVIEW, CONSENT, CHAIN, PLAN, PAPERS, DETAILS = FACES = ("overview", "consent", "chain", "plan", "papers", "details")

#: Module and class, as the owners of the rooms beside this one have agreed on them.
_FACES = {
    OVERVIEW: ("overview_face", "OverviewFace"),
    CONSENT: ("consent_face", "ConsentFace"),
    CHAIN: ("chain_face", "ChainFace"),
    PLAN: ("plan_face", "PlanFace"),
    PAPERS: ("papers_face", "PapersFace"),
    DETAILS: ("details_face", "DetailsFace"),
}
_CARDS = {
    "chain": ("chain_card", "ChainCard"),
    "consent": ("consent_overview", "ConsentOverview"),
    "goal": ("goal_card", "GoalCard"),
    "note": ("notes_card", "NoteLine"),
}


class Face(Protocol):
    """One side of a case. It watches its own tables; the page tells it which case, and anew when the case's head has changed."""

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""

    def step_back(self) -> bool:
        """Put away what stands open; False when nothing does."""

    def flush(self) -> bool:
        """Keep what is typed; False when it could not be kept."""


def names(texts: Texts) -> dict[str, str]:
    """What each face that there is is called, in order."""
    words = {
        OVERVIEW: texts.name("case face", "Overview"),
        CONSENT: texts.name("case face", "Consent"),
        CHAIN: texts.name("case face", "Rehabilitation chain"),
        PLAN: texts.name("case face", "Action plan"),
        PAPERS: texts.name("case face", "Handed out"),
        DETAILS: texts.name("case face", "Details"),
    }
    return {face: words[face] for face in FACES if _is_there(_FACES[face][0])}


def make_face(face: str, context: Context) -> QWidget:
    """A face, made."""
    return _made(_FACES[face], context)


def make_card(card: str, context: Context) -> QWidget | None:
    """A card of the overview, or None where nobody has built it."""
    return _made(_CARDS[card], context) if _is_there(_CARDS[card][0]) else None


def _made(place: tuple[str, str], context: Context) -> QWidget:
    module, made = place
    return getattr(importlib.import_module(f"{__package__}.{module}"), made)(context)


def _is_there(module: str) -> bool:
    return find_spec(f"{__package__}.{module}") is not None
