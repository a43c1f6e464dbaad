""""Skriv ut till alla här": no sheet of paper has two readers, whether the printer prints on one side or on both."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTransform

from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.services import hand_outs, paper_files, papers
from rehabdesk.services.forum import meeting
from rehabdesk.services.forum.meeting import ItemText
from rehabdesk.store.queries import hand_outs as queries
from rehabdesk.ui.parts.pdf_pages import PdfPages
from rehabdesk.ui.printing.press import Outcome, paint
from rehabdesk.ui.printing.printers import PrinterChoice
from tests.documents import samples
from tests.helpers.forum import Forum
from tests.helpers.printing import PrintedJob, RecordingPrinter


def sheets_of(jobs: list[PrintedJob], sides: int) -> list[list[tuple[int, int]]]:
    """The sheets that come out: each a list of (job, page). A job begins on a fresh sheet, as every spooler has it."""
    out = []
    for number, job in enumerate(jobs):
        pages = [(number, page) for page in range(job.page_count)]
        out += [pages[start : start + sides] for start in range(0, len(pages), sides)]
    return out


def likeness(one: QImage, other: QImage) -> float:
    """How far two pages differ, from 0 (the same) to 255."""
    size = (120, 170)
    left, right = (image.scaled(*size, mode=Qt.TransformationMode.SmoothTransformation).convertToFormat(QImage.Format.Format_Grayscale8) for image in (one, other))
    pairs = zip(left.constBits().tobytes(), right.constBits().tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (size[0] * size[1])


@pytest.mark.parametrize("sides", [1, 2], ids=["simplex", "duplex"])
def test_no_sheet_has_two_readers(qtbot, queue, printer: RecordingPrinter, forum: Forum, finish, sides: int) -> None:
    """Three cases with texts of their own; one participant's page runs over several sheets, with an odd number of pages."""
    for number, item_id in enumerate(forum.item_ids):
        lines = 110 if number == 1 else 2
        view = "\n".join(f"Rad {line} om ärende {number}." for line in range(lines))
        meeting.save_text(forum.store, item_id, ItemText.PARTICIPANT_VIEW, view)
        meeting.save_text(forum.store, item_id, ItemText.QUESTION, f"Fråga {number} " * (3 + number))
        queue.hold()
        finish(forum, number)
    wanted = hand_outs.queue_for_those_here(forum.store, forum.session_id)
    readers: list[int] = []
    queue.started.connect(readers.append)
    with qtbot.waitSignal(queue.idle, timeout=60_000):
        queue.wake(wanted)
        queue.release()
    assert sorted(readers) == sorted(wanted)
    assert len(printer.jobs) == len(wanted) == 12
    for sheet in sheets_of(printer.jobs, sides):
        assert len({job for job, _ in sheet}) == 1
    for hand_out_id, job in zip(readers, printer.jobs, strict=True):
        _is_the_paper_of(forum, hand_out_id, job)
    assert max(job.page_count for job in printer.jobs) >= 3


def _is_the_paper_of(forum: Forum, hand_out_id: int, job: PrintedJob) -> None:
    """What was painted is that reader's paper, page for page, and holds no other case's words."""
    row = forum.store.read(queries.hand_out, hand_out_id)
    assert row.state is HandOutState.SENT
    document = forum.store.read(papers.compose, hand_out_id, forum.store.clock.now())
    others = [number for number in forum.case_ids if number != row.case_id]
    with PdfPages(paper_files.as_pdf(document, row.language)) as meant, PdfPages(job.pdf) as printed:
        assert len(meant.sizes) == len(printed.sizes)
        for place in range(len(meant.sizes)):
            assert likeness(meant.image(place, 1.0), printed.image(place, 1.0)) < 2.0
            words = meant.text(place)
            for other in others:
                number = forum.case_ids.index(other)
                assert f"ärende {number}" not in words and f"Fråga {number} " not in words


def test_a_page_that_lies_is_turned_to_the_paper_and_nothing_of_it_is_cut(qapp) -> None:
    """The attendance sheet lies on its side; the printer's paper stands."""
    pdf = paper_files.as_pdf(samples.attendance_sheet(), "sv")
    printer = RecordingPrinter()
    device = printer(PrinterChoice("Kontorsskrivaren"), "1")
    assert paint(device, pdf, threading.Event()) is Outcome.DONE
    with PdfPages(pdf) as asked, PdfPages(printer.jobs[0].pdf) as came:
        assert len(came.sizes) == len(asked.sizes)
        assert all(size.height() > size.width() for size in came.sizes)
        back = came.image(0, 1.0).transformed(QTransform().rotate(-90))
        assert likeness(asked.image(0, 1.0), back) < 4
