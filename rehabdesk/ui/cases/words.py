"""How what the cases' pages show is put in words: the standing of a consent, a contact."""

from __future__ import annotations

from rehabdesk.domain.consent import CaseConsent, ConsentStanding
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


def contact_words(contact: ContactRow) -> str:
    """A contact as it stands in a choice: "Lena Borg, enhetschef · Vara kommun, HR"."""
    called = ", ".join(dict.fromkeys(part for part in (contact.shown, contact.function) if part))
    return f"{called} · {contact.party}" if called else contact.party
