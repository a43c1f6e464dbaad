"""Du: what papers say of the coordinator."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.papers import Questions
from rehabdesk.services import settings
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, Muted
from rehabdesk.ui.parts.forms import Form
from rehabdesk.ui.parts.layouts import column
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.settings.section import Section
from rehabdesk.ui.shell.context import Context


class YouSection(Section):
    """Title, name, number and hours; kept while typed, with the line as it prints beneath."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        texts = context.texts
        self._fields = RecordFields(context.flushes)
        self.form = Form(texts)
        for key, label, hint in (
            ("title", texts.say("Title"), texts.say("For example coordinator")),
            ("name", texts.say("Name"), ""),
            ("phone", texts.say("Phone"), ""),
            ("hours", texts.say("Hours"), texts.say("For example Weekdays 9–15")),
        ):
            self.form.add(key, label, self._fields.add(key, label), hint)
        self._printed = Muted()
        self._printed.setAccessibleName(texts.say("As it prints"))
        card = Card(texts.say("You"))
        card.add(column(Muted(texts.say("Every paper says whom the reader may ring.")), self.form, self._printed, gap=16))
        self.rows.addWidget(card)
        self.rows.addStretch(1)
        watch(self, context.store, {"setting"}, self._refresh)

    def _refresh(self) -> None:
        texts = self.context.texts
        told = self.context.store.read(settings.coordinator)
        self._fields.show("coordinator", {key: getattr(told, key) for key in ("title", "name", "phone", "hours")}, self._save)
        if told.is_complete:
            who = Questions(told.title, told.name, told.phone).who
            line = texts.say("Questions? Call {who} on {phone}", who=who, phone=told.phone)
            self._printed.setText(texts.say("As it prints: {line}", line=" · ".join(part for part in (line, told.hours) if part)))
        else:
            self._printed.setText(texts.say("Write at least your name and number, so that the reader knows whom to ring."))

    def _save(self, key: str, text: str) -> None:
        settings.set_coordinator(self.context.store, **{key: text})
