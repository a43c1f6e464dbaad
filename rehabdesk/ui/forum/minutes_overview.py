"""The minutes at a glance: the general part, every item with its sheet, and what locking will do, or when it was done."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rehabdesk.domain.forum import ItemKind, ItemState, Outcome, Return, SessionState
from rehabdesk.services.forum import minutes, sessions
from rehabdesk.services.forum.minutes import Forecast, Returning
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum import sheets as sheet_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.store.queries.forum.sheets import MinutesRow, SheetRow
from rehabdesk.ui.forum.minutes_correction import CorrectionForm
from rehabdesk.ui.forum.minutes_lock import LockCard
from rehabdesk.ui.forum.minutes_reading import item_title
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Badge, Card, KeyButton, Label, Link, Muted, Row, Words
from rehabdesk.ui.parts.forms import FieldFrame
from rehabdesk.ui.parts.layouts import clear, column, holding, line, scrolling
from rehabdesk.ui.parts.record import RecordFields
from rehabdesk.ui.parts.tokens import EDGE, PAD, Tone
from rehabdesk.ui.shell.context import Context, Target

TABLES = {"forum_session", "agenda_item", "item_sheet", "minutes", "attendee", "action", "case", "participant"}
NARROW = 900
"""Below this width, at 14 px text, the two columns stand beneath one another."""

OUTCOME_TONES = {
    Outcome.AGREED: Tone.GREEN,
    Outcome.RETURNS: Tone.ACCENT,
    Outcome.BROKEN_OFF: Tone.AMBER,
    Outcome.DROPPED: Tone.NEUTRAL,
}


class MinutesOverview(QWidget):
    """`read_wanted(item_id)` to read a sheet; `locked` when the minutes have been locked."""

    read_wanted = Signal(int)
    locked = Signal()

    def __init__(self, context: Context, session_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._session_id = session_id
        self.chair = RecordFields(context.flushes)
        self._general, self._items = Card(context.texts.say("General part")), Card(context.texts.say("Items"))
        self._coming = Card(context.texts.say("What locking does"))
        self._done = Card(context.texts.say("Locked minutes"))
        self.lock_card = LockCard(context, session_id)
        self.lock_card.locked.connect(self.locked)
        self._build()
        watch(self, context.store, TABLES, self._refresh)

    def focus_first(self) -> None:
        """The first item, from where Enter reads on."""
        rows = self._rows()
        (rows[0] if rows else self.lock_card.lock).setFocus()

    def step_back(self) -> bool:
        """Leave the correction, or the question about locking."""
        if not self.correction.isHidden():
            self.correction.put_away()
            return True
        return self.lock_card.step_back()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Side by side where there is room."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        wide = event.size().width() >= self._context.theme.px(NARROW)
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)

    # --- building ---

    def _build(self) -> None:
        texts = self._context.texts
        self._facts = Words()
        self._present = Muted()
        chair = FieldFrame(texts, texts.say("Chair"), self.chair.add("chair", texts.say("Chair")))
        secretary = FieldFrame(texts, texts.say("Notes taken by"), self.chair.add("secretary", texts.say("Notes taken by")))
        self._fields = holding(line(chair, secretary, gap=PAD))
        self._who = Muted()
        self._corrected = column(gap=8)
        self.correct = KeyButton(texts.say("Correct the general part"))
        self.correction = CorrectionForm(self._context)
        self.correct.clicked.connect(self._on_correct)
        self.correction.corrected.connect(self._on_correction_left)
        self.correction.left.connect(self._on_correction_left)
        correct = line(self.correct, None)
        self._general.add(
            column(self._facts, self._present, self._fields, self._who, self._corrected, correct, self.correction, gap=8)
        )
        self._item_rows = column(gap=0)
        self._items.add(self._item_rows, padded=False)
        self._coming_rows = column(gap=12)
        self._coming.add(self._coming_rows)
        self._digest = Words()
        self._digest.setAccessibleName(texts.say("Digest"))
        self._locked_on = Words()
        told = Muted(texts.say("The digest shows that nothing has been changed since: any change would give another one."))
        self._done.add(column(self._locked_on, Label(texts.say("Digest")), self._digest, told, gap=8))
        left = holding(column(self._general, self._items, None, gap=PAD + 4))
        right = holding(column(self._coming, self.lock_card, self._done, None, gap=PAD + 4))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(PAD + 4)
        self._columns.setContentsMargins(EDGE, 0, EDGE, EDGE)
        self._columns.addWidget(left, 3)
        self._columns.addWidget(right, 2)
        self.setLayout(column(scrolling(holding(self._columns))))

    # --- internals ---

    def _refresh(self) -> None:
        store, today = self._context.store, self._context.clock.today()
        session = store.read(session_queries.session, self._session_id)
        if session is None:
            return
        locked = store.read(sheet_queries.minutes, self._session_id)
        self._tell_general(session)
        self._list_corrections()
        sheets = {row.item_id: row for row in store.read(sheet_queries.sheets_of_session, self._session_id)}
        self._list_items(store.read(agenda_queries.agenda, self._session_id, today), sheets)
        self._coming.setVisible(locked is None)
        self.lock_card.setVisible(locked is None)
        self._done.setVisible(locked is not None)
        if locked is None:
            self._tell_forecast(store.read(minutes.forecast, self._session_id, today))
        else:
            self._tell_locked(locked)

    def _tell_general(self, session: SessionRow) -> None:
        texts = self._context.texts
        day = f"{texts.weekday_date(session.held_on)}, {texts.time_span(session.start, session.end)}"
        self._facts.setText(", ".join(part for part in (day, session.place) if part))
        attendees = self._context.store.read(presence_queries.attendees, self._session_id)
        here = sum(1 for one in attendees if one.came_at)
        self._present.setText(
            texts.say("{here} present, {away} absent.", here=here, away=len(attendees) - here) if here else texts.say("Nobody is marked as present.")
        )
        is_locked = session.state is SessionState.LOCKED
        self._fields.setVisible(not is_locked)
        self._who.setVisible(is_locked)
        self._who.setText(texts.say("Chair: {chair}. Notes taken by: {secretary}.", chair=session.chair or "–", secretary=session.secretary or "–"))
        self.chair.show(session.id, {"chair": session.chair, "secretary": session.secretary}, self._save)

    def _save(self, key: str, text: str) -> None:
        sessions.set_chair(self._context.store, self._session_id, **{key: text})

    def _list_items(self, items: tuple[ItemRow, ...], sheets: dict[int, SheetRow]) -> None:
        focused = next((place for place, row in enumerate(self._rows()) if row.hasFocus()), None)
        clear(self._item_rows)
        if not items:
            self._item_rows.addWidget(Row(Muted(self._context.texts.say("The agenda is empty.")), first=True))
        for place, item in enumerate(items):
            self._item_rows.addWidget(self._item_row(item, sheets.get(item.id), first=place == 0))
        if focused is not None and focused < len(self._rows()):
            self._rows()[focused].setFocus()

    def _item_row(self, item: ItemRow, sheet: SheetRow | None, first: bool) -> Row:
        texts = self._context.texts
        number = Muted(f"§ {item.paragraph}" if item.paragraph else "–", wrap=False)
        number.setMinimumWidth(self._context.theme.px(44))
        title = item_title(texts, item)
        words, tone = self._state_of(item, sheet)
        row = Row(number, Words(title), Badge(words, tone), first=first, opens=True, name=f"{number.text()} {title}: {words}")
        row.layout().setStretch(1, 1)
        row.opened.connect(partial(self.read_wanted.emit, item.id))
        return row

    def _state_of(self, item: ItemRow, sheet: SheetRow | None) -> tuple[str, Tone]:
        texts = self._context.texts
        if sheet is None:
            return texts.term(item.state), Tone.AMBER if item.state is ItemState.OPEN else Tone.NEUTRAL
        if sheet.item is None:
            return texts.say("erased"), Tone.NEUTRAL
        if sheet.versions > 1:
            return texts.count("corrected once", "corrected {n} times", sheet.versions - 1), Tone.AMBER
        outcome = sheet.item.sheet.outcome
        if item.kind is ItemKind.GENERAL and outcome is Outcome.AGREED:
            # "Mötet öppnas" is dealt with; there was nothing to agree on.
            return texts.term(item.state), Tone.GREEN
        return texts.term(outcome), OUTCOME_TONES[outcome]

    def _rows(self) -> list[Row]:
        widgets = [self._item_rows.itemAt(place).widget() for place in range(self._item_rows.count())]
        return [widget for widget in widgets if isinstance(widget, Row) and widget.accessibleName()]

    def _tell_forecast(self, told: Forecast) -> None:
        texts = self._context.texts
        clear(self._coming_rows)
        returning = [self._returning(row) for row in told.returning]
        self._group(texts.say("Comes back"), returning or [Muted(texts.say("Nothing comes back."))])
        if told.closing:
            self._group(texts.say("Does not come back"), [self._closing(item) for item in told.closing])
        if told.unfinished:
            self._group(texts.say("Not finished"), [Words(item_title(texts, item)) for item in told.unfinished])
        if told.idle:
            self._group(texts.say("At the table with nothing to do"), [Words(party) for party in told.idle])

    def _group(self, title: str, widgets: Iterable[QWidget]) -> None:
        self._coming_rows.addLayout(column(Label(title), *widgets, gap=4))

    def _returning(self, row: Returning) -> Words:
        texts = self._context.texts
        name = " ".join(part for part in (f"§ {row.paragraph}" if row.paragraph else "", row.title) if part)
        if row.session_on is not None:
            return Words(texts.say("{item}: to the meeting on {day}", item=name, day=texts.long_date(row.session_on)))
        if row.kind is Return.ACTION_DONE:
            return Words(texts.say("{item}: to the parking list, until the action is done", item=name))
        if row.on is not None:
            return Words(texts.say("{item}: to the parking list, to be taken up {day}", item=name, day=texts.long_date(row.on)))
        return Words(texts.say("{item}: to the parking list, as no meeting is planned", item=name))

    def _closing(self, item: ItemRow) -> QWidget:
        """A case that does not come back may be one to close; that is done, with its reason, on its own page."""
        title = item_title(self._context.texts, item)
        if item.case_id is None:
            return Words(title)
        link = Link(self._context.texts.say("Open the case to close it"), title)
        link.clicked.connect(partial(self._open_case, item.case_id))
        row = line(Words(title), link)
        row.setStretch(0, 1)
        return holding(row)

    def _open_case(self, case_id: int, _checked: bool = False) -> None:
        self._context.navigate(Target("cases", "case", case_id))

    def _on_correct(self) -> None:
        general = self._context.store.read(sheet_queries.general_part, self._session_id)
        if general is not None:
            self.correct.hide()
            self.correction.ask(general.sheet_id, has_blocks=False)

    def _on_correction_left(self, _made: object = None) -> None:
        self.correct.show()
        self.correct.setFocus()

    def _list_corrections(self) -> None:
        texts = self._context.texts
        general = self._context.store.read(sheet_queries.general_part, self._session_id)
        self.correct.setVisible(general is not None and self.correction.isHidden())
        clear(self._corrected)
        for one in general.corrections if general is not None else ():
            label = Label(texts.say("Correction {day}", day=one.on))
            label.set_ink(Tone.AMBER)
            self._corrected.addLayout(column(label, Words(one.text), gap=4))

    def _tell_locked(self, locked: MinutesRow) -> None:
        texts = self._context.texts
        self._locked_on.setText(texts.say("Locked {day}.", day=texts.long_date(locked.locked_on)))
        groups = [locked.digest[start : start + 8] for start in range(0, len(locked.digest), 8)]
        self._digest.setText(" ".join(groups))
