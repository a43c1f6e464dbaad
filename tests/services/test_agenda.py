"""Making an agenda: adding, ordering, calling parties, parking; and what a consent allows an item to be."""

from __future__ import annotations

from datetime import date

import pytest

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.forum import ItemKind, ItemState, SessionState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent
from rehabdesk.services.forum import agenda, series
from rehabdesk.store.queries.forum import agenda as queries
from rehabdesk.store.tables.forum import AgendaItem, ForumSession
from tests.helpers.people import TEST, Forum, make_forum, make_session

TODAY = date(2026, 11, 22)
KINDS = frozenset({InformationKind.PLANNED_MEASURES})


@pytest.fixture
def forum(store) -> Forum:
    return make_forum(store)


@pytest.fixture
def session(store, forum) -> int:
    return make_session(store, forum, date(2026, 11, 24))


@pytest.fixture
def case(store, forum) -> int:
    return cases.open_case(store, forum.series, "Maria", "Sund")


def rows(store, session_id):
    return store.read(queries.agenda, session_id, TODAY)


def order(store, session_id) -> list[str]:
    return [row.title or row.case_number for row in rows(store, session_id)]


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def consented(store, case_id: int, *party_ids: int) -> None:
    consent.give(store, case_id, party_ids, date(2026, 11, 1), date(2027, 5, 1), KINDS)


def start(store, session_id: int) -> None:
    """As `services.forum.meeting` leaves it: under way, with numbers."""
    with store.write(TEST) as writing:
        session = writing.session.get(ForumSession, session_id)
        session.state = SessionState.UNDER_WAY
        items = [writing.session.get(AgendaItem, row.id) for row in writing.read(queries.agenda, session_id, TODAY)]
        agenda.number_items(writing, session, items)


def test_a_case_calls_all_that_its_consent_covers(store, forum, session, case):
    consented(store, case, forum.hr, forum.insurance)
    agenda.add_case_item(store, session, case)
    (row,) = rows(store, session)
    assert [(party.party_id, party.may_hear) for party in row.called] == [(forum.insurance, True), (forum.hr, True)]
    assert row.is_by_name and row.minutes == 20


def test_with_none_covered_the_item_is_a_consultation(store, forum, session, case):
    item = agenda.add_case_item(store, session, case, [forum.clinic])
    (row,) = rows(store, session)
    assert (row.kind, row.shown_kind, row.is_by_name) == (ItemKind.CASE, ItemKind.CONSULTATION, False)
    consented(store, case, forum.hr)
    assert rows(store, session)[0].shown_kind is ItemKind.CONSULTATION
    agenda.call_parties(store, item, [forum.clinic, forum.hr])
    (row,) = rows(store, session)
    assert row.is_by_name
    assert {party.party_id: party.may_hear for party in row.called} == {forum.clinic: False, forum.hr: True}


def test_a_case_is_refused_where_it_cannot_be(store, forum, session, case):
    agenda.add_case_item(store, session, case)
    with pytest.raises(Refused) as refused:
        agenda.add_case_item(store, session, case)
    assert codes(refused) == ["item.case_already_there"]
    other = make_forum(store, prefix="AB", slug="annat")
    elsewhere = make_session(store, other, date(2026, 11, 25))
    with pytest.raises(Refused) as refused:
        agenda.add_case_item(store, elsewhere, case)
    assert codes(refused) == ["item.case_of_other_series"]


def test_new_items_come_before_the_last_standing_ones(store, forum):
    from rehabdesk.services.forum import sessions

    series.add_standing_item(store, forum.series, title="Mötet öppnas")
    series.add_standing_item(store, forum.series, title="Nästa möte", is_last=True)
    session = sessions.plan_session(store, forum.series, sessions.SessionPlan(date(2026, 11, 24), "13:00", "15:30"))
    agenda.add_general_item(store, session, "Rutin")
    agenda.add_consultation(store, session, "Lång frånvaro i vården")
    assert order(store, session) == ["Mötet öppnas", "Rutin", "Lång frånvaro i vården", "Nästa möte"]
    assert [row.standing_item_id is not None for row in rows(store, session)] == [True, False, False, True]
    assert [row.position for row in rows(store, session)] == [1, 2, 3, 4]


def test_items_are_moved_and_moved_back(store, forum, session):
    items = [agenda.add_general_item(store, session, title) for title in "ABC"]
    agenda.move_item(store, items[2], 0)
    assert order(store, session) == ["C", "A", "B"]
    agenda.move_item(store, items[2], 99)
    assert order(store, session) == ["A", "B", "C"]
    store.undo()
    assert order(store, session) == ["C", "A", "B"]
    store.redo()
    assert order(store, session) == ["A", "B", "C"]


def test_when_the_meeting_is_under_way_only_what_waits_is_moved(store, forum, session):
    items = [agenda.add_general_item(store, session, title) for title in "ABCD"]
    start(store, session)
    with store.write(TEST) as writing:
        writing.session.get(AgendaItem, items[0]).state = ItemState.FINISHED
        writing.session.get(AgendaItem, items[1]).state = ItemState.OPEN
    agenda.move_item(store, items[3], 0)
    assert order(store, session) == ["A", "B", "D", "C"]
    with pytest.raises(Refused) as refused:
        agenda.move_item(store, items[1], 3)
    assert codes(refused) == ["item.under_way"]
    with pytest.raises(Refused) as refused:
        agenda.move_item(store, items[0], 3)
    assert codes(refused) == ["item.already_finished"]
    with pytest.raises(Refused) as refused:
        agenda.park_item(store, items[3])
    assert codes(refused) == ["item.has_number"]
    late = agenda.add_general_item(store, session, "Ny")
    assert next(row.paragraph for row in rows(store, session) if row.id == late) == 5


def test_a_held_meeting_takes_nothing_more(store, forum):
    session = make_session(store, forum, date(2026, 10, 27), state=SessionState.HELD)
    with pytest.raises(Refused) as refused:
        agenda.add_general_item(store, session, "Rutin")
    assert codes(refused) == ["session.agenda_closed"]


def test_texts_are_cleaned_and_what_is_wrong_is_said_beside_its_field(store, forum, session):
    item = agenda.add_general_item(store, session, "  Rutin\x00 för\tintyg ")
    assert order(store, session) == ["Rutin för intyg"]
    for given, code in (({"title": " "}, "item.title_missing"), ({"minutes": 601}, "item.minutes_out_of_range")):
        with pytest.raises(Refused) as refused:
            agenda.change_item(store, item, **given)
        assert codes(refused) == [code]
    agenda.change_item(store, item, question="Rad ett\nRad två", presenter="Lena Borg", minutes=15)
    (row,) = rows(store, session)
    assert (row.question, row.presenter, row.minutes) == ("Rad ett\nRad två", "Lena Borg", 15)


def test_typing_is_one_step_and_another_field_another(store, forum, session):
    item = agenda.add_general_item(store, session, "Rutin")
    for text in ("V", "Vad", "Vad gäller"):
        agenda.change_item(store, item, question=text)
    agenda.change_item(store, item, presenter="Lena")
    store.undo()
    assert (rows(store, session)[0].presenter, rows(store, session)[0].question) == ("", "Vad gäller")
    store.undo()
    assert rows(store, session)[0].question == ""


def test_called_parties_keep_their_times(store, forum, session, case):
    item = agenda.add_case_item(store, session, case, [forum.hr])
    agenda.set_party_times(store, item, forum.hr, "13:00", "14:00")
    agenda.call_parties(store, item, [forum.hr, forum.clinic])
    times = {party.party_id: (party.can_from, party.can_until) for party in rows(store, session)[0].called}
    assert times == {forum.hr: ("13:00", "14:00"), forum.clinic: (None, None)}
    with pytest.raises(Refused) as refused:
        agenda.set_party_times(store, item, forum.hr, "14:00", "13:00")
    assert codes(refused) == ["item.window_backwards"]
    with pytest.raises(Refused) as refused:
        agenda.set_party_times(store, item, forum.insurance, "13:00", None)
    assert codes(refused) == ["item.party_not_called"]


def test_parking_and_taking_up_again(store, forum, session, case):
    item = agenda.add_case_item(store, session, case, [forum.hr])
    agenda.park_item(store, item)
    assert rows(store, session) == ()
    assert [row.case_number for row in store.read(queries.parked, forum.series, TODAY)] == ["RF-2026-001"]
    with pytest.raises(Refused) as refused:
        agenda.move_item(store, item, 0)
    assert codes(refused) == ["item.parked"]
    agenda.unpark_item(store, item, session)
    assert [party.party_id for party in rows(store, session)[0].called] == [forum.hr]
    with pytest.raises(Refused) as refused:
        agenda.unpark_item(store, item, session)
    assert codes(refused) == ["item.not_parked"]


def test_a_parked_case_is_not_taken_up_beside_itself_or_elsewhere(store, forum, session, case):
    item = agenda.add_case_item(store, session, case)
    agenda.park_item(store, item)
    agenda.add_case_item(store, session, case)
    with pytest.raises(Refused) as refused:
        agenda.unpark_item(store, item, session)
    assert codes(refused) == ["item.case_already_there"]
    other = make_forum(store, prefix="AB", slug="annat")
    elsewhere = make_session(store, other, date(2026, 11, 25))
    with pytest.raises(Refused) as refused:
        agenda.unpark_item(store, item, elsewhere)
    assert codes(refused) == ["item.of_other_series"]


def test_removing_is_undone_with_all_that_hung_on_it(store, forum, session, case):
    item = agenda.add_case_item(store, session, case, [forum.hr, forum.clinic])
    agenda.remove_item(store, item)
    assert rows(store, session) == ()
    store.undo()
    assert len(rows(store, session)[0].called) == 2


def test_a_title_that_points_at_somebody_is_warned_of(store, forum, session, case):
    agenda.add_case_item(store, session, case)
    assert store.read(agenda.names_in_title, session, "Frånvaro i vården") == ()
    (words,) = store.read(agenda.names_in_title, session, "Maria Sunds schema")
    assert words.startswith("Maria Sund")
    assert store.read(agenda.names_in_title, session, "Om RF-2026-001") == ("RF-2026-001",)
