"""Valv: where everything lies, and who can open it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rehabdesk.domain.problems import Refused
from rehabdesk.services import vault
from rehabdesk.store.queries import settings as queries
from rehabdesk.ui.parts.basics import Card, Label, Muted, Words
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.shell.context import Context


class VaultSection(Section):
    """Read when the section is made; nothing here changes while the window is open."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        folder = context.store.read(queries.vault_folder)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        for row, (label, told) in enumerate(
            (
                (texts.say("Name"), folder.stem),
                # A break is allowed after each part of the path, since it has no spaces to break at.
                (texts.say("Folder"), str(folder).replace("/", "/\u200b").replace("\\", "\\\u200b")),
                (texts.say("Who can open it"), self._who(folder)),
            )
        ):
            words = Words(told)
            words.setAccessibleName(f"{label}: {told}")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(Label(label), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 1)
        about = texts.say(
            "Everything in the vault is encrypted and lies in this one folder. Whoever copies it without a passphrase or the recovery key "
            "can read nothing."
        )
        card = Card(texts.say("Vault"))
        card.add(column(Muted(about), grid, gap=16))
        self.rows.addWidget(card)
        self.rows.addStretch(1)

    def _who(self, folder: Path) -> str:
        texts = self.context.texts
        try:
            names = tuple(holder.name for holder in vault.holders(folder))
        except Refused as refused:
            return texts.problems(refused.problems)
        passphrases = texts.count("{n} passphrase: {names}.", "{n} passphrases: {names}.", len(names), names=names)
        return f"{passphrases} {texts.say('And whoever has the recovery key.')}"
