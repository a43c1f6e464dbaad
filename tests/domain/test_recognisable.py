"""The hint that a text about nobody could point to somebody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.names import PersonName
from rehabdesk.domain.recognisable import Detail, Lookout
from rehabdesk.services.forum.recognisable import vocabulary

PEOPLE = (
    PersonName(1, "Maria", "Strömbäck", "RF-2026-014", "19900602-2397"),
    PersonName(2, "Anna-Karin", "von Essen", "RF-2026-015"),
    PersonName(3, "Örnen", "", "RF-2026-016", is_protected_alias=True),
)
STAFF = (("Lena", "Borg"),)
UNITS = ("kost", "Vara kommun, kost", "hemtjänst norr")
LOOKOUT = Lookout(PEOPLE, STAFF, UNITS, vocabulary())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hur gör vi för Maria?", ("Maria",)),
        ("Strömbäcks chef undrar", ("Strömbäcks",)),
        ("Vi talar om RF-2026-014.", ("RF-2026-014",)),
        ("900602-2397 har ringt", ("900602-2397",)),
        ("En annans nummer 19811228-9874", ("19811228-9874",)),
        ("Karin orkar mer nu", ("Karin",)),
        ("Essen von", ("Essen",)),
        ("Örnen kommer", ("Örnen",)),
        ("maria med litet m och mariatorget", ()),
        ("Marianne är en annan", ()),
        ("En medarbetare har varit borta länge.", ()),
        ("Nästa möte 2026-12-15, ring 0512-310 00", ()),
    ],
)
def test_names_and_numbers_of_the_register_are_found(text, names):
    assert LOOKOUT.look(text).names == names


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("En kock på 54 år", {Detail.OCCUPATION}),
        ("En 54-årig undersköterska", {Detail.AGE, Detail.OCCUPATION}),
        ("en lärare i 60-årsåldern på Alléskolan", {Detail.AGE, Detail.OCCUPATION, Detail.WORKPLACE}),
        ("den enda kuratorn i kommunen", {Detail.ONLY_ONE, Detail.OCCUPATION}),
        ("Hon är född 1972 och arbetar inom kost", {Detail.AGE, Detail.WORKPLACE}),
        ("Medarbetaren har varit anställd i 20 år", set()),
        ("Lena Borgs medarbetare, 31 år", {Detail.WORKPLACE, Detail.AGE}),
        ("Socialsekreteraren ringer", set()),
        ("Kostnaden är 54 000 kronor", set()),
        ("a 54-year-old nurse", {Detail.AGE, Detail.OCCUPATION}),
        ("En chef inom nattverksamhet vill ordna kortare dagpass i början av en återgång.", set()),
    ],
)
def test_details_are_found_by_kind(text, details):
    found = LOOKOUT.look(text)
    assert {detail for detail, _ in found.details} == details
    assert found.is_telling is (len(details) >= 2)
    assert all(words.casefold() in text.casefold() for _, words in found.details)


def test_unit_occupation_and_age_together_are_told_and_one_alone_is_not():
    assert LOOKOUT.look("En 54-årig kock i hemtjänst norr").is_telling
    assert not LOOKOUT.look("En kock undrar")
    assert LOOKOUT.look("Maria undrar")


@given(st.text(max_size=200))
def test_any_text_is_looked_at_without_a_fault(text):
    found = LOOKOUT.look(text)
    assert bool(found) is bool(found.names or found.is_telling)


@given(st.sampled_from(PEOPLE[:2]), st.sampled_from(("{} är här", "Idag, {}.", "({})", "Vi ringer {}")))
def test_whoever_is_in_the_register_is_found_wherever_the_name_stands(person, frame):
    assert LOOKOUT.look(frame.format(person.given_name)).names
    assert LOOKOUT.look(frame.format(person.case_number)).names
