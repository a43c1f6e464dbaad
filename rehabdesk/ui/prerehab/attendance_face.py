"""Närvaro: who came to which half-day. One key marks a person, one marks all, and one says that the occasion was held."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.attendance import Tally
from rehabdesk.domain.prerehab import STARTED_ONCE, AttendanceMark, OccasionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services.prerehab import attendance
from rehabdesk.store.queries.prerehab import attendance as queries
from rehabdesk.store.queries.prerehab.attendance import AttendanceGrid
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.live import watch, watch_day
from rehabdesk.ui.parts.basics import EmptyState, KeyButton, Link, Muted, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, scrolling
from rehabdesk.ui.parts.tokens import EDGE
from rehabdesk.ui.prerehab import attendance_words as words
from rehabdesk.ui.prerehab.attendance_grid import DELETE, AttendanceTable
from rehabdesk.ui.shell.context import Context, Target

TABLES = {"attendance", "occasion", "booking", "place", "round", "case", "participant"}


class AttendanceFace(QWidget):
    """The face of a round where attendance is marked."""

    told = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._round: RoundRow | None = None
        self._build()
        self._lay_out()
        watch(self, context.store, TABLES, self._refresh)
        watch_day(self, context.clock, self._refresh)

    def show_round(self, row: RoundRow) -> None:
        """Show this round's attendance."""
        is_another = self._round is None or row.id != self._round.id
        self._round = row
        self._refresh()
        if is_another:
            self.table.begin_anew(self._context.clock.today())

    def focus_first(self) -> None:
        """The keyboard starts in the grid, which is in sight in a low window too."""
        self.table.setFocus()
        self._shown.ensureWidgetVisible(self.table, 0, 0)

    def step_back(self) -> bool:
        """Nothing stands open here."""
        return False

    def flush(self) -> bool:
        """Every mark is kept when it is made."""
        return True

    # --- building ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.whole = Words()
        self.table = AttendanceTable(context.theme, texts)
        self.table.chosen.connect(self._on_chosen)
        self.table.typed.connect(self._on_typed)
        self.marks = {mark: KeyButton(self._mark_words(mark), shows=words.letter(texts, mark)) for mark in AttendanceMark}
        for mark, button in self.marks.items():
            button.clicked.connect(partial(self._on_mark, mark))
        self.clear = KeyButton(texts.name("attendance", "Clear"), shows=DELETE)
        self.clear.clicked.connect(self._on_clear)
        self.all = KeyButton(texts.say("All present"), kind="primary", shows=texts.name("attendance key", "A"))
        self.all.clicked.connect(self._on_all)
        self.held = KeyButton(texts.say("Was held"), shows=texts.name("attendance key", "H"))
        self.held.clicked.connect(self._on_held)
        self.here, self.refusal = Words(), FieldProblem()
        self.not_started = Muted()
        self.to_places = Link(texts.say("Go to Places"))
        self.to_places.clicked.connect(self._on_places)
        self.legend = Muted(self._legend())
        self.empty = EmptyState(
            texts.say("Nobody has a place yet"),
            texts.say("Those who have said yes to a place and started are marked here."), texts.say("Go to Places"), self._on_places,
        )  # fmt: skip

    def _lay_out(self) -> None:
        buttons = FlowLayout()
        for button in (*self.marks.values(), self.clear, self.all, self.held):
            buttons.addWidget(button)
        start = line(self.to_places, self.not_started)
        start.setStretch(1, 1)
        self._start_line = holding(start)
        shown = column(self.whole, self._start_line, holding(buttons), self.table, self.here, self.refusal, self.legend, None, margin=EDGE)
        shown.setStretch(3, 100)
        self._shown = scrolling(holding(shown))
        self.setLayout(column(self._shown, self.empty))

    def _mark_words(self, mark: AttendanceMark) -> str:
        return _sentence(self._context.texts.term(mark))

    def _legend(self) -> str:
        texts = self._context.texts
        signs = (
            f"{words.HELD} {texts.name('occasion', 'held')}", f"{words.NOT_SETTLED} {texts.say('neither held nor cancelled')}",
            f"{words.CANCELLED} {texts.name('occasion', 'cancelled')}", f"{words.NOT_HERS} {texts.say('not a day of this person')}",
            f"{words.NOT_ALL} {texts.say('not all is marked yet')}",
        )  # fmt: skip
        keys = texts.say("Arrows walk, a letter marks. An absence is valid or invalid; no cause is written.")
        return "    ".join(signs) + "\n" + keys

    # --- refreshing ---

    def _refresh(self) -> None:
        if self._round is None:
            return
        grid = self._context.store.read(queries.grid, self._round.id)
        self._shown.setVisible(bool(grid.people))
        self.empty.setVisible(not grid.people)
        self.table.show_grid(grid, self._context.clock.today())
        self._tell_whole(grid)
        self._tell_here()

    def _tell_whole(self, grid: AttendanceGrid) -> None:
        texts = self._context.texts
        told = words.told_tally(texts, sum((grid.of_person(person) for person in grid.people), Tally()))
        count = {state: sum(1 for one in grid.occasions if one.state is state) for state in OccasionState}
        held = texts.count("{held} of {n} occasion held", "{held} of {n} occasions held", len(grid.occasions), held=count[OccasionState.HELD])
        cancelled = count[OccasionState.CANCELLED]
        if cancelled:
            held = f"{held}, {texts.count('{n} occasion cancelled', '{n} occasions cancelled', cancelled)}"
        self.whole.setText(f"{_sentence(told)}. {held}." if told else f"{held}.")
        waiting = sum(1 for person in grid.people if person.state not in STARTED_ONCE)
        self._start_line.setVisible(bool(waiting))
        self.not_started.setText(texts.count(
            "{n} person has said yes and has not been started, and cannot be marked.",
            "{n} people have said yes and have not been started, and cannot be marked.", waiting,
        ))  # fmt: skip

    def _tell_here(self) -> None:
        """Where one stands, in words; and the key that says whether it was held says which it would be."""
        texts, person, occasion = self._context.texts, self.table.person, self.table.occasion
        if person is None or occasion is None:
            return
        grid, today = self.table.attendance_model.grid, self._context.clock.today()
        self.here.setText(words.here_told(texts, grid, person, occasion, today))
        is_held = occasion.state is OccasionState.HELD
        self.held.set_words(texts.say("Was not held after all") if is_held else texts.say("Was held"))

    # --- slots ---

    def _on_chosen(self) -> None:
        self.refusal.tell("")
        self._tell_here()

    def _on_typed(self, key: str) -> None:
        """The button that shows the key does what it says."""
        texts = self._context.texts
        keys = {words.letter(texts, mark): button for mark, button in self.marks.items()}
        keys |= {DELETE: self.clear, texts.name("attendance key", "A"): self.all, texts.name("attendance key", "H"): self.held}
        if key in keys:
            keys[key].click()

    def _on_mark(self, mark: AttendanceMark, _checked: bool = False) -> None:
        person, occasion = self.table.person, self.table.occasion
        if person is not None and occasion is not None:
            self._do(attendance.mark, occasion.id, person.id, mark)

    def _on_clear(self) -> None:
        person, occasion = self.table.person, self.table.occasion
        if person is not None and occasion is not None:
            self._do(attendance.clear, occasion.id, person.id)

    def _on_all(self) -> None:
        if self.table.occasion is not None:
            self._do(attendance.mark_all, self.table.occasion.id)

    def _on_held(self) -> None:
        texts, occasion = self._context.texts, self.table.occasion
        if occasion is None:
            return
        if occasion.state is not OccasionState.HELD:
            self._do(attendance.hold_occasion, occasion.id)
            return
        gone = self._do(attendance.not_held_after_all, occasion.id)
        if gone:
            self.told.emit(texts.count("{n} mark was taken away.", "{n} marks were taken away.", gone))

    def _on_places(self) -> None:
        if self._round is not None:
            self._context.navigate(Target("prerehab", "round", self._round.id, "places"))

    def _do(self, verb: Callable[..., object], *args: object) -> object:
        """Do it, or say beside the grid why not; either way the keyboard is back in the grid."""
        self.refusal.tell("")
        done: object = None
        try:
            done = verb(self._context.store, *args)
        except Refused as refused:
            self.refusal.tell(self._context.texts.problems(refused.problems))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return done


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
