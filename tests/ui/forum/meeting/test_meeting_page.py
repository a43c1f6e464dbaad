"""The meeting by keyboard: start, write, agree, promise, mark, finish, pause. On the real encrypted store."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFont, QWindow
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from rehabdesk.domain.forum import ActionEventKind, ItemKind, ItemState, Outcome, Presence, Return, SessionState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.services.forum import meeting as services
from rehabdesk.services.forum import presence as presence_services
from rehabdesk.services.forum.sessions import SessionPlan, plan_session
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.ui.forum.meeting import MeetingPage
from rehabdesk.ui.parts.fields import AutosaveText
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.messages import MessageLine
from rehabdesk.ui.shell.page import Page, names_would_show
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.keys import ALT, CTRL, SHIFT, press, type_text
from tests.ui.forum.meeting.conftest import FakeScreen
from tests.ui.forum.meeting.seed import MEETING_DAY

Key = Qt.Key


def settle(page, qtbot) -> None:
    """Save what is typed and let the page ask again, as the next turns of the event loop would."""
    page.context.flushes.flush_all()
    page.state.reload()


def item_row(page, forum, name: str):
    """The item of a participant as the store has it."""
    return page.context.store.read(agenda_queries.item, forum.item[name], page.state.today)


def go_to(page, forum, name: str) -> None:
    """Start, and turn to somebody's item."""
    if not page.state.under_way:
        page.between.start_session()
    services.open_item(page.context.store, forum.item[name])
    page.state.reload()


def pass_time(page, clock, minutes: int) -> None:
    """Let the meeting go on, the clock being looked at all the while."""
    for _ in range(2 * minutes):
        clock.move(seconds=30)
        page.tick()


def words_on(widget: QWidget) -> str:
    """Everything that can be read in a part of the page."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget.window()))


# --- start and end ---


def test_the_meeting_starts_with_one_key_and_opens_the_first_item(page, qtbot, forum):
    page.focus_first()
    assert page.between.start.hasFocus()
    press(page, Key.Key_Return, CTRL)
    assert page.state.session.state is SessionState.UNDER_WAY
    assert page.face is page.item
    assert page.item.discussion.field.hasFocus()
    assert "§" in page.item.head.headline.text()


def test_why_it_cannot_start_is_said_beside_the_button(page, store, clock, forum):
    clock.set(datetime(2026, 11, 20, 13, 0))
    plan_session(store, forum.series, SessionPlan(date(2026, 11, 20), "09:00", "10:00", ""))
    page.between.start_session()
    assert page.face is page.between
    assert "2026-11-20" in page.between.refusal.text()
    assert page.between.refusal.isVisible()


def test_all_items_finished_offers_the_end_and_goes_to_the_minutes(page, store, forum, went):
    page.between.start_session()
    for _ in page.state.items:
        press(page, Key.Key_Return, CTRL)
        press(page, Key.Key_Return, CTRL)
    assert page.state.all_finished
    assert page.face is page.between
    assert page.between.heading.text() == "Alla punkter är klara"
    assert page.between.end.hasFocus()
    press(page, Key.Key_Return, CTRL)
    assert store.read(session_queries.session, forum.session).state is SessionState.HELD
    assert went == [Target("forum", "session", forum.session, "minutes")]


class Opened(QObject):
    """Remembers every window that is shown while it looks."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Hold nothing back."""
        if isinstance(watched, QWindow) and event.type() is QEvent.Type.Show:
            self.names.append(watched.objectName())
        return False


def test_an_item_is_opened_without_any_window_of_its_own(page, forum, qapp):
    opened = Opened()
    qapp.installEventFilter(opened)
    go_to(page, forum, "Maria")
    services.add_agreement(page.context.store, forum.item["Maria"], "Två halvdagar i veckan.")
    page.state.reload()
    qapp.removeEventFilter(opened)
    assert page.item.agreements.lines[0].second.isVisible()
    assert opened.names == []


# --- the clock ---


def test_the_clock_counts_marks_an_item_past_its_box_and_reckons_the_end(page, clock, forum):
    go_to(page, forum, "Maria")
    pass_time(page, clock, 10)
    assert "10 / 20" in words_on(page.agenda)
    planned = page.agenda.ends.text()
    pass_time(page, clock, 13)
    assert "23 / 20 över" in words_on(page.agenda)
    assert page.agenda.clock.text() == "13.23"
    assert page.agenda.ends.text() != planned
    pass_time(page, clock, 130)
    assert page.agenda.ends.property("ink") == "amber"


def test_finished_items_keep_their_minutes_through_a_pause(page, clock, forum):
    go_to(page, forum, "Maria")
    pass_time(page, clock, 5)
    page.toggle_pause()
    pass_time(page, clock, 30)
    page.toggle_pause()
    pass_time(page, clock, 2)
    assert "7 / 20" in words_on(page.agenda)


# --- writing ---


def test_what_is_typed_is_saved_and_survives_a_switch_of_items(page, qtbot, forum):
    go_to(page, forum, "Maria")
    page.item.discussion.field.setFocus()
    type_text(None, "Lättare moment går bra – säger vården.")
    go_to(page, forum, "Johan")
    page.item.background.field.setFocus()
    type_text(None, "Ny på enheten.")
    settle(page, qtbot)
    assert item_row(page, forum, "Maria").discussion == "Lättare moment går bra – säger vården."
    assert item_row(page, forum, "Johan").background == "Ny på enheten."
    assert item_row(page, forum, "Johan").discussion == ""
    assert page.item.discussion.field.text() == ""


def test_typing_is_saved_within_a_second(page, qtbot, forum):
    go_to(page, forum, "Maria")
    page.item.discussion.field.setFocus()
    type_text(None, "x")
    # Asked of the field rather than of a watch: a busy machine must not decide, a longer throttle must fail.
    due = page.item.discussion.field._autosaver._timer
    assert due.isActive() and due.remainingTime() < 1000
    qtbot.waitUntil(lambda: item_row(page, forum, "Maria").discussion == "x")
    assert "Sparat" in page.header.saved.text()


def test_a_refresh_does_not_move_the_keyboard_or_the_text(page, store, qtbot, forum):
    go_to(page, forum, "Maria")
    field = page.item.discussion.field
    field.setFocus()
    type_text(None, "Halva men")
    top = field.mapToGlobal(field.rect().topLeft())
    presence_services.mark(store, page.state.attendees[0].id, Presence.HERE)
    page.state.reload()
    type_text(None, "ingen")
    assert field.text() == "Halva meningen"
    assert field.hasFocus()
    assert field.mapToGlobal(field.rect().topLeft()) == top


def test_the_question_is_edited_in_place(page, qtbot, forum):
    go_to(page, forum, "Johan")
    page.item.question.setFocus()
    type_text(None, "Vad hindrar?")
    settle(page, qtbot)
    assert item_row(page, forum, "Johan").question == "Vad hindrar?"


def test_last_time_is_told_for_a_returning_case(page, forum):
    go_to(page, forum, "Maria")
    assert page.item.head.last_time.text().startswith("Sist, 27 oktober: Chefen ser över schemat")
    go_to(page, forum, "Johan")
    assert page.item.head.last_time.isHidden()


# --- names ---


def test_another_participants_name_is_underlined_as_it_is_typed_and_said(page, forum):
    go_to(page, forum, "Maria")
    field = page.item.discussion.field
    field.setFocus()
    type_text(None, "Som för Anna Lind")
    assert [(mark.start, mark.end) for mark in field.underlines] == [(8, 17)]
    assert "RF-2026-001" in page.item.discussion.sentence.text()
    assert "RF-2026-001" in field.accessibleDescription()
    type_text(None, "\b" * 9)
    assert field.underlines == ()
    assert page.item.discussion.sentence.text() == ""


def test_her_own_name_and_a_colleagues_are_not_underlined(page, forum):
    go_to(page, forum, "Maria")
    page.item.discussion.field.setFocus()
    type_text(None, "Maria Sandberg och Eva Holm ses.")
    assert page.item.discussion.field.underlines == ()


def test_the_register_follows_a_renamed_participant(page, store, forum, qtbot):
    from rehabdesk.domain.cases import CaseText
    from rehabdesk.services.cases import change_text

    go_to(page, forum, "Maria")
    page.item.discussion.field.setFocus()
    type_text(None, "Som för Zäta")
    assert page.item.discussion.field.underlines == ()
    change_text(store, forum.case["Anna"], CaseText.GIVEN_NAME, "Zäta")
    qtbot.waitUntil(lambda: len(page.item.discussion.field.underlines) == 1)


# --- agreements ---


def test_enter_makes_the_next_agreement_and_alt_arrows_order_them(page, qtbot, forum):
    go_to(page, forum, "Maria")
    page.item.agreements.focus_last()
    type_text(None, "Två halvdagar.\nSkriv till läkaren.")
    settle(page, qtbot)
    rows = page.context.store.read(agenda_queries.agreements, forum.item["Maria"])
    assert [row.text for row in rows] == ["Två halvdagar.", "Skriv till läkaren."]
    press(None, Key.Key_Up, ALT)
    page.state.reload()
    rows = page.context.store.read(agenda_queries.agreements, forum.item["Maria"])
    assert [row.text for row in rows] == ["Skriv till läkaren.", "Två halvdagar."]
    assert [line.text.text() for line in page.item.agreements.lines] == ["Skriv till läkaren.", "Två halvdagar."]
    assert page.item.agreements.lines[0].text.hasFocus()


def test_an_agreement_has_a_second_line_for_the_participant_reached_by_tab(page, qtbot, forum):
    go_to(page, forum, "Maria")
    page.item.agreements.focus_last()
    type_text(None, "Två halvdagar.\tDu provar två halvdagar.")
    settle(page, qtbot)
    (row,) = page.context.store.read(agenda_queries.agreements, forum.item["Maria"])
    assert (row.text, row.participant_text) == ("Två halvdagar.", "Du provar två halvdagar.")


def test_showing_what_is_agreed_writes_nothing(page, store, forum):
    services.add_agreement(store, forum.item["Maria"], "Två halvdagar.")
    go_to(page, forum, "Maria")
    changes = []
    end = store.subscribe(changes.append)
    assert not any(field.pending for field in page.findChildren(AutosaveText))
    page.context.flushes.flush_all()
    end()
    assert changes == []


def test_an_empty_line_leaves_no_trace_and_backspace_takes_it_away(page, qtbot, forum):
    go_to(page, forum, "Maria")
    page.item.agreements.focus_last()
    type_text(None, "Ett.\n")
    assert len(page.item.agreements.lines) == 2
    type_text(None, "\b")
    assert len(page.item.agreements.lines) == 1
    assert page.item.agreements.lines[0].text.hasFocus()
    settle(page, qtbot)
    assert len(page.context.store.read(agenda_queries.agreements, forum.item["Maria"])) == 1


def test_undo_takes_an_agreement_away_from_the_page_too(page, store, qtbot, forum):
    go_to(page, forum, "Maria")
    page.item.agreements.focus_last()
    type_text(None, "Ett.\nTvå.")
    settle(page, qtbot)
    page.item.discussion.field.setFocus()
    store.undo()
    page.state.reload()
    assert [line.text.text() for line in page.item.agreements.lines if not line.is_blank] == ["Ett."]


# --- the quick line ---


def test_a_line_that_is_not_added_holds_the_item_back(page, store, forum):
    go_to(page, forum, "Maria")
    quick = page.item.actions.quick
    quick.field.setFocus()
    type_text(None, "FK boka avstämningsmöte 15/12")
    page.item.discussion.field.setFocus()
    press(page, Key.Key_Return, CTRL)
    assert page.face is page.item and quick.field.hasFocus()
    assert "inte tillagd" in quick.problem.text()
    press(None, Key.Key_Return)
    assert len(store.read(action_queries.actions_of_item, forum.item["Maria"])) == 1
    press(page, Key.Key_Return, CTRL)
    assert page.face is page.read_back


def test_the_quick_line_is_read_back_and_added_with_enter(page, store, forum):
    go_to(page, forum, "Maria")
    quick = page.item.actions.quick
    quick.field.setFocus()
    type_text(None, "FK boka avstämningsmöte 15/12")
    assert quick.reading.text() == "→ Försäkringskassan, Eva Holm    Boka avstämningsmöte    klart 2026-12-15 (tisdag v. 51)"
    press(None, Key.Key_Return)
    (action,) = store.read(action_queries.actions_of_item, forum.item["Maria"])
    assert (action.party, action.contact, action.what, action.due_on) == (
        "Försäkringskassan", "Eva Holm", "Boka avstämningsmöte", date(2026, 12, 15),
    )  # fmt: skip
    assert quick.field.text() == ""
    assert quick.field.hasFocus()


def test_what_was_read_as_somebody_or_a_day_is_set_in_bold(page, forum):
    go_to(page, forum, "Maria")
    quick = page.item.actions.quick
    quick.field.setFocus()
    type_text(None, "FK boka 15/12")
    formats = quick.field.document().firstBlock().layout().formats()
    bold = {(part.start, part.length) for part in formats if part.format.fontWeight() == QFont.Weight.DemiBold}
    assert bold == {(0, 2), (8, 5)}


def test_tab_corrects_and_goes_on_when_there_is_nothing_to_correct(page, forum):
    go_to(page, forum, "Maria")
    quick = page.item.actions.quick
    quick.field.setFocus()
    type_text(None, "Försäk")
    press(None, Key.Key_Tab)
    assert quick.field.text().startswith("Försäkringskassan")
    assert quick.field.hasFocus()
    quick.field.type_text("")
    press(None, Key.Key_Tab)
    assert not quick.field.hasFocus()


def test_a_line_without_a_deed_is_not_added_and_nothing_is_lost(page, store, forum):
    go_to(page, forum, "Maria")
    quick = page.item.actions.quick
    quick.field.setFocus()
    type_text(None, "FK 15/12\n")
    assert store.read(action_queries.actions_of_item, forum.item["Maria"]) == ()
    assert quick.field.text() == "FK 15/12"
    assert quick.problem.text()


def test_a_half_written_line_survives_and_stays_with_its_item(page, store, forum, qtbot):
    go_to(page, forum, "Maria")
    page.item.actions.quick.field.setFocus()
    type_text(None, "FK ring")
    go_to(page, forum, "Johan")
    assert page.item.actions.quick.field.text() == ""
    go_to(page, forum, "Maria")
    assert page.item.actions.quick.field.text() == "FK ring"
    assert store.read(services.unfinished_line, forum.item["Maria"]) == "FK ring"


def test_an_added_action_is_changed_and_removed_by_keyboard(page, store, forum):
    go_to(page, forum, "Maria")
    page.item.actions.quick.field.setFocus()
    type_text(None, "FK boka möte 15/12\n")
    page.state.reload()
    page.item.actions.list.take_focus()
    press(None, Key.Key_Return)
    assert page.item.actions.quick.field.hasFocus()
    text = page.item.actions.quick.field.text()
    page.item.actions.quick.field.type_text(text.replace("Boka möte", "Boka avstämning"))
    press(None, Key.Key_Return)
    (action,) = store.read(action_queries.actions_of_item, forum.item["Maria"])
    assert action.what == "Boka avstämning"
    page.state.reload()
    page.item.actions.list.take_focus()
    press(None, Key.Key_Delete)
    assert store.read(action_queries.actions_of_item, forum.item["Maria"]) == ()


# --- from before ---


def earlier(page):
    """The first action from before."""
    page.state.reload()
    return page.state.current.earlier[0]


def test_earlier_actions_are_answered_by_one_key(page, forum):
    go_to(page, forum, "Maria")
    assert "försenad 14 dagar" in words_on(page.item.earlier)
    page.item.earlier.list.take_focus()
    type_text(None, "k")
    assert earlier(page).answered is ActionEventKind.DONE
    assert "klar" in words_on(page.item.earlier)
    type_text(None, "b")
    assert earlier(page).answered is ActionEventKind.KEPT
    press(None, Key.Key_Down)
    type_text(None, "k")
    page.state.reload()
    assert [row.answered for row in page.state.current.earlier] == [ActionEventKind.KEPT, ActionEventKind.DONE]


def test_an_earlier_action_is_moved_in_place_with_date_and_reason(page, forum):
    go_to(page, forum, "Maria")
    page.item.earlier.list.take_focus()
    type_text(None, "f")
    assert page.item.earlier.editor.day.line.hasFocus()
    type_text(None, "15/12\n")
    assert page.item.earlier.editor.reason.hasFocus()
    type_text(None, "\n")
    assert page.item.earlier.editor.problem.text()
    type_text(None, "Chefen var sjuk.\n")
    moved = next(row for row in page.state.context.store.read(action_queries.earlier_actions, forum.item["Maria"]) if row.answered)
    assert (moved.answered, moved.due_on) == (ActionEventKind.MOVED, date(2026, 12, 15))
    assert page.item.earlier.editor.isHidden()
    page.state.reload()
    assert "flyttad" in words_on(page.item.earlier)


def test_esc_leaves_the_move_and_nothing_is_moved(page, forum):
    go_to(page, forum, "Maria")
    page.item.earlier.list.take_focus()
    type_text(None, "f")
    assert page.step_back()
    assert page.item.earlier.editor.isHidden()
    assert earlier(page).answered is None


# --- presence ---


def attendee(page, name: str):
    """Somebody at the table."""
    rows = page.context.store.read(presence_queries.attendees, page.state.session.id)
    return next(row for row in rows if row.name == name)


def mark(page, name: str, letter: str) -> None:
    """Put the keyboard on somebody's row and press a letter."""
    page.presence.list.choose(attendee(page, name).id)
    page.presence.list.take_focus()
    type_text(None, letter)
    page.state.reload()


@pytest.mark.parametrize(
    ("letter", "presence"),
    [("h", Presence.HERE), ("s", Presence.LATE), ("u", Presence.STEPPED_OUT), ("g", Presence.LEFT), ("a", Presence.EXCUSED)],
)
def test_one_key_marks_somebody(page, forum, letter, presence):
    go_to(page, forum, "Maria")
    mark(page, "Eva Holm", letter)
    assert attendee(page, "Eva Holm").presence is presence


def test_arriving_says_at_once_whether_the_party_may_hear(page, forum):
    go_to(page, forum, "Maria")
    mark(page, "Eva Holm", "h")
    assert page.presence.answer.text() == "Eva Holm är här och får höra punkten."
    # However long the list is, the answer is not scrolled out of sight.
    assert page.presence.answer.parent() is page.presence
    mark(page, "Sara Nyström", "h")
    assert "Arbetsförmedlingen omfattas inte av samtycket och väntar ute under punkten." in page.presence.answer.text()
    assert page.presence.outside.text().count("Arbetsförmedlingen") == 1
    row = page.presence.list.row(attendee(page, "Sara Nyström").id)
    assert row.badge.text() == "väntar ute"
    go_to(page, forum, "consultation")
    assert page.presence.list.row(attendee(page, "Sara Nyström").id).badge.text() == "här"


def test_the_participant_is_marked_first_in_the_list(page, forum):
    go_to(page, forum, "Maria")
    assert page.presence.list.keys[0] == "participant"
    page.presence.list.choose("participant")
    page.presence.list.take_focus()
    type_text(None, "h")
    assert item_row(page, forum, "Maria").participant_presence is Presence.HERE


def test_a_guest_and_a_contact_are_added_in_place(page, store, forum):
    from rehabdesk.services.parties import add_contact

    contact = add_contact(store, forum.party["fk"], given_name="Ida", surname="Falk", function="handläggare")
    go_to(page, forum, "Maria")
    press(page, Key.Key_J, CTRL)
    type_text(None, "ida f\n")
    assert attendee(page, "Ida Falk").contact_id == contact
    assert attendee(page, "Ida Falk").presence is Presence.HERE
    press(page, Key.Key_J, CTRL)
    type_text(None, "vikarie, Bo Ask, FK\n")
    guest = attendee(page, "Bo Ask")
    assert (guest.function, guest.is_guest, guest.party_id, guest.presence) == ("vikarie", True, forum.party["fk"], Presence.HERE)


def test_a_called_party_is_marked_as_waiting_outside(page, forum, clock):
    go_to(page, forum, "Maria")
    pass_time(page, clock, 5)
    page.presence.waiting.choose((forum.item["Anna"], forum.party["vc"]))
    page.presence.waiting.take_focus()
    type_text(None, "v")
    page.state.reload()
    assert "Vårdcentralen Vara väntar sedan 13.05" in words_on(page.presence)
    assert "väntar ute: Vårdcentralen Vara" in words_on(page.agenda)


# --- consent withdrawn in the middle ---


def withdraw(page, choice) -> None:
    """Open the form, choose, confirm."""
    page.presence.withdrawal.begin()
    page.presence.withdrawal.choice.set_value(choice)
    page.presence.withdrawal.confirm.setFocus()
    press(None, Key.Key_Space)


def test_withdrawal_for_one_party_marks_it_out_and_the_item_keeps_its_number(page, forum, queue):
    go_to(page, forum, "Maria")
    number = page.state.current.row.paragraph
    for name in ("Eva Holm", "Per Ahl"):
        mark(page, name, "h")
    withdraw(page, forum.party["fk"])
    assert attendee(page, "Eva Holm").presence is Presence.STEPPED_OUT
    assert attendee(page, "Per Ahl").presence is Presence.HERE
    assert page.state.current.row.is_by_name
    assert page.state.current.row.paragraph == number
    assert "Försäkringskassan" in page.presence.withdrawal.told.text()
    assert "wake" in queue.said
    go_to(page, forum, "Johan")
    assert page.presence.withdrawal.told.isHidden()


def test_a_long_name_does_not_push_the_withdrawal_out_of_its_column(page, forum, store):
    """Whom it is about, the warning and both buttons are read before it is pressed."""
    go_to(page, forum, "Maria")
    page.presence.withdrawal.choice.addItem("Västra Götalandsregionen, rehabiliteringsmottagningen vid sjukhuset i Lidköping")
    page.presence.withdrawal.begin()
    form = page.presence.withdrawal.form
    assert form.minimumSizeHint().width() < page.context.theme.px(230)


def test_withdrawal_for_all_makes_it_a_consultation_without_a_name(page, forum, qtbot, store):
    go_to(page, forum, "Maria")
    page.item.discussion.field.setFocus()
    type_text(None, "Hemligt ord.")
    withdraw(page, "all")
    assert page.state.current.row.shown_kind is ItemKind.CONSULTATION
    assert "Maria" not in words_on(page.item.head)
    assert "Avidentifierad konsultation" in page.item.head.headline.text()
    assert page.item.head.notice.isVisible()
    assert "Maria S." not in words_on(page.agenda)
    press(page, Key.Key_Return, CTRL)
    press(page, Key.Key_Return, CTRL)
    waiting = [row for row in store.read(hand_out_queries.of_case, forum.case["Maria"]) if row.state is HandOutState.WAITING and row.held_on == MEETING_DAY]
    assert waiting == []


def test_leaving_the_withdrawal_changes_nothing(page, forum):
    go_to(page, forum, "Maria")
    page.presence.withdrawal.begin()
    assert page.step_back()
    assert page.presence.withdrawal.form.isHidden()
    assert len(page.state.current.covered) == 3


# --- punkten klar ---


def test_the_item_is_read_back_frozen_and_the_next_opens_while_papers_print(page, store, forum, queue, qtbot):
    go_to(page, forum, "Maria")
    page.item.agreements.focus_last()
    type_text(None, "Två halvdagar i veckan.")
    page.item.actions.quick.field.setFocus()
    type_text(None, "FK boka avstämningsmöte 15/12\n")
    press(page, Key.Key_Return, CTRL)
    assert page.face is page.read_back
    said = words_on(page.read_back)
    assert "1. Två halvdagar i veckan." in said
    assert "Boka avstämningsmöte · Försäkringskassan, Eva Holm · klart 2026-12-15" in said
    page.read_back.answer.yes.setFocus()
    press(None, Key.Key_Space)
    assert item_row(page, forum, "Maria").participant_agrees is True
    press(page, Key.Key_Return, CTRL)
    row = item_row(page, forum, "Maria")
    assert (row.state, row.outcome, row.return_kind, row.return_on) == (
        ItemState.FINISHED, Outcome.AGREED, Return.DATE, date(2026, 12, 15),
    )  # fmt: skip
    sheet = store.read(sheet_queries.sheet_of_item, forum.item["Maria"])
    assert [one.text for one in sheet.item.sheet.agreements] == ["Två halvdagar i veckan."]
    assert page.state.current is not None
    assert page.state.current.row.id != forum.item["Maria"]
    assert page.face is page.item
    assert page.item.discussion.field.hasFocus()
    assert "wake" in queue.said


def test_an_underlined_name_must_be_settled_before_the_item_is_frozen(page, forum):
    go_to(page, forum, "Maria")
    page.item.discussion.field.setFocus()
    type_text(None, "Som för Anna Lind.")
    press(page, Key.Key_Return, CTRL)
    assert "”Anna Lind” i diskussionen" in words_on(page.read_back)
    press(page, Key.Key_Return, CTRL)
    assert item_row(page, forum, "Maria").state is ItemState.OPEN
    assert page.read_back.ending.problem.text()
    page.read_back.focus_first()
    press(None, Key.Key_Space)
    assert page.read_back.unsettled == ()
    press(page, Key.Key_Return, CTRL)
    assert item_row(page, forum, "Maria").state is ItemState.FINISHED


def test_go_to_the_text_puts_the_keyboard_on_the_name(page, forum):
    go_to(page, forum, "Maria")
    page.item.agreements.focus_last()
    type_text(None, "Lika som Anna Lind.")
    press(page, Key.Key_Return, CTRL)
    found = page.read_back.unsettled[0]
    page.read_back.text_wanted.emit(found)
    assert page.face is page.item
    assert page.item.agreements.lines[0].text.hasFocus()


def test_the_participants_own_view_and_whole_item_are_kept(page, forum, qtbot):
    go_to(page, forum, "Maria")
    press(page, Key.Key_Return, CTRL)
    page.read_back.answer.own.setFocus()
    press(None, Key.Key_Space)
    assert page.read_back.answer.view.field.hasFocus()
    type_text(None, "Jag vill börja i februari.")
    page.read_back.answer.whole.setFocus()
    press(None, Key.Key_Space)
    settle(page, qtbot)
    row = item_row(page, forum, "Maria")
    assert (row.participant_agrees, row.participant_view, row.wants_whole_item) == (False, "Jag vill börja i februari.", True)


def test_each_ending_is_kept_and_none_needs_a_reason(page, forum):
    go_to(page, forum, "Maria")
    press(page, Key.Key_Return, CTRL)
    page.read_back.ending.outcomes[Outcome.BROKEN_OFF].setChecked(True)
    page.read_back.ending.returns.set_value(Return.NEXT_SESSION)
    press(page, Key.Key_Return, CTRL)
    row = item_row(page, forum, "Maria")
    assert (row.outcome, row.return_kind, row.return_on) == (Outcome.BROKEN_OFF, Return.NEXT_SESSION, date(2026, 12, 15))


def test_esc_goes_back_to_the_item(page, forum):
    go_to(page, forum, "Maria")
    press(page, Key.Key_Return, CTRL)
    assert page.step_back()
    assert page.face is page.item
    assert item_row(page, forum, "Maria").state is ItemState.OPEN


# --- pause ---


def test_pause_hides_every_name_stops_the_clock_and_holds_the_queue(page, store, forum, queue):
    go_to(page, forum, "Maria")
    press(page, Key.Key_F9)
    assert page.is_covered
    assert queue.said[-1] == "hold"
    assert store.read(session_queries.session, forum.session).paused_at is not None
    assert "Maria" not in words_on(page)
    assert page.cover.go_on.hasFocus()
    assert not page.top.done.isVisible()
    assert page.step_back()
    assert page.is_covered
    press(page, Key.Key_F9)
    assert not page.is_covered
    assert queue.said[-1] == "release"
    assert "Maria S." in words_on(page)


def test_after_a_pause_one_writes_on_where_one_was(page, forum):
    go_to(page, forum, "Maria")
    page.item.background.field.setFocus()
    press(None, Key.Key_F9)
    assert page.cover.go_on.hasFocus()
    press(None, Key.Key_F9)
    assert page.item.background.field.hasFocus()


def test_back_from_sleep_is_back_in_pause_and_the_sleep_is_not_counted(page, clock, forum):
    go_to(page, forum, "Maria")
    pass_time(page, clock, 4)
    clock.set(datetime(2026, 11, 24, 14, 30))
    page.tick()
    assert page.is_covered
    assert page.state.seconds(page.state.current.row) == 4 * 60


def test_an_item_cannot_be_finished_in_a_pause(page, forum):
    go_to(page, forum, "Maria")
    page.toggle_pause()
    page.item_done()
    press(page, Key.Key_Return, CTRL)
    assert item_row(page, forum, "Maria").state is ItemState.OPEN
    assert page.is_covered


# --- the agenda ---


def test_enter_on_an_item_turns_to_it_and_the_other_waits_with_its_time(page, clock, forum):
    go_to(page, forum, "Maria")
    pass_time(page, clock, 6)
    page.agenda.list.choose(forum.item["Johan"])
    page.agenda.list.take_focus()
    press(None, Key.Key_Return)
    page.state.reload()
    assert page.state.current.row.id == forum.item["Johan"]
    assert item_row(page, forum, "Maria").seconds_spent == 6 * 60
    assert item_row(page, forum, "Maria").state is ItemState.WAITING


def test_items_are_added_parked_and_taken_in_by_keyboard(page, store, forum):
    page.between.start_session()
    press(page, Key.Key_N, CTRL)
    type_text(None, "Fråga om lokaler\n")
    page.state.reload()
    assert "Fråga om lokaler" in [item.title for item in page.state.items]
    press(page, Key.Key_N, CTRL)
    type_text(None, "norén\n")
    page.state.reload()
    assert forum.case["Peter"] in page.state.case_ids
    page.agenda.parked.take_focus()
    press(None, Key.Key_Return)
    page.state.reload()
    taken = next(item for item in page.state.items if item.id == forum.item["parked"])
    assert taken.paragraph is not None
    press(page, Key.Key_N, CTRL)
    page.agenda.form.kind.set_value("park")
    type_text(None, "Till våren\n")
    page.state.reload()
    assert [item.title for item in page.state.parked] == ["Till våren"]


def test_before_the_start_an_item_is_parked_with_a_letter(page, forum):
    page.agenda.list.choose(forum.item["consultation"])
    page.agenda.list.take_focus()
    type_text(None, "p")
    page.state.reload()
    assert forum.item["consultation"] in [item.id for item in page.state.parked]


def test_a_numbered_item_is_not_parked_and_the_reason_is_said(page, forum):
    page.between.start_session()
    page.agenda.list.choose(forum.item["consultation"])
    page.agenda.list.take_focus()
    type_text(None, "p")
    assert forum.item["consultation"] not in [item.id for item in page.state.parked]
    assert "§" in page.context.messages.said[-1].sentence


# --- names hidden where a projector may show the window ---


def all_words(page) -> str:
    """Everything readable in the window, accessible names and fields' visible text included."""
    parts = [words_on(page)]
    for widget in page.findChildren(QWidget):
        if widget.isVisible():
            parts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    return "\n".join(parts)


def test_with_one_screen_the_page_is_nameless_until_somebody_says_no_projector(page, screens, forum):
    go_to(page, forum, "Maria")
    assert "Maria S." in all_words(page)
    screens.extra.clear()
    page.screens.changed.emit()
    assert page.state.nameless
    for name in ("Maria", "Sandberg", "Anna", "Johan"):
        assert name not in all_words(page)
    assert "RF-2026-002" in all_words(page)
    masked = page.item.question.extraSelections()
    assert [mark.cursor.selectedText() for mark in masked] == ["Maria"]
    assert masked[0].format.background() == masked[0].format.foreground()
    page.projector.button.click()
    assert "Maria S." in all_words(page)
    page.screens.changed.emit()
    assert page.state.nameless


def test_the_message_that_asks_for_the_answer_goes_with_it(page, screens, forum):
    """What else is said stays."""
    messages = page.context.messages
    line = MessageLine(page.context.texts, messages, page)
    screens.extra.clear()
    page.screens.changed.emit()
    messages.warn(names_would_show(page.context.texts))
    assert line.isVisible()
    page.projector.button.click()
    assert not line.isVisible()
    page.screens.changed.emit()
    messages.warn("Skrivaren svarar inte.")
    page.projector.button.click()
    assert line.sentence == "Skrivaren svarar inte."


def test_mirrored_screens_hide_the_names_too(page, screens, forum):
    here = page.screen().geometry()
    screens.extra[:] = [FakeScreen(QRect(here))]
    page.screens.changed.emit()
    assert page.state.nameless


# --- the house ---


def test_f6_goes_round_the_columns(page, forum):
    go_to(page, forum, "Maria")
    page.item.focus_first()
    for column in (page.presence, page.agenda, page.middle):
        press(page, Key.Key_F6)
        assert column.isAncestorOf(page.focusWidget())
    press(page, Key.Key_F6, SHIFT)
    assert page.agenda.isAncestorOf(page.focusWidget())


def test_tab_follows_the_eye_through_the_item(page, forum, qtbot):
    go_to(page, forum, "Maria")
    page.item.question.setFocus()
    seen = []
    for _ in range(12):
        press(None, Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    order = [page.item.question_shown, page.item.background.field, page.item.discussion.field, page.item.agreements.lines[0].text]
    places = [seen.index(widget) for widget in order]
    assert places == sorted(places)


def test_narrow_shows_one_column_at_a_time(page, forum, qtbot):
    go_to(page, forum, "Maria")
    page.resize(720, 450)
    qtbot.waitUntil(lambda: page.columns.is_narrow)
    assert page.middle.isVisible()
    assert not page.agenda.isVisible()
    assert page.minimumSizeHint().width() <= 720
    press(page, Key.Key_F6)
    assert page.presence.isVisible()
    assert not page.middle.isVisible()
    assert page.step_back()
    assert page.middle.isVisible()


def test_what_is_opened_comes_into_sight_as_a_whole(page, forum, qtbot):
    go_to(page, forum, "Maria")
    page.resize(1440, 500)
    page.presence.withdrawal.begin()
    qtbot.waitUntil(lambda: not page.presence.withdrawal.confirm.visibleRegion().isEmpty())


def test_every_control_has_a_name(page, forum):
    go_to(page, forum, "Maria")
    page.presence.begin_adding()
    page.agenda.begin_adding()
    page.item.earlier.list.take_focus()
    page.item.earlier.move_current()
    page.presence.withdrawal.begin()
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.accessibleName()
        and not getattr(widget, "text", str)() and widget.focusProxy() is None
    ]  # fmt: skip
    assert nameless == []


class Elsewhere(Page):
    """Some other room."""


def test_it_fills_the_screen_in_the_window_and_esc_gives_it_back(qtbot, context, forum, screens):
    def meeting(given) -> MeetingPage:
        return MeetingPage(given, forum.session, screens=screens)

    window = MainWindow(context, [Room("today", words.TODAY, Elsewhere), Room("forum", words.FORUM, meeting)])
    qtbot.addWidget(window)
    window.show()
    window.navigate(Target("today"))
    window.navigate(Target("forum"))
    assert window.isFullScreen()
    window.page.between.start_session()
    window.page.item_done()
    window.step_back()
    assert window.page.face is window.page.item
    window.step_back()
    assert window.target == Target("today")
    assert not window.isFullScreen()
    window.showMaximized()
    window.navigate(Target("forum"))
    window.navigate(Target("today"))
    assert window.isMaximized()
    # Unlocked in the middle of a meeting, the window was full from the start.
    window.showFullScreen()
    window.navigate(Target("forum"))
    window.navigate(Target("today"))
    assert window.isMaximized() and not window.isFullScreen()
