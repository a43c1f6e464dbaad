"""Whom a list of a round may name to its reader today. Everything that lists several people of a round asks here, each time anew.

The coordinator's own copy names everybody but those under protected identity, who stand on no list of several (`product.md`
rule 7). The supplier's names those alone whose live consent covers that party for planned measures (rule 1). A claim that may
not be named keeps its place number, and nothing else of it is put together for that reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.consent import InformationKind, kinds_covered
from rehabdesk.domain.hand_outs import Reader, ReaderKind
from rehabdesk.domain.prerehab import ON_A_PLACE
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.tables.prerehab import Booking, Place, Programme, Round

#: What a consent must cover for somebody to be named to the one who supplies the programme.
COVERED = frozenset({InformationKind.PLANNED_MEASURES})


def named_claims(connection: Connection, round_id: int, reader: Reader, today: date) -> frozenset[int]:
    """The claims on a round's places, by id, that may stand by name on a list for this reader today.

    Refused for a reader no such list is made for: anybody at all, and a party that does not supply the programme.
    """
    _refuse_others(connection, round_id, reader)
    claims = _claims(connection, round_id)
    may = may_be_named(connection, claims.values(), reader, today)
    return frozenset(booking_id for booking_id, case_id in claims.items() if case_id in may)


def may_be_named(connection: Connection, case_ids: Iterable[int], reader: Reader, today: date) -> frozenset[int]:
    """Those of some cases that may stand by name among others for the file, or for one party."""
    asked = frozenset(case_ids)
    open_to_lists = asked - case_queries.protected_cases(connection, asked)
    if reader.kind is ReaderKind.FILE:
        return open_to_lists
    if reader.kind is not ReaderKind.PARTY or reader.party_id is None:
        return frozenset()
    rules = consent_queries.rules(connection, open_to_lists)
    return frozenset(case_id for case_id in open_to_lists if kinds_covered(rules, case_id, reader.party_id, today) >= COVERED)


def supplier(connection: Connection, round_id: int) -> int | None:
    """The party that supplies the programme of a round, if one does."""
    query = select(Programme.supplier_party_id).join(Round, Round.programme_id == Programme.id).where(Round.id == round_id)
    return connection.execute(query).scalar()


def _refuse_others(connection: Connection, round_id: int, reader: Reader) -> None:
    if reader.kind is ReaderKind.FILE:
        return
    if reader.kind is not ReaderKind.PARTY or reader.party_id is None or reader.party_id != supplier(connection, round_id):
        raise Refused(Problem("paper.not_the_supplier"))


def _claims(connection: Connection, round_id: int) -> dict[int, int]:
    """The case of each claim that has a place in the round."""
    query = (
        select(Booking.id, Booking.case_id)
        .join(Place, Place.id == Booking.place_id)
        .where(Place.round_id == round_id, Booking.state.in_(ON_A_PLACE))
    )
    return {row.id: row.case_id for row in connection.execute(query)}
