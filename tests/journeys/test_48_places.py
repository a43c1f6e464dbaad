"""A year of six rounds of eight filled from seventy applicants: the first by keyboard in the real window, the rest by the verbs behind it.

Some say no, some never answer, one stops and somebody begins late in her place. At every step the sum on the page holds and is
the store's own; at the end nobody sits on another's place, and whoever was passed over can be told why.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.prerehab import ALIVE, BOOKED, BookingState, PassOverReason
from rehabdesk.domain.rounds import RoundDetails
from rehabdesk.services import cases
from rehabdesk.services.prerehab import offers, proposals, rounds, waiting_list
from rehabdesk.services.prerehab.waiting_list import Registration
from rehabdesk.store.queries.prerehab import claims as claim_queries
from rehabdesk.store.queries.prerehab import places as place_queries
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.store import Store
from rehabdesk.ui.prerehab.places_face import PlacesFace
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.claims import make_programme
from tests.helpers.clock import FakeClock
from tests.helpers.forum import small_forum
from tests.helpers.hands import choose, fill, go_to, key, look_at_the_date, push, unlock, wait_for
from tests.helpers.keys import CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow
KEY = Qt.Key

APPLICANTS, ROUNDS, PLACES = 70, 6, 8
STARTS = tuple(date(2027, 1, 12) + timedelta(weeks=7 * number) for number in range(ROUNDS))


@dataclass
class Year:
    """The window, what is behind it, and the rounds of the year."""

    window: MainWindow
    store: Store
    clock: FakeClock
    programme: int
    round_ids: tuple[int, ...]

    @property
    def face(self) -> PlacesFace:
        """The places that are shown."""
        return self.window.findChild(PlacesFace)

    def holds(self, round_id: int) -> None:
        """The sum of the page is the store's, and nobody sits on another's place."""
        QApplication.processEvents()
        today = self.store.clock.today()
        told = self.store.read(place_queries.sums, [round_id], today)[round_id]
        assert told.places == told.booked + told.held + told.free
        numbers = [int(word) for word in self.face.sum.text().partition("(")[0].split() if word.isdigit()]
        assert numbers == [told.places, told.booked, told.held, told.free]
        for place in self.store.read(place_queries.places_of, round_id, today):
            days = sorted((claim.starts_on, claim.ends_on) for claim in place.claims if claim.starts_on <= claim.ends_on)
            assert all(before[1] < after[0] for before, after in zip(days, days[1:], strict=False))

    def booked(self, round_id: int) -> int:
        """How many have said yes."""
        return self.store.read(place_queries.sums, [round_id], self.store.clock.today())[round_id].booked


@pytest.fixture
def made(vault_dir: Path, clock: FakeClock) -> tuple[Path, int, tuple[int, ...]]:
    """A vault with seventy people on the list of a programme, every tenth of them not ready yet, and its six rounds of a year."""
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=0)
        programme = make_programme(store)
        for number in range(APPLICANTS):
            case = cases.open_case(store, forum.series_id, f"Deltagare{number + 1}", "Prov")
            asked = date(2026, 8, 1) + timedelta(days=number)
            waiting_list.register(store, programme, case, Registration(asked_on=asked, is_ready=number % 10 != 9))
        made = rounds.plan_rounds(store, [
            RoundDetails(programme, "", start, 6, (1, 3), "09:00", "12:00", "Lillgården", 4, PLACES, start + timedelta(weeks=2))
            for start in STARTS
        ])  # fmt: skip
    return vault_dir, programme, made


def test_forty_eight_places_are_filled_from_seventy_applicants(begin, made, clock) -> None:
    folder, programme, round_ids = made
    window = unlock(begin(folder))
    year = Year(window, window.context.store, clock, programme, round_ids)

    open_the_first_round(year)
    offer_all_its_places(year)
    hear_the_answers(year)
    fill_what_came_free(year)
    for round_id in round_ids[1:]:
        fill_by_the_verbs(year, round_id)
    assert sum(map(year.booked, round_ids)) == ROUNDS * PLACES
    start_and_fill_late(year)
    look_at_the_whole(year)


def open_the_first_round(year: Year) -> None:
    key(KEY.Key_5, CTRL)
    wait_for(lambda: year.window.target is not None and year.window.target.room == "prerehab", "the room")
    year.window.navigate(Target("prerehab", "round", year.round_ids[0], "places"))
    wait_for(lambda: year.face is not None and year.face.grid.hasFocus(), "the grid to have the keyboard")
    assert year.face.sum.text() == "8 platser = 0 bokade + 0 erbjudna + 8 lediga"


def offer_all_its_places(year: Year) -> None:
    """The first from the list in the pane, with Enter; the others by the letter, in the grid."""
    key(KEY.Key_Return)
    assert year.face.offer_pane.table.hasFocus()
    key(KEY.Key_Return)
    year.holds(year.round_ids[0])
    for _ in range(PLACES - 1):
        key(KEY.Key_F6)
        type_text(None, "e")
        year.holds(year.round_ids[0])
    assert year.face.sum.text() == "8 platser = 0 bokade + 8 erbjudna + 0 lediga"


def hear_the_answers(year: Year) -> None:
    """Five say yes, one says no, two never answer."""
    key(KEY.Key_Home, CTRL)
    for letters in ("j", "j", "n\n", "j", "", "j", "j", ""):
        type_text(None, letters)
        year.holds(year.round_ids[0])
        key(KEY.Key_Down)
    assert year.face.sum.text() == "8 platser = 5 bokade + 2 erbjudna + 1 ledig"


def fill_what_came_free(year: Year) -> None:
    """The declined place goes to the next; those of the expired offers too, and one wishes to wait and is passed over for it."""
    first = year.round_ids[0]
    key(KEY.Key_F6)
    assert year.face.grid.line.id == 3
    type_text(None, "j")
    year.holds(first)
    year.clock.set(datetime(2026, 12, 10, 9, 0))
    look_at_the_date(year.face)
    year.holds(first)
    assert year.face.sum.text() == "8 platser = 6 bokade + 0 erbjudna + 2 lediga"
    year.face.grid.choose(5)
    push("Erbjud platsen till någon annan")
    pass_somebody_over(year)
    year.holds(first)
    year.face.grid.choose(8)
    push("Erbjud platsen till någon annan")
    key(KEY.Key_Return)
    year.holds(first)
    year.face.grid.setFocus()
    for number in (5, 8):
        year.face.grid.choose(number)
        type_text(None, "j")
        year.holds(first)
    assert year.face.sum.text() == "8 platser = 8 bokade + 0 erbjudna + 0 lediga"


def pass_somebody_over(year: Year) -> None:
    """One further down the list than who is next: the reason is asked, and stands on file."""
    table = go_to("Vilka som väntar")
    hers = table.current_row
    key(KEY.Key_Down)
    chosen = table.current_row
    choose(f"Varför förbigången: {hers.who}", year.window.context.texts.term(PassOverReason.OWN_WISH))
    push("Erbjud")
    QApplication.processEvents()
    passed = year.store.read(claim_queries.history, chosen.id).went_before
    assert (hers.row.case_number, PassOverReason.OWN_WISH) in [(row.case_number, row.reason) for row in passed]


def fill_by_the_verbs(year: Year, round_id: int) -> None:
    """As many offers as it takes; every seventh says no, every ninth is taken back and offered anew. The page follows each step."""
    store, today = year.store, year.store.clock.today()
    year.window.navigate(Target("prerehab", "round", round_id, "places"))
    offered = 0
    while year.booked(round_id) < PLACES:
        following = store.read(proposals.proposal, round_id, today).next
        offered += 1
        offers.offer(store, following.id, round_id)
        if offered % 7 == 0:
            offers.decline(store, following.id)
        elif offered % 9 == 0:
            offers.take_back(store, following.id, "Inget svar")
            offers.offer(store, following.id, round_id)
            offers.accept(store, following.id)
        else:
            offers.accept(store, following.id)
        year.holds(round_id)


def start_and_fill_late(year: Year) -> None:
    """The first round begins; one stops in its first week, and the next on the list begins late in her place."""
    first = year.round_ids[0]
    year.clock.set(datetime(2027, 1, 14, 13, 0))
    year.window.navigate(Target("prerehab", "round", first, "places"))
    year.face._desk.reload()
    push("Alla som tackat ja har startat")
    year.holds(first)
    year.face.grid.setFocus()
    year.face.grid.choose(2)
    type_text(None, "a")
    fill("Sista dagen", "12/1")
    choose("Skäl", "resvägen")
    push("Har avbrutit")
    year.holds(first)
    assert year.face.sum.text() == "8 platser = 7 bokade + 0 erbjudna + 1 ledig"
    year.face.grid.setFocus()
    key(KEY.Key_Right)
    type_text(None, "j")
    year.holds(first)
    assert year.face.sum.text() == "8 platser = 8 bokade + 0 erbjudna + 0 lediga"
    place = year.face.grid.line.place
    assert [claim.state for claim in place.claims] == [BookingState.BROKEN_OFF, BookingState.ACCEPTED]
    key(KEY.Key_Z, CTRL)
    year.holds(first)
    assert year.face.sum.text() == "8 platser = 7 bokade + 0 erbjudna + 1 ledig"
    year.window.redo()
    year.holds(first)


def look_at_the_whole(year: Year) -> None:
    """Forty-eight places are taken by forty-eight people; nobody who said no has a claim; whoever was passed over has a reason."""
    store, today = year.store, year.store.clock.today()
    rows = [row for round_id in year.round_ids for row in store.read(claim_queries.of_round, round_id, today)]
    standing = [row for row in rows if row.state in BOOKED]
    assert len(standing) == len({row.case_id for row in standing}) == ROUNDS * PLACES
    assert sum(row.booked for row in store.read(round_queries.rounds, today, programme_id=year.programme)) == ROUNDS * PLACES
    waiting = store.read(claim_queries.waiting, year.programme, today)
    everybody = Counter(row.state for case in range(1, APPLICANTS + 1) for row in store.read(claim_queries.of_case, case, today))
    assert everybody.total() == APPLICANTS
    assert everybody[BookingState.REGISTERED] == len(waiting)
    assert sum(everybody[state] for state in ALIVE) == len(waiting) + ROUNDS * PLACES
    for row in standing:
        went_before = store.read(claim_queries.history, row.id).went_before
        assert all(passed.reason is not PassOverReason.OTHER or passed.text for passed in went_before)
