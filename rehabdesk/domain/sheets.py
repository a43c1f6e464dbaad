"""The frozen item sheet: canonical JSON of everything an item held, digested with a salt of its own.

A sheet is written once. What comes later is a correction, which is a sheet too.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rehabdesk.domain.forum import ItemKind, Outcome

#: Version of the shape of the JSON; a reader of old sheets looks at it first.
SHAPE = 1


class Block(StrEnum):
    """The parts of a sheet that a reader may or may not be given."""

    QUESTION = "question"
    BACKGROUND = "background"
    DISCUSSION = "discussion"
    AGREEMENTS = "agreements"
    ACTIONS = "actions"
    PARTICIPANT_VIEW = "participant_view"
    NEXT_TIME = "next_time"


@dataclass(frozen=True, slots=True)
class SheetAgreement:
    """What was agreed, and the line meant for the participant (empty: the same words)."""

    text: str
    participant_text: str = ""


@dataclass(frozen=True, slots=True)
class SheetAction:
    """An action as it stood when the sheet was frozen. `party` and `contact` are written out."""

    id: int
    what: str
    party_id: int | None
    party: str
    contact: str
    for_participant: bool
    due_on: date | None
    state: str
    answered: str = ""


@dataclass(frozen=True, slots=True)
class SheetParty:
    """A party called to the item, and whether consent let it hear it when the sheet was frozen."""

    party_id: int
    party: str
    could_hear: bool


@dataclass(frozen=True, slots=True)
class SheetPresent:
    """Somebody at the table when the item ended."""

    name: str
    function: str
    party: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole material of one item. `sought_case_ids` are the cases whose names were looked for; ids, not names."""

    item_id: int
    session_id: int
    session_on: date
    paragraph: int | None
    kind: ItemKind
    title: str
    case_id: int | None
    case_number: str
    participant_name: str
    question: str
    background: str
    discussion: str
    agreements: tuple[SheetAgreement, ...]
    actions: tuple[SheetAction, ...]
    earlier_actions: tuple[SheetAction, ...]
    participant_view: str
    participant_agrees: bool | None
    wants_whole_item: bool
    outcome: Outcome
    next_on: date | None
    next_start: str
    next_place: str
    called: tuple[SheetParty, ...]
    present: tuple[SheetPresent, ...]
    sought_case_ids: tuple[int, ...]
    harmless: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GeneralSheet:
    """The general part of the minutes: head, who was there and who was not."""

    session_id: int
    session_on: date
    session_number: int
    series: str
    start: str
    end: str
    place: str
    chair: str
    secretary: str
    present: tuple[SheetPresent, ...]
    parts: tuple[str, ...]
    absent: tuple[SheetPresent, ...]


@dataclass(frozen=True, slots=True)
class CorrectionSheet:
    """A dated correction of one block of a frozen sheet; it has the kinds of that block and so the same readers."""

    item_id: int | None
    on: date
    block: Block | None
    text: str
    sought_case_ids: tuple[int, ...] = ()


def canonical(sheet: Sheet | GeneralSheet | CorrectionSheet) -> str:
    """The sheet as canonical JSON: sorted keys, no spaces, dates as text. Equal sheets give equal text."""
    content = {"shape": SHAPE, "type": type(sheet).__name__, **_plain(sheet)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: str, salt: bytes) -> str:
    """SHA-256 over the salt and the canonical JSON, in hexadecimal."""
    return hashlib.sha256(salt + content.encode("utf-8")).hexdigest()


def digest_of_minutes(sheet_digests: tuple[str, ...]) -> str:
    """SHA-256 over the digests of the sheets, in order: it still verifies when the text of a sheet has been erased."""
    return hashlib.sha256("\n".join(sheet_digests).encode("ascii")).hexdigest()


def read_sheet(content: str) -> Sheet:
    """A sheet from its canonical JSON."""
    values = _values(content, "Sheet")
    values |= {
        "session_on": _day(values["session_on"]),
        "next_on": _day(values["next_on"]),
        "kind": ItemKind(values["kind"]),
        "outcome": Outcome(values["outcome"]),
        "agreements": tuple(SheetAgreement(**row) for row in values["agreements"]),
        "actions": tuple(_action(row) for row in values["actions"]),
        "earlier_actions": tuple(_action(row) for row in values["earlier_actions"]),
        "called": tuple(SheetParty(**row) for row in values["called"]),
        "present": tuple(SheetPresent(**row) for row in values["present"]),
        "sought_case_ids": tuple(values["sought_case_ids"]),
        "harmless": tuple((case_id, words) for case_id, words in values["harmless"]),
    }
    return Sheet(**values)


def read_general(content: str) -> GeneralSheet:
    """The general part from its canonical JSON."""
    values = _values(content, "GeneralSheet")
    values |= {
        "session_on": _day(values["session_on"]),
        "present": tuple(SheetPresent(**row) for row in values["present"]),
        "absent": tuple(SheetPresent(**row) for row in values["absent"]),
        "parts": tuple(values["parts"]),
    }
    return GeneralSheet(**values)


def read_correction(content: str) -> CorrectionSheet:
    """A correction from its canonical JSON."""
    values = _values(content, "CorrectionSheet")
    values |= {
        "on": _day(values["on"]),
        "block": Block(values["block"]) if values["block"] else None,
        "sought_case_ids": tuple(values["sought_case_ids"]),
    }
    return CorrectionSheet(**values)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _values(content: str, expected: str) -> dict[str, Any]:
    values = json.loads(content)
    if values.pop("shape") != SHAPE or values.pop("type") != expected:
        raise ValueError(f"not a {expected} of shape {SHAPE}")
    return values


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _action(values: dict[str, Any]) -> SheetAction:
    return SheetAction(**{**values, "due_on": _day(values["due_on"])})
