"""Poor places for a vault are recognised on three systems, from what the machine would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehabdesk.store import place, vault
from rehabdesk.store.place import Surroundings

MOUNTS = (
    ("/", "ext4"),
    ("/home", "ext4"),
    ("/home/eva/utdelning", "cifs"),
    ("/srv", "nfs4"),
    ("/run/user/1000/gvfs", "fuse.gvfsd-fuse"),
    ("/media/eva/STICKA", "vfat"),
    ("/Volumes/share", "smbfs"),
)


def surroundings(*, windows: bool, drive: int = 3) -> Surroundings:
    variables = {"OneDriveCommercial": r"C:\Users\eva\Molnet"} if windows else {}
    return Surroundings(windows, variables, lambda: MOUNTS, lambda root: drive)


@pytest.mark.parametrize(
    ("folder", "codes"),
    [
        ("/home/eva/Forum.rehabdesk", []),
        ("/home/eva/utdelningar/Forum.rehabdesk", []),
        ("/home/eva/utdelning/Forum.rehabdesk", ["vault.network_place"]),
        ("/srv/x/Forum.rehabdesk", ["vault.network_place"]),
        ("/run/user/1000/gvfs/smb-share:server=a/Forum.rehabdesk", ["vault.network_place"]),
        ("/Volumes/share/Forum.rehabdesk", ["vault.network_place"]),
        ("/media/eva/STICKA/Forum.rehabdesk", ["vault.removable_place"]),
        ("/home/eva/Dropbox (Arbete)/Forum.rehabdesk", ["vault.sync_folder"]),
        ("/Users/eva/Library/Mobile Documents/com~apple~CloudDocs/F.rehabdesk", ["vault.sync_folder"]),
        ("/Users/eva/Library/CloudStorage/OneDrive-VaraKommun/F.rehabdesk", ["vault.sync_folder"]),
        ("/home/eva/utdelning/Nextcloud/F.rehabdesk", ["vault.sync_folder", "vault.network_place"]),
    ],
)
def test_places_on_linux_and_mac(folder: str, codes: list[str]) -> None:
    assert [problem.code for problem in place.warnings_about(folder, surroundings(windows=False))] == codes


@pytest.mark.parametrize(
    ("folder", "drive", "codes"),
    [
        (r"C:\Users\eva\Documents\Forum.rehabdesk", 3, []),
        (r"C:\Users\eva\Molnet\Forum.rehabdesk", 3, ["vault.sync_folder"]),
        (r"C:\Users\eva\OneDrive - Vara kommun\Forum.rehabdesk", 3, ["vault.sync_folder"]),
        (r"\\server\hem\eva\Forum.rehabdesk", 3, ["vault.network_place"]),
        (r"H:\Forum.rehabdesk", 4, ["vault.network_place"]),
        (r"E:\Forum.rehabdesk", 2, ["vault.removable_place"]),
    ],
)
def test_places_on_windows(folder: str, drive: int, codes: list[str]) -> None:
    assert [problem.code for problem in place.warnings_about(folder, surroundings(windows=True, drive=drive))] == codes


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("vault.db", False),
        ("vault.db-wal", False),
        ("keys.json", False),
        ("keys.json.bak", False),
        ("vault.lock", False),
        ("before-upgrade-1", False),
        ("vault (Eva's conflicted copy 2026-11-22).db", True),
        ("vault (Evas dator, konflikt).db", True),
        ("vault-DESKTOP7.db", True),
        ("keys-LAPTOP.json", True),
        ("vault (1).db", True),
    ],
)
def test_what_a_cloud_service_leaves_behind_is_recognised(name: str, is_one: bool) -> None:
    assert place.looks_like_conflict_copy(name) is is_one


def test_the_real_machine_can_be_asked(tmp_path: Path) -> None:
    assert vault.place_warnings(tmp_path / "Forum.rehabdesk") == ()
    (tmp_path / "vault-DESKTOP7.db").touch()
    (found,) = vault.place_warnings(tmp_path)
    assert (found.code, found.params["name"]) == ("vault.conflict_copies", "vault-DESKTOP7.db")
