"""One question of the form on screen, in large type: boxes to choose from where the text ships, a line for the total where it is licensed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from rehabdesk.domain.instruments import Instrument
from rehabdesk.store.queries.prerehab.measures import ValueRow
from rehabdesk.ui.parts.basics import KeyButton, Muted, Words, restyle
from rehabdesk.ui.parts.field_frame import FieldFrame
from rehabdesk.ui.parts.layouts import FlowLayout, column, line
from rehabdesk.ui.parts.tokens import GAP
from rehabdesk.ui.prerehab.measures_words import instrument_name, licence_told, range_words, row_words, value_words
from rehabdesk.ui.shell.context import Context

BOX, LARGE = 50, 18
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class BoxesAnswer(QFrame):
    """The question and a box for each answer; arrows and digits choose. `answered(text)`: the number, or the sign for declined."""

    answered = Signal(str)

    def __init__(self, context: Context, instrument: Instrument, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._theme, self.instrument, self._sign = context.texts, context.theme, instrument, sign
        self.setProperty("part", "meeting-row")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.question = Words(instrument.text.question.written(self._texts.language), "read")
        self.problem = Words(part="problem")
        self.problem.hide()
        self.boxes: dict[float | None, KeyButton] = {}
        self.setAccessibleName(self.question.text())
        self.setLayout(column(self.question, self._answers(), self.problem, gap=10, margin=10))

    def show_value(self, row: ValueRow | None, _wrong: str = "") -> None:
        """Mark what is written."""
        self._mark(*(() if row is None else (row.value,)))

    def tell(self, sentence: str) -> None:
        """Why it could not be written, beside the question."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows go from box to box, a digit chooses its box."""
        step, written = _STEPS.get(Qt.Key(event.key())), event.text()
        values = list(self.boxes)
        if step is not None:
            at = next((place for place, value in enumerate(values) if self.boxes[value].isChecked()), None)
            following = (0 if step > 0 else len(values) - 1) if at is None else at + step
            if 0 <= following < len(values):
                self._choose(values[following])
        elif written.isdigit() and float(written) in self.boxes:
            self._choose(float(written))
        else:
            super().keyPressEvent(event)

    def flush(self) -> None:
        """What is chosen is written at once: nothing waits."""

    # --- internals ---

    def _mark(self, *values: float | None) -> None:
        for value, box in self.boxes.items():
            box.setChecked(value in values)
            restyle(box, "kind", "primary" if value in values else "plain")
        chosen = next((box.words for box in self.boxes.values() if box.isChecked()), self._texts.say("no answer yet"))
        self.setAccessibleDescription(chosen)

    def _answers(self) -> QWidget:
        text, language = self.instrument.text, self._texts.language
        held = QWidget()
        held.setProperty("part", "clear")
        no_answer = self._texts.say("Does not wish to answer")
        if text.choices:
            flow = FlowLayout(gap=GAP)
            for choice in text.choices:
                words = choice.words.written(language)
                flow.addWidget(self._box(choice.value, words[:1].upper() + words[1:]))
            flow.addWidget(self._box(None, no_answer))
            held.setLayout(flow)
            return held
        row = FlowLayout(gap=6)
        for value in self.instrument.values:
            box = self._box(value, value_words(self._texts, self.instrument, value))
            box.setMinimumWidth(self._theme.px(BOX))
            row.addWidget(box)
        row.addWidget(self._box(None, no_answer))
        least, most = (value_words(self._texts, self.instrument, end) for end in (self.instrument.least, self.instrument.most))
        ends = line(
            Words(f"{least} = {text.least.written(language)}", "read-small"), None,
            Words(f"{most} = {text.most.written(language)}", "read-small"), gap=GAP,
        )  # fmt: skip
        held.setLayout(column(ends, row, gap=6))
        return held

    def _box(self, value: float | None, words: str) -> KeyButton:
        box = KeyButton(words)
        box.setCheckable(True)
        box.setMinimumHeight(self._theme.px(BOX))
        box.setFont(self._theme.font(LARGE))
        # One stop for the keyboard: the question, whose arrows lead from box to box.
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        box.clicked.connect(partial(self._choose, value))
        self.boxes[value] = box
        return box

    def _choose(self, value: float | None, _checked: bool = False) -> None:
        self.setFocus()
        # Marked at once: the next arrow goes on from here, before the store has been asked again.
        self._mark(value)
        self.answered.emit(self._sign if value is None else f"{value:g}")


class TotalAnswer(QFrame):
    """A licensed form: the total alone, and why. `answered(text)` when the line is left or Enter is pressed."""

    answered = Signal(str)

    def __init__(self, context: Context, instrument: Instrument, sign: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = context.texts
        self._texts, self.instrument = texts, instrument
        self.setProperty("part", "clear")
        self.line = QLineEdit()
        self.line.setMaximumWidth(context.theme.px(120))
        hint = texts.say("{ends}, or {sign} for declined.", ends=range_words(texts, instrument), sign=sign)
        self.frame = FieldFrame(texts, texts.say("Total of {instrument}", instrument=instrument_name(texts, instrument)), self.line, hint)
        self.licence = Muted(licence_told(texts, instrument))
        self.setLayout(column(Words(instrument_name(texts, instrument), "read"), self.licence, self.frame, gap=8, margin=12))
        self.setFocusProxy(self.line)
        self._shown = ""
        self.line.editingFinished.connect(self.flush)

    def show_value(self, row: ValueRow | None, wrong: str = "") -> None:
        """What is written, or what was typed and is not right; not while it is being typed in."""
        self._shown = wrong or row_words(self._texts, self.instrument, row)
        if not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(self._shown)

    def tell(self, sentence: str) -> None:
        """Why it could not be written."""
        self.frame.tell(sentence)

    def flush(self) -> None:
        """Write what has been typed."""
        if self.line.text() != self._shown:
            self.line.setModified(False)
            self.answered.emit(self.line.text())
