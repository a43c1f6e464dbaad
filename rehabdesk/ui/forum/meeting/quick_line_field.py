"""One line adds an action the way it is spoken, and beneath it stands how it was read. Tab corrects."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.quick_line import (
    Completion,
    ContactName,
    PartyName,
    QuickLine,
    Role,
    Token,
    complete,
    parse,
    render,
)
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.ui.forum.meeting.named_text import NameGuard
from rehabdesk.ui.forum.meeting.rows import announce
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.autosave import Save
from rehabdesk.ui.parts.basics import KeyCap, Muted, Words
from rehabdesk.ui.parts.fields import AutosaveLine
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import Tone

#: What stops a line from being added; the rest is only told (nobody answers for it yet, the day has passed).
STOPPING = ("quick_line.what_missing", "quick_line.who_unclear", "date.no_such", "date.weekday_differs", "date.too_far")
_BOLD = frozenset({Role.PARTY, Role.CONTACT, Role.PARTICIPANT, Role.DATE})


class _Highlighter(QSyntaxHighlighter):
    """Sets in bold what was read as somebody or as a day."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self.tokens: tuple[Token, ...] = ()

    def read(self, tokens: tuple[Token, ...]) -> None:
        """The line is read in another way."""
        if tokens != self.tokens:
            self.tokens = tokens
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802
        """One line."""
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)
        for token in self.tokens:
            if token.role in _BOLD and token.end <= len(text):
                self.setFormat(token.start, token.end - token.start, strong)


class _Field(AutosaveLine):
    """The line itself. `tabbed(step)` while there is something to correct; otherwise Tab goes on as ever."""

    tabbed = Signal(int)

    def __init__(self, state: MeetingState, save: Save) -> None:
        say = state.context.texts.say
        super().__init__(say("New action"), state.context.flushes, save, "", say("Who, what and by when: FK book a follow-up meeting 15/12"))
        self.may_correct = False

    def event(self, event: QEvent) -> bool:
        """Tab before Qt takes it to another field."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.may_correct:
            if event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.tabbed.emit(1)
                return True
        return super().event(event)


class QuickLineField(QWidget):
    """The field and the reading beneath. `added(NewAction)`, or `corrected(id, NewAction)` while an action is being changed."""

    added = Signal(object)
    corrected = Signal(int, object)

    def __init__(self, state: MeetingState, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._state = state
        texts = state.context.texts
        self._correcting: int | None = None
        self._offers: tuple[Completion, ...] = ()
        self._place = -1
        self._begun = ""
        self._putting = False
        self.field = _Field(state, save)
        self.reading = Words()
        self.problem = Words("", "small")
        self._enter, self._enter_words = KeyCap("Return"), Muted(texts.name("key", "add"), wrap=False)
        self._tab, self._tab_words = KeyCap("Tab"), Muted(texts.name("key", "correct"), wrap=False)
        self._highlighter = _Highlighter(self.field.document())
        self._guard = NameGuard(state, self.field)
        keys = line(self._enter, self._enter_words, self._tab, self._tab_words, gap=4)
        row = line(column(self.reading, self.problem, gap=2), keys, gap=16)
        row.setContentsMargins(12, 0, 12, 0)
        row.setStretch(0, 1)
        row.setAlignment(keys, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.field, row, gap=6))
        # The reading has its place from the start: nothing below moves when it comes.
        self.reading.setMinimumHeight(state.context.theme.px(22))
        self.problem.setMinimumHeight(state.context.theme.px(18))
        self.field.edited.connect(self._on_edited)
        self.field.entered.connect(self._on_entered)
        self.field.tabbed.connect(self._on_tabbed)
        self.show_reading()

    @property
    def line(self) -> QuickLine:
        """How the line is read now."""
        return parse(self.field.text(), self._state.today, *self._known())

    def bind(self, text: str, save: Save) -> bool:
        """Another item's half-written line."""
        self._correcting = None
        self._forget_offers()
        done = self.field.bind(text, save)
        self.show_reading()
        return done

    def correct(self, action: ActionRow) -> None:
        """Take an action up again, to be changed."""
        self._correcting = action.id
        parties, contacts, _aliases = self._known()
        written = QuickLine(action.party_id, action.contact_id, action.for_participant, action.what, action.due_on, (), ())
        self.field.type_text(render(written, parties, contacts))
        self.field.setFocus()
        self.show_reading()

    def leave_correcting(self) -> bool:
        """Leave the action as it was; False when none was being changed."""
        if self._correcting is None:
            return False
        self._correcting = None
        self._empty()
        return True

    def holds_back(self) -> bool:
        """Whether a line is written and not added; then it says so, for an item that is finished forgets it."""
        if not self.field.text().strip():
            return False
        told = self._state.context.texts.say("This line is not added yet. Enter adds it; empty it if it should not stand.")
        self.problem.setText(told)
        self.problem.set_ink(Tone.RED)
        self.field.setFocus()
        announce(self, told)
        return True

    def show_reading(self) -> None:
        """Write beneath how the line is read, and what is missing."""
        reading = self.line
        self._highlighter.read(reading.tokens)
        texts = self._state.context.texts
        told = self._written(reading)
        self.reading.setText(told)
        text = self.field.text()
        sentences = texts.problems(reading.problems) if text.strip() else ""
        if self._state.hits(text):
            sentences = " ".join(part for part in (sentences, texts.say("Another participant is named here.")) if part)
        self.problem.setText(sentences)
        self.problem.set_ink(Tone.RED if self._stopping(reading) else Tone.AMBER)
        self.field.setAccessibleDescription(" ".join(part for part in (told, sentences) if part))
        self._enter_words.setText(texts.name("key", "change") if self._correcting is not None else texts.name("key", "add"))
        has_text = bool(self.field.text().strip())
        for widget in (self._enter, self._enter_words, self._tab, self._tab_words):
            widget.setVisible(has_text)
        self.field.may_correct = has_text and bool(self._offers or self._find_offers())

    # --- slots and internals ---

    def _on_edited(self, _text: str) -> None:
        if not self._putting:
            self._forget_offers()
        self.show_reading()

    def _on_entered(self) -> None:
        reading = self.line
        if not self.field.text().strip() or self._stopping(reading):
            self.problem.setText(self._state.context.texts.problems(reading.problems))
            return
        new = NewAction(reading.what, reading.party_id, reading.contact_id, reading.for_participant, reading.due)
        if self._correcting is not None:
            self.corrected.emit(self._correcting, new)
        else:
            self.added.emit(new)

    def done(self) -> None:
        """It was kept: an empty line for the next."""
        self._correcting = None
        self._empty()

    def _empty(self) -> None:
        self._forget_offers()
        self.field.type_text("")
        self.field.flush()
        self.show_reading()

    def _on_tabbed(self, step: int) -> None:
        if not self._offers:
            self._offers, self._place, self._begun = self._find_offers(), -1, self.field.text()
        self._place += step
        if self._place >= len(self._offers):
            text = self._begun
            self._forget_offers()
        else:
            offer = self._offers[self._place]
            text = self._begun[: offer.start] + offer.insert + self._begun[offer.end :]
        self._putting = True
        try:
            self.field.type_text(text)
        finally:
            self._putting = False
        cursor = self.field.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.field.setTextCursor(cursor)
        if not self._offers:
            # The round is over: the next Tab goes on to the next field.
            self.field.may_correct = False

    def _find_offers(self) -> tuple[Completion, ...]:
        text = self.field.text()
        cursor = self.field.textCursor().position()
        language = self._state.context.texts.language
        return complete(text, cursor, self._state.today, *self._known(), language=language)

    def _forget_offers(self) -> None:
        self._offers, self._place, self._begun = (), -1, ""

    def _known(self) -> tuple[list[PartyName], list[ContactName], tuple[str, ...]]:
        state = self._state
        parties = [PartyName(row.id, row.written, row.aliases) for row in state.parties]
        contacts = [ContactName(row.id, row.party_id, "" if row.by_function_only else row.name, row.function) for row in state.contacts]
        row = state.current.row if state.current else None
        aliases = tuple(dict.fromkeys((row.given_name, row.participant_name))) if row and row.given_name else ()
        return parties, contacts, aliases

    def _written(self, reading: QuickLine) -> str:
        if not self.field.text().strip():
            return ""
        texts, state = self._state.context.texts, self._state
        who = texts.say("the participant") if reading.for_participant else ""
        if reading.party_id is not None:
            party = next((row.written for row in state.parties if row.id == reading.party_id), "")
            contact = next((row.shown for row in state.contacts if row.id == reading.contact_id), "")
            who = ", ".join(part for part in (party, contact) if part)
        due = ""
        if reading.due is not None:
            due = texts.say(
                "done by {day} ({weekday} {week})", day=reading.due, weekday=texts.weekday(reading.due), week=texts.week(reading.due)
            )
        return "→ " + "    ".join(part for part in (who, state.shown(reading.what), due) if part)

    @staticmethod
    def _stopping(reading: QuickLine) -> bool:
        return any(problem.code.startswith(STOPPING) for problem in reading.problems)
