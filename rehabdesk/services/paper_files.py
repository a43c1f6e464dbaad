"""Papers as PDF bytes, and as files the coordinator asks for: set, written whole or not at all, and remembered."""

from __future__ import annotations

import os
from pathlib import Path

from rehabdesk.documents import catalogue
from rehabdesk.domain.papers import AnyDocument, PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import hand_outs, papers
from rehabdesk.services.papers import Reader
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for


def as_pdf(document: AnyDocument, language: str) -> bytes:
    """The paper in its own language. Refused when it cannot be printed rightly."""
    return catalogue.render(document, texts_for(language))


def suggested_name(document: AnyDocument, language: str) -> str:
    """What to call the file; never a person's name."""
    return catalogue.file_name(document, texts_for(language))


def save(
    store: Store, paper: PaperKind, session_id: int, reader: Reader, path: Path, *, item_id: int | None = None, language: str = "sv"
) -> None:
    """Write one paper to a file of the coordinator's choice: it is a hand-out, remembered until she says the file is gone.

    Refused before anything is kept when the paper cannot be made or its place cannot be written to.
    """
    composed = store.read(papers.paper, paper, session_id, reader, store.clock.now(), item_id=item_id)
    pdf = as_pdf(composed, language)
    part = path.with_name(path.name + ".part")
    try:
        _write(part, pdf)
        kept = hand_outs.save_as_file(store, paper, session_id, reader, item_id=item_id, language=language)
        try:
            if kept != composed:
                _write(part, as_pdf(kept, language))
            os.replace(part, path)
        except OSError:
            # The hand-out is on record and the file never came to be: say that it is gone.
            hand_outs.file_is_gone(store, max(row.id for row in store.read(queries.files_not_gone)))
            raise
    except OSError as error:
        raise Refused(Problem("paper.file_not_written", None, {"name": path.name})) from error
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
