"""Utskrift: the printer for the meeting, chosen beforehand and kept for this machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QWidget

from rehabdesk.ui.parts.basics import Card, KeyButton, Muted
from rehabdesk.ui.parts.forms import ChoiceField, FieldFrame
from rehabdesk.ui.parts.layouts import column, line
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.shell.context import Context

ListPrinters = Callable[[], Sequence[str]]


class PrintersSection(Section):
    """Printers are asked for when the section is first seen: a spooler that sleeps may take seconds to answer."""

    def __init__(
        self, context: Context, list_printers: ListPrinters = QPrinterInfo.availablePrinterNames, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self._list_printers = list_printers
        self._asked = False
        self.printer = ChoiceField((), texts.say("Printer for the meeting"))
        self.printer.changed.connect(self._on_printer)
        hint = texts.say("Kept for this machine. During the meeting nothing is asked: the papers go there.")
        again = KeyButton(texts.say("Look for printers again"))
        again.clicked.connect(self.ask)
        self._found = Muted()
        card = Card(texts.say("Printing"))
        frame = FieldFrame(texts, texts.say("Printer for the meeting"), self.printer, hint)
        card.add(column(frame, self._found, line(again, None), gap=16))
        self.rows.addWidget(card)
        self.rows.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask once, when somebody looks."""
        super().showEvent(event)
        if not self._asked:
            self.ask()

    def ask(self) -> None:
        """List what the system has now."""
        self._asked = True
        texts = self.context.texts
        names = tuple(self._list_printers())
        kept = self.context.settings.current.printer
        choices: list[tuple[str | None, str]] = [(None, texts.say("Ask when printing"))]
        choices += [(name, name) for name in names]
        if kept is not None and kept not in names:
            choices.append((kept, texts.say("{printer} (not found now)", printer=kept)))
        self.printer.set_choices(choices)
        self.printer.set_value(kept)
        found = texts.count("{n} printer found.", "{n} printers found.", len(names))
        self._found.setText(found if names else texts.say("No printer found. Connect one and look again."))

    def _on_printer(self, name: str | None) -> None:
        self.context.settings.change(printer=name)
