"""The paper with the recovery key, through the system's dialog. Printing to a file is off: the key never lies on a disk."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.clock import Clock
from rehabdesk.texts import Texts
from rehabdesk.ui.shell.first_run.draft import RecoverySheet

_MM = 25.4
# Systems offer "printers" that leave a file.
_FILE_PRINTERS = ("pdf", "xps", "onenote", "fax")


def print_recovery(parent: QWidget, sheet: RecoverySheet, texts: Texts, clock: Clock) -> bool:
    """Ask for a printer and print the sheet; whether it was printed."""
    # The printer stays in a variable: the dialog does not keep it alive.
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    if not dialog.exec() or _makes_a_file(printer):
        return False
    painter = QPainter()
    if not painter.begin(printer):
        return False
    paint(painter, printer.resolution(), sheet, texts, clock)
    return painter.end()


def paint(painter: QPainter, resolution: int, sheet: RecoverySheet, texts: Texts, clock: Clock) -> None:
    """The sheet itself: what it opens, the key, and what to do with it."""
    per_mm = resolution / _MM
    top = 20 * per_mm
    for words, points, bold in (
        (texts.say("Recovery key"), 20, True),
        (texts.say("for the vault {name}, {day}", name=sheet.vault, day=texts.long_date(clock.today())), 12, False),
        (sheet.key, 18, True),
        (advice(texts), 12, False),
    ):
        font = QFont(painter.font())
        font.setPointSizeF(points)
        font.setBold(bold)
        if words == sheet.key:
            font.setFamilies(["Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
            font.setStyleHint(QFont.StyleHint.Monospace)
        painter.setFont(font)
        room = QRectF(20 * per_mm, top, 150 * per_mm, 200 * per_mm)
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
        used = painter.boundingRect(room, flags, words)
        painter.drawText(room, flags, words)
        top = used.bottom() + 8 * per_mm


def _makes_a_file(printer: QPrinter) -> bool:
    name = printer.printerName().lower()
    return printer.outputFormat() is not QPrinter.OutputFormat.NativeFormat or any(word in name for word in _FILE_PRINTERS)


def advice(texts: Texts) -> str:
    """What to do with the paper."""
    return texts.say(
        "Whoever has this key can open the vault without the passphrase. Keep the paper locked away from the computer, in a "
        "sealed envelope. If you forget your passphrase: choose “I have the recovery key” and type it."
    )

