"""The rooms of the application: what the sidebar lists and what builds their pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording import Message


@dataclass(frozen=True, slots=True)
class Room:
    """A room: its key in a `Target`, its name (a marked message), its page, and a count that follows some tables.

    A room that is not `listed` has no line in the sidebar (the meeting); `under` names the room it belongs to there.
    """

    key: str
    title: Message
    factory: Callable[[Context], Page]
    count: Callable[[Context], int | None] | None = None
    tables: frozenset[str] = frozenset()
    listed: bool = True
    under: str = ""
