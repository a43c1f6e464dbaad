"""The referral form and the deputy's sheet: what they hold, and whom they leave out."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rehabdesk.domain.case_papers import DeadlineKind
from rehabdesk.domain.cases import BroughtBy, ClosingReason, Opening, RepresentativeKind
from rehabdesk.domain.circumstances import NeedKind
from rehabdesk.domain.consent import ConsentStanding
from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, circumstances, closing, consent, papers
from rehabdesk.services.prerehab import offers, waiting_list
from rehabdesk.store.tables.forum import Action
from tests.helpers.claims import make_programme, make_round
from tests.helpers.people import keep, make_forum, make_item, make_session

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0)


def filled(store, case):
    return store.read(papers.paper, Wanted(PaperKind.REFERRAL, Reader(ReaderKind.FILE, case_id=case)), NOW)


def deputys(store):
    return store.read(papers.paper, Wanted(PaperKind.HAND_OVER, FILE), NOW)


def act(store, forum, case, what, due, party=None):
    return keep(store, Action(series_id=forum.series, case_id=case, party_id=party, what=what, due_on=due, created_on=TODAY))


def test_a_blank_referral_holds_nobody(store):
    forum = make_forum(store)
    cases.open_case(store, forum.series, "Maria", "Strandberg")
    blank = store.read(papers.paper, Wanted(PaperKind.REFERRAL, ANYBODY), NOW)
    assert blank.is_blank and not (blank.participant_name or blank.brought_by or blank.why_now)


def test_a_filled_referral_tells_how_the_case_came_and_what_to_think_of(store):
    forum = make_forum(store)
    opening = Opening(BroughtBy.PARTY, contact_id=forum.manager, why_now="Sjuk", question="Hur?", referral_arrived_on=date(2026, 11, 2))
    case = cases.open_case(store, forum.series, "Maria", "Strandberg", employer_contact_id=forum.manager, opening=opening)
    circumstances.set_no_paper_home(store, case, True)
    circumstances.add_representative(store, case, RepresentativeKind.GUARDIAN, "Karin Ek")
    paper = filled(store, case)
    assert (paper.participant_name, paper.brought_by) == ("Maria Strandberg", "Lena Borg, Vara kommun, HR")
    assert (paper.why_now, paper.question, paper.arrived_on) == ("Sjuk", "Hur?", date(2026, 11, 2))
    assert [need.kind for need in paper.needs] == [NeedKind.NO_PAPER_HOME, NeedKind.GUARDIAN]


def test_under_protected_identity_a_referral_holds_the_alias_and_no_workplace(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Linden", is_protected=True)
    paper = filled(store, case)
    assert paper.is_protected and paper.participant_name == "Linden" and not paper.workplace


@pytest.mark.parametrize("paper", [PaperKind.REFERRAL, PaperKind.HAND_OVER])
def test_no_party_gets_either(store, paper):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria")
    with pytest.raises(Refused):
        store.read(papers.paper, Wanted(paper, Reader(ReaderKind.PARTY, forum.hr, case)), NOW)


def test_the_deputy_is_told_three_weeks_by_case_number(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", "Strandberg", opened_on=date(2026, 3, 1))
    near, far = make_session(store, forum, date(2026, 12, 1), 1), make_session(store, forum, date(2027, 1, 12), 2)
    for session in (near, far):
        make_item(store, forum, session, case, forum.hr)
    consent.give(store, case, [forum.hr], TODAY, date(2026, 12, 10))
    act(store, forum, case, "Boka möte", date(2026, 11, 10), forum.insurance)
    act(store, forum, case, "Långt fram", date(2027, 2, 1), forum.insurance)
    closed = cases.open_case(store, forum.series, "Ahmed", opened_on=date(2026, 1, 5))
    closing.close_case(store, closed, ClosingReason.BACK_AT_WORK, date(2026, 6, 1))
    claim = waiting_list.register(store, programme := make_programme(store), case)
    offers.offer(store, claim, make_round(store, programme, date(2027, 1, 12)), answer_by=date(2026, 12, 4))
    sheet = deputys(store)
    assert [(one.on, one.case_numbers) for one in sheet.sessions] == [(date(2026, 12, 1), ("RF-2026-001",))]
    assert [(one.on, one.kind) for one in sheet.deadlines] == [
        (date(2026, 12, 1), DeadlineKind.FOLLOW_UP), (date(2026, 12, 4), DeadlineKind.OFFER), (date(2026, 12, 10), DeadlineKind.CONSENT_ENDS),
    ]
    assert [(one.what, one.who, one.is_late) for one in sheet.waiting] == [("Boka möte", "Försäkringskassan", True)]
    assert [(one.case_number, one.standing) for one in sheet.consents] == [("RF-2026-001", ConsentStanding.RUNNING_OUT)]
    assert "Strandberg" not in str(sheet) and "Ahmed" not in str(sheet)


def test_nobody_under_protected_identity_is_on_the_deputys_sheet(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Linden", is_protected=True, opened_on=date(2026, 3, 1))
    session = make_session(store, forum, date(2026, 12, 1))
    make_item(store, forum, session, case, forum.hr)
    consent.give(store, case, [forum.hr], TODAY, date(2026, 12, 10))
    act(store, forum, case, "Boka möte", date(2026, 11, 10), forum.insurance)
    sheet = deputys(store)
    assert "RF-2026-001" not in str(sheet) and "Boka möte" not in str(sheet)
    assert (sheet.protected, sheet.sessions[0].other_cases) == (1, 1)
