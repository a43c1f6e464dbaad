"""The case in a few lines: how it came, what is asked, when it is on next, where the file is, and what is to be followed up."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import follow_ups as follow_up_queries
from rehabdesk.store.queries.cases import BackgroundRow, CaseItemRow, CaseRow
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.faces import DETAILS
from rehabdesk.ui.parts.basics import Card, Label, Link, Words
from rehabdesk.ui.parts.layouts import column, holding
from rehabdesk.ui.shell.context import Context, Target


def bringer_words(texts: Texts, background: BackgroundRow) -> str:
    """Who brought the case: "Lena Borg, Vara kommun, HR", or the participant herself."""
    if background.brought_by is None:
        return ""
    return ", ".join(part for part in (background.contact, background.party) if part) or texts.term(background.brought_by)


class StandingCard(Card):
    """How the case stands. `wanted(str)` when its details are to be changed."""

    wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        self.change = Link(texts.name("button", "Change"), texts.say("The case"))
        super().__init__(texts.say("The case"), self.change, parent)
        self._context = context
        self._shown: object = None
        self._session_id: int | None = None
        self._next = _Told(texts.say("Next meeting"), Link("", texts.say("Next meeting")))
        # Made once: what a label says is changed in no time, a label is not.
        self._told = [_Told("", Words()) for _ in range(6)]
        self.add(column(*(told.widget for told in (self._next, *self._told)), gap=10))
        self._next.words.clicked.connect(self._on_session)
        self.change.clicked.connect(partial(self.wanted.emit, DETAILS))

    def show_case(self, row: CaseRow) -> None:
        """Show how this case stands."""
        background = self._context.store.read(case_queries.background, row.id)
        lines = tuple(self._lines(row, background))
        following = self._following(row)
        if (lines, following) == self._shown:
            return
        self._shown = lines, following
        for told, (name, words) in zip(self._told, lines, strict=True):
            told.say(name, words)
        self._session_id = following.session_id if following is not None else None
        self._next.say(self._context.texts.say("Next meeting"), self._context.texts.long_date(following.held_on) if following else "")

    # --- slots and internals ---

    def _on_session(self) -> None:
        self._context.navigate(Target("forum", "session", self._session_id, "agenda"))

    def _following(self, row: CaseRow) -> CaseItemRow | None:
        if row.next_session_on is None:
            return None
        items = self._context.store.read(case_queries.items_of_case, row.id)
        return next((item for item in reversed(items) if item.held_on == row.next_session_on), None)

    def _lines(self, row: CaseRow, background: BackgroundRow) -> list[tuple[str, str]]:
        texts = self._context.texts
        kept = ", ".join(part for part in (row.registration_number, row.kept_where) if part)
        lines = (
            (texts.name("case", "Opened"), self._opened(row, background)),
            (texts.name("case", "Closed"), self._closed(row, background)),
            (texts.say("Why now"), background.why_now),
            (texts.say("Question to the forum"), background.question),
            (texts.say("Registration number and file"), kept),
            (texts.say("Follow-up"), self._follow_ups(row)),
        )
        return list(lines)

    def _opened(self, row: CaseRow, background: BackgroundRow) -> str:
        texts, who = self._context.texts, bringer_words(self._context.texts, background)
        day = texts.long_date(row.opened_on)
        return texts.say("{day}, brought by {who}", day=day, who=who) if who else day

    def _closed(self, row: CaseRow, background: BackgroundRow) -> str:
        if row.closed_on is None:
            return ""
        texts = self._context.texts
        goals = texts.term(background.goals_outcome) if background.goals_outcome else ""
        reason = texts.term(row.closing_reason) if row.closing_reason else ""
        return ", ".join(part for part in (texts.long_date(row.closed_on), reason, goals) if part)

    def _follow_ups(self, row: CaseRow) -> str:
        if row.closed_on is None:
            return ""
        texts = self._context.texts
        return "; ".join(
            texts.say("after {months} months: {how}", months=one.months, how=texts.term(one.outcome))
            if one.outcome is not None
            else texts.say("after {months} months: {day}", months=one.months, day=texts.long_date(one.due_on))
            for one in self._context.store.read(follow_up_queries.of_case, row.id)
        )


class _Told:
    """A small name with words beneath; gone while there are none."""

    def __init__(self, name: str, words: Words | Link) -> None:
        self._name, self.words = Label(name), words
        self.widget = holding(column(self._name, self.words, gap=2))

    def say(self, name: str, words: str) -> None:
        """Say this."""
        self._name.setText(name)
        self.words.set_words(words) if isinstance(self.words, Link) else self.words.setText(words)
        self.widget.setVisible(bool(words))
