"""The part of the walk that goes by the room of pre-rehabilitation: its faces, one round, and what stands about places in a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import Qt

from rehabdesk.domain.prerehab import ON_A_PLACE
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.ui.cases.details_card import SexChoice
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.keys import CTRL, press

Settle = Callable[[], None]


def stops(window: MainWindow, today: date, settle: Settle) -> Iterator[str]:
    """The name of every stop, when it is laid out."""
    yield from room_stops(window, settle)
    yield from round_stops(window, today, settle)
    yield from case_stops(window, today, settle)


def room_stops(window: MainWindow, settle: Settle) -> Iterator[str]:
    """The room's faces, each with the form that is opened on it."""
    opened = {
        "rounds": ((Qt.Key.Key_N, "planning"),),
        "waiting": ((Qt.Key.Key_N, "new"), (Qt.Key.Key_E, "offer")),
        "figures": (),
        "programmes": ((Qt.Key.Key_N, "new"),),
    }
    for face, keys in opened.items():
        _go(window, settle, Target("prerehab", face=face))
        yield f"prerehab-{face}"
        for key, name in keys:
            press(None, key, CTRL)
            settle()
            yield f"prerehab-{face}-{name}"
            press(None, Qt.Key.Key_Escape)


def round_stops(window: MainWindow, today: date, settle: Settle) -> Iterator[str]:
    """The round that runs, its forms and the measurement in large type; the next round's places; and the offer of a free place."""
    rounds = [row for row in window.context.store.read(round_queries.rounds, today) if row.cancelled_on is None]
    running = next(row for row in rounds if row.starts_on <= today <= row.ends_on)
    for face in ("places", "occasions", "attendance", "measures", "papers"):
        _go(window, settle, Target("prerehab", "round", running.id, face))
        if face == "papers":
            # The page of the paper is drawn after the lists.
            settle()
            settle()
        yield f"round-{face}"
        if face == "measures":
            press(None, Qt.Key.Key_F6)
            settle()
            yield "round-measures-form"
            press(None, Qt.Key.Key_Escape)
    press(None, Qt.Key.Key_E, CTRL)
    settle()
    yield "round-change"
    press(None, Qt.Key.Key_Escape)
    coming = [row for row in rounds if row.starts_on > today]
    _go(window, settle, Target("prerehab", "round", coming[0].id, "places"))
    press(None, Qt.Key.Key_End, CTRL)
    yield "round-places-coming"
    _go(window, settle, Target("prerehab", "round", max(coming, key=_free).id, "places"))
    press(None, Qt.Key.Key_F6)
    settle()
    yield "round-places-offer"


def case_stops(window: MainWindow, today: date, settle: Settle) -> Iterator[str]:
    """The case of somebody who has a place; and one whose legal sex no number tells."""
    store = window.context.store
    rows = [row for row in store.read(case_queries.cases, today, closed=False) if not row.is_protected]
    with_place = next(row for row in rows if _has_place(window, row, today))
    _go(window, settle, Target("cases", "case", with_place.id, "places"))
    yield "case-places-booked"
    asked = next((row for row in rows if SexChoice.is_asked(row)), None)
    if asked is not None:
        _go(window, settle, Target("cases", "case", asked.id, "details"))
        yield "case-details-legal-sex"


def _go(window: MainWindow, settle: Settle, target: Target) -> None:
    window.navigate(target)
    settle()


def _free(row: RoundRow) -> int:
    return row.free


def _has_place(window: MainWindow, row: CaseRow, today: date) -> bool:
    return any(claim.state in ON_A_PLACE for claim in window.context.store.read(claim_queries.of_case, row.id, today))
