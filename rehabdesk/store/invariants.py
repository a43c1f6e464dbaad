"""What must be true of the rows of every vault, whoever wrote them: asked after an upgrade and when a vault is checked.

The triggers and constraints keep it while the vault is written to (`store/tables`); a step of an upgrade that rebuilds a table
works without them, and another program knows nothing of them. Plain SQL on a bare connection, for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlcipher3.dbapi2 import Connection as BareConnection

#: Claims that have a day in common with another on the same place (`product.md` rule 2).
_TWO_ON_A_PLACE = """
    SELECT count(DISTINCT a.place_id) FROM booking AS a JOIN booking AS b ON b.place_id = a.place_id AND b.id > a.id
    WHERE a.starts_on <= a.ends_on AND b.starts_on <= b.ends_on AND a.starts_on <= b.ends_on AND b.starts_on <= a.ends_on
"""
#: Places past the limit of their round that are not extra places with a reason, or between two numbers.
_PAST_THE_LIMIT = """
    SELECT count(*) FROM place JOIN round ON round.id = place.round_id
    WHERE place.number > round.max_places AND (place.is_extra = 0 OR trim(place.extra_reason) = '') OR typeof(place.number) <> 'integer'
"""
_NEEDED = {"booking", "place", "round"}


def overbooked(bare: BareConnection) -> int:
    """How many places are held by two at once or lie past a round's limit without a reason; none in a vault from before there were places."""
    tables = {row[0] for row in bare.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables >= _NEEDED:
        return 0
    return sum(bare.execute(query).fetchone()[0] for query in (_TWO_ON_A_PLACE, _PAST_THE_LIMIT))
