"""Papers become files: set in memory, written beside their place, recorded as hand-outs, and only then given their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehabdesk.documents import catalogue
from rehabdesk.domain.hand_outs import Wanted
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import paper_files, papers
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts


@dataclass(frozen=True, slots=True)
class Rendered:
    """A paper that is ready, and what its file is called."""

    name: str
    content: bytes


def rendered(store: Store, wanted: Wanted, texts: Texts) -> Rendered:
    """Compose and set one paper. Refused when its reader may not have it, or it cannot be printed rightly."""
    document = store.read(papers.paper, wanted, store.clock.now())
    return Rendered(catalogue.file_name(document, texts), catalogue.render(document, texts))


def write_all(
    store: Store, out: Path, ready: Sequence[tuple[Wanted, Rendered]], record: Callable[[Wanted], int]
) -> tuple[Path, ...]:
    """Write every paper; nothing that lies there already is written over. Raises `Refused` where the folder takes no files.

    `record` keeps the hand-out of a paper and returns its id.
    """
    parts: list[Path] = []
    try:
        _make(out)
        for _, paper in ready:
            parts.append(paper_files.written_beside(out, paper.content))
        done: list[Path] = []
        for part, (wanted, paper) in zip(parts, ready, strict=True):
            # First the record, then the name: a kill between them leaves a record too many, never a file too many.
            hand_out_id = record(wanted)
            file = paper_files.free_name(out, paper.name)
            paper_files.put_in_place(store, hand_out_id, part, file)
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
