"""Whom a round's lists may name to their reader: by consent that day, and nobody under protected identity."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.hand_outs import ANYBODY, FILE, HandOutState, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import ON_A_PLACE, BookingState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent, hand_outs
from rehabdesk.services.prerehab.named import COVERED, named_claims, supplier
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, consent_for=())


@pytest.fixture
def round_id(forum: Forum) -> int:
    return make_round(forum.store, make_programme(forum.store, forum.party_ids["VC"]), forum.store.clock.today() + timedelta(days=2))


def the_supplier(forum: Forum) -> Reader:
    return Reader(ReaderKind.PARTY, forum.party_ids["VC"])


def named(forum: Forum, round_id: int, reader: Reader) -> frozenset[int]:
    return forum.store.read(named_claims, round_id, reader, forum.store.clock.today())


#: From which day, until which, for what, for whom, and whether she is then named to the supplier.
CONSENTS = (
    (0, 100, {InformationKind.PLANNED_MEASURES}, "VC", True),
    (-100, 0, {InformationKind.PLANNED_MEASURES}, "VC", True),
    (0, 100, {InformationKind.PLANNED_MEASURES, InformationKind.SICK_LEAVE}, "VC", True),
    (0, 100, {InformationKind.PLANNED_MEASURES}, "FK", False),
    (0, 100, set(InformationKind) - COVERED, "VC", False),
    (1, 100, {InformationKind.PLANNED_MEASURES}, "VC", False),
    (-100, -1, {InformationKind.PLANNED_MEASURES}, "VC", False),
)


@pytest.mark.parametrize(("begins", "ends", "kinds", "party", "is_named"), CONSENTS)
def test_the_supplier_is_told_a_name_only_under_a_live_consent_that_covers_it(forum, round_id, begins, ends, kinds, party, is_named) -> None:
    store, today, case_id = forum.store, forum.store.clock.today(), forum.case_ids[0]
    booking = make_claim(store, round_id, case_id, 1)
    days = (today + timedelta(days=begins), today + timedelta(days=ends))
    consent.give(store, case_id, [forum.party_ids[party]], *days, frozenset(kinds))
    assert named(forum, round_id, the_supplier(forum)) == (frozenset({booking}) if is_named else frozenset())
    assert named(forum, round_id, FILE) == {booking}


def test_two_consents_count_together_and_a_withdrawal_ends_it_that_day(forum: Forum, round_id: int) -> None:
    store, today, case_id = forum.store, forum.store.clock.today(), forum.case_ids[0]
    booking = make_claim(store, round_id, case_id, 1)
    until = today + timedelta(days=90)
    consent.give(store, case_id, [forum.party_ids["VC"]], today, until, frozenset({InformationKind.ECONOMY}))
    assert named(forum, round_id, the_supplier(forum)) == frozenset()
    consent.give(store, case_id, [forum.party_ids["VC"]], today, until, COVERED)
    assert named(forum, round_id, the_supplier(forum)) == {booking}
    consent.withdraw(store, case_id, [forum.party_ids["VC"]])
    assert named(forum, round_id, the_supplier(forum)) == frozenset()
    assert named(forum, round_id, FILE) == {booking}


def test_under_protected_identity_nobody_stands_on_a_list_of_several(forum: Forum, round_id: int) -> None:
    store, today = forum.store, forum.store.clock.today()
    first, second = (make_claim(store, round_id, case_id, number) for number, case_id in enumerate(forum.case_ids, 1))
    for case_id in forum.case_ids:
        consent.give(store, case_id, [forum.party_ids["VC"]], today, today + timedelta(days=90))
    assert named(forum, round_id, the_supplier(forum)) == {first, second}
    cases.set_protected(store, forum.case_ids[0], True)
    assert named(forum, round_id, the_supplier(forum)) == named(forum, round_id, FILE) == {second}


@pytest.mark.parametrize("state", tuple(BookingState))
def test_only_claims_that_have_a_place_in_the_round_are_on_its_lists(forum: Forum, round_id: int, state: BookingState) -> None:
    if state is BookingState.REMOVED:
        return
    booking = make_claim(forum.store, round_id, forum.case_ids[0], 1, state)
    assert named(forum, round_id, FILE) == (frozenset({booking}) if state in ON_A_PLACE else frozenset())


def test_no_list_is_made_for_anybody_else(forum: Forum, round_id: int) -> None:
    store = forum.store
    make_claim(store, round_id, forum.case_ids[0], 1)
    others = (ANYBODY, Reader(ReaderKind.PARTY, forum.party_ids["FK"]), Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[0]))
    for reader in others:
        with pytest.raises(Refused) as refused:
            named(forum, round_id, reader)
        assert [problem.code for problem in refused.value.problems] == ["paper.not_the_supplier"]
    lone = make_round(store, make_programme(store, name="Utan leverantör", slug="utan"), store.clock.today())
    assert store.read(supplier, lone) is None
    with pytest.raises(Refused):
        named(forum, lone, Reader(ReaderKind.PARTY, forum.party_ids["VC"]))


def test_whoever_withdraws_is_told_of_the_lists_the_supplier_has_had_and_the_supplier_of_her(forum, round_id) -> None:
    store, today, clinic = forum.store, forum.store.clock.today(), forum.party_ids["VC"]
    first, second = forum.case_ids[:2]
    for place, case_id in enumerate((first, second), 1):
        make_claim(store, round_id, case_id, place)
    consent.give(store, first, [clinic], today, today + timedelta(days=90), frozenset({InformationKind.PLANNED_MEASURES}))
    wanted = Wanted(PaperKind.ROUND_LIST, Reader(ReaderKind.PARTY, clinic), round_id=round_id)
    waiting = hand_outs.queue_paper(store, wanted)
    saved = hand_outs.save_as_file(store, wanted)
    assert store.read(consent_queries.received_by_name, first, clinic) == (saved.hand_out_id,)
    assert store.read(consent_queries.received_by_name, second, clinic) == ()
    consent.withdraw(store, first)
    notices = [row for row in store.read(hand_out_queries.of_case, first) if row.paper is PaperKind.WITHDRAWAL_NOTICE]
    assert [(row.party_id, row.state) for row in notices] == [(clinic, HandOutState.WAITING)]
    # What still waited is made anew when it leaves, and names nobody.
    assert all(not line.name and not line.case_number for line in hand_outs.send(store, waiting).lines)
