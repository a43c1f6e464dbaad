"""The verbs of the wizard and the lock screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabdesk.domain.problems import Refused
from rehabdesk.services import vault
from tests.helpers.vaults import CHEAP, PASSPHRASE


def code(caught: pytest.ExceptionInfo[Refused]) -> str:
    return caught.value.problems[0].code


def test_from_wizard_to_unlocked_to_checked(vault_dir: Path) -> None:
    key = vault.generate_recovery_key()
    with pytest.raises(Refused) as caught:
        vault.confirm_recovery_key("9VNH2", key)
    assert code(caught) == "recovery.mistyped"
    vault.confirm_recovery_key(key.lower(), key)
    assert vault.warnings_about(vault_dir) == ()
    made, recovery_key = vault.create_vault(vault_dir, PASSPHRASE, "Samordnare", recovery_key=key, kdf=CHEAP)
    made.close()
    assert recovery_key == key and vault.is_vault(vault_dir)
    (holder,) = vault.holders(vault_dir)
    for secret in (PASSPHRASE, key):
        vault.unlock(vault_dir, secret, holder).close()
    assert vault.check(vault_dir, PASSPHRASE) == ()


def test_a_weak_passphrase_makes_no_vault(vault_dir: Path) -> None:
    with pytest.raises(Refused) as caught:
        vault.create_vault(vault_dir, "sommar2026", "Samordnare", kdf=CHEAP)
    assert code(caught) == "passphrase.too_short"
    assert not vault_dir.exists()


def test_holders_come_change_and_go(vault_dir: Path) -> None:
    made, _ = vault.create_vault(vault_dir, PASSPHRASE, "Samordnare", kdf=CHEAP)
    with made:
        deputy = vault.add_holder(made, "ugglor i mossen och grankottar", "Ersättare", kdf=CHEAP)
        with pytest.raises(Refused):
            vault.change_passphrase(made, PASSPHRASE, "kort", kdf=CHEAP)
        vault.change_passphrase(made, PASSPHRASE, "skiftnyckel morot vinterdäck ö", kdf=CHEAP)
        vault.remove_holder(made, deputy)
        key = vault.generate_recovery_key()
        vault.replace_recovery_key(made, key)
    assert [holder.name for holder in vault.holders(vault_dir)] == ["Samordnare"]
    for secret in ("skiftnyckel morot vinterdäck ö", key):
        vault.unlock(vault_dir, secret).close()


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Vara", "Vara.rehabdesk"),
        ("  Rehabforum   Vara. ", "Rehabforum Vara.rehabdesk"),
        ("Vara.rehabdesk", "Vara.rehabdesk"),
        ("../../etc/passwd", "etcpasswd.rehabdesk"),
        ("C:\\Windows", "CWindows.rehabdesk"),
        ("con", "Forum con.rehabdesk"),
        ("LPT1", "Forum LPT1.rehabdesk"),
        ("a\u202eb\x00c\n", "abc.rehabdesk"),
        ("A\u030angaryd", "Ångaryd.rehabdesk"),
        ("x" * 300, "x" * 80 + ".rehabdesk"),
    ],
)
def test_a_typed_name_is_a_safe_folder_beside_the_others(tmp_path: Path, name: str, folder: str) -> None:
    assert vault.folder_for(tmp_path, name) == tmp_path / folder


@pytest.mark.parametrize("name", ["", "  ", "...", "///", "\u200b", ".rehabdesk"])
def test_a_name_of_nothing_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as caught:
        vault.folder_for(tmp_path, name)
    assert code(caught) == "vault.name_missing"
