"""A passphrase typed twice, with its strength shown while it is typed; rated on a thread, never slowing the typing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem
from rehabdesk.services.vault import Strength, strength
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.bars import ProgressLine
from rehabdesk.ui.parts.basics import Muted
from rehabdesk.ui.parts.forms import Form
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.background import Work
from rehabdesk.ui.shell.secret_field import SecretField

_TONES = (Tone.RED, Tone.RED, Tone.AMBER, Tone.AMBER, Tone.GREEN)
_STRONGEST = 4


class Rater(QObject):
    """Rates the latest text, one at a time; what was overtaken while waiting is never rated. `rated(text, Strength)`."""

    rated = Signal(str, object)

    def __init__(self, words: Callable[[], tuple[str, ...]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._work: Work | None = None
        self._running = ""
        self._waiting: str | None = None

    def rate(self, text: str) -> None:
        """Ask for this text's strength."""
        self._waiting = text
        if self._work is None:
            self._next()

    def _next(self) -> None:
        assert self._waiting is not None
        self._running, self._waiting = self._waiting, None
        self._work = Work(partial(strength, self._running, self._words()))
        self._work.done.connect(self._on_rated)
        self._work.ended.connect(self._on_ended)
        self._work.start()

    def _on_rated(self, found: Strength) -> None:
        self.rated.emit(self._running, found)

    def _on_ended(self) -> None:
        self._work = None
        if self._waiting is not None:
            self._next()


class PassphrasePair(QWidget):
    """The two fields and the meter."""

    def __init__(self, texts: Texts, theme: Theme, words: Callable[[], tuple[str, ...]], parent: QWidget | None = None) -> None:
        """`words` are what a guesser would try first: the name of the vault, of the forum."""
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self._known: tuple[str, Strength] = ("", strength(""))
        self._then: Callable[[], None] | None = None
        self._rater = Rater(words, self)
        self._rater.rated.connect(self._on_rated)
        self.first = SecretField(texts, texts.say("Passphrase"))
        self.again = SecretField(texts, texts.say("The same passphrase again"))
        self._meter = ProgressLine(theme, texts.say("Strength"))
        self._told = Muted()
        self.form = Form(texts)
        self.form.add("passphrase", texts.say("Passphrase"), self.first, texts.say(
            "Four or five words that do not belong together are strong, and can be remembered."
        ))
        self.form.layout().insertLayout(1, column(self._meter, self._told, gap=4))
        self.form.add("passphrase_again", texts.say("The same passphrase again"), self.again)
        self.setLayout(column(self.form))
        # Tab leads from the one line to the other: whoever types on by touch must not type into a button.
        QWidget.setTabOrder(self.first.line, self.again.line)
        QWidget.setTabOrder(self.again.line, self.first.show_button)
        QWidget.setTabOrder(self.first.show_button, self.again.show_button)
        self.first.line.textEdited.connect(self._on_typed)
        self._show("", self._known[1])

    @property
    def told(self) -> str:
        """What the meter says in words."""
        return self._told.text()

    def fill_in(self, passphrase: str, again: str) -> None:
        """Show what was typed before."""
        self.first.line.setText(passphrase)
        self.again.line.setText(again)
        if passphrase:
            self._rater.rate(passphrase)

    def check(self, then: Callable[[tuple[Problem, ...]], None]) -> None:
        """Call `then` with what is wrong, as soon as what is typed has been rated."""
        self._then = partial(self._judge, then)
        if self._known[0] == self.first.secret:
            self._go_on()
        else:
            self._rater.rate(self.first.secret)

    def _judge(self, then: Callable[[tuple[Problem, ...]], None]) -> None:
        found = self._known[1].problem
        if found is not None:
            then((found,))
        elif self.again.secret != self.first.secret:
            then((Problem("first_run.passphrases_differ", "passphrase_again"),))
        else:
            then(())

    def _go_on(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def _on_typed(self, text: str) -> None:
        if text and not self._known[0]:
            # The first rating takes a moment; until then nothing is said that is no longer so.
            self._told.setText("")
        self._rater.rate(text)

    def _on_rated(self, text: str, found: Strength) -> None:
        self._known = (text, found)
        if text == self.first.secret:
            self._show(text, found)
            self._go_on()

    def _show(self, text: str, found: Strength) -> None:
        texts = self._texts
        words = (
            texts.say("Very easy to guess"), texts.say("Easy to guess"), texts.say("Weak"), texts.say("Not strong enough"),
            texts.say("Strong"),
        )
        told = words[found.score] if text else texts.say("Nothing is typed yet")
        if found.problem is not None and found.problem.code == "passphrase.too_short":
            told = texts.say("Still too short")
        self._told.setText(told)
        self._meter.show_share(found.score / _STRONGEST, told, _TONES[found.score])
