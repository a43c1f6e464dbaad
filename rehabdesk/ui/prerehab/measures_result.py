"""What changed, as it may be told: a picture and a table with the same numbers, and in a fold the intervals and tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rehabdesk.domain.change_report import ChangeReport, InstrumentChange, SexChange
from rehabdesk.domain.change_statistics import Spread, WhyRanks
from rehabdesk.domain.instruments import Instrument, Outcome
from rehabdesk.domain.measure_drawing import DrawingWords, ShareBar, shares_scene
from rehabdesk.domain.scene import Scene
from rehabdesk.services.prerehab import measures
from rehabdesk.store.queries.prerehab import measures as queries
from rehabdesk.texts import Texts
from rehabdesk.ui.live import watch
from rehabdesk.ui.parts.basics import Card, KeyButton, Label, Muted, Words
from rehabdesk.ui.parts.fitting_table import FittingTable
from rehabdesk.ui.parts.forms import ChoiceField
from rehabdesk.ui.parts.layouts import TwoColumns, column, line, no_wider_than
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.prerehab.measures_words import instrument_name, mean_words, scale_told
from rehabdesk.ui.shell.context import Context

TABLES = frozenset({"measurement", "booking", "offer", "place", "round", "programme_instrument", "statistics_consent", "participant"})
MASKED = ".."
#: Letters of the window's own size: a picture as wide as the page would shout.
PICTURE = 560


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of the tables: a result, of everybody or of women or men."""

    id: tuple[str, str, str]
    result: InstrumentChange
    sex: SexChange | None = None

    @property
    def instrument(self) -> Instrument:
        """What was measured with."""
        return self.result.instrument


class _NumbersTable(FittingTable):
    """Every column counts: in a narrow window it scrolls sideways, and makes room for the bar beneath."""

    def __init__(self, theme: Theme, columns: tuple[Column, ...], name: str) -> None:
        super().__init__(theme, columns, name, headed=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def _fit_height(self) -> None:
        super()._fit_height()
        if self.horizontalHeader().length() > self.viewport().width():
            self.setFixedHeight(self.height() + self.horizontalScrollBar().sizeHint().height())


class ResultCard(Card):
    """The result of one report; `show_report(report)`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.texts.say("What changed"), "", parent)
        self._context, texts = context, context.texts
        self.flow, self.empty = Words(), Words()
        self.picture = SceneView(context.theme, texts.say("Better, the same and worse"))
        self.table = _NumbersTable(context.theme, _columns(texts), texts.say("What changed, in numbers"))
        self.scales = Muted()
        self.caution = Muted(caution(texts))
        self.more = KeyButton(texts.say("Intervals and tests"))
        self.more.setCheckable(True)
        self.tests = _NumbersTable(context.theme, _test_columns(texts), texts.say("Intervals and tests"))
        self.tests_about = Muted(tests_about(texts))
        self.more.toggled.connect(self._fold)
        left = column(no_wider_than(context.theme.px(PICTURE), self.picture), None)
        right = column(self.table, self.scales, None)
        self.halves = TwoColumns(left, right, (2, 3), context.theme.px(1000))
        self.add(column(self.flow, self.empty, self.halves, self.caution, _left(self.more), self.tests, self.tests_about, gap=12))
        self._fold()

    def show_report(self, report: ChangeReport) -> None:
        """Show this one."""
        texts = self._context.texts
        told = tuple(result for result in report.results if not result.is_masked)
        self.flow.setText(flow_words(texts, report))
        self.empty.setText(_empty_words(texts, report))
        self.empty.setVisible(len(told) < len(report.results) or not report.results)
        for widget in (self.halves, self.more):
            widget.setVisible(bool(told))
        self._fold()
        self.picture.show_scene(result_scene(texts, told))
        self.table.set_rows(rows_of(told))
        self.tests.set_rows([ResultRow((one.instrument.code, one.moment.value, ""), one) for one in told])
        instruments = dict.fromkeys(result.instrument for result in told)
        self.scales.setText(" ".join(scale_told(texts, instrument) for instrument in instruments))

    def _fold(self, _checked: bool = False) -> None:
        is_open = self.more.isChecked() and not self.more.isHidden()
        self.tests.setVisible(is_open)
        self.tests_about.setVisible(is_open)


class ProgrammeResult(QWidget):
    """The result of all rounds of a programme, watched: `show_programme(programme_id)`."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("part", "clear")
        self._context = context
        self._programme_id: int | None = None
        texts = context.texts
        self.card = ResultCard(context)
        self.year = ChoiceField([(None, texts.say("All years"))], texts.say("Rounds that began in"))
        self.year.changed.connect(self._refresh)
        self.setLayout(column(line(Label(texts.say("Rounds that began in")), self.year, None), self.card))
        watch(self, context.store, TABLES, self._refresh)

    def show_programme(self, programme_id: int | None) -> None:
        """Show this programme's; of all together nothing can be said, since each measures with its own."""
        self._programme_id = programme_id
        self._refresh()

    def _refresh(self, _year: object = None) -> None:
        self.setVisible(self._programme_id is not None)
        if self._programme_id is None:
            return
        texts, read = self._context.texts, self._context.store.read
        self.year.set_choices([(None, texts.say("All years")), *((year, str(year)) for year in read(queries.years, self._programme_id))])
        if self.year.value is None:
            self.year.set_value(None)
        self.card.show_report(read(measures.change_of_programme, self._programme_id, year=self.year.value))


def rows_of(results: tuple[InstrumentChange, ...]) -> list[ResultRow]:
    """A line for each result, and under it women and men where they may be told apart."""
    found = []
    for result in results:
        about = (result.instrument.code, result.moment.value)
        found.append(ResultRow((*about, ""), result))
        found += [ResultRow((*about, sex.sex.value), result, sex) for sex in result.sexes]
    return found


def caution(texts: Texts) -> str:
    """What the numbers are not."""
    return texts.say(
        "This is change, not effect: there is no group to compare with, and those who feel worst at the start often feel better "
        "later in any case. Only those who have said yes to statistics are counted, and fewer than ten are not told."
    )


def flow_words(texts: Texts, report: ChangeReport) -> str:
    """Invited, started and stopped."""
    numbers = (MASKED if number is None else number for number in (report.invited, report.started, report.stopped))
    invited, started, stopped = numbers
    return texts.say("Invited: {invited} · Started: {started} · Stopped before the end: {stopped}", invited=invited, started=started, stopped=stopped)


def result_scene(texts: Texts, results: tuple[InstrumentChange, ...]) -> Scene:
    """The picture of better, the same and worse."""
    bars = tuple(
        ShareBar(
            texts.say("{instrument}, {moment}", instrument=instrument_name(texts, one.instrument), moment=one.moment),
            _means(texts, one), (one.shares.better, one.shares.same, one.shares.worse), one.paired,
        )
        for one in results
    )  # fmt: skip
    told = " ".join(f"{bar.title}: {_shares_told(texts, one)} {bar.below}." for bar, one in zip(bars, results, strict=True))
    return shares_scene(bars, DrawingWords(tuple(texts.term(outcome) for outcome in Outcome), told))


def tests_about(texts: Texts) -> str:
    """How the fold is to be read."""
    return texts.say(
        "The interval holds the mean change with 95 % confidence (Student's t). SRM is the mean change by its standard deviation. "
        "Wilcoxon's test is shown where fewer than ten pairs or skewed changes make the mean unsure, and the sign test as well where "
        "they are skewed, since Wilcoxon's takes for granted that they are not. A small p says that chance alone would seldom give this."
    )


def _means(texts: Texts, one: InstrumentChange) -> str:
    before, after = (mean_words(texts, one.instrument, mean) for mean in (one.change.before.mean, one.change.after.mean))
    return texts.say("mean {before} before, {after} after, {n} pairs", before=before, after=after, n=one.paired)


def _shares_told(texts: Texts, one: InstrumentChange) -> str:
    counts = ((one.shares.of(outcome), outcome) for outcome in Outcome)
    return ", ".join(f"{MASKED if count is None else count} {texts.term(outcome)}" for count, outcome in counts) + "."


def _empty_words(texts: Texts, report: ChangeReport) -> str:
    if not report.results:
        return texts.say("Nobody who may be counted has been measured both before and after yet.")
    return texts.say("Where fewer than ten have been measured both before and after, nothing is told.")


def _left(widget: QWidget) -> QWidget:
    widget.setMaximumWidth(widget.sizeHint().width())
    return widget


def _columns(texts: Texts) -> tuple[Column, ...]:
    def share(outcome: Outcome, row: ResultRow) -> str:
        shares, of = (row.sex.shares, row.sex.paired) if row.sex is not None else (row.result.shares, row.result.paired)
        count = shares.of(outcome)
        return MASKED if count is None else f"{count} ({texts.percent(count / of)})"

    def spread(which: str, row: ResultRow) -> str:
        found: Spread = getattr(row.sex if row.sex is not None else row.result.change, which)
        mean = mean_words(texts, row.instrument, found.mean)
        return mean if found.deviation is None else f"{mean} ({mean_words(texts, row.instrument, found.deviation)})"

    def name(row: ResultRow) -> str:
        if row.sex is not None:
            return "  " + {"woman": texts.say("Women"), "man": texts.say("Men")}[row.sex.sex.value]
        return texts.say("{instrument}, {moment}", instrument=instrument_name(texts, row.instrument), moment=row.result.moment)

    return (
        Column("name", texts.name("column", "Measured"), name, stretch=True, bold=_is_whole),
        Column("paired", texts.name("column", "Pairs"), _paired, align_right=True),
        *(
            Column(outcome.value, texts.term(outcome)[:1].upper() + texts.term(outcome)[1:], partial(share, outcome), align_right=True)
            for outcome in Outcome
        ),
        Column("before", texts.name("column", "Before (SD)"), partial(spread, "before"), align_right=True),
        Column("after", texts.name("column", "After (SD)"), partial(spread, "after"), align_right=True),
    )


def _test_columns(texts: Texts) -> tuple[Column, ...]:
    def name(row: ResultRow) -> str:
        return texts.say("{instrument}, {moment}", instrument=instrument_name(texts, row.instrument), moment=row.result.moment)

    def difference(row: ResultRow) -> str:
        return mean_words(texts, row.instrument, row.result.change.difference.mean)

    def interval(row: ResultRow) -> str:
        found = row.result.change.interval
        if found is None:
            return "–"
        return texts.say("{low} to {high}", low=mean_words(texts, row.instrument, found.low), high=mean_words(texts, row.instrument, found.high))

    def response(row: ResultRow) -> str:
        found = row.result.change.response
        return "–" if found is None else texts.number(found, 2)

    def ranks(row: ResultRow) -> str:
        found = row.result.change.ranks
        return "–" if found is None else p_words(texts, found.p)

    def signs(row: ResultRow) -> str:
        found = row.result.change.signs
        return "–" if found is None else p_words(texts, found.p)

    def why(row: ResultRow) -> str:
        return {WhyRanks.FEW: texts.say("few"), WhyRanks.SKEWED: texts.say("skewed"), None: ""}[row.result.change.why_ranks]

    return (
        Column("name", texts.name("column", "Measured"), name, stretch=True),
        Column("difference", texts.name("column", "Mean change"), difference, align_right=True),
        Column("interval", texts.name("column", "95 % interval"), interval, align_right=True),
        Column("response", texts.name("column", "SRM"), response, align_right=True),
        Column("ranks", texts.name("column", "Wilcoxon, p"), ranks, align_right=True),
        Column("signs", texts.name("column", "Sign test, p"), signs, align_right=True),
        Column("why", texts.name("column", "Because"), why),
    )


def p_words(texts: Texts, p: float) -> str:
    """A p as it is written: never nothing."""
    return f"< {texts.number(0.001, 3)}" if p < 0.001 else texts.number(p, 3)


def _paired(row: ResultRow) -> str:
    return str(row.sex.paired if row.sex is not None else row.result.paired)


def _is_whole(row: ResultRow) -> bool:
    return row.sex is None
