"""What kind of place a folder is in: a network share, a folder some service synchronises, a stick that gets pulled out.

A vault in such a place works until the day two machines write to it, so the person is warned while choosing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath

from rehabdesk.domain.problems import Problem

_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_SYNC_NAMES = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "my drive",
    "min enhet",
    "icloud drive",
    "iclouddrive",
    "mobile documents",
    "cloudstorage",
    "nextcloud",
    "owncloud",
    "box sync",
    "syncthing",
)
_NETWORK_TYPES = frozenset({"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "afs", "9p", "ncpfs"})
_NETWORK_FUSE = ("fuse.sshfs", "fuse.rclone", "fuse.davfs", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver")
_WINDOWS_REMOVABLE, _WINDOWS_REMOTE = 2, 4


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the machine says about its places; tests say it in its stead."""

    windows: bool
    variables: Mapping[str, str]
    mounts: Callable[[], Sequence[tuple[str, str]]]
    drive_type: Callable[[str], int]


def real_surroundings() -> Surroundings:
    """This machine."""
    return Surroundings(sys.platform == "win32", os.environ, _mounts, _drive_type)


def warnings_about(folder: PurePath | str, surroundings: Surroundings) -> tuple[Problem, ...]:
    """Why this folder is a poor place for a vault; empty for an ordinary one. `folder` is absolute."""
    path = PureWindowsPath(folder) if surroundings.windows else PurePosixPath(folder)
    found = []
    if _is_synchronised(path, surroundings):
        found.append(Problem("vault.sync_folder", "folder"))
    kind = _windows_kind(path, surroundings) if surroundings.windows else _mount_kind(path, surroundings)
    if kind == "network":
        found.append(Problem("vault.network_place", "folder"))
    elif kind == "removable":
        found.append(Problem("vault.removable_place", "folder"))
    return tuple(found)


def looks_like_conflict_copy(name: str) -> bool:
    """Whether a file in a vault is what a synchronising service leaves when two machines wrote."""
    lowered = name.lower()
    if "conflict" in lowered or "konflikt" in lowered:
        return True
    # OneDrive appends the machine's name: vault-DESKTOP7.db, keys-DESKTOP7.json.
    stem, dot, ending = lowered.partition(".")
    return bool(dot) and (stem.startswith(("vault-", "keys-")) or " (" in stem) and ending.startswith(("db", "json"))


def _is_synchronised(path: PurePath, surroundings: Surroundings) -> bool:
    for variable in _SYNC_VARIABLES:
        root = surroundings.variables.get(variable)
        if root and path.is_relative_to(type(path)(root)):
            return True
    # "OneDrive - Vara kommun", "Dropbox (Arbete)": the service's name comes first.
    return any(part.lower().startswith(_SYNC_NAMES) for part in path.parts)


def _windows_kind(path: PurePath, surroundings: Surroundings) -> str:
    if path.drive.startswith("\\\\"):
        return "network"
    kind = surroundings.drive_type(path.drive + "\\")
    return {_WINDOWS_REMOTE: "network", _WINDOWS_REMOVABLE: "removable"}.get(kind, "")


def _mount_kind(path: PurePath, surroundings: Surroundings) -> str:
    covering = [(point, kind) for point, kind in surroundings.mounts() if path.is_relative_to(point)]
    if not covering:
        return ""
    point, kind = max(covering, key=_depth)
    if kind in _NETWORK_TYPES or kind.startswith(_NETWORK_FUSE):
        return "network"
    return "removable" if point.startswith(("/media/", "/run/media/")) else ""


def _depth(mount: tuple[str, str]) -> int:
    return len(PurePosixPath(mount[0]).parts)


def _mounts() -> Sequence[tuple[str, str]]:
    if sys.platform.startswith("linux"):
        with open("/proc/self/mounts", encoding="utf-8", errors="surrogateescape") as file:
            rows = [line.split() for line in file]
        return [(_unescaped(row[1]), row[2]) for row in rows if len(row) > 2]
    try:
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    # "//anna@server/share on /Volumes/share (smbfs, nodev, nosuid)"
    pairs = (line.partition(" on ")[2].rpartition(" (") for line in listed.splitlines())
    return [(point, options.split(",")[0].rstrip(")")) for point, _, options in pairs if point]


def _unescaped(point: str) -> str:
    return point.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\")


def _drive_type(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))
