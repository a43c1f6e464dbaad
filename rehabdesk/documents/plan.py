"""The action plan: the whole for the participant and the file, or what one party may have of it; with lines to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.documents.blocks import Block, Bullets, Column, Entry, Facts, Heading, Paragraph, SignatureLine, Style, Table, Together
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import action_entry, questions_box, quoted, sentence, status_word
from rehabdesk.documents.strips import PARTICIPANT, WORKING
from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.plan_papers import GoalPart, PlanDocument, SignerRole, StepLine
from rehabdesk.texts import Texts

_LARGEST_WITH_TABLE = 12


def render(document: PlanDocument, texts: Texts) -> bytes:
    """The plan as a PDF file."""
    title = f"{texts.name('paper', 'Action plan')} {document.case_number}"
    scale = PARTICIPANT[document.print_size] if _is_large(document) else WORKING
    return rendered(Sheet(title, document.letterhead, document.imprint, scale), blocks(document, texts), texts)


def file_parts(document: PlanDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("file", "action plan"), document.case_number, document.reader_in_file, document.imprint.on)


def blocks(document: PlanDocument, texts: Texts) -> tuple[Block, ...]:
    """The plan in reading order."""
    day = texts.long_date(document.imprint.on)
    title = texts.say("Action plan, for {party}", party=document.party) if document.party else texts.name("paper", "Action plan")
    found: list[Block] = [
        Heading(1, title),
        Paragraph(texts.say("version {version} of {day}", version=document.imprint.version, day=day), Style.MUTED),
        Facts(_facts(document, texts)),
    ]
    if document.own_goal.strip():
        found += [Heading(2, texts.say("Own goal, in own words")), quoted(texts, document.own_goal)]
    texts_told = (
        (texts.say("Present work"), document.present_work),
        (texts.say("What works"), document.can_do),
        (texts.say("What does not work now"), document.cannot_do),
    )
    for heading, text in texts_told:
        if text.strip():
            found += [Heading(2, heading), Paragraph(text)]
    found += _goals(document, texts)
    found += [questions_box(texts, document.questions), *_ending(document, texts)]
    return tuple(found)


def _facts(document: PlanDocument, texts: Texts) -> tuple[tuple[str, str], ...]:
    took_part = {True: sentence(texts.say("yes")), False: sentence(texts.say("no"))}.get(document.participant_took_part, "")
    if took_part and document.why_not.strip():
        took_part = f"{took_part}. {document.why_not.strip()}"
    return (
        (texts.say("Case"), document.case_number),
        (texts.say("Concerns"), document.participant_name),
        (texts.say("Holds the plan together"), document.responsible),
        (texts.say("Done by"), texts.long_date(document.done_by) if document.done_by else ""),
        (texts.say("Evaluated on"), texts.long_date(document.evaluate_on) if document.evaluate_on else ""),
        (texts.say("The participant took part"), took_part),
        (texts.say("Ended"), texts.long_date(document.ended_on) if document.ended_on else ""),
    )


def _goals(document: PlanDocument, texts: Texts) -> list[Block]:
    heading = Heading(2, texts.say("Goals and steps"))
    if not document.parts:
        nothing = texts.say("No step concerns you.") if document.party else texts.say("No goal and no step is written yet.")
        return [heading, Paragraph(nothing)]
    found: list[Block] = [heading]
    numbered = [part for part in document.parts if part.text.strip()]
    for part in document.parts:
        if part.text.strip():
            told = texts.say("Goal {number}: {text}", number=numbered.index(part) + 1, text=part.text.strip())
        else:
            told = texts.say("Other steps")
        found.append(Heading(3, told))
        found += _result(part, texts)
        if part.steps:
            found.append(_large_steps(part.steps, document, texts) if _is_large(document) else _table(part.steps, texts))
        elif not document.party:
            found.append(Paragraph(texts.say("No step is written yet."), Style.MUTED))
    return found


def _result(part: GoalPart, texts: Texts) -> list[Block]:
    if part.result is None and not part.comment.strip():
        return []
    told = texts.term(part.result) if part.result is not None else texts.say("not evaluated yet")
    return [Paragraph(f"{sentence(told)}. {part.comment}".strip(), lead=texts.say("Evaluation:"))]


def _table(steps: Sequence[StepLine], texts: Texts) -> Table:
    columns = (
        Column(texts.name("column", "Step"), 5),
        Column(texts.name("column", "Answers for it"), 3),
        Column(texts.name("column", "By"), 1.7),
        Column(texts.name("column", "Status"), 1.6),
    )
    return Table(columns, tuple(_row(step, texts) for step in steps))


def _row(step: StepLine, texts: Texts) -> tuple[str, ...]:
    action = step.action
    what = f"{action.what}\n{step.category.written(texts.language)}" if step.category else action.what
    who = texts.say("The participant") if action.is_participant else action.who
    return (what, who, texts.date(action.due) if action.due else "", status_word(texts, action.status))


def _large_steps(steps: Sequence[StepLine], document: PlanDocument, texts: Texts) -> Bullets:
    """In large type a table has no room: a sentence for each step."""
    return Bullets(tuple(_told(step, document, texts) for step in steps))


def _told(step: StepLine, document: PlanDocument, texts: Texts) -> Entry:
    action = step.action
    if action.is_participant:
        # Whoever signs reads this too, so nobody is called "du".
        action = replace(action, who=texts.say("The participant"), is_participant=False)
    entry = action_entry(texts, action, document.imprint.on, with_who=True)
    if step.action.status == ActionState.OPEN:
        return entry
    return Entry(f"{entry.text.removesuffix('.')} ({status_word(texts, step.action.status)}).", entry.lead)


def _ending(document: PlanDocument, texts: Texts) -> list[Block]:
    told = [texts.say("The plan is what we have agreed on. Each party decides in its own matters.")]
    if document.party:
        told.append(
            texts.say("You are given this with the participant's consent, for your own part of the work. Do not pass it on.")
        )
    else:
        told.append(texts.say("All steps stand here. Whoever is to sign can have a copy with her own part alone."))
    return [Paragraph(" ".join(told), Style.MUTED), *_signatures(document, texts)]


def _signatures(document: PlanDocument, texts: Texts) -> list[Block]:
    if not document.signers:
        return []
    roles = {
        SignerRole.PARTICIPANT: texts.name("signature", "Participant"),
        SignerRole.MANAGER: texts.name("signature", "Manager"),
        SignerRole.UNION: texts.name("signature", "Union"),
    }
    day = texts.say("Day")
    lines = tuple(
        SignatureLine((", ".join(part for part in (roles[signer.role], signer.name) if part), day)) for signer in document.signers
    )
    return [Together((Heading(2, texts.say("Signatures")), *lines))]


def _is_large(document: PlanDocument) -> bool:
    return document.print_size > _LARGEST_WITH_TABLE
