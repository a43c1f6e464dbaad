"""Making an agenda: items, their order and boxes, the parties called to them, and the parking list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, delete, func, select

from rehabdesk.domain.consent import parties_hearing
from rehabdesk.domain.forum import ItemKind, ItemState, SessionState
from rehabdesk.domain.names import Register, find_on_screen
from rehabdesk.domain.problems import Problem, Refused, refuse_if
from rehabdesk.services.checks import existing, line, prose, required
from rehabdesk.services.forum import names
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.calls import Call
from rehabdesk.store.tables.cases import Case
from rehabdesk.store.tables.forum import AgendaItem, ForumSession, ItemParty, SessionSeries, StandingItem
from rehabdesk.store.tables.privacy import HandOut

#: The box a new item gets, in minutes.
USUAL_MINUTES = {ItemKind.GENERAL: 5, ItemKind.CASE: 20, ItemKind.CONSULTATION: 15}


def add_general_item(store: Store, session_id: int, title: str, minutes: int = USUAL_MINUTES[ItemKind.GENERAL]) -> int:
    """Put a general item on the agenda; returns its id."""
    title = required(title, "item.title_missing", "title")
    with store.write(Label("forum.item_added")) as writing:
        return place_item(writing, session_id, AgendaItem(kind=ItemKind.GENERAL, title=title, minutes=_box(minutes)))


def add_consultation(store: Store, session_id: int, title: str, minutes: int = USUAL_MINUTES[ItemKind.CONSULTATION]) -> int:
    """Put a de-identified consultation on the agenda: `title` says what it is about without pointing to anybody."""
    title = required(title, "item.title_missing", "title")
    with store.write(Label("forum.item_added")) as writing:
        return place_item(writing, session_id, AgendaItem(kind=ItemKind.CONSULTATION, title=title, minutes=_box(minutes)))


def add_case_item(
    store: Store,
    session_id: int,
    case_id: int,
    party_ids: Iterable[int] | None = None,
    minutes: int = USUAL_MINUTES[ItemKind.CASE],
) -> int:
    """Put a case on the agenda and call parties to it: those given, else all that may hear it today."""
    with store.write(Label("forum.item_added")) as writing:
        case = existing(writing, Case, case_id, "case")
        session = existing(writing, ForumSession, session_id, "session")
        series = existing(writing, SessionSeries, session.series_id, "series")
        _refuse_case(writing, case, session, series)
        item = AgendaItem(kind=ItemKind.CASE, case_id=case_id, minutes=_box(minutes), question=first_question(writing, case))
        item_id = place_item(writing, session_id, item)
        if party_ids is None:
            party_ids = parties_hearing(writing.read(consent_queries.rules, (case_id,)), case_id, writing.today)
        for party_id in dict.fromkeys(party_ids):
            writing.session.add(ItemParty(item_id=item_id, party_id=party_id))
        return item_id


def first_question(writing: Writing, case: Case) -> str:
    """The first time, what was asked of the forum when the case came is the item's question; afterwards a new one is written."""
    return "" if writing.read(case_queries.items_of_case, case.id) else case.question


def change_item(
    store: Store,
    item_id: int,
    *,
    title: str | None = None,
    minutes: int | None = None,
    minutes_before: int | None = None,
    presenter: str | None = None,
    question: str | None = None,
) -> None:
    """Change an item that is not finished; only what is given."""
    given = tuple(value is not None for value in (title, minutes, minutes_before, presenter, question))
    with store.write(Label("forum.item_changed"), merge_key=("item", item_id, given)) as writing:
        item = _unfinished(writing, item_id)
        if title is not None and item.kind != ItemKind.CASE:
            item.title = required(title, "item.title_missing", "title")
        if minutes is not None:
            item.minutes = _box(minutes)
        if minutes_before is not None:
            item.minutes_before = _box(minutes_before, "minutes_before")
        if presenter is not None:
            item.presenter = line(presenter, "presenter")
        if question is not None:
            item.question = prose(question, "question")


def move_item(store: Store, item_id: int, to_index: int) -> None:
    """Move a waiting item to a place (0 first) among those of its session; never before one that has had its turn."""
    with store.write(Label("forum.item_moved")) as writing:
        item = _unfinished(writing, item_id)
        refuse_if([Problem("item.parked")] if item.session_id is None else [])
        _open_for_changes(writing, item.session_id)
        refuse_if([Problem("item.under_way")] if item.state == ItemState.OPEN else [])
        items = items_in_order(writing, item.session_id)
        items.remove(item)
        had_their_turn = max((place for place, other in enumerate(items, start=1) if other.state != ItemState.WAITING), default=0)
        items.insert(max(had_their_turn, min(to_index, len(items))), item)
        _number(items)


def call_parties(store: Store, item_id: int, party_ids: Iterable[int]) -> None:
    """Call these parties to an item, and no others; the times already known of those who stay are kept."""
    wanted = set(party_ids)
    with store.write(Label("forum.parties_called")) as writing:
        _unfinished(writing, item_id)
        called = {row.party_id: row for row in writing.session.scalars(select(ItemParty).where(ItemParty.item_id == item_id))}
        for party_id in set(called) - wanted:
            writing.session.delete(called[party_id])
        for party_id in sorted(wanted - set(called)):
            writing.session.add(ItemParty(item_id=item_id, party_id=party_id))


def set_party_times(store: Store, item_id: int, party_id: int, can_from: str | None, can_until: str | None) -> None:
    """When a called party can come, "HH:MM" or None."""
    if can_from and can_until and can_until <= can_from:
        raise Refused(Problem("item.window_backwards", "can_until"))
    with store.write(Label("forum.parties_called")) as writing:
        _unfinished(writing, item_id)
        called = writing.session.get(ItemParty, (item_id, party_id))
        if called is None:
            raise Refused(Problem("item.party_not_called"))
        called.can_from, called.can_until = can_from or None, can_until or None


def park_item(store: Store, item_id: int) -> None:
    """Put a waiting item on its series' parking list."""
    with store.write(Label("forum.item_parked")) as writing:
        item = _unnumbered(writing, item_id)
        take_off(writing, item)


def park_topic(store: Store, series_id: int, title: str, minutes: int = USUAL_MINUTES[ItemKind.GENERAL]) -> int:
    """Put something that came up straight on the parking list of a series; returns its id."""
    title = required(title, "item.title_missing", "title")
    with store.write(Label("forum.item_parked")) as writing:
        existing(writing, SessionSeries, series_id, "series")
        item = AgendaItem(series_id=series_id, session_id=None, position=0, kind=ItemKind.GENERAL, title=title, minutes=_box(minutes))
        writing.session.add(item)
        writing.flush()
        return item.id


def unpark_item(store: Store, item_id: int, session_id: int) -> None:
    """Take a parked item onto a session's agenda."""
    with store.write(Label("forum.item_unparked")) as writing:
        item = existing(writing, AgendaItem, item_id, "item")
        session = existing(writing, ForumSession, session_id, "session")
        refuse_if([Problem("item.not_parked")] if item.session_id is not None else [])
        refuse_if([Problem("item.of_other_series")] if item.series_id != session.series_id else [])
        if item.case_id is not None:
            series = existing(writing, SessionSeries, session.series_id, "series")
            _refuse_case(writing, existing(writing, Case, item.case_id, "case"), session, series)
        place_item(writing, session_id, item)


def remove_item(store: Store, item_id: int) -> None:
    """Take away an item that has no number yet."""
    with store.write(Label("forum.item_removed")) as writing:
        item = _unnumbered(writing, item_id)
        has_letters = writing.session.scalar(select(HandOut.id).where(HandOut.item_id == item_id).limit(1)) is not None
        refuse_if([Problem("item.has_letters")] if has_letters else [])
        writing.session.execute(delete(ItemParty).where(ItemParty.item_id == item_id))
        writing.session.delete(item)


def take_off(writing: Writing, item: AgendaItem) -> None:
    """Put an item on the parking list within the write of another verb: who was called to it was called to that meeting."""
    item.session_id, item.position, item.minutes_before = None, 0, 0
    writing.session.execute(delete(Call).where(Call.item_id == item.id))


def items_in_order(writing: Writing, session_id: int) -> list[AgendaItem]:
    """The rows of a session's agenda, for a verb that changes them."""
    query = select(AgendaItem).where(AgendaItem.session_id == session_id).order_by(AgendaItem.position, AgendaItem.id)
    return list(writing.session.scalars(query))


def number_items(writing: Writing, session: ForumSession, items: Sequence[AgendaItem]) -> None:
    """Give § numbers, in order, after the highest of the series and year; those that have one keep it for good."""
    year = session.held_on.year
    highest = writing.session.scalar(
        select(func.max(AgendaItem.paragraph)).where(AgendaItem.series_id == session.series_id, AgendaItem.paragraph_year == year)
    )
    following = (highest or 0) + 1
    for item in items:
        if item.paragraph is None:
            item.paragraph, item.paragraph_year = following, year
            following += 1


def names_in_title(connection: Connection, session_id: int | None, title: str, register: Register | None = None) -> tuple[str, ...]:
    """The words of a title that are a participant's name or number, for a warning: a title stands on papers for everybody.

    Building the register takes a while in a large vault; whoever asks at every keystroke gives one made before.
    """
    on_agenda = agenda_queries.case_ids_on_agenda(connection, session_id) if session_id is not None else frozenset()
    hits = find_on_screen(title, register or names.register(connection), agenda_case_ids=on_agenda)
    return tuple(dict.fromkeys(title[hit.start : hit.end] for hit in hits))


def _open_for_changes(writing: Writing, session_id: int) -> ForumSession:
    session = existing(writing, ForumSession, session_id, "session")
    if session.state not in (SessionState.PLANNED, SessionState.UNDER_WAY):
        raise Refused(Problem("session.agenda_closed"))
    return session


def place_item(writing: Writing, session_id: int, item: AgendaItem) -> int:
    """Put an item on a session's agenda within the write of another verb: before the lines that come last; returns its id."""
    session = _open_for_changes(writing, session_id)
    items = items_in_order(writing, session_id)
    lasts = set(writing.session.scalars(select(StandingItem.id).where(StandingItem.is_last.is_(True))))
    index = len(items)
    while index and items[index - 1].standing_item_id in lasts and items[index - 1].state == ItemState.WAITING:
        index -= 1
    item.series_id, item.session_id = session.series_id, session.id
    items.insert(index, item)
    writing.session.add(item)
    _number(items)
    if session.state == SessionState.UNDER_WAY:
        number_items(writing, session, [item])
    writing.flush()
    return item.id


def _refuse_case(writing: Writing, case: Case, session: ForumSession, series: SessionSeries) -> None:
    found = []
    if not series.case_prefix or case.series_id != series.id:
        found.append(Problem("item.case_of_other_series"))
    if case.closed_on is not None:
        found.append(Problem("item.case_closed", "case", {"number": case.number}))
    twice = select(AgendaItem.id).where(AgendaItem.session_id == session.id, AgendaItem.case_id == case.id)
    if writing.session.scalar(twice) is not None:
        found.append(Problem("item.case_already_there", "case", {"number": case.number}))
    refuse_if(found)


def _number(items: Sequence[AgendaItem]) -> None:
    for position, item in enumerate(items, start=1):
        if item.position != position:
            item.position = position


def _unfinished(writing: Writing, item_id: int) -> AgendaItem:
    item = existing(writing, AgendaItem, item_id, "item")
    if item.state == ItemState.FINISHED:
        raise Refused(Problem("item.already_finished"))
    return item


def _unnumbered(writing: Writing, item_id: int) -> AgendaItem:
    item = _unfinished(writing, item_id)
    if item.paragraph is not None:
        raise Refused(Problem("item.has_number", None, {"number": item.paragraph}))
    return item


def _box(minutes: int, field: str = "minutes") -> int:
    if not 0 <= minutes <= 600:
        raise Refused(Problem("item.minutes_out_of_range", field))
    return minutes
