"""Hostile content in every kind of block, and in whole papers: nothing raises, nothing is lost, both standards hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.documents.blocks import (
    Block,
    Bullets,
    Callout,
    CheckBoxes,
    Column,
    Entry,
    Facts,
    Heading,
    Numbered,
    Paragraph,
    RuledLines,
    SignatureLine,
    Style,
    Table,
    Together,
)
from rehabdesk.documents.catalogue import render as render_document
from rehabdesk.documents.fonts import missing_characters, printable
from rehabdesk.documents.page import COLUMN, LEFT, Sheet, render
from rehabdesk.domain.papers import Letterhead
from rehabdesk.domain.problems import Refused
from rehabdesk.texts import texts_for
from tests.documents import reading, samples

SWEDISH = texts_for("sv")
SHEET = Sheet("Prov", samples.LETTERHEAD, samples.imprint())
LONG_WORD = "Sjukskrivningssamordningsutvärderingsgruppsammankallandeskapet"
LONG_TEXT = "Lång text som fortsätter. " * 4000

MAKERS: dict[str, Callable[[str], Block]] = {
    "heading": lambda text: Heading(2, text),
    "paragraph": Paragraph,
    "lead": lambda text: Paragraph("slut", lead=text),
    "quote": lambda text: Paragraph(text, Style.QUOTE),
    "small": lambda text: Paragraph(text, Style.SMALL),
    "bullet": lambda text: Bullets((Entry(text), Entry("två"))),
    "bullet lead": lambda text: Bullets((Entry("ett", text),)),
    "number": lambda text: Numbered((Entry(text), Entry("två"))),
    "fact": lambda text: Facts((("Plats", text), ("Tid", "nu"))),
    "fact label": lambda text: Facts(((text, "värde"),)),
    "cell": lambda text: Table((Column("A"), Column("B", 2)), ((text, "två"), ("tre", text))),
    "column": lambda text: Table((Column(text), Column("B")), (("ett", "två"),) * 3),
    "callout": lambda text: Callout((Paragraph(text),)),
    "ruled": lambda text: RuledLines(text, 3),
    "line to sign on": lambda text: SignatureLine((text, "dag")),
    "check box": lambda text: CheckBoxes((text, "nej")),
    "together": lambda text: Together((Heading(2, "Rubrik"), Paragraph(text))),
}
TIMES = {"cell": 2}
TEXTS = {
    "a long word": LONG_WORD,
    "markup": "<b>&amp; <img src='/etc/hostname'/></para><font color=red> &lt; %s {x} \\n (a) \\",
    "100,000 signs": LONG_TEXT,
    "many lines": "rad\n" * 300,
    "control characters": "a\x00b\x07c\x1bd\x7fe\ud800f\u202eg",
    "white space": " \n\t  ",
    "nothing": "",
    "accents without a letter": "\u0301\u0301x\u0308\u0301" * 80,
}


@pytest.mark.parametrize("content", TEXTS)
@pytest.mark.parametrize("block", MAKERS)
def test_block_keeps_hostile_text(block: str, content: str) -> None:
    made = render(SHEET, (Heading(1, "Prov"), MAKERS[block](TEXTS[content])), SWEDISH)
    assert reading.failures(made) == []
    marked = reading.squeezed("".join(words for _, words in reading.structure(made)))
    assert marked.count(reading.squeezed(printable(TEXTS[content]))) >= TIMES.get(block, 1)


@pytest.mark.parametrize("block", MAKERS)
def test_nothing_stands_outside_the_column(block: str) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(render(SHEET, (MAKERS[block](f"{LONG_WORD * 3} {LONG_WORD}"),), SWEDISH))
    for page in document:
        found = page.get_textpage()
        boxes = [found.get_charbox(at) for at in range(found.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= LEFT + COLUMN + 1
        assert min(bottom for _, bottom, _, _ in boxes) > 20
    document.close()


def test_signature_lines_survive_long_labels() -> None:
    assert reading.failures(render(SHEET, (SignatureLine((LONG_WORD * 4, "Namn")),), SWEDISH)) == []


def test_no_blocks_at_all_is_still_a_page() -> None:
    made = render(SHEET, (), SWEDISH)
    assert len(reading.pages(made)) == 1
    assert reading.failures(made) == []


def test_item_over_three_pages() -> None:
    item = replace(samples.case_item(), background=LONG_TEXT[:12_000])
    made = render_document(replace(samples.minutes(1), items=(item,)), SWEDISH)
    assert len(reading.pages(made)) > 4
    assert reading.failures(made) == []
    assert [words.strip() for kind, words in reading.structure(made) if kind == "P"].count(item.background.strip()) == 1


def test_empty_session() -> None:
    document = replace(samples.minutes(), items=(), present=(), absent=(), digest="", locked_on=None, next_session=None)
    made = render_document(document, SWEDISH)
    assert reading.failures(made) == []
    assert "Ingen punkt togs upp." in reading.text(made)
    assert reading.failures(render_document(replace(samples.agenda(), lines=()), SWEDISH)) == []


def test_letterhead_out_of_bounds_is_refused() -> None:
    head = Letterhead("Vara kommun " * 400, "Rehabforum", "Vara kommun")
    with pytest.raises(Refused) as refused:
        render(replace(SHEET, letterhead=head), (), SWEDISH)
    assert [problem.code for problem in refused.value.problems] == ["paper.letterhead_too_long"]
    assert reading.failures(render(replace(SHEET, letterhead=Letterhead(LONG_WORD * 2, "", LONG_WORD)), (), SWEDISH)) == []


@pytest.mark.parametrize("logo", [b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"x" * 50, samples.logo()[:-200], b"<svg/>"])
def test_broken_logo_is_refused(logo: bytes) -> None:
    with pytest.raises(Refused) as refused:
        render(replace(SHEET, letterhead=replace(samples.LETTERHEAD, logo=logo)), (), SWEDISH)
    assert [problem.code for problem in refused.value.problems] == ["paper.logo_broken"]


PRINTABLE = st.text(st.characters(blacklist_categories=(), max_codepoint=0x52F), max_size=300)


@given(PRINTABLE, st.sampled_from(sorted(MAKERS)))
def test_any_text_is_kept_or_refused(text: str, block: str) -> None:
    if missing_characters(text):
        with pytest.raises(Refused):
            render(SHEET, (MAKERS[block](text),), SWEDISH)
        return
    made = render(SHEET, (Heading(1, "Prov"), MAKERS[block](text)), SWEDISH)
    assert reading.failures(made) == []
    marked = reading.squeezed("".join(words for _, words in reading.structure(made)))
    assert reading.squeezed(printable(text)) in marked


@given(st.text(st.sampled_from("abcåäö ÅÄÖéłğЖж0123 .,-<>&;()/\n"), max_size=400))
def test_text_is_found_again_by_another_reader(text: str) -> None:
    made = render(SHEET, (Paragraph(text),), SWEDISH)
    assert reading.squeezed(printable(text)) in reading.squeezed(reading.text(made))


def test_no_stream_ends_so_that_it_seems_a_byte_short() -> None:
    for number in range(300):
        made = render(SHEET, (Paragraph(f"nummer {number}"),), SWEDISH)
        assert b"\r\nendstream" not in made


def test_markup_is_printed_as_it_was_typed() -> None:
    words = "<b>&amp; <img src='/etc/hostname'/></para> &lt;"
    assert words in reading.text(render(SHEET, (Paragraph(words),), SWEDISH))
