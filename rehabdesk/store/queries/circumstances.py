"""Reading what to think of for a participant, and who stands by her."""

from __future__ import annotations

from sqlalchemy import Connection, select

from rehabdesk.domain.cases import RepresentativeKind
from rehabdesk.domain.circumstances import Circumstances
from rehabdesk.domain.circumstances import Representative as Helper
from rehabdesk.store.tables.cases import Case, Participant, Representative


def of_case(connection: Connection, case_id: int) -> Circumstances | None:
    """What there is to think of for the participant whose case this is; None when the case is gone."""
    query = (
        select(
            Participant.id,
            Participant.interpreter_language,
            Participant.accessibility_needs,
            Participant.safe_contact,
            Participant.do_not_ring,
            Participant.no_paper_home,
            Participant.print_size,
            Participant.is_protected,
        )
        .join(Case, Case.participant_id == Participant.id)
        .where(Case.id == case_id)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    values = row._asdict()
    representatives = _representatives(connection, values.pop("id"))
    return Circumstances(**values, representatives=representatives)


def _representatives(connection: Connection, participant_id: int) -> tuple[Helper, ...]:
    query = (
        select(Representative.id, Representative.kind, Representative.name, Representative.phone)
        .where(Representative.participant_id == participant_id)
        .order_by(Representative.id)
    )
    return tuple(Helper(row.id, RepresentativeKind(row.kind), row.name, row.phone) for row in connection.execute(query))
