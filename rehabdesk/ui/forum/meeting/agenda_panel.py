"""Left: the agenda with its clock. Items turn red past their box; the end is reckoned anew; the parking list waits below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from rehabdesk.domain.forum import ItemKind, ItemState, SessionState
from rehabdesk.services.forum import agenda as services
from rehabdesk.services.forum.meeting import open_item
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.ui.forum.meeting.picker import InlinePicker
from rehabdesk.ui.forum.meeting.rows import Key, ListRow, RowList
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.parts.bars import ProgressLine
from rehabdesk.ui.parts.basics import KeyButton, Label, Muted, Rule, Words, restyle
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import Tone

PARK = "park"


class _AgendaRow(ListRow):
    """One item: its §, what it is, and the time it has had or will have."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__(state.context.theme)
        self._state = state
        px = state.context.theme.px
        self._number, self._title, self._below, self._time = Muted(wrap=False), Words(), Muted(), Muted(wrap=False)
        self._waiting = Words("", "small")
        self._waiting.set_ink(Tone.AMBER)
        self._number.setFixedWidth(px(38))
        for words in (self._number, self._time):
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = QGridLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setHorizontalSpacing(4)
        row.setVerticalSpacing(0)
        row.setColumnStretch(1, 1)
        for place, words in enumerate((self._number, self._title, self._time)):
            row.addWidget(words, 0, place)
        row.addWidget(self._below, 1, 1, 1, 2)
        row.addWidget(self._waiting, 2, 1, 1, 2)

    def show_item(self, item: ItemRow) -> None:
        """Everything of it but the running time."""
        state, texts = self._state, self._state.context.texts
        is_open, is_done = item.state is ItemState.OPEN, item.state is ItemState.FINISHED
        self._number.setText(texts.say("§ {number}", number=item.paragraph) if item.paragraph else "")
        self._title.setText(state.shown(state.title(item)))
        self._title.set_ink(Tone.NEUTRAL if is_done else None)
        restyle(self._title, "part", "heading" if is_open else "text")
        restyle(self._number, "part", "heading" if is_open else "muted")
        self._below.setText(self._beneath(item))
        self._below.setVisible(bool(self._below.text()))
        outside = [called.party for called in item.called if called.waiting_since and item.state is ItemState.WAITING]
        self._waiting.setText(texts.say("waits outside: {parties}", parties=tuple(outside)) if outside else "")
        self._waiting.setVisible(bool(outside))
        self.set_chosen(is_open)
        self.show_time(item)
        self._name(item, self._time.text())

    def show_time(self, item: ItemRow) -> None:
        """ "23 / 20" in red with a word past the box, minutes taken with a tick when done, else the box."""
        texts, tone = self._state.context.texts, None
        taken = self._state.seconds(item) // 60
        told = self._time.text()
        if item.state is ItemState.FINISHED:
            told = f"✓ {texts.duration(taken)}" if taken else "✓"
        elif item.state is ItemState.OPEN:
            told = f"{taken} / {item.minutes}"
            if item.minutes and self._state.seconds(item) > item.minutes * 60:
                told, tone = texts.say("{taken} / {box} over", taken=taken, box=item.minutes), Tone.RED
        else:
            told = texts.duration(item.minutes) if item.minutes else ""
        if told != self._time.text():
            self._time.setText(told)
            self._time.set_ink(tone)
            restyle(self._time, "part", "heading" if item.state is ItemState.OPEN else "muted")
            self._name(item, told)

    def _beneath(self, item: ItemRow) -> str:
        state, texts = self._state, self._state.context.texts
        if item.kind is ItemKind.CONSULTATION:
            return state.shown(item.title)
        if item.kind is not ItemKind.CASE:
            return item.presenter
        word = texts.say("follow-up") if item.id in state.returning else texts.name("case on an agenda", "new")
        if not item.is_by_name:
            word = texts.say("without consent, as a consultation")
        return ", ".join(part for part in (state.short_name(item), word) if part)

    def _name(self, item: ItemRow, time: str) -> None:
        texts = self._state.context.texts
        words = (self._number.text(), self._title.text(), self._below.text(), texts.term(item.state), time, self._waiting.text())
        self.setAccessibleName(", ".join(part for part in words if part))


class _ParkedRow(ListRow):
    """One line of the parking list."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__(state.context.theme)
        self._state = state
        self._title = Muted()
        row = line(self._title)
        row.setContentsMargins(14, 2, 14, 2)
        self.setLayout(row)

    def show_item(self, item: ItemRow) -> None:
        """What it is."""
        title = item.title if item.kind is ItemKind.CONSULTATION else self._state.title(item)
        self._title.setText(self._state.shown(title))
        self.setAccessibleName(self._title.text())


class AddForm(QFrame):
    """A new item in the meeting: a case is found by number or name, anything else is a point of its own."""

    left = Signal()

    def __init__(self, state: MeetingState) -> None:
        super().__init__()
        self._state = state
        self.setProperty("form_in_sight", True)
        say = state.context.texts.say
        self.picker = InlinePicker(say("New item"), say("A title, or a case by number or name"))
        self.kind = ChoiceField(
            (
                (ItemKind.GENERAL, say("General item, or a case")),
                (ItemKind.CONSULTATION, say("De-identified consultation")),
                (PARK, say("Put on the parking list")),
            ),
            say("Kind of item"),
        )  # fmt: skip
        whole = column(self.picker, self.kind, gap=6)
        whole.setContentsMargins(14, 8, 14, 8)
        self.setLayout(whole)
        self.picker.picked.connect(self._on_case)
        self.picker.unknown.connect(self._on_title)
        self.kind.changed.connect(self._on_kind)
        self.hide()

    def begin(self) -> None:
        """Empty, with the keyboard in it."""
        self.kind.set_value(ItemKind.GENERAL)
        self._on_kind(ItemKind.GENERAL)
        self.picker.clear()
        self.show()
        self.picker.line.setFocus()

    def _on_kind(self, kind: object) -> None:
        state, choices = self._state, []
        if kind is ItemKind.GENERAL and state.session is not None:
            for case in state.context.store.read(case_queries.cases, state.today, closed=False):
                if case.series_id == state.session.series_id and case.id not in state.case_ids:
                    choices.append((case.id, case.number if state.nameless else f"{case.number} {case.full_name}"))
        self.picker.set_choices(choices)

    def _on_case(self, case_id: int) -> None:
        if self._state.attempt(services.add_case_item, self._state.session.id, case_id):
            self.left.emit()

    def _on_title(self, title: str) -> None:
        session, state = self._state.session, self._state
        if self.kind.value == PARK:
            done = state.attempt(services.park_topic, session.series_id, title)
        elif self.kind.value is ItemKind.CONSULTATION:
            done = state.attempt(services.add_consultation, session.id, title)
        else:
            done = state.attempt(services.add_general_item, session.id, title)
        if done:
            self.left.emit()


class AgendaPanel(QFrame):
    """The left column."""

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        texts = state.context.texts
        self.setProperty("part", "side")
        self.setAccessibleName(texts.say("Agenda"))
        self.clock, self.ends = Words("", "clock", wrap=False), Words("", "heading", wrap=False)
        self._ends_label = Muted(wrap=False)
        self.progress = ProgressLine(state.context.theme, texts.say("How far the meeting has come"))
        self.list = RowList(texts.say("Agenda"), self._make, self._fill)
        self.parked_label = Label()
        self.parked = RowList(texts.say("Parking list"), self._make_parked, self._fill_parked)
        self.form = AddForm(state)
        self.park_key = texts.name("key of an agenda item", "P")
        self._lay_out()
        self.list.entered.connect(self._on_open)
        self.list.typed.connect(self._on_letter)
        self.list.moved.connect(self._on_moved)
        self.list.removed.connect(self._on_removed)
        self.parked.entered.connect(self._on_taken_in)
        self.form.left.connect(self.leave_form)
        state.changed.connect(self.refresh)

    def refresh(self) -> None:
        """The agenda as it stands."""
        state, texts = self._state, self._state.context.texts
        self.list.show_keys([item.id for item in state.items])
        self.parked.show_keys([item.id for item in state.parked])
        self.parked_label.setText(texts.say("Parked ({count})", count=len(state.parked)))
        may_change = state.session is not None and state.session.state in (SessionState.PLANNED, SessionState.UNDER_WAY)
        for button in (self.turn_to, self.park, self.add):
            button.setVisible(may_change)
        self.tick()

    def tick(self) -> None:
        """What the clock changes, and nothing else."""
        state, texts = self._state, self._state.context.texts
        if state.session is None:
            return
        now = state.now
        self.clock.setText(texts.time(f"{now:%H:%M}"))
        self.clock.setAccessibleName(texts.say("The time is {time}", time=self.clock.text()))
        ends = f"{state.ends_at():%H:%M}" if state.under_way else state.session.end
        late = state.under_way and (ends > state.session.end or state.ends_at().date() > now.date())
        self._ends_label.setText(texts.say("estimated end") if state.under_way else texts.say("planned end"))
        self.ends.setText(texts.time(ends))
        self.ends.set_ink(Tone.AMBER if late else None)
        self.ends.setAccessibleName(
            texts.say("Ends {time}, later than planned", time=texts.time(ends)) if late else texts.say("Ends {time}", time=texts.time(ends))
        )
        done = sum(1 for item in state.items if item.state is ItemState.FINISHED)
        share = done / len(state.items) if state.items else 0.0
        self.progress.show_share(share, texts.say("{done} of {total} items are finished", done=done, total=len(state.items)))
        for item in state.items:
            row = self.list.row(item.id)
            if isinstance(row, _AgendaRow):
                row.show_time(item)

    def focus_first(self) -> None:
        """The open item's row."""
        if self._state.current is not None:
            self.list.choose(self._state.current.row.id)
        self.list.take_focus()

    def begin_adding(self) -> None:
        """Ask what the new item is."""
        self.form.begin()

    def leave_form(self) -> bool:
        """Put the form away; False when it was not open."""
        if not self.form.isVisible():
            return False
        had_focus = self.focusWidget() is not None and self.form.isAncestorOf(self.focusWidget())
        self.form.hide()
        if had_focus:
            self.list.take_focus()
        return True

    # --- slots and internals ---

    def _lay_out(self) -> None:
        texts, say = self._state.context.texts, self._state.context.texts.say
        head = column(line(self.clock, None, self._ends_label, self.ends, gap=4), self.progress, gap=4)
        head.setContentsMargins(16, 12, 16, 4)
        self.turn_to = KeyButton(texts.name("button", "Turn to"), kind="link", shows="Return")
        self.park = KeyButton(texts.name("button", "Park"), kind="link", shows=self.park_key)
        self.add = KeyButton(say("New item"), "Ctrl+N", kind="link")
        self.turn_to.clicked.connect(self._on_turn_to)
        self.park.clicked.connect(self._on_park)
        self.add.clicked.connect(self.begin_adding)
        keys = FlowLayout(gap=2)
        for button in (self.turn_to, self.park, self.add):
            keys.addWidget(button)
        keys_row = column(holding(keys))
        keys_row.setContentsMargins(10, 2, 10, 6)
        parked_head = column(self.parked_label)
        parked_head.setContentsMargins(16, 8, 16, 0)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 12)
        whole.setSpacing(4)
        for part in (head, self.list, keys_row, self.form, Rule(), parked_head, self.parked):
            whole.addLayout(part) if isinstance(part, QVBoxLayout) else whole.addWidget(part)
        whole.addStretch(1)
        area = scrolling(holding(whole))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer = column(area)
        outer.setContentsMargins(0, 0, 1, 0)
        self.setLayout(outer)

    def _on_turn_to(self) -> None:
        self._on_open(self.list.current)

    def _on_open(self, key: Key) -> None:
        item = self._item(key)
        if item is None or item.state is ItemState.OPEN:
            return
        if item.state is ItemState.FINISHED:
            say = self._state.context.texts.say
            self._state.tell(say("§ {number} is finished. It can be corrected in the minutes.", number=item.paragraph))
        elif self._state.context.flushes.flush_all():
            self._state.attempt(open_item, item.id)

    def _on_park(self) -> None:
        self._on_letter(self.list.current, self.park_key)

    def _on_letter(self, key: Key, letter: str) -> None:
        if letter == self.park_key and self._item(key) is not None:
            self._state.attempt(services.park_item, key)

    def _on_moved(self, key: Key, step: int) -> None:
        item, place = self._item(key), self.list.keys.index(key) + step
        if item is not None and item.state is ItemState.WAITING and 0 <= place < len(self.list.keys):
            self._state.attempt(services.move_item, item.id, place)

    def _on_removed(self, key: Key) -> None:
        self._state.attempt(services.remove_item, key)

    def _on_taken_in(self, key: Key) -> None:
        self._state.attempt(services.unpark_item, key, self._state.session.id)

    def _item(self, key: Key) -> ItemRow | None:
        return next((item for item in self._state.items if item.id == key), None)

    def _make(self, _key: Key) -> ListRow:
        return _AgendaRow(self._state)

    def _fill(self, row: ListRow, key: Key) -> None:
        item = self._item(key)
        if isinstance(row, _AgendaRow) and item is not None:
            row.show_item(item)

    def _make_parked(self, _key: Key) -> ListRow:
        return _ParkedRow(self._state)

    def _fill_parked(self, row: ListRow, key: Key) -> None:
        item = next((item for item in self._state.parked if item.id == key), None)
        if isinstance(row, _ParkedRow) and item is not None:
            row.show_item(item)
