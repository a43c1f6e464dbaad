"""Every paper by the type of its document. Importing this is cheap: ReportLab comes with the first paper made."""

from __future__ import annotations

import importlib
import re

from rehabdesk.domain.papers import (
    ActionSlipDocument,
    AgendaDocument,
    AnyDocument,
    ExtractDocument,
    MinutesDocument,
    SignInDocument,
    SpareDocument,
    SummaryDocument,
    WithdrawalNoticeDocument,
)
from rehabdesk.texts import Texts

_MODULES = {
    SummaryDocument: "summary",
    ExtractDocument: "extract",
    MinutesDocument: "minutes",
    AgendaDocument: "agenda",
    SignInDocument: "sign_in",
    ActionSlipDocument: "action_slip",
    SpareDocument: "spare",
    WithdrawalNoticeDocument: "withdrawal_notice",
}
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')
_LONGEST_PART = 60


def render(document: AnyDocument, texts: Texts) -> bytes:
    """The paper as a PDF file. Raises `Refused` when it cannot be printed rightly."""
    module = importlib.import_module(f"rehabdesk.documents.{_MODULES[type(document)]}")
    return module.render(document, texts)


def file_name(document: AnyDocument, texts: Texts) -> str:
    """What to call the file: kind, case number or series, party, date; never a person's name nor a sensitive party's."""
    match document:
        case SummaryDocument():
            parts = (texts.name("file", "summary"), document.case_number, document.session_on)
        case ExtractDocument():
            parts = (texts.say("Extract"), document.case_number, document.reader_in_file, document.session_on)
        case MinutesDocument():
            parts = (texts.name("paper", "Minutes"), document.series, document.session_on)
        case AgendaDocument():
            parts = (texts.say("Agenda"), document.series, document.reader_in_file, document.session_on)
        case SignInDocument():
            parts = (texts.say("Sign-in sheet"), document.series, document.session_on)
        case ActionSlipDocument():
            parts = (texts.say("Actions"), document.reader_in_file, document.session_on)
        case SpareDocument():
            parts = (texts.say("Spare booklet"), document.series, document.session_on)
        case WithdrawalNoticeDocument():
            parts = (texts.say("Consent withdrawn"), document.case_number, document.reader_in_file, document.withdrawn_on)
    kind, *rest, day = parts
    safe = [_safe(part) for part in rest]
    return " ".join(part for part in (kind.lower(), *safe, texts.date(day)) if part) + ".pdf"


def _safe(part: str) -> str:
    """A part of a file name that every system takes."""
    return " ".join(_UNSAFE.sub(" ", part).split()).strip(" .")[:_LONGEST_PART].strip(" .")
