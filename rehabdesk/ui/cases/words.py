"""How what the cases' pages show is put in words: the standing of a consent, a copy, a contact."""

from __future__ import annotations

from rehabdesk.domain.consent import CaseConsent, ConsentStanding
from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.queries.parties import ContactRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone


def consent_words(texts: Texts, consent: CaseConsent) -> str:
    """The consent of a case in a word and a day."""
    day = consent.on
    match consent.standing:
        case ConsentStanding.LIVE:
            return texts.say("consent until {day}", day=day)
        case ConsentStanding.RUNNING_OUT:
            return texts.say("runs out {day}", day=texts.short_day(day))
        case ConsentStanding.NOT_BEGUN:
            return texts.say("begins {day}", day=texts.short_day(day))
        case ConsentStanding.RUN_OUT:
            return texts.say("ran out {day}", day=day)
        case ConsentStanding.WITHDRAWN:
            return texts.say("withdrawn {day}", day=day)
    return texts.name("consent", "missing")


def consent_tone(consent: CaseConsent) -> Tone:
    """The colour of that word."""
    return {
        ConsentStanding.LIVE: Tone.GREEN,
        ConsentStanding.RUN_OUT: Tone.RED,
        ConsentStanding.WITHDRAWN: Tone.NEUTRAL,
    }.get(consent.standing, Tone.AMBER)


def paper_words(texts: Texts, paper: PaperKind) -> str:
    """What a paper is called in the list of what was handed out."""
    short = {
        PaperKind.MINUTES: texts.name("paper", "minutes"),
        PaperKind.SUMMARY: texts.name("paper", "summary"),
        PaperKind.EXTRACT: texts.name("paper", "extract"),
        PaperKind.AGENDA: texts.name("paper", "agenda"),
        PaperKind.SIGN_IN: texts.name("paper", "sign-in sheet"),
        PaperKind.ACTION_SLIP: texts.name("paper", "action slip"),
        PaperKind.SPARE: texts.name("paper", "spare booklet"),
        PaperKind.WITHDRAWAL_NOTICE: texts.name("paper", "notice of withdrawn consent"),
    }
    return short.get(paper) or texts.term(paper)


def reader_words(texts: Texts, copy: HandOutRow) -> str:
    """Whom a copy is for."""
    if copy.reader is ReaderKind.PARTY:
        return copy.party
    return {
        ReaderKind.PARTICIPANT: texts.name("reader", "the participant"),
        ReaderKind.FILE: texts.name("reader", "the file"),
    }.get(copy.reader, texts.name("reader", "anybody"))


def copy_words(texts: Texts, copy: HandOutRow) -> str:
    """How far a copy has come."""
    if copy.state is HandOutState.GIVEN and copy.medium is Medium.FILE:
        return texts.name("copy", "given as a file")
    return {
        HandOutState.WAITING: texts.name("copy", "waiting"),
        HandOutState.SENT: texts.name("copy", "printed"),
        HandOutState.GIVEN: texts.name("copy", "given"),
        HandOutState.VOIDED: texts.name("copy", "voided"),
    }[copy.state]


def copy_tone(copy: HandOutRow) -> Tone:
    """The colour of that word."""
    return {HandOutState.GIVEN: Tone.GREEN, HandOutState.VOIDED: Tone.NEUTRAL}.get(copy.state, Tone.AMBER)


def contact_words(contact: ContactRow) -> str:
    """A contact as it stands in a choice: "Lena Borg, enhetschef · Vara kommun, HR"."""
    called = ", ".join(dict.fromkeys(part for part in (contact.shown, contact.function) if part))
    return f"{called} · {contact.party}" if called else contact.party
