"""Which papers a round and a claim have, and that what is offered keeps to rule 7; what a copy of one is called elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehabdesk.domain.hand_outs import FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import cases, consent, hand_outs, papers, readings
from rehabdesk.services.paper_offers import offers_of_case, offers_of_round
from rehabdesk.services.prerehab.round_offers import LETTERS, OF_A_CLAIM
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=3, consent_for=())


@pytest.fixture
def round_id(forum: Forum) -> int:
    return make_round(forum.store, make_programme(forum.store, forum.party_ids["VC"]), forum.store.clock.today() + timedelta(days=23))


def of_round(forum: Forum, round_id: int):
    return forum.store.read(offers_of_round, round_id, forum.store.clock.today())


def of_case(forum: Forum, case: int = 0) -> set[Wanted]:
    rows = forum.store.read(offers_of_case, forum.case_ids[case], forum.store.clock.today())
    return {row.wanted for row in rows if row.wanted.booking_id is not None}


@pytest.mark.parametrize("state", tuple(OF_A_CLAIM))
def test_a_claim_has_the_papers_of_where_it_stands(forum: Forum, round_id: int, state: BookingState) -> None:
    if state is BookingState.REMOVED:
        return
    booking = make_claim(forum.store, round_id, forum.case_ids[0], 1, state)
    found = of_case(forum)
    assert {wanted.paper for wanted in found} == set(OF_A_CLAIM[state])
    assert all(wanted.booking_id == booking and wanted.reader.case_id == forum.case_ids[0] for wanted in found)
    on_a_place = {wanted for wanted in found if wanted.round_id == round_id}
    assert {row.wanted for row in of_round(forum, round_id) if row.wanted.booking_id is not None} == on_a_place


def test_the_lists_are_for_the_file_and_for_the_supplier_alone(forum: Forum, round_id: int) -> None:
    supplier = Reader(ReaderKind.PARTY, forum.party_ids["VC"])
    lists = {PaperKind.ROUND_LIST, PaperKind.ATTENDANCE}
    readers = {(row.wanted.paper, row.wanted.reader) for row in of_round(forum, round_id) if row.wanted.paper in lists}
    assert readers == {(paper, reader) for paper in lists for reader in (FILE, supplier)}
    alone = make_round(forum.store, make_programme(forum.store, name="Utan", slug="utan"), forum.store.clock.today())
    assert {row.wanted.reader for row in of_round(forum, alone) if row.wanted.paper in lists} == {FILE}


@pytest.mark.parametrize("state", (BookingState.OFFERED, BookingState.REGISTERED, BookingState.STARTED))
def test_under_protected_identity_no_letter_is_offered(forum: Forum, round_id: int, state: BookingState) -> None:
    make_claim(forum.store, round_id, forum.case_ids[0], 1, state)
    cases.set_protected(forum.store, forum.case_ids[0], True)
    assert {wanted.paper for wanted in of_case(forum)} == set(OF_A_CLAIM[state]) - LETTERS


def test_an_expired_offer_has_no_letter(forum: Forum, round_id: int) -> None:
    make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.OFFERED)
    forum.store.clock.move(days=11)
    assert of_case(forum) == set()


def test_who_waits_has_a_refusal_at_the_round_while_every_place_is_taken(forum: Forum) -> None:
    store, today = forum.store, forum.store.clock.today()
    small = make_round(store, make_programme(store), today + timedelta(days=5), places=1)
    waits = make_claim(store, small, forum.case_ids[0], 1, BookingState.REGISTERED)

    def refusals() -> list[Wanted]:
        return [row.wanted for row in of_round(forum, small) if row.wanted.paper is PaperKind.REFUSAL]

    assert refusals() == []
    make_claim(store, small, forum.case_ids[1], 1)
    assert [wanted.booking_id for wanted in refusals()] == [waits]
    assert store.read(papers.paper, refusals()[0], store.clock.now()).reasons == ()
    store.clock.move(days=90)
    assert refusals() == []


def test_a_list_that_left_told_of_those_it_named_and_is_made_anew_for_who_may_be_named_then(forum: Forum, round_id: int) -> None:
    store, today = forum.store, forum.store.clock.today()
    vc = forum.party_ids["VC"]
    for place, case_id in enumerate(forum.case_ids, 1):
        make_claim(store, round_id, case_id, place)
        if place < 3:
            consent.give(store, case_id, [vc], today, today + timedelta(days=90))
    wanted = Wanted(PaperKind.ROUND_LIST, Reader(ReaderKind.PARTY, vc), round_id=round_id)
    copy = hand_outs.queue_paper(store, wanted)
    first = hand_outs.send(store, copy)
    assert [bool(line.name) for line in first.lines[:3]] == [True, True, False]
    told = [store.read(consent_queries.received_by_name, case_id, vc) for case_id in forum.case_ids]
    assert told == [(copy,), (copy,), ()]
    hand_outs.print_again(store, [copy])
    consent.withdraw(store, forum.case_ids[0], [vc])
    second = hand_outs.send(store, copy)
    assert [bool(line.name) for line in second.lines[:3]] == [False, True, False]
    hand_outs.give(store, [copy])
    assert store.read(consent_queries.received_by_name, forum.case_ids[0], vc) == ()


def test_withdrawing_lists_the_supplier_among_earlier_receivers(forum: Forum, round_id: int) -> None:
    store, today = forum.store, forum.store.clock.today()
    vc, case_id = forum.party_ids["VC"], forum.case_ids[0]
    make_claim(store, round_id, case_id, 1)
    consent.give(store, case_id, [vc], today, today + timedelta(days=90))
    saved = hand_outs.save_as_file(store, Wanted(PaperKind.ATTENDANCE, Reader(ReaderKind.PARTY, vc), round_id=round_id))
    withdrawal = consent.withdraw(store, case_id)
    assert len(withdrawal.notices) == 1
    notice = store.read(papers.withdrawal_notice, case_id, vc, today)
    assert [line.paper for line in notice.received] == [PaperKind.ATTENDANCE]
    assert store.read(consent_queries.received_by_name, case_id, vc) == (saved.hand_out_id,)


def test_a_copy_of_a_rounds_paper_says_which_round_and_looking_at_it_is_logged(forum: Forum, round_id: int) -> None:
    store = forum.store
    wanted = Wanted(PaperKind.ROUND_LIST, FILE, round_id=round_id)
    copy = hand_outs.queue_paper(store, wanted)
    row = store.read(hand_out_queries.hand_out, copy)
    assert (row.round_title, row.case_number, row.wanted) == ("Grön prerehab 1", "", Wanted(PaperKind.ROUND_LIST, FILE, version=1, round_id=round_id))
    readings.note_paper(store, wanted)
    hand_outs.keep_for_later(store, [copy])
    assert [later.id for later in store.read(hand_out_queries.to_give_later)] == [copy]
