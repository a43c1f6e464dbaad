"""The action line as it is spoken: `FK boka avstämningsmöte 15/12` gives who, what and by when.

Who stands first: a party by its written name or an alias, a contact by name, first name or function, or the
participant. By when stands last. What is between them is what is to be done. Nothing is guessed in silence: the
reading is shown beneath the line, and `complete` gives Tab its alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rehabdesk.domain.problems import Problem
from rehabdesk.domain.spoken_dates import DateReading, find_date_at_end, parse_date, parse_time

__all__ = [
    "Completion", "ContactName", "DateReading", "PartyName", "QuickLine", "Role", "Token", "complete", "parse",
    "parse_date", "parse_time", "render",
]  # fmt: skip

PARTICIPANT_WORDS = ("deltagaren", "du", "participant", "the participant")
_CONNECTOR = re.compile(r"\s*(?:[:;,–—-]\s*|(?:ska|skall|att|will|shall|to)\s+)", re.IGNORECASE)
_BETWEEN_PARTY_AND_CONTACT = re.compile(r"\s*[,/]\s*|\s+")
# Shorter beginnings are left to Tab: "vara" is a verb as well as a municipality.
_SHORTEST_PREFIX = 5
_MOST_COMPLETIONS = 12


class Role(StrEnum):
    """What a stretch of the line was read as, for the highlighting."""

    PARTY = "party"
    CONTACT = "contact"
    PARTICIPANT = "participant"
    WHAT = "what"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class PartyName:
    """A party as the line knows it."""

    id: int
    written: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactName:
    """A contact as the line knows her; `written` is empty for one who is known by function only."""

    id: int
    party_id: int
    written: str
    function: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the line and what it was read as."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class QuickLine:
    """How the line was read. A party's only contact is taken to be meant; the preview shows her."""

    party_id: int | None
    contact_id: int | None
    for_participant: bool
    what: str
    due: date | None
    tokens: tuple[Token, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """What Tab can put in place of a stretch of the line; `day` where it is a date."""

    start: int
    end: int
    insert: str
    label: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class _Who:
    """One way to name somebody. A weak name (a first name, a function) gives way to a strong one."""

    phrase: str
    party_id: int | None
    contact_id: int | None
    is_strong: bool

    @property
    def meant(self) -> tuple[int | None, int | None]:
        return self.party_id, self.contact_id

    @property
    def role(self) -> Role:
        if self.party_id is None:
            return Role.PARTICIPANT
        return Role.PARTY if self.contact_id is None else Role.CONTACT


@dataclass(frozen=True, slots=True)
class _Found:
    """Who the line begins with: several when it is unclear."""

    end: int
    who: tuple[_Who, ...]
    tokens: tuple[Token, ...]


def parse(
    text: str,
    today: date,
    parties: Sequence[PartyName] = (),
    contacts: Sequence[ContactName] = (),
    participant_aliases: Sequence[str] = (),
) -> QuickLine:
    """Read the line. Any text is read; what is missing or unclear is in `problems`, none for an empty line."""
    if not text.strip():
        return QuickLine(None, None, False, "", None, (), ())
    found = _who_first(text, parties, contacts, participant_aliases)
    party_id, contact_id = found.who[0].meant if len(found.who) == 1 else (None, None)
    for_participant = len(found.who) == 1 and party_id is None
    if contact_id is None and party_id is not None:
        contact_id = _only_contact(contacts, party_id)
    problems = [] if len(found.who) == 1 else [_who_problem(text, found, parties, contacts)]
    reading = find_date_at_end(text[found.end :], today, field="due")
    what_end = len(text) if reading is None else found.end + reading.start
    start, end = _trimmed(text, found.end, what_end, skip_connectors=bool(found.who))
    tokens = [*found.tokens]
    if end > start:
        tokens.append(Token(start, end, Role.WHAT))
    else:
        problems.append(Problem("quick_line.what_missing", "what"))
    if reading is not None:
        tokens.append(Token(what_end, found.end + reading.end, Role.DATE))
        problems.extend(_due_problems(reading, today))
    due = reading.day if reading else None
    what = _with_capital(text[start:end])
    return QuickLine(party_id, contact_id, for_participant, what, due, tuple(tokens), tuple(problems))


def render(line: QuickLine, parties: Sequence[PartyName], contacts: Sequence[ContactName]) -> str:
    """The line written out so that it reads the same again: for correcting an action that exists."""
    who = "deltagaren" if line.for_participant else ""
    if line.party_id is not None:
        who = next((party.written for party in parties if party.id == line.party_id), "")
        contact = next((contact for contact in contacts if contact.id == line.contact_id), None)
        if contact and (named := contact.written or contact.function):
            who = f"{who}, {named}"
    due = f"senast {line.due.isoformat()}" if line.due else ""
    return " ".join(part for part in (f"{who}:" if who else "", line.what, due) if part)


def complete(
    text: str,
    cursor: int,
    today: date,
    parties: Sequence[PartyName] = (),
    contacts: Sequence[ContactName] = (),
    participant_aliases: Sequence[str] = (),
    *,
    language: str = "sv",
) -> tuple[Completion, ...]:
    """What could stand at the cursor, the likeliest first: somebody at the beginning of the line, a day after that."""
    cursor = max(0, min(cursor, len(text)))
    found = _who_first(text, parties, contacts, participant_aliases)
    begin = len(text) - len(text.lstrip())
    if found.who and cursor <= found.end:
        options = _alternatives(text, begin, found, parties, contacts)
    else:
        options = [] if found.who else _beginnings(text, begin, cursor, parties, contacts, participant_aliases)
        options = options or _days(text, cursor, max(found.end, begin), today, language)
    changing = (option for option in options if option.insert.strip() != text[option.start : option.end].strip())
    return tuple(dict.fromkeys(changing))[:_MOST_COMPLETIONS]


# --- Who ---


def _ways_to_name(
    parties: Iterable[PartyName], contacts: Iterable[ContactName], participant_aliases: Iterable[str]
) -> Iterator[_Who]:
    for word in (*PARTICIPANT_WORDS, *participant_aliases):
        yield _Who(word, None, None, True)
    for party in parties:
        yield _Who(party.written, party.id, None, True)
        for alias in party.aliases:
            yield _Who(alias, party.id, None, True)
    for contact in contacts:
        yield _Who(contact.written, contact.party_id, contact.id, True)
        for ending in ("", "n", "en") if contact.function else ():
            yield _Who(contact.function + ending, contact.party_id, contact.id, False)
        yield _Who(contact.written.split(" ")[0], contact.party_id, contact.id, False)


def _who_first(
    text: str, parties: Sequence[PartyName], contacts: Sequence[ContactName], participant_aliases: Sequence[str]
) -> _Found:
    start = len(text) - len(text.lstrip())
    ways = [way for way in _ways_to_name(parties, contacts, participant_aliases) if way.phrase.strip()]
    end, who = _longest(text, start, ways)
    if not who:
        end, who = _by_prefix(text, start, ways)
    if not who:
        return _Found(0, (), ())
    meant = who[0]
    if len(who) > 1 or meant.party_id is None or meant.contact_id is not None:
        return _Found(end, who, (Token(start, end, meant.role),))
    tokens = [Token(start, end, Role.PARTY)]
    if gap := _BETWEEN_PARTY_AND_CONTACT.match(text, end):
        of_party = [way for way in ways if way.party_id == meant.party_id and way.contact_id is not None]
        contact_end, contact = _longest(text, gap.end(), of_party)
        if contact:
            return _Found(contact_end, contact, (*tokens, Token(gap.end(), contact_end, Role.CONTACT)))
    return _Found(end, who, tuple(tokens))


def _longest(text: str, start: int, ways: Iterable[_Who]) -> tuple[int, tuple[_Who, ...]]:
    """The longest name that stands whole at a place, and everybody it could mean."""
    best_end, best = start, list[_Who]()
    for way in ways:
        end = start + len(way.phrase)
        if end < best_end or text[start:end].casefold() != way.phrase.casefold() or not _is_word_end(text, end):
            continue
        if end > best_end:
            best_end, best = end, []
        best.append(way)
    return best_end, _distinct(best)


def _by_prefix(text: str, start: int, ways: Iterable[_Who]) -> tuple[int, tuple[_Who, ...]]:
    """Somebody by the first letters of her name, if it can be nobody else."""
    word = re.compile(r"[^\W\d_]+").match(text, start)
    if word is None or len(word[0]) < _SHORTEST_PREFIX or not _is_word_end(text, word.end()):
        return start, ()
    who = _distinct(way for way in ways if way.is_strong and way.phrase.casefold().startswith(word[0].casefold()))
    return (word.end(), who) if len(who) == 1 else (start, ())


def _distinct(ways: Iterable[_Who]) -> tuple[_Who, ...]:
    listed = list(ways)
    strongest = [way for way in listed if way.is_strong] or listed
    return tuple({way.meant: way for way in strongest}.values())


def _is_word_end(text: str, end: int) -> bool:
    """FK in "FK boka" and "FK: boka", not in "FKs" or "FK-handläggaren"."""
    return not (text[end : end + 1].isalnum() or re.match(r"[-‐‑_'’]\w", text[end : end + 2]))


def _only_contact(contacts: Iterable[ContactName], party_id: int) -> int | None:
    ids = [contact.id for contact in contacts if contact.party_id == party_id]
    return ids[0] if len(ids) == 1 else None


def _who_problem(text: str, found: _Found, parties: Sequence[PartyName], contacts: Sequence[ContactName]) -> Problem:
    if not found.who:
        return Problem("quick_line.who_missing", "who")
    written = text[found.tokens[0].start : found.end]
    names = [name for way in found.who if (name := _written(way, parties, contacts))]
    return Problem("quick_line.who_unclear", "who", {"written": written, "names": tuple(names)})


def _written(way: _Who, parties: Iterable[PartyName], contacts: Iterable[ContactName]) -> str:
    if way.party_id is None:
        return way.phrase
    party = next((party.written for party in parties if party.id == way.party_id), "")
    contact = next((contact for contact in contacts if contact.id == way.contact_id), None)
    named = (contact.written or contact.function) if contact else ""
    return ", ".join(part for part in (party, named) if part)


# --- What and when ---


def _trimmed(text: str, start: int, end: int, *, skip_connectors: bool) -> tuple[int, int]:
    """The stretch without the space around it and without "ska", "att" or a colon after who."""
    while skip_connectors and (connector := _CONNECTOR.match(text, start, end)):
        start = connector.end()
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return start, max(start, start + len(text[start:end].rstrip(" \t,;–—")))


def _due_problems(reading: DateReading, today: date) -> Iterator[Problem]:
    if reading.problem:
        yield reading.problem
    elif reading.day is not None and reading.day < today:
        yield Problem("date.in_the_past", "due", {"day": reading.day})


def _with_capital(what: str) -> str:
    return what[:1].upper() + what[1:]


# --- Tab ---


def _alternatives(
    text: str, begin: int, found: _Found, parties: Sequence[PartyName], contacts: Sequence[ContactName]
) -> list[Completion]:
    """Whom else the beginning of the line could mean: a contact of the party, another bearer of the name."""
    written = [_written(way, parties, contacts) for way in found.who]
    party_ids = {way.party_id for way in found.who}
    for contact in contacts:
        if contact.party_id in party_ids:
            written.append(_written(_Who("", contact.party_id, contact.id, True), parties, contacts))
    typed = text[begin : found.tokens[0].end].casefold()
    written += [party.written for party in parties if _begins(typed, (party.written, *party.aliases))]
    return [Completion(begin, found.end, name, name) for name in written if name]


def _beginnings(
    text: str,
    begin: int,
    cursor: int,
    parties: Sequence[PartyName],
    contacts: Sequence[ContactName],
    participant_aliases: Sequence[str],
) -> list[Completion]:
    """Everybody whose name goes on from what stands before the cursor."""
    typed = text[begin:cursor].casefold()
    found: list[Completion] = []
    for party in parties:
        if _begins(typed, (party.written, *party.aliases, *party.written.split(", ")[1:])):
            found.append(Completion(begin, max(begin, cursor), f"{party.written} ", party.written))
    for contact in contacts:
        if _begins(typed, (contact.written, contact.function, *contact.written.split(" ")[1:])):
            name = _written(_Who("", contact.party_id, contact.id, True), parties, contacts)
            found.append(Completion(begin, max(begin, cursor), f"{name} ", name))
    for word in (PARTICIPANT_WORDS[0], *participant_aliases):
        if _begins(typed, (word,)):
            found.append(Completion(begin, max(begin, cursor), f"{word} ", word))
    return found


def _begins(typed: str, names: Iterable[str]) -> bool:
    return any(name and name.casefold().startswith(typed) for name in names)


_PHRASES = {
    "sv": (
        "på måndag", "på tisdag", "på onsdag", "på torsdag", "på fredag", "nästa fredag", "imorgon",
        "om en vecka", "om två veckor", "om tre veckor", "om en månad", "om tre månader",
    ),
    "en": (
        "on monday", "on tuesday", "on wednesday", "on thursday", "on friday", "next friday", "tomorrow",
        "in a week", "in two weeks", "in three weeks", "in a month", "in three months",
    ),
}  # fmt: skip
_USUAL = {"sv": ("på fredag", "om två veckor", "om en månad"), "en": ("on friday", "in two weeks", "in a month")}


def _days(text: str, cursor: int, floor: int, today: date, language: str) -> list[Completion]:
    """Days for the end of the line: one begun before the cursor, others for one that is there, the usual ones."""
    before = text[:cursor]
    if text[cursor:].strip():
        return []
    reading = find_date_at_end(before, today)
    if reading is not None and reading.day is not None and reading.start >= floor:
        weeks = [reading.day + timedelta(weeks=more) for more in range(3) if reading.day.year < 9000]
        return [Completion(reading.start, len(text), day.isoformat(), day.isoformat(), day) for day in weeks]
    phrases = _PHRASES[language]
    for begun in re.finditer(r"(?<!\S)\S", before):
        typed = " ".join(before[begun.start() :].casefold().split())
        matching = [words for words in phrases if words.startswith(typed) or words.partition(" ")[2].startswith(typed)]
        if begun.start() >= floor and matching:
            return [_day_option(begun.start(), len(text), phrase, today) for phrase in matching]
    gap = "" if before[-1:].isspace() or not before else " "
    return [_day_option(cursor, len(text), gap + phrase, today) for phrase in _USUAL[language] if before.strip()]


def _day_option(start: int, end: int, insert: str, today: date) -> Completion:
    reading = parse_date(insert, today)
    return Completion(start, end, insert, insert.strip(), reading.day if reading else None)
