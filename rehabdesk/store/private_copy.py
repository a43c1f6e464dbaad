"""A look at a vault without touching it: a private copy of its ciphertext, or, where another program holds it, in place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rehabdesk.store.cipher import world_errors
from rehabdesk.store.key_slots import PREVIOUS_NAME, SLOTS_NAME
from rehabdesk.store.vault import DATABASE_NAME, VaultError
from rehabdesk.store.vault_lock import VaultIsHeld, VaultLock

# The shared-memory file is rebuilt from the write-ahead log; a copied one could only be wrong.
_COPIED = (DATABASE_NAME, f"{DATABASE_NAME}-wal", f"{DATABASE_NAME}-journal", SLOTS_NAME, PREVIOUS_NAME)


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look, and whether that is the vault itself, in use by another program."""

    folder: Path
    in_place: bool


@contextmanager
def opened_privately(folder: Path) -> Iterator[Look]:
    """Copy the vault into a folder of this user's own, removed afterwards; opening the original would rewrite it."""
    if not folder.exists():
        raise VaultError("vault.unreachable", folder)
    try:
        lock = _lock_if_possible(folder)
    except VaultIsHeld:
        yield Look(folder, in_place=True)
        return
    try:
        with world_errors(proved_writable=False):
            # mkdtemp makes it 0700; a kill leaves ciphertext there and nothing else.
            private = Path(tempfile.mkdtemp(prefix="rehabdesk-"))
        try:
            _copy(folder, private / folder.name, lock)
            yield Look(private / folder.name, in_place=False)
        finally:
            shutil.rmtree(private, ignore_errors=True)
    finally:
        if lock is not None:
            lock.release()


def _copy(folder: Path, target: Path, lock: VaultLock | None) -> None:
    with world_errors(proved_writable=False):
        target.mkdir(mode=0o700)
        for name in _COPIED:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, target / name)
    if lock is not None:
        # Held only while copying: the look itself keeps nobody waiting.
        lock.release()


def _lock_if_possible(folder: Path) -> VaultLock | None:
    """Nobody may write while the files are copied; where the lock cannot be opened, nobody can write either."""
    try:
        return VaultLock(folder, may_write=False)
    except OSError:
        return None
