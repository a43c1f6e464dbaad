"""Who has not answered a call to the next meeting. A sensitive party is counted and not named (`product.md` rule 5)."""

from __future__ import annotations

from rehabdesk.store.queries import calls as queries
from rehabdesk.store.queries.calls import Unanswered
from rehabdesk.texts import Texts
from rehabdesk.ui.parts.tokens import Tone
from rehabdesk.ui.shell.context import Context, Target
from rehabdesk.ui.today.lines import Line

MOST_PARTIES = 4
"""So many parties have a line of their own, those with most calls; the rest are counted together."""


def call_lines(context: Context) -> list[Line]:
    """A line for each party over all its cases, one for the participants, one for letters that are not made."""
    found = context.store.read(queries.unanswered, context.clock.today())
    if found is None or found.is_empty:
        return []
    # Until the first letter is out the letters are the coordinator's next step, and no one's silence.
    has_begun = bool(found.participants or found.parties or found.other_parties)
    target = Target("forum", "session", found.session.id, "calls")
    return [Line(words, target, badge=badge, tone=tone) for words, badge, tone in _told(context.texts, found, has_begun)]


def _told(texts: Texts, found: Unanswered, has_begun: bool) -> list[tuple[str, str, Tone]]:
    silent = texts.name("call", "no answer")
    told = []
    if found.participants:
        told.append((texts.count("{n} participant has not answered.", "{n} participants have not answered.", found.participants), silent, Tone.AMBER))
    for party, count in found.parties[:MOST_PARTIES]:
        words = texts.count("{party} has not answered {n} call.", "{party} has not answered {n} calls.", count, party=party)
        told.append((words, silent, Tone.AMBER))
    others = found.other_parties + sum(count for _, count in found.parties[MOST_PARTIES:])
    if others:
        words = texts.count("{n} call to other parties has no answer.", "{n} calls to other parties have no answer.", others)
        told.append((words, silent, Tone.AMBER))
    if found.without_letter:
        words = texts.count("{n} call letter is not made.", "{n} call letters are not made.", found.without_letter)
        told.append((words, texts.name("call", "letters"), Tone.ACCENT if has_begun else Tone.NEUTRAL))
    return told
