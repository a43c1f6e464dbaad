"""The demo forum's content holds together: keys, placeholders, test numbers, consent, and words that must never stand in it."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import personnummer.personnummer as identity
import pytest

from rehabdesk.domain.cases import ClosingReason
from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.forum import Outcome, SeriesKind, minutes_between
from rehabdesk.domain.parties import OrganisationKind, PartyKind

DEMO = Path(__file__).parents[2] / "resources" / "demo"
Json = dict[str, Any]

#: Diagnoses, violence, and what a forum never does. Whole words or stems, looked for in every text.
BANNED = re.compile(
    r"beslut|bestämm?de att|diagnos|sjukdom|medicin|depress|ångest|utmatt|utbränd|artros|reumat|diskbråck|fibromyalg|migrän|diabetes"
    r"|cancer|tumör|stroke|infarkt|adhd|autis|bipolär|ptsd|psykos|epileps|astma|alkohol|drog|missbruk|våld|misshand|hotad|kvinnofrid"
    r"|skyddat boende|patient|lorem|ipsum|\b(?:hon|han|hen|henne|honom|hennes|hans)\b|!",
    re.IGNORECASE,
)
#: A line meant for the participant: no §, no per cent sign, no abbreviation she must know.
NOT_PLAIN = re.compile(r"§|%|\b(?:v|kl|t\.ex|bl\.a|ev|resp)\.|\b(?:FK|AF|AME|VC|FHV|SIUS)\b")
PLACEHOLDERS = {"name", "names", "week", "day", "next", "round", "taken", "places", "waiting"}
CASE_PLACEHOLDERS = {"name", "names", "week", "day"}
FICTION_NUMBERS = (
    (701740605, 701740699),
    (313900600, 313900699),
    (406280400, 406280499),
    (846500400, 846500499),
    (980319200, 980319299),
)


def read(name: str) -> Json:
    """One content file."""
    content: Json = json.loads((DEMO / name).read_text(encoding="utf-8"))
    return content


def all_files() -> list[Path]:
    return sorted(DEMO.rglob("*.json"))


def parties() -> dict[str, Json]:
    return {party["key"]: party for organisation in read("parties.json")["organisations"] for party in organisation["parties"]}


def contacts() -> dict[str, str]:
    """Contact key to party key."""
    return {contact["key"]: key for key, party in parties().items() for contact in party["contacts"]}


def stories() -> list[Json]:
    return [story for path in sorted((DEMO / "stories").glob("*.json")) for story in json.loads(path.read_text(encoding="utf-8"))["stories"]]


def texts_of(value: object) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def placeholders(text: str) -> set[str]:
    """The names of a text's placeholders; week and day carry a whole number of days."""
    found = set()
    for _, name, spec, conversion in string.Formatter().parse(text):
        if name is None:
            continue
        assert conversion is None, text
        assert bool(spec) == (name in {"week", "day"}), text
        assert not spec or int(spec), text
        found.add(name)
    return found


STORIES = [pytest.param(story, id=story["key"]) for story in stories()]


@pytest.mark.parametrize("path", all_files(), ids=lambda path: path.stem)
def test_no_file_holds_a_banned_word(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content.pop("about", None)
    assert [text for text in texts_of(content) if BANNED.search(text)] == []


@pytest.mark.parametrize("path", all_files(), ids=lambda path: path.stem)
def test_every_placeholder_is_known(path: Path) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    content.pop("about", None)
    allowed = PLACEHOLDERS - {"name", "names"} if path.name == "general_items.json" else CASE_PLACEHOLDERS
    for text in texts_of(content):
        assert placeholders(text) <= allowed, text
        assert "{name}s" not in text


def test_there_is_enough_to_fill_two_years() -> None:
    assert len(stories()) >= 24
    assert len(read("consultations.json")["consultations"]) >= 10
    assert len(read("participants.json")["participants"]) >= 45
    assert sum(len(story["meetings"]) for story in stories()) / len(stories()) >= 2


def test_keys_are_unique_and_kinds_are_the_domain_s() -> None:
    organisations = read("parties.json")["organisations"]
    everyone = [party for organisation in organisations for party in organisation["parties"]]
    people = [contact["key"] for party in everyone for contact in party["contacts"]]
    aliases = [alias.casefold() for party in everyone for alias in dict.fromkeys(a.casefold() for a in party["aliases"])]
    assert len({party["key"] for party in everyone}) == len(everyone)
    assert len(set(people)) == len(people)
    assert len(set(aliases)) == len(aliases)
    assert {organisation["kind"] for organisation in organisations} <= set(OrganisationKind)
    assert {party["kind"] for party in everyone} <= set(PartyKind)
    assert all(party["sensitive"] for party in everyone if party["kind"] == PartyKind.UNION)


def test_phones_and_addresses_reach_nobody() -> None:
    people = [contact for party in parties().values() for contact in party["contacts"]]
    for person in [*people, read("parties.json")["coordinator"]]:
        number = int(re.sub(r"\D", "", person["phone"]))
        assert any(low <= number <= high for low, high in FICTION_NUMBERS), person
        assert person["email"].endswith("@example.se")


def test_identity_numbers_are_valid_adult_and_listed() -> None:
    numbers = read("identity_numbers.json")
    for sex, parity in (("f", 0), ("m", 1)):
        for number in numbers[sex]:
            assert identity.valid(number) and int(number[10]) % 2 == parity
            assert date(1963, 1, 1) <= date(int(number[:4]), int(number[4:6]), int(number[6:8])) < date(2004, 1, 1)
    listed = numbers["f"] + numbers["m"]
    assert len(set(listed)) == len(listed) >= 80


def test_about_half_of_the_participants_carry_a_listed_number_of_their_sex() -> None:
    numbers = read("identity_numbers.json")
    people = read("participants.json")["participants"]
    carried = [person["identity_number"] for person in people if person["identity_number"]]
    assert len(set(carried)) == len(carried)
    assert 0.4 <= len(carried) / len(people) <= 0.6
    assert all(person["identity_number"] in [None, *numbers[person["sex"]]] for person in people)
    assert len({(person["given_name"], person["surname"]) for person in people}) == len(people)


def test_series_refer_to_people_and_items_that_exist() -> None:
    items = read("general_items.json")["items"]
    for series in read("series.json")["series"]:
        assert series["kind"] in set(SeriesKind)
        assert ("every_weeks" in series) != ("months" in series)
        people = [*series["members"], *series["guests_now_and_then"], *(entry.get("presenter") for entry in series["agenda"])]
        assert {person for person in people if person} <= contacts().keys()
        assert {entry["key"] for entry in series["agenda"]} <= items.keys() | {"CASES"}
        general = sum(entry.get("minutes", 0) for entry in series["agenda"])
        assert general <= minutes_between(series["start"], series["end"])


def test_general_items_and_consultations_refer_to_parties_that_exist() -> None:
    consultations = read("consultations.json")["consultations"]
    variants = [variant for item in read("general_items.json")["items"].values() for variant in item]
    for entry in [*consultations, *variants]:
        assert entry["discussion"]
        for action in entry["actions"]:
            check_action(action, set(parties()), has_next=True)
    for consultation in consultations:
        assert {*consultation["called"], consultation["asked_by"]} <= parties().keys()
        assert not placeholders(" ".join(texts_of(consultation)))


@pytest.mark.parametrize("story", STORIES)
def test_a_story_refers_to_parties_under_its_consent(story: Json) -> None:
    consent = story["consent"]
    covered = set(consent["parties"])
    assert covered <= parties().keys()
    assert set(consent.get("kinds", [])) <= set(InformationKind)
    if story["employer"]:
        assert story["employer"] in covered
        assert contacts()[story["manager"]] == story["employer"]
    for index, meeting in enumerate(story["meetings"], 1):
        withdrawn = consent.get("withdrawn", {"after_meeting": len(story["meetings"]), "parties": []})
        live = covered - set(withdrawn["parties"]) if index > withdrawn["after_meeting"] else covered
        for action in meeting["actions"]:
            check_action(action, {*live, "participant", "vara_samordning"}, has_next=index < len(story["meetings"]))


@pytest.mark.parametrize("story", STORIES)
def test_a_story_s_meetings_are_whole_and_its_consent_lasts(story: Json) -> None:
    meetings = story["meetings"]
    assert 1 <= len(meetings) <= 4
    assert "gap" not in meetings[0] and all(meeting["gap"] >= 1 for meeting in meetings[1:])
    for meeting in meetings:
        assert meeting["participant"] in {"here", "absent", "left"}
        assert meeting.get("outcome", "agreed") in set(Outcome)
        assert 5 <= meeting["minutes"] <= 25
        assert meeting["question"].endswith("?")
        assert meeting["view"] is None or meeting["participant"] == "here"
        assert meeting["background"] and meeting["discussion"] and meeting["agreements"]
    days = story["consent"]["days_before"] + sum(meeting.get("gap", 0) for meeting in meetings) * 28 + 28
    assert days <= story["consent"]["months"] * 30 <= 360
    assert story["opened_days_before"] >= story["consent"]["days_before"] >= 1


@pytest.mark.parametrize("story", STORIES)
def test_a_closed_story_leaves_no_action_open(story: Json) -> None:
    if story["closed"] is None:
        return
    assert story["closed"]["reason"] in set(ClosingReason)
    assert story["closed"]["text"]
    last = story["meetings"][-1]
    assert all(action["went"].get("done", 0) <= story["closed"]["days"] for action in last["actions"])
    assert all(action["went"] for meeting in story["meetings"] for action in meeting["actions"])


@pytest.mark.parametrize("story", STORIES)
def test_the_participant_s_lines_are_plain(story: Json) -> None:
    for meeting in story["meetings"]:
        for agreement in meeting["agreements"]:
            plain = agreement["plain"]
            assert plain is None or not NOT_PLAIN.search(plain), plain
            assert plain is None or "{name" not in plain


def check_action(action: Json, allowed: set[str], *, has_next: bool) -> None:
    """Who answers for it may know of it, the contact is hers, and how it went can have happened."""
    assert action["by"] in allowed, action
    assert "contact" not in action or contacts()[action["contact"]] == action["by"], action
    assert action["due"] > 0 and action["what"], action
    went = action["went"]
    assert set(went) in ({"done"}, {"moved", "reason", "done"}, {"kept", "done"}, {"dropped"}, set()), action
    assert has_next or not {"moved", "kept"} & set(went), action
