"""Importing cases: the file is read, every row is checked, and the rows that are chosen are written in one write that can rest.

Reading and checking touch no store, so that they can be done on a thread; writing is done a slice at a time between turns of
the window, and is one transaction and one undo step all the same.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from rehabdesk.domain.cases import problems_with_name, problems_with_opening
from rehabdesk.domain.import_check import Draft, Known, KnownContact
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.domain.sheet_cells import Sheet
from rehabdesk.exchange.limits import MOST_BYTES
from rehabdesk.exchange.table_file import read_table
from rehabdesk.services import cases
from rehabdesk.services.cases import Person
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import SessionSeries


@dataclass(frozen=True, slots=True)
class ForumToFill:
    """A series that cases can be imported into."""

    id: int
    name: str


def read_file(path: Path) -> Sheet:
    """The table in a file; raises `Refused` with one sentence when it cannot be had. Touches no store."""
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        # A path with a zero in it is no path at all.
        raise Refused(Problem("import.not_there")) from error
    except OSError as error:
        raise Refused(Problem("import.unreadable")) from error
    if stat.S_ISDIR(status.st_mode):
        raise Refused(Problem("import.folder"))
    if not stat.S_ISREG(status.st_mode):
        raise Refused(Problem("import.not_a_file"))
    if status.st_size > MOST_BYTES:
        raise Refused(Problem("import.too_large", None, {"most": MOST_BYTES // 1_000_000}))
    try:
        return read_table(path.read_bytes())
    except OSError as error:
        raise Refused(Problem("import.unreadable")) from error


def known(connection: Connection) -> Known:
    """What rows are held against: whom the open cases are about, and who can be a contact."""
    parties = {row.id: row for row in party_queries.parties(connection)}
    return Known(
        case_queries.known_people(connection),
        tuple(
            KnownContact(
                row.id,
                # A contact shown by function only is called by it; a name others may not see is no way to her.
                frozenset(filter(None, (row.shown, row.function, *(() if row.by_function_only else (f"{row.surname} {row.given_name}",))))),
                frozenset((parties[row.party_id].written, parties[row.party_id].organisation, *parties[row.party_id].aliases)),
            )
            for row in party_queries.contacts(connection)
            if row.party_id in parties
        ),
    )


def forums(connection: Connection) -> tuple[ForumToFill, ...]:
    """The series that people's cases are opened in."""
    return tuple(ForumToFill(row.id, row.name) for row in session_queries.series(connection) if row.has_cases)


def write(store: Store, series_id: int, drafts: Sequence[Draft]) -> Iterator[int]:
    """Open a case for every draft: gives how many are done after each, and rests then. All or none; closing it leaves none.

    One transaction and one step to undo. What another window or hand could have changed since the dry run is judged again.
    """
    with store.write(Label("cases.imported", {"n": len(drafts)})) as writing:
        series = cases.series_for_cases(writing, series_id)
        for done, draft in enumerate(drafts, start=1):
            _open(writing, series, draft)
            with store.at_rest():
                yield done
        writing.log("cases_imported", "session_series", series_id, rows=len(drafts))


def write_all(store: Store, series_id: int, drafts: Sequence[Draft]) -> int:
    """Open a case for every draft, without resting for anybody; how many there were."""
    return max(write(store, series_id, drafts), default=0)


def _open(writing: Writing, series: SessionSeries, draft: Draft) -> None:
    day = draft.opened_on or writing.today
    refuse_if(problems_with_opening(day, None, writing.today))
    refuse_if(problems_with_name(draft.given_name, draft.is_protected, draft.identity_number))
    person = Person(draft.given_name, draft.surname, draft.identity_number, draft.is_protected)
    case = cases.add_case(writing, series, cases.add_participant(writing, person), day, draft.employer_contact_id)
    case.registration_number, case.kept_where = draft.registration_number, draft.kept_where
    case.question, case.why_now = draft.question, draft.why_now
    writing.flush()
    # Thousands of objects kept to the end would make each collection of garbage longer than a slice.
    writing.session.expunge_all()
