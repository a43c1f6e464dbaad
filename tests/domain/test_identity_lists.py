"""Identity numbers agree with the public test lists of personnummer/meta: every number of them, in every written form."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rehabdesk.domain import identity
from rehabdesk.domain.identity import IdentityKind, IdentityNumber
from rehabdesk.domain.problems import Problem

TODAY = date(2026, 11, 22)
DATA = Path(__file__).parent / "data"
LISTED = [
    entry for name in ("list", "interim") for entry in json.loads((DATA / f"personnummer_{name}.json").read_text(encoding="utf-8"))
]
#: Forms that name the century, or tell it by the sign; ten digits alone leave it open.
WITH_CENTURY = ("long_format", "separated_format", "separated_long")
KINDS = {"ssn": IdentityKind.PERSONAL, "con": IdentityKind.COORDINATION, "interim": IdentityKind.INTERIM}
FORMS = [
    pytest.param(entry, form, id=f"{entry['separated_long']}-{form}")
    for entry in LISTED
    for form in ("integer", *WITH_CENTURY, "short_format")
    if entry[form]
]


@pytest.mark.parametrize(("entry", "form"), FORMS)
def test_each_form_is_judged_as_the_list_does(entry: dict, form: str) -> None:
    found = identity.parse(str(entry[form]), TODAY)
    if not entry["valid"]:
        assert isinstance(found, Problem)
        return
    assert isinstance(found, IdentityNumber)
    assert found.kind is KINDS[entry["type"]]
    assert found.twelve[2:] == entry["long_format"][2:]
    if form in (*WITH_CENTURY, "integer"):
        assert found.twelve == entry["long_format"]


@pytest.mark.parametrize("entry", [entry for entry in LISTED if entry["valid"]], ids=lambda entry: entry["separated_long"])
def test_each_is_kept_as_twelve_characters_and_written_as_the_list_does(entry: dict) -> None:
    found = identity.parse(entry["separated_long"], TODAY)
    assert isinstance(found, IdentityNumber)
    assert len(found.twelve) == 12
    assert identity.written(found.twelve, TODAY) == entry["separated_format"]
