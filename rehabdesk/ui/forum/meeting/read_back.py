"""Punkten klar: what was agreed is read back in large type, answered, and every underlined name is settled before the sheet is frozen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QHBoxLayout, QLineEdit, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from rehabdesk.domain.forum import Outcome, Return, proposed_return
from rehabdesk.domain.problems import Problem
from rehabdesk.services.forum import meeting as services
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.services.forum.names import EARLIER_ACTION, NameInItem, mark_harmless, names_in_item, reword_earlier
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.ui.forum.meeting.named_text import Section, never_saved
from rehabdesk.ui.forum.meeting.state import ItemDetail, MeetingState
from rehabdesk.ui.parts.basics import Card, KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.days import ReadDay
from rehabdesk.ui.parts.fields import AutosaveText
from rehabdesk.ui.parts.forms import ChoiceField, DateField, FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, clear, column, holding, line
from rehabdesk.ui.parts.tokens import Tone


class _FoundName(QFrame):
    """One underlined name: harmless here, or back to the text. `settled(NameInItem)`, `shown(NameInItem)`.

    An action from an earlier meeting is not written in the item: it is said in other words here. `reworded(NameInItem, str)`.
    """

    settled = Signal(object)
    shown = Signal(object)
    reworded = Signal(object, str)

    def __init__(self, state: MeetingState, found: NameInItem) -> None:
        super().__init__()
        texts, self._found = state.context.texts, found
        words = texts.say("the participant") if state.nameless else found.words
        person = state.names.person(found.case_id)
        told = texts.say(
            "“{words}” in {field} can be the participant in {number}.",
            words=words, field=field_word(state, found.field), number=person.case_number if person else "",
        )  # fmt: skip
        self.harmless = KeyButton(texts.name("button", "Harmless here"))
        self.harmless.setAccessibleName(texts.say("Harmless here: {words}", words=words))
        self.go = KeyButton(texts.name("button", "Go to the text"), kind="link")
        self.harmless.clicked.connect(self._on_harmless)
        self.go.clicked.connect(self._on_go)
        row = line(Words(told), self.harmless, self.go, gap=8)
        row.setStretch(0, 1)
        whole = column(row, gap=4)
        whole.setContentsMargins(0, 2, 0, 2)
        if found.field == EARLIER_ACTION:
            whole.addLayout(self._rewording(state, found))
        self.setLayout(whole)
        # A title is not written at the table. Said once it lies here: shown before, it would be a window of its own for a moment.
        self.go.setVisible(found.field not in ("title", EARLIER_ACTION))

    def _rewording(self, state: MeetingState, found: NameInItem) -> QHBoxLayout:
        texts = state.context.texts
        self.words = QLineEdit(state.shown(found.text))
        self.words.setAccessibleName(texts.say("The action in other words"))
        self.reword = KeyButton(texts.say("Say it so"))
        self.words.returnPressed.connect(self._on_reworded)
        self.reword.clicked.connect(self._on_reworded)
        # Over a projector the names in it are hidden, and what is hidden cannot be written anew.
        self.words.setEnabled(not state.nameless)
        self.reword.setEnabled(not state.nameless)
        return line(self.words, self.reword, gap=8)

    def _on_harmless(self) -> None:
        self.settled.emit(self._found)

    def _on_go(self) -> None:
        self.shown.emit(self._found)

    def _on_reworded(self) -> None:
        self.reworded.emit(self._found, self.words.text())


class Answer(QWidget):
    """What the participant says to it: yes, or her own view in her own words."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        self._state = state
        say = state.context.texts.say
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.yes = QRadioButton(say("Yes, that is right"))
        self.own = QRadioButton(say("The participant sees it in another way"))
        for button in (self.yes, self.own):
            button.setAutoExclusive(True)
            button.clicked.connect(self._on_answered)
        self.label = Label(say("What the participant says"))
        self.view = Section(state, say("The participant's own view, in her own words"),
                            AutosaveText(say("The participant's own view"), state.context.flushes, never_saved, lines=2))  # fmt: skip
        self.whole = QCheckBox(say("The participant also wants everything that is written at the item"))
        self.whole.clicked.connect(self._on_whole)
        buttons = FlowLayout(gap=16)
        for button in (self.yes, self.own):
            buttons.addWidget(button)
        self.setLayout(column(self.label, holding(buttons), self.view, self.whole, gap=8))

    def bind(self, current: ItemDetail) -> bool:
        """The open item's answer."""
        row = current.row
        save = partial(services.save_text, self._state.context.store, row.id, ItemText.PARTICIPANT_VIEW)
        if not self.view.field.bind(row.participant_view, save):
            return False
        self.refresh(current)
        return True

    def refresh(self, current: ItemDetail) -> None:
        """As it stands in the store."""
        row = current.row
        for button, wanted in ((self.yes, row.participant_agrees is True), (self.own, row.participant_agrees is False)):
            button.setAutoExclusive(False)
            button.setChecked(wanted)
            button.setAutoExclusive(True)
        self.whole.setChecked(row.wants_whole_item)
        self.view.field.refresh(row.participant_view)

    def _on_answered(self) -> None:
        current = self._state.current
        if current is not None:
            self._state.attempt(services.set_participant_agrees, current.row.id, self.yes.isChecked())
            if self.own.isChecked():
                self.view.field.setFocus()

    def _on_whole(self, wanted: bool) -> None:
        current = self._state.current
        if current is not None:
            self._state.attempt(services.set_wants_whole_item, current.row.id, wanted)


class EndingForm(QWidget):
    """How the item ends and when it comes back. None of it needs a reason."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        self._state = state
        say, name = state.context.texts.say, state.context.texts.name
        self.outcomes: dict[Outcome, QRadioButton] = {
            Outcome.AGREED: QRadioButton(name("outcome", "Agreed")),
            Outcome.RETURNS: QRadioButton(name("outcome", "Comes back")),
            Outcome.BROKEN_OFF: QRadioButton(name("outcome", "Broken off")),
            Outcome.DROPPED: QRadioButton(name("outcome", "Dropped")),
        }
        first = FlowLayout(gap=16)
        group = QButtonGroup(self)
        for button in self.outcomes.values():
            group.addButton(button)
            first.addWidget(button)
        self.returns = ChoiceField((), say("When it comes back"))
        self.day = DateField(state.context.texts, ReadDay(state.context.clock, prefer_future=True, field="due_on"), say("Comes back on"))
        self.day.line.setMinimumWidth(state.context.theme.px(130))
        self.day.line.setPlaceholderText(say("15/12, on Friday, week 49"))
        self.action = ChoiceField((), say("When this action is done"))
        self.problem = FieldProblem()
        self.returns.changed.connect(self._on_returns)
        row = line(self.returns, self.day, self.action, None, gap=12)
        self.setLayout(column(
            Label(say("How it ends")), holding(first), Label(say("When it comes back")), row, self.problem, gap=8
        ))  # fmt: skip

    @property
    def ending(self) -> Ending:
        """What is chosen."""
        outcome = next((one for one, button in self.outcomes.items() if button.isChecked()), Outcome.AGREED)
        kind = self.returns.value or Return.NOT_AT_ALL
        following = self._state.current.next_session if self._state.current else None
        day = self.day.day if kind is Return.DATE else None
        if kind is Return.NEXT_SESSION and following is not None:
            day = following.held_on
        return Ending(outcome, kind, day, self.action.value if kind is Return.ACTION_DONE else None)

    def bind(self, current: ItemDetail) -> None:
        """Propose: the latest action's date for a case, else the next session; other items do not come back by themselves."""
        texts, following = self._state.context.texts, current.next_session
        next_word = texts.say("The next meeting, {day}", day=following.held_on) if following else texts.say("The next meeting")
        self.returns.set_choices((
            (Return.NEXT_SESSION, next_word), (Return.DATE, texts.name("return", "On a date")),
            (Return.ACTION_DONE, texts.name("return", "When an action is done")), (Return.NOT_AT_ALL, texts.name("return", "Not at all")),
        ))  # fmt: skip
        actions = (*current.actions, *(one for one in current.earlier if one.closed_on is None))
        self.action.set_choices([(one.id, self._state.shown(one.what)) for one in actions])
        kind, day = proposed_return(
            (one.due_on for one in actions), following.held_on if following else None, self._state.session.held_on
        )
        if current.row.case_id is None and not actions:
            kind, day = Return.NOT_AT_ALL, None
        self.outcomes[Outcome.AGREED].setChecked(True)
        self.returns.set_value(kind)
        self.day.line.clear()
        self.day.set_day(day if kind is Return.DATE else None)
        self.problem.tell("")
        self._on_returns(kind)

    def tell(self, problems: tuple[Problem, ...]) -> None:
        """Why it could not be finished."""
        self.problem.tell(self._state.context.texts.problems(problems))
        fields = {problem.field for problem in problems}
        if "return_on" in fields:
            self.day.line.setFocus()
        elif "return_action" in fields:
            self.action.setFocus()

    def _on_returns(self, kind: object) -> None:
        self.day.setVisible(kind is Return.DATE)
        self.action.setVisible(kind is Return.ACTION_DONE)


class ReadBack(QScrollArea):
    """The face over the item. `text_wanted(NameInItem)` goes back to the text that holds a name."""

    text_wanted = Signal(object)

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._seen: tuple[object, ...] = ()
        texts = state.context.texts
        self.headline = Words("", "headline")
        self.said = QVBoxLayout()
        self.said.setSpacing(8)
        self.names = QVBoxLayout()
        self.names_card = Card(texts.say("Names to look at"))
        self.names_card.add(self.names)
        self.answer = Answer(state)
        self.ending = EndingForm(state)
        self.done = KeyButton(texts.say("Finish the item"), kind="primary", shows="Ctrl+Return")
        self.back = KeyButton(texts.say("Back to the item"), kind="link", shows="Esc")
        self._lay_out()

    @property
    def unsettled(self) -> tuple[NameInItem, ...]:
        """The names that must be settled first."""
        current, store = self._state.current, self._state.context.store
        return store.read(names_in_item, current.row.id, self._state.names) if current is not None else ()

    def bind(self) -> bool:
        """Read the open item back; False when what was typed could not be kept."""
        current = self._state.current
        if current is None or not self.answer.bind(current):
            return False
        self.ending.bind(current)
        self.refresh()
        self.verticalScrollBar().setValue(0)
        return True

    def refresh(self) -> None:
        """The agreements, the actions and the names as they stand now."""
        current, texts = self._state.current, self._state.context.texts
        if current is None:
            return
        self.answer.setVisible(current.row.is_by_name)
        self.answer.refresh(current)
        found = self.unsettled
        seen = (current.row.id, current.agreements, current.actions, found, self._state.nameless)
        if seen == self._seen:
            return
        # Only when something else is to be read: a button under the keyboard must not be made anew.
        self._seen = seen
        number = texts.say("§ {number}", number=current.row.paragraph) if current.row.paragraph else ""
        self.headline.setText(texts.say("{item}: is this what we said?", item=number))
        self._read_out(current)
        clear(self.names)
        for one in found:
            row = _FoundName(self._state, one)
            row.settled.connect(self._on_settled)
            row.shown.connect(self.text_wanted)
            row.reworded.connect(self._on_reworded)
            self.names.addWidget(row)
        self.names_card.setVisible(bool(found))

    def focus_first(self) -> None:
        """The first thing to answer."""
        found = self.names.itemAt(0).widget() if self.names.count() else None
        if isinstance(found, _FoundName):
            found.harmless.setFocus()
        elif self.answer.isVisible():
            self.answer.yes.setFocus()
        else:
            self.ending.outcomes[Outcome.AGREED].setFocus()

    # --- slots and internals ---

    def _lay_out(self) -> None:
        buttons = line(self.done, self.back, None, gap=12)
        whole = QVBoxLayout()
        whole.setContentsMargins(40, 28, 40, 28)
        whole.setSpacing(20)
        whole.addWidget(self.headline)
        whole.addLayout(self.said)
        for widget in (self.names_card, self.answer, self.ending):
            whole.addWidget(widget)
        whole.addLayout(buttons)
        whole.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(holding(whole))

    def _read_out(self, current: ItemDetail) -> None:
        texts, state = self._state.context.texts, self._state
        clear(self.said)
        agreed = [one for one in current.agreements if one.text.strip() or one.participant_text.strip()]
        self.said.addWidget(Label(texts.say("What we agreed")))
        for number, one in enumerate(agreed, start=1):
            self.said.addWidget(Words(f"{number}. {state.shown(one.text)}", "read"))
            if one.participant_text.strip():
                told = texts.say("In your summary: {line}", line=state.shown(one.participant_text))
                self.said.addWidget(Words(told, "read-small"))
        if not agreed:
            self.said.addWidget(Muted(texts.say("Nothing is written down as agreed.")))
        if current.actions:
            self.said.addWidget(Label(texts.say("Actions")))
        for one in current.actions:
            who = texts.say("the participant") if one.for_participant else one.who or texts.say("nobody yet")
            due = texts.say("done by {day}", day=one.due_on) if one.due_on else ""
            self.said.addWidget(Words(" · ".join(part for part in (state.shown(one.what), who, due) if part), "read"))
            if not one.for_participant and not one.party_id:
                late = Words(texts.say("Nobody answers for this yet."), "small")
                late.set_ink(Tone.AMBER)
                self.said.addWidget(late)

    def _on_settled(self, found: NameInItem) -> None:
        current = self._state.current
        if current is not None and self._state.attempt(mark_harmless, current.row.id, found.case_id, found.words):
            self._go_on()

    def _on_reworded(self, found: NameInItem, words: str) -> None:
        current = self._state.current
        if current is not None and self._state.attempt(reword_earlier, current.row.id, found.row_id, words):
            self._go_on()

    def _go_on(self) -> None:
        self._state.reload()
        self.refresh()
        self.focus_first()


def field_word(state: MeetingState, field: str) -> str:
    """Where a name was found, as it stands in a sentence."""
    say = state.context.texts.say
    return {
        "title": say("the title"),
        "question": say("the question"),
        "background": say("the background"),
        "discussion": say("the discussion"),
        "participant_view": say("the participant's own view"),
        "agreement": say("an agreement"),
        "participant_line": say("the line meant for the participant"),
        "action": say("an action"),
        EARLIER_ACTION: say("an action from before"),
    }[field]


