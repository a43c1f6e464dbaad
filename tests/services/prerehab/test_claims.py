"""Every verb about claims, and every refusal: with its sentence, and nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from rehabdesk.domain.cases import ClosingReason
from rehabdesk.domain.claims import PlaceSum
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.prerehab import AttendanceMark, BookingState, BreakOffReason, OfferOutcome, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, closing, parties, sick_leave
from rehabdesk.services.prerehab import attendance, bookings, capacity, corrections, endings, offers, proposals, waiting_list
from rehabdesk.services.prerehab.waiting_list import Passed, Registration
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries import plans as plan_queries
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import places
from rehabdesk.store.store import Store
from tests.helpers import ledger_of_places as ledger
from tests.helpers.claims import TEST, make_programme, make_round
from tests.helpers.clock import FakeClock
from tests.helpers.forum import Forum, small_forum

WISH = Passed(PassOverReason.OWN_WISH)
#: When the round begins, in days from today; the last late start is a fortnight later, the end seven weeks and two days.
BEGINS = 9


@dataclass(slots=True)
class Desk:
    """A forum with six cases, and a round of four places."""

    store: Store
    clock: FakeClock
    forum: Forum
    programme: int
    round: int

    @property
    def today(self) -> date:
        return self.clock.today()

    def wait(self, case: int, **known: object) -> int:
        return waiting_list.register(self.store, self.programme, self.forum.case_ids[case], Registration(**known))

    def number(self, case: int) -> str:
        return f"RF-2026-{case + 1:03}"

    def state(self, claim: int) -> BookingState:
        return self.row(claim).state

    def row(self, claim: int) -> queries.ClaimRow:
        return self.store.read(queries.claim, claim, self.today)

    def list(self) -> list[int]:
        return [row.id for row in self.store.read(queries.waiting, self.programme, self.today)]

    def sum(self) -> PlaceSum:
        return self.store.read(places.sums, (self.round,), self.today)[self.round]

    def begin(self) -> None:
        self.clock.move(days=BEGINS)

    def end(self) -> None:
        self.clock.move(days=BEGINS + 51)

    def fill(self) -> list[int]:
        return [bookings.book(self.store, case_id, self.round) for case_id in self.forum.case_ids[:4]]


@pytest.fixture
def desk(store: Store, clock: FakeClock) -> Desk:
    forum = small_forum(store, cases_count=6)
    programme = make_programme(store)
    made = make_round(store, programme, clock.today() + timedelta(days=BEGINS), places=4)
    return Desk(store, clock, forum, programme, made)


@pytest.fixture
def refused(desk: Desk, texts, texts_en) -> Callable[..., dict]:
    """Do something that is refused with these codes: in both languages, and nothing is changed."""

    def check(act: Callable[[], object], *codes: str) -> dict:
        before = ledger.dump(desk.store)
        with pytest.raises(Refused) as refusal:
            act()
        assert [problem.code for problem in refusal.value.problems] == list(codes)
        for problem in refusal.value.problems:
            swedish, english = texts.problem(problem), texts_en.problem(problem)
            assert swedish != english
            assert not any("{" in sentence or "!" in sentence for sentence in (swedish, english))
        assert ledger.dump(desk.store) == before
        return dict(refusal.value.problems[0].params)

    return check


@pytest.fixture(autouse=True)
def what_holds(desk: Desk):
    """After every test: never overbooked, the sum as counted, and all of it can be taken back and done again."""
    yield
    ledger.check(desk.store)
    after = ledger.dump(desk.store)
    steps = 0
    while desk.store.undo_label is not None:
        desk.store.undo()
        steps += 1
        ledger.check(desk.store)
    for _ in range(steps):
        desk.store.redo()
    assert ledger.dump(desk.store) == after


# --- the list ---


def test_the_list_is_in_the_order_of_asking(desk: Desk) -> None:
    late, early, same = desk.wait(0), desk.wait(1, asked_on=desk.today - timedelta(days=9)), desk.wait(2)
    assert desk.list() == [early, late, same]
    waiting_list.change_registration(desk.store, same, Registration(desk.today - timedelta(days=3), need="Vill ut"))
    assert desk.list() == [early, same, late]
    assert (desk.row(same).need, desk.row(same).asked_on) == ("Vill ut", desk.today - timedelta(days=3))
    # Whoever stood before her has the reason on file, and a day that is not given is the one there is.
    passed = desk.store.read(queries.history, late).passed_over
    assert [(row.for_booking_id, row.reason) for row in passed] == [(same, PassOverReason.ASKED_BEFORE)]
    assert desk.store.read(queries.history, early).passed_over == ()
    waiting_list.change_registration(desk.store, same, Registration(need="Vill ut i skogen"))
    assert desk.list() == [early, same, late] and len(desk.store.read(queries.history, late).passed_over) == 1


def test_somebody_moved_stays_there_and_who_is_passed_over_can_be_told_why(desk: Desk) -> None:
    first, second, third = (desk.wait(case, asked_on=desk.today - timedelta(days=9 - case)) for case in range(3))
    waiting_list.move(desk.store, third, 0, Passed(PassOverReason.GREATER_NEED, "Arbetet upphör snart"))
    assert desk.list() == [third, first, second]
    passed = desk.store.read(queries.history, first).passed_over
    assert [(row.for_booking_id, row.reason, row.text, row.offer_id) for row in passed] == [
        (third, PassOverReason.GREATER_NEED, "Arbetet upphör snart", None)
    ]
    waiting_list.move(desk.store, third, 9, WISH)
    assert desk.list() == [first, second, third]
    assert [row.for_booking_id for row in desk.store.read(queries.history, third).passed_over] == [first, second]
    # A new one still takes the place of the day it asked.
    between = desk.wait(3, asked_on=desk.today - timedelta(days=9))
    assert desk.list() == [first, between, second, third]
    assert desk.wait(4) == desk.list()[-1]


def test_one_who_comes_back_has_her_old_place(desk: Desk) -> None:
    first, second, third = (desk.wait(case) for case in range(3))
    offers.offer(desk.store, first, desk.round)
    waiting_list.move(desk.store, third, 0, WISH)
    assert desk.list() == [third, second]
    offers.take_back(desk.store, first, "Omgången flyttas")
    # The one who was moved went before those who waited, and not before her.
    assert desk.list() == [first, third, second]


def test_what_is_not_registered(desk: Desk, refused) -> None:
    claim = desk.wait(0)
    assert refused(lambda: desk.wait(0), "claim.has_one")["state"] is BookingState.REGISTERED
    refused(lambda: desk.wait(1, asked_on=desk.today + timedelta(days=1)), "claim.asked_in_future")
    refused(lambda: desk.wait(1, is_ready=True, ready_from=desk.today + timedelta(days=1)), "claim.ready_and_not")
    refused(lambda: desk.wait(1, referrer_party_id=999), "party.gone")
    refused(lambda: waiting_list.register(desk.store, 99, desk.forum.case_ids[1]), "claim.programme.gone")
    refused(lambda: waiting_list.register(desk.store, desk.programme, 99), "case.gone")
    refused(lambda: waiting_list.change_registration(desk.store, 99, Registration()), "claim.gone")
    offers.offer(desk.store, claim, desk.round)
    refused(lambda: waiting_list.move(desk.store, claim, 0, WISH), "claim.not_on_the_list")
    waits = desk.wait(1)
    refused(lambda: waiting_list.move(desk.store, waits, 0, Passed(PassOverReason.OTHER)), "claim.passed_needs_words")


def test_a_closed_case_and_a_programme_that_ended_take_no_claim(desk: Desk, refused) -> None:
    closing.close_case(desk.store, desk.forum.case_ids[0], ClosingReason.BACK_AT_WORK, desk.today)
    assert refused(lambda: desk.wait(0), "claim.case_closed")["case_number"] == desk.number(0)
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[0], desk.round), "claim.case_closed")
    with desk.store.write(TEST, undoable=False) as writing:
        writing.connection.exec_driver_sql("UPDATE programme SET ended_on = '2026-11-01'")
    refused(lambda: desk.wait(1), "claim.programme_ended")
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[1], desk.round), "claim.programme_ended")


def test_a_referrer_that_is_sensitive_is_told_inside_the_case_alone(desk: Desk) -> None:
    unit = parties.add_organisation(desk.store, "Psykiatrin i Skaraborg", OrganisationKind.REGION)
    sensitive = parties.add_party(desk.store, unit, "", PartyKind.HEALTH_CARE, is_sensitive=True)
    claim = desk.wait(0, referrer_party_id=sensitive, referrer="överläkaren")
    assert desk.row(claim).referrer == "Psykiatrin i Skaraborg, överläkaren"
    across = desk.store.read(queries.waiting, desk.programme, desk.today)[0]
    assert (across.referrer, across.referrer_party_id, across.referrer_text) == ("", None, "")


@pytest.mark.parametrize(("words", "kept"), (("psykiatrin i Skaraborg", ""), ("Läkaren på Psykiatrin i Skaraborg", "Läkaren på Psykiatrin i Skaraborg")))
def test_a_sensitive_party_that_is_written_in_words_is_not_told_on_the_list_either(desk: Desk, words: str, kept: str) -> None:
    unit = parties.add_organisation(desk.store, "Psykiatrin i Skaraborg", OrganisationKind.REGION)
    sensitive = parties.add_party(desk.store, unit, "", PartyKind.HEALTH_CARE, is_sensitive=True)
    claim, other = desk.wait(0, referrer=words), desk.wait(1, referrer="hennes chef")
    assert (desk.row(claim).referrer_party_id, desk.row(claim).referrer_text) == (sensitive, kept)
    assert [row.referrer for row in desk.store.read(queries.waiting, desk.programme, desk.today)] == ["", "hennes chef"]
    assert desk.row(other).referrer_party_id is None


def test_an_employer_written_in_words_is_refused_under_protected_identity_as_one_that_is_chosen(desk: Desk, refused) -> None:
    cases.set_employer_contact(desk.store, desk.forum.case_ids[0], None)
    cases.set_protected(desk.store, desk.forum.case_ids[0], True)
    name = desk.store.read(party_queries.party, desk.forum.party_ids["HR"]).written
    refused(lambda: desk.wait(0, referrer=name), "claim.employer_referred")


def test_under_protected_identity_no_employer_is_the_referrer(desk: Desk, refused) -> None:
    claim = desk.wait(1, referrer_party_id=desk.forum.party_ids["HR"])
    refused(lambda: cases.set_protected(desk.store, desk.forum.case_ids[1], True), "claim.employer_referred")
    waiting_list.change_registration(desk.store, claim, Registration(desk.today, referrer_party_id=desk.forum.party_ids["VC"]))
    for case in range(2):
        cases.set_protected(desk.store, desk.forum.case_ids[case], True)
    refused(lambda: desk.wait(0, referrer_party_id=desk.forum.party_ids["HR"]), "claim.employer_referred")


@pytest.mark.parametrize("upto", ("registered", "offered", "accepted"))
def test_somebody_is_taken_off_with_a_reason_from_wherever_she_stands(desk: Desk, refused, upto: str) -> None:
    claim = desk.wait(0)
    if upto != "registered":
        offers.offer(desk.store, claim, desk.round)
    if upto == "accepted":
        offers.accept(desk.store, claim)
    refused(lambda: waiting_list.remove(desk.store, claim, RemovalReason.OTHER), "claim.reason_needs_words")
    waiting_list.remove(desk.store, claim, RemovalReason.OTHER, "Flyttar till Åland")
    row = desk.row(claim)
    assert (row.state, row.closed_on, row.removal_reason, row.place_number) == (BookingState.REMOVED, desk.today, RemovalReason.OTHER, None)
    assert desk.sum() == PlaceSum(4, 0, 0, 4)
    refused(lambda: waiting_list.remove(desk.store, claim, RemovalReason.OWN_WISH), "claim.is_so_already")
    assert desk.wait(0) != claim


# --- offers ---


def test_an_offer_holds_the_place_until_its_day_has_passed(desk: Desk, refused) -> None:
    claim, other = desk.wait(0), desk.wait(1)
    offers.offer(desk.store, claim, desk.round, answer_by=desk.today + timedelta(days=3), place_number=2)
    assert desk.sum() == PlaceSum(4, 0, 1, 3)
    assert desk.row(claim).place_number == 2
    refused(lambda: offers.lapse(desk.store, claim), "claim.still_time")
    params = refused(lambda: offers.offer(desk.store, other, desk.round, place_number=2), "claim.place_taken")
    assert params["case_number"] == desk.number(0)
    desk.clock.move(days=3)
    assert desk.sum().held == 1
    desk.clock.move(days=1)
    assert (desk.sum(), desk.row(claim).is_expired) == (PlaceSum(4, 0, 0, 4), True)
    assert [row.id for row in desk.store.read(queries.open_offers, desk.today)] == [claim]
    # Its place is given to another: the first one is back on the list, and passed over because she did not answer.
    made = offers.offer(desk.store, other, desk.round, place_number=2)
    assert (desk.state(claim), desk.list()) == (BookingState.REGISTERED, [claim])
    history = desk.store.read(queries.history, claim)
    assert [row.outcome for row in history.offers] == [OfferOutcome.LAPSED]
    assert [(row.reason, row.offer_id) for row in history.passed_over] == [(PassOverReason.NO_ANSWER, made)]


def test_a_day_to_answer_by_that_nobody_wrote(desk: Desk) -> None:
    claim = desk.wait(0)
    offers.offer(desk.store, claim, desk.round)
    # The programme gives ten days, but she begins in nine.
    assert desk.row(claim).answer_by == desk.today + timedelta(days=8)


def test_an_offer_is_extended_reminded_of_and_answered_also_late(desk: Desk, refused) -> None:
    claim = desk.wait(0)
    offers.offer(desk.store, claim, desk.round, answer_by=desk.today + timedelta(days=1))
    offers.remind(desk.store, claim)
    assert desk.row(claim).reminded_on == desk.today
    desk.clock.move(days=2)
    refused(lambda: offers.extend(desk.store, claim, desk.today - timedelta(days=1)), "claim.answer_by_passed")
    offers.extend(desk.store, claim, desk.today + timedelta(days=1))
    assert desk.sum().held == 1
    desk.clock.move(days=2)
    offers.accept(desk.store, claim)
    assert (desk.state(claim), desk.sum()) == (BookingState.ACCEPTED, PlaceSum(4, 1, 0, 3))
    refused(lambda: offers.accept(desk.store, claim), "claim.is_so_already")
    refused(lambda: offers.extend(desk.store, claim, desk.today), "claim.no_open_offer")
    refused(lambda: offers.remind(desk.store, claim), "claim.no_open_offer")
    refused(lambda: offers.lapse(desk.store, claim), "claim.no_open_offer")


@pytest.mark.parametrize("said_yes_first", (False, True))
def test_after_a_no_there_is_no_further_offer_on_that_claim(desk: Desk, refused, said_yes_first: bool) -> None:
    claim = desk.wait(0)
    offers.offer(desk.store, claim, desk.round)
    if said_yes_first:
        offers.accept(desk.store, claim)
    offers.decline(desk.store, claim, "Det är för långt dit")
    row = desk.row(claim)
    assert (row.state, row.closed_on, row.reason_text) == (BookingState.DECLINED, desk.today, "Det är för långt dit")
    assert desk.store.read(queries.history, claim).offers[0].outcome is OfferOutcome.DECLINED
    for verb in (
        lambda: offers.offer(desk.store, claim, desk.round),
        lambda: offers.offer_extra(desk.store, claim, desk.round, "Behovet"),
        lambda: offers.accept(desk.store, claim),
        lambda: offers.take_back(desk.store, claim, "Fel"),
        lambda: waiting_list.remove(desk.store, claim, RemovalReason.OWN_WISH),
        lambda: bookings.start(desk.store, claim),
    ):
        refused(verb, "claim.not_from_here")
    again = desk.wait(0)
    offers.offer(desk.store, again, desk.round)


def test_nobody_is_passed_over_in_silence(desk: Desk, refused) -> None:
    not_ready = desk.wait(0, is_ready=False)
    soon = desk.wait(1, is_ready=False, ready_from=desk.today + timedelta(days=BEGINS))
    plain, last = desk.wait(2), desk.wait(3)
    params = refused(lambda: offers.offer(desk.store, last, desk.round), "claim.passed_without_reason", "claim.passed_without_reason")
    assert (params["booking_id"], params["case_number"]) == (soon, desk.number(1))
    other = {soon: WISH, plain: Passed(PassOverReason.OTHER)}
    refused(lambda: offers.offer(desk.store, last, desk.round, passed=other), "claim.passed_needs_words")
    offers.offer(desk.store, last, desk.round, passed={soon: WISH, plain: Passed(PassOverReason.OTHER, "Bortrest")})
    went_before = desk.store.read(queries.history, last).went_before
    assert {(row.booking_id, row.reason, row.text) for row in went_before} == {
        (not_ready, PassOverReason.NOT_READY, ""), (soon, PassOverReason.OWN_WISH, ""), (plain, PassOverReason.OTHER, "Bortrest"),
    }  # fmt: skip
    refused(lambda: offers.offer(desk.store, not_ready, desk.round), "claim.not_ready")
    offers.offer(desk.store, soon, desk.round)


def test_one_who_has_a_place_elsewhere_at_those_hours_is_passed_over_for_it(desk: Desk) -> None:
    other = make_programme(desk.store, name="Vägen in", slug="vagen-in")
    elsewhere = make_round(desk.store, other, desk.today + timedelta(days=BEGINS), places=4)
    bookings.book(desk.store, desk.forum.case_ids[0], elsewhere)
    away, free = desk.wait(0), desk.wait(1)
    offers.offer(desk.store, free, desk.round)
    assert [(row.booking_id, row.reason) for row in desk.store.read(queries.history, free).went_before] == [(away, PassOverReason.CLASH)]


def test_where_an_offer_cannot_be_made(desk: Desk, refused) -> None:
    claim = desk.wait(0)
    day = desk.today + timedelta(days=BEGINS)
    offer = offers.offer
    refused(lambda: offer(desk.store, claim, 99), "claim.round.gone")
    refused(lambda: offer(desk.store, claim, desk.round, place_number=5), "claim.no_such_place")
    refused(lambda: offer(desk.store, claim, desk.round, answer_by=desk.today - timedelta(days=1)), "claim.answer_by_passed")
    refused(lambda: offer(desk.store, claim, desk.round, starts_on=day - timedelta(days=1)), "claim.starts_before_round")
    refused(lambda: offer(desk.store, claim, desk.round, starts_on=day + timedelta(days=15)), "claim.too_late_to_start")
    refused(lambda: offer(desk.store, claim, desk.round, starts_on=day + timedelta(days=52)), "claim.starts_after_round")
    other = make_round(desk.store, make_programme(desk.store, name="Vägen in", slug="vagen-in"), day)
    refused(lambda: offer(desk.store, claim, other), "claim.other_programme")
    refused(lambda: offers.take_back(desk.store, claim, " "), "claim.take_back_reason_missing")
    desk.end()
    desk.clock.move(days=1)
    refused(lambda: offer(desk.store, claim, desk.round), "claim.round_over")


# --- places ---


def test_the_fifth_on_four_places_needs_an_extra_one_with_a_reason(desk: Desk, refused) -> None:
    fifth = desk.wait(4)
    refused(lambda: bookings.book_extra(desk.store, desk.forum.case_ids[5], desk.round, "Behövs", passed={fifth: WISH}), "claim.extra_not_needed")
    for case_id in desk.forum.case_ids[:4]:
        bookings.book(desk.store, case_id, desk.round, passed={fifth: WISH})
    refused(lambda: offers.offer(desk.store, fifth, desk.round), "claim.no_free_place")
    refused(lambda: offers.offer_extra(desk.store, fifth, desk.round, " "), "claim.extra_without_reason")
    offers.offer_extra(desk.store, fifth, desk.round, "Två syskon")
    assert desk.sum() == PlaceSum(5, 4, 1, 0, extra=1)
    row = desk.store.read(places.places_of, desk.round, desk.today)[-1]
    assert (row.number, row.is_extra, row.extra_reason) == (5, True, "Två syskon")
    bookings.book_extra(desk.store, desk.forum.case_ids[5], desk.round, "Ett löfte")
    assert desk.sum() == PlaceSum(6, 5, 1, 0, extra=2)
    # An extra place is there for one person: without her it is gone.
    offers.decline(desk.store, fifth)
    assert desk.sum() == PlaceSum(5, 5, 0, 0, extra=1)
    refused(lambda: bookings.change_place(desk.store, 2, 5), "claim.no_such_place")


def test_a_place_is_booked_with_its_step_and_one_step_back_takes_both(desk: Desk, refused) -> None:
    case_id = desk.forum.case_ids[0]
    claim = bookings.book(desk.store, case_id, desk.round, with_step=True)
    step = desk.store.read(plan_queries.current, case_id).steps[0]
    assert (step.id, step.what, step.category, step.due_on) == (desk.row(claim).action_id, "Grön prerehab", "nature_based", desk.today + timedelta(days=BEGINS))
    desk.store.undo()
    assert (desk.row(claim), desk.store.read(plan_queries.current, case_id)) == (None, None)
    desk.store.redo()
    assert desk.row(claim).action_id == step.id
    another = bookings.book(desk.store, desk.forum.case_ids[1], desk.round)
    assert desk.row(another).action_id is None
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[2], desk.round, step_action_id=step.id), "claim.step_of_another")
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[2], desk.round, step_action_id=99), "action.gone")
    refused(lambda: bookings.book(desk.store, case_id, desk.round), "claim.has_one")


def test_one_who_waits_is_booked_at_once_on_the_claim_she_has(desk: Desk, refused) -> None:
    first, second = desk.wait(0), desk.wait(1)
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[1], desk.round), "claim.passed_without_reason")
    assert bookings.book(desk.store, desk.forum.case_ids[1], desk.round, passed={first: WISH}) == second
    assert (desk.state(second), desk.list()) == (BookingState.ACCEPTED, [first])
    late = desk.wait(2, is_ready=False)
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[2], desk.round, passed={first: WISH}), "claim.not_ready")
    assert desk.list() == [first, late]


def test_a_place_that_is_freed_is_filled_by_a_late_start(desk: Desk, refused) -> None:
    claims = desk.fill()
    refused(lambda: bookings.start(desk.store, claims[0]), "claim.starts_in_future")
    refused(lambda: bookings.start_all(desk.store, desk.round), "claim.nobody_to_start")
    desk.begin()
    assert bookings.start_all(desk.store, desk.round) == 4
    desk.clock.move(days=5)
    waiting = desk.wait(4)
    refused(lambda: offers.offer(desk.store, waiting, desk.round), "claim.no_free_place")
    last = desk.today - timedelta(days=1)
    refused(lambda: bookings.break_off(desk.store, claims[1], last, BreakOffReason.OTHER), "claim.reason_needs_words")
    refused(lambda: bookings.break_off(desk.store, claims[1], None, BreakOffReason.TRAVEL), "claim.last_day_missing")
    refused(lambda: bookings.break_off(desk.store, claims[1], desk.today + timedelta(days=1), BreakOffReason.TRAVEL), "claim.stops_in_future")
    bookings.break_off(desk.store, claims[1], last, BreakOffReason.BACK_AT_WORK)
    assert desk.sum() == PlaceSum(4, 3, 0, 1)
    offers.offer(desk.store, waiting, desk.round)
    offers.accept(desk.store, waiting)
    bookings.start(desk.store, waiting)
    row = desk.row(waiting)
    assert (row.place_number, row.starts_on, row.state) == (2, desk.today, BookingState.STARTED)
    spans = desk.store.read(places.places_of, desk.round, desk.today)[1].claims
    assert [(span.case_number, span.state) for span in spans] == [(desk.number(1), BookingState.BROKEN_OFF), (desk.number(4), BookingState.STARTED)]
    # The day of the last late start has passed: a place may be free, and nobody begins.
    bookings.break_off(desk.store, claims[2], desk.today, BreakOffReason.MOVED)
    desk.clock.move(days=20)
    refused(lambda: bookings.book(desk.store, desk.forum.case_ids[5], desk.round), "claim.too_late_to_start")


def test_a_place_freed_today_is_offered_from_tomorrow(desk: Desk, refused) -> None:
    claims = desk.fill()
    desk.begin()
    bookings.start_all(desk.store, desk.round)
    bookings.break_off(desk.store, claims[3], desk.today, BreakOffReason.OWN_WISH)
    waiting = desk.wait(4)
    refused(lambda: offers.offer(desk.store, waiting, desk.round, starts_on=desk.today), "claim.no_free_place")
    offers.offer(desk.store, waiting, desk.round)
    assert desk.row(waiting).starts_on == desk.today + timedelta(days=1)


def test_one_who_never_came_leaves_the_whole_place(desk: Desk) -> None:
    claim = bookings.book(desk.store, desk.forum.case_ids[0], desk.round)
    desk.begin()
    bookings.start(desk.store, claim)
    bookings.break_off(desk.store, claim, desk.today - timedelta(days=1), BreakOffReason.OWN_WISH)
    assert desk.row(claim).ends_on < desk.row(claim).starts_on
    other = desk.wait(1)
    offers.offer(desk.store, other, desk.round, place_number=1)
    assert desk.row(other).starts_on == desk.today


def test_somebody_begins_on_another_day(desk: Desk, refused) -> None:
    claim, late = bookings.book(desk.store, desk.forum.case_ids[0], desk.round), bookings.book(desk.store, desk.forum.case_ids[1], desk.round)
    desk.clock.move(days=BEGINS + 20)
    first = desk.row(claim).starts_on
    refused(lambda: bookings.start(desk.store, claim, first - timedelta(days=1)), "claim.starts_before_round")
    refused(lambda: bookings.start(desk.store, claim, first + timedelta(days=15)), "claim.too_late_to_start")
    refused(lambda: bookings.start(desk.store, claim, desk.today + timedelta(days=1)), "claim.starts_in_future")
    bookings.start(desk.store, claim, first + timedelta(days=7))
    assert desk.row(claim).starts_on == first + timedelta(days=7)
    bookings.break_off(desk.store, claim, first + timedelta(days=10), BreakOffReason.TRAVEL)
    bookings.change_place(desk.store, late, 3)
    refused(lambda: bookings.change_place(desk.store, late, 1), "claim.place_taken")


def test_the_end_of_a_round(desk: Desk, refused) -> None:
    claims = desk.fill()
    desk.begin()
    refused(lambda: bookings.complete(desk.store, claims[0]), "claim.not_from_here")
    refused(lambda: bookings.complete_all(desk.store, desk.round), "claim.round_goes_on")
    bookings.start_all(desk.store, desk.round)
    refused(lambda: bookings.complete(desk.store, claims[0]), "claim.round_goes_on")
    desk.end()
    bookings.complete(desk.store, claims[0])
    assert bookings.complete_all(desk.store, desk.round) == 3
    assert {desk.state(claim) for claim in claims} == {BookingState.COMPLETED}
    assert desk.row(claims[0]).closed_on == desk.row(claims[0]).ends_on
    assert desk.sum() == PlaceSum(4, 4, 0, 0)
    refused(lambda: bookings.complete_all(desk.store, desk.round), "claim.nobody_to_complete")
    refused(lambda: bookings.break_off(desk.store, claims[0], desk.today, BreakOffReason.MOVED), "claim.not_from_here")


def test_another_place_in_the_round(desk: Desk, refused) -> None:
    claims = desk.fill()
    params = refused(lambda: bookings.change_place(desk.store, claims[0], 2), "claim.place_taken")
    assert params["case_number"] == desk.number(1)
    refused(lambda: bookings.change_place(desk.store, claims[0], 9), "claim.no_such_place")
    waits = desk.wait(5)
    refused(lambda: bookings.change_place(desk.store, waits, 1), "claim.no_place_to_change")
    waiting_list.remove(desk.store, waits, RemovalReason.OWN_WISH)
    extra = bookings.book_extra(desk.store, desk.forum.case_ids[4], desk.round, "Ett löfte")
    offers.decline(desk.store, claims[1])
    bookings.change_place(desk.store, extra, 2)
    assert desk.sum() == PlaceSum(4, 4, 0, 0)


# --- what was noted by mistake, and is found later ---


def test_somebody_noted_as_completed_or_broken_off_by_mistake_takes_part_still(desk: Desk, refused) -> None:
    claims = desk.fill()
    desk.begin()
    bookings.start_all(desk.store, desk.round)
    ends_on = desk.row(claims[0]).ends_on
    refused(lambda: corrections.resume(desk.store, claims[0]), "claim.not_from_here")
    bookings.break_off(desk.store, claims[0], desk.today, BreakOffReason.OTHER, "Åkte bort")
    desk.clock.move(days=1)
    corrections.resume(desk.store, claims[0])
    row = desk.row(claims[0])
    assert (row.state, row.ends_on, row.closed_on, row.break_off_reason, row.reason_text) == (BookingState.STARTED, ends_on, None, None, "")
    assert desk.sum() == PlaceSum(4, 4, 0, 0)
    desk.end()
    bookings.complete_all(desk.store, desk.round)
    corrections.resume(desk.store, claims[1])
    bookings.break_off(desk.store, claims[1], ends_on - timedelta(days=7), BreakOffReason.TRAVEL)
    assert [desk.state(claim) for claim in claims[:2]] == [BookingState.COMPLETED, BookingState.BROKEN_OFF]


def test_who_has_the_place_stands_in_the_way_of_taking_part_still(desk: Desk, refused) -> None:
    claims = desk.fill()
    desk.begin()
    bookings.start_all(desk.store, desk.round)
    bookings.break_off(desk.store, claims[1], desk.today, BreakOffReason.BACK_AT_WORK)
    late, last = desk.wait(4), desk.today
    offers.offer(desk.store, late, desk.round, answer_by=desk.today + timedelta(days=1))
    params = refused(lambda: corrections.resume(desk.store, claims[1]), "claim.place_taken")
    assert params == {"number": 2, "case_number": desk.number(4)}
    # An offer that nobody answered in time holds nothing: it goes back to the list in the same step.
    desk.clock.move(days=2)
    corrections.resume(desk.store, claims[1])
    assert (desk.state(claims[1]), desk.state(late), desk.sum()) == (BookingState.STARTED, BookingState.REGISTERED, PlaceSum(4, 4, 0, 0))
    # With a place fewer, laid together meanwhile, another has the number that is left to her.
    bookings.break_off(desk.store, claims[1], last - timedelta(days=1), BreakOffReason.BACK_AT_WORK)
    capacity.change_capacity(desk.store, desk.round, 1, 3)
    assert refused(lambda: corrections.resume(desk.store, claims[1]), "claim.place_taken")["case_number"] == desk.number(3)


def test_who_stands_anew_in_the_programme_or_is_closed_does_not_take_part_still(desk: Desk, refused) -> None:
    claims = desk.fill()
    desk.begin()
    bookings.start_all(desk.store, desk.round)
    for claim in claims[:3]:
        bookings.break_off(desk.store, claim, desk.today, BreakOffReason.OWN_WISH)
    desk.wait(0)
    assert refused(lambda: corrections.resume(desk.store, claims[0]), "claim.has_one")["state"] is BookingState.REGISTERED
    closing.close_case(desk.store, desk.forum.case_ids[1], ClosingReason.BACK_AT_WORK, desk.today)
    refused(lambda: corrections.resume(desk.store, claims[1]), "claim.case_closed")
    with desk.store.write(TEST, undoable=False) as writing:
        writing.connection.exec_driver_sql("UPDATE round SET starts_on = date(starts_on, '+1 day')")
    refused(lambda: corrections.resume(desk.store, claims[2]), "claim.round_moved")
    with desk.store.write(TEST, undoable=False) as writing:
        writing.connection.exec_driver_sql("UPDATE round SET starts_on = date(starts_on, '-1 day')")
    refused(lambda: corrections.resume(desk.store, 99), "claim.gone")


def test_somebody_noted_as_started_by_mistake_has_said_yes_and_no_more(desk: Desk, refused) -> None:
    claims = desk.fill()
    refused(lambda: corrections.take_back_start(desk.store, claims[0]), "claim.not_from_here")
    desk.begin()
    bookings.start_all(desk.store, desk.round)
    first = desk.store.read(occasion_queries.of_round, desk.round)[0]
    attendance.mark(desk.store, first.id, claims[0], AttendanceMark.ATTENDED)
    params = refused(lambda: corrections.take_back_start(desk.store, claims[0]), "claim.has_marks")
    assert params == {"n": 1, "case_number": desk.number(0)}
    corrections.take_back_start(desk.store, claims[1])
    assert (desk.state(claims[1]), desk.sum()) == (BookingState.ACCEPTED, PlaceSum(4, 4, 0, 0))
    offers.decline(desk.store, claims[1])
    with desk.store.write(TEST, undoable=False) as writing:
        writing.connection.exec_driver_sql("UPDATE round SET cancelled_on = starts_on, cancelled_reason = 'Gården har brunnit'")
    refused(lambda: corrections.take_back_start(desk.store, claims[2]), "claim.round_cancelled")


def test_how_somebody_stopped_is_put_right_afterwards(desk: Desk, refused) -> None:
    claims = desk.fill()
    desk.begin()
    bookings.start_all(desk.store, desk.round)
    mend, first = corrections.change_break_off, desk.today
    refused(lambda: mend(desk.store, claims[0], desk.today, BreakOffReason.TRAVEL), "claim.not_from_here")
    desk.clock.move(days=7)
    bookings.break_off(desk.store, claims[0], first + timedelta(days=2), BreakOffReason.OWN_WISH)
    mend(desk.store, claims[0], first + timedelta(days=5), BreakOffReason.OTHER, "Fick annat")
    row = desk.row(claims[0])
    assert (row.state, row.ends_on, row.closed_on) == (BookingState.BROKEN_OFF, first + timedelta(days=5), first + timedelta(days=5))
    assert (row.break_off_reason, row.reason_text) == (BreakOffReason.OTHER, "Fick annat")
    label = desk.store.undo_label
    mend(desk.store, claims[0], first + timedelta(days=5), BreakOffReason.OTHER, "Fick annat")
    assert desk.store.undo_label is label
    refused(lambda: mend(desk.store, claims[0], None, BreakOffReason.TRAVEL), "claim.last_day_missing")
    refused(lambda: mend(desk.store, claims[0], desk.today + timedelta(days=1), BreakOffReason.TRAVEL), "claim.stops_in_future")
    refused(lambda: mend(desk.store, claims[0], first - timedelta(days=2), BreakOffReason.TRAVEL), "claim.stopped_before_start")
    refused(lambda: mend(desk.store, claims[0], desk.today, BreakOffReason.OTHER), "claim.reason_needs_words")
    # Somebody has the place from the day after: what was hers before can be changed, and no later day.
    late = desk.wait(4)
    offers.offer(desk.store, late, desk.round, place_number=1, answer_by=desk.today + timedelta(days=3))
    desk.clock.move(days=1)
    assert refused(lambda: mend(desk.store, claims[0], desk.today, BreakOffReason.TRAVEL), "claim.place_taken")["case_number"] == desk.number(4)
    mend(desk.store, claims[0], first + timedelta(days=6), BreakOffReason.TRAVEL)
    mend(desk.store, claims[0], first - timedelta(days=1), BreakOffReason.TRAVEL)
    assert desk.row(claims[0]).ends_on < desk.row(claims[0]).starts_on


# --- how many places ---


def test_fewer_places_keep_people_together_and_name_who_stands_in_the_way(desk: Desk, refused) -> None:
    claims = desk.fill()
    params = refused(lambda: capacity.change_capacity(desk.store, desk.round, 1, 3), "claim.in_the_way")
    assert (params["case_numbers"], params["least"]) == ([desk.number(3)], 4)
    offers.decline(desk.store, claims[0])
    capacity.change_capacity(desk.store, desk.round, 1, 3)
    assert [desk.row(claim).place_number for claim in claims] == [None, 2, 3, 1]
    assert desk.sum() == PlaceSum(3, 3, 0, 0)
    refused(lambda: capacity.change_capacity(desk.store, desk.round, 1, 0), "claim.places_range")
    refused(lambda: capacity.change_capacity(desk.store, desk.round, 5, 4), "claim.least_places_range")


def test_an_offer_nobody_answered_does_not_stand_in_the_way(desk: Desk) -> None:
    claims = [desk.wait(case) for case in range(4)]
    for claim in claims:
        offers.offer(desk.store, claim, desk.round, answer_by=desk.today + timedelta(days=1))
    for claim in claims[2:]:
        offers.accept(desk.store, claim)
    desk.clock.move(days=2)
    capacity.change_capacity(desk.store, desk.round, 1, 3)
    assert desk.sum() == PlaceSum(3, 2, 0, 1)
    capacity.change_capacity(desk.store, desk.round, 1, 2)
    assert (desk.sum(), set(desk.list())) == (PlaceSum(2, 2, 0, 0), set(claims[:2]))


def test_an_extra_place_within_a_raised_limit_is_an_ordinary_one(desk: Desk) -> None:
    desk.fill()
    bookings.book_extra(desk.store, desk.forum.case_ids[4], desk.round, "Ett löfte")
    capacity.change_capacity(desk.store, desk.round, 2, 6)
    rows = desk.store.read(places.places_of, desk.round, desk.today)
    assert [(row.number, row.is_extra) for row in rows] == [(number, False) for number in range(1, 7)]
    assert desk.sum() == PlaceSum(6, 5, 0, 1)


# --- what is shown before ---


def test_the_next_is_proposed_and_why(desk: Desk, texts, texts_en) -> None:
    ask = lambda: desk.store.read(proposals.proposal, desk.round, desk.today)  # noqa: E731
    assert (ask().next, ask().why.code) == (None, "claim.nobody_waits")
    away = desk.wait(0, is_ready=False)
    assert (ask().next, ask().why.code) == (None, "claim.nobody_next")
    first = desk.wait(1)
    found = ask()
    assert (found.next.id, found.place_number, found.why.code) == (first, 1, "claim.next_after")
    assert [(row.booking_id, row.reason) for row in found.passed] == [(away, PassOverReason.NOT_READY)]
    waiting_list.remove(desk.store, away, RemovalReason.NOT_FOR_HER)
    assert ask().why.code == "claim.next_is_first"
    for case_id in desk.forum.case_ids[2:6]:
        bookings.book(desk.store, case_id, desk.round, passed={first: WISH})
    assert (ask().next, ask().why.code) == (None, "claim.no_free_place")
    assert desk.store.read(proposals.proposal, 99, desk.today).why.code == "claim.round.gone"
    for problem in (found.why, ask().why):
        assert texts.problem(problem) != texts_en.problem(problem)


def test_clashes_are_told_before_and_refuse_nothing(desk: Desk, texts, texts_en) -> None:
    case_id, day = desk.forum.case_ids[0], desk.today + timedelta(days=BEGINS)
    other = make_round(desk.store, make_programme(desk.store, name="Vägen in", slug="vagen-in"), day)
    bookings.book(desk.store, case_id, other)
    sick_leave.add_trial(desk.store, case_id, day + timedelta(days=2), day + timedelta(days=4))
    found = desk.store.read(proposals.clashes, case_id, desk.round, day, desk.today)
    assert {problem.code for problem in found} == {"claim.clash_round", "claim.clash_work_trial"}
    assert all(texts.problem(problem) != texts_en.problem(problem) for problem in found)
    open_round = next(row for row in desk.store.read(proposals.open_places, case_id, desk.today) if row.round_id == desk.round)
    assert (open_round.is_open, set(open_round.warnings)) == (True, set(found))
    bookings.book(desk.store, case_id, desk.round)


def test_a_forum_session_on_a_day_of_the_round_clashes_only_at_her_own_time(desk: Desk) -> None:
    case_id = desk.forum.case_ids[0]
    same_day = make_round(desk.store, desk.programme, desk.today, number=2)
    with desk.store.write(TEST, undoable=False) as writing:
        writing.connection.exec_driver_sql("UPDATE forum_session SET start = '11:30', \"end\" = '13:30'")
    codes = lambda case: [problem.code for problem in desk.store.read(proposals.clashes, case, same_day, desk.today, desk.today)]  # noqa: E731
    assert codes(case_id) == ["claim.clash_session"]
    assert codes(desk.forum.case_ids[5]) == []


def test_the_rounds_one_could_book_come_with_what_stands_in_the_way(desk: Desk) -> None:
    full = make_round(desk.store, desk.programme, desk.today + timedelta(days=30), number=2, places=4)
    for case_id in desk.forum.case_ids[1:5]:
        bookings.book(desk.store, case_id, full)
    found = desk.store.read(proposals.open_places, desk.forum.case_ids[0], desk.today)
    assert [(row.round_id, row.is_open, [problem.code for problem in row.problems]) for row in found] == [
        (desk.round, True, []), (full, False, ["claim.no_free_place"]),
    ]  # fmt: skip


# --- what else ends ---


def test_a_closed_case_ends_what_has_not_begun(desk: Desk, refused, texts, texts_en) -> None:
    waits = desk.wait(0)
    has_place = bookings.book(desk.store, desk.forum.case_ids[1], desk.round, passed={waits: WISH})
    begun = bookings.book(desk.store, desk.forum.case_ids[2], desk.round, passed={waits: WISH})
    desk.begin()
    bookings.start(desk.store, begun)
    told = [desk.store.read(endings.told_before_closing, case_id, desk.today) for case_id in desk.forum.case_ids[:4]]
    assert [[problem.code for problem in each] for each in told] == [
        ["claim.closing_removes"], ["claim.closing_removes"], ["claim.closing_started"], [],
    ]  # fmt: skip
    assert all(texts.problem(problem) != texts_en.problem(problem) for each in told for problem in each)
    for case_id in desk.forum.case_ids[:2]:
        closing.close_case(desk.store, case_id, ClosingReason.BACK_AT_WORK, desk.today)
    for claim in (waits, has_place):
        assert (desk.state(claim), desk.row(claim).removal_reason) == (BookingState.REMOVED, RemovalReason.CASE_CLOSED)
    closes = lambda: closing.close_case(desk.store, desk.forum.case_ids[2], ClosingReason.BACK_AT_WORK, desk.today)  # noqa: E731
    refused(closes, "claim.closing_started")
    bookings.break_off(desk.store, begun, desk.today, BreakOffReason.BACK_AT_WORK)
    closes()


def test_a_case_with_a_claim_is_not_removed(desk: Desk, refused) -> None:
    case_id = cases.open_case(desk.store, desk.forum.series_id, "Åsa", "Öberg")
    waiting_list.register(desk.store, desk.programme, case_id)
    refused(lambda: cases.remove_case(desk.store, case_id), "case.in_use")


def test_the_places_of_a_round_that_is_not_held_are_given_back(desk: Desk) -> None:
    claims = desk.fill()
    desk.begin()
    bookings.start(desk.store, claims[0])
    with desk.store.write(TEST) as writing:
        assert endings.give_back_places(writing, desk.round, "Gården har brunnit") == 3
    assert desk.list() == claims[1:]
    assert desk.state(claims[0]) is BookingState.STARTED
    assert desk.store.read(queries.history, claims[1]).offers[0].outcome is OfferOutcome.TAKEN_BACK



def test_whoever_did_not_answer_in_time_is_passed_over_with_that_reason_before_it_is_noted(desk: Desk) -> None:
    first, second = desk.wait(0), desk.wait(1)
    offers.offer(desk.store, first, desk.round, answer_by=desk.today)
    desk.store.clock.move(days=1)
    offers.offer(desk.store, second, desk.round, place_number=3)
    passed = desk.store.read(queries.history, first).passed_over
    assert [(row.for_booking_id, row.reason) for row in passed] == [(second, PassOverReason.NO_ANSWER)]
    assert desk.state(first) is BookingState.OFFERED
