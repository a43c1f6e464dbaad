"""Sentences about lists that leave as files."""

from __future__ import annotations

from rehabdesk.domain.exports import ExportKind, FileFormat
from rehabdesk.wording import message

PROBLEMS = {
    "export.nothing_left": message("There is no case to export. Cases under protected identity are never in the file."),
    "export.gone": message("The file is no longer remembered."),
}

LABELS = {
    "export.saved": message("list saved as a file"),
    "export.file_gone": message("file said to be gone"),
}

TERMS = {
    ExportKind: {ExportKind.CASES: message("list of cases", "export")},
    FileFormat: {FileFormat.WORKBOOK: message("Excel workbook (.xlsx)"), FileFormat.TEXT: message("text for sheet programs (.csv)")},
}
