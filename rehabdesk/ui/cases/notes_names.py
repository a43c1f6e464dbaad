"""Other participants' names in a note about one case: what the meeting page's name guard asks, answered outside a meeting."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from rehabdesk.domain.names import Hit, Register, find
from rehabdesk.services.forum import names
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"case", "participant", "contact"})


class NameTold(Words):
    """The sentence about another participant's name, beneath a field; takes no room while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__("", "small", ink=Tone.RED)
        self.hide()

    def setText(self, text: str) -> None:  # noqa: N802
        """Say it, or fall silent."""
        super().setText(text)
        self.setVisible(bool(text))

    def follow(self, names: CaseNames, field: QLineEdit | QPlainTextEdit) -> None:
        """Say it of a field of a form, which saves nothing by itself and so underlines nothing."""

        def look(_text: str = "") -> None:
            text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
            self.setText(" ".join(dict.fromkeys(names.told(text, hit) for hit in names.hits(text))))

        field.textChanged.connect(look)
        names.changed.connect(look)


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

    def told(self, text: str, hit: Hit) -> str:
        """What is said of a name in a text."""
        return self.context.texts.say("“{words}” can be the participant in {number}.", words=text[hit.start : hit.end], number=self.whose(hit))

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
