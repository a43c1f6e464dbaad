"""Reading calls: who is called to what and when, where each letter is, and what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from rehabdesk.domain.calling import Answer, CallState, call_state, obstacle
from rehabdesk.domain.forum import ItemKind, ItemState, SessionState, box_times
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.forum.agenda import CalledParty, ItemRow
from rehabdesk.store.queries.forum.sessions import SessionRow
from rehabdesk.store.tables.calls import Call
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.privacy import HandOut

_GIVEN = frozenset({HandOutState.GIVEN})


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call: a party's, or the participant's own where `party_id` is None. `obstacle` is the problem that forbids its letter."""

    item_id: int
    place: int
    starts: str
    ends: str
    case_id: int
    case_number: str
    participant: str
    party_id: int | None
    party: str
    is_sensitive: bool
    is_covered: bool
    obstacle: str
    is_printed: bool
    is_given: bool
    told_on: date | None
    told_for: date | None
    told_start: str | None
    held_on: date
    answer: Answer | None
    answered_on: date | None
    can_from: str | None
    can_until: str | None

    @property
    def id(self) -> tuple[int, int]:
        """What it is known by in a list."""
        return self.item_id, self.party_id or 0

    @property
    def state(self) -> CallState:
        """Where it stands."""
        return call_state(self.answer, self.is_printed, self.is_given)

    @property
    def has_moved(self) -> bool:
        """Whether the latest letter tells another day or time than holds now, to somebody who may come by it."""
        if self.told_start is None or self.answer in (Answer.OTHER_TIME, Answer.CANNOT):
            return False
        return (self.told_for, self.told_start) != (self.held_on, self.starts)

    @property
    def waits_for_answer(self) -> bool:
        """Whether a letter has gone out, or been made, that nobody has answered."""
        return self.answer is None and (self.is_printed or self.is_given)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What Idag tells of the next meeting's calls. Parties are counted over its cases, a sensitive one without its name."""

    session: SessionRow
    participants: int
    parties: tuple[tuple[str, int], ...]
    other_parties: int
    without_letter: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.participants or self.parties or self.other_parties or self.without_letter)


@dataclass(frozen=True, slots=True)
class _Person:
    is_protected: bool
    no_paper_home: bool
    name: str


def of_session(connection: Connection, session_id: int, today: date) -> tuple[CallRow, ...]:
    """Every call of a session, in the order of the agenda: the participant first, then the parties."""
    session = session_queries.session(connection, session_id)
    if session is None:
        return ()
    items = agenda_queries.agenda(connection, session_id, today)
    noted = _noted(connection, [item.id for item in items])
    letters = _letters(connection, session_id)
    people = _people(connection, [item.case_id for item in items if item.case_id is not None])
    rows: list[CallRow] = []
    for place, (item, times) in enumerate(zip(items, box_times(session.start, items), strict=True), start=1):
        if item.kind is ItemKind.CASE and item.state is not ItemState.FINISHED:
            called: tuple[CalledParty | None, ...] = (None, *item.called)
            rows.extend(_row(item, place, session.held_on, times, party, people[item.case_id], noted, letters) for party in called)
    return tuple(rows)


def unanswered(connection: Connection, today: date) -> Unanswered | None:
    """Who has not answered a call to the next meeting, and how many letters are not made; None without such a meeting."""
    session = _next_with_cases(connection, today)
    if session is None:
        return None
    rows = of_session(connection, session.id, today)
    waiting = [row for row in rows if row.waits_for_answer]
    named = Counter(row.party for row in waiting if row.party_id is not None and not row.is_sensitive)
    return Unanswered(
        session=session,
        participants=sum(row.party_id is None for row in waiting),
        parties=tuple(sorted(named.items(), key=lambda known: (-known[1], known[0]))),
        other_parties=sum(row.party_id is not None and row.is_sensitive for row in waiting),
        without_letter=sum(row.state is CallState.NO_LETTER and not row.obstacle for row in rows),
    )


def windows(connection: Connection, item_ids: Iterable[int]) -> dict[int, tuple[str | None, str | None]]:
    """When the participants of some items can come, as they have answered."""
    query = select(Call.item_id, Call.can_from, Call.can_until).where(
        Call.item_id.in_(tuple(item_ids)), Call.party_id.is_(None), Call.answer == Answer.OTHER_TIME
    )
    return {row.item_id: (row.can_from, row.can_until) for row in connection.execute(query)}


def interpreter(connection: Connection, participant_id: int) -> str:
    """The language a participant needs an interpreter for, empty where she needs none."""
    return connection.execute(select(Participant.interpreter_language).where(Participant.id == participant_id)).scalar_one()


def _next_with_cases(connection: Connection, today: date) -> SessionRow | None:
    """The next planned meeting of a series that has cases; another board may meet before it."""
    series = [row.id for row in session_queries.series(connection) if row.has_cases]
    coming = [session_queries.next_session(connection, today, series_id) for series_id in series]
    planned = [row for row in coming if row is not None and row.state is SessionState.PLANNED]
    return min(planned, key=_by_time, default=None)


def _by_time(session: SessionRow) -> tuple[date, str]:
    return session.held_on, session.start


def _row(
    item: ItemRow,
    place: int,
    held_on: date,
    times: tuple[str, str],
    party: CalledParty | None,
    person: _Person,
    noted: Mapping[tuple[int, int | None], object],
    letters: Mapping[tuple[int, int | None], frozenset[HandOutState]],
) -> CallRow:
    key = (item.id, party.party_id if party is not None else None)
    call, states = noted.get(key), letters.get(key, frozenset())
    is_covered = party is None or party.is_covered
    found = obstacle(
        is_protected=person.is_protected, no_paper_home=person.no_paper_home and party is None, is_covered=is_covered
    )
    return CallRow(
        item_id=item.id,
        place=place,
        starts=times[0],
        ends=times[1],
        case_id=item.case_id,
        case_number=item.case_number,
        participant=person.name,
        party_id=key[1],
        party=party.party if party is not None else "",
        is_sensitive=party is not None and party.is_sensitive,
        is_covered=is_covered,
        obstacle=found,
        is_printed=bool(states),
        is_given=bool(states & _GIVEN),
        told_on=call.told_on if call is not None else None,
        told_for=call.told_for if call is not None else None,
        held_on=held_on,
        told_start=call.told_start if call is not None else None,
        answer=Answer(call.answer) if call is not None and call.answer else None,
        answered_on=call.answered_on if call is not None else None,
        can_from=call.can_from if call is not None else None,
        can_until=call.can_until if call is not None else None,
    )


def _noted(connection: Connection, item_ids: Iterable[int]) -> dict[tuple[int, int | None], object]:
    query = select(
        Call.item_id, Call.party_id, Call.told_on, Call.told_for, Call.told_start, Call.answer, Call.answered_on, Call.can_from, Call.can_until
    ).where(Call.item_id.in_(tuple(item_ids)))
    return {(row.item_id, row.party_id): row for row in connection.execute(query)}


def _letters(connection: Connection, session_id: int) -> dict[tuple[int, int | None], frozenset[HandOutState]]:
    query = select(HandOut.item_id, HandOut.party_id, HandOut.state).where(
        HandOut.session_id == session_id, HandOut.paper == PaperKind.CALL, HandOut.state != HandOutState.VOIDED
    )
    found: dict[tuple[int, int | None], frozenset[HandOutState]] = {}
    for row in connection.execute(query):
        key = (row.item_id, row.party_id)
        found[key] = found.get(key, frozenset()) | {HandOutState(row.state)}
    return found


def _people(connection: Connection, case_ids: Iterable[int]) -> dict[int, _Person]:
    query = (
        select(Case.id, Participant.is_protected, Participant.no_paper_home, Participant.given_name, Participant.surname)
        .join(Participant, Participant.id == Case.participant_id)
        .where(Case.id.in_(tuple(case_ids)))
    )
    return {
        row.id: _Person(row.is_protected, row.no_paper_home, f"{row.given_name} {row.surname}".strip()) for row in connection.execute(query)
    }
