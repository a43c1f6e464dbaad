"""Reading an agenda, and one item of it whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Select, select

from rehabdesk.domain.cases import short_name
from rehabdesk.domain.consent import Consent, parties_covered, parties_hearing
from rehabdesk.domain.forum import ItemKind, ItemState, Outcome, Presence, Return, effective_kind
from rehabdesk.store.queries.consent import rules
from rehabdesk.store.tables.cases import Case, Participant
from rehabdesk.store.tables.forum import AgendaItem, Agreement, ForumSession, HarmlessName, ItemParty
from rehabdesk.store.tables.parties import Party


@dataclass(frozen=True, slots=True)
class CalledParty:
    """A party called to an item. What the consent says today: `is_covered` of anything, `may_hear` of what is said at the table."""

    item_id: int
    party_id: int
    party: str
    is_sensitive: bool
    can_from: str | None
    can_until: str | None
    waiting_since: str | None
    is_covered: bool
    may_hear: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One agenda item. `kind` is what was asked for; `shown_kind` what consent allows it to be today."""

    id: int
    series_id: int
    session_id: int | None
    position: int
    paragraph: int | None
    kind: ItemKind
    shown_kind: ItemKind
    state: ItemState
    title: str
    case_id: int | None
    case_number: str
    given_name: str
    surname: str
    presenter: str
    minutes: int
    minutes_before: int
    question: str
    question_shown: bool
    background: str
    discussion: str
    participant_presence: Presence
    participant_agrees: bool | None
    participant_view: str
    wants_whole_item: bool
    outcome: Outcome | None
    return_kind: Return | None
    return_on: date | None
    return_action_id: int | None
    opened_at: str | None
    finished_at: str | None
    seconds_spent: int
    standing_item_id: int | None
    called: tuple[CalledParty, ...]

    @property
    def short_name(self) -> str:
        """ "Maria S.", empty for an item without a case."""
        return short_name(self.given_name, self.surname)

    @property
    def participant_name(self) -> str:
        """Given name and surname, empty for an item without a case."""
        return f"{self.given_name} {self.surname}".strip()

    @property
    def is_by_name(self) -> bool:
        """Whether the item may carry the participant's name today."""
        return self.shown_kind is ItemKind.CASE


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One thing the table agreed, with the line meant for the participant."""

    id: int
    item_id: int
    position: int
    text: str
    participant_text: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was agreed about a case the previous time it was on."""

    on: date
    paragraph: int | None
    agreements: tuple[str, ...]


def agenda(connection: Connection, session_id: int, today: date) -> tuple[ItemRow, ...]:
    """The items of a session in order."""
    return _rows(connection, _items().where(AgendaItem.session_id == session_id), today)


def parked(connection: Connection, series_id: int, today: date) -> tuple[ItemRow, ...]:
    """The parking list of a series."""
    return _rows(connection, _items().where(AgendaItem.series_id == series_id, AgendaItem.session_id.is_(None)), today)


def item(connection: Connection, item_id: int, today: date) -> ItemRow | None:
    """One item."""
    rows = _rows(connection, _items().where(AgendaItem.id == item_id), today)
    return rows[0] if rows else None


def agreements(connection: Connection, item_id: int) -> tuple[AgreementRow, ...]:
    """What was agreed at an item, in order."""
    query = (
        select(*(getattr(Agreement, name) for name in AgreementRow.__slots__))
        .where(Agreement.item_id == item_id)
        .order_by(Agreement.position, Agreement.id)
    )
    return tuple(AgreementRow(**row._asdict()) for row in connection.execute(query))


def harmless_names(connection: Connection, item_id: int) -> frozenset[tuple[int, str]]:
    """The (case id, words) pairs that the coordinator has marked as harmless in an item."""
    query = select(HarmlessName.case_id, HarmlessName.words).where(HarmlessName.item_id == item_id)
    return frozenset((row.case_id, row.words) for row in connection.execute(query))


def harmless_of_case(connection: Connection, case_id: int) -> frozenset[tuple[int, str]]:
    """The same in any of a case's items: what is said about one person is judged once."""
    query = select(HarmlessName.case_id, HarmlessName.words).join(AgendaItem, AgendaItem.id == HarmlessName.item_id)
    return frozenset((row.case_id, row.words) for row in connection.execute(query.where(AgendaItem.case_id == case_id)))


def last_time(connection: Connection, item_id: int) -> LastTime | None:
    """What was agreed the previous time the item's case was on, by date."""
    this = connection.execute(
        select(AgendaItem.case_id, ForumSession.held_on, ForumSession.start)
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(AgendaItem.id == item_id)
    ).first()
    if this is None or this.case_id is None:
        return None
    before = connection.execute(
        select(AgendaItem.id, AgendaItem.paragraph, ForumSession.held_on)
        .join(ForumSession, ForumSession.id == AgendaItem.session_id)
        .where(
            AgendaItem.case_id == this.case_id,
            AgendaItem.state == ItemState.FINISHED,
            AgendaItem.id != item_id,
            ForumSession.held_on <= this.held_on,
        )
        .order_by(ForumSession.held_on.desc(), AgendaItem.paragraph.desc())
        .limit(1)
    ).first()
    if before is None:
        return None
    texts = tuple(row.text for row in agreements(connection, before.id) if row.text)
    return LastTime(before.held_on, before.paragraph, texts)


def case_ids_on_agenda(connection: Connection, session_id: int) -> frozenset[int]:
    """The cases on a session's agenda."""
    query = select(AgendaItem.case_id).where(AgendaItem.session_id == session_id, AgendaItem.case_id.is_not(None))
    return frozenset(connection.execute(query).scalars())


def _items() -> Select:
    return (
        select(
            AgendaItem.id,
            AgendaItem.series_id,
            AgendaItem.session_id,
            AgendaItem.position,
            AgendaItem.paragraph,
            AgendaItem.kind,
            AgendaItem.state,
            AgendaItem.title,
            AgendaItem.case_id,
            Case.number.label("case_number"),
            Participant.given_name,
            Participant.surname,
            AgendaItem.presenter,
            AgendaItem.minutes,
            AgendaItem.minutes_before,
            AgendaItem.question,
            AgendaItem.question_shown,
            AgendaItem.background,
            AgendaItem.discussion,
            AgendaItem.participant_presence,
            AgendaItem.participant_agrees,
            AgendaItem.participant_view,
            AgendaItem.wants_whole_item,
            AgendaItem.outcome,
            AgendaItem.return_kind,
            AgendaItem.return_on,
            AgendaItem.return_action_id,
            AgendaItem.opened_at,
            AgendaItem.finished_at,
            AgendaItem.seconds_spent,
            AgendaItem.standing_item_id,
        )
        .outerjoin(Case, Case.id == AgendaItem.case_id)
        .outerjoin(Participant, Participant.id == Case.participant_id)
        .order_by(AgendaItem.position, AgendaItem.id)
    )


def _rows(connection: Connection, query: Select, today: date) -> tuple[ItemRow, ...]:
    found = connection.execute(query).all()
    reach = _reach(connection, {row.case_id for row in found if row.case_id}, today)
    called = _called(connection, [row.id for row in found], {row.id: row.case_id for row in found}, reach)
    return tuple(_row(row, called[row.id], reach.get(row.case_id, _NOBODY).covered) for row in found)


class _Reach(NamedTuple):
    """The parties that consent covers today: of anything, and of what is said at the table."""

    covered: frozenset[int] = frozenset()
    hearing: frozenset[int] = frozenset()


_NOBODY = _Reach()


def _reach(connection: Connection, case_ids: Iterable[int], today: date) -> dict[int, _Reach]:
    wanted = tuple(case_ids)
    by_case: dict[int, list[Consent]] = defaultdict(list)
    for consent in rules(connection, wanted) if wanted else ():
        by_case[consent.case_id].append(consent)
    return {
        case_id: _Reach(parties_covered(by_case[case_id], case_id, today), parties_hearing(by_case[case_id], case_id, today))
        for case_id in wanted
    }


def _called(
    connection: Connection, item_ids: list[int], cases: dict[int, int | None], reach: dict[int, _Reach]
) -> dict[int, tuple[CalledParty, ...]]:
    query = (
        select(
            ItemParty.item_id,
            ItemParty.party_id,
            Party.written.label("party"),
            Party.is_sensitive,
            ItemParty.can_from,
            ItemParty.can_until,
            ItemParty.waiting_since,
        )
        .join(Party, Party.id == ItemParty.party_id)
        .where(ItemParty.item_id.in_(item_ids))
        .order_by(Party.name_sort)
    )
    called: dict[int, list[CalledParty]] = defaultdict(list)
    for row in connection.execute(query):
        case_id = cases[row.item_id]
        is_covered = case_id is None or row.party_id in reach[case_id].covered
        may_hear = case_id is None or row.party_id in reach[case_id].hearing
        called[row.item_id].append(CalledParty(**row._asdict(), is_covered=is_covered, may_hear=may_hear))
    return {item_id: tuple(called[item_id]) for item_id in item_ids}


def _row(row: object, called: tuple[CalledParty, ...], covered: frozenset[int]) -> ItemRow:
    values = row._asdict()
    kind = ItemKind(values["kind"])
    values |= {
        "kind": kind,
        "shown_kind": effective_kind(kind, (party.party_id for party in called), covered),
        "state": ItemState(values["state"]),
        "case_number": values["case_number"] or "",
        "given_name": values["given_name"] or "",
        "surname": values["surname"] or "",
        "participant_presence": Presence(values["participant_presence"]),
        "outcome": Outcome(values["outcome"]) if values["outcome"] else None,
        "return_kind": Return(values["return_kind"]) if values["return_kind"] else None,
        "called": called,
    }
    return ItemRow(**values)
