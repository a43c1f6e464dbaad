"""Consent: given, withdrawn at once, never undone; nothing waits for a party that was withdrawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from rehabdesk.domain.consent import FormState, HowGiven, InformationKind, kinds_covered, parties_covered
from rehabdesk.domain.forum import ItemState, Presence, SessionState
from rehabdesk.domain.hand_outs import HandOutState, Reader, ReaderKind, VoidReason, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent, hand_outs, papers
from rehabdesk.store.history import Label
from rehabdesk.store.queries import consent as queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.tables.forum import AgendaItem
from tests.helpers.people import make_attendee, make_copy, make_forum, make_item, make_session

TODAY = date(2026, 11, 22)
NEXT_YEAR = date(2027, 11, 21)


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def case(store, forum):
    return cases.open_case(store, forum.series, "Maria", "Strandberg")


def covered(store, case):
    return parties_covered(store.read(queries.rules, (case,)), case, store.clock.today())


def copies(store, case, *, of=None):
    return {row.id: row for row in store.read(hand_out_queries.of_case, case) if of is None or row.paper is of}


def notices(store, case):
    return [row.party_id for row in copies(store, case, of=PaperKind.WITHDRAWAL_NOTICE).values()]


def test_a_consent_is_given_to_each_party_and_told_by_id_in_the_log(store, forum, case):
    given_ids = consent.give(store, case, [forum.hr, forum.clinic, forum.hr], TODAY, NEXT_YEAR)
    assert len(given_ids) == 2
    rows = store.read(queries.consents, (case,))
    assert {row.party for row in rows} == {"Vara kommun, HR", "Region, Vårdcentralen Vara"}
    assert all(row.kinds == {InformationKind.PLANNED_MEASURES} for row in rows)
    assert covered(store, case) == {forum.hr, forum.clinic}
    logged = store.read(lambda c: c.execute(text("SELECT subject_id FROM log_entry WHERE kind = 'consent_given'")).scalars().all())
    assert logged == list(given_ids)


@pytest.mark.parametrize(
    ("parties", "start", "end", "kinds", "code"),
    [
        ((), TODAY, NEXT_YEAR, None, "consent.party_missing"),
        ((1,), None, NEXT_YEAR, None, "consent.from_missing"),
        ((1,), TODAY, None, None, "consent.until_missing"),
        ((1,), TODAY, TODAY - timedelta(days=1), None, "consent.ends_before_it_starts"),
        ((1,), TODAY, date(2027, 11, 23), None, "consent.longer_than_a_year"),
        ((1,), TODAY, NEXT_YEAR, frozenset(), "consent.kind_missing"),
        ((4711,), TODAY, NEXT_YEAR, None, "party.gone"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(store, case, parties, start, end, kinds, code):
    with pytest.raises(Refused) as refused:
        consent.give(store, case, parties, start, end, consent.USUAL_KINDS if kinds is None else kinds)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert store.read(queries.consents) == ()


def test_giving_and_withdrawing_end_the_history(store, forum, case):
    assert store.undo_label is not None
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    assert store.undo_label is None
    cases.set_print_size(store, case, 14)
    consent.withdraw(store, case)
    assert store.undo_label is store.redo_label is None
    assert store.undo() is None
    assert covered(store, case) == frozenset()


def test_one_party_is_withdrawn_and_the_others_stay(store, forum, case):
    consent.give(store, case, forum.parties, TODAY, NEXT_YEAR)
    done = consent.withdraw(store, case, [forum.insurance])
    assert done == consent.Withdrawal((forum.insurance,), (), (), ())
    assert covered(store, case) == {forum.hr, forum.clinic}
    assert consent.withdraw(store, case).parties == tuple(sorted((forum.hr, forum.clinic)))
    with pytest.raises(Refused) as refused:
        consent.withdraw(store, case)
    assert [problem.code for problem in refused.value.problems] == ["consent.none_to_withdraw"]
    assert len(store.read(queries.consents, (case,))) == 3


def test_a_consent_that_has_not_begun_is_withdrawn_too_and_a_new_one_may_follow(store, forum, case):
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    consent.give(store, case, [forum.hr], TODAY + timedelta(days=30), NEXT_YEAR + timedelta(days=30))
    consent.withdraw(store, case, [forum.hr])
    assert all(row.withdrawn_on == TODAY for row in store.read(queries.consents, (case,)))
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    assert covered(store, case) == {forum.hr}


def test_what_waits_is_voided_what_was_sent_is_left_and_earlier_receivers_get_one_notice(store, forum, case):
    consent.give(store, case, forum.parties, TODAY, NEXT_YEAR)
    other = cases.open_case(store, forum.series, "Ahmed")
    waiting = make_copy(store, case, forum.hr, HandOutState.WAITING)
    sent = make_copy(store, case, forum.hr, HandOutState.SENT)
    given_before = make_copy(store, case, forum.hr, HandOutState.GIVEN)
    only_waiting = make_copy(store, case, forum.clinic, HandOutState.WAITING)
    not_withdrawn = make_copy(store, case, forum.insurance, HandOutState.WAITING)
    another_case = make_copy(store, other, forum.hr, HandOutState.WAITING)
    done = consent.withdraw(store, case, [forum.hr, forum.clinic])
    assert done.voided == (waiting, only_waiting)
    rows = copies(store, case)
    assert {rows[id_].void_reason for id_ in done.voided} == {VoidReason.CONSENT_WITHDRAWN}
    assert rows[waiting].settled_on == TODAY
    assert (rows[sent].state, rows[given_before].state) == (HandOutState.SENT, HandOutState.GIVEN)
    assert rows[not_withdrawn].state is HandOutState.WAITING
    assert copies(store, other)[another_case].state is HandOutState.WAITING
    assert notices(store, case) == [forum.hr]
    assert rows[done.notices[0]].state is HandOutState.WAITING


def test_a_party_is_told_again_only_after_it_has_got_something_new(store, forum, case):
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    make_copy(store, case, forum.hr, HandOutState.GIVEN)
    consent.withdraw(store, case)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    assert consent.withdraw(store, case).notices == ()
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    make_copy(store, case, forum.hr, HandOutState.SENT)
    done = consent.withdraw(store, case)
    assert len(done.notices) == 1 and done.voided == ()
    assert notices(store, case) == [forum.hr, forum.hr]


def test_an_agenda_that_named_the_case_counts_as_received_and_one_that_did_not_does_not(store, forum, case):
    session = make_session(store, forum, TODAY)
    make_item(store, forum, session, case, forum.hr, forum.insurance)
    consent.give(store, case, [forum.hr, forum.clinic], TODAY, NEXT_YEAR)
    for party in forum.parties:
        copy = hand_outs.queue_paper(store, Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, party), session))
        hand_outs.send(store, copy)
        hand_outs.give(store, [copy])
    consent.give(store, case, [forum.insurance], TODAY, NEXT_YEAR)
    consent.withdraw(store, case)
    assert notices(store, case) == [forum.hr]


def test_it_counts_also_when_the_item_has_been_put_elsewhere_since(store, forum, case):
    session = make_session(store, forum, TODAY)
    item = make_item(store, forum, session, case, forum.hr)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    hand_outs.send(store, hand_outs.queue_paper(store, Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, forum.hr), session)))
    with store.write(Label("test"), undoable=False) as writing:
        writing.session.get(AgendaItem, item).session_id = None
    consent.withdraw(store, case)
    assert notices(store, case) == [forum.hr]


def test_a_copy_that_did_not_come_out_told_nobody(store, forum, case):
    session = make_session(store, forum, TODAY)
    make_item(store, forum, session, case, forum.hr)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    copy = hand_outs.queue_paper(store, Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, forum.hr), session))
    hand_outs.send(store, copy)
    hand_outs.print_again(store, [copy])
    assert store.read(queries.received_by_name, case, forum.hr) == ()
    consent.withdraw(store, case)
    hand_outs.send(store, copy)
    assert store.read(queries.received_by_name, case, forum.hr) == ()


def test_what_waited_over_a_withdrawal_and_left_under_the_next_consent_is_told_too(store, forum, case, clock):
    session = make_session(store, forum, TODAY)
    make_item(store, forum, session, case, forum.hr)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    waiting = hand_outs.queue_paper(store, Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, forum.hr), session))
    make_copy(store, case, forum.hr, HandOutState.GIVEN)
    consent.withdraw(store, case)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    clock.move(minutes=5)
    hand_outs.send(store, waiting)
    consent.withdraw(store, case)
    assert notices(store, case) == [forum.hr, forum.hr]


def test_the_day_a_copy_left_is_the_day_here(store, forum, case, clock):
    """Half past midnight, when it is still yesterday in UTC; sent and never answered for."""
    clock.set(datetime(2026, 11, 23, 0, 30))
    session = make_session(store, forum, TODAY + timedelta(days=1))
    make_item(store, forum, session, case, forum.hr)
    consent.give(store, case, [forum.hr], TODAY + timedelta(days=1), NEXT_YEAR)
    hand_outs.send(store, hand_outs.queue_paper(store, Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, forum.hr), session)))
    (copy,) = store.read(queries.received_by_name, case, forum.hr)
    assert store.read(hand_out_queries.hand_out, copy).sent_on == TODAY + timedelta(days=1)
    consent.withdraw(store, case)
    notice = Wanted(PaperKind.WITHDRAWAL_NOTICE, Reader(ReaderKind.PARTY, forum.hr, case))
    assert [line.on for line in store.read(papers.paper, notice, clock.now()).received] == [TODAY + timedelta(days=1)]


def test_withdrawal_in_the_middle_of_the_item_marks_those_parties_out(store, forum, case):
    session = make_session(store, forum, TODAY, state=SessionState.UNDER_WAY)
    item = make_item(store, forum, session, case, forum.hr, forum.insurance, state=ItemState.OPEN)
    consent.give(store, case, [forum.hr, forum.insurance], TODAY, NEXT_YEAR)
    make_copy(store, case, forum.insurance, HandOutState.GIVEN)
    officer = make_attendee(store, session, None, forum.insurance_contact)
    guest = make_attendee(store, session, forum.insurance)
    expected = make_attendee(store, session, forum.insurance, presence=Presence.EXPECTED)
    manager = make_attendee(store, session, forum.hr, forum.manager)
    done = consent.withdraw(store, case, [forum.insurance])
    assert done.marked_out == (officer, guest)
    now = {row.id: row.presence for row in store.read(presence_queries.attendees, session)}
    assert now == {
        officer: Presence.STEPPED_OUT, guest: Presence.STEPPED_OUT, expected: Presence.EXPECTED, manager: Presence.HERE
    }
    events = store.read(presence_queries.presence_events, session)
    assert [(event.attendee_id, event.item_id, event.presence, event.at) for event in events] == [
        (officer, item, Presence.STEPPED_OUT, "09:00"), (guest, item, Presence.STEPPED_OUT, "09:00")
    ]
    row = copies(store, case)[done.notices[0]]
    assert row.held_on == TODAY


@pytest.mark.parametrize(("item_state", "session_state"), [(ItemState.WAITING, SessionState.UNDER_WAY), (ItemState.FINISHED, SessionState.HELD)])
def test_outside_the_item_nobody_is_marked_out(store, forum, case, item_state, session_state):
    session = make_session(store, forum, TODAY, state=session_state)
    make_item(store, forum, session, case, forum.hr, state=item_state)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    make_attendee(store, session, forum.hr, forum.manager)
    assert consent.withdraw(store, case).marked_out == ()


PARTY = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), st.sets(PARTY, min_size=1), st.integers(-5, 20), st.integers(0, 60), st.sampled_from(InformationKind)),
        st.tuples(st.just("withdraw"), st.one_of(st.none(), st.sets(PARTY, min_size=1))),
        st.tuples(st.just("copy"), PARTY, st.sampled_from((HandOutState.WAITING, HandOutState.SENT, HandOutState.GIVEN))),
        st.tuples(st.just("days"), st.integers(1, 15)),
        st.tuples(st.just("undo")),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(steps=STEPS)
def test_in_any_order_nothing_is_covered_that_was_not_given_and_nothing_waits_for_whom_it_was_withdrawn(store, clock, forum, steps):
    case = cases.open_case(store, forum.series, "Maria")
    asked: dict[int, list[tuple[date, date, InformationKind]]] = {party: [] for party in forum.parties}
    rows_before = 0
    for step, *how in steps:
        today = clock.today()
        if step == "give":
            places, offset, days, kind = how
            start = today + timedelta(days=offset)
            consent.give(store, case, [forum.parties[p] for p in places], start, start + timedelta(days=days), frozenset({kind}))
            for place in places:
                asked[forum.parties[place]].append((start, start + timedelta(days=days), kind))
        elif step == "withdraw":
            parties = forum.parties if how[0] is None else tuple(forum.parties[place] for place in how[0])
            standing = {party for party in parties if any(end >= today for _, end, _ in asked[party])}
            if not standing:
                with pytest.raises(Refused):
                    consent.withdraw(store, case, None if how[0] is None else parties)
                continue
            done = consent.withdraw(store, case, None if how[0] is None else parties)
            assert set(done.parties) == standing
            for party in standing:
                asked[party] = [given_one for given_one in asked[party] if given_one[1] < today]
                mine = [row for row in copies(store, case).values() if row.party_id == party]
                assert not [row for row in mine if row.state is HandOutState.WAITING and row.paper is not PaperKind.WITHDRAWAL_NOTICE]
                received = [row.id for row in mine if row.state in (HandOutState.SENT, HandOutState.GIVEN)]
                told = [row.id for row in mine if row.paper is PaperKind.WITHDRAWAL_NOTICE]
                assert not received or (told and max(told) > max(received))
        elif step == "copy":
            make_copy(store, case, forum.parties[how[0]], how[1])
        elif step == "days":
            clock.move(days=how[0])
        else:
            cases.set_print_size(store, case, 14)
            assert store.undo().key == "case.changed"
        rules = store.read(queries.rules, (case,))
        assert len(rules) >= rows_before
        rows_before = len(rules)
        for party in forum.parties:
            wanted = {kind for start, end, kind in asked[party] if start <= clock.today() <= end}
            assert kinds_covered(rules, case, party, clock.today()) == wanted


def test_a_consent_keeps_its_terms_and_brings_its_form_back(store, forum, case, clock):
    form = consent.send_form(store, case, "Maria, i handen", "sv", "2026-1", TODAY - timedelta(days=3))
    terms = consent.Terms(
        TODAY, NEXT_YEAR, "samordning", HowGiven.ORAL, "2026-1", note="i telefon", witness="Lena Borg", interpreter="Ali", form_id=form
    )
    kinds = {forum.hr: frozenset({InformationKind.SICK_LEAVE}), forum.insurance: frozenset(InformationKind)}
    consent.register(store, case, kinds, terms)
    rows = {row.party_id: row for row in store.read(queries.consents, (case,))}
    assert {party: row.kinds for party, row in rows.items()} == kinds
    one = rows[forum.hr]
    assert (one.purpose, one.how_given, one.note, one.witness, one.interpreter) == ("samordning", HowGiven.ORAL, "i telefon", "Lena Borg", "Ali")
    assert (one.text_version, one.form_id) == ("2026-1", form)
    back = store.read(queries.forms, case)[0]
    assert (back.state, back.back_on) == (FormState.BACK, TODAY)
    assert store.undo_label is None


def test_a_form_of_another_case_or_a_consent_in_part_is_refused_whole(store, forum, case):
    other = cases.open_case(store, forum.series, "Ahmed")
    form = consent.send_form(store, other, "Ahmed", "sv", "2026-1")
    kinds = {forum.hr: frozenset({InformationKind.ECONOMY})}
    for terms, wanted, code in (
        (consent.Terms(TODAY, NEXT_YEAR, form_id=form), kinds, "consent.form.gone"),
        (consent.Terms(TODAY, NEXT_YEAR), kinds | {4711: frozenset({InformationKind.ECONOMY})}, "party.gone"),
        (consent.Terms(TODAY, NEXT_YEAR), kinds | {forum.clinic: frozenset()}, "consent.kind_missing"),
    ):
        with pytest.raises(Refused) as refused:
            consent.register(store, case, wanted, terms)
        assert [problem.code for problem in refused.value.problems] == [code]
    assert store.read(queries.consents) == ()
    assert store.read(queries.forms, other)[0].state is FormState.SENT


def test_where_a_form_is_can_only_go_forward(store, forum, case, clock):
    form = consent.send_form(store, case, "Maria", "en", "2026-1", TODAY - timedelta(days=20))
    assert [row.id for row in store.read(queries.forms_waiting, TODAY - timedelta(days=14))] == [form]
    consent.move_form(store, form, FormState.WAITING, TODAY - timedelta(days=18))
    for state, day, code in (
        (FormState.WAITING, TODAY, "consent.form_done"),
        (FormState.BACK, TODAY + timedelta(days=1), "consent.form_day_ahead"),
        (FormState.BACK, TODAY - timedelta(days=21), "consent.form_back_before_sent"),
    ):
        with pytest.raises(Refused) as refused:
            consent.move_form(store, form, state, day)
        assert [problem.code for problem in refused.value.problems] == [code]
    consent.move_form(store, form, FormState.DECLINED)
    row = store.read(queries.forms, case)[0]
    assert (row.state, row.waiting_since, row.back_on) == (FormState.DECLINED, TODAY - timedelta(days=18), TODAY)
    assert store.read(queries.forms_waiting, TODAY) == ()
    with pytest.raises(Refused):
        consent.move_form(store, form, FormState.BACK)
    with pytest.raises(Refused) as refused:
        consent.send_form(store, case, "  ", "sv", "2026-1")
    assert [problem.code for problem in refused.value.problems] == ["consent.form_to_missing"]


def test_statistics_is_a_consent_of_its_own(store, forum, case, clock):
    consent.give_statistics(store, case)
    assert store.undo_label is None
    assert covered(store, case) == frozenset() and store.read(queries.consents, (case,)) == ()
    with pytest.raises(Refused):
        consent.give_statistics(store, case)
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    consent.withdraw(store, case)
    assert store.read(queries.statistics, case).is_given
    clock.move(days=2)
    consent.withdraw_statistics(store, case)
    now = store.read(queries.statistics, case)
    assert (now.is_given, now.given_on, now.withdrawn_on) == (False, TODAY, TODAY + timedelta(days=2))
    consent.give_statistics(store, case)
    assert store.read(queries.statistics, case).is_given


def test_a_case_is_told_once_with_the_first_day_something_is_lost(store, forum, case):
    consent.register(store, case, {forum.hr: frozenset(InformationKind)}, consent.Terms(TODAY, TODAY + timedelta(days=200)))
    consent.register(
        store, case, {forum.insurance: frozenset({InformationKind.SICK_LEAVE})}, consent.Terms(TODAY, TODAY + timedelta(days=12))
    )
    consent.register(store, case, {forum.insurance: frozenset({InformationKind.ECONOMY})}, consent.Terms(TODAY, TODAY + timedelta(days=9)))
    (row,) = store.read(queries.running_out, TODAY, TODAY + timedelta(days=30))
    assert (row.case_id, row.on, row.parties) == (case, TODAY + timedelta(days=9), 1)
