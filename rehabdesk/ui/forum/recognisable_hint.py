"""The hint beside a de-identified consultation: that its text, as it stands, could point to somebody. It refuses nothing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.recognisable import Found, Lookout
from rehabdesk.services.forum.recognisable import lookout
from rehabdesk.texts import Texts
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

MOST_SIGNS = 20_000
"""Past this much text only the beginning is looked at: it is asked at every keystroke."""


class RecognisableHint(Words):
    """One sentence, hidden while there is nothing to say."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", "small", parent=parent)
        self._context = context
        self._lookout: Lookout | None = None
        self.set_ink(Tone.AMBER)
        self.hide()
        watch(self, context.store, {"participant", "case", "contact", "party"}, self._forget)

    def look(self, texts: Iterable[str], *, hide_words: bool = False) -> None:
        """Say what of these texts together could point to somebody; without its words where a projector may show them."""
        if self._lookout is None:
            self._lookout = self._context.store.read(lookout)
        found = self._lookout.look("\n".join(text for text in texts if text)[:MOST_SIGNS])
        said = _sentence(self._context.texts, found, hide_words)
        self.setText(said)
        self.setVisible(bool(said))

    def quiet(self) -> None:
        """It is no consultation: there is nothing to say."""
        self.setText("")
        self.hide()

    def _forget(self) -> None:
        self._lookout = None


def _sentence(texts: Texts, found: Found, hide_words: bool) -> str:
    if hide_words and found:
        return texts.say("The text could point to one person. Write it more broadly.")
    said = []
    if found.names:
        said.append(texts.say("{words} can be a person in the register. Write it without.", words=_quoted(texts, found.names[:3])))
    if found.is_telling:
        words = _quoted(texts, [words for _, words in found.details])
        said.append(texts.say("Together {words} can point to one person. Leave something out, or write it more broadly.", words=words))
    return " ".join(said)


def _quoted(texts: Texts, words: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts.say("“{words}”", words=one) for one in words)
