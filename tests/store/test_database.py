"""The two connections: what they are set to, what they refuse, and how the world's errors reach a person."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError, ProgrammingError, StatementError

from rehabdesk.store import cipher, database, vault
from rehabdesk.store.cipher import StoreError
from tests.helpers.vaults import MARKER, PASSPHRASE, create, fill, opened

ROOT = Path(vault.__file__).parents[2]


@pytest.fixture
def connections(vault_dir: Path) -> Iterator[database.Connections]:
    create(vault_dir)
    with opened(vault_dir) as both:
        yield both


def pragma(connection, name: str):
    with connection.begin():
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize("which", ["writer", "reader"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("locking_mode", "normal"),
    ],
)
def test_both_connections_are_set_as_the_promises_need(connections: database.Connections, which: str, name: str, value: object) -> None:
    assert pragma(getattr(connections, which), name) == value


def test_nothing_in_the_program_asks_for_temporary_files() -> None:
    for path in (ROOT / "rehabdesk").rglob("*.py"):
        text = path.read_text(encoding="utf-8").lower().replace(" ", "")
        assert "temp_store=file" not in text and "temp_store=1" not in text, path


def test_the_reader_cannot_write(connections: database.Connections) -> None:
    with pytest.raises(RuntimeError, match="reader"), database.translated_errors(), connections.reader.begin():
        connections.reader.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('a', 'b')")


def test_the_reader_sees_what_was_committed_and_nothing_else(connections: database.Connections) -> None:
    count = "SELECT count(*) FROM setting"
    with connections.writer.begin():
        connections.writer.exec_driver_sql("INSERT INTO setting (key, value) VALUES ('test.a', 'b')")
        with connections.reader.begin():
            assert connections.reader.exec_driver_sql(f"{count} WHERE key = 'test.a'").scalar() == 0
    with connections.reader.begin():
        assert connections.reader.exec_driver_sql(f"{count} WHERE key = 'test.a'").scalar() == 1


def test_a_failed_write_leaves_nothing_and_the_next_one_works(connections: database.Connections) -> None:
    with pytest.raises(IntegrityError), connections.writer.begin():
        fill_one(connections, "test.a")
        fill_one(connections, "test.a")
    with connections.writer.begin():
        fill_one(connections, "test.a")
        assert connections.writer.exec_driver_sql("SELECT count(*) FROM setting WHERE key = 'test.a'").scalar() == 1


def fill_one(connections: database.Connections, key: str) -> None:
    connections.writer.exec_driver_sql("INSERT INTO setting (key, value) VALUES (?, ?)", (key, MARKER))


def test_an_error_never_carries_what_was_typed(connections: database.Connections) -> None:
    with pytest.raises(InterfaceError) as caught, connections.writer.begin():
        connections.writer.exec_driver_sql("INSERT INTO setting (key, value) VALUES (?, ?)", (MARKER, object()))
    assert MARKER not in str(caught.value)
    with pytest.raises(IntegrityError) as caught, connections.writer.begin():
        fill_one(connections, MARKER)
        fill_one(connections, MARKER)
    assert MARKER not in str(caught.value)


def test_a_connection_belongs_to_its_thread(connections: database.Connections) -> None:
    caught: list[Exception] = []

    def elsewhere() -> None:
        try:
            connections.reader.exec_driver_sql("SELECT 1")
        except ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert caught
    if connections.reader.in_transaction():
        connections.reader.rollback()


def test_a_lost_writer_is_not_replaced_by_one_without_triggers(connections: database.Connections) -> None:
    connections.writer.invalidate()
    with pytest.raises(StatementError, match="triggers"):
        connections.writer.exec_driver_sql("SELECT 1")


def test_a_second_writer_is_told_that_the_vault_is_locked(connections: database.Connections, vault_dir: Path) -> None:
    second = cipher.connect(vault_dir / "vault.db", key_of(vault_dir))
    second.execute("PRAGMA busy_timeout = 1")
    try:
        with connections.writer.begin(), pytest.raises(StoreError) as caught, database.translated_errors():
            second.execute("BEGIN IMMEDIATE")
    finally:
        second.close()
    assert caught.value.problems[0].code == "store.locked"


def key_of(folder: Path) -> bytes:
    with vault.look_into(folder, PASSPHRASE, in_place=True) as look:
        return bytes(look.data_key)


def test_a_wrong_key_is_refused(vault_dir: Path) -> None:
    create(vault_dir)
    with pytest.raises(StoreError) as caught:
        database.open_connections(vault_dir / "vault.db", bytes(32))
    assert caught.value.problems[0].code == "store.damaged"


def test_a_missing_file_is_not_made(vault_dir: Path) -> None:
    with pytest.raises(StoreError) as caught:
        database.open_connections(vault_dir / "vault.db", bytes(32))
    assert caught.value.problems[0].code == "store.unreachable"
    assert not vault_dir.exists()


def test_a_page_gone_bad_under_an_open_vault_is_damage_and_not_a_write_protected_place(vault_dir: Path) -> None:
    create(vault_dir)
    with opened(vault_dir) as connections:
        # So many that the last third of the file is theirs, however many tables there come to be.
        fill(connections.writer, rows=1500)
    path = vault_dir / "vault.db"
    content = bytearray(path.read_bytes())
    # The rows lie in the last third; the pages of the schema have to open.
    for page in range(len(content) // 4096 * 2 // 3, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    path.write_bytes(content)
    with opened(vault_dir) as connections:
        for _ in range(2):
            with pytest.raises(StoreError) as caught, connections.writer.begin():
                connections.writer.exec_driver_sql("UPDATE setting SET value = 'x'")
            assert caught.value.problems[0].code == "store.damaged"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_write_protected_file_is_a_read_only_place(vault_dir: Path) -> None:
    create(vault_dir)
    key = key_of(vault_dir)
    (vault_dir / "vault.db").chmod(0o400)
    with pytest.raises(StoreError) as caught:
        database.open_connections(vault_dir / "vault.db", key)
    assert caught.value.problems[0].code == "store.read_only_place"


_FULL = """
import pathlib, resource, signal, sys
from rehabdesk.store.cipher import StoreError
from tests.helpers.vaults import opened
folder = pathlib.Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
kept = 0
with opened(folder) as both:
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
    try:
        while True:
            with both.writer.begin():
                both.writer.exec_driver_sql("INSERT INTO setting (key, value) VALUES (?, ?)", (f"test.{kept}", "x" * 3000))
            kept += 1
    except StoreError as error:
        print(error.problems[0].code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with both.writer.begin():
        both.writer.exec_driver_sql("INSERT INTO setting (key, value) VALUES (?, ?)", (f"test.{kept}", "made room"))
print(kept + 1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE")
def test_a_full_disk_loses_nothing_acknowledged_and_the_next_try_works(vault_dir: Path) -> None:
    create(vault_dir)
    done = subprocess.run([sys.executable, "-c", _FULL, str(vault_dir)], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    code, kept = done.stdout.split()
    assert code in ("store.disk_full", "store.write_failed")
    with opened(vault_dir) as connections, connections.reader.begin():
        assert connections.reader.exec_driver_sql("SELECT count(*) FROM setting WHERE key LIKE 'test.%'").scalar() == int(kept)
        assert connections.reader.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "store.disk_full"),
        (errno.EFBIG, "store.disk_full"),
        (errno.EROFS, "store.read_only_place"),
        (errno.EACCES, "store.read_only_place"),
        (errno.EIO, "store.unreachable"),
        (errno.ENOENT, "store.unreachable"),
    ],
)
def test_the_systems_errors_are_told_apart(number: int, code: str) -> None:
    assert cipher.problem_of(OSError(number, "x")).code == code


def test_our_own_mistakes_stay_loud(connections: database.Connections) -> None:
    with pytest.raises(OperationalError), connections.writer.begin():
        connections.writer.exec_driver_sql("SELECT nonsense")
    with pytest.raises(ZeroDivisionError), database.translated_errors():
        raise ZeroDivisionError


_CRASH = """
import pathlib, sys
from tests.helpers.vaults import opened
with opened(pathlib.Path(sys.argv[1])) as both:
    number = int(sys.argv[2])
    while True:
        with both.writer.begin():
            both.writer.exec_driver_sql("INSERT INTO setting (key, value) VALUES (?, 'x')", (f"test.{number}",))
        print(number, flush=True)
        number += 1
"""


@pytest.mark.slow
def test_a_killed_program_loses_nothing_it_was_told_is_saved(vault_dir: Path) -> None:
    create(vault_dir)
    acknowledged = -1
    for round_number in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", _CRASH, str(vault_dir), str(acknowledged + 1000)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for _ in range(7 * round_number + 1):
            acknowledged = int(child.stdout.readline())
        child.kill()
        rest, _ = child.communicate()
        acknowledged = int((rest.split() or [acknowledged])[-1])
        with opened(vault_dir) as connections, connections.reader.begin():
            assert connections.reader.exec_driver_sql(f"SELECT count(*) FROM setting WHERE key = 'test.{acknowledged}'").scalar() == 1
            assert connections.reader.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


# Python 3.14 wants a real path for this; a real Windows path cannot be made elsewhere.
@pytest.mark.filterwarnings("ignore:.*as_uri:DeprecationWarning")
@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/eva/a ?#b.db"), "file:///home/eva/a%20%3F%23b.db"),
        (PureWindowsPath(r"C:\Users\eva\a.db"), "file:///C:/Users/eva/a.db"),
        (PureWindowsPath(r"\\server\hem\a.db"), "file:////server/hem/a.db"),
    ],
)
def test_a_path_is_given_to_sqlite_as_it_reads_them(path: PurePath, uri: str) -> None:
    assert cipher._uri(path) == uri
