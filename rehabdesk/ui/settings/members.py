"""Those who usually sit at a series' table: every contact, with a tick for the members."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from rehabdesk.services.forum import series as verbs
from rehabdesk.store.queries import parties as queries
from rehabdesk.store.queries.forum.sessions import SeriesRow
from rehabdesk.store.queries.parties import ContactRow
from rehabdesk.ui.parts.basics import Card, Muted
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.search_line import SearchLine, found_in
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.shell.context import Context, Target


@dataclass(frozen=True, slots=True)
class Seat:
    """A contact, and whether she is a member."""

    contact: ContactRow
    is_member: bool

    @property
    def id(self) -> int:
        """What the row is known by."""
        return self.contact.id


class MembersCard(Card):
    """Space ticks the contact where the keyboard is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._count = Muted(wrap=False)
        super().__init__(context.texts.say("Members"), self._count, parent)
        self._context = context
        self._series_id: int | None = None
        self._seats: tuple[Seat, ...] = ()
        texts = context.texts
        self.search = SearchLine(texts.say("Search members"))
        self.search.narrowed.connect(self._on_narrowed)
        self.search.into_list.connect(self._on_into_list)
        columns = (
            Column("name", texts.say("Name"), _name, _sort_name, checked=_is_member, check=self._on_ticked),
            Column("function", texts.say("Function"), _function),
            Column("party", texts.say("Party"), _party, stretch=True, muted=True),
        )
        self.table = Table(context.theme, columns, texts.say("Members"))
        self.table.setProperty("part", "inner")
        self.table.setMinimumHeight(context.theme.px(260))
        sentence = texts.say("People are added in Contacts.")
        self.table.set_empty(texts.say("Nobody here"), sentence, texts.say("Go to Contacts"), self._on_contacts)
        self.add(self.search)
        self.add(self.table, padded=False)

    def show_series(self, row: SeriesRow) -> None:
        """The contacts there are, with ticks for this series."""
        self._series_id = row.id
        store, texts = self._context.store, self._context.texts
        members = {contact.id for contact in store.read(queries.contacts, series_id=row.id)}
        self._seats = tuple(Seat(contact, contact.id in members) for contact in store.read(queries.contacts))
        self._count.setText(texts.count("{n} member", "{n} members", len(members)))
        self._narrow()

    def _narrow(self) -> None:
        text = self.search.text()
        self.table.set_rows([seat for seat in self._seats if found_in(text, _name(seat), _function(seat), _party(seat))])

    def _on_narrowed(self, _text: str) -> None:
        self._narrow()

    def _on_into_list(self) -> None:
        self.table.setFocus()

    def _on_contacts(self) -> None:
        self._context.navigate(Target("contacts"))

    def _on_ticked(self, seat: Seat, ticked: bool) -> None:
        if self._series_id is not None:
            # An ended member keeps her place in the series, though she is not listed here.
            store = self._context.store
            members = {contact.id for contact in store.read(queries.contacts, series_id=self._series_id, ended=True)}
            verbs.set_members(store, self._series_id, members | {seat.id} if ticked else members - {seat.id})


def _name(seat: Seat) -> str:
    return seat.contact.shown


def _sort_name(seat: Seat) -> str:
    return seat.contact.name_sort


def _function(seat: Seat) -> str:
    return seat.contact.function


def _party(seat: Seat) -> str:
    return seat.contact.party


def _is_member(seat: Seat) -> bool:
    return seat.is_member
