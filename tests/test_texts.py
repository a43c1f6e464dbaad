"""Words, dates and numbers as people read them, in Swedish and in English."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.problems import Problem
from rehabdesk.texts import Texts, texts_for, texts_for_paper

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def sv() -> Texts:
    return texts_for("sv")


@pytest.fixture(scope="module")
def en() -> Texts:
    return texts_for("en")


def test_swedish_days(sv: Texts) -> None:
    assert sv.date(DAY) == "2026-11-24"
    assert sv.long_date(DAY) == "24 november 2026"
    assert sv.weekday_date(DAY) == "tisdag 24 november 2026"
    assert [sv.short_day(date(2026, month, 5)) for month in (1, 3, 5, 9, 11)] == [
        "5 jan", "5 mars", "5 maj", "5 sep", "5 nov",
    ]  # fmt: skip
    assert (sv.weekday(DAY), sv.short_weekday(DAY), sv.month(DAY)) == ("tisdag", "tis", "november")
    assert sv.week(date(2026, 11, 22)) == "v. 47"
    assert sv.week(date(2027, 1, 1)) == "v. 53"


def test_english_days(en: Texts) -> None:
    assert en.long_date(DAY) == "24 November 2026"
    assert en.weekday_date(DAY) == "Tuesday 24 November 2026"
    assert en.short_day(DAY) == "24 Nov"
    assert en.week(date(2026, 11, 22)) == "week 47"


def test_times(sv: Texts, en: Texts) -> None:
    assert sv.time("13:00") == "13.00"
    assert sv.time_span("13:00", time(15, 30)) == "kl. 13.00–15.30"
    assert en.time_span("13:00", "15:30") == "13:00–15:30"
    durations = [sv.duration(minutes) for minutes in (0, 25, 60, 145, -5)]
    assert durations == ["0 min", "25 min", "1 h", "2 h 25 min", "−5 min"]


def test_numbers_have_unbreakable_spaces_and_a_true_minus(sv: Texts, en: Texts) -> None:
    assert sv.number(1234.56, 1) == "1\xa0234,6"
    assert sv.number(-3) == "−3"
    assert sv.percent(0.125, 1) == "12,5\xa0%"
    assert sv.percent(-0.125, 1) == "−12,5\xa0%"
    assert en.number(1234.5, 1) == "1,234.5"
    assert en.percent(0.12) == "12%"


def test_parameters_are_written_by_their_type(sv: Texts) -> None:
    assert sv.plain(datetime(2026, 11, 24, 13, 5)) == "2026-11-24 13.05"
    assert sv.plain(2026) == "2026"
    assert sv.plain(12.5) == "12,5"
    assert sv.listing(["HR", "FK", DAY]) == "HR, FK och 2026-11-24"
    assert sv.listing(["HR"]) == "HR"
    assert sv.listing([]) == ""
    assert sv.problem(Problem("text.too_long", None, {"length": 12, "most": 10})).startswith("Texten är för lång: 12")


def test_a_text_without_translation_stays_english(sv: Texts) -> None:
    unknown = "Nobody has translated {this}"
    assert sv.say(unknown, this="yet") == "Nobody has translated yet"
    assert sv.count("{n} thing", "{n} things", 1) == "1 thing"
    assert sv.count("{n} thing", "{n} things", 0) == "0 things"


def test_an_unknown_problem_is_loud(sv: Texts) -> None:
    with pytest.raises(KeyError):
        sv.problem(Problem("no.such_code"))


def test_a_parameter_may_have_any_name(sv: Texts) -> None:
    assert sv.say("{text} {self} {one}", text="a", self="b", one="c") == "a b c"
    assert sv.name("here", "{context}", context="d") == "d"


@given(st.text())
def test_text_put_into_a_sentence_comes_out_as_it_went_in(text: str) -> None:
    unknown = "Nobody has translated {this}"
    assert texts_for("en").say(unknown, this=text) == "Nobody has translated " + text


def test_words_do_not_wait_for_dates() -> None:
    code = (
        "import sys; from rehabdesk.texts import texts_for; texts_for('sv').say('and'); "
        "sys.exit(any(name.split('.')[0] in {'babel', 'holidays'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_around_a_form_in_a_third_language_the_paper_is_swedish():
    around = texts_for_paper("fi")
    assert (around.language, around.html_language) == ("fi", "fi")
    assert around.say("and") == "och" and around.long_date(date(2026, 11, 24)) == "24 november 2026"
    assert texts_for_paper("en").say("and") == "and"
    with pytest.raises(ValueError, match="no texts"):
        texts_for("fi")
