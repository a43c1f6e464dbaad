"""Garbage is collected on the main thread: a widget is never destroyed beside it."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QObject

from rehabdesk.ui.shell.collector import Collector


class _Ring:
    """Garbage only a collection finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def collector(qapp):
    """One at work; afterwards Python collects as it did before."""
    parent = QObject()
    yield Collector(parent)
    gc.enable()
    parent.deleteLater()


def _fill() -> None:
    kept = [[] for _ in range(5 * gc.get_threshold()[0])]
    assert kept


def test_a_thread_that_allocates_destroys_nothing(collector):
    ring = _Ring()
    seen = weakref.ref(ring)
    del ring
    worker = threading.Thread(target=_fill)
    worker.start()
    worker.join()

    assert seen() is not None


def test_what_is_garbage_goes_when_it_is_looked_for(collector):
    ring = _Ring()
    seen = weakref.ref(ring)
    del ring
    kept = [[] for _ in range(5 * gc.get_threshold()[0])]

    collector.look()

    assert kept
    assert seen() is None
