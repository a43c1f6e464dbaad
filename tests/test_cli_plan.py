"""`rehabdesk paper plan` and `plan-plain` on a real vault: files, versions, and what is said where there is no plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabdesk.cli import main
from rehabdesk.domain.plans import PlanText
from rehabdesk.services import plans
from rehabdesk.store import database, vault
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.store import Store
from tests.helpers.clock import FakeClock
from tests.helpers.forum import small_forum
from tests.helpers.vaults import PASSPHRASE, new_store


@pytest.fixture
def folder(vault_dir: Path, cheap_kdf) -> Path:
    """A vault with two cases; the first has a plan."""
    with new_store(vault_dir) as store:
        forum = small_forum(store)
        plans.change_text(store, forum.case_ids[0], PlanText.OWN_GOAL, "Jag vill tillbaka till köket.")
        plans.add_goal(store, forum.case_ids[0], "Två halvdagar")
    return vault_dir


@pytest.fixture
def make(folder: Path, tmp_path: Path, capsys):
    """`make("plan", "RF-2026-001")` gives the exit code, the files' names and what was said."""
    secret = tmp_path / "lösenfras"
    secret.write_text(PASSPHRASE, encoding="utf-8")

    def made(kind: str, case: str) -> tuple[int, list[str], str]:
        out = tmp_path / "ut"
        code = main(
            ["--lang", "sv", "paper", kind, "--vault", str(folder), "--case", case, "--out", str(out), "--passphrase-file", str(secret)]
        )
        said = capsys.readouterr()
        return code, [Path(line).name for line in said.out.splitlines()], said.err

    return made


def test_both_papers_are_files_of_one_version(make, folder):
    code, files, _ = make("plan", "RF-2026-001")
    assert (code, len(files)) == (0, 1)
    assert files[0].startswith("handlingsplan RF-2026-001")
    code, files, _ = make("plan-plain", "RF-2026-001")
    assert code == 0
    assert files[0].startswith("din plan RF-2026-001")
    with vault.unlock(folder, PASSPHRASE) as unlocked:
        store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), FakeClock())
        assert [row.version for row in store.read(queries.versions, 1)] == [1]
        store.close()


def test_without_a_plan_a_sentence_says_so(make):
    code, files, said = make("plan", "RF-2026-002")
    assert (code != 0, files) == (True, [])
    assert "Ärendet har ingen handlingsplan än." in said
