"""Every paper by the type of its document. Importing this is cheap: ReportLab comes with the first paper made."""

from __future__ import annotations

import importlib
import re
from datetime import date
from types import ModuleType

from rehabdesk.domain.papers import (
    ActionSlipDocument,
    AgendaDocument,
    Document,
    ExtractDocument,
    MinutesDocument,
    SignInDocument,
    SpareDocument,
    SummaryDocument,
    WithdrawalNoticeDocument,
)
from rehabdesk.texts import Texts

#: The module that sets each type of document. Those of the other rooms also say what their files are called: `file_parts`.
_MODULES = {
    "SummaryDocument": "summary",
    "ExtractDocument": "extract",
    "MinutesDocument": "minutes",
    "AgendaDocument": "agenda",
    "SignInDocument": "sign_in",
    "ActionSlipDocument": "action_slip",
    "SpareDocument": "spare",
    "WithdrawalNoticeDocument": "withdrawal_notice",
    "ActionListDocument": "action_list",
    "ConsentFormDocument": "consent_form",
    "InformationDocument": "information",
    "HandOutsDocument": "hand_outs_list",
    "CallLetterDocument": "call_letter",
    "OwnCallLetterDocument": "call_letter",
    "PreparationDocument": "preparation_sheet",
    "PlanDocument": "plan",
    "PlanPlainDocument": "plan_plain",
    "ReferralDocument": "referral",
    "HandOverDocument": "hand_over",
    "RoundListDocument": "round_list",
    "AttendanceSheetDocument": "attendance_sheet",
    "CertificateDocument": "certificate",
    "OccasionsDocument": "occasions",
    "OfferLetterDocument": "offer_letter",
    "RefusalDocument": "offer_letter",
    "RoundReportDocument": "round_report",
    "MeasurementFormDocument": "measurement_form",
}
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_PART = 60


def render(document: Document, texts: Texts) -> bytes:
    """The paper as a PDF file. Raises `Refused` when it cannot be printed rightly."""
    return _module(document).render(document, texts)


def file_name(document: Document, texts: Texts) -> str:
    """What to call the file: kind, case number or series, party, date; never a person's name nor a sensitive party's."""
    kind, *rest, day = _parts(document, texts)
    safe = [_safe(part) for part in rest]
    return " ".join(part for part in (kind.lower(), *safe, texts.date(day)) if part) + ".pdf"


def _parts(document: Document, texts: Texts) -> tuple[str | date, ...]:
    """Kind, then what tells it apart, then the day."""
    match document:
        case SummaryDocument():
            return (texts.name("file", "summary"), document.case_number, document.session_on)
        case ExtractDocument():
            return (texts.say("Extract"), document.case_number, document.reader_in_file, document.session_on)
        case MinutesDocument():
            return (texts.name("paper", "Minutes"), document.series, document.session_on)
        case AgendaDocument():
            return (texts.say("Agenda"), document.series, document.reader_in_file, document.session_on)
        case SignInDocument():
            return (texts.say("Sign-in sheet"), document.series, document.session_on)
        case ActionSlipDocument():
            return (texts.say("Actions"), document.reader_in_file, document.session_on)
        case SpareDocument():
            return (texts.say("Spare booklet"), document.series, document.session_on)
        case WithdrawalNoticeDocument():
            return (texts.say("Consent withdrawn"), document.case_number, document.reader_in_file, document.withdrawn_on)
        case _:
            return _module(document).file_parts(document, texts)


def _module(document: Document) -> ModuleType:
    return importlib.import_module(f"rehabdesk.documents.{_MODULES[type(document).__name__]}")


def _safe(part: str) -> str:
    """A part of a file name that every system takes."""
    return " ".join(_UNSAFE.sub(" ", part).split()).strip(" .")[:_LONGEST_PART].strip(" .")
