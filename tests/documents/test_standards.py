"""Every paper is PDF/UA-1 and PDF/A-2a, in both languages, plain and with everything on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from rehabdesk.documents.catalogue import render
from rehabdesk.texts import texts_for
from tests.documents import reading, samples

DOCUMENTS = samples.every_document()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_paper_meets_both_standards(name: str, language: str) -> None:
    assert reading.failures(render(DOCUMENTS[name], texts_for(language))) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paper_with_logo_draft_and_demo_meets_both_standards(name: str) -> None:
    document = DOCUMENTS[name]
    letterhead = replace(document.letterhead, logo=samples.logo(), is_demo=True)
    imprint = replace(document.imprint, draft_at=datetime(2026, 11, 24, 14, 5), version=3)
    assert reading.failures(render(replace(document, letterhead=letterhead, imprint=imprint), texts_for("sv"))) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_paper_is_small_and_repeatable(name: str) -> None:
    first, second = (render(DOCUMENTS[name], texts_for("sv")) for _ in range(2))
    assert first == second
    assert len(first) <= 60_000


def test_her_whole_item_in_large_print_meets_both_standards() -> None:
    document = replace(samples.summary(), print_size=18, whole_item=samples.case_item())
    assert reading.failures(render(document, texts_for("sv"))) == []
