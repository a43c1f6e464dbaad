"""Settings: the parts at the left, the chosen one beside; each is made when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from rehabdesk.ui.parts.layouts import column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.settings.appearance import AppearanceSection
from rehabdesk.ui.settings.organisations import OrganisationsSection
from rehabdesk.ui.settings.printers import PrintersSection
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.settings.series import SeriesSection
from rehabdesk.ui.settings.vault import VaultSection
from rehabdesk.ui.settings.you import YouSection
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording.shell import SETTINGS


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: what a `Target` calls it, its words, and what makes it."""

    face: str
    words: str
    make: Callable[[Context], Section]


class SettingsPage(Page):
    """The room of settings. A target's face is you, series, organisations, printing, appearance or vault."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self.set_title(texts.say(SETTINGS))
        self._entries = (
            Entry("you", texts.say("You"), YouSection),
            Entry("series", texts.name("list", "Series"), SeriesSection),
            Entry("organisations", texts.say("Organisations and logo"), OrganisationsSection),
            Entry("printing", texts.say("Printing"), PrintersSection),
            Entry("appearance", texts.say("Language and appearance"), AppearanceSection),
            Entry("vault", texts.say("Vault"), VaultSection),
        )
        self._made: dict[str, tuple[Section, QScrollArea]] = {}
        self._stack = QStackedWidget()
        self.list = self._build_list()
        side = holding(column(self.list))
        side.layout().setContentsMargins(EDGE, EDGE, PAD // 2, EDGE)
        row = line(side, self._stack, gap=0)
        row.setStretch(1, 1)
        self.body.addLayout(row, 1)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.list.setCurrentRow(0)

    @property
    def section(self) -> Section:
        """The part that is shown."""
        return self._made[self._entries[self.list.currentRow()].face][0]

    def open_target(self, target: Target) -> None:
        """Go to the part the target names, and to the row in it."""
        for place, entry in enumerate(self._entries):
            if entry.face == target.face:
                self.list.setCurrentRow(place)
        if target.id is not None:
            self.section.open_row(target.id)

    def step_back(self) -> bool:
        """Esc leaves what is open in the part."""
        return self.section.step_back()

    def focus_first(self) -> None:
        """The keyboard starts in the list of parts."""
        self.list.setFocus()

    def _build_list(self) -> QListWidget:
        parts = QListWidget()
        parts.setProperty("part", "framed")
        parts.setAccessibleName(self.context.texts.say("Parts of the settings"))
        parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for entry in self._entries:
            QListWidgetItem(entry.words, parts)
        parts.setFixedWidth(parts.sizeHintForColumn(0) + 2 * PAD)
        return parts

    def _on_chosen(self, place: int) -> None:
        entry = self._entries[place]
        if entry.face not in self._made:
            section = entry.make(self.context)
            content = holding(line(section, None))
            content.layout().setStretch(0, 1)
            content.layout().setStretch(1, 0)
            content.layout().setContentsMargins(PAD // 2, EDGE, EDGE, EDGE)
            area = scrolling(content)
            self._stack.addWidget(area)
            self._made[entry.face] = (section, area)
        self._stack.setCurrentWidget(self._made[entry.face][1])
