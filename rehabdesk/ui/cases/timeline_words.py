"""How each event of a case's timeline is said, and what it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.cases import BroughtBy, ClosingReason, FollowUpOutcome, GoalsOutcome
from rehabdesk.domain.consent import FormState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plan_duty import PlanAnswer
from rehabdesk.domain.plans import FreezingReason
from rehabdesk.domain.prerehab import BreakOffReason, RemovalReason
from rehabdesk.domain.rounds import title_of
from rehabdesk.domain.timeline import TimelineKind
from rehabdesk.store.queries.timeline import TimelineRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.faces import CHAIN, CONSENT, DETAILS, PAPERS, PLACES, PLAN
from rehabdesk.ui.shell.context import Target

_KIND = TimelineKind
_OF_ACTIONS = (_KIND.ACTION_AGREED, _KIND.ACTION_DONE, _KIND.ACTION_MOVED, _KIND.ACTION_DROPPED, _KIND.ACTION_REOPENED)
_OF_PLACES = (
    _KIND.PLACE_REGISTERED, _KIND.PLACE_OFFERED, _KIND.PLACE_ACCEPTED, _KIND.PLACE_DECLINED, _KIND.PLACE_LAPSED, _KIND.PLACE_TAKEN_BACK,
    _KIND.PLACE_STARTED, _KIND.PLACE_COMPLETED, _KIND.PLACE_BROKEN_OFF, _KIND.PLACE_REMOVED,
)  # fmt: skip
#: The face of the case on which an event is found again, where it is not at a meeting.
_FACES = {
    **dict.fromkeys((_KIND.OPENED, _KIND.REFERRAL, _KIND.CLOSED, _KIND.FOLLOW_UP), DETAILS),
    **dict.fromkeys((_KIND.CONSENT, _KIND.WITHDRAWAL, _KIND.FORM_SENT, _KIND.FORM_BACK, _KIND.STATISTICS, _KIND.STATISTICS_WITHDRAWN), CONSENT),
    **dict.fromkeys((_KIND.SICK_LEAVE, _KIND.WORK_TRIAL, _KIND.PLAN_ANSWER), CHAIN),
    **dict.fromkeys(_OF_PLACES, PLACES),
    _KIND.PLAN_VERSION: PLAN,
    _KIND.HAND_OUT: PAPERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One line as it is shown."""

    row: TimelineRow
    day: str
    head: str
    words: str

    @property
    def id(self) -> object:
        """The key among the others."""
        return self.row.id


def timeline_line(texts: Texts, row: TimelineRow, today: date) -> TimelineLine:
    """A row in words: "20 nov", "Tjänsteanteckning", "Samtal med chefen om januari"."""
    day = texts.short_day(row.on) if row.on.year == today.year else texts.date(row.on)
    return TimelineLine(row, day, _head(texts, row), _words(texts, row))


def source_of(row: TimelineRow, case_id: int) -> Target:
    """What a line opens."""
    if row.kind in (_KIND.MEETING, _KIND.CORRECTION):
        return Target("forum", "session", row.place, "minutes")
    if row.kind in _FACES:
        return Target("cases", "case", case_id, _FACES[row.kind])
    # An action: the meeting where it was answered, else the room of all actions.
    return Target("forum", "session", row.place, "minutes") if row.place is not None else Target("actions")


def note_of(row: TimelineRow) -> int | None:
    """The note that tells of an event, where one does."""
    if row.kind is _KIND.NOTE:
        return row.source
    return row.number if row.kind in _OF_ACTIONS else None


def _head(texts: Texts, row: TimelineRow) -> str:
    if row.kind is _KIND.MEETING:
        return texts.say("Forum § {paragraph}", paragraph=row.paragraph) if row.paragraph else texts.say("Forum")
    if row.kind is _KIND.CORRECTION:
        return texts.say("Correction of § {paragraph}", paragraph=row.paragraph) if row.paragraph else texts.say("Correction")
    if row.kind is _KIND.FOLLOW_UP:
        return texts.say("Follow-up after {months} months", months=row.number)
    return texts.term(row.kind)


def _words(texts: Texts, row: TimelineRow) -> str:
    """What is said after the head; each kind has a way of its own."""
    say = _WAYS.get(row.kind, _plain)
    words = " ".join(say(texts, row).split())
    return words[:1].upper() + words[1:]


def _plain(_texts: Texts, row: TimelineRow) -> str:
    return ", ".join(part for part in (row.what, row.who) if part)


def _opened(texts: Texts, row: TimelineRow) -> str:
    if not row.what:
        return ""
    return texts.say("brought by {who}", who=row.who or texts.term(BroughtBy(row.what)))


def _referral(texts: Texts, row: TimelineRow) -> str:
    return texts.say("from {who}", who=row.who) if row.who else ""


def _closed(texts: Texts, row: TimelineRow) -> str:
    goals = texts.term(GoalsOutcome(row.who)) if row.who else ""
    return "; ".join(part for part in (texts.term(ClosingReason(row.what)), goals) if part)


def _follow_up(texts: Texts, row: TimelineRow) -> str:
    return texts.term(FollowUpOutcome(row.what))


def _note(_texts: Texts, row: TimelineRow) -> str:
    return f"{row.who}: {row.what}" if row.who else row.what


def _meeting(texts: Texts, row: TimelineRow) -> str:
    agreed = texts.count("{n} agreement.", "{n} agreements.", row.number) if row.number else ""
    return f"{agreed} {row.what}"


def _hand_out(texts: Texts, row: TimelineRow) -> str:
    paper = texts.term(PaperKind(row.what))
    return f"{paper}: {row.who}" if row.who else paper


def _action(texts: Texts, row: TimelineRow) -> str:
    until = texts.say("to {day}", day=row.until) if row.kind is _KIND.ACTION_MOVED and row.until else ""
    return ", ".join(part for part in (row.what, row.who, until) if part)


def _consent(texts: Texts, row: TimelineRow) -> str:
    return texts.say("for {parties} until {day}", parties=row.who, day=row.until)


def _withdrawal(texts: Texts, row: TimelineRow) -> str:
    return texts.say("for {parties}", parties=row.who)


def _form_sent(texts: Texts, row: TimelineRow) -> str:
    return texts.say("to {whom}", whom=row.who) if row.who else ""


def _form_back(texts: Texts, row: TimelineRow) -> str:
    return texts.term(FormState(row.what))


def _plan_version(texts: Texts, row: TimelineRow) -> str:
    why = {
        FreezingReason.AGREED: texts.name("plan version", "agreed"),
        FreezingReason.HANDED_OUT: texts.name("plan version", "handed out"),
        FreezingReason.EVALUATED: texts.name("plan version", "evaluated"),
    }[FreezingReason(row.what)]
    return f"{texts.say('version {version}', version=row.number)}, {why}"


def _plan_answer(texts: Texts, row: TimelineRow) -> str:
    answer = texts.term(PlanAnswer(row.what))
    return f"{answer}: {row.who}" if row.who else answer


def _sick_leave(texts: Texts, row: TimelineRow) -> str:
    degree = texts.percent(row.number / 100)
    return texts.say("{degree} until {day}", degree=degree, day=row.until) if row.until else texts.say("{degree} until further notice", degree=degree)


def _work_trial(texts: Texts, row: TimelineRow) -> str:
    return texts.say("until {day}", day=row.until)


def _registered(texts: Texts, row: TimelineRow) -> str:
    return texts.say("{programme}, referred by {who}", programme=row.what, who=row.who) if row.who else row.what


def _round(texts: Texts, row: TimelineRow) -> str:
    name = title_of(row.what, row.number, row.who)
    return texts.say("{round}, answer by {day}", round=name, day=row.until) if row.until else name


def _broken_off(texts: Texts, row: TimelineRow) -> str:
    return f"{row.what}: {texts.term(BreakOffReason(row.who))}"


def _removed(texts: Texts, row: TimelineRow) -> str:
    return f"{row.what}: {texts.term(RemovalReason(row.who))}"


_WAYS = {
    _KIND.OPENED: _opened,
    _KIND.REFERRAL: _referral,
    _KIND.CLOSED: _closed,
    _KIND.FOLLOW_UP: _follow_up,
    _KIND.NOTE: _note,
    _KIND.MEETING: _meeting,
    _KIND.HAND_OUT: _hand_out,
    **dict.fromkeys(_OF_ACTIONS, _action),
    _KIND.CONSENT: _consent,
    _KIND.WITHDRAWAL: _withdrawal,
    _KIND.FORM_SENT: _form_sent,
    _KIND.FORM_BACK: _form_back,
    _KIND.PLAN_VERSION: _plan_version,
    _KIND.PLAN_ANSWER: _plan_answer,
    _KIND.SICK_LEAVE: _sick_leave,
    _KIND.WORK_TRIAL: _work_trial,
    **dict.fromkeys(_OF_PLACES, _round),
    _KIND.PLACE_REGISTERED: _registered,
    _KIND.PLACE_BROKEN_OFF: _broken_off,
    _KIND.PLACE_REMOVED: _removed,
    **dict.fromkeys((_KIND.PLACE_COMPLETED, _KIND.PLACE_DECLINED), _plain),
}
