"""How large a file may be that is read: far past any forum's list, so that only accidents and mischief meet the limits."""

from __future__ import annotations

MOST_BYTES = 20_000_000
#: What a workbook may come to when it is unpacked, and how many parts it may have.
MOST_UNPACKED = 100_000_000
MOST_PARTS = 2_000
MOST_ROWS = 5_000
MOST_COLUMNS = 200
#: The rows of a sheet in the programs people use.
LAST_ROW = 1_048_576
