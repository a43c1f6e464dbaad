"""The timeline of a case: every event of every room, newest first, in one question."""

from __future__ import annotations

from datetime import date

from rehabdesk.domain.cases import BroughtBy, ClosingReason, FollowUpOutcome, GoalsOutcome, Opening
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.prerehab import BreakOffReason, RemovalReason
from rehabdesk.domain.timeline import TimelineKind
from rehabdesk.services import cases, closing, consent
from rehabdesk.services.prerehab import bookings, offers, waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries import follow_ups as follow_up_queries
from rehabdesk.store.queries import timeline as queries
from tests.helpers.claims import make_programme, make_round
from tests.helpers.people import make_copy, make_forum

TODAY = date(2026, 11, 22)
YEAR = date(2027, 11, 21)
KIND = TimelineKind


def told(store, case, today=TODAY, limit=200):
    return store.read(queries.of_case, case, today, limit)


def kinds(store, case):
    return [row.kind for row in told(store, case)]


def test_a_new_case_has_begun_and_says_who_brought_it(store):
    forum = make_forum(store)
    opening = Opening(BroughtBy.PARTY, forum.hr, why_now="Sjuk sedan augusti", referral_arrived_on=date(2026, 11, 2))
    case = cases.open_case(store, forum.series, "Maria", opened_on=date(2026, 11, 3), opening=opening)
    rows = told(store, case)
    assert [(row.kind, row.on, row.who) for row in rows] == [
        (KIND.OPENED, date(2026, 11, 3), "Vara kommun, HR"),
        (KIND.REFERRAL, date(2026, 11, 2), "Vara kommun, HR"),
    ]


def test_the_parties_of_one_consent_are_one_line_and_a_withdrawal_another(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=TODAY)
    consent.give(store, case, [forum.hr, forum.insurance], TODAY, YEAR)
    row = told(store, case)[0]
    assert (row.kind, row.number, row.until) == (KIND.CONSENT, 2, YEAR)
    assert set(row.who.split("; ")) == {"Vara kommun, HR", "Försäkringskassan"}
    consent.withdraw(store, case, [forum.hr])
    assert [(row.kind, row.who) for row in told(store, case)][0] == (KIND.WITHDRAWAL, "Vara kommun, HR")


def test_the_end_of_a_case_and_what_was_asked_after_it(store, clock):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=date(2026, 3, 1))
    closing.close_case(store, case, ClosingReason.BACK_AT_WORK, date(2026, 4, 30), GoalsOutcome.PARTLY)
    first, _ = store.read(follow_up_queries.of_case, case)
    closing.answer_follow_up(store, first.id, FollowUpOutcome.IN_WORK, date(2026, 11, 1))
    rows = told(store, case)
    assert [(row.kind, row.on, row.what, row.who, row.number) for row in rows] == [
        (KIND.FOLLOW_UP, date(2026, 11, 1), "in_work", "", 6),
        (KIND.CLOSED, date(2026, 4, 30), "back_at_work", "partly", None),
        (KIND.OPENED, date(2026, 3, 1), "", "", None),
    ]


def test_only_what_was_given_has_happened_and_one_line_tells_all_of_a_day(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=TODAY)
    for party in (forum.hr, forum.clinic):
        make_copy(store, case, party, HandOutState.GIVEN)
    make_copy(store, case, forum.insurance, HandOutState.WAITING)
    given = [row for row in told(store, case) if row.kind is KIND.HAND_OUT]
    assert [(row.what, row.number) for row in given] == [("extract", 2)]
    assert "Försäkringskassan" not in given[0].who


def test_it_is_limited_and_nobody_elses(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=TODAY)
    other = cases.open_case(store, forum.series, "Ahmed", opened_on=TODAY)
    consent.give(store, other, [forum.hr], TODAY, YEAR)
    assert kinds(store, case) == [KIND.OPENED]
    assert [row.kind for row in told(store, other, limit=1)] == [KIND.CONSENT]
    # What is to come has not happened.
    assert told(store, other, today=date(2026, 11, 21)) == ()


def test_a_claim_on_a_place_is_told_from_the_list_to_the_last_day(store, clock):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=date(2026, 11, 1))
    programme = make_programme(store)
    round_ = make_round(store, programme, date(2026, 12, 1))
    claim = waiting_list.register(store, programme, case, Registration(date(2026, 11, 2), forum.hr))
    offers.offer(store, claim, round_, answer_by=date(2026, 11, 24))
    clock.move(days=3)
    offers.lapse(store, claim)
    offers.offer(store, claim, round_, answer_by=date(2026, 11, 28))
    offers.accept(store, claim)
    clock.move(days=7)
    bookings.start(store, claim)
    bookings.break_off(store, claim, date(2026, 12, 2), BreakOffReason.BACK_AT_WORK, "Det Johan berättade")
    rows = [(row.kind, row.on, row.what, row.who, row.number, row.until) for row in told(store, case, clock.today())]
    assert rows == [
        (KIND.PLACE_BROKEN_OFF, date(2026, 12, 2), "Grön prerehab", "back_at_work", None, None),
        (KIND.PLACE_STARTED, date(2026, 12, 1), "Grön prerehab", "", 1, None),
        (KIND.PLACE_ACCEPTED, date(2026, 11, 25), "Grön prerehab", "", 1, None),
        (KIND.PLACE_LAPSED, date(2026, 11, 25), "Grön prerehab", "", 1, None),
        (KIND.PLACE_OFFERED, date(2026, 11, 25), "Grön prerehab", "", 1, date(2026, 11, 28)),
        (KIND.PLACE_OFFERED, date(2026, 11, 22), "Grön prerehab", "", 1, date(2026, 11, 24)),
        (KIND.PLACE_REGISTERED, date(2026, 11, 2), "Grön prerehab", "Vara kommun, HR", None, None),
        (KIND.OPENED, date(2026, 11, 1), "", "", None, None),
    ]


def test_a_no_and_being_taken_off_the_list_are_told_with_the_reason_by_its_word_alone(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=date(2026, 11, 1))
    first, second = make_programme(store), make_programme(store, name="Skogen", slug="skogen")
    round_ = make_round(store, first, date(2026, 12, 1))
    claim = waiting_list.register(store, first, case)
    offers.offer(store, claim, round_)
    offers.decline(store, claim, "Hennes egna ord")
    waiting_list.remove(store, waiting_list.register(store, second, case), RemovalReason.OTHER, "Något annat")
    rows = {row.kind: (row.what, row.who) for row in told(store, case)}
    assert rows[KIND.PLACE_DECLINED] == ("Grön prerehab", "")
    assert rows[KIND.PLACE_REMOVED] == ("Skogen", "other")
