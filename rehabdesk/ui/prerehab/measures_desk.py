"""What the grid and the form of measurements work on: the people, the instruments, and what was typed and is not right yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measures import Standing, problems_with_moment, read_number
from rehabdesk.domain.prerehab import Moment
from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.services import drafts
from rehabdesk.services.prerehab import measures
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.store.queries.prerehab.measures import MeasuredRow
from rehabdesk.ui.prerehab.measures_words import declined_sign, instrument_name, is_declined_sign
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"measurement", "booking", "place", "round", "programme_instrument", "case", "participant", "statistics_consent"})
Key = tuple[int, str, Moment]


class MeasuresDesk(QObject):
    """`changed` when people, instruments or what is wrong have been read anew."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.people: tuple[MeasuredRow, ...] = ()
        self.instruments: tuple[Instrument, ...] = ()
        self._round_id: int | None = None
        self._case_id: int | None = None
        self._form = ""
        self._wrong: dict[str, str] = {}
        #: The day that is written for what is typed, None for today; and what is wrong with it, as it is written.
        self._day: date | None = None
        self.day_written = ""
        self.day_problems: tuple[Problem, ...] = ()

    @property
    def day(self) -> date:
        """The day that what is typed is dated."""
        return self._day or self.context.clock.today()

    @property
    def another_day(self) -> date | None:
        """The same, where it is another than today: a value that is written again keeps its day otherwise."""
        return self._day if self._day != self.context.clock.today() else None

    def date_from(self, day: date | None, written: str, problems: tuple[Problem, ...]) -> None:
        """From now on what is typed is dated this day, None for today. What could not be written for want of a day is written."""
        if (day, written, problems) == (self._day, self.day_written, self.day_problems):
            return
        self._day, self.day_written, self.day_problems = day, written, problems
        for name, typed in list(self._wrong.items()):
            key = _key(name)
            if not problems and self.person(key[0]) is not None and not self._problems(key, typed):
                self.typed(key, typed)
        self.changed.emit()

    def show_round(self, round_id: int) -> None:
        """Work on everybody in a round."""
        self._round_id, self._case_id = round_id, None
        self._open(f"measures:round:{round_id}")

    def show_case(self, case_id: int) -> None:
        """Work on one case's times in programmes."""
        self._round_id, self._case_id = None, case_id
        self._open(f"measures:case:{case_id}")

    def reload(self) -> None:
        """Ask again."""
        read = self.context.store.read
        if self._round_id is not None:
            self.people = read(queries.of_round, self._round_id)
        elif self._case_id is not None:
            self.people = read(queries.of_case, self._case_id)
        else:
            return
        programmes = dict.fromkeys(person.programme_id for person in self.people)
        found = {one.code: one for programme_id in programmes for one in read(measures.programme_instruments, programme_id)}
        self.instruments = tuple(found.values())
        self.changed.emit()

    def person(self, booking_id: int) -> MeasuredRow | None:
        """Somebody by her claim."""
        return next((person for person in self.people if person.booking_id == booking_id), None)

    def instruments_of(self, person: MeasuredRow) -> tuple[Instrument, ...]:
        """What her programme measures with."""
        return self.context.store.read(measures.programme_instruments, person.programme_id)

    def standing(self, person: MeasuredRow, moment: Moment) -> Standing | None:
        """Where a moment stands today where nothing is written."""
        return person.standing(moment, self.context.clock.today())

    def typed(self, key: Key, written: str) -> str:
        """Write what was typed: a number, the sign for declined, or nothing. What is not right stays, and its sentence is the answer."""
        booking_id, code, moment = key
        store, problems, value = self.context.store, self._problems(key, written), read_number(written)
        on = self.another_day
        if not problems:
            try:
                if not written.strip():
                    measures.clear(store, booking_id, code, moment)
                elif value is None:
                    measures.declined(store, booking_id, code, moment, on)
                else:
                    measures.record(store, booking_id, code, moment, value, on)
            except Refused as refused:
                problems = refused.problems
        self._remember(key, written if problems else "")
        return self.context.texts.problems(problems)

    def sentence(self, key: Key) -> str:
        """What is wrong with what was typed in a cell, with whose and which it is."""
        texts, person = self.context.texts, self.person(key[0])
        instrument = next((one for one in self.instruments if one.code == key[1]), None)
        if person is None or instrument is None:
            return ""
        told = texts.problems(self._problems(key, self.wrong(key)))
        return texts.say(
            "{number}, {instrument}, {moment}: {told}",
            number=person.case_number, instrument=instrument_name(texts, instrument), moment=key[2], told=told,
        )  # fmt: skip

    def wrong(self, key: Key) -> str:
        """What was typed in a cell and is not right, or nothing."""
        return self._wrong.get(_name(key), "")

    # --- internals ---

    def _problems(self, key: Key, written: str) -> tuple[Problem, ...]:
        """What is wrong with a text, by the rules that the service goes by."""
        texts, person = self.context.texts, self.person(key[0])
        instrument = next((one for one in self.instruments if one.code == key[1]), None)
        if person is None or instrument is None or not written.strip():
            return ()
        value = read_number(written)
        if value is None and not is_declined_sign(texts, written):
            return (Problem("measure.not_a_number", key[1], {"sign": declined_sign(texts)}),)
        found = instrument.problem_with(value, key[1]) if value is not None else None
        # A value is not dated another day than the one that was meant.
        return (*problems_with_moment(person.state, key[2]), *((found,) if found is not None else ())) or self.day_problems

    def _open(self, form: str) -> None:
        if form != self._form:
            self._form = form
            self._day, self.day_written, self.day_problems = None, "", ()
            self._wrong = self.context.store.read(drafts.draft, form)
        self.reload()

    def _remember(self, key: Key, written: str) -> None:
        """What is not right is kept in the vault until it is: a lock or a power cut loses none of it."""
        before = dict(self._wrong)
        if written:
            self._wrong[_name(key)] = written
        else:
            self._wrong.pop(_name(key), None)
        if self._wrong != before:
            drafts.keep_draft(self.context.store, self._form, self._wrong)
            self.changed.emit()


def columns(moments: Sequence[Moment], instruments: Sequence[Instrument]) -> tuple[tuple[Moment, Instrument], ...]:
    """The columns of the grid: all instruments of a moment beside one another, as a filled-in form has them."""
    return tuple((moment, instrument) for moment in moments for instrument in instruments)


def _name(key: Key) -> str:
    booking_id, code, moment = key
    return f"{booking_id}:{code}:{moment.value}"


def _key(name: str) -> Key:
    booking_id, code, moment = name.split(":")
    return int(booking_id), code, Moment(moment)
