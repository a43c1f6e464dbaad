"""One party, beside the table: every field keeps itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from rehabdesk.domain.parties import PartyKind, write_aliases
from rehabdesk.domain.problems import Refused
from rehabdesk.services import parties
from rehabdesk.store.queries.parties import OrganisationRow, PartyRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parties.ending import Ending
from rehabdesk.ui.parts.basics import Card, Link
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.shell.context import Context, Target


class PartyPane(Card):
    """`removed(name)` after the party has been removed."""

    removed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("Party"), parent=parent)
        self._context = context
        self._party: PartyRow | None = None
        texts = context.texts
        self._fields = RecordFields(context.flushes)
        self._organisation = keep_narrow(ChoiceField((), texts.say("Organisation")))
        self._organisation.changed.connect(self._on_organisation)
        self._kind = ChoiceField(kind_choices(texts), texts.say("Kind"))
        self._kind.changed.connect(self._on_kind)
        self._sensitive = sensitive_box(texts)
        self._sensitive.clicked.connect(self._on_sensitive)
        self._ending = Ending(texts)
        self._ending.removed.connect(self._on_removed)
        self._form = self._build_form()
        organisations = Link(texts.say("Organisations and logo"))
        organisations.clicked.connect(self._on_organisations)
        self.add(column(self._form, line(organisations, None), self._ending, gap=16))

    @property
    def form(self) -> Form:
        """The fields, by key."""
        return self._form

    def show_party(self, party: PartyRow, organisations: Sequence[OrganisationRow]) -> bool:
        """Show a party; False when the one shown holds something that could not be kept."""
        store = self._context.store
        values = {"unit": party.unit, "aliases": write_aliases(party.aliases)}
        if not self._fields.show(party.id, values, partial(_save, self._context, party.id)):
            return False
        if self._party is None or self._party.id != party.id:
            self._form.clear_problems()
        self._party = party
        self.heading.setText(party.written)
        self._organisation.set_choices([(row.id, row.name) for row in organisations])
        self._organisation.set_value(party.organisation_id)
        self._kind.set_value(party.kind)
        self._sensitive.setChecked(party.is_sensitive)
        self._ending.show_for(
            party.ended_on is not None,
            partial(parties.end_party, store, party.id),
            partial(parties.reopen_party, store, party.id),
            partial(parties.remove_party, store, party.id),
        )
        return True

    def flush(self) -> bool:
        """Keep what is typed."""
        return self._fields.flush()

    def focus_first(self) -> None:
        """Put the keyboard on the first field."""
        self._fields["unit"].setFocus()

    def _build_form(self) -> Form:
        texts = self._context.texts
        form = Form(texts)
        form.add("organisation_id", texts.say("Organisation"), self._organisation)
        form.add("unit", texts.say("Unit"), self._fields.add("unit", texts.say("Unit")), unit_hint(texts))
        form.add("kind", texts.say("Kind"), self._kind)
        form.add("aliases", texts.say("Short forms"), self._fields.add("aliases", texts.say("Short forms")), aliases_hint(texts))
        form.add("is_sensitive", texts.say("Secrecy"), self._sensitive, sensitive_hint(texts))
        return form

    def _on_organisation(self, organisation_id: int) -> None:
        self._change("organisation_id", organisation_id)

    def _on_kind(self, kind: PartyKind) -> None:
        self._change("kind", kind)

    def _on_sensitive(self, ticked: bool) -> None:
        self._change("is_sensitive", ticked)

    def _on_organisations(self) -> None:
        party = self._party
        self._context.navigate(Target("settings", "organisation", party.organisation_id if party else None, "organisations"))

    def _on_removed(self) -> None:
        if self._party is not None:
            self.removed.emit(self._party.written)

    def _change(self, key: str, value: object) -> None:
        party = self._party
        if party is None or not self._fields.flush():
            return
        try:
            parties.change_party(self._context.store, party.id, **{key: value})
        except Refused as refused:
            self._form.show_problems(refused.problems)
            self._organisation.set_value(party.organisation_id)
            self._kind.set_value(party.kind)
            self._sensitive.setChecked(party.is_sensitive)
        else:
            self._form.clear_problems()


def kind_choices(texts: Texts) -> list[tuple[PartyKind, str]]:
    """The kinds of party, in words."""
    return [(kind, texts.term(kind)) for kind in PartyKind]


def sensitive_box(texts: Texts) -> QCheckBox:
    """The tick for a sensitive party."""
    box = QCheckBox(texts.say("Sensitive party"))
    box.setAccessibleName(texts.say("Sensitive party"))
    return box


def sensitive_hint(texts: Texts) -> str:
    """What the tick means."""
    return texts.say(
        "For example union, psychiatry, addiction care, shelter. That somebody has to do with the party is sensitive in itself, "
        "so it is shown only inside the case, and nothing can be searched or sorted by it."
    )


def aliases_hint(texts: Texts) -> str:
    """What short forms are for."""
    return texts.say("Words the quick line understands, separated by commas: FK, kassan")


def unit_hint(texts: Texts) -> str:
    """What the unit is for."""
    return texts.say("The part that answers for its own secrecy, for example HR. Empty when it is the whole organisation.")


def _save(context: Context, party_id: int, key: str, text: str) -> None:
    parties.change_party(context.store, party_id, **{key: text})
