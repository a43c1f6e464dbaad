"""A printer for tests: the real painting, onto pages that are kept in memory, one recorded job for each time it is opened."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageSize, QPdfWriter

from rehabdesk.ui.parts.pdf_pages import PdfPages
from rehabdesk.ui.printing.printers import PrinterChoice


@dataclass
class PrintedJob:
    """One job as the spooler would see it."""

    printer: str
    name: str
    buffer: QBuffer
    device: Page

    @property
    def pdf(self) -> bytes:
        """What was painted."""
        return bytes(self.buffer.data().data())

    @property
    def page_count(self) -> int:
        """How many pages came out."""
        with PdfPages(self.pdf) as pages:
            return len(pages.sizes)


class Page(QPdfWriter):
    """The paper of one job; a gate may hold it at each new page."""

    def __init__(self, buffer: QBuffer, gate: threading.Event | None) -> None:
        super().__init__(buffer)
        self._gate = gate
        self.at_gate = threading.Event()

    def newPage(self) -> bool:  # noqa: N802
        """Wait at the gate, if there is one."""
        if self._gate is not None:
            self.at_gate.set()
            self._gate.wait(20)
        return super().newPage()


@dataclass
class RecordingPrinter:
    """Give it to a `PrintQueue` as its printer. `gone` makes it unreachable, `dead` makes it refuse every job."""

    dots: int = 100
    gone: bool = False
    dead: bool = False
    gate: threading.Event | None = None
    nowhere: Path = Path("no-such-folder")
    jobs: list[PrintedJob] = field(default_factory=list)

    def __call__(self, choice: PrinterChoice, name: str) -> QPdfWriter | None:
        """Open a job."""
        if self.gone:
            return None
        if self.dead:
            # Nothing can be written in a folder that is not there, so no painter begins on it.
            return QPdfWriter(str(self.nowhere / "job.pdf"))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        device = Page(buffer, self.gate)
        device.setResolution(self.dots)
        device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        device.setPageMargins(QMarginsF(0, 0, 0, 0))
        self.jobs.append(PrintedJob(choice.name, name, buffer, device))
        return device
