"""The papers of who comes: whose names stand where, what is refused and why, and the calendar that tells nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.hand_outs import ANYBODY, FILE, Medium, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.passages import cases_told
from rehabdesk.domain.prerehab import AttendanceMark, BookingState, BreakOffReason
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent, paper_files, papers
from rehabdesk.services.prerehab import attendance, attendance_papers, bookings, occasions
from rehabdesk.store.history import Label
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.prerehab import occasions as occasion_queries
from rehabdesk.store.tables.prerehab import Booking, Round
from rehabdesk.store.tables.privacy import HandOutCase
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import PEOPLE, Forum, small_forum

STARTS = date(2026, 11, 3)
NAMES = [f"{given} {surname}" for given, surname in PEOPLE]


@pytest.fixture
def forum(store) -> Forum:
    return small_forum(store, cases_count=5, consent_for=())


@pytest.fixture
def round_id(forum: Forum) -> int:
    return make_round(forum.store, make_programme(forum.store, forum.party_ids["VC"]), STARTS, places=6)


@pytest.fixture
def people(forum: Forum, round_id: int) -> list[int]:
    """Started, said yes, offered, started: by place; the fifth has none."""
    states = (BookingState.STARTED, BookingState.ACCEPTED, BookingState.OFFERED, BookingState.STARTED)
    return [make_claim(forum.store, round_id, case, place, state) for place, (case, state) in enumerate(zip(forum.case_ids, states, strict=False), 1)]


def supplier(forum: Forum) -> Reader:
    return Reader(ReaderKind.PARTY, forum.party_ids["VC"])


def composed(forum: Forum, wanted: Wanted):
    return forum.store.read(papers.paper, wanted, forum.store.clock.now())


def refused(forum: Forum, wanted: Wanted) -> list[str]:
    with pytest.raises(Refused) as caught:
        composed(forum, wanted)
    return [problem.code for problem in caught.value.problems]


def own(forum: Forum, paper: PaperKind, booking: int, place: int = 0) -> Wanted:
    return Wanted(paper, Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[place]), booking_id=booking)


def protect(forum: Forum, place: int) -> None:
    cases.set_protected(forum.store, forum.case_ids[place], True)


@pytest.mark.parametrize("paper", [PaperKind.ROUND_LIST, PaperKind.ATTENDANCE])
def test_the_file_s_list_names_all_who_have_said_yes_and_nobody_protected(forum, round_id, people, paper):
    document = composed(forum, Wanted(paper, FILE, round_id=round_id))
    assert [(line.place_number, line.name) for line in document.lines] == [
        (1, NAMES[0]), (2, NAMES[1]), (3, ""), (4, NAMES[3]), (5, ""), (6, ""),
    ]  # fmt: skip
    protect(forum, 0)
    document = composed(forum, Wanted(paper, FILE, round_id=round_id))
    assert document.lines[0] == type(document.lines[0])(1)
    assert len(cases_told(document)) == 2


@pytest.mark.parametrize("paper", [PaperKind.ROUND_LIST, PaperKind.ATTENDANCE])
def test_the_supplier_s_list_names_those_whose_consent_covers_it_that_day(forum, round_id, people, paper):
    store, today = forum.store, forum.store.clock.today()
    wanted = Wanted(paper, supplier(forum), round_id=round_id)
    assert not any(line.name or line.case_number for line in composed(forum, wanted).lines)
    for place in (0, 2, 3):
        consent.give(store, forum.case_ids[place], [forum.party_ids["VC"]], today, today + timedelta(days=90), frozenset({InformationKind.PLANNED_MEASURES}))
    document = composed(forum, wanted)
    # The third is only offered her place: she has not said that she comes.
    assert [line.name for line in document.lines] == [NAMES[0], "", "", NAMES[3], "", ""]
    assert (document.party, document.reader_in_file) == ("Västra Götalandsregionen, Vårdcentralen Vara",) * 2
    bookings.break_off(store, people[3], today - timedelta(days=1), BreakOffReason.OWN_WISH)
    protect(forum, 0)
    assert not any(line.name or line.case_number for line in composed(forum, wanted).lines)
    assert [line.name for line in composed(forum, Wanted(paper, FILE, round_id=round_id)).lines] == ["", NAMES[1], "", NAMES[3], "", ""]


@pytest.mark.parametrize("paper", [PaperKind.ROUND_LIST, PaperKind.ATTENDANCE])
def test_no_list_is_made_for_anybody_else(forum, round_id, people, paper):
    assert refused(forum, Wanted(paper, ANYBODY, round_id=round_id)) == ["paper.unknown"]
    assert refused(forum, Wanted(paper, Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[0]), round_id=round_id)) == ["paper.unknown"]
    assert refused(forum, Wanted(paper, Reader(ReaderKind.PARTY, forum.party_ids["FK"]), round_id=round_id)) == ["paper.not_the_supplier"]
    assert refused(forum, Wanted(paper, FILE)) == ["paper.unknown"]
    assert refused(forum, Wanted(paper, FILE, round_id=round_id + 99)) == ["round.gone"]


def test_the_sheet_has_the_days_that_are_not_cancelled_and_crosses_out_those_that_are_not_hers(forum, round_id, people):
    store = forum.store
    days = store.read(occasion_queries.of_round, round_id)
    occasions.cancel_occasion(store, days[2].id, "Snöstorm")
    with store.write(Label("test"), undoable=False) as writing:
        writing.session.get(Booking, people[3]).starts_on = days[3].on
    document = composed(forum, Wanted(PaperKind.ATTENDANCE, FILE, round_id=round_id))
    assert [day.on for day in document.days] == [day.on for place, day in enumerate(days) if place != 2]
    assert document.lines[3].away == {0, 1} and document.lines[0].away == frozenset()


def test_a_place_that_two_have_had_after_each_other_has_a_line_for_each(forum, round_id, people):
    store = forum.store
    last = store.clock.today() - timedelta(days=3)
    bookings.break_off(store, people[0], last, BreakOffReason.OWN_WISH)
    late = make_late_claim(forum, round_id, 4, 1, last + timedelta(days=1))
    lines = composed(forum, Wanted(PaperKind.ROUND_LIST, FILE, round_id=round_id)).lines
    assert [(line.place_number, line.name, line.state) for line in lines[:2]] == [
        (1, NAMES[0], BookingState.BROKEN_OFF), (1, NAMES[4], BookingState.STARTED),
    ]  # fmt: skip
    assert late and lines[1].starts_on == last + timedelta(days=1)


def make_late_claim(forum: Forum, round_id: int, place: int, number: int, begins: date) -> int:
    """Somebody who begins late on a place that came free."""
    store = forum.store
    made = make_claim(store, round_id, forum.case_ids[place], 6, BookingState.STARTED)
    with store.write(Label("test"), undoable=False) as writing:
        row, free = writing.session.get(Booking, made), writing.session.get(Booking, 1)
        row.place_id, row.starts_on = free.place_id, begins
    return made


def test_a_certificate_is_given_when_she_has_started_and_all_that_was_held_is_marked(forum, round_id, people):
    store = forum.store
    wanted = own(forum, PaperKind.CERTIFICATE, people[0])
    assert refused(forum, own(forum, PaperKind.CERTIFICATE, people[1], 1)) == ["certificate.not_started"]
    assert refused(forum, wanted) == ["certificate.nothing_held"]
    days = store.read(occasion_queries.of_round, round_id)
    for day in days[:4]:
        attendance.hold_occasion(store, day.id)
    assert refused(forum, wanted) == ["certificate.unmarked"]
    marks = (AttendanceMark.ATTENDED, AttendanceMark.LATE, AttendanceMark.VALID_ABSENCE, AttendanceMark.INVALID_ABSENCE)
    for day, mark in zip(days, marks, strict=False):
        attendance.mark(store, day.id, people[0], mark)
    document = composed(forum, wanted)
    assert (document.came, document.held, document.participant_name) == (2, 4, NAMES[0])
    assert (document.from_on, document.to_on, document.is_over) == (STARTS, store.clock.today(), False)
    bookings.break_off(store, people[0], days[3].on, BreakOffReason.OWN_WISH)
    document = composed(forum, wanted)
    assert (document.to_on, document.is_over) == (days[3].on, True)


@pytest.mark.parametrize("paper", [PaperKind.CERTIFICATE, PaperKind.OCCASIONS])
def test_nobody_gets_another_s_paper_by_its_number(forum, people, paper):
    assert refused(forum, own(forum, paper, people[0], 1)) == ["paper.unknown"]
    assert refused(forum, Wanted(paper, FILE, booking_id=people[0])) == ["paper.unknown"]
    assert refused(forum, Wanted(paper, Reader(ReaderKind.PARTICIPANT, case_id=forum.case_ids[0]))) == ["paper.unknown"]
    assert refused(forum, own(forum, paper, 999)) == ["occasions.no_place"]


def test_her_own_days_are_those_to_come_within_her_time(forum, round_id, people):
    store, today = forum.store, forum.store.clock.today()
    days = [day for day in store.read(occasion_queries.of_round, round_id) if day.on >= today]
    occasions.cancel_occasion(store, days[1].id, "Snöstorm")
    document = composed(forum, own(forum, PaperKind.OCCASIONS, people[0]))
    assert [(one.on, one.is_cancelled) for one in document.occasions] == [(day.on, place == 1) for place, day in enumerate(days)]
    assert {one.place for one in document.occasions} == {"Lillgården, Vara"}
    assert len({one.uid for one in document.occasions}) == len(days)
    assert refused(forum, own(forum, PaperKind.OCCASIONS, people[2], 2)) == ["occasions.no_place"]
    store.clock.set(datetime(2027, 6, 1, 9, 0))
    assert refused(forum, own(forum, PaperKind.OCCASIONS, people[0])) == ["occasions.none_left"]


def test_the_calendar_tells_when_and_where_and_nothing_else(forum, people, tmp_path):
    wanted, path = own(forum, PaperKind.OCCASIONS, people[0]), tmp_path / "bokade tider.ics"
    attendance_papers.save_calendar(forum.store, wanted, path, kept_on="USB-minne")
    content = path.read_bytes()
    events = Calendar.from_ical(content).walk("VEVENT")
    assert {str(event["summary"]) for event in events} == {"Bokad tid"}
    assert {str(event["location"]) for event in events} == {"Lillgården, Vara"}
    assert len(events) == len(composed(forum, wanted).occasions)
    known = composed(forum, wanted)
    for told in ("rehab", "prerehab", "grön", *NAMES[0].lower().split(), known.case_number.lower(), "vara kommun", "karin"):
        assert told not in content.decode().lower()
    (copy,) = forum.store.read(hand_out_queries.files_not_gone)
    assert (copy.paper, copy.medium, copy.kept_on, copy.case_id) == (PaperKind.OCCASIONS, Medium.FILE, "USB-minne", forum.case_ids[0])
    assert attendance_papers.calendar_name(known, "sv") == "bokade tider 2026-11-22.ics"
    assert attendance_papers.calendar_name(known, "en") == "booked times 2026-11-22.ics"


def test_a_moved_day_keeps_its_name_in_the_calendar(forum, round_id, people):
    before = composed(forum, own(forum, PaperKind.OCCASIONS, people[0])).occasions
    day = next(day for day in forum.store.read(occasion_queries.of_round, round_id) if day.on == before[0].on)
    occasions.move_occasion(forum.store, day.id, day.on + timedelta(days=1))
    after = composed(forum, own(forum, PaperKind.OCCASIONS, people[0])).occasions
    assert before[0].uid == after[0].uid and after[0].on == before[0].on + timedelta(days=1)


def test_under_protected_identity_there_is_paper_and_no_calendar(forum, people, tmp_path):
    protect(forum, 0)
    wanted, path = own(forum, PaperKind.OCCASIONS, people[0]), tmp_path / "bokade tider.ics"
    assert composed(forum, wanted).is_protected
    with pytest.raises(Refused) as caught:
        attendance_papers.save_calendar(forum.store, wanted, path)
    assert [problem.code for problem in caught.value.problems] == ["occasions.no_calendar"]
    assert not path.exists() and forum.store.read(hand_out_queries.files_not_gone) == ()


def test_a_round_that_is_called_by_a_participant_s_name_is_not_printed(forum, round_id, people):
    with forum.store.write(Label("test"), undoable=False) as writing:
        writing.session.get(Round, round_id).name = f"Hos {NAMES[1]}"
    for wanted in (Wanted(PaperKind.ROUND_LIST, FILE, round_id=round_id), own(forum, PaperKind.OCCASIONS, people[0])):
        assert refused(forum, wanted) == ["paper.names_another"]


def test_a_list_that_leaves_is_remembered_with_each_case_it_told_of(forum, round_id, people, tmp_path):
    paper_files.save(forum.store, Wanted(PaperKind.ROUND_LIST, FILE, round_id=round_id), tmp_path / "lista.pdf")
    with forum.store.write(Label("test"), undoable=False) as writing:
        told = set(writing.session.scalars(select(HandOutCase.case_id)))
    assert told == {forum.case_ids[place] for place in (0, 1, 3)}
