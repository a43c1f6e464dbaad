"""The lines and columns of a waiting list, and the table they stand in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.queries.prerehab.waiting import NOTHING, Tried
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.prerehab.waiting_words import readiness, tried_words, waited_words, who_words

#: How wide the table must be, at 14 px text, for these columns; beside it they are told of whoever is chosen.
NEEDED_WIDTH: Mapping[str, int] = MappingProxyType({"waited": 460, "asked": 560, "tried": 800, "referrer": 960, "need": 1100})


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One who waits: her place in line, what stands about her, and what has been tried."""

    place: int
    claim: ClaimRow
    tried: Tried

    @property
    def id(self) -> int:
        """The claim's id."""
        return self.claim.id


def waiting_lines(claims: Sequence[ClaimRow], tried: Mapping[int, Tried]) -> tuple[WaitingLine, ...]:
    """A list in its order."""
    return tuple(WaitingLine(place, claim, tried.get(claim.id, NOTHING)) for place, claim in enumerate(claims, start=1))


def waiting_columns(texts: Texts, today: Callable[[], date]) -> tuple[Column, ...]:
    """Place in line, who, since when, how she stands, what was tried, who asked, and for what."""

    def asked(line: WaitingLine) -> str:
        return texts.date(line.claim.asked_on)

    def waited(line: WaitingLine) -> str:
        return waited_words(texts, line.claim, today())

    def ready(line: WaitingLine) -> str:
        return readiness(texts, line.claim, today())[0]

    def tone(line: WaitingLine) -> Tone:
        return readiness(texts, line.claim, today())[1]

    def tried(line: WaitingLine) -> str:
        return tried_words(texts, line.tried)

    return (
        Column("place", texts.name("waiting list", "No."), _place, sortable=False, align_right=True),
        Column("who", texts.name("column", "Case"), _who, stretch=True, sortable=False, bold=True, tooltip=_who),
        Column("asked", texts.name("waiting list", "Asked"), asked, sortable=False),
        Column("waited", texts.name("waiting list", "Waited"), waited, sortable=False, align_right=True),
        Column("ready", texts.say("Readiness"), ready, tone=tone, sortable=False),
        Column("tried", texts.name("waiting list", "Offered before"), tried, tooltip=tried, stretch=True, sortable=False),
        Column("referrer", texts.say("Referred by"), _referrer, tooltip=_referrer, sortable=False),
        Column("need", texts.name("waiting list", "Need"), _need, tooltip=_need, stretch=True, sortable=False),
    )


class WaitingTable(NarrowingTable):
    """`removed(line)` when somebody is to be taken off the list with Delete."""

    removed = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete takes off the list."""
        if event.key() == Qt.Key.Key_Delete and self.current_row is not None:
            self.removed.emit(self.current_row)
        else:
            super().keyPressEvent(event)


def _place(line: WaitingLine) -> str:
    return str(line.place)


def _who(line: WaitingLine) -> str:
    return who_words(line.claim)


def _referrer(line: WaitingLine) -> str:
    return line.claim.referrer


def _need(line: WaitingLine) -> str:
    return line.claim.need
