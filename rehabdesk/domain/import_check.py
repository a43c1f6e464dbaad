"""The dry run of an import: every row becomes a case to open, or says in which column what is wrong with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from rehabdesk.domain import identity
from rehabdesk.domain.case_import import ImportField, Layout, data_rows, headings
from rehabdesk.domain.cases import KnownPerson, problems_with_name, problems_with_opening, same_person_again
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.sheet_cells import Cell, Sheet, SheetRow, as_day, as_lines, as_text, as_yes_or_no, is_blank, problem_with_text
from rehabdesk.domain.text_cleaning import MOST_CHARACTERS, MOST_ON_A_LINE

#: No case of a rehab forum is older: the Act on financial coordination is of 2003, trials began ten years before.
OLDEST_OPENING = date(1993, 1, 1)
_LONG = frozenset({ImportField.QUESTION, ImportField.WHY_NOW})
_NUMBER_IN_TEXT = re.compile(r"(?<![0-9])(?:[0-9]{2})?[0-9]{6}\s?[-+‐‑‒–—−]?\s?(?:[0-9]{4}|[A-Za-z][0-9]{3}|[Tt][A-Za-z][0-9]{2})(?![0-9])")
_DECIMALS = re.compile(r"(?<=[0-9]{7})[.,]0+$")
_SHORTENED_NUMBER = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]+")
_OF_THE_WORKPLACE = (ImportField.EMPLOYER, ImportField.CONTACT)


class Weight(StrEnum):
    """How much a finding weighs: the row cannot be taken; it waits for a yes; it is only told."""

    WRONG = "wrong"
    DOUBTFUL = "doubtful"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing said about one cell: the row's number and the column, with its heading, or None for the whole row."""

    row: int
    column: int | None
    heading: str
    weight: Weight
    problem: Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """A row that can become a case."""

    row: int
    given_name: str
    surname: str = ""
    identity_number: str | None = None
    is_protected: bool = False
    employer_contact_id: int | None = None
    opened_on: date | None = None
    registration_number: str = ""
    kept_where: str = ""
    question: str = ""
    why_now: str = ""


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact that a cell may name: by name or function, and by her party as it is written or called."""

    id: int
    names: frozenset[str]
    parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the vault knows that rows are held against: whom the open cases are about, and who can be a contact."""

    people: tuple[KnownPerson, ...] = ()
    contacts: tuple[KnownContact, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of the dry run. `good` and `doubtful` are in the file's order; `wrong` counts the rows that cannot be taken."""

    good: tuple[Draft, ...]
    doubtful: tuple[Draft, ...]
    wrong: int
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        """Whether every row can be taken as it is."""
        return not self.doubtful and not self.wrong

    def chosen(self, *, with_doubtful: bool) -> tuple[Draft, ...]:
        """The rows to take, in the file's order."""
        rows = (*self.good, *self.doubtful) if with_doubtful else self.good
        return tuple(sorted(rows, key=lambda draft: draft.row))


def check(sheet: Sheet, layout: Layout, known: Known, today: date) -> Checked:
    """Read every row. The layout is taken to be possible (`problems_with_layout`)."""
    good, doubtful, wrong = [], [], 0
    findings: list[Finding] = []
    names = headings(sheet, layout)
    people, contacts = _People(known.people), _Contacts(known.contacts)
    for row in data_rows(sheet, layout):
        reading = _Reading(row, layout, names, today, sheet.serial_zero)
        draft = _draft(reading, contacts)
        reading.doubts(people.again(draft))
        people.add(draft)
        findings += sorted(reading.findings, key=_by_column)
        weights = {finding.weight for finding in reading.findings}
        if Weight.WRONG in weights:
            wrong += 1
        elif Weight.DOUBTFUL in weights:
            doubtful.append(draft)
        else:
            good.append(draft)
    return Checked(tuple(good), tuple(doubtful), wrong, tuple(findings))


@dataclass(slots=True)
class _Reading:
    """One row while it is read."""

    row: SheetRow
    layout: Layout
    names: Sequence[str]
    today: date
    serial_zero: date
    findings: list[Finding] = field(default_factory=list)

    def cell(self, asked: ImportField) -> Cell:
        column = self.layout.column(asked)
        return self.row.cell(column) if column is not None else None

    def text(self, asked: ImportField) -> str:
        """What is written there; what is wrong with it as a text is told."""
        cell = self.cell(asked)
        problem = problem_with_text(cell, MOST_CHARACTERS if asked in _LONG else MOST_ON_A_LINE)
        if problem is not None:
            self.tell(asked, problem)
            return ""
        return as_lines(cell) if asked in _LONG else as_text(cell)

    def tell(self, asked: ImportField, problem: Problem, weight: Weight = Weight.WRONG) -> None:
        column = self.layout.column(asked)
        heading = self.names[column] if column is not None else ""
        self.findings.append(Finding(self.row.number, column, heading, weight, problem))

    def doubts(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            asked = ImportField.IDENTITY_NUMBER if problem.field == "identity_number" else self.name_field
            self.tell(asked, problem, Weight.DOUBTFUL)

    @property
    def name_field(self) -> ImportField:
        return ImportField.GIVEN_NAME if self.layout.column(ImportField.GIVEN_NAME) is not None else ImportField.FULL_NAME


def _draft(reading: _Reading, contacts: _Contacts) -> Draft:
    """What the row says, as far as it can be read; what is wrong is told."""
    given_name, surname = _name(reading)
    protected = as_yes_or_no(reading.cell(ImportField.PROTECTED))
    if isinstance(protected, Problem):
        reading.tell(ImportField.PROTECTED, protected)
        protected = False
    draft = Draft(
        row=reading.row.number,
        given_name=given_name,
        surname=surname,
        is_protected=protected,
        opened_on=_opened_on(reading),
        registration_number=reading.text(ImportField.REGISTRATION_NUMBER),
        kept_where=reading.text(ImportField.KEPT_WHERE),
        question=reading.text(ImportField.QUESTION),
        why_now=reading.text(ImportField.WHY_NOW),
    )
    if protected:
        _tell_what_protection_forbids(reading)
        return draft
    return replace(draft, identity_number=_identity_number(reading), employer_contact_id=_contact(reading, contacts))


def _name(reading: _Reading) -> tuple[str, str]:
    if reading.layout.column(ImportField.FULL_NAME) is None:
        parts = reading.text(ImportField.GIVEN_NAME), reading.text(ImportField.SURNAME)
    else:
        parts = _split_name(reading.text(ImportField.FULL_NAME))
    had_problem = bool(reading.findings)
    for problem in problems_with_name(parts[0], False, None) if not had_problem else ():
        reading.tell(reading.name_field, problem)
    if _NUMBER_IN_TEXT.search(" ".join(parts)):
        reading.tell(reading.name_field, Problem("import.number_in_name"))
    elif parts[0] and not any(letter.isalpha() for letter in parts[0]):
        reading.tell(reading.name_field, Problem("import.no_letters_in_name"))
    return parts


def _split_name(written: str) -> tuple[str, str]:
    """ "Ek, Anna" and "Anna Ek"; what stands before the last word are given names."""
    surname, comma, given_name = written.partition(",")
    if comma:
        return given_name.strip(), surname.strip()
    given_name, _, surname = written.rpartition(" ")
    return (given_name.strip(), surname) if given_name else (surname, "")


def _identity_number(reading: _Reading) -> str | None:
    asked = ImportField.IDENTITY_NUMBER
    # 199006022397,0 is how a sheet program writes a number that it was told to show with decimals.
    text = _DECIMALS.sub("", reading.text(asked))
    if not text:
        return None
    if _SHORTENED_NUMBER.fullmatch(text):
        reading.tell(asked, Problem("import.number_shortened"))
        return None
    if text.isdecimal() and 7 <= len(text) <= 9:
        # A sheet program takes 0004059937 for the number 4059937, and the year with it.
        reading.tell(asked, Problem("import.zeros_lost"))
        return None
    found = identity.parse(text, reading.today)
    if isinstance(found, Problem):
        reading.tell(asked, found)
        return None
    return found.twelve


def _opened_on(reading: _Reading) -> date | None:
    asked = ImportField.OPENED_ON
    if is_blank(reading.cell(asked)):
        return None
    problem = problem_with_text(reading.cell(asked))
    day = problem or as_day(reading.cell(asked), reading.today, reading.serial_zero)
    if isinstance(day, Problem):
        reading.tell(asked, day)
        return None
    for found in problems_with_opening(day, None, reading.today):
        reading.tell(asked, found)
    if day is not None and day < OLDEST_OPENING:
        reading.tell(asked, Problem("import.opened_long_ago", None, {"day": day, "oldest": OLDEST_OPENING.year}))
    return day


def _contact(reading: _Reading, contacts: _Contacts) -> int | None:
    employer, contact = reading.text(ImportField.EMPLOYER), reading.text(ImportField.CONTACT)
    found = contacts.named(employer, contact)
    if isinstance(found, Problem):
        reading.tell(ImportField.CONTACT if contact else ImportField.EMPLOYER, found)
        return None
    return found


def _tell_what_protection_forbids(reading: _Reading) -> None:
    """Neither number nor workplace, in any column; and that the name has to be an alias, which no program can see."""
    reading.tell(reading.name_field, Problem("import.alias"), Weight.TOLD)
    if not is_blank(reading.cell(ImportField.IDENTITY_NUMBER)):
        reading.tell(ImportField.IDENTITY_NUMBER, Problem("import.protected_number"))
    for asked in _OF_THE_WORKPLACE:
        if not is_blank(reading.cell(asked)):
            reading.tell(asked, Problem("import.protected_workplace"))
    for asked in (ImportField.REGISTRATION_NUMBER, ImportField.KEPT_WHERE, ImportField.QUESTION, ImportField.WHY_NOW):
        if _NUMBER_IN_TEXT.search(as_text(reading.cell(asked))):
            reading.tell(asked, Problem("import.protected_number"))


class _People:
    """Those known already and those further up in the file, by number and name: each row is held against a few, not all."""

    def __init__(self, known: Iterable[KnownPerson]) -> None:
        self._known: dict[str, list[KnownPerson]] = defaultdict(list)
        self._rows: dict[str, list[KnownPerson]] = defaultdict(list)
        for person in known:
            for key in _keys(person.given_name, person.surname, person.identity_number):
                self._known[key].append(person)

    def add(self, draft: Draft) -> None:
        """A row that the following ones are held against."""
        person = KnownPerson(draft.row, str(draft.row), draft.given_name, draft.surname, draft.identity_number)
        for key in _keys(draft.given_name, draft.surname, draft.identity_number):
            self._rows[key].append(person)

    def again(self, draft: Draft) -> list[Problem]:
        """Who it may be once more: at most one row and one case are named."""
        keys = _keys(draft.given_name, draft.surname, draft.identity_number)
        of_vault = [person for key in keys for person in self._known.get(key, ())]
        of_file = [person for key in keys for person in self._rows.get(key, ())]
        found = [*same_person_again(draft.given_name, draft.surname, draft.identity_number, of_vault)][:1]
        for problem in [*same_person_again(draft.given_name, draft.surname, draft.identity_number, of_file)][:1]:
            code = "import.same_number" if problem.field == "identity_number" else "import.same_name"
            found.append(Problem(code, problem.field, {"row": problem.params["case_id"]}))
        return found


def _keys(given_name: str, surname: str, identity_number: str | None) -> tuple[str, ...]:
    name = _folded(f"{given_name} {surname}")
    return tuple(key for key in (identity_number, name) if key)


class _Contacts:
    """Who can be a contact at an employer, by what a cell may call her."""

    def __init__(self, contacts: Iterable[KnownContact]) -> None:
        self._by_name: dict[str, list[KnownContact]] = defaultdict(list)
        self._by_party: dict[str, list[KnownContact]] = defaultdict(list)
        for contact in contacts:
            for name in contact.names:
                self._by_name[_folded(name)].append(contact)
            for party in contact.parties:
                self._by_party[_folded(party)].append(contact)

    def named(self, employer: str, contact: str) -> int | Problem | None:
        """The one contact that both cells fit; a problem where nobody or several do."""
        if not employer and not contact:
            return None
        at_party = self._by_party.get(_folded(employer), []) if employer else None
        if at_party is not None and not at_party:
            return Problem("import.no_such_employer", None, {"written": employer})
        found = self._by_name.get(_folded(contact), []) if contact else at_party or []
        if contact and not found:
            return Problem("import.no_such_contact", None, {"written": contact})
        if contact and at_party is not None:
            found = [one for one in found if one in at_party]
        if not found:
            return Problem("import.contact_elsewhere", None, {"written": contact, "employer": employer})
        if len({one.id for one in found}) > 1:
            return Problem("import.several_contacts", None, {"written": contact or employer})
        return found[0].id


def _by_column(finding: Finding) -> int:
    return finding.column if finding.column is not None else -1


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
