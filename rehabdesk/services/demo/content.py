"""The demo forum's content as the generator reads it, and the words that depend on person and day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rehabdesk.domain import swedish
from rehabdesk.paths import resources
from rehabdesk.texts import Texts

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything in `resources/demo`; its README describes the shapes."""

    parties: Json
    series: Json
    general_items: Json
    people: tuple[Json, ...]
    spare_numbers: dict[str, tuple[str, ...]]
    stories: tuple[Json, ...]
    consultations: tuple[Json, ...]
    plans: Json
    notes: Json
    backgrounds: Json
    prerehab: Json

    def person(self, index: int) -> Json:
        """The person of the nth case; past the written ones names are combined, and numbers last as long as there are any."""
        count = len(self.people)
        if index < count:
            return self.people[index]
        first, second = self.people[index % count], self.people[(7 * index + index // count + 1) % count]
        sex, turn = first["sex"], (index - count) // 2
        numbers = self.spare_numbers[sex]
        number = numbers[turn] if index % 2 == 0 and turn < len(numbers) else None
        return {"given_name": first["given_name"], "surname": second["surname"], "sex": sex, "identity_number": number}


def load() -> Content:
    """Read the content; a malformed file is our mistake and raises."""
    folder = resources() / "demo"

    def read(name: str) -> Json:
        return json.loads((folder / name).read_text(encoding="utf-8"))

    people = tuple(read("participants.json")["participants"])
    taken = {person["identity_number"] for person in people}
    numbers = read("identity_numbers.json")
    stories = [story for file in sorted((folder / "stories").glob("*.json")) for story in read(f"stories/{file.name}")["stories"]]
    return Content(
        parties=read("parties.json"),
        series=read("series.json"),
        general_items=read("general_items.json")["items"],
        people=people,
        spare_numbers={sex: tuple(number for number in numbers[sex] if number not in taken) for sex in ("f", "m")},
        stories=tuple(stories),
        consultations=tuple(read("consultations.json")["consultations"]),
        plans=read("plans.json"),
        notes=read("notes.json"),
        backgrounds=read("backgrounds.json"),
        prerehab=read("prerehab.json"),
    )


def working_day(day: date) -> date:
    """The day itself, or the next one that is worked."""
    while swedish.is_free(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class _Moment:
    """A placeholder counted in days from a session: "{day:14}", "{week:21}"."""

    on: date
    texts: Texts
    is_week: bool

    def __format__(self, days: str) -> str:
        count = int(days)
        day = self.on + timedelta(days=count)
        day = working_day(day) if count > 0 else day
        return str(swedish.week(day)) if self.is_week else self.texts.long_date(day).rsplit(" ", 1)[0]


class Wording:
    """Fills the placeholders of a text for one person and one session day."""

    def __init__(self, texts: Texts, on: date, given_name: str = "", **figures: object) -> None:
        genitive = given_name if given_name.endswith(("s", "x", "z")) else f"{given_name}s"
        self._values = {
            "name": given_name,
            "names": genitive,
            "week": _Moment(on, texts, True),
            "day": _Moment(on, texts, False),
            **figures,
        }

    def __call__(self, text: str | None) -> str:
        return text.format(**self._values) if text else ""
