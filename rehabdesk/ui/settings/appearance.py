"""Språk och utseende: the language of the window and of papers, and the palette. Every choice takes effect at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.services import settings
from rehabdesk.store.queries import settings as queries
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.tokens import Mode
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.shell.context import Context

# Each language by its own name: whoever ended up in the wrong one finds the way back.
OWN_NAMES = (("sv", "Svenska"), ("en", "English"))


class AppearanceSection(Section):
    """Language and theme are the machine's; the language of papers is the forum's."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self.language = ChoiceField(OWN_NAMES, texts.say("Language of the window"))
        self.language.set_value(texts.language)
        self.language.changed.connect(self._on_language)
        self.papers = ChoiceField(OWN_NAMES, texts.say("Language of papers"))
        self.papers.changed.connect(self._on_papers)
        self.theme = ChoiceField(
            ((Mode.SYSTEM, texts.say("As the system")), (Mode.LIGHT, texts.say("Light")), (Mode.DARK, texts.say("Dark"))),
            texts.say("Colours"),
        )
        self.theme.set_value(context.theme.mode)
        self.theme.changed.connect(self._on_theme)
        form = Form(texts)
        form.add("language", texts.say("Language of the window"), self.language)
        form.add("papers", texts.say("Language of papers"), self.papers)
        form.add("theme", texts.say("Colours"), self.theme, texts.say("The size of the text follows the system."))
        card = Card(texts.say("Language and appearance"))
        card.add(form)
        self.rows.addWidget(card)
        self.rows.addStretch(1)
        watch(self, context.store, {"setting"}, self._refresh)

    def _refresh(self) -> None:
        self.papers.set_value(self.context.store.read(queries.paper_language))

    def _on_language(self, language: str) -> None:
        self.context.settings.change(language=language)
        self.context.change_language(language)

    def _on_papers(self, language: str) -> None:
        settings.set_paper_language(self.context.store, language)

    def _on_theme(self, mode: Mode) -> None:
        self.context.theme.choose(mode)
        self.context.settings.change(theme=mode.value)
