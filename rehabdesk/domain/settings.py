"""The forum's own settings, as they are typed where they are used."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SettingKey(StrEnum):
    """Every key that the vault's settings may hold."""

    COORDINATOR_TITLE = "coordinator_title"
    COORDINATOR_NAME = "coordinator_name"
    COORDINATOR_PHONE = "coordinator_phone"
    COORDINATOR_HOURS = "coordinator_hours"
    PAPER_LANGUAGE = "paper_language"
    IS_DEMO = "is_demo"
    LAST_PLACE = "last_place"


@dataclass(frozen=True, slots=True)
class Coordinator:
    """Whom a reader of a paper may ring: "Samordnare Karin Lindgren 031-390 06 10", "Vardagar kl. 9–15"."""

    title: str = ""
    name: str = ""
    phone: str = ""
    hours: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether a paper can say whom to ring."""
        return bool(self.name and self.phone)
