"""Hand-outs (utlämnanden): which version was given to whom, when, on paper or as a file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rehabdesk.domain.papers import PaperKind


class ReaderKind(StrEnum):
    """Who a copy is for. `FILE` is the registry's own copy of the minutes; `ANYBODY` a paper without a name in it."""

    PARTICIPANT = "participant"
    PARTY = "party"
    FILE = "file"
    ANYBODY = "anybody"


class Medium(StrEnum):
    """On paper, or as a file that the coordinator asked for."""

    PAPER = "paper"
    FILE = "file"


class HandOutState(StrEnum):
    """Waiting in the queue, sent to the printer, then given or voided; only given is a hand-out."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN = "given"
    VOIDED = "voided"


#: What may follow what. `SENT` back to `WAITING` is "print again" after a jam; given and voided are final.
NEXT_STATES = {
    HandOutState.WAITING: frozenset({HandOutState.SENT, HandOutState.VOIDED}),
    HandOutState.SENT: frozenset({HandOutState.GIVEN, HandOutState.VOIDED, HandOutState.WAITING}),
    HandOutState.GIVEN: frozenset(),
    HandOutState.VOIDED: frozenset(),
}


class VoidReason(StrEnum):
    """Why a copy was voided."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    NOT_PRINTED = "not_printed"
    WRONG_COPY = "wrong_copy"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a paper is for. A party by `party_id`, a participant by `case_id`, which also names the case that any other paper is about."""

    kind: ReaderKind
    party_id: int | None = None
    case_id: int | None = None


ANYBODY = Reader(ReaderKind.ANYBODY)
FILE = Reader(ReaderKind.FILE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper for one reader: of a session, of one item there, of a round, of one claim on a place, or of none (a case's own).

    `version` where an earlier one is meant.
    """

    paper: PaperKind
    reader: Reader
    session_id: int | None = None
    item_id: int | None = None
    version: int | None = None
    round_id: int | None = None
    booking_id: int | None = None
