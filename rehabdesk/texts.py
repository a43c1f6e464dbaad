"""Words, dates and numbers for people, in one language; passed in wherever a window or a paper speaks.

English is the source text; another language is a compiled gettext catalogue in `resources/translations`. Babel is
imported at the first date or number, not before: the lock screen only needs `say`, and of the catalogue a dozen texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Protocol

from rehabdesk.catalogue import Catalogue
from rehabdesk.domain.problems import Problem
from rehabdesk.paths import resources
from rehabdesk.wording import Message, Wording, gather

if TYPE_CHECKING:
    from datetime import date, datetime, time

LANGUAGES = ("sv", "en")
_LOCALES = {"sv": "sv", "en": "en_GB"}


class UndoLabel(Protocol):
    """What an undo step is called: a key into `wording` and its parameters."""

    @property
    def key(self) -> str: ...

    @property
    def params(self) -> Mapping[str, object]: ...


def texts_for(language: str) -> Texts:
    """The texts of "sv" or "en"."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in {language!r}")
    return Texts(language, _catalogue(language))


@cache
def _catalogue(language: str) -> Catalogue:
    """Read once: the command line, the lock screen and every paper speak from the same one."""
    return Catalogue(b"" if language == "en" else (resources() / "translations" / f"{language}.mo").read_bytes())


def texts_for_paper(language: str) -> Texts:
    """The texts around a paper in any language. A form may be written in one that the rest is not: what surrounds it is Swedish."""
    if language in LANGUAGES:
        return texts_for(language)
    return Texts(language, Catalogue((resources() / "translations" / "sv.mo").read_bytes()))


class Texts:
    """One language's words, dates and numbers. Text without a translation stays English."""

    def __init__(self, language: str, catalogue: Catalogue) -> None:
        self._language = language
        self._locale = _LOCALES.get(language, "sv")
        self._catalogue = catalogue

    @property
    def language(self) -> str:
        """The language code: "sv" or "en"."""
        return self._language

    @property
    def html_language(self) -> str:
        """The language tag that documents carry: "sv-SE" or "en-GB"."""
        return {"sv": "sv-SE", "en": "en-GB"}.get(self._language, self._language)

    # Words

    def say(self, text: str, /, **params: object) -> str:
        """The text in this language, with the parameters written as this language writes them."""
        return self._filled(self._translated(text, params), params)

    def count(self, one: str, many: str, /, n: int, **params: object) -> str:
        """The singular or plural text for n; `{n}` in it is the number."""
        return self._filled(self._catalogue.count(one, many, n), {"n": n, **params})

    def name(self, context: str, text: str, /, **params: object) -> str:
        """A text whose translation depends on where it stands."""
        return self._filled(self._catalogue.text(text, context), params)

    def problem(self, problem: Problem) -> str:
        """The sentence that tells what is wrong."""
        return self.say(self._wording.problems[problem.code], **problem.params)

    def problems(self, problems: Iterable[Problem]) -> str:
        """The sentences of several problems, after one another."""
        return " ".join(self.problem(problem) for problem in problems)

    def label(self, label: UndoLabel) -> str:
        """What an undo step did, as it stands after "Ångra"."""
        return self.say(self._wording.labels[label.key], **label.params)

    def term(self, member: Enum) -> str:
        """The word for a member of an enumeration."""
        return self.say(self._wording.terms[type(member)][member])

    def listing(self, words: Iterable[object]) -> str:
        """The words as a list in a sentence: "A, B och C"."""
        *first, last = [self.plain(word) for word in words] or [""]
        return f"{', '.join(first)} {self.say('and')} {last}" if first else last

    def plain(self, value: object) -> str:
        """A parameter as it is written inside a sentence, by its type."""
        if type(value) in (str, int):
            return str(value)
        # Most parameters are words and counts.
        from datetime import date, datetime, time

        match value:
            case Enum():
                return self.term(value)
            case Problem():
                return self.problem(value)
            case datetime():
                return f"{self.date(value)} {self.time(value.time())}"
            case date():
                return self.date(value)
            case time():
                return self.time(value)
            case float():
                return self.number(value, 0 if value.is_integer() else 1)
            case list() | tuple():
                return self.listing(value)
        return str(value)

    # Days and times

    def date(self, day: date) -> str:
        """2026-11-24, for tables."""
        return f"{day.year:04}-{day.month:02}-{day.day:02}"

    def long_date(self, day: date) -> str:
        """24 november 2026, for sentences."""
        return self._day(day, "d MMMM y")

    def weekday_date(self, day: date) -> str:
        """tisdag 24 november 2026."""
        return self._day(day, "EEEE d MMMM y")

    def short_day(self, day: date) -> str:
        """25 nov."""
        return self._day(day, "d MMM").rstrip(".")

    def weekday(self, day: date) -> str:
        """tisdag."""
        return self._day(day, "EEEE")

    def short_weekday(self, day: date) -> str:
        """tis."""
        return self._day(day, "EEE").rstrip(".")

    def month(self, day: date) -> str:
        """november."""
        return self._day(day, "LLLL")

    def week(self, day: date) -> str:
        """v. 47, by ISO."""
        return self.say("week {week}", week=day.isocalendar().week)

    def time(self, clock: str | time) -> str:
        """13.00 from "13:00" or a time of day."""
        written = clock if isinstance(clock, str) else clock.strftime("%H:%M")
        return written.replace(":", ".") if self._language == "sv" else written

    def time_span(self, start: str | time, end: str | time) -> str:
        """kl. 13.00–15.30."""
        return self.say("{start}–{end}", start=self.time(start), end=self.time(end))

    def instant(self, utc: str) -> datetime:
        """An instant as the store writes it, as naive local wall time."""
        from datetime import UTC, datetime

        return datetime.fromisoformat(utc.removesuffix("Z")).replace(tzinfo=UTC).astimezone().replace(tzinfo=None)

    def duration(self, minutes: int) -> str:
        """2 h 25 min."""
        hours, rest = divmod(abs(minutes), 60)
        written = " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
        return ("−" if minutes < 0 else "") + (written or "0 min")

    # Numbers

    def number(self, value: float, decimals: int = 0) -> str:
        """1 234,5, with unbreakable spaces."""
        from babel.numbers import format_decimal

        return format_decimal(value, _number_pattern(decimals), locale=self._locale).replace("-", "\N{MINUS SIGN}")

    def percent(self, share: float, decimals: int = 0) -> str:
        """12 % from 0.12."""
        pattern = _number_pattern(decimals) + ("\N{NO-BREAK SPACE}%" if self._language == "sv" else "%")
        return _written_percent(share, pattern, self._locale)

    # Internals

    @cached_property
    def _wording(self) -> Wording:
        return gather()

    def _day(self, day: date, pattern: str) -> str:
        return _written_day(day, pattern, self._locale)

    def _translated(self, text: str, params: Mapping[str, object]) -> str:
        if isinstance(text, Message):
            if text.plural is not None:
                n = params["n"]
                assert isinstance(n, int)
                return self._catalogue.count(str(text), text.plural, n)
            return self._catalogue.text(str(text), text.context)
        return self._catalogue.text(text)

    def _filled(self, text: str, params: Mapping[str, object]) -> str:
        if not params:
            return str(text)
        return text.format_map({key: self.plain(value) for key, value in params.items()})


def _number_pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


# The same days and shares stand on page after page, and Babel reads its pattern anew for each.
@lru_cache(maxsize=4096)
def _written_day(day: date, pattern: str, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=locale)


@lru_cache(maxsize=512)
def _written_percent(share: float, pattern: str, locale: str) -> str:
    from babel.numbers import format_percent

    return format_percent(share, pattern, locale=locale).replace("-", "\N{MINUS SIGN}")
