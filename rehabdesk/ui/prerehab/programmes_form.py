"""The form of one programme, new or known: what is written in it is kept until it is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import instruments as shelf
from rehabdesk.services.prerehab import programmes
from rehabdesk.services.prerehab.programmes import ProgrammeDetails
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.prerehab import programmes as queries
from rehabdesk.store.queries.prerehab.programmes import ProgrammeRow
from rehabdesk.ui.parts.basics import Card, KeyButton, Label, Muted
from rehabdesk.ui.parts.form_draft import FormDraft
from rehabdesk.ui.parts.forms import ChoiceField, Form
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding
from rehabdesk.ui.parts.narrow import keep_narrow
from rehabdesk.ui.parts.tokens import GAP, PAD
from rehabdesk.ui.prerehab.number_line import NumberLine
from rehabdesk.ui.shell.context import Context

_NUMBERS = ("cost_per_round", "cost_per_place", "fill_target", "answer_days")
#: What is proposed for a programme that is new.
_FRESH = ProgrammeDetails("", 0)


class ProgrammeForm(Card):
    """`saved(programme_id)` when it is kept; `closed` when it is left."""

    saved = Signal(int)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        texts = context.texts
        super().__init__(texts.say("Programme"), parent=parent)
        self._context = context
        self._programme_id: int | None = None
        self._row: ProgrammeRow | None = None
        self._ticks: dict[str, QCheckBox] = {}
        self._proposed: dict[str, str] = {}
        self._make_fields()
        self.save = KeyButton(texts.name("button", "Save"), "Ctrl+Return", kind="primary")
        self.save.clicked.connect(self._on_save)
        self.cancel = KeyButton(texts.name("button", "Cancel"), shows="Esc")
        self.cancel.clicked.connect(self.closed)
        self.end = KeyButton(texts.say("End the programme"))
        self.end.clicked.connect(self._on_end)
        self._lay_out()
        fields = {"name": self.name, "controller_board": self.board, "place": self.place, "target_group": self.target_group}
        fields |= {key: self.numbers[key] for key in _NUMBERS} | {"controller": self.controller, "supplier": self.supplier}
        fields |= {f"instrument:{code}": tick for code, tick in self._ticks.items()}
        self._draft = FormDraft(context.store, context.flushes, fields, self, self._proposed)

    def begin(self) -> None:
        """A programme that is new; what was written and not saved is still there."""
        self._show(None, None)

    def show_programme(self, row: ProgrammeRow) -> None:
        """This one. What was written in it and not saved is still there."""
        if (row.id, row) != (self._programme_id, self._row):
            self._show(row.id, row)

    # --- building ---

    def _make_fields(self) -> None:
        texts = self._context.texts
        self.name, self.board, self.place = QLineEdit(), QLineEdit(), QLineEdit()
        self.supplier = keep_narrow(ChoiceField((), texts.say("Supplier")))
        self.controller = keep_narrow(ChoiceField((), texts.say("Controller")))
        self.target_group = QPlainTextEdit()
        self.target_group.setTabChangesFocus(True)
        self.target_group.setFixedHeight(self._context.theme.px(66))
        self.numbers = {key: NumberLine() for key in _NUMBERS}
        language = texts.language
        for instrument in shelf.instruments():
            tick = QCheckBox(instrument.name.written(language))
            tick.setAccessibleName(instrument.name.written(language))
            self._ticks[instrument.code] = tick

    def _lay_out(self) -> None:
        texts = self._context.texts
        self.form = form = Form(texts)
        form.add("name", texts.name("programme", "Name"), self.name)
        form.add("supplier", texts.say("Supplier"), self.supplier, texts.say("The party that runs it. Named lists go there only as far as consent covers it."))
        form.add("controller", texts.say("Controller"), self.controller, texts.say("An authority. A coordination association cannot be it."))
        form.add("controller_board", texts.say("Board"), self.board)
        form.add("place", texts.say("Place"), self.place)
        form.add("target_group", texts.say("For whom"), self.target_group)
        form.add_line(
            ("cost_per_round", texts.say("Cost of a round, kronor"), self.numbers["cost_per_round"]),
            ("cost_per_place", texts.say("Cost of a place, kronor"), self.numbers["cost_per_place"]),
        )
        form.add_line(
            ("fill_target", texts.say("Target: places filled, per cent"), self.numbers["fill_target"]),
            ("answer_days", texts.say("Days to answer an offer"), self.numbers["answer_days"]),
        )
        ticks = FlowLayout(gap=GAP + 4)
        for tick in self._ticks.values():
            ticks.addWidget(tick)
        explained = Muted(texts.say("Of the last ones only totals are taken: their texts belong to others."))
        measuring = column(Label(texts.say("Measured with")), holding(ticks), explained, gap=4)
        buttons = FlowLayout()
        for button in (self.save, self.cancel, self.end):
            buttons.addWidget(button)
        self.add(column(form, measuring, holding(buttons), gap=PAD))

    # --- slots and internals ---

    def _show(self, programme_id: int | None, row: ProgrammeRow | None) -> None:
        texts = self._context.texts
        self._draft.close()
        self._programme_id, self._row = programme_id, row
        self.form.clear_problems()
        self.heading.setText(row.name if row is not None else texts.say("New programme"))
        self.cancel.setVisible(row is None)
        self.end.setVisible(row is not None)
        ended = row is not None and row.ended_on is not None
        self.end.set_words(texts.say("Take the programme up again") if ended else texts.say("End the programme"))
        self._offer_choices(row)
        self._propose(row)
        self._draft.open(f"programme:{programme_id or 'new'}")
        self.target_group.setAccessibleName(texts.say("For whom"))

    def _offer_choices(self, row: ProgrammeRow | None) -> None:
        store, texts = self._context.store, self._context.texts
        supplier = row.supplier_party_id if row is not None else None
        parties = [party for party in store.read(party_queries.parties, ended=True) if party.ended_on is None or party.id == supplier]
        self.supplier.set_choices([(None, texts.say("Not chosen yet")), *((party.id, party.written) for party in parties)])
        self.controller.set_choices([(one.id, one.name) for one in store.read(party_queries.organisations)])
        self.supplier.set_value(supplier)
        self.controller.set_value(row.controller_id if row is not None else None)

    def _propose(self, row: ProgrammeRow | None) -> None:
        """What stands in the fields while nobody has written anything else."""
        told = row or _FRESH
        chosen = self._context.store.read(queries.instruments, row.id) if row is not None else _own_scales()
        self._proposed.clear()
        for key in ("name", "controller_board", "place", "target_group", *_NUMBERS):
            value = getattr(told, key)
            self._proposed[key] = "" if value is None else str(value)
        self._proposed.update((f"instrument:{code}", "1") for code in chosen)

    def _details(self) -> ProgrammeDetails:
        numbers = {key: line.number for key, line in self.numbers.items()}
        return ProgrammeDetails(
            name=self.name.text(),
            controller_id=self.controller.value or 0,
            controller_board=self.board.text(),
            supplier_party_id=self.supplier.value,
            place=self.place.text(),
            target_group=self.target_group.toPlainText(),
            cost_per_round=numbers["cost_per_round"],
            cost_per_place=numbers["cost_per_place"],
            # An empty line is outside the range, and told so.
            fill_target=-1 if numbers["fill_target"] is None else numbers["fill_target"],
            answer_days=numbers["answer_days"] or 0,
            instruments=tuple(code for code, tick in self._ticks.items() if tick.isChecked()),
        )

    def _on_save(self) -> None:
        unreadable = [Problem("number.not_understood", key) for key, line in self.numbers.items() if not line.readable]
        if unreadable:
            self.form.show_problems(unreadable)
            return
        store = self._context.store
        try:
            if self._programme_id is None:
                programme_id = programmes.add_programme(store, self._details())
            else:
                programme_id = self._programme_id
                programmes.change_programme(store, programme_id, self._details())
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self._draft.forget()
        self._row = None
        self.saved.emit(programme_id)

    def _on_end(self) -> None:
        if self._row is None:
            return
        verb = programmes.end_programme if self._row.ended_on is None else programmes.reopen_programme
        verb(self._context.store, self._row.id)


def _own_scales() -> tuple[str, ...]:
    """A new programme measures with the scales that need nobody's leave."""
    return tuple(instrument.code for instrument in shelf.instruments() if not instrument.is_totals_only)
