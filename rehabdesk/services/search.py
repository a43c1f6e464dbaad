"""The one search (Ctrl+K): what is written is sought where it may be sought, and given back by group."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from rehabdesk.domain.rounds import state_on, title_of
from rehabdesk.domain.spoken_dates import parse_date
from rehabdesk.domain.swedish import sort_key, week
from rehabdesk.store.queries import search as queries
from rehabdesk.texts import Texts

MOST_HITS = 30
MOST_OF_A_KIND = 12
_LONGEST = 100
#: Where a sort key ends and the text as it was written begins.
_TIE = "\x1f"


class FoundKind(StrEnum):
    """The groups, in the order they are shown."""

    CASE = "case"
    CONTACT = "contact"
    PARTY = "party"
    SESSION = "session"
    ITEM = "item"
    ROUND = "round"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is, its id, and what to write of it."""

    kind: FoundKind
    id: int
    title: str
    subtitle: str


def search(connection: Connection, text: str, texts: Texts, today: date) -> tuple[Found, ...]:
    """At most thirty hits by group; the free text of a case, and a sensitive party, are never sought."""
    words = unicodedata.normalize("NFC", text[:_LONGEST]).split()
    if not words:
        return ()
    keys = [key for word in words if (key := _key(word))]
    found: list[Found] = []
    for seek in (_cases, _contacts, _parties):
        found.extend(seek(connection, keys, words))
    found.extend(_sessions(connection, " ".join(words), texts, today))
    found.extend(_items(connection, keys, texts))
    found.extend(_rounds(connection, " ".join(words), texts, today))
    found.extend(_programmes(connection, keys))
    return tuple(found[:MOST_HITS])


def _cases(connection: Connection, keys: list[str], words: list[str]) -> list[Found]:
    numbers = [word.upper() for word in words] if any(sign.isdigit() for sign in "".join(words)) else []
    return [
        Found(FoundKind.CASE, row.id, row.number, row.name) for row in queries.cases(connection, keys, numbers, MOST_OF_A_KIND)
    ]


def _contacts(connection: Connection, keys: list[str], _words: list[str]) -> list[Found]:
    return [
        Found(FoundKind.CONTACT, row.id, row.shown, ", ".join(part for part in (row.function, row.party) if part))
        for row in queries.contacts(connection, keys, MOST_OF_A_KIND)
    ]


def _parties(connection: Connection, keys: list[str], _words: list[str]) -> list[Found]:
    return [Found(FoundKind.PARTY, row.id, row.written, "") for row in queries.parties(connection, keys, MOST_OF_A_KIND)]


def _sessions(connection: Connection, text: str, texts: Texts, today: date) -> list[Found]:
    day = _day(text, today)
    wanted = _joined_weeks(text.casefold().split())
    named: list[Found] = []
    dated: list[Found] = []
    for row in queries.sessions(connection):
        title = f"{row.series} {row.number}"
        is_named = _holds(wanted, title)
        if is_named or row.held_on == day or _holds(wanted, f"{title} {_day_in_words(texts, row.held_on)}"):
            one = Found(FoundKind.SESSION, row.id, title, f"{texts.weekday_date(row.held_on)}, {texts.term(row.state)}")
            (named if is_named else dated).append(one)
        if len(named) == MOST_OF_A_KIND:
            break
    return _named_first(named, dated)


def _rounds(connection: Connection, text: str, texts: Texts, today: date) -> list[Found]:
    """By programme, number, name and the days it begins and ends; a day finds what runs on it."""
    day = _day(text, today)
    wanted = _joined_weeks(text.casefold().split())
    named: list[Found] = []
    dated: list[Found] = []
    for row in queries.rounds(connection):
        numbered = texts.say("Round {number}", number=row.number)
        name = f"{row.programme} {row.name} {numbered}"
        days = f"{_day_in_words(texts, row.starts_on)} {_day_in_words(texts, row.ends_on)}"
        runs = day is not None and row.cancelled_on is None and row.starts_on <= day <= row.ends_on
        is_named = _holds(wanted, name)
        if is_named or runs or _holds(wanted, f"{name} {days}"):
            title = title_of(row.programme, row.number, row.name)
            state = texts.term(state_on(today, row.starts_on, row.ends_on, row.cancelled_on))
            one = Found(FoundKind.ROUND, row.id, title, f"{texts.date(row.starts_on)}–{texts.date(row.ends_on)}, {state}")
            (named if is_named else dated).append(one)
        if len(named) == MOST_OF_A_KIND:
            break
    return _named_first(named, dated)


def _named_first(named: list[Found], dated: list[Found]) -> list[Found]:
    """ "Prerehab 12" is the twelfth round before it is one that begins on a twelfth."""
    return [*named, *dated][:MOST_OF_A_KIND]


def _holds(wanted: list[str], words: str) -> bool:
    heap = words.casefold()
    return all(_begins_a_word(word, heap) for word in wanted)


def _programmes(connection: Connection, keys: list[str]) -> list[Found]:
    return [Found(FoundKind.PROGRAMME, row.id, row.name, row.place) for row in queries.programmes(connection, keys, MOST_OF_A_KIND)]


def _items(connection: Connection, keys: list[str], texts: Texts) -> list[Found]:
    found: list[Found] = []
    for row in queries.general_items(connection):
        title = _key(row.title)
        if keys and all(title.startswith(key) or f" {key}" in title for key in keys):
            where = texts.date(row.held_on) if row.held_on is not None else texts.name("item", "parked")
            found.append(Found(FoundKind.ITEM, row.id, row.title, where))
            if len(found) == MOST_OF_A_KIND:
                break
    return found


def _key(text: str) -> str:
    return sort_key(text).split(_TIE)[0].strip()


def _day(text: str, today: date) -> date | None:
    reading = parse_date(text, today, prefer_future=False)
    return reading.day if reading is not None else None


def _day_in_words(texts: Texts, on: date) -> str:
    """A day in every way somebody would seek it; "v. 48" and "vecka 48" are one word."""
    return f"{on.isoformat()} {on.day} {texts.month(on)} {on.year} v.{week(on)}"


def _joined_weeks(words: list[str]) -> list[str]:
    joined: list[str] = []
    waiting = False
    for word in words:
        if word in ("v", "v.", "vecka", "week"):
            waiting = True
            continue
        number = word.removeprefix("v").removeprefix(".")
        joined.append(f"v.{number}" if number.isdecimal() and (waiting or number != word) else word)
        waiting = False
    return joined


def _begins_a_word(word: str, heap: str) -> bool:
    return heap.startswith(word) or f" {word}" in heap
