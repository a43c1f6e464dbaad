"""The rooms of the house as the window lists them; each room's code is imported when it is first entered."""

from __future__ import annotations

from rehabdesk.domain.clock import Clock
from rehabdesk.services.search import FoundKind, search
from rehabdesk.store.queries import cases
from rehabdesk.store.queries.forum import actions
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts, texts_for
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.page import Page
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.ui.shell.search import SearchHit
from rehabdesk.wording import message
from rehabdesk.wording import shell as words

FIRST = Target("today")
_PLACES = {
    FoundKind.CASE: (words.CASES, "cases"),
    FoundKind.CONTACT: (words.CONTACTS, "contacts"),
    FoundKind.PARTY: (message("Parties", "search"), "contacts"),
    FoundKind.SESSION: (message("Meetings", "search"), "forum"),
    FoundKind.ITEM: (message("Items", "search"), "forum"),
    FoundKind.ROUND: (message("Rounds", "search"), "prerehab"),
    FoundKind.PROGRAMME: (message("Programmes", "search"), "prerehab"),
}


def rooms() -> tuple[Room, ...]:
    """In the order of the sidebar."""
    return (
        Room("today", words.TODAY, _today),
        Room("forum", words.FORUM, _forum),
        Room("cases", words.CASES, _cases, _open_cases, frozenset({"case"})),
        Room("actions", words.ACTIONS, _actions, _open_actions, frozenset({"action"})),
        Room("prerehab", words.PREREHAB, _prerehab),
        Room("contacts", words.CONTACTS, _contacts),
        Room("settings", words.SETTINGS, _settings),
    )


class Seeker:
    """The search over all rooms, as the search line asks it."""

    def __init__(self, store: Store, texts: Texts, clock: Clock) -> None:
        self._store, self._texts, self._clock = store, texts, clock

    def change_language(self, language: str) -> None:
        """Name what is found in another language."""
        self._texts = texts_for(language)

    def __call__(self, text: str) -> tuple[SearchHit, ...]:
        """What is found, by group."""
        found = self._store.read(search, text, self._texts, self._clock.today())
        return tuple(
            SearchHit(self._texts.say(_PLACES[hit.kind][0]), hit.title, hit.subtitle, Target(_PLACES[hit.kind][1], hit.kind.value, hit.id))
            for hit in found
        )


def _open_cases(context: Context) -> int | None:
    return context.store.read(cases.open_count) or None


def _open_actions(context: Context) -> int | None:
    return context.store.read(actions.open_count) or None


def _today(context: Context) -> Page:
    from rehabdesk.ui.today.page import TodayPage

    return TodayPage(context, context.within)


def _forum(context: Context) -> Page:
    from rehabdesk.ui.forum.page import ForumPage

    return ForumPage(context, context.within)


def _cases(context: Context) -> Page:
    from rehabdesk.ui.cases.page import CasesPage

    return CasesPage(context, context.within)


def _actions(context: Context) -> Page:
    from rehabdesk.ui.actions.page import ActionsPage

    return ActionsPage(context, context.within)


def _prerehab(context: Context) -> Page:
    from rehabdesk.ui.prerehab.page import PrerehabPage

    return PrerehabPage(context, context.within)


def _contacts(context: Context) -> Page:
    from rehabdesk.ui.parties.page import ContactsPage

    return ContactsPage(context, context.within)


def _settings(context: Context) -> Page:
    from rehabdesk.ui.settings.page import SettingsPage

    return SettingsPage(context, context.within)
