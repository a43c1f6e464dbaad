"""One case: its fields and its consent, what is to be done, where it has been, what was handed out."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from rehabdesk.services import cases, readings
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.cases.closing_card import ClosingCard
from rehabdesk.ui.cases.consent_card import ConsentCard
from rehabdesk.ui.cases.details_card import DetailsCard
from rehabdesk.ui.cases.history_cards import actions_card, hand_outs_card, sessions_card
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Link, Muted
from rehabdesk.ui.parts.layouts import column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD
from rehabdesk.ui.shell.context import Context

TABLES = frozenset(
    {
        "case", "participant", "consent", "consent_kind", "action", "agenda_item", "forum_session", "contact", "party",
        "organisation", "hand_out",
    }
)

#: Narrower than this the cards stand under one another.
TWO_COLUMNS = 900


class IdentityMask(QWidget):
    """The identity number by its last four, and whole when asked for: that is logged."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case: CaseRow | None = None
        self.number = Muted(wrap=False)
        self.toggle = Link(context.texts.say("show"))
        self.setLayout(line(self.number, self.toggle, gap=GAP))
        self.toggle.clicked.connect(self._on_toggled)
        self._is_whole = False

    def show_case(self, row: CaseRow) -> None:
        """The number of this case's participant; whole only while it stays the same."""
        same = self._case is not None and (self._case.id, self._case.last_four) == (row.id, row.last_four)
        self._case = row
        self.setVisible(bool(row.last_four))
        if not same or not self._is_whole:
            self.mask()

    def mask(self) -> None:
        """Only the last four."""
        self._is_whole = False
        self.number.setText(f"••••••-{self._case.last_four}" if self._case is not None else "")
        self._name_toggle(self._context.texts.say("show"))

    def _on_toggled(self) -> None:
        if self._is_whole or self._case is None:
            self.mask()
            return
        self.number.setText(cases.show_identity_number(self._context.store, self._case.participant_id))
        self._is_whole = True
        self._name_toggle(self._context.texts.say("hide"))

    def _name_toggle(self, words: str) -> None:
        self.toggle.set_words(words)
        self.toggle.setAccessibleName(f"{words}: {self._context.texts.say('Identity number')}")


class CaseView(QWidget):
    """The body of the case page. `gone` when the case is no longer there; `changed(CaseRow)` when its head is to be shown."""

    gone = Signal()
    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._case: CaseRow | None = None
        self._case_id: int | None = None
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    @property
    def case(self) -> CaseRow | None:
        """The case shown."""
        return self._case

    def open_case(self, case_id: int) -> bool:
        """Show a case, and log that it was read. False when what was typed in another could not be kept."""
        if case_id != self._case_id and not self.details.fields.flush():
            return False
        self._case_id = case_id
        self.mask.mask()
        self._refresh()
        if self._case is not None:
            readings.note_case(self._context.store, case_id)
            self._area.verticalScrollBar().setValue(0)
        return True

    def step_back(self) -> bool:
        """Put away what stands open in a card; False when nothing does."""
        return self.consent.step_back() or self.closing.stop_asking()

    def focus_first(self) -> None:
        """Put the keyboard in the first field."""
        self.details.fields["given_name"].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Two columns where they fit."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    # --- internals ---

    def _build(self) -> None:
        context = self._context
        self.mask = IdentityMask(context)
        self.details = DetailsCard(context)
        self.consent = ConsentCard(context)
        self.actions = actions_card(context)
        self.sessions = sessions_card(context)
        self.hand_outs = hand_outs_card(context)
        self.closing = ClosingCard(context)
        self.closing.removed.connect(self._refresh)
        self._unfolded: QWidget | None = None
        self._after_layout = QTimer(self)
        self._after_layout.setSingleShot(True)
        self._after_layout.setInterval(0)
        self._after_layout.timeout.connect(self._bring_into_sight)
        for card in (self.consent, self.closing):
            card.unfolded.connect(self._on_unfolded)
        left = holding(column(self.details, self.actions, self.sessions, None, gap=PAD + 4))
        right = holding(column(self.consent, self.hand_outs, self.closing, None, gap=PAD + 4))
        self._columns = QHBoxLayout()
        # Room beneath, so that the line of a message never hides the last button.
        self._columns.setContentsMargins(EDGE, EDGE, EDGE, 3 * EDGE)
        self._columns.setSpacing(PAD + 4)
        self._columns.addWidget(left, 3)
        self._columns.addWidget(right, 2)
        self._area = scrolling(holding(self._columns))
        self.setLayout(column(self._area))

    def _on_unfolded(self, widget: QWidget) -> None:
        # Where it lies is known only when the cards have been laid out again.
        self._unfolded = widget
        self._after_layout.start()

    def _bring_into_sight(self) -> None:
        if self._unfolded is not None:
            self._area.ensureWidgetVisible(self._unfolded, 0, 3 * EDGE)

    def _refresh(self) -> None:
        if self._case_id is None:
            return
        row = self._context.store.read(case_queries.case, self._case_id, self._context.clock.today())
        if row is None:
            self._case = self._case_id = None
            self.gone.emit()
            return
        self._case = row
        self.mask.show_case(row)
        self.details.show_case(row)
        for card in (self.consent, self.actions, self.sessions, self.hand_outs, self.closing):
            card.show_case(row)
        self.changed.emit(row)
