"""Rule files: the shipped ones answer for everybody on every day, and one clear sentence tells what is wrong with another."""

from __future__ import annotations

import copy
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.chain_rule_files import read_book
from rehabdesk.domain.chain_rules import RuleKind, Situation, overlapping
from rehabdesk.domain.problems import Refused
from tests.helpers.chain import shipped, shipped_book

SINCE = date(2008, 7, 1)


def with_law(**changes) -> list[tuple[str, object]]:
    """The shipped files and one more, of one right row, changed."""
    row = {
        "id": "new", "kind": "step", "applies_to": ["employed"], "from_day": 20, "to_day": None, "valid_from": "2027-01-01", "valid_to": None,
        "name": {"sv": "ny", "en": "new"}, "about": {"sv": "Ny.", "en": "New."}, "source": "test", "certainty": "found",
    }  # fmt: skip
    law = {"format": 1, "ends": {}, "rows": [{**row, **changes}]}
    return [*shipped(), ("2027.json", law)]


def test_the_shipped_files_have_every_row_of_the_table():
    ids = {rule.id for rule in shipped_book().rules}
    assert ids >= {
        "sjuklon", "lakarintyg", "fk_anmalan", "kedja_1", "kedja_2", "kedja_3_old", "kedja_3a", "kedja_3b", "kedja_3c", "kedja_4", "kedja_5",
        "behovsanst_1", "behovsanst_2", "senior", "niva", "plan", "arbetsprovning", "covid", "sammanlaggning",
    }  # fmt: skip


def test_the_shipped_files_never_give_two_answers():
    assert list(overlapping(shipped_book().rules)) == []


@given(st.sampled_from(Situation), st.integers(1, 3000), st.dates(SINCE, date(2040, 1, 1)))
def test_there_is_one_answer_for_everybody_on_every_day_since_2008(situation, day, on):
    book = shipped_book()
    # Between 2022-02-01 and the older wording the table has the same rows under other ids.
    assert sum(rule.covers(day) and rule.in_force(on) for rule in book.tests(situation)) == 1


def test_no_form_of_the_agency_is_named():
    written = json.dumps(shipped(), ensure_ascii=False)
    assert "7459" not in written and "blankett" not in written.lower()


@pytest.mark.parametrize(
    ("changes", "code", "params"),
    [
        ({"id": "kedja_1"}, "chain_rules.row_twice", {"row": "kedja_1"}),
        ({"id": ""}, "chain_rules.value_wrong", {"row": "1", "value": "id"}),
        ({"kind": "law"}, "chain_rules.value_wrong", {"row": "new", "value": "kind"}),
        ({"from_day": 0}, "chain_rules.value_wrong", {"value": "from_day"}),
        ({"from_day": "20"}, "chain_rules.value_wrong", {"value": "from_day"}),
        ({"from_day": True}, "chain_rules.value_wrong", {"value": "from_day"}),
        ({"to_day": 19}, "chain_rules.days_reversed", {"row": "new"}),
        ({"valid_from": "2027-02-30"}, "chain_rules.value_wrong", {"value": "valid_from"}),
        ({"valid_from": "1/1 2027"}, "chain_rules.value_wrong", {"value": "valid_from"}),
        ({"valid_to": "2026-12-31"}, "chain_rules.dates_reversed", {"row": "new"}),
        ({"applies_to": []}, "chain_rules.value_wrong", {"value": "applies_to"}),
        ({"applies_to": ["everybody"]}, "chain_rules.value_wrong", {"value": "applies_to"}),
        ({"name": {"sv": "ny"}}, "chain_rules.value_wrong", {"value": "en"}),
        ({"name": "ny"}, "chain_rules.value_wrong", {"value": "name"}),
        ({"source": None}, "chain_rules.value_wrong", {"value": "source"}),
        ({"certainty": "maybe"}, "chain_rules.value_wrong", {"value": "certainty"}),
        ({"kind": "test", "from_day": 100}, "chain_rules.two_answers", {"row": "new", "other": "kedja_2"}),
        ({"kind": "plan", "deadline_day": -1}, "chain_rules.value_wrong", {"value": "deadline_day"}),
        ({"kind": "test", "exceptions": "none"}, "chain_rules.value_wrong", {"value": "exceptions"}),
    ],
)
def test_what_is_wrong_is_told_with_file_row_and_value(changes, code, params, texts, texts_en):
    with pytest.raises(Refused) as refused:
        read_book(with_law(**changes))
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.params["file"] == "2027.json"
    assert {key: problem.params[key] for key in params} == params
    for language in (texts, texts_en):
        assert "2027.json" in language.problem(problem) and "{" not in language.problem(problem)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "chain_rules.not_rules"), ({}, "chain_rules.other_format"), ({"format": 2, "rows": []}, "chain_rules.other_format"),
        ({"format": 1}, "chain_rules.value_wrong"), ({"format": 1, "rows": [1]}, "chain_rules.not_a_row"),
        ({"format": 1, "rows": [], "ends": {"gone": "2026-12-31"}}, "chain_rules.unknown_row"),
        ({"format": 1, "rows": [], "ends": {"kedja_1": "2000-01-01"}}, "chain_rules.dates_reversed"),
        ({"format": 1, "rows": [], "ends": {"kedja_1": None}}, "chain_rules.dates_reversed"),
        ({"format": 1, "rows": [], "ages": {}}, None), ({"format": 1, "rows": [], "ages": "x"}, "chain_rules.value_wrong"),
    ],
)  # fmt: skip
def test_files_that_are_no_rules(content, code):
    files = [*shipped(), ("own.json", content)]
    if code is None:
        read_book(files)
        return
    with pytest.raises(Refused) as refused:
        read_book(files)
    assert refused.value.problems[0].code == code


def test_a_book_without_what_is_needed_is_refused():
    only_trials = [file for file in shipped() if file[0].startswith("2026")]
    with pytest.raises(Refused) as refused:
        read_book(only_trials)
    assert refused.value.problems[0].code == "chain_rules.kind_missing"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.sampled_from(["2026-01-01", "test", "employed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8,
)  # fmt: skip


@given(st.data())
def test_whatever_stands_in_a_file_it_is_read_or_refused(data):
    """Any value anywhere in a right file replaced by anything: one sentence, never another error."""
    files = copy.deepcopy(shipped())
    _, content = data.draw(st.sampled_from(files))
    place: object = content
    while True:
        key = data.draw(st.sampled_from(sorted(place)) if isinstance(place, dict) else st.integers(0, len(place) - 1))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and data.draw(st.booleans()):
            place = inner
            continue
        if data.draw(st.booleans()):
            place[key] = data.draw(JSON)
        else:
            del place[key]
        break
    try:
        read_book(files)
    except Refused as refused:
        assert len(refused.problems) == 1


def test_an_older_row_is_ended_by_a_newer_file_and_stays_for_its_days():
    files = with_law(kind="test", from_day=91, to_day=180, id="new_2", applies_to=["employed", "senior"])
    files[-1][1]["ends"] = {"kedja_2": "2026-12-31"}
    book = read_book(files)
    rules = {rule.id: rule for rule in book.rules}
    assert rules["kedja_2"].valid_to == date(2026, 12, 31)
    assert book.test_on(Situation.EMPLOYED, 100, date(2026, 12, 31)).id == "kedja_2"
    assert book.test_on(Situation.EMPLOYED, 100, date(2027, 1, 1)).id == "new_2"


def test_the_work_trial_begins_to_hold_on_its_day_and_is_not_confirmed():
    book = shipped_book()
    assert book.one(RuleKind.TRIAL, date(2026, 2, 28)) is None
    rule = book.one(RuleKind.TRIAL, date(2026, 3, 1))
    assert (rule.number("most_days"), rule.number("most_per_year"), rule.certainty.value) == (14, 2, "uncertain")
