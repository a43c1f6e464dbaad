"""Across cases a sensitive party's action cannot be told from one that the participant answers for: by no filter, order, word or colour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rehabdesk.domain.forum import ActionState
from rehabdesk.services.step_categories import step_categories
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.texts import texts_for
from rehabdesk.ui.actions.filters import MINE, Filters
from rehabdesk.ui.actions.models import action_columns

TODAY = date(2026, 11, 22)
PARTIES = {1: ("Försäkringskassan", False), 2: ("Vara kommun, HR", False), 3: ("Psykiatrin", True), 4: ("Facket", True)}
CODES = ["", "gone_from_the_file", *(category.code for category in step_categories())]


@st.composite
def rows(draw: st.DrawFn, id_: int, party_id: int | None) -> ActionRow:
    """An action as the store gives it."""
    party, is_sensitive = PARTIES[party_id] if party_id is not None else ("", False)
    has_contact = party_id is not None and draw(st.booleans())
    state = draw(st.sampled_from(ActionState))
    return ActionRow(
        id_, 1, 7, "RF-2026-007", "Maria S.", None, party_id, party, is_sensitive, 10 * (party_id or 0) if has_contact else None,
        f"Kontakt {party_id}" if has_contact else "", party_id is None, "ringa", draw(st.none() | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))),
        state, TODAY, None if state is ActionState.OPEN else TODAY, draw(st.integers(0, 4)), False, draw(st.sampled_from(CODES)),
        is_protected=draw(st.booleans()),
    )  # fmt: skip


def as_the_participants(row: ActionRow) -> ActionRow:
    """The same action, answered for by the participant, of no category that tells of care or money."""
    told = {category.code for category in step_categories() if not category.is_sensitive}
    return replace(
        row, party_id=None, party="", is_sensitive=False, contact_id=None, contact="", for_participant=True,
        category=row.category if row.category in told else "",
    )  # fmt: skip


@settings(max_examples=60)
@given(data=st.data())
def test_a_sensitive_partys_action_is_like_the_participants_own(qapp, data):
    texts = texts_for("sv")
    row = data.draw(rows(1, data.draw(st.sampled_from([3, 4]))))
    twin = as_the_participants(row)
    others = [data.draw(rows(number, number % 5 or None)) for number in range(2, 8)]
    filters = Filters(texts)
    filters.offer([row, *others], frozenset({2}))
    shown = [[choice.itemText(place) for place in range(choice.count())] for choice in (filters.party, filters.person, filters.category)]
    filters.offer([twin, *others], frozenset({2}))
    assert shown == [[choice.itemText(place) for place in range(choice.count())] for choice in (filters.party, filters.person, filters.category)]
    filters.tabs.setCurrentIndex(data.draw(st.integers(0, 2)))
    filters.party.set_value(data.draw(st.sampled_from([None, MINE, 1, 2, 3, 4])))
    filters.person.set_value(data.draw(st.sampled_from([None, 10, 20, 30, 40])))
    filters.category.set_value(data.draw(st.sampled_from([None, *CODES])))
    filters.late.setChecked(data.draw(st.booleans()))
    filters.moved.setChecked(data.draw(st.booleans()))
    assert [one.id for one in filters.passed([row, *others], TODAY)] == [one.id for one in filters.passed([twin, *others], TODAY)]
    for column in action_columns(texts, lambda: TODAY):
        for told in (column.text, column.order, column.tooltip, column.tone, column.accessible, column.is_bold):
            assert told is None or told(row) == told(twin), column.key
        assert not callable(column.muted) or column.muted(row) == column.muted(twin)
    filters.deleteLater()
