"""One contact, beside the table: every field keeps itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import parties
from rehabdesk.store.queries.parties import AddressBook, ContactRow
from rehabdesk.ui.parties.ending import Ending
from rehabdesk.ui.parties.forums import ForumTicks
from rehabdesk.ui.parts.basics import Card, Label, Muted
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.shell.context import Context

Forums = tuple[tuple[int, str], ...]


class ContactPane(Card):
    """`removed(name)` after the contact has been removed."""

    removed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Contact"), parent=parent)
        self._context = context
        self._contact: ContactRow | None = None
        texts = context.texts
        self._fields = RecordFields(context.flushes)
        self._party = keep_narrow(ChoiceField((), texts.say("Party")))
        self._party.changed.connect(self._on_party)
        self._only_function = QCheckBox(texts.say("Show only the function"))
        self._only_function.setAccessibleName(texts.say("Show only the function"))
        self._only_function.clicked.connect(self._on_only_function)
        self._forums = ForumTicks(texts.say("Usually sits in"))
        self._forums.changed.connect(self._on_forums)
        self._no_forums = Muted(texts.say("There is no series yet. Series are made in Settings."))
        self._ending = Ending(texts)
        self._ending.removed.connect(self._on_removed)
        self._form = self._build_form()
        seats = column(Label(texts.say("Usually sits in")), self._forums, self._no_forums, gap=4)
        self.add(column(self._form, seats, self._ending, gap=16))

    @property
    def form(self) -> Form:
        """The fields, by key."""
        return self._form

    def show_contact(self, contact: ContactRow, book: AddressBook, forums: Forums) -> bool:
        """Show a contact; False when the one shown holds something that could not be kept."""
        store = self._context.store
        values = {key: getattr(contact, key) for key in ("given_name", "surname", "function", "phone", "email")}
        if not self._fields.show(contact.id, values, partial(_save, self._context, contact.id)):
            return False
        if self._contact is None or self._contact.id != contact.id:
            self._form.clear_problems()
        self._contact = contact
        self.heading.setText(contact.shown)
        self._party.set_choices([(row.id, row.written) for row in book.parties if row.ended_on is None or row.id == contact.party_id])
        self._party.set_value(contact.party_id)
        self._only_function.setChecked(contact.by_function_only)
        self._forums.show_forums(forums, [seat.series_id for seat in book.seats.get(contact.id, ())])
        self._no_forums.setVisible(not forums)
        self._ending.show_for(
            contact.ended_on is not None,
            partial(parties.end_contact, store, contact.id),
            partial(parties.reopen_contact, store, contact.id),
            partial(parties.remove_contact, store, contact.id),
        )
        return True

    def flush(self) -> bool:
        """Keep what is typed."""
        return self._fields.flush()

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        self._fields["given_name"].setFocus()

    def _build_form(self) -> Form:
        texts = self._context.texts
        form = Form(texts)
        form.add("given_name", texts.say("Given name"), self._fields.add("given_name", texts.say("Given name")))
        form.add("surname", texts.say("Surname"), self._fields.add("surname", texts.say("Surname")))
        form.add("function", texts.say("Function"), self._fields.add("function", texts.say("Function")))
        form.add(
            "by_function_only",
            texts.say("How the contact is shown"),
            self._only_function,
            texts.say("On papers and in lists the function then stands in place of the name."),
        )
        form.add("phone", texts.say("Phone"), self._fields.add("phone", texts.say("Phone")))
        form.add("email", texts.say("E-mail"), self._fields.add("email", texts.say("E-mail")))
        form.add("party_id", texts.say("Party"), self._party)
        return form

    def _on_party(self, party_id: int) -> None:
        self._change("party_id", party_id)

    def _on_only_function(self, ticked: bool) -> None:
        self._change("by_function_only", ticked)

    def _on_forums(self, series_ids: set[int]) -> None:
        if self._contact is not None:
            parties.set_seats(self._context.store, self._contact.id, series_ids)

    def _on_removed(self) -> None:
        if self._contact is not None:
            self.removed.emit(self._contact.shown)

    def _change(self, key: str, value: object) -> None:
        contact = self._contact
        if contact is None or not self._fields.flush():
            return
        try:
            parties.change_contact(self._context.store, contact.id, **{key: value})
        except Refused as refused:
            self._form.show_problems(refused.problems)
            self._only_function.setChecked(contact.by_function_only)
            self._party.set_value(contact.party_id)
        else:
            self._form.clear_problems()


def _save(context: Context, contact_id: int, key: str, text: str) -> None:
    parties.change_contact(context.store, contact_id, **{key: text})
