"""Identity numbers: Skatteverket's published test numbers, and only those."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain import identity
from rehabdesk.domain.identity import IdentityKind, IdentityNumber
from rehabdesk.domain.problems import Problem

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "twelve", "kind"),
    [
        ("900602-2397", "199006022397", IdentityKind.PERSONAL),
        ("9006022397", "199006022397", IdentityKind.PERSONAL),
        ("199006022397", "199006022397", IdentityKind.PERSONAL),
        (" 19900602–2397 ", "199006022397", IdentityKind.PERSONAL),
        ("640823-3234", "196408233234", IdentityKind.PERSONAL),
        ("811228-9874", "198112289874", IdentityKind.PERSONAL),
        ("440813-9089", "194408139089", IdentityKind.PERSONAL),
        ("121212-1212", "201212121212", IdentityKind.PERSONAL),
        ("121212+1212", "191212121212", IdentityKind.PERSONAL),
        ("19121212-1212", "191212121212", IdentityKind.PERSONAL),
        ("701063-2391", "197010632391", IdentityKind.COORDINATION),
        ("19900602-T123", "19900602T123", IdentityKind.INTERIM),
        ("900602-tf29", "19900602TF29", IdentityKind.INTERIM),
    ],
)
def test_numbers_in_every_written_form(text: str, twelve: str, kind: IdentityKind) -> None:
    assert identity.parse(text, TODAY) == IdentityNumber(twelve, kind)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("900602-2398", "identity.check_digit"),
        ("701063-2392", "identity.check_digit"),
        ("900631-2397", "identity.no_such_day"),
        ("900692-2397", "identity.no_such_day"),
        ("17900602-2397", "identity.no_such_day"),
        ("20900602-2397", "identity.not_born_yet"),
        ("261231-0000", "identity.not_born_yet"),
        ("", "identity.wrong_shape"),
        ("900602", "identity.wrong_shape"),
        ("900602 2397", "identity.wrong_shape"),
        ("900602-23970", "identity.wrong_shape"),
        ("٩٠٠٦٠٢-٢٣٩٧", "identity.wrong_shape"),
        ("900602-000", "identity.wrong_shape"),
        ("900602-0000", "identity.check_digit"),
    ],
)
def test_what_is_wrong_is_said(text: str, code: str) -> None:
    problem = identity.parse(text, TODAY)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.field) == (code, "identity_number")


def test_the_sign_changes_in_the_year_of_the_hundredth_birthday() -> None:
    assert identity.written("199006022397", TODAY) == "900602-2397"
    assert identity.written("199006022397", date(2089, 12, 31)) == "900602-2397"
    assert identity.written("199006022397", date(2090, 1, 1)) == "900602+2397"


NUMBERS = ("199006022397", "194408139089", "191212121212", "197010632391")


@given(st.sampled_from(NUMBERS), st.dates(date(2013, 1, 1), date(2040, 1, 1)))
def test_what_is_written_is_read_back(twelve: str, today: date) -> None:
    for written in (identity.written(twelve, today), f"{twelve[:8]}-{twelve[8:]}", twelve):
        read = identity.parse(written, today)
        assert isinstance(read, IdentityNumber)
        assert read.twelve == twelve


@given(st.text(alphabet="0123456789-+ T\n٣", max_size=16) | st.text())
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(identity.parse(text, TODAY), IdentityNumber | Problem)
