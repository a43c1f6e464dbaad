"""How measurements are written on screen: numbers by their scale, signs of the grid, moments, and the licence of a form."""

from __future__ import annotations

from rehabdesk.domain.chain_rules import Certainty
from rehabdesk.domain.instruments import Instrument
from rehabdesk.domain.measures import Standing
from rehabdesk.domain.prerehab import Moment
from rehabdesk.store.queries.prerehab.measures import MeasuredRow, ValueRow
from rehabdesk.texts import Texts
from rehabdesk.ui.prerehab.who import who

DUE, MISSED = "?", "–"


def declined_sign(texts: Texts) -> str:
    """What is typed, and stands, where she chose not to answer."""
    return texts.name("measurements grid", "D")


def is_declined_sign(texts: Texts, written: str) -> bool:
    """Whether this says so, in whichever language it is typed."""
    return written.strip().casefold() in {declined_sign(texts).casefold(), "d"}


def value_words(texts: Texts, instrument: Instrument, value: float) -> str:
    """A value as it is written."""
    return texts.number(value, instrument.decimals)


def mean_words(texts: Texts, instrument: Instrument, value: float) -> str:
    """A mean or a difference: one decimal more than its scale has."""
    return texts.number(value, instrument.decimals + 1)


def row_words(texts: Texts, instrument: Instrument, row: ValueRow | None) -> str:
    """What is written, or nothing."""
    if row is None:
        return ""
    return declined_sign(texts) if row.value is None else value_words(texts, instrument, row.value)


def standing_sign(standing: Standing | None) -> str:
    """What stands in a cell where nothing is written."""
    return {Standing.DUE: DUE, Standing.MISSED: MISSED}.get(standing, "")


def moment_title(texts: Texts, moment: Moment) -> str:
    """A moment at the head of a column."""
    word = texts.term(moment)
    return word[:1].upper() + word[1:]


def short_moments(texts: Texts) -> tuple[str, ...]:
    """The moments in the order of time, in few letters."""
    return (
        texts.name("moment", "before"), texts.name("moment", "end"), texts.name("moment", "6 mo."), texts.name("moment", "12 mo."),
    )  # fmt: skip


def instrument_name(texts: Texts, instrument: Instrument) -> str:
    """What an instrument is called."""
    return instrument.name.written(texts.language)


def cell_told(texts: Texts, person: MeasuredRow, instrument: Instrument, moment: Moment, standing: Standing | None) -> str:
    """A cell in words, for whoever hears it."""
    row = person.of(instrument.code, moment)
    if row is None:
        told = {
            Standing.DUE: texts.say("to be measured now"), Standing.MISSED: texts.say("was not measured"),
            Standing.TO_COME: texts.say("to come"), None: texts.say("not asked for"),
        }[standing]  # fmt: skip
    elif row.value is None:
        told = texts.say("declined")
    else:
        told = value_words(texts, instrument, row.value)
        band = instrument.band_of(row.value)
        if band is not None:
            told = f"{told}, {band.words.written(texts.language)}"
    if row is not None:
        told = texts.say("{told}, measured {day}", told=told, day=texts.long_date(row.measured_on))
    return texts.say(
        "{person}, {instrument}, {moment}: {told}",
        person=who(person.case_number, person.participant_name, person.is_protected), instrument=instrument_name(texts, instrument), moment=moment, told=told,
    )  # fmt: skip


def range_words(texts: Texts, instrument: Instrument) -> str:
    """From the least to the most."""
    low, high = (texts.number(end, instrument.end_decimals) for end in (instrument.least, instrument.most))
    return texts.say("{low} to {high}", low=low, high=high)


def scale_told(texts: Texts, instrument: Instrument) -> str:
    """The range, the direction and the change that matters, with how sure it is."""
    parts = [range_words(texts, instrument), texts.term(instrument.direction)]
    change = instrument.change
    if change is None:
        parts.append(texts.say("no least change that matters is known, so every change counts"))
    else:
        parts.append(texts.say("a change of at least {value} counts", value=value_words(texts, instrument, change.value)))
        if change.certainty is Certainty.UNCERTAIN:
            parts.append(texts.say("that limit is not confirmed"))
    return texts.say("{instrument}: {parts}.", instrument=instrument_name(texts, instrument), parts=", ".join(parts))


def licence_told(texts: Texts, instrument: Instrument) -> str:
    """That only the total is written, and why."""
    return texts.say("The form is licensed: write the total only. {licence}", licence=instrument.licence.words.written(texts.language))
