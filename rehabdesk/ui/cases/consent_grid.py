"""Who may know what: the grid of parties and kinds, as it stands and as it is ticked in a new consent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from rehabdesk.domain.consent import InformationKind, covered_until
from rehabdesk.store.queries.consent import ConsentRow
from rehabdesk.store.queries.parties import PartyRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Link, Muted, Rule, Words
from rehabdesk.ui.parts.layouts import column, holding
from rehabdesk.ui.parts.search_line import SearchLine, found_in
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context

KINDS = tuple(InformationKind)
YES, NO = "✓", "–"

#: With more parties than this, one looks for them by typing.
MOST_WITHOUT_SEARCH = 8


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party of a case, with the last day of each kind that is covered today. `coming` when something begins later."""

    id: int
    party: str
    until: tuple[date | None, ...]
    coming: date | None = None
    ended: date | None = None

    @property
    def first_lost(self) -> date | None:
        """The first day on which something covered is lost."""
        return min((day for day in self.until if day is not None), default=None)

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether there is anything to withdraw."""
        return self.coming is not None or self.first_lost is not None


def party_lines(rows: Sequence[ConsentRow], today: date) -> tuple[PartyLine, ...]:
    """Every party that ever had a consent in the case: those covered first, then those whose consent is over."""
    grid = covered_until((row.as_rule() for row in rows), today)
    names = {row.party_id: row.party for row in rows}
    lines = []
    for party_id, party in names.items():
        mine = [row for row in rows if row.party_id == party_id]
        until = tuple(grid.get((party_id, kind)) for kind in KINDS)
        coming = min((row.valid_from for row in mine if row.withdrawn_on is None and row.valid_from > today), default=None)
        ended = max((row.withdrawn_on or row.valid_until for row in mine), default=None)
        lines.append(PartyLine(party_id, party, until, coming, ended))
    return tuple(sorted(lines, key=lambda line: (line.first_lost is None, line.coming is None, line.party.casefold())))


def kind_title(texts: Texts, kind: InformationKind) -> str:
    """A kind of information at the head of a column or a line."""
    word = texts.term(kind)
    return word[:1].upper() + word[1:]


def told(texts: Texts, line: PartyLine, place: int) -> str:
    """One place of the grid in a sentence, for those who hear it."""
    day = line.until[place]
    if day is None:
        return texts.say("{party}, {kind}: no", party=line.party, kind=KINDS[place])
    return texts.say("{party}, {kind}: yes, until {day}", party=line.party, kind=KINDS[place], day=texts.long_date(day))


def mark(texts: Texts, line: PartyLine, place: int) -> Words:
    """Yes or no, painted, with its sentence."""
    words = Words(wrap=False)
    mark_anew(words, texts, line, place)
    return words


def mark_anew(words: Words, texts: Texts, line: PartyLine, place: int) -> None:
    """The same for another line: a label that is there costs less than a new one."""
    covered = line.until[place] is not None
    words.setText(YES if covered else NO)
    words.set_ink(Tone.ACCENT if covered else None)
    words.setAccessibleName(told(texts, line, place))
    words.setToolTip(words.accessibleName())


class StandingGrid(QWidget):
    """The grid as it stands: each party, its kinds, until when, and the way to withdraw. Arrows go between the parties.

    `withdraw_wanted(int)` with a party's id.
    """

    withdraw_wanted = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts, self._theme = context.texts, context.theme
        self._shown: object = None
        self.links: dict[int, Link] = {}
        self._grid = _bare_grid()
        self.setLayout(self._grid)
        self.setAccessibleName(context.texts.say("Who may know what"))

    def show_lines(self, lines: tuple[PartyLine, ...]) -> None:
        """Show these; made anew only when something has changed, so that the focus stays."""
        if lines == self._shown:
            return
        self._shown = lines
        clear_grid(self._grid)
        self.links = {}
        head(self._grid, self._texts, self._theme)
        for number, line in enumerate(lines):
            self._grid.addWidget(Rule(), 2 * number + 1, 0, 1, len(KINDS) + 2)
            self._add(2 * number + 2, line)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Up and Down go from party to party."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        links = list(self.links.values())
        place = next((place for place, link in enumerate(links) if link.hasFocus()), None)
        if step is None or place is None:
            super().keyPressEvent(event)
        elif 0 <= place + step < len(links):
            links[place + step].setFocus()

    def _add(self, row: int, line: PartyLine) -> None:
        texts = self._texts
        party = Words(line.party)
        party.set_bold(line.first_lost is not None)
        self._grid.addWidget(holding(column(party, Muted(self._until(line)), gap=0)), row, 0)
        for place in range(len(KINDS)):
            self._grid.addWidget(mark(texts, line, place), row, place + 1)
        if line.can_be_withdrawn:
            link = self.links[line.id] = Link(texts.say("Withdraw"), line.party)
            link.clicked.connect(partial(self._on_withdraw, line.id))
            self._grid.addWidget(link, row, len(KINDS) + 1)

    def _until(self, line: PartyLine) -> str:
        texts = self._texts
        if line.first_lost is not None:
            return texts.say("until {day}", day=line.first_lost)
        if line.coming is not None:
            return texts.say("begins {day}", day=texts.short_day(line.coming))
        return texts.say("over")

    def _on_withdraw(self, party_id: int, _checked: bool = False) -> None:
        self.withdraw_wanted.emit(party_id)


def head(grid: QGridLayout, texts: Texts, theme: Theme) -> None:
    """The names of the kinds above their columns; of two words, one under the other."""
    for place, kind in enumerate(KINDS, start=1):
        title = Muted(kind_title(texts, kind).replace(" ", "\n"), wrap=False)
        title.setAccessibleName(kind_title(texts, kind))
        grid.addWidget(title, 0, place, Qt.AlignmentFlag.AlignBottom)
        grid.setColumnMinimumWidth(place, theme.px(44))


def clear_grid(grid: QGridLayout) -> None:
    """Take everything out of a grid, and delete it."""
    while (item := grid.takeAt(0)) is not None:
        item.widget().hide()
        item.widget().deleteLater()


def _bare_grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(0, 1)
    return grid


class Tick(QCheckBox):
    """One box of the grid. Arrows lead to its neighbours: `went(rows, columns)`."""

    went = Signal(int, int)

    _STEPS = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows walk; Space ticks, as everywhere."""
        step = self._STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.went.emit(*step)


class TickGrid(QWidget):
    """Parties under one another, kinds beside one another, a box in each place; with many parties a line to find one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts, self._theme = context.texts, context.theme
        self.boxes: dict[tuple[int, InformationKind], Tick] = {}
        self.rows: dict[int, Link] = {}
        self._names: dict[int, Words] = {}
        self._order: list[int] = []
        #: The ticks as one text, for the draft that keeps a form: "12 sick_leave,12 economy". Nobody sees it.
        self.written = QLineEdit(self)
        self.written.hide()
        self.written.textChanged.connect(self._on_written)
        self.narrow = SearchLine(context.texts.say("Find a party"))
        self._grid = _bare_grid()
        self.setLayout(column(self.narrow, self._grid))
        self.narrow.narrowed.connect(self._on_narrowed)
        self.narrow.into_list.connect(self._into_list)

    @property
    def kinds(self) -> Mapping[int, frozenset[InformationKind]]:
        """What is ticked: for each party with anything ticked, its kinds."""
        ticked: dict[int, frozenset[InformationKind]] = {}
        for (party_id, kind), box in self.boxes.items():
            if box.isChecked():
                ticked[party_id] = ticked.get(party_id, frozenset()) | {kind}
        return ticked

    def show_parties(self, parties: Sequence[PartyRow], covered: Iterable[int]) -> None:
        """Show these parties, nothing ticked; those covered already say so."""
        self._empty()
        known = set(covered)
        self._order = [party.id for party in parties]
        head(self._grid, self._texts, self._theme)
        for row, party in enumerate(parties, start=1):
            self._add_party(row, party, party.id in known)
        if not parties:
            self._grid.addWidget(Muted(self._texts.say("There are no parties yet. Add them under Contacts.")), 1, 0, 1, len(KINDS) + 2)
        self.narrow.clear()
        self.narrow.setVisible(len(parties) > MOST_WITHOUT_SEARCH)
        with QSignalBlocker(self.written):
            self.written.clear()

    def chain(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        found: list[QWidget] = [self.narrow]
        for party_id in self._order:
            found += [*(self.boxes[party_id, kind] for kind in KINDS), self.rows[party_id]]
        return found

    def focus_first(self) -> bool:
        """Put the keyboard where one begins; False when there is no party."""
        if not self._order:
            return False
        (self.narrow if len(self._order) > MOST_WITHOUT_SEARCH else self.boxes[self._order[0], KINDS[0]]).setFocus()
        return True

    # --- slots and internals ---

    def _empty(self) -> None:
        clear_grid(self._grid)
        self.boxes, self.rows, self._names = {}, {}, {}

    def _add_party(self, row: int, party: PartyRow, is_covered: bool) -> None:
        written = self._texts.say("{party} (has consent)", party=party.written) if is_covered else party.written
        self._names[party.id] = Words(written)
        self._grid.addWidget(self._names[party.id], row, 0)
        for place, kind in enumerate(KINDS, start=1):
            box = Tick()
            box.setAccessibleName(f"{party.written}: {self._texts.term(kind)}")
            box.setToolTip(kind_title(self._texts, kind))
            box.toggled.connect(self._on_ticked)
            box.went.connect(partial(self._on_went, party.id, place - 1))
            self.boxes[party.id, kind] = box
            self._grid.addWidget(box, row, place, Qt.AlignmentFlag.AlignLeft)
        whole = Link(self._texts.name("consent", "all"), party.written)
        whole.clicked.connect(partial(self._on_whole, party.id))
        self.rows[party.id] = whole
        self._grid.addWidget(whole, row, len(KINDS) + 1)

    def _on_ticked(self, _ticked: bool = False) -> None:
        ticked = [f"{party_id} {kind.value}" for (party_id, kind), box in self.boxes.items() if box.isChecked()]
        self.written.setText(",".join(ticked))

    def _on_written(self, text: str) -> None:
        """The draft has been put back, or emptied. A party that is gone is passed over."""
        ticked = set(text.split(","))
        for (party_id, kind), box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(f"{party_id} {kind.value}" in ticked)

    def _on_whole(self, party_id: int, _checked: bool = False) -> None:
        boxes = [self.boxes[party_id, kind] for kind in KINDS]
        ticked = not all(box.isChecked() for box in boxes)
        for box in boxes:
            box.setChecked(ticked)

    def _on_went(self, party_id: int, place: int, rows: int, columns: int) -> None:
        shown = [known for known in self._order if not self.rows[known].isHidden()]
        row, wanted = shown.index(party_id) + rows, place + columns
        if 0 <= row < len(shown) and 0 <= wanted < len(KINDS):
            self.boxes[shown[row], KINDS[wanted]].setFocus()

    def _on_narrowed(self, sought: str) -> None:
        ticked = self.kinds
        for party_id in self._order:
            # What is ticked stays in sight: it is going to be registered.
            shown = party_id in ticked or found_in(sought, self._names[party_id].text())
            for widget in (self._names[party_id], self.rows[party_id], *(self.boxes[party_id, kind] for kind in KINDS)):
                widget.setVisible(shown)

    def _into_list(self) -> None:
        sought = self.narrow.text()
        for party_id in self._order:
            if found_in(sought, self._names[party_id].text()):
                self.boxes[party_id, KINDS[0]].setFocus()
                return
