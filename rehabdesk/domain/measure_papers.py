"""The measurement form: what the participant ticks herself, and lines for the totals of licensed forms, which staff write."""

from __future__ import annotations

from dataclasses import dataclass

from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.papers import Document, Imprint, Letterhead, Questions
from rehabdesk.domain.prerehab import Moment


@dataclass(frozen=True, slots=True)
class MeasurementFormDocument(Document):
    """The form for one participant, known by her case's number, or blank. `moment` is None where it is to be ticked by hand."""

    letterhead: Letterhead
    imprint: Imprint
    round_title: str
    case_number: str
    moment: Moment | None
    instruments: tuple[Instrument, ...]
    questions: Questions
    print_size: int = 12
