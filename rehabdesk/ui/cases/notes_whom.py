"""With whom: a contact found as one types, or free words for anybody else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries import parties as queries
from rehabdesk.ui.forum.meeting.picker import InlinePicker
from rehabdesk.ui.live import watch
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"contact", "party"})


class WhomField(InlinePicker):
    """`edited` when something was typed or chosen. Enter takes the contact found; Tab leaves the words as they are."""

    edited = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("With whom"), texts.say("With whom: a contact, or anybody"), parent)
        self._context = context
        self._contact_id: int | None = None
        self._words: dict[int, str] = {}
        self.picked.connect(self._on_picked)
        self.line.textEdited.connect(self._on_typed)
        watch(self, context.store, TABLES, self.refresh)

    @property
    def contact_id(self) -> int | None:
        """The contact, where one was chosen."""
        return self._contact_id

    @property
    def words(self) -> str:
        """What stands in the line."""
        return self.line.text().strip()

    def refresh(self) -> None:
        """The contacts there are now."""
        contacts = self._context.store.read(queries.contacts)
        self._words = {row.id: ", ".join(part for part in (row.shown, row.party) if part) for row in contacts}
        # With the number to ring, which here is told of a sensitive party's people too: this is inside the case.
        phones = {row.id: row.phone for row in contacts if row.phone}
        self.set_choices(tuple((id_, f"{words} · {phones[id_]}" if id_ in phones else words) for id_, words in self._words.items()))

    def show_whom(self, words: str, contact_id: int | None) -> None:
        """Show who it was."""
        if contact_id is not None:
            # While the field was out of sight nobody told it of a new or another name.
            self.refresh()
        if self.line.text() or self.list.count():
            self.clear()
        self._contact_id = contact_id if contact_id in self._words else None
        self.line.setText(self._words[contact_id] if self._contact_id is not None else words)

    def _on_typed(self, _text: str) -> None:
        self._contact_id = None
        self.edited.emit()

    def _on_picked(self, contact_id: int) -> None:
        self.show_whom("", contact_id)
        self.edited.emit()
