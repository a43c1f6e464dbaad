"""Where the program's own files lie: what it brings along, and what it keeps for this user on this machine.

`REHABDESK_HOME` moves everything kept for the user into one folder; the tests and a portable installation use it.
"""

from __future__ import annotations

import os
from pathlib import Path

_NAME = "rehabdesk"


def resources() -> Path:
    """The folder with fonts, icons, translations and rules.

    In a wheel, and in a frozen program (which is made from the wheel), it lies inside the package; in a checkout beside
    it.
    """
    package = Path(__file__).resolve().parent
    inside = package / "_resources"
    return inside if inside.is_dir() else package.parent / "resources"


def settings_file() -> Path:
    """The machine's settings."""
    return _user_folder("config") / "settings.json"


def log_folder() -> Path:
    """Where the log files lie."""
    return _user_folder("log")


def data_folder() -> Path:
    """Where a new vault is proposed: on this computer, outside the folders that are usually synchronised."""
    return _user_folder("data")


def rules_folder() -> Path:
    """Where newer rule files can be laid (`resources/rules/README.md`)."""
    return _user_folder("config") / "rules"


def _user_folder(kind: str) -> Path:
    moved = os.environ.get("REHABDESK_HOME")
    if moved:
        return Path(moved) / kind
    # Not on the way to the lock screen for those who only want `resources()`.
    import platformdirs

    folders = {
        "config": platformdirs.user_config_path,
        "log": platformdirs.user_log_path,
        "data": platformdirs.user_data_path,
    }
    # Without an author Windows would get the name twice; local, since a roaming profile is a copy on a server.
    return folders[kind](_NAME, appauthor=False)
