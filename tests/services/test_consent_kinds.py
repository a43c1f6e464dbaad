"""Over random consents, withdrawals and sessions no reader ever receives a block of a kind not given to it on that day.

Through the services and the real store: every paper there is, asked for anew, printed from the queue, printed again, saved
as a file, for every party, after every step. What was given is kept here by its own simple bookkeeping.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabdesk.domain.consent import InformationKind, Terms
from rehabdesk.domain.forum import ItemState, Outcome, Presence, Return, SessionState
from rehabdesk.domain.hand_outs import HandOutState, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import PlanText
from rehabdesk.domain.problems import Refused
from rehabdesk.services import cases, consent, hand_outs, papers, plans, sick_leave
from rehabdesk.services.forum import actions, agenda, meeting, minutes, presence, sessions, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import presence as presence_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.store import Store
from tests.helpers.forum import Forum, small_forum

SICK, ABILITY, MEASURES = InformationKind.SICK_LEAVE, InformationKind.WORK_ABILITY, InformationKind.PLANNED_MEASURES
NOBODY = None
#: Papers a party is a reader of, asked for about one case or item …
OF_A_CASE = (PaperKind.EXTRACT, PaperKind.PLAN, PaperKind.PLAN_PLAIN, PaperKind.CALL, PaperKind.WITHDRAWAL_NOTICE)
#: … and for a whole session, or the party alone.
OF_A_SESSION = (PaperKind.AGENDA, PaperKind.ACTION_SLIP, PaperKind.PREPARATION, PaperKind.ACTION_LIST)

KEYS = ("HR", "FK", "VC", "AF")
PARTY, CASE = st.sampled_from(KEYS), st.integers(0, 1)
KINDS = st.dictionaries(PARTY, st.frozensets(st.sampled_from(InformationKind), min_size=1), min_size=1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), CASE, KINDS, st.integers(-3, 3), st.integers(0, 8)),
        st.tuples(st.just("withdraw"), CASE, st.none() | st.frozensets(PARTY, min_size=1)),
        st.tuples(st.just("days"), st.integers(1, 4)),
        st.tuples(st.just("type"), CASE),
        st.tuples(st.just("freeze"), CASE),
        st.tuples(st.just("print")),
        st.tuples(st.just("save"), CASE, PARTY, st.sampled_from((PaperKind.EXTRACT, PaperKind.PLAN, PaperKind.AGENDA))),
        st.tuples(st.just("agree"), CASE),
        st.tuples(st.just("next")),
    ),
    min_size=2,
    max_size=14,
)


def leaves(value: object) -> Iterator[object]:
    """Every word and day a document holds."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, (tuple, list, frozenset, set)):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, dict):
        yield from leaves(tuple(value.items()))
    elif isinstance(value, (str, date)):
        yield value


class World:
    """A forum with two people about whom every kind of thing is known, and what has been given of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.forum = _forum(store)
        self.given: list[tuple[int, str, InformationKind, date, date]] = []
        self.marks: dict[str, tuple[int, InformationKind | None]] = {}
        # The database lives on between examples: names, words and days of their own tell this world from earlier ones.
        self._number = len(store.read(case_queries.cases, self.today))
        letters = str(self._number).translate(str.maketrans("0123456789", "abcdefghij"))
        self.people = tuple((given, f"{surname}{letters}") for given, surname in (("Wioletta", "Kołodziej"), ("Zeynep", "Yıldız")))
        self.starts = tuple(date(2022, 1, 3) + timedelta(days=self._number + index) for index in range(2))
        self.cases = [self._case(index) for index in range(2)]
        self.items: dict[int, int] = {}
        self._typed = 0
        self.session = self._session()
        self.coming = self._coming()

    @property
    def today(self) -> date:
        """The day."""
        return self.store.clock.today()

    def kinds(self, index: int, key: str) -> frozenset[InformationKind]:
        """What this party may have about this person today."""
        return frozenset(
            kind for case, party, kind, start, end in self.given if (case, party) == (index, key) and start <= self.today <= end
        )

    # --- what happens ---

    def give(self, index: int, kinds: dict[str, frozenset[InformationKind]], offset: int, days: int) -> None:
        """A consent by kinds, begun already or not yet."""
        start = self.today + timedelta(days=offset)
        end = start + timedelta(days=days)
        ids = self.forum.party_ids
        consent.register(self.store, self.cases[index], {ids[key]: covered for key, covered in kinds.items()}, Terms(start, end))
        self.given += [(index, key, kind, start, end) for key, covered in kinds.items() for kind in covered]

    def withdraw(self, index: int, keys: frozenset[str] | None) -> None:
        """For some parties or all: nothing of it holds any more, nor will."""
        ids = self.forum.party_ids
        consent.withdraw(self.store, self.cases[index], None if keys is None else [ids[key] for key in sorted(keys)])
        self.given = [one for one in self.given if one[0] != index or (keys is not None and one[1] not in keys)]

    def days(self, days: int) -> None:
        """Time passes."""
        self.store.clock.move(days=days)

    def type(self, index: int) -> None:
        """Words of their own in every field of the open item."""
        self._typed += 1
        item = self._open(index)
        for field in ItemText:
            kind = MEASURES if field is ItemText.QUESTION else NOBODY
            meeting.save_text(self.store, item, field, self._mark(index, field.value, kind))
        agreed = meeting.add_agreement(self.store, item, self._mark(index, "agreed", MEASURES))
        meeting.save_participant_line(self.store, agreed, self._mark(index, "line", NOBODY))
        for key in KEYS:
            what = self._mark(index, f"action{key}", MEASURES)
            actions.add_action(self.store, item, NewAction(what, party_id=self.forum.party_ids[key], due_on=self.today))

    def freeze(self, index: int) -> None:
        """The item is finished: copies are queued for whoever may have them."""
        sheets.freeze(self.store, self._open(index), Ending(Outcome.AGREED, Return.NOT_AT_ALL))

    def print(self) -> None:
        """The queue goes to the printer; what comes out is looked at, and given."""
        for row in self.store.read(hand_out_queries.to_print):
            document = hand_outs.send(self.store, row.id)
            if document is not None:
                if row.reader is ReaderKind.PARTY:
                    self.look(document, self._key(row.party_id), row.paper)
                hand_outs.give(self.store, [row.id])

    def save(self, index: int, key: str, paper: PaperKind) -> None:
        """A file that the coordinator asks for."""
        saved = hand_outs.save_as_file(self.store, self._wanted(paper, index, key))
        self.look(saved.document, key, paper)

    def agree(self, index: int) -> None:
        """The plan becomes a version, which is kept and printed as it was."""
        plans.agree(self.store, self.cases[index])

    def next(self) -> None:
        """The meeting is over and locked, the next begins, and another is planned."""
        minutes.lock(self.store, self.session, told_twice=True)
        sessions.cancel_session(self.store, self.coming, "flyttat")
        self.session = self._session()
        self.coming = self._coming()

    # --- what is looked at ---

    def check(self, *, every_kind: bool = False) -> None:
        """Ask for every paper for every party, print again what was ever printed, and see who may sit there."""
        for key in KEYS:
            for paper in PaperKind if every_kind else OF_A_CASE:
                for index in range(2):
                    self._ask(self._wanted(paper, index, key), key)
            for paper in PaperKind if every_kind else OF_A_SESSION:
                self._ask(self._wanted(paper, None, key), key)
            self._ask(Wanted(PaperKind.AGENDA, Reader(ReaderKind.PARTY, self.forum.party_ids[key]), self.coming), key)
            self._ask(Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, self.forum.party_ids[key]), self.coming), key)
        for row in self.store.read(hand_out_queries.of_session, self.session):
            if row.reader is ReaderKind.PARTY:
                self._reprint(row.id, self._key(row.party_id), row.paper)
        self._check_the_table()

    def look(self, document: object, key: str, paper: PaperKind) -> None:
        """Nothing in it is of a kind that this party does not have today."""
        held = tuple(leaves(document))
        days, words = {one for one in held if isinstance(one, date)}, "\n".join(one for one in held if isinstance(one, str))
        for index in range(2):
            may_have = self.kinds(index, key)
            if SICK not in may_have:
                assert self.starts[index] not in days, (paper, key, "sick leave")
            if not may_have:
                assert self.people[index][1] not in words, (paper, key, "name")
            for mark, (whose, kind) in self.marks.items():
                if whose == index and mark in words:
                    assert kind in may_have, (paper, key, mark, may_have)

    def _check_the_table(self) -> None:
        hosts = self.store.read(party_queries.host_parties)
        for item in self.store.read(agenda_queries.agenda, self.session, self.today):
            if item.case_id is None:
                continue
            index = self.cases.index(item.case_id)
            assert item.is_by_name is any(self.kinds(index, key) for key in KEYS)
            for called in item.called:
                assert called.may_hear is (MEASURES in self.kinds(index, self._key(called.party_id)))
            if item.state is not ItemState.OPEN:
                continue
            for attendee in self.store.read(presence_queries.attendees, self.session):
                if attendee.party_id is None or attendee.party_id in hosts:
                    continue
                answer = presence.mark(self.store, attendee.id, Presence.HERE).may_hear
                assert answer is (not item.is_by_name or MEASURES in self.kinds(index, self._key(attendee.party_id)))

    # --- internals ---

    def _case(self, index: int) -> int:
        case = cases.open_case(self.store, self.forum.series_id, *self.people[index])
        sick_leave.add_period(self.store, case, self.starts[index], None, 75)
        for text, kind in (
            (PlanText.OWN_GOAL, NOBODY), (PlanText.CAN_DO, ABILITY), (PlanText.CANNOT_DO, ABILITY), (PlanText.WHY_NOT, NOBODY),
        ):
            plans.change_text(self.store, case, text, self._mark(index, f"{text.value}case", kind))
        plans.add_goal(self.store, case, self._mark(index, "goal", MEASURES))
        for key in KEYS:
            step = NewAction(self._mark(index, f"step{key}", MEASURES), party_id=self.forum.party_ids[key])
            plans.add_step(self.store, case, step)
        return case

    def _session(self) -> int:
        where = SessionPlan(self.today, "13:00", "15:30", "Stora Lundsal")
        session = sessions.plan_session(self.store, self.forum.series_id, where)
        for index, case in enumerate(self.cases):
            self.items[index] = agenda.add_case_item(self.store, session, case, self.forum.party_ids.values())
            agenda.change_item(self.store, self.items[index], question=self._mark(index, "asked", MEASURES))
        meeting.start_session(self.store, session)
        return session

    def _coming(self) -> int:
        where = SessionPlan(self.today + timedelta(days=2), "13:00", "15:30", "Stora Lundsal")
        session = sessions.plan_session(self.store, self.forum.series_id, where)
        for index, case in enumerate(self.cases):
            item = agenda.add_case_item(self.store, session, case, self.forum.party_ids.values())
            agenda.change_item(self.store, item, question=self._mark(index, "coming", MEASURES))
        return session

    def _open(self, index: int) -> int:
        meeting.open_item(self.store, self.items[index])
        return self.items[index]

    def _mark(self, index: int, what: str, kind: InformationKind | None) -> str:
        mark = f"{what}w{self._number}x{index}y{len(self.marks)}z"
        self.marks[mark] = (index, kind)
        return mark

    def _key(self, party_id: int) -> str:
        return next(key for key, known in self.forum.party_ids.items() if known == party_id)

    def _wanted(self, paper: PaperKind, index: int | None, key: str) -> Wanted:
        case, item = (None, None) if index is None else (self.cases[index], self.items[index])
        return Wanted(paper, Reader(ReaderKind.PARTY, self.forum.party_ids[key], case), self.session, item)

    def _ask(self, wanted: Wanted, key: str) -> None:
        try:
            document = self.store.read(papers.paper, wanted, self.store.clock.now())
        except Refused:
            return
        # The complete minutes and papers for anybody are asked for as such, never for a party.
        if wanted.paper not in (PaperKind.MINUTES, PaperKind.SUMMARY):
            self.look(document, key, wanted.paper)

    def _reprint(self, hand_out_id: int, key: str, paper: PaperKind) -> None:
        try:
            self.look(self.store.read(papers.compose, hand_out_id, self.store.clock.now()), key, paper)
        except Refused:
            return


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=12, deadline=None)
@given(steps=STEPS)
def test_no_reader_ever_receives_a_block_of_a_kind_not_given_to_it_on_that_day(store: Store, steps: list[tuple]) -> None:
    store.clock.move(days=1)
    world = World(store)
    world.check()
    for verb, *how in steps:
        try:
            getattr(world, verb)(*how)
        except Refused:
            # It could not be done just then: an item is finished, nothing stands to be withdrawn.
            pass
        world.check()
    world.check(every_kind=True)


def test_what_is_given_is_received(store: Store) -> None:
    """The other side of it: with everything given, each kind does reach the party, so that the test above sees something."""
    world = World(store)
    world.give(0, {"FK": frozenset(InformationKind)}, 0, 8)
    world.type(0)
    world.freeze(0)
    found: set[object] = set()
    coming = Wanted(PaperKind.PREPARATION, Reader(ReaderKind.PARTY, world.forum.party_ids["FK"]), world.coming)
    for wanted in (coming, *(world._wanted(paper, 0, "FK") for paper in (*OF_A_CASE, *OF_A_SESSION))):
        try:
            document = store.read(papers.paper, wanted, store.clock.now())
        except Refused:
            continue
        found |= {mark for mark in world.marks for word in leaves(document) if isinstance(word, str) and mark in word}
        found |= {SICK for day in leaves(document) if day == world.starts[0]}
    assert SICK in found
    seen = {world.marks[mark][1] for mark in found if mark in world.marks and world.marks[mark][0] == 0}
    assert {ABILITY, MEASURES} <= seen
    extract = [row for row in store.read(hand_out_queries.of_session, world.session) if row.party_id == world.forum.party_ids["FK"]]
    assert [row.state for row in extract] == [HandOutState.WAITING]


def _forum(store: Store) -> Forum:
    """The database lives on between examples: each gets people and a session of its own in the first one's forum."""
    known = store.read(session_queries.series)
    forum = small_forum(store, cases_count=0) if not known else None
    for session in store.read(session_queries.sessions):
        if session.state is SessionState.PLANNED:
            sessions.cancel_session(store, session.id, "prövning")
        elif session.state is SessionState.UNDER_WAY:
            minutes.lock(store, session.id, told_twice=True)
    if forum is not None:
        return forum
    ids = {row.aliases[0]: row.id for row in store.read(party_queries.parties)}
    return Forum(store, known[0].id, 0, ids, {})
