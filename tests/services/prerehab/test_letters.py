"""The letters about a place: what they say, to whom none is written, and that a reminder is remembered when it leaves."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select

from rehabdesk.domain.hand_outs import FILE, Medium, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, circumstances, hand_outs, papers
from rehabdesk.services.prerehab import waiting_list
from rehabdesk.store.history import Label
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.prerehab import claims
from rehabdesk.store.tables.prerehab import Offer, PassOver, Round
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum

LETTERS = (PaperKind.OFFER, PaperKind.OFFER_REMINDER, PaperKind.REFUSAL)


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=3)


@pytest.fixture
def round_id(forum: Forum) -> int:
    return make_round(forum.store, make_programme(forum.store, forum.party_ids["VC"]), forum.store.clock.today() + timedelta(days=23))


def letter(forum: Forum, paper: PaperKind, booking_id: int, round_id: int | None = None, case: int = 0) -> Wanted:
    return Wanted(paper, Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[case]), round_id=round_id, booking_id=booking_id)


def made(forum: Forum, wanted: Wanted):
    return forum.store.read(papers.paper, wanted, forum.store.clock.now())


def refused(forum: Forum, wanted: Wanted) -> list[str]:
    with pytest.raises(Refused) as why:
        made(forum, wanted)
    return [problem.code for problem in why.value.problems]


def pass_over(forum: Forum, booking: int, for_booking: int, reason: PassOverReason, text: str = "") -> None:
    with forum.store.write(Label("test")) as writing:
        offer = writing.session.scalar(select(Offer.id).where(Offer.booking_id == for_booking))
        writing.session.add(
            PassOver(booking_id=booking, for_booking_id=for_booking, offer_id=offer, on=writing.today, reason=reason, text=text)
        )


def test_an_offer_says_what_where_when_and_by_when(forum: Forum, round_id: int) -> None:
    today = forum.store.clock.today()
    booking = make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.OFFERED)
    document = made(forum, letter(forum, PaperKind.OFFER, booking))
    assert document.programme == "Grön prerehab"
    assert (document.days.first, document.days.count, document.days.weekdays) == (today + timedelta(days=23), 16, (1, 3))
    assert (document.days.start, document.days.end, document.days.place) == ("09:00", "12:00", "Lillgården, Vara")
    assert document.answer_by == today + timedelta(days=10)
    assert (document.letterhead.controller, document.letterhead.forum) == ("Vara kommun, kommunstyrelsen", "")
    assert not document.is_reminder and not document.place_is_late


def test_only_what_is_offered_still_is_offered_in_a_letter(forum: Forum, round_id: int) -> None:
    today = forum.store.clock.today()
    accepted = make_claim(forum.store, round_id, forum.case_ids[0], 1)
    expired = make_claim(forum.store, round_id, forum.case_ids[1], 2, BookingState.OFFERED, answer_by=today)
    forum.store.clock.move(days=1)
    assert refused(forum, letter(forum, PaperKind.OFFER, accepted)) == ["letter.not_offered"]
    assert refused(forum, letter(forum, PaperKind.OFFER_REMINDER, expired, case=1)) == ["letter.offer_expired"]
    assert refused(forum, letter(forum, PaperKind.REFUSAL, accepted)) == ["letter.not_waiting"]


@pytest.mark.parametrize("paper", LETTERS)
def test_nobody_gets_anothers_letter_and_no_other_reader_one(forum: Forum, round_id: int, paper: PaperKind) -> None:
    booking = make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.OFFERED)
    assert refused(forum, letter(forum, paper, booking, case=1)) == ["claim.gone"]
    for reader in (FILE, Reader(ReaderKind.PARTY, forum.party_ids["VC"], forum.case_ids[0])):
        assert refused(forum, Wanted(paper, reader, booking_id=booking)) == ["paper.unknown"]


@pytest.mark.parametrize("paper", LETTERS)
def test_no_letter_under_protected_identity_nor_where_no_paper_goes_home(forum: Forum, round_id: int, paper: PaperKind) -> None:
    store = forum.store
    state = BookingState.REGISTERED if paper is PaperKind.REFUSAL else BookingState.OFFERED
    first, second = (make_claim(store, round_id, forum.case_ids[place], place + 1, state) for place in (0, 1))
    cases.set_protected(store, forum.case_ids[0], True)
    assert refused(forum, letter(forum, paper, first)) == ["call.protected"]
    circumstances.set_no_paper_home(store, forum.case_ids[1], True)
    assert refused(forum, letter(forum, paper, second, case=1)) == ["call.no_paper_home"]


def test_a_reminder_is_remembered_when_it_leaves_and_an_offer_is_not(forum: Forum, round_id: int) -> None:
    store = forum.store
    booking = make_claim(store, round_id, forum.case_ids[0], 1, BookingState.OFFERED)

    def reminded():
        return store.read(claims.claim, booking, store.clock.today()).reminded_on

    hand_outs.queue_paper(store, letter(forum, PaperKind.OFFER, booking))
    assert reminded() is None
    hand_outs.save_as_file(store, letter(forum, PaperKind.OFFER_REMINDER, booking))
    assert reminded() == store.clock.today()
    queued = hand_outs.queue_paper(store, letter(forum, PaperKind.OFFER_REMINDER, booking))
    store.clock.move(days=2)
    hand_outs.send(store, queued)
    assert reminded() == store.clock.today()


def test_a_refusal_says_why_and_nothing_of_anybody_else(forum: Forum, round_id: int) -> None:
    store = forum.store
    waits = make_claim(store, round_id, forum.case_ids[0], 1, BookingState.REGISTERED)
    offered = make_claim(store, round_id, forum.case_ids[1], 2, BookingState.OFFERED)
    pass_over(forum, waits, offered, PassOverReason.GREATER_NEED, "Johan har väntat sedan i våras")
    pass_over(forum, waits, offered, PassOverReason.OTHER, "Vi väntar på besked om skjuts")
    document = made(forum, letter(forum, PaperKind.REFUSAL, waits, round_id))
    assert document.reasons == (PassOverReason.GREATER_NEED, PassOverReason.OTHER)
    assert document.words == ("Vi väntar på besked om skjuts",)
    assert "Johan" not in repr(document) and document.removal is None
    other = make_round(store, store.read(claims.claim, waits, store.clock.today()).programme_id, store.clock.today(), number=2)
    assert refused(forum, letter(forum, PaperKind.REFUSAL, waits, other)) == ["letter.place_is_free"]
    assert {field.name for field in fields(document)}.isdisjoint({"position", "for_case_number"})


def test_words_that_name_another_participant_keep_the_letter_back(forum: Forum, round_id: int) -> None:
    waits = make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.REGISTERED)
    offered = make_claim(forum.store, round_id, forum.case_ids[1], 2, BookingState.OFFERED)
    pass_over(forum, waits, offered, PassOverReason.OTHER, "Johan Ekegren behövde platsen")
    assert refused(forum, letter(forum, PaperKind.REFUSAL, waits, round_id)) == ["paper.names_another"]


@pytest.mark.parametrize(("reason", "printed"), ((RemovalReason.OTHER, ("Enligt samtal",)), (RemovalReason.NOT_FOR_HER, ())))
def test_what_was_written_beside_a_plain_reason_stays_on_file(forum: Forum, round_id: int, reason: RemovalReason, printed: tuple) -> None:
    waits = make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.REGISTERED)
    waiting_list.remove(forum.store, waits, reason, "Enligt samtal")
    document = made(forum, letter(forum, PaperKind.REFUSAL, waits))
    assert (document.removal, document.words) == (reason, printed)


@pytest.mark.parametrize("words", ("Johan behövde platsen", "Vi väntade på Ekegrens besked"))
def test_a_given_name_alone_of_somebody_on_the_same_programme_keeps_it_back_too(forum: Forum, round_id: int, words: str) -> None:
    waits = make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.REGISTERED)
    offered = make_claim(forum.store, round_id, forum.case_ids[1], 2, BookingState.OFFERED)
    pass_over(forum, waits, offered, PassOverReason.OTHER, words)
    assert refused(forum, letter(forum, PaperKind.REFUSAL, waits, round_id)) == ["paper.names_another"]


def test_the_place_of_a_round_is_looked_through_as_every_typed_word(forum: Forum, round_id: int) -> None:
    booking = make_claim(forum.store, round_id, forum.case_ids[0], 1, BookingState.OFFERED)
    with forum.store.write(Label("test")) as writing:
        writing.session.get(Round, round_id).place = "Hos Johan Ekegren"
    assert refused(forum, letter(forum, PaperKind.OFFER, booking)) == ["paper.names_another"]


def test_a_copy_knows_its_claim_and_is_made_anew_after_a_jam(forum: Forum, round_id: int) -> None:
    store = forum.store
    booking = make_claim(store, round_id, forum.case_ids[0], 1, BookingState.OFFERED)
    copy = hand_outs.queue_paper(store, letter(forum, PaperKind.OFFER, booking, round_id))
    row = store.read(hand_out_queries.hand_out, copy)
    assert (row.round_id, row.booking_id, row.case_id, row.medium) == (round_id, booking, forum.case_ids[0], Medium.PAPER)
    assert row in store.read(hand_out_queries.of_round, round_id) and row in store.read(hand_out_queries.of_case, forum.case_ids[0])
    assert hand_outs.send(store, copy) is not None
    hand_outs.print_again(store, [copy])
    cases.set_protected(store, forum.case_ids[0], True)
    with pytest.raises(Refused):
        hand_outs.send(store, copy)
