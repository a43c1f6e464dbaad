"""Sentences about files that cases are imported from, and what a row or a cell may lack."""

from __future__ import annotations

from rehabdesk.domain.case_import import ImportField
from rehabdesk.domain.import_check import Weight
from rehabdesk.wording import message, message_count

PROBLEMS = {
    "store.busy": message("An import is being written. Wait until it is done, or stop it."),
    # The file
    "import.not_there": message("There is no such file."),
    "import.folder": message("This is a folder. Choose a file: a workbook (.xlsx) or a text file (.csv)."),
    "import.not_a_file": message("This is no ordinary file. Choose a workbook (.xlsx) or a text file (.csv)."),
    "import.unreadable": message("The file cannot be read. If it is open in another program, close it there first."),
    "import.empty": message("The file is empty."),
    "import.too_large": message("The file is too large: more than {most} MB. Divide it into smaller files."),
    "import.too_many_rows": message("The file has too many rows: at most {most} are imported at a time. Divide it into smaller files."),
    "import.too_many_columns": message("The file has too many columns: at most {most} are read. Save a copy with only those that are needed."),
    "import.old_excel": message("The file is of Excel's old kind (.xls). Open it in Excel and save it as an Excel workbook (.xlsx)."),
    "import.binary_excel": message("The file is a binary workbook (.xlsb). Open it in Excel and save it as an Excel workbook (.xlsx)."),
    "import.open_document": message("The file is an OpenDocument sheet (.ods). Save it as an Excel workbook (.xlsx) or as text (.csv)."),
    "import.password": message("The file is protected with a password. Save a copy without it, import the copy, and delete it afterwards."),
    "import.macros": message("The file holds macros, which are never opened here. Save it as an Excel workbook without macros (.xlsx)."),
    "import.external_links": message(
        "The file takes values from other files or sources. Save a copy with values only, and import that one."
    ),
    "import.unpacks_too_large": message("The file is too large when it is unpacked: more than {most} MB. Nothing of it has been read."),
    "import.web_page": message("The file is a web page and no sheet, whatever its name says. Open it in Excel and save it as .xlsx."),
    "import.not_a_table": message("The file is neither a workbook (.xlsx) nor text with a row for each person (.csv)."),
    "import.damaged": message("The file is damaged and cannot be read. Open it in the program it came from and save it anew."),
    "import.open_quote": message("A quotation mark in the file is never closed, near line {row}. Open the file in Excel and save it anew."),
    # Its columns
    "import.no_name_column": message("Say which column holds the given name, or the whole name."),
    "import.name_twice": message("Choose either the whole name or given name and surname, not both."),
    "import.field_twice": message("Two columns are said to be {field}. Choose one of them."),
    "import.no_rows": message("There is no row beneath the headings."),
    "import.no_such_column": message("The file has no column called {written}."),
    "import.no_such_field": message("{written} is no field. There are: {fields}."),
    "import.no_forum": message("There is no rehab forum to import cases into. Add the series first."),
    "import.which_forum": message("Say which series the cases are for, with --series. There are: {names}."),
    "import.nothing_chosen": message("No row can be imported."),
    # Its cells
    "import.no_day": message("“{written}” is not read as a day. Write 2026-11-22 or 22/11 2026."),
    "import.opened_long_ago": message("{day} is long ago: no case is older than {oldest}. Check the year."),
    "import.not_yes_or_no": message("“{written}” is neither yes nor no."),
    "import.error_in_cell": message("The cell holds the error {written} instead of a value."),
    "import.letters_lost": message("Letters have been lost on the way: å, ä or ö cannot be read. Save the file as .xlsx instead."),
    "import.number_in_name": message("There is an identity number in the name. It has a column of its own."),
    "import.no_letters_in_name": message("The name has no letters. Check which column is the name."),
    "import.zeros_lost": message("The identity number has lost the zeros at its beginning. Make the column text and write it whole."),
    "import.number_shortened": message("The identity number has been rounded by the sheet program. Make the column text and write it whole."),
    "import.no_such_employer": message("{written} is not among the contacts. Add it there first, or leave the column out."),
    "import.no_such_contact": message("Nobody among the contacts is called {written}. Add her there first, or leave the column out."),
    "import.contact_elsewhere": message("{written} is not a contact at {employer}."),
    "import.several_contacts": message("{written} fits several contacts. Write both the name and the employer."),
    "import.same_number": message("Row {row} has the same identity number."),
    "import.same_name": message("Row {row} has the same name. Check that it is not the same person."),
    "import.alias": message("Protected identity: the name here has to be an alias, never the real one."),
    "import.protected_number": message("Under protected identity no identity number may be here. Empty the cell."),
    "import.protected_workplace": message("Under protected identity no workplace may be here. Empty the cell."),
}

LABELS = {"cases.imported": message_count("{n} case imported", "{n} cases imported")}

TERMS = {
    ImportField: {
        ImportField.GIVEN_NAME: message("given name", "column"),
        ImportField.SURNAME: message("surname", "column"),
        ImportField.FULL_NAME: message("whole name", "column"),
        ImportField.IDENTITY_NUMBER: message("identity number", "column"),
        ImportField.PROTECTED: message("protected identity (yes or no)", "column"),
        ImportField.EMPLOYER: message("employer", "column"),
        ImportField.CONTACT: message("contact at the employer", "column"),
        ImportField.OPENED_ON: message("opened on", "column"),
        ImportField.REGISTRATION_NUMBER: message("registration number", "column"),
        ImportField.KEPT_WHERE: message("where the file is kept", "column"),
        ImportField.QUESTION: message("question to the forum", "column"),
        ImportField.WHY_NOW: message("why now", "column"),
    },
    Weight: {
        Weight.WRONG: message("wrong", "finding"),
        Weight.DOUBTFUL: message("doubtful", "finding"),
        Weight.TOLD: message("to think of", "finding"),
    },
}
