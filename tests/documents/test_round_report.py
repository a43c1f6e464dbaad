"""The round report on paper: its pictures are heard, its numbers stand in tables, and nothing about few is in either."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from rehabdesk.documents import figures as figure_words
from rehabdesk.documents.blocks import Drawing, Table, Together, texts_in
from rehabdesk.documents.catalogue import render
from rehabdesk.documents.round_report import blocks
from rehabdesk.domain.figures import Fill
from rehabdesk.domain.scene import Rect
from rehabdesk.texts import texts_for
from tests.documents import report_samples

SWEDISH = texts_for("sv")


def figures_of(made: bytes) -> list[tuple[str, bool]]:
    """The words of each figure, and whether it says where it lies."""
    with pikepdf.Pdf.open(BytesIO(made)) as pdf:
        found = []
        waiting = [pdf.Root.StructTreeRoot.K]
        while waiting:
            element = waiting.pop()
            if isinstance(element, pikepdf.Array):
                waiting.extend(element)
            elif isinstance(element, pikepdf.Dictionary):
                if element.get("/S") == pikepdf.Name.Figure:
                    found.append((str(element.Alt), "/BBox" in element.A))
                waiting.extend([element.K] if "/K" in element else [])
        return found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_picture_is_told_in_words(language):
    made = figures_of(render(report_samples.round_report(), texts_for(language)))
    kept = [one for block in blocks(report_samples.round_report(), texts_for(language)) for one in getattr(block, "blocks", ())]
    assert sorted(words for words, _ in made) == sorted(one.scene.told for one in kept if isinstance(one, Drawing))
    assert len(made) == 4 and all(has_place for _, has_place in made)


def test_a_picture_is_never_the_only_bearer():
    for block in blocks(report_samples.round_report(), SWEDISH):
        if isinstance(block, Together) and any(isinstance(one, Drawing) for one in block.blocks):
            assert any(isinstance(one, Table) for one in block.blocks)


def test_few_are_two_dots():
    few = report_samples.round_report(4)
    sections = {section.key: section for section in figure_words.sections(few.figures, SWEDISH)}
    assert {cell for _, *cells in sections["people"].rows for cell in cells if cell} == {".."}
    assert sections["waits"].scene is None
    assert figure_words.masking_note(SWEDISH) in texts_in(tuple(blocks(few, SWEDISH)))


def test_the_forecast_is_hatched_and_what_was_is_solid():
    sections = figure_words.sections(report_samples.round_report().of_programme, SWEDISH)
    fill = next(section for section in sections if section.key == "fill")
    bars = [shape for shape in fill.scene.shapes if isinstance(shape, Rect) and shape.width > 20]
    assert any(bar.hatched for bar in bars) and any(not bar.hatched for bar in bars)
    assert [row[0] for row in fill.rows][-1] == "Tillsammans"


def test_nothing_offered_is_no_share():
    assert (Fill("").share, Fill("").forecast_share, Fill("").target) == (None, None, None)
    assert figure_words.share(None, SWEDISH) == "–"
