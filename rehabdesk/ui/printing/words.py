"""How copies are spoken of: by case number and reader, never by a participant's name."""

from __future__ import annotations

from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone


def capital(words: str) -> str:
    """With a capital first letter."""
    return words[:1].upper() + words[1:]


def paper_words(texts: Texts, paper: PaperKind) -> str:
    """The kind of paper in a word or two: whom it is for stands beside it."""
    return {
        PaperKind.MINUTES: texts.name("paper", "Minutes"),
        PaperKind.SUMMARY: texts.name("short paper", "Summary"),
        PaperKind.EXTRACT: texts.say("Extract"),
        PaperKind.AGENDA: texts.say("Agenda"),
        PaperKind.SIGN_IN: texts.say("Sign-in sheet"),
        PaperKind.ACTION_SLIP: texts.say("Action slip"),
        PaperKind.SPARE: texts.say("Spare booklet"),
        PaperKind.WITHDRAWAL_NOTICE: texts.say("Consent withdrawn"),
        PaperKind.CONSENT: texts.say("Consent form"),
        PaperKind.INFORMATION: texts.say("Information about your data"),
        PaperKind.HAND_OUTS: texts.say("What was handed out"),
        PaperKind.REFERRAL: texts.say("Referral form"),
        PaperKind.PLAN: texts.name("paper", "Action plan"),
        PaperKind.PLAN_PLAIN: texts.name("paper", "Plan in plain words"),
        PaperKind.CALL: texts.say("Call letter"),
        PaperKind.PREPARATION: texts.say("Preparation sheet"),
        PaperKind.ACTION_LIST: texts.say("List of actions"),
        PaperKind.HAND_OVER: texts.say("Hand-over sheet"),
        PaperKind.ROUND_LIST: texts.name("paper", "Round list"),
        PaperKind.ATTENDANCE: texts.name("paper", "Attendance sheet"),
        PaperKind.OFFER: texts.name("paper", "Offer of a place"),
        PaperKind.OFFER_REMINDER: texts.name("paper", "Reminder of an offer"),
        PaperKind.REFUSAL: texts.name("paper", "No place this time"),
        PaperKind.OCCASIONS: texts.name("paper", "Your days"),
        PaperKind.CERTIFICATE: texts.name("paper", "Certificate of attendance"),
        PaperKind.MEASUREMENT_FORM: texts.name("paper", "Measurement form"),
        PaperKind.ROUND_REPORT: texts.name("paper", "Round report"),
    }[paper]


def reader_words(texts: Texts, row: HandOutRow) -> str:
    """Whom the copy is for."""
    return row.party if row.reader is ReaderKind.PARTY and row.party else texts.term(row.reader)


def copy_words(texts: Texts, row: HandOutRow) -> str:
    """One copy in a sentence: "RF-2026-014, deltagaren"; a paper without a case by its kind, and its round if it has one."""
    reader = reader_words(texts, row)
    about = (row.case_number,) if row.case_number else (paper_words(texts, row.paper), row.round_title)
    return ", ".join(part for part in (*about, reader) if part)


def state_words(texts: Texts, row: HandOutRow) -> str:
    """How far the copy has come."""
    if row.state is HandOutState.WAITING:
        return texts.say("to be handed over later") if row.is_later else texts.term(row.state)
    if row.state is HandOutState.SENT:
        return texts.say("did it come out?")
    if row.state is HandOutState.VOIDED:
        return texts.term(row.state)
    if row.medium is Medium.FILE:
        if row.file_gone_on is not None:
            return texts.say("file, gone {day}", day=texts.short_day(row.file_gone_on))
        return texts.say("file, saved {day}", day=_day(texts, row))
    return texts.say("given {day}", day=_day(texts, row))


def state_told(texts: Texts, row: HandOutRow) -> str:
    """The same with its reason, where there is room for it."""
    return texts.say("voided: {reason}", reason=row.void_reason) if row.void_reason is not None else state_words(texts, row)


def state_tone(row: HandOutRow) -> Tone:
    """The tone of that."""
    if row.state is HandOutState.GIVEN:
        return Tone.AMBER if row.medium is Medium.FILE and row.file_gone_on is None else Tone.GREEN
    if row.state is HandOutState.WAITING:
        return Tone.AMBER if row.is_later else Tone.ACCENT
    return Tone.AMBER if row.state is HandOutState.SENT else Tone.NEUTRAL


def _day(texts: Texts, row: HandOutRow) -> str:
    return texts.short_day(row.settled_on) if row.settled_on is not None else ""
