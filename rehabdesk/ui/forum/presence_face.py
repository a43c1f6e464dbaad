"""Närvaro before the meeting: who is expected, who has sent apologies, guests, and who is needed when."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.forum import Presence, SessionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import presence
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.presence import AttendeeRow
from rehabdesk.ui.forum.agenda_table import agenda_lines
from rehabdesk.ui.forum.meeting.picker import InlinePicker
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.forum.presence_table import needed_columns, needed_lines, people_columns
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, Heading, KeyButton
from rehabdesk.ui.parts.forms import ChoiceField, FieldFrame, Form
from rehabdesk.ui.parts.layouts import FlowLayout, TwoColumns, column, holding, line, page_body, scrolling
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.shell.context import Context

TABLES = {"attendee", "contact", "party", "agenda_item", "item_party", "forum_session", "consent", "case"}


class PresenceFace(QWidget):
    """The face: people at the left, with ways to add them at the right; below, who is needed when."""

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self._editable = True
        self._build()
        self._listen()
        watch(self, context.store, TABLES, self._refresh)

    def focus_first(self) -> None:
        """The keyboard starts in the list, or where somebody is added."""
        (self.people if self.people.rows_model.rowCount() else self.add).setFocus()

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.people = NarrowingTable(context.theme, people_columns(texts), texts.say("Expected at the meeting"), {"function": 560})
        self.people.set_empty(
            texts.say("Nobody is expected yet."), texts.say("Add those who are to come, or give the series its usual members.")
        )
        self.needed = Table(context.theme, needed_columns(texts), texts.say("Who is needed when"))
        self.needed.set_empty(texts.say("No party is called to any item yet."), texts.say("Parties are called on the agenda."))
        self.excuse = KeyButton(texts.say("Has sent apologies"), "F6")
        self.expect = KeyButton(texts.say("Is expected after all"), "F6")
        self.remove = KeyButton(texts.say("Take off the list"), shows="Del")
        buttons = FlowLayout(gap=GAP)
        for button in (self.excuse, self.expect, self.remove):
            buttons.addWidget(button)
        self._count = Heading()
        left = column(
            self._count, self.people, holding(buttons), Heading(texts.say("Who is needed when")), self.needed, gap=GAP + 4
        )
        left.setStretch(1, 3)
        left.setStretch(4, 2)
        for table in (self.people, self.needed):
            table.setMinimumHeight(context.theme.px(170))
        side = column(self._add_card(), self._guest_card(), None, gap=PAD)
        body = page_body(TwoColumns(left, side, (2, 1), context.theme.px(840)))
        body.setStretch(0, 1)
        self.setLayout(column(scrolling(holding(body))))

    def _add_card(self) -> Card:
        texts = self._context.texts
        card = Card(texts.say("Expect somebody"))
        self.add = InlinePicker(texts.say("Contact"), texts.say("Name, function or party"))
        self.add_key = KeyButton(texts.say("Add a contact"), "Ctrl+N", kind="link")
        self.add_key.clicked.connect(self.add.setFocus)
        card.add(column(FieldFrame(texts, texts.say("Contact"), self.add), line(self.add_key, None), gap=GAP))
        return card

    def _guest_card(self) -> Card:
        texts = self._context.texts
        card = Card(texts.say("A guest"))
        self.function, self.name = QLineEdit(), QLineEdit()
        self.party = ChoiceField((), texts.say("Party"))
        self.party.setMinimumContentsLength(12)
        self.party.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.guest_form = Form(texts)
        self.guest_form.add("function", texts.say("Function"), self.function)
        self.guest_form.add("name", texts.say("Name, if wanted"), self.name)
        self.guest_form.add("party", texts.say("Party"), self.party)
        self.add_guest = KeyButton(texts.say("Add the guest"))
        self.add_guest.clicked.connect(self._on_add_guest)
        for field in (self.function, self.name):
            field.returnPressed.connect(self._on_add_guest)
        card.add(column(self.guest_form, line(self.add_guest, None), gap=PAD))
        return card

    def _listen(self) -> None:
        self.people.chosen.connect(self._on_chosen)
        self.add.picked.connect(self._on_picked)
        self.excuse.clicked.connect(self._on_excuse)
        self.expect.clicked.connect(self._on_expect)
        self.remove.clicked.connect(self._on_remove)
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.people)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._on_remove)

    # --- slots and internals ---

    def _on_picked(self, contact_id: int) -> None:
        self.add.clear()
        if self._do(presence.expect_contact, self._session_id, contact_id):
            self.add.setFocus()

    def _on_add_guest(self) -> None:
        try:
            presence.add_guest(
                self._context.store, self._session_id, self.function.text(), self.name.text(), self.party.value or None
            )
        except Refused as refused:
            self.guest_form.show_problems(refused.problems)
            return
        self.guest_form.clear_problems()
        self.function.clear()
        self.name.clear()
        self.function.setFocus()

    def _on_excuse(self) -> None:
        self._mark(Presence.EXCUSED)

    def _on_expect(self) -> None:
        self._mark(Presence.EXPECTED)

    def _mark(self, how: Presence) -> None:
        if self.people.current_row is not None:
            self._do(presence.mark, self.people.current_row.id, how)
            self.people.setFocus()

    def _on_remove(self) -> None:
        if self.people.current_row is not None:
            self._do(presence.remove_attendee, self.people.current_row.id)

    def _on_chosen(self, row: AttendeeRow | None) -> None:
        may = self._editable and row is not None
        excused = row is not None and row.presence is Presence.EXCUSED
        # One key, two buttons: only the one that can be pressed is there to hear it.
        self.expect.setVisible(excused)
        self.excuse.setVisible(not excused)
        self.excuse.setEnabled(may and row.presence in (Presence.EXPECTED, Presence.LATE))
        self.expect.setEnabled(may)
        self.remove.setEnabled(may and row.came_at is None)

    def _do(self, verb: Callable[..., object], *args: object) -> bool:
        try:
            verb(self._context.store, *args)
        except Refused as refused:
            self._context.messages.warn(self._context.texts.problems(refused.problems))
            return False
        return True

    def _refresh(self) -> None:
        store, texts = self._context.store, self._context.texts
        session = store.read(session_queries.session, self._session_id)
        if session is None:
            return
        self._editable = session.state not in (SessionState.LOCKED, SessionState.CANCELLED)
        rows = store.read(queries.attendees, self._session_id)
        self.people.set_rows(rows)
        here = sum(1 for row in rows if row.presence is Presence.HERE)
        coming = sum(1 for row in rows if row.presence in (Presence.EXPECTED, Presence.LATE))
        told = texts.count("{n} person is expected", "{n} people are expected", coming)
        self._count.setText(told if not here else texts.say("{here} here, {expected} still expected", here=here, expected=coming))
        items = store.read(agenda_queries.agenda, self._session_id, self._context.clock.today())
        self.needed.set_rows(needed_lines(agenda_lines(items, session.start), rows))
        self._offer({row.contact_id for row in rows})
        self._on_chosen(self.people.current_row)

    def _offer(self, known: set[int | None]) -> None:
        store, texts = self._context.store, self._context.texts
        contacts = store.read(party_queries.contacts)
        self.add.set_choices([
            (row.id, ", ".join(part for part in (row.shown, row.function if row.shown != row.function else "", row.party) if part))
            for row in contacts if row.id not in known
        ])
        parties = store.read(party_queries.parties)
        self.party.set_choices([(0, texts.say("No party")), *((row.id, row.written) for row in parties)])
        for widget in (self.add, self.add_key, self.add_guest, self.function, self.name, self.party):
            widget.setEnabled(self._editable)
