"""The item that is chosen on the agenda, ready to be changed: its question, presenter, box and the parties called."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.forum import ItemKind, ItemState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import agenda
from rehabdesk.ui.cases.circumstances_card import NeedsLine
from rehabdesk.ui.forum.agenda_table import AgendaLine, item_name, kind_words
from rehabdesk.ui.forum.called_parties import CalledParties
from rehabdesk.ui.forum.recognisable_hint import RecognisableHint
from rehabdesk.ui.parts.basics import Badge, Card, Link, Words
from rehabdesk.ui.parts.fields import AutosaveLine, AutosaveText
from rehabdesk.ui.parts.forms import FieldFrame
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.shell.context import Context, Target

MOST_MINUTES = 600
STEP = 5


class MinutesField(QLineEdit):
    """A time box in whole minutes, typed or stepped with Up and Down. `chosen(int)`, -1 for what is no number.

    A line and not a spin box: styled, Qt gives the spin box's own line no room to be read in.
    """

    chosen = Signal(int)

    def __init__(self, name: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self._minutes = 0
        self.setAccessibleName(name)
        self.editingFinished.connect(self._on_finished)
        self._write()

    @property
    def minutes(self) -> int:
        """What is written, -1 where it is no number."""
        written = self.text().strip().removesuffix(self._unit).strip()
        return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else -1

    def show_minutes(self, minutes: int) -> None:
        """Show a box, unless somebody is writing another."""
        if not (self.hasFocus() and self.isModified()):
            self._minutes = minutes
            self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down step by five minutes."""
        steps = {Qt.Key.Key_Up: STEP, Qt.Key.Key_Down: -STEP}
        if event.key() in steps:
            self._take(max(0, min(MOST_MINUTES, self._minutes + steps[Qt.Key(event.key())])))
            self._write()
        else:
            super().keyPressEvent(event)

    def _on_finished(self) -> None:
        if self.isModified():
            self.setModified(False)
            self._take(self.minutes)

    def _take(self, minutes: int) -> None:
        if minutes != self._minutes:
            self._minutes = minutes
            self.chosen.emit(minutes)

    def _write(self) -> None:
        self.setText(f"{self._minutes} {self._unit}")
        self.setModified(False)


class ItemPanel(Card):
    """One item. What is typed is saved by itself; a refusal stands beside its field."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.kind = Badge()
        super().__init__(texts.say("Item"), aside=self.kind, parent=parent)
        self._context = context
        self._line: AgendaLine | None = None
        self._session_id: int | None = None
        self._banner = Words()
        self._banner.set_ink(Tone.AMBER)
        self._banner.hide()
        self.title = AutosaveLine(texts.say("What the item is called"), context.flushes, _nowhere)
        self.presenter = AutosaveLine(texts.say("Presenter"), context.flushes, _nowhere)
        self.question = AutosaveText(texts.say("Question to the forum"), context.flushes, _nowhere, lines=3)
        self.minutes = MinutesField(texts.say("Time box"), texts.say("min"))
        self.minutes.chosen.connect(self._on_minutes)
        self.minutes.setFixedWidth(context.theme.px(96))
        self.parties = CalledParties(context)
        self.open_case = Link(texts.say("Open the case"))
        self.open_case.clicked.connect(self._on_open_case)
        self._warning = Words()
        self._warning.set_ink(Tone.AMBER)
        self._warning.hide()
        self.hint = RecognisableHint(context)
        self.needs = NeedsLine(context)
        self._title_frame = FieldFrame(texts, texts.say("What the item is called"), self.title)
        self.minutes_frame = FieldFrame(texts, texts.say("Time box"), self.minutes)
        self.air = MinutesField(texts.say("Air before"), texts.say("min"))
        self.air.chosen.connect(self._on_air)
        self.air.setFixedWidth(context.theme.px(96))
        self.air_frame = FieldFrame(texts, texts.say("Air before"), self.air)
        beside = line(FieldFrame(texts, texts.say("Presenter"), self.presenter), self.air_frame, self.minutes_frame, gap=PAD)
        beside.setStretch(0, 1)
        question = FieldFrame(texts, texts.say("Question to the forum"), self.question)
        self.title.saved.connect(self._on_title_saved)
        for field in (self.title, self.question):
            field.edited.connect(self._look_for_somebody)
        about = column(question, self.hint, gap=4)
        self.add(
            column(self._banner, self.needs, self._title_frame, self._warning, beside, about, self.parties, line(self.open_case, None), None, gap=PAD),
            stretch=1,
        )
        self.setEnabled(False)

    @property
    def item_id(self) -> int | None:
        """The item that is shown."""
        return self._line.id if self._line is not None else None

    def show_line(self, shown: AgendaLine | None, session_id: int, editable: bool) -> bool:
        """Show an item, or none. False when another stays, because something typed in it could not be kept."""
        other = shown is None or shown.id != self.item_id
        if other and not self._flush():
            return False
        self._session_id = session_id
        self.setEnabled(shown is not None)
        if shown is None:
            self._line = None
            self.hint.quiet()
            self.heading.setText(self._context.texts.say("No item is chosen"))
            self.kind.hide()
            self.open_case.hide()
            self.needs.show_needs(None)
            return True
        self._bind(shown) if other else self._refresh(shown)
        self._line = shown
        self._show_rest(shown, editable and shown.item.state is not ItemState.FINISHED)
        self._look_for_somebody()
        if other:
            self._on_title_saved(None)
        return True

    # --- slots and internals ---

    def _bind(self, shown: AgendaLine) -> None:
        item = shown.item
        for field, key, text in self._fields(shown):
            field.bind(text, partial(self._save, item.id, key))

    def _refresh(self, shown: AgendaLine) -> None:
        for field, _key, text in self._fields(shown):
            field.refresh(text)

    def _fields(self, shown: AgendaLine) -> tuple[tuple[AutosaveText, str, str], ...]:
        item = shown.item
        return (
            (self.title, "title", item.title), (self.presenter, "presenter", item.presenter), (self.question, "question", item.question),
        )

    def _show_rest(self, shown: AgendaLine, editable: bool) -> None:
        texts, item = self._context.texts, shown.item
        self.heading.setText(f"{shown.number} · {item_name(texts, item)}")
        tone = Tone.NEUTRAL if item.kind is ItemKind.GENERAL else Tone.ACCENT if item.is_by_name else Tone.AMBER
        self.kind.show_word(kind_words(texts, item), tone)
        self.kind.show()
        self._title_frame.setVisible(item.kind is not ItemKind.CASE)
        self.minutes.show_minutes(item.minutes)
        self.air.show_minutes(item.minutes_before)
        self._banner.setText(self._banner_words(shown))
        self._banner.setVisible(bool(self._banner.text()))
        self.open_case.setVisible(item.case_id is not None)
        self.needs.show_needs(item.case_id)
        self.parties.show_item(shown, editable)
        for field in (self.title, self.presenter, self.question):
            field.setReadOnly(not editable)
        self.minutes.setEnabled(editable)
        self.air.setEnabled(editable)

    def _banner_words(self, shown: AgendaLine) -> str:
        texts, item = self._context.texts, shown.item
        if item.kind is not ItemKind.CASE or item.is_by_name:
            return ""
        if not item.called:
            return texts.say("No party is called. Until one that the consent covers is called, this is a de-identified consultation.")
        return texts.say("No called party is covered by a consent, so this is a de-identified consultation: no name, no number, no paper about it.")

    def _save(self, item_id: int, key: str, text: str) -> None:
        agenda.change_item(self._context.store, item_id, **{key: text})

    def _flush(self) -> bool:
        return all([field.flush() for field in (self.title, self.presenter, self.question)])

    def _on_minutes(self, minutes: int) -> None:
        self._keep_minutes(self.minutes_frame, minutes=minutes)

    def _on_air(self, minutes: int) -> None:
        self._keep_minutes(self.air_frame, minutes_before=minutes)

    def _keep_minutes(self, frame: FieldFrame, **changed: int) -> None:
        if self._line is None:
            return
        try:
            agenda.change_item(self._context.store, self._line.id, **changed)
        except Refused as refused:
            frame.tell(self._context.texts.problems(refused.problems))
            return
        frame.tell("")

    def _on_title_saved(self, _when: object) -> None:
        """A title stands on everybody's agenda, so a name in it is told at once."""
        found: tuple[str, ...] = ()
        if self._line is not None and self._line.item.kind is not ItemKind.CASE:
            found = self._context.store.read(agenda.names_in_title, self._session_id, self.title.text())
        self._warning.setText(name_warning(self._context, found))
        self._warning.setVisible(bool(found))

    def _look_for_somebody(self, _text: str = "") -> None:
        """A consultation without a name may still point to one person."""
        if self._line is None or self._line.item.kind is ItemKind.GENERAL or self._line.item.is_by_name:
            self.hint.quiet()
        else:
            title = "" if self._line.item.kind is ItemKind.CASE else self.title.text()
            self.hint.look((title, self.question.text()))

    def _on_open_case(self) -> None:
        if self._line is not None and self._line.item.case_id is not None:
            self._context.navigate(Target("cases", "case", self._line.item.case_id))


def name_warning(context: Context, found: tuple[str, ...]) -> str:
    """What to say of names in a title; nothing where there is none."""
    if not found:
        return ""
    words = ", ".join(f"“{word}”" for word in found) if context.texts.language == "en" else ", ".join(f"”{word}”" for word in found)
    return context.texts.say("{words} may be a participant. The title stands on everybody's agenda: write it without names.", words=words)


def _nowhere(_text: str) -> None:
    """Where no item is shown yet there is nothing to keep it in."""
    raise RuntimeError("typed into a panel that shows no item")
