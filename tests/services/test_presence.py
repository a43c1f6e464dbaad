"""Who is expected: contacts once, guests by function, apologies before the meeting, and nobody who was there taken away."""

from __future__ import annotations

import pytest

from rehabdesk.domain.forum import Presence
from rehabdesk.domain.problems import Refused
from rehabdesk.services import parties
from rehabdesk.services.forum import meeting, presence
from rehabdesk.store.queries import today as today_queries
from rehabdesk.store.queries.forum import presence as queries
from tests.helpers.forum import Forum, small_forum


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store)


def rows(forum: Forum):
    return forum.store.read(queries.attendees, forum.session_id)


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_a_contact_is_expected_once(store, forum):
    extra = parties.add_contact(store, forum.party_ids["HR"], given_name="Anna", surname="Berg", function="chef")
    first = presence.expect_contact(store, forum.session_id, extra)
    assert presence.expect_contact(store, forum.session_id, extra) == first
    assert [row.shown for row in rows(forum)].count("Anna Berg") == 1
    store.undo()
    assert "Anna Berg" not in [row.shown for row in rows(forum)]


def test_a_contact_shown_by_function_has_no_name_here(store, forum):
    extra = parties.add_contact(
        store, forum.party_ids["HR"], given_name="Anna", surname="Berg", function="chef", by_function_only=True
    )
    presence.expect_contact(store, forum.session_id, extra)
    row = next(row for row in rows(forum) if row.contact_id == extra)
    assert (row.name, row.shown) == ("", "chef")


def test_a_guest_has_a_function_or_a_name(store, forum):
    with pytest.raises(Refused) as refused:
        presence.add_guest(store, forum.session_id, " ", "")
    assert codes(refused) == ["attendee.guest_unnamed"]
    guest = presence.add_guest(store, forum.session_id, "enhetschef kost", "", forum.party_ids["HR"])
    row = next(row for row in rows(forum) if row.id == guest)
    assert (row.is_guest, row.party, row.presence) == (True, "Vara kommun, HR", Presence.EXPECTED)


def test_apologies_count_as_not_coming_and_can_be_taken_back(store, forum):
    attendee = forum.attendee_of("AF")
    expected = store.read(today_queries.expected_party_ids, forum.session_id)
    assert forum.party_ids["AF"] in expected
    presence.mark(store, attendee, Presence.EXCUSED)
    assert forum.party_ids["AF"] not in store.read(today_queries.expected_party_ids, forum.session_id)
    presence.mark(store, attendee, Presence.EXPECTED)
    assert forum.party_ids["AF"] in store.read(today_queries.expected_party_ids, forum.session_id)


def test_who_was_here_stays_on_the_list(store, forum):
    attendee = forum.attendee_of("FK")
    presence.remove_attendee(store, forum.attendee_of("AF"))
    meeting.start_session(store, forum.session_id)
    presence.mark(store, attendee, Presence.HERE)
    with pytest.raises(Refused) as refused:
        presence.remove_attendee(store, attendee)
    assert codes(refused) == ["attendee.was_here"]


def test_the_next_meeting_is_told_with_all_it_lacks(store, forum, clock):
    presence.mark(store, forum.attendee_of("VC"), Presence.EXCUSED)
    found = store.read(today_queries.next_session, clock.today())
    assert (found.session.id, found.called_parties, found.expected_parties) == (forum.session_id, 4, 3)
    kinds = [lack.kind.value for lack in found.lacks]
    assert kinds == ["consent_for_party", "consent_for_party", "nobody_expected", "question", "question"]
    parties.change_party(store, forum.party_ids["AF"], is_sensitive=True)
    found = store.read(today_queries.next_session, clock.today())
    assert [lack.party for lack in found.lacks[:2]] == ["", ""]


def test_an_empty_vault_has_no_next_meeting(store, clock):
    assert store.read(today_queries.next_session, clock.today()) is None
    assert store.read(today_queries.set_up) == today_queries.SetUp(False, False, False, False)
