"""The key slots: what opens them, what their file may ask for, and that it is never half written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.domain.problems import Refused
from rehabdesk.store import key_slots
from rehabdesk.store.key_slots import FLOOR, Kdf, WrongSecret
from tests.helpers.vaults import CHEAP


@pytest.fixture
def key() -> bytearray:
    return key_slots.new_data_key()


def test_each_holder_opens_with_her_own_and_gets_the_same_key(key: bytearray) -> None:
    slots = key_slots.new_slots().with_passphrase("anna", key, "A", CHEAP).with_passphrase("berit", key, "B", CHEAP)
    opened, slot = slots.open("berit")
    assert (opened, slot.name) == (key, "B")
    assert slots.open("anna", 1)[0] == key
    with pytest.raises(WrongSecret):
        slots.open("anna", 2)
    with pytest.raises(WrongSecret):
        slots.without(1).open("anna")


def test_nothing_about_a_slot_can_be_changed_without_its_secret(key: bytearray) -> None:
    slots = key_slots.new_slots().with_passphrase("anna", key, "A", CHEAP)
    slot = slots.slots[0]
    changed = [
        replace(slot, id=2),
        replace(slot, name="B"),
        replace(slot, kdf=Kdf(128, 1, 1)),
        replace(slot, salt=bytes(16)),
        replace(slot, nonce=bytes(12)),
        replace(slot, sealed=bytes(48)),
    ]
    for other in changed:
        with pytest.raises(WrongSecret):
            replace(slots, slots=(other,)).open("anna")
    with pytest.raises(WrongSecret):
        replace(slots, file_id="0" * 32).open("anna")


def test_what_is_written_is_read_and_the_one_before_is_kept(tmp_path: Path, key: bytearray) -> None:
    path = tmp_path / "keys.json"
    first = key_slots.new_slots().with_passphrase("åäö", key, "Samordnare", CHEAP)
    key_slots.write(path, first)
    second = first.with_recovery(key_slots.new_recovery_key(), key)
    key_slots.write(path, second)
    assert key_slots.read(path) == second
    assert key_slots.read(tmp_path / "keys.json.bak") == first
    key_slots.write(path, second, keep_previous=False)
    assert key_slots.read(tmp_path / "keys.json.bak") == second
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["keys.json", "keys.json.bak"]
    assert bytes(key).hex() not in path.read_text() and "åäö" not in path.read_text()


@pytest.mark.parametrize(
    "asked",
    [(2**31, 3, 4), (65536, 10**6, 4), (65536, 3, 400), (4, 1, 1), (0, 0, 0), (-1, 1, 1), (65536, True, 4), ("65536", 3, 4)],
)
def test_a_hostile_file_cannot_make_the_derivation_eat_the_machine(tmp_path: Path, key: bytearray, asked: tuple) -> None:
    path = tmp_path / "keys.json"
    key_slots.write(path, key_slots.new_slots().with_passphrase("anna", key, "A", CHEAP))
    content = json.loads(path.read_text())
    content.pop("checksum")
    content["slots"][0]["kdf"] |= dict(zip(("memory_kib", "iterations", "lanes"), asked, strict=True))
    content["checksum"] = key_slots._checksum(content)
    path.write_text(json.dumps(content))
    with pytest.raises(Refused) as caught:
        key_slots.read(path)
    assert caught.value.problems[0].code == "vault.slots_damaged"


@pytest.mark.parametrize(
    "content", ["null", "{}", "[]", '"x"', '{"format": 1}', '{"format": "rehabdesk key slots", "version": 1, "slots": {}}', "NaN", "1e999"]
)
def test_other_json_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys.json").write_text(content)
    with pytest.raises(Refused):
        key_slots.read(tmp_path / "keys.json")


@pytest.mark.parametrize(("seconds", "least_work"), [(3.0, 1), (0.7, 1), (0.2, 3), (0.05, 12), (1e-9, 16)])
def test_the_derivation_is_tuned_to_the_machine_and_never_below_the_floor(seconds: float, least_work: int) -> None:
    times = iter((0.0, seconds))
    tuned = key_slots.tuned_kdf(lambda: next(times))
    assert tuned.memory_kib >= FLOOR.memory_kib and tuned.iterations >= FLOOR.iterations and tuned.lanes == FLOOR.lanes
    work = tuned.memory_kib * tuned.iterations / (FLOOR.memory_kib * FLOOR.iterations)
    assert least_work <= work <= max(0.7 / seconds, 1)


def test_only_the_latest_recovery_key_opens(key: bytearray) -> None:
    old, new = key_slots.new_recovery_key(), key_slots.new_recovery_key()
    slots = key_slots.new_slots().with_passphrase("anna", key, "A", CHEAP).with_recovery(old, key).with_recovery(new, key)
    assert slots.open(new)[0] == key
    with pytest.raises(WrongSecret):
        slots.open(old)
