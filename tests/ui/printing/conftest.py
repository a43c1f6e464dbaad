"""A started forum, a machine with a printer, and the real queue at that printer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rehabdesk.domain.forum import Outcome, Presence
from rehabdesk.services.forum import meeting, sheets
from rehabdesk.services.forum.sheets import Ending, Frozen
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
    return made


@pytest.fixture
def machine(tmp_path: Path) -> Settings:
    """The machine's settings, with the printer chosen before the meeting."""
    settings = Settings(tmp_path / "settings.json")
    settings.change(printer="Kontorsskrivaren")
    return settings


@pytest.fixture
def printer() -> RecordingPrinter:
    return RecordingPrinter()


@pytest.fixture
def queue(qapp, forum: Forum, store: Store, texts: Texts, machine: Settings, printer: RecordingPrinter):
    made = PrintQueue(store, texts, machine, printer)
    yield made
    made.shutdown(20)


@pytest.fixture
def printing(context: Context, queue: PrintQueue, machine: Settings) -> Context:
    """A page's context that prints."""
    return replace(context, queue=queue, settings=machine)


@pytest.fixture
def finish():
    """Finish an item with its participant here; its copies wait in the queue."""

    def finish(forum: Forum, index: int = 0) -> Frozen:
        item_id = forum.item_ids[index]
        meeting.open_item(forum.store, item_id)
        meeting.set_participant_presence(forum.store, item_id, Presence.HERE)
        return sheets.freeze(forum.store, item_id, Ending(Outcome.AGREED))

    return finish
