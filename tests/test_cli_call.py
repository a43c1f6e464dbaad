"""`rehabdesk paper call` on a real vault: one letter that may not be made keeps nobody else from hers, and is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabdesk.cli import main
from rehabdesk.services import circumstances, consent
from rehabdesk.store import database, vault
from rehabdesk.store.queries import hand_outs
from rehabdesk.store.store import Store
from tests.helpers.clock import FakeClock
from tests.helpers.forum import small_forum
from tests.helpers.vaults import PASSPHRASE, new_store

NO_CONSENT = "Brevet till {} gjordes inte. Inget samtycke omfattar parten i dag, så papperet görs inte.\n"
#: Called, and never consented to.
AF = NO_CONSENT.format("Arbetsförmedlingen")
HOME = "Brevet till deltagaren i RF-2026-001 gjordes inte. Deltagaren vill inte ha papper hem."


@pytest.fixture
def made(vault_dir: Path, cheap_kdf, tmp_path: Path, capsys, monkeypatch):
    """`made(what, *arguments)` makes a forum of one case, does `what` to it, and asks for the letters: exit code, files, said."""
    secret = tmp_path / "lösenfras"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    monkeypatch.setattr("rehabdesk.app.system_clock", FakeClock)

    def made(what, *arguments: str) -> tuple[int, list[str], str]:
        with new_store(vault_dir) as store:
            what(store, small_forum(store, cases_count=1))
        code = main(
            ["--lang", "sv", "paper", "call", "--vault", str(vault_dir), "--case", "RF-2026-001", *arguments, "--out",
             str(tmp_path / "ut"), "--passphrase-file", str(secret)]
        )  # fmt: skip
        said = capsys.readouterr()
        return code, [Path(line).name for line in said.out.splitlines()], said.err

    return made


def copies(folder: Path) -> int:
    with vault.unlock(folder, PASSPHRASE) as unlocked:
        store = Store(database.open_connections(unlocked.database_path, unlocked.data_key), FakeClock())
        found = len(store.read(hand_outs.files_not_gone))
        store.close()
    return found


def no_paper_home(store, forum):
    circumstances.set_no_paper_home(store, forum.case_ids[0], True)


def test_every_letter_is_a_file(made, vault_dir):
    code, files, said = made(lambda store, forum: None)
    assert (code, len(files), said) == (0, 4, AF) and copies(vault_dir) == 4


def test_without_paper_home_the_others_get_theirs(made, vault_dir):
    code, files, said = made(no_paper_home)
    assert (code, len(files), said.endswith(AF)) == (0, 3, True)
    assert said.startswith(HOME) and len(said.splitlines()) == 2 and copies(vault_dir) == 3


def test_a_party_without_consent_is_told_of(made):
    def withdrawn(store, forum):
        consent.withdraw(store, forum.case_ids[0], [forum.party_ids["FK"]])

    code, files, said = made(withdrawn)
    assert (code, len(files)) == (0, 3)
    assert said == AF + NO_CONSENT.format("Försäkringskassan")


def test_where_none_can_be_made_it_is_refused(made, vault_dir):
    def withdrawn(store, forum):
        no_paper_home(store, forum)
        consent.withdraw(store, forum.case_ids[0])

    code, files, said = made(withdrawn)
    assert (code, files) == (1, []) and len(said.splitlines()) >= 1 and copies(vault_dir) == 0
    assert not (vault_dir.parent / "ut").exists()


def test_one_party_alone_gets_its_reason(made):
    def withdrawn(store, forum):
        consent.withdraw(store, forum.case_ids[0], [forum.party_ids["FK"]])

    code, files, said = made(withdrawn, "--party", "FK")
    assert (code, files) == (1, []) and "Inget samtycke omfattar parten i dag" in said
