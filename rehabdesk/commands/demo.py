"""`rehabdesk demo`: makes a vault with an invented forum in it, whole or not at all."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from rehabdesk.commands.secret import passphrase
from rehabdesk.texts import Texts


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Make the demo forum, and open it unless that is declined."""
    from rehabdesk import app

    folder = Path(asked.vault).absolute()
    secret = passphrase(asked.passphrase_file, texts, new=True)
    make(folder, secret, asked.scale, texts)
    print(folder)
    if asked.no_open:
        return 0
    return app.run(app.Start(folder, secret, texts.language))


def make(folder: Path, secret: str, scale: int, texts: Texts) -> None:
    """Fill a vault beside its place and rename it when it is whole: a kill leaves no half one."""
    from rehabdesk import app
    from rehabdesk.services import demo, settings, vault
    from rehabdesk.store.cipher import world_errors
    from rehabdesk.store.vault import VaultError

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise VaultError("vault.place_taken", folder, "folder")
    with world_errors(proved_writable=False):
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    try:
        unlocked, _ = vault.create_vault(beside, secret, texts.say("Coordinator"))
        clock = app.system_clock()
        with app.opened(unlocked, clock) as store:
            demo.build(store, today=clock.today(), scale=scale)
            settings.mark_demo(store)
        with world_errors(proved_writable=False):
            if folder.exists():
                folder.rmdir()
            beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
