"""`rehabdesk`: the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from rehabdesk.commands.secret import passphrase
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.texts import Texts


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Open the window; with a passphrase from a file the vault is unlocked at once."""
    from rehabdesk import app

    refuse_if([] if has_display(sys.platform, os.environ) else [Problem("cli.no_display")])
    secret = passphrase(asked.passphrase_file, texts) if asked.passphrase_file else None
    start = app.Start(Path(asked.vault) if asked.vault else None, secret, asked.lang or texts.language, asked.covers)
    return app.run(start)


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Whether a window can be shown; Qt itself ends the process with a core dump where it cannot."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform in ("win32", "darwin") or any(variables.get(name) for name in named)
