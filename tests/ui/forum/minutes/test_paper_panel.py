"""The papers of a session: looked at, printed, saved, refused in words; the copies and what is said of them by key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import cases, hand_outs, papers
from rehabdesk.services.paper_offers import Offer
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.ui.forum.paper_panel import PaperPanel
from rehabdesk.ui.parts.pdf_pages import PdfPages
from rehabdesk.ui.shell.context import Context
from tests.helpers.forum import PEOPLE, Forum
from tests.helpers.keys import CTRL, SHIFT, press
from tests.helpers.printing import RecordingPrinter
from tests.helpers.log import log_of

PATIENCE = 20_000


@pytest.fixture
def saved_as(tmp_path: Path) -> list[Path]:
    """Where the system's dialog would say to save; what was suggested is put behind it."""
    return [tmp_path / "papper.pdf"]


@pytest.fixture
def panel(qtbot, printing: Context, forum: Forum, saved_as: list[Path]) -> PaperPanel:
    def ask(_parent: QWidget, _title: str, name: str) -> Path | None:
        saved_as.append(Path(name))
        return saved_as[0]

    made = PaperPanel(printing, forum.session_id, ask)
    qtbot.addWidget(made)
    made.resize(1200, 850)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=PATIENCE)
    made.focus_first()
    return made


def offers(panel: PaperPanel) -> tuple[Offer, ...]:
    return panel.table.rows_model.rows


def look_at(qtbot, panel: PaperPanel, paper: PaperKind, party: str = "", case: str = "") -> None:
    wanted = next(one for one in offers(panel) if (one.paper, one.to, one.case_number) == (paper, party, case))
    panel.table.choose(wanted.id)
    qtbot.waitUntil(lambda: panel.print.isEnabled() or bool(panel.refusal.text()), timeout=PATIENCE)


def go_to(panel: PaperPanel, hand_out_id: int) -> None:
    """Walk to a copy with the arrows, from the top."""
    table = panel.copies.table
    table.setFocus()
    for _ in table.rows_model.rows:
        press(table, Qt.Key.Key_Up)
    while table.current_row.id != hand_out_id:
        press(table, Qt.Key.Key_Down)


def settled(panel: PaperPanel) -> bool:
    return not panel._timer.isActive()


def test_every_paper_is_offered_with_its_reader(panel: PaperPanel, forum: Forum) -> None:
    found = {(one.paper, one.to or one.case_number) for one in offers(panel)}
    assert {
        (PaperKind.AGENDA, ""), (PaperKind.AGENDA, "Försäkringskassan"), (PaperKind.AGENDA, "RF-2026-001"), (PaperKind.SIGN_IN, ""),
        (PaperKind.SPARE, ""), (PaperKind.SUMMARY, "RF-2026-001"), (PaperKind.EXTRACT, "Vara kommun, HR"),
        (PaperKind.ACTION_SLIP, "Försäkringskassan"), (PaperKind.MINUTES, ""),
    } <= found  # fmt: skip
    assert not any(part in str(one) for one in offers(panel) for person in PEOPLE for part in person)


def test_no_list_of_papers_is_ordered_by_party(panel: PaperPanel) -> None:
    """It would bring together everybody who has to do with a sensitive one."""
    for table in (panel.table, panel.copies.table):
        assert {column.key: column.sortable for column in table.rows_model.columns}["reader"] is False


def test_the_paper_is_seen_as_it_will_be_printed(qtbot, panel: PaperPanel) -> None:
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: "Din sammanfattning" in panel.preview.sheets.accessibleDescription(), timeout=PATIENCE)


def test_looking_at_a_paper_about_somebody_is_logged(qtbot, panel: PaperPanel, forum: Forum) -> None:
    look_at(qtbot, panel, PaperKind.SIGN_IN)
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: log_of(forum.store, "summary_read") == [("case", forum.case_ids[0])], timeout=PATIENCE)
    look_at(qtbot, panel, PaperKind.MINUTES)
    qtbot.waitUntil(lambda: log_of(forum.store, "minutes_read") == [("forum_session", forum.session_id)], timeout=PATIENCE)
    assert not log_of(forum.store, "sign_in_read")


def test_a_reader_without_consent_is_refused_in_words(qtbot, panel: PaperPanel) -> None:
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    look_at(qtbot, panel, PaperKind.EXTRACT, "Arbetsförmedlingen", "RF-2026-001")
    qtbot.waitUntil(lambda: "samtycke" in panel.refusal.text(), timeout=PATIENCE)
    assert not panel.print.isEnabled() and not panel.save.isEnabled()
    assert panel.preview.page_count == 0


def test_a_finished_item_that_may_name_somebody_who_came_since_is_read_through_first(qtbot, panel: PaperPanel, forum: Forum) -> None:
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: panel.print.isEnabled(), timeout=PATIENCE)
    words = forum.store.read(papers.composed, panel.table.current_row.wanted, forum.store.clock.now()).agreements[0]
    given_name, surname, *_ = words.strip(".").split()
    cases.open_case(forum.store, forum.series_id, given_name, surname)
    look_at(qtbot, panel, PaperKind.SIGN_IN)
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: f"{given_name} {surname}" in panel.refusal.text(), timeout=PATIENCE)
    assert panel.preview.page_count > 0
    assert not panel.print.isEnabled() and not panel.save.isEnabled()
    panel.somebody_else.setFocus()
    press(panel.somebody_else, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: panel.print.isEnabled() and panel.save.isEnabled(), timeout=PATIENCE)
    assert panel.refusal.text() == "" and panel.somebody_else.isHidden()


def test_a_paper_is_printed_by_key(qtbot, panel: PaperPanel, printing: Context, printer: RecordingPrinter, forum: Forum) -> None:
    look_at(qtbot, panel, PaperKind.SIGN_IN)
    qtbot.waitUntil(lambda: settled(panel), timeout=PATIENCE)
    with qtbot.waitSignal(printing.queue.sent, timeout=PATIENCE):
        press(panel, Qt.Key.Key_Return, CTRL)
    row = forum.store.read(queries.of_session, forum.session_id)[-1]
    assert (row.paper, row.state) == (PaperKind.SIGN_IN, HandOutState.SENT)


def test_everyone_here_gets_hers_and_nobody_under_protection(qtbot, panel, printing: Context, printer: RecordingPrinter, forum: Forum) -> None:
    cases.set_protected(forum.store, forum.case_ids[1], True)
    with qtbot.waitSignal(printing.queue.idle, timeout=PATIENCE):
        press(panel, Qt.Key.Key_P, CTRL | SHIFT)
    sent = [row for row in forum.store.read(queries.of_session, forum.session_id) if row.state is HandOutState.SENT]
    assert sorted((row.case_id, row.reader) for row in sent) == sorted(
        (forum.case_ids[0], reader) for reader in (ReaderKind.PARTICIPANT, *[ReaderKind.PARTY] * 3)
    )


def test_a_file_is_saved_remembered_and_said_to_be_gone(qtbot, panel: PaperPanel, saved_as: list[Path], forum: Forum) -> None:
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: settled(panel), timeout=PATIENCE)
    press(panel, Qt.Key.Key_S, CTRL)
    assert saved_as[1] == Path("sammanfattning RF-2026-001 2026-11-22.pdf")
    with PdfPages(saved_as[0].read_bytes()) as pages:
        assert "Din sammanfattning" in pages.text(0)
    assert [path.name for path in saved_as[0].parent.glob("papper*")] == ["papper.pdf"]
    (file,) = forum.store.read(queries.files_not_gone)
    assert file.medium is Medium.FILE
    qtbot.waitUntil(lambda: panel.copies.table.rows_model.rows[0].id == file.id, timeout=PATIENCE)
    go_to(panel, file.id)
    panel.copies.gone.click()
    assert forum.store.read(queries.files_not_gone) == ()


def test_a_place_that_cannot_be_written_to_is_told_and_nothing_is_handed_out(qtbot, panel, saved_as: list[Path], forum: Forum) -> None:
    saved_as[0] = saved_as[0].parent / "no such folder" / "papper.pdf"
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: settled(panel), timeout=PATIENCE)
    press(panel, Qt.Key.Key_S, CTRL)
    assert "papper.pdf" in panel.refusal.text()
    assert forum.store.read(queries.files_not_gone) == ()


def test_several_copies_are_answered_for_at_once(qtbot, panel: PaperPanel, forum: Forum) -> None:
    rows = forum.store.read(queries.of_session, forum.session_id)
    for row in rows[:3]:
        hand_outs.send(forum.store, row.id)
    table = panel.copies.table
    qtbot.waitUntil(lambda: sum(row.state is HandOutState.SENT for row in table.rows_model.rows) == 3, timeout=PATIENCE)
    go_to(panel, rows[2].id)
    # Newest first: the other two lie beneath.
    press(table, Qt.Key.Key_Down, SHIFT)
    assert len(panel.copies.chosen_rows) == 2
    press(panel, Qt.Key.Key_G, CTRL)
    states = [row.state for row in forum.store.read(queries.by_ids, [row.id for row in rows[:3]])]
    assert states == [HandOutState.SENT, HandOutState.GIVEN, HandOutState.GIVEN]


def test_going_to_the_last_copy_by_key_chooses_it(qtbot, panel: PaperPanel, forum: Forum) -> None:
    """Else the buttons would act on another copy than the one that is looked at."""
    table = panel.copies.table
    go_to(panel, forum.store.read(queries.of_session, forum.session_id)[-1].id)
    for key, place in ((Qt.Key.Key_End, -1), (Qt.Key.Key_Home, 0)):
        press(table, key, CTRL)
        assert table.current_row == table.rows_model.rows[place]
        assert table.selected_rows == (table.current_row,)


def test_what_is_settled_is_not_settled_again_but_printed_as_a_new_copy(qtbot, panel, printing, printer: RecordingPrinter, forum: Forum) -> None:
    first = forum.store.read(queries.of_session, forum.session_id)[0]
    hand_outs.send(forum.store, first.id)
    hand_outs.give(forum.store, [first.id])
    qtbot.waitUntil(lambda: panel.copies.table.rows_model.rows[-1].state is HandOutState.GIVEN, timeout=PATIENCE)
    go_to(panel, first.id)
    assert not panel.copies.given.isEnabled() and not panel.copies.void.isEnabled()
    with qtbot.waitSignal(printing.queue.sent, timeout=PATIENCE):
        press(panel, Qt.Key.Key_R, CTRL)
    newest = forum.store.read(queries.of_session, forum.session_id)[-1]
    assert newest.id != first.id and (newest.paper, newest.reader, newest.sheet_id) == (first.paper, first.reader, first.sheet_id)


def test_nothing_of_a_paper_is_kept_where_nobody_looks(qtbot, panel: PaperPanel) -> None:
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    qtbot.waitUntil(lambda: panel.preview.page_count == 1, timeout=PATIENCE)
    panel.hide()
    assert panel.preview.page_count == 0


def test_the_paper_speaks_the_language_chosen_for_it(qtbot, panel: PaperPanel) -> None:
    look_at(qtbot, panel, PaperKind.SUMMARY, case="RF-2026-001")
    panel.languages.set_value("en")
    panel.languages.changed.emit("en")
    qtbot.waitUntil(lambda: "Your summary" in panel.preview.sheets.accessibleDescription(), timeout=PATIENCE)
