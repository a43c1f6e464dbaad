"""The lock screen: which vault, whose passphrase, and why it does not open. It loads nothing that is not needed to paint it.

`basics` tells why `Qt` is taken from its module only where it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Link, Muted, Title, Words, restyle
from rehabdesk.ui.parts.field_frame import FieldFrame, FieldProblem
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import EDGE, GAP, PAD, Tone
from rehabdesk.ui.shell.languages import LanguageChoice
from rehabdesk.ui.shell.secret_field import SecretField

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from rehabdesk.services.vault import Holder, UnlockedVault
    from rehabdesk.ui.parts.forms import ChoiceField
    from rehabdesk.ui.shell.background import Work

LONGEST_DELAY = 5.0
WIDTH = 460
_BROUGHT_BACK_BY_COPY = frozenset({"vault.slots_gone_copy_there", "vault.slots_damaged"})

Unlock: TypeAlias = "Callable[[Path, str, Holder | None], UnlockedVault]"
ChooseFolder = Callable[[QWidget, str], Path | None]


def ask_for_folder(parent: QWidget, title: str) -> Path | None:
    """The system's own dialog."""
    from PySide6.QtWidgets import QFileDialog

    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def unlock(folder: Path, secret: str, holder: Holder | None) -> UnlockedVault:
    """The vault itself, loaded by whoever first tries to open one."""
    from rehabdesk.services import vault

    return vault.unlock(folder, secret, holder)


def delay_after(wrong: int) -> float:
    """Seconds to wait after so many wrong tries: half a second, then doubled, never past five."""
    return min(LONGEST_DELAY, 0.5 * 2 ** (wrong - 1)) if wrong else 0.0


class Locksmith(NamedTuple):
    """What the lock screen asks of the world; tests answer in its stead."""

    unlock: Unlock = unlock
    choose_folder: ChooseFolder = ask_for_folder


class LockScreen(QFrame):
    """`unlocked(UnlockedVault, secret)`; `new_vault_wanted`; `language_chosen("en")`; `painted` once, after the first paint."""

    unlocked = Signal(object, str)
    new_vault_wanted = Signal()
    language_chosen = Signal(str)
    painted = Signal()

    def __init__(self, texts: Texts, theme: Theme, clock: Clock, folder: Path | None, locksmith: Locksmith | None = None) -> None:
        super().__init__()
        self._texts, self._theme, self._clock = texts, theme, clock
        self._locksmith = locksmith or Locksmith()
        self._folder = folder
        self._work: Work | None = None
        self._wrong = 0
        self._not_before = 0.0
        self._was_painted = False
        self._warning: Words | None = None
        self._holder: ChoiceField | None = None
        self._holder_frame: FieldFrame | None = None
        self._by_copy: KeyButton | None = None
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self.submit)
        self.setProperty("part", "page")
        self.setWindowTitle("rehabdesk")
        self._build()
        self._name_vault()

    @property
    def folder(self) -> Path | None:
        """The vault that would be opened."""
        return self._folder

    @property
    def busy(self) -> bool:
        """Whether a passphrase is being tried."""
        return self._work is not None

    @property
    def sentence(self) -> str:
        """What is said beside the field."""
        return self._problem.text()

    def typed(self) -> str:
        """What stands in the field."""
        return self.secret.secret

    def fill_in(self, secret: str) -> None:
        """Put this in the field, as if it were typed."""
        self.secret.line.setText(secret)

    def submit(self) -> None:
        """Try what is typed; within the delay after a wrong try, as soon as it has passed."""
        if self.busy or self._folder is None:
            return
        if not self.typed():
            self._tell((Problem("passphrase.missing"),))
            return
        left = self._not_before - self._clock.monotonic()
        if left > 0:
            self._problem.tell(self._texts.say("It is tried again in a moment: after each wrong passphrase the wait is longer."))
            self._retry.start(round(left * 1000) + 1)
            return
        self._retry.stop()
        self._problem.tell("")
        self._start()

    def choose(self, folder: Path) -> None:
        """Another vault; a passphrase half typed stays."""
        self._folder = folder
        self._wrong, self._not_before = 0, 0.0
        self._examine()
        self._focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter opens, or presses the button that has the focus."""
        if event.key() not in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(self.focusWidget(), KeyButton):
            self.focusWidget().click()
        else:
            self.submit()

    def showEvent(self, event: QEvent) -> None:  # noqa: N802
        """Begin where one types."""
        super().showEvent(event)
        self._focus()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell once that there is something to see."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self._on_painted)

    # --- internals ---

    def _build(self) -> None:
        texts = self._texts
        self._title = Title()
        self._place = Muted()
        self.secret = SecretField(texts, texts.say("Passphrase"))
        self._secret_frame = FieldFrame(texts, texts.say("Passphrase"), self.secret)
        self._problem = FieldProblem()
        self._open = KeyButton(texts.name("button", "Open"), shows="Return", kind="primary")
        self._open.clicked.connect(self.submit)
        self._recovery = self._link(texts.name("button", "I have the recovery key"), self._on_recovery)
        self._other = self._link(texts.name("button", "Choose another vault"), self._on_choose)
        self._new = self._link(texts.name("button", "Create a new vault"), self.new_vault_wanted)
        self._languages = LanguageChoice(texts)
        self._languages.chosen.connect(self.language_chosen)
        card = QFrame()
        card.setProperty("part", "card")
        card.setFixedWidth(self._theme.px(WIDTH))
        self._first_line = line(self._open, None)
        self._rows = column(
            self._title, self._place, GAP, self._secret_frame, self._problem, self._first_line, GAP,
            line(self._recovery, None), line(self._other, self._new, None), margin=EDGE, gap=GAP,
        )
        card.setLayout(self._rows)
        self.setLayout(column(None, line(None, card, None), PAD, line(None, self._languages, None), None, margin=EDGE))

    def _complete(self) -> None:
        """What only some vaults need, made when it is known which one this is: after the first paint, and hidden."""
        if self._warning is not None:
            return
        from rehabdesk.ui.parts.forms import ChoiceField

        texts = self._texts
        self._warning = Words("", ink=Tone.AMBER)
        self._holder = ChoiceField((), texts.say("Who are you?"))
        self._holder_frame = FieldFrame(texts, texts.say("Who are you?"), self._holder)
        self._by_copy = KeyButton(texts.name("button", "Use the kept copy of the key file"))
        self._by_copy.clicked.connect(self._on_bring_back)
        for widget in (self._warning, self._holder_frame, self._by_copy):
            widget.hide()
        self._rows.insertWidget(self._rows.indexOf(self._place) + 1, self._warning)
        self._rows.insertWidget(self._rows.indexOf(self._secret_frame), self._holder_frame)
        self._first_line.insertWidget(1, self._by_copy)
        for before, after in ((self._holder, self.secret.line), (self._open, self._by_copy)):
            QWidget.setTabOrder(before, after)

    def _link(self, words: str, do: object) -> Link:
        link = Link(words)
        link.clicked.connect(do)
        return link

    def _on_painted(self) -> None:
        self.painted.emit()
        self._look_at_vault()

    def _examine(self) -> None:
        """Show what is known of the vault before it is opened."""
        self._name_vault()
        self._look_at_vault()

    def _name_vault(self) -> None:
        texts, folder = self._texts, self._folder
        self._title.setText(texts.say("Open the vault {name}", name=folder.stem) if folder else texts.say("Welcome to rehabdesk"))
        self._place.setText(str(folder.parent) if folder else texts.say("Create a vault for your forum, or choose one that is there."))
        for widget in (self._secret_frame, self._open, self._recovery):
            widget.setVisible(folder is not None)
        restyle(self._new, "kind", "link" if folder else "primary")
        for widget in (self._warning, self._by_copy, self._holder_frame):
            if widget is not None:
                widget.hide()
        self._problem.tell("")

    def _look_at_vault(self) -> None:
        """What its folder tells; the code that reads it is loaded after the first paint."""
        from rehabdesk.services import vault

        self._complete()
        found: tuple[Holder, ...] = ()
        if self._folder is not None:
            self._warning.setText(self._texts.problems(vault.warnings_about(self._folder)))
            self._warning.setVisible(bool(self._warning.text()))
            try:
                found = vault.holders(self._folder)
            except Refused as refused:
                self._tell(refused.problems)
        self._holder.set_choices([(holder, holder.name) for holder in found])
        self._holder_frame.setVisible(len(found) > 1)

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        self._complete()
        self._problem.tell(self._texts.problems(problems))
        self.secret.line.setAccessibleDescription(self._problem.text())
        self._by_copy.setVisible(any(problem.code in _BROUGHT_BACK_BY_COPY for problem in problems))

    def _start(self) -> None:
        from rehabdesk.ui.shell.background import Work

        self._complete()
        holder = self._holder.value if self._holder_frame.isVisibleTo(self) else None
        self._set_busy(True)
        self._work = Work(partial(self._locksmith.unlock, self._folder, self.typed(), holder))
        self._work.done.connect(self._on_unlocked)
        self._work.refused.connect(self._on_refused)
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def _set_busy(self, busy: bool) -> None:
        self.secret.line.setReadOnly(busy)
        for widget in (self._open, self._holder, self._recovery, self._other, self._new, self._languages):
            widget.setEnabled(not busy)
        self._open.set_words(self._texts.say("Opening…") if busy else self._texts.name("button", "Open"))

    def _on_unlocked(self, vault: UnlockedVault) -> None:
        secret = self.typed()
        self.secret.line.clear()
        self.unlocked.emit(vault, secret)

    def _on_refused(self, refused: Refused) -> None:
        self._tell(refused.problems)
        if any(problem.code == "vault.wrong_passphrase" for problem in refused.problems):
            self._wrong += 1
            self._not_before = self._clock.monotonic() + delay_after(self._wrong)

    def _on_ended(self) -> None:
        self._work = None
        self._set_busy(False)
        self._focus()
        self.secret.line.selectAll()

    def _on_recovery(self) -> None:
        self._secret_frame.label.setText(self._texts.say("Recovery key"))
        self.secret.line.setAccessibleName(self._texts.say("Recovery key"))
        self._problem.tell("")
        self.secret.show_button.setChecked(True)
        self.secret.line.setPlaceholderText("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXX")
        self._recovery.hide()
        self._focus()

    def _on_choose(self) -> None:
        folder = self._locksmith.choose_folder(self, self._texts.say("Choose the vault's folder, the one that ends in .rehabdesk"))
        if folder is not None:
            self.choose(folder)

    def _on_bring_back(self) -> None:
        from rehabdesk.services import vault

        assert self._folder is not None

        try:
            vault.bring_back_slots(self._folder)
        except Refused as refused:
            self._tell(refused.problems)
            return
        self._examine()
        self._focus()

    def _focus(self) -> None:
        target = self.secret.line if self._folder is not None else self._new
        target.setFocus()
