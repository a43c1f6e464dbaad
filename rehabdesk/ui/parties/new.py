"""The two forms beside the table in which a new contact or a new party is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QLineEdit, QWidget

from rehabdesk.domain.parties import PartyKind, proposed_kind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import parties
from rehabdesk.ui.parties.forums import ForumTicks
from rehabdesk.ui.parties.party_pane import aliases_hint, kind_choices, sensitive_box, sensitive_hint, unit_hint
from rehabdesk.ui.parts.basics import Card, KeyButton, Label
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.shell.context import Context

Choices = Sequence[tuple[int, str]]


class NewForm(Card):
    """A form that adds something. `added(id)` when it did, `given_up` when it was left."""

    added = Signal(int)
    given_up = Signal()

    def __init__(self, context: Context, title: str, add: Callable[[], int], parent: QWidget | None = None) -> None:
        """`add` adds what is written and returns its id, or raises `Refused`."""
        super().__init__(title, parent=parent)
        self.context = context
        self._verb = add
        self.form = Form(context.texts)
        self._lines: dict[str, QLineEdit] = {}
        self._add = KeyButton(context.texts.name("button", "Add"), "Ctrl+Return", kind="primary")
        self._add.clicked.connect(self.try_to_add)
        give_up = KeyButton(context.texts.name("button", "Cancel"), shows="Esc")
        give_up.clicked.connect(self.given_up)
        flow = FlowLayout()
        flow.addWidget(self._add)
        flow.addWidget(give_up)
        self._buttons = holding(flow)

    def line(self, key: str, label: str, hint: str = "") -> QLineEdit:
        """One more line; Enter in it adds."""
        field = QLineEdit()
        field.returnPressed.connect(self.try_to_add)
        self.form.add(key, label, field, hint)
        self._lines[key] = field
        return field

    def keep_drafts(self, **others: QWidget) -> None:
        """From now on what is written is kept over a lock too; `others` are fields that are chosen or ticked."""
        self._draft = FormDraft(self.context.store, self.context.flushes, {**self._lines, **others}, self)

    def text(self, key: str) -> str:
        """What stands in a line."""
        return self._lines[key].text()

    def empty(self) -> None:
        """Take out what was written."""
        self._draft.forget()
        self.form.clear_problems()

    def try_to_add(self) -> None:
        """Add it, or say beside the field why not."""
        try:
            new_id = self._verb()
        except Refused as refused:
            self.form.show_problems(refused.problems)
        else:
            self.empty()
            self.added.emit(new_id)


class NewContact(NewForm):
    """A new person at a party."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.texts.say("New contact"), self._add_contact, parent)
        texts = context.texts
        self._party = keep_narrow(ChoiceField((), texts.say("Party")))
        self.form.add("party_id", texts.say("Party"), self._party)
        self.line("given_name", texts.say("Given name"))
        self.line("surname", texts.say("Surname"))
        self.line("function", texts.say("Function"))
        self.line("phone", texts.say("Phone"))
        self.line("email", texts.say("E-mail"))
        self._only_function = QCheckBox(texts.say("Show only the function"))
        self._only_function.setAccessibleName(texts.say("Show only the function"))
        self._forums_label = Label(texts.say("Usually sits in"))
        self._forums = ForumTicks(texts.say("Usually sits in"))
        seats = column(self._forums_label, self._forums, gap=4)
        self.add(column(self.form, self._only_function, seats, self._buttons, gap=16))
        self.keep_drafts(only_function=self._only_function)

    def begin(self, party_choices: Choices, party_id: int | None, forums: Choices) -> None:
        """Make ready for a new contact of this party. What was written and not added is still there."""
        self._party.set_choices(party_choices)
        self._party.set_value(party_id if party_id is not None else party_choices[0][0])
        self._forums.show_forums(forums, self._forums.ticked)
        self._forums_label.setVisible(bool(forums))
        self._draft.open("contact")
        self._lines["given_name"].setFocus()

    def empty(self) -> None:
        """Take out what was written."""
        super().empty()
        self._only_function.setChecked(False)

    def _add_contact(self) -> int:
        """The contact with her seats, as one step."""
        return parties.add_contact(
            self.context.store,
            self._party.value,
            series_ids=self._forums.ticked,
            given_name=self.text("given_name"),
            surname=self.text("surname"),
            function=self.text("function"),
            phone=self.text("phone"),
            email=self.text("email"),
            by_function_only=self._only_function.isChecked(),
        )


class NewParty(NewForm):
    """A new party; its organisation is added with it where it is new."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.texts.say("New party"), self._add_party, parent)
        texts = context.texts
        self._aliases_proposed = ""
        self._kind_is_chosen = False
        organisation = self.line("organisation", texts.say("Organisation"), texts.say("One that is new is added by itself."))
        self._completer = QCompleter([], self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        organisation.setCompleter(self._completer)
        unit = self.line("unit", texts.say("Unit"), unit_hint(texts))
        for field in (organisation, unit):
            field.textChanged.connect(self._propose_kind)
        self._kind = ChoiceField(kind_choices(texts), texts.say("Kind"))
        self._kind.changed.connect(self._on_kind_chosen)
        self.form.add("kind", texts.say("Kind"), self._kind)
        self.line("aliases", texts.say("Short forms"), aliases_hint(texts))
        self._sensitive = sensitive_box(texts)
        self.form.add("is_sensitive", texts.say("Secrecy"), self._sensitive, sensitive_hint(texts))
        self.add(column(self.form, self._buttons, gap=16))
        self.keep_drafts(kind=self._kind, is_sensitive=self._sensitive)

    def begin(self, organisations: Sequence[str]) -> None:
        """Make ready for a new party. What was written and not added is still there."""
        self._completer.model().setStringList(list(organisations))
        self._draft.open("party")
        self._propose_aliases(self._kind.value)
        self._lines["organisation"].setFocus()

    def empty(self) -> None:
        """Take out what was written."""
        super().empty()
        self._aliases_proposed = ""
        self._kind_is_chosen = False
        self._kind.set_value(PartyKind.EMPLOYER)
        self._sensitive.setChecked(False)

    def _add_party(self) -> int:
        """The party, with its organisation where it is new, as one step."""
        return parties.add_party_named(
            self.context.store,
            self.text("organisation"),
            self.text("unit"),
            self._kind.value,
            aliases=self.text("aliases"),
            is_sensitive=self._sensitive.isChecked(),
        )

    def _on_kind_chosen(self, kind: PartyKind) -> None:
        self._kind_is_chosen = True
        self._propose_aliases(kind)

    def _propose_kind(self, _text: str) -> None:
        # A choice somebody made is never replaced by what a name suggests.
        kind = proposed_kind(self.text("organisation"), self.text("unit"))
        if kind is not None and not self._kind_is_chosen:
            self._kind.set_value(kind)
            self._propose_aliases(kind)

    def _propose_aliases(self, kind: PartyKind) -> None:
        # A proposal replaces a proposal, never what somebody wrote.
        if self.text("aliases") == self._aliases_proposed:
            self._aliases_proposed = parties.usual_aliases(self.context.store, kind)
            self._lines["aliases"].setText(self._aliases_proposed)
