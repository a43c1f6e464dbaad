"""Which papers are meant by KIND and what was named beside it: one for each reader and item."""

from __future__ import annotations

from dataclasses import dataclass

from rehabdesk.commands import paper_rounds
from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import papers
from rehabdesk.store.queries import cases, parties
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence, sessions
from rehabdesk.store.queries.parties import PartyRow
from rehabdesk.store.store import Store


#: What --for says for every reader at once.
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the papers are asked for by; empty where nothing was said. `whom` is --for, `case` a number, `party` a name."""

    session_id: int | None = None
    whom: str = ""
    case: str = ""
    party: str = ""
    round_id: int | None = None


def jobs(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    """The papers; refused where there is nobody to make one for.

    "all" is like printing for everyone: what is about somebody under protected identity is made only where it is asked for by
    itself (`product.md` rule 7).
    """
    found = _found(store, kind, asked)
    hidden = _protected(store, found) if asked.whom == EVERYBODY else frozenset()
    return tuple(wanted for wanted in found if wanted.reader.case_id not in hidden)


def left_out(store: Store, kind: PaperKind, asked: Asked) -> int:
    """How many cases under protected identity "all" does not make papers of."""
    return len(_protected(store, _found(store, kind, asked))) if asked.whom == EVERYBODY else 0


def _protected(store: Store, found: tuple[Wanted, ...]) -> frozenset[int]:
    return store.read(cases.protected_cases, {wanted.reader.case_id for wanted in found if wanted.reader.case_id is not None})


def _found(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    if kind in _OF_A_SESSION:
        name, _, value = asked.whom.partition(":")
        found = _OF_A_SESSION[kind](store, asked.session_id, name, value.strip())
    else:
        found = _OTHERS[kind](store, kind, asked)
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


def _minutes(store: Store, session_id: int, name: str, value: str) -> tuple[Wanted, ...]:
    complete = Wanted(PaperKind.MINUTES, FILE, session_id)
    if name in ("", "complete"):
        return (complete,)
    found = tuple(
        Wanted(PaperKind.SUMMARY if reader.kind is ReaderKind.PARTICIPANT else PaperKind.EXTRACT, reader, session_id, row.item_id)
        for row, reader in store.read(papers.readers_of_session, session_id, store.clock.today())
    )
    if name == "case":
        case_id = _case(store, value)
        mine = tuple(job for job in found if job.reader == Reader(ReaderKind.PARTICIPANT, None, case_id))
        # Composed all the same where there is none: the refusal says why.
        return mine or (Wanted(PaperKind.SUMMARY, Reader(ReaderKind.PARTICIPANT, case_id=case_id), session_id),)
    if name == "party":
        party = _party(store, value)
        its = tuple(job for job in found if job.reader.party_id == party.id)
        if not its:
            raise Refused(Problem("cli.no_extract", None, {"party": party.written}))
        return its
    return (complete, *found)


def _agenda(store: Store, session_id: int, name: str, value: str) -> tuple[Wanted, ...]:
    nameless = Wanted(PaperKind.AGENDA, ANYBODY, session_id)
    if name == "case":
        return (_agenda_for_case(session_id, _case(store, value)),)
    if name == "party":
        return (Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, _party(store, value).id), session_id),)
    if name == "":
        return (nameless,)
    items = store.read(agenda_queries.agenda, session_id, store.clock.today())
    called = {party.party_id for item in items for party in item.called}
    called |= {row.party_id for row in store.read(presence.attendees, session_id) if row.party_id is not None}
    own = dict.fromkeys(item.case_id for item in items if item.case_id is not None and item.is_by_name)
    return (
        nameless,
        *(Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, row.id), session_id) for row in _parties(store) if row.id in called),
        *(_agenda_for_case(session_id, case_id) for case_id in own),
    )


def _agenda_for_case(session_id: int, case_id: int) -> Wanted:
    return Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTICIPANT, case_id=case_id), session_id)


def _action_slips(store: Store, session_id: int, name: str, value: str) -> tuple[Wanted, ...]:
    if name == "party":
        return (_slip(session_id, _party(store, value)),)
    found = []
    for row in _parties(store):
        try:
            store.read(papers.action_slip, session_id, row.id, store.clock.today())
        except Refused as refused:
            if any(problem.code != "paper.nothing_for_party" for problem in refused.problems):
                raise
            continue
        found.append(_slip(session_id, row))
    return tuple(found)


def _slip(session_id: int, row: PartyRow) -> Wanted:
    return Wanted(PaperKind.ACTION_SLIP, Reader(ReaderKind.PARTY, row.id), session_id)


def _sign_in(_store: Store, session_id: int, _name: str, _value: str) -> tuple[Wanted, ...]:
    return (Wanted(PaperKind.SIGN_IN, ANYBODY, session_id),)


def _spare(_store: Store, session_id: int, _name: str, _value: str) -> tuple[Wanted, ...]:
    return (Wanted(PaperKind.SPARE, ANYBODY, session_id),)


def _for_her(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    """A participant's own paper; blank, for anybody, where no case is named."""
    reader = Reader(ReaderKind.PARTICIPANT, case_id=_case(store, asked.case)) if asked.case else ANYBODY
    return (Wanted(kind, reader),)


def _referral(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    """Filled, it is for the file alone."""
    return (Wanted(kind, Reader(ReaderKind.FILE, case_id=_case(store, asked.case)) if asked.case else ANYBODY),)


def _calls(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    """A letter to each that is called, hers first; who may not have one is told when it is composed."""
    case_id = _case(store, asked.case)
    session_id = asked.session_id if asked.session_id is not None else _next_session(store)
    only = _party(store, asked.party).id if asked.party else None
    found = []
    for item in store.read(agenda_queries.agenda, session_id, store.clock.today()):
        if item.case_id != case_id:
            continue
        if only is None:
            found.append(Wanted(kind, Reader(ReaderKind.PARTICIPANT, case_id=case_id), session_id, item.id))
        found.extend(
            Wanted(kind, Reader(ReaderKind.PARTY, called.party_id, case_id), session_id, item.id)
            for called in item.called
            if only in (None, called.party_id)
        )
    return tuple(found)


def _preparation(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    session_id = asked.session_id if asked.session_id is not None else _next_session(store)
    return (Wanted(kind, Reader(ReaderKind.PARTY, _party(store, asked.party).id), session_id),)


def _for_party(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    return (Wanted(kind, Reader(ReaderKind.PARTY, _party(store, asked.party).id)),)


def _list_of_round(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    """For the file, or for the party that supplies the programme; for another it is refused when it is composed."""
    return (paper_rounds.list_of_round(kind, asked.round_id, _party(store, asked.party).id if asked.party else None),)


def _report_of_round(_store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    return (paper_rounds.report(kind, asked.round_id),)


def _form_of_round(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    return (paper_rounds.form(store, kind, asked.round_id, _case(store, asked.case) if asked.case else None, asked.case.upper()),)


def _of_claim(store: Store, kind: PaperKind, asked: Asked) -> tuple[Wanted, ...]:
    return (paper_rounds.own(store, kind, _case(store, asked.case), asked.round_id, asked.case.upper()),)


def _for_file(_store: Store, kind: PaperKind, _asked: Asked) -> tuple[Wanted, ...]:
    return (Wanted(kind, FILE),)


def _next_session(store: Store) -> int:
    """The next session of a series that has cases."""
    today = store.clock.today()
    with_cases = [series.id for series in store.read(sessions.series) if series.has_cases]
    coming = [row for row in (store.read(sessions.next_session, today, series_id) for series_id in with_cases) if row is not None]
    if not coming:
        raise Refused(Problem("cli.no_session_planned"))
    return min(coming, key=lambda row: (row.held_on, row.start)).id


def _case(store: Store, number: str) -> int:
    found = store.read(cases.case_by_number, number.upper())
    if found is None:
        raise Refused(Problem("cli.no_such_case", None, {"number": number}))
    return found


def _party(store: Store, written: str) -> PartyRow:
    return party_named(_parties(store), written)


def _parties(store: Store) -> tuple[PartyRow, ...]:
    return store.read(parties.parties, ended=True)


_OF_A_SESSION = {
    PaperKind.MINUTES: _minutes,
    PaperKind.AGENDA: _agenda,
    PaperKind.SIGN_IN: _sign_in,
    PaperKind.ACTION_SLIP: _action_slips,
    PaperKind.SPARE: _spare,
}

_OTHERS = {
    PaperKind.CONSENT: _for_her,
    PaperKind.INFORMATION: _for_her,
    PaperKind.HAND_OUTS: _for_her,
    PaperKind.PLAN: _for_her,
    PaperKind.PLAN_PLAIN: _for_her,
    PaperKind.REFERRAL: _referral,
    PaperKind.CALL: _calls,
    PaperKind.PREPARATION: _preparation,
    PaperKind.ACTION_LIST: _for_party,
    PaperKind.HAND_OVER: _for_file,
    PaperKind.ROUND_LIST: _list_of_round,
    PaperKind.ATTENDANCE: _list_of_round,
    PaperKind.ROUND_REPORT: _report_of_round,
    PaperKind.MEASUREMENT_FORM: _form_of_round,
    PaperKind.OFFER: _of_claim,
    PaperKind.OFFER_REMINDER: _of_claim,
    PaperKind.REFUSAL: _of_claim,
    PaperKind.OCCASIONS: _of_claim,
    PaperKind.CERTIFICATE: _of_claim,
}
