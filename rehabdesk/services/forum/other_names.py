"""Other people's names in a paper: sought in every word that it would give its reader, each time it is made.

What has not been frozen is put right where it stands. A frozen sheet cannot be: it is judged by the names there are now, less
what was marked as harmless when it was frozen (`architecture.md` 2, "Frozen"), and somebody may say that it is another person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.hand_outs import Wanted
from rehabdesk.domain.names import Hit, HitKind, PersonName, Register, concerned, find
from rehabdesk.domain.papers import Document, PaperKind
from rehabdesk.domain.passages import Passage, passages
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.forum import names
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.queries.forum.sheets import SheetRow
from rehabdesk.store.queries.prerehab import waiting as waiting_queries

#: Papers made from frozen sheets.
FROZEN = frozenset({PaperKind.SUMMARY, PaperKind.EXTRACT, PaperKind.ACTION_SLIP})

Mark = tuple[int, str]
"""Whose name it could be, and the words as they stand."""


@dataclass(frozen=True, slots=True)
class Named:
    """Words in a paper that may name another participant: whose case it could be, and the finished items they stand in, if any."""

    case_id: int
    words: str
    item_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known about the names in one passage: on which agenda bare ones are sought, and what was said to be harmless."""

    on_agenda: frozenset[int]
    harmless: frozenset[Mark]
    item_ids: tuple[int, ...] = ()


def refuse_others(connection: Connection, wanted: Wanted, document: Document) -> None:
    """Refuse a paper in which another participant may be named, or one under protected identity by what she was called before."""
    if wanted.paper in FROZEN and _tells_former_name(connection, wanted, document):
        raise Refused(Problem("protected.name_in_finished"))
    found = named(connection, wanted, document)
    if found:
        code = "paper.names_in_finished" if wanted.paper in FROZEN else "paper.names_another"
        raise Refused(Problem(code, None, {"words": ", ".join(dict.fromkeys(one.words for one in found))}))


def named(connection: Connection, wanted: Wanted, document: Document) -> tuple[Named, ...]:
    """Every name in a paper that may be another participant's, and has not been said to be somebody else's."""
    told = passages(document)
    everybody = case_queries.person_names(connection) if told else ()
    people = concerned(everybody, [text for passage in told for text in passage.texts])
    if not people:
        return ()
    register = names.register_of(connection, people)
    numbers = {person.case_number: person.case_id for person in everybody}
    found: dict[Named, None] = {}
    for passage in told:
        case_id = numbers.get(passage.case_number)
        known = _of_sheets(connection, wanted, case_id) if wanted.paper in FROZEN else _of_texts(connection, wanted, case_id)
        own = case_queries.cases_of_same_participant(connection, case_id) if case_id is not None else frozenset()
        found |= dict.fromkeys(_unsettled(passage, register, own, known))
    return tuple(found)


def _tells_former_name(connection: Connection, wanted: Wanted, document: Document) -> bool:
    """Whether the words of a finished item hold the name that somebody under protected identity now had when it was frozen."""
    told = passages(document)
    rows = [row for row in sheet_queries.sheets_of_session(connection, wanted.session_id) if row.item is not None] if told else []
    protected = case_queries.protected_cases(connection, [row.case_id for row in rows if row.case_id is not None])
    now = {one.case_id: f"{one.given_name} {one.surname}".strip() for one in (case_queries.person_names(connection) if protected else ())}
    # An alias that she has still is no former name.
    people = [_called_then(row) for row in rows if row.case_id in protected and row.item.sheet.participant_name != now[row.case_id]]
    register, ids = Register(people), frozenset(person.case_id for person in people)
    texts = (text for passage in told for text in passage.texts) if people else ()
    hits = (hit for text in texts for hit in find(text, register, agenda_case_ids=ids, own_case_ids=()))
    return any(hit.kind is not HitKind.CASE_NUMBER for hit in hits)


def _called_then(row: SheetRow) -> PersonName:
    *given, surname = row.item.sheet.participant_name.split() or [""]
    return PersonName(row.case_id, " ".join(given) or surname, surname if given else "", row.item.sheet.case_number)


def _unsettled(passage: Passage, register: Register, own: frozenset[int], known: _Known) -> Iterator[Named]:
    for text in passage.texts:
        for hit in find(text, register, agenda_case_ids=known.on_agenda, own_case_ids=own):
            words = text[hit.start : hit.end]
            for case_id in _whose(hit, known):
                if (case_id, words) not in known.harmless:
                    yield Named(case_id, words, known.item_ids)


def _whose(hit: Hit, known: _Known) -> Iterable[int]:
    """In a frozen sheet all who are called so: one of them may have come since. A mark in a live text was for all of them."""
    return sorted(hit.everybody) if known.item_ids else (hit.case_id,)


def _of_texts(connection: Connection, wanted: Wanted, case_id: int | None) -> _Known:
    on_agenda = agenda_queries.case_ids_on_agenda(connection, wanted.session_id) if wanted.session_id is not None else frozenset()
    if wanted.paper is PaperKind.REFUSAL and wanted.booking_id is not None:
        # Why somebody else went before is easily written with her given name alone.
        on_agenda |= waiting_queries.cases_beside(connection, wanted.booking_id)
    return _Known(on_agenda, agenda_queries.harmless_of_case(connection, case_id) if case_id is not None else frozenset())


def _of_sheets(connection: Connection, wanted: Wanted, case_id: int | None) -> _Known:
    """By the marks frozen in the sheets, and what has been said of them since; bare names by the agenda as it was and as it became."""
    rows = [row for row in sheet_queries.sheets_of_session(connection, wanted.session_id) if _is_meant(row, wanted, case_id)]
    sought = {known for row in rows for known in row.item.sheet.sought_case_ids}
    marks: set[Mark] = set()
    for row in rows:
        marks |= set(row.item.sheet.harmless) | agenda_queries.harmless_names(connection, row.item_id)
    on_agenda = agenda_queries.case_ids_on_agenda(connection, wanted.session_id)
    return _Known(on_agenda | sought, frozenset(marks), tuple(row.item_id for row in rows))


def _is_meant(row: SheetRow, wanted: Wanted, case_id: int | None) -> bool:
    if row.item is None or (wanted.item_id is not None and row.item_id != wanted.item_id):
        return False
    return row.case_id == case_id if case_id is not None else row.item.sheet.kind is ItemKind.GENERAL
