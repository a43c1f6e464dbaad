"""Storbild: only ticked lines, never a name, off whenever nobody has said otherwise."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt

from rehabdesk.domain.names import Register, find_on_screen
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum import actions as action_services
from rehabdesk.services.forum import meeting as services
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.big_screen import ShownLine, show_line
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from tests.helpers.keys import press, type_text
from tests.ui.forum.meeting.conftest import FakeScreen

Key = Qt.Key


def open_item(page, item_id: int) -> None:
    """Start if need be, and turn to an item."""
    if not page.state.under_way:
        page.between.start_session()
    services.open_item(page.context.store, item_id)
    page.state.reload()


@pytest.fixture
def shown(page, forum):
    """The page at Maria's item, with one ticked and one unticked agreement, big screen on."""
    store, item = page.context.store, forum.item["Maria"]
    open_item(page, item)
    ticked = services.add_agreement(store, item, "Två halvdagar i veckan.")
    services.add_agreement(store, item, "Bara för oss.")
    show_line(store, ShownLine.AGREEMENT, ticked, True)
    page.state.reload()
    press(page, Key.Key_F8)
    assert page.big_screen.is_on
    return page


def test_it_is_off_at_the_start_and_f8_shows_ticked_lines_alone(page, forum):
    assert not page.big_screen.is_on
    store, item = page.context.store, forum.item["Maria"]
    open_item(page, item)
    ticked = services.add_agreement(store, item, "Två halvdagar i veckan.")
    services.add_agreement(store, item, "Bara för oss.")
    show_line(store, ShownLine.AGREEMENT, ticked, True)
    page.state.reload()
    press(page, Key.Key_F8)
    assert page.big_screen.shown_texts() == ("Det vi kom överens om", "Två halvdagar i veckan.")
    assert "På: 1 rad visas." in page.presence.screen_told.text()
    assert page.top.screen.words == "Storbild på"
    press(page, Key.Key_F8)
    assert not page.big_screen.is_on


def test_the_tick_is_set_from_the_keyboard_and_a_line_with_a_name_is_refused(page, forum):
    open_item(page, forum.item["Maria"])
    line = page.item.agreements.lines[0]
    line.text.setFocus()
    type_text(None, "Maria provar två halvdagar.")
    line.shown.setFocus()
    press(None, Key.Key_Space)
    assert not line.shown.isChecked()
    assert "visas därför inte" in line.sentence.text()
    line.text.type_text("Två halvdagar.")
    line.shown.setFocus()
    press(None, Key.Key_Space)
    assert line.shown.isChecked()
    assert page.context.store.read(agenda_queries.agreements, forum.item["Maria"])[0].is_shown


def test_a_name_typed_into_a_ticked_line_takes_the_line_away(shown, forum):
    field = shown.item.agreements.lines[0].text
    field.setFocus()
    field.type_text("Två halvdagar för Maria.")
    shown.context.flushes.flush_all()
    shown.state.reload()
    assert shown.big_screen.is_on
    assert shown.big_screen.shown_texts() == ()


def test_a_sensitive_party_and_a_contacts_name_are_never_on_it(shown, forum):
    store, item = shown.context.store, forum.item["Maria"]
    for party in ("union", "fk"):
        action = action_services.add_action(store, item, NewAction("Ring henne", forum.party[party], forum.contact[party]))
        show_line(store, ShownLine.ACTION, action, True)
    shown.state.reload()
    words = "\n".join(shown.big_screen.shown_texts())
    assert "Ring henne · Försäkringskassan" in words
    assert not any(name in words for name in ("Kommunal", "Ola", "Frid", "Eva", "Holm"))


def test_it_goes_off_between_items_in_pause_on_wake_and_when_screens_change(shown, forum, clock, screens):
    def on_again() -> None:
        if not shown.big_screen.is_on:
            shown.toggle_big_screen()
        assert shown.big_screen.is_on

    open_item(shown, forum.item["Johan"])
    assert not shown.big_screen.is_on
    on_again()
    shown.toggle_pause()
    assert not shown.big_screen.is_on
    press(shown, Key.Key_F8)
    assert not shown.big_screen.is_on
    shown.toggle_pause()
    assert not shown.big_screen.is_on
    on_again()
    clock.set(datetime(2026, 11, 24, 18, 0))
    shown.tick()
    assert not shown.big_screen.is_on
    shown.toggle_pause()
    on_again()
    screens.extra.append(FakeScreen(QRect(20_000, 0, 800, 600)))
    shown.screens.changed.emit()
    assert not shown.big_screen.is_on
    on_again()
    shown.item_done()
    assert shown.big_screen.is_on
    shown.item_done()
    assert not shown.big_screen.is_on
    on_again()
    shown.leaving()
    assert not shown.big_screen.is_on


def test_without_another_screen_it_is_not_shown_and_that_is_said(page, forum, screens):
    open_item(page, forum.item["Maria"])
    screens.extra.clear()
    press(page, Key.Key_F8)
    assert not page.big_screen.is_on
    assert "ingen annan skärm" in page.context.messages.said[-1].sentence


NAMES = ("Maria", "Sandberg", "Anna Lind", "Johans", "RF-2026-001", "Ek, Johan", "Anna L.")
texts = st.lists(st.sampled_from((*NAMES, "två halvdagar", "möte", "och", "1.", "–")), min_size=1, max_size=4).map(" ".join)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("agree"), texts),
        st.tuples(st.just("reword"), texts),
        st.tuples(st.just("question"), texts),
        st.tuples(st.just("act"), texts),
        st.tuples(st.just("tick"), st.integers(0, 9)),
        st.tuples(st.sampled_from(("screen", "pause", "switch", "undo")), st.none()),
    ),
    min_size=3,
    max_size=12,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps)
def test_whatever_happens_the_room_never_sees_a_participants_name(page, forum, done):
    store = page.context.store
    item = forum.item["Maria"]
    if page.state.paused:
        page.toggle_pause()
    open_item(page, item)
    register = Register(store.read(case_queries.person_names))
    for verb, value in done:
        _step(page, forum, verb, value)
        page.state.reload()
        for words in page.big_screen.shown_texts():
            assert find_on_screen(words, register, agenda_case_ids=page.state.case_ids) == ()
        if page.state.paused:
            assert not page.big_screen.is_on


def _step(page, forum, verb: str, value: object) -> None:
    store, current = page.context.store, page.state.current
    if verb == "screen":
        page.toggle_big_screen()
    elif verb == "pause":
        page.toggle_pause()
    elif verb == "undo":
        store.undo()
    elif verb == "switch":
        other = forum.item["Johan"] if current and current.row.id == forum.item["Maria"] else forum.item["Maria"]
        services.open_item(store, other)
    elif verb == "agree":
        services.add_agreement(store, current.row.id, value)
    elif verb == "question":
        services.save_text(store, current.row.id, services.ItemText.QUESTION, value)
    elif verb == "act":
        action_services.add_action(store, current.row.id, NewAction(value, forum.party["fk"], forum.contact["fk"]))
    elif verb == "reword":
        for row in store.read(agenda_queries.agreements, current.row.id)[-1:]:
            services.save_agreement(store, row.id, value)
    elif verb == "tick":
        _tick(store, current.row.id, value)


def _tick(store, item_id: int, which: int) -> None:
    rows = [(ShownLine.QUESTION, item_id)]
    rows += [(ShownLine.AGREEMENT, row.id) for row in store.read(agenda_queries.agreements, item_id)]
    rows += [(ShownLine.ACTION, row.id) for row in store.read(action_queries.actions_of_item, item_id)]
    try:
        show_line(store, *rows[which % len(rows)], True)
    except Refused as refused:
        assert [problem.code for problem in refused.problems] == ["big_screen.holds_a_name"]
