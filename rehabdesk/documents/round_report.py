"""The round report on paper: what was offered and held, who started and how it went, what changed. Nobody is named in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabdesk.documents import figures as figure_words
from rehabdesk.documents.blocks import Block, Callout, Column, Drawing, Facts, Heading, Paragraph, Style, Table, Together
from rehabdesk.documents.page import Sheet
from rehabdesk.documents.page import render as rendered
from rehabdesk.documents.phrases import questions_box
from rehabdesk.domain.change_report import ChangeReport, InstrumentChange
from rehabdesk.domain.figure_drawings import FigureSection
from rehabdesk.domain.instruments import Outcome
from rehabdesk.domain.masking import LEAST_HEALTH
from rehabdesk.domain.round_report import RoundReportDocument
from rehabdesk.texts import Texts

#: A column has room for so many signs before its cells go over several lines; and so many more are air and the bold of its heading.
_WIDEST, _AIR = 32, 4


def render(document: RoundReportDocument, texts: Texts) -> bytes:
    """The report as a PDF file."""
    return rendered(Sheet(_title(document, texts), document.letterhead, document.imprint), blocks(document, texts), texts)


def file_parts(document: RoundReportDocument, texts: Texts) -> tuple[str | date, ...]:
    """What its file is called."""
    return (texts.name("paper", "Round report"), document.title, document.imprint.on)


def blocks(document: RoundReportDocument, texts: Texts) -> tuple[Block, ...]:
    """The report in reading order."""
    found: list[Block] = [Heading(1, _title(document, texts)), Paragraph(_as_of(document, texts), Style.MUTED), _facts(document, texts)]
    if document.cancelled_on is not None:
        found.append(_cancelled(document, texts))
    for section in figure_words.sections(document.figures, texts):
        found += _section(section)
    found.append(Paragraph(figure_words.masking_note(texts), Style.MUTED))
    found += _changes(document, texts)
    for section in figure_words.sections(document.of_programme, texts):
        if section.key == "fill":
            title = texts.say("Fill of the programme's places in {year}", year=document.of_programme.period.first.year)
            # What a forecast is has been said once, where the round had places of its own.
            found += _section(replace(section, title=title, notes=() if document.figures.total.offered else section.notes))
    return (*found, questions_box(texts, document.questions))


def _title(document: RoundReportDocument, texts: Texts) -> str:
    return texts.say("Round report: {round}", round=document.title)


def _as_of(document: RoundReportDocument, texts: Texts) -> str:
    return texts.say(
        "As of {day}. The report tells of places and of people together; nobody is named, and figures about few people are left out.",
        day=texts.long_date(document.imprint.on),
    )


def _facts(document: RoundReportDocument, texts: Texts) -> Facts:
    when = texts.say("{first} to {last}", first=texts.long_date(document.starts_on), last=texts.long_date(document.ends_on))
    rows = [
        (texts.name("report", "Programme"), document.programme),
        (texts.name("report", "Supplier"), document.supplier),
        (texts.name("report", "Place"), document.place),
        (texts.name("report", "When"), when),
        (texts.name("report", "Extent"), _extent(document, texts)),
    ]
    return Facts(tuple(row for row in rows if row[1]))


def _extent(document: RoundReportDocument, texts: Texts) -> str:
    weeks = texts.count("{n} week", "{n} weeks", document.weeks)
    days = texts.count("{n} half-day", "{n} half-days", document.occasions)
    return texts.listing((weeks, days, texts.count("{n} place", "{n} places", document.max_places)))


def _cancelled(document: RoundReportDocument, texts: Texts) -> Callout:
    told = texts.say("The round was cancelled {day}: {reason}", day=texts.long_date(document.cancelled_on), reason=document.cancelled_reason)
    return Callout((Paragraph(told),))


def _section(section: FigureSection) -> list[Block]:
    picture = (Drawing(section.scene, is_figure=True),) if section.scene is not None else ()
    whole = Together((Heading(2, section.title), *picture, _table(section.headings, section.rows)))
    return [whole, *(Paragraph(note, Style.MUTED) for note in section.notes)]


def _table(headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    """As wide columns as what stands in them: no word of a heading is broken."""
    cells = [[words, *column] for words, *column in zip(headings, *rows, strict=True)]
    shares = [max(*(len(word) + _AIR for word in words.split()), *(min(len(cell), _WIDEST) + _AIR for cell in column)) for words, *column in cells]
    return Table(tuple(Column(words, float(share)) for words, share in zip(headings, shares, strict=True)), tuple(rows))


# --- what changed ---


def _changes(document: RoundReportDocument, texts: Texts) -> list[Block]:
    """Of the round, and of all the programme's rounds that year: a single round is often too small to tell anything of."""
    year = document.of_programme.period.first.year
    head = (
        Heading(2, texts.say("What changed for those who came")),
        Paragraph(texts.say("This is change, not effect: there is nobody to compare with, and much else can have changed.")),
    )
    if document.change.is_empty and document.change_of_programme.is_empty:
        return [Together((*head, Paragraph(texts.say("No measurements from before and after yet."), Style.MUTED)))]
    of_year = Heading(3, texts.say("All rounds of the programme in {year}", year=year))
    note = texts.say(
        "Mean values, and how many changed by as much as matters on the scale. Only those who said yes to statistics and answered both "
        "times are counted, and only where they are at least {least}.",
        least=LEAST_HEALTH,
    )
    return [
        Together((*head, Heading(3, texts.say("This round")), _change(document.change, texts))),
        Together((of_year, _change(document.change_of_programme, texts))),
        Paragraph(note, Style.MUTED),
    ]


def _change(report: ChangeReport, texts: Texts) -> Block:
    told = [result for result in report.results if not result.is_masked]
    if not told:
        return Paragraph(texts.say("Too few have been measured both before and after."))
    rows = tuple(_change_row(result, texts) for result in told)
    headings = (
        texts.name("column", "Scale"), texts.name("column", "Both times"), texts.name("column", "Before"), texts.name("column", "After"),
        texts.name("column", "Better"), texts.name("column", "Same"), texts.name("column", "Worse"),
    )  # fmt: skip
    return _table(headings, rows)


def _change_row(result: InstrumentChange, texts: Texts) -> tuple[str, ...]:
    name = texts.say("{scale}, {moment}", scale=result.instrument.name.written(texts.language), moment=texts.term(result.moment))
    counts = [figure_words.written(result.shares.of(outcome), texts) for outcome in (Outcome.BETTER, Outcome.SAME, Outcome.WORSE)]
    means = [texts.number(spread.mean, 1) for spread in (result.change.before, result.change.after)]
    return (name, figure_words.written(result.paired, texts), *means, *counts)
