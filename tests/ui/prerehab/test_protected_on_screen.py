"""The faces of pre-rehabilitation list several people: under protected identity the number of the case stands there, and no name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QLineEdit, QWidget

from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import cases
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.ui.prerehab.attendance_face import AttendanceFace
from rehabdesk.ui.prerehab.measures_face import MeasuresFace
from rehabdesk.ui.prerehab.occasions_face import OccasionsFace
from rehabdesk.ui.prerehab.papers_face import RoundPapersFace
from rehabdesk.ui.prerehab.places_face import PlacesFace
from rehabdesk.ui.prerehab.waiting_face import WaitingFace
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import small_forum

ALIAS, OTHER = "Björkris", "Maria"
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole)


@pytest.fixture
def round_id(store):
    """One place started by each, one offered, and one who waits: each time one of them under protected identity."""
    forum = small_forum(store, cases_count=1)
    made = make_round(store, make_programme(store), store.clock.today() - timedelta(days=3))
    states = (BookingState.STARTED, BookingState.OFFERED, BookingState.REGISTERED)
    for number, state in enumerate(states, start=1):
        case = cases.open_case(store, forum.series_id, ALIAS, is_protected=True)
        make_claim(store, made, case, number, state)
    make_claim(store, made, forum.case_ids[0], 4, BookingState.STARTED)
    return made


def shown(face: QWidget) -> Iterable[str]:
    """Whatever stands on a face, is read aloud, or comes up where one rests on it."""
    for widget in (face, *face.findChildren(QWidget)):
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle())
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            yield widget.text()
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from in_model(widget.model())


def in_model(model: QAbstractItemModel) -> Iterable[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for orientation, count in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, model.rowCount())):
        yield from (repr(model.headerData(section, orientation, role)) for section in range(count) for role in ROLES)
    for row in range(model.rowCount()):
        for column in range(columns):
            yield from (repr(model.data(model.index(row, column), role)) for role in ROLES)


@pytest.mark.parametrize("face", (PlacesFace, OccasionsFace, AttendanceFace, MeasuresFace, RoundPapersFace))
def test_a_face_of_a_round(face, context, store, round_id, qtbot):
    made = face(context)
    qtbot.addWidget(made)
    made.resize(1280, 900)
    made.show_round(store.read(round_queries.round_of, round_id, context.clock.today()))
    made.show()
    qtbot.waitExposed(made)
    told = " ".join(shown(made))
    assert ALIAS not in told
    if face in (PlacesFace, AttendanceFace, MeasuresFace):
        assert OTHER in told


def test_the_waiting_list(context, round_id, qtbot):
    made = WaitingFace(context)
    qtbot.addWidget(made)
    made.show_programme(None)
    made.show()
    qtbot.waitExposed(made)
    assert ALIAS not in " ".join(shown(made))
