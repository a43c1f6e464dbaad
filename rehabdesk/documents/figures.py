"""Figures in words, for window and paper alike: each matter with its picture, its numbers in a table, and what is to be said of it."""

from __future__ import annotations

from rehabdesk.documents.phrases import sentence
from rehabdesk.domain.figure_drawings import Bar, FigureSection, FillWords, count_scene, fill_scene, wait_scene
from rehabdesk.domain.figures import Figures, Fill, PersonOutcome, Spread
from rehabdesk.domain.masking import LEAST
from rehabdesk.domain.prerehab import BreakOffReason
from rehabdesk.texts import Texts

#: The sign of a masked figure, and of one that there is none of.
MASKED, NONE = "..", "–"


def sections(figures: Figures, texts: Texts) -> tuple[FigureSection, ...]:
    """All matters in reading order; those about which there is nothing to tell are left out."""
    found = (
        _fill(figures, texts),
        _people(figures, texts),
        _reasons(figures, texts),
        _presence(figures, texts),
        _waits(figures, texts),
        _extras(figures, texts),
    )
    return tuple(section for section in found if section is not None)


def masking_note(texts: Texts) -> str:
    """What the two dots mean."""
    return texts.say(
        "{sign} stands where fewer than {least} people are behind a figure, or where such a figure could be worked out from it.",
        sign=MASKED, least=LEAST,
    )  # fmt: skip


def written(count: int | None, texts: Texts) -> str:
    """A number of people, or the sign that it is masked."""
    return texts.number(count) if count is not None else MASKED


def share(value: float | None, texts: Texts) -> str:
    """A share in whole per cent, or the sign that there is none."""
    return texts.percent(value) if value is not None else NONE


# --- fill ---


def _fill(figures: Figures, texts: Texts) -> FigureSection | None:
    if not figures.total.offered:
        return None
    fills = _fills(figures, texts)
    target = texts.percent(figures.total.target)
    words = FillWords(
        started=texts.name("figures", "started"),
        forecast=texts.name("figures", "forecast"),
        target=texts.say("target {share}", share=target),
        told=" ".join(_fill_told(fill, texts) for fill in fills),
    )
    bars = tuple(Bar(fill.name, _of(fill, texts)) for fill in fills)
    headings = (
        texts.name("column", "Round or programme"), texts.name("column", "Places"), texts.name("column", "Started"),
        texts.name("column", "Target"), texts.name("column", "Forecast"), texts.name("column", "Place-weeks"), texts.name("column", "Extra"),
    )  # fmt: skip
    return FigureSection(
        "fill", texts.say("Fill of places"), fill_scene(fills, bars, words), headings, tuple(_fill_row(fill, texts) for fill in fills),
        _fill_notes(figures, texts),
    )  # fmt: skip


def _fills(figures: Figures, texts: Texts) -> tuple[Fill, ...]:
    """The parts, and after several of them all together."""
    if len(figures.parts) == 1:
        return figures.parts
    whole = {name: getattr(figures.total, name) for name in Fill.__dataclass_fields__ if name != "name"}
    return (*figures.parts, Fill(texts.name("figures", "Together"), **whole))


def _of(fill: Fill, texts: Texts) -> str:
    return texts.say("{share} ({started} of {offered})", share=share(fill.share, texts), started=fill.started, offered=fill.offered)


def _fill_told(fill: Fill, texts: Texts) -> str:
    return texts.say(
        "{name}: {started} of {offered} places started, {share}; forecast {forecast}, {expected}; target {target}.",
        name=fill.name, started=fill.started, offered=fill.offered, share=share(fill.share, texts), forecast=fill.forecast,
        expected=share(fill.forecast_share, texts), target=share(fill.target, texts),
    )  # fmt: skip


def _fill_row(fill: Fill, texts: Texts) -> tuple[str, ...]:
    weeks = NONE
    if fill.weeks_possible:
        weeks = texts.say("{used} of {possible}", used=texts.number(fill.weeks_used), possible=texts.number(fill.weeks_possible))
    return (
        fill.name, texts.number(fill.offered), _with_share(fill.started, fill.share, texts), share(fill.target, texts),
        _with_share(fill.forecast, fill.forecast_share, texts), weeks, texts.number(fill.extra) if fill.extra else NONE,
    )  # fmt: skip


def _with_share(count: int, part: float | None, texts: Texts) -> str:
    return texts.say("{count} ({share})", count=texts.number(count), share=share(part, texts))


def _fill_notes(figures: Figures, texts: Texts) -> tuple[str, ...]:
    notes = [
        texts.say(
            "The forecast is the places that have started, those somebody has said yes to or has been offered, and of the free ones as many "
            "as there are people ready on the waiting list."
        ),
        texts.say(
            "A round counts in the period it begins in. A place that two people had one after the other is one place. Place-weeks are "
            "the weeks with an occasion so far, times the places."
        ),
    ]
    if figures.cancelled_rounds:
        notes.append(texts.count("{n} cancelled round is not counted.", "{n} cancelled rounds are not counted.", figures.cancelled_rounds))
    return tuple(notes)


# --- people ---


def _people(figures: Figures, texts: Texts) -> FigureSection | None:
    people = figures.people
    if not figures.total.offered:
        return None
    table = people.outcomes
    columns = _sex_columns(figures)
    headings = [texts.name("column", "What happened"), texts.name("column", "All")]
    headings += [(texts.name("column", "Women"), texts.name("column", "Men"), texts.name("column", "Legal sex not known"))[column] for column in columns]
    rows = [(texts.say("Were offered a place"), written(people.asked, texts), *("" for _ in columns))]
    whole = (table.total, *(table.column_totals[column] for column in columns))
    rows.append((texts.name("people", "Started"), *(written(count, texts) for count in whole)))
    for place, outcome in enumerate(PersonOutcome):
        counts = (table.row_totals[place], *(table.rows[place][column] for column in columns))
        rows.append((sentence(texts.term(outcome)), *(written(count, texts) for count in counts)))
    notes = [texts.say("Somebody who started more than once is counted once, as it went the last time.")]
    if figures.waiting != 0:
        notes.append(texts.say("On the waiting list today: {n}.", n=written(figures.waiting, texts)))
    return FigureSection("people", texts.say("Who started, and how it went"), None, tuple(headings), tuple(rows), tuple(notes))


def _sex_columns(figures: Figures) -> tuple[int, ...]:
    """Women and men where there is anybody of them; not known where there is somebody."""
    women, men, untold = figures.people.outcomes.column_totals
    known = (0, 1) if (women, men) != (0, 0) else ()
    return (*known, *((2,) if known and untold != 0 else ()))


def _reasons(figures: Figures, texts: Texts) -> FigureSection | None:
    reasons = figures.people.reasons
    if reasons.total == 0:
        return None
    # Where too few stopped to say how many, nothing is said of why either.
    told = [(reason, count) for reason, count in zip(BreakOffReason, reasons.cells, strict=True) if count != 0 and reasons.total is not None]
    rows = tuple((sentence(texts.term(reason)), written(count, texts)) for reason, count in told)
    scene = None
    if any(count is not None for _, count in told):
        words = " ".join(texts.say("{name}: {value}.", name=name, value=value) for name, value in rows)
        scene = count_scene([count for _, count in told], [Bar(*row) for row in rows], words)
    headings = (texts.name("column", "Reason"), texts.name("column", "People"))
    whole = (texts.name("figures", "Together"), written(reasons.total, texts))
    return FigureSection("reasons", texts.say("Why some stopped before the end"), scene, headings, (*rows, whole))


# --- attendance and waiting ---


def _presence(figures: Figures, texts: Texts) -> FigureSection | None:
    presence = figures.presence
    if not presence.held and not presence.cancelled:
        return None
    headings = (texts.name("column", "Attendance"), texts.name("column", "Value"))
    rows = [
        (texts.say("Half-days held"), texts.number(presence.held)),
        (texts.say("Half-days cancelled"), texts.number(presence.cancelled)),
        (texts.say("Attended, of the half-days there were for each"), _of_people(presence.share, texts)),
    ]
    if presence.women is not None and presence.men is not None:
        rows += [(texts.name("column", "Women"), share(presence.women, texts)), (texts.name("column", "Men"), share(presence.men, texts))]
    return FigureSection("presence", texts.say("Attendance"), None, headings, tuple(rows))


def _of_people(value: float | None, texts: Texts) -> str:
    return texts.percent(value) if value is not None else MASKED


def _waits(figures: Figures, texts: Texts) -> FigureSection | None:
    if not figures.total.offered or figures.people.began == 0:
        return None
    are_apart = bool(figures.waits_of_women)
    headings = [texts.name("column", "Waiting time, days"), texts.name("column", "Median"), texts.name("column", "Half of them")]
    headings += [texts.say("Women, median"), texts.say("Men, median")] if are_apart else []
    rows = []
    for place, spread in enumerate(figures.waits):
        apart = (figures.waits_of_women[place], figures.waits_of_men[place]) if are_apart else ()
        rows.append((sentence(texts.term(spread.wait)), _days(spread.median, texts), _between(spread, texts), *(_days(one.median, texts) for one in apart)))
    scene = None
    if any(spread.median is not None for spread in figures.waits):
        bars = [Bar(sentence(texts.term(spread.wait)), _wait_words(spread, texts)) for spread in figures.waits]
        scene = wait_scene(figures.waits, bars, " ".join(texts.say("{name}: {value}.", name=bar.name, value=bar.value) for bar in bars))
    note = texts.say("Of those who started. Half of them waited a time within the stretch, and the mark is the median.")
    return FigureSection("waits", texts.say("How long they waited"), scene, tuple(headings), tuple(rows), (note,))


def _wait_words(spread: Spread, texts: Texts) -> str:
    if spread.median is None:
        return MASKED
    return texts.say("median {median} days ({between})", median=_days(spread.median, texts), between=_between(spread, texts))


def _between(spread: Spread, texts: Texts) -> str:
    return f"{_days(spread.low, texts)}–{_days(spread.high, texts)}" if spread.low is not None else MASKED


def _days(value: float | None, texts: Texts) -> str:
    return texts.number(round(value)) if value is not None else MASKED


def _extras(figures: Figures, texts: Texts) -> FigureSection | None:
    if not figures.extras:
        return None
    headings = (texts.name("column", "Round"), texts.say("Why there was an extra place"))
    rows = tuple((extra.round_title, extra.reason) for extra in figures.extras)
    return FigureSection("extras", texts.say("Places past the limit"), None, headings, rows)
