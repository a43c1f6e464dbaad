"""Reading the forum's settings."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from rehabdesk.domain.settings import Coordinator, SettingKey
from rehabdesk.store.tables.privacy import Setting

_YES = "1"


def setting(connection: Connection, key: SettingKey) -> str:
    """One setting, empty where it has never been set."""
    return connection.execute(select(Setting.value).where(Setting.key == key.value)).scalar() or ""


def coordinator(connection: Connection) -> Coordinator:
    """Whom a reader may ring."""
    values: dict[str, str] = {key: value for key, value in connection.execute(select(Setting.key, Setting.value))}
    return Coordinator(
        title=values.get(SettingKey.COORDINATOR_TITLE, ""),
        name=values.get(SettingKey.COORDINATOR_NAME, ""),
        phone=values.get(SettingKey.COORDINATOR_PHONE, ""),
        hours=values.get(SettingKey.COORDINATOR_HOURS, ""),
    )


def paper_language(connection: Connection) -> str:
    """The language papers are made in: "sv" unless another was chosen."""
    return setting(connection, SettingKey.PAPER_LANGUAGE) or "sv"


def is_demo(connection: Connection) -> bool:
    """Whether this vault is a demo forum, which says so on screen and paper."""
    return setting(connection, SettingKey.IS_DEMO) == _YES


def vault_folder(connection: Connection) -> Path:
    """The folder of the vault this connection reads."""
    main = next(file for _, name, file in connection.exec_driver_sql("PRAGMA database_list") if name == "main")
    return Path(main).parent


def last_place(connection: Connection) -> str:
    """Where one was when the vault was locked, as `ui/shell/place.py` writes it; empty where it never was."""
    return setting(connection, SettingKey.LAST_PLACE)
