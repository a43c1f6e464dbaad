"""Which papers are meant by KIND and --for: one job for each reader and item."""

from __future__ import annotations

from dataclasses import dataclass

from rehabdesk.domain.hand_outs import ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import papers
from rehabdesk.services.papers import ANYBODY, FILE, Reader
from rehabdesk.store.queries import cases, parties
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence
from rehabdesk.store.queries.parties import PartyRow
from rehabdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Job:
    """One paper for one reader; `item_id` where it is about one item."""

    paper: PaperKind
    reader: Reader
    item_id: int | None = None


def jobs(store: Store, kind: PaperKind, session_id: int, whom: str | None) -> tuple[Job, ...]:
    """The jobs; refused where there is nobody to make one for."""
    name, _, value = (whom or "").partition(":")
    found = _COMPOSED[kind](store, session_id, name, value.strip())
    if not found:
        raise Refused(Problem("cli.nothing_to_make"))
    return found


def party_named(rows: tuple[PartyRow, ...], written: str) -> PartyRow:
    """The party written so, or with that short form; refused when there is none, or several."""
    wanted = " ".join(written.split()).casefold()
    found = [row for row in rows if row.written.casefold() == wanted]
    found = found or [row for row in rows if wanted in {alias.casefold() for alias in row.aliases}]
    # One that has ended gives way to one that took its short form over.
    found = [row for row in found if row.ended_on is None] or found
    if not found:
        raise Refused(Problem("cli.no_such_party", None, {"party": written}))
    if len(found) > 1:
        raise Refused(Problem("cli.party_unclear", None, {"party": written, "candidates": tuple(row.written for row in found)}))
    return found[0]


def _minutes(store: Store, session_id: int, name: str, value: str) -> tuple[Job, ...]:
    complete = Job(PaperKind.MINUTES, FILE)
    if name in ("", "complete"):
        return (complete,)
    found = tuple(
        Job(PaperKind.SUMMARY if reader.kind is ReaderKind.PARTICIPANT else PaperKind.EXTRACT, reader, row.item_id)
        for row, reader in store.read(papers.readers_of_session, session_id, store.clock.today())
    )
    if name == "case":
        case_id = _case(store, value)
        mine = tuple(job for job in found if job.reader == Reader(ReaderKind.PARTICIPANT, None, case_id))
        # Composed all the same where there is none: the refusal says why.
        return mine or (Job(PaperKind.SUMMARY, Reader(ReaderKind.PARTICIPANT, case_id=case_id)),)
    if name == "party":
        party = _party(store, value)
        its = tuple(job for job in found if job.reader.party_id == party.id)
        if not its:
            raise Refused(Problem("cli.no_extract", None, {"party": party.written}))
        return its
    return (complete, *found)


def _agenda(store: Store, session_id: int, name: str, value: str) -> tuple[Job, ...]:
    nameless = Job(PaperKind.AGENDA, ANYBODY)
    if name == "case":
        return (_agenda_for_case(_case(store, value)),)
    if name == "party":
        return (Job(PaperKind.AGENDA, Reader(ReaderKind.PARTY, _party(store, value).id)),)
    if name == "":
        return (nameless,)
    items = store.read(agenda_queries.agenda, session_id, store.clock.today())
    called = {party.party_id for item in items for party in item.called}
    called |= {row.party_id for row in store.read(presence.attendees, session_id) if row.party_id is not None}
    own = dict.fromkeys(item.case_id for item in items if item.case_id is not None and item.is_by_name)
    return (
        nameless,
        *(Job(PaperKind.AGENDA, Reader(ReaderKind.PARTY, row.id)) for row in _parties(store) if row.id in called),
        *(_agenda_for_case(case_id) for case_id in own),
    )


def _agenda_for_case(case_id: int) -> Job:
    return Job(PaperKind.AGENDA, Reader(ReaderKind.PARTICIPANT, case_id=case_id))


def _action_slips(store: Store, session_id: int, name: str, value: str) -> tuple[Job, ...]:
    if name == "party":
        return (_slip(_party(store, value)),)
    found = []
    for row in _parties(store):
        try:
            store.read(papers.action_slip, session_id, row.id, store.clock.today())
        except Refused as refused:
            if any(problem.code != "paper.nothing_for_party" for problem in refused.problems):
                raise
            continue
        found.append(_slip(row))
    return tuple(found)


def _slip(row: PartyRow) -> Job:
    return Job(PaperKind.ACTION_SLIP, Reader(ReaderKind.PARTY, row.id))


def _sign_in(_store: Store, _session_id: int, _name: str, _value: str) -> tuple[Job, ...]:
    return (Job(PaperKind.SIGN_IN, ANYBODY),)


def _spare(_store: Store, _session_id: int, _name: str, _value: str) -> tuple[Job, ...]:
    return (Job(PaperKind.SPARE, ANYBODY),)


def _case(store: Store, number: str) -> int:
    found = store.read(cases.case_by_number, number.upper())
    if found is None:
        raise Refused(Problem("cli.no_such_case", None, {"number": number}))
    return found


def _party(store: Store, written: str) -> PartyRow:
    return party_named(_parties(store), written)


def _parties(store: Store) -> tuple[PartyRow, ...]:
    return store.read(parties.parties, ended=True)


_COMPOSED = {
    PaperKind.MINUTES: _minutes,
    PaperKind.AGENDA: _agenda,
    PaperKind.SIGN_IN: _sign_in,
    PaperKind.ACTION_SLIP: _action_slips,
    PaperKind.SPARE: _spare,
}
