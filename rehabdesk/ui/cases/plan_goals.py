"""Her own goal in her own words, and the goals of the plan: numbered lines, as agreements are written at the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from rehabdesk.domain.plans import PlanFlag, PlanText
from rehabdesk.services import plans as services
from rehabdesk.store.queries.plans import GoalRow
from rehabdesk.ui.cases.plan_desk import PlanDesk, keep
from rehabdesk.ui.forum.meeting.named_text import LineText, NameGuard
from rehabdesk.ui.parts.basics import Card, Muted, Words
from rehabdesk.ui.parts.layouts import clear, column, line
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.parts.tokens import Tone


class OwnGoalCard(Card):
    """What she herself wants. It is hers and the coordinator's until it is ticked for the table."""

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        texts = desk.context.texts
        super().__init__(texts.say("Goal, in own words"), parent=parent)
        self._desk = desk
        self.fields = RecordFields(desk.context.flushes)
        self.text = self.fields.add_text(PlanText.OWN_GOAL, texts.say("Goal, in own words"), lines=2)
        self.for_table = QCheckBox(texts.say("The participant wants this to be read at the table too"))
        self.hint = Muted()
        self.text.setPlaceholderText(texts.say("What does the participant want? Write her own words."))
        self.sentence = Words("", "small")
        self.sentence.set_ink(Tone.RED)
        self._guard = NameGuard(desk, self.text, self.sentence)
        self.add(column(self.text, self.sentence, self.for_table, self.hint, gap=8))
        self.for_table.clicked.connect(self._on_ticked)
        desk.changed.connect(self._refresh)

    def focus_first(self) -> None:
        """Put the keyboard in the goal."""
        self.text.setFocus()

    def flush(self) -> bool:
        """Keep what is typed."""
        return self.fields.flush()

    def _refresh(self) -> None:
        desk, texts = self._desk, self._desk.context.texts
        plan, case = desk.plan, desk.case
        values = {PlanText.OWN_GOAL: plan.own_goal if plan is not None else ""}
        self.fields.show(case.id, values, self._save)
        ticked = plan is not None and plan.goal_for_table
        self.for_table.setChecked(ticked)
        self.hint.setText(
            texts.say("It stands in the plan that is handed out.")
            if ticked
            else texts.say("Only the participant and you read this. It stands on her own sheet and on no other paper.")
        )
        self.setEnabled(desk.can_write)

    def _save(self, key: str, text: str) -> None:
        services.change_text(self._desk.context.store, self._desk.case.id, PlanText(key), text)

    def _on_ticked(self, ticked: bool) -> None:
        if not self.fields.flush() or not self._desk.attempt(services.set_flag, self._desk.case.id, PlanFlag.GOAL_FOR_TABLE, ticked):
            self.for_table.setChecked(not ticked)


class GoalLine(QFrame):
    """One goal; made in the store when its first word is kept. `next_wanted`, `moved(step)` and `emptied` come from its keys."""

    next_wanted = Signal()
    moved = Signal(int)
    emptied = Signal()

    def __init__(self, desk: PlanDesk, case_id: int, row: GoalRow | None) -> None:
        super().__init__()
        self.setProperty("part", "line-box")
        self._desk, self._case_id = desk, case_id
        self.goal_id = row.id if row is not None else None
        self._number = Words("1.", wrap=False)
        say = desk.context.texts.say
        self.text = LineText(desk, say("Goal"), self._save, row.text if row else "", say("What is to be reached, so that one can see when it is"))
        self.sentence = Words("", "small")
        self.sentence.set_ink(Tone.RED)
        content = line(self._number, column(self.text, gap=0), self.sentence, gap=8)
        content.setContentsMargins(12, 4, 12, 4)
        content.setStretch(1, 1)
        content.setAlignment(self._number, Qt.AlignmentFlag.AlignTop)
        self._number.setContentsMargins(0, 5, 0, 0)
        self.setLayout(content)
        self._guard = NameGuard(desk, self.text, self.sentence)
        self.text.entered.connect(self.next_wanted)
        self.text.moved.connect(self.moved)
        self.text.left_empty.connect(self.emptied)
        self.text.failed.connect(self._on_failed)
        self.text.saved.connect(self._on_saved)

    def show_number(self, number: int) -> None:
        """Its place among the goals."""
        self._number.setText(f"{number}.")
        self.text.setAccessibleName(self._desk.context.texts.say("Goal {number}", number=number))

    def _save(self, text: str) -> None:
        store = self._desk.context.store
        if self.goal_id is not None:
            keep(services.change_goal, store, self.goal_id, text)
        elif text.strip():
            self.goal_id = services.add_goal(store, self._case_id, text)

    def _on_failed(self, problems: object) -> None:
        self.sentence.setText(self._desk.context.texts.problems(problems))

    def _on_saved(self, _when: object) -> None:
        self._guard.look_anew()


class GoalsCard(Card):
    """The goals. A new line comes with Enter, never by itself."""

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        texts = desk.context.texts
        super().__init__(texts.say("Goals"), parent=parent)
        self._desk = desk
        self._case_id: int | None = None
        self.lines: list[GoalLine] = []
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(6)
        self._hint = Muted(texts.say("Enter begins the next goal. Alt with an arrow moves one."))
        self.add(column(self._list, self._hint, gap=8))
        desk.changed.connect(self._refresh)

    def flush(self) -> bool:
        """Keep what is typed in any goal."""
        return all([one.text.flush() for one in self.lines])

    def _refresh(self) -> None:
        plan, case = self._desk.plan, self._desk.case
        rows = plan.goals if plan is not None else ()
        if case.id != self._case_id:
            if not self.flush():
                return
            clear(self._list)
            self.lines, self._case_id = [], case.id
        kept = {row.id for row in rows}
        for gone in [one for one in self.lines if one.goal_id is not None and one.goal_id not in kept]:
            self._take_out(gone)
        known = {one.goal_id: one for one in self.lines if one.goal_id is not None}
        for place, row in enumerate(rows):
            if row.id in known:
                self._place(known[row.id], place)
                known[row.id].text.refresh(row.text)
            else:
                self._insert(place, row)
        if not self.lines:
            self._insert(0, None)
        self._number()
        self.setEnabled(self._desk.can_write)

    # --- slots and internals ---

    def _on_next(self) -> None:
        place = self.lines.index(self.sender())
        if place == len(self.lines) - 1:
            if not self.lines[place].text.text().strip():
                return
            self._insert(place + 1, None)
            self._number()
        self.lines[place + 1].text.setFocus()

    def _on_moved(self, step: int) -> None:
        one = self.sender()
        place = self.lines.index(one) + step
        if one.text.flush() and one.goal_id is not None and 0 <= place < len(self.lines):
            self._desk.attempt(services.move_goal, one.goal_id, place)

    def _on_emptied(self) -> None:
        one = self.sender()
        if not one.text.flush() or (len(self.lines) == 1 and one.goal_id is None):
            return
        place = self.lines.index(one)
        if one.goal_id is not None and not self._desk.attempt(services.remove_goal, one.goal_id):
            return
        self._take_out(one)
        if not self.lines:
            self._insert(0, None)
        self._number()
        self.lines[max(0, place - 1)].text.setFocus()

    def _insert(self, place: int, row: GoalRow | None) -> None:
        one = GoalLine(self._desk, self._case_id, row)
        one.next_wanted.connect(self._on_next)
        one.moved.connect(self._on_moved)
        one.emptied.connect(self._on_emptied)
        self.lines.insert(place, one)
        self._list.insertWidget(place, one)
        one.show()
        if place:
            QWidget.setTabOrder(self.lines[place - 1].text, one.text)

    def _place(self, one: GoalLine, place: int) -> None:
        if self.lines.index(one) != place:
            focused = one.text.hasFocus()
            self.lines.remove(one)
            self.lines.insert(place, one)
            self._list.removeWidget(one)
            self._list.insertWidget(place, one)
            if focused:
                one.text.setFocus()

    def _take_out(self, one: GoalLine) -> None:
        self.lines.remove(one)
        self._list.removeWidget(one)
        one.hide()
        one.deleteLater()

    def _number(self) -> None:
        for place, one in enumerate(self.lines, start=1):
            one.show_number(place)
