"""A demo vault to walk in: a copy of the one in the cache, on the day of its next session."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from rehabdesk.services import settings
from rehabdesk.store import vault
from rehabdesk.store.queries.forum import sessions
from tests.benchmarks.demo_vaults import TODAY, copied, open_store
from tests.helpers.vaults import CHEAP, PASSPHRASE

STARTS_AT = time(12, 58)


def demo_to_walk_in(place: Path) -> tuple[Path, datetime]:
    """Its folder, and the minute before its next session."""
    folder = copied(1, place, CHEAP)
    with vault.unlock(folder, PASSPHRASE) as unlocked:
        store = open_store(unlocked)
        settings.mark_demo(store)
        day = store.read(sessions.next_session, TODAY).held_on
        store.close()
    return folder, datetime.combine(day, STARTS_AT)
