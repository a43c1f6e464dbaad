"""The faces of a case's page: which there are, and how each is made when it is first looked at."""

from __future__ import annotations

import importlib
from typing import Protocol

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.texts import Texts
from rehabdesk.ui.shell.context import Context

OVERVIEW, CONSENT, CHAIN, PLAN, PLACES, PAPERS, DETAILS = FACES = ("overview", "consent", "chain", "plan", "places", "papers", "details")

#: Module and class: a face is imported when it is first looked at, so that a case opens at once.
_FACES = {
    OVERVIEW: ("overview_face", "OverviewFace"),
    CONSENT: ("consent_face", "ConsentFace"),
    CHAIN: ("chain_face", "ChainFace"),
    PLAN: ("plan_face", "PlanFace"),
    PLACES: ("places_face", "PlacesFace"),
    PAPERS: ("papers_face", "PapersFace"),
    DETAILS: ("details_face", "DetailsFace"),
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
    """What each face is called, in order."""
    return {
        OVERVIEW: texts.name("case face", "Overview"),
        CONSENT: texts.name("case face", "Consent"),
        CHAIN: texts.name("case face", "Rehabilitation chain"),
        PLAN: texts.name("case face", "Action plan"),
        PLACES: texts.name("case face", "Places"),
        PAPERS: texts.name("case face", "Handed out"),
        DETAILS: texts.name("case face", "Details"),
    }


def make_face(face: str, context: Context) -> QWidget:
    """A face, made."""
    module, made = _FACES[face]
    return getattr(importlib.import_module(f"{__package__}.{module}"), made)(context)
