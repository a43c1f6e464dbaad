"""Right: who is here for this item. One key marks somebody, and at once it is said whether the party may hear the item."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rehabdesk.domain.forum import ItemState, Presence
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import presence as services
from rehabdesk.services.forum.meeting import set_participant_presence
from rehabdesk.store.queries.forum.agenda import CalledParty, ItemRow
from rehabdesk.store.queries.forum.presence import AttendeeRow
from rehabdesk.ui.cases.circumstances_card import NeedsLine
from rehabdesk.ui.forum.meeting.picker import InlinePicker
from rehabdesk.ui.forum.meeting.rows import Key, ListRow, RowList, announce
from rehabdesk.ui.forum.meeting.state import MeetingState
from rehabdesk.ui.forum.meeting.withdrawal import WithdrawalForm
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.printing.strip import QueueStrip

PARTICIPANT = "participant"
_TONES = {Presence.HERE: Tone.GREEN, Presence.LATE: Tone.AMBER, Presence.STEPPED_OUT: Tone.AMBER}


class _PersonRow(ListRow):
    """Somebody at the table: name, party, and where she is."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__(state.context.theme)
        self.setProperty("lined", "true")
        self._state = state
        self._name, self._beneath, self.badge = Words(), Muted(), Badge()
        head = line(self._name, self.badge, gap=6)
        head.setStretch(0, 1)
        # The party has the whole width: beside a badge, a word like "arbetsmarknadsenheten" would push the column open.
        rows = column(head, self._beneath, gap=0)
        rows.setContentsMargins(2, 5, 2, 5)
        self.setLayout(rows)

    def show_person(self, name: str, beneath: str, presence: Presence, must_wait: bool) -> None:
        """Who, from where, and whether she sits here; `must_wait` when she is here and may not hear the item."""
        say = self._state.context.texts.say
        word = say("waits outside") if must_wait else self._state.context.texts.term(presence)
        self._name.setText(name)
        self._beneath.setText(beneath)
        self._beneath.setVisible(bool(beneath))
        self.badge.show_word(word, Tone.AMBER if must_wait else _TONES.get(presence, Tone.NEUTRAL))
        self.setAccessibleName(", ".join(part for part in (name, beneath, word) if part))


class _WaitingRow(ListRow):
    """A party called to a coming item, and since when it waits outside."""

    def __init__(self, state: MeetingState) -> None:
        super().__init__(state.context.theme)
        self._state = state
        self._words, self._below = Words(), Muted()
        row = column(self._words, self._below, gap=0)
        row.setContentsMargins(10, 4, 10, 4)
        self.setLayout(row)

    def show_called(self, item: ItemRow, called: CalledParty) -> None:
        """Who waits for what, and about how long yet."""
        state, texts = self._state, self._state.context.texts
        number = texts.say("§ {number}", number=item.paragraph) if item.paragraph else state.shown(state.title(item))
        if called.waiting_since:
            told = texts.say("{item}: {party} waits since {time}", item=number, party=called.party, time=texts.time(called.waiting_since))
        else:
            told = f"{number}: {called.party}"
        minutes = max(1, state.minutes_until(item))
        below = texts.count("tell them: about {n} minute", "tell them: about {n} minutes", minutes) if called.waiting_since else ""
        self._words.setText(told)
        self._words.set_ink(None if called.waiting_since else Tone.NEUTRAL)
        self._below.setText(below)
        self._below.setVisible(bool(below))
        self.setAccessibleName(f"{told}, {below or texts.name('party', 'called')}")


class PresencePanel(QFrame):
    """The right column. `withdrawn` comes after a consent has been withdrawn here."""

    withdrawn = Signal(object)

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        texts = state.context.texts
        self.setProperty("part", "side-right")
        self.setAccessibleName(texts.say("Who is here"))
        self.letters = {
            texts.name("key of presence", "H"): (Presence.HERE, texts.name("presence button", "here")),
            texts.name("key of presence", "L"): (Presence.LATE, texts.name("presence button", "late")),
            texts.name("key of presence", "O"): (Presence.STEPPED_OUT, texts.name("presence button", "steps out")),
            texts.name("key of presence", "G"): (Presence.LEFT, texts.name("presence button", "gone")),
            texts.name("key of presence", "E"): (Presence.EXCUSED, texts.name("presence button", "sent apologies")),
        }
        self.wait_letter = texts.name("key of a party outside", "W")
        self.heading = Label()
        self.list = RowList(texts.say("Who is here"), self._make, self._fill)
        self.answer = Words()
        self.outside = Muted()
        self.needs = NeedsLine(state.context)
        self.picker = InlinePicker(texts.say("Add somebody"), texts.say("Name, or a guest: function, name"))
        self.waiting_label = Label(texts.say("On their way in"))
        self.waiting = RowList(texts.say("On their way in"), self._make_waiting, self._fill_waiting, gap=2)
        self.withdrawal = WithdrawalForm(state)
        self.withdrawal.withdrawn.connect(self.withdrawn)
        self.screen_told = Muted()
        self.queue = QueueStrip(state.context, margin=16)
        self._lay_out()
        self.list.typed.connect(self._on_letter)
        self.list.entered.connect(self._on_entered)
        self.list.removed.connect(self._on_removed)
        self.waiting.typed.connect(self._on_waiting_letter)
        self.waiting.entered.connect(self._on_waiting)
        self.picker.picked.connect(self._on_picked)
        self.picker.unknown.connect(self._on_guest)
        state.changed.connect(self.refresh)
        state.item_changed.connect(self._on_item_changed)

    def refresh(self) -> None:
        """Who is here, and who may hear."""
        state, texts = self._state, self._state.context.texts
        if state.session is not None:
            self.queue.show_session(state.session.id)
        current = state.current
        number = current.row.paragraph if current else None
        self.heading.setText(texts.say("Present at § {number}", number=number) if number else texts.say("Who is here"))
        # Not before a projector, nor at a consultation about nobody in particular.
        is_told = current is not None and current.row.is_by_name and not state.nameless
        self.needs.show_needs(current.row.case_id if is_told else None)
        has_participant = current is not None and current.row.case_id is not None
        self.list.show_keys([*([PARTICIPANT] if has_participant else []), *(one.id for one in state.attendees)])
        attending = {one.contact_id for one in state.attendees}
        self.picker.set_choices(
            [(one.id, ", ".join(part for part in (one.shown, one.party) if part)) for one in state.contacts if one.id not in attending]
        )
        parties = dict.fromkeys(one.party for one in state.attendees if one.party and state.may_hear(one) is False and self._counts(one))
        if parties:
            say = texts.say("{party} is not covered by the consent and waits outside during the item.", party=next(iter(parties)))
            many = texts.say("These are not covered by the consent and wait outside during the item: {parties}.", parties=tuple(parties))
            self.outside.setText(say if len(parties) == 1 else many)
        self.outside.setVisible(bool(parties))
        self._show_waiting()
        self.withdrawal.refresh()

    def tick(self) -> None:
        """The minutes that are left for those outside."""
        for key in self.waiting.keys:
            self._fill_waiting(self.waiting.row(key), key)

    def show_screen(self, told: str) -> None:
        """What is said of the big screen."""
        self.screen_told.setText(told)

    def focus_first(self) -> None:
        """The row one was on."""
        self.list.take_focus()

    def begin_adding(self) -> None:
        """Ask who it is."""
        self.picker.show()
        self.picker.clear()
        self.picker.line.setFocus()

    def step_back(self) -> bool:
        """Esc: leave what was opened here."""
        if self.withdrawal.leave():
            return True
        if self.picker.isVisible():
            had_focus = self.picker.line.hasFocus()
            self.picker.hide()
            if had_focus:
                self.list.take_focus()
            return True
        return False

    # --- slots and internals ---

    def _lay_out(self) -> None:
        texts, say = self._state.context.texts, self._state.context.texts.say
        keys = FlowLayout(gap=0)
        for letter, (presence, word) in self.letters.items():
            button = KeyButton(word, kind="link", shows=letter)
            button.setObjectName(presence.value)
            button.clicked.connect(self._on_button)
            keys.addWidget(button)
        self.add = KeyButton(say("Add somebody"), "Ctrl+J", kind="link")
        self.add.clicked.connect(self.begin_adding)
        self.picker.hide()
        screen = Card()
        screen.add(self.screen_told)
        whole = QVBoxLayout()
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(8)
        self.waits = KeyButton(texts.name("button", "waits outside"), kind="link", shows=self.wait_letter)
        self.waits.clicked.connect(self._on_waits)
        self.waiting_head = holding(line(self.waiting_label, None, self.waits))
        self.waiting_card = Card()
        self.waiting_card.add(self.waiting, padded=False)
        for widget in (
            self.heading, self.needs, self.list, holding(keys), self.outside, holding(line(self.add, None)), self.picker,
            self.withdrawal, self.waiting_head, self.waiting_card, Label(say("Big screen")), screen,
        ):  # fmt: skip
            whole.addWidget(widget)
        self.answer.hide()
        whole.addStretch(1)
        area = scrolling(holding(whole))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Who may hear the item, and what prints, stand still at the foot however many are here.
        self.answer.setContentsMargins(16, 8, 16, 8)
        outer = column(area, self.answer, self.queue, gap=0)
        outer.setStretch(0, 1)
        outer.setContentsMargins(1, 0, 0, 0)
        self.setLayout(outer)

    def _counts(self, one: AttendeeRow) -> bool:
        return one.presence not in (Presence.EXCUSED, Presence.ABSENT, Presence.LEFT)

    def _mark(self, key: Key, presence: Presence) -> None:
        texts, current = self._state.context.texts, self._state.current
        word = texts.term(presence)
        if key == PARTICIPANT:
            if current is not None and self._state.attempt(set_participant_presence, current.row.id, presence):
                self._say(f"{self._participant()}: {word}.", None)
            return
        one = next((one for one in self._state.attendees if one.id == key), None)
        if one is None:
            return
        try:
            arrival = services.mark(self._state.context.store, one.id, presence)
        except Refused as refused:
            self._state.refuse(refused)
            return
        told, tone = f"{one.shown}: {word}.", None
        if presence is Presence.HERE and arrival.may_hear is not None:
            if arrival.may_hear:
                told, tone = texts.say("{name} is here and may hear the item.", name=one.shown), Tone.GREEN
            else:
                party = one.party or one.shown
                told = texts.say("{name} is here. {party} is not covered by the consent and waits outside during the item.",
                                 name=one.shown, party=party)  # fmt: skip
                tone = Tone.AMBER
        self._say(told, tone)

    def _say(self, told: str, tone: Tone | None) -> None:
        self.answer.setText(told)
        self.answer.set_ink(tone)
        self.answer.show()
        announce(self, told)

    def _participant(self) -> str:
        current, say = self._state.current, self._state.context.texts.say
        return (self._state.short_name(current.row) if current else "") or say("the participant")

    def _on_item_changed(self) -> None:
        self.answer.setText("")
        self.answer.hide()
        self.withdrawal.leave()

    def _on_letter(self, key: Key, letter: str) -> None:
        if letter in self.letters:
            self._mark(key, self.letters[letter][0])

    def _on_entered(self, key: Key) -> None:
        self._mark(key, Presence.HERE)

    def _on_button(self) -> None:
        self._mark(self.list.current, Presence(self.sender().objectName()))

    def _on_removed(self, key: Key) -> None:
        if key != PARTICIPANT:
            self._state.attempt(services.remove_attendee, key)

    def _on_picked(self, contact_id: int) -> None:
        session = self._state.session
        try:
            attendee_id = services.expect_contact(self._state.context.store, session.id, contact_id)
        except Refused as refused:
            self._state.refuse(refused)
            return
        self._state.reload()
        if self._state.under_way:
            self._mark(attendee_id, Presence.HERE)
        self._added(attendee_id)

    def _on_guest(self, text: str) -> None:
        party = next((row for row in self._state.parties if _ends_with(text, (row.written, *row.aliases))), None)
        if party is not None:
            text = next(text[: -len(name)] for name in (party.written, *party.aliases) if _ends_with(text, (name,)))
        function, _comma, name = text.strip(" ,").partition(",")
        try:
            attendee_id = services.add_guest(
                self._state.context.store, self._state.session.id, function.strip(), name.strip(" ,"), party.id if party else None
            )
        except Refused as refused:
            self._state.refuse(refused)
            return
        self._state.reload()
        self._added(attendee_id)

    def _added(self, attendee_id: int) -> None:
        self.picker.hide()
        self.list.choose(attendee_id)
        self.list.take_focus()

    # --- on their way in ---

    def _show_waiting(self) -> None:
        coming = [item for item in self._state.items if item.state is ItemState.WAITING and item.called]
        keys = [(item.id, one.party_id) for item in coming for one in item.called if one.waiting_since]
        keys += [(item.id, one.party_id) for item in coming[:1] for one in item.called if not one.waiting_since]
        self.waiting.show_keys(keys)
        self.waiting_head.setVisible(bool(keys))
        self.waiting_card.setVisible(bool(keys))

    def _on_waiting_letter(self, key: Key, letter: str) -> None:
        if letter == self.wait_letter:
            self._on_waiting(key)

    def _on_waits(self) -> None:
        self._on_waiting(self.waiting.current)

    def _on_waiting(self, key: Key) -> None:
        found = self._called(key)
        if found is not None:
            self._state.attempt(services.set_waiting, *key, not found[1].waiting_since)

    def _called(self, key: Key) -> tuple[ItemRow, CalledParty] | None:
        return next(
            ((item, one) for item in self._state.items for one in item.called if (item.id, one.party_id) == key), None
        )

    def _make_waiting(self, _key: Key) -> ListRow:
        return _WaitingRow(self._state)

    def _fill_waiting(self, row: ListRow | None, key: Key) -> None:
        found = self._called(key)
        if isinstance(row, _WaitingRow) and found is not None:
            row.show_called(*found)

    def _make(self, _key: Key) -> ListRow:
        return _PersonRow(self._state)

    def _fill(self, row: ListRow, key: Key) -> None:
        state, texts = self._state, self._state.context.texts
        if not isinstance(row, _PersonRow):
            return
        if key == PARTICIPANT:
            current = state.current.row
            name = state.short_name(current)
            row.show_person(name or texts.say("The participant"), texts.name("person", "participant") if name else "", current.participant_presence, False)
            return
        one = next(one for one in state.attendees if one.id == key)
        beneath = one.party if one.name or one.function != one.shown else ", ".join(part for part in (one.party,) if part)
        guest = texts.say("guest") if one.is_guest and not beneath else ""
        row.show_person(one.shown, beneath or guest or one.function, one.presence, self._must_wait(one))
        row.setToolTip(one.function)

    def _must_wait(self, one: AttendeeRow) -> bool:
        return one.presence is Presence.HERE and self._state.may_hear(one) is False


def _ends_with(text: str, names: tuple[str, ...]) -> bool:
    lowered = text.casefold()
    return any(name and (lowered == name.casefold() or lowered.endswith(f", {name.casefold()}")) for name in names)
