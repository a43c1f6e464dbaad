"""The mapped classes, by room. Importing this package registers all of them on `Table.metadata`."""

from __future__ import annotations

from rehabdesk.store.tables import calls, cases, consent, exports, forum, measures, notes, parties, plans, prerehab, privacy, sick_leave
from rehabdesk.store.tables.base import Table

__all__ = ["Table", "calls", "cases", "consent", "exports", "forum", "measures", "notes", "parties", "plans", "prerehab", "privacy", "sick_leave"]
