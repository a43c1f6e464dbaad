"""Papper of a round by keyboard, in a real window on the real store: printed, jammed, kept for later, saved, and found on Idag."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from rehabdesk.domain.hand_outs import HandOutState, Medium
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import cases, hand_outs
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries import log as log_queries
from rehabdesk.store.queries.prerehab import rounds
from rehabdesk.ui.parts.basics import Link
from rehabdesk.ui.prerehab.papers_face import RoundPapersFace
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.today.page import TodayPage
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum
from tests.helpers.keys import CTRL, press

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=3)


@pytest.fixture
def round_id(forum: Forum, store) -> int:
    made = make_round(store, make_programme(store, forum.party_ids["VC"]), date(2026, 12, 1))
    for place, state in enumerate((BookingState.ACCEPTED, BookingState.OFFERED), 1):
        make_claim(store, made, forum.case_ids[place - 1], place, state)
    return made


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "tider.ics"


@pytest.fixture
def face(context, store, round_id, place, shown) -> RoundPapersFace:
    made = RoundPapersFace(context, lambda _parent, _title, name: place.with_name(name), lambda _parent, _title, _name: place)
    shown(made)
    made.show_round(store.read(rounds.round_of, round_id, context.clock.today()))
    made.focus_first()
    return made


def choose(face: RoundPapersFace, paper: PaperKind, case: str = "", party: str = "") -> None:
    """Go to a paper and wait until it is made."""
    offer = next(
        row
        for row in face.desk.table.rows_model.rows
        if (row.paper, row.case_number) == (paper, case) and row.to.endswith(party) and bool(row.to) == bool(party)
    )
    face.desk.table.choose(offer.id)


def test_it_lists_the_rounds_papers_and_each_participants_own(face: RoundPapersFace) -> None:
    listed = [(row.paper, row.to, row.case_number) for row in face.desk.table.rows_model.rows]
    assert listed[:2] == [(PaperKind.ROUND_LIST, "", ""), (PaperKind.ATTENDANCE, "", "")]
    assert (PaperKind.ROUND_LIST, "Västra Götalandsregionen, Vårdcentralen Vara", "") in listed
    assert (PaperKind.OCCASIONS, "", "RF-2026-001") in listed and (PaperKind.OFFER, "", "RF-2026-002") in listed
    assert [column.key for column in face.desk.table.rows_model.columns] == ["paper", "reader", "case"]


def test_a_list_is_made_where_one_chooses_it_and_looking_is_logged(face: RoundPapersFace, store, round_id, qtbot) -> None:
    qtbot.waitUntil(lambda: store.read(log_queries.last_of, "round-list_read", "round", round_id) is not None)
    press(face.desk.table, Qt.Key.Key_Return, CTRL)
    (copy,) = store.read(queries.of_round, round_id)
    assert (copy.paper, copy.state, copy.medium) == (PaperKind.ROUND_LIST, HandOutState.WAITING, Medium.PAPER)
    qtbot.waitUntil(lambda: [row.id for row in face.desk.copies.table.rows_model.rows] == [copy.id])


def test_her_days_are_saved_as_a_calendar_and_remembered(face: RoundPapersFace, store, place: Path, round_id, qtbot) -> None:
    assert face.desk.calendar_button.isHidden()
    choose(face, PaperKind.OCCASIONS, "RF-2026-001")
    qtbot.waitUntil(lambda: face.desk.calendar_button.isVisible() and face.desk.calendar_button.isEnabled())
    press(face.desk.table, Qt.Key.Key_S, CTRL | SHIFT)
    written = place.read_text(encoding="utf-8")
    assert written.count("BEGIN:VEVENT") == 16 and "rehab" not in written.casefold()
    (copy,) = store.read(queries.of_round, round_id)
    assert (copy.paper, copy.medium, copy.state) == (PaperKind.OCCASIONS, Medium.FILE, HandOutState.GIVEN)


def test_under_protected_identity_the_calendar_is_refused_in_a_sentence(face: RoundPapersFace, forum, store, place: Path, qtbot) -> None:
    cases.set_protected(store, forum.case_ids[0], True)
    choose(face, PaperKind.OCCASIONS, "RF-2026-001")
    qtbot.waitUntil(lambda: face.desk.calendar_button.isEnabled() and face.desk.calendar_button.isVisible())
    press(face.desk.table, Qt.Key.Key_S, CTRL | SHIFT)
    assert face.desk.refusal.text() and not place.exists()


def test_a_copy_that_jams_waits_again_and_idag_leads_back_to_the_round(face: RoundPapersFace, context, store, round_id, qtbot) -> None:
    qtbot.waitUntil(lambda: face.desk.print.isEnabled())
    press(face.desk.table, Qt.Key.Key_Return, CTRL)
    (copy,) = store.read(queries.of_round, round_id)
    assert hand_outs.send(store, copy.id) is not None
    hand_outs.print_again(store, [copy.id])
    hand_outs.keep_for_later(store, [copy.id])
    went: list[Target] = []
    page = TodayPage(replace(context, navigate=went.append))
    qtbot.addWidget(page)
    page.show()
    (link,) = [link for link in page.to_give.findChildren(Link) if not link.isHidden()]
    assert any("Grön prerehab 1: omgångslista" in label.text() for label in page.to_give.findChildren(QLabel))
    link.click()
    assert went == [Target("prerehab", "round", round_id, "papers")]


def test_an_offer_that_has_run_out_has_no_letter_any_more(face: RoundPapersFace, context, store, clock) -> None:
    clock.move(days=11)
    face.desk.refresh()
    assert not any(row.paper is PaperKind.OFFER for row in face.desk.table.rows_model.rows)
