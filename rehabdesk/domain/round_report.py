"""The round report: what a round was and how it went, for whoever asks. Nobody is in it: no name, no case number, nothing about few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.change_report import ChangeReport
from rehabdesk.domain.figures import Figures
from rehabdesk.domain.papers import Document, Imprint, Letterhead, Questions


@dataclass(frozen=True, slots=True)
class RoundReportDocument(Document):
    """One round, and beside it the programme in the year the round began in. `cancelled_reason` where the round was cancelled."""

    letterhead: Letterhead
    imprint: Imprint
    programme: str
    title: str
    supplier: str
    place: str
    starts_on: date
    ends_on: date
    weeks: int
    occasions: int
    max_places: int
    figures: Figures
    of_programme: Figures
    change: ChangeReport
    change_of_programme: ChangeReport
    questions: Questions
    cancelled_on: date | None = None
    cancelled_reason: str = ""
