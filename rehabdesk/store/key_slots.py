"""The file of key slots beside the database: the one data key, sealed once per passphrase and once per recovery key.

Losing this file is losing the vault, so it is written whole beside itself, synced, renamed, and the previous one kept.
Nothing in it is secret but the sealed keys; the names of the slots can be read by anyone who has the file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from rehabdesk.domain.passphrase import RECOVERY_BYTES, normalised, recovery_key, recovery_secret
from rehabdesk.domain.problems import Problem, Refused

SLOTS_NAME = "keys.json"
PREVIOUS_NAME = "keys.json.bak"

DATA_KEY_BYTES = 32

_FORMAT = "rehabdesk key slots"
_VERSION = 1
_LARGEST_FILE = 256 * 1024
_MOST_SLOTS = 64


class SlotKind(StrEnum):
    """What opens a slot."""

    PASSPHRASE = "passphrase"
    RECOVERY = "recovery"


class WrongSecret(Exception):
    """No slot opens with what was given."""


@dataclass(frozen=True, slots=True)
class Kdf:
    """How hard Argon2id works on a secret. What a file asks for is capped: a hostile one would be a memory bomb."""

    memory_kib: int
    iterations: int
    lanes: int

    def __post_init__(self) -> None:
        within = 1 <= self.iterations <= 32 and 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024
        if not within:
            raise ValueError("key derivation outside its caps")


#: The second choice of RFC 9106, and the least a passphrase is given.
FLOOR = Kdf(memory_kib=64 * 1024, iterations=3, lanes=4)

#: 160 random bits cannot be guessed; working hard on them would buy nothing.
FOR_RECOVERY = Kdf(memory_kib=8 * 1024, iterations=1, lanes=1)

_MOST_TUNED_MEMORY = 256 * 1024
_MOST_TUNED_ITERATIONS = 12
_TUNED_SECONDS = 0.7


@dataclass(frozen=True, slots=True)
class Slot:
    """One way into the vault."""

    id: int
    kind: SlotKind
    name: str
    kdf: Kdf
    salt: bytes
    nonce: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeySlots:
    """Everything the slots file says."""

    file_id: str
    slots: tuple[Slot, ...]

    def open(self, secret: str, slot_id: int | None = None) -> tuple[bytearray, Slot]:
        """The data key and the slot that gave it; `secret` is a passphrase or a recovery key. Raises `WrongSecret`.

        Slow by intention, and free of shared state: it may run on any thread.
        """
        for slot, material in self._candidates(secret, slot_id):
            data_key = _unsealed(self.file_id, slot, material)
            if data_key is not None:
                return data_key, slot
        raise WrongSecret

    def with_passphrase(self, passphrase: str, data_key: bytearray, name: str, kdf: Kdf) -> KeySlots:
        """These slots and one more for a passphrase."""
        return self._with(SlotKind.PASSPHRASE, name, kdf, _passphrase_bytes(passphrase), data_key)

    def with_recovery(self, key: str, data_key: bytearray) -> KeySlots:
        """These slots with this as their only recovery key: the one before it opens nothing any more."""
        secret = recovery_secret(key)
        if secret is None:
            raise ValueError("not a recovery key")
        kept = tuple(slot for slot in self.slots if slot.kind is not SlotKind.RECOVERY)
        return replace(self, slots=kept)._with(SlotKind.RECOVERY, "", FOR_RECOVERY, secret, data_key)

    def without(self, slot_id: int) -> KeySlots:
        """These slots less one."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.id != slot_id))

    def slot(self, slot_id: int) -> Slot:
        """The slot with this id; KeyError if there is none."""
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise KeyError(slot_id)

    @property
    def passphrases(self) -> tuple[Slot, ...]:
        """The slots that open with a passphrase, in the order they were made."""
        return tuple(slot for slot in self.slots if slot.kind is SlotKind.PASSPHRASE)

    def _candidates(self, secret: str, slot_id: int | None) -> list[tuple[Slot, bytes]]:
        recovery = recovery_secret(secret)
        wanted = [slot for slot in self.slots if slot_id is None or slot.id == slot_id]
        # The cheap ones first. A recovery key is taken whichever person the lock screen shows.
        found = [(slot, recovery) for slot in self.slots if recovery is not None and slot.kind is SlotKind.RECOVERY]
        found += [(slot, _passphrase_bytes(secret)) for slot in wanted if slot.kind is SlotKind.PASSPHRASE]
        return found

    def _with(self, kind: SlotKind, name: str, kdf: Kdf, material: bytes, data_key: bytearray) -> KeySlots:
        number = max((slot.id for slot in self.slots), default=0) + 1
        blank = Slot(number, kind, name, kdf, secrets.token_bytes(16), secrets.token_bytes(12), b"")
        return replace(self, slots=(*self.slots, _sealed(self.file_id, blank, material, data_key)))


def new_slots() -> KeySlots:
    """An empty set with an identity of its own."""
    return KeySlots(secrets.token_hex(16), ())


def new_data_key() -> bytearray:
    """A fresh random key for a database."""
    return bytearray(secrets.token_bytes(DATA_KEY_BYTES))


def new_recovery_key() -> str:
    """A fresh recovery key, to be printed and shown to nobody else."""
    return recovery_key(secrets.token_bytes(RECOVERY_BYTES))


def tuned_kdf(stopwatch: Callable[[], float] = time.perf_counter) -> Kdf:
    """As hard as this machine bears in well under a second, and never softer than the floor. Takes a moment itself."""
    started = stopwatch()
    wipe(_derived(b"a passphrase of ordinary length", b"0123456789abcdef", FLOOR))
    times_harder = _TUNED_SECONDS / max(stopwatch() - started, 1e-3)
    if times_harder <= 1:
        return FLOOR
    memory = min(FLOOR.memory_kib * int(times_harder), _MOST_TUNED_MEMORY)
    left = times_harder * FLOOR.memory_kib / memory
    return Kdf(memory, min(max(int(FLOOR.iterations * left), FLOOR.iterations), _MOST_TUNED_ITERATIONS), FLOOR.lanes)


def wipe(key: bytearray) -> None:
    """Overwrite a key in place."""
    key[:] = bytes(len(key))


def read(path: Path) -> KeySlots:
    """Read a slots file. Raises `Refused` with `vault.slots_damaged` or `vault.newer_version`, or OSError."""
    with path.open("rb") as file:
        text = file.read(_LARGEST_FILE + 1)
    if len(text) > _LARGEST_FILE:
        raise Refused(Problem("vault.slots_damaged"))
    try:
        content = json.loads(text.decode("utf-8"))
        if content["format"] == _FORMAT and isinstance(content["version"], int) and content["version"] > _VERSION:
            raise Refused(Problem("vault.newer_version"))
        return _parsed(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(Problem("vault.slots_damaged")) from error


def write(path: Path, slots: KeySlots, *, keep_previous: bool = True) -> None:
    """Replace the slots file so that a kill or a power cut leaves the old one or the new one. Raises OSError.

    There is always a second copy beside it: the previous file, or, where that would still open to a secret taken away
    (`keep_previous=False`), the same one again.
    """
    content = _as_json(slots)
    content["checksum"] = _checksum(content)
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True).encode("utf-8")
    copy = path.with_name(PREVIOUS_NAME)
    if path.exists():
        # A copy, not a rename: there is no moment without a slots file.
        _write_whole(copy, path.read_bytes())
    _write_whole(path, text)
    if not keep_previous or not copy.exists():
        _write_whole(copy, text)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system has a way to ask for it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_whole(path: Path, content: bytes) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _passphrase_bytes(passphrase: str) -> bytes:
    # Qt can hand over half a surrogate pair; it must not stop anybody from getting a plain "wrong passphrase".
    return normalised(passphrase).encode("utf-8", "surrogatepass")


def _derived(material: bytes, salt: bytes, kdf: Kdf) -> bytearray:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    key = bytearray(32)
    Argon2id(salt=salt, length=32, iterations=kdf.iterations, lanes=kdf.lanes, memory_cost=kdf.memory_kib).derive_into(material, key)
    return key


def _sealed(file_id: str, slot: Slot, material: bytes, data_key: bytearray) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _derived(material, slot.salt, slot.kdf)
    try:
        return replace(slot, sealed=AESGCM(key).encrypt(slot.nonce, data_key, _bound(file_id, slot)))
    finally:
        wipe(key)


def _unsealed(file_id: str, slot: Slot, material: bytes) -> bytearray | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _derived(material, slot.salt, slot.kdf)
    data_key = bytearray(DATA_KEY_BYTES)
    try:
        AESGCM(key).decrypt_into(slot.nonce, slot.sealed, _bound(file_id, slot), data_key)
    except InvalidTag:
        return None
    finally:
        wipe(key)
    return data_key


def _bound(file_id: str, slot: Slot) -> bytes:
    """Everything about a slot that must not be changed without its secret."""
    about = _slot_as_json(slot) | {"file_id": file_id}
    return _canonical({name: value for name, value in about.items() if name not in ("nonce", "sealed")})


def _as_json(slots: KeySlots) -> dict[str, Any]:
    listed = [_slot_as_json(slot) for slot in slots.slots]
    return {"format": _FORMAT, "version": _VERSION, "file_id": slots.file_id, "slots": listed}


def _slot_as_json(slot: Slot) -> dict[str, Any]:
    kdf = {"name": "argon2id", "memory_kib": slot.kdf.memory_kib, "iterations": slot.kdf.iterations, "lanes": slot.kdf.lanes}
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "name": slot.name,
        "kdf": kdf,
        "salt": base64.b64encode(slot.salt).decode("ascii"),
        "nonce": base64.b64encode(slot.nonce).decode("ascii"),
        "sealed": base64.b64encode(slot.sealed).decode("ascii"),
    }


def _parsed(content: dict[str, Any]) -> KeySlots:
    checksum = content.pop("checksum")
    file_id, listed = content["file_id"], content["slots"]
    sound = (
        content["format"] == _FORMAT
        and content["version"] == _VERSION
        and isinstance(file_id, str)
        and isinstance(listed, list)
        and 0 < len(listed) <= _MOST_SLOTS
        # Against decay, not against malice: it tells a rotten file from a wrong passphrase.
        and checksum == _checksum(content)
    )
    if not sound:
        raise ValueError("not a sound slots file")
    return KeySlots(file_id, tuple(_parsed_slot(slot) for slot in listed))


def _parsed_slot(content: dict[str, Any]) -> Slot:
    kdf = content["kdf"]
    numbers = (content["id"], kdf["memory_kib"], kdf["iterations"], kdf["lanes"])
    if kdf["name"] != "argon2id" or not all(type(number) is int for number in numbers) or not isinstance(content["name"], str):
        raise ValueError("not a sound slot")
    salt, nonce, sealed = (base64.b64decode(content[part], validate=True) for part in ("salt", "nonce", "sealed"))
    if (len(salt), len(nonce), len(sealed)) != (16, 12, DATA_KEY_BYTES + 16):
        raise ValueError("not a sound slot")
    return Slot(content["id"], SlotKind(content["kind"]), content["name"], Kdf(*numbers[1:]), salt, nonce, sealed)


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
