"""How what the consent face shows is put in words: a form on its way, the terms of a consent, a copy that was handed out."""

from __future__ import annotations

from datetime import date

from rehabdesk.domain.consent import FORM_ENDS, FORM_WAITS_LONG, FormState, InformationKind, days_waiting
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.store.queries.consent import ConsentRow, FormRow
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.printing.words import paper_words, reader_words


def form_words(texts: Texts, form: FormRow) -> str:
    """A form in a choice: "till Maria, skickad 3 nov"."""
    if form.sent_on is None:
        return texts.name("form", "to {whom}", whom=form.sent_to)
    return texts.say("to {whom}, sent {day}", whom=form.sent_to, day=texts.short_day(form.sent_on))


def form_history(texts: Texts, form: FormRow) -> str:
    """Its days: sent, waiting since, back."""
    parts = []
    if form.sent_on is not None:
        parts.append(texts.say("sent {day}", day=form.sent_on))
    if form.waiting_since is not None:
        parts.append(texts.say("received {day}", day=form.waiting_since))
    if form.back_on is not None:
        ended = {
            FormState.BACK: texts.say("back {day}", day=form.back_on),
            FormState.DECLINED: texts.say("answered with no {day}", day=form.back_on),
        }
        parts.append(ended.get(form.state, texts.say("lost {day}", day=form.back_on)))
    parts.append(texts.say("text {version}", version=form.text_version))
    return " · ".join(parts)


def form_badge(texts: Texts, form: FormRow, today: date) -> tuple[str, Tone]:
    """Where it is in a word, with how long when it is out."""
    if form.state in FORM_ENDS:
        return texts.term(form.state), Tone.GREEN if form.state is FormState.BACK else Tone.NEUTRAL
    days = days_waiting(form.sent_on, today)
    told = texts.term(form.state)
    if days:
        told = texts.count("{state}, {n} day", "{state}, {n} days", days, state=told)
    return told, Tone.RED if days > FORM_WAITS_LONG else Tone.AMBER


def terms_words(texts: Texts, row: ConsentRow) -> tuple[str, str]:
    """A consent's own line: what and until when; then how it was given."""
    kinds = texts.listing(kind for kind in InformationKind if kind in row.kinds)
    what = texts.say("{start} to {end}: {kinds}", start=row.valid_from, end=row.valid_until, kinds=kinds)
    how = [texts.term(row.how_given)]
    if row.text_version:
        how.append(texts.say("text {version}", version=row.text_version))
    if row.interpreter:
        how.append(texts.say("interpreter {name}", name=row.interpreter))
    if row.witness:
        how.append(texts.say("witness {name}", name=row.witness))
    how += [part for part in (row.note, row.purpose) if part]
    return what, " · ".join(how)


def handed_out_words(texts: Texts, row: HandOutRow) -> str:
    """A copy in the list of what went where: "2026-10-27 · Försäkringskassan · utdrag"."""
    day = row.settled_on or (texts.instant(row.sent_at).date() if row.sent_at else texts.instant(row.queued_at).date())
    parts = [texts.date(day), reader_words(texts, row), paper_words(texts, row.paper)]
    if row.state is HandOutState.SENT:
        parts.append(texts.say("printed, nobody has said that it was given"))
    return " · ".join(parts)
