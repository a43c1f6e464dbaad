"""Other people's names in a text (architecture.md, "Other people's names").

In the whole vault are sought: full names in either order, a first name with the surname's initial, case numbers and
identity numbers. A bare first name or surname is sought only for participants on the same session's agenda, and only
as it is spelt, less what the reader is called herself. A register is built once and asked at every keystroke.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f{_INVISIBLE}])*|[0-9]+")
_DROPPED = re.compile(rf"[\u0300-\u036f{_INVISIBLE}]")
_PLAIN_GAP = re.compile(r"[\s\-‐‑‒–—_'’]{1,8}|[./]")
_COMMA_GAP = re.compile(r"\s{0,4},\s{0,4}")
_IDENTITY = re.compile(
    r"(?<![0-9])(?:[0-9]{2})?[0-9]{2}-?[0-9]{2}-?[0-9]{2}\s?[-+‐‑‒–—−]?\s?"
    r"(?:[0-9]{4}|[A-Za-z][0-9]{3}|[Tt][A-Za-z][0-9]{2})(?![0-9])"
)
_GLUE = "-‐‑'’"
_PARTICLES = frozenset("von af de du van der den la le da di el al".split())
_RING_AND_DOTS = frozenset("åäöÅÄÖ")


class HitKind(StrEnum):
    """What of a person was found."""

    FULL_NAME = "full_name"
    INITIAL = "initial"
    ALIAS = "alias"
    CASE_NUMBER = "case_number"
    IDENTITY_NUMBER = "identity_number"
    GIVEN_NAME = "given_name"
    SURNAME = "surname"


@dataclass(frozen=True, slots=True)
class PersonName:
    """What the register knows of a participant. A protected identity has its alias as name, and no number."""

    case_id: int
    given_name: str
    surname: str
    case_number: str
    identity_number: str | None = None
    is_protected_alias: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Where somebody's name stands in a text. Of several people called so, the one with the lowest case id; `everybody` has them all."""

    start: int
    end: int
    case_id: int
    kind: HitKind
    everybody: frozenset[int] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    exact: str  # accents folded, case kept
    folded: str  # case folded too


@dataclass(slots=True)
class _Node:
    """One step of the token tree. `staff` marks a colleague's full name, which is no hit and shields what is in it."""

    children: dict[str, _Node] = field(default_factory=dict)
    ends: dict[HitKind, frozenset[int]] = field(default_factory=dict)
    reversed_ids: frozenset[int] = frozenset()
    staff: bool = False

    def down(self, tokens: Iterable[str]) -> _Node:
        """The node at the end of the tokens, made if it is not there."""
        node = self
        for token in tokens:
            node = node.children.setdefault(token, _Node())
        return node

    def add(self, kind: HitKind, case_id: int) -> None:
        """That this is also how this case's participant is called."""
        self.ends[kind] = self.ends.get(kind, frozenset()) | {case_id}


@dataclass(frozen=True, slots=True)
class _Match:
    length: int  # in tokens
    kind: HitKind
    ids: frozenset[int]


class Register:
    """Every participant of the vault, ready to be sought; colleagues' names shield the bare names inside them."""

    def __init__(self, people: Iterable[PersonName], staff: Iterable[tuple[str, str]] = ()) -> None:
        self._people: dict[int, PersonName] = {}
        self._tree = _Node()
        self._aliases = _Node()
        self._by_ten: dict[str, frozenset[int]] = {}
        for person in people:
            self._people[person.case_id] = person
            self._enter(person)
        for given_name, surname in staff:
            for given in _given_variants(given_name):
                self._tree.down(map(str.casefold, (*given, *_words(surname)))).staff = True

    def person(self, case_id: int) -> PersonName | None:
        """What is known of a case's participant."""
        return self._people.get(case_id)

    def _enter(self, person: PersonName) -> None:
        case_id = person.case_id
        if number := _number_tokens(person.case_number):
            self._tree.down(number).add(HitKind.CASE_NUMBER, case_id)
        if person.identity_number and (ten := _ten(person.identity_number)):
            self._by_ten[ten] = self._by_ten.get(ten, frozenset()) | {case_id}
        if person.is_protected_alias:
            self._aliases.down(_words(f"{person.given_name} {person.surname}")).add(HitKind.ALIAS, case_id)
            return
        surnames = _surname_variants(person.surname)
        for given in _given_variants(person.given_name):
            for surname in surnames:
                forward = self._tree.down(map(str.casefold, (*given, *surname)))
                forward.add(HitKind.FULL_NAME, case_id)
                backward = self._tree.down(map(str.casefold, (*surname, *given)))
                backward.add(HitKind.FULL_NAME, case_id)
                backward.reversed_ids |= {case_id}
            for initial in {surname[0][0].casefold() for surname in surnames}:
                self._tree.down((*map(str.casefold, given), f"{initial}.")).add(HitKind.INITIAL, case_id)


def find(
    text: str, register: Register, *, agenda_case_ids: Collection[int], own_case_ids: Collection[int]
) -> tuple[Hit, ...]:
    """Other people's names in a text that `own_case_ids`' participant will read; all her cases, not only today's."""
    own = frozenset(own_case_ids)
    tokens = _tokens(text)
    bare = _bare_names(register, frozenset(agenda_case_ids) - own, own)
    hits = [*_identity_hits(text, register, own)]
    index = 0
    while index < len(tokens):
        match = _longest(register._tree, text, tokens, index)
        alias = _exact(register._aliases, text, tokens, index)
        if alias and (match is None or alias.length >= match.length):
            match = alias
        match = match or _exact(bare, text, tokens, index)
        if match is None:
            index += 1
            continue
        # A colleague's name and the reader's own are no hits, and cover the bare names inside them.
        if match.ids and not match.ids & own:
            span = tokens[index].start, tokens[index + match.length - 1].end
            hits.append(Hit(*span, min(match.ids), match.kind, match.ids))
        index += match.length
    return _without_overlaps(hits)


def find_on_screen(text: str, register: Register, *, agenda_case_ids: Collection[int]) -> tuple[Hit, ...]:
    """Any participant's name in a line for the big screen: the item's own is a hit there too."""
    return find(text, register, agenda_case_ids=agenda_case_ids, own_case_ids=())


def concerned(people: Iterable[PersonName], texts: Iterable[str]) -> tuple[PersonName, ...]:
    """Those who could be found in these texts at all: a register of them is made in no time, one of the whole vault is not."""
    whole = "\n".join(texts)
    words = {token.folded for token in _tokens(whole)}
    words |= {word[:-1] for word in words if word.endswith("s")}
    tens = {_ten(found.group()) for found in _IDENTITY.finditer(whole)}
    return tuple(
        person
        for person in people
        if not words.isdisjoint(map(str.casefold, _words(f"{person.given_name} {person.surname}")))
        or words.issuperset(_number_tokens(person.case_number))
        or (person.identity_number and _ten(person.identity_number) in tens)
    )


# --- Seeking ---


def _longest(tree: _Node, text: str, tokens: list[_Token], start: int) -> _Match | None:
    """The longest name of the vault that begins at a token; with no ids where it is a colleague's."""
    if tokens[start].folded not in tree.children and tokens[start].folded[:-1] not in tree.children:
        return None
    best: _Match | None = None
    node, has_comma, is_glued = tree, False, False
    for index in range(start, len(tokens)):
        if index > start:
            gap = text[tokens[index - 1].end : tokens[index].start]
            if _COMMA_GAP.fullmatch(gap):
                has_comma = True
            elif gap == "":
                is_glued = True
            elif not _PLAIN_GAP.fullmatch(gap):
                break
        for ending in _endings(node, tokens[index], index > start):
            match = _accepted(ending, index - start + 1, has_comma)
            if match and _stands_alone(text, tokens, start, index, match.kind, is_glued):
                best = match
        following = node.children.get(tokens[index].folded)
        if following is None:
            break
        node = following
    return best


def _endings(node: _Node, token: _Token, is_later: bool) -> Iterator[_Node]:
    """The nodes at which a name may end with this token: as an initial, in the genitive, as it is."""
    if is_later and len(token.exact) == 1 and token.exact.isupper():
        if ending := node.children.get(f"{token.folded}."):
            yield ending
    if token.folded.endswith("s") and (ending := node.children.get(token.folded[:-1])):
        yield ending
    if ending := node.children.get(token.folded):
        yield ending


def _accepted(node: _Node, length: int, has_comma: bool) -> _Match | None:
    for kind, ids in node.ends.items():
        allowed = ids & node.reversed_ids if has_comma else ids
        if allowed:
            return _Match(length, kind, allowed)
    return _Match(length, HitKind.FULL_NAME, frozenset()) if node.staff and not has_comma else None


def _stands_alone(text: str, tokens: list[_Token], first: int, last: int, kind: HitKind, is_glued: bool) -> bool:
    """Whether a name is whole: "Anna Ek" is not in "Anna Ek-Lund", nor "Karin Ek" in "Anna-Karin Ek"."""
    if kind is HitKind.CASE_NUMBER:
        return True
    if is_glued or (kind is HitKind.INITIAL and not tokens[first].exact[0].isupper()):
        return False
    return not _joined(text, tokens, first - 1) and not _joined(text, tokens, last)


def _joined(text: str, tokens: list[_Token], index: int) -> bool:
    """Whether a token and the next are parts of one double name: a hyphen between, and capitals on both."""
    if not 0 <= index < len(tokens) - 1:
        return False
    one, two = tokens[index], tokens[index + 1]
    gap = text[one.end : two.start]
    return gap == "" or (len(gap) == 1 and gap in _GLUE and one.exact[0].isupper() and two.exact[0].isupper())


def _exact(tree: _Node, text: str, tokens: list[_Token], start: int) -> _Match | None:
    """The longest bare name or alias that begins at a token, spelt as it is, or in the genitive."""
    best, node = None, tree
    for index in range(start, len(tokens)):
        if index > start and not _PLAIN_GAP.fullmatch(text[tokens[index - 1].end : tokens[index].start]):
            break
        exact = tokens[index].exact
        genitive = node.children.get(exact[:-1]) if exact.endswith("s") else None
        for ending in (genitive, node.children.get(exact)):
            if ending and ending.ends and not _joined(text, tokens, start - 1) and not _joined(text, tokens, index):
                kind, ids = next(iter(ending.ends.items()))
                best = _Match(index - start + 1, kind, ids)
        following = node.children.get(exact)
        if following is None:
            break
        node = following
    return best


def _bare_names(register: Register, agenda: frozenset[int], own: frozenset[int]) -> _Node:
    """First names and surnames of the agenda's participants, less what the reader is called."""
    own_names = {
        tuple(map(str.casefold, name))
        for case_id in own
        if (person := register.person(case_id))
        for name in (*_given_variants(person.given_name), *_surname_variants(person.surname))
    }
    tree = _Node()
    for case_id in sorted(agenda):
        person = register.person(case_id)
        if person is None or person.is_protected_alias:
            continue
        for kind, names in (
            (HitKind.GIVEN_NAME, _given_variants(person.given_name)),
            (HitKind.SURNAME, _surname_variants(person.surname)),
        ):
            for name in names:
                if tuple(map(str.casefold, name)) not in own_names:
                    tree.down(name).add(kind, case_id)
    return tree


def _identity_hits(text: str, register: Register, own: frozenset[int]) -> Iterator[Hit]:
    for found in _IDENTITY.finditer(text):
        ids = register._by_ten.get(_ten(found.group()), frozenset())
        if ids and not ids & own:
            yield Hit(found.start(), found.end(), min(ids), HitKind.IDENTITY_NUMBER, ids)


def _without_overlaps(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return tuple(kept)


# --- Spelling ---


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for found in _TOKEN.finditer(text):
        written = found.group()
        exact = _unaccented(written) if written[0].isalpha() else written.lstrip("0") or "0"
        tokens.append(_Token(found.start(), found.end(), exact, exact.casefold()))
    return tokens


def _words(name: str) -> tuple[str, ...]:
    return tuple(token.exact for token in _tokens(name))


def _number_tokens(case_number: str) -> tuple[str, ...]:
    return tuple(token.folded for token in _tokens(case_number))


def _unaccented(word: str) -> str:
    """André as Andre; å, ä and ö are letters of their own and stay."""
    if word.isascii():
        return word
    composed = unicodedata.normalize("NFC", word)
    return "".join(
        letter if letter in _RING_AND_DOTS else _DROPPED.sub("", unicodedata.normalize("NFD", letter))
        for letter in composed
    )


def _given_variants(given_name: str) -> tuple[tuple[str, ...], ...]:
    """All first names together, and each by itself; a hyphened double name is one."""
    return _variants(given_name.split(), given_name)


def _surname_variants(surname: str) -> tuple[tuple[str, ...], ...]:
    """The whole surname, and each part of it that is not a particle: von Essen, Essen."""
    parts = [part for part in re.split(r"[\s\-‐‑]+", surname) if part.casefold() not in _PARTICLES]
    return _variants(parts, surname)


def _variants(parts: Iterable[str], whole: str) -> tuple[tuple[str, ...], ...]:
    found = dict.fromkeys([_words(whole), *map(_words, parts)])
    return tuple(words for words in found if words)


def _ten(number: str) -> str:
    """The last ten characters of a number, without the signs."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())[-10:]
