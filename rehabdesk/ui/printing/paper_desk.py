"""Papers, of a session or about a case: chosen by reader, looked at, printed or saved; and every copy, with how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QLayout, QSplitter, QWidget

from rehabdesk.domain.hand_outs import ReaderKind, Wanted
from rehabdesk.domain.papers import Document
from rehabdesk.domain.problems import Refused
from rehabdesk.services import hand_outs, paper_files, papers, read_through, readings
from rehabdesk.services.paper_offers import Offer
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.texts import Texts
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Heading, KeyButton, Link, Muted
from rehabdesk.ui.parts.forms import ChoiceField, FieldProblem
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, scrolling
from rehabdesk.ui.parts.narrowing_table import NarrowingTable
from rehabdesk.ui.parts.pdf_preview import PdfPreview
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import EDGE, PAD
from rehabdesk.ui.printing.copies import Copies, ReadCopies
from rehabdesk.ui.printing.strip import QueueStrip
from rehabdesk.ui.printing.words import paper_words
from rehabdesk.ui.shell.context import Context

AskForPath = Callable[[QWidget, str, str], Path | None]

NARROW = 980
"""Below this width, at 14 px text, the paper stands beneath the lists."""
NEEDED_WIDTH = MappingProxyType({"case": 520})
"""How wide a list of one case's papers must be, at 14 px text, to say in each line whose they are."""
LOOKED_AT_AFTER = 120
"""Milliseconds a line has to be chosen before its paper is made: holding an arrow key down makes none."""
TO_READ_THROUGH = "paper.names_in_finished"
"""The problem for which a paper is shown, and neither printed nor saved before somebody has read it through."""


def ask_for_file(kind: str, parent: QWidget, title: str, name: str) -> Path | None:
    """The system's own dialog for where to save a file, which ends as its proposed name does; None when it was left."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = paper_files.free_name(Path(folder), name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), f"{kind} (*{proposed.suffix})")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == proposed.suffix else path.with_name(path.name + proposed.suffix)


ask_for_path: AskForPath = partial(ask_for_file, "PDF")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which papers a desk has: what is offered today, the copies there are, and the tables that change either.

    `session_id` where they are a session's: the queue then tells of that session alone. `many_cases` where each line needs its
    case's number, however narrow the list is.
    """

    title: str
    offers: Callable[..., tuple[Offer, ...]]
    copies: ReadCopies
    tables: Collection[str]
    session_id: int | None = None
    many_cases: bool = False


class PaperDesk(QWidget):
    """Which papers there are for whom, the paper itself as it will be printed, and the copies."""

    def __init__(
        self, context: Context, shelf: Shelf, ask_for_path: AskForPath = ask_for_path, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._shelf = shelf
        self._ask_for_path = ask_for_path
        self._subject: Offer | HandOutRow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOKED_AT_AFTER)
        self._timer.timeout.connect(self._show_paper)
        self._build()
        watch(self, context.store, {*shelf.tables, "hand_out"}, self._refresh)
        if context.queue is not None:
            context.queue.changed.connect(self._name_printer)
        self._name_printer()

    @property
    def language(self) -> str:
        """The language the papers are made in."""
        return self.languages.value or "sv"

    def refresh(self) -> None:
        """Read again what there is."""
        self._refresh()
        self.copies.refresh()

    def has_printer(self) -> bool:
        """Ask for the printer the first time; afterwards nothing is asked."""
        queue = self._context.queue
        return queue is None or queue.printer is not None or queue.choose_printer(self.window())

    def focus_first(self) -> None:
        """Put the keyboard in the list of papers."""
        self.table.setFocus()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """The paper is made again: consent may have changed meanwhile."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing of it is kept where nobody looks."""
        super().hideEvent(event)
        self._timer.stop()
        self.preview.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Beside one another where there is room, and beneath where there is not."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._context.theme.px(NARROW)
        self._split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    # --- building ---

    def _build(self) -> None:
        texts, shelf = self._context.texts, self._shelf
        needed = NEEDED_WIDTH if shelf.session_id is None and not shelf.many_cases else {}
        self.table = NarrowingTable(self._context.theme, _columns(texts), shelf.title, needed)
        self.table.chosen.connect(self._on_subject)
        self.table.opened.connect(self._on_opened)
        self.table.setMinimumHeight(self._context.theme.px(180))
        self.copies = Copies(self._context, shelf.copies)
        self.copies.table.setMinimumHeight(self._context.theme.px(140))
        self.copies.table.clicked.connect(self._on_copy_clicked)
        self.copies.chosen.connect(self._on_copy)
        self.strip = QueueStrip(self._context, shelf.session_id)
        left = column(self._head(), self.table, self.strip, Heading(texts.say("Copies")), self.copies, gap=12)
        left.setStretch(1, 1)
        left.setStretch(4, 1)
        left.setContentsMargins(EDGE, PAD, PAD, PAD)
        self._split = split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(holding(left))
        split.addWidget(holding(self._right()))
        split.setStretchFactor(0, 11)
        split.setStretchFactor(1, 10)
        self._scroll = scrolling(holding(column(split)))
        self.setLayout(column(self._scroll))

    def _head(self) -> QLayout:
        """What stands above the list of papers."""
        return column(Heading(self._shelf.title))

    def _right(self) -> QLayout:
        texts = self._context.texts
        self.print = KeyButton(texts.name("button", "Print"), "Ctrl+Return", kind="primary")
        self.save = KeyButton(texts.say("Save as file"), "Ctrl+S")
        self.languages = ChoiceField(
            (("sv", texts.name("language", "Swedish")), ("en", texts.name("language", "English"))), texts.say("Language of the paper")
        )
        self.languages.set_value(self._context.store.read(settings_queries.paper_language))
        self.printer = Link("")
        self.refusal = FieldProblem()
        self.somebody_else = KeyButton(texts.say("I have read it: it is somebody else"))
        self.somebody_else.hide()
        self.preview = PdfPreview(self._context.theme, texts)
        self.preview.setMinimumHeight(self._context.theme.px(320))
        self.somebody_else.clicked.connect(self._on_somebody_else)
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        self.languages.changed.connect(self._show_paper)
        self.printer.clicked.connect(self._on_printer)
        buttons = FlowLayout()
        self.kept_on = ChoiceField(_places(texts), texts.say("Where a saved file lies"))
        for widget in (self.print, self.save, self.kept_on, self.languages, self.printer):
            buttons.addWidget(widget)
        warning = Muted(texts.say("A saved file is not encrypted. It is remembered here until you say that it is gone."))
        right = column(holding(buttons), warning, self.refusal, line(self.somebody_else, None), self.preview, None, gap=8)
        # All of the room, while there is a paper to look at; a refusal stands at the top.
        right.setStretch(4, 100)
        right.setContentsMargins(PAD, PAD, EDGE, PAD)
        return right

    # --- slots and internals ---

    def _refresh(self) -> None:
        today = self._context.clock.today()
        self.table.set_rows(self._context.store.read(self._shelf.offers, today))
        self._timer.start()

    def _name_printer(self) -> None:
        texts, queue = self._context.texts, self._context.queue
        chosen = queue.printer if queue is not None else None
        self.printer.set_words(texts.say("Printer: {name}", name=chosen.name) if chosen else texts.say("Choose a printer"))
        self.printer.setVisible(queue is not None)

    def _on_subject(self, offer: Offer | None) -> None:
        self._subject = offer
        self._timer.start()

    def _on_copy(self, row: HandOutRow | None) -> None:
        if row is not None and self.copies.table.hasFocus():
            self._subject = row
            self._timer.start()

    def _on_copy_clicked(self) -> None:
        self._on_copy(self.copies.table.current_row)

    def _on_opened(self, _offer: Offer) -> None:
        self.preview.setFocus()
        self._scroll.ensureWidgetVisible(self.preview)

    def _show_paper(self, _chosen: object = None) -> None:
        """Make the paper as its reader would get it now, or say why she would not."""
        self._timer.stop()
        if not self.isVisible():
            return
        document = self._composed()
        pdf = self._set(document)
        wanted = self._wanted()
        if pdf is not None and wanted is not None:
            readings.note_paper(self._context.store, wanted)
        may_leave = pdf is not None and self.somebody_else.isHidden()
        self.print.setEnabled(may_leave)
        self.save.setEnabled(may_leave)
        self.preview.setVisible(pdf is not None)
        if pdf is None:
            self.preview.clear()
        else:
            self.preview.show_pdf(pdf)

    def _composed(self) -> Document | None:
        store, subject = self._context.store, self._subject
        self.refusal.tell("")
        self.somebody_else.hide()
        if subject is None:
            return None
        now = self._context.clock.now()
        try:
            if isinstance(subject, HandOutRow):
                return store.read(papers.compose, subject.id, now)
            return store.read(papers.paper, subject.wanted, now)
        except Refused as refused:
            self.refusal.tell(self._context.texts.problems(refused.problems))
            if all(problem.code != TO_READ_THROUGH for problem in refused.problems):
                return None
            self.somebody_else.show()
            return store.read(papers.composed, subject.wanted, now)

    def _set(self, document: Document | None) -> bytes | None:
        if document is None:
            return None
        try:
            return paper_files.as_pdf(document, self.language)
        except Refused as refused:
            self.refusal.tell(self._context.texts.problems(refused.problems))
            return None

    def _wanted(self) -> Wanted | None:
        """What is printed or saved: the paper that is looked at, also where it was reached through one of its copies."""
        return self._subject.wanted if self._subject is not None else None

    def _on_print(self) -> None:
        wanted = self._wanted()
        if wanted is None or not self.has_printer():
            return
        try:
            queued = hand_outs.queue_paper(self._context.store, wanted, language=self.language)
        except Refused as refused:
            self.refusal.tell(self._context.texts.problems(refused.problems))
            return
        if self._context.queue is not None:
            self._context.queue.wake([queued])

    def _on_save(self) -> None:
        wanted, document = self._wanted(), self._composed()
        if wanted is None or document is None or not self.somebody_else.isHidden():
            return
        texts = self._context.texts
        path = self._ask_for_path(self, texts.say("Save as file"), paper_files.suggested_name(document, self.language))
        if path is None:
            return
        try:
            paper_files.save(self._context.store, wanted, path, language=self.language, kept_on=self.kept_on.value or "")
        except Refused as refused:
            self.refusal.tell(texts.problems(refused.problems))
            return
        self._context.messages.info(texts.say("Saved as “{name}”. The file is not encrypted.", name=path.name))

    def _on_somebody_else(self) -> None:
        wanted = self._wanted()
        if wanted is None:
            return
        try:
            read_through.somebody_else(self._context.store, wanted)
        except Refused as refused:
            self.refusal.tell(self._context.texts.problems(refused.problems))
            return
        self.table.setFocus()
        self._show_paper()

    def _on_printer(self) -> None:
        self._context.queue.choose_printer(self.window())


def _places(texts: Texts) -> tuple[tuple[str, str], ...]:
    """The coordinator's words for where she puts a file; they are remembered with it, the path is not."""
    words = (
        texts.name("file place", "this computer"), texts.name("file place", "USB stick"), texts.name("file place", "shared folder"),
        texts.name("file place", "another place"),
    )  # fmt: skip
    return (("", texts.name("file place", "Saved: where?")), *((word, word) for word in words))


def _columns(texts: Texts) -> tuple[Column, ...]:
    def paper(offer: Offer) -> str:
        return ", ".join(part for part in (paper_words(texts, offer.paper), offer.about) if part)

    def reader(offer: Offer) -> str:
        return offer.to if offer.reader.kind is ReaderKind.PARTY else texts.term(offer.reader.kind)

    def case(offer: Offer) -> str:
        return offer.case_number

    return (
        Column("paper", texts.name("column", "Paper"), paper, tooltip=paper, bold=True),
        # Ordered by party the lines would bring together everybody who has to do with a sensitive one.
        Column("reader", texts.name("column", "For"), reader, tooltip=reader, stretch=True, sortable=False),
        Column("case", texts.name("column", "Case"), case),
    )
