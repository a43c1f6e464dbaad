"""What every test stands on: a clock that stands still, a home of its own, Swedish texts, a real encrypted store.

The floors are imported inside the fixtures, so that a test of the rules does not pay for Qt and the database.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.clock import FakeClock
from tests.helpers.logfail import fail_on_unexpected_log

__all__ = ["fail_on_unexpected_log"]

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Local time is never UTC here, so that a mix-up shows; spelt out, since a bare container has no time zone files.
os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
if hasattr(time, "tzset"):
    time.tzset()

# Slow is judged by the benchmarks; here a busy machine must not turn a right answer into a failure.
_PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("dev", max_examples=50, **_PATIENT)
settings.register_profile("ci", max_examples=100, derandomize=True, **_PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for settings, logs and vaults of this test alone, its child processes included."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("REHABDESK_HOME", str(folder))
    return folder


@pytest.fixture
def qtbot(qapp, request: pytest.FixtureRequest):
    """pytest-qt's, with more patience."""
    from tests.helpers.patience import PatientBot

    return PatientBot(request)


@pytest.fixture
def clock() -> FakeClock:
    """Sunday 22 November 2026, 09:00, until the test moves it."""
    return FakeClock()


@pytest.fixture
def texts():
    """The Swedish texts."""
    from rehabdesk.texts import texts_for

    return texts_for("sv")


@pytest.fixture
def texts_en():
    """The English texts."""
    from rehabdesk.texts import texts_for

    return texts_for("en")


@pytest.fixture
def vault_dir(tmp_path: Path) -> Path:
    """Where a test's vault goes; nothing lies there yet."""
    return tmp_path / "Forum.rehabdesk"


@pytest.fixture
def cheap_kdf():
    """A key derivation that costs nothing; for tests alone, where no secret is worth guessing."""
    from tests.helpers.vaults import CHEAP

    return CHEAP


@pytest.fixture
def passphrase() -> str:
    """What opens the vaults made here."""
    from tests.helpers.vaults import PASSPHRASE

    return PASSPHRASE


@pytest.fixture
def vault(vault_dir: Path, cheap_kdf, passphrase: str):
    """A new, empty, encrypted vault, unlocked."""
    from rehabdesk.store import vault as vaults

    unlocked, _ = vaults.create(vault_dir, passphrase, holder_name="Samordnare", kdf=cheap_kdf)
    yield unlocked
    unlocked.close()


@pytest.fixture
def store(vault, clock: FakeClock):
    """The real store on that vault, at the standing clock."""
    from rehabdesk.store.database import open_connections
    from rehabdesk.store.store import Store

    opened = Store(open_connections(vault.database_path, vault.data_key), clock)
    yield opened
    opened.close()
