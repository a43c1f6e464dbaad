"""The strip: what prints, what waits, and the answers by key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.services import hand_outs
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.ui.printing import PrinterChoice, PrintQueue, QueueStrip
from rehabdesk.ui.shell.context import Context
from tests.helpers.forum import PEOPLE, Forum
from tests.helpers.keys import CTRL, SHIFT, press
from tests.helpers.printing import RecordingPrinter

PATIENCE = 20_000


@pytest.fixture
def strip(qtbot, printing: Context, forum: Forum) -> QueueStrip:
    made = QueueStrip(printing, forum.session_id)
    qtbot.addWidget(made)
    made.resize(260, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=PATIENCE)
    return made


def state(forum: Forum, hand_out_id: int) -> HandOutState:
    return forum.store.read(queries.hand_out, hand_out_id).state


def test_it_is_silent_while_there_is_nothing_to_tell(strip: QueueStrip) -> None:
    assert strip.told == ""
    assert strip._all.isHidden()


def test_it_tells_what_waits_and_what_was_sent_without_a_name(qtbot, strip, queue, forum: Forum, finish) -> None:
    finish(forum)
    qtbot.waitUntil(lambda: strip.told == "4 exemplar väntar.", timeout=PATIENCE)
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        queue.wake()
    qtbot.waitUntil(lambda: strip.told == "4 exemplar skickade: kom alla ut?", timeout=PATIENCE)
    strip.missing.click()
    shown = [box.accessibleName() for box in strip.jam._boxes.values()]
    assert "Sammanfattning: RF-2026-001, deltagaren" in shown
    assert not any(part in words for words in shown for person in PEOPLE for part in person)


def test_yes_by_key_gives_them_all(qtbot, strip, forum: Forum, finish) -> None:
    ids = finish(forum).hand_out_ids
    for hand_out_id in ids:
        hand_outs.send(forum.store, hand_out_id)
    qtbot.waitUntil(strip.given.isVisible, timeout=PATIENCE)
    press(strip, Qt.Key.Key_G, CTRL | SHIFT)
    assert {state(forum, hand_out_id) for hand_out_id in ids} == {HandOutState.GIVEN}
    qtbot.waitUntil(strip._all.isHidden, timeout=PATIENCE)


def test_after_a_jam_those_ticked_are_given_and_the_rest_prints_again(
    qtbot, strip, queue: PrintQueue, printer: RecordingPrinter, forum: Forum, finish
) -> None:
    ids = finish(forum).hand_out_ids
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        queue.wake()
    qtbot.waitUntil(strip.missing.isVisible, timeout=PATIENCE)
    press(strip, Qt.Key.Key_J, CTRL | SHIFT)
    press(None, Qt.Key.Key_Space)
    press(None, Qt.Key.Key_Tab)
    press(None, Qt.Key.Key_Space)
    for _ in range(3):
        press(None, Qt.Key.Key_Tab)
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        press(None, Qt.Key.Key_Space)
    assert [state(forum, hand_out_id) for hand_out_id in ids] == [HandOutState.GIVEN] * 2 + [HandOutState.SENT] * 2
    assert len(printer.jobs) == 6


def test_one_that_did_not_come_out_prints_again_without_a_question(
    qtbot, strip, queue: PrintQueue, printer: RecordingPrinter, forum: Forum, finish
) -> None:
    first, *rest = finish(forum).hand_out_ids
    hand_outs.keep_for_later(forum.store, rest)
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        queue.wake()
    qtbot.waitUntil(strip.missing.isVisible, timeout=PATIENCE)
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        press(strip, Qt.Key.Key_J, CTRL | SHIFT)
    assert state(forum, first) is HandOutState.SENT
    assert len(printer.jobs) == 2


def test_without_a_printer_they_can_be_kept_for_later(qtbot, strip, queue, machine, forum: Forum, finish) -> None:
    machine.change(printer=None)
    ids = finish(forum).hand_out_ids
    queue.wake()
    qtbot.waitUntil(strip.keep.isVisible, timeout=PATIENCE)
    assert strip.problem.text() == "Ingen skrivare är vald, så papperen väntar. Välj en under Papper."
    strip.keep.setFocus()
    press(None, Qt.Key.Key_Space)
    assert {row.id for row in forum.store.read(queries.to_give_later)} == set(ids)
    qtbot.waitUntil(strip._all.isHidden, timeout=PATIENCE)


def test_print_now_asks_for_a_printer_the_first_time(qtbot, printing: Context, store, texts, machine, printer, forum: Forum, finish) -> None:
    machine.change(printer=None)
    finish(forum)
    asked: list[PrinterChoice | None] = []

    def ask(_parent: object, _texts: object, now: PrinterChoice | None) -> PrinterChoice:
        asked.append(now)
        return PrinterChoice("Receptionen")

    queue = PrintQueue(store, texts, machine, printer, ask)
    strip = QueueStrip(replace(printing, queue=queue), forum.session_id)
    qtbot.addWidget(strip)
    strip.show()
    strip.print_now.click()
    assert asked == [None]
    qtbot.waitUntil(lambda: len(store.read(queries.unanswered)) == 4 and queue.job is None, timeout=PATIENCE)
    assert [job.printer for job in printer.jobs] == ["Receptionen"] * 4
    queue.shutdown(20)
