"""The papers of consent: filled for one participant or blank, in every language there is; and the list of what was handed out."""

from __future__ import annotations

from datetime import date

import pytest

from rehabdesk.documents import consent_form, hand_outs_list, information, wording
from rehabdesk.documents.blocks import texts_in
from rehabdesk.domain.consent import InformationKind, Terms
from rehabdesk.domain.hand_outs import ANYBODY, FILE, HandOutState, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent, papers, parties
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.tables.forum import SeriesMember
from rehabdesk.store.tables.parties import Party
from rehabdesk.texts import texts_for
from tests.helpers.people import TEST, make_attendee, make_copy, make_forum, make_item, make_session

TODAY, NEXT_YEAR = date(2026, 11, 22), date(2027, 11, 21)
PAPERS = (PaperKind.CONSENT, PaperKind.INFORMATION)


@pytest.fixture
def forum(store):
    return make_forum(store)


@pytest.fixture
def case(store, forum):
    return cases.open_case(store, forum.series, "Maria", "Strandberg")


def paper(store, kind, reader):
    return store.read(papers.paper, Wanted(kind, reader), store.clock.now())


def hers(case: int) -> Reader:
    return Reader(ReaderKind.PARTICIPANT, case_id=case)


def usually_sits_there(store, forum) -> None:
    with store.write(TEST, undoable=False) as writing:
        writing.session.add(SeriesMember(series_id=forum.series, contact_id=forum.insurance_contact))


def words(module, document, language: str = "sv") -> str:
    return "\n".join(texts_in(tuple(module.blocks(document, texts_for(language)))))


def test_a_filled_form_names_her_and_the_parties_her_case_has_to_do_with(store, forum, case):
    usually_sits_there(store, forum)
    session = make_session(store, forum, TODAY)
    make_item(store, forum, session, case, forum.clinic)
    document = paper(store, PaperKind.CONSENT, hers(case))
    assert (document.participant_name, document.case_number) == ("Maria Strandberg", "RF-2026-001")
    assert document.parties == ("Region, Vårdcentralen Vara", "Försäkringskassan")
    said = words(consent_form, document)
    for part in (
        "Samtycke till att vi delar uppgifter om dig", "Maria Strandberg", "Personnummer", "Din diagnos", "ta tillbaka samtycket",
        "påverkas inte av att du säger nej", "Vara kommun, kommunstyrelsen är personuppgiftsansvarig", "Underskrift", "Namnförtydligande",
        "Tolk", "Vittne", "högst ett år", "statistik", "Textens version: 2026-1",
    ):
        assert part in said
    assert "{" not in said


def test_a_sensitive_party_stands_on_no_form_but_its_own_cases(store, forum, case):
    with store.write(TEST, undoable=False) as writing:
        writing.session.get(Party, forum.insurance).is_sensitive = True
    usually_sits_there(store, forum)
    assert paper(store, PaperKind.CONSENT, hers(case)).parties == ()
    consent.give(store, case, [forum.insurance], TODAY, NEXT_YEAR)
    assert paper(store, PaperKind.CONSENT, hers(case)).parties == ("Försäkringskassan",)


def test_blank_forms_name_nobody_from_whatever_case_they_are_asked_for(store, forum, case):
    for kind, module in zip(PAPERS, (consent_form, information), strict=True):
        for reader in (ANYBODY, Reader(ReaderKind.ANYBODY, case_id=case)):
            document = paper(store, kind, reader)
            said = words(module, document)
            assert document.participant_name == document.case_number == ""
            assert "Strandberg" not in said and "RF-2026" not in said and "kommunstyrelsen" in said


def test_under_protected_identity_no_number_is_asked_for(store, forum):
    case = cases.open_case(store, forum.series, "Örnen", is_protected=True)
    document = paper(store, PaperKind.CONSENT, hers(case))
    assert document.participant_name == "Örnen"
    assert "Personnummer" not in words(consent_form, document)


def test_none_of_them_is_for_a_party(store, forum, case):
    consent.give(store, case, [forum.hr], TODAY, NEXT_YEAR)
    for kind in (*PAPERS, PaperKind.HAND_OUTS):
        with pytest.raises(Refused):
            paper(store, kind, Reader(ReaderKind.PARTY, forum.hr, case))


def test_the_list_tells_what_went_where_also_what_named_her_among_others(store, forum, case):
    consent.register(store, case, {forum.hr: frozenset(InformationKind), forum.clinic: frozenset(InformationKind)}, Terms(TODAY, NEXT_YEAR))
    session = make_session(store, forum, TODAY)
    make_item(store, forum, session, case, forum.hr)
    make_attendee(store, session, forum.hr)
    make_copy(store, case, forum.hr, HandOutState.GIVEN, session=session)
    make_copy(store, case, forum.clinic, HandOutState.SENT, session=session)
    make_copy(store, case, forum.insurance, HandOutState.WAITING, session=session)
    make_copy(store, None, forum.hr, HandOutState.GIVEN, PaperKind.AGENDA, session, told=(case,))
    make_copy(store, None, forum.insurance, HandOutState.GIVEN, PaperKind.AGENDA, session)
    consent.withdraw(store, case, [forum.hr])
    for reader in (hers(case), Reader(FILE.kind, case_id=case)):
        document = paper(store, PaperKind.HAND_OUTS, reader)
        assert [(line.paper, line.party, line.is_named_in, line.is_printed_only) for line in document.lines] == [
            (PaperKind.EXTRACT, "Region, Vårdcentralen Vara", False, True),
            (PaperKind.AGENDA, "Vara kommun, HR", True, False),
            (PaperKind.EXTRACT, "Vara kommun, HR", False, False),
        ]
        assert [(line.party, line.on) for line in document.withdrawn] == [("Vara kommun, HR", TODAY)]
        assert "Försäkringskassan" not in words(hand_outs_list, document)


@pytest.mark.parametrize("kind", PAPERS)
def test_every_language_of_a_form_says_the_same_things(kind):
    version = wording.latest_version(kind)
    languages = wording.languages(kind)
    assert [language.code for language in languages][:2] == ["sv", "en"]
    texts = [wording.read(kind, version, language.code) for language in languages]

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(part) for key, part in value.items()}
        return [shape(part) for part in value] if isinstance(value, list) else type(value).__name__

    assert all(shape(text) == shape(texts[0]) for text in texts)
    assert all(text["language"] == language.code for text, language in zip(texts, languages, strict=True))
    if kind is PaperKind.CONSENT:
        for text in texts:
            assert [entry["kind"] for entry in text["kinds"]["entries"]] == [known.value for known in InformationKind]


def test_a_party_that_has_ended_is_asked_for_no_more(store, forum, case):
    consent.give(store, case, [forum.hr, forum.clinic], TODAY, NEXT_YEAR)
    parties.end_party(store, forum.clinic, TODAY)
    assert {row.id for row in store.read(party_queries.parties)} == {forum.hr, forum.insurance}
    assert paper(store, PaperKind.CONSENT, hers(case)).parties == ("Vara kommun, HR",)
