"""The papers of a round and of a claim on a place in it, as the command line asks for them."""

from __future__ import annotations

from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services.prerehab.round_offers import OF_A_CLAIM, wanted_of
from rehabdesk.store.queries.prerehab import claims, rounds
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.store import Store


def list_of_round(kind: PaperKind, round_id: int, party_id: int | None) -> Wanted:
    """A round's list for the file, or for the party that is named."""
    return Wanted(kind, FILE if party_id is None else Reader(ReaderKind.PARTY, party_id), round_id=round_id)


def report(kind: PaperKind, round_id: int) -> Wanted:
    """The round report: its figures about few people are masked, so that anybody may have it."""
    return Wanted(kind, ANYBODY, round_id=round_id)


def form(store: Store, kind: PaperKind, round_id: int, case_id: int | None, number: str) -> Wanted:
    """The measurement form of a case that has a place in the round, or the round's blank one."""
    if case_id is None:
        return Wanted(kind, ANYBODY, round_id=round_id)
    return own(store, kind, case_id, round_id, number)


def own(store: Store, kind: PaperKind, case_id: int, round_id: int | None, number: str) -> Wanted:
    """The paper of a case's claim: in the round that is named, otherwise the latest claim that stands where the paper is for.

    A refusal is about the round that is named; the claim itself has no place there. Where no claim stands so, the latest is
    asked, and the refusal says why.
    """
    of_case = store.read(claims.of_case, case_id, store.clock.today())
    mine = [claim for claim in of_case if round_id is None or kind is PaperKind.REFUSAL or claim.round_id == round_id]
    if not mine:
        raise Refused(Problem("cli.no_claim", None, {"number": number}))
    found = next((claim for claim in mine if kind in OF_A_CLAIM[claim.state]), mine[0])
    return wanted_of(found, kind, _about(found, round_id))


def round_named(store: Store, asked: str, latest: str) -> int:
    """The round by its reference, or the latest that has begun."""
    today = store.clock.today()
    if asked == latest:
        begun = [row for row in store.read(rounds.rounds, today) if row.starts_on <= today and row.cancelled_on is None]
        if not begun:
            raise Refused(Problem("cli.no_round_begun"))
        return begun[-1].id
    slug, _, number = asked.rpartition("/")
    found = store.read(rounds.round_by_reference, slug, int(number))
    if found is None:
        raise Refused(Problem("cli.no_such_round", None, {"round": asked}))
    return found


def _about(claim: ClaimRow, round_id: int | None) -> int | None:
    return claim.round_id if claim.round_id is not None else round_id
