"""Importing cases: a file is chosen, its columns are named, the dry run tells what is wrong, and then all or the rest is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QWidget

from rehabdesk.domain.case_import import problems_with_layout
from rehabdesk.domain.import_check import Checked, Finding, Weight, check
from rehabdesk.domain.problems import Problem
from rehabdesk.domain.sheet_cells import Sheet
from rehabdesk.services import case_import
from rehabdesk.texts import Texts
from rehabdesk.ui.cases.import_columns import ImportColumns
from rehabdesk.ui.cases.import_writing import ImportWriting
from rehabdesk.ui.forum.meeting.tab_order import follow_layout
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.bars import ProgressLine
from rehabdesk.ui.parts.basics import Card, EmptyState, KeyButton, Muted, Rule, Words
from rehabdesk.ui.parts.field_frame import FieldProblem
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line, page_body, scrolling
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.table import Table
from rehabdesk.ui.parts.tokens import EDGE, Tone
from rehabdesk.ui.shell.background import Work
from rehabdesk.ui.shell.context import Context

AskForFile = Callable[[QWidget, str, str], Path | None]
#: What decides whether a row is well; the dry run is made again when it changes.
TABLES = frozenset({"case", "participant", "contact", "party", "session_series"})


def ask_for_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """The system's own dialog for which file to read; None when it was left."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _ = QFileDialog.getOpenFileName(parent, title, folder if Path(folder).is_dir() else "", kinds)
    return Path(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the list of what is wrong."""

    id: int
    finding: Finding


class ImportView(QWidget):
    """The page. `done()` when cases have been imported, `cancelled()` to leave, `settings_wanted()` where there is no forum."""

    done = Signal()
    cancelled = Signal()
    settings_wanted = Signal()

    def __init__(self, context: Context, ask_for_file: AskForFile = ask_for_file, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self.ask_for_file = ask_for_file
        self._path: Path | None = None
        self._sheet: Sheet | None = None
        self._checked: Checked | None = None
        self._work: Work | None = None
        self.writing = ImportWriting(context, self)
        self._tab_order: list[QWidget] = []
        self._build()
        watch(self, context.store, TABLES, self._on_vault_changed)

    @property
    def checked(self) -> Checked | None:
        """What came of the latest dry run; None while none is, or one is under way."""
        return self._checked

    @property
    def has_file(self) -> bool:
        """Whether a file has been chosen and neither imported nor put away."""
        return self._path is not None

    def ask(self) -> None:
        """An empty page: no file is chosen."""
        self._path = self._sheet = self._checked = self._work = None
        self.file_problem.tell("")
        self._show()
        self.focus_first()

    def focus_first(self) -> None:
        """Where one begins: choosing the file, or the first column."""
        if self._nowhere.isVisibleTo(self) and self._nowhere.button is not None:
            self._nowhere.button.setFocus()
        elif self._sheet is None:
            self.choose.setFocus()
        else:
            self.columns.focus_first()

    def step_back(self) -> bool:
        """Stop what is being written, if anything is."""
        if not self.writing.is_writing:
            return False
        self.writing.stop()
        return True

    # --- building ---

    def _build(self) -> None:
        texts = self._context.texts
        self._nowhere = EmptyState(
            texts.say("No rehab forum yet."),
            texts.say("A case belongs to a series of meetings with a controller. Add the series first."),
            texts.say("Go to the settings"),
            self.settings_wanted.emit,
        )
        self._cards = [self._file_card(), self._columns_card(), self._findings_card()]
        self._footer = self._what_is_to_be_done()
        body = QWidget()
        body.setLayout(page_body(*self._cards, self._nowhere, None))
        self.setLayout(column(scrolling(body), self._footer, gap=0))
        self.writing.progressed.connect(self._on_progress)
        self.writing.finished.connect(self._on_finished)
        self.writing.stopped.connect(self._on_stopped)
        self.writing.refused.connect(self._on_refused)

    def _file_card(self) -> Card:
        texts = self._context.texts
        self.choose = KeyButton(texts.say("Choose a file…"), "Ctrl+O", kind="primary")
        self.again = KeyButton(texts.say("Read the file again"), "F5")
        self.file_name, self.file_told = Words(wrap=False), Muted()
        self.file_name.set_bold(True)
        self.file_problem = FieldProblem()
        self.series = ChoiceField((), texts.say("Series"))
        about = Muted(texts.say(
            "A workbook (.xlsx) or a text file (.csv) with a row for each person. Nothing is written until you have seen what is "
            "wrong with it."
        ))
        buttons = FlowLayout()
        for widget in (self.choose, self.again, self.file_name, self.series):
            buttons.addWidget(widget)
        card = Card(texts.say("The file"))
        card.add(column(about, holding(buttons), self.file_problem, self.file_told, gap=12))
        self.choose.clicked.connect(self._on_choose)
        self.again.clicked.connect(self._on_read_again)
        return card

    def _columns_card(self) -> Card:
        texts = self._context.texts
        self.columns = ImportColumns(self._context)
        self.columns_problem = FieldProblem()
        card = Card(texts.say("What the columns hold"))
        card.add(column(self.columns, self.columns_problem, gap=12))
        self.columns.changed.connect(self._check)
        return card

    def _findings_card(self) -> Card:
        context, texts = self._context, self._context.texts
        self.table = Table(context.theme, _columns(texts), texts.say("What is wrong in the file"))
        self.table.setMinimumHeight(context.theme.px(240))
        card = Card(texts.say("What is wrong in the file"))
        card.setProperty("form_in_sight", True)
        card.add(self.table)
        return card

    def _what_is_to_be_done(self) -> QFrame:
        """Beneath the rest, and always in sight however many columns the file has."""
        context, texts = self._context, self._context.texts
        self.summary, self.told = Words(), Muted()
        self.with_doubtful = QCheckBox()
        self.with_doubtful.toggled.connect(self._name_confirm)
        self.confirm = KeyButton("", "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.stop = KeyButton(texts.say("Stop the import"), shows="Esc")
        self.progress = ProgressLine(context.theme, texts.say("Import"))
        self.progress_told = Muted()
        self._progress = holding(column(self.progress_told, self.progress, gap=4))
        buttons = line(self.confirm, self.stop, self.cancel, None)
        rows = column(self.summary, self.told, self.with_doubtful, self._progress, buttons, gap=8)
        rows.setContentsMargins(EDGE, 12, EDGE, 12)
        strip = QFrame()
        strip.setProperty("part", "header")
        strip.setLayout(column(Rule(), rows, gap=0))
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)
        self.stop.clicked.connect(self.writing.stop)
        return strip

    # --- what is shown ---

    def _show(self) -> None:
        """Each card when its time has come, and what can be done now."""
        forums = self._context.store.read(case_import.forums)
        self.series.set_choices([(forum.id, forum.name) for forum in forums])
        if self.series.value is None and forums:
            self.series.set_value(forums[0].id)
        has_file, is_writing = self._sheet is not None, self.writing.is_writing
        file_card, columns_card, findings_card = self._cards
        self._nowhere.setVisible(not forums)
        file_card.setVisible(bool(forums))
        columns_card.setVisible(bool(forums) and has_file)
        self._footer.setVisible(bool(forums) and has_file)
        findings_card.setVisible(bool(forums) and has_file and self._checked is not None and bool(self._checked.findings))
        self.again.setVisible(self._path is not None)
        self.series.setVisible(len(forums) > 1)
        self.file_name.setText(self._path.name if self._path is not None else "")
        for widget in (file_card, columns_card):
            widget.setEnabled(not is_writing)
        self._progress.setVisible(is_writing)
        self.stop.setVisible(is_writing)
        self.confirm.setVisible(not is_writing)
        self.cancel.setVisible(not is_writing)
        self._show_file_told()
        self._show_findings()
        # The columns of a file are made anew for it; Tab goes through them on its way to what is wrong.
        self._tab_order = follow_layout(self, self._tab_order)

    def _show_file_told(self) -> None:
        texts, sheet = self._context.texts, self._sheet
        told = texts.count(
            "The sheet “{title}” is read; one other with something in it is not.",
            "The sheet “{title}” is read; {n} others with something in them are not.", sheet.others, title=sheet.title,
        ) if sheet is not None and sheet.others else ""  # fmt: skip
        self.file_told.setText(told)
        self.file_told.setVisible(bool(told))

    def _show_findings(self) -> None:
        texts, checked = self._context.texts, self._checked
        findings = checked.findings if checked is not None else ()
        self.table.set_rows([FindingLine(place, finding) for place, finding in enumerate(findings)])
        self.with_doubtful.setVisible(checked is not None and bool(checked.doubtful))
        if checked is None:
            self.summary.setText(texts.say("The file is being checked.") if self._work is not None else "")
            self.told.hide()
        else:
            rows = len(checked.good) + len(checked.doubtful) + checked.wrong
            self.summary.setText(texts.say("{good} of {rows} rows are as they should be.", good=len(checked.good), rows=rows))
            words = texts.count(
                "Take also the row that may be about somebody known already", "Take also the {n} rows that may be about somebody known already",
                len(checked.doubtful),
            )  # fmt: skip
            self.with_doubtful.setText(words)
            self.with_doubtful.setAccessibleName(words)
            self.told.setText(texts.say("Where no day is given, the case is opened today. Numbers are given out in the file's order."))
            self.told.show()
        self.summary.set_ink(Tone.AMBER if checked is not None and not checked.is_well else None)
        self._name_confirm()

    def _name_confirm(self, _ticked: object = None) -> None:
        texts, checked = self._context.texts, self._checked
        count = len(self._chosen())
        if checked is None or checked.is_well or not count:
            self.confirm.set_words(texts.count("Import {n} case", "Import {n} cases", count))
        else:
            self.confirm.set_words(texts.count("Import the row that is right", "Import the {n} rows that are right", count))
        self.confirm.setEnabled(bool(count) and not self.writing.is_writing)

    def _chosen(self) -> tuple:
        if self._checked is None:
            return ()
        return self._checked.chosen(with_doubtful=self.with_doubtful.isChecked() and bool(self._checked.doubtful))

    # --- reading and checking ---

    def _on_choose(self) -> None:
        texts = self._context.texts
        path = self.ask_for_file(self, texts.say("Choose a file to import"), texts.say("Workbooks and text files (*.xlsx *.csv *.txt);;All files (*)"))
        if path is not None:
            self.read(path)

    def _on_read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def read(self, path: Path) -> None:
        """Read a file on a thread; what it holds is shown when it is there."""
        self._path, self._sheet, self._checked = path, None, None
        self.file_problem.tell("")
        self.with_doubtful.setChecked(False)
        self._start(Work(partial(case_import.read_file, path)), self._on_read, self._on_unreadable)
        self._show()

    def _start(self, work: Work, done: Callable[[object], None], refused: Callable[[tuple[Problem, ...]], None]) -> None:
        """One thing at a time: what an earlier one answers is not heard."""
        if self._work is not None:
            self._work.done.disconnect()
            self._work.refused.disconnect()
        self._work = work
        work.done.connect(done)
        work.refused.connect(refused)
        work.start()

    def _on_read(self, sheet: Sheet) -> None:
        self._work, self._sheet = None, sheet
        self.columns.show_sheet(sheet)
        self._check()
        self.columns.focus_first()

    def _on_unreadable(self, refused: object) -> None:
        self._work = None
        self.file_problem.tell(self._context.texts.problems(_problems(refused)))
        self._show()
        self.choose.setFocus()

    def _check(self) -> None:
        """The dry run, made again whenever a column becomes something else."""
        sheet, context = self._sheet, self._context
        if sheet is None or self.writing.is_writing:
            return
        layout = self.columns.layout_chosen
        problems = problems_with_layout(sheet, layout)
        self._checked = None
        self.columns_problem.tell(context.texts.problems(problems))
        if not problems:
            known = context.store.read(case_import.known)
            self._start(Work(partial(check, sheet, layout, known, context.clock.today())), self._on_checked, self._on_unreadable)
        self._show()

    def _on_checked(self, checked: Checked) -> None:
        self._work, self._checked = None, checked
        self._show()

    def _on_vault_changed(self) -> None:
        self._check() if self._sheet is not None else self._show()

    # --- writing ---

    def _on_confirmed(self) -> None:
        drafts = self._chosen()
        if not drafts or self.writing.is_writing or self.series.value is None:
            return
        self.writing.start(self.series.value, drafts)
        self._on_progress(0)
        self._show()
        self.stop.setFocus()

    def _on_progress(self, done: int) -> None:
        told = self._context.texts.say("{done} of {all} rows", done=done, all=len(self._chosen()))
        self.progress.show_share(done / max(len(self._chosen()), 1), told)
        self.progress_told.setText(told)

    def _on_finished(self, count: int) -> None:
        texts = self._context.texts
        said = texts.count("{n} case has been imported.", "{n} cases have been imported.", count)
        self._context.messages.info(f"{said} {texts.say('The file is not encrypted: delete it when it is needed no more.')}")
        self.ask()
        self.done.emit()

    def _on_stopped(self) -> None:
        self._context.messages.info(self._context.texts.say("The import was stopped. Nothing has been written."))
        self._show()
        self.confirm.setFocus()

    def _on_refused(self, problems: tuple[Problem, ...]) -> None:
        self._context.messages.error(self._context.texts.problems(problems))
        self._check()


def _problems(refused: object) -> tuple[Problem, ...]:
    return getattr(refused, "problems", refused)


def _columns(texts: Texts) -> tuple[Column, ...]:
    tones = {Weight.WRONG: Tone.RED, Weight.DOUBTFUL: Tone.AMBER, Weight.TOLD: Tone.NEUTRAL}

    def row(line: FindingLine) -> str:
        return str(line.finding.row)

    def order(line: FindingLine) -> int:
        return line.finding.row

    def heading(line: FindingLine) -> str:
        return line.finding.heading

    def said(line: FindingLine) -> str:
        return texts.problem(line.finding.problem)

    def weight(line: FindingLine) -> str:
        return texts.term(line.finding.weight)

    def tone(line: FindingLine) -> Tone:
        return tones[line.finding.weight]

    return (
        Column("row", texts.name("column", "Row"), row, sort=order, align_right=True),
        Column("column", texts.name("column", "Column"), heading),
        Column("weight", texts.name("column", "Weight"), weight, tone=tone),
        Column("said", texts.say("What is to be put right"), said, tooltip=said, stretch=True),
    )
