"""What is half written in a form: kept in the vault until the form is sent, so that a lock or a power cut loses none of it.

Nothing here is an undo step, and a form that is empty again leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from rehabdesk.store.history import Label
from rehabdesk.store.store import Store, Writing
from rehabdesk.store.tables.privacy import Setting


def draft(connection: Connection, form: str) -> dict[str, str]:
    """What is written in each field of a form, by the name the form is known by ("correction:12"); empty when nothing is."""
    kept = connection.execute(select(Setting.value).where(Setting.key == _key(form))).scalar()
    return dict(json.loads(kept)) if kept else {}


def keep_draft(store: Store, form: str, written: Mapping[str, str]) -> None:
    """Keep a form as far as it is written."""
    with store.write(Label("form.draft_kept"), undoable=False) as writing:
        if not any(text.strip() for text in written.values()):
            forget_draft(writing, form)
            return
        value = json.dumps(dict(written), ensure_ascii=False)
        kept = writing.session.get(Setting, _key(form))
        if kept is None:
            writing.session.add(Setting(key=_key(form), value=value))
        else:
            kept.value = value


def forget_draft(writing: Writing, form: str) -> None:
    """The form has been sent or is wanted no more: nothing of it is kept."""
    writing.session.execute(delete(Setting).where(Setting.key == _key(form)))


def _key(form: str) -> str:
    return f"draft:{form}"
