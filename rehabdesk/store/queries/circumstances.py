"""Reading what to think of for a participant, and who stands by her."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Select, bindparam, select

from rehabdesk.domain.cases import RepresentativeKind
from rehabdesk.domain.circumstances import Circumstances
from rehabdesk.domain.circumstances import Representative as Helper
from rehabdesk.store.tables.cases import Case, Participant, Representative


def of_case(connection: Connection, case_id: int) -> Circumstances | None:
    """What there is to think of for the participant whose case this is; None when the case is gone."""
    rows = connection.execute(_of_case(), {"of_case": case_id}).all()
    if not rows:
        return None
    first = rows[0]
    return Circumstances(
        interpreter_language=first.interpreter_language,
        accessibility_needs=first.accessibility_needs,
        safe_contact=first.safe_contact,
        do_not_ring=first.do_not_ring,
        no_paper_home=first.no_paper_home,
        print_size=first.print_size,
        is_protected=first.is_protected,
        representatives=tuple(Helper(row.id, RepresentativeKind(row.kind), row.name, row.phone) for row in rows if row.id is not None),
    )


@cache
def _of_case() -> Select:
    """A line for each who stands by her, or one without anybody."""
    return (
        select(
            Participant.interpreter_language, Participant.accessibility_needs, Participant.safe_contact, Participant.do_not_ring,
            Participant.no_paper_home, Participant.print_size, Participant.is_protected,
            Representative.id, Representative.kind, Representative.name, Representative.phone,
        )
        .join(Case, Case.participant_id == Participant.id)
        .outerjoin(Representative, Representative.participant_id == Participant.id)
        .where(Case.id == bindparam("of_case"))
        .order_by(Representative.id)
    )  # fmt: skip
