"""Gå igenom och lås, by keyboard: read sheet by sheet, put right, be refused, lock all the same, correct afterwards."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from rehabdesk.domain.forum import ItemState, Outcome, SessionState
from rehabdesk.domain.sheets import Block
from rehabdesk.services import drafts
from rehabdesk.services.forum import meeting, sheets
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as queries
from rehabdesk.ui.forum.minutes_correction import CorrectionForm
from rehabdesk.ui.forum.minutes_face import MinutesFace
from rehabdesk.ui.shell.context import Context, Target
from tests.helpers.forum import Forum
from tests.helpers.keys import CTRL, SHIFT, press, type_text
from tests.helpers.log import log_of

PATIENCE = 20_000


def shown_words(widget: QWidget) -> str:
    """Every word a person sees in a widget now."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def face(qtbot, printing: Context, forum: Forum, went: list[Target]) -> MinutesFace:
    made = MinutesFace(replace(printing, navigate=went.append), forum.session_id)
    qtbot.addWidget(made)
    made.resize(1200, 850)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=PATIENCE)
    made.focus_first()
    return made


def state(forum: Forum) -> SessionState:
    return forum.store.read(session_queries.session, forum.session_id).state


def lock_told_twice(qtbot, face: MinutesFace, forum: Forum) -> None:
    press(face, Qt.Key.Key_L, CTRL | SHIFT)
    card = face.overview.lock_card
    card.confirm.setFocus()
    press(None, Qt.Key.Key_Space)
    assert state(forum) is SessionState.LOCKED


def test_the_overview_says_what_locking_does(face: MinutesFace) -> None:
    words = shown_words(face)
    for expected in (
        "§ 2 RF-2026-001: till parkeringslistan, eftersom inget möte är planerat", "RF-2026-002 Johan E.",
        "Återkommer inte", "Inte klara", "Var med men har inget att göra", "Arbetsförmedlingen", "4 närvarande, 0 frånvarande.",
    ):  # fmt: skip
        assert expected in words
    assert "Försäkringskassan" not in words.split("Var med men har inget att göra")[1].split("Lås anteckningarna")[0]


def test_the_sheets_are_read_one_by_one_by_keyboard(qtbot, face: MinutesFace, forum: Forum) -> None:
    press(face, Qt.Key.Key_G, CTRL)
    reader = face.reader
    seen = []
    for _ in range(4):
        seen.append(reader.item_id)
        if reader.item_id in forum.item_ids:
            place = forum.item_ids.index(reader.item_id)
            qtbot.waitUntil(partial(_reads, reader, place), timeout=PATIENCE)
        press(None, Qt.Key.Key_Space)
    assert seen[1:] == forum.item_ids and len(set(seen)) == 4
    # The general item is about nobody: reading it is no reading of a person.
    assert log_of(forum.store, "item_read") == [("case", case_id) for case_id in forum.case_ids]
    assert face.overview.lock_card.lock.hasFocus()


def _reads(reader: QWidget, place: int) -> bool:
    words = shown_words(reader)
    return all(part in words for part in (f"Fråga nummer {place}?", f"Överenskommelse nummer {place}.", "Försäkringskassan"))


def test_a_row_opens_its_sheet_and_esc_leads_back(face: MinutesFace, forum: Forum) -> None:
    press(None, Qt.Key.Key_Tab)
    press(None, Qt.Key.Key_Return)
    assert face.reader.item_id == forum.item_ids[0]
    assert face.step_back()
    assert face.overview.isVisible()
    assert not face.step_back()


def test_locking_is_refused_in_its_place_and_done_when_told_twice(qtbot, face: MinutesFace, forum: Forum) -> None:
    press(face, Qt.Key.Key_L, CTRL | SHIFT)
    assert "Punkter som inte är klara: 2." in shown_words(face)
    assert state(forum) is SessionState.UNDER_WAY
    # Enter on what has the focus is the way back, not the way through.
    press(None, Qt.Key.Key_Space)
    assert "Punkter som inte är klara" not in shown_words(face)
    lock_told_twice(qtbot, face, forum)
    digest = forum.store.read(queries.minutes, forum.session_id).digest
    qtbot.waitUntil(lambda: digest == face.overview._digest.text().replace(" ", ""), timeout=PATIENCE)
    words = shown_words(face)
    assert "Låsta 22 november 2026." in words and "Lås anteckningarna" not in words


def test_what_the_lock_queues_waits_until_somebody_asks(qtbot, face: MinutesFace, forum: Forum, printer) -> None:
    before = {row.id for row in forum.store.read(hand_out_queries.of_session, forum.session_id)}
    lock_told_twice(qtbot, face, forum)
    new = [row for row in forum.store.read(hand_out_queries.of_session, forum.session_id) if row.id not in before]
    assert new and all(row.is_later for row in new)
    assert printer.jobs == []


def test_where_nothing_stands_in_the_way_one_question_is_asked(qtbot, face: MinutesFace, forum: Forum) -> None:
    for item in forum.store.read(agenda_queries.agenda, forum.session_id, forum.store.clock.today()):
        if item.state is not ItemState.FINISHED:
            meeting.open_item(forum.store, item.id)
            sheets.freeze(forum.store, item.id, Ending(Outcome.AGREED))
    press(face, Qt.Key.Key_L, CTRL | SHIFT)
    assert "Det går inte att ångra." in shown_words(face)
    assert state(forum) is SessionState.UNDER_WAY
    face.overview.lock_card.confirm.setFocus()
    press(None, Qt.Key.Key_Space)
    assert state(forum) is SessionState.LOCKED
    qtbot.waitUntil(face.overview.lock_card.isHidden, timeout=PATIENCE)


def test_a_correction_is_made_where_the_sheet_is_read(qtbot, face: MinutesFace, forum: Forum) -> None:
    face.read_item(forum.item_ids[0])
    press(face, Qt.Key.Key_R, CTRL)
    press(None, Qt.Key.Key_Tab)
    type_text(None, "Det gäller tre halvdagar, som för Johan Ekegren.")
    press(None, Qt.Key.Key_Return, CTRL)
    assert "Johan Ekegren" in face.reader.correction.form.frame("text").problem.text()
    assert face.reader.correction.text.toPlainText().startswith("Det gäller tre halvdagar")
    face.reader.correction.text.selectAll()
    type_text(None, "Det gäller tre halvdagar.")
    press(None, Qt.Key.Key_Return, CTRL)
    assert "Rättelsen är gjord. 4 nya exemplar ska lämnas." in shown_words(face.reader)
    qtbot.waitUntil(lambda: "Rättelse 2026-11-22: det vi kom överens om" in shown_words(face.reader), timeout=PATIENCE)
    later = forum.store.read(hand_out_queries.to_give_later)
    assert len(later) == 4 and {row.version for row in later} == {2}


def test_a_locked_sheet_is_corrected_too_and_what_is_half_written_stays(qtbot, face: MinutesFace, forum: Forum) -> None:
    lock_told_twice(qtbot, face, forum)
    face.read_item(forum.item_ids[1])
    press(face, Qt.Key.Key_R, CTRL)
    press(None, Qt.Key.Key_Tab)
    type_text(None, "Halvskrivet om å, ä och ö")
    assert face.step_back() and not face.reader.correction.isVisible()
    press(face, Qt.Key.Key_R, CTRL)
    assert face.reader.correction.text.toPlainText() == "Halvskrivet om å, ä och ö"
    face.reader.correction.block.setFocus()
    press(None, Qt.Key.Key_Up)
    assert face.reader.correction.block.value is Block.DISCUSSION
    # A lock in between: another page is built from what the vault holds.
    assert face.reader._context.flushes.flush_all()
    after = CorrectionForm(face.reader._context)
    qtbot.addWidget(after)
    sheet = forum.store.read(queries.sheet_of_item, forum.item_ids[1])
    after.ask(sheet.sheet_id)
    assert (after.block.value, after.text.toPlainText()) == (Block.DISCUSSION, "Halvskrivet om å, ä och ö")
    face.reader.correction.text.setFocus()
    press(None, Qt.Key.Key_Return, CTRL)
    row = forum.store.read(queries.sheet_of_item, forum.item_ids[1])
    assert [one.text for one in row.item.corrections] == ["Halvskrivet om å, ä och ö"]
    assert forum.store.read(drafts.draft, f"correction:{sheet.sheet_id}") == {}
    assert forum.store.read(queries.minutes, forum.session_id) is not None


def test_chair_and_secretary_are_saved_and_stand_still_when_locked(qtbot, face: MinutesFace, forum: Forum) -> None:
    face.overview.chair["chair"].setFocus()
    type_text(None, "Lena Borg")
    press(None, Qt.Key.Key_Tab)
    type_text(None, "Karin Lindgren")
    lock_told_twice(qtbot, face, forum)
    session = forum.store.read(session_queries.session, forum.session_id)
    assert (session.chair, session.secretary) == ("Lena Borg", "Karin Lindgren")
    qtbot.waitUntil(lambda: "Ordförande: Lena Borg. Antecknat av: Karin Lindgren." in shown_words(face), timeout=PATIENCE)
    assert not face.overview.chair["chair"].isVisible()


def test_a_case_that_does_not_come_back_is_closed_on_its_own_page(face: MinutesFace, forum: Forum, went: list[Target]) -> None:
    from rehabdesk.ui.parts.basics import Link

    link = next(link for link in face.findChildren(Link) if "RF-2026-002" in link.accessibleName())
    link.click()
    assert went == [Target("cases", "case", forum.case_ids[1])]


def test_a_correction_made_elsewhere_shows_at_once(qtbot, face: MinutesFace, forum: Forum) -> None:
    sheet = forum.store.read(queries.sheet_of_item, forum.item_ids[0])
    sheets.correct(forum.store, sheet.sheet_id, Block.QUESTION, "Frågan gällde mars.")
    qtbot.waitUntil(lambda: "rättad en gång" in shown_words(face), timeout=PATIENCE)


def test_the_general_part_is_corrected_once_it_is_locked(qtbot, face: MinutesFace, forum: Forum) -> None:
    assert not face.overview.correct.isVisible()
    lock_told_twice(qtbot, face, forum)
    qtbot.waitUntil(face.overview.correct.isVisible, timeout=PATIENCE)
    face.overview.correct.setFocus()
    press(None, Qt.Key.Key_Space)
    type_text(None, "Arbetsförmedlingen kom 13.10.")
    press(None, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: "Arbetsförmedlingen kom 13.10." in shown_words(face), timeout=PATIENCE)
    assert "Rättelse 2026-11-22" in shown_words(face)
