"""Which papers a round has, and which each claim on a place has, at each point of its way.

Whether a reader may have hers is answered when it is composed. Under protected identity no letter is offered, and what is
handed over in person is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services.prerehab import named
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.prerehab import claims, programmes, rounds
from rehabdesk.store.queries.prerehab.claims import ClaimRow
from rehabdesk.store.queries.prerehab.rounds import RoundRow
from rehabdesk.store.tables.prerehab import Offer, PassOver

#: What a claim has papers for, by where it stands, in the order one needs them.
OF_A_CLAIM: Mapping[BookingState, tuple[PaperKind, ...]] = {
    BookingState.REGISTERED: (PaperKind.REFUSAL,),
    BookingState.OFFERED: (PaperKind.OFFER, PaperKind.OFFER_REMINDER),
    BookingState.ACCEPTED: (PaperKind.OCCASIONS, PaperKind.MEASUREMENT_FORM),
    BookingState.STARTED: (PaperKind.OCCASIONS, PaperKind.MEASUREMENT_FORM, PaperKind.CERTIFICATE),
    BookingState.COMPLETED: (PaperKind.CERTIFICATE, PaperKind.MEASUREMENT_FORM),
    BookingState.BROKEN_OFF: (PaperKind.CERTIFICATE,),
    BookingState.DECLINED: (),
    BookingState.REMOVED: (PaperKind.REFUSAL,),
}
#: Papers that go by letter, so to nobody under protected identity.
LETTERS = frozenset({PaperKind.OFFER, PaperKind.OFFER_REMINDER, PaperKind.REFUSAL})
_LISTS = (PaperKind.ROUND_LIST, PaperKind.ATTENDANCE)

Told = tuple[Wanted, str, str]
"""A paper, the party it is for where it is for one, and the number of the case it is about."""


def papers_of_round(connection: Connection, round_id: int, today: date) -> tuple[Told, ...]:
    """Every paper of a round: its lists for the file and for the supplier, the form, the report, then each participant's own."""
    row = rounds.round_of(connection, round_id, today)
    if row is None:
        return ()
    waiting = _refused(connection, row, today)
    own = (_own(claim, round_id) for claim in (*claims.of_round(connection, round_id, today), *waiting))
    return (*_of_the_round(connection, row), *(told for papers in own for told in papers))


def papers_of_case(connection: Connection, case_id: int, today: date) -> tuple[tuple[Wanted, str], ...]:
    """The papers of each claim of a case, with what the claim is on."""
    return tuple(
        (wanted, claim.round_title or claim.programme)
        for claim in claims.of_case(connection, case_id, today)
        for wanted, _, _ in _own(claim, claim.round_id)
    )


def of_claim(claim: ClaimRow) -> tuple[PaperKind, ...]:
    """What one claim has papers for as it stands today."""
    if claim.is_expired:
        return ()
    return tuple(paper for paper in OF_A_CLAIM[claim.state] if not (claim.is_protected and paper in LETTERS))


def wanted_of(claim: ClaimRow, paper: PaperKind, round_id: int | None = None) -> Wanted:
    """The participant's own paper of one claim; of the round it is about."""
    reader = Reader(ReaderKind.PARTICIPANT, case_id=claim.case_id)
    return Wanted(paper, reader, round_id=round_id if round_id is not None else claim.round_id, booking_id=claim.id)


def _own(claim: ClaimRow, round_id: int | None) -> Iterator[Told]:
    for paper in of_claim(claim):
        yield wanted_of(claim, paper, round_id), "", claim.case_number


def _of_the_round(connection: Connection, row: RoundRow) -> Iterator[Told]:
    for paper in _LISTS:
        yield Wanted(paper, FILE, round_id=row.id), "", ""
    party_id = named.supplier(connection, row.id)
    party = party_queries.party(connection, party_id) if party_id is not None else None
    if party is not None:
        for paper in _LISTS:
            yield Wanted(paper, Reader(ReaderKind.PARTY, party.id), round_id=row.id), party.written, ""
    if programmes.instruments(connection, row.programme_id):
        yield Wanted(PaperKind.MEASUREMENT_FORM, ANYBODY, round_id=row.id), "", ""
    yield Wanted(PaperKind.ROUND_REPORT, ANYBODY, round_id=row.id), "", ""


def _refused(connection: Connection, row: RoundRow, today: date) -> Iterable[ClaimRow]:
    """Who waits and got no place in a round that is not over: passed over for it, or every place in it is taken."""
    if row.cancelled_on is not None or row.ends_on < today:
        return ()
    passed = select(PassOver.booking_id).join(Offer, Offer.id == PassOver.offer_id).where(Offer.round_id == row.id)
    passed_over = frozenset(connection.execute(passed).scalars())
    waiting = claims.waiting(connection, row.programme_id, today)
    return tuple(claim for claim in waiting if row.free == 0 or claim.id in passed_over)
