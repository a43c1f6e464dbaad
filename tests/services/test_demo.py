"""The demo forum: alive on its day, the same for the same seed and day, and whole by every check there is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.hand_outs import FILE, Reader, ReaderKind
from rehabdesk.domain.prerehab import BookingState, Moment
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.rounds import RoundState
from rehabdesk.services import demo, papers
from rehabdesk.services.forum import minutes
from rehabdesk.services.paper_offers import offers_of_round
from rehabdesk.services.prerehab import named
from rehabdesk.services.settings import coordinator
from rehabdesk.store import invariants, log
from rehabdesk.store.queries import cases, consent, hand_outs, settings
from rehabdesk.store.queries.forum import actions, agenda, sessions
from rehabdesk.store.queries.prerehab import claims, rounds
from rehabdesk.store.store import Store
from rehabdesk.store.tables import Table
from tests.helpers.vaults import new_store

TODAY = date(2026, 11, 22)

#: Columns that hold chance on purpose, or what follows from it.
#: Why a paper that is offered is not made after all: somebody never came, wants no paper home, or is not marked yet.
REFUSED = {"call.no_paper_home", "certificate.nothing_held", "certificate.unmarked", "occasions.none_left", "letter.place_is_free"}

RANDOM = {"salt", "digest", "previous_digest", "content"}


def _dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    def query(connection):
        return {
            table.name: [
                tuple(value for name, value in row._mapping.items() if name not in RANDOM)
                for row in connection.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in Table.metadata.sorted_tables
        }

    return store.read(query)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory):
    """One demo forum for the tests that only look."""
    with new_store(tmp_path_factory.mktemp("demo") / "Demo.rehabdesk") as store:
        demo.build(store, today=TODAY)
        yield store


def test_it_has_two_years_of_sessions_and_a_coming_one_with_cases(filled: Store) -> None:
    rows = filled.read(sessions.sessions)
    assert len(rows) > 30
    assert min(row.held_on for row in rows) < TODAY - timedelta(days=650)
    assert {row.state for row in rows} == {SessionState.PLANNED, SessionState.LOCKED, SessionState.CANCELLED}
    coming = filled.read(sessions.next_session, TODAY)
    assert TODAY < coming.held_on <= TODAY + timedelta(days=7)
    assert coming.case_count >= 4
    assert coming.minutes_planned <= 150


def test_about_forty_cases_open_and_closed_none_with_an_action_of_a_closed_case_open(filled: Store) -> None:
    rows = [row for row in filled.read(cases.cases, TODAY) if row.number.startswith("RF-")]
    # Forty with a story each, and one under protected identity.
    assert len(rows) == 41
    assert [row.employer for row in rows if row.is_protected] == [""]
    assert sum(row.closed_on is None for row in rows) >= 8
    assert all(row.open_actions == 0 for row in rows if row.closed_on)


def test_idag_has_something_to_say(filled: Store) -> None:
    assert filled.read(actions.late_by_party, TODAY)
    assert filled.read(hand_outs.to_give_later)
    assert filled.read(consent.running_out, TODAY, TODAY + timedelta(days=60))
    coming = filled.read(sessions.next_session, TODAY)
    items = filled.read(agenda.agenda, coming.id, TODAY)
    assert any(not called.may_hear for item in items for called in item.called if item.is_by_name)
    assert all(item.question for item in items if item.case_id)
    assert filled.read(agenda.parked, coming.series_id, TODAY)


def test_nothing_stands_in_the_print_queue(filled: Store) -> None:
    assert filled.read(hand_outs.to_print) == ()
    assert filled.read(hand_outs.unanswered) == ()


def test_it_says_that_it_is_a_demo_and_whom_to_ring(filled: Store) -> None:
    assert filled.read(settings.is_demo)
    assert filled.read(coordinator).is_complete


def test_log_and_minutes_verify(filled: Store) -> None:
    assert filled.read(log.verify) is None
    assert filled.read(minutes.problems_with_minutes) == ()
    assert filled.read(lambda c: c.execute(text("PRAGMA foreign_key_check")).all()) == []


def test_nothing_has_happened_after_today(filled: Store) -> None:
    latest = filled.read(lambda c: c.execute(text("SELECT max(at) FROM log_entry")).scalar())
    assert latest[:10] <= TODAY.isoformat()


@pytest.mark.slow
def test_the_same_seed_and_day_give_the_same_forum(filled: Store, store: Store) -> None:
    demo.build(store, today=TODAY)
    assert _dump(store) == _dump(filled)


def test_two_years_of_rounds_with_something_in_every_picture(filled: Store) -> None:
    rows = filled.read(rounds.rounds, TODAY)
    main = [row for row in rows if row.programme_slug == "gron-prerehab"]
    assert len(main) == 14 and len({row.programme_id for row in rows}) == 2
    assert {row.state(TODAY) for row in rows} == {RoundState.OVER, RoundState.UNDER_WAY, RoundState.TO_COME}
    assert min(row.starts_on for row in rows) < TODAY - timedelta(days=650)
    assert any(row.extra for row in rows) and any(row.held for row in rows) and any(row.free for row in main)
    states = {state for (state,) in filled.read(lambda c: c.execute(text("SELECT DISTINCT state FROM booking")).all())}
    assert states == set(BookingState)
    assert {row.is_expired for row in filled.read(claims.open_offers, TODAY)} == {True, False}
    waiting = filled.read(claims.waiting, None, TODAY)
    assert len(waiting) >= 10 and {row.is_ready for row in waiting} == {True, False}
    assert filled.read(claims.history, waiting[0].id).passed_over


def test_its_places_are_held_by_one_at_a_time_and_everybody_who_came_can_be_told_of(filled: Store) -> None:
    assert filled.read(lambda c: invariants.overbooked(c.connection.driver_connection)) == 0
    never = "SELECT count(*) FROM booking WHERE state <> 'registered' AND state <> 'removed' AND id NOT IN (SELECT booking_id FROM offer)"
    assert filled.read(lambda c: c.execute(text(never)).scalar()) == 0
    outside = (
        "SELECT count(*) FROM attendance JOIN booking ON booking.id = booking_id JOIN occasion ON occasion.id = occasion_id "
        "WHERE occasion.state <> 'held' OR \"on\" NOT BETWEEN booking.starts_on AND booking.ends_on OR \"on\" >= :today"
    )
    assert filled.read(lambda c: c.execute(text(outside), {"today": TODAY.isoformat()}).scalar()) == 0
    moments = {row[0] for row in filled.read(lambda c: c.execute(text("SELECT DISTINCT moment FROM measurement")).all())}
    assert moments == set(Moment)


def test_the_rounds_papers_name_some_to_the_supplier_and_nobody_under_protected_identity(filled: Store) -> None:
    running = next(row for row in filled.read(rounds.rounds, TODAY) if row.starts_on <= TODAY <= row.ends_on and row.extra)
    party = filled.read(named.supplier, running.id)
    for_file = filled.read(named.named_claims, running.id, FILE, TODAY)
    for_supplier = filled.read(named.named_claims, running.id, Reader(ReaderKind.PARTY, party), TODAY)
    assert 0 < len(for_supplier) < len(for_file)
    made = 0
    for row in filled.read(rounds.rounds, TODAY):
        for offer in filled.read(offers_of_round, row.id, TODAY):
            try:
                filled.read(papers.paper, offer.wanted, filled.clock.now())
                made += 1
            except Refused as refused:
                assert all(problem.code in REFUSED for problem in refused.problems), refused
    assert made > 250
