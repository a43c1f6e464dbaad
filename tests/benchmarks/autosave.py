"""A durable autosave, with its undo and log rows, against one bare commit of the same row through the same cipher."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from rehabdesk.domain.clock import Clock
from rehabdesk.services.forum import meeting
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.store import cipher, database, vault
from rehabdesk.store.store import Store
from tests.benchmarks.measure import Figure, Work, fsync_seconds, ms, taking_turns
from tests.helpers.forum import Forum, small_forum
from tests.helpers.vaults import CHEAP, PASSPHRASE

ROUNDS = 40
IN_A_ROW = 25
MOST_SECONDS_OVER = 0.0005
#: About what a quarter of an hour's discussion comes to.
TYPED = "Chefen beskriver köket: förmiddagarna är lugna, eftermiddagarna innehåller tunga lyft. " * 12


def figures() -> list[Figure]:
    """Processor time and elapsed time of one save, in a row and one at a time, and the disk's own fsync."""
    with tempfile.TemporaryDirectory(prefix="rehabdesk-autosave-") as folder:
        place = Path(folder)
        ours, bare = _Ours(place / "Ours.rehabdesk"), _Bare(place / "Bare.rehabdesk")
        with closing(ours), closing(bare):
            processor = taking_turns(_repeated(ours.save), _repeated(bare.save), ROUNDS, time.process_time).per(IN_A_ROW)
            elapsed = taking_turns(_repeated(ours.save), _repeated(bare.save), ROUNDS).per(IN_A_ROW)
            alone = taking_turns(ours.save, bare.save, ROUNDS * 4, time.process_time)
        disk = fsync_seconds(place)
    size = f"{len(TYPED)} characters"
    return [
        Figure(
            "autosave, processor", size, ms(processor.ours), ms(processor.floor), f"+{ms(processor.over)}",
            f"≤ {ms(MOST_SECONDS_OVER)} over", processor.over <= MOST_SECONDS_OVER,
        ),
        Figure("autosave, elapsed", size, ms(elapsed.ours), ms(elapsed.floor), f"+{ms(elapsed.over)}; fsync {ms(disk)}"),
        # A collection before each save empties the processor's caches: the first save after a while is like this.
        Figure("autosave, processor, cold caches", size, ms(alone.ours), ms(alone.floor), f"+{ms(alone.over)}"),
    ]


def _repeated(work: Work) -> Work:
    def repeated() -> None:
        for _ in range(IN_A_ROW):
            work()

    return repeated


class _Typing:
    """A text that grows and starts again, so that every save changes something."""

    def __init__(self) -> None:
        self._count = 0

    def next(self) -> str:
        self._count += 1
        return f"{TYPED}{self._count}"


class _Ours:
    def __init__(self, folder: Path) -> None:
        self._vault, self._store, forum = _meeting(folder)
        self._item = forum.item_ids[0]
        self._typing = _Typing()

    def save(self) -> None:
        meeting.save_text(self._store, self._item, ItemText.DISCUSSION, self._typing.next())

    def close(self) -> None:
        self._store.close()
        self._vault.close()


class _Bare:
    """The same vault with the same rows, and a connection that knows nothing of undo, notices or SQLAlchemy."""

    def __init__(self, folder: Path) -> None:
        self._vault, store, forum = _meeting(folder)
        store.close()
        self._item = forum.item_ids[0]
        self._typing = _Typing()
        self._connection = cipher.connect(self._vault.database_path, self._vault.data_key)
        self._reader = cipher.connect(self._vault.database_path, self._vault.data_key)

    def save(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("UPDATE agenda_item SET discussion = ? WHERE id = ?", (self._typing.next(), self._item))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._reader.close()
        self._connection.close()
        self._vault.close()


def _meeting(folder: Path) -> tuple[vault.UnlockedVault, Store, Forum]:
    unlocked, _ = vault.create(folder, PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
    store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), Clock(datetime.now, time.monotonic))
    forum = small_forum(store, cases_count=6)
    forum.start()
    return unlocked, store, forum
