"""Papers of a round, by keyboard: an offer and its reminder, a list to the supplier, and the same list when somebody has withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.prerehab import BookingState
from rehabdesk.services import consent, papers
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.store.queries.prerehab import claims
from rehabdesk.store.store import Store
from rehabdesk.ui.prerehab.papers_face import RoundPapersFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.claims import make_claim, make_programme, make_round
from tests.helpers.forum import Forum, small_forum
from tests.helpers.hands import key, unlock, wait_for
from tests.helpers.keys import CTRL
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, Forum, int]:
    """A round that begins in ten days: two have said yes and let the clinic know, a third has an offer."""
    clock.set(datetime(2026, 11, 20, 9, 0))
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=3, consent_for=())
        round_id = make_round(store, make_programme(store, forum.party_ids["VC"]), clock.today() + timedelta(days=11))
        states = (BookingState.ACCEPTED, BookingState.ACCEPTED, BookingState.OFFERED)
        for place, (case_id, state) in enumerate(zip(forum.case_ids, states, strict=True), 1):
            make_claim(store, round_id, case_id, place, state)
            consent.give(store, case_id, [forum.party_ids["VC"]], clock.today(), clock.today() + timedelta(days=90))
    return vault_dir, forum, round_id


def test_an_offer_a_reminder_and_a_list_that_follows_the_consents(begin, made, printer, clock) -> None:
    folder, forum, round_id = made
    window = unlock(begin(folder))
    window.navigate(Target("prerehab", "round", round_id, "papers"))
    face = window.findChild(RoundPapersFace)
    store = window.context.store

    printed(window, printer, face, PaperKind.OFFER)
    given(store, face, round_id)
    clock.move(days=3)
    printed(window, printer, face, PaperKind.OFFER_REMINDER)
    given(store, face, round_id)
    (offer,) = store.read(claims.open_offers, clock.today())
    assert offer.reminded_on == clock.today()

    named = list_to_the_clinic(window, printer, face, forum, round_id)
    assert named == ["Maria Strömbäck", "Johan Ekegren"]
    given(store, face, round_id)
    withdrawal = consent.withdraw(store, forum.case_ids[0])
    assert len(withdrawal.notices) == 1
    assert list_to_the_clinic(window, printer, face, forum, round_id) == ["Johan Ekegren"]
    copies = [row for row in store.read(queries.of_round, round_id) if row.paper is PaperKind.ROUND_LIST]
    assert [row.state for row in copies] == [HandOutState.GIVEN, HandOutState.SENT]
    assert store.read(consent_queries.received_by_name, forum.case_ids[0], forum.party_ids["VC"]) == (copies[0].id,)


def printed(window, printer, face: RoundPapersFace, paper: PaperKind, party: bool = False) -> None:
    """Go down the list to a paper and print it."""
    before = len(printer.jobs)
    face.focus_first()
    key(Qt.Key.Key_Home, CTRL)
    for _ in range(40):
        offer = face.desk.table.current_row
        if offer is not None and offer.paper is paper and bool(offer.to) == party:
            break
        key(Qt.Key.Key_Down)
    assert face.desk.table.current_row.paper is paper
    wait_for(lambda: face.desk.preview.isVisible() and face.desk.print.isEnabled(), "the paper to be made")
    key(Qt.Key.Key_Return, CTRL)
    wait_for(lambda: len(printer.jobs) > before and window.context.queue.job is None, "the paper to be printed")


def given(store: Store, face: RoundPapersFace, round_id: int) -> None:
    """The last copy came out, and is in its reader's hands."""
    (sent,) = [row for row in store.read(queries.of_round, round_id) if row.state is HandOutState.SENT]
    table = face.desk.copies.table
    wait_for(lambda: sent in table.rows_model.rows, "the copy to stand among the copies")
    table.setFocus()
    key(Qt.Key.Key_Home, CTRL)
    wait_for(face.desk.copies.given.isEnabled, "the newest copy to be chosen")
    key(Qt.Key.Key_G, CTRL)
    assert store.read(queries.hand_out, sent.id).state is HandOutState.GIVEN


def list_to_the_clinic(window, printer, face: RoundPapersFace, forum: Forum, round_id: int) -> list[str]:
    """Print the round list for the supplier; whom it names."""
    printed(window, printer, face, PaperKind.ROUND_LIST, party=True)
    store = window.context.store
    *_, copy = [row for row in store.read(queries.of_round, round_id) if row.paper is PaperKind.ROUND_LIST]
    assert copy.party_id == forum.party_ids["VC"]
    return [line.name for line in store.read(papers.compose, copy.id, store.clock.now()).lines if line.name]
