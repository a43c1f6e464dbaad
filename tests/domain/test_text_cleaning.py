"""What cleaning takes out, and that it takes out nothing a reader would miss."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.text_cleaning import MOST_CHARACTERS, clean, length_problem


@pytest.mark.parametrize(
    ("dirty", "tidy"),
    [
        ("  Anna \t Ek\r\n", "Anna   Ek"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("abc\x00\x07def", "abcdef"),
        ("\u202eanna\u202c \u2066x\u2069\u200f", "anna x"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("ẵ Ж ğ ł 中 🙂", "ẵ Ж ğ ł 中 🙂"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\ufffeb\U0001ffffc", "abc"),
    ],
)
def test_one_line(dirty: str, tidy: str) -> None:
    assert clean(dirty) == tidy


def test_many_lines() -> None:
    assert clean("\n\n  a  \r\nb\u2028c \n\n d\n\n", multiline=True) == "  a\nb\nc\n\n d"


@given(st.text() | st.text(alphabet="a\u0308\u030a\u200d\n\r\t \ud800\u202e"), st.booleans())
def test_cleaning_is_done_once_and_for_all(text: str, multiline: bool) -> None:
    cleaned = clean(text, multiline=multiline)
    assert clean(cleaned, multiline=multiline) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    cleaned.encode()
    assert "\0" not in cleaned
    assert multiline or "\n" not in cleaned


def test_too_long_is_a_problem() -> None:
    assert length_problem("a" * MOST_CHARACTERS) is None
    problem = length_problem("abc", most=2, field="question")
    assert problem is not None
    assert (problem.code, problem.field) == ("text.too_long", "question")
    assert dict(problem.params) == {"length": 3, "most": 2}
