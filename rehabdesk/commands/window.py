"""`rehabdesk`: the window."""

from __future__ import annotations

import argparse
from pathlib import Path

from rehabdesk.commands.secret import passphrase
from rehabdesk.texts import Texts


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Open the window; with a passphrase from a file the vault is unlocked at once."""
    from rehabdesk import app

    secret = passphrase(asked.passphrase_file, texts) if asked.passphrase_file else None
    start = app.Start(Path(asked.vault) if asked.vault else None, secret, asked.lang or texts.language, asked.covers)
    return app.run(start)
