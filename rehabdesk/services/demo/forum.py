"""Making the demo forum: everything happens on a timeline, through the same services as in life."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from rehabdesk.domain.cases import ClosingReason
from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.services import cases, closing, consent, hand_outs
from rehabdesk.services.demo import backgrounds, calls, consents
from rehabdesk.services.demo import content as contents
from rehabdesk.services.demo import notes
from rehabdesk.services.demo import plans as plans_of_cases
from rehabdesk.services.demo import prerehab
from rehabdesk.services.demo import protected
from rehabdesk.services.demo import sick_leaves
from rehabdesk.services.demo.calendar import forum_days, month_days
from rehabdesk.services.demo.content import Content, Json, Wording
from rehabdesk.services.demo.meetings import Chair, hold
from rehabdesk.services.demo.plan import CASES, ActionPlan, CasePlan, deal
from rehabdesk.services.demo.register import Register, SeriesMade, add_parties, add_series
from rehabdesk.services.demo.timeline import Timeline
from rehabdesk.services.forum import actions, agenda, minutes, sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import Action
from rehabdesk.texts import texts_for

#: The seed of the demo unless another is asked for.
SEED = 2026
#: Sessions are planned this many days ahead.
_AHEAD = 200
_MONTH = timedelta(days=30)


def build(
    store: Store, *, today: date, scale: int = 1, seed: int = SEED, progress: Callable[[int, int], None] | None = None
) -> None:
    """Fill an empty vault with the demo forum: two years, about 40 cases; `scale` times that, as parallel forums.

    The same for the same seed and day. `progress(done, all)` is told after each forum.
    """
    content = contents.load()
    real_clock = store.clock
    try:
        register: Register | None = None
        for turn in range(scale):
            timeline = Timeline(datetime.combine(today, time(8, 0)))
            store.clock = timeline.clock
            register = register or add_parties(store, content)
            _Forum(store, content, register, timeline, turn, random.Random(f"{seed}-{turn}"), today).make()
            if not turn:
                prerehab.add(store, content, register, today, seed)
            store.forget_history()
            if progress:
                progress(turn + 1, scale)
    finally:
        store.clock = real_clock


class _Forum:
    """One rehab forum of the demo, and beside the first one its steering group and seminars."""

    def __init__(
        self, store: Store, content: Content, register: Register, timeline: Timeline, turn: int, chance: random.Random, today: date
    ) -> None:
        self._store, self._content, self._register = store, content, register
        self._timeline, self._turn, self._chance, self._today = timeline, turn, chance, today
        self._texts = texts_for("sv")

    def make(self) -> None:
        """Plan everything on the timeline, and let it happen."""
        forum: SeriesMade | None = None
        for source in self._content.series["series"]:
            if self._turn and source["kind"] != "rehab_forum":
                continue
            made = add_series(self._store, self._register, source, self._turn)
            if source["kind"] == "rehab_forum":
                forum = made
                self._plan_forum(made)
            else:
                days = month_days(self._today, source["weekday"], source["months"])
                chair = self._chair(made)
                self._plan_sessions(chair, days, [])
        self._timeline.run(lambda _day: None)
        if forum is not None:
            self._finish(forum)

    # --- what will happen ---

    def _plan_forum(self, made: SeriesMade) -> None:
        days = forum_days(self._today, made.source["weekday"], made.source["every_weeks"])
        plans = deal(self._content, days, self._today, self._chance, self._turn * CASES)
        last = max(session for plan in plans for session in plan.sessions)
        days = days + [days[-1] + timedelta(weeks=4 * n) for n in range(1, last - len(days) + 2)]
        chair = self._chair(made)
        self._plan_sessions(chair, days, plans)
        self._cancelled(made, days[len(days) // 3])
        for plan in plans:
            first = days[plan.sessions[0]]
            opened = first - timedelta(days=plan.story["opened_days_before"])
            self._timeline.at(opened, 9, 0, self._opening(made, plan))
            given = first - timedelta(days=plan.story["consent"]["days_before"])
            self._timeline.at(given, 10, 0, self._consenting(plan, plan.story["consent"]["months"]))

    def _plan_sessions(self, chair: Chair, days: list[date], plans: list[CasePlan]) -> None:
        ids: dict[int, int] = {}
        for index, day in enumerate(days):
            if (day - self._today).days > 120:
                break
            planned = max(days[0] - timedelta(days=40), day - timedelta(days=_AHEAD))
            self._timeline.at(planned, 8, index % 60, self._planning(chair, ids, index, day))
            on_now = [plan for plan in plans if index in plan.sessions]
            self._timeline.at(day - timedelta(days=5), 9, 0, self._preparing(chair, ids, index, on_now, bool(plans)))
            self._timeline.at(day, 15, 20, self._holding(chair, ids, index, on_now, days))

    def _finish(self, made: SeriesMade) -> None:
        """The coming session is as far as a coordinator has got: two things parked, one party called that no consent covers."""
        consents.asked_for(self._store, made.id, self._today)
        if not self._turn:
            protected.opened(self._store, made.id, self._register, self._today)
        coming = self._store.read(session_queries.next_session, self._today, made.id)
        items = self._store.read(agenda_queries.agenda, coming.id, self._today)
        for title in self._content.series["parking"][:2]:
            agenda.park_item(self._store, agenda.add_general_item(self._store, coming.id, title, 10))
        af = self._register.parties["af"]
        for item in items:
            called = [party.party_id for party in item.called]
            if item.case_id is not None and item.is_by_name and af not in called:
                agenda.call_parties(self._store, item.id, [*called, af])
                break
        if not self._turn:
            calls.called_to(self._store, coming.id)

    def _cancelled(self, made: SeriesMade, after: date) -> None:
        """An extra session that was never held."""
        source = made.source
        day = after + timedelta(days=14)
        happened: list[int] = []

        def plan() -> None:
            happened.append(sessions.plan_session(self._store, made.id, SessionPlan(day, source["start"], source["end"], source["place"])))

        def cancel() -> None:
            sessions.cancel_session(self._store, happened[0], self._content.series["cancelled"][self._turn % 4])

        self._timeline.at(after, 16, 0, plan)
        self._timeline.at(day - timedelta(days=1), 15, 0, cancel)

    # --- the happenings ---

    def _planning(self, chair: Chair, ids: dict[int, int], index: int, day: date) -> Callable[[], None]:
        source = chair.made.source

        def happen() -> None:
            plan = SessionPlan(day, source["start"], source["end"], source["place"])
            ids[index] = sessions.plan_session(self._store, chair.made.id, plan)

        return happen

    def _opening(self, made: SeriesMade, plan: CasePlan) -> Callable[[], None]:
        def happen() -> None:
            manager = plan.story["manager"]
            contact = self._register.contacts[manager] if manager else None
            plan.case_id = cases.open_case(
                self._store,
                made.id,
                plan.person["given_name"],
                plan.person["surname"],
                plan.person["identity_number"] or "",
                contact,
                opening=backgrounds.opening(plan, contact, Wording(self._texts, self._timeline.today, plan.person["given_name"])),
            )
            backgrounds.needs(self._store, self._content.backgrounds, plan)
            if plan.person.get("large_print"):
                cases.set_print_size(self._store, plan.case_id, 18)
            sick_leaves.opened(self._store, self._timeline, plan, self._today)

        return happen

    def _consenting(self, plan: CasePlan, months: int) -> Callable[[], None]:
        def happen() -> None:
            source = plan.story["consent"]
            gone = self._withdrawn(plan, self._timeline.today)
            parties = [key for key in source["parties"] if key not in gone]
            until = self._timeline.today + min(months * _MONTH, timedelta(days=364))
            if parties:
                consents.given(self._store, self._register, plan, parties, until)

        return happen

    def _preparing(
        self, chair: Chair, ids: dict[int, int], index: int, plans: list[CasePlan], has_cases: bool
    ) -> Callable[[], None]:
        def happen() -> None:
            session_id = ids[index]
            there = self._store.read(agenda_queries.case_ids_on_agenda, session_id)
            for plan in plans:
                self._renew_consent(plan, session_id, index)
                gone = self._withdrawn(plan, self._timeline.today)
                called = [self._register.parties[key] for key in plan.story["consent"]["parties"] if key not in gone]
                if plan.case_id not in there:
                    agenda.add_case_item(self._store, session_id, plan.case_id, called)
            self._fit_items(chair, session_id, index, plans)
            if has_cases and index % 2 == 0:
                self._add_consultation(session_id, index)

        return happen

    def _holding(
        self, chair: Chair, ids: dict[int, int], index: int, plans: list[CasePlan], days: list[date]
    ) -> Callable[[], None]:
        def happen() -> None:
            held = hold(chair, ids[index], index, plans, days)
            for made in held.actions:
                self._plan_done(made, made.went.get("done"))
            for plan in plans:
                self._after_meeting(plan, index)
            self._timeline.at(self._timeline.today + timedelta(days=1), 9, 0, self._locking(ids[index]))

        return happen

    def _locking(self, session_id: int) -> Callable[[], None]:
        def happen() -> None:
            minutes.lock(self._store, session_id)
            later = [
                row.id for row in self._store.read(hand_out_queries.of_session, session_id) if row.state is HandOutState.WAITING
            ]
            self._timeline.at(self._timeline.today + timedelta(days=30), 9, 0, self._giving(later))

        return happen

    def _giving(self, hand_out_ids: list[int]) -> Callable[[], None]:
        def happen() -> None:
            for row in self._store.read(hand_out_queries.by_ids, hand_out_ids):
                if row.state is HandOutState.WAITING and hand_outs.send(self._store, row.id) is not None:
                    hand_outs.give(self._store, [row.id])

        return happen

    def _after_meeting(self, plan: CasePlan, index: int) -> None:
        turn = plan.meeting_at(index)
        for made in plan.actions:
            if made.made_on != self._timeline.today:
                continue
            if "done" in made.went and (made.is_answered or not {"moved", "kept"} & made.went.keys()):
                self._plan_done(made, made.went["done"])
            elif "dropped" in made.went and not made.is_answered and turn + 1 == len(plan.sessions):
                self._timeline.at(self._timeline.today + timedelta(days=14), 9, 30, self._closing_action(made, dropped=True))
        withdrawn = plan.story["consent"].get("withdrawn")
        if withdrawn and withdrawn["after_meeting"] == turn + 1:
            day = self._timeline.today + timedelta(days=withdrawn["days"])
            self._timeline.at(day, 11, 0, self._withdrawing(plan, withdrawn))
        plans_of_cases.after_meeting(self._store, self._timeline, self._content.plans, plan, turn)
        notes.after_meeting(self._store, self._timeline, self._content.notes, self._register, plan, turn)
        closed = plan.story["closed"]
        if closed and turn + 1 == len(plan.sessions):
            day = self._timeline.today + timedelta(days=max(closed["days"], 1))
            self._timeline.at(day, 14, 0, self._closing_case(plan, ClosingReason(closed["reason"])))

    def _plan_done(self, made: ActionPlan, days: int | None) -> None:
        if days is not None:
            self._timeline.at(self._timeline.today + timedelta(days=days), 9, 30, self._closing_action(made, dropped=False))

    def _closing_action(self, made: ActionPlan, *, dropped: bool) -> Callable[[], None]:
        def happen() -> None:
            if self._store.read(lambda c: c.execute(select(Action.state).where(Action.id == made.action_id)).scalar()) == ActionState.OPEN:
                by_phone = not dropped and notes.closed_by_phone(self._store, self._content.notes, made.action_id, self._timeline.today)
                if not by_phone:
                    actions.close_action(self._store, made.action_id, dropped=dropped)

        return happen

    def _withdrawing(self, plan: CasePlan, withdrawn: Json) -> Callable[[], None]:
        def happen() -> None:
            parties = [self._register.parties[key] for key in withdrawn["parties"]]
            notices = consent.withdraw(self._store, plan.case_id, parties).notices
            self._timeline.at(self._timeline.today + timedelta(days=3), 9, 0, self._giving(list(notices)))

        return happen

    def _closing_case(self, plan: CasePlan, reason: ClosingReason) -> Callable[[], None]:
        def happen() -> None:
            sick_leaves.closing(self._store, plan, reason, self._timeline.today)
            closing.close_case(self._store, plan.case_id, reason, self._timeline.today, backgrounds.goals(plan.index))
            backgrounds.followed_up(self._store, self._timeline, plan.case_id, plan.index)

        return happen

    # --- helpers ---

    def _chair(self, made: SeriesMade) -> Chair:
        return Chair(self._store, self._content, self._register, self._texts, made, self._chance, self._today)

    def _withdrawn(self, plan: CasePlan, today: date) -> set[str]:
        """The parties whose consent the story has let go by now."""
        rows = self._store.read(consent_queries.consents, (plan.case_id,))
        ids = {row.party_id for row in rows if row.withdrawn_on is not None and row.withdrawn_on <= today}
        return {key for key, party_id in self._register.parties.items() if party_id in ids}

    def _renew_consent(self, plan: CasePlan, session_id: int, index: int) -> None:
        """A summer between two meetings can outrun a consent: it is given anew before the session."""
        rows = self._store.read(consent_queries.consents, (plan.case_id,))
        live_until = max((row.valid_until for row in rows if row.withdrawn_on is None), default=self._timeline.today)
        is_coming = self._timeline.today + timedelta(days=5) > self._today
        if live_until < self._timeline.today + timedelta(days=6) and not is_coming:
            self._consenting(plan, 6)()

    def _fit_items(self, chair: Chair, session_id: int, index: int, plans: list[CasePlan]) -> None:
        """Question and time box of each case item, as the coordinator sets them before the meeting."""
        by_case = {plan.case_id: plan for plan in plans}
        for item in self._store.read(agenda_queries.agenda, session_id, self._timeline.today):
            plan = by_case.get(item.case_id) if item.case_id else None
            if plan is None:
                continue
            meeting = plan.story["meetings"][plan.meeting_at(index)]
            wording = Wording(self._texts, self._store.read(session_queries.session, session_id).held_on, plan.person["given_name"])
            agenda.change_item(self._store, item.id, minutes=meeting["minutes"], question=wording(meeting["question"]))

    def _add_consultation(self, session_id: int, index: int) -> None:
        rows = self._content.consultations
        row = rows[(index // 2 + self._turn) % len(rows)]
        item_id = agenda.add_consultation(self._store, session_id, row["title"], row["minutes"])
        agenda.call_parties(self._store, item_id, [self._register.parties[key] for key in row["called"]])

