"""What to think of, where it is written: how she is reached safely, what she needs, who stands by her. It saves by itself."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rehabdesk.domain.cases import CaseText, RepresentativeKind
from rehabdesk.domain.circumstances import Circumstances, Representative
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, circumstances
from rehabdesk.store.queries import circumstances as queries
from rehabdesk.store.queries.cases import CaseRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Label, Link, Row, Words
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import clear, column, holding, line
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.shell.context import Context


class HelperForm(QWidget):
    """Adds somebody who stands by her. `added(RepresentativeKind, name, phone)` when it is to be kept."""

    added = Signal(object, str, str)
    cancelled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        texts = context.texts
        self.kind = ChoiceField([(kind, texts.term(kind)) for kind in RepresentativeKind], texts.say("In what capacity"))
        self.name, self.phone = QLineEdit(), QLineEdit()
        self.form = Form(texts)
        self.form.add("kind", texts.say("In what capacity"), self.kind)
        self.form.add_line(("name", texts.name("helper", "Name"), self.name), ("phone", texts.say("Phone"), self.phone))
        self.confirm = KeyButton(texts.say("Add the helper"), "Ctrl+Return", kind="primary")
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.setLayout(column(self.form, line(self.confirm, self.cancel, None), gap=12))
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel.clicked.connect(self.cancelled)

    def begin(self) -> None:
        """An empty form."""
        self.kind.set_value(RepresentativeKind.GUARDIAN)
        self.name.clear()
        self.phone.clear()
        self.form.clear_problems()
        self.show()
        self.kind.setFocus()

    def _on_confirmed(self) -> None:
        self.added.emit(self.kind.value, self.name.text(), self.phone.text())


class NeedsCard(Card):
    """Everything there is to think of, to be written. `unfolded(QWidget)` when the form for a helper has opened."""

    unfolded = Signal(QWidget)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("To think of"), parent=parent)
        self._context = context
        self._case_id: int | None = None
        self._helpers: tuple[Representative, ...] | None = None
        self._build()

    def show_case(self, row: CaseRow) -> None:
        """Show this case."""
        kept = self._context.store.read(queries.of_case, row.id) or Circumstances()
        texts = {
            CaseText.SAFE_CONTACT: kept.safe_contact,
            CaseText.INTERPRETER_LANGUAGE: kept.interpreter_language,
            CaseText.ACCESSIBILITY_NEEDS: kept.accessibility_needs,
        }
        if not self.fields.show(row.id, texts, partial(self._save_text, row.id)):
            return
        if row.id != self._case_id:
            self._case_id = row.id
            self.step_back()
        self.do_not_ring.setChecked(kept.do_not_ring)
        self.no_paper_home.setChecked(kept.no_paper_home)
        if kept.representatives != self._helpers:
            self._helpers = kept.representatives
            self._list_helpers()

    def step_back(self) -> bool:
        """Put the form for a helper away; False when it was not open."""
        was_open = self.helper.isVisibleTo(self)
        self.helper.hide()
        self.add_helper.show()
        if was_open:
            self.add_helper.setFocus()
        return was_open

    def flush(self) -> bool:
        """Keep what is typed."""
        return self.fields.flush()

    # --- slots and internals ---

    def _build(self) -> None:
        context, texts = self._context, self._context.texts
        self.fields = RecordFields(context.flushes)
        self.do_not_ring = self._tick(texts.say("Do not ring her"))
        self.no_paper_home = self._tick(texts.say("No paper to her home"))
        self.form = Form(texts)
        labels = {
            CaseText.SAFE_CONTACT: texts.say("Safe way to be reached"),
            CaseText.INTERPRETER_LANGUAGE: texts.say("Interpreter, language"),
            CaseText.ACCESSIBILITY_NEEDS: texts.say("What she needs to hear, see, read and take part"),
        }
        for key, label in labels.items():
            field = self.fields.add(key, label) if key is CaseText.INTERPRETER_LANGUAGE else self.fields.add_text(key, label, lines=1)
            self.form.add(key, label, field)
        self._list = column(gap=0)
        self.add_helper = KeyButton(texts.say("Add a helper"))
        self.helper = HelperForm(context)
        self.helper.hide()
        whole = column(
            column(self.do_not_ring, self.no_paper_home, gap=6), self.form, Label(texts.say("Who stands by her")),
            holding(self._list), self.helper, line(self.add_helper, None), gap=14,
        )  # fmt: skip
        self.add(whole)
        self.do_not_ring.clicked.connect(self._on_do_not_ring)
        self.no_paper_home.clicked.connect(self._on_no_paper_home)
        self.add_helper.clicked.connect(self._on_add)
        self.helper.added.connect(self._on_added)
        self.helper.cancelled.connect(self.step_back)

    def _tick(self, words: str) -> QCheckBox:
        box = QCheckBox(words)
        box.setAccessibleName(words)
        return box

    def _list_helpers(self) -> None:
        texts = self._context.texts
        clear(self._list)
        for place, helper in enumerate(self._helpers or ()):
            called = ", ".join(part for part in (texts.term(helper.kind), helper.name, helper.phone) if part)
            remove = Link(texts.name("button", "Remove"), called)
            remove.clicked.connect(partial(circumstances.remove_representative, self._context.store, self._case_id, helper.id))
            row = Row(Words(called[:1].upper() + called[1:]), remove, first=place == 0, name=called)
            row.layout().setStretch(0, 1)
            self._list.addWidget(row)

    def _save_text(self, case_id: int, key: str, text: str) -> None:
        cases.change_text(self._context.store, case_id, CaseText(key), text)

    def _on_do_not_ring(self, holds: bool) -> None:
        circumstances.set_do_not_ring(self._context.store, self._case_id, holds)

    def _on_no_paper_home(self, holds: bool) -> None:
        circumstances.set_no_paper_home(self._context.store, self._case_id, holds)

    def _on_add(self) -> None:
        self.add_helper.hide()
        self.helper.begin()
        self.unfolded.emit(self.helper)

    def _on_added(self, kind: RepresentativeKind, name: str, phone: str) -> None:
        try:
            circumstances.add_representative(self._context.store, self._case_id, kind, name, phone)
        except Refused as refused:
            self.helper.form.show_problems(refused.problems)
            return
        self.step_back()
