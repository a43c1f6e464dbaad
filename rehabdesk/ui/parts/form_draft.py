"""A form that loses nothing: what is written in it is kept in the vault until it is sent, and stands there when one comes back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from rehabdesk.services import drafts
from rehabdesk.store.store import Store
from rehabdesk.ui.parts.autosave import Autosaver, FlushRegistry
from rehabdesk.ui.parts.forms import ChoiceField, DateField, TimeField


class FormDraft(QObject):
    """Watches the fields of one form, by name: lines and texts, and with them days, times, choices and ticks, which alone say nothing.

    `proposed` texts stand in their fields when nothing is kept, and say nothing either.
    """

    def __init__(
        self,
        store: Store,
        registry: FlushRegistry,
        fields: Mapping[str, QWidget],
        parent: QObject,
        proposed: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        super().__init__(parent)
        self._store = store
        # What is typed comes first: a form may propose a choice from it.
        self._fields = dict(sorted(fields.items(), key=_is_chosen))
        self._proposed = proposed
        self._form = ""
        self._filling = False
        self._autosaver = Autosaver(self._written, self._keep, registry, self)
        for field in self._fields.values():
            _change_signal(field).connect(self._on_changed)

    def close(self) -> None:
        """What is written is kept; from now on the form may be made ready for something else, and nothing is watched."""
        self._autosaver.flush()
        self._form = ""

    def open(self, form: str, proposed: Mapping[str, str] | None = None) -> None:
        """Watch the form of this name from now on, and fill in what was written in it before, or what is `proposed` for it."""
        self._autosaver.flush()
        if proposed is not None:
            self._proposed = proposed
        self._form = form
        self._fill(self._store.read(drafts.draft, form))

    def forget(self) -> None:
        """The form has been sent or emptied: nothing of it is kept."""
        self._fill({})
        if self._form:
            self._autosaver.touched()
            self._autosaver.flush()

    def _fill(self, written: Mapping[str, str]) -> None:
        self._filling = True
        for name, field in self._fields.items():
            _write(field, written.get(name, self._proposed.get(name, "")))
        self._filling = False

    def _on_changed(self, _changed: object = None) -> None:
        if not self._filling and self._form:
            self._autosaver.touched()

    def _written(self) -> str:
        """One text for the autosaver, which knows of no forms; empty when nothing is typed."""
        texts = {name: _read(field) for name, field in self._fields.items()}
        typed = any(
            texts[name].strip() and texts[name] != self._proposed.get(name)
            for name, field in self._fields.items()
            if isinstance(field, QLineEdit | QPlainTextEdit)
        )
        return json.dumps(texts) if typed else ""

    def _keep(self, written: str) -> None:
        drafts.keep_draft(self._store, self._form, json.loads(written) if written else {})


def _is_chosen(named: tuple[str, QWidget]) -> bool:
    return isinstance(named[1], ChoiceField | DateField | TimeField | QCheckBox)


def _change_signal(field: QWidget) -> SignalInstance:
    if isinstance(field, ChoiceField):
        return field.changed
    if isinstance(field, DateField | TimeField):
        return field.line.textChanged
    return field.toggled if isinstance(field, QCheckBox) else field.textChanged


def _read(field: QWidget) -> str:
    match field:
        case ChoiceField():
            return field.written
        case DateField() | TimeField():
            return field.line.text()
        case QCheckBox():
            return "1" if field.isChecked() else ""
        case QLineEdit():
            return field.text()
    return field.toPlainText()


def _write(field: QWidget, text: str) -> None:
    match field:
        case ChoiceField():
            # Nothing kept leaves the form's own proposal.
            if text:
                field.set_written(text)
        case DateField() | TimeField():
            if text:
                field.write(text)
        case QCheckBox():
            field.setChecked(bool(text))
        case QLineEdit():
            field.setText(text)
        case _:
            field.setPlainText(text)
