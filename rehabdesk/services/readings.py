"""That something about a person was read is logged (`product.md` rule 9): her page, a sheet of her item, a round's measurements, a paper looked at."""

from __future__ import annotations

from datetime import timedelta

from rehabdesk.domain.cases import ReadingReason
from rehabdesk.domain.hand_outs import ReaderKind, Wanted
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.services.checks import existing
from rehabdesk.store.history import Label
from rehabdesk.store.queries import log as queries
from rehabdesk.store.store import Store, utc_text
from rehabdesk.store.tables.cases import Case

#: Reading the same thing again within this time is the same reading.
SAME_READING = timedelta(minutes=1)


def note_case(store: Store, case_id: int) -> None:
    """A person's page was read."""
    _note(store, "case_read", "case", case_id)


def note_protected_case(store: Store, case_id: int, reason: ReadingReason | None) -> None:
    """The page of somebody under protected identity is opened, for a reason; each time is logged. Refused without a reason."""
    refuse_if([Problem("reading.reason_missing", "reason")] if reason is None else [])
    with store.write(Label("case.read"), undoable=False) as writing:
        existing(writing, Case, case_id, "case")
        writing.log("case_read", "case", case_id, reason=reason.value)


def note_item(store: Store, case_id: int, item_id: int) -> None:
    """What was said at an item about a case was read, frozen or not."""
    _note(store, "item_read", "case", case_id, item=item_id)


def note_measures(store: Store, round_id: int) -> None:
    """What was measured of the people of a round was read: it is about their health, and of all of them at once."""
    _note(store, "measures_read", "round", round_id)


def note_paper(store: Store, wanted: Wanted) -> None:
    """A paper was looked at, which hands it to nobody. Those for anybody hold nobody's case: looking at them is no reading."""
    reader = wanted.reader
    if reader.kind is ReaderKind.ANYBODY and reader.case_id is None:
        return
    known = (("session", wanted.session_id), ("round", wanted.round_id), ("party", reader.party_id))
    ids = {name: id_ for name, id_ in known if id_ is not None}
    kind = f"{wanted.paper.value}_read"
    if reader.case_id is not None:
        _note(store, kind, "case", reader.case_id, **ids)
    elif wanted.session_id is not None:
        _note(store, kind, "forum_session", ids.pop("session"), **ids)
    elif wanted.round_id is not None:
        _note(store, kind, "round", ids.pop("round"), **ids)
    elif reader.party_id is not None:
        _note(store, kind, "party", ids.pop("party"))
    else:
        _note(store, kind, "forum", None)


def _note(store: Store, kind: str, subject: str, subject_id: int | None, **ids: int) -> None:
    now = store.clock.now()
    lately = store.read(queries.last_of, kind, subject, subject_id)
    if lately is not None and utc_text(now - SAME_READING) < lately <= utc_text(now):
        return
    with store.write(Label("case.read"), undoable=False) as writing:
        if subject == "case":
            existing(writing, Case, subject_id, "case")
        writing.log(kind, subject, subject_id, **ids)
