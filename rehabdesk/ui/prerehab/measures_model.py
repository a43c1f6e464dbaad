"""The grid of measurements as Qt sees it: a row for each person, a column for each instrument at each moment."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measures import Standing
from rehabdesk.domain.prerehab import Moment
from rehabdesk.store.queries.prerehab.measures import MeasuredRow
from rehabdesk.ui.parts.rows_model import MUTED_ROLE, TONE_ROLE, AnyIndex
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.measures_desk import Key, MeasuresDesk, columns
from rehabdesk.ui.prerehab.measures_words import cell_told, instrument_name, moment_title, row_words, standing_sign
from rehabdesk.ui.prerehab.who import who

_TOLD = frozenset({int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole)})
_LINE = 15


class MeasuresModel(QAbstractTableModel):
    """Reads from the desk. A refresh of the same people and columns tells views that the cells may differ, and resets nothing."""

    def __init__(self, desk: MeasuresDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._texts = desk.context.texts
        self._people: tuple[MeasuredRow, ...] = ()
        self._columns: tuple[tuple[Moment, Instrument], ...] = ()

    @property
    def people(self) -> tuple[MeasuredRow, ...]:
        """The people as shown."""
        return self._people

    def show(self, moments: Sequence[Moment]) -> None:
        """Show the desk's people at these moments."""
        wanted = columns(moments, self._desk.instruments)
        same = wanted == self._columns and [one.booking_id for one in self._people] == [one.booking_id for one in self._desk.people]
        if not same:
            self.beginResetModel()
        self._people, self._columns = self._desk.people, wanted
        if not same:
            self.endResetModel()
        elif self._people and wanted:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._people) - 1, len(wanted) - 1), [])

    def key(self, index: AnyIndex) -> Key | None:
        """What a cell is about."""
        if not index.isValid() or index.row() >= len(self._people):
            return None
        moment, instrument = self._columns[index.column()]
        return self._people[index.row()].booking_id, instrument.code, moment

    def title_lines(self, column: int) -> list[str]:
        """The head of a column."""
        moment, instrument = self._columns[column]
        return [moment_title(self._texts, moment), *textwrap.wrap(instrument_name(self._texts, instrument), _LINE, break_long_words=False)]

    # --- what Qt asks ---

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._people)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008, N802
        """Qt's question."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """Qt's question: who, and what at which moment."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            if not 0 <= section < len(self._people):
                return None
            person = self._people[section]
            return f"{person.place_number}  {who(person.case_number, person.participant_name, person.is_protected)}"
        return "\n".join(self.title_lines(section)) if 0 <= section < len(self._columns) else None

    def data(self, index: AnyIndex, role: int = 0) -> Any:
        """Qt's question: what a cell shows."""
        if not index.isValid() or index.row() >= len(self._people):
            return None
        person, (moment, instrument) = self._people[index.row()], self._columns[index.column()]
        row = person.of(instrument.code, moment)
        wrong = self._desk.wrong((person.booking_id, instrument.code, moment))
        standing = self._desk.standing(person, moment) if row is None else None
        if role == Qt.ItemDataRole.EditRole:
            return wrong or row_words(self._texts, instrument, row)
        if role == Qt.ItemDataRole.DisplayRole:
            return wrong or row_words(self._texts, instrument, row) or standing_sign(standing)
        if role in _TOLD:
            return cell_told(self._texts, person, instrument, moment, standing)
        if role == TONE_ROLE:
            return Tone.RED if wrong else Tone.AMBER if standing is Standing.DUE else None
        if role == MUTED_ROLE:
            return row is None or row.value is None
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Qt's question: everything can be typed over; what must not be is refused with its reason."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """Qt's request: hand what was typed to the desk."""
        key = self.key(index)
        if key is None or role != Qt.ItemDataRole.EditRole:
            return False
        row = self._people[index.row()].of(key[1], key[2])
        is_dated_anew = row is not None and self._desk.another_day not in (None, row.measured_on)
        if is_dated_anew or str(value) != self.data(index, Qt.ItemDataRole.EditRole):
            self._desk.typed(key, str(value))
        return True
