"""The queue's states: whatever happens in whatever order, given and voided are final, nothing is sent without consent, all is asked about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.domain.consent import parties_covered
from rehabdesk.domain.forum import Outcome, Presence
from rehabdesk.domain.hand_outs import ANYBODY, FILE, HandOutState, Medium, Reader, ReaderKind, VoidReason, Wanted
from rehabdesk.domain.papers import Document, ExtractDocument, PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import cases, consent, hand_outs, paper_files, paper_offers, papers
from rehabdesk.services.forum import meeting, sheets
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.store import Store
from tests.helpers.forum import Forum, add_case, small_forum

FINAL = {HandOutState.GIVEN, HandOutState.VOIDED}


@pytest.fixture
def forum(store: Store) -> Forum:
    made = small_forum(store)
    made.start()
    return made


def finish(forum: Forum, index: int = 0, presence: Presence = Presence.HERE) -> tuple[int, ...]:
    item_id = forum.item_ids[index]
    meeting.open_item(forum.store, item_id)
    meeting.set_participant_presence(forum.store, item_id, presence)
    return sheets.freeze(forum.store, item_id, Ending(Outcome.AGREED)).hand_out_ids


def row(forum: Forum, hand_out_id: int) -> queries.HandOutRow:
    return forum.store.read(queries.hand_out, hand_out_id)


def test_sent_is_kept_only_when_the_paper_could_be_made(forum: Forum) -> None:
    (copy, *_) = finish(forum)

    def cannot(_document: Document, _language: str) -> bytes:
        raise Refused(Problem("paper.script_missing", None, {"characters": "م", "word": "مرحبا"}))

    with pytest.raises(Refused, match="paper.script_missing"):
        hand_outs.send_as(forum.store, copy, cannot)
    assert row(forum, copy).state is HandOutState.WAITING


def test_sending_under_a_withdrawn_consent_voids_the_copy(forum: Forum) -> None:
    """Also where the withdrawal was registered without the queue hearing of it: consent is asked at the printer."""
    extract = finish(forum)[1]
    forum.store.clock.move(days=201)
    assert hand_outs.send(forum.store, extract) is None
    assert (row(forum, extract).state, row(forum, extract).void_reason) == (HandOutState.VOIDED, VoidReason.CONSENT_WITHDRAWN)


def test_a_copy_for_an_absent_participant_waits_to_be_handed_over(forum: Forum) -> None:
    summary = finish(forum, presence=Presence.EXPECTED)[0]
    assert [copy.id for copy in forum.store.read(queries.to_give_later)] == [summary]
    assert summary not in [copy.id for copy in forum.store.read(queries.to_print)]
    hand_outs.keep_for_later(forum.store, [summary], later=False)
    assert summary in [copy.id for copy in forum.store.read(queries.to_print)]


def test_print_for_everyone_never_prints_a_protected_person(forum: Forum) -> None:
    cases.set_protected(forum.store, forum.case_ids[0], True)
    finish(forum)
    hand_outs.queue_for_those_here(forum.store, forum.session_id)
    copies = forum.store.read(queries.of_case, forum.case_ids[0])
    assert copies and all(copy.reader is ReaderKind.PARTY and copy.is_later for copy in copies)


def test_print_for_everyone_gives_nobody_a_second_copy(forum: Forum) -> None:
    ids = finish(forum)
    for hand_out_id in ids:
        hand_outs.send(forum.store, hand_out_id)
    assert hand_outs.queue_for_those_here(forum.store, forum.session_id) == ()
    hand_outs.void(forum.store, [ids[0]], VoidReason.NOT_PRINTED)
    (again,) = hand_outs.queue_for_those_here(forum.store, forum.session_id)
    assert row(forum, again).reader is ReaderKind.PARTICIPANT


def test_a_paper_refused_is_not_queued(forum: Forum) -> None:
    finish(forum)
    uncovered = Reader(ReaderKind.PARTY, forum.party_ids["AF"], forum.case_ids[0])
    before = forum.store.read(queries.of_session, forum.session_id)
    with pytest.raises(Refused, match="paper.no_consent"):
        hand_outs.queue_paper(forum.store, Wanted(PaperKind.EXTRACT, uncovered, forum.session_id))
    assert forum.store.read(queries.of_session, forum.session_id) == before


def test_every_offer_can_be_made_or_says_why_not(forum: Forum) -> None:
    finish(forum)
    hand_outs.send(forum.store, forum.store.read(queries.to_print)[1].id)
    consent.withdraw(forum.store, forum.case_ids[0], [forum.party_ids["FK"]])
    offers = forum.store.read(paper_offers.offers, forum.session_id, forum.store.clock.today())
    assert len({offer.id for offer in offers}) == len(offers)
    refused = []
    for offer in offers:
        try:
            forum.store.read(papers.paper, offer.wanted, forum.store.clock.now())
        except Refused as refusal:
            refused.append((offer.paper, offer.to, refusal.problems[0].code))
    assert refused == [
        (PaperKind.EXTRACT, "Arbetsförmedlingen", "paper.no_consent"),
        (PaperKind.EXTRACT, "Försäkringskassan", "paper.no_consent"),
    ]
    assert (PaperKind.WITHDRAWAL_NOTICE, "Försäkringskassan") in {(offer.paper, offer.to) for offer in offers}


def test_a_saved_file_is_a_hand_out_until_it_is_said_to_be_gone(forum: Forum, tmp_path: Path) -> None:
    finish(forum)
    path = tmp_path / "anteckningar.pdf"
    paper_files.save(forum.store, Wanted(PaperKind.MINUTES, FILE, forum.session_id), path)
    assert path.read_bytes().startswith(b"%PDF")
    (file,) = forum.store.read(queries.files_not_gone)
    assert (file.medium, file.state) == (Medium.FILE, HandOutState.GIVEN)
    hand_outs.file_is_gone(forum.store, file.id)
    assert forum.store.read(queries.files_not_gone) == ()


def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(forum: Forum, tmp_path: Path) -> None:
    """Neither a part of a file, nor a hand-out that would be asked about."""
    (tmp_path / "i vägen.pdf").mkdir()
    with pytest.raises(Refused, match="paper.file_not_written"):
        paper_files.save(forum.store, Wanted(PaperKind.SIGN_IN, ANYBODY, forum.session_id), tmp_path / "i vägen.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".rehabdesk" and path.is_file()] == []
    assert forum.store.read(queries.files_not_gone) == ()


#: What anybody may do to a copy, at any moment.
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["finish", "send", "give", "void", "again", "later", "now", "withdraw", "consent", "everyone", "restart"]),
        st.integers(0, 30),
    ),
    min_size=4,
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(events=EVENTS)
def test_whatever_happens_the_states_hold(store: Store, events: list[tuple[str, int]]) -> None:
    forum = _a_forum(store)
    settled: dict[int, HandOutState] = {}
    for verb, number in events:
        before = {copy.id: copy for copy in store.read(queries.of_session, forum.session_id)}
        try:
            _do(forum, verb, number, tuple(before))
        except Refused:
            assert {copy.id: copy for copy in store.read(queries.of_session, forum.session_id)} == before, "refused, and yet changed"
        after = {copy.id: copy for copy in store.read(queries.of_session, forum.session_id)}
        for hand_out_id, state in settled.items():
            assert after[hand_out_id].state is state, "given and voided are final"
        settled |= {copy.id: copy.state for copy in after.values() if copy.state in FINAL}
        assert set(before) <= set(after), "no copy is ever deleted"
        asked = {copy.id for copy in store.read(queries.unanswered)}
        assert {copy.id for copy in after.values() if copy.state is HandOutState.SENT} <= asked
        assert all(after[copy.id].sent_at for copy in after.values() if copy.state is HandOutState.SENT)


def _a_forum(store: Store) -> Forum:
    """The database lives on between examples: each gets two cases of its own on the meeting that is under way."""
    store.clock.move(minutes=1)
    known = store.read(session_queries.sessions)
    if not known:
        forum = small_forum(store)
        forum.start()
        return forum
    ids = {party.aliases[0]: party.id for party in store.read(party_queries.parties)}
    forum = Forum(store, known[0].series_id, known[0].id, ids, {})
    for given_name, surname in (("Alva", "Ek"), ("Bo", "Dal")):
        add_case(forum, given_name, surname, ("FK", "HR"), store.clock.today())
    return forum


def _do(forum: Forum, verb: str, number: int, copies: tuple[int, ...]) -> None:
    store, case = forum.store, number % 2
    copy = copies[number % len(copies)] if copies else None
    if verb == "finish":
        finish(forum, case)
    elif verb == "withdraw":
        consent.withdraw(store, forum.case_ids[case], [forum.party_ids["FK"]])
    elif verb == "consent":
        today = store.clock.today()
        consent.give(store, forum.case_ids[case], [forum.party_ids["FK"]], today, today + timedelta(days=10))
    elif verb == "everyone":
        hand_outs.queue_for_those_here(store, forum.session_id)
    elif verb == "restart":
        # A new program starts with the rows alone: nothing that was sent may be in what it prints.
        assert not {one.id for one in store.read(queries.to_print)} & {one.id for one in store.read(queries.unanswered)}
    elif copy is not None:
        _do_to_copy(forum, verb, copy)


def _do_to_copy(forum: Forum, verb: str, copy: int) -> None:
    store = forum.store
    if verb == "send":
        document = hand_outs.send(store, copy)
        sent = row(forum, copy)
        assert (document is None) == (sent.state is HandOutState.VOIDED)
        if isinstance(document, ExtractDocument):
            rules = store.read(consent_queries.rules, (sent.case_id,))
            assert parties_covered(rules, sent.case_id, store.clock.today()) & {sent.party_id}, "printed without a consent"
        return
    verbs = {
        "give": hand_outs.give,
        "void": hand_outs.void,
        "again": hand_outs.print_again,
        "later": hand_outs.keep_for_later,
        "now": _now,
    }
    verbs[verb](store, [copy])


def _now(store: Store, ids: list[int]) -> None:
    hand_outs.keep_for_later(store, ids, later=False)
