"""The versions of the plan: agreed, printed or evaluated, kept as they were; each can be read and printed again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import PlanState
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import hand_outs, paper_files, papers, readings
from rehabdesk.services import plans as services
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.plans import PlanRow, VersionRow
from rehabdesk.ui.cases.plan_desk import PlanDesk
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Link, Muted, Row, Words
from rehabdesk.ui.parts.forms import FieldProblem
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.parts.pdf_preview import PdfPreview
from rehabdesk.ui.parts.tokens import Tone

_TONES = {PlanState.DRAFT: Tone.NEUTRAL, PlanState.CURRENT: Tone.GREEN, PlanState.ENDED: Tone.NEUTRAL}


class VersionsCard(Card):
    """Where the plan stands, and what was kept of it. `unfolded(QWidget)` when a version is shown; `wanted("papers")`."""

    unfolded = Signal(QWidget)
    wanted = Signal(str)

    def __init__(self, desk: PlanDesk, parent: QWidget | None = None) -> None:
        self.badge = Badge()
        texts = desk.context.texts
        super().__init__(texts.say("Versions"), aside=self.badge, parent=parent)
        self._desk = desk
        self._case_id: int | None = None
        self._shown: tuple[VersionRow, ...] | None = None
        self._reading: int | None = None
        self.said, self.problem = Words(), FieldProblem()
        self.agree = KeyButton(texts.say("Everybody agrees"))
        self.print_plan = KeyButton(texts.say("Print and save"), kind="link")
        self._rows = column(gap=0)
        self.preview = PdfPreview(desk.context.theme, texts)
        self.preview.setMinimumHeight(desk.context.theme.px(460))
        self.close_preview = Link(texts.name("button", "Close"))
        self.reader = holding(column(line(self.close_preview, None), self.preview, gap=8))
        self.reader.hide()
        self.add(column(self.said, line(self.agree, self.print_plan, None), self.problem, gap=8))
        self.add(self._rows, padded=False)
        self.add(self.reader)
        self.agree.clicked.connect(self._on_agree)
        self.print_plan.clicked.connect(partial(self.wanted.emit, "papers"))
        self.close_preview.clicked.connect(self.step_back)
        desk.changed.connect(self._refresh)

    def step_back(self) -> bool:
        """Put the version that is read away; False when none is."""
        was_open = self._reading is not None
        self._reading = None
        self.preview.clear()
        self.reader.hide()
        return was_open

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing of it is kept where nobody looks."""
        super().hideEvent(event)
        self.step_back()

    # --- slots and internals ---

    def _refresh(self) -> None:
        desk, texts = self._desk, self._desk.context.texts
        plan, case = desk.plan, desk.case
        if case.id != self._case_id:
            self._case_id = case.id
            self.problem.tell("")
            self.step_back()
        self.badge.setVisible(plan is not None)
        if plan is not None:
            self.badge.show_word(texts.term(plan.state), _TONES[plan.state])
        self.said.setText(self._said(plan))
        self.agree.setVisible(desk.can_write)
        self.agree.setEnabled(plan is not None)
        self.print_plan.setVisible(plan is not None)
        self._show_rows(desk.context.store.read(queries.versions, case.id))

    def _said(self, plan: PlanRow | None) -> str:
        texts = self._desk.context.texts
        if plan is None:
            return texts.say("The first word you write begins the plan.")
        latest = plan.latest_version
        if latest is None:
            return texts.say("Nothing is agreed or printed yet. What is becomes version 1, and is kept as it was.")
        if plan.is_changed:
            return texts.say(
                "Changed since version {latest}. When it is agreed or printed it becomes version {next}.",
                latest=latest.version, next=plan.version,
            )  # fmt: skip
        return texts.say("As in version {latest}.", latest=latest.version)

    def _show_rows(self, rows: tuple[VersionRow, ...]) -> None:
        if rows == self._shown:
            return
        self._shown = rows
        clear(self._rows)
        for place, row in enumerate(rows):
            self._rows.addWidget(self._row(row, first=place == 0))

    def _row(self, row: VersionRow, *, first: bool) -> Row:
        texts = self._desk.context.texts
        name = texts.say("Version {version}", version=row.version)
        told = f"{texts.term(row.reason)} {texts.long_date(row.frozen_on)}"
        read, again = Link(texts.name("button", "Read"), name), Link(texts.name("button", "Print"), name)
        read.clicked.connect(partial(self._on_read, row))
        again.clicked.connect(partial(self._on_print, row))
        made = Row(column(Words(name), Muted(told), gap=0), read, again, first=first, name=f"{name}, {told}")
        made.layout().setStretch(0, 1)
        return made

    def _wanted(self, row: VersionRow) -> Wanted:
        return Wanted(PaperKind.PLAN, Reader(ReaderKind.PARTICIPANT, case_id=row.case_id), version=row.version)

    def _on_agree(self) -> None:
        texts = self._desk.context.texts
        if not self._desk.context.flushes.flush_all():
            return
        try:
            number = services.agree(self._desk.context.store, self._desk.case.id)
        except Refused as refused:
            self.problem.tell(texts.problems(refused.problems))
            return
        self.problem.tell("")
        self._desk.context.messages.info(texts.say("Agreed. This is version {version}, and it is kept as it is.", version=number))

    def _on_read(self, row: VersionRow) -> None:
        """As a file copy holds it: without the participant's size of print."""
        context = self._desk.context
        wanted = replace(self._wanted(row), reader=Reader(ReaderKind.FILE, case_id=row.case_id))
        try:
            document = context.store.read(papers.paper, wanted, context.clock.now())
            pdf = paper_files.as_pdf(document, context.store.read(settings_queries.paper_language))
        except Refused as refused:
            self.problem.tell(context.texts.problems(refused.problems))
            return
        readings.note_paper(context.store, wanted)
        self.problem.tell("")
        self._reading = row.version
        self.reader.show()
        self.preview.show_pdf(pdf)
        self.close_preview.setFocus()
        self.unfolded.emit(self.reader)

    def _on_print(self, row: VersionRow) -> None:
        context = self._desk.context
        queue = context.queue
        if queue is None or (queue.printer is None and not queue.choose_printer(self.window())):
            self.problem.tell(context.texts.problem(Problem("printing.no_printer")))
            return
        try:
            queued = hand_outs.queue_paper(
                context.store, self._wanted(row), language=context.store.read(settings_queries.paper_language)
            )
        except Refused as refused:
            self.problem.tell(context.texts.problems(refused.problems))
            return
        self.problem.tell("")
        queue.wake([queued])
