"""The system's printers: choosing one before the meeting, and opening it for one job."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from rehabdesk.texts import Texts

RESOLUTION = 300
"""Dots an inch asked of the printer; small print is sharp from here on."""


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """The printer by its name, and what was chosen for it in the system's dialog."""

    name: str
    duplex: QPrinter.DuplexMode = QPrinter.DuplexMode.DuplexAuto
    colour: QPrinter.ColorMode = QPrinter.ColorMode.Color


def open_printer(choice: PrinterChoice, job: str) -> QPrinter | None:
    """A job of its own at the printer, or None when it is gone. It asks the spooler, so it runs beside the main thread."""
    info = QPrinterInfo.printerInfo(choice.name)
    if info.isNull() or info.state() is QPrinter.PrinterState.Error:
        return None
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    # A QPrinter that does not find its printer turns into a file: that would be a plain copy nobody asked for.
    if printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat or printer.outputFileName():
        return None
    printer.setDocName(job)
    printer.setCreator("rehabdesk")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setCopyCount(1)
    printer.setResolution(RESOLUTION)
    printer.setDuplex(choice.duplex)
    printer.setColorMode(choice.colour)
    return printer


def ask_for_printer(parent: QWidget | None, texts: Texts, now: PrinterChoice | None) -> PrinterChoice | None:
    """The system's own dialog, without printing to a file; None when it was left without a printer."""
    # Both are kept in variables: the dialog does not keep its printer alive.
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if now is not None:
        printer.setPrinterName(now.name)
    dialog = QPrintDialog(printer, parent)
    option = QAbstractPrintDialog.PrintDialogOption
    for unwanted in (option.PrintToFile, option.PrintPageRange, option.PrintSelection, option.PrintCurrentPage):
        dialog.setOption(unwanted, False)
    dialog.setWindowTitle(texts.say("Printer for the meeting"))
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    name = printer.printerName()
    dialog.deleteLater()
    if not accepted or not name or printer.outputFileName():
        return None
    return PrinterChoice(name, printer.duplex(), printer.colorMode())
