"""The first run: what a new vault needs so that papers can name their sender, kept in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Problem, refuse_if
from rehabdesk.domain.series import SeriesDetails, problems_with_series, slug_of
from rehabdesk.domain.settings import Coordinator, SettingKey
from rehabdesk.domain.swedish import sort_key
from rehabdesk.services.checks import line
from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.forum import SessionSeries
from rehabdesk.store.tables.parties import Organisation
from rehabdesk.store.tables.privacy import Setting
from rehabdesk.texts import LANGUAGES

_FIRST = SeriesDetails(name="", kind=SeriesKind.REHAB_FORUM, controller_id=0, case_prefix="RF")


@dataclass(frozen=True, slots=True)
class FirstForum:
    """Everything the wizard asks about the forum. The series' `controller_id` is not known yet and is not looked at."""

    coordinator: Coordinator
    controller: str
    controller_kind: OrganisationKind = OrganisationKind.MUNICIPALITY
    series: SeriesDetails = field(default=_FIRST)
    language: str = "sv"


def problems_with_coordinator(coordinator: Coordinator) -> tuple[Problem, ...]:
    """A paper has to say whom to ring."""
    wanted = (
        ("title", coordinator.title, "first_run.title_missing"),
        ("coordinator_name", coordinator.name, "first_run.coordinator_name_missing"),
        ("phone", coordinator.phone, "first_run.coordinator_phone_missing"),
    )
    return tuple(Problem(code, name) for name, value, code in wanted if not value.strip())


def problems_with_forum(forum: FirstForum) -> tuple[Problem, ...]:
    """What is wrong with the first series and its controller."""
    missing = () if forum.controller.strip() else (Problem("first_run.controller_missing", "organisation"),)
    return (*missing, *problems_with_series(_cleaned(forum).series, forum.controller_kind, ()))


def set_up(store: Store, forum: FirstForum) -> int:
    """Keep the coordinator, the controller, the first series and the language of papers; the series' id. Knows no undo."""
    forum = _cleaned(forum)
    refuse_if((*problems_with_coordinator(forum.coordinator), *problems_with_forum(forum)))
    if forum.language not in LANGUAGES:
        refuse_if([Problem("settings.no_such_language", "language", {"language": forum.language})])
    with store.write(Label("first_run.set_up"), undoable=False, barrier=True) as writing:
        _keep_settings(writing, forum)
        controller = Organisation(name=forum.controller, name_sort=sort_key(forum.controller), kind=forum.controller_kind)
        writing.session.add(controller)
        writing.flush()
        details = replace(forum.series, controller_id=controller.id)
        values = {name: getattr(details, name) for name in SeriesDetails.__dataclass_fields__}
        series = SessionSeries(**values, slug=slug_of(details.name))
        writing.session.add(series)
        writing.flush()
        writing.log("set_up", "session_series", series.id)
        return series.id


def _keep_settings(writing: Writing, forum: FirstForum) -> None:
    for key, value in (
        (SettingKey.COORDINATOR_TITLE, forum.coordinator.title),
        (SettingKey.COORDINATOR_NAME, forum.coordinator.name),
        (SettingKey.COORDINATOR_PHONE, forum.coordinator.phone),
        (SettingKey.COORDINATOR_HOURS, forum.coordinator.hours),
        (SettingKey.PAPER_LANGUAGE, forum.language),
    ):
        writing.session.merge(Setting(key=key.value, value=value))


def _cleaned(forum: FirstForum) -> FirstForum:
    person, series = forum.coordinator, forum.series
    return replace(
        forum,
        controller=line(forum.controller, "organisation"),
        coordinator=Coordinator(
            line(person.title, "title"), line(person.name, "coordinator_name"), line(person.phone, "phone"), line(person.hours, "hours")
        ),
        series=replace(
            series,
            name=line(series.name, "name"),
            case_prefix=line(series.case_prefix, "case_prefix").upper(),
            controller_board=line(series.controller_board, "controller_board"),
            place=line(series.place, "place"),
        ),
    )
