"""What the search palette asks: the service's hits, in words and with where each leads."""

from __future__ import annotations

from rehabdesk.services.search import Found, FoundKind, search
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.shell.search import SearchHit

_PLACES = {
    FoundKind.CASE: ("cases", "case"),
    FoundKind.CONTACT: ("contacts", "contact"),
    FoundKind.PARTY: ("contacts", "party"),
    FoundKind.SESSION: ("forum", "session"),
    FoundKind.ITEM: ("forum", "item"),
}


class Searching:
    """Seeks in the vault of a context; `Surroundings.search`."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def __call__(self, text: str) -> tuple[SearchHit, ...]:
        context = self._context
        found = context.store.read(search, text, context.texts, context.clock.today())
        return tuple(self._hit(one) for one in found)

    def _hit(self, one: Found) -> SearchHit:
        texts = self._context.texts
        groups = {
            FoundKind.CASE: texts.say("Cases"),
            FoundKind.CONTACT: texts.say("Contacts"),
            FoundKind.PARTY: texts.say("Parties"),
            FoundKind.SESSION: texts.say("Meetings"),
            FoundKind.ITEM: texts.say("General items"),
        }
        room, kind = _PLACES[one.kind]
        return SearchHit(groups[one.kind], one.title, one.subtitle, Target(room, kind, one.id))
