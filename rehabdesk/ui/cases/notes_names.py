"""Other participants' names in a note about one case: what the meeting page's name guard asks, answered outside a meeting."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.names import Hit, Register, find
from rehabdesk.services.forum import names
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.ui.live import watch
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"case", "participant", "contact"})


class CaseNames(QObject):
    """The names that are sought in texts of one case. `changed` when they must be sought again.

    Outside a meeting no bare first name is sought: only on an agenda is it known whose it could be.
    """

    changed = Signal()

    case_ids: frozenset[int] = frozenset()
    nameless = False
    current = None

    def __init__(self, context: Context, widget: QWidget) -> None:
        super().__init__(widget)
        self.context = context
        self._own: frozenset[int] | None = None
        self._case_id: int | None = None
        self._names: Register | None = None
        watch(widget, context.store, TABLES, self._forget)

    @property
    def names(self) -> Register:
        """The register, built when it is first asked for."""
        if self._names is None:
            self._names = self.context.store.read(names.register)
        return self._names

    def show_case(self, case_id: int | None) -> None:
        """Whose texts these are: her own name is no other's."""
        if case_id != self._case_id:
            self._case_id, self._own = case_id, None
            self.changed.emit()

    def hits(self, text: str) -> tuple[Hit, ...]:
        """The other participants' names in a text."""
        if self._case_id is None or not text:
            return ()
        if self._own is None:
            # Most cases are opened, looked at and left: nothing is typed whose names are to be sought.
            self._own = self.context.store.read(case_queries.cases_of_same_participant, self._case_id)
        return find(text, self.names, agenda_case_ids=(), own_case_ids=self._own)

    def masks(self, text: str) -> tuple[Hit, ...]:
        """Nothing is covered here: the page is no projector's."""
        return ()

    def whose(self, hit: Hit) -> str:
        """The number of the case a name belongs to."""
        person = self.names.person(hit.case_id)
        return person.case_number if person is not None else ""

    def _forget(self) -> None:
        self._names = self._own = None
        self.changed.emit()
