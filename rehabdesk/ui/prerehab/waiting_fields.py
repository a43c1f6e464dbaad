"""Who is registered and who asked for it: found as one types, by words that say exactly one."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.ui.forum.meeting.picker import InlinePicker
from rehabdesk.ui.shell.context import Context

#: The least width of a line with a day in it, at 14 px text: the pane beside the list is narrow.
DAY_WIDTH = 112


class _WordsField(InlinePicker):
    """What stands in the line is the value: its words are one of the choices, or nobody's. So a draft of it is its words."""

    def __init__(self, context: Context, name: str, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder, parent)
        self._context = context
        self._ids: dict[str, int] = {}
        self.picked.connect(self._on_picked)

    @property
    def words(self) -> str:
        """What stands in the line."""
        return self.line.text().strip()

    @property
    def chosen(self) -> int | None:
        """Whom the words name, or None."""
        return self._ids.get(self.words)

    def show_words(self, words: str) -> None:
        """Show this."""
        self.clear()
        self.line.setText(words)

    def words_of(self, id_: int | None) -> str:
        """What one of the choices is called; nothing where it is none."""
        return next((words for words, known in self._ids.items() if known == id_), "")

    def _offer(self, named: dict[int, str]) -> None:
        self._ids = {words: id_ for id_, words in named.items()}
        self.set_choices(tuple(named.items()))

    def _on_picked(self, chosen: int) -> None:
        self.show_words(self.words_of(chosen))


class CaseField(_WordsField):
    """An open case, by number or name; under protected identity by its number alone."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(context, texts.name("column", "Case"), texts.say("Case number or name"), parent)

    def refresh(self, without: Collection[int] = ()) -> None:
        """The open cases there are now, but for those that are on the list already."""
        rows = self._context.store.read(case_queries.cases, self._context.clock.today(), closed=False)
        self._offer({row.id: row.number if row.is_protected else f"{row.number} {row.full_name}" for row in rows if row.id not in without})


class ReferrerField(_WordsField):
    """A party, or anybody in words. A sensitive party is found only inside a case (`product.md` rule 5)."""

    def __init__(self, context: Context, *, inside_case: bool, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(context, texts.say("Referred by"), texts.say("A party, or anybody"), parent)
        self._inside_case = inside_case

    def refresh(self) -> None:
        """The parties there are now."""
        rows = self._context.store.read(party_queries.parties)
        self._offer({row.id: row.written for row in rows if self._inside_case or not row.is_sensitive})
