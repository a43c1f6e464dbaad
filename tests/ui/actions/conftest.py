"""The room of actions in a real window, on a small forum with actions of every kind, with a printer that records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rehabdesk.settings import Settings
from rehabdesk.ui.actions.page import ActionsPage
from rehabdesk.ui.cases.page import CasesPage
from rehabdesk.ui.printing import PrintQueue
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.rooms import Room
from rehabdesk.wording import shell as words
from tests.helpers.ledger import Ledger, ledger
from tests.helpers.printing import RecordingPrinter


@pytest.fixture
def book(store) -> Ledger:
    return ledger(store)


@pytest.fixture
def window(qapp, context, book, store, texts, tmp_path, qtbot):
    machine = Settings(tmp_path / "settings.json")
    machine.change(printer="Kontorsskrivaren")
    queue = PrintQueue(store, texts, machine, RecordingPrinter())
    rooms = [Room("actions", words.ACTIONS, ActionsPage), Room("cases", words.CASES, CasesPage)]
    made = MainWindow(replace(context, queue=queue, settings=machine), rooms)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.navigate(Target("actions"))
    yield made
    queue.shutdown(20)


@pytest.fixture
def page(window) -> ActionsPage:
    return window.page
