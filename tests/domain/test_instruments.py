"""Instruments as data: what a file may say, what is refused, and how a value and a change are judged."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.instruments import Direction, Instrument, Outcome, read_instruments
from rehabdesk.domain.problems import Refused
from rehabdesk.paths import resources, rules_folder
from rehabdesk.services import instruments as service
from rehabdesk.texts import texts_for

FOLDER = resources() / "instruments"
SHIPPED = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))}
OWN = {"perceived_health", "activity_ability", "belief_in_return", "self_rated_health"}


def shipped() -> dict[str, Instrument]:
    return {one.code: one for one in read_instruments(tuple(SHIPPED.items()))}


def test_all_that_the_issue_names_is_there() -> None:
    found = shipped()
    assert OWN <= found.keys()
    assert {"eq_vas", "eq_5d_index", "kasam_13", "kasam_29", "keds", "smbq", "wai", "was", "whodas_12", "rand36_pf", "pgwb"} <= found.keys()
    assert {"hads_anxiety", "cbi_personal"} <= found.keys()
    # Only our own, and the one generic question, have a text: everything else takes totals.
    assert {code for code, one in found.items() if not one.is_totals_only} == OWN
    assert all(path in (FOLDER / "README.md").read_text(encoding="utf-8") for path in SHIPPED)


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("wai", 27, "dålig"), ("wai", 28, "måttlig"), ("wai", 36, "måttlig"), ("wai", 37, "god"), ("wai", 44, "mycket god"),
        ("was", 5, "låg"), ("was", 7, "måttlig"), ("was", 8, "god"), ("keds", 18, "under gränsen 19"), ("keds", 19, "19 eller mer"),
        ("smbq", 4.39, "under gränsen 4,4"), ("smbq", 4.4, "4,4 eller mer"), ("perceived_health", 3, None),
    ],
)  # fmt: skip
def test_a_value_lies_in_its_band(code: str, value: float, words: str | None) -> None:
    band = shipped()[code].band_of(value)
    assert (band.words.sv if band else None) == words


@pytest.mark.parametrize(
    ("code", "before", "after", "outcome"),
    [
        ("perceived_health", 3, 5, Outcome.BETTER), ("perceived_health", 3, 4, Outcome.SAME), ("perceived_health", 5, 3, Outcome.WORSE),
        ("eq_5d_index", 0.5, 0.574, Outcome.BETTER), ("eq_5d_index", 0.5, 0.573, Outcome.SAME), ("eq_5d_index", 0.574, 0.5, Outcome.WORSE),
        # Less is better, and no least change is known: each step counts.
        ("keds", 30, 29, Outcome.BETTER), ("keds", 30, 30, Outcome.SAME), ("smbq", 4.3, 4.31, Outcome.WORSE),
    ],
)  # fmt: skip
def test_a_change_is_judged_by_what_matters_and_its_direction(code: str, before: float, after: float, outcome: Outcome) -> None:
    assert shipped()[code].outcome(before, after) is outcome


@pytest.mark.parametrize(
    ("code", "value", "problem"),
    [
        ("perceived_health", 0, None), ("perceived_health", 10, None), ("perceived_health", 11, "measure.out_of_range"),
        ("perceived_health", -1, "measure.out_of_range"), ("perceived_health", 4.5, "measure.not_whole"),
        ("smbq", 4.37, None), ("smbq", 4.375, "measure.between_steps"), ("eq_5d_index", -0.594, None),
        ("wai", 6, "measure.out_of_range"), ("keds", float("nan"), "measure.out_of_range"),
    ],
)  # fmt: skip
def test_a_value_outside_or_between_is_told(code: str, value: float, problem: str | None) -> None:
    found = shipped()[code].problem_with(value, "value")
    assert (found.code if found else None) == problem
    if found is not None:
        assert texts_for("sv").problem(found)


@given(st.sampled_from(sorted(shipped())), st.data())
def test_every_step_is_a_value_and_judging_is_even_handed(code: str, data: st.DataObject) -> None:
    one = shipped()[code]
    values = st.sampled_from(one.values)
    before, after = data.draw(values), data.draw(values)
    assert one.problem_with(before) is None
    turned = {Outcome.BETTER: Outcome.WORSE, Outcome.WORSE: Outcome.BETTER, Outcome.SAME: Outcome.SAME}
    assert one.outcome(after, before) is turned[one.outcome(before, after)]
    better = one.most if one.direction is Direction.HIGHER else one.least
    assert one.outcome(before, better) is not Outcome.WORSE


def _changed(path: tuple[object, ...], value: object) -> dict:
    data = copy.deepcopy(SHIPPED["wai.json"])
    at = data
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("format",), 2, "instruments.other_format"),
        (("instruments",), {}, "instruments.value_wrong"),
        (("instruments", 0), 3, "instruments.not_a_row"),
        (("instruments", 0, "code"), "Å b", "instruments.value_wrong"),
        (("instruments", 1, "code"), "wai", "instruments.row_twice"),
        (("instruments", 0, "name"), "WAI", "instruments.value_wrong"),
        (("instruments", 0, "name", "en"), None, "instruments.value_wrong"),
        (("instruments", 0, "most"), 7, "instruments.value_wrong"),
        (("instruments", 0, "step"), 0, "instruments.value_wrong"),
        (("instruments", 0, "step"), 4, "instruments.value_wrong"),
        (("instruments", 0, "least"), True, "instruments.value_wrong"),
        (("instruments", 0, "direction"), "up", "instruments.value_wrong"),
        (("instruments", 0, "bands", 0, "from"), 8, "instruments.value_wrong"),
        (("instruments", 0, "bands", 1, "from"), 99, "instruments.value_wrong"),
        (("instruments", 0, "change_that_matters", "value"), -3, "instruments.value_wrong"),
        (("instruments", 0, "change_that_matters", "certainty"), "sure", "instruments.value_wrong"),
        (("instruments", 0, "licence"), None, "instruments.not_a_row"),
        (("instruments", 0, "totals_only"), False, "instruments.value_wrong"),
        (("instruments", 0, "text"), {"question": {}}, "instruments.value_wrong"),
        (("instruments", 0, "source"), "", "instruments.value_wrong"),
    ],
)
def test_a_malformed_file_is_refused_in_one_sentence(path: tuple[object, ...], value: object, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_instruments((("wai.json", _changed(path, value)),))
    assert [problem.code for problem in refused.value.problems] == [code]
    for language in ("sv", "en"):
        assert "wai.json" in texts_for(language).problem(refused.value.problems[0])


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_anything_else_is_refused_too(content: object) -> None:
    with pytest.raises(Refused):
        read_instruments((("x.json", content),))


def test_a_file_of_the_machines_own_is_added_and_a_broken_one_is_told() -> None:
    assert service.instrument("vas_energi") is None
    folder = rules_folder() / "instruments"
    folder.mkdir(parents=True)
    added = _changed(("instruments", 0, "code"), "vas_energi")
    added["instruments"] = added["instruments"][:1]
    (folder / "mine.json").write_text(json.dumps(added), encoding="utf-8")
    assert service.instrument("vas_energi").most == 49
    assert [one.code for one in service.instruments()][:4] == ["perceived_health", "activity_ability", "belief_in_return", "self_rated_health"]
    (folder / "wai.json").write_text("{", encoding="utf-8")
    assert service.instrument("wai") is not None and service.instrument("vas_energi") is None
    assert [problem.code for problem in service.shelf().problems] == ["instruments.not_readable"]
    assert [one.code for one in service.known(("was", "gone", "wai"))] == ["was", "wai"]
