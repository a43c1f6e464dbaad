"""The preview shows pages lazily, turns them by key, and tells their words."""

from __future__ import annotations

from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rehabdesk.domain.scene import Anchor, Line, Rect, Role, Scene, Text
from rehabdesk.ui.parts.pdf_pages import PdfPages
from rehabdesk.ui.parts.pdf_preview import REMEMBERED_PAGES, PdfPreview
from rehabdesk.ui.parts.scene_painter import SceneView
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import LIGHT, Mode
from tests.helpers.keys import press

PAGES = 12


@pytest.fixture(scope="module")
def pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(1, PAGES + 1):
        canvas.drawString(72, 700, f"Sidan nummer {number}")
        canvas.rect(72, 72, 451, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def preview(qapp: QApplication, qtbot, texts) -> PdfPreview:
    made = PdfPreview(Theme(qapp, Mode.LIGHT), texts)
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    return made


def test_pages_are_rendered_as_they_come_into_sight(preview: PdfPreview, qtbot, pdf: bytes) -> None:
    """And their words are told."""
    preview.show_pdf(pdf)
    assert preview.page_count == PAGES
    qtbot.waitUntil(lambda: "Sidan nummer 1" in preview.sheets.accessibleDescription())
    assert len(preview.sheets._images) < PAGES


def test_keys_turn_pages(preview: PdfPreview, qtbot, pdf: bytes) -> None:
    """Page down, end, home."""
    preview.show_pdf(pdf)
    with qtbot.waitSignal(preview.page_seen, check_params_cb=lambda n, m: (n, m) == (2, PAGES)):
        press(preview.sheets, Qt.Key.Key_PageDown)
    with qtbot.waitSignal(preview.page_seen, check_params_cb=lambda n, m: n == PAGES):
        press(preview.sheets, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: f"nummer {PAGES}" in preview.sheets.accessibleDescription())
    assert len(preview.sheets._images) <= REMEMBERED_PAGES
    with qtbot.waitSignal(preview.page_seen, check_params_cb=lambda n, m: n == 1):
        press(preview.sheets, Qt.Key.Key_Home)


def test_zoom_and_clearing(preview: PdfPreview, qtbot, pdf: bytes) -> None:
    """Larger is larger; cleared is empty, and another can be shown."""
    preview.show_pdf(pdf)
    before = preview.sheets._rect_of(0).width()
    preview.sheets.larger()
    assert preview.sheets._rect_of(0).width() > before
    preview.sheets.full_width()
    assert preview.sheets._rect_of(0).width() == before
    preview.clear()
    assert preview.page_count == 0
    assert preview.sheets.accessibleDescription() == ""
    preview.show_pdf(pdf)
    assert preview.page_count == PAGES


def test_a_closed_pdf_gives_nothing(pdf: bytes) -> None:
    """A job that comes too late does no harm."""
    with PdfPages(pdf) as pages:
        assert pages.image(0, 1).width() == 595
        assert "nummer 1" in pages.text(0)
    assert pages.image(0, 1) is None
    assert pages.text(0) == ""


def test_a_scene_is_painted_and_told(qapp: QApplication, qtbot) -> None:
    """In the theme's colours, in proportion, with words for whoever cannot see it."""
    scene = Scene(100, 50, (
        Rect(0, 0, 50, 50, Role.ACCENT), Rect(60, 10, 20, 20, Role.RED, hatched=True), Line(0, 49, 100, 49, dashed=True),
        Text(75, 45, "dag 61", anchor=Anchor.MIDDLE),
    ), "Dag 61 av 90.")
    view = SceneView(Theme(qapp, Mode.LIGHT), "Rehabiliteringskedjan", scene)
    qtbot.addWidget(view)
    view.resize(200, 100)
    assert view.accessibleDescription() == "Dag 61 av 90."
    assert view.heightForWidth(400) == 200
    picture = view.grab().toImage()
    assert picture.pixelColor(20, 20).name().upper() == LIGHT.accent
