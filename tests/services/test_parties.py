"""Organisations, parties and contacts, on the real store."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.parties import MOST_LOGO_BYTES, OrganisationKind, PartyKind, Use, read_aliases, write_aliases
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.services import parties
from rehabdesk.services.forum import series as series_verbs
from rehabdesk.store.queries import parties as queries


@pytest.fixture
def vara(store) -> int:
    """Vara kommun."""
    return parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)


@pytest.fixture
def hr(store, vara) -> int:
    """Vara kommun, HR."""
    return parties.add_party(store, vara, "HR", PartyKind.EMPLOYER)


def codes(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    """Why it was refused."""
    return tuple(problem.code for problem in refused.value.problems)


def picture(picture_format: str, size: tuple[int, int] = (40, 20)) -> bytes:
    """A picture's bytes."""
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, picture_format)
    return written.getvalue()


@pytest.mark.parametrize(
    ("organisation", "unit", "written"),
    [
        ("Vara kommun", "HR", "Vara kommun, HR"),
        ("Försäkringskassan", "", "Försäkringskassan"),
        ("Vårdcentralen Vara", "Vårdcentralen Vara", "Vårdcentralen Vara"),
        (" Vara\tkommun\u200b ", " soc\u202eialtjänsten", "Vara kommun, socialtjänsten"),
    ],
)
def test_a_party_is_written_out(store, organisation, unit, written):
    party_id = parties.add_party_named(store, organisation, unit, PartyKind.OTHER)
    assert store.read(queries.party, party_id).written == written


def test_an_organisation_is_added_once_whatever_its_capitals(store, vara):
    parties.add_party_named(store, "vara KOMMUN", "HR", PartyKind.EMPLOYER)
    assert [row.name for row in store.read(queries.organisations)] == ["Vara kommun"]


def test_the_organisation_of_a_new_party_is_of_the_usual_kind(store):
    parties.add_party_named(store, "Försäkringskassan", "", PartyKind.SOCIAL_INSURANCE)
    assert store.read(queries.organisations)[0].kind is OrganisationKind.STATE_AGENCY


def test_adding_a_party_with_its_organisation_is_one_step(store):
    parties.add_party_named(store, "Försäkringskassan", "", PartyKind.SOCIAL_INSURANCE)
    store.undo()
    assert store.read(queries.organisations) == ()
    store.redo()
    assert len(store.read(queries.parties)) == 1


def test_renaming_an_organisation_renames_its_parties(store, vara, hr):
    parties.change_organisation(store, vara, name="Essunga kommun")
    assert store.read(queries.party, hr).written == "Essunga kommun, HR"
    store.undo()
    assert store.read(queries.party, hr).written == "Vara kommun, HR"


def test_parties_stand_in_swedish_order(store, vara):
    for unit in ("äldreomsorg", "HR", "Ånge", "zoo", "arbetsmarknad"):
        parties.add_party(store, vara, unit, PartyKind.EMPLOYER, aliases="")
    assert [row.unit for row in store.read(queries.parties)] == ["arbetsmarknad", "HR", "zoo", "Ånge", "äldreomsorg"]


def test_usual_aliases_are_given_once(store, vara, hr):
    assert store.read(queries.party, hr).aliases == ("HR",)
    assert parties.usual_aliases(store, PartyKind.EMPLOYER) == ""
    assert parties.usual_aliases(store, PartyKind.SOCIAL_INSURANCE) == "FK, kassan"


@pytest.mark.parametrize(
    ("aliases", "expected"),
    [("hr", ("party.alias_taken",)), ("kost, Hr", ("party.alias_taken",)), ("Vara Kommun, hr", ("party.alias_taken",)), ("kost", ())],
)
def test_an_alias_means_one_party(store, vara, hr, aliases, expected):
    kost = parties.add_party(store, vara, "kost", PartyKind.EMPLOYER, aliases="")
    if not expected:
        parties.change_party(store, kost, aliases=aliases)
        assert store.read(queries.party, kost).aliases == ("kost",)
        return
    with pytest.raises(Refused) as refused:
        parties.change_party(store, kost, aliases=aliases)
    assert codes(refused) == expected
    assert refused.value.problems[0].field == "aliases"
    assert store.read(queries.party, kost).aliases == ()


def test_an_ended_party_gives_its_aliases_free_until_it_is_back(store, vara, hr):
    parties.end_party(store, hr)
    assert store.read(queries.party, hr).ended_on == date(2026, 11, 22)
    assert [row.id for row in store.read(queries.parties)] == []
    parties.add_party(store, vara, "personal", PartyKind.EMPLOYER, aliases="HR")
    with pytest.raises(Refused) as refused:
        parties.reopen_party(store, hr)
    assert codes(refused) == ("party.alias_taken",)


def test_two_parties_are_not_written_alike(store, vara, hr):
    with pytest.raises(Refused) as refused:
        parties.add_party(store, vara, "hr", PartyKind.OTHER, aliases="")
    assert codes(refused) == ("party.exists",)


def test_removing_what_is_used_says_where(store, vara, hr):
    contact = parties.add_contact(store, hr, given_name="Annika", surname="Wester")
    with pytest.raises(Refused) as refused:
        parties.remove_party(store, hr)
    assert refused.value.problems[0].params["where"] == (Use.CONTACTS,)
    with pytest.raises(Refused) as refused:
        parties.remove_organisation(store, vara)
    assert refused.value.problems[0].params["where"] == (Use.PARTIES,)
    parties.remove_contact(store, contact)
    parties.remove_party(store, hr)
    parties.remove_organisation(store, vara)
    for _ in range(3):
        store.undo()
    assert store.read(queries.contact, contact).name == "Annika Wester"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"given_name": "Annika"}, None),
        ({"function": "HR-specialist"}, None),
        ({}, "contact.name_missing"),
        ({"given_name": " \u200b"}, "contact.name_missing"),
        ({"given_name": "Annika", "by_function_only": True}, "contact.function_missing"),
        ({"function": "socialsekreterare", "by_function_only": True}, None),
        ({"given_name": "Annika", "email": "annika"}, "contact.email_shape"),
        ({"given_name": "Annika", "email": "annika.wester@example.se"}, None),
        ({"given_name": "A" * 501}, "text.too_long"),
    ],
)
def test_what_a_contact_needs(store, hr, values, expected):
    if expected is None:
        assert store.read(queries.contact, parties.add_contact(store, hr, **values)) is not None
        return
    with pytest.raises(Refused) as refused:
        parties.add_contact(store, hr, **values)
    assert codes(refused) == (expected,)
    assert store.read(queries.contacts) == ()


def test_contacts_stand_by_surname_then_given_name(store, hr):
    for given_name, surname in (("Åke", "Ek"), ("Anna", "Ek"), ("Bo", "Öhrn"), ("", "")):
        parties.add_contact(store, hr, given_name=given_name, surname=surname, function="handläggare")
    assert [row.shown for row in store.read(queries.contacts)] == ["Anna Ek", "Åke Ek", "handläggare", "Bo Öhrn"]


def test_typing_in_one_field_is_one_step(store, hr):
    contact = parties.add_contact(store, hr, given_name="A")
    for text in ("An", "Ann", "Anna"):
        parties.change_contact(store, contact, given_name=text)
    parties.change_contact(store, contact, surname="Ek")
    store.undo()
    assert store.read(queries.contact, contact).name == "Anna"
    store.undo()
    assert store.read(queries.contact, contact).name == "A"


def test_a_contact_sits_in_several_forums(store, vara, hr):
    forum = series_verbs.create_series(store, SeriesDetails("Rehabforum", SeriesKind.REHAB_FORUM, vara, case_prefix="RF"))
    board = series_verbs.create_series(store, SeriesDetails("Styrgrupp", SeriesKind.STEERING_GROUP, vara))
    contact = parties.add_contact(store, hr, given_name="Annika", series_ids=(forum,))
    parties.set_seats(store, contact, (forum, board))
    assert [seat.series for seat in store.read(queries.seats)[contact]] == ["Rehabforum", "Styrgrupp"]
    series_verbs.end_series(store, board)
    parties.set_seats(store, contact, ())
    series_verbs.reopen_series(store, board)
    assert [seat.series for seat in store.read(queries.seats)[contact]] == ["Styrgrupp"]
    parties.remove_contact(store, contact)
    assert store.read(queries.seats) == {}
    store.undo()
    assert [seat.series for seat in store.read(queries.seats)[contact]] == ["Styrgrupp"]


def test_a_controller_of_cases_does_not_become_an_association(store, vara):
    series_verbs.create_series(store, SeriesDetails("Rehabforum", SeriesKind.REHAB_FORUM, vara, case_prefix="RF"))
    with pytest.raises(Refused) as refused:
        parties.change_organisation(store, vara, kind=OrganisationKind.COORDINATION_ASSOCIATION)
    assert codes(refused) == ("series.controller_is_association",)
    parties.change_organisation(store, vara, kind=OrganisationKind.REGION)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (picture("PNG"), None),
        (picture("JPEG"), None),
        (picture("GIF"), "logo.not_a_picture"),
        (picture("PNG")[:60], "logo.not_a_picture"),
        (b"", "logo.not_a_picture"),
        (b"%PDF-1.7", "logo.not_a_picture"),
        (b"x" * (MOST_LOGO_BYTES + 1), "logo.too_heavy"),
        (picture("PNG", (4001, 2)), "logo.too_large"),
    ],
    ids=["png", "jpeg", "gif", "cut", "empty", "pdf", "heavy", "wide"],
)
def test_which_logos_are_taken(store, vara, content, expected):
    if expected is None:
        parties.set_logo(store, vara, content)
        assert store.read(queries.logo, vara) == content
        return
    with pytest.raises(Refused) as refused:
        parties.set_logo(store, vara, content)
    assert codes(refused) == (expected,)
    assert store.read(queries.logo, vara) is None


def test_a_logo_can_be_changed_and_taken_away(store, vara):
    parties.set_logo(store, vara, picture("PNG"))
    parties.set_logo(store, vara, picture("JPEG"))
    parties.set_logo(store, vara, None)
    assert store.read(queries.logo, vara) is None
    store.undo()
    assert store.read(queries.logo, vara) == picture("JPEG")


@given(st.lists(st.text(max_size=12), max_size=6))
def test_aliases_read_back_as_they_were_written(words):
    aliases = read_aliases(", ".join(words))
    assert read_aliases(write_aliases(aliases)) == aliases
    assert len({alias.casefold() for alias in aliases}) == len(aliases)


def test_what_is_gone_is_said(store):
    for verb in (parties.remove_contact, parties.remove_party, parties.remove_organisation, parties.end_party, parties.end_contact):
        with pytest.raises(Refused) as refused:
            verb(store, 99)
        assert codes(refused)[0].endswith(".gone")
