"""Whether a text about nobody could still point to somebody: a name of the register, or details that few share.

A de-identified consultation holds no name and nothing that singles a person out (`domain.md` 1.2). What is found here is a
hint beside the text, never a refusal: only somebody who knows the place can tell how rare a combination is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rehabdesk.domain.names import PersonName

#: So many different kinds of detail together can point to one person.
TELLING = 2

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_IDENTITY = re.compile(r"(?<!\d)(?:\d{2})?\d{6}\s?[-+–−]\s?(?:\d{4}|[A-Za-z]\d{3}|[A-Za-z]{2}\d{2})(?!\d)|(?<!\d)(?:19|20)\d{10}(?!\d)")
_AGE = re.compile(
    r"(?<![\d,.])(?P<age>[1-7]\d)(?:[\s\u00a0]?-?[\s\u00a0]?(?:åring\w*|årig\w*|årsåldern)|[\s\u00a0](?P<plain>år)(?:s ålder| gammal| fyllda)?\b"
    r"|[\s-]years?[\s-]old|-year-old)"
    r"|\b(?:född|fött|f\.|born(?: in)?)[\s\u00a0](?:år[\s\u00a0])?(?:19|20)\d\d\b|\baged[\s\u00a0]\d\d\b",
    re.IGNORECASE,
)
#: Before a number of years these say that it is a stretch of time.
_STRETCH = re.compile(r"\b(?:i|på|efter|sedan|inom|om|senaste|under|cirka|snart|över|redan)\s+$", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:(?:den|det|vår|hans|hennes)\s+enda|ensam\s+(?:om|i|på)|the\s+only)\b", re.IGNORECASE)
_INFLECTED = r"(?:n|en|na|s|ns|ens|r|er|rna|erna|nas)?"
_PARTICLES = frozenset("von af de du van der den la le da di el al".split())
_YOUNGEST = 16


class Detail(StrEnum):
    """The kinds of detail that narrow down whom a text is about."""

    WORKPLACE = "workplace"
    OCCUPATION = "occupation"
    AGE = "age"
    ONLY_ONE = "only_one"


@dataclass(frozen=True, slots=True)
class Found:
    """What of a text could point to somebody: names and numbers of persons, and each kind of detail in the text's own words."""

    names: tuple[str, ...] = ()
    details: tuple[tuple[Detail, str], ...] = ()

    @property
    def is_telling(self) -> bool:
        """Whether the details together could be enough."""
        return len({detail for detail, _ in self.details}) >= TELLING

    def __bool__(self) -> bool:
        """Whether there is anything to hint at."""
        return bool(self.names) or self.is_telling


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words by which occupations and workplaces are known; kept as data."""

    endings: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    workplace_endings: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Iterable[str]]) -> Vocabulary:
        """From the data file's shape."""
        return cls(tuple(data["endings"]), tuple(data["words"]), tuple(data["not"]), tuple(data["workplace_endings"]))


class Lookout:
    """Everybody's names, the employers' units and the vocabulary, ready to be asked of at every keystroke."""

    def __init__(self, people: Iterable[PersonName], staff: Iterable[tuple[str, str]], units: Iterable[str], words: Vocabulary) -> None:
        self._names: set[str] = set()
        for person in people:
            self._names.update(_name_words(f"{person.given_name} {person.surname}"))
            self._names.update(person.case_number.split())
        self._staff = {f"{given} {surname}".strip().casefold() for given, surname in staff if given and surname}
        self._units = tuple(sorted({unit.strip() for unit in units if len(unit.strip()) > 2}, key=len, reverse=True))
        self._not = frozenset(word.casefold() for word in words.not_words)
        self._occupation = re.compile(
            rf"(?:\w*(?:{_either(words.endings)})|{_either(words.words)}){_INFLECTED}", re.IGNORECASE
        )  # fmt: skip
        self._workplace = re.compile(rf"[A-ZÅÄÖÉ][\w-]*(?:{_either(words.workplace_endings)})s?")

    def look(self, text: str) -> Found:
        """What of a text could point to somebody."""
        return Found(tuple(dict.fromkeys(self._found_names(text))), tuple(self._first_of_each(text)))

    def _found_names(self, text: str) -> Iterator[str]:
        for match in _IDENTITY.finditer(text):
            yield match.group()
        for match in re.finditer(r"\S+", text):
            written = match.group().strip(".,:;!?()”“\"'")
            if written in self._names and any(sign.isdigit() for sign in written):
                yield written
        for match in _WORD.finditer(text):
            word = match.group()
            for part in (word, *word.split("-")):
                if part[:1].isupper() and (part in self._names or (part.endswith("s") and part[:-1] in self._names)):
                    yield word
                    break

    def _first_of_each(self, text: str) -> Iterator[tuple[Detail, str]]:
        for detail, found in (
            (Detail.WORKPLACE, self._place(text)),
            (Detail.OCCUPATION, self._trade(text)),
            (Detail.AGE, _age(text)),
            (Detail.ONLY_ONE, _only(text)),
        ):
            if found:
                yield detail, found

    def _place(self, text: str) -> str:
        folded = text.casefold()
        for unit in self._units:
            if _stands_alone(folded, unit.casefold()):
                return unit
        for match in _WORD.finditer(text):
            if self._workplace.fullmatch(match.group()):
                return match.group()
        # Whose manager it is says where somebody works.
        return next((name.title() for name in self._staff if _stands_alone(folded, name)), "")

    def _trade(self, text: str) -> str:
        for match in _WORD.finditer(text):
            if self._occupation.fullmatch(match.group()) and not self._is_role(match.group()):
                return match.group()
        return ""

    def _is_role(self, word: str) -> bool:
        return any(word.casefold().startswith(role) for role in self._not)


def _age(text: str) -> str:
    for match in _AGE.finditer(text):
        is_stretch = match["plain"] is not None and _STRETCH.search(text[: match.start()])
        if not is_stretch and (match["age"] is None or int(match["age"]) >= _YOUNGEST):
            return match.group()
    return ""


def _only(text: str) -> str:
    match = _ONLY.search(text)
    return match.group() if match else ""


def _stands_alone(folded: str, words: str) -> bool:
    return words in folded and re.search(rf"(?<!\w){re.escape(words)}(?:s|et|en|ens|ets)?(?!\w)", folded) is not None


def _name_words(name: str) -> Iterator[str]:
    for word in re.split(r"[\s-]+", name):
        if len(word) > 1 and word.casefold() not in _PARTICLES:
            yield word


def _either(words: Collection[str]) -> str:
    return "|".join(map(re.escape, words)) or "(?!)"
