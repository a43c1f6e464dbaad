"""How strips are piled on pages."""

from __future__ import annotations

from rehabdesk.documents.pages import paged
from rehabdesk.documents.strips import Strip


def heights(pages: list) -> list[list[float]]:
    """The heights of the strips on each page."""
    return [[placed.strip.height for placed in page] for page in pages]


def test_no_strips_make_one_empty_page() -> None:
    assert paged([], 100) == [[]]


def test_strips_go_on_to_the_next_page() -> None:
    assert heights(paged([Strip(40), Strip(41), Strip(42)], 100)) == [[40, 41], [42]]


def test_what_is_tied_moves_together() -> None:
    assert heights(paged([Strip(60), Strip(10, keep=True), Strip(40)], 100)) == [[60], [10, 40]]


def test_what_is_tied_beyond_a_page_is_broken() -> None:
    tied = [Strip(30, keep=True) for _ in range(6)]
    assert heights(paged([Strip(50), *tied], 100)) == [[50, 30], [30, 30, 30], [30, 30]]


def test_space_above_is_dropped_at_the_top_of_a_page() -> None:
    pages = paged([Strip(90), Strip(50, before=20)], 100)
    assert [placed.top for placed in pages[1]] == [0]


def test_table_header_is_repeated() -> None:
    header = Strip(10)
    rows = [Strip(45, repeat=(header,)) for _ in range(3)]
    assert heights(paged([Strip(10), *rows], 100)) == [[10, 45, 45], [10, 45]]


def test_strip_above_a_page_stands_alone() -> None:
    assert heights(paged([Strip(10), Strip(300), Strip(10)], 100)) == [[10], [300], [10]]


def test_page_break_opens_a_page_but_never_an_empty_one() -> None:
    assert heights(paged([Strip(10, opens_page=True), Strip(11, opens_page=True)], 100)) == [[10], [11]]
