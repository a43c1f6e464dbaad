"""The columns of actions across cases, and what they say of an action outside its case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rehabdesk.domain.actions import MOVED_OFTEN
from rehabdesk.domain.forum import ActionState, days_late
from rehabdesk.services.step_categories import category_words, step_category
from rehabdesk.store.queries.forum.actions import ActionRow
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone

_NEVER = date.max


def action_columns(texts: Texts, today: Callable[[], date]) -> tuple[Column, ...]:
    """Case, what, who, by when, how it stands, how often moved, category.

    What is to be done cannot be ordered by: words of one kind would come together, and with them the people they are about.
    Who answers for it orders every action that is not told outside its case as one (`domain.actions`). `today` is asked for each
    time: a window may stand open over midnight.
    """

    def who(row: ActionRow) -> str:
        return who_outside(texts, row)

    def who_order(row: ActionRow) -> tuple[bool, str]:
        return not row.is_told_outside, who_outside(texts, row).casefold()

    def case(row: ActionRow) -> str:
        return case_outside(texts, row)

    def due(row: ActionRow) -> str:
        return texts.date(row.due_on) if row.due_on is not None else ""

    def standing(row: ActionRow) -> str:
        return standing_words(texts, row, today())

    def tone(row: ActionRow) -> Tone | None:
        return standing_tone(row, today())

    def moved(row: ActionRow) -> str:
        return texts.count("{n} time", "{n} times", row.move_count) if row.move_count else ""

    def category(row: ActionRow) -> str:
        code = category_outside(row)
        return category_words(code, texts.language) if code else ""

    return (
        Column("case", texts.name("column", "Case"), case, sort=_case_order, bold=True),
        Column("what", texts.name("column", "Action"), _what, tooltip=_what, stretch=True, sortable=False),
        Column("who", texts.name("column", "Answers for it"), who, sort=who_order, tooltip=who, stretch=True),
        Column("due", texts.name("column", "By"), due, sort=_due_order),
        Column("state", texts.name("column", "Status"), standing, sort=_state_order, tone=tone),
        Column("moved", texts.name("column", "Moved"), moved, sort=_moved_order, muted=_is_moved_seldom),
        Column("category", texts.name("column", "Category"), category, muted=True),
    )


def who_outside(texts: Texts, row: ActionRow) -> str:
    """Who answers for it, as it may be told outside the case."""
    return row.who if row.is_told_outside else texts.say("The participant or another party")


def case_outside(texts: Texts, row: ActionRow) -> str:
    """The case's number with the short name; the number alone under protected identity. A general action has neither."""
    if row.case_id is None:
        return texts.name("action", "general")
    return row.case_number if row.is_protected or not row.participant else f"{row.case_number} {row.participant}"


def category_outside(row: ActionRow) -> str:
    """The code of the category, unless it is one that is told only inside the case."""
    category = step_category(row.category)
    return row.category if category is not None and not category.is_sensitive else ""


def standing_words(texts: Texts, row: ActionRow, today: date) -> str:
    """How it stands: closed, late by how much, or planned."""
    if row.state is not ActionState.OPEN:
        return texts.term(row.state)
    late = days_late(row.due_on, today)
    return texts.count("{n} day late", "{n} days late", late) if late else texts.name("action", "planned")


def standing_tone(row: ActionRow, today: date) -> Tone:
    """The colour of that word."""
    if row.state is ActionState.DONE:
        return Tone.GREEN
    if row.state is ActionState.DROPPED:
        return Tone.NEUTRAL
    return Tone.RED if days_late(row.due_on, today) else Tone.ACCENT


def _what(row: ActionRow) -> str:
    return row.what


def _case_order(row: ActionRow) -> tuple[bool, str, int, str]:
    if row.case_id is None:
        return True, "", 0, ""
    prefix, year, sequence = row.case_number.rsplit("-", 2)
    return False, year, int(sequence), prefix


def _due_order(row: ActionRow) -> date:
    return row.due_on or _NEVER


def _state_order(row: ActionRow) -> tuple[str, date]:
    return row.state.value, row.due_on or _NEVER


def _moved_order(row: ActionRow) -> int:
    return row.move_count


def _is_moved_seldom(row: ActionRow) -> bool:
    return row.move_count < MOVED_OFTEN
