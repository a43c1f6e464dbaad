"""What can be done with a vault as a whole: make one, unlock it, look after its keys, ask whether it is whole.

The wizard and the lock screen take their types from here too. Nothing heavy is imported until a verb needs it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rehabdesk.domain.passphrase import Strength, problem_with_typed_back, strength
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.store import key_slots
from rehabdesk.store import vault as store_vault
from rehabdesk.store.cipher import StoreError
from rehabdesk.store.key_slots import Kdf
from rehabdesk.store.vault import Holder, UnlockedVault, VaultError

if TYPE_CHECKING:
    from rehabdesk.store.health import RoomCheck

__all__ = [
    "Holder",
    "Kdf",
    "StoreError",
    "Strength",
    "UnlockedVault",
    "VaultError",
    "add_holder",
    "bring_back_slots",
    "change_passphrase",
    "check",
    "confirm_recovery_key",
    "create_vault",
    "folder_for",
    "generate_recovery_key",
    "holders",
    "is_vault",
    "remove_holder",
    "replace_recovery_key",
    "strength",
    "unlock",
    "warnings_about",
]

_LONGEST_NAME = 80
_FORBIDDEN_IN_NAMES = frozenset('<>:"/\\|?*')
_WINDOWS_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def folder_for(parent: Path, name: str) -> Path:
    """The vault's folder for a name a person typed: safe on every system, with the ending of vaults. Refuses an empty one."""
    kept = [c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C" and c not in _FORBIDDEN_IN_NAMES]
    clean = " ".join("".join(kept).split()).removesuffix(store_vault.FOLDER_ENDING)[:_LONGEST_NAME].strip(" .")
    if not clean:
        raise Refused(Problem("vault.name_missing", "name"))
    if clean.split(".")[0].lower() in _WINDOWS_DEVICES:
        clean = f"Forum {clean}"
    return parent / f"{clean}{store_vault.FOLDER_ENDING}"


def warnings_about(folder: Path) -> tuple[Problem, ...]:
    """Why this would be a poor place for a vault; warnings, not refusals."""
    return store_vault.place_warnings(folder)


def is_vault(folder: Path) -> bool:
    """Whether the folder looks like a vault at all."""
    return store_vault.is_vault(folder)


def holders(folder: Path) -> tuple[Holder, ...]:
    """Whose passphrases open the vault. Refused where it is no vault, or one that cannot be opened."""
    return store_vault.holders(folder)


def generate_recovery_key() -> str:
    """A fresh recovery key, to be printed and typed back before the vault is made with it."""
    return key_slots.new_recovery_key()


def confirm_recovery_key(typed: str, key: str) -> None:
    """Refuse unless the key was typed back from paper as it stands there; O for 0 and I or L for 1 are forgiven."""
    problem = problem_with_typed_back(typed, key)
    if problem is not None:
        raise Refused(problem)


def create_vault(
    folder: Path,
    passphrase: str,
    holder_name: str,
    *,
    recovery_key: str | None = None,
    personal_words: Iterable[str] = (),
    kdf: Kdf | None = None,
) -> tuple[UnlockedVault, str]:
    """Make a vault and hand it back unlocked, with its recovery key; a weak passphrase is refused.

    `holder_name` can be read without the passphrase: a title ("Samordnare"), not a person's name. Takes a second or two
    and belongs on a worker thread.
    """
    refuse_if(_problems_with(passphrase, personal_words))
    return store_vault.create(folder, passphrase, holder_name=holder_name, recovery_key=recovery_key, kdf=kdf)


def unlock(folder: Path, secret: str, holder: Holder | None = None) -> UnlockedVault:
    """Unlock with a passphrase or the recovery key. Takes about a second and belongs on a worker thread."""
    return store_vault.unlock(folder, secret, holder.slot_id if holder else None)


def bring_back_slots(folder: Path) -> None:
    """Put the kept copy of the key file in the place of one that is lost or damaged."""
    store_vault.bring_back_slots(folder)


def check(folder: Path, secret: str, room_checks: Iterable[RoomCheck] = ()) -> tuple[Problem, ...]:
    """Everything wrong with the vault, found without writing to it; empty when it is whole."""
    from rehabdesk.store import health

    return health.check(folder, secret, room_checks=room_checks)


def change_passphrase(
    vault: UnlockedVault, old: str, new: str, *, personal_words: Iterable[str] = (), kdf: Kdf | None = None
) -> None:
    """Give this holder a new passphrase; `old` is the one before, or the recovery key. A weak one is refused."""
    refuse_if(_problems_with(new, personal_words))
    store_vault.change_passphrase(vault, old, new, kdf=kdf)


def add_holder(
    vault: UnlockedVault, passphrase: str, holder_name: str, *, personal_words: Iterable[str] = (), kdf: Kdf | None = None
) -> Holder:
    """Give a deputy a passphrase of her own; a weak one is refused."""
    refuse_if(_problems_with(passphrase, personal_words))
    return Holder(store_vault.add_slot(vault, passphrase, holder_name, kdf=kdf), holder_name)


def remove_holder(vault: UnlockedVault, holder: Holder) -> None:
    """Take a holder's passphrase away; the last one is kept."""
    store_vault.remove_slot(vault, holder.slot_id)


def replace_recovery_key(vault: UnlockedVault, key: str) -> None:
    """Make `key`, printed and typed back, the only recovery key."""
    store_vault.replace_recovery_key(vault, key)


def _problems_with(passphrase: str, personal_words: Iterable[str]) -> tuple[Problem, ...]:
    problem = strength(passphrase, personal_words).problem
    return (problem,) if problem else ()
