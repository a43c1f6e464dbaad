"""The check of a whole vault: it finds what is wrong, in use or not, and never writes to what it looks at."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from rehabdesk.domain.problems import Problem
from rehabdesk.store import health, vault
from rehabdesk.store.private_copy import opened_privately
from tests.helpers.vaults import PASSPHRASE, bare, create, fill, opened


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def codes(folder: Path, **how: object) -> list[str]:
    return [problem.code for problem in health.check(folder, PASSPHRASE, **how)]


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_whole_vault_is_whole_and_untouched_and_no_copy_stays(vault_dir: Path, temporary: Path) -> None:
    create(vault_dir)
    with opened(vault_dir) as connections:
        fill(connections.writer)
    before = everything(vault_dir)
    assert codes(vault_dir) == []
    assert everything(vault_dir) == before
    assert list(temporary.iterdir()) == []


def test_a_killed_programs_log_of_writes_is_no_damage(vault_dir: Path, tmp_path: Path) -> None:
    create(vault_dir)
    left = tmp_path / "Left.rehabdesk"
    with opened(vault_dir) as connections:
        fill(connections.writer)
        shutil.copytree(vault_dir, left)
    assert (left / "vault.db-wal").stat().st_size
    before = everything(left)
    assert codes(left) == []
    assert everything(left) == before


def test_a_vault_in_use_is_looked_at_in_place(vault_dir: Path) -> None:
    create(vault_dir)
    with opened(vault_dir) as connections:
        fill(connections.writer, 20)
        with opened_privately(vault_dir) as look:
            assert (look.folder, look.in_place) == (vault_dir, True)
        seen: list[int] = []

        def count(connection) -> tuple[Problem, ...]:
            seen.append(connection.exec_driver_sql("SELECT count(*) FROM setting WHERE key LIKE 'test.%'").scalar())
            return ()

        assert codes(vault_dir, room_checks=[count]) == []
        assert seen == [20]
        with connections.writer.begin():
            connections.writer.exec_driver_sql("DELETE FROM setting")


@pytest.mark.parametrize("page", [1, 2, 5, 20, -1])
def test_a_bad_page_is_found(vault_dir: Path, page: int) -> None:
    create(vault_dir)
    with opened(vault_dir) as connections:
        fill(connections.writer)
    path = vault_dir / "vault.db"
    content = bytearray(path.read_bytes())
    content[(page % (len(content) // 4096)) * 4096 + 2000] ^= 4
    path.write_bytes(content)
    before = everything(vault_dir)
    assert codes(vault_dir) == ["store.damaged"]
    assert everything(vault_dir) == before


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        ("CREATE TABLE extra (a)", ["vault.schema_differs"]),
        ("DROP INDEX ix_log_entry_subject_subject_id", ["vault.schema_differs"]),
        ("INSERT INTO hand_out (session_id, paper, reader, medium, language, state, is_later, version, queued_at, kept_on) "
         "SELECT 4711, 'agenda', 'file', 'paper', 'sv', 'waiting', 0, 1, '', ''", ["vault.orphans"]),
        ("INSERT INTO log_entry VALUES (5, '', 'a', NULL, NULL, '{}', '', '')", ["log.cut"]),
    ],
)
def test_what_else_can_be_wrong_has_its_own_finding(vault_dir: Path, harm: str, found: list[str]) -> None:
    create(vault_dir)
    connection = bare(vault_dir)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(harm)
    connection.close()
    result = codes(vault_dir)
    assert set(found) <= set(result)


def test_a_room_can_add_a_check_of_its_own(vault_dir: Path) -> None:
    create(vault_dir)
    assert codes(vault_dir, room_checks=[lambda connection: [Problem("minutes.digest_differs")]]) == ["minutes.digest_differs"]


def test_a_wrong_passphrase_or_no_vault_is_refused_and_nothing_stays(vault_dir: Path, temporary: Path) -> None:
    with pytest.raises(vault.VaultError) as caught:
        health.check(vault_dir, PASSPHRASE)
    assert caught.value.code == "vault.unreachable"
    create(vault_dir)
    with pytest.raises(vault.VaultError) as caught:
        health.check(vault_dir, "wrong")
    assert caught.value.code == "vault.wrong_passphrase"
    assert list(temporary.iterdir()) == []


def test_the_private_copy_is_for_its_owner_alone(vault_dir: Path) -> None:
    create(vault_dir)
    with opened_privately(vault_dir) as look:
        assert not look.in_place
        assert look.folder.stat().st_mode & 0o077 == 0
        assert look.folder.parent.stat().st_mode & 0o077 == 0
