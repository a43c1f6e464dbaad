"""The steps of the plan: the case's actions, added by the quick line as at the table, answered by one key."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rehabdesk.domain.forum import ActionState, days_late
from rehabdesk.domain.problems import Refused
from rehabdesk.services import plans as services
from rehabdesk.services.forum import actions as action_services
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.plans import StepPlace
from rehabdesk.services.step_categories import category_words, step_category
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.plan_desk import PlanDesk
from rehabdesk.ui.forum.meeting.named_text import never_saved
from rehabdesk.ui.forum.meeting.quick_line_field import QuickLineField
from rehabdesk.ui.forum.meeting.rows import Key, ListRow, RowList, announce
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Label, Muted, Rule, Words
from rehabdesk.ui.parts.forms import ChoiceField, FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.parts.move_editor import MoveEditor
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.waiting_words import step_words

#: The place of a step's badge, at 14 px text.
BADGE = 132


class StepRow(ListRow):
    """One step: what, whose, by when, how it stands; beneath it the goal and the sort of step."""

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__(desk.context.theme)
        self.setProperty("lined", "true")
        self._desk = desk
        px = desk.context.theme.px
        self._sign, self._what, self._about = Words("", wrap=False), Words(), Muted()
        self._who, self._due, self._badge = Muted(), Muted(wrap=False), Badge()
        self._sign.setFixedWidth(px(22))
        self._due.setFixedWidth(px(86))
        # As wide in every row as "försenad 14 dagar" needs, so that names and days stand under one another.
        self._place = holding(line(self._badge, None))
        self._place.setMinimumWidth(px(BADGE))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addLayout(column(self._what, self._about, gap=0), 5)
        row.addWidget(self._who, 3)
        row.addWidget(self._due)
        row.addWidget(self._place)

    def show_step(self, step: ActionRow, goal: str) -> None:
        """This step, towards this goal."""
        texts = self._desk.context.texts
        self._sign.setText("☑" if step.state is not ActionState.OPEN else "☐")
        self._what.setText(step.what)
        category = category_words(step.category, texts.language) if step.category else ""
        place = self._desk.places.get(step.id)
        taken = step_words(texts, place) if place is not None else ""
        self._about.setText(" · ".join(part for part in (goal, category, taken) if part))
        self._about.setVisible(bool(self._about.text()))
        self._who.setText(texts.say("the participant") if step.for_participant else step.who or texts.say("nobody yet"))
        self._due.setText(texts.date(step.due_on) if step.due_on else "")
        word, tone = _standing(texts, step, self._desk.today)
        self._badge.show_word(word, tone)
        told = (step.what, goal, category, taken, self._who.text(), self._due.text(), word)
        self.setAccessibleName(", ".join(part for part in told if part))


class PlaceBar(QWidget):
    """Which goal the written step leads to, what sort it is, and who usually answers for that sort. `changed` when chosen."""

    changed = Signal()

    def __init__(self, desk: PlanDesk) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        texts = desk.context.texts
        self._desk = desk
        self.goal = ChoiceField((), texts.say("The goal that the step leads to"))
        self.category = ChoiceField((), texts.say("What sort of step it is"))
        self.usual = Muted()
        flow = FlowLayout(gap=12)
        for widget in (self.goal, self.category):
            flow.addWidget(widget)
        self.setLayout(column(holding(flow), self.usual, gap=4))
        self.goal.changed.connect(self._on_chosen)
        self.category.changed.connect(self._on_chosen)

    @property
    def place(self) -> StepPlace:
        """What is chosen."""
        return StepPlace(self.goal.value, self.category.value or "")

    def refresh(self) -> None:
        """The goals there are now."""
        goals = self._desk.goal_choices()
        fresh = self.goal.count() <= 1
        self.goal.set_choices(goals)
        self.category.set_choices(self._desk.category_choices())
        if self.goal.value is None and (fresh or self.goal.currentIndex() < 0):
            self.goal.set_value(goals[0][0])
        if self.category.currentIndex() < 0:
            self.category.set_value("")
        self._tell()

    def put(self, place: StepPlace) -> None:
        """Show where a step belongs."""
        self.goal.set_value(place.goal_id)
        self.category.set_value(place.category)
        self._tell()

    def _on_chosen(self, _value: object) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        texts, category = self._desk.context.texts, step_category(self.category.value or "")
        self.usual.setText(texts.say("Usually done by: {who}.", who=category.usual(texts.language)) if category else "")


class StepsCard(Card):
    """The list of steps, and the quick line beneath it."""

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        texts = desk.context.texts
        super().__init__(texts.say("Steps"), parent=parent)
        self._desk = desk
        self._bound: tuple[int, bool] | None = None
        self._moving: Key = None
        self.list = RowList(texts.say("Steps"), self._make, self._fill)
        self.quick = QuickLineField(desk, never_saved)
        self.quick.field.setAccessibleName(texts.say("New step"))
        self.place = PlaceBar(desk)
        self.editor = MoveEditor(texts, desk.context.clock, desk.context.theme)
        self.editor.hide()
        self.problem = FieldProblem()
        self.keys = self._keys()
        self._writing = holding(column(Label(texts.say("New step")), self.quick, self.place, self.problem, gap=8))
        self.add(self.keys, padded=False)
        self._rule = Rule()
        self.add(self._rule, padded=False)
        self.add(self.list, padded=False)
        self.add(self.editor, padded=False)
        self.add(self._writing)
        self._listen()

    def flush(self) -> bool:
        """A half-written line is no step yet; it is kept as it stands."""
        return self.quick.field.flush()

    def step_back(self) -> bool:
        """Put away what stands open: the new date, or the step that is being changed."""
        if self._moving is not None:
            self._leave_editor()
            return True
        if self.quick.leave_correcting():
            self.place.refresh()
            self.list.take_focus()
            return True
        return False

    # --- building ---

    def _keys(self) -> QWidget:
        name = self._desk.context.texts.name
        self.letters = {
            name("key of an action", "D"): self.close_current,
            name("key of an action", "M"): self.move_current,
            name("key of an action", "N"): self.drop_current,
        }
        words = (name("button", "done"), name("button", "move"), name("button", "no longer current"))
        flow = FlowLayout(gap=4)
        for (letter, act), word in zip(self.letters.items(), words, strict=True):
            button = KeyButton(word, kind="link", shows=letter)
            button.clicked.connect(act)
            flow.addWidget(button)
        for word, key, act in (
            (name("button", "Change"), "Return", self.change_current), (name("button", "Remove"), "Del", self.remove_current),
        ):  # fmt: skip
            button = KeyButton(word, kind="link", shows=key)
            button.clicked.connect(act)
            flow.addWidget(button)
        bar = holding(flow)
        bar.setContentsMargins(12, 4, 12, 4)
        return bar

    def _listen(self) -> None:
        self.list.typed.connect(self._on_letter)
        self.list.entered.connect(self._on_entered)
        self.list.removed.connect(self._on_removed)
        self.quick.added.connect(self._on_added)
        self.quick.corrected.connect(self._on_corrected)
        self.editor.moved.connect(self._on_moved)
        self._desk.changed.connect(self._refresh)
        self._desk.told.connect(self.problem.tell)

    # --- what the keys do ---

    def close_current(self) -> None:
        """It is done."""
        self._answer(self._desk.context.texts.say("Marked as done."))

    def drop_current(self) -> None:
        """It is no longer current."""
        self._answer(self._desk.context.texts.say("No longer current."), dropped=True)

    def move_current(self) -> None:
        """Ask for the new day and why, right here."""
        self._moving = self.list.current
        if self._moving is not None:
            self.editor.begin()

    def change_current(self) -> None:
        """Take the step up again, to be changed."""
        step = self._step(self.list.current)
        if step is not None:
            self.place.put(StepPlace(self._goal_of(step.id), step.category))
            self.quick.correct(step)

    def remove_current(self) -> None:
        """Take it away, if nobody knows of it yet."""
        if self.list.current is not None:
            self._desk.attempt(services.remove_step, self.list.current)

    # --- slots and internals ---

    def _answer(self, sentence: str, *, dropped: bool = False) -> None:
        key = self.list.current
        if key is not None and self._desk.attempt(action_services.close_action, key, dropped=dropped):
            announce(self, sentence)

    def _on_letter(self, key: Key, letter: str) -> None:
        self.list.choose(key)
        if letter in self.letters:
            self.letters[letter]()

    def _on_entered(self, key: Key) -> None:
        self.list.choose(key)
        self.change_current()

    def _on_removed(self, key: Key) -> None:
        self.list.choose(key)
        self.remove_current()

    def _on_added(self, new: NewAction) -> None:
        if self._desk.attempt(services.add_step, self._desk.case.id, new, self.place.place):
            self.quick.done()
            self.place.put(StepPlace(self.place.place.goal_id))
            self.quick.field.setFocus()

    def _on_corrected(self, action_id: int, new: NewAction) -> None:
        if self._desk.attempt(services.change_step, action_id, new, self.place.place):
            self.quick.done()
            self.place.put(StepPlace(self.place.place.goal_id))
            self.list.choose(action_id)
            self.list.take_focus()

    def _on_moved(self, day: date, reason: str) -> None:
        if self._moving is None:
            return
        try:
            action_services.move_action(self._desk.context.store, self._moving, day, reason)
        except Refused as refused:
            self.editor.problem.tell(self._desk.context.texts.problems(refused.problems))
            return
        self._leave_editor()

    def _leave_editor(self) -> None:
        self.list.choose(self._moving)
        self._moving = None
        self.editor.hide()
        self.list.take_focus()

    def _refresh(self) -> None:
        plan, case = self._desk.plan, self._desk.case
        if (case.id, self._desk.can_write) != self._bound:
            self._bound = (case.id, self._desk.can_write)
            self._moving = None
            self.editor.hide()
            # Bound to the case: what is flushed late must not land on another one.
            save = partial(services.keep_unfinished_step, self._desk.context.store, case.id)
            self.quick.bind(plan.unfinished_step if plan is not None else "", save if self._desk.can_write else never_saved)
            self.problem.tell("")
        self.place.refresh()
        # What is still to be done stands first.
        steps = sorted(plan.steps, key=_is_closed) if plan is not None else ()
        self.list.show_keys([step.id for step in steps])
        has_steps = bool(self.list.keys)
        self.keys.setVisible(has_steps)
        self._rule.setVisible(has_steps)
        self._writing.setEnabled(self._desk.can_write)
        self.keys.setEnabled(self._desk.can_write)
        self.quick.show_reading()

    def _step(self, key: Key) -> ActionRow | None:
        plan = self._desk.plan
        return next((step for step in plan.steps if step.id == key), None) if plan is not None else None

    def _goal_of(self, step_id: int) -> int | None:
        plan = self._desk.plan
        goals = dict(zip((step.id for step in plan.steps), plan.goal_of_step, strict=True))
        return goals.get(step_id) or None

    def _make(self, _key: Key) -> ListRow:
        return StepRow(self._desk)

    def _fill(self, row: ListRow, key: Key) -> None:
        step = self._step(key)
        if step is not None and isinstance(row, StepRow):
            goal_id = self._goal_of(step.id)
            goal = next((words for goal, words in self._desk.goal_choices() if goal == goal_id and goal is not None), "")
            row.show_step(step, goal)


def _is_closed(step: ActionRow) -> bool:
    return step.state is not ActionState.OPEN


def _standing(texts: Texts, step: ActionRow, today: date) -> tuple[str, Tone]:
    """How a step stands: closed, late, or moved so often that it says something."""
    if step.state is ActionState.DONE:
        return texts.term(step.state), Tone.GREEN
    if step.state is ActionState.DROPPED:
        return texts.term(step.state), Tone.NEUTRAL
    late = days_late(step.due_on, today)
    if late:
        return texts.count("late {n} day", "late {n} days", late), Tone.RED
    return texts.name("action", "planned"), Tone.ACCENT
