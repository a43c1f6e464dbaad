"""Alla åtgärder: every action across all cases, narrowed, answered one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.forum import ActionState, days_late
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import actions as services
from rehabdesk.services.step_categories import step_categories
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.ui.actions.answers import AnswerBar
from rehabdesk.ui.actions.filters import Filters, StateFilter
from rehabdesk.ui.actions.models import action_columns
from rehabdesk.ui.actions.table import ActionTable
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import KeyButton, Muted
from rehabdesk.ui.parts.forms import ChoiceField, FieldProblem
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.move_editor import MoveEditor
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.wording import Message, message_count

TABLES = frozenset({"action", "case", "participant", "party", "contact"})


def target_of(row: ActionRow) -> Target | None:
    """Where an action belongs: its case, or the item of a general one."""
    if row.case_id is not None:
        return Target("cases", "case", row.case_id)
    return Target("forum", "item", row.item_id) if row.item_id is not None else None


class ListFace(QWidget):
    """The table, its filters, and what is done with the chosen rows. `told(sentence)` what was done."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._rows: tuple[ActionRow, ...] = ()
        self._moving: tuple[int, ...] = ()
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    def focus_first(self) -> None:
        """Put the keyboard in the list, or in the first filter when it is empty."""
        (self.table if self.table.rows_model.rowCount() else self.filters.tabs).setFocus()

    def step_back(self) -> bool:
        """Esc puts the new date away, then takes away what narrows the list."""
        if self._moving:
            self._end_moving()
            return True
        if self.filters.is_narrowing:
            self.filters.clear()
            return True
        return False

    def flush(self) -> bool:
        """Nothing is kept half-typed here."""
        return True

    def choose_party(self, party_id: int) -> None:
        """Show one party's open actions; a sensitive party is not chosen outside its cases."""
        party = self._context.store.read(party_queries.party, party_id)
        if party is not None and not party.is_sensitive:
            self.filters.choose_party(party_id, party.written)

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.filters = Filters(texts)
        self.filters.changed.connect(self._show)
        self.filters.state_changed.connect(self._refresh)
        self.table = ActionTable(context.theme, action_columns(texts, context.clock.today), texts.say("Actions"))
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_letter)
        self.table.selectionModel().selectionChanged.connect(self._tell_chosen)
        self.categories = keep_narrow(ChoiceField(self._category_choices(), texts.say("Set the category")))
        self.categories.setMinimumContentsLength(16)
        self.categories.changed.connect(self._on_category)
        self.open_button = KeyButton(texts.name("button", "Open the case"), kind="link", shows="Return")
        self.open_button.clicked.connect(self._on_open)
        self.bar = AnswerBar(texts, self.categories, self.open_button)
        for signal, act in ((self.bar.done, self.close_chosen), (self.bar.moved, self.move_chosen),
                            (self.bar.kept, self.keep_chosen), (self.bar.dropped, self.drop_chosen)):  # fmt: skip
            signal.connect(act)
        self.editor = MoveEditor(texts, context.clock, context.theme)
        self.editor.hide()
        self.editor.moved.connect(self._on_moved)
        self.problem = FieldProblem()
        self.said = Muted(wrap=False)
        head = line(self.filters, self.said, gap=PAD)
        head.setStretch(0, 1)
        # Above the table: the line of a message, which comes at the foot, never hides what one answers with.
        whole = column(head, self.bar, self.editor, self.problem, self.table, margin=EDGE, gap=GAP)
        whole.setStretch(4, 1)
        self.setLayout(whole)

    def _category_choices(self) -> list[tuple[str | None, str]]:
        texts = self._context.texts
        named = [(category.code, category.written(texts.language)) for category in step_categories() if not category.is_sensitive]
        return [(None, texts.say("Set the category")), *named, ("", texts.say("No category"))]

    # --- verbs ---

    def close_chosen(self) -> None:
        """They are done."""
        self._answer(services.close_actions, message_count("{n} action is done.", "{n} actions are done."))

    def drop_chosen(self) -> None:
        """They are no longer current."""
        words = message_count("{n} action is no longer current.", "{n} actions are no longer current.")
        self._answer(partial(services.close_actions, dropped=True), words)

    def keep_chosen(self) -> None:
        """They stay as they are."""
        self._answer(services.keep_actions, message_count("{n} action stays as it is.", "{n} actions stay as they are."))

    def move_chosen(self) -> None:
        """Ask for one new date and one reason for all of them."""
        chosen = self._chosen_open()
        if not chosen:
            self._refuse((Problem("actions.nothing_chosen"),))
            return
        self.problem.tell("")
        self._moving = chosen
        self.editor.begin()

    # --- slots ---

    def _refresh(self) -> None:
        store = self._context.store
        state = ActionState.OPEN if self.filters.state is StateFilter.OPEN else None
        self._rows = store.read(queries.actions, state=state)
        self.filters.offer(self._rows, store.read(party_queries.host_parties))
        self._show()

    def _show(self) -> None:
        today = self._context.clock.today()
        found = self.filters.passed(self._rows, today)
        self._say_why_empty(bool(found))
        self.table.set_rows(found)
        self._say_how_many(found, today)
        self._tell_chosen()
        if self._moving and not set(self._moving) & {row.id for row in found}:
            self._end_moving()

    def _say_how_many(self, found: Sequence[ActionRow], today: date) -> None:
        texts = self._context.texts
        late = sum(1 for row in found if row.state is ActionState.OPEN and days_late(row.due_on, today))
        words = texts.count("{n} action", "{n} actions", len(found))
        self.said.setText(f"{words}, {texts.count('{n} late', '{n} late ones', late)}" if late else words)

    def _say_why_empty(self, is_filled: bool) -> None:
        texts = self._context.texts
        if is_filled:
            return
        if self.filters.is_narrowing:
            self.table.set_empty(texts.say("No action fits."), texts.say("Choose something else, or press Esc to see all."))
        elif self.filters.state is StateFilter.OPEN:
            self.table.set_empty(texts.say("No open actions."), texts.say("Actions come from the meetings and from the plans."))
        else:
            self.table.set_empty(texts.say("No actions here."))

    def _tell_chosen(self, *_change: object) -> None:
        texts = self._context.texts
        chosen = self.table.chosen_rows
        self.bar.said.setText(texts.say("{n} chosen", n=len(chosen)))
        self.bar.said.setVisible(len(chosen) > 1)
        self.bar.allow(any(row.state is ActionState.OPEN for row in chosen))
        self.open_button.setEnabled(len(chosen) == 1 and target_of(chosen[0]) is not None)

    def _on_letter(self, letter: str) -> None:
        self.bar.pressed(letter)

    def _on_opened(self, row: ActionRow) -> None:
        target = target_of(row)
        if target is not None:
            self._context.navigate(target)

    def _on_open(self) -> None:
        if self.table.current_row is not None:
            self._on_opened(self.table.current_row)

    def _on_moved(self, day: date, reason: str) -> None:
        texts, moving = self._context.texts, self._moving
        try:
            services.move_actions(self._context.store, moving, day, reason)
        except Refused as refused:
            self.editor.problem.tell(texts.problems(refused.problems))
            return
        self._end_moving()
        self.told.emit(texts.count("{n} action is moved to {day}.", "{n} actions are moved to {day}.", len(moving), day=day))

    def _on_category(self, code: str | None) -> None:
        chosen = tuple(row.id for row in self.table.chosen_rows)
        self.categories.set_value(None)
        if code is None or not chosen:
            return
        self._attempt(partial(services.set_category, category=code), chosen)
        self.table.setFocus()

    # --- internals ---

    def _end_moving(self) -> None:
        self._moving = ()
        self.editor.hide()
        self.table.setFocus()

    def _chosen_open(self) -> tuple[int, ...]:
        return tuple(row.id for row in self.table.chosen_rows if row.state is ActionState.OPEN)

    def _answer(self, verb: Callable[..., None], words: Message) -> None:
        chosen = self._chosen_open()
        if not chosen:
            self._refuse((Problem("actions.nothing_chosen"),))
        elif self._attempt(verb, chosen):
            self.told.emit(self._context.texts.say(words, n=len(chosen)))

    def _attempt(self, verb: Callable[..., None], chosen: tuple[int, ...]) -> bool:
        try:
            verb(self._context.store, chosen)
        except Refused as refused:
            self._refuse(refused.problems)
            return False
        self.problem.tell("")
        return True

    def _refuse(self, problems: tuple[Problem, ...]) -> None:
        self.problem.tell(self._context.texts.problems(problems))
