"""A participant waits, by keyboard alone: put on the list, not ready, ready, passed over with a reason, offered, silent, offered, yes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.prerehab import BookingState, PassOverReason
from rehabdesk.store.queries.prerehab import claims as queries
from rehabdesk.store.store import Store
from rehabdesk.ui.cases.timeline_card import TimelineCard
from rehabdesk.ui.parts.basics import Link, Row
from rehabdesk.ui.prerehab.waiting_model import WaitingTable
from tests.helpers.claims import make_programme, make_round
from tests.helpers.forum import Forum, small_forum
from tests.helpers.hands import choose, fill, go_to, key, look_at_the_date, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

KEY = Qt.Key


@pytest.fixture
def forum(vault_dir: Path, clock) -> Forum:
    """A forum with three cases, and a programme with a round of four places in January; the store is closed again."""
    with new_store(vault_dir, clock) as store:
        made = small_forum(store, cases_count=3)
        make_round(store, make_programme(store), date(2027, 1, 12), places=4)
    return made


def claim_of(store: Store, case_id: int, today: date) -> queries.ClaimRow:
    """Her claim."""
    return store.read(queries.of_case, case_id, today)[0]


def put_on_the_list(name: str, asked: str, *, ready: bool = True) -> None:
    """One more, by the first letters of her name."""
    key(KEY.Key_N, CTRL)
    type_text(None, name)
    key(KEY.Key_Return)
    fill("Frågat den", asked)
    fill("Behovet i korthet", "Rutiner och ork för halvdagar")
    if not ready:
        choose("Läge", "lämplig men inte redo än")
    key(KEY.Key_Return, CTRL)


def choose_in_list(window, name: str) -> None:
    """Walk to somebody on the list."""
    table = window.page.findChildren(WaitingTable)[0]
    go_to("Kö")
    key(KEY.Key_Home, CTRL)
    wait_for(lambda: any(name in row.claim.participant_name for row in table.rows_model.rows), f"{name} on the list")
    while name not in table.current_row.claim.participant_name:
        key(KEY.Key_Down)


def offer() -> None:
    """The place that is proposed, to whoever is chosen."""
    key(KEY.Key_E, CTRL)
    key(KEY.Key_Return, CTRL)


def test_from_the_list_to_a_yes(begin, forum, vault_dir, clock):
    window = unlock(begin(vault_dir))
    store, today = window.context.store, clock.today()
    maria, johan, wioletta = forum.case_ids

    # Three ask. Maria was first, and is not ready yet.
    key(KEY.Key_5, CTRL)
    key(KEY.Key_2, ALT)
    put_on_the_list("mari", "2/11", ready=False)
    put_on_the_list("joh", "9/11")
    put_on_the_list("wiol", "16/11")

    # So Johan is offered the first place; that Maria was not ready is on file without a question.
    choose_in_list(window, "Johan")
    offer()
    assert claim_of(store, johan, today).state is BookingState.OFFERED
    reasons = [row.reason for row in store.read(queries.history, claim_of(store, maria, today).id).passed_over]
    assert reasons == [PassOverReason.NOT_READY]

    # She is ready now. Wioletta goes before her all the same, and why is asked first.
    choose_in_list(window, "Maria")
    push("Redo nu")
    choose_in_list(window, "Wioletta")
    offer()
    assert claim_of(store, wioletta, today).state is BookingState.REGISTERED
    choose("Varför förbigången: RF-2026-001 Maria S.", "någon annan hade större behov")
    fill("Med ord: RF-2026-001 Maria S.", "börjar arbetsträna i mars")
    key(KEY.Key_Return, CTRL)
    assert claim_of(store, wioletta, today).state is BookingState.OFFERED

    # Then it is her turn; and she does not answer.
    choose_in_list(window, "Maria")
    offer()
    assert claim_of(store, maria, today).answer_by == date(2026, 11, 30)
    clock.set(datetime(2026, 12, 2, 9, 0))
    today = clock.today()
    key(KEY.Key_1, CTRL)
    look_at_the_date(window.page)
    wait_for(lambda: "3 erbjudanden fick inget svar i tid" in sentences(window), "the expired offers on Idag")

    # Her page says so; from there she is on the list again, at her old place.
    find_case(window, "RF-2026-001")
    key(KEY.Key_5, ALT)
    push("Tillbaka till kön: Grön prerehab")
    assert claim_of(store, maria, today).state is BookingState.REGISTERED
    wait_for(lambda: "Öppna kön: Grön prerehab" in links(window), "her claim as it is now")
    push("Öppna kön: Grön prerehab")
    assert (window.target.room, window.target.face) == ("prerehab", "waiting")
    choose_in_list(window, "Maria")
    table = window.page.findChildren(WaitingTable)[0]
    assert (table.current_row.place, table.current_row.tried.offers, table.current_row.tried.passed_over) == (1, 1, 2)

    # Offered again, she says yes.
    offer()
    key(KEY.Key_1, CTRL)
    wait_for(lambda: "1 erbjudande väntar på svar" in sentences(window), "the offer on Idag")
    find_case(window, "RF-2026-001")
    key(KEY.Key_5, ALT)
    push("Tackar ja: Grön prerehab")
    assert claim_of(store, maria, today).state is BookingState.ACCEPTED

    # All of it is among the events of her case.
    key(KEY.Key_1, ALT)
    (card,) = window.page.findChildren(TimelineCard)
    heads = [row.head for row in card.table.rows_model.rows]
    for head in ("Anmäld till kön", "Plats erbjuden", "Erbjudande utan svar", "Tackat ja till plats"):
        assert head in heads
    assert heads.index("Tackat ja till plats") < heads.index("Erbjudande utan svar") < heads.index("Anmäld till kön")


def sentences(window) -> str:
    """What Idag tells of places."""
    return " ".join(row.accessibleName() for row in window.page.places.findChildren(Row))


def links(window) -> list[str]:
    """What can be done on the page."""
    return [link.accessibleName() for link in window.page.findChildren(Link) if link.isVisible()]


def find_case(window, number: str) -> None:
    """Find a case by its number, with the one search."""
    key(KEY.Key_K, CTRL)
    type_text(None, number)
    key(KEY.Key_Return)
    assert window.target.room == "cases"
