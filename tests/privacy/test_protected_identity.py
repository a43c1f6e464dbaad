"""Protected identity, everywhere (`product.md` rule 7): every paper, list, search and export of a case with every field filled.

The case begins as anybody's, with real name, number and workplace; then she is marked as protected. From there on none of that is
found anywhere, her alias only where she herself or a party with her consent reads it, and no list of several people holds her.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from rehabdesk.commands import paper_jobs
from rehabdesk.documents import catalogue
from rehabdesk.domain.cases import BroughtBy, CaseText, Opening, RepresentativeKind
from rehabdesk.domain.consent import InformationKind, Terms
from rehabdesk.domain.exports import ListColumn, ListRow
from rehabdesk.domain.forum import Outcome, Presence
from rehabdesk.domain.hand_outs import ANYBODY, FILE, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import Document, PaperKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.plans import PlanText
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.domain.problems import Refused
from rehabdesk.services import (
    action_lists,
    case_papers,
    cases,
    circumstances,
    consent,
    exports,
    hand_outs,
    notes,
    papers,
    parties,
    plans,
    search,
    sick_leave,
)
from rehabdesk.services.forum import actions, agenda, meeting, presence, sessions, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.services.notes import NewNote
from rehabdesk.services.paper_offers import offers, offers_of_case, offers_of_round
from rehabdesk.services.prerehab import attendance, attendance_papers
from rehabdesk.store.queries import calls, consent as consent_queries, hand_outs as hand_out_queries, timeline
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries.forum import actions as action_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.prerehab import occasions
from rehabdesk.store.store import Store
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum

ALIAS = "Björkris"
REAL = ("Xantippa", "Qvarnström")
NUMBER = "900602-2397"
NUMBERS = (NUMBER, "199006022397", "9006022397", "2397")
WORKPLACE = ("Hemliga Bageriet", "Sölveig", "Bagarsson", "Degblandare")
#: What is nowhere after she has been marked as protected.
SECRETS = (*REAL, *NUMBERS, *WORKPLACE)
#: Papers that list several people, or that anybody reads.
OF_SEVERAL = (
    PaperKind.ACTION_SLIP, PaperKind.ACTION_LIST, PaperKind.HAND_OVER, PaperKind.PREPARATION, PaperKind.SIGN_IN, PaperKind.SPARE,
    PaperKind.ROUND_LIST, PaperKind.ATTENDANCE, PaperKind.ROUND_REPORT,
)  # fmt: skip
#: Papers that go by letter.
LETTERS = (PaperKind.CALL, PaperKind.OFFER, PaperKind.OFFER_REMINDER, PaperKind.REFUSAL)
#: Papers of a round, or of a claim on a place in it.
OF_A_ROUND = tuple(PaperKind)[list(PaperKind).index(PaperKind.ROUND_LIST) :]


@dataclass(slots=True)
class Protected:
    """The forum with two ordinary cases, and the protected one."""

    forum: Forum
    case_id: int
    number: str
    session_id: int = 0
    item_id: int = 0

    @property
    def store(self) -> Store:
        return self.forum.store


@pytest.fixture
def before(store: Store) -> Protected:
    """An ordinary case with every field filled, about somebody nobody has marked yet."""
    forum = small_forum(store, cases_count=2)
    baker = parties.add_organisation(store, WORKPLACE[0], OrganisationKind.COMPANY)
    unit = parties.add_party(store, baker, "", PartyKind.EMPLOYER)
    contact = parties.add_contact(store, unit, given_name=WORKPLACE[1], surname=WORKPLACE[2], function="bagare")
    opening = Opening(party_id=unit, contact_id=contact, brought_by=BroughtBy.PARTY, why_now="Ny läkare", question="Vad behövs för att komma åter?")
    case_id = cases.open_case(store, forum.series_id, *REAL, NUMBER, contact, opening=opening)
    for field, words in (
        (CaseText.REGISTRATION_NUMBER, "KS 2026/114"), (CaseText.KEPT_WHERE, "Rum 12"), (CaseText.INTERPRETER_LANGUAGE, "arabiska"),
        (CaseText.ACCESSIBILITY_NEEDS, "Hiss"), (CaseText.SAFE_CONTACT, "Genom socialtjänsten"),
    ):  # fmt: skip
        cases.change_text(store, case_id, field, words)
    circumstances.add_representative(store, case_id, next(iter(RepresentativeKind)), "Ombud Olsson", "0512-123 45")
    plans.change_text(store, case_id, PlanText.PRESENT_WORK, WORKPLACE[3])
    plans.change_text(store, case_id, PlanText.CAN_DO, "Sitta en timme")
    plans.add_goal(store, case_id, "Arbeta halva dagar")
    sick_leave.add_period(store, case_id, store.clock.today() - timedelta(days=40))
    return Protected(forum, case_id, store.read(case_queries.case, case_id, store.clock.today()).number)


@pytest.fixture
def protected(before: Protected) -> Protected:
    """The same case, marked as protected, at a meeting with the others and afterwards."""
    store, forum, case_id = before.store, before.forum, before.case_id
    mark(before)
    today = store.clock.today()
    kinds = frozenset(InformationKind)
    consent.register(
        store, case_id, {forum.party_ids[key]: kinds for key in ("FK", "VC")}, Terms(today, today + timedelta(days=20)),
    )  # fmt: skip
    notes.write_note(store, case_id, NewNote("Ringde enligt överenskommelse.", today, party_id=forum.party_ids["FK"]))
    before.session_id = forum.session_id
    before.item_id = agenda.add_case_item(store, forum.session_id, case_id, forum.party_ids.values())
    later = sessions.plan_session(store, forum.series_id, SessionPlan(today + timedelta(days=28), "13:00", "15:30", "Lundsal"))
    agenda.add_case_item(store, later, case_id, forum.party_ids.values())
    agenda.add_case_item(store, later, forum.case_ids[0], forum.party_ids.values())
    forum.start()
    for item_id in (*forum.item_ids, before.item_id):
        meeting.open_item(store, item_id)
        meeting.set_participant_presence(store, item_id, Presence.HERE)
        meeting.add_agreement(store, item_id, "Vi ses igen.")
        actions.add_action(store, item_id, NewAction("boka tid", party_id=forum.party_ids["FK"], due_on=today + timedelta(days=3)))
        sheets.freeze(store, item_id, Ending(Outcome.AGREED))
    take_part(before)
    return before


def take_part(case: Protected) -> None:
    """She and another come to a round that the clinic supplies; both are offered a place elsewhere, where a third waits."""
    store, today, others = case.store, case.store.clock.today(), case.forum.case_ids
    running = make_round(store, make_programme(store, case.forum.party_ids["VC"]), today - timedelta(days=5))
    for place, case_id in enumerate((case.case_id, others[0]), 1):
        make_claim(store, running, case_id, place, BookingState.STARTED)
    first, *_ = store.read(occasions.of_round, running)
    attendance.mark_all(store, first.id)
    full = make_round(store, make_programme(store, name="Skog", slug="skog"), today + timedelta(days=30), places=2)
    for place, case_id in enumerate((case.case_id, others[0]), 1):
        make_claim(store, full, case_id, place, BookingState.OFFERED)
    make_claim(store, full, others[1], 0, BookingState.REGISTERED)


def mark(case: Protected) -> None:
    """What the coordinator does when she is told: takes away number and workplace, writes the alias, and ticks."""
    store = case.store
    cases.set_identity_number(store, case.case_id, "")
    cases.set_employer_contact(store, case.case_id, None)
    cases.set_bringer(store, case.case_id, BroughtBy.PARTICIPANT)
    cases.change_text(store, case.case_id, CaseText.GIVEN_NAME, ALIAS)
    cases.change_text(store, case.case_id, CaseText.SURNAME, "")
    plans.change_text(store, case.case_id, PlanText.PRESENT_WORK, "")
    cases.set_protected(store, case.case_id, True)


def every_paper(case: Protected) -> list[tuple[Wanted, Document]]:
    """All that is offered about the session, the case and the parties, and what could be asked for past every offer."""
    store, today = case.store, case.store.clock.today()
    sessions_of = store.read(lambda c: c.execute(text("SELECT id FROM forum_session")).scalars().all())
    wanted = [one.wanted for session_id in sessions_of for one in store.read(offers, session_id, today)]
    wanted += [one.wanted for one in store.read(offers_of_case, case.case_id, today)]
    wanted += [one.wanted for one in store.read(case_papers.offers, today)]
    wanted += [one.wanted for one in store.read(action_lists.offers, today)]
    readers = [ANYBODY, FILE, Reader(ReaderKind.FILE, case_id=case.case_id), Reader(ReaderKind.PARTICIPANT, case_id=case.case_id)]
    readers += [Reader(ReaderKind.PARTY, party_id, case_id) for party_id in case.forum.party_ids.values() for case_id in (None, case.case_id)]
    wanted += [Wanted(kind, reader, session_id) for kind in PaperKind for reader in readers for session_id in (case.session_id, None)]
    def ids(table: str) -> list[int]:
        return store.read(lambda c: c.execute(text(f"SELECT id FROM {table}")).scalars().all())

    wanted += [one.wanted for round_id in ids("round") for one in store.read(offers_of_round, round_id, today)]
    wanted += [
        Wanted(kind, reader, round_id=round_id, booking_id=booking_id)
        for kind in OF_A_ROUND for reader in readers for round_id in ids("round") for booking_id in (None, *ids("booking"))
    ]  # fmt: skip
    found: dict[Wanted, Document] = {}
    for one in dict.fromkeys(wanted):
        try:
            found[one] = store.read(papers.paper, one, store.clock.now())
        except Refused:
            # Kinds and readers that do not go together are nobody's paper.
            continue
    return list(found.items())


def secrets_in(told: object, secrets: tuple[str, ...] = SECRETS) -> list[str]:
    return [secret for secret in secrets if secret.casefold() in repr(told).casefold()]


# Marking


def test_number_and_workplace_go_first_and_cannot_come_back(before: Protected) -> None:
    store, case_id = before.store, before.case_id
    contact = store.read(case_queries.case, case_id, store.clock.today()).employer_contact_id
    background = store.read(case_queries.background, case_id)
    for code, put_right in (
        (r"case\.protected_has_number", lambda: cases.set_identity_number(store, case_id, "")),
        (r"protected\.workplace", lambda: cases.set_employer_contact(store, case_id, None)),
        (r"protected\.brought_by_employer", lambda: cases.set_bringer(store, case_id, BroughtBy.PARTICIPANT)),
    ):
        with pytest.raises(Refused, match=code):
            cases.set_protected(store, case_id, True)
        put_right()
    cases.set_protected(store, case_id, True)
    for code, again in (
        (r"case\.protected_has_number", lambda: cases.set_identity_number(store, case_id, NUMBER)),
        (r"protected\.workplace", lambda: cases.set_employer_contact(store, case_id, contact)),
        (r"protected\.brought_by_employer", lambda: cases.set_bringer(store, case_id, BroughtBy.PARTY, background.party_id)),
        (r"protected\.present_work", lambda: plans.change_text(store, case_id, PlanText.PRESENT_WORK, "Bakar")),
    ):
        with pytest.raises(Refused, match=code):
            again()
    with pytest.raises(Refused, match=r"case\.protected_has_number"):
        cases.open_case(store, before.forum.series_id, "Lind", "", NUMBER, is_protected=True)
    with pytest.raises(Refused, match=r"protected\.workplace"):
        cases.open_case(store, before.forum.series_id, "Lind", employer_contact_id=contact, is_protected=True)


def test_no_step_back_leads_behind_it(before: Protected) -> None:
    mark(before)
    assert before.store.undo_label is None
    assert before.store.undo() is None


def test_nothing_in_the_vault_holds_name_or_number_any_more(protected: Protected) -> None:
    def everything(connection) -> list[tuple]:
        tables = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")).scalars().all()
        return [(table, *row) for table in tables for row in connection.execute(text(f'SELECT * FROM "{table}"'))]

    rows = protected.store.read(everything)
    assert secrets_in(rows, (*REAL, *NUMBERS[:3])) == []
    # The workplace stays among the contacts, and nothing leads there from the case.
    assert [row[0] for row in rows if secrets_in(row, WORKPLACE[:3])] == ["organisation", "party", "contact"]
    assert secrets_in(protected.store.read(case_queries.case, protected.case_id, protected.store.clock.today())) == []


# Papers


def test_no_paper_tells_name_number_or_workplace(protected: Protected, texts) -> None:
    made = every_paper(protected)
    assert {wanted.paper for wanted, _ in made} >= set(PaperKind) - {PaperKind.CALL, PaperKind.WITHDRAWAL_NOTICE}
    for wanted, document in made:
        assert secrets_in(document) == [], wanted
        assert secrets_in(catalogue.file_name(document, texts), (*SECRETS, ALIAS)) == [], wanted


def test_the_alias_stands_only_where_she_or_a_party_with_her_consent_reads_it(protected: Protected) -> None:
    covered = {protected.forum.party_ids[key] for key in ("FK", "VC")}
    seen = set()
    for wanted, document in every_paper(protected):
        if not secrets_in(document, (ALIAS,)):
            continue
        seen.add(wanted.paper)
        reader = wanted.reader
        own = reader.case_id == protected.case_id and reader.kind in (ReaderKind.PARTICIPANT, ReaderKind.FILE)
        # The complete minutes are for the file alone.
        complete = wanted.paper is PaperKind.MINUTES and reader.kind is ReaderKind.FILE
        assert own or complete or (reader.kind is ReaderKind.PARTY and reader.party_id in covered), wanted
    assert {PaperKind.EXTRACT, PaperKind.AGENDA, PaperKind.MINUTES} <= seen


def test_no_list_of_several_people_holds_the_case(protected: Protected) -> None:
    made = [(wanted, document) for wanted, document in every_paper(protected) if wanted.paper in OF_SEVERAL]
    assert {wanted.paper for wanted, _ in made} == set(OF_SEVERAL)
    for wanted, document in made:
        if wanted.paper is PaperKind.PREPARATION and wanted.reader.case_id == protected.case_id:
            # A sheet of its own, from hand to hand.
            continue
        assert secrets_in(document, (ALIAS, protected.number)) == [], wanted


def test_a_partys_agenda_lists_several_and_so_not_her(protected: Protected) -> None:
    agendas = [(wanted, document) for wanted, document in every_paper(protected) if wanted.paper is PaperKind.AGENDA]
    holding = [wanted.reader.kind for wanted, document in agendas if secrets_in(document, (ALIAS, protected.number))]
    assert ReaderKind.PARTY not in holding and ReaderKind.PARTICIPANT in holding
    assert any(secrets_in(document, ("Strömbäck",)) for wanted, document in agendas if wanted.reader.kind is ReaderKind.PARTY)


def test_no_letter_is_made(protected: Protected) -> None:
    written = {(wanted.paper, wanted.reader.case_id) for wanted, _ in every_paper(protected) if wanted.paper in LETTERS}
    first, second = protected.forum.case_ids
    assert written == {
        (PaperKind.CALL, first), (PaperKind.OFFER, first), (PaperKind.OFFER_REMINDER, first), (PaperKind.REFUSAL, second),
    }  # fmt: skip


def test_her_own_days_are_handed_over_and_are_no_calendar(protected: Protected) -> None:
    own = [document for wanted, document in every_paper(protected) if wanted.paper is PaperKind.OCCASIONS and wanted.reader.case_id == protected.case_id]
    assert own and all(document.is_protected for document in own)
    for document in own:
        with pytest.raises(Refused, match=r"occasions\.no_calendar"):
            attendance_papers.as_calendar(document, "sv")


def test_a_place_of_hers_stands_on_a_rounds_list_as_a_free_one_does(protected: Protected) -> None:
    lists = [(wanted, document) for wanted, document in every_paper(protected) if wanted.paper in (PaperKind.ROUND_LIST, PaperKind.ATTENDANCE)]
    assert {wanted.reader.kind for wanted, _ in lists} == {ReaderKind.FILE, ReaderKind.PARTY}
    for _, document in lists:
        hers = next(line for line in document.lines if line.place_number == 1)
        free = next(line for line in document.lines if line.place_number == 2 + (document.round.title == "Grön prerehab 1"))
        if document.round.title == "Grön prerehab 1":
            assert replace(hers, place_number=0) == replace(free, place_number=0)
        else:
            assert (hers.name, hers.case_number) == ("", "")


def test_never_in_print_for_everyone_nor_in_all_on_the_command_line(protected: Protected) -> None:
    store = protected.store
    queued = hand_outs.queue_for_those_here(store, protected.session_id)
    assert queued
    assert all(row.case_id != protected.case_id for row in store.read(hand_out_queries.by_ids, queued))
    mine = store.read(hand_out_queries.of_case, protected.case_id)
    assert mine and all(row.reader is ReaderKind.PARTY and row.is_later for row in mine)
    for kind in (PaperKind.MINUTES, PaperKind.AGENDA):
        asked = paper_jobs.Asked(protected.session_id, "all")
        assert all(job.reader.case_id != protected.case_id for job in paper_jobs.jobs(store, kind, asked))
        assert paper_jobs.left_out(store, kind, asked) == 1
    one = paper_jobs.Asked(protected.session_id, f"case:{protected.number}")
    assert [job.reader.case_id for job in paper_jobs.jobs(store, PaperKind.MINUTES, one)] == [protected.case_id]


def test_a_notice_of_withdrawal_waits_to_be_handed_over(protected: Protected) -> None:
    store, party = protected.store, protected.forum.party_ids["FK"]
    extract = next(row for row in store.read(hand_out_queries.of_case, protected.case_id) if row.party_id == party)
    hand_outs.keep_for_later(store, [extract.id], later=False)
    hand_outs.send(store, extract.id)
    hand_outs.give(store, [extract.id])
    (notice,) = consent.withdraw(store, protected.case_id, [party]).notices
    (row,) = store.read(hand_out_queries.by_ids, [notice])
    assert (row.paper, row.is_later) == (PaperKind.WITHDRAWAL_NOTICE, True)
    assert notice not in [one.id for one in store.read(hand_out_queries.to_print)]


@pytest.fixture
def marked_late(before: Protected) -> Protected:
    """She was at a meeting under her own name, and her sheet was frozen, before anybody marked her."""
    store, forum = before.store, before.forum
    today = store.clock.today()
    consent.give(store, before.case_id, [forum.party_ids["FK"]], today, today + timedelta(days=90))
    before.session_id, before.item_id = forum.session_id, agenda.add_case_item(store, forum.session_id, before.case_id, forum.party_ids.values())
    forum.start()
    return before


def frozen_and_marked(case: Protected, agreement: str) -> list[tuple[Wanted, Document]]:
    """Every paper there is of a meeting that was before the mark."""
    meeting.open_item(case.store, case.item_id)
    meeting.add_agreement(case.store, case.item_id, agreement)
    sheets.freeze(case.store, case.item_id, Ending(Outcome.AGREED))
    mark(case)
    return [(wanted, document) for wanted, document in every_paper(case) if wanted.session_id is not None]


def test_what_was_frozen_under_her_own_name_is_printed_under_her_alias(marked_late: Protected) -> None:
    made = frozen_and_marked(marked_late, "Vi ses igen.")
    assert {PaperKind.EXTRACT, PaperKind.SUMMARY, PaperKind.MINUTES} <= {wanted.paper for wanted, _ in made}
    for wanted, document in made:
        assert secrets_in(document, (*REAL, *NUMBERS)) == [], wanted


@pytest.mark.parametrize("words", ["Xantippa ringer.", "Fru Qvarnström ringer.", "Som Xantippa Qvarnström vill."])
def test_what_says_her_own_name_in_its_words_is_not_printed_again(marked_late: Protected, words: str) -> None:
    made = frozen_and_marked(marked_late, words)
    assert {PaperKind.EXTRACT, PaperKind.SUMMARY}.isdisjoint(wanted.paper for wanted, _ in made if wanted.reader.case_id == marked_late.case_id)
    wanted = Wanted(PaperKind.EXTRACT, Reader(ReaderKind.PARTY, marked_late.forum.party_ids["FK"], marked_late.case_id), marked_late.session_id)
    with pytest.raises(Refused, match=r"protected\.name_in_finished"):
        marked_late.store.read(papers.paper, wanted, marked_late.store.clock.now())


def test_her_alias_may_stand_in_what_is_agreed(marked_late: Protected) -> None:
    store = marked_late.store
    mark(marked_late)
    meeting.open_item(store, marked_late.item_id)
    meeting.add_agreement(store, marked_late.item_id, f"{ALIAS} ringer.")
    sheets.freeze(store, marked_late.item_id, Ending(Outcome.AGREED))
    wanted = Wanted(PaperKind.EXTRACT, Reader(ReaderKind.PARTY, marked_late.forum.party_ids["FK"], marked_late.case_id), marked_late.session_id)
    assert store.read(papers.paper, wanted, store.clock.now()).agreements == (f"{ALIAS} ringer.",)


# Lists, search, export


def test_no_list_in_the_window_tells_name_number_or_workplace(protected: Protected) -> None:
    store, today = protected.store, protected.store.clock.today()
    lists = (
        store.read(case_queries.cases, today),
        store.read(case_queries.known_people),
        store.read(case_queries.person_names),
        store.read(case_queries.background, protected.case_id),
        store.read(action_queries.actions),
        store.read(calls.unanswered, today),
        store.read(consent_queries.running_out, today, today + timedelta(days=60)),
        store.read(timeline.of_case, protected.case_id, today),
        store.read(sick_leave.plan_duties, today),
        store.read(hand_out_queries.of_case, protected.case_id),
        store.read(presence_queries.attendees, protected.session_id),
    )
    for rows in lists:
        assert secrets_in(rows, (*REAL, *NUMBERS[:3], *WORKPLACE[:1], WORKPLACE[3])) == []


@pytest.mark.parametrize("sought", [*REAL, NUMBER, "199006022397", "Degblandare"])
def test_search_finds_nobody_by_what_was_taken_away(protected: Protected, texts, sought: str) -> None:
    found = protected.store.read(search.search, sought, texts, protected.store.clock.today())
    assert [one for one in found if one.kind is search.FoundKind.CASE] == []


@pytest.mark.parametrize("sought", [ALIAS, "RF-2026"])
def test_search_shows_the_number_alone(protected: Protected, texts, sought: str) -> None:
    found = protected.store.read(search.search, sought, texts, protected.store.clock.today())
    mine = [one for one in found if one.kind is search.FoundKind.CASE and one.id == protected.case_id]
    assert [(one.title, one.subtitle) for one in mine] == [(protected.number, "")]


def test_the_picture_of_ageing_does_not_count_her(protected: Protected) -> None:
    """Three people's actions for one party: two are counted."""
    counted = [row for row in protected.store.read(action_queries.open_of_parties) if row.party_id == protected.forum.party_ids["FK"]]
    assert len(counted) == 2


def test_an_export_leaves_the_case_out_and_says_so(protected: Protected, tmp_path: Path) -> None:
    store = protected.store
    rows = [ListRow(row.id, (row.number, row.full_name)) for row in store.read(case_queries.cases, store.clock.today())]
    file = tmp_path / "lista.csv"
    assert exports.save_cases(store, file, (ListColumn("number", "Nummer"), ListColumn("name", "Namn")), rows, with_names=True).left_out == 1
    assert secrets_in(file.read_text(encoding="utf-8-sig"), (*SECRETS, ALIAS, protected.number)) == []
    party = protected.forum.party_ids["FK"]
    assert store.read(action_lists.left_out, party, store.clock.today()).protected == 1
    action_lists.save_sheet(store, party, tmp_path / "lista.xlsx")
    from rehabdesk.exchange.table_file import read_table

    assert secrets_in(read_table((tmp_path / "lista.xlsx").read_bytes()), (*SECRETS, ALIAS, protected.number)) == []


def test_what_leaves_out_is_seen_to_leave_out(before: Protected) -> None:
    """The same papers of the same case before she was marked do tell: an empty search means something."""
    document = before.store.read(papers.paper, Wanted(PaperKind.REFERRAL, Reader(ReaderKind.FILE, case_id=before.case_id)), before.store.clock.now())
    assert {*REAL, WORKPLACE[0], WORKPLACE[2]} <= set(secrets_in(document))
    assert before.store.read(case_queries.case, before.case_id, date(2026, 11, 22)).employer.startswith(WORKPLACE[0])
