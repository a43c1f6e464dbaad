"""Programmes, rounds and occasions, on the real store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.prerehab import OccasionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import parties
from rehabdesk.services.prerehab import occasions, programmes, rounds
from rehabdesk.services.prerehab.programmes import ProgrammeDetails
from rehabdesk.services.prerehab.rounds import Break, RoundDetails
from rehabdesk.services.search import FoundKind, search
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.queries.prerehab import programmes as programme_queries
from rehabdesk.store.queries.prerehab import rounds as queries

TODAY = date(2026, 11, 22)


@pytest.fixture
def vara(store) -> int:
    """Vara kommun."""
    return parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)


@pytest.fixture
def programme(store, vara) -> int:
    """A programme as one begins."""
    farm = parties.add_organisation(store, "Lundsals gård", OrganisationKind.COMPANY)
    supplier = parties.add_party(store, farm, "", PartyKind.OTHER)
    return programmes.add_programme(store, ProgrammeDetails("Grön prerehab", vara, "kommunstyrelsen", supplier, cost_per_round=180_000))


@pytest.fixture
def details(programme) -> RoundDetails:
    """Eight weeks, Tuesdays and Thursdays, eight places."""
    return RoundDetails(programme, "", date(2027, 1, 12), 8, (1, 3), "09:00", "12:00", "Stora Lundsal", 4, 8, date(2027, 1, 26))


def codes(verb, *args, **kwargs) -> set[tuple[str, str | None]]:
    """Code and field of every problem a verb is refused with."""
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return {(problem.code, problem.field) for problem in refused.value.problems}


def days(store, round_id: int) -> list[date]:
    """The days of a round that are not cancelled."""
    return [row.on for row in store.read(occasion_queries.of_round, round_id) if row.state is not OccasionState.CANCELLED]


def test_a_programme_is_begun_changed_and_ended(store, vara, programme):
    row = store.read(programme_queries.programme, programme)
    assert (row.slug, row.supplier, row.controller) == ("gron-prerehab", "Lundsals gård", "Vara kommun, kommunstyrelsen")
    programmes.change_programme(store, programme, ProgrammeDetails("Naturrehab", vara, fill_target=90))
    row = store.read(programme_queries.programme, programme)
    assert (row.name, row.slug, row.fill_target, row.cost_per_round) == ("Naturrehab", "gron-prerehab", 90, None)
    store.undo()
    assert store.read(programme_queries.programme, programme).name == "Grön prerehab"
    programmes.end_programme(store, programme)
    assert store.read(programme_queries.programmes) == ()
    programmes.reopen_programme(store, programme)
    assert len(store.read(programme_queries.programmes)) == 1


def test_a_coordination_association_is_refused_as_controller(store):
    association = parties.add_organisation(store, "Samordningsförbundet Väst", OrganisationKind.COORDINATION_ASSOCIATION)
    assert codes(programmes.add_programme, store, ProgrammeDetails("X", association)) == {("series.controller_is_association", "controller")}


def test_the_instruments_of_a_programme_are_these_in_this_order(store, programme):
    programmes.set_instruments(store, programme, ["b", "a", "b"])
    assert store.read(programme_queries.instruments, programme) == ("b", "a")
    programmes.set_instruments(store, programme, ["a", "c"])
    assert store.read(programme_queries.instruments, programme) == ("a", "c")
    store.undo()
    assert store.read(programme_queries.instruments, programme) == ("b", "a")


def test_a_round_is_planned_with_its_places_and_occasions_in_one_step(store, details):
    round_id = rounds.plan_round(store, details)
    row = store.read(queries.round_of, round_id, TODAY)
    assert (row.title, row.reference, row.number) == ("Grön prerehab 1", "gron-prerehab/1", 1)
    assert (row.starts_on, row.ends_on, row.weekdays, row.occasion_count) == (date(2027, 1, 12), date(2027, 3, 4), (1, 3), 16)
    assert (row.places, row.booked, row.held, row.free, row.extra) == (8, 0, 0, 8, 0)
    assert store.read(queries.round_by_reference, "gron-prerehab", 1) == round_id
    store.undo()
    assert store.read(queries.rounds, TODAY) == ()
    store.redo()
    assert len(days(store, round_id)) == 16


def test_a_break_makes_the_round_end_later_and_a_change_keeps_what_was_done_by_hand(store, details):
    round_id = rounds.plan_round(store, details)
    first, second = store.read(occasion_queries.of_round, round_id)[:2]
    occasions.move_occasion(store, first.id, date(2027, 1, 13))
    occasions.cancel_occasion(store, second.id, "Snö")
    added = occasions.add_occasion(store, round_id, date(2027, 1, 18), "13:00", "15:00")
    resting = replace(details, breaks=(Break(date(2027, 2, 15), date(2027, 2, 21), "winter_break"),), start="10:00")
    rounds.change_round(store, round_id, resting)
    row = store.read(queries.round_of, round_id, TODAY)
    assert row.ends_on == date(2027, 3, 11) and store.read(queries.breaks, round_id) == resting.breaks
    found = {occasion.id: occasion for occasion in store.read(occasion_queries.of_round, round_id)}
    assert (found[first.id].on, found[first.id].moved_from, found[first.id].start) == (date(2027, 1, 13), date(2027, 1, 12), "09:00")
    assert found[second.id].cancelled_reason == "Snö" and found[added].is_added
    assert {occasion.start for occasion in found.values() if occasion.on > date(2027, 1, 18)} == {"10:00"}
    assert not any(date(2027, 2, 15) <= day <= date(2027, 2, 21) for day in days(store, round_id))
    store.undo()
    assert store.read(queries.round_of, round_id, TODAY).ends_on == date(2027, 3, 4)


def test_the_last_day_follows_an_occasion_that_is_added_or_moved(store, details):
    round_id = rounds.plan_round(store, details)
    occasions.add_occasion(store, round_id, date(2027, 3, 9), "09:00", "12:00")
    assert store.read(queries.round_of, round_id, TODAY).ends_on == date(2027, 3, 9)
    last = store.read(occasion_queries.of_round, round_id)[-1]
    occasions.move_occasion(store, last.id, date(2027, 3, 2), "13:00", "15:00")
    assert store.read(queries.round_of, round_id, TODAY).ends_on == date(2027, 3, 4)
    assert codes(occasions.move_occasion, store, last.id, date(2027, 3, 2), "09:00") == {("occasion.taken", "on")}
    assert codes(occasions.move_occasion, store, last.id, date(2027, 1, 11)) == {("occasion.before_round", "on")}
    assert codes(occasions.cancel_occasion, store, last.id, " ") == {("occasion.reason_missing", "reason")}


def test_a_round_is_cancelled_with_a_reason_and_its_occasions_with_it(store, details):
    round_id = rounds.plan_round(store, details)
    assert codes(rounds.cancel_round, store, round_id, "") == {("round.reason_missing", "reason")}
    rounds.cancel_round(store, round_id, "För få anmälda")
    row = store.read(queries.round_of, round_id, TODAY)
    assert (row.cancelled_on, row.cancelled_reason, row.occasion_count) == (TODAY, "För få anmälda", 0)
    assert codes(rounds.cancel_round, store, round_id, "Igen") == {("round.is_cancelled", None)}
    store.undo()
    assert store.read(queries.round_of, round_id, TODAY).occasion_count == 16


def test_an_ended_programme_takes_no_round(store, programme, details):
    programmes.end_programme(store, programme)
    assert codes(rounds.plan_round, store, details) == {("programme.has_ended", None)}


def test_what_a_round_lacks_is_told_beside_each_field(store, details):
    bare = replace(details, starts_on=None, weeks=0, weekdays=(), start="9", max_places=99)
    assert codes(rounds.plan_round, store, bare) == {
        ("round.start_missing", "starts_on"), ("round.weeks_range", "weeks"), ("round.weekdays_missing", "weekdays"),
        ("round.time_shape", "start"), ("round.places_range", "max_places"),
    }  # fmt: skip
    late = replace(details, last_late_start_on=date(2027, 5, 1))
    assert codes(rounds.plan_round, store, late) == {("round.late_start_outside", "last_late_start_on")}


def test_the_search_finds_rounds_and_programmes(store, texts, details):
    first = rounds.plan_round(store, details)
    named = rounds.plan_round(store, replace(details, name="Skogsgruppen", starts_on=date(2027, 8, 17), last_late_start_on=None))

    def found(text: str) -> set[tuple[FoundKind, int]]:
        return {(hit.kind, hit.id) for hit in store.read(search, text, texts, TODAY)}

    assert found("grön pre") == {(FoundKind.ROUND, first), (FoundKind.ROUND, named), (FoundKind.PROGRAMME, details.programme_id)}
    assert (FoundKind.ROUND, first) in found("omgång 1")
    assert found("skogs") == {(FoundKind.ROUND, named)}
    assert found("2027-02-03") == {(FoundKind.ROUND, first)}
    assert found("augusti 2027") == {(FoundKind.ROUND, named)}
    rounds.cancel_round(store, first, "För få")
    assert found("2027-02-03") == set()


def test_a_round_of_that_number_is_found_before_one_that_begins_on_such_a_day(store, texts, details):
    """ "Grön prerehab 2": and not the third, which begins on the 2nd."""
    for name, starts_on in (("", date(2027, 1, 12)), ("", date(2027, 3, 9)), ("", date(2027, 6, 2))):
        rounds.plan_round(store, replace(details, name=name, starts_on=starts_on, last_late_start_on=None))
    found = [hit.title for hit in store.read(search, "grön prerehab 2", texts, TODAY) if hit.kind is FoundKind.ROUND]
    assert found[0].endswith("2") and len(found) > 1


def test_who_supplies_or_answers_for_a_programme_is_not_removed(store, vara, programme):
    supplier = store.read(programme_queries.programme, programme).supplier_party_id
    assert codes(parties.remove_party, store, supplier) == {("party.in_use", None)}
    assert codes(parties.remove_organisation, store, vara) == {("organisation.in_use", None)}
