"""Demo forums of a size, built once into the system's temporary folder and used again until the generator changes."""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from rehabdesk.domain.clock import Clock
from rehabdesk.paths import resources
from rehabdesk.store import database, vault
from rehabdesk.store.key_slots import Kdf
from rehabdesk.store.store import Store
from tests.helpers.vaults import PASSPHRASE

#: The day every figure is about, so that the same vault serves every run.
TODAY = date(2026, 11, 22)
ROOT = Path(__file__).resolve().parents[2]
_MAKES_IT = ("rehabdesk/services/demo", "rehabdesk/store/tables", "rehabdesk/store/migrations", "resources/demo")


def demo_vault(scale: int, kdf: Kdf | None = None) -> Path:
    """The folder of a demo vault of that scale. Its key derivation is the one a real vault gets, unless told."""
    cache = Path(tempfile.gettempdir()) / "rehabdesk-benchmarks"
    kind = f"demo-{scale}-{'real' if kdf is None else 'quick'}"
    name = f"{kind}-{_fingerprint()}"
    folder = cache / f"{name}.rehabdesk"
    if folder.exists():
        return folder
    cache.mkdir(mode=0o700, exist_ok=True)
    for old in cache.glob(f"{kind}-*.rehabdesk"):
        shutil.rmtree(old)
    # In a folder of its own: two runs may build the same forum at once, and the first that is done serves both.
    part = Path(tempfile.mkdtemp(prefix=f"{kind}-", suffix=".part", dir=cache))
    try:
        _build(part / name, scale, kdf)
        if not folder.exists():
            (part / name).rename(folder)
    finally:
        shutil.rmtree(part)
    return folder


def copied(scale: int, place: Path, kdf: Kdf | None = None) -> Path:
    """A copy of that vault to write in."""
    folder = place / "Demo.rehabdesk"
    shutil.copytree(demo_vault(scale, kdf), folder)
    return folder


def open_store(unlocked: vault.UnlockedVault) -> Store:
    """Its store, on the day the figures are about."""
    return Store(database.open_connections(unlocked.database_path, unlocked.data_key), fixed_clock())


def fixed_clock() -> Clock:
    """That day at nine, while the counter runs."""
    return Clock(now=_nine, monotonic=time.monotonic)


def _nine() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0)


def _build(folder: Path, scale: int, kdf: Kdf | None) -> None:
    from rehabdesk.services import demo

    print(f"Building a demo vault of scale {scale} (once) …", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    unlocked, _ = vault.create(folder, PASSPHRASE, holder_name="Samordnare", kdf=kdf)
    with unlocked:
        store = open_store(unlocked)
        try:
            demo.build(store, today=TODAY, scale=scale)
        finally:
            store.close()


def _fingerprint() -> str:
    digest = hashlib.sha256()
    files = (path for place in _MAKES_IT for path in (ROOT / place).rglob("*") if path.suffix in (".py", ".json"))
    for path in sorted({*files, *resources().glob("rules/*.json")}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
