"""What a screen reader meets: language, title, headings, lists, tables; and what the file says of its maker."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import pikepdf
import pytest

from rehabdesk.documents.catalogue import render
from rehabdesk.texts import texts_for
from tests.documents import reading, samples

SWEDISH = texts_for("sv")


@pytest.mark.parametrize(("language", "tag"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_language_title_and_bookmarks(language: str, tag: str) -> None:
    with pikepdf.Pdf.open(BytesIO(render(samples.summary(), texts_for(language)))) as pdf:
        assert str(pdf.Root.Lang) == tag
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_outline() as outline:
            assert [root.title for root in outline.root] == [texts_for(language).say("Your summary")]
            assert len(outline.root[0].children) == 6


def test_file_tells_nothing_of_its_maker() -> None:
    made = render(samples.extract(), SWEDISH)
    with pikepdf.Pdf.open(BytesIO(made)) as pdf:
        assert "/Info" not in pdf.trailer
        xmp = pdf.Root.Metadata.read_bytes().decode()
    assert "Utdrag RF-2026-014" in xmp
    assert not re.search(r"Maja|Öberg|creator|Producer|CreateDate|ReportLab|pikepdf", xmp, re.IGNORECASE)
    assert b"ReportLab" not in made


def test_summary_is_read_in_order() -> None:
    found = [(kind, words.strip()) for kind, words in reading.structure(render(samples.summary(), SWEDISH))]
    headings = [words for kind, words in found if kind in ("H1", "H2")]
    assert headings == [
        "Din sammanfattning",
        "Det här kom vi överens om",
        "Det här ska du göra",
        "Det här gör andra",
        "Det här tycker du",
        "Nästa gång",
        "Bra att veta",
    ]
    assert found[:6] == [
        ("Document", ""),
        ("P", "Vara kommun"),
        ("P", "Rehabforum"),
        ("P", "Ansvarig för uppgifterna:"),
        ("P", "Vara kommun, kommunstyrelsen"),
        ("H1", "Din sammanfattning"),
    ]
    assert found[-1] == ("P", "RF-2026-014, 24 november 2026, version 1")
    entry = found.index(("LBody", "Vara kommun, HR: skicka underlag om dina arbetsuppgifter, senast 1 december."))
    assert [kind for kind, _ in found[entry - 2 : entry]] == ["LI", "Lbl"]


def test_lines_are_joined_with_a_space_for_those_who_listen() -> None:
    document = replace(samples.extract(), question="ord " * 60)
    words = [words for kind, words in reading.structure(render(document, SWEDISH)) if words.startswith("ord ord")]
    assert [" ".join(each.split()) for each in words] == [("ord " * 60).strip()]


def test_table_headers_have_scope_and_rows_are_regular() -> None:
    with pikepdf.Pdf.open(BytesIO(render(samples.agenda(), SWEDISH))) as pdf:
        elements = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/S" in each]
        heads = [each for each in elements if each.S == "/TH"]
        scopes = {str(head.A.Scope) for head in heads}
    assert scopes == {"/Column", "/Row"}
    kinds = reading.kinds(render(samples.agenda(), SWEDISH))
    assert kinds.count("THead") == 1 and kinds.count("TBody") == 1
    assert kinds.count("TD") == 3 + 8 * 5


def test_header_row_is_repeated_for_the_eye_and_read_once() -> None:
    line = samples.agenda().lines[0]
    document = replace(samples.agenda(), lines=tuple(replace(line, number=n) for n in range(1, 80)))
    made = render(document, SWEDISH)
    assert len(reading.pages(made)) > 1
    assert all("Föredragande" in page for page in reading.pages(made))
    assert [words for _, words in reading.structure(made)].count("Föredragande") == 1


def test_logo_has_a_description_and_is_read_once() -> None:
    document = replace(samples.minutes(), letterhead=replace(samples.LETTERHEAD, logo=samples.logo()))
    made = render(document, SWEDISH)
    assert reading.kinds(made).count("Figure") == 1
    with pikepdf.Pdf.open(BytesIO(made)) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == ["Logotyp för Vara kommun"]


def test_every_page_says_who_answers_which_version_and_its_number() -> None:
    letterhead = replace(samples.LETTERHEAD, is_demo=True)
    imprint = replace(samples.imprint(version=2), draft_at=datetime(2026, 11, 24, 14, 5))
    found = reading.pages(render(replace(samples.minutes(), letterhead=letterhead, imprint=imprint), SWEDISH))
    for number, page in enumerate(found, 1):
        assert "Vara kommun, kommunstyrelsen" in page
        assert "RF-2026-014, 24 november 2026, version 2" in page
        assert f"Sida {number} av {len(found)}" in page
        assert "UTKAST 2026-11-24 14.05" in page
        assert "DEMO – personer och händelser är påhittade" in page


def test_draft_and_demo_marks_are_read_aloud_once() -> None:
    letterhead = replace(samples.LETTERHEAD, is_demo=True)
    found = reading.structure(render(replace(samples.minutes(), letterhead=letterhead), SWEDISH))
    assert [words for _, words in found].count("DEMO – personer och händelser är påhittade") == 1
