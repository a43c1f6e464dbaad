"""Nothing typed lies in plain text anywhere afterwards, no socket was asked for, and no title or log line names anybody."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from tests.privacy.whole_day import MARK, NUMBER

ROOT = Path(__file__).resolve().parents[2]


def plain_traces(folder: Path, *secrets: str) -> list[str]:
    """The files that hold one of the words, in any of the ways a program may write them."""
    wanted = {
        form.encode(encoding)
        for secret in secrets
        for form in (secret, secret.lower(), secret.upper(), unicodedata.normalize("NFD", secret))
        for encoding in ("utf-8", "utf-16-le", "utf-16-be")
    }
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and any(word in file.read_bytes() for word in wanted):
            found.append(str(file.relative_to(folder)))
        if any(secret.casefold() in file.name.casefold() for secret in secrets):
            found.append(file.name)
    return found


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """The folder of a lived day, and what its process told."""
    folder = tmp_path_factory.mktemp("day")
    places = {name: str(folder / name) for name in ("home", "tmp", "rehabdesk", "config", "cache", "data", "runtime")}
    for place in places.values():
        Path(place).mkdir(mode=0o700)
    environment = {
        **os.environ, "HOME": places["home"], "USERPROFILE": places["home"], "TMPDIR": places["tmp"], "TEMP": places["tmp"], "TMP": places["tmp"],
        "REHABDESK_HOME": places["rehabdesk"], "XDG_CONFIG_HOME": places["config"], "XDG_CACHE_HOME": places["cache"],
        "XDG_DATA_HOME": places["data"], "XDG_RUNTIME_DIR": places["runtime"], "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
    }
    script = Path(__file__).with_name("whole_day.py")
    lived = subprocess.run([sys.executable, str(script), str(folder)], env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert lived.returncode == 0, lived.stderr[-3000:]
    return folder, {**json.loads(lived.stdout), "stderr": lived.stderr}


def test_the_day_was_lived(day):
    folder, told = day
    assert told["markers"] >= 55
    assert len(told["started"]) == 1
    assert (folder / "Forum.rehabdesk" / "vault.db").stat().st_size > 100_000


def test_nothing_typed_lies_in_plain_text_anywhere(day):
    folder, _ = day
    assert plain_traces(folder, MARK, NUMBER, NUMBER[2:], "tuba ångbåt") == []


def test_nothing_was_written_outside(day):
    assert day[1]["outside"] == []


def test_no_socket_was_asked_for(day):
    assert day[1]["sockets"] == []


def test_no_title_names_anybody(day):
    assert set(day[1]["titles"]) <= {"", "rehabdesk"}


def test_the_log_tells_where_and_never_what(day):
    folder, _ = day
    log = (folder / "rehabdesk" / "log" / "rehabdesk.log").read_text(encoding="utf-8")
    assert "ValueError" in log
    assert MARK.casefold() not in log.casefold()
    # A path in it would tell the user's name.
    assert str(ROOT) not in log


def test_nothing_is_left_among_the_temporary_files(day):
    folder, _ = day
    assert [file for file in (folder / "tmp").rglob("*") if file.is_file()] == []


def test_what_the_fresh_process_is_told_names_nobody(day):
    assert MARK not in json.dumps(day[1]["started"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_the_search_would_find_it(tmp_path, encoding):
    (tmp_path / "spår").write_bytes(b"\x00\x01" + f"ord {MARK} ord".encode(encoding))
    assert plain_traces(tmp_path, MARK) == ["spår"]
    (tmp_path / f"{MARK}.pdf").touch()
    assert len(plain_traces(tmp_path, MARK)) == 2


def test_the_watch_would_hear_it(tmp_path):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from tests.privacy.whole_day import Watch;"
        "w = Watch(Path(sys.argv[2])); sys.addaudithook(w.hear); import socket; socket.socket().close();"
        "open(sys.argv[2] + '/../ute', 'w').close(); sys.exit(0 if w.sockets and w.outside else 1)"
    )
    inside = tmp_path / "inne"
    inside.mkdir()
    assert subprocess.run([sys.executable, "-c", code, str(ROOT), str(inside)], check=False).returncode == 0
