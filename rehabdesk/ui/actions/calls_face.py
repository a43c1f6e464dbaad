"""Ringlista: party by party, whom to ring, and what it has promised; one key closes or moves it and writes the note at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QWidget

from rehabdesk.domain.forum import ActionEventKind, ActionState
from rehabdesk.domain.notes import Answer, day_in
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import notes
from rehabdesk.services.notes import CaseNote, NewNote
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import actions as queries
from rehabdesk.store.queries.forum.actions import PartyActions
from rehabdesk.ui.actions.answers import AnswerBar
from rehabdesk.ui.actions.call_note import CallNote
from rehabdesk.ui.actions.call_rows import CallRow, call_columns, call_rows, contact_columns, party_columns
from rehabdesk.ui.actions.list_face import target_of
from rehabdesk.ui.actions.table import ActionTable
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Heading, KeyButton
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import column, holding, line
from rehabdesk.ui.parts.move_editor import MoveEditor
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD
from rehabdesk.ui.shell.context import Context, Target

TABLES = frozenset({"action", "case", "participant", "party", "contact", "organisation", "consent", "consent_kind", "note_draft"})
#: How wide the actions must be, at 14 px text, for these columns; that a case may not be spoken of is always told.
NEEDED_WIDTH = MappingProxyType({"due": 700, "state": 600})
#: The same for the parties: how many are open is seen to the right.
PARTIES_NEED = MappingProxyType({"open": 340})


class CallsFace(QWidget):
    """The parties to the left; to the right the one that is rung. Sensitive parties are rung from their cases. `told(sentence)`."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._party: PartyActions | None = None
        self._moving: tuple[CallRow, ...] = ()
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    def focus_first(self) -> None:
        """Put the keyboard in the list of parties."""
        self.parties.setFocus()

    def step_back(self) -> bool:
        """Esc puts the new date away."""
        if self._moving:
            self._end_moving()
            return True
        return False

    def flush(self) -> bool:
        """Keep what is typed; False when it could not be."""
        return self.note.field.flush()

    def choose_party(self, party_id: int) -> None:
        """Go to a party, if it has anything open."""
        self.parties.choose(party_id)

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.parties = NarrowingTable(context.theme, party_columns(texts), texts.say("Parties with open actions"), PARTIES_NEED)
        self.parties.set_empty(texts.say("Nobody to ring."), texts.say("No party has an open action."))
        self.parties.chosen.connect(self._on_party)
        self.parties.opened.connect(self._on_party_opened)
        self.heading = Heading()
        self.lists_button = KeyButton(texts.say("The party's list"), "Ctrl+P")
        self.lists_button.clicked.connect(self._on_lists)
        self.contacts = Table(context.theme, contact_columns(texts), texts.say("Whom to ring"))
        self.contacts.set_empty(texts.say("No contact is known."), texts.say("Contacts are added in the room Contacts."))
        # Of a low window it takes less: two numbers.
        self.contacts.setMinimumHeight(context.theme.px(106))
        self.contacts.setMaximumHeight(context.theme.px(142))
        self.table = ActionTable(context.theme, call_columns(texts, context.clock.today), texts.say("The party's open actions"), NEEDED_WIDTH)
        self.table.chosen.connect(self._on_action)
        self.table.opened.connect(self._on_opened)
        self.table.typed.connect(self._on_letter)
        self.note = CallNote(context)
        self.note.only_note.clicked.connect(self._on_only_note)
        self.open_button = KeyButton(texts.name("button", "Open the case"), kind="link", shows="Return")
        self.open_button.clicked.connect(self._on_open)
        self.bar = AnswerBar(texts, self.open_button)
        for signal, kind in ((self.bar.done, ActionEventKind.DONE), (self.bar.kept, ActionEventKind.KEPT),
                             (self.bar.dropped, ActionEventKind.DROPPED)):  # fmt: skip
            signal.connect(partial(self._answer, kind))
        self.bar.moved.connect(self.move_chosen)
        self.editor = MoveEditor(texts, context.clock, context.theme, asks_why=False)
        self.editor.hide()
        self.editor.moved.connect(self._on_moved)
        self.problem = FieldProblem()
        self._lay_out()
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(partial(self._answer, ActionEventKind.DONE))

    def _lay_out(self) -> None:
        head = line(self.heading, self.lists_button)
        head.setStretch(0, 1)
        # Whom, what to note, and then the answers: the line of a message at the foot hides none of it.
        right = column(head, self.contacts, self.note, self.bar, self.editor, self.problem, self.table, gap=GAP)
        right.setStretch(6, 1)
        right.setContentsMargins(PAD // 2, EDGE, EDGE, EDGE)
        left = column(self.parties)
        left.setContentsMargins(EDGE, EDGE, PAD // 2, EDGE)
        self._right = holding(right)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(holding(left))
        splitter.addWidget(self._right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 5)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([self._context.theme.px(400), self._context.theme.px(760)])
        self.setLayout(column(splitter))

    # --- what is asked of the store ---

    def _refresh(self) -> None:
        today = self._context.clock.today()
        # One does not ring oneself: the coordinator's own are "mine" in the list.
        hosts = self._context.store.read(party_queries.host_parties)
        parties = [row for row in self._context.store.read(queries.parties_with_open, today) if row.party_id not in hosts]
        self.parties.set_rows(parties)
        self._right.setVisible(bool(parties))
        self._show_party(self.parties.current_row)

    def _show_party(self, party: PartyActions | None) -> None:
        self._party = party
        if party is None:
            self.note.show_case(None, "")
            return
        store, today = self._context.store, self._context.clock.today()
        self.heading.setText(party.party)
        contacts = store.read(party_queries.contacts, party_ids=(party.party_id,))
        self.contacts.set_rows(sorted(contacts, key=_numbers_first))
        actions = store.read(queries.actions, state=ActionState.OPEN, party_id=party.party_id)
        consents = store.read(consent_queries.rules, {row.case_id for row in actions if row.case_id is not None})
        self.table.set_rows(call_rows(actions, consents, today))
        self._on_action(self.table.current_row)
        if self._moving and not {row.id for row in self._moving} & {row.id for row in self.table.rows_model.rows}:
            self._end_moving()

    # --- slots ---

    def _on_party(self, party: PartyActions | None) -> None:
        if party is not None and (self._party is None or party.party_id != self._party.party_id):
            self._end_moving(take_focus=False)
            self.problem.tell("")
            self._show_party(party)

    def _on_party_opened(self, _party: PartyActions) -> None:
        self.table.setFocus()

    def _on_action(self, row: CallRow | None) -> None:
        action = row.action if row is not None else None
        self.note.show_case(action.case_id if action is not None else None, action.case_number if action is not None else "")
        self.bar.allow(action is not None)
        self.open_button.setEnabled(action is not None and target_of(action) is not None)

    def _on_letter(self, letter: str) -> None:
        self.bar.pressed(letter)

    def _on_opened(self, row: CallRow) -> None:
        target = target_of(row.action)
        if target is not None:
            self._context.navigate(target)

    def _on_open(self) -> None:
        if self.table.current_row is not None:
            self._on_opened(self.table.current_row)

    def _on_lists(self) -> None:
        if self._party is not None:
            self._context.navigate(Target("actions", "party", self._party.party_id, "lists"))

    def _on_moved(self, day: date, _reason: str) -> None:
        rows = self._moving
        if self._write(ActionEventKind.MOVED, rows, day):
            self._end_moving()

    def _on_only_note(self) -> None:
        case_id, typed = self.note.case_id, self.note.typed
        if case_id is None or not typed:
            self.problem.tell(self._context.texts.problem(Problem("note.text_missing")))
            return
        if self._attempt(partial(notes.write_note, case_id=case_id, new=self._note(typed, typed))):
            self.told.emit(self._context.texts.say("The note is written."))

    # --- verbs ---

    def move_chosen(self) -> None:
        """Ask for the new date; the call is the reason."""
        self._moving = self.table.chosen_rows
        if self._moving:
            self.editor.begin()

    def _answer(self, kind: ActionEventKind) -> None:
        self._write(kind, self.table.chosen_rows, None)

    def _write(self, kind: ActionEventKind, rows: tuple[CallRow, ...], due_on: date | None) -> bool:
        """Answer the actions and write a note in each of their cases, in one step; general actions have no case to note it in."""
        if not rows:
            self.problem.tell(self._context.texts.problem(Problem("actions.nothing_chosen")))
            return False
        general = tuple(Answer(row.id, kind, due_on) for row in rows if row.action.case_id is None)
        told = self._notes(kind, rows, due_on)
        written = self._attempt(partial(notes.write_notes, told=told, general=general, reason=self._reason()))
        if written:
            self.told.emit(self._said(kind, rows, due_on, bool(general)))
        return written

    def _notes(self, kind: ActionEventKind, rows: Iterable[CallRow], due_on: date | None) -> tuple[CaseNote, ...]:
        by_case: dict[int, list[CallRow]] = {}
        for row in rows:
            if row.action.case_id is not None:
                by_case.setdefault(row.action.case_id, []).append(row)
        return tuple(
            CaseNote(case_id, self._note_of(kind, mine, due_on), tuple(Answer(row.id, kind, due_on) for row in mine))
            for case_id, mine in by_case.items()
        )

    def _note_of(self, kind: ActionEventKind, rows: list[CallRow], due_on: date | None) -> NewNote:
        typed = self.note.typed if self.note.case_id == rows[0].action.case_id else ""
        said = self.note.sentence(kind, [row.action.what for row in rows], self._day(typed), due_on)
        return self._note("\n".join(part for part in (said, typed) if part), typed)

    def _note(self, text: str, typed: str) -> NewNote:
        contact = self.contacts.current_row
        party_id = self._party.party_id if self._party is not None else None
        return NewNote(text, self._day(typed), "", contact.id if contact is not None else None, party_id, self._reason())

    def _day(self, typed: str) -> date:
        today = self._context.clock.today()
        return day_in(typed, today) or today

    def _reason(self) -> str:
        return self._context.texts.say("by telephone")

    def _said(self, kind: ActionEventKind, rows: tuple[CallRow, ...], due_on: date | None, is_general: bool) -> str:
        texts = self._context.texts
        what = texts.listing(dict.fromkeys(row.action.case_number or texts.name("action", "general") for row in rows))
        done = texts.say("{case}: moved to {day}.", case=what, day=due_on) if due_on is not None else texts.say(
            "{case}: {answer}.", case=what, answer=texts.term(kind)
        )
        return done if is_general else texts.say("{done} The note is written.", done=done)

    def _attempt(self, verb: partial) -> bool:
        # What was typed last is in the note, and must not come back as a draft after it.
        if not self.note.field.flush():
            return False
        try:
            verb(self._context.store)
        except Refused as refused:
            self.problem.tell(self._context.texts.problems(refused.problems))
            return False
        self.problem.tell("")
        self.note.reload()
        return True

    def _end_moving(self, *, take_focus: bool = True) -> None:
        was_moving, self._moving = bool(self._moving), ()
        self.editor.hide()
        if take_focus and was_moving:
            self.table.setFocus()


def _numbers_first(contact: party_queries.ContactRow) -> tuple[bool, str]:
    return not contact.phone, contact.name_sort
