"""Cases: numbers given out once, duplicates told, names and numbers checked, readings logged."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from rehabdesk.domain.cases import BroughtBy, CaseText, ClosingReason, Opening
from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.identity import LegalSex
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, closing, consent, readings
from rehabdesk.services.forum import agenda
from rehabdesk.store.queries import cases as queries
from rehabdesk.store.queries import follow_ups as follow_up_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from tests.helpers.log import log_of
from tests.helpers.people import make_forum, make_item, make_session

# From the public list of test numbers.
NUMBER = "19900602-2397"
TODAY = date(2026, 11, 22)


def the_case(store, case_id):
    return store.read(queries.case, case_id, store.clock.today())


def sex_of(store, case_id):
    return the_case(store, case_id).legal_sex


def numbers(store):
    return [row.number for row in store.read(queries.cases, store.clock.today())]


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_a_case_is_opened_with_the_next_number_of_its_series_and_year(store):
    forum = make_forum(store)
    first = cases.open_case(store, forum.series, " Maria\n", "Strandberg ", NUMBER, forum.manager)
    cases.open_case(store, forum.series, "Ahmed", opened_on=date(2025, 3, 1))
    cases.open_case(store, forum.series, "Ewa", "Żółć")
    row = the_case(store, first)
    assert (row.number, row.full_name, row.short_name, row.last_four) == ("RF-2026-001", "Maria Strandberg", "Maria S.", "2397")
    assert (row.opened_on, row.employer, row.employer_contact) == (TODAY, "Vara kommun, HR", "Lena Borg")
    assert numbers(store) == ["RF-2026-002", "RF-2026-001", "RF-2025-001"]
    assert log_of(store, "case_opened")[0] == ("case", first)


def test_a_number_is_never_given_out_twice_even_when_the_case_is_undone_or_removed(store):
    forum = make_forum(store)
    cases.open_case(store, forum.series, "Maria")
    store.undo()
    removed = cases.open_case(store, forum.series, "Maria")
    cases.remove_case(store, removed)
    kept = cases.open_case(store, forum.series, "Maria")
    assert the_case(store, kept).number == "RF-2026-003"
    store.undo()
    assert numbers(store) == []
    store.redo()
    assert numbers(store) == ["RF-2026-003"]


def test_two_series_with_the_same_letters_share_their_numbers(store):
    one = make_forum(store)
    other = make_forum(store, slug="annat-forum")
    cases.open_case(store, one.series, "Maria")
    store.undo()
    assert the_case(store, cases.open_case(store, other.series, "Ahmed")).number == "RF-2026-002"


@pytest.mark.parametrize(
    ("forum", "code"),
    [
        ({"kind": SeriesKind.STEERING_GROUP}, "case.series_has_no_cases"),
        ({"controller": OrganisationKind.COORDINATION_ASSOCIATION}, "series.controller_is_association"),
        ({"prefix": ""}, "case.series_has_no_prefix"),
    ],
)
def test_cases_belong_in_a_rehab_forum_under_an_authority(store, forum, code):
    made = make_forum(store, **forum)
    with pytest.raises(Refused) as refused:
        cases.open_case(store, made.series, "Maria")
    assert codes(refused) == [code]
    assert numbers(store) == []


@pytest.mark.parametrize(
    ("arguments", "code", "field"),
    [
        ({"given_name": "  "}, "case.name_missing", "given_name"),
        ({"identity_number": "900602-2398"}, "identity.check_digit", "identity_number"),
        ({"identity_number": "1990"}, "identity.wrong_shape", "identity_number"),
        ({"opened_on": date(2026, 11, 23)}, "case.opened_in_future", "opened_on"),
        ({"identity_number": NUMBER, "is_protected": True}, "case.protected_has_number", "identity_number"),
        ({"surname": "x" * 501}, "text.too_long", "surname"),
        ({"employer_contact_id": 4711}, "contact.gone", None),
    ],
)
def test_bad_input_is_refused_beside_its_field(store, arguments, code, field):
    forum = make_forum(store)
    with pytest.raises(Refused) as refused:
        cases.open_case(store, forum.series, **{"given_name": "Maria", **arguments})
    assert [(problem.code, problem.field) for problem in refused.value.problems] == [(code, field)]
    assert cases.open_case(store, forum.series, "Maria") and numbers(store) == ["RF-2026-001"]


def test_a_person_who_is_known_already_is_told_and_not_refused(store):
    forum = make_forum(store)
    known = cases.open_case(store, forum.series, "Maria", "Strandberg", NUMBER)

    def told(*name_and_number):
        return [(problem.code, problem.params["case_id"]) for problem in cases.possible_duplicates(store, *name_and_number)]

    assert told("maria ", " STRANDBERG") == [("case.same_name", known)]
    assert told("Maja", "Berg", "900602-2397") == [("case.same_identity_number", known)]
    assert told("Maria", "Strandberg", NUMBER) == [("case.same_identity_number", known)]
    # Another number: another person of the same name.
    assert told("Maria", "Strandberg", "900603-2388") == []
    assert told("Maria", "Berg") == told("", "") == []
    again = cases.open_case(store, forum.series, "Maria", "Strandberg")
    closing.close_case(store, known, ClosingReason.MOVED, TODAY)
    # Somebody who comes back has her earlier case, and is told of after those that are open.
    assert told("Maria", "Strandberg") == [("case.same_name", again), ("case.same_name_closed", known)]
    assert told("Maja", "Berg", NUMBER) == [("case.same_identity_number_closed", known)]


def test_typing_in_one_field_is_one_step(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", "Strandberg")
    for typed in ("Å", "Åk", "Åkesson"):
        cases.change_text(store, case, CaseText.SURNAME, typed)
    cases.change_text(store, case, CaseText.KEPT_WHERE, "Arkiv 3")
    assert the_case(store, case).full_name == "Maria Åkesson"
    store.undo()
    store.undo()
    assert (the_case(store, case).surname, the_case(store, case).kept_where) == ("Strandberg", "")
    with pytest.raises(Refused) as refused:
        cases.change_text(store, case, CaseText.GIVEN_NAME, "")
    assert codes(refused) == ["case.name_missing"]
    assert the_case(store, case).given_name == "Maria"


def test_the_order_of_names_follows_the_name(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", "Berg")
    before = the_case(store, case).name_sort
    cases.change_text(store, case, CaseText.SURNAME, "Östberg")
    assert the_case(store, case).name_sort > before


def test_identity_number_contact_day_and_print_are_set_and_taken_back(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", employer_contact_id=forum.manager)
    cases.set_identity_number(store, case, "900602-2397")
    cases.set_employer_contact(store, case, None)
    cases.set_opened_on(store, case, date(2026, 10, 1))
    cases.set_print_size(store, case, 14)
    row = the_case(store, case)
    assert (row.last_four, row.employer_contact_id, row.opened_on, row.print_size) == ("2397", None, date(2026, 10, 1), 14)
    assert row.number == "RF-2026-001"
    for _ in range(4):
        store.undo()
    row = the_case(store, case)
    assert (row.last_four, row.employer_contact_id, row.opened_on, row.print_size) == ("", forum.manager, TODAY, 12)


def test_protected_identity_and_a_number_exclude_each_other(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Alias", identity_number=NUMBER)
    with pytest.raises(Refused):
        cases.set_protected(store, case, True)
    cases.set_identity_number(store, case, " ")
    cases.set_protected(store, case, True)
    with pytest.raises(Refused):
        cases.set_identity_number(store, case, NUMBER)
    assert the_case(store, case).is_protected and the_case(store, case).last_four == ""


def test_closing_needs_a_day_and_a_reason_and_can_be_taken_back(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=date(2026, 9, 1))
    for reason, day, code in (
        (None, TODAY, "case.closing_reason_missing"),
        (ClosingReason.MOVED, None, "case.closing_day_missing"),
        (ClosingReason.MOVED, date(2026, 8, 31), "case.closed_before_opened"),
        (ClosingReason.MOVED, date(2026, 11, 23), "case.closed_in_future"),
    ):
        with pytest.raises(Refused) as refused:
            closing.close_case(store, case, reason, day)
        assert codes(refused) == [code]
    closing.close_case(store, case, ClosingReason.BACK_AT_WORK, TODAY)
    assert the_case(store, case).closing_reason is ClosingReason.BACK_AT_WORK
    with pytest.raises(Refused):
        closing.close_case(store, case, ClosingReason.BACK_AT_WORK, TODAY)
    with pytest.raises(Refused):
        cases.set_opened_on(store, case, date(2026, 11, 23))
    closing.reopen_case(store, case)
    assert the_case(store, case).closed_on is None
    with pytest.raises(Refused):
        closing.reopen_case(store, case)


def test_only_an_unused_case_is_removed(store):
    forum = make_forum(store)
    unused = cases.open_case(store, forum.series, "Maria", "Strandberg")
    row = the_case(store, unused)
    again = cases.open_case(store, forum.series, "", participant_id=row.participant_id)
    on_agenda = cases.open_case(store, forum.series, "Ahmed")
    make_item(store, forum, make_session(store, forum, date(2026, 11, 24)), on_agenda)
    consented = cases.open_case(store, forum.series, "Ewa")
    consent.give(store, consented, [forum.hr], TODAY, TODAY)
    for used in (on_agenda, consented):
        with pytest.raises(Refused) as refused:
            cases.remove_case(store, used)
        assert codes(refused) == ["case.in_use"]
    cases.remove_case(store, unused)
    assert the_case(store, again).full_name == "Maria Strandberg"
    cases.remove_case(store, again)
    count = store.read(lambda connection: connection.execute(text("SELECT count(*) FROM participant")).scalar())
    assert (count, len(numbers(store))) == (2, 2)
    with pytest.raises(Refused) as refused:
        cases.remove_case(store, again)
    assert codes(refused) == ["case.gone"]


def test_showing_the_identity_number_is_logged(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", identity_number=NUMBER)
    without = cases.open_case(store, forum.series, "Ahmed")
    participant = the_case(store, case).participant_id
    assert cases.show_identity_number(store, participant) == "900602-2397"
    assert cases.show_identity_number(store, the_case(store, without).participant_id) == ""
    assert log_of(store, "identity_number_shown") == [("participant", participant)]


def test_reading_a_page_is_logged_once_a_minute(store, clock):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria")
    other = cases.open_case(store, forum.series, "Ahmed")
    for seconds in (0, 59, 1, 59):
        clock.move(seconds=seconds)
        readings.note_case(store, case)
    readings.note_case(store, other)
    assert log_of(store, "case_read") == [("case", case), ("case", case), ("case", other)]
    label = store.undo_label
    readings.note_case(store, case)
    assert store.undo_label == label


def test_the_log_holds_no_names(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Xantippa", "Qvarnström", NUMBER)
    cases.change_text(store, case, CaseText.SURNAME, "Qvarnström-Ek")
    cases.show_identity_number(store, the_case(store, case).participant_id)
    written = store.read(lambda connection: str(connection.execute(text("SELECT * FROM log_entry")).all()))
    assert not any(word in written for word in ("Xantippa", "Qvarn", "2397"))


def test_what_was_asked_when_a_case_came_is_its_first_question_and_no_later_one(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opening=Opening(question="Vad behövs i januari?"))
    questions = []
    for number, day in enumerate((date(2026, 12, 1), date(2027, 1, 12)), start=1):
        item = agenda.add_case_item(store, make_session(store, forum, day, number), case, [])
        questions.append(store.read(agenda_queries.item, item, TODAY).question)
    assert questions == ["Vad behövs i januari?", ""]


def test_who_brought_a_case_is_herself_a_party_or_its_contact(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria")

    def kept():
        row = store.read(queries.background, case)
        return row.brought_by, row.party_id, row.contact_id

    assert kept() == (None, None, None)
    cases.set_bringer(store, case, None, contact_id=forum.manager)
    assert kept() == (BroughtBy.PARTY, forum.hr, forum.manager)
    cases.set_bringer(store, case, BroughtBy.PARTY, forum.insurance)
    assert kept() == (BroughtBy.PARTY, forum.insurance, None)
    cases.set_bringer(store, case, BroughtBy.PARTICIPANT)
    assert kept() == (BroughtBy.PARTICIPANT, None, None)
    with pytest.raises(Refused) as refused:
        cases.set_bringer(store, case, BroughtBy.PARTY, forum.insurance, forum.manager)
    assert codes(refused) == ["case.contact_of_another"]


def test_opening_a_case_again_takes_the_follow_ups_away_and_undo_brings_them_back(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", opened_on=date(2026, 3, 1))
    closing.close_case(store, case, ClosingReason.BACK_AT_WORK, date(2026, 6, 1))
    assert len(store.read(follow_up_queries.of_case, case)) == 2
    closing.reopen_case(store, case)
    assert store.read(follow_up_queries.of_case, case) == ()
    store.undo()
    assert len(store.read(follow_up_queries.of_case, case)) == 2 and the_case(store, case).closed_on == date(2026, 6, 1)


def test_legal_sex_comes_with_the_number_and_stays_when_the_number_goes(store):
    forum = make_forum(store)
    case = cases.open_case(store, forum.series, "Maria", "", NUMBER)
    assert sex_of(store, case) is LegalSex.MAN
    cases.set_identity_number(store, case, "")
    assert sex_of(store, case) is LegalSex.MAN
    # Legal sex can change: the number is then another, and tells.
    cases.set_identity_number(store, case, "811228-9874")
    assert sex_of(store, case) is LegalSex.MAN
    cases.set_identity_number(store, case, "440813-9089")
    assert sex_of(store, case) is LegalSex.WOMAN
    store.undo()
    assert sex_of(store, case) is LegalSex.MAN


def test_legal_sex_is_written_where_no_number_tells_it(store):
    case = cases.open_case(store, make_forum(store).series, "Maria")
    assert sex_of(store, case) is None
    cases.set_legal_sex(store, case, LegalSex.WOMAN)
    assert sex_of(store, case) is LegalSex.WOMAN
    cases.set_legal_sex(store, case, None)
    assert sex_of(store, case) is None
    store.undo()
    assert sex_of(store, case) is LegalSex.WOMAN


def test_legal_sex_is_not_written_against_the_number(store):
    case = cases.open_case(store, make_forum(store).series, "Maria", "", NUMBER)
    for sex in (LegalSex.WOMAN, None):
        with pytest.raises(Refused) as refused:
            cases.set_legal_sex(store, case, sex)
        assert codes(refused) == ["case.sex_told_by_number"]
    cases.set_legal_sex(store, case, LegalSex.MAN)


def test_under_protected_identity_the_sex_that_came_with_a_number_goes(store):
    case = cases.open_case(store, make_forum(store).series, "Maria", "", NUMBER)
    cases.set_identity_number(store, case, "")
    cases.set_protected(store, case, True)
    assert sex_of(store, case) is None
    cases.set_legal_sex(store, case, LegalSex.WOMAN)
    assert sex_of(store, case) is LegalSex.WOMAN
