"""A meeting with three cases: the first two finished, the third still open; and a page's context that prints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.domain.forum import Outcome, Presence, Return
from rehabdesk.services.forum import actions, meeting, sheets
from rehabdesk.services.forum.actions import NewAction
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.services.forum.sheets import Ending
from rehabdesk.settings import Settings
from rehabdesk.store.store import Store
from rehabdesk.texts import Texts
from rehabdesk.ui.printing import PrintQueue
from rehabdesk.ui.shell.context import Context
from tests.helpers.forum import Forum, small_forum
from tests.helpers.printing import RecordingPrinter


@pytest.fixture
def forum(store: Store) -> Forum:
    made = small_forum(store, cases_count=3)
    made.start()
    for place, item_id in enumerate(made.item_ids):
        meeting.open_item(store, item_id)
        meeting.save_text(store, item_id, ItemText.QUESTION, f"Fråga nummer {place}?")
        meeting.add_agreement(store, item_id, f"Överenskommelse nummer {place}.")
        actions.add_action(store, item_id, NewAction("boka tid", party_id=made.party_ids["FK"]))
        meeting.set_participant_presence(store, item_id, Presence.HERE)
        if place == 0:
            sheets.freeze(store, item_id, Ending(Outcome.RETURNS, Return.NEXT_SESSION))
        elif place == 1:
            sheets.freeze(store, item_id, Ending(Outcome.AGREED))
    return made


@pytest.fixture
def printer() -> RecordingPrinter:
    return RecordingPrinter()


@pytest.fixture
def printing(qapp, context: Context, forum: Forum, store: Store, texts: Texts, printer: RecordingPrinter, tmp_path: Path):
    machine = Settings(tmp_path / "settings.json")
    machine.change(printer="Kontorsskrivaren")
    queue = PrintQueue(store, texts, machine, printer)
    yield replace(context, queue=queue, settings=machine)
    queue.shutdown(20)
