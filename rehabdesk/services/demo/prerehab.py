"""Two years of pre-rehabilitation in the demo forum: programmes, rounds that have been, run and are to come, and who waits."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from rehabdesk.domain import swedish
from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.rounds import ProgrammeDetails, RoundDetails, holiday_weeks_met
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.domain.session_dates import HolidayWeeks
from rehabdesk.services import instruments as shelf
from rehabdesk.services.demo import prerehab_days
from rehabdesk.services.demo.content import Content, Json
from rehabdesk.services.demo.prerehab_people import People
from rehabdesk.services.demo.prerehab_rounds import Filling
from rehabdesk.services.demo.register import Register
from rehabdesk.services.forum import series
from rehabdesk.services.forum.planning import holiday_weeks
from rehabdesk.services.prerehab import programmes, rounds
from rehabdesk.store.history import Label
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.prerehab import Programme

_WEEK = timedelta(days=7)
#: How many days after a round has begun somebody may still begin.
_LATE_START = timedelta(days=14)
#: How many of the forum's own cases have a claim, beside the one under protected identity.
_OF_THE_FORUM = 5


def add(store: Store, content: Content, register: Register, today: date, seed: int) -> None:
    """Make it all. It lies in the past for the most part, so it is written as it came to be; planning goes through the services."""
    source = content.prerehab
    chance = random.Random(f"{seed}-prerehab")
    known = _known_cases(store, today)
    people = People(source, _series(store, register, source["series"]), today, chance)
    for number, programme in enumerate(source["programmes"]):
        supplier_id = register.parties[programme["supplier"]] if programme["supplier"] else None
        programme_id = _programme(store, register, programme, supplier_id)
        round_ids = rounds.plan_rounds(store, _rounds(programme, programme_id, today, holiday_weeks()))
        referrers = [register.parties[key] if key else None for key in source["referrers"]]
        filling = Filling(
            people, source, programme, programme_id, supplier_id, referrers, today, chance, known if number == 0 else []
        )
        with store.write(Label("round.planned"), undoable=False) as writing:
            _live(writing, filling, round_ids)


def _live(writing: Writing, filling: Filling, round_ids: tuple[int, ...]) -> None:
    """Everything that happened in a programme's rounds."""
    today, chance = filling.today, filling.chance
    measured_with = shelf.known(tuple(filling.programme["instruments"]))
    for round_id, plan in zip(round_ids, filling.programme["rounds"], strict=True):
        stayed = filling.fill(writing, round_id, plan)
        prerehab_days.came(writing, filling.source, round_id, stayed, today, chance)
        prerehab_days.measured(writing, measured_with, stayed, today, chance)
    filling.waiting(writing, filling.programme["waiting"])
    first = min(today + plan["from"] * _WEEK for plan in filling.programme["rounds"])
    writing.session.get(Programme, filling.programme_id).made_on = first - timedelta(days=60)


def _known_cases(store: Store, today: date) -> list[int]:
    """The forum's open cases that have a claim here: the one under protected identity, and some of the others."""
    rows = store.read(case_queries.cases, today, closed=False)
    protected = [row.id for row in rows if row.is_protected]
    first, *others = [row.id for row in rows if not row.is_protected][:_OF_THE_FORUM]
    return [first, *protected, *others][::-1]


def _series(store: Store, register: Register, source: Json) -> int:
    """Cases that come for a place alone have a series of their own, so that the forum's agenda does not ask for them."""
    details = SeriesDetails(
        name=source["name"], kind=SeriesKind.REHAB_FORUM, controller_id=register.organisations["vara"],
        controller_board="kommunstyrelsen", case_prefix=source["case_prefix"], weekday=source["weekday"],
        interval_weeks=source["every_weeks"], start=source["start"], end=source["end"], place=source["place"],
    )  # fmt: skip
    return series.create_series(store, details)


def _programme(store: Store, register: Register, source: Json, supplier_id: int | None) -> int:
    details = ProgrammeDetails(
        name=source["name"], controller_id=register.organisations["vara"], controller_board="kommunstyrelsen",
        supplier_party_id=supplier_id, place=source["place"], target_group=source["target_group"],
        cost_per_round=source["cost_per_round"], cost_per_place=source["cost_per_place"], fill_target=source["fill_target"],
        answer_days=source["answer_days"], instruments=tuple(source["instruments"]),
    )  # fmt: skip
    return programmes.add_programme(store, details)


def _rounds(source: Json, programme_id: int, today: date, holidays: HolidayWeeks) -> tuple[RoundDetails, ...]:
    """Each begins on the first of its weekdays in its week that is neither free nor in a holiday week, and rests in those it meets."""
    found = []
    for plan in source["rounds"]:
        monday = today - timedelta(days=today.weekday()) + plan["from"] * _WEEK
        while holidays.period(monday) is not None:
            monday += _WEEK
        starts_on = next(
            day for day in (monday + timedelta(days=n) for n in range(28)) if day.weekday() in plan["weekdays"] and not swedish.is_free(day)
        )
        details = RoundDetails(
            programme_id, "", starts_on, source["weeks"], tuple(plan["weekdays"]), source["start"], source["end"], source["place"],
            source["least"], source["places"], starts_on + _LATE_START,
        )  # fmt: skip
        breaks = tuple(week.as_break for week in holiday_weeks_met(details, holidays))
        found.append(replace(details, breaks=breaks))
    return tuple(found)
