"""Sets the project up and runs it. Standard library only: it is the first thing that runs on a bare machine.

    python3 packaging/dev.py run [--fresh]       the demo forum in its window; its papers where there is no display
    python3 packaging/dev.py test [pytest …]     every test, or those asked for
    python3 packaging/dev.py screenshots […]     pictures of every page
    python3 packaging/dev.py benchmarks […]      the times against their floors
    python3 packaging/dev.py lock [--upgrade]    packaging/requirements*.txt made anew from pyproject.toml

The syntax stays readable to old Pythons, so that they can be told what is needed.
"""

from __future__ import annotations

import argparse
import ctypes
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
VENV = ROOT / ".venv"
DEMO = ROOT / ".demo"
DEMO_VAULT = DEMO / "Demo.rehabdesk"
DEMO_PASSPHRASE = "tolv tranor landar i Vara"
OLDEST = (3, 11)

RUN, TEST = "requirements.txt", "requirements-dev.txt"

# What Qt's own libraries and its offscreen platform are linked against (read with objdump), and Debian's name for it.
# Ubuntu 24.04 and Debian 13 call some of these …t64; apt finds them by the old name too.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libcups.so.2": "libcups2",
}
# What its platform for X11 needs besides; Qt says only that "xcb" could not be loaded when one of them lacks.
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
# The screen reader's tree is read in a test of its own, under a virtual display, by the system's Python.
SCREEN_READER_FILES = {
    "/usr/bin/Xvfb": "xvfb",
    "/usr/bin/xauth": "xauth",
    "/usr/bin/dbus-run-session": "dbus",
    "/usr/libexec/at-spi2-registryd": "at-spi2-core",
    "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
    "/usr/lib/python3/dist-packages/gi/__init__.py": "python3-gi",
}

# The verbs of `rehabdesk paper` that together are all papers of a session.
PAPERS = (
    ("minutes", "--for", "all"),
    ("agenda",),
    ("agenda", "--for", "all"),
    ("sign-in",),
    ("action-slip", "--for", "all"),
    ("spare",),
)


class Stop(Exception):
    """Set-up cannot go on; the text says what to do."""


def main(arguments=None) -> int:
    """Do what the command line asks; the exit code is that of what was run."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = {"run": run, "test": test, "screenshots": screenshots, "benchmarks": benchmarks, "lock": lock}
    parser.add_argument("verb", choices=sorted(verbs))
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="handed on to what is run")
    asked = parser.parse_args(arguments)
    try:
        require_python(sys.version_info[:2])
        return verbs[asked.verb](asked.rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Open the demo forum, made the first time; without a display, make its papers."""
    parser = argparse.ArgumentParser(prog="dev.py run")
    parser.add_argument("--fresh", action="store_true", help="throw the demo forum away and make a new one first")
    if parser.parse_args(arguments).fresh and DEMO.exists():
        shutil.rmtree(DEMO)
    shown = has_display(sys.platform, os.environ)
    require_system(missing_libraries(window_libraries(os.environ)) if shown else [])
    python = prepared(RUN)
    passphrase = demo_forum(python)
    if not shown:
        return papers_instead(python, passphrase)
    print("The demo forum's passphrase, should it be locked: " + DEMO_PASSPHRASE)
    return rehabdesk(python, "--vault", str(DEMO_VAULT), "--passphrase-file", str(passphrase))


def test(arguments: list[str]) -> int:
    """Run the tests without showing a window."""
    return with_everything("-m", "pytest", *arguments)


def screenshots(arguments: list[str]) -> int:
    """Make the pictures of every page."""
    return with_everything(str(PACKAGING / "screenshots.py"), *arguments)


def benchmarks(arguments: list[str]) -> int:
    """Print the times against their floors."""
    return with_everything("-m", "tests.benchmarks", *arguments)


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for every system at once, and write each version with its hashes."""
    with tempfile.TemporaryDirectory() as folder:
        call([sys.executable, "-m", "venv", folder])
        python = venv_python(Path(folder))
        call([str(python), "-m", "pip", "install", "--quiet", "uv>=0.9,<1"])
        compile_ = [str(python), "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
        compile_ += ["--python-version", ".".join(map(str, OLDEST))]
        compile_ += ["--custom-compile-command", "python3 packaging/dev.py lock"]
        files = [[RUN], [TEST, "--group", "dev", "--constraint", str(PACKAGING / RUN)]]
        for name, *more in files:
            call([*compile_, "pyproject.toml", *more, *arguments, "--output-file", str(PACKAGING / name)], cwd=ROOT)
    return 0


def with_everything(*command: str) -> int:
    """Run the environment's Python with what the tests need, and no window on the screen."""
    require_system(missing_libraries({**QT_LIBRARIES, **X11_LIBRARIES}), missing_files(SCREEN_READER_FILES))
    return subprocess.call([str(prepared(TEST)), *command], cwd=ROOT, env=environment(QT_QPA_PLATFORM="offscreen"))


# The demo forum


def demo_forum(python: Path) -> Path:
    """Make the demo forum where there is none yet; the file that holds its passphrase."""
    passphrase = DEMO / "passphrase.txt"
    DEMO.mkdir(exist_ok=True)
    passphrase.write_text(DEMO_PASSPHRASE + "\n", encoding="utf-8")
    if not DEMO_VAULT.exists():
        print("Making the demo forum …", flush=True)
        code = rehabdesk(
            python, "demo", "--vault", str(DEMO_VAULT), "--no-open", "--passphrase-file", str(passphrase)
        )
        if code != 0:
            shutil.rmtree(DEMO_VAULT, ignore_errors=True)
            raise Stop("The demo forum could not be made.")
    return passphrase


def papers_instead(python: Path, passphrase: Path) -> int:
    """Make every paper of the demo forum's last session; each file is named as it is made."""
    out = DEMO / "papers"
    print("There is no display here, so the papers of the demo forum's last session are made instead, in")
    print("  " + str(out), flush=True)
    failed = 0
    for kind, *whom in PAPERS:
        where = ["--vault", str(DEMO_VAULT), "--session", "latest", "--out", str(out)]
        failed |= rehabdesk(python, "paper", kind, *whom, *where, "--passphrase-file", str(passphrase))
    return 1 if failed else 0


def rehabdesk(python: Path, *arguments: str) -> int:
    """Run the program's own command line from this tree."""
    return subprocess.call([str(python), "-m", "rehabdesk", *arguments], env=environment())


def environment(**more: str) -> dict[str, str]:
    """This process's environment, with the package found from any folder."""
    found = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(found), **more}


# Python and its packages


def require_python(version: tuple[int, int]) -> None:
    """Stop where Python is too old."""
    if version < OLDEST:
        raise Stop("rehabdesk needs Python {}.{} or newer; this is {}.{}.".format(*OLDEST, *version))


def prepared(lock_file: str) -> Path:
    """The environment's Python, with the locked packages in it; made or renewed only when the lock changed."""
    python = venv_python(VENV)
    wanted = digest_of(lock_file)
    stamp = VENV / ("installed-" + lock_file)
    if python.exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    make_environment(python)
    print("Installing " + str(PACKAGING / lock_file) + " …", flush=True)
    # Hashes are demanded of every file, and nothing is compiled or run while installing.
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    call([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(PACKAGING / lock_file)])
    stamp.write_text(wanted, encoding="ascii")
    if lock_file == TEST:
        # It holds the other one, at the same versions.
        (VENV / ("installed-" + RUN)).write_text(digest_of(RUN), encoding="ascii")
    return python


def digest_of(lock_file: str) -> str:
    """What the environment must have been made from to be reused."""
    return hashlib.sha256((PACKAGING / lock_file).read_bytes()).hexdigest()


def make_environment(python: Path) -> None:
    """Make `.venv`, or keep one whose Python and pip still work."""
    works = "import pip, sys; sys.exit(sys.version_info < {!r})".format(OLDEST)
    if python.exists() and subprocess.call([str(python), "-c", works], stderr=subprocess.DEVNULL) == 0:
        return
    if not has_venv():
        raise Stop("This Python ({}) cannot make environments: it lacks venv or ensurepip.".format(sys.executable))
    print("Making " + str(VENV) + " …", flush=True)
    call([sys.executable, "-m", "venv", "--clear", str(VENV)])


def has_venv() -> bool:
    """Whether this Python can make an environment with pip; Debian ships one that cannot."""
    # Asked of a new process: this one remembers what it did not find.
    probe = [sys.executable, "-c", "import venv, ensurepip"]
    return subprocess.call(probe, stderr=subprocess.DEVNULL) == 0


def venv_python(folder: Path) -> Path:
    """The Python inside an environment."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


# The system's packages


def has_display(platform: str, variables) -> bool:
    """Whether a window can be shown."""
    return platform in ("win32", "darwin") or bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def window_libraries(variables) -> dict[str, str]:
    """What Qt needs to show a window on this display."""
    wayland = WAYLAND_LIBRARIES if variables.get("WAYLAND_DISPLAY") else {}
    return {**QT_LIBRARIES, **X11_LIBRARIES, **wayland}


def missing_libraries(libraries: dict[str, str]) -> list[str]:
    """The packages of those libraries that cannot be loaded; Linux only, since Qt brings its own elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    return sorted({package for name, package in libraries.items() if not loads(name)})


def loads(library: str) -> bool:
    """Whether the system's loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_files(files: dict[str, str]) -> list[str]:
    """The packages of those files that are not there; only asked where apt could bring them."""
    if not shutil.which("apt-get"):
        return []
    return sorted({package for pattern, package in files.items() if not glob.glob(pattern)})


def missing_venv() -> list[str]:
    """The package that lets Debian's own Python make the environment, where there is none yet."""
    if venv_python(VENV).exists() or sys.prefix != "/usr" or has_venv():
        return []
    return ["python{}.{}-venv".format(*sys.version_info)]


def require_system(needed: list[str], wished: list[str] = ()) -> None:
    """Install what is needed, the environment's tool included, or stop and name it all in one line.

    Without what is only wished for, the screen reader's test is skipped and the rest goes on.
    """
    needed = [*missing_venv(), *needed]
    packages = [*needed, *wished]
    if not packages or install(packages):
        return
    if needed:
        raise Stop("These system packages are needed. Run this once, then start again:\n  " + apt_line(packages))
    print("Without these the screen reader's test is skipped: " + apt_line(packages), file=sys.stderr)


def install(packages: list[str]) -> bool:
    """Let apt install packages, where this user may; whether it did."""
    become_root = root_prefix()
    if become_root is None or not shutil.which("apt-get"):
        return False
    print("Installing system packages: " + " ".join(packages), flush=True)
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    # A bare machine has no package lists; an offline one cannot renew them, and may have what is needed all the same.
    subprocess.call([*apt, "update"], stdout=subprocess.DEVNULL)
    done = subprocess.call([*apt, "install", "-y", "--no-install-recommends", *packages], stdout=subprocess.DEVNULL)
    return done == 0


def root_prefix() -> list[str] | None:
    """What to put before a command to run it as root without being asked; None if that cannot be."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    free = subprocess.call(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    return ["sudo", "-n"] if free else None


def apt_line(packages: list[str]) -> str:
    """The one line a person can run."""
    return "sudo apt-get install -y " + " ".join(packages)


def call(command: list[str], **options) -> None:
    """Run a step of the set-up; a failed one has said why itself."""
    if subprocess.call(command, **options) != 0:
        raise Stop("Set-up stopped at: " + " ".join(command))


if __name__ == "__main__":
    sys.exit(main())
