"""`rehabdesk import cases`: cases from a workbook or a text file, all of them, the rows that are well, or only the dry run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rehabdesk.commands.secret import passphrase
from rehabdesk.domain.case_import import ImportField, Layout, column_named, guessed_layout, headings, problems_with_layout
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.texts import Texts

if TYPE_CHECKING:
    from rehabdesk.domain.import_check import Checked
    from rehabdesk.domain.sheet_cells import Sheet
    from rehabdesk.store.store import Store

WHAT = ("cases",)
#: What `--map` gives a column that is not to be imported.
NOT_IMPORTED = "-"


def usage_problem(asked: argparse.Namespace, texts: Texts) -> str:
    """What is missing or cannot be in what was asked, or nothing."""
    if asked.what not in WHAT:
        return texts.say("{what} cannot be {value}.", what="import", value=str(asked.what or ""))
    missing = [name for name, value in (("--vault", asked.vault), ("--file", asked.file)) if not value]
    if missing:
        return texts.say("This is missing: {what}.", what=", ".join(missing))
    for said in asked.map:
        heading, equals, name = said.rpartition("=")
        if not (equals and heading.strip()):
            return texts.say("{what} cannot be {value}.", what="--map", value=said)
        if name.strip() != NOT_IMPORTED and name.strip() not in {field.value for field in ImportField}:
            return texts.problem(Problem("import.no_such_field", None, {"written": name, "fields": ", ".join(ImportField)}))
    return ""


def run(asked: argparse.Namespace, texts: Texts) -> int:
    """Read, check, tell what is wrong by row and column, and write what was asked for; 1 when something was left out unasked."""
    from rehabdesk import app
    from rehabdesk.services import case_import, vault

    sheet = case_import.read_file(Path(asked.file))
    layout = _layout(sheet, asked.map)
    refuse_if(problems_with_layout(sheet, layout))
    folder = Path(asked.vault)
    vault.holders(folder)
    unlocked = vault.unlock(folder, passphrase(asked.passphrase_file, texts))
    with app.opened(unlocked, app.system_clock()) as store:
        return _import(store, sheet, layout, asked, texts)


def _import(store: Store, sheet: Sheet, layout: Layout, asked: argparse.Namespace, texts: Texts) -> int:
    from rehabdesk.domain.import_check import check
    from rehabdesk.services import case_import

    series_id = _series(store, asked.series)
    checked = check(sheet, layout, store.read(case_import.known), store.clock.today())
    _tell(checked, texts)
    rows = len(checked.good) + len(checked.doubtful) + checked.wrong
    if asked.dry_run:
        print(texts.say("{good} of {rows} rows are as they should be. Nothing has been written.", good=len(checked.good), rows=rows))
        return 0 if checked.is_well else 1
    if not checked.is_well and not asked.rest:
        said = texts.say("{good} of {rows} rows are as they should be. Nothing has been written.", good=len(checked.good), rows=rows)
        print(said, texts.say("With --rest those rows are imported, and the others left out."), file=sys.stderr)
        return 1
    drafts = checked.chosen(with_doubtful=False)
    refuse_if([] if drafts else [Problem("import.nothing_chosen")])
    done = case_import.write_all(store, series_id, drafts)
    print(texts.count("{n} case has been imported.", "{n} cases have been imported.", done))
    return 0


def _layout(sheet: Sheet, said: list[str]) -> Layout:
    """What the headings tell, and what `--map` puts right."""
    guessed = guessed_layout(sheet)
    names, fields = headings(sheet, guessed), dict(guessed.fields)
    for one in said:
        heading, _, name = one.rpartition("=")
        column = column_named(names, heading)
        if column is None:
            raise Refused(Problem("import.no_such_column", None, {"written": heading.strip()}))
        fields.pop(column, None)
        if name.strip() != NOT_IMPORTED:
            field = ImportField(name.strip())
            fields = {place: kept for place, kept in fields.items() if kept is not field} | {column: field}
    return Layout(guessed.heading_row, MappingProxyType(fields))


def _series(store: Store, asked: str | None) -> int:
    from rehabdesk.services import case_import

    forums = store.read(case_import.forums)
    refuse_if([] if forums else [Problem("import.no_forum")])
    if asked is None and len(forums) == 1:
        return forums[0].id
    named = [forum.id for forum in forums if asked is not None and forum.name.casefold() == asked.strip().casefold()]
    if len(named) != 1:
        raise Refused(Problem("import.which_forum", None, {"names": ", ".join(forum.name for forum in forums)}))
    return named[0]


def _tell(checked: Checked, texts: Texts) -> None:
    for finding in checked.findings:
        place = texts.say("Row {row}, {column}", row=finding.row, column=finding.heading) if finding.heading else texts.say("Row {row}", row=finding.row)
        print(f"{place}: {texts.problem(finding.problem)}")
