"""From the start of a meeting to papers: who gets what, and what never leaves."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.domain.forum import ItemKind, ItemState, Outcome, Presence, Return, SessionState
from rehabdesk.domain.hand_outs import ANYBODY, HandOutState, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import ExtractDocument, MinutesDocument, PaperKind, SummaryDocument
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.sheets import Block
from rehabdesk.services import cases, consent, hand_outs, papers, parties
from rehabdesk.services.forum import actions, big_screen, meeting, minutes, names, sessions, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.big_screen import ShownLine
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.history import Label
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries import today as today_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables.forum import AgendaItem
from tests.helpers.forum import PEOPLE, Forum, add_case, small_forum

AGREED = Ending(Outcome.AGREED)
TODAY = date(2026, 11, 22)


def words_of(value: object) -> str:
    """Every word a document holds, for a reader who looks at all of it."""
    if dataclasses.is_dataclass(value):
        return "\n".join(words_of(getattr(value, field.name)) for field in dataclasses.fields(value))
    if isinstance(value, tuple):
        return "\n".join(words_of(part) for part in value)
    return value if isinstance(value, str) else ""


def compose(store: Store, hand_out_id: int) -> object:
    return store.read(papers.compose, hand_out_id, store.clock.now())


def fill_item(forum: Forum, item_id: int, mark: str) -> None:
    """Type a word of its own into every field of an item."""
    for field in ItemText:
        meeting.save_text(forum.store, item_id, field, f"{field.value}-{mark}")
    agreement = meeting.add_agreement(forum.store, item_id, f"agreement-{mark}")
    meeting.save_participant_line(forum.store, agreement, f"line-{mark}")
    for key, party_id in forum.party_ids.items():
        actions.add_action(forum.store, item_id, NewAction(f"{key}-action-{mark}", party_id=party_id, due_on=TODAY))
    actions.add_action(forum.store, item_id, NewAction(f"own-action-{mark}", for_participant=True))


@pytest.fixture
def forum(store: Store) -> Forum:
    made = small_forum(store)
    made.start()
    return made


def freeze(forum: Forum, index: int = 0) -> sheets.Frozen:
    item_id = forum.item_ids[index]
    meeting.open_item(forum.store, item_id)
    meeting.set_participant_presence(forum.store, item_id, Presence.HERE)
    return sheets.freeze(forum.store, item_id, AGREED)


def test_starting_numbers_the_items_and_opens_the_first(forum: Forum) -> None:
    items = forum.store.read(agenda_queries.agenda, forum.session_id, TODAY)
    assert [item.paragraph for item in items] == [1, 2, 3]
    assert [item.state for item in items] == [ItemState.OPEN, ItemState.WAITING, ItemState.WAITING]


def test_finishing_queues_the_participant_and_each_covered_party(forum: Forum) -> None:
    frozen = freeze(forum)
    rows = forum.store.read(hand_out_queries.by_ids, frozen.hand_out_ids)
    assert [(row.reader, row.party_id) for row in rows] == [
        (ReaderKind.PARTICIPANT, None),
        *((ReaderKind.PARTY, forum.party_ids[key]) for key in ("FK", "HR", "VC")),
    ]
    assert all(row.state is HandOutState.WAITING for row in rows)


def test_an_extract_holds_what_its_party_may_read_and_nothing_else(forum: Forum) -> None:
    fill_item(forum, forum.item_ids[0], "mine")
    frozen = freeze(forum)
    extract = compose(forum.store, frozen.hand_out_ids[1])
    assert isinstance(extract, ExtractDocument)
    words = words_of(extract)
    for expected in ("question-mine", "agreement-mine", "FK-action-mine"):
        assert expected in words
    for forbidden in ("background", "discussion", "participant_view", "line-", "HR-action", "VC-action", "own-action"):
        assert forbidden not in words


def test_the_summary_speaks_her_own_lines_and_tells_who_else_got_it(forum: Forum) -> None:
    fill_item(forum, forum.item_ids[0], "mine")
    frozen = freeze(forum)
    summary = compose(forum.store, frozen.hand_out_ids[0])
    assert isinstance(summary, SummaryDocument)
    assert summary.agreements == ("line-mine",)
    assert summary.own_view == "participant_view-mine"
    assert summary.also_given_to == ("Försäkringskassan", "Vara kommun, HR", "Västra Götalandsregionen, Vårdcentralen Vara")
    assert [action.what for action in summary.actions if action.is_participant] == ["own-action-mine"]
    assert summary.whole_item is None


def test_a_name_of_another_participant_must_be_settled_before_the_sheet_is_frozen(forum: Forum) -> None:
    item_id = forum.item_ids[0]
    meeting.open_item(forum.store, item_id)
    meeting.save_text(forum.store, item_id, ItemText.DISCUSSION, "Som för Johan Ekegren i våras.")
    with pytest.raises(Refused, match="item.names_unsettled"):
        sheets.freeze(forum.store, item_id, AGREED)
    (hit,) = forum.store.read(names.names_in_item, item_id)
    names.mark_harmless(forum.store, item_id, hit.case_id, hit.words)
    frozen = sheets.freeze(forum.store, item_id, AGREED)
    sheet = forum.store.read(sheet_queries.sheet_of_item, item_id).item.sheet
    assert frozen.sheet_id
    assert sheet.harmless == ((forum.case_ids[1], "Johan Ekegren"),)


def test_a_name_in_an_action_from_before_is_sought_again_and_can_be_said_in_other_words(forum: Forum) -> None:
    first, later = forum.item_ids[0], forum.item_ids[1]
    meeting.open_item(forum.store, first)
    kept = actions.add_action(forum.store, first, NewAction("ring Berit Okänd"))
    sheets.freeze(forum.store, first, AGREED)
    # She came to the forum after it was written.
    cases.open_case(forum.store, forum.series_id, "Berit", "Okänd")
    with forum.store.write(Label("test")) as writing:
        writing.session.get_one(AgendaItem, later).case_id = forum.case_ids[0]
    meeting.open_item(forum.store, later)
    (hit,) = forum.store.read(names.names_in_item, later)
    assert (hit.field, hit.row_id, hit.words) == (names.EARLIER_ACTION, kept, "Berit Okänd")
    with pytest.raises(Refused, match="item.names_unsettled"):
        sheets.freeze(forum.store, later, AGREED)
    names.reword_earlier(forum.store, later, kept, "ring kollegan")
    assert forum.store.read(names.names_in_item, later) == ()
    sheets.freeze(forum.store, later, AGREED)
    frozen = forum.store.read(sheet_queries.sheet_of_item, later).item.sheet
    assert [action.what for action in frozen.earlier_actions] == ["ring kollegan"]
    before = forum.store.read(sheet_queries.sheet_of_item, first).item.sheet
    assert [action.what for action in before.actions] == ["ring Berit Okänd"]


def test_the_next_time_on_paper_is_the_meeting_that_takes_it_up(forum: Forum) -> None:
    item_id, held_on = forum.item_ids[0], forum.store.read(session_queries.session, forum.session_id).held_on
    later = held_on + timedelta(days=56)
    sessions.plan_session(forum.store, forum.series_id, SessionPlan(later, "13:00", "15:30", "Stora Lundsal"))
    meeting.open_item(forum.store, item_id)
    asked_for = held_on + timedelta(days=21)
    sheets.freeze(forum.store, item_id, Ending(Outcome.RETURNS, Return.DATE, asked_for))
    sheet = forum.store.read(sheet_queries.sheet_of_item, item_id).item.sheet
    assert (sheet.next_on, sheet.next_start, sheet.next_place) == (later, "13:00", "Stora Lundsal")


def test_what_a_finished_item_lacked_is_not_told_any_more(forum: Forum) -> None:
    def lacking() -> set[int | None]:
        found = forum.store.read(today_queries.next_session, forum.store.clock.today())
        return {lack.item_id for lack in found.lacks}

    assert forum.item_ids[0] in lacking()
    freeze(forum)
    assert forum.item_ids[0] not in lacking()


def test_nothing_of_a_frozen_item_can_be_typed_over(forum: Forum) -> None:
    freeze(forum)
    item_id = forum.item_ids[0]
    for attempt in (
        lambda: meeting.save_text(forum.store, item_id, ItemText.DISCUSSION, "x"),
        lambda: meeting.add_agreement(forum.store, item_id, "x"),
        lambda: actions.add_action(forum.store, item_id, NewAction("x")),
        lambda: sheets.freeze(forum.store, item_id, AGREED),
    ):
        with pytest.raises(Refused, match="item.already_finished"):
            attempt()


def test_with_no_consent_at_all_the_item_is_a_consultation_and_nothing_is_queued(store: Store) -> None:
    forum = small_forum(store, consent_for=())
    forum.start()
    frozen = freeze(forum)
    assert frozen.hand_out_ids == ()
    assert store.read(agenda_queries.item, forum.item_ids[0], TODAY).shown_kind is ItemKind.CONSULTATION


def test_a_withdrawal_after_printing_voids_what_waits_and_sends_a_notice(forum: Forum) -> None:
    frozen = freeze(forum)
    extract = frozen.hand_out_ids[1]
    hand_outs.send(forum.store, extract)
    hand_outs.give(forum.store, [extract])
    withdrawal = consent.withdraw(forum.store, forum.case_ids[0])
    rows = {row.id: row for row in forum.store.read(hand_out_queries.of_case, forum.case_ids[0])}
    assert rows[extract].state is HandOutState.GIVEN
    assert all(rows[row_id].state is HandOutState.VOIDED for row_id in frozen.hand_out_ids[2:])
    (notice,) = withdrawal.notices
    assert rows[notice].paper is PaperKind.WITHDRAWAL_NOTICE
    words = words_of(compose(forum.store, notice))
    assert "Strömbäck" not in words
    with pytest.raises(Refused, match="paper.no_consent"):
        forum.store.read(
            papers.paper,
            Wanted(PaperKind.EXTRACT, Reader(ReaderKind.PARTY, forum.party_ids["FK"], forum.case_ids[0]), forum.session_id),
            forum.store.clock.now(),
        )


def test_a_correction_prints_with_its_sheet_and_goes_to_those_who_have_a_copy(forum: Forum) -> None:
    frozen = freeze(forum)
    hand_outs.send(forum.store, frozen.hand_out_ids[1])
    hand_outs.give(forum.store, [frozen.hand_out_ids[1]])
    corrected = sheets.correct(forum.store, frozen.sheet_id, Block.AGREEMENTS, "Det gäller två halvdagar, inte tre.")
    rows = forum.store.read(hand_out_queries.by_ids, corrected.hand_out_ids)
    assert {row.version for row in rows} == {2}
    extract = next(compose(forum.store, row.id) for row in rows if row.reader is ReaderKind.PARTY)
    assert extract.corrections[0].text == "Det gäller två halvdagar, inte tre."
    hidden = sheets.correct(forum.store, frozen.sheet_id, Block.DISCUSSION, "Hemlig rättelse.")
    readers = {row.reader for row in forum.store.read(hand_out_queries.by_ids, hidden.hand_out_ids)}
    assert readers == {ReaderKind.PARTICIPANT}
    again = forum.store.read(papers.compose, rows[1].id, forum.store.clock.now())
    assert "Hemlig" not in words_of(again)


def test_locking_is_refused_while_something_is_open_and_told_twice_it_breaks_off(forum: Forum) -> None:
    with pytest.raises(Refused, match="session.items_open"):
        minutes.lock(forum.store, forum.session_id)
    digest = minutes.lock(forum.store, forum.session_id, told_twice=True)
    assert len(digest) == 64
    assert forum.store.read(session_queries.session, forum.session_id).state is SessionState.LOCKED
    assert forum.store.read(minutes.problems_with_minutes) == ()
    document = forum.store.read(papers.minutes, forum.session_id, forum.store.clock.now())
    assert isinstance(document, MinutesDocument)
    assert document.imprint.draft_at is None
    assert [item.outcome for item in document.items] == ["broken_off", "dropped", "dropped"]
    with pytest.raises(Refused, match="session.already_locked"):
        minutes.lock(forum.store, forum.session_id, told_twice=True)


def test_what_returns_stands_on_the_next_session_with_its_parties(forum: Forum) -> None:
    later = sessions.plan_session(forum.store, forum.series_id, SessionPlan(TODAY + timedelta(days=28), "13:00", "15:30"))
    for item in forum.store.read(agenda_queries.agenda, forum.session_id, TODAY):
        meeting.open_item(forum.store, item.id)
        back = Return.NEXT_SESSION if item.case_id == forum.case_ids[0] else Return.NOT_AT_ALL
        sheets.freeze(forum.store, item.id, Ending(Outcome.RETURNS if back is Return.NEXT_SESSION else Outcome.AGREED, back))
    forecast = forum.store.read(minutes.forecast, forum.session_id, TODAY)
    assert [(row.title, row.session_id) for row in forecast.returning] == [("RF-2026-001", later)]
    assert [row.case_number for row in forecast.closing] == ["RF-2026-002"]
    meeting.end_session(forum.store, forum.session_id)
    minutes.lock(forum.store, forum.session_id)
    returned = [item for item in forum.store.read(agenda_queries.agenda, later, TODAY) if item.case_id]
    assert [item.case_id for item in returned] == [forum.case_ids[0]]
    assert len(returned[0].called) == 4


def test_an_agenda_names_only_the_readers_own_items(forum: Forum) -> None:
    store, now = forum.store, forum.store.clock.now()
    mine = Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[0])
    words = words_of(store.read(papers.agenda, forum.session_id, mine, now))
    assert "Strömbäck" in words
    assert "Ekegren" not in words and "RF-2026-002" not in words
    nameless = words_of(store.read(papers.agenda, forum.session_id, ANYBODY, now))
    assert not any(part in nameless for person in PEOPLE for part in person)
    uncovered = words_of(store.read(papers.agenda, forum.session_id, Reader(ReaderKind.PARTY, forum.party_ids["AF"]), now))
    assert not any(part in uncovered for person in PEOPLE for part in person)


#: What may happen at any moment of a meeting, as (verb, which case, which party).
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["type", "freeze", "give", "withdraw", "withdraw_all", "print", "open"]),
        st.integers(0, 2),
        st.sampled_from(["HR", "FK", "VC", "AF"]),
    ),
    max_size=18,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(events=EVENTS)
def test_no_reader_ever_gets_a_word_that_is_not_hers(store: Store, events: list[tuple[str, int, str]]) -> None:
    """Random meetings: after every event each paper that can be composed holds only its own case, and only under consent."""
    store.clock.move(days=1)
    forum = _forum_of_its_own(store)
    live = {(index, key) for index in range(3) for key in ("FK", "VC", "HR")}
    withdrawn: set[tuple[int, str]] = set()
    typed = 0
    after_withdrawal: dict[tuple[int, str], list[str]] = {}
    for verb, index, key in events:
        item_id, case_id = forum.item_ids[index], forum.case_ids[index]
        try:
            if verb == "type":
                typed += 1
                mark = f"c{index}w{typed}"
                fill_item(forum, item_id, mark)
                for gone in withdrawn:
                    if gone[0] == index:
                        after_withdrawal.setdefault(gone, []).append(mark)
            elif verb == "open":
                meeting.open_item(store, item_id)
            elif verb == "freeze":
                meeting.open_item(store, item_id)
                sheets.freeze(store, item_id, AGREED)
            elif verb == "give":
                consent.give(store, case_id, [forum.party_ids[key]], store.clock.today(), store.clock.today())
                live.add((index, key))
                withdrawn.discard((index, key))
                after_withdrawal.pop((index, key), None)
            elif verb == "withdraw":
                consent.withdraw(store, case_id, [forum.party_ids[key]])
                live.discard((index, key))
                withdrawn.add((index, key))
            elif verb == "withdraw_all":
                consent.withdraw(store, case_id)
                withdrawn |= {pair for pair in live if pair[0] == index}
                live = {pair for pair in live if pair[0] != index}
            elif verb == "print":
                for row in store.read(hand_out_queries.to_print):
                    hand_outs.send(store, row.id)
        except Refused:
            continue
        _check_every_paper(forum, live, after_withdrawal)


def _forum_of_its_own(store: Store) -> Forum:
    """The database lives on between examples, so each gets cases and a session of its own in the first one's forum."""
    known = store.read(session_queries.series)
    if not known:
        forum = small_forum(store, cases_count=3)
        forum.start()
        return forum
    for session in store.read(session_queries.sessions):
        if session.state is SessionState.UNDER_WAY:
            minutes.lock(store, session.id, told_twice=True)
    session_id = sessions.plan_session(store, known[0].id, SessionPlan(store.clock.today(), "13:00", "15:30"))
    ids = {row.aliases[0]: row.id for row in store.read(party_queries.parties)}
    forum = Forum(store, known[0].id, session_id, ids, {})
    for given_name, surname in PEOPLE[:3]:
        add_case(forum, given_name, surname, ("FK", "VC", "HR"), store.clock.today())
    forum.start()
    return forum


def _check_every_paper(forum: Forum, live: set[tuple[int, str]], after_withdrawal: dict[tuple[int, str], list[str]]) -> None:
    store, now = forum.store, forum.store.clock.now()
    for index, case_id in enumerate(forum.case_ids):
        readers = [("", Reader(ReaderKind.PARTICIPANT, case_id=case_id))]
        readers += [(key, Reader(ReaderKind.PARTY, party_id, case_id)) for key, party_id in forum.party_ids.items()]
        for key, reader in readers:
            kind = PaperKind.EXTRACT if key else PaperKind.SUMMARY
            try:
                document = store.read(papers.paper, Wanted(kind, reader, forum.session_id), now)
            except Refused:
                continue
            assert not key or (index, key) in live, "a paper was made for a party whose consent does not hold"
            words = words_of(document)
            for other in range(len(forum.case_ids)):
                if other != index:
                    assert f"c{other}w" not in words
                    assert not any(name in words for name in PEOPLE[other])
    for (index, key), marks in after_withdrawal.items():
        for row in store.read(hand_out_queries.of_case, forum.case_ids[index]):
            if row.party_id == forum.party_ids[key] and row.state is HandOutState.WAITING:
                words = words_of(compose(store, row.id))
                assert not any(mark in words for mark in marks)
                assert row.paper is PaperKind.WITHDRAWAL_NOTICE


def test_no_file_name_holds_a_persons_name(forum: Forum, texts) -> None:
    from rehabdesk.documents.catalogue import file_name

    store, now = forum.store, forum.store.clock.now()
    frozen = freeze(forum)
    documents = [compose(store, row_id) for row_id in frozen.hand_out_ids]
    readers = [Reader(ReaderKind.PARTICIPANT, case_id=case_id) for case_id in forum.case_ids] + [ANYBODY]
    documents += [store.read(papers.agenda, forum.session_id, reader, now) for reader in readers]
    for document in documents:
        name = file_name(document, texts)
        assert not any(part in name for person in PEOPLE for part in person), name


def test_the_room_sees_nothing_of_an_item_that_nobody_may_hear_by_name(forum: Forum) -> None:
    store, item_id = forum.store, forum.item_ids[0]
    meeting.open_item(store, item_id)
    meeting.save_text(store, item_id, ItemText.QUESTION, "Hur läggs återgången upp?")
    agreement = meeting.add_agreement(store, item_id, "Halvtid från januari.")
    big_screen.show_line(store, ShownLine.QUESTION, item_id, True)
    big_screen.show_line(store, ShownLine.AGREEMENT, agreement, True)
    register = store.read(names.register)

    def seen() -> int:
        return len(store.read(big_screen.visible_lines, item_id, TODAY, register))

    consent.withdraw(store, forum.case_ids[0], [forum.party_ids["FK"]])
    assert seen() == 2, "the others at the table may still hear it"
    consent.withdraw(store, forum.case_ids[0])
    assert seen() == 0
    big_screen.show_line(store, ShownLine.AGREEMENT, agreement, True)
    assert seen() == 1, "a consultation may be shown, by a tick of its own"


def test_no_file_name_holds_a_sensitive_party(forum: Forum, texts) -> None:
    from rehabdesk.documents.catalogue import file_name

    store, now, clinic = forum.store, forum.store.clock.now(), forum.party_ids["VC"]
    actions.add_action(store, forum.item_ids[0], NewAction("skicka underlaget", party_id=clinic))
    freeze(forum)
    reader = Reader(ReaderKind.PARTY, clinic, forum.case_ids[0])

    def named(*kinds: PaperKind) -> list[bool]:
        made = [store.read(papers.paper, Wanted(kind, reader, forum.session_id), now) for kind in kinds]
        return ["Vårdcentralen" in file_name(document, texts) for document in made]

    assert all(named(PaperKind.EXTRACT, PaperKind.ACTION_SLIP, PaperKind.AGENDA))
    parties.change_party(store, clinic, is_sensitive=True)
    assert not any(named(PaperKind.EXTRACT, PaperKind.ACTION_SLIP, PaperKind.AGENDA))
    consent.withdraw(store, forum.case_ids[0], [clinic])
    assert not any(named(PaperKind.WITHDRAWAL_NOTICE))
