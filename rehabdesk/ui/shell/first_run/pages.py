"""The pages of the first run. Each shows its part of the draft, writes it back when it is left, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QLineEdit, QRadioButton, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.first_run import FirstForum, problems_with_coordinator, problems_with_forum
from rehabdesk.services.vault import confirm_recovery_key, generate_recovery_key, is_vault, warnings_about
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import KeyButton, Muted, Words
from rehabdesk.ui.parts.forms import Form
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.parts.tokens import GAP, PAD, Tone
from rehabdesk.ui.shell.first_run.draft import Draft, Needs, RecoverySheet
from rehabdesk.ui.shell.first_run.strength import PassphrasePair
from rehabdesk.ui.shell.languages import LANGUAGE_NAMES

Judge = Callable[[tuple[Problem, ...]], None]


class WizardPage(QWidget):
    """One page: `title` and `told` head it. `check` calls back with what is wrong; `restart` asks for another language."""

    restart = Signal()

    def __init__(self, texts: Texts, draft: Draft, needs: Needs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self.texts, self.draft, self.needs = texts, draft, needs
        self.form = Form(texts)
        self.title = ""
        self.told = ""

    def enter(self) -> None:
        """The page is shown."""

    def keep(self) -> None:
        """Write what is typed to the draft."""

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with what is typed."""
        return ()

    def check(self, judge: Judge) -> None:
        """Tell `judge` what is wrong, now or when it is known."""
        judge(self.problems())

    def knows(self, problem: Problem) -> bool:
        """Whether a problem met later belongs beside a field of this page."""
        return False

    def focus_first(self) -> None:
        """Put the keyboard where one begins."""
        field = next((found for found in self.findChildren(QWidget) if found.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def line_edit(self, text: str, wide: bool = True) -> QLineEdit:
        """A line with what was typed before."""
        edit = QLineEdit(text)
        if not wide:
            edit.setMaximumWidth(self.needs.theme.px(160))
        return edit


class LanguagePage(WizardPage):
    """Which language; taken at once."""

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__(texts, draft, needs)
        self.title = texts.say("Language")
        self.told = texts.say("The program and its papers speak this language. It can be changed later.")
        self._buttons: dict[str, QRadioButton] = {}
        rows = column(gap=GAP)
        for language, name in LANGUAGE_NAMES:
            button = QRadioButton(name)
            button.setChecked(language == draft.language)
            button.toggled.connect(self._on_toggled)
            self._buttons[language] = button
            rows.addWidget(button)
        self.setLayout(rows)

    def focus_first(self) -> None:
        """The language that is chosen."""
        self._buttons[self.draft.language].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_toggled(self, on: bool) -> None:
        if not on:
            return
        chosen = next(language for language, button in self._buttons.items() if button.isChecked())
        if chosen != self.draft.language:
            self.draft.language = chosen
            self.restart.emit()


class PlacePage(WizardPage):
    """The vault's name and folder, with a warning for poor places."""

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__(texts, draft, needs)
        self.title = texts.say("The vault")
        self.told = texts.say(
            "Everything lies in one encrypted folder on this computer: the vault. Give it the name of your forum."
        )
        self._name = self.line_edit(draft.vault_name)
        self._parent = self.line_edit(str(draft.parent))
        choose = KeyButton(texts.name("button", "Choose folder…"))
        choose.clicked.connect(self._on_choose)
        self._warning = Words("")
        self._warning.set_ink(Tone.AMBER)
        self._result = Muted()
        self.form.add("name", texts.say("Name of the vault"), self._name)
        row = line(self._parent, choose)
        row.setStretch(0, 1)
        holder = QWidget()
        holder.setProperty("part", "clear")
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        # What is told beside the field belongs to the line in it.
        holder.line = self._parent
        self.form.add("folder", texts.say("Folder that it lies in"), holder)
        self.setLayout(column(self.form, self._result, self._warning, gap=PAD))
        for edit in (self._name, self._parent):
            edit.textChanged.connect(self._look)
        self._look()

    def keep(self) -> None:
        """Name and folder."""
        self.draft.vault_name = self._name.text()
        typed = self._parent.text().strip()
        self.draft.parent = Path(typed).expanduser() if typed else Path()

    def problems(self) -> tuple[Problem, ...]:
        """A name that can be one, and a free place."""
        if not self._parent.text().strip():
            return (Problem("first_run.folder_missing", "folder"),)
        try:
            folder = self.draft.folder
        except Refused as refused:
            return refused.problems
        if is_vault(folder) or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            return (Problem("vault.place_taken", "name", {"name": folder.name}),)
        return ()

    def knows(self, problem: Problem) -> bool:
        """Whatever is said of the folder while the vault is made."""
        return problem.field in ("folder", "name") or problem.code.startswith(("vault.", "store."))

    def _look(self) -> None:
        self.keep()
        try:
            folder = self.draft.folder
        except Refused:
            self._result.setText("")
            self._warning.setText("")
            return
        self._result.setText(self.texts.say("The vault will be {path}", path=str(folder)))
        self._warning.setText(self.texts.problems(warnings_about(folder)))

    def _on_choose(self) -> None:
        folder = self.needs.choose_folder(self, self.texts.say("Folder that the vault is to lie in"))
        if folder is not None:
            self._parent.setText(str(folder))


class PassphrasePage(WizardPage):
    """The passphrase, twice, and how strong it is."""

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__(texts, draft, needs)
        self.title = texts.say("Your passphrase")
        self.told = texts.say("It opens the vault each day. Nobody can find it out for you, so choose one you will remember.")
        self.pair = PassphrasePair(texts, needs.theme, self._guessable)
        self.pair.fill_in(draft.passphrase, draft.passphrase_again)
        self.form = self.pair.form
        self.setLayout(column(self.pair))

    def keep(self) -> None:
        """Both."""
        self.draft.passphrase, self.draft.passphrase_again = self.pair.first.secret, self.pair.again.secret

    def check(self, judge: Judge) -> None:
        """When the strength is known."""
        self.pair.check(judge)

    def knows(self, problem: Problem) -> bool:
        """What is said of the passphrase while the vault is made."""
        return problem.code.startswith("passphrase.")

    def _guessable(self) -> tuple[str, ...]:
        return (self.draft.vault_name,)


class RecoveryPage(WizardPage):
    """The recovery key: shown large, printed or written down, and typed back."""

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__(texts, draft, needs)
        self.title = texts.say("The recovery key")
        self.told = texts.say(
            "If you forget the passphrase, only this key opens the vault. Print it or write it down, and keep the paper locked "
            "away from the computer. It is shown now and never again."
        )
        draft.recovery_key = draft.recovery_key or generate_recovery_key()
        self._key = Words(draft.recovery_key.replace("-", "  "), "large")
        self._key.setFont(_even(needs))
        self._key.setAccessibleName(texts.say("The recovery key: {key}", key=draft.recovery_key))
        printing = KeyButton(texts.name("button", "Print the key…"), "Ctrl+P")
        printing.clicked.connect(self._on_print)
        self._typed = self.line_edit(draft.typed_back)
        self._typed.setFont(_even(needs, 14))
        self.form.add("recovery_key", texts.say("Type the key from the paper"), self._typed, texts.say(
            "Hyphens and spaces may be left out."
        ))
        self.setLayout(column(self._key, line(printing, None), GAP, self.form, gap=PAD))

    def keep(self) -> None:
        """What was typed back."""
        self.draft.typed_back = self._typed.text()

    def problems(self) -> tuple[Problem, ...]:
        """It has to be the key."""
        try:
            confirm_recovery_key(self._typed.text(), self.draft.recovery_key)
        except Refused as refused:
            return refused.problems
        return ()

    def focus_first(self) -> None:
        """The line it is typed back in."""
        self._typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_print(self) -> None:
        printed = self.needs.print_recovery(
            self, RecoverySheet(self.draft.vault_name, self.draft.recovery_key), self.texts, self.needs.clock
        )
        said = () if printed else (Problem("first_run.key_not_printed", "recovery_key"),)
        self.form.show_problems(said)
        self.focus_first()


class CoordinatorPage(WizardPage):
    """Whom readers of the papers may ring."""

    def __init__(self, texts: Texts, draft: Draft, needs: Needs) -> None:
        super().__init__(texts, draft, needs)
        self.title = texts.say("You")
        self.told = texts.say("Every paper says whom its reader may ring. The title also names your passphrase on the lock screen.")
        self._edits = {
            "title": self.line_edit(draft.title or texts.say("Coordinator")), "name": self.line_edit(draft.name),
            "phone": self.line_edit(draft.phone), "hours": self.line_edit(draft.hours),
        }
        self.form.add("title", texts.say("Title"), self._edits["title"])
        self.form.add("coordinator_name", texts.say("Name"), self._edits["name"])
        self.form.add("phone", texts.say("Telephone"), self._edits["phone"])
        self.form.add("hours", texts.say("When you can be reached"), self._edits["hours"], texts.say("For example: weekdays 9–15"))
        self.setLayout(column(self.form))

    def keep(self) -> None:
        """All four."""
        for name, edit in self._edits.items():
            setattr(self.draft, name, edit.text())

    def problems(self) -> tuple[Problem, ...]:
        """A name, a number, a title."""
        return problems_with_coordinator(self.draft.coordinator())


def forum_of(draft: Draft) -> FirstForum:
    """What the services keep of the draft."""
    return FirstForum(draft.coordinator(), draft.organisation, draft.organisation_kind, draft.series_details(), draft.language)


def forum_problems(draft: Draft) -> tuple[Problem, ...]:
    """What is wrong with the series and its controller."""
    return problems_with_forum(forum_of(draft))


def _even(needs: Needs, size: int = 20) -> QFont:
    """Figures and letters of one width, so that groups can be compared."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(needs.theme.px(size))
    return font

