"""After the recovery key: a new passphrase, since the old one is forgotten."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.vault import Kdf, UnlockedVault, change_passphrase
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Muted, Title
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD
from rehabdesk.ui.shell.background import Work
from rehabdesk.ui.shell.first_run.strength import PassphrasePair

WIDTH = 520


class NewPassphrase(QWidget):
    """`done(UnlockedVault)` when the passphrase is changed, or was left as it is."""

    done = Signal(object)

    def __init__(self, texts: Texts, theme: Theme, vault: UnlockedVault, recovery_key: str, kdf: Kdf | None = None) -> None:
        super().__init__()
        self._texts, self._vault, self._key, self._kdf = texts, vault, recovery_key, kdf
        self._work: Work | None = None
        self.setProperty("part", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("rehabdesk")
        self.pair = PassphrasePair(texts, theme, self._guessable)
        self._save = KeyButton(texts.name("button", "Change the passphrase"), shows="Return", kind="primary")
        self._save.clicked.connect(self.submit)
        self._later = KeyButton(texts.name("button", "Keep the old one"), shows="Esc")
        self._later.clicked.connect(self._leave)
        card = QFrame()
        card.setProperty("part", "card")
        card.setFixedWidth(theme.px(WIDTH))
        told = texts.say("The recovery key has opened the vault. If the passphrase is forgotten, choose a new one now.")
        self.setAccessibleName(told)
        card.setLayout(column(
            Title(texts.say("A new passphrase")), Muted(told), PAD, self.pair, PAD, line(self._later, None, self._save),
            margin=EDGE, gap=GAP,
        ))
        self.setLayout(column(None, line(None, card, None), None, margin=EDGE))
        self.pair.first.line.setFocus()

    def submit(self) -> None:
        """Change it, when nothing is wrong with it."""
        if self._work is None:
            self.pair.check(self._judge)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter changes, or presses the button that has the focus; Esc keeps the old one."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(self.focusWidget(), KeyButton):
            self.focusWidget().click()
        else:
            self.submit()

    def _judge(self, problems: tuple[Problem, ...]) -> None:
        self.pair.form.show_problems(problems)
        if problems:
            return
        change = partial(change_passphrase, self._vault, self._key, self.pair.first.secret, kdf=self._kdf)
        self._set_busy(True)
        self._work = Work(change)
        self._work.done.connect(self._on_done)
        self._work.refused.connect(self._on_refused)
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self.pair, self._save, self._later):
            widget.setEnabled(not busy)

    def _on_done(self, _nothing: object) -> None:
        self._leave_with_vault()

    def _on_refused(self, refused: Refused) -> None:
        self.pair.form.show_problems(refused.problems)

    def _on_ended(self) -> None:
        self._work = None
        self._set_busy(False)

    def _leave(self) -> None:
        if self._work is None:
            self._leave_with_vault()

    def _leave_with_vault(self) -> None:
        self._key = ""
        self.done.emit(self._vault)

    def _guessable(self) -> tuple[str, ...]:
        return (self._vault.folder.stem,)
