"""Any Latin or Cyrillic name prints rightly; what the typeface lacks is refused before anything is made."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from rehabdesk.documents.accents import stretches
from rehabdesk.documents.catalogue import render
from rehabdesk.documents.fonts import missing_characters, printable, typeface
from rehabdesk.domain.problems import Refused
from rehabdesk.texts import texts_for
from tests.documents import reading, samples

NAMES = [
    "Łucja Żółć",
    "Tuğba Yıldız İnönü",
    "Nguyễn Thị Hiền",
    "Жанна Щукина Ђорђевић Ґалаґан",
    "Ŋöŋe Čáhppe Đuoš Ŧuŧ",
    "Ştefăniță Ţepeş",
    "Ẹniọlá Adéọlá",
    "Αθηνά Ξένου",
    "Dvořák Škvorecký Ňuňu",
    "Guðrún Þórsdóttir Æsa",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_kept(name: str, form: str) -> None:
    document = replace(samples.extract(), participant_name=unicodedata.normalize(form, name))
    made = render(document, texts_for("sv"))
    assert unicodedata.normalize("NFC", name) in reading.text(made).replace("\r\n", " ")
    assert reading.failures(made) == []


@pytest.mark.parametrize("text", ["漢字", "محمد", "דוד", "नमस्ते", "ไทย", "😀", "Anna 🏳️‍🌈", "한국", "Ա", "\ue000", "\U000e0fff"])
def test_scripts_the_face_lacks_are_refused(text: str) -> None:
    missing = missing_characters(text)
    assert missing
    with pytest.raises(Refused) as refused:
        render(replace(samples.summary(), own_view=f"Bra, säger {text}"), texts_for("sv"))
    (problem,) = refused.value.problems
    assert problem.code == "paper.script_missing"
    assert missing[0] in texts_for("sv").problem(problem)


def test_letterhead_is_checked_too() -> None:
    letterhead = replace(samples.LETTERHEAD, organisation="東京")
    with pytest.raises(Refused):
        render(replace(samples.summary(), letterhead=letterhead), texts_for("sv"))


def test_signs_people_type_are_there() -> None:
    assert missing_characters("– — ‘’ “” ”„ … € § ½ ± × ÷ − ≤ ≥ ≈ ≠ → ← ↑ ↓ ✓ ☐ ☑ • · ° µ ™ № ‰") == ""


def test_text_is_made_printable() -> None:
    assert printable("a\tb\r\nc\x00\x1f\u200b\u00add\ufeff") == "a b\ncd"
    assert printable("e\u0301") == "é"
    assert printable("1\u202f000\u2009x\u3000y") == "1\u00a0000 x y"
    assert missing_characters("") == ""


def test_accents_without_a_letter_of_their_own_are_placed() -> None:
    face = typeface().regular
    small, tall = (list(stretches(face, text)) for text in ("a\u0328\u0301x", "O\u0323\u0301x"))
    assert [stretch.text for stretch in small] == ["a", "\u0328", "\u0301", "x"]
    assert small[2].y < 20 and tall[2].y > 100, "an accent is lifted clear of a capital"
    assert small[3].x == pytest.approx(face.advance["a"]), "an accent takes no room on the line"
    assert list(stretches(face, "\u0301a"))[0].x == 0.0
