"""The tables of the call list: parties, their people with numbers, and their actions with what may be said of them today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rehabdesk.domain.consent import Consent, InformationKind, kinds_covered
from rehabdesk.store.queries.forum.actions import ActionRow, PartyActions
from rehabdesk.store.queries.parties import ContactRow
from rehabdesk.texts import Texts
from rehabdesk.ui.actions.models import standing_tone, standing_words
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone


@dataclass(frozen=True, slots=True)
class CallRow:
    """One action that is spoken of in a call; `may_be_said` when consent covers the party for planned measures today."""

    action: ActionRow
    may_be_said: bool

    @property
    def id(self) -> int:
        """The action's id."""
        return self.action.id


def call_rows(actions: tuple[ActionRow, ...], consents: tuple[Consent, ...], today: date) -> tuple[CallRow, ...]:
    """A party's actions with what consent says of each case today; a general action is nobody's case."""
    covered: dict[tuple[int, int], bool] = {}
    for row in actions:
        if row.case_id is not None and row.party_id is not None:
            kinds = kinds_covered(consents, row.case_id, row.party_id, today)
            covered[row.case_id, row.party_id] = InformationKind.PLANNED_MEASURES in kinds
    return tuple(CallRow(row, row.case_id is None or covered.get((row.case_id, row.party_id or 0), False)) for row in actions)


def party_columns(texts: Texts) -> tuple[Column, ...]:
    """Party, how many late, how many open."""

    def late(row: PartyActions) -> str:
        return str(row.late) if row.late else ""

    return (
        Column("party", texts.name("column", "Party"), _party, tooltip=_party, stretch=True),
        Column("late", texts.name("column", "Late"), late, sort=_late_order, tone=_late_tone),
        Column("open", texts.name("column", "Open"), _open, sort=_open_order, align_right=True),
    )


def contact_columns(texts: Texts) -> tuple[Column, ...]:
    """Whom to ring, as what, on which number."""

    def phone(row: ContactRow) -> str:
        return row.phone or texts.say("no number")

    return (
        Column("name", texts.name("column", "Name"), _shown, tooltip=_shown, stretch=True),
        Column("function", texts.name("column", "Function"), _function, tooltip=_function, muted=True, stretch=True),
        Column("phone", texts.name("column", "Telephone"), phone, bold=_has_phone, muted=_has_no_phone),
    )


def call_columns(texts: Texts, today: Callable[[], date]) -> tuple[Column, ...]:
    """Case number without a name, whether it may be spoken of today, what, by when, how it stands."""

    def number(row: CallRow) -> str:
        return row.action.case_number or texts.name("action", "general")

    def due(row: CallRow) -> str:
        return texts.date(row.action.due_on) if row.action.due_on is not None else ""

    def standing(row: CallRow) -> str:
        return standing_words(texts, row.action, today())

    def tone(row: CallRow) -> Tone:
        return standing_tone(row.action, today())

    def consent(row: CallRow) -> str:
        return "" if row.may_be_said else texts.say("no consent today")

    return (
        Column("case", texts.name("column", "Case"), number, bold=True, sortable=False),
        Column("consent", texts.name("column", "Consent"), consent, tone=_consent_tone, sortable=False),
        Column("what", texts.name("column", "Action"), _what, tooltip=_what, stretch=True, sortable=False, muted=_may_not_be_said),
        Column("due", texts.name("column", "By"), due, sortable=False),
        Column("state", texts.name("column", "Status"), standing, tone=tone, sortable=False),
    )


def _party(row: PartyActions) -> str:
    return row.party


def _open(row: PartyActions) -> str:
    return str(row.open)


def _open_order(row: PartyActions) -> int:
    return row.open


def _late_order(row: PartyActions) -> int:
    return row.late


def _late_tone(row: PartyActions) -> Tone | None:
    return Tone.RED if row.late else None


def _shown(row: ContactRow) -> str:
    return row.shown


def _function(row: ContactRow) -> str:
    return "" if row.by_function_only else row.function


def _has_phone(row: ContactRow) -> bool:
    return bool(row.phone)


def _has_no_phone(row: ContactRow) -> bool:
    return not row.phone


def _what(row: CallRow) -> str:
    return row.action.what


def _may_not_be_said(row: CallRow) -> bool:
    return not row.may_be_said


def _consent_tone(row: CallRow) -> Tone | None:
    return None if row.may_be_said else Tone.AMBER
