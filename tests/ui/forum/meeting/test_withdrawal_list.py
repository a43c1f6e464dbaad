"""A withdrawal in the middle of an item tells what has been handed out, and prints the list; the next item shows nothing of it."""

from __future__ import annotations

from rehabdesk.domain.hand_outs import HandOutState, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services.forum import meeting
from rehabdesk.store.queries import hand_outs as hand_out_queries
from tests.helpers.people import make_copy


def test_what_went_where_is_told_and_printed_and_gone_with_the_item(qtbot, page, forum, monkeypatch):
    store = page.context.store
    monkeypatch.setattr(page.context.queue, "printer", object(), raising=False)
    monkeypatch.setattr(page.context.queue, "wake", lambda _ids=(): None)
    make_copy(store, forum.case["Maria"], forum.party["fk"], HandOutState.GIVEN)
    meeting.start_session(store, forum.session)
    meeting.open_item(store, forum.item["Maria"])
    qtbot.waitUntil(lambda: page.state.current is not None and page.state.current.row.id == forum.item["Maria"])
    withdrawal = page.presence.withdrawal
    page.state.set_nameless(False)
    withdrawal.begin()
    withdrawal.choice.set_value(forum.party["fk"])
    withdrawal.confirm.click()
    assert withdrawal.handed_out.accessibleName() == "2026-11-24 · Försäkringskassan · Utdrag"
    assert not withdrawal.handed_out.isHidden()
    withdrawal.print_list.click()
    copies = [row for row in store.read(hand_out_queries.of_case, forum.case["Maria"]) if row.paper is PaperKind.HAND_OUTS]
    assert [(row.reader, row.state) for row in copies] == [(ReaderKind.PARTICIPANT, HandOutState.WAITING)]
    page.state.set_nameless(True)
    assert withdrawal.handed_out.isHidden()
    page.state.set_nameless(False)
    meeting.open_item(store, forum.item["Johan"])
    qtbot.waitUntil(lambda: page.state.current is not None and page.state.current.row.id == forum.item["Johan"])
    assert withdrawal.handed_out.isHidden() and withdrawal.print_list.isHidden()
