"""What happens in the middle of things: a consent is withdrawn, the window is locked, something is sought, the program dies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.forum import Outcome, Presence
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import hand_outs
from rehabdesk.services.forum import meeting, sheets
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.ui.shell.context import Target
from tests.helpers.forum import Forum, small_forum
from tests.helpers.hands import choose, fill, go_to, key, name_of, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow


@pytest.fixture
def made(vault_dir: Path, clock, cheap_kdf):
    """`made(prepare)`: a vault with a forum of three cases, prepared further by a function; gives folder and forum."""

    def make(prepare=lambda forum: None) -> tuple[Path, Forum]:
        clock.set(datetime(2026, 11, 24, 12, 58))
        with new_store(vault_dir, clock) as store:
            forum = small_forum(store, cases_count=3)
            prepare(forum)
        return vault_dir, forum

    return make


def in_meeting(forum: Forum) -> None:
    forum.start()
    meeting.open_item(forum.store, forum.item_ids[0])


def sent_and_unanswered(forum: Forum) -> None:
    in_meeting(forum)
    meeting.set_participant_presence(forum.store, forum.item_ids[0], Presence.HERE)
    frozen = sheets.freeze(forum.store, forum.item_ids[0], Ending(Outcome.AGREED))
    hand_outs.send(forum.store, frozen.hand_out_ids[0])


def test_a_consent_withdrawn_in_mid_item_shuts_that_party_out(begin, printer, made) -> None:
    folder, forum = made(in_meeting)
    window = unlock(begin(folder))
    store, item = window.context.store, forum.item_ids[0]
    window.navigate(Target("forum", "session", forum.session_id, "meeting"))
    push("Ingen projektor visar den")
    fill("Diskussion", "Sagt före återkallelsen.")
    push("Återkalla samtycke …")
    choose("För vem samtycket återkallas", "Försäkringskassan")
    push("Återkalla")
    fill("Överenskommelse 1", "Sagt efter återkallelsen.")
    key(Qt.Key.Key_Return, CTRL)
    push("Ja, så är det")
    key(Qt.Key.Key_Return, CTRL)
    insurance = forum.party_ids["FK"]
    rows = [row for row in store.read(hand_out_queries.of_session, forum.session_id) if row.item_id == item]
    assert {row.party_id for row in rows if row.paper is PaperKind.EXTRACT} == {forum.party_ids["HR"], forum.party_ids["VC"]}
    seat = next(one for one in store.read(presence_queries.attendees, forum.session_id) if one.party_id == insurance)
    called = {one.party_id: one.may_hear for one in store.read(agenda_queries.item, item, window.context.clock.today()).called}
    assert called[insurance] is False
    assert seat.presence is not Presence.HERE
    assert store.undo_label is None


# A key that nothing takes is what a covered window is for.
@pytest.mark.qt_log_ignore("^Keyboard event not accepted", extend=True)
def test_the_lock_leads_back_to_the_same_page_and_field(begin, made, successors) -> None:
    folder, forum = made()
    desk = begin(folder)
    window = unlock(desk)
    key(Qt.Key.Key_3, CTRL)
    go_to("Ärenden")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_7, ALT)
    go_to("Efternamn")
    place, target = name_of(window.focusWidget()), window.target
    key(Qt.Key.Key_L, CTRL)
    wait_for(lambda: bool(successors.left), "the old process to leave")
    assert str(folder) in successors.started[0]
    again = unlock(begin(folder))
    assert again.target == target
    wait_for(lambda: again.focusWidget() is not None and name_of(again.focusWidget()) == place, "the same field")


def test_search_finds_a_person_and_goes_there(begin, made) -> None:
    folder, forum = made()
    window = unlock(begin(folder))
    key(Qt.Key.Key_K, CTRL)
    type_text(None, "kołod")
    key(Qt.Key.Key_Return)
    assert window.target == Target("cases", "case", forum.case_ids[2])


def test_after_a_restart_it_is_asked_whether_what_was_sent_came_out(begin, made) -> None:
    folder, forum = made(sent_and_unanswered)
    window = unlock(begin(folder))
    store = window.context.store
    asked = store.read(hand_out_queries.unanswered)
    assert len(asked) == 1
    window.navigate(Target("forum", "session", forum.session_id, "meeting"))
    push("Ja, lämnat")
    assert store.read(hand_out_queries.unanswered) == ()
