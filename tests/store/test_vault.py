"""The vault as a folder on a disk that can go wrong: every refusal has a code of its own, and nothing is harmed by trying."""

from __future__ import annotations

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.store import cipher, health, key_slots, vault
from rehabdesk.store.migrations import runner
from rehabdesk.wording.vault import PROBLEMS
from tests.helpers.vaults import CHEAP, MARKER, PASSPHRASE, bare, create, fill, opened


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refusal(folder: Path, secret: str = PASSPHRASE) -> str:
    with pytest.raises(Refused) as caught:
        vault.unlock(folder, secret).close()
    return caught.value.problems[0].code


def plain_database(folder: Path) -> None:
    (folder / "vault.db").unlink()
    plain = sqlite3.connect(folder / "vault.db")
    plain.execute("CREATE TABLE setting (key)")
    plain.commit()
    plain.close()


def anothers_database(folder: Path) -> None:
    other = folder.with_name("Other.rehabdesk")
    create(other)
    shutil.copyfile(other / "vault.db", folder / "vault.db")


def newer(folder: Path) -> None:
    connection = bare(folder)
    connection.execute(f"PRAGMA user_version = {runner.LATEST + 1}")
    connection.close()


def not_ours(folder: Path) -> None:
    connection = bare(folder)
    connection.execute("PRAGMA application_id = 7")
    connection.close()


def lost_slots_with_copy(folder: Path) -> None:
    (folder / "keys.json").replace(folder / "keys.json.bak")


def newer_slots(folder: Path) -> None:
    text = (folder / "keys.json").read_text()
    (folder / "keys.json").write_text(text.replace('"version": 1', '"version": 2'))


def write(name: str, content: bytes) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return harm


def cut(length: int) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        os.truncate(folder / "vault.db", length)

    return harm


def remove(*names: str) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        for name in names:
            (folder / name).unlink()

    return harm


HARMS = {
    "folder gone": (shutil.rmtree, "vault.unreachable"),
    "everything gone": (remove("vault.db", "keys.json", "keys.json.bak", "vault.lock"), "vault.not_a_vault"),
    "database gone": (remove("vault.db"), "vault.database_missing"),
    "database empty": (cut(0), "vault.empty_file"),
    "database of text": (write("vault.db", b"Dear diary\n" * 1000), "vault.damaged"),
    "plain database": (plain_database, "vault.not_encrypted"),
    "another vault's database": (anothers_database, "vault.damaged"),
    "cut inside the first page": (cut(1000), "vault.damaged"),
    "cut at a page's edge": (cut(4096 * 3), "vault.damaged"),
    "cut inside a page": (cut(4096 * 3 + 77), "vault.damaged"),
    "newer": (newer, "vault.newer_version"),
    "somebody else's format": (not_ours, "vault.not_a_vault"),
    "slots gone": (remove("keys.json", "keys.json.bak"), "vault.slots_gone"),
    "slots gone, copy there": (lost_slots_with_copy, "vault.slots_gone_copy_there"),
    "slots empty": (write("keys.json", b""), "vault.slots_damaged"),
    "slots of text": (write("keys.json", b"\xff\xfe Dear diary"), "vault.slots_damaged"),
    "slots of lists": (write("keys.json", b"[" * 100_000), "vault.slots_damaged"),
    "slots too large": (write("keys.json", b" " * 1_000_000), "vault.slots_damaged"),
    "slots newer": (newer_slots, "vault.newer_version"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_each_harm_has_its_own_refusal_and_trying_does_not_make_it_worse(vault_dir: Path, harm: str) -> None:
    create(vault_dir)
    do, code = HARMS[harm]
    do(vault_dir)
    before = files_of(vault_dir) if vault_dir.exists() else {}
    assert refusal(vault_dir) == code
    after = files_of(vault_dir) if vault_dir.exists() else {}
    after.pop("vault.lock", None)
    before.pop("vault.lock", None)
    assert after == before


def test_a_created_vault_opens_with_its_passphrase_and_its_recovery_key(vault_dir: Path) -> None:
    recovery_key = create(vault_dir)
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        assert not unlocked.by_recovery_key
    with vault.unlock(vault_dir, recovery_key.lower().replace("-", " ")) as unlocked:
        assert unlocked.by_recovery_key
    assert [holder.name for holder in vault.holders(vault_dir)] == ["Samordnare"]
    assert refusal(vault_dir, PASSPHRASE + " ") == "vault.wrong_passphrase"
    assert refusal(vault_dir, "") == "vault.wrong_passphrase"
    assert refusal(vault_dir, "\ud800") == "vault.wrong_passphrase"


def test_a_mac_and_a_pc_mean_the_same_passphrase(vault_dir: Path) -> None:
    create(vault_dir, "nyckelpiga ångbåt é kantarell")
    vault.unlock(vault_dir, "nyckelpiga a\u030angba\u030at e\u0301 kantarell").close()


@pytest.mark.parametrize("name", ["å ?#% mode=ro&x.rehabdesk", "'; DROP.rehabdesk", "..rehabdesk"])
def test_a_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and "?" in name:
        pytest.skip("Windows has no such names")
    create(tmp_path / name)
    assert health.check(tmp_path / name, PASSPHRASE) == ()


def test_a_hex_key_as_passphrase_is_a_passphrase(vault_dir: Path) -> None:
    create(vault_dir, "x'" + "ab" * 32 + "'")
    vault.unlock(vault_dir, "x'" + "ab" * 32 + "'").close()


def test_the_key_is_wiped_on_closing(vault_dir: Path) -> None:
    create(vault_dir)
    unlocked = vault.unlock(vault_dir, PASSPHRASE)
    key = unlocked.data_key
    assert any(key)
    unlocked.close()
    unlocked.close()
    assert key == bytes(32)


def test_what_lies_in_the_way_is_not_touched(vault_dir: Path) -> None:
    vault_dir.mkdir()
    (vault_dir / "letter.txt").write_text("mine")
    with pytest.raises(vault.VaultError) as caught:
        create(vault_dir)
    assert caught.value.code == "vault.place_taken"
    assert [path.name for path in vault_dir.iterdir()] == ["letter.txt"]


def test_a_free_folder_is_taken_and_is_for_its_owner_alone(vault_dir: Path) -> None:
    vault_dir.mkdir()
    create(vault_dir)
    assert sorted(files_of(vault_dir)) == ["keys.json", "keys.json.bak", "vault.db", "vault.lock"]
    if os.name == "posix":
        assert vault_dir.stat().st_mode & 0o077 == 0
        # A copy of the folder need not keep the folder's own rights.
        assert not [path.name for path in vault_dir.iterdir() if path.stat().st_mode & 0o077]


def test_a_creation_that_fails_leaves_nothing(vault_dir: Path) -> None:
    def fail(connection: object) -> None:
        raise RuntimeError("broken on purpose")

    with pytest.raises(RuntimeError, match="on purpose"):
        vault.create(vault_dir, PASSPHRASE, holder_name="x", kdf=CHEAP, build=fail)
    assert list(vault_dir.parent.iterdir()) == []


@pytest.mark.parametrize("seed", range(60))
def test_a_flipped_bit_in_the_database_is_never_silently_read(tmp_path_factory: pytest.TempPathFactory, filled: Path, seed: int) -> None:
    chance = random.Random(seed)
    folder = tmp_path_factory.mktemp("flip") / "Forum.rehabdesk"
    shutil.copytree(filled, folder)
    content = bytearray((folder / "vault.db").read_bytes())
    # Past the salt half of the flips, so that pages of every kind are hit; inside it the key no longer fits.
    content[chance.randrange(16 if seed % 2 else 0, len(content))] ^= 1 << chance.randrange(8)
    (folder / "vault.db").write_bytes(content)
    with pytest.raises(Refused) as caught, opened(folder) as connections, connections.reader.begin():
        for (table,) in connections.reader.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            connections.reader.exec_driver_sql(f'SELECT * FROM "{table}"').fetchall()
        if connections.reader.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall():
            raise cipher.StoreError(Problem("store.damaged"))
    assert caught.value.problems[0].code in ("vault.damaged", "store.damaged")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "Forum.rehabdesk"
    create(folder)
    with opened(folder) as connections:
        fill(connections.writer)
    return folder


@pytest.mark.parametrize("seed", range(40))
def test_a_cut_database_is_refused_or_found_damaged(tmp_path: Path, filled: Path, seed: int) -> None:
    folder = tmp_path / "Forum.rehabdesk"
    shutil.copytree(filled, folder)
    size = (folder / "vault.db").stat().st_size
    length = random.Random(seed).randrange(1, size)
    os.truncate(folder / "vault.db", length if seed % 2 else max(length // 4096, 1) * 4096)
    try:
        found = health.check(folder, PASSPHRASE)
    except vault.VaultError as error:
        found = error.problems
    assert found and found[0].code in ("vault.damaged", "store.damaged")


def test_every_changed_byte_of_the_slots_is_refused_or_harmless(vault_dir: Path) -> None:
    create(vault_dir)
    path = vault_dir / "keys.json"
    sound = path.read_bytes()
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        key = bytes(unlocked.data_key)
    refused = 0
    for position in range(len(sound)):
        changed = bytearray(sound)
        changed[position] ^= 1 << position % 8
        path.write_bytes(changed)
        try:
            with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
                assert bytes(unlocked.data_key) == key
        except vault.VaultError as error:
            assert error.code in ("vault.slots_damaged", "vault.newer_version", "vault.wrong_passphrase")
            refused += 1
    # White space between the fields means nothing; everything else must be noticed.
    assert refused > len(sound) * 0.85


def test_a_second_program_is_kept_out_until_the_first_is_gone(vault_dir: Path) -> None:
    create(vault_dir)
    with vault.unlock(vault_dir, PASSPHRASE):
        assert refusal(vault_dir) == "vault.already_open"
    vault.unlock(vault_dir, PASSPHRASE).close()


_HOLD = """
import sys, pathlib
from rehabdesk.store import vault
try:
    held = vault.unlock(pathlib.Path(sys.argv[1]), sys.argv[2])
except vault.VaultError as error:
    print(error.code, flush=True)
else:
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    root = Path(vault.__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(folder), PASSPHRASE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    )


def test_of_two_programs_racing_for_a_vault_one_gets_it_and_a_kill_frees_it(vault_dir: Path) -> None:
    create(vault_dir)
    racers = [hold(vault_dir) for _ in range(2)]
    try:
        answers = sorted(racer.stdout.readline().strip() for racer in racers)
        assert answers == ["held", "vault.already_open"]
    finally:
        for racer in racers:
            racer.kill()
            racer.communicate()
    vault.unlock(vault_dir, PASSPHRASE).close()


def test_of_eight_threads_racing_one_holds_the_vault(vault_dir: Path) -> None:
    create(vault_dir)
    won: list[vault.UnlockedVault] = []
    lost: list[str] = []
    start = threading.Barrier(8)

    def race() -> None:
        start.wait()
        try:
            won.append(vault.unlock(vault_dir, PASSPHRASE))
        except vault.VaultError as error:
            lost.append(error.code)

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert lost == ["vault.already_open"] * 7
    won[0].close()


def test_nothing_typed_can_be_read_in_the_folder(vault_dir: Path) -> None:
    create(vault_dir)
    with opened(vault_dir) as connections:
        fill(connections.writer, 50)
        # While open, the write-ahead log and the shared memory lie there too.
        held = files_of(vault_dir)
        assert {"vault.db-wal", "vault.db-shm"} <= held.keys()
    for name, content in [*held.items(), *files_of(vault_dir).items()]:
        assert MARKER.encode() not in content, name
        assert MARKER.encode("utf-16-le") not in content, name
        assert b"CREATE TABLE" not in content, name
    assert not cipher.is_plain(vault_dir / "vault.db")


def test_a_passphrase_is_changed_without_touching_the_database(vault_dir: Path) -> None:
    create(vault_dir)
    database = (vault_dir / "vault.db").read_bytes()
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        with pytest.raises(vault.VaultError) as caught:
            vault.change_passphrase(unlocked, "not this one", "en helt annan fras", kdf=CHEAP)
        assert caught.value.code == "vault.wrong_passphrase"
        vault.change_passphrase(unlocked, PASSPHRASE, "en helt annan fras", kdf=CHEAP)
    assert refusal(vault_dir) == "vault.wrong_passphrase"
    vault.unlock(vault_dir, "en helt annan fras").close()
    assert (vault_dir / "vault.db").read_bytes() == database
    assert [holder.name for holder in vault.holders(vault_dir)] == ["Samordnare"]


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_key(vault_dir: Path) -> None:
    recovery_key = create(vault_dir)
    with vault.unlock(vault_dir, recovery_key) as unlocked:
        vault.change_passphrase(unlocked, recovery_key, "en helt annan fras", kdf=CHEAP)
    vault.unlock(vault_dir, "en helt annan fras").close()
    vault.unlock(vault_dir, recovery_key).close()


def test_a_deputy_comes_and_goes(vault_dir: Path) -> None:
    create(vault_dir)
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        deputy = vault.add_slot(unlocked, "ersättarens egen fras", "Ersättare", kdf=CHEAP)
    with vault.unlock(vault_dir, "ersättarens egen fras", deputy) as unlocked:
        assert unlocked.slot_id == deputy
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        vault.remove_slot(unlocked, deputy)
        with pytest.raises(vault.VaultError) as caught:
            vault.remove_slot(unlocked, unlocked.slot_id)
        assert caught.value.code == "vault.last_passphrase"
    assert refusal(vault_dir, "ersättarens egen fras") == "vault.wrong_passphrase"
    assert (vault_dir / "keys.json.bak").read_bytes() == (vault_dir / "keys.json").read_bytes()


def test_a_new_recovery_key_ends_the_old_one(vault_dir: Path) -> None:
    old = create(vault_dir)
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        new = vault.replace_recovery_key(unlocked)
    vault.unlock(vault_dir, new).close()
    assert refusal(vault_dir, old) == "vault.wrong_passphrase"


def test_the_kept_copy_of_the_slots_brings_the_vault_back(vault_dir: Path) -> None:
    create(vault_dir)
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:
        vault.add_slot(unlocked, "ersättarens egen fras", "Ersättare", kdf=CHEAP)
    (vault_dir / "keys.json").write_bytes(b"rotten")
    vault.bring_back_slots(vault_dir)
    vault.unlock(vault_dir, PASSPHRASE).close()


def test_a_slots_file_that_cannot_be_written_stays_as_it_was(vault_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(vault_dir)
    sound = (vault_dir / "keys.json").read_bytes()
    with vault.unlock(vault_dir, PASSPHRASE) as unlocked:

        def held_by_a_scanner(*_: object) -> None:
            raise PermissionError(13, "held")

        monkeypatch.setattr(key_slots.os, "replace", held_by_a_scanner)
        with pytest.raises(vault.VaultError) as caught:
            vault.add_slot(unlocked, "ersättarens egen fras", "Ersättare", kdf=CHEAP)
    assert caught.value.code == "vault.read_only_place"
    assert (vault_dir / "keys.json").read_bytes() == sound
    assert not list(vault_dir.glob("*.part"))


def test_a_place_where_nothing_can_be_written_is_told(vault_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create(vault_dir)
    really = os.open

    def write_protected(path: object, flags: int, *mode: int) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise OSError(30, "read-only file system")
        return really(path, flags, *mode)

    monkeypatch.setattr(os, "open", write_protected)
    assert refusal(vault_dir) == "vault.read_only_place"


_FULL = """
import pathlib, resource, signal, sys
from rehabdesk.store import vault
from tests.helpers.vaults import CHEAP, PASSPHRASE
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    vault.create(pathlib.Path(sys.argv[1]), PASSPHRASE, holder_name="x", kdf=CHEAP)
except vault.StoreError as error:
    print(error.problems[0].code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_full_disk_while_creating_leaves_nothing_and_says_so(vault_dir: Path) -> None:
    root = Path(vault.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", _FULL, str(vault_dir)], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() in ("store.disk_full", "store.write_failed")
    assert list(vault_dir.parent.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_a_hardened_process_leaves_no_core() -> None:
    script = (
        "import resource, ctypes; from rehabdesk.store import vault; vault.harden_process();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    root = Path(vault.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.split() == ["0", "0"]


def test_the_lock_screen_pays_for_neither_the_database_library_nor_the_cipher() -> None:
    heavy = ("sqlalchemy", "sqlcipher3", "cryptography", "zxcvbn")
    script = f"import sys, rehabdesk.services.vault; print([m for m in {heavy} if m in sys.modules])"
    root = Path(vault.__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def codes_in_the_source() -> set[str]:
    root = Path(vault.__file__).parents[1]
    rooms = [*(root / "store").glob("*.py"), root / "services" / "vault.py", root / "domain" / "passphrase.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in rooms if path.name not in ("store.py", "history.py"))
    return set(re.findall(r'"((?:vault|store|log|passphrase|recovery)\.[a-z_]+)"', text)) - {"vault.db", "vault.lock"}


def test_every_code_has_its_sentence_in_both_languages(texts, texts_en) -> None:
    assert codes_in_the_source() == set(PROBLEMS)
    params = {"name": "Forum", "least": 12, "most": 1000, "number": 3, "table": "case"}
    for code in PROBLEMS:
        swedish, english = (language.problem(Problem(code, None, params)) for language in (texts, texts_en))
        assert swedish != english
        for sentence in (swedish, english):
            assert "{" not in sentence and "!" not in sentence
            assert sentence.endswith(".")
