"""The minutes: forecast, lock, digest, and corrections of any sheet, the general part's too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from rehabdesk.domain.forum import ItemState, Outcome, Presence, Return, SessionState
from rehabdesk.domain.papers import MinutesDocument
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.sheets import Block
from rehabdesk.services import papers
from rehabdesk.services.forum import actions, meeting, minutes, presence, sessions, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.history import Label
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as queries
from rehabdesk.store.store import Store
from tests.helpers.forum import Forum, small_forum


@pytest.fixture
def forum(store: Store) -> Forum:
    made = small_forum(store)
    made.start()
    return made


def finish_all(forum: Forum, ending: Ending = Ending(Outcome.AGREED)) -> None:
    for item in forum.store.read(agenda_queries.agenda, forum.session_id, forum.store.clock.today()):
        if item.state is not ItemState.FINISHED:
            meeting.open_item(forum.store, item.id)
            sheets.freeze(forum.store, item.id, ending)


def document(forum: Forum) -> MinutesDocument:
    return forum.store.read(papers.minutes, forum.session_id, forum.store.clock.now())


def forecast(forum: Forum) -> minutes.Forecast:
    return forum.store.read(minutes.forecast, forum.session_id, forum.store.clock.today())


def test_the_forecast_tells_who_has_nothing_to_do(forum: Forum) -> None:
    actions.add_action(forum.store, forum.item_ids[0], NewAction("boka tid", party_id=forum.party_ids["FK"]))
    assert set(forecast(forum).idle) == {
        "Vara kommun, HR", "Västra Götalandsregionen, Vårdcentralen Vara", "Arbetsförmedlingen",
    }  # fmt: skip


def test_the_forecast_is_what_the_lock_then_does(forum: Forum) -> None:
    """To the first meeting on or after the date; without one, to the parking list."""
    today = forum.store.clock.today()
    for days in (7, 28):
        sessions.plan_session(forum.store, forum.series_id, SessionPlan(today + timedelta(days=days), "13:00", "15:30"))
    meeting.open_item(forum.store, forum.item_ids[0])
    sheets.freeze(forum.store, forum.item_ids[0], Ending(Outcome.RETURNS, Return.DATE, today + timedelta(days=10)))
    meeting.open_item(forum.store, forum.item_ids[1])
    sheets.freeze(forum.store, forum.item_ids[1], Ending(Outcome.RETURNS, Return.DATE, today + timedelta(days=90)))
    finish_all(forum)
    told = {row.item_id: row.session_on for row in forecast(forum).returning}
    assert told == {forum.item_ids[0]: today + timedelta(days=28), forum.item_ids[1]: None}
    minutes.lock(forum.store, forum.session_id)
    target = next(row.session_id for row in forecast_targets(forum, today + timedelta(days=28)))
    assert [item.case_id for item in forum.store.read(agenda_queries.agenda, target, today) if item.case_id] == forum.case_ids[:1]
    assert [item.case_id for item in forum.store.read(agenda_queries.parked, forum.series_id, today)] == forum.case_ids[1:2]


def forecast_targets(forum: Forum, on: object) -> list[minutes.Returning]:
    return [row for row in forecast(forum).returning if row.session_on == on]


def test_nobody_present_is_refused_until_told_twice(store: Store) -> None:
    forum = small_forum(store)
    meeting.start_session(store, forum.session_id)
    finish_all(forum)
    with pytest.raises(Refused, match="session.nobody_present"):
        minutes.lock(store, forum.session_id)
    minutes.lock(store, forum.session_id, told_twice=True)
    assert store.read(session_queries.session, forum.session_id).state is SessionState.LOCKED


def test_what_is_locked_is_never_undone_and_never_typed_over(forum: Forum) -> None:
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    assert forum.store.undo() is None
    with pytest.raises(Refused, match="session.already_locked"):
        sessions.set_chair(forum.store, forum.session_id, chair="Någon annan")


def test_the_general_part_is_frozen_as_it_was(forum: Forum) -> None:
    sessions.set_chair(forum.store, forum.session_id, chair="Lena Borg", secretary="Karin Lindgren")
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    gone = next(row for row in forum.store.read(presence_queries.attendees, forum.session_id) if row.party_id == forum.party_ids["FK"])
    before = document(forum)
    try:
        presence.mark(forum.store, gone.id, Presence.LEFT)
    except Refused:
        pass
    assert replace(document(forum), imprint=before.imprint) == before
    assert (before.chair, before.secretary) == ("Lena Borg", "Karin Lindgren")


def test_a_sheet_changed_behind_the_back_is_found(forum: Forum) -> None:
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    assert forum.store.read(minutes.problems_with_minutes) == ()
    with forum.store.write(Label("test"), undoable=False) as writing:
        writing.connection.exec_driver_sql("UPDATE item_sheet SET content = replace(content, 'agreed', 'AGREED') WHERE item_id IS NOT NULL")
    assert {problem.code for problem in forum.store.read(minutes.problems_with_minutes)} == {"minutes.sheet_changed"}


def test_an_erased_text_leaves_minutes_that_still_verify(forum: Forum) -> None:
    """What erasing will do: text and salt go, the digest stays."""
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    with forum.store.write(Label("test"), undoable=False) as writing:
        writing.connection.exec_driver_sql(f"UPDATE item_sheet SET content = NULL, salt = NULL, erasure = 'GALLRA 1' WHERE item_id = {forum.item_ids[0]}")
    assert forum.store.read(minutes.problems_with_minutes) == ()
    assert forum.store.read(queries.sheet_of_item, forum.item_ids[0]).item is None
    assert len(document(forum).items) == 2


def test_corrections_come_in_order_and_raise_the_version(forum: Forum) -> None:
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    sheet = forum.store.read(queries.sheet_of_item, forum.item_ids[0])
    digest = forum.store.read(queries.minutes, forum.session_id).digest
    sheets.correct(forum.store, sheet.sheet_id, Block.AGREEMENTS, "Först detta.")
    forum.store.clock.move(days=400)
    sheets.correct(forum.store, sheet.sheet_id, Block.QUESTION, "Sedan detta.")
    row = forum.store.read(queries.sheet_of_item, forum.item_ids[0])
    assert [one.text for one in row.item.corrections] == ["Först detta.", "Sedan detta."]
    assert row.versions == 3 and document(forum).imprint.version == 3
    assert forum.store.read(queries.minutes, forum.session_id).digest == digest
    assert forum.store.read(minutes.problems_with_minutes) == ()


def test_a_correction_of_a_correction_is_a_correction_of_the_sheet(forum: Forum) -> None:
    finish_all(forum)
    sheet = forum.store.read(queries.sheet_of_item, forum.item_ids[0])
    made = sheets.correct(forum.store, sheet.sheet_id, Block.AGREEMENTS, "Rättat.")
    with pytest.raises(Refused, match="sheet.gone"):
        sheets.correct(forum.store, made.sheet_id, Block.AGREEMENTS, "Rättat igen.")


def test_the_general_part_is_corrected_too_and_it_prints_with_the_minutes(forum: Forum) -> None:
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    general = forum.store.read(queries.general_part, forum.session_id)
    with pytest.raises(Refused, match="correction.names_another"):
        sheets.correct(forum.store, general.sheet_id, None, "Johan Ekegren kom 13.10.")
    sheets.correct(forum.store, general.sheet_id, None, "Arbetsförmedlingen kom 13.10.")
    assert [line.text for line in document(forum).corrections] == ["Arbetsförmedlingen kom 13.10."]
    assert document(forum).imprint.version == 2


def test_the_general_parts_of_two_meetings_count_their_own_versions(forum: Forum) -> None:
    finish_all(forum)
    minutes.lock(forum.store, forum.session_id)
    sheets.correct(forum.store, forum.store.read(queries.general_part, forum.session_id).sheet_id, None, "Ett.")
    later = sessions.plan_session(forum.store, forum.series_id, SessionPlan(forum.store.clock.today() + timedelta(days=7), "13:00", "15:00"))
    second = Forum(forum.store, forum.series_id, later, forum.party_ids, forum.contact_ids)
    second.start()
    finish_all(second)
    minutes.lock(forum.store, later)
    sheets.correct(forum.store, forum.store.read(queries.general_part, later).sheet_id, None, "Två.")
    assert document(second).imprint.version == 2
    assert [line.text for line in document(second).corrections] == ["Två."]
