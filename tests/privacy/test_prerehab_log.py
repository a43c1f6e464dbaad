"""The log outlives the case it tells of: of pre-rehabilitation it holds that something was done, and no reason why."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from rehabdesk.domain.prerehab import BookingState, BreakOffReason, PassOverReason, RemovalReason
from rehabdesk.services.prerehab import bookings, corrections, offers, waiting_list
from rehabdesk.services.prerehab.waiting_list import Passed, Registration
from rehabdesk.store.store import Store
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import small_forum


def test_no_reason_stands_in_the_log(store: Store) -> None:
    forum, today = small_forum(store, cases_count=3), store.clock.today()
    programme = make_programme(store)
    running, coming = (make_round(store, programme, today + timedelta(days=days), number=number) for number, days in ((1, -20), (2, 30)))
    first = make_claim(store, running, forum.case_ids[0], 1, BookingState.STARTED)
    bookings.break_off(store, first, today - timedelta(days=2), BreakOffReason.DOES_NOT_FIT, "Orkar inte")
    corrections.change_break_off(store, first, today - timedelta(days=1), BreakOffReason.TRAVEL, "Orkar inte resa")
    need = Registration(referrer="Läkaren", need="Vill komma ut", is_ready=False)
    second, third = (waiting_list.register(store, programme, case_id, need) for case_id in forum.case_ids[1:])
    waiting_list.move(store, third, 0, Passed(PassOverReason.OTHER, "Mår sämst"))
    waiting_list.change_registration(store, third, Registration(need="Vill komma ut"))
    offers.offer(store, third, coming)
    offers.decline(store, third, "För tungt")
    waiting_list.remove(store, second, RemovalReason.NOT_FOR_HER, "Klarar inte grupp")
    log = " ".join(store.read(lambda connection: connection.execute(text("SELECT kind || detail FROM log_entry")).scalars().all()))
    assert "place_broken_off" in log and "claim_removed" in log
    values = (*BreakOffReason, *RemovalReason, *PassOverReason)
    assert [value for value in values if f'"{value.value}"' in log] == []
    assert not any(word in log for word in ("Orkar", "Läkaren", "komma ut", "sämst", "tungt", "grupp"))
