"""Columns are guessed from their headings, and the dry run tells every problem by row and column."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.case_import import (
    ImportField,
    Layout,
    column_letters,
    column_named,
    guessed_layout,
    headings,
    problems_with_layout,
)
from rehabdesk.domain.cases import KnownPerson
from rehabdesk.domain.import_check import Known, KnownContact, Weight, check
from rehabdesk.domain.sheet_cells import Sheet, SheetRow

TODAY = date(2026, 11, 22)
F = ImportField


def sheet(*rows: tuple) -> Sheet:
    kept = tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1) if any(cell not in (None, "") for cell in row))
    return Sheet(kept, max(map(len, rows)))


def checked(table: Sheet, known: Known = Known()):
    return check(table, guessed_layout(table), known, TODAY)


def said(found) -> list[tuple[int, str, str, Weight]]:
    return [(one.row, one.heading, one.problem.code, one.weight) for one in found.findings]


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (("Förnamn", "Efternamn", "Personnummer"), (F.GIVEN_NAME, F.SURNAME, F.IDENTITY_NUMBER)),
        (("FÖRNAMN ", "efter-namn", "Person-/samordningsnummer"), (F.GIVEN_NAME, None, F.IDENTITY_NUMBER)),
        (("Given name", "Last_name", "Personal identity number"), (F.GIVEN_NAME, F.SURNAME, F.IDENTITY_NUMBER)),
        (("Namn", "Pnr", "Arbetsgivare", "Chef"), (F.FULL_NAME, F.IDENTITY_NUMBER, F.EMPLOYER, F.CONTACT)),
        (("Namn", "Efternamn"), (F.GIVEN_NAME, F.SURNAME)),
        (("Namn", "Förnamn", "Efternamn"), (None, F.GIVEN_NAME, F.SURNAME)),
        (("Datum", "Dnr", "Akten förvaras", "Frågeställning", "Varför nu?"), (F.OPENED_ON, F.REGISTRATION_NUMBER, F.KEPT_WHERE, F.QUESTION, F.WHY_NOW)),
        (("Name", "Date", "Reference", "File kept", "Question", "Why now"), (F.FULL_NAME, F.OPENED_ON, F.REGISTRATION_NUMBER, F.KEPT_WHERE, F.QUESTION, F.WHY_NOW)),
        (("Namn", "Skyddade personuppgifter", "Diagnos", ""), (F.FULL_NAME, F.PROTECTED, None, None)),
        (("Namn", "Namn"), (F.FULL_NAME, None)),
    ],
)
def test_headings_are_guessed_in_both_languages(row, fields) -> None:
    assert dict(guessed_layout(sheet(row)).fields) == {column: field for column, field in enumerate(fields) if field is not None}


def test_headings_beneath_a_title_are_found() -> None:
    table = sheet(("Ärendelista 2026",), (), ("Förnamn", "Dnr"), ("Åsa", "1"))
    layout = guessed_layout(table)
    assert layout.heading_row == 1
    assert headings(table, layout) == ("Förnamn", "Dnr")
    assert [draft.row for draft in checked(table).good] == [4]


def test_what_a_layout_lacks_is_said() -> None:
    table = sheet(("a", "b"), ("c", "d"))
    codes = {
        (): ["import.no_name_column"],
        (F.SURNAME,): ["import.no_name_column"],
        (F.FULL_NAME, F.SURNAME): ["import.name_twice"],
        (F.GIVEN_NAME, F.GIVEN_NAME): ["import.field_twice"],
        (F.GIVEN_NAME, F.SURNAME): [],
    }
    for fields, wanted in codes.items():
        assert [one.code for one in problems_with_layout(table, Layout(0, dict(enumerate(fields))))] == wanted
    assert [one.code for one in problems_with_layout(table, Layout(1, {0: F.GIVEN_NAME}))] == ["import.no_rows"]
    assert headings(table, Layout(None, {})) == ("A", "B")


def test_columns_are_known_by_heading_and_by_letter() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert column_named(("Förnamn", "B-namn"), "förnamn") == 0
    assert column_named(("Förnamn", "B-namn"), "b") == 1
    assert column_named(("Förnamn",), "q") is None


@pytest.mark.parametrize(
    ("written", "name"),
    [("Ek, Anna", ("Anna", "Ek")), ("Anna Ek", ("Anna", "Ek")), ("Anna Maria Ek-Lund", ("Anna Maria", "Ek-Lund")), ("Anna", ("Anna", ""))],
)
def test_a_whole_name_is_parted(written: str, name: tuple[str, str]) -> None:
    draft = checked(sheet(("Namn",), (written,))).good[0]
    assert (draft.given_name, draft.surname) == name


def test_every_problem_is_told_by_row_and_column() -> None:
    found = checked(
        sheet(
            ("Förnamn", "Efternamn", "Personnummer", "Öppnat"),
            ("Anna", "Ek", "900602-2398", "igår"),
            ("", "Ek", "", ""),
            ("Bo", "Ek", "", "2026-11-01"),
        )
    )
    assert said(found) == [
        (2, "Personnummer", "identity.check_digit", Weight.WRONG),
        (2, "Öppnat", "import.no_day", Weight.WRONG),
        (3, "Förnamn", "case.name_missing", Weight.WRONG),
    ]
    assert (found.wrong, [draft.row for draft in found.good], found.is_well) == (2, [4], False)


def test_who_is_known_or_stands_twice_waits_for_a_yes() -> None:
    known = Known((KnownPerson(7, "RF-2026-007", "Anna", "Ek", "199006022397"), KnownPerson(8, "RF-2026-008", "Bo", "Öhm", None)))
    found = checked(
        sheet(
            ("Förnamn", "Efternamn", "Personnummer"),
            ("Annika", "Ek", "19900602-2397"),
            ("BO", "öhm", ""),
            ("Cilla", "Ask", "640823-3234"),
            ("Cilla", "Ask", "811228-9874"),
            ("cilla", "ask", ""),
        ),
        known,
    )
    assert said(found) == [
        (2, "Personnummer", "case.same_identity_number", Weight.DOUBTFUL),
        (3, "Förnamn", "case.same_name", Weight.DOUBTFUL),
        (6, "Förnamn", "import.same_name", Weight.DOUBTFUL),
    ]
    assert [draft.row for draft in found.chosen(with_doubtful=False)] == [4, 5]
    assert [draft.row for draft in found.chosen(with_doubtful=True)] == [2, 3, 4, 5, 6]


def test_protected_identity_takes_an_alias_and_neither_number_nor_workplace() -> None:
    contact = KnownContact(3, frozenset({"Lena Borg"}), frozenset({"Vara kommun, HR"}))
    found = checked(
        sheet(
            ("Förnamn", "Personnummer", "Arbetsgivare", "Kontaktperson", "Fråga", "Skyddad identitet"),
            ("Björk", "", "", "", "Vad händer nu?", "ja"),
            ("Lind", "900602-2397", "Vara kommun, HR", "Lena Borg", "Gäller 900602-2397", "ja"),
            ("Anna", "900602-2397", "Vara kommun, HR", "Lena Borg", "", "nej"),
            ("Bo", "", "", "", "", "kanske"),
        ),
        Known((), (contact,)),
    )
    assert said(found) == [
        (2, "Förnamn", "import.alias", Weight.TOLD),
        (3, "Förnamn", "import.alias", Weight.TOLD),
        (3, "Personnummer", "import.protected_number", Weight.WRONG),
        (3, "Arbetsgivare", "import.protected_workplace", Weight.WRONG),
        (3, "Kontaktperson", "import.protected_workplace", Weight.WRONG),
        (3, "Fråga", "import.protected_number", Weight.WRONG),
        (5, "Skyddad identitet", "import.not_yes_or_no", Weight.WRONG),
    ]
    alias, ordinary = found.good
    assert (alias.is_protected, alias.identity_number, alias.employer_contact_id) == (True, None, None)
    assert (ordinary.identity_number, ordinary.employer_contact_id) == ("199006022397", 3)


@pytest.mark.parametrize(
    ("employer", "contact", "wanted"),
    [
        ("", "", None),
        ("Vara kommun, HR", "Lena Borg", 1),
        ("HR", "lena  BORG", 1),
        ("", "Borg Lena", 1),
        ("", "enhetschef", "import.several_contacts"),
        ("HR", "enhetschef", 1),
        ("Skola", "", 2),
        ("Volvo", "Lena Borg", "import.no_such_employer"),
        ("Skola", "Lena Borg", "import.contact_elsewhere"),
        ("", "Nils", "import.no_such_contact"),
    ],
)
def test_a_contact_is_found_by_name_function_and_employer(employer: str, contact: str, wanted: object) -> None:
    known = Known(
        (),
        (
            KnownContact(1, frozenset({"Lena Borg", "Borg Lena", "enhetschef"}), frozenset({"Vara kommun, HR", "HR"})),
            KnownContact(2, frozenset({"Ola Ek", "enhetschef"}), frozenset({"Vara kommun, skola", "Skola"})),
        ),
    )
    found = checked(sheet(("Namn", "Arbetsgivare", "Kontakt"), ("Anna Ek", employer, contact)), known)
    if isinstance(wanted, str):
        assert [one.problem.code for one in found.findings] == [wanted]
    else:
        assert found.good[0].employer_contact_id == wanted


CELLS = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates())


@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=8))
def test_any_cells_are_judged_and_every_row_is_accounted_for(rows: list[list]) -> None:
    table = Sheet(tuple(SheetRow(number, tuple(row)) for number, row in enumerate(rows, start=1)), 12)
    layout = Layout(None, dict(enumerate(field for field in ImportField if field is not F.FULL_NAME)))
    found = check(table, layout, Known(), TODAY)
    assert len(found.good) + len(found.doubtful) + found.wrong == len(rows)
    for draft in (*found.good, *found.doubtful):
        assert draft.given_name
        assert not (draft.is_protected and (draft.identity_number or draft.employer_contact_id))
