"""Idag: the next meeting and what it lacks, what runs out, what is late, what is still to be given. Every line opens its source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rehabdesk.services import hand_outs
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import today as queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.queries.today import SetUp
from rehabdesk.ui.forum.words import session_name
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import Muted
from rehabdesk.ui.parts.layouts import column, holding, page_body, scrolling
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.today.attendance import attendance_lines
from rehabdesk.ui.today.consents import consent_lines
from rehabdesk.ui.today.evaluations import evaluation_lines
from rehabdesk.ui.today.exported_lists import exported_lists
from rehabdesk.ui.today.follow_ups import FollowUpsToday
from rehabdesk.ui.today.late_actions import LateActionsCard
from rehabdesk.ui.today.lines import Line, LinesCard
from rehabdesk.ui.today.measures import measure_lines
from rehabdesk.ui.today.next_session import NextSessionCard
from rehabdesk.ui.today.places import place_lines
from rehabdesk.ui.today.plan_deadlines import PlanDeadlinesCard
from rehabdesk.ui.today.unanswered_calls import call_lines

TABLES = {
    "forum_session", "session_series", "agenda_item", "item_party", "attendee", "action", "consent", "consent_kind", "consent_form", "case",
    "contact", "party", "hand_out", "call", "participant", "exported_file",
    "sick_leave_period", "plan_answer", "action_plan", "follow_up",
    "occasion", "round", "programme", "place", "booking", "offer", "measurement", "programme_instrument",
}  # fmt: skip
NARROW = 860
"""Below this width, at 14 px text, the cards stand under one another."""


class TodayPage(Page):
    """The room one begins in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._build()
        watch_day(self, context.clock, self._refresh)
        watch(self, context.store, TABLES, self._refresh)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two columns where there is room."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        narrow = event.size().width() < self.context.theme.px(NARROW)
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def step_back(self) -> bool:
        """Put away the question how it went; False when it is not asked."""
        return self.follow_ups.step_back()

    # --- building ---

    def _build(self) -> None:
        context, texts = self.context, self.context.texts
        self.first_steps = LinesCard(context, texts.say("Begin here"))
        self.next = NextSessionCard(context)
        self.calls = LinesCard(context, texts.say("Calls to the next meeting"))
        self.unfinished = LinesCard(context, texts.say("Meetings to finish"))
        self.plans = PlanDeadlinesCard(context)
        self.evaluations = LinesCard(context, texts.say("Plans to evaluate"))
        self.consents = LinesCard(context, texts.say("Consents to ask for"))
        self.follow_ups = FollowUpsToday(context)
        self.places = LinesCard(context, texts.say("Places free and offered"))
        self.attendance = LinesCard(context, texts.say("Half-days to account for"))
        self.measures = LinesCard(context, texts.say("Measurements to make"))
        self.late = LateActionsCard(context)
        self.to_give = LinesCard(context, texts.say("To hand over"))
        self.unanswered = LinesCard(context, texts.say("Sent to the printer, not answered"))
        self.files = LinesCard(context, texts.say("Files outside the vault"))
        self.quiet = Muted(texts.say("Nothing is late and nothing waits."))
        self._on_the_left = (
            self.first_steps, self.next, self.unfinished, self.plans, self.evaluations, self.consents, self.follow_ups,
            self.attendance, self.measures,
        )  # fmt: skip
        left = column(*self._on_the_left, self.quiet, None, gap=PAD + 4)
        # The calls beside the meeting they are to, so that a day like any other is seen without scrolling.
        self._on_the_right = (self.late, self.to_give, self.calls, self.places, self.unanswered, self.files)
        right = column(*self._on_the_right, None, gap=PAD + 4)
        self._left, self._right = holding(left), holding(right)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(PAD + 4)
        self._columns.addWidget(self._left, 3)
        self._columns.addWidget(self._right, 2)
        body = page_body(self._columns, None)
        self.body.addWidget(scrolling(holding(body)), 1)

    # --- refreshing ---

    def _refresh(self) -> None:
        context, texts = self.context, self.context.texts
        today = context.clock.today()
        self.set_title(texts.say("Today"), f"{texts.weekday_date(today)}, {texts.week(today)}")
        set_up = context.store.read(queries.set_up)
        found = context.store.read(queries.next_session, today)
        self.first_steps.show_lines(self._first_steps(set_up))
        self.next.setVisible(found is not None)
        if found is not None:
            self.next.show_session(found)
        self.calls.show_lines(call_lines(context))
        self.unfinished.show_lines(self._unfinished())
        self.plans.refresh()
        self.evaluations.show_lines(evaluation_lines(context))
        self.consents.show_lines(consent_lines(context))
        self.follow_ups.refresh()
        self.places.show_lines(place_lines(context))
        self.attendance.show_lines(attendance_lines(context))
        self.measures.show_lines(measure_lines(context))
        self.late.refresh()
        self._show_papers()
        self._right.setVisible(any(not card.isHidden() for card in self._on_the_right))
        shown = (*self._on_the_left, *self._on_the_right)
        self.quiet.setVisible(all(card.isHidden() for card in shown))

    def _first_steps(self, set_up: SetUp) -> list[Line]:
        """What to do first, in order; gone when a first meeting is planned."""
        if set_up.has_contacts and set_up.has_series and set_up.has_sessions:
            return []
        texts = self.context.texts
        done = texts.name("step", "done")
        steps = (
            (set_up.has_contacts, texts.say("Write in the parties and the people who come to the table."), Target("contacts")),
            (
                set_up.has_series, texts.say("Make the series: who is controller, when you meet, the standing agenda."),
                Target("settings", face="series"),
            ),
            (set_up.has_cases, texts.say("Open the first case, with its consent."), Target("cases", face="new")),
            (set_up.has_sessions, texts.say("Plan the first meeting."), Target("forum")),
        )
        return [
            Line(words, None if is_done else target, aside=done if is_done else "", aside_tone=Tone.GREEN)
            for is_done, words, target in steps
        ]

    def _unfinished(self) -> list[Line]:
        store, texts = self.context.store, self.context.texts
        lines = [
            Line(texts.say("{meeting}: the minutes are not locked.", meeting=session_name(row)),
                 Target("forum", "session", row.id, "minutes"), day=texts.short_day(row.held_on))
            for row in store.read(session_queries.held_not_locked)
        ]
        return lines + [
            Line(texts.say("{meeting} is neither held nor cancelled.", meeting=session_name(row)),
                 Target("forum", "session", row.id, "agenda"), day=texts.short_day(row.held_on))
            for row in store.read(session_queries.planned_but_past, self.context.clock.today())
        ]

    def _show_papers(self) -> None:
        store, texts = self.context.store, self.context.texts
        # What waits for a printer, too: it may be from before the program was last closed.
        waiting = (*store.read(hand_out_queries.to_give_later), *store.read(hand_out_queries.to_print))
        self.to_give.show_lines(self._copies(waiting))
        self.unanswered.show_lines(self._copies(store.read(hand_out_queries.unanswered)))
        gone = texts.name("button", "Is gone")
        self.files.show_lines([
            Line(self._copy_words(row), aside=row.kept_on, aside_tone=Tone.NEUTRAL, do=partial(hand_outs.file_is_gone, store, row.id), button=gone)
            for row in store.read(hand_out_queries.files_not_gone)
        ] + exported_lists(self.context))

    def _copies(self, rows: Sequence[HandOutRow]) -> list[Line]:
        """A line per case and meeting, or round: after a long meeting forty alike would hide what they say."""
        groups: dict[tuple[int | None, ...], list[HandOutRow]] = {}
        for row in rows:
            groups.setdefault((row.session_id, row.case_id, row.round_id if row.case_id is None else None), []).append(row)
        return [self._copy(group[0]) if len(group) == 1 else self._several(group) for group in groups.values()]

    def _several(self, group: Sequence[HandOutRow]) -> Line:
        texts, first = self.context.texts, group[0]
        words = texts.count("{n} paper", "{n} papers", len(group))
        day = f", {texts.short_day(first.held_on)}" if first.held_on is not None else ""
        about = first.case_number or first.round_title
        name = f"{about}: {words}" if about else words
        return Line(f"{name}{day}", self._copy(first).target)

    def _copy(self, row: HandOutRow) -> Line:
        return Line(self._copy_words(row), _desk(row))

    def _copy_words(self, row: HandOutRow) -> str:
        """ "RF-2026-009: deltagarens sammanfattning, 10 nov"; "Grön prerehab 3: omgångslista". A party's name stays out of this list."""
        texts = self.context.texts
        paper = texts.term(row.paper)
        day = f", {texts.short_day(row.held_on)}" if row.held_on is not None else ""
        about = row.case_number or row.round_title
        name = f"{about}: {paper}" if about else paper
        return f"{name[:1].upper()}{name[1:]}{day}"


def _desk(row: HandOutRow) -> Target:
    """Where the copy's paper lies: with its meeting, with its case, or with its round."""
    if row.session_id is not None:
        return Target("forum", "session", row.session_id, "papers")
    if row.case_id is None and row.round_id is not None:
        return Target("prerehab", "round", row.round_id, "papers")
    return Target("cases", "case", row.case_id)
