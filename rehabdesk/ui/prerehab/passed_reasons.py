"""Why each one who is passed over is: asked whenever a place goes to somebody further down the list (`product.md` rule 3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QLineEdit, QWidget

from rehabdesk.domain.prerehab import CHOSEN_REASONS, PassOverReason
from rehabdesk.domain.problems import Problem
from rehabdesk.services.prerehab.claiming import Passed
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Label, Link, Muted, Words
from rehabdesk.ui.parts.forms import ChoiceField, FieldProblem
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.parts.narrow import keep_narrow

#: A problem about one who is passed over carries her claim.
_WHOSE = "booking_id"


#: More than so many stand folded under the one reason for all of them.
MOST_UNFOLDED = 4


def read_by_her(texts: Texts) -> str:
    """Where words beside another reason end up."""
    return texts.say("Beside “another reason” this can stand in a letter to the person. Name nobody else.")


class ReasonLine(QWidget):
    """One reason: a choice, and words that another reason needs."""

    def __init__(self, texts: Texts, who: str) -> None:
        super().__init__()
        self.setProperty("part", "clear")
        name = texts.say("Why passed over: {who}", who=who)
        choices = [(None, texts.name("passed over", "choose why")), *((reason, texts.term(reason)) for reason in CHOSEN_REASONS)]
        self.who = who
        self.reason = keep_narrow(ChoiceField(choices, name))
        self.text = QLineEdit()
        self.text.setAccessibleName(texts.say("In words: {who}", who=who))
        self.text.setPlaceholderText(texts.say("In words, where that is needed"))
        self.hint = Muted(read_by_her(texts))
        self.text.hide()
        self.hint.hide()
        self.problem = FieldProblem()
        self.reason.currentIndexChanged.connect(self._on_reason)
        self.setLayout(column(Words(who), self.reason, self.text, self.hint, self.problem, gap=4))

    @property
    def passed(self) -> Passed | None:
        """The reason, where one is chosen."""
        return None if self.reason.value is None else Passed(self.reason.value, self.text.text())

    def _on_reason(self, _place: int) -> None:
        """Words are asked for beside a reason, and not in every line before there is one."""
        self.text.setVisible(self.reason.value is not None)
        self.hint.setVisible(self.reason.value is PassOverReason.OTHER)


class PassedReasons(QWidget):
    """A line for each who is passed over, and above several one that is for all of them. Nobody's reason is guessed.

    `kept` holds what is half written as one text, never seen: a form's draft can watch it like any other line.
    """

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self._lines: dict[int, ReasonLine] = {}
        self._all: ReasonLine | None = None
        self.kept = QLineEdit(self)
        self.kept.hide()
        self._rows = column(gap=10)
        self.heading = Label(texts.say("Why these are passed over. It stands on file, so that they can be told."))
        self.heading.setWordWrap(True)
        self._own = column(gap=10)
        self._folded = holding(self._own)
        self.unfold = Link(texts.say("A reason of its own for each"))
        self.unfold.clicked.connect(self._on_unfold)
        self.who = Muted()
        self.setLayout(column(self.heading, self.who, holding(self._rows), line(self.unfold, None), self._folded, gap=8))
        self.hide()

    @property
    def is_asking(self) -> bool:
        """Whether anybody is passed over whose reason is asked."""
        return bool(self._lines)

    @property
    def passed(self) -> Mapping[int, Passed]:
        """The reasons that are chosen, by booking; for those without one of their own the reason for all."""
        of_all = self._all.passed if self._all is not None else None
        found = {booking_id: each.passed or of_all for booking_id, each in self._lines.items()}
        return {booking_id: passed for booking_id, passed in found.items() if passed is not None}

    def ask(self, people: Sequence[tuple[int, str]]) -> None:
        """Ask about these: (booking, who in words). What was chosen for those already asked about stays."""
        if [booking_id for booking_id, _ in people] == list(self._lines):
            return
        kept = json.loads(self.kept.text() or "{}")
        before = self._lines
        # Whoever is asked about already keeps her line: a list of seventy is walked down one by one.
        self._lines = {booking_id: before.get(booking_id) or self._line(str(booking_id), who, kept) for booking_id, who in people}
        for booking_id, line_ in before.items():
            if booking_id not in self._lines:
                self._own.removeWidget(line_)
                line_.hide()
                line_.deleteLater()
        for at, line_ in enumerate(self._lines.values()):
            if self._own.indexOf(line_) != at:
                self._own.removeWidget(line_)
                self._own.insertWidget(at, line_)
        if (len(people) > 1) != (self._all is not None):
            clear(self._rows)
            self._all = self._line("", self._texts.say("The same for all"), kept) if len(people) > 1 else None
            if self._all is not None:
                self._rows.addWidget(self._all)
        self._fold(len(people) > MOST_UNFOLDED)
        self.who.setText(self._texts.listing(who for _, who in people))
        self.setVisible(bool(people))

    def clear(self) -> None:
        """Nobody is passed over, and nothing is kept."""
        self.kept.clear()
        self.ask(())

    def focus_first(self) -> None:
        """Put the keyboard on the first reason."""
        first = self._all if self._all is not None else next(iter(self._lines.values()), None)
        if first is not None:
            first.reason.setFocus()

    def show_problems(self, problems: Iterable[Problem], names: Mapping[int, str] = MappingProxyType({})) -> tuple[Problem, ...]:
        """Ask about those whose reason the verb lacked, and say beside those already asked about what is wrong; the rest is returned.

        `names` say who a claim is; without one there it is the number of the case.
        """
        problems = tuple(problems)
        mine = {problem.params[_WHOSE]: problem for problem in problems if _WHOSE in problem.params}
        known = frozenset(self._lines)
        people = [(booking_id, line_.who) for booking_id, line_ in self._lines.items()]
        new = [(booking_id, names.get(booking_id) or problem.params["case_number"]) for booking_id, problem in mine.items() if booking_id not in known]
        self.ask([*people, *new])
        for booking_id, line_ in self._lines.items():
            line_.problem.tell(self._texts.problem(mine[booking_id]) if booking_id in mine and booking_id in known else "")
        if known & mine.keys() and self._all is not None and self._all.passed is not None:
            # Somebody's own reason is not whole.
            self._fold(False)
        if mine:
            self.focus_first()
        return tuple(problem for problem in problems if _WHOSE not in problem.params)

    def _line(self, key: str, who: str, kept: Mapping[str, tuple[str, str]]) -> ReasonLine:
        """A new line, with what is kept of it."""
        made = ReasonLine(self._texts, who)
        reason, words = kept.get(key, ("", ""))
        made.reason.set_written(reason)
        made.text.setText(words)
        made.reason.changed.connect(partial(self._on_chosen, made))
        made.text.textEdited.connect(self._keep)
        return made

    def _on_unfold(self) -> None:
        self._fold(False)
        next(iter(self._lines.values())).reason.setFocus()

    def _fold(self, folded: bool) -> None:
        self._folded.setVisible(not folded)
        self.unfold.setVisible(folded)
        self.who.setVisible(folded)

    def _on_chosen(self, line_: ReasonLine, _reason: object) -> None:
        line_.problem.tell("")
        self._keep()

    def _every_line(self) -> dict[str, ReasonLine]:
        """By what each is kept as: its claim, or nothing for the one that is for all."""
        lines = {str(booking_id): line_ for booking_id, line_ in self._lines.items()}
        return lines if self._all is None else {"": self._all, **lines}

    def _keep(self, _edited: object = None) -> None:
        self.kept.setText(json.dumps({key: (line_.reason.written, line_.text.text()) for key, line_ in self._every_line().items()}))
