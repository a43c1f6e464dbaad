"""The compiled catalogue is read as Python's own reader would read it."""

from __future__ import annotations

import gettext

import pytest

from rehabdesk.catalogue import Catalogue
from rehabdesk.paths import resources

SWEDISH = resources() / "translations" / "sv.mo"


def test_every_text_is_found() -> None:
    """With its context, and in both numbers."""
    found = Catalogue(SWEDISH.read_bytes())
    with SWEDISH.open("rb") as compiled:
        told = gettext.GNUTranslations(compiled)
    # The header has no text, and plurals are keyed by their singular and a number.
    for key, translation in told._catalog.items():
        if isinstance(key, str) and key:
            context, _, text = key.rpartition("\x04")
            assert found.text(text, context or None) == translation
    one, many = "{n} case is open.", "{n} cases are open."
    assert [found.count(one, many, n) for n in (0, 1, 2)] == [told.ngettext(one, many, n) for n in (0, 1, 2)]


def test_both_numbers_are_found() -> None:
    """Every plural of the file, by its two English forms."""
    found = Catalogue(SWEDISH.read_bytes())
    forms = [key for key in _originals(SWEDISH.read_bytes()) if "\0" in key]
    assert forms
    for one, many in (key.split("\0") for key in forms):
        assert found.count(one, many, 1) != one or found.count(one, many, 2) != many


def test_what_is_missing_stays_as_it_was_asked_for() -> None:
    """As is everything in a catalogue without texts."""
    for catalogue in (Catalogue(SWEDISH.read_bytes()), Catalogue(b"")):
        assert catalogue.text("no such text") == "no such text"
        assert catalogue.text("", "button") == ""
        assert [catalogue.count("{n} ox", "{n} oxen", n) for n in (1, 2)] == ["{n} ox", "{n} oxen"]


def test_another_file_is_our_mistake() -> None:
    """It is made by our own tool, and nothing else."""
    with pytest.raises(ValueError, match="catalogue"):
        Catalogue(bytes(64))


def _originals(compiled: bytes) -> list[str]:
    catalogue = Catalogue(compiled)
    places = [catalogue._place(catalogue._texts, index) for index in range(catalogue._count)]
    return [compiled[start:start + length].decode() for length, start in places]
