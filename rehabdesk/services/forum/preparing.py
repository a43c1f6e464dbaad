"""Preparing a meeting: the cases by what is due, and a proposed agenda that is shown before it is taken in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import Connection, select

from rehabdesk.domain.chain_rules import RuleBook
from rehabdesk.domain.consent import Consent, parties_hearing
from rehabdesk.domain.fitting import NotFitting, Part, Window, Wish, fit
from rehabdesk.domain.forum import ItemKind, SessionState
from rehabdesk.domain.many_chains import ManyChains
from rehabdesk.domain.preparation import DueReason
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services import sick_leave
from rehabdesk.services.chain_rules import rule_book
from rehabdesk.services.checks import existing
from rehabdesk.services.forum.agenda import USUAL_MINUTES, first_question, items_in_order, take_off
from rehabdesk.store.history import Label
from rehabdesk.store.queries import calls as call_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import sick_leave as sick_leave_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import candidates as candidate_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import ItemRow
from rehabdesk.store.queries.forum.candidates import Candidate
from rehabdesk.store.store import Store, Writing, no_longer_there
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import AgendaItem, ForumSession, ItemParty, StandingItem


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One item of a proposed agenda. `item_id` is empty for a case that comes onto it, `parties` are then those who would be called."""

    id: int
    item_id: int | None
    case_id: int | None
    name: str
    kind: ItemKind
    minutes: int
    is_new: bool = False
    reasons: tuple[DueReason, ...] = ()
    parties: tuple[int, ...] = ()
    starts: str = ""
    ends: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """Something that did not fit, and why. What stands on the agenda now would be parked."""

    id: int
    item_id: int | None
    case_id: int | None
    name: str
    why: NotFitting
    reasons: tuple[DueReason, ...]
    is_parked: bool


@dataclass(frozen=True, slots=True)
class AgendaProposal:
    """A whole agenda as it would be, and what is not on it."""

    session_id: int
    lines: tuple[ProposedLine, ...]
    left_out: tuple[LeftOutLine, ...]

    @property
    def new_count(self) -> int:
        """How many cases come onto the agenda."""
        return sum(line.is_new for line in self.lines)


def candidates(connection: Connection, session_id: int, today: date) -> tuple[Candidate, ...]:
    """Open cases that are not on the meeting's agenda, the most due first, the rehabilitation chain counted in."""
    book = rule_book()
    people = sick_leave_queries.person_chains(connection)
    briefs = _many_chains(book, today).briefs(people)
    chains = {brief.case_id: (brief.next_on, brief.next_day) for brief in briefs if brief.next_on is not None}
    plans = sick_leave_queries.plans_owed(connection, people, today, sick_leave.plan_rule(today), book.join_under(today))
    return candidate_queries.candidates(connection, session_id, today, chains, plans)


def propose(connection: Connection, session_id: int, today: date) -> AgendaProposal:
    """The agenda that fits the meeting best: what stands on it first, then the cases by what is due. Refused once it has begun."""
    session = session_queries.session(connection, session_id)
    if session is None:
        raise no_longer_there("session")
    refuse_if([Problem("proposal.not_planned")] if session.state is not SessionState.PLANNED else [])
    items = agenda_queries.agenda(connection, session_id, today)
    waiting = candidates(connection, session_id, today)
    drafts = _Drafts(connection, items, _who_may_hear(connection, waiting, (today, session.held_on)), today)
    for item in items:
        drafts.add_item(item)
    for candidate in waiting:
        drafts.add_candidate(candidate)
    return drafts.fitted(session_id, session.start, session.end)


def take(store: Store, proposal: AgendaProposal) -> None:
    """Make the agenda what was proposed, in one step. Refused when anything it rests on has changed since it was shown."""
    with store.write(Label("forum.proposal_taken")) as writing:
        if writing.read(propose, proposal.session_id, writing.today) != proposal:
            raise Refused(Problem("proposal.changed"))
        session = existing(writing, ForumSession, proposal.session_id, "session")
        rows = {item.id: item for item in items_in_order(writing, session.id)}
        for left in proposal.left_out:
            if left.is_parked:
                take_off(writing, rows[left.item_id])
        for position, line in enumerate(proposal.lines, start=1):
            item = rows.get(line.item_id) or _brought(writing, session, line)
            item.session_id, item.position, item.minutes_before = session.id, position, line.before


# It answers by the rules and the day alone: keeping what it has worked out is not state.
@lru_cache(maxsize=1)
def _many_chains(book: RuleBook, today: date) -> ManyChains:
    return ManyChains(book, today)


def _brought(writing: Writing, session: ForumSession, line: ProposedLine) -> AgendaItem:
    """A case that comes onto the agenda: taken up from the parking list, or new with its parties called."""
    if line.item_id is not None:
        return existing(writing, AgendaItem, line.item_id, "item")
    case = existing(writing, Case, line.case_id, "case")
    item = AgendaItem(
        kind=ItemKind.CASE, case_id=case.id, series_id=session.series_id, session_id=session.id, minutes=line.minutes,
        question=first_question(writing, case),
    )  # fmt: skip
    writing.session.add(item)
    writing.flush()
    writing.session.add_all([ItemParty(item_id=item.id, party_id=party_id) for party_id in line.parties])
    return item


class _Drafts:
    """The wishes of a proposal, in the order they are wanted, with what to tell of each."""

    def __init__(self, connection: Connection, items: Sequence[ItemRow], hearing: Mapping[int, tuple[int, ...]], today: date) -> None:
        self._connection, self._hearing, self._today = connection, hearing, today
        self._lines: list[ProposedLine] = []
        self._wishes: list[Wish] = []
        self._refused: list[LeftOutLine] = []
        self._last = frozenset(connection.execute(select(StandingItem.id).where(StandingItem.is_last.is_(True))).scalars())
        self._first_case = next((place for place, item in enumerate(items) if item.kind is not ItemKind.GENERAL), len(items))
        self._own = call_queries.windows(connection, [item.id for item in items])
        self._windows = _common_windows(items)

    def add_item(self, item: ItemRow) -> None:
        """What stands on the agenda: it stays if it fits."""
        place = len(self._lines)
        part = Part.BETWEEN
        if item.standing_item_id in self._last:
            part = Part.CLOSING
        elif item.kind is ItemKind.GENERAL and place < self._first_case:
            part = Part.OPENING
        windows = tuple(Window(party.can_from, party.can_until) for party in item.called if party.can_from or party.can_until)
        if item.id in self._own:
            windows += (Window(*self._own[item.id]),)
        name = item.title if item.kind is not ItemKind.CASE else f"{item.case_number} {item.short_name if item.is_by_name else ''}".strip()
        self._want(ProposedLine(place, item.id, item.case_id, name, item.kind, item.minutes), windows, part)

    def add_candidate(self, candidate: Candidate) -> None:
        """A case that is due, and may be spoken of both today, when it is called, and on the day of the meeting."""
        place = len(self._lines) + len(self._refused)
        parked = self._parked(candidate)
        name = f"{candidate.number} {candidate.name}"
        if not candidate.is_pressing:
            self._refuse(place, candidate, name, NotFitting.NOT_DUE)
            return
        parties = self._hearing.get(candidate.id, ())
        if not parties:
            self._refuse(place, candidate, name, NotFitting.NO_CONSENT)
            return
        minutes = parked.minutes if parked is not None else USUAL_MINUTES[ItemKind.CASE]
        windows = tuple(self._windows[party_id] for party_id in parties if party_id in self._windows)
        line = ProposedLine(
            place, candidate.parked_item_id, candidate.id, name, ItemKind.CASE, minutes, True, candidate.reasons, parties
        )
        self._want(line, windows, Part.BETWEEN)

    def fitted(self, session_id: int, start: str, end: str) -> AgendaProposal:
        """The proposal."""
        found = fit(self._wishes, start, end)
        by_key = {line.id: line for line in self._lines}
        placed = tuple(_at(by_key[one.key], one.starts, one.ends, one.before) for one in found.placed)
        left = [
            LeftOutLine(line.id, line.item_id, line.case_id, line.name, one.why, line.reasons, not line.is_new)
            for one in found.left_out
            for line in (by_key[one.key],)
        ]
        return AgendaProposal(session_id, placed, tuple(sorted([*left, *self._refused], key=_by_id)))

    def _want(self, line: ProposedLine, windows: tuple[Window, ...], part: Part) -> None:
        self._lines.append(line)
        self._wishes.append(Wish(line.id, line.minutes, line.kind is ItemKind.CASE, windows, part))

    def _refuse(self, place: int, candidate: Candidate, name: str, why: NotFitting) -> None:
        self._refused.append(LeftOutLine(place, candidate.parked_item_id, candidate.id, name, why, candidate.reasons, False))

    def _parked(self, candidate: Candidate) -> ItemRow | None:
        if candidate.parked_item_id is None:
            return None
        return agenda_queries.item(self._connection, candidate.parked_item_id, self._today)


def _who_may_hear(connection: Connection, waiting: Sequence[Candidate], days: Sequence[date]) -> dict[int, tuple[int, ...]]:
    """For each case that is due, the parties that may hear it on every one of the days."""
    by_case: dict[int, list[Consent]] = defaultdict(list)
    for consent in consent_queries.rules(connection, [candidate.id for candidate in waiting if candidate.is_pressing]):
        by_case[consent.case_id].append(consent)
    return {
        case_id: tuple(sorted(frozenset.intersection(*(parties_hearing(its, case_id, day) for day in days))))
        for case_id, its in by_case.items()
    }


def _common_windows(items: Sequence[ItemRow]) -> Mapping[int, Window]:
    """When a party can come to the meeting at all: told where every time noted for it agrees."""
    found: dict[int, set[Window]] = defaultdict(set)
    for item in items:
        for party in item.called:
            found[party.party_id].add(Window(party.can_from, party.can_until))
    return {party_id: next(iter(its)) for party_id, its in found.items() if len(its) == 1 and its != {Window()}}


def _at(line: ProposedLine, starts: str, ends: str, before: int) -> ProposedLine:
    return ProposedLine(
        line.id, line.item_id, line.case_id, line.name, line.kind, line.minutes, line.is_new, line.reasons, line.parties, starts, ends, before
    )


def _by_id(line: LeftOutLine) -> int:
    return line.id
