"""Pictures of every page and every paper, from the real window on a demo vault: `python3 packaging/dev.py screenshots`.

    --out DIR      where they go (build/screenshots)
    --only WORD    only the stops and papers whose name holds the word
    --quick        light, Swedish, 100 % alone
    --picture      only those in packaging/pictures, the README's

Without a display on Linux a virtual one (Xvfb) is started and ended here.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

PICTURES = ROOT / "packaging" / "pictures"
#: The README's pictures, by the stop that each is of.
STOPS = {"meeting.png": "meeting-item-written", "case.png": "case-overview", "places.png": "round-places-coming"}
#: What a laptop shows: the window's size in its own measure, by the magnification.
SIZES = {100: (1440, 900), 200: (960, 540)}


def main(arguments: list[str] | None = None) -> int:
    """Make them; the exit code is 1 when a walk broke off."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--picture", action="store_true")
    parser.add_argument("--walk", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.walk:
        mode, language, percent = asked.walk.split("-")
        _walk(mode, language, int(percent), asked.out, asked.only)
        return 0
    with _display() as platform:
        if asked.picture:
            return _refresh_pictures(platform)
        looks = [("light", "sv", 100)] if asked.quick else list(product(("light", "dark"), ("sv", "en"), SIZES))
        failed = [look for look in looks if _run(look, asked.out, asked.only, platform)]
    _papers(asked.out / "papers", asked.only)
    print(f"{len(list(asked.out.rglob('*.png')))} pictures in {asked.out}")
    return 1 if failed else 0


def _refresh_pictures(platform: str) -> int:
    code = 0
    PICTURES.mkdir(exist_ok=True)
    for name, stop in STOPS.items():
        with tempfile.TemporaryDirectory() as folder:
            code |= _run(("light", "sv", 100), Path(folder), stop, platform)
            shutil.copyfile(Path(folder) / "light-sv-100" / f"{stop}.png", PICTURES / name)
    return code


def _run(look: tuple[str, str, int], out: Path, only: str, platform: str) -> int:
    """One walk in a process of its own: the magnification is fixed when Qt starts."""
    mode, language, percent = look
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": str(percent / 100)}
    name = f"{mode}-{language}-{percent}"
    print(name, flush=True)
    return subprocess.call([sys.executable, __file__, "--walk", name, "--out", str(out), "--only", only], env=environment)


def _walk(mode: str, language: str, percent: int, out: Path, only: str) -> None:
    from PySide6.QtWidgets import QApplication

    from rehabdesk.ui.parts.tokens import Mode
    from tests.helpers.demo import demo_to_walk_in
    from tests.helpers.walk import Look, Walk

    folder = out / f"{mode}-{language}-{percent}"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="rehabdesk-walk-") as home:
        os.environ["REHABDESK_HOME"] = home
        vault, start = demo_to_walk_in(Path(home))
        application = QApplication(sys.argv[:1])
        walk = Walk(application, vault, Path(home), start, Look(Mode(mode), language, SIZES[percent]))
        for stop in walk.stops():
            if only in stop.name:
                stop.window.grab().save(str(folder / f"{stop.name}.png"))


def _papers(out: Path, only: str) -> None:
    """Every paper's pages, from the samples of the tests."""
    from rehabdesk.documents import catalogue
    from rehabdesk.texts import texts_for
    from tests.documents import samples

    import pypdfium2

    out.mkdir(parents=True, exist_ok=True)
    for (name, document), language in product(samples.every_document().items(), ("sv", "en")):
        if only not in name:
            continue
        pdf = pypdfium2.PdfDocument(catalogue.render(document, texts_for(language)))
        for number, page in enumerate(pdf, start=1):
            page.render(scale=1.3).to_pil().save(out / f"{name}-{language}-{number}.png")
        pdf.close()


@contextlib.contextmanager
def _display() -> Iterator[str]:
    """Qt's platform to use, with a virtual display for as long as it is needed."""
    if not sys.platform.startswith("linux") or os.environ.get("DISPLAY"):
        yield "xcb" if sys.platform.startswith("linux") else ""
        return
    if not shutil.which("Xvfb"):
        print("There is no Xvfb here, so Qt's offscreen platform is used: its windows have no real screen.", file=sys.stderr)
        yield "offscreen"
        return
    from tests.helpers.display import virtual_display

    with virtual_display() as display:
        os.environ["DISPLAY"] = display
        yield "xcb"


if __name__ == "__main__":
    sys.exit(main())
