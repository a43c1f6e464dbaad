"""A case's whole frame by keyboard: a referral typed in, a lock in the middle, what to think of, the end, and half a year later."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.cases import BroughtBy, FollowUpOutcome, GoalsOutcome
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import follow_ups as follow_up_queries
from tests.helpers.forum import small_forum
from tests.helpers.hands import choose, fill, go_to, key, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow
KEY = Qt.Key


@pytest.fixture
def folder(vault_dir: Path, clock, cheap_kdf) -> Path:
    """A forum with parties and a meeting ahead, and no case yet."""
    clock.set(datetime(2026, 11, 23, 9, 0))
    with new_store(vault_dir, clock) as store:
        small_forum(store, cases_count=0)
    return vault_dir


# A key that nothing takes is what a covered window is for.
@pytest.mark.qt_log_ignore("^Keyboard event not accepted", extend=True)
def test_a_case_from_its_referral_to_half_a_year_after(begin, folder, successors, clock) -> None:
    window = unlock(begin(folder))
    key(KEY.Key_3, CTRL)
    key(KEY.Key_N, CTRL)
    fill("Förnamn", "Maria")
    fill("Efternamn", "Strandberg")
    fill("Varför nu", "Sjuk sedan augusti")
    # Somebody comes in.
    key(KEY.Key_L, CTRL)
    wait_for(lambda: bool(successors.left), "the old process to leave")
    window = unlock(begin(folder))
    store, today = window.context.store, window.context.clock.today()
    assert go_to("Förnamn").text() == "Maria" and go_to("Varför nu").text() == "Sjuk sedan augusti"
    choose("Aktualiserat av", "deltagaren själv")
    fill("Aktualisering kom in", "20/11")
    key(KEY.Key_Return, CTRL)
    case = store.read(case_queries.cases, today)[0]
    kept = store.read(case_queries.background, case.id)
    assert (kept.brought_by, str(kept.referral_arrived_on)) == (BroughtBy.PARTICIPANT, "2026-11-20")

    key(KEY.Key_7, ALT)
    push("Ring inte")
    fill("Tolk, språk", "arabiska")
    push("Avsluta ärendet")
    choose("Orsak", "åter i arbete")
    choose("Målen", "målen är nådda")
    push("Avsluta ärendet nu")
    assert store.read(case_queries.background, case.id).goals_outcome is GoalsOutcome.MET

    clock.set(datetime(2027, 5, 24, 9, 0))
    key(KEY.Key_1, CTRL)
    push(f"Svara: {case.number}, 6 månader efter avslutet")
    choose("Hur det gick", "i arbete")
    key(KEY.Key_Return, CTRL)
    first, second = store.read(follow_up_queries.of_case, case.id)
    assert first.outcome is FollowUpOutcome.IN_WORK and second.outcome is None
