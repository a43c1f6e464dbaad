"""A party's list: what it answers for, by case number, where consent covers it today; on paper and as a workbook that is remembered."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rehabdesk.domain.consent import InformationKind, kinds_covered
from rehabdesk.domain.hand_outs import Medium, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import action_lists, cases, consent, hand_outs, paper_files, papers
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as queries
from tests.helpers.ledger import Ledger, ledger
from tests.helpers.vaults import new_store

TODAY = date(2026, 11, 22)


@pytest.fixture
def book(store) -> Ledger:
    return ledger(store)


def codes(refused) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def composed(book: Ledger, party: str):
    return book.store.read(papers.paper, action_lists.wanted(book.forum.party_ids[party]), book.store.clock.now())


def lines(document) -> list[tuple[str, str]]:
    return [(action.case_number, action.what) for section in document.sections for action in section.actions]


def test_a_party_gets_what_it_answers_for_by_number(store, book):
    document = composed(book, "FK")
    assert lines(document) == [
        ("RF-2026-001", "boka avstämningsmöte"), ("RF-2026-002", "lämna besked om perioden"), ("", "skicka de nya blanketterna"),
    ]
    assert [action.days_late for action in document.sections[0].actions] == [5, 40, 0]
    assert document.sections[0].controller == "Vara kommun, kommunstyrelsen"


def test_consent_is_tested_on_the_day(store, book):
    fk = book.forum.party_ids["FK"]
    consent.withdraw(store, book.forum.case_ids[0], [fk])
    assert lines(composed(book, "FK")) == [("RF-2026-002", "lämna besked om perioden"), ("", "skicka de nya blanketterna")]
    assert store.read(action_lists.left_out, fk, TODAY).without_consent == 1


def test_a_consent_for_other_kinds_gives_no_action(store, book):
    fk, other = book.forum.party_ids["FK"], cases.open_case(store, book.forum.series_id, "Nils", "Grahn")
    consent.give(store, other, [fk], TODAY, TODAY + timedelta(days=30), kinds=frozenset({InformationKind.SICK_LEAVE}))
    book.forum.case_ids.append(other)
    book.add("uncovered", 3, "ringa", TODAY, party_id=fk)
    assert "ringa" not in [what for _, what in lines(composed(book, "FK"))]


def test_protected_identity_stands_in_no_list(store, book):
    cases.set_protected(store, book.forum.case_ids[0], True)
    assert [number for number, _ in lines(composed(book, "FK"))] == ["RF-2026-002", ""]
    assert store.read(action_lists.left_out, book.forum.party_ids["FK"], TODAY).protected == 1


@pytest.mark.parametrize("what", ["ring Maria Strömbäck", "hör med Maria om tiden", "ring Johan Ekegren", "samma som RF-2026-002"])
def test_words_that_name_a_participant_are_left_out_whole(store, book, what):
    book.add("names", 0, what, TODAY, party_id=book.forum.party_ids["FK"])
    assert ("RF-2026-001", "") in lines(composed(book, "FK"))
    assert what not in str(composed(book, "FK"))


def test_no_name_is_in_the_document_whoever_reads_it(store, book):
    for party in ("FK", "HR"):
        assert not any(name in str(composed(book, party)) for name in ("Maria", "Strömbäck", "Johan", "Ekegren", "Wioletta"))


def test_a_sensitive_party_has_no_list(store, book):
    assert book.clinic_id not in [offer.reader.party_id for offer in store.read(action_lists.offers, TODAY)]
    with pytest.raises(Refused) as refused:
        store.read(papers.paper, action_lists.wanted(book.clinic_id), store.clock.now())
    assert codes(refused) == ["actions.sensitive_party"]


@pytest.mark.parametrize(
    ("reader", "code"),
    [
        (Reader(ReaderKind.ANYBODY), "paper.unknown"),
        (Reader(ReaderKind.FILE), "paper.unknown"),
        (Reader(ReaderKind.PARTY, 999), "party.gone"),
    ],
)
def test_nobody_else_gets_one(store, book, reader, code):
    with pytest.raises(Refused) as refused:
        store.read(papers.paper, Wanted(PaperKind.ACTION_LIST, reader), store.clock.now())
    assert codes(refused) == [code]


def test_nothing_to_tell_is_said(store, book):
    with pytest.raises(Refused) as refused:
        composed(book, "AF")
    assert codes(refused) == ["actions.nothing_to_list"]


def test_the_workbook_holds_the_same_and_is_remembered(store, book, tmp_path):
    fk = book.forum.party_ids["FK"]
    book.add("formula", 0, "=HYPERLINK(\"http://x\")", TODAY, party_id=fk)
    path = tmp_path / "lista.xlsx"
    action_lists.save_sheet(store, fk, path)
    rows = list(load_workbook(io.BytesIO(path.read_bytes())).active.iter_rows(values_only=True))
    assert rows[0] == ("Ärende", "Åtgärd", "Senast", "Dagar sen", "Forum", "Personuppgiftsansvarig")
    assert [row[0] for row in rows[1:]] == ["RF-2026-001", "RF-2026-001", "RF-2026-002", "Allmänt"]
    assert rows[1][2].date() == TODAY - timedelta(days=5)
    assert rows[1][3] == 5
    assert rows[2][1].startswith("'=")
    (kept,) = store.read(queries.files_not_gone)
    assert (kept.paper, kept.party_id, kept.medium) == (PaperKind.ACTION_LIST, fk, Medium.FILE)
    hand_outs.file_is_gone(store, kept.id)
    assert store.read(queries.files_not_gone) == ()


def test_a_workbook_that_cannot_be_written_leaves_no_hand_out(store, book, tmp_path):
    with pytest.raises(Refused) as refused:
        action_lists.save_sheet(store, book.forum.party_ids["FK"], tmp_path / "finns inte" / "lista.xlsx")
    assert codes(refused) == ["paper.file_not_written"]
    assert store.read(queries.files_not_gone) == ()


def test_a_list_that_waits_is_made_anew_when_it_is_sent(store, book):
    fk = book.forum.party_ids["FK"]
    copy = hand_outs.queue_paper(store, action_lists.wanted(fk))
    consent.withdraw(store, book.forum.case_ids[1], [fk])
    assert [number for number, _ in lines(hand_outs.send(store, copy))] == ["RF-2026-001", ""]


def test_its_file_is_called_by_the_party_and_the_day(store, book):
    assert paper_files.suggested_name(composed(book, "FK"), "sv") == "öppna åtgärder Försäkringskassan 2026-11-22.pdf"


@settings(max_examples=15)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from(["give", "withdraw"]), st.integers(0, 2), st.sampled_from(["FK", "HR"]), st.sets(st.sampled_from(InformationKind), min_size=1)),
        max_size=6,
    )
)
def test_no_list_ever_holds_a_case_that_is_not_covered(list_book, moves):
    """Whatever has been consented to and withdrawn."""
    book = list_book
    for move, case, party, kinds in moves:
        case_id, party_id = book.forum.case_ids[case], book.forum.party_ids[party]
        if move == "give":
            consent.give(book.store, case_id, [party_id], TODAY, TODAY + timedelta(days=90), kinds=frozenset(kinds))
        else:
            with suppress(Refused):
                consent.withdraw(book.store, case_id, [party_id])
    rules = book.store.read(consent_queries.rules)
    for party in ("FK", "HR"):
        covered = {
            f"RF-2026-00{place + 1}"
            for place, case_id in enumerate(book.forum.case_ids)
            if InformationKind.PLANNED_MEASURES in kinds_covered(rules, case_id, book.forum.party_ids[party], TODAY)
        }
        try:
            told = {number for number, _ in lines(composed(book, party)) if number}
        except Refused:
            told = set()
        assert told <= covered


@pytest.fixture(scope="module")
def list_book(tmp_path_factory):
    with new_store(tmp_path_factory.mktemp("lists") / "L.rehabdesk") as opened:
        yield ledger(opened)


def test_a_list_that_was_given_is_among_what_the_party_has_received(store, book, tmp_path):
    """Whoever withdraws is told of it, and the party is told what it had got."""
    fk, (first, second, third) = book.forum.party_ids["FK"], book.forum.case_ids
    action_lists.save_sheet(store, fk, tmp_path / "lista.xlsx")
    (copy,) = store.read(queries.files_not_gone)
    assert [store.read(consent_queries.received_by_name, case, fk) for case in (first, second, third)] == [(copy.id,), (copy.id,), ()]
    assert store.read(consent_queries.received_by_name, first, book.forum.party_ids["HR"]) == ()
