"""Holding one session of the demo forum: who came, what was said, agreed and taken on, and the papers that were given."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from rehabdesk.domain.forum import (
    ActionEventKind,
    ActionState,
    ItemKind,
    ItemState,
    Outcome,
    Presence,
    Return,
    SessionState,
)
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.services.copies import leave, settle
from rehabdesk.services.demo.content import Content, Json, Wording, working_day
from rehabdesk.services.demo.plan import ActionPlan, CasePlan
from rehabdesk.services.demo.register import Register, SeriesMade
from rehabdesk.services.forum.agenda import number_items
from rehabdesk.services.forum.presence import set_presence
from rehabdesk.services.forum.sheets import Ending, freeze_item
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import (
    Action,
    ActionEvent,
    AgendaItem,
    Agreement,
    Attendee,
    ForumSession,
    StandingItem,
)
from rehabdesk.store.tables.privacy import HandOut
from rehabdesk.texts import Texts

_GENERAL_FIGURES = {"round": 6, "taken": 7, "places": 8, "waiting": 3}


@dataclass(frozen=True, slots=True)
class Chair:
    """What is needed to hold the sessions of one series."""

    store: Store
    content: Content
    register: Register
    texts: Texts
    made: SeriesMade
    chance: random.Random
    today: date


@dataclass(frozen=True, slots=True)
class Held:
    """What holding a session made: general actions to follow up."""

    actions: tuple[ActionPlan, ...]


def hold(chair: Chair, session_id: int, index: int, plans: Sequence[CasePlan], next_days: Sequence[date]) -> Held:
    """Hold a session in one write: presence, every item with its sheet, and hand-outs."""
    with chair.store.write(Label("forum.session_ended"), undoable=False, barrier=True) as writing:
        session = writing.session.get(ForumSession, session_id)
        items = list(
            writing.session.scalars(
                select(AgendaItem).where(AgendaItem.session_id == session_id).order_by(AgendaItem.position, AgendaItem.id)
            )
        )
        number_items(writing, session, items)
        session.state, session.started_at = SessionState.UNDER_WAY, writing.now
        session.chair = session.secretary = _coordinator(chair.content)
        _seat(chair, writing, session_id)
        actions: list[ActionPlan] = []
        by_case = {plan.case_id: plan for plan in plans}
        first_case = next((item for item in items if item.case_id), None)
        for item in items:
            item.state, item.opened_at = ItemState.OPEN, writing.now
            plan = by_case.get(item.case_id) if item.case_id else None
            if plan is not None:
                ending = _case_item(chair, writing, item, plan, index, next_days)
                if item is first_case and chair.today - session.held_on < timedelta(weeks=4):
                    # She went before her paper was printed: it still waits for her, and stands on Idag.
                    item.participant_presence = Presence.LEFT
            else:
                ending = Ending(Outcome.AGREED)
                actions.extend(_other_item(chair, writing, item, session, next_days))
            item.seconds_spent = int(item.minutes * 60 * chair.chance.uniform(0.7, 1.15))
            writing.flush()
            _give(writing, freeze_item(writing, item, ending, "sv").hand_out_ids)
        session.state, session.ended_at = SessionState.HELD, writing.now
        return Held(tuple(actions))


def answer_in_meeting(writing: Writing, item: AgendaItem, plan: CasePlan, wording: Wording) -> None:
    """What the story says of earlier actions at this meeting: moved with a reason, kept, or dropped."""
    for made in plan.actions:
        went = made.went
        action = writing.session.get(Action, made.action_id)
        if made.is_answered or action is None or action.state != ActionState.OPEN:
            continue
        if "moved" in went:
            before, action.due_on = action.due_on, working_day(writing.today + timedelta(days=went["moved"]))
            action.move_count += 1
            _event(writing, made.action_id, item.id, ActionEventKind.MOVED, before, action.due_on, wording(went["reason"]))
        elif "kept" in went:
            _event(writing, made.action_id, item.id, ActionEventKind.KEPT)
        elif "dropped" in went:
            action.state, action.closed_on = ActionState.DROPPED, writing.today
            _event(writing, made.action_id, item.id, ActionEventKind.DROPPED, reason=wording(went["dropped"]))
        else:
            continue
        made.is_answered, made.made_on = True, writing.today


def _case_item(
    chair: Chair, writing: Writing, item: AgendaItem, plan: CasePlan, index: int, next_days: Sequence[date]
) -> Ending:
    turn = plan.meeting_at(index)
    meeting = plan.story["meetings"][turn]
    wording = Wording(chair.texts, writing.today, plan.person["given_name"])
    item.question = wording(meeting["question"])
    item.background, item.discussion = wording(meeting["background"]), wording(meeting["discussion"])
    item.participant_view = wording(meeting["view"])
    item.participant_presence = Presence(meeting["participant"])
    item.participant_agrees = True if meeting["participant"] == "here" else None
    answer_in_meeting(writing, item, plan, wording)
    for position, agreement in enumerate(meeting["agreements"], start=1):
        writing.session.add(
            Agreement(item_id=item.id, position=position, text=wording(agreement["text"]), participant_text=wording(agreement["plain"]))
        )
    plan.actions.extend(_actions(chair, writing, item, meeting["actions"], wording))
    outcome = Outcome(meeting.get("outcome") or Outcome.AGREED)
    if turn + 1 < len(plan.sessions):
        back_on = next_days[plan.sessions[turn + 1]]
        return Ending(outcome, Return.DATE, back_on)
    return Ending(outcome)


def _other_item(
    chair: Chair, writing: Writing, item: AgendaItem, session: ForumSession, next_days: Sequence[date]
) -> list[ActionPlan]:
    following = next((day for day in next_days if day > writing.today), writing.today)
    wording = Wording(chair.texts, writing.today, next=chair.texts.long_date(following), **_GENERAL_FIGURES)
    variant = _variant(chair, writing, item, session)
    item.background, item.question = wording(variant.get("background")), wording(variant.get("question"))
    item.discussion = wording(variant["discussion"])
    for position, text in enumerate(variant["agreements"], start=1):
        writing.session.add(Agreement(item_id=item.id, position=position, text=wording(text)))
    return _actions(chair, writing, item, variant["actions"], wording)


def _variant(chair: Chair, writing: Writing, item: AgendaItem, session: ForumSession) -> Json:
    if item.kind == ItemKind.CONSULTATION:
        return next(row for row in chair.content.consultations if row["title"] == item.title)
    standing = writing.session.get(StandingItem, item.standing_item_id) if item.standing_item_id else None
    key = chair.made.keys_by_title.get(standing.title) if standing else None
    variants = chair.content.general_items.get(key or "", [])
    return variants[session.number % len(variants)] if variants else {"discussion": "", "agreements": [], "actions": []}


def _actions(chair: Chair, writing: Writing, item: AgendaItem, sources: Sequence[Json], wording: Wording) -> list[ActionPlan]:
    made = []
    for source in sources:
        is_hers = source["by"] == "participant"
        action = Action(
            series_id=item.series_id,
            case_id=item.case_id,
            item_id=item.id,
            party_id=None if is_hers else chair.register.parties[source["by"]],
            contact_id=chair.register.contacts[source["contact"]] if source.get("contact") else None,
            for_participant=is_hers,
            what=wording(source["what"]),
            due_on=working_day(writing.today + timedelta(days=source["due"])),
            created_on=writing.today,
        )
        writing.session.add(action)
        writing.flush()
        _event(writing, action.id, item.id, ActionEventKind.CREATED, None, action.due_on)
        made.append(ActionPlan(action.id, writing.today, source["went"]))
    return made


def _seat(chair: Chair, writing: Writing, session_id: int) -> None:
    guests = chair.made.source.get("guests_now_and_then", [])
    if guests and chair.chance.random() < 0.5:
        key = chair.chance.choice(guests)
        party_id = chair.register.parties[chair.register.party_of(key, chair.content)]
        writing.session.add(Attendee(session_id=session_id, contact_id=chair.register.contacts[key], party_id=party_id))
        writing.flush()
    for attendee in writing.session.scalars(select(Attendee).where(Attendee.session_id == session_id)).all():
        fate = chair.chance.random()
        set_presence(writing, attendee, Presence.EXCUSED if fate < 0.1 else Presence.HERE, None)


def _give(writing: Writing, hand_out_ids: tuple[int, ...]) -> None:
    for row in writing.session.scalars(select(HandOut).where(HandOut.id.in_(hand_out_ids))):
        if not row.is_later:
            leave(writing, row)
            settle(writing, row, HandOutState.GIVEN)


def _event(
    writing: Writing,
    action_id: int,
    item_id: int,
    kind: ActionEventKind,
    due_before: date | None = None,
    due_after: date | None = None,
    reason: str = "",
) -> None:
    writing.session.add(
        ActionEvent(
            action_id=action_id, item_id=item_id, kind=kind, on=writing.today, due_before=due_before, due_after=due_after, reason=reason
        )
    )


def _coordinator(content: Content) -> str:
    person = content.parties["coordinator"]
    return f"{person['given_name']} {person['surname']}"
