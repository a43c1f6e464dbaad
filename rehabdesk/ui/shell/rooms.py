"""The rooms of the application: what the sidebar lists and what builds their pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.page import Page
from rehabdesk.wording import Message


@dataclass(frozen=True, slots=True)
class Room:
    """A room: its key in a `Target`, its name (a marked message), its page, and a count that follows some tables."""

    key: str
    title: Message
    factory: Callable[[Context], Page]
    count: Callable[[Context], int | None] | None = None
    tables: frozenset[str] = frozenset()
