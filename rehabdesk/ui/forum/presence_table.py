"""The people of one meeting as lines, and when each called party is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rehabdesk.domain.forum import Presence
from rehabdesk.store.queries.forum.presence import AttendeeRow
from rehabdesk.texts import Texts
from rehabdesk.ui.forum.agenda_table import AgendaLine, item_name
from rehabdesk.ui.parts.rows_model import Column
from rehabdesk.ui.parts.tokens import Tone

PRESENCE_TONES = {
    Presence.EXPECTED: Tone.NEUTRAL,
    Presence.HERE: Tone.GREEN,
    Presence.LATE: Tone.AMBER,
    Presence.STEPPED_OUT: Tone.AMBER,
    Presence.LEFT: Tone.NEUTRAL,
    Presence.EXCUSED: Tone.NEUTRAL,
    Presence.ABSENT: Tone.NEUTRAL,
}
_AWAY = (Presence.EXCUSED, Presence.ABSENT)


@dataclass(frozen=True, slots=True)
class NeededLine:
    """One party at one item: when, and who comes from it."""

    id: tuple[int, int]
    line: AgendaLine
    party_id: int
    party: str
    people: tuple[str, ...]
    may_hear: bool
    clashes: bool


def needed_lines(lines: Sequence[AgendaLine], attendees: Sequence[AttendeeRow]) -> tuple[NeededLine, ...]:
    """Who is needed when, in the order of the agenda."""
    people: dict[int, list[str]] = {}
    for attendee in attendees:
        if attendee.party_id is not None and attendee.presence not in _AWAY:
            people.setdefault(attendee.party_id, []).append(attendee.shown)
    return tuple(
        NeededLine(
            (line.id, party.party_id), line, party.party_id, party.party, tuple(people.get(party.party_id, ())), party.may_hear,
            line.clashes(party),
        )
        for line in lines
        for party in line.item.called
    )


def people_columns(texts: Texts) -> tuple[Column, ...]:
    """Name, function, party, and where somebody is."""

    def name(row: AttendeeRow) -> str:
        return f"{row.shown} ({texts.say('guest')})" if row.is_guest else row.shown

    def function(row: AttendeeRow) -> str:
        return row.function if row.name else ""

    def party(row: AttendeeRow) -> str:
        return row.party

    def state(row: AttendeeRow) -> str:
        return texts.term(row.presence)

    def tone(row: AttendeeRow) -> Tone:
        return PRESENCE_TONES[row.presence]

    return (
        Column("name", texts.name("column", "Name"), name, stretch=True),
        Column("function", texts.name("column", "Function"), function),
        Column("party", texts.name("column", "Party"), party, stretch=True),
        Column("state", texts.name("column", "State"), state, tone=tone),
    )


def needed_columns(texts: Texts) -> tuple[Column, ...]:
    """When, at which item, which party, who."""

    def when(row: NeededLine) -> str:
        return f"{texts.time(row.line.starts)}–{texts.time(row.line.ends)}"

    def item(row: NeededLine) -> str:
        return f"{row.line.number} {item_name(texts, row.line.item)}"

    def party(row: NeededLine) -> str:
        return row.party

    def who(row: NeededLine) -> str:
        if not row.may_hear:
            return texts.say("consent missing")
        if row.clashes:
            return texts.say("times clash")
        return ", ".join(row.people) if row.people else texts.say("nobody is expected")

    def tone(row: NeededLine) -> Tone | None:
        if not row.may_hear:
            return Tone.RED
        return Tone.AMBER if row.clashes or not row.people else None

    return (
        Column("when", texts.name("column", "When"), when, sortable=False),
        Column("item", texts.name("column", "Item"), item, sortable=False),
        Column("party", texts.name("column", "Party"), party, sortable=False, stretch=True),
        Column("who", texts.name("column", "Who comes"), who, sortable=False, stretch=True, tone=tone),
    )
