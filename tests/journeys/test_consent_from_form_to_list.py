"""A consent's whole way, by keyboard: the form printed and sent, back and registered by kinds, withdrawn, the list printed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.consent import FormState, InformationKind
from rehabdesk.domain.consent_papers import ConsentFormDocument, HandOutsDocument
from rehabdesk.domain.forum import Outcome
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import hand_outs, papers
from rehabdesk.services.forum import meeting, sheets
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.store import Store
from tests.helpers.forum import Forum, add_case, small_forum
from tests.helpers.hands import go_to, key, look_at_the_date, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, SHIFT, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

SICK, MEASURES = InformationKind.SICK_LEAVE, InformationKind.PLANNED_MEASURES


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, Forum]:
    """A vault with a forum and one case without any consent, called to today's meeting."""
    clock.set(datetime(2026, 11, 2, 9, 0))
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=0)
        add_case(forum, "Wioletta", "Kołodziej", (), clock.today())
    return vault_dir, forum


def test_a_consent_from_its_form_to_the_list_of_what_was_handed_out(begin, made, printer, clock) -> None:
    folder, forum = made
    window = unlock(begin(folder))
    store, case = window.context.store, forum.case_ids[0]
    forum.store = store

    send_the_form(window, printer, case)
    clock.set(datetime(2026, 11, 20, 9, 0))
    ask_for_it_on_idag(window, case)
    register_what_came_back(store, case, forum)
    the_meeting_is_held(store, forum)
    withdraw_and_print_the_list(window, printer, case)


def send_the_form(window, printer, case: int) -> None:
    store = window.context.store
    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_2, ALT)
    push("Skicka en blankett")
    go_to("Till vem")
    key(Qt.Key.Key_A, CTRL)
    type_text(None, "Wioletta, i handen")
    key(Qt.Key.Key_Return)
    wait_for(lambda: len(printer.jobs) == 1 and window.context.queue.job is None, "the form to be printed")
    form = store.read(consent_queries.forms, case)[0]
    assert (form.state, form.sent_to, form.sent_on) == (FormState.SENT, "Wioletta, i handen", date(2026, 11, 2))
    copy = one_copy(store, case, PaperKind.CONSENT)
    document = store.read(papers.compose, copy.id, store.clock.now())
    assert isinstance(document, ConsentFormDocument)
    assert document.participant_name == "Wioletta Kołodziej" and "Försäkringskassan" in document.parties


def ask_for_it_on_idag(window, case: int) -> None:
    """More than a fortnight has passed: the first page says so, and leads to the form."""
    key(Qt.Key.Key_1, CTRL)
    look_at_the_date(window.page)
    go_to("Öppna: RF-2026-001: samtyckesblanketten har varit ute i 18 dagar.")
    key(Qt.Key.Key_Return)
    assert window.target.id == case and window.target.face == "consent"


def register_what_came_back(store: Store, case: int, forum: Forum) -> None:
    push("Den är tillbaka: Wioletta, i handen")
    for box in ("Försäkringskassan: sjukskrivning", "Försäkringskassan: planerade åtgärder", "Vara kommun, HR: sjukskrivning"):
        push(box)
    key(Qt.Key.Key_Return, CTRL)
    rows = {row.party_id: row for row in store.read(consent_queries.consents, (case,))}
    assert {party: row.kinds for party, row in rows.items()} == {
        forum.party_ids["FK"]: frozenset({SICK, MEASURES}), forum.party_ids["HR"]: frozenset({SICK})
    }
    form = store.read(consent_queries.forms, case)[0]
    assert (form.state, form.back_on) == (FormState.BACK, date(2026, 11, 20))
    assert all(row.form_id == form.id and row.text_version == form.text_version for row in rows.values())


def the_meeting_is_held(store: Store, forum: Forum) -> None:
    """FK gets its extract; HR, whose consent is for something else, gets none."""
    meeting.start_session(store, forum.session_id)
    meeting.open_item(store, forum.item_ids[0])
    meeting.add_agreement(store, forum.item_ids[0], "Två halvdagar i veckan.")
    sheets.freeze(store, forum.item_ids[0], Ending(Outcome.AGREED))
    copies = [row for row in store.read(hand_out_queries.of_session, forum.session_id) if row.paper is PaperKind.EXTRACT]
    assert [row.party_id for row in copies] == [forum.party_ids["FK"]]
    hand_outs.send(store, copies[0].id)
    hand_outs.give(store, [copies[0].id])


def withdraw_and_print_the_list(window, printer, case: int) -> None:
    store, printed = window.context.store, len(printer.jobs)
    key(Qt.Key.Key_1, CTRL)
    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_2, ALT)
    push("Återkalla: Försäkringskassan")
    key(Qt.Key.Key_Tab, SHIFT)
    assert go_to("Återkalla nu")
    key(Qt.Key.Key_Space)
    live = [row.party for row in store.read(consent_queries.consents, (case,)) if row.withdrawn_on is None]
    assert live == ["Vara kommun, HR"]
    push("Skriv ut listan till deltagaren")
    wait_for(lambda: len(printer.jobs) > printed and window.context.queue.job is None, "the list to be printed")
    copy = one_copy(store, case, PaperKind.HAND_OUTS)
    assert copy.reader is ReaderKind.PARTICIPANT and copy.state is HandOutState.SENT
    document = store.read(papers.compose, copy.id, store.clock.now())
    assert isinstance(document, HandOutsDocument)
    assert [line.on for line in document.lines if line.party == "Försäkringskassan" and line.paper is PaperKind.EXTRACT] == [date(2026, 11, 20)]
    assert [(line.party, line.on) for line in document.withdrawn] == [("Försäkringskassan", date(2026, 11, 20))]


def one_copy(store: Store, case: int, paper: PaperKind):
    """The one copy of this paper about the case."""
    (found,) = [row for row in store.read(hand_out_queries.of_case, case) if row.paper is paper]
    return found
