"""The plan of the house holds: who may import whom, where time comes from, and how large a thing may grow."""

from __future__ import annotations

import pytest

from tests.helpers.floors import LARGEST_CLASS, LARGEST_FILE, LARGEST_FUNCTION, breaches, module, modules, oversize, scripts

DOCSTRING = '"""Planted."""\n'


@pytest.mark.parametrize("one", modules(), ids=lambda one: one.name)
def test_module_keeps_to_its_floor(one):
    assert breaches(one) == []


@pytest.mark.parametrize("one", scripts(), ids=lambda one: one.name)
def test_script_keeps_its_size(one):
    assert oversize(one) == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("domain.forum", "from rehabdesk.store.store import Store"),
        ("domain.forum", "from rehabdesk import texts"),
        ("domain.forum", "import sqlalchemy"),
        ("domain.forum", "import os"),
        ("domain.forum", "from pathlib import Path"),
        ("domain.forum", "def f():\n    '''.'''\n    from PySide6.QtCore import QDate"),
        ("domain.forum", "from ..store import store"),
        ("store.database", "from rehabdesk.texts import Texts"),
        ("store.database", "from PySide6.QtCore import QObject"),
        ("store.queries.forum", "from rehabdesk.services import forum"),
        ("documents.agenda", "from rehabdesk.store.queries import forum"),
        ("documents.agenda", "import rehabdesk.store.store"),
        ("documents.agenda", "from PySide6 import QtGui"),
        ("documents.agenda", "import sqlcipher3"),
        ("exchange.sheets", "from rehabdesk.store import store"),
        ("exchange.sheets", "import PySide6"),
        ("services.forum", "from rehabdesk.ui import live"),
        ("services.forum", "import PySide6.QtCore"),
        ("ui.forum.page", "from rehabdesk.store.tables import forum"),
        ("ui.forum.page", "from rehabdesk.store import tables"),
        ("ui.forum.page", "from rehabdesk.store.vault import unlock"),
        ("ui.forum.page", "from rehabdesk.documents import agenda"),
        ("ui.forum.page", "import sqlalchemy"),
        ("ui.forum.page", "from reportlab.pdfgen.canvas import Canvas"),
        ("ui.forum.page", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sqlalchemy import Connection"),
        ("texts", "from rehabdesk.ui import live"),
        ("cellar", "from rehabdesk.domain import forum"),
        ("app", "import socket"),
        ("services.forum", "from urllib.request import urlopen"),
        ("ui.forum.page", "from PySide6.QtNetwork import QLocalServer"),
        ("ui.forum.page", "from PySide6 import QtNetwork"),
        ("services.forum", "from datetime import datetime\nx = datetime.now()"),
        ("services.forum", "from datetime import date as day\nx = day.today"),
        ("cli", "import datetime\nx = datetime.datetime.now()"),
        ("store.log", "import time as t\nx = t.time()"),
        ("store.log", "from time import time\nx = time()"),
        ("ui.forum.page", "from PySide6.QtCore import QDate\nx = QDate.currentDate()"),
        ("services.forum", "try:\n    x = 1\nexcept Exception:\n    pass"),
        ("services.forum", "try:\n    x = 1\nexcept (ValueError, BaseException):\n    pass"),
        ("services.forum", "try:\n    x = 1\nexcept:\n    pass"),
        ("ui.forum.page", "app.processEvents()"),
        ("ui.forum.page", "button.clicked.connect(lambda: self.go())"),
        ("store.log", "def _f():\n    global x\n    x = 1"),
        ("store.log", "def _f():\n    raise NotImplementedError"),
        ("store.log", "def public():\n    pass"),
        ("store.log", "class Public:\n    pass"),
    ],
)
def test_a_planted_breach_is_caught(name, source):
    assert len(breaches(module(f"rehabdesk.{name}", DOCSTRING + source))) == 1


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("domain.forum", "from datetime import date\nfrom rehabdesk.domain.problems import Problem\nimport holidays"),
        ("store.database", "import sqlalchemy\nfrom rehabdesk.domain import clock"),
        ("documents.agenda", "from rehabdesk.texts import Texts\nfrom reportlab.pdfgen.canvas import Canvas"),
        ("services.forum", "from rehabdesk.store.tables import forum\nfrom sqlalchemy import select"),
        ("ui.forum.page", "from rehabdesk.store.queries import forum\nfrom rehabdesk.store.store import Store"),
        ("ui.forum.page", "button.clicked.connect(self.go)\nx = self._clock.now()\ny = clock.today()"),
        ("app", "from datetime import datetime\nimport time\nx = (datetime.now, time.monotonic)"),
        ("cli", "from rehabdesk import app\nfrom rehabdesk.store import vault"),
        ("store.log", "try:\n    x = 1\nexcept Exception:\n    undo()\n    raise"),
    ],
)
def test_what_is_allowed_passes(name, source):
    assert breaches(module(f"rehabdesk.{name}", DOCSTRING + source)) == []


def test_a_module_without_a_docstring_is_caught():
    assert breaches(module("rehabdesk.domain.forum", "x = 1")) == ["the module has no docstring"]


def test_sizes_are_caught():
    body = "    x = 1\n"
    assert oversize(module("rehabdesk.domain.a", "x = 1\n" * LARGEST_FILE)) == []
    assert len(oversize(module("rehabdesk.domain.a", "x = 1\n" * (LARGEST_FILE + 1)))) == 1
    assert oversize(module("rehabdesk.domain.a", "def f():\n" + body * (LARGEST_FUNCTION - 1))) == []
    assert len(oversize(module("rehabdesk.domain.a", "def f():\n" + body * LARGEST_FUNCTION))) == 1
    assert len(oversize(module("rehabdesk.domain.a", "class C:\n" + body * LARGEST_CLASS))) == 1
