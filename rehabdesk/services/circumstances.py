"""What to think of when a participant is met, called or written to, and who stands by her."""

from __future__ import annotations

from rehabdesk.domain.cases import RepresentativeKind
from rehabdesk.services.checks import existing, line, required
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.cases import Case, Participant, Representative

_LABEL = Label("case.needs_changed")


def set_do_not_ring(store: Store, case_id: int, holds: bool) -> None:
    """Whether she must not be rung."""
    with store.write(_LABEL) as writing:
        _participant(writing, case_id).do_not_ring = holds
        writing.log("case_changed", "case", case_id, field="do_not_ring")


def set_no_paper_home(store: Store, case_id: int, holds: bool) -> None:
    """Whether no paper must come to her home."""
    with store.write(_LABEL) as writing:
        _participant(writing, case_id).no_paper_home = holds
        writing.log("case_changed", "case", case_id, field="no_paper_home")


def add_representative(store: Store, case_id: int, kind: RepresentativeKind, name: str, phone: str = "") -> int:
    """Somebody more who stands by her; the id."""
    with store.write(_LABEL) as writing:
        row = Representative(
            participant_id=_participant(writing, case_id).id,
            kind=kind,
            name=required(name, "representative.name_missing", "name"),
            phone=line(phone, "phone"),
        )
        writing.session.add(row)
        writing.flush()
        writing.log("case_changed", "case", case_id, field="representative")
        return row.id


def remove_representative(store: Store, case_id: int, representative_id: int) -> None:
    """Somebody does not stand by her any more."""
    with store.write(_LABEL) as writing:
        writing.session.delete(existing(writing, Representative, representative_id, "representative"))
        writing.log("case_changed", "case", case_id, field="representative")


def _participant(writing: Writing, case_id: int) -> Participant:
    case = existing(writing, Case, case_id, "case")
    return existing(writing, Participant, case.participant_id, "case")
