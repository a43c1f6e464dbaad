"""What has been answered so far. Pages write here when they are left, in either direction, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from rehabdesk.domain.clock import Clock
from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.settings import Coordinator
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.domain.forum import SeriesKind
from rehabdesk.services.vault import Kdf, folder_for
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.theme import Theme


@dataclass(slots=True)
class Draft:
    """The answers, as they were typed."""

    language: str = "sv"
    parent: Path = Path()
    vault_name: str = ""
    passphrase: str = ""
    passphrase_again: str = ""
    recovery_key: str = ""
    typed_back: str = ""
    title: str = ""
    name: str = ""
    phone: str = ""
    hours: str = ""
    organisation: str = ""
    organisation_kind: OrganisationKind = OrganisationKind.MUNICIPALITY
    board: str = ""
    series: str = ""
    prefix: str = "RF"
    weekday: int = 1
    interval: str = "4"
    start: str | None = "13:00"
    end: str | None = "15:30"
    place: str = ""

    @property
    def folder(self) -> Path:
        """Where the vault will lie. Refused while it has no name."""
        return folder_for(self.parent, self.vault_name)

    def coordinator(self) -> Coordinator:
        """Whom readers may ring."""
        return Coordinator(self.title, self.name, self.phone, self.hours)

    def series_details(self) -> SeriesDetails:
        """The first series; its controller has no id yet."""
        weeks = self.interval.strip()
        return SeriesDetails(
            name=self.series,
            kind=SeriesKind.REHAB_FORUM,
            controller_id=0,
            controller_board=self.board,
            case_prefix=self.prefix,
            weekday=self.weekday,
            interval_weeks=int(weeks) if weeks.isascii() and weeks.isdigit() else 0,
            start=self.start or "",
            end=self.end or "",
            place=self.place,
        )


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the paper with the recovery key."""

    vault: str
    key: str


PrintRecovery = Callable[[QWidget, RecoverySheet, Texts, Clock], bool]
ChooseFolder = Callable[[QWidget, str], Path | None]


@dataclass(frozen=True, slots=True)
class Needs:
    """What the pages use of the world; tests answer in its stead. `kdf` is tuned to the machine unless given."""

    clock: Clock
    theme: Theme
    print_recovery: PrintRecovery
    choose_folder: ChooseFolder
    kdf: Kdf | None = None
