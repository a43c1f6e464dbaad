"""Other people's names in papers: sought in every word a reader would get, each time a paper is made; a frozen sheet by what was known then."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rehabdesk.domain.cases import CaseText
from rehabdesk.domain.forum import Outcome, Presence
from rehabdesk.domain.hand_outs import HandOutState, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import PlanText
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, hand_outs, papers, plans, read_through
from rehabdesk.services.forum import actions, agenda, calling, meeting, minutes, names, sessions, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.store import Store
from tests.helpers.forum import Forum, add_case, small_forum
from tests.helpers.log import log_of

AGREED = Ending(Outcome.AGREED)


@pytest.fixture
def forum(store: Store) -> Forum:
    made = small_forum(store)
    made.start()
    return made


def finished(forum: Forum, agreement: str = "Vi ses igen.", *, discussion: str = "", action: str = "") -> int:
    """The first item, with these words, frozen."""
    item_id = forum.item_ids[0]
    meeting.open_item(forum.store, item_id)
    meeting.set_participant_presence(forum.store, item_id, Presence.HERE)
    meeting.add_agreement(forum.store, item_id, agreement)
    meeting.save_text(forum.store, item_id, ItemText.DISCUSSION, discussion)
    if action:
        actions.add_action(forum.store, item_id, NewAction(action, party_id=forum.party_ids["FK"]))
    sheets.freeze(forum.store, item_id, AGREED)
    return item_id


def wanted(forum: Forum, paper: PaperKind, party: str | None = "FK", *, case: bool = True) -> Wanted:
    kind = ReaderKind.PARTICIPANT if party is None else ReaderKind.PARTY
    reader = Reader(kind, forum.party_ids[party] if party else None, forum.case_ids[0] if case else None)
    return Wanted(paper, reader, forum.session_id, forum.item_ids[0] if case else None)


def made(forum: Forum, one: Wanted) -> object:
    return forum.store.read(papers.paper, one, forum.store.clock.now())


def refused(forum: Forum, one: Wanted) -> list[str]:
    with pytest.raises(Refused) as why:
        made(forum, one)
    return [problem.code for problem in why.value.problems]


def every_way(forum: Forum) -> dict[str, Wanted]:
    return {
        "extract": wanted(forum, PaperKind.EXTRACT),
        "summary": wanted(forum, PaperKind.SUMMARY, None),
        "slip": wanted(forum, PaperKind.ACTION_SLIP, case=False),
    }


# What is frozen


def test_a_name_registered_since_is_found_in_what_the_reader_would_get(forum: Forum) -> None:
    finished(forum, "Berit Okänd ringer.", action="ring Berit Okänd")
    ways = every_way(forum)
    for one in ways.values():
        made(forum, one)
    cases.open_case(forum.store, forum.series_id, "Berit", "Okänd")
    for one in ways.values():
        assert refused(forum, one) == ["paper.names_in_finished"]


def test_a_name_in_a_block_that_the_reader_does_not_get_is_no_hindrance(forum: Forum) -> None:
    finished(forum, discussion="Som för Berit Okänd i våras.")
    cases.open_case(forum.store, forum.series_id, "Berit", "Okänd")
    for one in (wanted(forum, PaperKind.EXTRACT), wanted(forum, PaperKind.SUMMARY, None)):
        made(forum, one)


def test_a_case_that_came_onto_the_agenda_later_is_sought_by_its_bare_name(forum: Forum) -> None:
    """When the sheet was frozen nobody called Wioletta was on the agenda."""
    finished(forum, "Chefen Wioletta ordnar schemat.")
    made(forum, wanted(forum, PaperKind.EXTRACT))
    add_case(forum, "Wioletta", "Kołodziej", ("FK",), forum.store.clock.today())
    assert refused(forum, wanted(forum, PaperKind.EXTRACT)) == ["paper.names_in_finished"]


def test_what_was_marked_as_harmless_stays_harmless_but_not_for_whoever_comes_later(forum: Forum) -> None:
    item_id = forum.item_ids[0]
    # Two who are called so, both known when it is marked.
    cases.open_case(forum.store, forum.series_id, "Johan", "Ekegren")
    meeting.open_item(forum.store, item_id)
    meeting.add_agreement(forum.store, item_id, "Brodern Johan Ekegren skjutsar.")
    (hit,) = forum.store.read(names.names_in_item, item_id)
    names.mark_harmless(forum.store, item_id, hit.case_id, hit.words)
    sheets.freeze(forum.store, item_id, AGREED)
    made(forum, wanted(forum, PaperKind.EXTRACT))
    cases.open_case(forum.store, forum.series_id, "Johan", "Ekegren")
    assert refused(forum, wanted(forum, PaperKind.EXTRACT)) == ["paper.names_in_finished"]


def test_a_sheet_is_read_through_and_its_paper_leaves(forum: Forum) -> None:
    finished(forum, "Berit Okänd ringer.", action="ring Berit Okänd", discussion="Berit Okänds syster.")
    cases.open_case(forum.store, forum.series_id, "Berit", "Okänd")
    assert read_through.somebody_else(forum.store, wanted(forum, PaperKind.EXTRACT)) == 1
    for one in every_way(forum).values():
        made(forum, one)
    assert len(log_of(forum.store, "names_read_through")) == 1
    assert read_through.somebody_else(forum.store, wanted(forum, PaperKind.EXTRACT)) == 0
    # The next one who comes with that name is asked about again.
    cases.open_case(forum.store, forum.series_id, "Berit", "Okänd")
    assert refused(forum, wanted(forum, PaperKind.EXTRACT)) == ["paper.names_in_finished"]


def test_a_copy_in_the_queue_does_not_leave_either(forum: Forum) -> None:
    finished(forum, "Berit Okänd ringer.")
    cases.open_case(forum.store, forum.series_id, "Berit", "Okänd")
    waiting = forum.store.read(queries.to_print)
    assert waiting
    for row in waiting:
        with pytest.raises(Refused, match="paper.names_in_finished"):
            hand_outs.send(forum.store, row.id)
        assert forum.store.read(queries.hand_out, row.id).state is HandOutState.WAITING


def test_what_was_broken_off_with_a_name_unsettled_is_read_through_first(forum: Forum) -> None:
    """Locking freezes what is still open as it stands: nobody has settled its names."""
    meeting.open_item(forum.store, forum.item_ids[0])
    meeting.add_agreement(forum.store, forum.item_ids[0], "Samma plan som för Johan Ekegren.")
    minutes.lock(forum.store, forum.session_id, told_twice=True)
    assert forum.store.read(queries.to_give_later)
    assert refused(forum, wanted(forum, PaperKind.EXTRACT)) == ["paper.names_in_finished"]


# What is not


@pytest.fixture
def coming(store: Store) -> Forum:
    made = small_forum(store)
    sessions.change_session(store, made.session_id, SessionPlan(store.clock.today() + timedelta(days=16), "13:00", "15:30", "Stora Lundsal"))
    return made


@pytest.mark.parametrize("words", ["Som Johan Ekegren?", "Som för Johan?", "Se RF-2026-002."])
def test_letters_sheets_and_agendas_tell_no_other_participants_name(coming: Forum, words: str) -> None:
    agenda.change_item(coming.store, coming.item_ids[0], question=words)
    fk = coming.party_ids["FK"]
    asked = [
        calling.wanted_letter(coming.session_id, coming.item_ids[0], coming.case_ids[0], party_id) for party_id in (None, fk)
    ]
    asked += [Wanted(paper, Reader(ReaderKind.PARTY, fk), coming.session_id) for paper in (PaperKind.PREPARATION, PaperKind.AGENDA)]
    for one in asked:
        assert refused(coming, one) == ["paper.names_another"]
    agenda.change_item(coming.store, coming.item_ids[0], question="Kan Maria Strömbäck prova halvtid?")
    for one in asked:
        made(coming, one)


def test_a_party_that_does_not_get_the_question_gets_its_letter(coming: Forum) -> None:
    agenda.change_item(coming.store, coming.item_ids[0], question="Som Johan Ekegren?")
    agenda_of = Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, coming.party_ids["AF"]), coming.session_id)
    made(coming, agenda_of)


@pytest.mark.parametrize("field", [PlanText.OWN_GOAL, PlanText.CAN_DO, PlanText.CANNOT_DO, PlanText.WHY_NOT, "goal", "step"])
def test_no_paper_of_a_plan_tells_another_participants_name(coming: Forum, field: PlanText | str) -> None:
    store, case_id = coming.store, coming.case_ids[0]
    plans.add_goal(store, case_id, "Arbeta halva dagar")
    plans.set_took_part(store, case_id, False)
    words = "Tillsammans med Johan Ekegren"
    if isinstance(field, PlanText):
        plans.change_text(store, case_id, field, words)
    elif field == "goal":
        plans.add_goal(store, case_id, words)
    else:
        plans.add_step(store, case_id, NewAction(words, party_id=coming.party_ids["FK"]))
    paper = PaperKind.PLAN if field is PlanText.WHY_NOT else PaperKind.PLAN_PLAIN
    assert refused(coming, Wanted(paper, Reader(ReaderKind.PARTICIPANT, case_id=case_id))) == ["paper.names_another"]


def test_words_judged_in_the_persons_own_item_are_judged_for_her_letter_too(coming: Forum) -> None:
    item_id = coming.item_ids[0]
    agenda.change_item(coming.store, item_id, question="Kan brodern Johan Ekegren skjutsa?")
    letter = calling.wanted_letter(coming.session_id, item_id, coming.case_ids[0], None)
    assert refused(coming, letter) == ["paper.names_another"]
    names.mark_harmless(coming.store, item_id, coming.case_ids[1], "Johan Ekegren")
    made(coming, letter)


def test_a_participants_new_name_is_sought_too(forum: Forum) -> None:
    finished(forum, "Fru Ekström ringer.")
    made(forum, wanted(forum, PaperKind.EXTRACT))
    cases.change_text(forum.store, forum.case_ids[1], CaseText.SURNAME, "Ekström")
    assert refused(forum, wanted(forum, PaperKind.EXTRACT)) == ["paper.names_in_finished"]


def test_nobody_gets_anothers_item_by_its_number(coming: Forum) -> None:
    """The case and the item have to be of one another, whoever asks."""
    coming.start()
    for item_id in coming.item_ids:
        meeting.open_item(coming.store, item_id)
        sheets.freeze(coming.store, item_id, AGREED)
    first, second = coming.case_ids
    fk = coming.party_ids["FK"]
    for reader in (Reader(ReaderKind.PARTICIPANT, None, second), Reader(ReaderKind.PARTY, fk, second)):
        paper = PaperKind.SUMMARY if reader.kind is ReaderKind.PARTICIPANT else PaperKind.EXTRACT
        assert refused(coming, Wanted(paper, reader, coming.session_id, coming.item_ids[0])) == ["paper.not_frozen"]
        assert made(coming, Wanted(paper, reader, coming.session_id, coming.item_ids[1])).case_number == "RF-2026-002"


def test_nobody_gets_anothers_letter_by_its_number(coming: Forum) -> None:
    for party in (None, coming.party_ids["FK"]):
        assert refused(coming, calling.wanted_letter(coming.session_id, coming.item_ids[0], coming.case_ids[1], party)) == ["item.gone"]
