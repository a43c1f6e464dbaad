"""The press: one worker thread that reaches the printer and paints one job at a time. It knows no reader and no store."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QRectF, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage, QPagedPaintDevice, QPainter, QTransform
from PySide6.QtPrintSupport import QPrinter

from rehabdesk.ui.parts.pdf_pages import PdfPages
from rehabdesk.ui.printing.printers import PrinterChoice

PrinterFactory = Callable[[PrinterChoice, str], QPagedPaintDevice | None]
"""Opens the printer for one job, named so that the spooler tells nothing; None when the printer is gone."""

POINTS_AN_INCH = 72
MOST_DOTS = 400
"""Pages are drawn at no more dots an inch than this: a page at 600 would take 140 MB."""


class Outcome(StrEnum):
    """What became of a job."""

    DONE = "done"
    NOT_BEGUN = "not_begun"
    BROKEN = "broken"
    STOPPED = "stopped"


def paint(device: QPagedPaintDevice, pdf: bytes, stop: threading.Event) -> Outcome:
    """Draw every page of a PDF on a printer, from the first page of a fresh sheet. Looks at `stop` between pages."""
    painter = QPainter()
    if stop.is_set() or not painter.begin(device):
        return Outcome.NOT_BEGUN
    # A printer's driver would otherwise blur the letters as in a photograph.
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    outcome = Outcome.BROKEN
    try:
        with PdfPages(pdf) as pages:
            outcome = _paint_pages(painter, device, pages, stop)
    finally:
        ended = painter.end()
    return outcome if ended and not _is_in_error(device) else _at_worst(outcome)


class Press(QObject):
    """One job at a time, on one thread of its own. `reached(device | None)`, then `painted(Outcome)`."""

    reached = Signal(object)
    painted = Signal(object)

    def __init__(self, factory: PrinterFactory, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._factory = factory
        self._stop = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        # A printer is opened and painted on by the same thread.
        self._pool.setExpiryTimeout(-1)

    def reach(self, choice: PrinterChoice, job: str) -> None:
        """Open the printer; a spooler that sleeps may take seconds to answer."""
        self._stop.clear()
        self._pool.start(_Reaching(self, self._factory, choice, job))

    def paint(self, device: QPagedPaintDevice, pdf: bytes) -> None:
        """Paint a job on the printer that was reached."""
        self._pool.start(_Painting(self, device, pdf, self._stop))

    def stop(self) -> None:
        """Break the running job off at the next page."""
        self._stop.set()

    def wait(self, seconds: float) -> bool:
        """Whether the running job ends within this time."""
        return self._pool.waitForDone(round(seconds * 1000))


class _Reaching(QRunnable):
    def __init__(self, press: Press, factory: PrinterFactory, choice: PrinterChoice, job: str) -> None:
        super().__init__()
        self._press, self._factory, self._choice, self._job = press, factory, choice, job

    def run(self) -> None:
        device: QPagedPaintDevice | None = None
        try:
            device = self._factory(self._choice, self._job)
        finally:
            self._press.reached.emit(device)


class _Painting(QRunnable):
    def __init__(self, press: Press, device: QPagedPaintDevice, pdf: bytes, stop: threading.Event) -> None:
        super().__init__()
        self._press, self._device, self._pdf, self._stop = press, device, pdf, stop

    def run(self) -> None:
        outcome = Outcome.BROKEN
        try:
            outcome = paint(self._device, self._pdf, self._stop)
        finally:
            self._press.painted.emit(outcome)


def _paint_pages(painter: QPainter, device: QPagedPaintDevice, pages: PdfPages, stop: threading.Event) -> Outcome:
    dots = device.logicalDpiX()
    drawn = min(dots, MOST_DOTS)
    for place in range(len(pages.sizes)):
        if stop.is_set():
            if isinstance(device, QPrinter):
                device.abort()
            return Outcome.STOPPED
        if place and not device.newPage():
            return Outcome.BROKEN
        image = _upright(pages.image(place, drawn / POINTS_AN_INCH))
        # Dot for dot: fitted to the paper's own size, which is no whole number of dots, it would lose a row somewhere.
        painter.drawImage(QRectF(0, 0, image.width() * dots / drawn, image.height() * dots / drawn), image)
    return Outcome.DONE


def _upright(image: QImage) -> QImage:
    """A page that lies is turned to the paper, which stands in the printer: a quarter of a turn moves dots and blurs none."""
    return image.transformed(QTransform().rotate(90)) if image.width() > image.height() else image


def _is_in_error(device: QPagedPaintDevice) -> bool:
    return isinstance(device, QPrinter) and device.printerState() is QPrinter.PrinterState.Error


def _at_worst(outcome: Outcome) -> Outcome:
    return Outcome.BROKEN if outcome is Outcome.DONE else outcome
