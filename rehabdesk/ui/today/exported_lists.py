"""On Idag: lists that left as files and are not said to be gone."""

from __future__ import annotations

from functools import partial

from rehabdesk.services import exports
from rehabdesk.store.queries import exports as queries
from rehabdesk.ui.shell.context import Context
from rehabdesk.ui.today.lines import Line


def exported_lists(context: Context) -> list[Line]:
    """A line for each: what it is, from when, where she said it would lie, and whether names are in it."""
    store, texts = context.store, context.texts
    found = []
    for row in store.read(queries.not_gone):
        name = texts.term(row.kind)
        parts = [f"{name[:1].upper()}{name[1:]}", texts.short_day(row.made_on), *filter(None, [row.kept_on])]
        parts.append(texts.say("with names") if row.with_names else texts.say("without names"))
        found.append(Line(", ".join(parts), do=partial(exports.file_is_gone, store, row.id), button=texts.name("button", "Is gone")))
    return found
