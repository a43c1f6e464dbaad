"""The queue at work: what leaves, in which order, and what it does when something stands in the way."""

from __future__ import annotations

import threading

import pytest

from rehabdesk.domain.hand_outs import ANYBODY, HandOutState, Reader, ReaderKind, Wanted
from rehabdesk.domain.papers import PaperKind
from rehabdesk.services import consent, hand_outs
from rehabdesk.services.forum import meeting
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.ui.printing import PrinterChoice, PrintQueue
from tests.helpers.forum import PEOPLE, Forum
from tests.helpers.printing import RecordingPrinter

PATIENCE = 20_000


def states(forum: Forum) -> list[HandOutState]:
    return [row.state for row in forum.store.read(queries.of_session, forum.session_id)]


def print_all(qtbot, queue: PrintQueue, ids: tuple[int, ...] = ()) -> None:
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        queue.wake(ids)


def test_every_reader_is_one_job_in_the_order_asked_for(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    frozen = finish(forum)
    print_all(qtbot, queue)
    assert len(printer.jobs) == len(frozen.hand_out_ids) == 4
    assert {job.printer for job in printer.jobs} == {"Kontorsskrivaren"}
    assert states(forum) == [HandOutState.SENT] * 4


def test_a_job_is_named_by_case_number_and_never_by_a_person(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    finish(forum)
    hand_outs.queue_paper(forum.store, Wanted(PaperKind.SIGN_IN, ANYBODY, forum.session_id))
    print_all(qtbot, queue)
    assert [job.name for job in printer.jobs] == ["RF-2026-001"] * 4 + ["rehabdesk"]
    assert not any(part in job.name for job in printer.jobs for person in PEOPLE for part in person)


def test_sent_is_kept_before_the_first_byte_leaves(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    finish(forum)
    seen: list[tuple[HandOutState, int]] = []

    def on_started(hand_out_id: int) -> None:
        row = forum.store.read(queries.hand_out, hand_out_id)
        seen.append((row.state, len(printer.jobs[-1].pdf)))

    queue.started.connect(on_started)
    print_all(qtbot, queue)
    assert seen == [(HandOutState.SENT, 0)] * 4


def test_what_was_sent_is_asked_about(qtbot, queue, forum: Forum, finish) -> None:
    frozen = finish(forum)
    asked: list[tuple[int, ...]] = []
    queue.asks.connect(asked.append)
    print_all(qtbot, queue)
    assert asked[-1] == frozen.hand_out_ids


def test_a_pause_holds_what_waits_and_lets_the_running_job_out(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    finish(forum)
    with qtbot.waitSignal(queue.sent, timeout=PATIENCE):
        queue.wake()
        queue.started.connect(queue.hold)
    assert states(forum).count(HandOutState.SENT) == 1
    assert queue.held
    queue.started.disconnect(queue.hold)
    with qtbot.waitSignal(queue.idle, timeout=PATIENCE):
        queue.release()
    assert states(forum) == [HandOutState.SENT] * 4


def test_a_pause_while_the_printer_is_being_reached_sends_nothing(qtbot, queue, forum: Forum, finish) -> None:
    finish(forum)
    with qtbot.waitSignal(queue._press.reached, timeout=PATIENCE):
        queue.wake()
        queue.hold()
    assert states(forum) == [HandOutState.WAITING] * 4


def test_without_a_printer_copies_wait_and_it_is_told_once(qtbot, queue, machine, printer: RecordingPrinter, forum: Forum, finish) -> None:
    machine.change(printer=None)
    finish(forum)
    told: list[str] = []
    queue.failed.connect(lambda problem: told.append(problem.code))
    for _ in range(3):
        queue.wake()
    assert told == ["printing.no_printer"]
    assert states(forum) == [HandOutState.WAITING] * 4
    assert printer.jobs == []


def test_a_printer_that_is_gone_keeps_everything_waiting(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    printer.gone = True
    finish(forum)
    with qtbot.waitSignal(queue.failed, timeout=PATIENCE) as failed:
        queue.wake()
    assert failed.args[0].code == "printing.printer_gone"
    assert states(forum) == [HandOutState.WAITING] * 4
    printer.gone = False
    print_all(qtbot, queue)
    assert states(forum) == [HandOutState.SENT] * 4


@pytest.mark.qt_log_ignore("QBuffer|QIODevice|QPainter|QPdf", extend=True)
def test_a_printer_that_takes_no_job_leaves_the_copy_for_later(qtbot, queue, printer: RecordingPrinter, forum: Forum) -> None:
    """Not a byte has left, so nobody is asked."""
    printer.dead = True
    copy = hand_outs.queue_paper(forum.store, Wanted(PaperKind.SIGN_IN, ANYBODY, forum.session_id))
    told: list[str] = []
    queue.failed.connect(lambda problem: told.append(problem.code))
    print_all(qtbot, queue, (copy,))
    row = forum.store.read(queries.hand_out, copy)
    assert (row.state, row.is_later) == (HandOutState.WAITING, True)
    assert told == ["printing.not_begun"]


def test_a_paper_that_cannot_be_set_is_told_and_kept_for_later(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    """And those that can be set come out all the same."""
    meeting.save_text(forum.store, forum.item_ids[0], ItemText.PARTICIPANT_VIEW, "مرحبا")
    frozen = finish(forum)
    told: list[str] = []
    queue.failed.connect(lambda problem: told.append(problem.code))
    print_all(qtbot, queue)
    summary = forum.store.read(queries.hand_out, frozen.hand_out_ids[0])
    assert (summary.state, summary.is_later) == (HandOutState.WAITING, True)
    assert told == ["paper.script_missing"]
    assert len([job for job in printer.jobs if job.pdf]) == 3


def test_a_consent_withdrawn_before_its_turn_prints_nothing(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    finish(forum)
    consent.withdraw(forum.store, forum.case_ids[0])
    print_all(qtbot, queue)
    rows = forum.store.read(queries.of_case, forum.case_ids[0])
    assert [row.paper for row in rows if row.state is HandOutState.SENT] == [PaperKind.SUMMARY]


def test_a_consent_withdrawn_while_its_copy_prints_breaks_the_job_off(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    long_question = "\n".join(f"Rad {number} av en lång fråga." for number in range(200))
    meeting.save_text(forum.store, forum.item_ids[0], ItemText.QUESTION, long_question)
    frozen = finish(forum)
    hand_outs.keep_for_later(forum.store, [frozen.hand_out_ids[0], *frozen.hand_out_ids[2:]])
    printer.gate = threading.Event()
    with qtbot.waitSignal(queue.started, timeout=PATIENCE):
        queue.wake()
    qtbot.waitUntil(lambda: printer.jobs[-1].device.at_gate.is_set(), timeout=PATIENCE)
    with qtbot.waitSignal(queue.failed, timeout=PATIENCE) as failed:
        consent.withdraw(forum.store, forum.case_ids[0], [forum.party_ids["FK"]])
        printer.gate.set()
    assert failed.args[0].code == "printing.broken_off"
    assert printer.jobs[0].page_count == 2, "the page under way when it was withdrawn, and none after it"


def test_an_agenda_that_says_more_than_it_may_is_broken_off(qtbot, queue, printer: RecordingPrinter, forum: Forum) -> None:
    """Nobody is refused an agenda: after a withdrawal it only says less."""
    long_question = "\n".join(f"Rad {number} av en lång fråga." for number in range(200))
    meeting.save_text(forum.store, forum.item_ids[0], ItemText.QUESTION, long_question)
    reader = Reader(ReaderKind.PARTY, forum.party_ids["FK"])
    copy = hand_outs.queue_paper(forum.store, Wanted(PaperKind.AGENDA, reader, forum.session_id))
    printer.gate = threading.Event()
    with qtbot.waitSignal(queue.started, timeout=PATIENCE):
        queue.wake([copy])
    qtbot.waitUntil(lambda: printer.jobs[-1].device.at_gate.is_set(), timeout=PATIENCE)
    with qtbot.waitSignal(queue.failed, timeout=PATIENCE) as failed:
        consent.withdraw(forum.store, forum.case_ids[0], [forum.party_ids["FK"]])
        printer.gate.set()
    assert failed.args[0].code == "printing.broken_off"


def test_after_a_restart_nothing_prints_by_itself(qtbot, queue, store, texts, machine, printer: RecordingPrinter, forum: Forum, finish) -> None:
    first = finish(forum).hand_out_ids
    hand_outs.send(store, first[0])
    again = PrintQueue(store, texts, machine, printer)
    try:
        again.wake()
        assert again.job is None
        assert [row.id for row in store.read(queries.unanswered)] == [first[0]]
        fresh = finish(forum, 1).hand_out_ids
        print_all(qtbot, again)
        assert {row.id for row in store.read(queries.unanswered)} == {first[0], *fresh}
        with qtbot.waitSignal(again.idle, timeout=PATIENCE):
            again.print_left_over()
        assert {row.id for row in store.read(queries.unanswered)} == {*first, *fresh}
    finally:
        again.shutdown(20)


def test_the_end_gives_a_running_job_its_time(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    finish(forum)
    with qtbot.waitSignal(queue.started, timeout=PATIENCE):
        queue.wake()
    assert queue.shutdown(20)
    assert states(forum).count(HandOutState.SENT) == 1
    assert printer.jobs[0].page_count == 1


def test_a_job_that_takes_too_long_is_broken_off_and_still_asked_about(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish) -> None:
    long_view = "\n".join(f"Rad {number} av en lång syn." for number in range(200))
    meeting.save_text(forum.store, forum.item_ids[0], ItemText.PARTICIPANT_VIEW, long_view)
    finish(forum)
    printer.gate = threading.Event()
    with qtbot.waitSignal(queue.started, timeout=PATIENCE):
        queue.wake()
    qtbot.waitUntil(lambda: printer.jobs[-1].device.at_gate.is_set(), timeout=PATIENCE)
    assert not queue.shutdown(0.05)
    printer.gate.set()
    assert len(forum.store.read(queries.unanswered)) == 1


def test_the_printer_chosen_is_kept_for_the_machine(qapp, store, texts, machine, printer: RecordingPrinter) -> None:
    machine.change(printer=None)
    answers = [None, PrinterChoice("Receptionen")]
    queue = PrintQueue(store, texts, machine, printer, ask=lambda parent, words, now: answers.pop(0))
    assert not queue.choose_printer()
    assert machine.current.printer is None
    assert queue.choose_printer()
    assert machine.current.printer == queue.printer.name == "Receptionen"
    queue.shutdown(1)
