"""The one search finds what it may, by any beginning of a word, and nothing by a sensitive party or a case's free text."""

from __future__ import annotations

from datetime import date

import pytest

from rehabdesk.domain.swedish import sort_key
from rehabdesk.services import cases, parties
from rehabdesk.services.forum import agenda, sessions
from rehabdesk.services.search import FoundKind, MOST_HITS, search
from rehabdesk.store.tables.cases import Participant
from tests.helpers.people import Forum, make_forum, make_session

TODAY = date(2026, 11, 22)


@pytest.fixture
def forum(store) -> Forum:
    return make_forum(store)


@pytest.fixture
def seek(store, texts):
    def seeking(text: str, kind: FoundKind | None = None) -> list[str]:
        found = store.read(search, text, texts, TODAY)
        return [hit.title for hit in found if kind is None or hit.kind is kind]

    return seeking


@pytest.mark.parametrize("typed", ["maria", "Sundström", "sundstrom maria", "SUND", "RF-2026-001", "rf-2026", "001"])
def test_a_case_is_found_by_name_and_number(store, forum, seek, typed):
    cases.open_case(store, forum.series, "Maria", "Sundström")
    expected = [] if typed == "sundstrom maria" else ["RF-2026-001"]
    # o is not ö in Swedish, while an accent is no letter of its own.
    assert seek(typed, FoundKind.CASE) == expected


def test_accents_are_no_obstacle(store, forum, seek):
    cases.open_case(store, forum.series, "René", "Müller")
    assert seek("rene", FoundKind.CASE) == ["RF-2026-001"]
    assert seek("myller", FoundKind.CASE) == ["RF-2026-001"]


def test_a_name_is_found_from_the_beginning_of_a_word_only(store, forum, seek):
    cases.open_case(store, forum.series, "Anna-Karin", "von Essen")
    assert seek("karin", FoundKind.CASE) == ["RF-2026-001"]
    assert seek("essen", FoundKind.CASE) == ["RF-2026-001"]
    assert seek("arin") == []


def test_signs_of_the_pattern_are_plain_signs(store, forum, seek):
    cases.open_case(store, forum.series, "Maria", "Sund")
    assert seek("%") == []
    assert seek("_aria") == []


def test_contacts_and_parties_are_found(seek, store, forum):
    contact = parties.add_contact(store, forum.clinic, given_name="Per", surname="Ahl", function="rehabkoordinator")
    assert contact
    assert seek("ahl", FoundKind.CONTACT) == ["Per Ahl"]
    assert seek("försäkr", FoundKind.PARTY) == ["Försäkringskassan"]


def test_a_sensitive_party_and_its_people_are_never_found(seek, store, forum):
    parties.add_contact(store, forum.clinic, given_name="Per", surname="Ahl", function="rehabkoordinator")
    parties.change_party(store, forum.clinic, is_sensitive=True)
    assert seek("ahl") == []
    assert seek("vårdcentralen") == []
    assert seek("region") == []


def test_meetings_are_found_as_they_are_spoken_of(seek, store, forum):
    make_session(store, forum, date(2026, 11, 24), number=11)
    make_session(store, forum, date(2026, 12, 22), number=12)
    for typed in ("2026-11-24", "24 nov", "24/11", "rehabforum 11", "november", "v. 48", "vecka 48", "v48"):
        assert seek(typed, FoundKind.SESSION) == ["Rehabforum 11"], typed
    assert seek("rehabf", FoundKind.SESSION) == ["Rehabforum 12", "Rehabforum 11"]


def test_general_items_are_found_and_a_consultation_is_not(seek, store, forum):
    session = make_session(store, forum, date(2026, 11, 24))
    agenda.add_general_item(store, session, "Rutin för förstadagsintyg")
    agenda.add_consultation(store, session, "Rutin vid lång frånvaro")
    assert seek("förstadag") == ["Rutin för förstadagsintyg"]
    assert seek("rutin", FoundKind.ITEM) == ["Rutin för förstadagsintyg"]


def test_the_texts_of_a_case_are_not_sought(seek, store, forum):
    session = make_session(store, forum, date(2026, 11, 24))
    case = cases.open_case(store, forum.series, "Maria", "Sund")
    item = agenda.add_case_item(store, session, case)
    agenda.change_item(store, item, question="Kan knät bära", presenter="Knäexperten")
    assert seek("knä") == []


def test_there_are_never_more_than_can_be_read(seek, store, forum):
    with store.write(_label()) as writing:
        for number in range(40):
            writing.session.add(Participant(given_name="Maria", surname=f"Sund{number}", name_sort=sort_key(f"Sund{number} Maria")))
    for number in range(40):
        cases.open_case(store, forum.series, "Maria", f"Sund{number}")
    sessions_made = [make_session(store, forum, date(2026, 1, 1 + day), number=day + 1) for day in range(25)]
    assert sessions_made
    assert len(seek("r")) <= MOST_HITS
    assert len(seek("maria")) <= MOST_HITS


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "'", "…" * 300, "🙂"])
def test_anything_may_be_typed(seek, forum, typed):
    seek(typed)


def test_planning_has_its_own_words(store, forum, seek):
    plan = sessions.SessionPlan(date(2026, 11, 24), "13:00", "15:30", "Stora Lundsal")
    sessions.plan_session(store, forum.series, plan)
    assert seek("lundsal") == []


def _label():
    from rehabdesk.store.history import Label

    return Label("test")
