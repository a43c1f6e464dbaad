"""The print queue at work: what waits in the vault goes to the printer, one job per reader, *sent* before the first byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.hand_outs import ReaderKind
from rehabdesk.domain.papers import Document
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import hand_outs, paper_files, papers
from rehabdesk.settings import Settings
from rehabdesk.store.history import Change
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts
from rehabdesk.ui.printing.press import Outcome, Press, PrinterFactory
from rehabdesk.ui.printing.printers import PrinterChoice, ask_for_printer, open_printer

AskForPrinter = Callable[[QWidget | None, Texts, PrinterChoice | None], PrinterChoice | None]

NAMELESS_JOB = "rehabdesk"
#: What ends one copy's way to the printer without anybody having to be told.
_SETTLED_MEANWHILE = frozenset({"hand_out.settled", "hand_out.gone"})


class PrintQueue(QObject):
    """Takes the copies that wait, in the order they were asked for.

    `started(id)` when a copy has been committed as sent and is being painted, `sent(id)` when all of it has left,
    `failed(Problem)` once for each thing that stands in the way, `asks(ids)` for copies nobody has answered for,
    `idle` when nothing more is to be done, `changed` when what it is doing has changed.
    """

    started = Signal(int)
    sent = Signal(int)
    failed = Signal(object)
    asks = Signal(object)
    idle = Signal()
    changed = Signal()

    def __init__(
        self,
        store: Store,
        texts: Texts,
        settings: Settings,
        printer_factory: PrinterFactory = open_printer,
        ask: AskForPrinter = ask_for_printer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._texts, self._settings, self._ask = store, texts, settings, ask
        self._chosen: PrinterChoice | None = None
        self._held = self._closed = False
        self._job: HandOutRow | None = None
        self._left: Document | None = None
        self._told: set[str] = set()
        # What waited when the program ended prints only when somebody asks: nobody may stand at the printer.
        self._left_over = {row.id for row in store.read(queries.to_print)}
        self._press = Press(printer_factory, self)
        self._press.reached.connect(self._on_reached)
        self._press.painted.connect(self._on_painted)
        self._unsubscribe = store.subscribe(self._on_changes)

    @property
    def printer(self) -> PrinterChoice | None:
        """The printer for the meeting, as this machine remembers it."""
        name = self._settings.current.printer
        if self._chosen is not None and self._chosen.name == name:
            return self._chosen
        return PrinterChoice(name) if name else None

    @property
    def job(self) -> HandOutRow | None:
        """The copy that is at the printer now."""
        return self._job

    @property
    def held(self) -> bool:
        """Whether a pause holds it."""
        return self._held

    def choose_printer(self, parent: QWidget | None = None) -> bool:
        """Ask for the printer in the system's dialog and keep it for this machine; False when none was chosen."""
        chosen = self._ask(parent, self._texts, self.printer)
        if chosen is None:
            return False
        self._chosen = chosen
        self._settings.change(printer=chosen.name)
        self._told.clear()
        self.changed.emit()
        self.wake()
        return True

    def wake(self, hand_out_ids: Iterable[int] = ()) -> None:
        """Something has been queued. These ids print also where they waited for somebody to ask."""
        self._left_over.difference_update(hand_out_ids)
        self._take_next()

    def print_left_over(self) -> None:
        """Print also what waited from before."""
        self._left_over.clear()
        self._told.clear()
        self._take_next()

    def hold(self) -> None:
        """Start no more jobs; the one at the printer comes out."""
        self._held = True
        self.changed.emit()

    def release(self) -> None:
        """Go on."""
        self._held = False
        self._told.clear()
        self.changed.emit()
        self._take_next()

    def shutdown(self, seconds: float = 2.0) -> bool:
        """End for good: a running job gets this long, then it is broken off. Whether it came to its end."""
        self._closed = True
        self._unsubscribe()
        ended = self._press.wait(seconds)
        if not ended:
            self._press.stop()
        return ended

    # --- slots and internals ---

    def _take_next(self) -> None:
        if self._held or self._closed or self._job is not None:
            return
        row = next((row for row in self._store.read(queries.to_print) if row.id not in self._left_over), None)
        if row is None:
            self.idle.emit()
            return
        printer = self.printer
        if printer is None:
            self._tell_once(Problem("printing.no_printer"))
            return
        self._job, self._left = row, None
        self._press.reach(printer, row.case_number or NAMELESS_JOB)
        self.changed.emit()

    def _on_reached(self, device: QPagedPaintDevice | None) -> None:
        row = self._job
        if row is None or self._closed:
            return
        if self._held or device is None:
            self._job = None
            if device is None:
                self._tell_once(Problem("printing.printer_gone"))
            self.changed.emit()
            return
        pdf = self._leave(row)
        if pdf is None:
            self._job = None
            self._take_next()
            self.changed.emit()
            return
        self.started.emit(row.id)
        self._press.paint(device, pdf)
        self.changed.emit()

    def _leave(self, row: HandOutRow) -> bytes | None:
        """Commit *sent* and give the file; None when the copy does not leave."""
        try:
            return hand_outs.send_as(self._store, row.id, self._set)
        except Refused as refused:
            problems = [problem for problem in refused.problems if problem.code not in _SETTLED_MEANWHILE]
            self._set_aside(row.id, problems)
            return None

    def _set(self, document: Document, language: str) -> bytes:
        self._left = document
        return paper_files.as_pdf(document, language)

    def _set_aside(self, hand_out_id: int, problems: Iterable[Problem]) -> None:
        """Lämnas senare; and passed over here, even where the vault cannot be written to."""
        self._left_over.add(hand_out_id)
        for problem in problems:
            self.failed.emit(problem)
        try:
            hand_outs.keep_for_later(self._store, [hand_out_id])
        except Refused as refused:
            for problem in refused.problems:
                if problem.code not in _SETTLED_MEANWHILE:
                    self.failed.emit(problem)

    def _on_painted(self, outcome: Outcome) -> None:
        row, self._job, self._left = self._job, None, None
        if row is None or self._closed:
            return
        if outcome is Outcome.NOT_BEGUN:
            # Not a byte has left, so there is nothing to ask about.
            self._set_aside(row.id, [Problem("printing.not_begun")])
        elif outcome is Outcome.DONE:
            self.sent.emit(row.id)
        else:
            self.failed.emit(Problem("printing.broken_off"))
        self.changed.emit()
        self.asks.emit(tuple(copy.id for copy in self._store.read(queries.unanswered)))
        self._take_next()

    def _on_changes(self, changes: frozenset[Change]) -> None:
        """A consent withdrawn while a copy under it is being painted: break it off."""
        if self._job is None or all(change.table != "consent" for change in changes):
            return
        if not self._may_go_on(self._job):
            self._press.stop()

    def _may_go_on(self, job: HandOutRow) -> bool:
        """Whether the reader may have what is being painted: an agenda or a slip is never refused, it only holds less."""
        left = self._left
        now = (left.imprint.draft_at if left is not None else None) or self._store.clock.now()
        try:
            document = self._store.read(papers.compose, job.id, now)
        except Refused:
            return False
        return left is None or job.reader is not ReaderKind.PARTY or document == left

    def _tell_once(self, problem: Problem) -> None:
        if problem.code not in self._told:
            self._told.add(problem.code)
            self.failed.emit(problem)
