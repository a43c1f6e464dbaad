"""Session series and their standing agendas, on the real store."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.series import SeriesDetails, slug_of
from rehabdesk.services import cases, parties
from rehabdesk.services.forum import series as verbs
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import sessions as queries


@pytest.fixture
def vara(store) -> int:
    """Vara kommun."""
    return parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)


@pytest.fixture
def details(vara) -> SeriesDetails:
    """A rehab forum as one begins."""
    return SeriesDetails("Rehabforum Vara", SeriesKind.REHAB_FORUM, vara, "kommunstyrelsen", "RF")


@pytest.fixture
def forum(store, details) -> int:
    """The forum itself."""
    return verbs.create_series(store, details)


def refusal(verb, *args, **kwargs) -> set[tuple[str, str | None]]:
    """Code and field of every problem a verb is refused with."""
    with pytest.raises(Refused) as refused:
        verb(*args, **kwargs)
    return {(problem.code, problem.field) for problem in refused.value.problems}


def titles(store, series_id: int) -> list[tuple[str, bool]]:
    """The standing agenda as it stands."""
    return [(row.title, row.is_last) for row in store.read(queries.standing_items, series_id)]


def test_a_series_is_begun_and_changed(store, forum):
    row = store.read(queries.one_series, forum)
    assert (row.slug, row.controller, row.case_prefix) == ("rehabforum-vara", "Vara kommun, kommunstyrelsen", "RF")
    verbs.change_series(store, forum, name="Rehabforum Essunga", place="Stora Lundsal\n", weekday=3, case_prefix="ref")
    row = store.read(queries.one_series, forum)
    assert (row.name, row.slug, row.place, row.weekday, row.case_prefix) == (
        "Rehabforum Essunga", "rehabforum-vara", "Stora Lundsal", 3, "REF"
    )
    store.undo()
    assert store.read(queries.one_series, forum).name == "Rehabforum Vara"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": " "}, {("series.name_missing", "name")}),
        ({"controller_id": 99}, {("series.controller_missing", "controller")}),
        ({"case_prefix": ""}, {("series.prefix_missing", "case_prefix")}),
        ({"case_prefix": "RF-1"}, {("series.prefix_shape", "case_prefix")}),
        ({"case_prefix": "ABCDEFG"}, {("series.prefix_shape", "case_prefix")}),
        ({"start": "25:00"}, {("series.time_shape", "start")}),
        ({"start": "15:30"}, {("series.ends_before_it_starts", "end")}),
        ({"interval_weeks": 0}, {("series.interval_range", "interval_weeks")}),
        ({"weekday": 7}, {("series.weekday_range", "weekday")}),
    ],
)
def test_what_a_series_needs(store, details, forum, change, expected):
    assert refusal(verbs.change_series, store, forum, **change) == expected
    other = replace(details, name="Annat forum", case_prefix="AF")
    assert refusal(verbs.create_series, store, replace(other, **change)) == expected


def test_a_coordination_association_is_refused_for_cases_only(store, forum):
    association = parties.add_organisation(store, "Samordningsförbundet", OrganisationKind.COORDINATION_ASSOCIATION)
    expected = {("series.controller_is_association", "controller")}
    assert refusal(verbs.change_series, store, forum, controller_id=association) == expected
    verbs.create_series(store, SeriesDetails("Styrgrupp", SeriesKind.STEERING_GROUP, association))


def test_names_and_prefixes_are_not_shared(store, details, forum):
    assert refusal(verbs.create_series, store, replace(details, name="rehabforum VARA")) == {
        ("series.exists", "name"), ("series.prefix_taken", "case_prefix")
    }


def test_the_same_name_on_the_command_line_is_numbered(store, vara, forum):
    second = verbs.create_series(store, SeriesDetails("Rehabforum, Vara", SeriesKind.OTHER, vara))
    assert store.read(queries.one_series, second).slug == "rehabforum-vara-2"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Rehabforum Öst", "rehabforum-ost"), ("Łódź & Åmål", "lodz-amal"), ("Форум", "forum"), ("  ", "forum"), ("A--B", "a-b")],
)
def test_slugs(name, slug):
    assert slug_of(name) == slug


@given(st.lists(st.text(max_size=20), max_size=8))
def test_slugs_are_plain_and_never_repeat(names):
    slugs: list[str] = []
    for name in names:
        slugs.append(slug_of(name, slugs))
    assert len(set(slugs)) == len(slugs)
    assert all(slug.isascii() and slug == slug.lower() and " " not in slug for slug in slugs)


def test_members(store, vara, forum):
    party = parties.add_party(store, vara, "HR", PartyKind.EMPLOYER)
    annika, birgitta = (parties.add_contact(store, party, given_name=name) for name in ("Annika", "Birgitta"))
    verbs.set_members(store, forum, (annika, birgitta))
    verbs.set_members(store, forum, (birgitta,))
    assert [row.id for row in store.read(party_queries.contacts, series_id=forum)] == [birgitta]
    store.undo()
    assert len(store.read(party_queries.contacts, series_id=forum)) == 2


def test_an_ended_series_keeps_its_rows(store, forum):
    verbs.end_series(store, forum)
    assert store.read(queries.series) == ()
    assert [row.id for row in store.read(queries.series, ended=True)] == [forum]
    verbs.reopen_series(store, forum)
    assert [row.id for row in store.read(queries.series)] == [forum]


def test_the_standing_agenda_is_kept_in_order(store, forum):
    opening = verbs.add_standing_item(store, forum, title="Mötet öppnas")
    verbs.add_standing_item(store, forum, title="Nästa möte", is_last=True)
    information = verbs.add_standing_item(store, forum, title="Information", minutes=10, presenter="Karin Lindgren", every=2)
    assert titles(store, forum) == [("Mötet öppnas", False), ("Information", False), ("Nästa möte", True)]
    verbs.add_standing_item(store, forum, after_id=opening, title="Justerare")
    assert titles(store, forum)[:3] == [("Mötet öppnas", False), ("Justerare", False), ("Information", False)]
    store.undo()
    verbs.move_standing_item(store, information, 0, is_last=False)
    assert titles(store, forum) == [("Information", False), ("Mötet öppnas", False), ("Nästa möte", True)]
    verbs.move_standing_item(store, opening, 5, is_last=True)
    assert titles(store, forum) == [("Information", False), ("Nästa möte", True), ("Mötet öppnas", True)]
    store.undo()
    assert titles(store, forum) == [("Information", False), ("Mötet öppnas", False), ("Nästa möte", True)]
    verbs.remove_standing_item(store, opening)
    assert titles(store, forum) == [("Information", False), ("Nästa möte", True)]


# The fixture's start function is what resets the store between examples.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.integers(0, 3), st.integers(-1, 5), st.booleans()), max_size=6))
def test_moving_loses_no_line(store_for_each, moves):
    store, forum, items = store_for_each()
    for which, place, is_last in moves:
        verbs.move_standing_item(store, items[which], place, is_last=is_last)
        order = [row.id for row in store.read(queries.standing_items, forum) if row.is_last == is_last]
        assert order.index(items[which]) == max(0, min(place, len(order) - 1))
    assert {row.id for row in store.read(queries.standing_items, forum)} == set(items)


@pytest.fixture
def store_for_each(store, forum):
    """The same forum with its four lines put back as they were, before each example."""
    items = [verbs.add_standing_item(store, forum, title=title) for title in "ABCD"]

    def start():
        for place, item in enumerate(items):
            verbs.move_standing_item(store, item, place, is_last=False)
        return store, forum, items

    return start


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"title": " "}, ("standing.title_missing", "title")),
        ({"title": "A", "minutes": 601}, ("standing.minutes_range", "minutes")),
        ({"title": "A", "every": 0}, ("standing.every_range", "every")),
    ],
)
def test_what_a_line_needs(store, forum, values, expected):
    assert refusal(verbs.add_standing_item, store, forum, **values) == {expected}
    item = verbs.add_standing_item(store, forum, title="Frågor")
    assert refusal(verbs.change_standing_item, store, item, **values) == {expected}
    assert titles(store, forum) == [("Frågor", False)]


def test_a_forum_with_cases_remains_one(store, forum, vara):
    cases.open_case(store, forum, "Maja", "Sjö")
    assert refusal(verbs.change_series, store, forum, kind=SeriesKind.OTHER) == {("series.has_cases", "kind")}
    verbs.change_series(store, forum, case_prefix="REF")
    other = SeriesDetails("Annat", SeriesKind.REHAB_FORUM, vara, case_prefix="RF")
    assert refusal(verbs.create_series, store, other) == {("series.prefix_taken", "case_prefix")}
