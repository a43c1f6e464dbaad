"""The forum's own settings: whom readers may ring, the language of papers, and whether this is the demo."""

from __future__ import annotations

from sqlalchemy import Connection

from rehabdesk.domain.problems import Problem, Refused
from rehabdesk.domain.settings import Coordinator, SettingKey
from rehabdesk.services.checks import line
from rehabdesk.store.history import Label
from rehabdesk.store.queries import settings as queries
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.privacy import Setting
from rehabdesk.texts import LANGUAGES

__all__ = ["coordinator", "mark_demo", "remember_place", "set_coordinator", "set_paper_language"]


def coordinator(connection: Connection) -> Coordinator:
    """Whom a reader may ring: `store.read(settings.coordinator)`."""
    return queries.coordinator(connection)


def set_coordinator(
    store: Store, *, title: str | None = None, name: str | None = None, phone: str | None = None, hours: str | None = None
) -> None:
    """Change what papers say of the coordinator; only what is given. Settings know no undo."""
    given = {
        SettingKey.COORDINATOR_TITLE: ("title", title),
        SettingKey.COORDINATOR_NAME: ("name", name),
        SettingKey.COORDINATOR_PHONE: ("phone", phone),
        SettingKey.COORDINATOR_HOURS: ("hours", hours),
    }
    cleaned = {key: line(value, field) for key, (field, value) in given.items() if value is not None}
    _set(store, Label("settings.coordinator_changed"), cleaned)


def set_paper_language(store: Store, language: str) -> None:
    """The language papers are made in: "sv" or "en"."""
    if language not in LANGUAGES:
        raise Refused(Problem("settings.no_such_language", "language", {"language": language}))
    _set(store, Label("settings.paper_language_changed"), {SettingKey.PAPER_LANGUAGE: language})


def mark_demo(store: Store) -> None:
    """Say from now on, on every screen and paper, that this is a demo forum."""
    _set(store, Label("settings.marked_demo"), {SettingKey.IS_DEMO: "1"})


def remember_place(store: Store, place: str) -> None:
    """Where one is, page and cursor, for after the lock."""
    _set(store, Label("boot.place_remembered"), {SettingKey.LAST_PLACE: place})


def _set(store: Store, label: Label, values: dict[SettingKey, str]) -> None:
    with store.write(label, undoable=False) as writing:
        for key, value in values.items():
            _put(writing, key, value)


def _put(writing: Writing, key: SettingKey, value: str) -> None:
    setting = writing.session.get(Setting, key.value)
    if setting is None:
        writing.session.add(Setting(key=key.value, value=value))
    else:
        setting.value = value
