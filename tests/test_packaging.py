"""Set-up: the locks are whole, the wheel carries its resources, and dev.py decides rightly on machines we do not have."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from tests.helpers.floors import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")


@pytest.fixture
def dev():
    """packaging/dev.py as a module."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "packaging" / "dev.py")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def pins(lock: str) -> dict[tuple[str, str], str]:
    """What a lock file pins: name and marker against the whole entry."""
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    return {(entry.split("==")[0], entry.partition(";")[2].split("\\")[0].strip()): entry for entry in entries}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_index_is_named(lock):
    text = (ROOT / "packaging" / lock).read_text(encoding="utf-8")
    assert "index-url" not in text and "find-links" not in text and "://" not in text
    assert pins(lock)
    for name, entry in pins(lock).items():
        assert "==" in entry.splitlines()[0] and "--hash=sha256:" in entry, name


def test_the_tests_lock_holds_the_programs_lock():
    versions = [{pin: entry.split()[0] for pin, entry in pins(lock).items()} for lock in LOCKS]
    assert versions[0].items() <= versions[1].items()


def test_the_locks_hold_what_is_asked_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for asked, lock in zip(
        (project["project"]["dependencies"], project["dependency-groups"]["dev"]), LOCKS, strict=True
    ):
        locked = {name for name, _ in pins(lock)}
        assert {re.match(r"[A-Za-z0-9-]+", one).group().lower() for one in asked} <= locked


@pytest.mark.slow
def test_the_wheel_carries_what_the_program_needs(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
        opened.extractall(tmp_path / "installed")
    ours = [file for file in (ROOT / "resources").rglob("*") if file.is_file()]
    carried = {f"rehabdesk/_resources/{file.relative_to(ROOT / 'resources').as_posix()}" for file in ours}
    assert carried and carried <= names
    assert {"rehabdesk/paths.py", "rehabdesk/_resources/translations/sv.mo"} <= names
    assert not [name for name in names if name.startswith(("tests/", "packaging/")) or name.endswith(".pyc")]
    # From the wheel alone, with no checkout around it, the texts are found.
    speak = "from rehabdesk.texts import texts_for; from rehabdesk.paths import resources; print(resources()); texts_for('sv')"
    said = subprocess.run(
        [sys.executable, "-c", speak], cwd=tmp_path / "installed", check=True, capture_output=True, text=True
    )
    assert said.stdout.strip() == str(tmp_path / "installed" / "rehabdesk" / "_resources")


def test_an_old_python_is_refused_with_a_sentence(dev):
    with pytest.raises(dev.Stop, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        dev.require_python((3, 9))
    dev.require_python((3, 14))


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_whether_there_is_a_display(dev, platform, variables, shown):
    assert dev.has_display(platform, variables) is shown


def test_a_missing_library_is_named_by_its_package(dev, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "loads", lambda name: "xcb-cursor" not in name and "EGL" not in name)
    missing = dev.missing_libraries(dev.window_libraries({"DISPLAY": ":0"}))
    assert missing == ["libegl1", "libxcb-cursor0"]
    monkeypatch.setattr(sys, "platform", "win32")
    assert dev.missing_libraries(dev.QT_LIBRARIES) == []


def test_who_may_not_install_gets_one_line_with_everything(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    monkeypatch.setattr(dev, "missing_venv", lambda: ["python3.12-venv"])
    with pytest.raises(dev.Stop, match="sudo apt-get install -y python3.12-venv libegl1 xvfb$"):
        dev.require_system(["libegl1"], ["xvfb"])
    monkeypatch.setattr(dev, "missing_venv", lambda: [])
    dev.require_system([], ["xvfb"])
    assert "skipped: sudo apt-get install -y xvfb" in capsys.readouterr().err
    dev.require_system([])


def test_an_environment_that_fits_is_reused_and_another_renewed(dev, monkeypatch, tmp_path):
    steps = []
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "call", lambda command, **options: steps.append(command[1:4]))
    python = dev.venv_python(dev.VENV)
    python.parent.mkdir(parents=True)
    assert dev.prepared(dev.TEST) == python
    assert [step[1] for step in steps] == ["venv", "pip"]
    python.touch()
    assert dev.prepared(dev.TEST) == dev.prepared(dev.RUN) == python
    assert len(steps) == 2
    monkeypatch.setattr(dev, "digest_of", lambda lock_file: "another")
    monkeypatch.setattr(dev, "make_environment", lambda python: None)
    dev.prepared(dev.RUN)
    assert [step[1] for step in steps] == ["venv", "pip", "pip"]


def test_the_environments_python_on_windows(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "platform", "win32")
    assert dev.venv_python(tmp_path) == tmp_path / "Scripts" / "python.exe"


def test_without_a_display_every_paper_is_made(dev, monkeypatch, tmp_path, capsys):
    asked = []
    monkeypatch.setattr(dev, "DEMO", tmp_path)
    monkeypatch.setattr(dev, "DEMO_VAULT", tmp_path / "Demo.rehabdesk")
    monkeypatch.setattr(dev, "rehabdesk", lambda python, *arguments: asked.append(arguments) or 0)
    monkeypatch.setattr(dev, "prepared", lambda lock_file: sys.executable)
    monkeypatch.setattr(dev, "has_display", lambda platform, variables: False)
    assert dev.main(["run"]) == 0
    assert asked[0][0] == "demo" and "--no-open" in asked[0]
    assert {call[1] for call in asked[1:]} == {"minutes", "agenda", "sign-in", "action-slip", "spare"}
    assert all("--passphrase-file" in call and dev.DEMO_PASSPHRASE not in call for call in asked)
    assert str(tmp_path / "papers") in capsys.readouterr().out


def test_a_demo_that_fails_leaves_nothing_behind(dev, monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "DEMO", tmp_path)
    monkeypatch.setattr(dev, "DEMO_VAULT", tmp_path / "Demo.rehabdesk")
    monkeypatch.setattr(dev, "rehabdesk", lambda python, *arguments: dev.DEMO_VAULT.mkdir() or 1)
    with pytest.raises(dev.Stop):
        dev.demo_forum(sys.executable)
    assert not dev.DEMO_VAULT.exists()


def test_the_readme_names_the_two_commands_and_ci_runs_one():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 packaging/dev.py run" in readme and "python3 packaging/dev.py test" in readme
    assert "python3 packaging/dev.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
