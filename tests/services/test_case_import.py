"""Importing cases into a real vault: all, the rest, or nothing; and five hundred files that change nothing in it."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from rehabdesk.domain.case_import import guessed_layout, problems_with_layout
from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.import_check import Checked, Draft, Weight, check
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.exchange.table_file import read_table
from rehabdesk.services import case_import, cases
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.store import Store
from rehabdesk.store.tables import Table
from tests.helpers import import_files
from tests.helpers.import_files import BAD_CELLS, HEADINGS, ROWS
from tests.helpers.people import make_forum

TODAY = date(2026, 11, 22)
#: How many malformed files there are to be, at least.
WANTED = 500


@pytest.fixture
def forum(store):
    return make_forum(store)


def dry_run(store: Store, content: bytes) -> Checked:
    """What the page and the command do with a file before anything is written."""
    sheet = read_table(content)
    layout = guessed_layout(sheet)
    problems = problems_with_layout(sheet, layout)
    if problems:
        raise Refused(problems)
    return check(sheet, layout, store.read(case_import.known), store.clock.today())


def digest(store: Store) -> str:
    """Of every row of every table."""
    whole = hashlib.sha256()

    def rows(connection) -> None:
        for table in Table.metadata.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}" ORDER BY 1, 2')):
                whole.update(repr((table.name, tuple(row))).encode())

    store.read(rows)
    return whole.hexdigest()


def listed(store: Store):
    return [row for row in reversed(store.read(case_queries.cases, TODAY))]


def test_a_file_becomes_cases_in_one_step(store: Store, forum) -> None:
    found = dry_run(store, import_files.workbook())
    assert found.is_well
    assert case_import.write_all(store, forum.series, found.chosen(with_doubtful=False)) == 3
    first, second, third = listed(store)
    assert (first.number, first.full_name, first.last_four, first.opened_on) == ("RF-2026-001", "Åsa Öberg", "2397", date(2026, 11, 2))
    assert (first.registration_number, first.kept_where) == ("KS 2026/114", "Rum 12")
    assert second.opened_on == date(2026, 10, 22)
    assert third.opened_on == TODAY
    assert (first.last_four, first.legal_sex, second.legal_sex) == ("2397", LegalSex.MAN, LegalSex.MAN)
    asked = store.read(lambda c: c.execute(text('SELECT question, why_now FROM "case" ORDER BY id')).all())
    assert asked == [("Vad behövs för att komma åter?", "Ny läkare"), ("", ""), ('Går det att "prova" en vecka?', "")]
    kinds = store.read(lambda c: c.execute(text("SELECT kind FROM log_entry ORDER BY id")).scalars().all())
    assert kinds[-4:] == ["case_opened"] * 3 + ["cases_imported"]
    assert store.undo().params == {"n": 3}
    assert listed(store) == []
    store.redo()
    assert len(listed(store)) == 3


def test_the_rest_is_written_when_it_is_chosen(store: Store, forum) -> None:
    cases.open_case(store, forum.series, "Björn", "Ärlig", "640823-3234")
    rows = [*ROWS, ("", "Namnlös", *[""] * 7)]
    found = dry_run(store, import_files.text_file(rows=rows))
    assert (len(found.good), len(found.doubtful), found.wrong) == (2, 1, 1)
    case_import.write_all(store, forum.series, found.chosen(with_doubtful=False))
    assert [row.given_name for row in listed(store)] == ["Björn", "Åsa", "Zeynep"]
    assert dry_run(store, import_files.text_file(rows=rows)).good == ()


def test_a_contact_is_taken_from_the_contacts(store: Store, forum) -> None:
    found = dry_run(store, "Namn;Arbetsgivare;Kontaktperson\nÅsa Öberg;Vara kommun, HR;Lena Borg\nBo Ek;Vara kommun;\n".encode())
    assert [draft.employer_contact_id for draft in found.good] == [forum.manager] * 2


def test_others_read_and_nobody_writes_while_it_is_written_and_stopping_leaves_nothing(store: Store, forum) -> None:
    before = digest(store)
    told = []
    store.subscribe(told.append)
    drafts = [Draft(row, f"Namn{row}") for row in range(1, 40)]
    writing = case_import.write(store, forum.series, drafts)
    assert [next(writing) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert listed(store) == []
    with pytest.raises(Refused, match=r"store\.busy"):
        cases.open_case(store, forum.series, "Annan")
    writing.close()
    assert digest(store) == before
    assert told == []
    assert cases.open_case(store, forum.series, "Annan")


def test_a_row_that_cannot_be_kept_takes_all_with_it(store: Store, forum) -> None:
    before = digest(store)
    with pytest.raises(Refused):
        case_import.write_all(store, forum.series, [Draft(2, "Anna"), Draft(3, "Bo", employer_contact_id=99_999)])
    with pytest.raises(Refused):
        case_import.write_all(store, forum.series, [Draft(2, "Alias", is_protected=True, employer_contact_id=forum.manager)])
    with pytest.raises(Refused):
        case_import.write_all(store, forum.series, [Draft(2, "Alias", is_protected=True, identity_number="199006022397")])
    assert digest(store) == before


def test_cases_are_imported_into_a_rehab_forum_only(store: Store) -> None:
    steering = make_forum(store, kind=SeriesKind.STEERING_GROUP, slug="styrgrupp", prefix="SG")
    assert store.read(case_import.forums) == ()
    with pytest.raises(Refused):
        case_import.write_all(store, steering.series, [Draft(2, "Anna")])
    union = make_forum(store, controller=OrganisationKind.COORDINATION_ASSOCIATION, slug="annat", prefix="AB")
    with pytest.raises(Refused):
        case_import.write_all(store, union.series, [Draft(2, "Anna")])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör")
    (tmp_path / "tom.csv").touch()
    large = tmp_path / "stor.csv"
    with large.open("wb") as file:
        file.truncate(30_000_000)
    for path, code in (
        (tmp_path, "import.folder"),
        (tmp_path / "saknas.csv", "import.not_there"),
        (tmp_path / "tom.csv" / "i.csv", "import.not_there"),
        (Path("noll\0tecken"), "import.not_there"),
        (tmp_path / ("å" * 300), "import.unreadable"),
        (tmp_path / "rör", "import.not_a_file"),
        (tmp_path / "tom.csv", "import.empty"),
        (large, "import.too_large"),
    ):
        with pytest.raises(Refused) as refused:
            case_import.read_file(path)
        assert [problem.code for problem in refused.value.problems] == [code]


# Five hundred malformed files


def malformed() -> list[bytes]:
    """Files of every kind that something is wrong with: no tables, single bad cells in every form of file, and harmed bytes."""
    found = [content for content, _ in import_files.refused_files().values() if len(content) < 1_000_000]
    for heading, cell, _ in BAD_CELLS:
        place = HEADINGS.index(heading)
        rows = [ROWS[0], tuple(cell if column == place else value for column, value in enumerate(ROWS[1])), ROWS[2]]
        found += [import_files.workbook(rows=rows), import_files.text_file(rows=rows), import_files.text_file("\t", "utf-16", rows=rows)]
    return [*found, *import_files.mutations(700, seed=114)]


def problems_of(store: Store, content: bytes) -> tuple[Problem, ...]:
    """What is said about a file; what is said about a row names it."""
    try:
        found = dry_run(store, content)
    except Refused as refused:
        return refused.problems
    assert all(finding.row > 0 for finding in found.findings)
    return tuple(finding.problem for finding in found.findings if finding.weight is not Weight.TOLD)


@pytest.mark.slow
def test_five_hundred_malformed_files_each_get_their_sentence_and_change_nothing(store: Store, forum, texts, texts_en) -> None:
    cases.open_case(store, forum.series, "Någon", "Annan", "811228-9874")
    before, told = digest(store), 0
    for content in malformed():
        problems = problems_of(store, content)
        said = [language.problem(problem) for problem in problems for language in (texts, texts_en)]
        assert all(one.endswith((".", "”.")) for one in said)
        # What harmed bytes left whole is no malformed file.
        told += bool(problems)
    assert told >= WANTED
    assert digest(store) == before


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda one: one.encode("utf-8", "replace"))))
def test_any_bytes_are_answered_with_a_sentence(store: Store, texts, content: bytes) -> None:
    try:
        found = dry_run(store, content)
    except Refused as refused:
        assert texts.problems(refused.problems)
        return
    assert found.good or found.findings


CELL = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELL, min_size=9, max_size=9), min_size=1, max_size=4), st.sampled_from([";", ",", "\t"]))
def test_the_same_cells_are_judged_alike_in_a_workbook_and_in_text(store: Store, rows, delimiter: str) -> None:
    def judged(content: bytes):
        try:
            found = dry_run(store, content)
        except Refused as refused:
            return refused.problems
        return found.wrong, len(found.good), {(one.column, one.problem.code) for one in found.findings}

    plain = [[" ".join("".join(sign for sign in cell if sign.isprintable()).split()).lstrip("=+-@＝＋－＠\"'") for cell in row] for row in rows]
    assert judged(import_files.workbook(rows=plain)) == judged(import_files.text_file(delimiter, rows=plain))


def test_each_bad_cell_is_told_in_its_own_column(store: Store, forum) -> None:
    for heading, cell, code in BAD_CELLS:
        place = HEADINGS.index(heading)
        rows = [ROWS[0], tuple(cell if column == place else value for column, value in enumerate(ROWS[1]))]
        found = dry_run(store, import_files.text_file(rows=rows)).findings
        assert [(one.row, one.heading, one.problem.code) for one in found] == [(3, heading, code)], (heading, cell)
        assert isinstance(found[0].problem, Problem)
