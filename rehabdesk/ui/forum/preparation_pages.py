"""The agenda and what is done before it is sent out: a proposal that is looked at, and the calls. One of them is shown at a time."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from rehabdesk.ui.forum.calling_view import CallingView
from rehabdesk.ui.forum.proposal_page import ProposalPage
from rehabdesk.ui.shell.context import Context


class PreparationPages(QStackedWidget):
    """The agenda's own widget first; the others are built when they are first looked at. `back` when the agenda is shown again."""

    back = Signal()

    def __init__(self, context: Context, session_id: int, agenda: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._session_id = session_id
        self._proposal: ProposalPage | None = None
        self._calls: CallingView | None = None
        self.addWidget(agenda)

    @property
    def proposal(self) -> ProposalPage | None:
        """The proposal, once it has been asked for."""
        return self._proposal

    @property
    def calls(self) -> CallingView | None:
        """The calls, once they have been looked at."""
        return self._calls

    def show_proposal(self) -> None:
        """Propose an agenda."""
        if self._proposal is None:
            self._proposal = ProposalPage(self._context, self._session_id)
            self._proposal.taken.connect(self._on_taken)
            self._proposal.closed.connect(self.step_back)
            self.addWidget(self._proposal)
        self.setCurrentWidget(self._proposal)
        self._proposal.begin()

    def show_calls(self) -> None:
        """Who is called, and what she has answered."""
        if self._calls is None:
            self._calls = CallingView(self._context, self._session_id)
            self._calls.closed.connect(self.step_back)
            self.addWidget(self._calls)
        self.setCurrentWidget(self._calls)
        self._calls.begin()

    def step_back(self) -> bool:
        """Back to the agenda; False when it is shown already."""
        if self.currentIndex() == 0:
            return False
        self.setCurrentIndex(0)
        self.back.emit()
        return True

    def _on_taken(self) -> None:
        self._context.messages.info(self._context.texts.say("The agenda is as proposed. Ctrl+Z takes it back."))
        self.step_back()
