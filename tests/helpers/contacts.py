"""A small forum with contacts, and a real window around the pages of contacts and settings."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget

from rehabdesk import paths
from rehabdesk.domain.clock import Clock
from rehabdesk.domain.forum import SeriesKind
from rehabdesk.domain.parties import OrganisationKind, PartyKind
from rehabdesk.domain.series import SeriesDetails
from rehabdesk.services import parties, settings
from rehabdesk.services.forum import series
from rehabdesk.settings import Settings
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.autosave import FlushRegistry
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import Mode
from rehabdesk.ui.parties.page import ContactsPage
from rehabdesk.ui.settings.page import SettingsPage
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.messages import Messages
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import message


@dataclass(frozen=True, slots=True)
class Forum:
    """The ids of what stands in the small forum."""

    vara: int
    hr: int
    fk: int
    annika: int
    eva: int
    rehabforum: int
    board: int


def furnish(store: Store) -> Forum:
    """Two parties with a contact each, a rehab forum and a steering group."""
    vara = parties.add_organisation(store, "Vara kommun", OrganisationKind.MUNICIPALITY)
    hr = parties.add_party(store, vara, "HR", PartyKind.EMPLOYER)
    fk = parties.add_party_named(store, "Försäkringskassan", "", PartyKind.SOCIAL_INSURANCE)
    rehabforum = series.create_series(
        store, SeriesDetails("Rehabforum", SeriesKind.REHAB_FORUM, vara, "kommunstyrelsen", "RF", place="Stora Lundsal, Vara")
    )
    board = series.create_series(store, SeriesDetails("Styrgrupp", SeriesKind.STEERING_GROUP, vara, "kommunstyrelsen", interval_weeks=26))
    annika = parties.add_contact(
        store, hr, given_name="Annika", surname="Wester", function="HR-specialist", phone="031-390 06 20", series_ids=(rehabforum,)
    )
    eva = parties.add_contact(store, fk, given_name="Eva", surname="Holm", function="handläggare", by_function_only=True)
    for title, minutes, is_last in (("Mötet öppnas, dagordning", 5, False), ("Föregående anteckningar", 5, False), ("Nästa möte", 5, True)):
        series.add_standing_item(store, rehabforum, title=title, minutes=minutes, is_last=is_last)
    settings.set_coordinator(store, title="Samordnare", name="Karin Lindgren", phone="031-390 06 10", hours="Vardagar kl. 9–15")
    store.forget_history()
    return Forum(vara, hr, fk, annika, eva, rehabforum, board)


def window_for(app: QApplication, store: Store, texts: Texts, clock: Clock, mode: Mode = Mode.LIGHT) -> MainWindow:
    """The real window with these two rooms."""
    context = Context(
        store=store,
        texts=texts,
        clock=clock,
        theme=Theme(app, mode),
        messages=Messages(),
        flushes=FlushRegistry(clock),
        settings=Settings(paths.settings_file()),
    )
    rooms = (
        Room("contacts", message("Contacts", "room"), ContactsPage),
        Room("settings", message("Settings", "room"), SettingsPage),
    )
    return MainWindow(context, rooms)


def nameless(root: QWidget) -> list[str]:
    """The visible controls that a screen reader would have no name for."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView)
    found: list[str] = []
    for kind in kinds:
        for widget in root.findChildren(kind):
            internal = widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QTableView | QLineEdit)
            if widget.isVisible() and not internal and not (widget.accessibleName() or getattr(widget, "text", str)()):
                found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found
