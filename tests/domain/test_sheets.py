"""Frozen sheets: canonical, read back whole, and noticed when changed; and which block goes to whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.consent import Consent, InformationKind
from rehabdesk.domain.forum import ItemKind, Outcome
from rehabdesk.domain.minutes import KINDS, FrozenItem, Setting, blocks_for_party, extract_for, may_read, parties_reading, summary_for
from rehabdesk.domain.papers import Letterhead, Questions
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.sheets import (
    Block,
    CorrectionSheet,
    GeneralSheet,
    Sheet,
    SheetAction,
    SheetAgreement,
    SheetParty,
    SheetPresent,
    canonical,
    digest,
    digest_of_minutes,
    read_correction,
    read_general,
    read_sheet,
)

DAY = date(2026, 11, 24)
WORDS = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=40)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
PRESENT = st.builds(SheetPresent, WORDS, WORDS, WORDS)
ACTIONS = st.builds(
    SheetAction, st.integers(1, 99), WORDS, st.none() | st.integers(1, 5), WORDS, WORDS, st.booleans(), st.none() | DAYS, st.just("open"), st.just("")
)
SHEETS = st.builds(
    Sheet,
    item_id=st.integers(1, 99),
    session_id=st.integers(1, 99),
    session_on=DAYS,
    paragraph=st.none() | st.integers(1, 500),
    kind=st.sampled_from(ItemKind),
    title=WORDS,
    case_id=st.none() | st.just(7),
    case_number=WORDS,
    participant_name=WORDS,
    question=WORDS,
    background=WORDS,
    discussion=WORDS,
    agreements=st.lists(st.builds(SheetAgreement, WORDS, WORDS), max_size=3).map(tuple),
    actions=st.lists(ACTIONS, max_size=3).map(tuple),
    earlier_actions=st.lists(ACTIONS, max_size=3).map(tuple),
    participant_view=WORDS,
    participant_agrees=st.none() | st.booleans(),
    wants_whole_item=st.booleans(),
    outcome=st.sampled_from(Outcome),
    next_on=st.none() | DAYS,
    next_start=st.just("13:00"),
    next_place=WORDS,
    called=st.lists(st.builds(SheetParty, st.integers(1, 5), WORDS, st.booleans()), max_size=4, unique_by=lambda p: p.party_id).map(tuple),
    present=st.lists(PRESENT, max_size=2).map(tuple),
    sought_case_ids=st.lists(st.integers(1, 99), max_size=3).map(tuple),
    harmless=st.lists(st.tuples(st.integers(1, 99), WORDS), max_size=2).map(tuple),
)
CONSENTS = st.lists(
    st.builds(
        Consent,
        st.sampled_from([7, 8]),
        st.integers(1, 5),
        DAYS,
        DAYS,
        st.frozensets(st.sampled_from(InformationKind)),
        st.none() | DAYS,
    ),
    max_size=6,
)
SETTING = Setting(Letterhead("Vara kommun", "Rehabforum", "Vara kommun, kommunstyrelsen"), Questions("Samordnare", "Karin", "1"))


@given(SHEETS)
def test_a_sheet_reads_back_as_it_was(sheet: Sheet) -> None:
    assert read_sheet(canonical(sheet)) == sheet


def test_the_general_part_and_a_correction_read_back() -> None:
    general = GeneralSheet(1, DAY, 4, "Rehabforum", "13:00", "15:30", "Vara", "Karin", "Karin", (SheetPresent("E", "f", "FK"),), ("",), ())
    assert read_general(canonical(general)) == general
    correction = CorrectionSheet(3, DAY, Block.AGREEMENTS, "Rätt dag är måndag.", (1, 2))
    assert read_correction(canonical(correction)) == correction
    with pytest.raises(ValueError, match="not a Sheet"):
        read_sheet(canonical(general))


@given(SHEETS, st.binary(min_size=32, max_size=32), st.integers(0, 10_000))
def test_any_changed_character_changes_the_digest(sheet: Sheet, salt: bytes, place: int) -> None:
    content = canonical(sheet)
    place %= len(content)
    changed = content[:place] + ("x" if content[place] != "x" else "y") + content[place + 1 :]
    assert digest(changed, salt) != digest(content, salt)
    assert digest(content, bytes(32)) != digest(content, b"\1" + bytes(31))


def test_the_digest_of_minutes_hangs_on_the_order_of_sheets() -> None:
    assert digest_of_minutes(("a", "b")) != digest_of_minutes(("b", "a"))


@pytest.mark.parametrize("block", list(Block))
def test_a_block_without_kinds_goes_to_no_party(block: Block) -> None:
    everything = frozenset(InformationKind)
    assert may_read(block, everything) is (KINDS[block] is not None)
    assert not may_read(block, frozenset())


def test_background_discussion_and_her_own_view_have_no_kind() -> None:
    assert {block for block in Block if KINDS[block] is None} == {Block.BACKGROUND, Block.DISCUSSION, Block.PARTICIPANT_VIEW}


@given(SHEETS, CONSENTS, DAYS)
def test_a_party_reads_only_under_its_own_live_consent_for_every_kind(sheet: Sheet, consents: list[Consent], today: date) -> None:
    for party_id in range(1, 6):
        blocks = blocks_for_party(sheet, party_id, consents, today)
        live: set[InformationKind] = set()
        for consent in consents:
            mine = (consent.case_id, consent.party_id) == (sheet.case_id, party_id)
            if mine and consent.withdrawn_on is None and consent.valid_from <= today <= consent.valid_until:
                live |= consent.kinds
        for block in blocks:
            assert sheet.kind is ItemKind.CASE
            assert party_id in {called.party_id for called in sheet.called}
            assert KINDS[block] is not None
            assert KINDS[block] <= live
        if not blocks:
            with pytest.raises(Refused):
                extract_for(party_id, FrozenItem(sheet), consents, today, SETTING)
        else:
            assert party_id in parties_reading(sheet, consents, today)


def _sheet() -> Sheet:
    return Sheet(
        item_id=1, session_id=1, session_on=DAY, paragraph=44, kind=ItemKind.CASE, title="", case_id=7, case_number="RF-2026-014",
        participant_name="Maria S", question="Vad krävs?", background="hemlig bakgrund", discussion="hemlig diskussion",
        agreements=(SheetAgreement("Maria prövar två halvdagar.", "Du prövar två halvdagar."), SheetAgreement("Chefen planerar.")),
        actions=(
            SheetAction(1, "Boka möte", 1, "Försäkringskassan", "Eva Holm", False, DAY, "open"),
            SheetAction(2, "Ringa", None, "", "", True, None, "open"),
        ),
        earlier_actions=(
            SheetAction(3, "Gammal klar", 1, "Försäkringskassan", "", False, DAY, "done", "done"),
            SheetAction(4, "Gammal öppen", 1, "Försäkringskassan", "", False, DAY, "open", "moved"),
        ),
        participant_view="Det känns bra.", participant_agrees=True, wants_whole_item=False, outcome=Outcome.AGREED,
        next_on=DAY + timedelta(days=28), next_start="13:00", next_place="Vara", called=(SheetParty(1, "Försäkringskassan", True),),
        present=(), sought_case_ids=(7, 8),
    )  # fmt: skip


def test_the_summary_takes_her_line_where_there_is_one_and_leaves_out_what_is_done() -> None:
    summary = summary_for(FrozenItem(_sheet()), SETTING, ("Försäkringskassan",))
    assert summary.agreements == ("Du prövar två halvdagar.", "Chefen planerar.")
    assert [action.what for action in summary.actions] == ["Boka möte", "Ringa", "Gammal öppen"]
    assert summary.own_view == "Det känns bra."
    assert summary.next_time is not None
    assert summary.next_time.start == "13:00"


def test_a_correction_of_a_hidden_block_does_not_reach_a_party() -> None:
    consents = [Consent(7, 1, DAY, DAY, frozenset({InformationKind.PLANNED_MEASURES}))]
    corrections = (CorrectionSheet(1, DAY, Block.DISCUSSION, "hemlig"), CorrectionSheet(1, DAY, Block.QUESTION, "öppen"))
    item = FrozenItem(_sheet(), corrections)
    extract = extract_for(1, item, consents, DAY, SETTING)
    assert [line.text for line in extract.corrections] == ["öppen"]
    assert [action.what for action in extract.actions] == ["Boka möte", "Gammal öppen"]
    assert len(summary_for(item, SETTING, ()).corrections) == 2
