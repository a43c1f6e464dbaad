"""The room of pre-rehabilitation: its own faces, or one round with its faces."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from rehabdesk.store.queries.prerehab import rounds as queries
from rehabdesk.ui.prerehab.faces import ROOM
from rehabdesk.ui.prerehab.overview import RoomOverview
from rehabdesk.ui.prerehab.round_page import RoundPage
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording.shell import PREREHAB


class PrerehabPage(Page):
    """Targets: `prerehab` with a face; kind `programme` with an id chooses it on the face; kind `round` with an id and a face."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # The room and the round each have a head of their own.
        self.header.hide()
        self.setAccessibleName(context.texts.say(PREREHAB))
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack)
        self.overview = RoomOverview(context, self._stack)
        self._stack.addWidget(self.overview)
        self.round: RoundPage | None = None

    def open_target(self, target: Target) -> None:
        """A face of the room, or of one round."""
        if target.kind == "round" and target.id is not None:
            if self.context.store.read(queries.round_of, target.id, self.context.clock.today()) is not None:
                self._show_round(target.id, target.face)
                return
            self._tell_gone()
        self.overview.show_face(target.face, target.id if target.kind == "programme" else None)
        self._stack.setCurrentWidget(self.overview)

    def step_back(self) -> bool:
        """Inside what is shown first; else the window goes back to where one came from."""
        return self._stack.currentWidget().step_back()

    def focus_first(self) -> None:
        """The first thing to act on in what is shown."""
        self._stack.currentWidget().focus_first()

    # --- internals ---

    def _show_round(self, round_id: int, face: str) -> None:
        if self.round is None:
            self.round = RoundPage(self.context, self._stack)
            self.round.gone.connect(self._on_gone)
            self._stack.addWidget(self.round)
        if self.round.show_round(round_id, face) and self._stack.currentWidget() is not self.round:
            self._stack.setCurrentWidget(self.round)
            # What is hidden cannot take the keyboard, so the page does it once it is shown.
            self.round.focus_first()

    def _on_gone(self) -> None:
        if self._stack.currentWidget() is self.round:
            self._tell_gone()
            self.context.navigate(Target(ROOM))

    def _tell_gone(self) -> None:
        self.context.messages.warn(self.context.texts.say("The round has been removed meanwhile."))
