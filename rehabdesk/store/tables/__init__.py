"""The mapped classes, by room. Importing this package registers all of them on `Table.metadata`."""

from __future__ import annotations

from rehabdesk.store.tables import cases, consent, forum, notes, parties, plans, privacy
from rehabdesk.store.tables.base import Table

__all__ = ["Table", "cases", "consent", "forum", "notes", "parties", "plans", "privacy"]
