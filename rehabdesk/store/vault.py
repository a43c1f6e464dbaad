"""The vault: one folder with the encrypted database, the key slots and the lock file. Create it, unlock it, look after its slots.

Imports nothing heavy: the lock screen needs this module before the database library is loaded.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.store import cipher, key_slots, place
from rehabdesk.store.cipher import StoreError
from rehabdesk.store.key_slots import PREVIOUS_NAME, SLOTS_NAME, Kdf, KeySlots, Slot, WrongSecret
from rehabdesk.store.migrations import runner
from rehabdesk.store.vault_lock import VaultIsHeld, VaultLock

if TYPE_CHECKING:
    from sqlalchemy import Connection

DATABASE_NAME = "vault.db"
FOLDER_ENDING = ".rehabdesk"

# A world error met while opening speaks of the vault as a whole.
_AS_VAULT = {
    "store.damaged": "vault.damaged",
    "store.read_only_place": "vault.read_only_place",
    "store.unreachable": "vault.unreachable",
}


class VaultError(Refused):
    """Why a vault cannot be created, unlocked or changed."""

    def __init__(self, code: str, folder: Path, field: str | None = None) -> None:
        super().__init__(Problem(code, field, {"name": folder.name}))

    @property
    def code(self) -> str:
        """The code of the one problem."""
        return self.problems[0].code


@dataclass(frozen=True, slots=True)
class Holder:
    """Whoever has a passphrase to the vault, as the lock screen shows her."""

    slot_id: int
    name: str


class UnlockedVault:
    """A vault in use: its key in memory and its lock held, until `close`."""

    def __init__(self, folder: Path, slots: KeySlots, slot: Slot, data_key: bytearray, lock: VaultLock | None) -> None:
        self.folder = folder
        self.file_id = slots.file_id
        self.slot_id = slot.id
        self.by_recovery_key = slot.kind is key_slots.SlotKind.RECOVERY
        self.data_key = data_key
        self._lock = lock

    def __enter__(self) -> UnlockedVault:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def database_path(self) -> Path:
        """The encrypted database."""
        return self.folder / DATABASE_NAME

    def close(self) -> None:
        """Overwrite the key and let the next program in; the connections are closed before this. Harmless twice."""
        key_slots.wipe(self.data_key)
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def create(
    folder: Path,
    passphrase: str,
    *,
    holder_name: str,
    recovery_key: str | None = None,
    kdf: Kdf | None = None,
    build: Callable[[Connection], None] = runner.create_tables,
) -> tuple[UnlockedVault, str]:
    """Create a vault and hand it back unlocked, with its recovery key. Encrypted from its first byte.

    `holder_name` can be read by anyone who has the folder: a function, not a person. Everything is made in a folder
    beside the final one and renamed, so a kill leaves no half vault. Takes a second: run it on a worker thread.
    """
    recovery_key = recovery_key or key_slots.new_recovery_key()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VaultError("vault.place_taken", folder, "folder")
    data_key = key_slots.new_data_key()
    slots = key_slots.new_slots().with_passphrase(passphrase, data_key, holder_name, kdf or key_slots.tuned_kdf())
    slots = slots.with_recovery(recovery_key, data_key)
    with cipher.world_errors(proved_writable=False):
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        try:
            _fill(part, slots, data_key, build)
            if folder.exists():
                # Windows renames onto nothing but a free name.
                folder.rmdir()
            part.rename(folder)
            key_slots.sync_folder(folder.parent)
        except BaseException:
            key_slots.wipe(data_key)
            shutil.rmtree(part, ignore_errors=True)
            raise
        return UnlockedVault(folder, slots, slots.passphrases[0], data_key, _locked(folder)), recovery_key


def unlock(folder: Path, secret: str, slot_id: int | None = None) -> UnlockedVault:
    """Unlock with a passphrase or the recovery key, and keep other programs out until it is closed.

    A vault of an older version is copied and brought up to date. Slow by intention (key derivation): run it on a worker
    thread. Raises `VaultError` or `StoreError`.
    """
    with _as_vault_errors(folder):
        slots = _examined(folder)
        lock = _locked(folder)
        try:
            return _opened(folder, slots, secret, slot_id, lock)
        except BaseException:
            lock.release()
            raise


def look_into(folder: Path, secret: str, *, in_place: bool) -> UnlockedVault:
    """Unlock without the lock: a private copy, or `in_place` a vault another program holds, which is only read."""
    with _as_vault_errors(folder):
        return _opened(folder, _examined(folder), secret, None, None, in_place=in_place)


def holders(folder: Path) -> tuple[Holder, ...]:
    """Who can be chosen on the lock screen. Raises `VaultError` where there is no vault to unlock."""
    with _as_vault_errors(folder):
        return tuple(Holder(slot.id, slot.name) for slot in _examined(folder).passphrases)


def is_vault(folder: Path) -> bool:
    """Whether the folder looks like a vault at all; says nothing about its health."""
    return any((folder / name).is_file() for name in (SLOTS_NAME, PREVIOUS_NAME, DATABASE_NAME))


def change_passphrase(vault: UnlockedVault, old: str, new: str, *, kdf: Kdf | None = None) -> None:
    """Seal this holder's slot with a new passphrase; the database is untouched. The old one opens nothing any more.

    After unlocking with the recovery key, `old` is that key and the first holder's slot is sealed anew.
    """
    slots = _own_slots(vault)
    try:
        proved, opened = slots.open(old, vault.slot_id)
    except WrongSecret as error:
        raise VaultError("vault.wrong_passphrase", vault.folder, "old_passphrase") from error
    key_slots.wipe(proved)
    replaced = slots.passphrases[0] if opened.kind is key_slots.SlotKind.RECOVERY else opened
    added = slots.with_passphrase(new, vault.data_key, replaced.name, kdf or key_slots.tuned_kdf())
    _write_slots(vault, added.without(replaced.id), keep_previous=False)
    vault.slot_id = added.slots[-1].id


def add_slot(vault: UnlockedVault, passphrase: str, holder_name: str, *, kdf: Kdf | None = None) -> int:
    """Give one more holder a passphrase of her own; the id of her slot."""
    slots = _own_slots(vault).with_passphrase(passphrase, vault.data_key, holder_name, kdf or key_slots.tuned_kdf())
    _write_slots(vault, slots)
    return slots.slots[-1].id


def remove_slot(vault: UnlockedVault, slot_id: int) -> None:
    """Take a holder's passphrase away; the last one stays. An old copy of the vault still opens with it."""
    slots = _own_slots(vault)
    slot = slots.slot(slot_id)
    if slots.passphrases == (slot,):
        raise VaultError("vault.last_passphrase", vault.folder)
    _write_slots(vault, slots.without(slot_id), keep_previous=False)


def replace_recovery_key(vault: UnlockedVault, new_key: str | None = None) -> str:
    """Make a new recovery key; the paper with the old one is worth nothing from now on."""
    key = new_key or key_slots.new_recovery_key()
    _write_slots(vault, _own_slots(vault).with_recovery(key, vault.data_key), keep_previous=False)
    return key


def bring_back_slots(folder: Path) -> None:
    """Put the previous slots file in the place of a lost or rotten one; refused where it is no better."""
    with _as_vault_errors(folder):
        previous = key_slots.read(folder / PREVIOUS_NAME)
        rotten = folder / SLOTS_NAME
        if rotten.exists():
            os.replace(rotten, rotten.with_name(SLOTS_NAME + ".damaged"))
        key_slots.write(rotten, previous)


def place_warnings(folder: Path, surroundings: place.Surroundings | None = None) -> tuple[Problem, ...]:
    """Why this is a poor place for a vault: share, synchronised folder, stick, or traces of two machines writing."""
    found = place.warnings_about(folder.absolute(), surroundings or place.real_surroundings())
    try:
        copies = [entry.name for entry in os.scandir(folder) if place.looks_like_conflict_copy(entry.name)]
    except OSError:
        copies = []
    if copies:
        found = (*found, Problem("vault.conflict_copies", "folder", {"name": sorted(copies)[0]}))
    return found


def harden_process() -> None:
    """Keep this process's memory out of crash files, as far as the system lets it; called once, at start."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        import ctypes

        set_dumpable = 4
        ctypes.CDLL(None).prctl(set_dumpable, 0, 0, 0, 0)


def _fill(part: Path, slots: KeySlots, data_key: bytearray, build: Callable[[Connection], None]) -> None:
    database = part / DATABASE_NAME
    # SQLite would let everybody on the machine read the file; its journal takes the rights of the database.
    os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    runner.build_fresh(cipher.connect(database, data_key, mode="rwc"), build)
    if cipher.is_plain(database):
        raise RuntimeError("the new vault is not encrypted")
    # Made here, so that a look at the vault never has to create it.
    VaultLock(part).release()
    key_slots.write(part / SLOTS_NAME, slots)


def _examined(folder: Path) -> KeySlots:
    """The slots of a folder that holds what a vault should, or the reason why it does not."""
    database, slots = folder / DATABASE_NAME, folder / SLOTS_NAME
    if not folder.exists():
        raise VaultError("vault.unreachable", folder)
    if not is_vault(folder):
        raise VaultError("vault.not_a_vault", folder)
    if not database.exists():
        raise VaultError("vault.database_missing", folder)
    # SQLite takes an empty file for an empty database and would build a new one over it.
    if database.stat().st_size == 0:
        raise VaultError("vault.empty_file", folder)
    if cipher.is_plain(database):
        raise VaultError("vault.not_encrypted", folder)
    if not slots.exists():
        code = "vault.slots_gone_copy_there" if (folder / PREVIOUS_NAME).exists() else "vault.slots_gone"
        raise VaultError(code, folder)
    return key_slots.read(slots)


def _opened(
    folder: Path, slots: KeySlots, secret: str, slot_id: int | None, lock: VaultLock | None, *, in_place: bool = False
) -> UnlockedVault:
    """The slot gives a key: the database must open with it, be ours, and be of a version we know."""
    try:
        data_key, slot = slots.open(secret, slot_id)
    except WrongSecret as error:
        raise VaultError("vault.wrong_passphrase", folder, "passphrase") from error
    try:
        version = _version(folder, data_key, in_place=in_place)
        if version > runner.LATEST:
            raise VaultError("vault.newer_version", folder)
        if version < runner.LATEST and not in_place:
            runner.upgrade(folder, folder / DATABASE_NAME, data_key)
    except BaseException:
        key_slots.wipe(data_key)
        raise
    return UnlockedVault(folder, slots, slot, data_key, lock)


def _version(folder: Path, data_key: bytearray, *, in_place: bool) -> int:
    connection = cipher.connect(folder / DATABASE_NAME, data_key, mode="ro" if in_place else "rw")
    try:
        version, ours = runner.version_of(connection)
    finally:
        connection.close()
    if not ours:
        raise VaultError("vault.not_a_vault", folder)
    return version


def _locked(folder: Path) -> VaultLock:
    try:
        return VaultLock(folder)
    except VaultIsHeld as error:
        raise VaultError("vault.already_open", folder) from error


def _own_slots(vault: UnlockedVault) -> KeySlots:
    with _as_vault_errors(vault.folder):
        slots = key_slots.read(vault.folder / SLOTS_NAME)
    if slots.file_id != vault.file_id:
        raise VaultError("vault.slots_damaged", vault.folder)
    return slots


def _write_slots(vault: UnlockedVault, slots: KeySlots, *, keep_previous: bool = True) -> None:
    with _as_vault_errors(vault.folder):
        key_slots.write(vault.folder / SLOTS_NAME, slots, keep_previous=keep_previous)


@contextmanager
def _as_vault_errors(folder: Path) -> Iterator[None]:
    """Whatever the world does while a vault is opened or changed, said about this vault."""
    try:
        with cipher.world_errors(proved_writable=False):
            yield
    except StoreError as error:
        code = _AS_VAULT.get(error.problems[0].code)
        if code is None:
            raise
        raise VaultError(code, folder) from error
    except MemoryError as error:
        raise StoreError(Problem("store.out_of_memory")) from error
    except VaultError:
        raise
    except Refused as error:
        raise VaultError(error.problems[0].code, folder) from error
