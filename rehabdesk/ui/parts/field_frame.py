"""A field with its name above it and one sentence beneath when something is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.problems import Problem
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.basics import Label, Muted, Words, restyle
from rehabdesk.ui.parts.layouts import column


class FieldProblem(Words):
    """The one sentence beside a field; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "problem", parent=parent)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Say it, or with an empty sentence fall silent."""
        self.setText(sentence)
        self.setVisible(bool(sentence))


class FieldFrame(QWidget):
    """A field with its name above and its problem beneath. Autosaving fields' failures show here by themselves."""

    def __init__(self, texts: Texts, label: str, field: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._texts = texts
        self.field = field
        self.problem = FieldProblem()
        self.label = Label(label)
        target = getattr(field, "line", field)
        self.label.setBuddy(target)
        if not target.accessibleName():
            target.setAccessibleName(label)
        self.setLayout(column(self.label, field, self.problem, gap=4))
        self._hint = hint
        if hint:
            self.layout().insertWidget(2, Muted(hint))
            target.setAccessibleDescription(hint)
        if hasattr(field, "failed"):
            field.failed.connect(self._on_failed)
            field.saved.connect(self._on_saved)

    def tell(self, sentence: str) -> None:
        """Show a sentence beside the field, or with an empty one take it away."""
        self.problem.tell(sentence)
        target = getattr(self.field, "line", self.field)
        restyle(target, "wrong", "true" if sentence else "false")
        target.setAccessibleDescription(sentence or self._hint)

    def _on_failed(self, problems: tuple[Problem, ...]) -> None:
        self.tell(self._texts.problems(problems))

    def _on_saved(self, _when: object) -> None:
        self.tell("")
