"""Contacts: a table of parties with their people, and beside it the one that is chosen, ready to be changed."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget

from rehabdesk.store.queries import parties as queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.ui.live import watch
from rehabdesk.ui.parties.contact_pane import ContactPane
from rehabdesk.ui.parties.new import NewContact, NewParty
from rehabdesk.ui.parties.party_pane import PartyPane
from rehabdesk.ui.parties.rows import CONTACT, PARTY, Line, columns, lines
from rehabdesk.ui.parts.basics import EmptyState, KeyButton
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import column, holding, line, scrolling
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.search_line import SearchLine
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording.shell import CONTACTS

TABLES = {"organisation", "party", "contact", "series_member", "session_series"}
#: How wide the table must be, at 14 px text, for these columns; what is chosen tells them beside it.
NEEDED_WIDTH = MappingProxyType({"phone": 480, "forums": 600})


class ContactsPage(Page):
    """The room of contacts."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.set_title(context.texts.say(CONTACTS))
        self._wanted: tuple[str, int] | None = None
        self._add_buttons()
        self._build_list()
        self._build_panes()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self._list)
        splitter.addWidget(self._side)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.setSizes([700, 340])
        self.body.addWidget(splitter, 1)
        watch(self, context.store, TABLES, self._refresh)

    @property
    def _is_adding(self) -> bool:
        return self._pane in (self._new_contact, self._new_party)

    # --- what the window asks ---

    def open_target(self, target: Target) -> None:
        """Go to the contact or party the target names, even past a filter that hides it."""
        if target.id is not None and target.kind in (PARTY, CONTACT):
            self._go_to((target.kind, target.id))

    def step_back(self) -> bool:
        """Esc leaves a form, then takes away what narrows the list."""
        if self._is_adding:
            self._show_pane(self._nothing)
            self._show_chosen(self.table.current_row)
            self.table.setFocus()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False

    def focus_first(self) -> None:
        """The keyboard starts in the table, or where there is nothing, at the first thing to do."""
        if self.table.rows_model.rowCount():
            self.table.setFocus()
        else:
            super().focus_first()

    # --- building ---

    def _add_buttons(self) -> None:
        texts = self.context.texts
        self.add_party_button = KeyButton(texts.say("New party"), "Ctrl+Shift+N")
        self.add_party_button.clicked.connect(self.begin_party)
        self.add_contact_button = KeyButton(texts.say("New contact"), "Ctrl+N", kind="primary")
        self.add_contact_button.clicked.connect(self.begin_contact)
        self.header.add_action(self.add_party_button)
        self.header.add_action(self.add_contact_button)

    def _build_list(self) -> None:
        context, texts = self.context, self.context.texts
        self.search = SearchLine(texts.say("Search contacts"), "Ctrl+F")
        self.search.narrowed.connect(self._on_narrowed)
        self.search.into_list.connect(self._on_into_list)
        self.organisation = ChoiceField(((None, texts.say("All organisations")),), texts.say("Show only this organisation"))
        keep_narrow(self.organisation)
        self.organisation.changed.connect(self._on_narrowed)
        self.ended = QCheckBox(texts.say("Show ended"))
        self.ended.setAccessibleName(texts.say("Show ended"))
        self.ended.clicked.connect(self._on_narrowed)
        self.table = NarrowingTable(context.theme, columns(texts), texts.say("Parties and contacts"), NEEDED_WIDTH)
        self.table.chosen.connect(self._show_chosen)
        self.table.opened.connect(self._on_opened)
        filters = line(self.organisation, self.ended, gap=12)
        filters.setStretch(0, 1)
        self._list = holding(column(self.search, filters, self.table, gap=12))
        self._list.layout().setContentsMargins(EDGE, EDGE, PAD // 2, EDGE)

    def _build_panes(self) -> None:
        context, texts = self.context, self.context.texts
        self.contact_pane, self.party_pane = ContactPane(context), PartyPane(context)
        self._new_contact, self._new_party = NewContact(context), NewParty(context)
        for pane in (self.contact_pane, self.party_pane):
            pane.removed.connect(self._on_removed)
        self._new_contact.added.connect(self._on_contact_added)
        self._new_party.added.connect(self._on_party_added)
        self._nothing = EmptyState(texts.say("Nothing chosen"), texts.say("Choose a line in the table to see and change it."))
        # Not a stack: that would make every pane as high as the highest.
        self._panes = (self._nothing, self.contact_pane, self.party_pane, self._new_contact, self._new_party)
        self._pane: QWidget = self._nothing
        for form in (self._new_contact, self._new_party):
            form.given_up.connect(self.step_back)
        content = holding(column(*self._panes, None))
        self._show_pane(self._nothing)
        content.layout().setContentsMargins(PAD // 2, EDGE, EDGE, EDGE)
        self._side = scrolling(content)
        self._side.setMinimumWidth(context.theme.px(320))

    # --- verbs of the page ---

    def begin_contact(self) -> None:
        """Ctrl+N: a new contact of the party where one stands; the party first, where there is none."""
        choices = [(row.id, row.written) for row in self._book.parties if row.ended_on is None]
        if not choices:
            self.context.messages.info(self.context.texts.say("Begin with the party the contact belongs to."))
            self.begin_party()
            return
        row = self.table.current_row
        here = row.party.id if row is not None and row.party.ended_on is None else None
        self._show_pane(self._new_contact)
        self._new_contact.begin(choices, here, self._forums)

    def begin_party(self) -> None:
        """Ctrl+Shift+N."""
        self._show_pane(self._new_party)
        self._new_party.begin([row.name for row in self._organisations])

    # --- slots ---

    def _refresh(self) -> None:
        store, texts = self.context.store, self.context.texts
        self._book = store.read(queries.address_book)
        self._organisations = store.read(queries.organisations)
        self._forums = tuple((row.id, row.name) for row in store.read(session_queries.series))
        self.organisation.set_choices([(None, texts.say("All organisations")), *((row.id, row.name) for row in self._organisations)])
        if self.organisation.currentIndex() < 0:
            self.organisation.set_value(None)
        self._narrow()

    def _narrow(self) -> None:
        found = lines(self._book, self.search.text(), self.organisation.value, self.ended.isChecked())
        self._say_why_empty()
        self.table.set_rows(found)
        if self._wanted is not None and self.table.choose(self._wanted):
            self._wanted = None
        if not self._is_adding:
            self._show_chosen(self.table.current_row)

    def _say_why_empty(self) -> None:
        texts = self.context.texts
        if self._book.parties:
            self.table.set_empty(texts.say("Nobody fits"), texts.say("Search for something else, or press Esc to see everybody."))
        else:
            self.table.set_empty(
                texts.say("No contacts yet"),
                texts.say("Begin with the parties that sit at the table, for example HR, Försäkringskassan and the health centre."),
                texts.say("Add the first party"),
                self.begin_party,
            )

    def _on_narrowed(self, _value: object = None) -> None:
        self._narrow()

    def _on_into_list(self) -> None:
        self.table.setFocus()

    def _on_opened(self, _row: Line) -> None:
        if isinstance(self._pane, ContactPane | PartyPane):
            self._pane.focus_first()

    def _show_chosen(self, row: Line | None) -> None:
        pane = self._nothing if row is None else self.party_pane if row.contact is None else self.contact_pane
        # What could not be kept stays in sight, with its reason beside it, until it can.
        kept = self._pane is pane or self._flush_panes()
        if kept and row is not None and row.contact is not None:
            kept = self.contact_pane.show_contact(row.contact, self._book, self._forums)
        elif kept and row is not None:
            kept = self.party_pane.show_party(row.party, self._organisations)
        if kept:
            self._show_pane(pane)
        else:
            self.context.messages.warn(self.context.texts.say("Something in the fields could not be kept. Put it right first."))

    def _flush_panes(self) -> bool:
        return all([pane.flush() for pane in (self.contact_pane, self.party_pane)])

    def _show_pane(self, pane: QWidget) -> None:
        self._pane = pane
        for other in self._panes:
            other.setVisible(other is pane)

    def _on_contact_added(self, contact_id: int) -> None:
        self._after_adding((CONTACT, contact_id))

    def _on_party_added(self, party_id: int) -> None:
        self._after_adding((PARTY, party_id))

    def _after_adding(self, line_id: tuple[str, int]) -> None:
        self._show_pane(self._nothing)
        self._refresh()
        self._go_to(line_id)
        self.table.setFocus()

    def _on_removed(self, name: str) -> None:
        self.table.setFocus()
        self.context.messages.info(self.context.texts.say("{name} has been removed. Ctrl+Z brings it back.", name=name))

    def _go_to(self, line_id: tuple[str, int]) -> None:
        if not self.table.choose(line_id):
            self._wanted = line_id
            self.search.clear()
            self.organisation.set_value(None)
            self._narrow()
            if self._wanted is not None:
                self.ended.setChecked(True)
                self._narrow()
                self._wanted = None
