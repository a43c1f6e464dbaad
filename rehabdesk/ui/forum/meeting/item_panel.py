"""The item that is open: its head, the question, what came before, and what is written at the table."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from rehabdesk.domain.consent import ConsentStanding
from rehabdesk.domain.forum import ItemKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services.forum.big_screen import ShownLine, show_line
from rehabdesk.services.forum.meeting import ItemText, save_text
from rehabdesk.ui.forum.meeting.actions_list import ActionsList
from rehabdesk.ui.forum.meeting.agreements import Agreements
from rehabdesk.ui.forum.meeting.earlier_actions import EarlierActions
from rehabdesk.ui.forum.meeting.named_text import LineText, NameGuard, Section, never_saved
from rehabdesk.ui.forum.meeting.state import ItemDetail, MeetingState
from rehabdesk.ui.forum.recognisable_hint import RecognisableHint
from rehabdesk.ui.parts.autosave import Save
from rehabdesk.ui.parts.basics import Badge, Label, Muted, Words
from rehabdesk.ui.parts.fields import AutosaveText
from rehabdesk.ui.parts.layouts import FlowLayout, column, holding, line
from rehabdesk.ui.parts.tokens import Tone

_CONSENT_TONES = {
    ConsentStanding.LIVE: Tone.GREEN,
    ConsentStanding.RUNNING_OUT: Tone.AMBER,
    ConsentStanding.NOT_BEGUN: Tone.AMBER,
}


class Notice(QFrame):
    """A sentence on an amber ground, above what it is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "notice")
        self._words = Words()
        row = line(self._words)
        row.setContentsMargins(12, 8, 12, 8)
        self.setLayout(row)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._words.text()

    def tell(self, sentence: str) -> None:
        """Say it, or with an empty sentence fall silent."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class ItemHead(QWidget):
    """ "§ 44 · RF-2026-014 Maria S.", what stands beside it, last time's line and the banner of a consultation."""

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.headline = Words("", "headline", wrap=False)
        self.consent, self.protected = Badge(), Badge(state.context.texts.say("protected identity"), Tone.AMBER)
        head = FlowLayout(gap=10)
        for widget in (self.headline, self.consent, self.protected):
            head.addWidget(widget)
        self.last_time = Muted()
        self.notice = Notice()
        self.setLayout(column(holding(head), self.notice, self.last_time, gap=6))

    def refresh(self, current: ItemDetail) -> None:
        """Say where one is."""
        state, texts, row = self._state, self._state.context.texts, current.row
        number = texts.say("§ {number}", number=row.paragraph) if row.paragraph else ""
        fell = row.kind is ItemKind.CASE and not row.is_by_name
        title = texts.say("De-identified consultation") if fell else state.shown(state.title(row))
        named = " ".join(part for part in (title, state.short_name(row)) if part)
        self.headline.setText(" · ".join(part for part in (number, named) if part))
        self._show_consent(current)
        self.protected.setVisible(current.is_protected)
        self.last_time.setText(self._last_time(current))
        self.last_time.setVisible(bool(self.last_time.text()))
        self.notice.tell(self._notice(current, fell))

    def _show_consent(self, current: ItemDetail) -> None:
        consent, texts = current.consent, self._state.context.texts
        if consent is None:
            self.consent.hide()
            return
        word = {
            ConsentStanding.LIVE: texts.say("consent until {day}", day=consent.on),
            ConsentStanding.RUNNING_OUT: texts.say("consent until {day}", day=consent.on),
            ConsentStanding.NOT_BEGUN: texts.say("consent from {day}", day=consent.on),
            ConsentStanding.WITHDRAWN: texts.say("consent withdrawn"),
            ConsentStanding.RUN_OUT: texts.say("consent ran out {day}", day=consent.on),
            ConsentStanding.MISSING: texts.say("no consent"),
        }[consent.standing]
        self.consent.show_word(word, _CONSENT_TONES.get(consent.standing, Tone.RED))
        self.consent.show()

    def _last_time(self, current: ItemDetail) -> str:
        before, texts = current.last_time, self._state.context.texts
        if before is None or not current.row.is_by_name:
            return ""
        day = texts.long_date(before.on).removesuffix(f" {before.on.year}") if before.on.year == self._state.today.year else texts.long_date(before.on)
        said = " ".join(self._state.shown(text) for text in before.agreements) or texts.say("nothing was agreed.")
        return texts.say("Last time, {day}: {agreed}", day=day, agreed=said)

    def _notice(self, current: ItemDetail, fell: bool) -> str:
        say = self._state.context.texts.say
        if fell:
            return say("No party called to this item is covered by a consent. It is a de-identified consultation: write no name.")
        if current.row.kind is ItemKind.CONSULTATION:
            return say("De-identified consultation: write nothing that points to a person.")
        if current.is_protected:
            return say("Protected identity: only the alias is recognised. Read the text through before the item is finished.")
        return ""


class ItemPanel(QScrollArea):
    """The whole middle column while an item is open."""

    def __init__(self, state: MeetingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._item_id: int | None = None
        say = state.context.texts.say
        self.head = ItemHead(state)
        self.question = LineText(state, say("The question now"), never_saved, placeholder=say("What should the forum answer?"))
        self.question_shown = QCheckBox(say("show"))
        self.question_shown.setAccessibleName(say("Show the question on the big screen"))
        self.question_shown.clicked.connect(self._on_question_shown)
        self.question_told = Words("", "small")
        self.question_told.set_ink(Tone.RED)
        self._question_guard = NameGuard(state, self.question, self.question_told)
        self.hint = RecognisableHint(state.context)
        self.earlier = EarlierActions(state)
        self.background = self._section(say("Background"))
        self.discussion = self._section(say("Discussion"))
        self.agreements = Agreements(state)
        self.actions = ActionsList(state)
        self._lay_out()
        for field in (self.question, self.background.field, self.discussion.field):
            field.edited.connect(self._look_for_somebody)
        state.nameless_changed.connect(self._look_for_somebody)

    def bind(self) -> bool:
        """Show the item that is open; False when what was typed for the one before could not be kept."""
        current = self._state.current
        if current is None:
            self._item_id = None
            return True
        row = current.row
        fields = ((self.question, ItemText.QUESTION, row.question), (self.background.field, ItemText.BACKGROUND, row.background),
                  (self.discussion.field, ItemText.DISCUSSION, row.discussion))  # fmt: skip
        if not all([field.bind(text, self._save(row.id, kind)) for field, kind, text in fields]) or not self.actions.bind():
            return False
        self._item_id = row.id
        self.earlier.leave_editor()
        self.agreements.bind()
        self.verticalScrollBar().setValue(0)
        self.refresh()
        return True

    def refresh(self) -> None:
        """The store's rows; a field that is being typed in keeps its text."""
        current = self._state.current
        if current is None or current.row.id != self._item_id:
            return
        self.head.refresh(current)
        self.question.refresh(current.row.question)
        self.question_shown.setChecked(current.row.question_shown)
        self.background.field.refresh(current.row.background)
        self.discussion.field.refresh(current.row.discussion)
        self.earlier.refresh()
        self.agreements.refresh()
        self.actions.refresh()
        self._look_for_somebody()

    def focus_first(self) -> None:
        """Where writing begins."""
        self.discussion.field.setFocus()

    def step_back(self) -> bool:
        """Esc: leave what was opened inside the item."""
        return self.earlier.leave_editor() or self.actions.quick.leave_correcting()

    def field_of(self, name: str, row_id: int) -> AutosaveText | None:
        """The field a found name stands in."""
        if name in ("agreement", "participant_line"):
            one = next((one for one in self.agreements.lines if one.kept.id == row_id), None)
            return None if one is None else one.text if name == "agreement" else one.second
        return {"question": self.question, "background": self.background.field, "discussion": self.discussion.field}.get(name)

    # --- slots and internals ---

    def _lay_out(self) -> None:
        question_label = Label(self._state.context.texts.say("The question now"))
        question_label.setBuddy(self.question)
        row = line(question_label, self.question, self.question_told, self.question_shown, gap=8)
        row.setStretch(1, 1)
        row.setAlignment(question_label, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(self.question_shown, Qt.AlignmentFlag.AlignTop)
        question_label.setContentsMargins(0, 6, 0, 0)
        whole = QVBoxLayout()
        whole.setContentsMargins(28, 20, 28, 24)
        whole.setSpacing(16)
        whole.addLayout(column(self.head, row, self.hint, gap=4))
        for widget in (self.earlier, self.background, self.discussion, self.agreements, self.actions):
            whole.addWidget(widget)
        whole.addStretch(1)
        content = holding(whole)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)

    def _look_for_somebody(self, _text: str = "") -> None:
        """A consultation without a name may still point to one person."""
        current = self._state.current
        if current is None or current.row.kind is ItemKind.GENERAL or current.row.is_by_name:
            self.hint.quiet()
            return
        title = "" if current.row.kind is ItemKind.CASE else current.row.title
        written = (self.question.text(), self.background.field.text(), self.discussion.field.text())
        agreed = (one.text for one in current.agreements)
        self.hint.look((title, *written, *agreed), hide_words=self._state.nameless)

    def _section(self, label: str) -> Section:
        return Section(self._state, label, AutosaveText(label, self._state.context.flushes, never_saved, lines=2))

    def _save(self, item_id: int, kind: ItemText) -> Save:
        return partial(save_text, self._state.context.store, item_id, kind)

    def _on_question_shown(self, shown: bool) -> None:
        if self._item_id is None or not self.question.flush():
            return
        try:
            show_line(self._state.context.store, ShownLine.QUESTION, self._item_id, shown)
        except Refused as refused:
            self.question_shown.setChecked(not shown)
            self.question_told.setText(self._state.context.texts.problems(refused.problems))
