"""Tables as text files (CSV) that Swedish Excel opens as they are: semicolons, UTF-8 with its mark, decimal comma."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from rehabdesk.exchange.defusing import defused


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The headings above the rows. Every text is defused, in workbooks and here alike."""
    content = io.StringIO(newline="")
    writer = csv.writer(content, delimiter=";", lineterminator="\r\n")
    writer.writerow([_written(heading) for heading in headings])
    writer.writerows([_written(value) for value in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")


def _written(value: object) -> object:
    match value:
        case None:
            return ""
        case float():
            return f"{value}".replace(".", ",")
        case date():
            return value.isoformat()[:10]
    return defused(value)
