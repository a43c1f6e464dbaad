"""Which column of a file is which field of a case: guessed from the headings, in Swedish or English, and put right by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rehabdesk.domain.problems import Problem
from rehabdesk.domain.sheet_cells import Sheet, SheetRow, as_text

#: The headings stand within so many rows from the top, beneath a title perhaps.
MOST_ROWS_ABOVE = 10


class ImportField(StrEnum):
    """What a column of the file may hold. The values are what `rehabdesk import cases --map` is told."""

    GIVEN_NAME = "given-name"
    SURNAME = "surname"
    FULL_NAME = "name"
    IDENTITY_NUMBER = "identity-number"
    PROTECTED = "protected"
    EMPLOYER = "employer"
    CONTACT = "contact"
    OPENED_ON = "opened"
    REGISTRATION_NUMBER = "dnr"
    KEPT_WHERE = "kept-where"
    QUESTION = "question"
    WHY_NOW = "why-now"


_HEADINGS: Mapping[ImportField, str] = MappingProxyType(
    {
        ImportField.GIVEN_NAME: "förnamn; tilltalsnamn; given name; first name; forename; givenname",
        ImportField.SURNAME: "efternamn; surname; last name; family name",
        ImportField.FULL_NAME: "namn; deltagare; deltagarens namn; medarbetare; person; name; full name; participant; employee; fullständigt namn",
        ImportField.IDENTITY_NUMBER: (
            "personnummer; personnr; pnr; person nr; samordningsnummer; person samordningsnummer; identitetsnummer; identity number; "
            "personal number; personal identity number; social security number; födelsenummer; id nummer; id number"
        ),
        ImportField.PROTECTED: (
            "skyddad identitet; skyddade personuppgifter; skyddad; sekretessmarkering; sekretessmarkerad; sekretess; skydd; "
            "protected identity; protected"
        ),
        ImportField.EMPLOYER: "arbetsgivare; arbetsplats; förvaltning; enhet; part; employer; workplace; unit; department",
        ImportField.CONTACT: (
            "kontakt hos arbetsgivaren; kontaktperson; kontakt; chef; närmaste chef; ansvarig chef; hr kontakt; contact at the employer; "
            "contact; contact person; manager"
        ),
        ImportField.OPENED_ON: (
            "öppnat; öppnad; öppnades; startdatum; start; datum; aktualiserad; aktualiserat; aktualiseringsdatum; ärendet öppnat; "
            "inkom; inkommen; opened; opened on; date; start date"
        ),
        ImportField.REGISTRATION_NUMBER: "dnr; diarienummer; diarienr; diarie nr; registration number; reference; reference number; record number",
        ImportField.KEPT_WHERE: "akt; akten finns; akten förvaras; var akten finns; förvaras; aktplats; arkivplats; file kept; kept where; where the file is kept; file",
        ImportField.QUESTION: "fråga; frågan; frågeställning; fråga till forumet; question; question to the forum",
        ImportField.WHY_NOW: "varför nu; orsak; anledning; anledning till aktualisering; aktualiseringsorsak; why now; reason",
    }
)
_BY_HEADING: Mapping[str, ImportField] = MappingProxyType(
    {heading: field for field, headings in _HEADINGS.items() for heading in headings.split("; ")}
)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is read: the place of the row with the headings (None: there is none), and each column's field."""

    heading_row: int | None
    fields: Mapping[int, ImportField]

    def column(self, field: ImportField) -> int | None:
        """The column that holds a field."""
        return next((column for column, found in self.fields.items() if found is field), None)


def guessed_layout(sheet: Sheet) -> Layout:
    """The row near the top that names most fields holds the headings; otherwise the first does, and nothing is guessed."""
    best = Layout(0 if sheet.rows else None, MappingProxyType({}))
    for place, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
        fields = guessed_fields(row)
        if len(fields) > len(best.fields):
            best = Layout(place, fields)
    return best


def guessed_fields(row: SheetRow) -> Mapping[int, ImportField]:
    """What a row of headings names; of two columns with one name, the first."""
    found: dict[int, ImportField] = {}
    for column, cell in enumerate(row.cells):
        field = _BY_HEADING.get(_plain(as_text(cell)))
        if field is not None and field not in found.values():
            found[column] = field
    # "Namn" beside "Förnamn" or "Efternamn" is somebody else's name, or the same once more.
    if ImportField.GIVEN_NAME in found.values():
        found = {column: field for column, field in found.items() if field is not ImportField.FULL_NAME}
    elif ImportField.SURNAME in found.values() and ImportField.FULL_NAME in found.values():
        found = {column: ImportField.GIVEN_NAME if field is ImportField.FULL_NAME else field for column, field in found.items()}
    return MappingProxyType(found)


def headings(sheet: Sheet, layout: Layout) -> tuple[str, ...]:
    """What the columns are called: by their heading, or by their letter where there is none."""
    row = sheet.rows[layout.heading_row] if layout.heading_row is not None else None
    return tuple((as_text(row.cell(column)) if row is not None else "") or column_letters(column) for column in range(sheet.width))


def data_rows(sheet: Sheet, layout: Layout) -> tuple[SheetRow, ...]:
    """The rows beneath the headings."""
    return sheet.rows if layout.heading_row is None else sheet.rows[layout.heading_row + 1 :]


def problems_with_layout(sheet: Sheet, layout: Layout) -> tuple[Problem, ...]:
    """There is a column with the name, no field is in two columns, and there are rows to read."""
    found: list[Problem] = []
    fields = set(layout.fields.values())
    if not fields & {ImportField.GIVEN_NAME, ImportField.FULL_NAME}:
        found.append(Problem("import.no_name_column"))
    if ImportField.FULL_NAME in fields and fields & {ImportField.GIVEN_NAME, ImportField.SURNAME}:
        found.append(Problem("import.name_twice"))
    twice = [field for field, times in Counter(layout.fields.values()).items() if times > 1]
    found.extend(Problem("import.field_twice", None, {"field": field}) for field in twice)
    if not data_rows(sheet, layout):
        found.append(Problem("import.no_rows"))
    return tuple(found)


def column_letters(column: int) -> str:
    """A, B … Z, AA: as sheet programs call a column."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_named(names: Sequence[str], asked: str) -> int | None:
    """The column with this heading, or this letter."""
    wanted = _plain(asked)
    for column, name in enumerate(names):
        if _plain(name) == wanted:
            return column
    return next((column for column in range(len(names)) if column_letters(column) == asked.strip().upper()), None)


def _plain(heading: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", heading.casefold()))
