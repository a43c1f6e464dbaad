"""The words somebody typed that a paper gives its reader, case by case: what is sought for other people's names before it leaves.

Who answers for something and who sits at the table is no passage: that is the register's, and staff are no hit on paper.
Papers that stay with the file have none, nor have those whose composer looks for names itself (`domain.action_list_papers`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rehabdesk.domain.action_list_papers import ActionListDocument
from rehabdesk.domain.attendance_papers import AttendanceSheetDocument, CertificateDocument, OccasionsDocument, RoundListDocument
from rehabdesk.domain.calling_papers import CallLetterDocument, OwnCallLetterDocument, PreparationCase, PreparationDocument
from rehabdesk.domain.measure_papers import MeasurementFormDocument
from rehabdesk.domain.offer_papers import OfferLetterDocument, RefusalDocument
from rehabdesk.domain.papers import (
    ActionLine,
    ActionSlipDocument,
    AgendaDocument,
    CorrectionLine,
    Document,
    ExtractDocument,
    ItemBody,
    SummaryDocument,
)
from rehabdesk.domain.plan_papers import PlanDocument, PlanPlainDocument
from rehabdesk.domain.round_report import RoundReportDocument


@dataclass(frozen=True, slots=True)
class Passage:
    """What a paper says about one case, in its own words; of no case where `case_number` is empty."""

    case_number: str
    texts: tuple[str, ...]


def passages(document: Document) -> tuple[Passage, ...]:
    """Every passage of a paper; those without a word are left out."""
    return tuple(
        Passage(number, kept) for number, texts in _told(document) if (kept := tuple(text for text in texts if text.strip()))
    )


def cases_told(document: Document) -> frozenset[str]:
    """The numbers of the cases that a paper about several tells of; a paper about one case is kept with that case."""
    match document:
        case AgendaDocument():
            return frozenset(line.case_number for line in document.lines if line.case_number)
        case ActionSlipDocument() | PreparationDocument():
            return frozenset(case.case_number for case in document.cases)
        case ActionListDocument():
            return frozenset(action.case_number for section in document.sections for action in section.actions if action.case_number)
        case RoundListDocument() | AttendanceSheetDocument():
            return frozenset(line.case_number for line in document.lines if line.case_number)
    return frozenset()


def _told(document: Document) -> Iterable[tuple[str, Iterable[str]]]:
    match document:
        case ExtractDocument():
            texts = (document.question, *document.agreements, *_what(document.actions), *_corrected(document.corrections))
            return ((document.case_number, texts),)
        case SummaryDocument():
            own = (document.own_view, *document.agreements, *_what(document.actions), *_corrected(document.corrections))
            return ((document.case_number, (*own, *_body(document.whole_item))),)
        case ActionSlipDocument():
            of_cases = ((case.case_number, _what(case.actions)) for case in document.cases)
            return (("", _what(document.general)), *of_cases)
        case AgendaDocument():
            return tuple((line.case_number, (line.question,)) for line in document.lines if line.case_number)
        case CallLetterDocument() | OwnCallLetterDocument():
            return ((document.case_number, (document.question,)),)
        case PreparationDocument():
            return tuple((case.case_number, _prepared(case)) for case in document.cases)
        case PlanDocument() | PlanPlainDocument():
            return ((document.case_number, _planned(document)),)
        case OfferLetterDocument():
            return ((document.case_number, (document.days.place,)),)
        case RefusalDocument():
            return ((document.case_number, document.words),)
        case RoundListDocument() | AttendanceSheetDocument():
            return (("", (document.round.title, document.round.place)),)
        case CertificateDocument() | MeasurementFormDocument():
            return ((document.case_number, (document.round_title,)),)
        case OccasionsDocument():
            return ((document.case_number, (document.round_title, *(one.place for one in document.occasions))),)
        case RoundReportDocument():
            extras = (extra.reason for extra in document.figures.extras)
            return (("", (document.title, document.place, document.cancelled_reason, *extras)),)
    return ()


def _prepared(case: PreparationCase) -> tuple[str, ...]:
    return (case.question, *case.agreements, case.own_goal, *case.goals, *_what(case.actions), case.can_do, case.cannot_do)


def _planned(document: PlanDocument | PlanPlainDocument) -> tuple[str, ...]:
    own = (document.own_goal, document.can_do, document.cannot_do)
    if isinstance(document, PlanPlainDocument):
        return (*own, *(text for text, _ in document.goals), *_what(document.actions))
    goals = (text for part in document.parts for text in (part.text, part.comment))
    steps = (step.action.what for part in document.parts for step in part.steps)
    return (*own, document.present_work, document.why_not, *goals, *steps)


def _body(body: ItemBody | None) -> tuple[str, ...]:
    if body is None:
        return ()
    texts = (body.title, body.question, body.background, body.discussion, body.participant_view, *body.agreements)
    return (*texts, *_what(body.actions), *_what(body.earlier_actions), *_corrected(body.corrections))


def _what(actions: Iterable[ActionLine]) -> tuple[str, ...]:
    return tuple(action.what for action in actions)


def _corrected(corrections: Iterable[CorrectionLine]) -> tuple[str, ...]:
    return tuple(correction.text for correction in corrections)
