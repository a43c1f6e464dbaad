"""Papers become files: set in memory, written beside their place, recorded as hand-outs, and only then given their names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehabdesk.commands.paper_jobs import Job
from rehabdesk.documents import catalogue
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import papers
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper that is ready, and what its file is called."""

    name: str
    content: bytes


def rendered(store: Store, job: Job, session_id: int, texts: Texts) -> Rendered:
    """Compose and set one paper. Refused when its reader may not have it, or it cannot be printed rightly."""
    document = store.read(papers.paper, job.paper, session_id, job.reader, store.clock.now(), item_id=job.item_id)
    return Rendered(catalogue.file_name(document, texts), catalogue.render(document, texts))


def write_all(out: Path, ready: Sequence[tuple[Job, Rendered]], record: Callable[[Job], None]) -> tuple[Path, ...]:
    """Write every paper; nothing that lies there already is written over. Raises `Refused` where the folder takes no files."""
    parts: list[Path] = []
    try:
        _make(out)
        for _, paper in ready:
            parts.append(_written(out, paper.content))
        done: list[Path] = []
        for part, (job, paper) in zip(parts, ready, strict=True):
            # First the record, then the name: a kill between them leaves a record too many, never a file too many.
            record(job)
            file = _free_name(out, paper.name)
            part.replace(file)
            done.append(file)
        return tuple(done)
    except OSError as error:
        raise Refused(Problem("cli.out_not_writable", None, {"name": out.name})) from error
    finally:
        for part in parts:
            part.unlink(missing_ok=True)


def _make(out: Path) -> None:
    if not out.exists():
        out.mkdir(mode=0o700, parents=True)


def _written(out: Path, content: bytes) -> Path:
    # mkstemp makes it readable to this user alone.
    handle, name = tempfile.mkstemp(dir=out, prefix=".", suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _free_name(out: Path, name: str) -> Path:
    file, number = out / name, 2
    while file.exists():
        file = out / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return file
