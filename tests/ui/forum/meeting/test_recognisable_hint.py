"""Beside a de-identified consultation stands a hint when its text could point to somebody; it refuses nothing."""

from __future__ import annotations

from rehabdesk.services import consent
from rehabdesk.services.forum import agenda, meeting
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.ui.forum.agenda_face import AgendaFace
from tests.helpers.keys import type_text

TELLING = "En 54-årig kock undrar hur länge schemat gäller."
SAID = "Tillsammans kan ”kock” och ”54-årig” peka ut en person. Utelämna något, eller skriv det allmännare."


def open_consultation(page, forum) -> None:
    meeting.start_session(page.context.store, forum.session)
    meeting.open_item(page.context.store, forum.item["consultation"])


def test_at_the_meeting_the_details_of_all_fields_count_together(qtbot, page, forum):
    open_consultation(page, forum)
    qtbot.waitUntil(lambda: page.state.current is not None and page.state.current.row.id == forum.item["consultation"])
    hint = page.item.hint
    assert hint.isHidden()
    page.item.background.field.setFocus()
    type_text(page.item.background.field, "En kock undrar om schemat.")
    assert hint.isHidden()
    page.item.discussion.field.setFocus()
    type_text(page.item.discussion.field, "Hen är 54-årig.")
    qtbot.waitUntil(hint.isVisible)
    assert hint.text() == SAID
    page.context.flushes.flush_all()
    qtbot.waitUntil(lambda: page.state.current.row.discussion != "")
    page.state.set_nameless(True)
    assert hint.text() == "Texten kan peka ut en person. Skriv det allmännare."
    page.context.flushes.flush_all()
    row = page.context.store.read(agenda_queries.item, forum.item["consultation"], page.context.clock.today())
    assert row.discussion == "Hen är 54-årig."


def test_her_own_name_is_hinted_at_when_her_item_has_fallen_to_a_consultation(qtbot, page, forum):
    store = page.context.store
    meeting.start_session(store, forum.session)
    meeting.open_item(store, forum.item["Maria"])
    qtbot.waitUntil(lambda: page.state.current is not None and page.state.current.row.id == forum.item["Maria"])
    assert page.item.hint.isHidden()
    consent.withdraw(store, forum.case["Maria"])
    qtbot.waitUntil(page.item.hint.isVisible)
    assert page.item.hint.text().startswith("”Maria” kan vara en person i registret.")


def test_on_the_agenda_the_title_and_the_question_count(qtbot, context, forum):
    face = AgendaFace(context, forum.session)
    qtbot.addWidget(face)
    face.resize(1240, 760)
    with qtbot.waitExposed(face):
        face.show()
    face.choose_item(forum.item["consultation"])
    assert face.item.hint.isHidden()
    face.item.question.setFocus()
    type_text(face.item.question, TELLING)
    qtbot.waitUntil(face.item.hint.isVisible)
    assert face.item.hint.text() == SAID
    face.choose_item(forum.item["Maria"])
    qtbot.waitUntil(face.item.hint.isHidden)
    context.flushes.flush_all()
    agenda.change_item(context.store, forum.item["consultation"], question="")
