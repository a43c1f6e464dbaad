"""The next meeting: three figures, and what it still lacks, each line with where it is put right."""

from __future__ import annotations

from PySide6.QtWidgets import QLayout, QWidget

from rehabdesk.domain.forum import SessionState, minutes_between
from rehabdesk.domain.readiness import Lack, LackKind
from rehabdesk.store.queries.today import NextSession
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Badge, Figure, KeyButton, Muted
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.tokens import PAD, Tone
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line, LinesCard

_TONES = {
    LackKind.NO_CONSENT: Tone.RED,
    LackKind.CONSENT_FOR_PARTY: Tone.RED,
}
MOST_LINES = 8


class NextSessionCard(LinesCard):
    """The card; `open` goes to the meeting."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, context.texts.say("Next meeting"), parent)
        self._how_many.hide()
        self.lacking = Badge()
        self._figures = FlowLayout(gap=PAD * 2)
        self.open = KeyButton("", "Ctrl+O")
        self.open.clicked.connect(self._on_open)
        self.cases, self.time, self.parties = Figure("", ""), Figure("", ""), Figure("", "")
        for widget in (self.cases, self.time, self.parties, self.open):
            self._figures.addWidget(widget)
        self._ready = Muted()
        self._session_id: int | None = None
        top = column(holding(self._figures), self._ready, gap=PAD)
        # Above the lines that the card already has a place for.
        self._column.insertWidget(self._column.count() - 1, _padded(top))
        self._column.itemAt(0).layout().addWidget(self.lacking)

    def show_session(self, found: NextSession) -> None:
        """Tell about this meeting."""
        texts, session = self._context.texts, found.session
        self._session_id = session.id
        when = f"{texts.weekday_date(session.held_on)} {texts.time_span(session.start, session.end)}"
        under_way = session.state is SessionState.UNDER_WAY
        name = session.series_name
        words = texts.say("{series} is under way", series=name) if under_way else texts.say("Next {series}: {when}", series=name, when=when)
        self.heading.setText(words)
        self.setAccessibleName(words)
        self.open.set_words(texts.say("To the meeting") if under_way else texts.say("To the agenda"))
        there_is = minutes_between(session.start, session.end)
        self.cases.show_figure(str(session.case_count), texts.count("case", "cases", session.case_count))
        self.time.show_figure(texts.duration(session.minutes_planned), texts.say("of {time}", time=texts.duration(there_is)))
        self.parties.show_figure(
            f"{found.expected_parties} / {found.called_parties}", texts.say("called parties have somebody coming")
        )
        count = len(found.lacks)
        self.lacking.setVisible(count > 0)
        self.lacking.show_word(texts.count("{n} thing is missing", "{n} things are missing", count), Tone.AMBER)
        self._ready.setVisible(count == 0)
        self._ready.setText(texts.say("Nothing is missing."))
        lines = [lack_line(texts, lack, session.id) for lack in found.lacks[:MOST_LINES]]
        if count > MOST_LINES:
            more = texts.count("And {n} thing more on the agenda.", "And {n} things more on the agenda.", count - MOST_LINES)
            lines.append(Line(more, Target("forum", "session", session.id, "agenda")))
        self.show_lines(lines)
        self.setVisible(True)

    def _on_open(self) -> None:
        if self._session_id is not None:
            self._context.navigate(Target("forum", "session", self._session_id))


def lack_line(texts: Texts, lack: Lack, session_id: int) -> Line:
    """One thing missing, as a sentence with where it is put right."""
    target = Target("forum", "session", session_id, "agenda") if lack.item_id is None else Target("forum", "item", lack.item_id)
    if lack.kind is LackKind.LATE_ACTION:
        target = Target("cases", "case", lack.case_id)
    elif lack.kind is LackKind.NOBODY_EXPECTED:
        target = Target("forum", "session", session_id, "presence")
    return Line(lack_words(texts, lack), target, badge=texts.term(lack.kind), tone=_TONES.get(lack.kind, Tone.AMBER))


def lack_words(texts: Texts, lack: Lack) -> str:
    """What is missing. A sensitive party is not named: this is a list of many cases."""
    item, party = lack.item, lack.party
    match lack.kind:
        case LackKind.NO_ITEMS:
            return texts.say("The agenda is empty.")
        case LackKind.NO_CONSENT:
            return texts.say("{item} has no consent for any called party and becomes a de-identified consultation.", item=item)
        case LackKind.CONSENT_FOR_PARTY:
            return texts.count(
                "{item} lacks consent for one of the parties called.", "{item} lacks consent for {n} of the parties called.", lack.number, item=item
            )
        case LackKind.NOBODY_CALLED:
            return texts.say("Nobody is called to {item}.", item=item)
        case LackKind.LATE_ACTION:
            late = texts.count("{n} day", "{n} days", lack.number)
            words = texts.say("{item} has an action {late} late", item=item, late=late)
            return f"{words} ({party})." if party else f"{words}."
        case LackKind.NOBODY_EXPECTED:
            if not party:
                return texts.count("Nobody is expected from {n} other party.", "Nobody is expected from {n} other parties.", lack.number)
            return texts.say("Nobody is expected from {party}.", party=party)
        case LackKind.QUESTION:
            return texts.say("{item} has no question to the forum.", item=item)
    return texts.say("The agenda is {time} too long.", time=texts.duration(lack.number))


def _padded(layout: QLayout) -> QWidget:
    layout.setContentsMargins(PAD, PAD - 2, PAD, PAD)
    return holding(layout)
