"""Papers as PDF bytes, and as files the coordinator asks for: set, written whole or not at all, and remembered."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from rehabdesk.documents import catalogue
from rehabdesk.domain.hand_outs import Wanted
from rehabdesk.domain.papers import Document
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import hand_outs, papers
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for_paper

Make = Callable[[Document, str], bytes]


def as_pdf(document: Document, language: str) -> bytes:
    """The paper in its own language. Refused when it cannot be printed rightly."""
    return catalogue.render(document, texts_for_paper(language))


def suggested_name(document: Document, language: str) -> str:
    """What to call the file; never a person's name."""
    return catalogue.file_name(document, texts_for_paper(language))


def free_name(folder: Path, name: str) -> Path:
    """The name in the folder, numbered where it is taken: two papers may be called the same."""
    file, number = folder / name, 2
    while file.exists():
        file = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return file


def written_beside(folder: Path, content: bytes) -> Path:
    """The content whole on disk under a passing name, readable to this user alone; renaming it is all that is left to do."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def put_in_place(store: Store, hand_out_id: int, part: Path, path: Path) -> None:
    """Give a written file its name. Where that fails, the hand-out on record is said to be gone: there is no such file."""
    try:
        part.replace(path)
    except OSError:
        hand_outs.file_is_gone(store, hand_out_id)
        raise


def save(store: Store, wanted: Wanted, path: Path, *, language: str = "sv", kept_on: str = "", make: Make = as_pdf) -> None:
    """Write one paper to a file of the coordinator's choice: it is a hand-out, remembered until she says the file is gone.

    `make(document, language)` gives the file's content: a PDF, or what else the paper can be saved as.
    Refused before anything is kept when the paper cannot be made or its place cannot be written to.
    """
    composed = store.read(papers.paper, wanted, store.clock.now())
    parts: list[Path] = []
    try:
        parts.append(written_beside(path.parent, make(composed, language)))
        saved = hand_outs.save_as_file(store, wanted, language=language, kept_on=kept_on)
        if saved.document != composed:
            # The time on a draft has moved, or midnight has passed: what is on record is what the file holds.
            parts.append(written_beside(path.parent, make(saved.document, language)))
        put_in_place(store, saved.hand_out_id, parts[-1], path)
    except OSError as error:
        raise Refused(Problem("paper.file_not_written", None, {"name": path.name})) from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
