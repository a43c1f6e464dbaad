"""Idag: what to do first, the next meeting with what it lacks, what runs out, is late and waits; each line opens its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from rehabdesk.domain.consent import FormState
from rehabdesk.domain.forum import Presence, SessionState
from rehabdesk.domain.hand_outs import HandOutState, Medium, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import PlanDay
from rehabdesk.services import consent, parties, plans
from rehabdesk.services.forum import presence
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.tables.forum import Action, ForumSession
from rehabdesk.store.tables.privacy import HandOut
from rehabdesk.ui.parts.basics import Link
from rehabdesk.ui.rooms import Seeker
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.today.page import TodayPage
from tests.helpers.contacts import nameless
from tests.helpers.forum import Forum, small_forum
from tests.helpers.keys import press
from tests.helpers.people import keep


@pytest.fixture
def went() -> list[Target]:
    return []


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store)


def shown(qtbot, context, went) -> TodayPage:
    page = TodayPage(replace(context, navigate=went.append))
    qtbot.addWidget(page)
    page.resize(1200, 900)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def words(card) -> str:
    return " | ".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())


def links(card) -> list[Link]:
    return [link for link in card.findChildren(Link) if not link.isHidden()]


def late(forum: Forum, party: str, days: int) -> None:
    today = forum.store.clock.today()
    keep(forum.store, Action(
        series_id=forum.series_id, case_id=forum.case_ids[0], party_id=forum.party_ids[party], what="Skicka underlag",
        due_on=today - timedelta(days=days), created_on=date(2026, 10, 1),
    ))


def test_an_empty_vault_says_what_to_do_first(qtbot, context, went):
    page = shown(qtbot, context, went)
    assert [link.accessibleName().split(":")[0] for link in links(page.first_steps)] == ["Öppna"] * 4
    links(page.first_steps)[0].click()
    assert went == [Target("contacts")]
    assert page.next.isHidden() and page.late.isHidden()


def test_the_steps_are_gone_when_there_is_a_meeting(qtbot, context, went, forum):
    page = shown(qtbot, context, went)
    assert page.first_steps.isHidden()


def test_the_next_meeting_has_three_figures_and_its_lacks(qtbot, context, went, forum):
    page = shown(qtbot, context, went)
    assert "söndag 22 november 2026" in page.next.heading.text()
    assert page.next.cases.accessibleName() == "2 ärenden"
    assert page.next.time.accessibleName() == "45 min av 2 h 30 min"
    assert page.next.parties.accessibleName().startswith("4 / 4")
    told = words(page.next)
    assert "RF-2026-001 saknar samtycke för en av de kallade parterna." in told
    assert "4 saker saknas" in told
    links(page.next)[0].click()
    assert went[-1] == Target("forum", "item", forum.item_ids[0])
    page.next.open.click()
    assert went[-1] == Target("forum", "session", forum.session_id)


def test_a_sensitive_party_is_not_named(qtbot, context, went, forum):
    parties.change_party(forum.store, forum.party_ids["AF"], is_sensitive=True)
    late(forum, "AF", 5)
    presence.mark(forum.store, forum.attendee_of("AF"), Presence.EXCUSED)
    page = shown(qtbot, context, went)
    told = words(page)
    assert "Arbetsförmedlingen" not in told
    assert "RF-2026-001 saknar samtycke för en av de kallade parterna." in told
    assert page.late.isHidden()


def test_late_actions_by_party_open_into_their_cases(qtbot, context, went, forum):
    for party, days in (("HR", 12), ("HR", 3), ("FK", 5)):
        late(forum, party, days)
    page = shown(qtbot, context, went)
    assert page.late._total.text() == "3"
    links(page.late)[0].click()
    assert "12 dagar försenad" in words(page.late)
    opens = [link for link in links(page.late) if link.accessibleName().startswith("Öppna")]
    opens[0].click()
    assert went == [Target("cases", "case", forum.case_ids[0])]


def test_consents_running_out_name_no_party(qtbot, context, went, forum, clock):
    clock.move(days=180)
    page = shown(qtbot, context, went)
    told = words(page.consents)
    assert "RF-2026-001: samtycket för 3 parter går ut om 20 dagar." in told
    assert "Försäkringskassan" not in told and "Vårdcentralen" not in told
    links(page.consents)[0].click()
    assert went == [Target("cases", "case", forum.case_ids[0], "consent")]


def test_a_form_that_waits_too_long_is_asked_for_and_says_not_to_whom(qtbot, context, went, forum, clock):
    store, today = context.store, clock.today()
    for days, case in ((14, forum.case_ids[0]), (15, forum.case_ids[1])):
        consent.send_form(store, case, "Beroendemottagningen", "sv", "2026-1", today - timedelta(days=days))
    page = shown(qtbot, context, went)
    told = words(page.consents)
    assert "RF-2026-002: samtyckesblanketten har varit ute i 15 dagar." in told
    assert "RF-2026-001" not in told and "Beroende" not in told
    form = store.read(consent_queries.forms, forum.case_ids[1])[0]
    consent.move_form(store, form.id, FormState.BACK)
    qtbot.waitUntil(lambda: page.consents.isHidden())


def test_meetings_to_finish(qtbot, context, went, forum):
    keep(forum.store, ForumSession(
        series_id=forum.series_id, number=7, held_on=date(2026, 10, 27), start="13:00", end="15:00", state=SessionState.HELD
    ))
    keep(forum.store, ForumSession(series_id=forum.series_id, number=8, held_on=date(2026, 11, 3), start="13:00", end="15:00"))
    page = shown(qtbot, context, went)
    told = words(page.unfinished)
    assert "Rehabforum 7: minnesanteckningarna är inte låsta." in told
    assert "Rehabforum 8 är varken hållet eller inställt." in told


def test_papers_that_wait_and_files_that_are_not_gone(qtbot, context, went, forum, store):
    def copy(state: HandOutState, medium: Medium = Medium.PAPER, later: bool = False) -> int:
        return keep(store, HandOut(
            session_id=forum.session_id, case_id=forum.case_ids[0], paper=PaperKind.SUMMARY, reader=ReaderKind.PARTICIPANT, medium=medium,
            language="sv", state=state, is_later=later, queued_at="2026-11-22T08:00:00.000Z",
        ))

    copy(HandOutState.WAITING, later=True)
    copy(HandOutState.SENT)
    copy(HandOutState.GIVEN, Medium.FILE)
    page = shown(qtbot, context, went)
    assert "RF-2026-001: deltagarens sammanfattning, 22 nov" in words(page.to_give)
    assert not page.unanswered.isHidden()
    links(page.to_give)[0].click()
    assert went == [Target("forum", "session", forum.session_id, "papers")]
    links(page.files)[0].click()
    qtbot.waitUntil(page.files.isHidden)


def test_many_papers_of_one_case_are_one_line(qtbot, context, went, forum, store):
    for case_id in (forum.case_ids[0], forum.case_ids[0], forum.case_ids[1]):
        keep(store, HandOut(
            session_id=forum.session_id, case_id=case_id, paper=PaperKind.SUMMARY, reader=ReaderKind.PARTICIPANT, medium=Medium.PAPER,
            language="sv", state=HandOutState.WAITING, is_later=True, queued_at="2026-11-22T08:00:00.000Z",
        ))
    page = shown(qtbot, context, went)
    told = words(page.to_give)
    assert "RF-2026-001: 2 papper, 22 nov" in told
    assert "RF-2026-002: deltagarens sammanfattning, 22 nov" in told


def test_the_page_is_walked_by_tab_and_opened_by_enter(qtbot, context, went, forum):
    page = shown(qtbot, context, went)
    page.focus_first()
    press(None, Qt.Key.Key_Space)
    assert went == [Target("forum", "session", forum.session_id)]
    press(None, Qt.Key.Key_Tab)
    press(None, Qt.Key.Key_Space)
    assert went[-1].kind == "item"


def test_every_control_has_a_name_in_both_languages(qtbot, context, went, forum, texts_en):
    late(forum, "HR", 3)
    assert nameless(shown(qtbot, context, went)) == []
    english = shown(qtbot, replace(context, texts=texts_en), went)
    assert nameless(english) == []
    assert "Next Rehabforum" in english.next.heading.text()


def test_the_search_leads_somewhere(context, forum):
    searching = Seeker(context.store, context.texts, context.clock)
    targets = {hit.target.room for text in ("maria", "eva", "försäkr", "22 nov") for hit in searching(text)}
    assert targets == {"cases", "contacts", "forum"}
    assert searching("") == ()


def test_plans_to_evaluate_are_told_of_a_fortnight_ahead_and_open_the_plan(qtbot, context, forum, went):
    today = forum.store.clock.today()
    plans.set_day(forum.store, forum.case_ids[0], PlanDay.EVALUATE_ON, today + timedelta(days=14))
    plans.set_day(forum.store, forum.case_ids[1], PlanDay.EVALUATE_ON, today + timedelta(days=15))
    page = shown(qtbot, context, went)
    assert "RF-2026-001: planen ska utvärderas." in words(page.evaluations)
    assert "RF-2026-002" not in words(page.evaluations)
    press(links(page.evaluations)[0], Qt.Key.Key_Return)
    assert went == [Target("cases", "case", forum.case_ids[0], "plan")]


def test_a_saved_file_tells_where_it_lies_until_it_is_gone(qtbot, context, forum, went):
    from rehabdesk.domain.hand_outs import ANYBODY, Wanted
    from rehabdesk.domain.papers import PaperKind
    from rehabdesk.services import hand_outs

    page = shown(qtbot, context, went)
    hand_outs.save_as_file(forum.store, Wanted(PaperKind.SIGN_IN, ANYBODY, forum.session_id), kept_on="USB-minne")
    qtbot.waitUntil(page.files.isVisible)
    (line,) = page.files._shown  # noqa: SLF001
    assert line.aside == "USB-minne"
    line.do()
    qtbot.waitUntil(page.files.isHidden)
