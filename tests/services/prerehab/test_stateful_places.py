"""Places in any order of events, on the real encrypted store: never overbooked, the sum always holds, nobody passed over in silence."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from rehabdesk.domain.cases import ClosingReason
from rehabdesk.domain.prerehab import BreakOffReason, PassOverReason, RemovalReason
from rehabdesk.domain.problems import Refused
from rehabdesk.services import closing
from rehabdesk.services.prerehab import bookings, capacity, corrections, offers, rounds, waiting_list
from rehabdesk.services.prerehab.rounds import RoundDetails
from rehabdesk.services.prerehab.waiting_list import Passed, Registration
from rehabdesk.store import database, vault
from rehabdesk.store.queries.prerehab import rounds as round_queries
from rehabdesk.store.store import Store
from rehabdesk.texts import texts_for
from tests.helpers import ledger_of_places as ledger
from tests.helpers.claims import make_programme, make_round
from tests.helpers.clock import FakeClock
from tests.helpers.forum import PEOPLE, add_case, small_forum
from tests.helpers.vaults import PASSPHRASE, new_store

CASES = 9
STEPS = 60
TEXTS = tuple(texts_for(language) for language in ("sv", "en"))
WISH = Passed(PassOverReason.OWN_WISH)


def test_places_hold_in_any_order_of_events(prepared: Path) -> None:
    """Thousands of steps: under the profile `ci` a hundred runs of sixty."""
    run_state_machine_as_test(partial(Places, prepared), settings=settings(stateful_step_count=STEPS))


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    """A forum with nine cases, a programme with two rounds that overlap, and another with one at the same hours."""
    with tempfile.TemporaryDirectory(prefix="rehabdesk-places-") as folder:
        place = Path(folder) / "Prepared.rehabdesk"
        with new_store(place) as store:
            forum = small_forum(store, cases_count=len(PEOPLE))
            for number in range(CASES - len(PEOPLE)):
                add_case(forum, "Ester", f"Lind{'abc'[number]}", ("FK",), store.clock.today())
            today = store.clock.today()
            green, other = make_programme(store), make_programme(store, name="Vägen in", slug="vagen-in")
            for programme, days, number in ((green, 9, 1), (green, 30, 2), (other, 9, 1)):
                made = make_round(store, programme, today + timedelta(days=days), number=number, places=4, weeks=6)
                capacity.change_capacity(store, made, 1, 2 if number == 1 else 3)
        yield place


class Places(RuleBasedStateMachine):
    """The verbs of places in random order; each is refused with a sentence and changes nothing, or done and can be undone."""

    def __init__(self, prepared: Path) -> None:
        super().__init__()
        self._folder = tempfile.mkdtemp(prefix="rehabdesk-places-")
        copied = shutil.copytree(prepared, Path(self._folder) / "Places.rehabdesk")
        self._clock = FakeClock()
        self._vault = vault.unlock(copied, PASSPHRASE)
        self._store = Store(database.open_connections(self._vault.database_path, self._vault.data_key), self._clock)
        self._undone: list[tuple[ledger.Dump, ledger.Dump]] = []
        self._done: list[tuple[ledger.Dump, ledger.Dump]] = []
        self._now = ledger.dump(self._store)
        #: Who had to be passed over for an offer, as the list stood before it: kept by offer, since a step back takes both.
        self._passed_by: dict[int, frozenset[int]] = {}

    def teardown(self) -> None:
        self._store.close()
        self._vault.close()
        shutil.rmtree(self._folder)

    # --- what holds after each step ---

    @invariant()
    def places_hold(self) -> None:
        ledger.check(self._store)

    @invariant()
    def nobody_is_passed_over_in_silence(self) -> None:
        on_file: dict[int, set[int]] = {}
        for row in self._now["pass_over"]:
            on_file.setdefault(row[3], set()).add(row[1])
        for offer in self._now["offer"]:
            assert self._passed_by[offer[0]] == on_file.get(offer[0], set()), offer

    # --- the list ---

    @initialize(waiting=st.lists(st.tuples(st.integers(0, CASES - 1), st.integers(0, 60)), min_size=2, max_size=6))
    def some_wait(self, waiting: list[tuple[int, int]]) -> None:
        for case, back in waiting:
            self._ask(case, 0, back, True)

    @rule(case=st.integers(0, CASES - 1), programme=st.integers(0, 4), back=st.integers(0, 60), ready=st.sampled_from((True, True, True, False)))
    def register(self, case: int, programme: int, back: int, ready: bool) -> None:
        self._ask(case, programme // 4, back, ready)

    @rule(pick=st.integers(0, 99), back=st.integers(-1, 60), ready=st.booleans(), soon=st.integers(-5, 40))
    def change_registration(self, pick: int, back: int, ready: bool, soon: int) -> None:
        registration = Registration(self._today - timedelta(days=back), is_ready=ready, ready_from=self._today + timedelta(days=soon))
        self._on_claim(pick, ("registered",), lambda claim: waiting_list.change_registration(self._store, claim, registration))

    @rule(pick=st.integers(0, 99), place=st.integers(0, 6))
    def move(self, pick: int, place: int) -> None:
        self._on_claim(pick, ("registered",), lambda claim: waiting_list.move(self._store, claim, place, WISH))

    @rule(pick=st.integers(0, 99))
    def remove(self, pick: int) -> None:
        wanted = ("registered", "offered", "accepted")
        self._on_claim(pick, wanted, lambda claim: waiting_list.remove(self._store, claim, RemovalReason.OWN_WISH))

    # --- offers ---

    @rule(
        pick=st.integers(0, 99), round_id=st.integers(1, 3), number=st.none() | st.integers(1, 5), late=st.none() | st.integers(0, 30),
        answer=st.none() | st.integers(-1, 20), all_passed=st.sampled_from((True, True, False)),
    )  # fmt: skip
    def offer(self, pick: int, round_id: int, number: int | None, late: int | None, answer: int | None, all_passed: bool) -> None:
        passed = self._reasons() if all_passed else {}
        days = {"starts_on": self._in_days(late), "answer_by": self._in_days(answer), "place_number": number, "passed": passed}
        self._on_claim(pick, ("registered",), lambda claim: offers.offer(self._store, claim, round_id, **days))

    @rule(pick=st.integers(0, 99), round_id=st.integers(1, 3), reason=st.sampled_from(("Behovet är stort", "Behovet är stort", " ")))
    def offer_extra(self, pick: int, round_id: int, reason: str) -> None:
        self._on_claim(pick, ("registered",), lambda claim: offers.offer_extra(self._store, claim, round_id, reason, passed=self._reasons()))

    @rule(pick=st.integers(0, 99), days=st.integers(-2, 12))
    def extend(self, pick: int, days: int) -> None:
        self._on_claim(pick, ("offered",), lambda claim: offers.extend(self._store, claim, self._today + timedelta(days=days)))

    @rule(pick=st.integers(0, 99), verb=st.sampled_from((offers.accept, offers.accept, offers.accept, offers.decline, offers.lapse, offers.remind)))
    def answer(self, pick: int, verb: Callable[[Store, int], object]) -> None:
        self._on_claim(pick, ("offered",), lambda claim: verb(self._store, claim))

    @rule(pick=st.integers(0, 99), verb=st.sampled_from(("take_back", "decline")))
    def change_of_mind(self, pick: int, verb: str) -> None:
        self._on_claim(pick, ("offered", "accepted"), lambda claim: getattr(offers, verb)(self._store, claim, "Det blev en annan dag"))

    # --- places ---

    @rule(
        case=st.integers(0, CASES - 1), round_id=st.integers(1, 3), late=st.none() | st.integers(0, 30), extra=st.sampled_from((False, False, True)),
        all_passed=st.sampled_from((True, True, False)), with_step=st.booleans(),
    )  # fmt: skip
    def book(self, case: int, round_id: int, late: int | None, extra: bool, all_passed: bool, with_step: bool) -> None:
        more = {"starts_on": self._in_days(late), "passed": self._reasons() if all_passed else {}, "with_step": with_step}
        if extra:
            self._do(partial(bookings.book_extra, self._store, self._cases[case], round_id, "Två som hör ihop", **more))
        else:
            self._do(partial(bookings.book, self._store, self._cases[case], round_id, **more))

    @rule(pick=st.integers(0, 99), back=st.none() | st.integers(-2, 20))
    def start(self, pick: int, back: int | None) -> None:
        on = None if back is None else self._today - timedelta(days=back)
        self._on_claim(pick, ("accepted",), lambda claim: bookings.start(self._store, claim, on))

    @rule(round_id=st.integers(1, 3), verb=st.sampled_from((bookings.start_all, bookings.start_all, bookings.complete_all)))
    def all_at_once(self, round_id: int, verb: Callable[[Store, int], int]) -> None:
        self._do(partial(verb, self._store, round_id))

    @rule(pick=st.integers(0, 99), back=st.integers(-1, 25))
    def break_off(self, pick: int, back: int) -> None:
        last = self._today - timedelta(days=back)
        self._on_claim(pick, ("started",), lambda claim: bookings.break_off(self._store, claim, last, BreakOffReason.BACK_AT_WORK))

    @rule(pick=st.integers(0, 99))
    def complete(self, pick: int) -> None:
        self._on_claim(pick, ("started",), lambda claim: bookings.complete(self._store, claim))

    @rule(pick=st.integers(0, 99), back=st.integers(-1, 25), reason=st.sampled_from((BreakOffReason.TRAVEL, BreakOffReason.OTHER)))
    def mend_a_break_off(self, pick: int, back: int, reason: BreakOffReason) -> None:
        last = self._today - timedelta(days=back)
        self._on_claim(pick, ("broken_off",), lambda claim: corrections.change_break_off(self._store, claim, last, reason))

    @rule(pick=st.integers(0, 99))
    def resume(self, pick: int) -> None:
        self._on_claim(pick, ("completed", "broken_off"), lambda claim: corrections.resume(self._store, claim))

    @rule(pick=st.integers(0, 99), is_one=st.booleans())
    def take_back_a_start(self, pick: int, is_one: bool) -> None:
        if is_one:
            self._on_claim(pick, ("started",), lambda claim: corrections.take_back_start(self._store, claim))

    @rule(pick=st.integers(0, 99), number=st.integers(1, 6))
    def change_place(self, pick: int, number: int) -> None:
        wanted = ("offered", "accepted", "started", "broken_off")
        self._on_claim(pick, wanted, lambda claim: bookings.change_place(self._store, claim, number))

    @rule(round_id=st.integers(1, 3), most=st.sampled_from((1, 2, 2, 3, 3, 4, 5, 0)))
    def change_capacity(self, round_id: int, most: int) -> None:
        self._do(partial(capacity.change_capacity, self._store, round_id, 1, most))

    # --- what happens around them ---

    @rule(case=st.integers(0, 3 * CASES))
    def close_or_open_a_case(self, case: int) -> None:
        if case >= CASES:
            return
        case_id = self._cases[case]
        is_closed = next(row for row in self._rows("SELECT id, closed_on FROM \"case\"") if row[0] == case_id)[1] is not None
        if is_closed:
            self._do(partial(closing.reopen_case, self._store, case_id))
        else:
            self._do(partial(closing.close_case, self._store, case_id, ClosingReason.BACK_AT_WORK, self._today))

    @rule(round_id=st.integers(1, 3), later=st.sampled_from((0, 0, 7, -7)), weeks=st.integers(3, 8), late=st.none() | st.integers(0, 20))
    def change_the_round(self, round_id: int, later: int, weeks: int, late: int | None) -> None:
        row = self._store.read(round_queries.round_of, round_id, self._today)
        starts_on = row.starts_on + timedelta(days=later)
        details = RoundDetails(
            programme_id=row.programme_id, name=row.name, starts_on=starts_on, weeks=weeks, weekdays=row.weekdays, start=row.start, end=row.end,
            place=row.place, min_places=row.min_places, max_places=row.max_places,
            last_late_start_on=None if late is None else starts_on + timedelta(days=late),
        )  # fmt: skip
        self._do(partial(rounds.change_round, self._store, round_id, details))

    @rule(round_id=st.integers(1, 3), often=st.integers(0, 5))
    def cancel_the_round(self, round_id: int, often: int) -> None:
        if often == 5:
            self._do(partial(rounds.cancel_round, self._store, round_id, "För få anmälda"))

    @rule(days=st.integers(1, 15))
    def days_pass(self, days: int) -> None:
        self._clock.move(days=days)

    @precondition(lambda self: self._done)
    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(min(steps, len(self._done))):
            before, after = self._done.pop()
            assert self._now == after
            self._store.undo()
            self._now = ledger.dump(self._store)
            assert self._now == before
            self._undone.append((before, after))

    @precondition(lambda self: self._undone)
    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(min(steps, len(self._undone))):
            before, after = self._undone.pop()
            self._store.redo()
            self._now = ledger.dump(self._store)
            assert self._now == after
            self._done.append((before, after))

    # --- internals ---

    @property
    def _today(self) -> date:
        return self._clock.today()

    @property
    def _cases(self) -> list[int]:
        return [row[0] for row in self._now["case"]]

    def _in_days(self, days: int | None) -> date | None:
        return None if days is None else self._today + timedelta(days=days)

    def _rows(self, query: str) -> list[tuple]:
        return self._store.read(lambda connection: [tuple(row) for row in connection.exec_driver_sql(query)])

    def _reasons(self) -> dict[int, Passed]:
        return {row[0]: WISH for row in self._rows("SELECT id FROM booking")}

    def _ask(self, case: int, programme: int, back: int, ready: bool) -> None:
        registration = Registration(self._today - timedelta(days=back), need="Vill ut", is_ready=ready)
        self._do(partial(waiting_list.register, self._store, programme + 1, self._cases[case], registration))

    def _on_claim(self, pick: int, states: tuple[str, ...], act: Callable[[int], object]) -> None:
        """Mostly a claim the verb is for, and now and then any. Where there is none, a step is taken towards one."""
        rows = self._rows("SELECT id, state FROM booking ORDER BY id")
        chosen = [claim for claim, state in rows if state in states or pick % 10 == 9]
        if chosen:
            self._do(partial(act, chosen[pick % len(chosen)]))
        else:
            self._towards(pick, states[-1], rows)

    def _towards(self, pick: int, state: str, rows: list[tuple]) -> None:
        def with_state(wanted: str) -> int | None:
            return next((claim for claim, is_in in rows if is_in == wanted), None)

        accepted, offered, waiting = with_state("accepted"), with_state("offered"), with_state("registered")
        if state in ("started", "broken_off") and accepted is not None:
            first = date.fromisoformat(next(row[12] for row in self._now["booking"] if row[0] == accepted))
            self._clock.move(days=max(0, (first - self._today).days))
            self._do(partial(bookings.start, self._store, accepted))
        elif state in ("started", "broken_off", "accepted") and offered is not None:
            self._do(partial(offers.accept, self._store, offered))
        elif state != "registered" and waiting is not None:
            self._do(partial(offers.offer, self._store, waiting, pick % 2 + 1, passed=self._reasons()))
        else:
            self._ask(pick % CASES, 0, pick % 7, True)

    def _do(self, act: Callable[[], object]) -> None:
        before, label = self._now, self._store.undo_label
        # Whoever let her day to answer pass holds nothing, and waits as the others do.
        waiting = self._rows(
            "SELECT id, programme_id, position, asked_on FROM booking WHERE state = 'registered' OR state = 'offered' AND NOT EXISTS "
            f"(SELECT 1 FROM offer WHERE booking_id = booking.id AND outcome = 'open' AND answer_by >= '{self._today}')"
        )
        try:
            act()
        except Refused as refused:
            assert all(texts.problem(problem) for problem in refused.problems for texts in TEXTS)
            assert ledger.dump(self._store) == before
            assert self._store.undo_label is label
            return
        self._now = ledger.dump(self._store)
        # What changed nothing leaves no step to take back, and a step has changed something.
        assert (self._now != before) == (self._store.undo_label is not label)
        if self._now != before:
            self._done.append((before, self._now))
            self._undone.clear()
        self._note_offers(before, waiting)

    def _note_offers(self, before: ledger.Dump, waiting: list[tuple]) -> None:
        """For each new offer: everybody on the list before her, as it stood, and whoever lost the same place by not answering."""
        known = {row[0] for row in before["offer"]}
        lapsed = {new[0] for old, new in zip(before["booking"], self._now["booking"], strict=False) if (old[3], new[3]) == ("offered", "registered")}
        bookings_now = {row[0]: row for row in self._now["booking"]}
        for offer in self._now["offer"]:
            if offer[0] in known:
                continue
            hers = bookings_now[offer[1]]
            back = [(row[0], row[1], row[4], row[5]) for row in bookings_now.values() if row[0] in lapsed]
            in_order = (hers[4], hers[5], hers[0])
            self._passed_by[offer[0]] = frozenset(
                claim for claim, programme, position, asked_on in (*waiting, *back)
                if claim != hers[0] and programme == hers[1] and (position, asked_on, claim) < in_order
            )  # fmt: skip
