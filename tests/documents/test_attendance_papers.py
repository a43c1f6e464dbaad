"""What the papers of who comes say, what they never say, and what their files are called."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from rehabdesk.documents.attendance_sheet import MOST_ACROSS
from rehabdesk.documents.catalogue import file_name, render
from rehabdesk.domain.papers import Questions
from rehabdesk.domain.prerehab import AttendanceMark
from rehabdesk.texts import texts_for
from rehabdesk.wording.attendance import SIGNS
from tests.documents import reading, samples

SWEDISH, ENGLISH = texts_for("sv"), texts_for("en")
#: Words that would tell why somebody comes. What the programme is called is the coordinator's own choice.
HEALTH = re.compile(r"sjuk|hälsa|rehab|diagnos|vård|sick|health|illness|care\b", re.IGNORECASE)


def flat(document, texts=SWEDISH) -> str:
    """A paper's text on one line."""
    return " ".join(reading.text(render(document, texts)).split())


def test_the_round_list_has_a_line_for_each_claim_and_a_bare_number_for_the_others() -> None:
    words = flat(samples.round_list())
    assert "1 Maja Öberg RF-2026-014 12 jan–1 apr startat" in words
    assert "3 4 Erik Ahlström RF-2026-021 12 jan–4 feb avbrutit 4 Łucja Żółć RF-2026-030 9 feb–1 apr startat 5 6 7 8" in words
    assert "En rad utan namn är en ledig plats, eller en plats som någon har som inte står med namn på listor." in words
    assert "samtycke" not in words


def test_the_supplier_is_told_what_it_may_do_with_the_names() -> None:
    for document in (samples.round_list("Lillgården AB"), samples.attendance_sheet("Lillgården AB")):
        words = flat(document)
        assert "Grön prerehab 3, till Lillgården AB" in words
        assert "Ni får det här med deltagarnas samtycke, för er egen del av arbetet. Lämna det inte vidare." in words


@pytest.mark.parametrize("texts", [SWEDISH, ENGLISH], ids=["sv", "en"])
def test_each_mark_has_a_letter_of_its_own(texts) -> None:
    letters = [texts.say(SIGNS[mark]) for mark in AttendanceMark]
    keys = [*letters, texts.name("attendance key", "A"), texts.name("attendance key", "H")]
    assert len(set(keys)) == len(keys) and all(len(key) == 1 and key.isupper() for key in keys)
    words = flat(samples.attendance_sheet(), texts)
    for mark, letter in zip(AttendanceMark, letters, strict=True):
        assert f"{letter} {texts.term(mark)}" in words


@pytest.mark.parametrize("count", [1, 2, MOST_ACROSS, MOST_ACROSS + 1, 24, 31, 60])
def test_the_sheet_has_every_day_once_on_as_few_pages_as_hold_it(count: int) -> None:
    document = samples.attendance_sheet()
    days = tuple(replace(document.days[0], on=day) for day in samples.round_days(30)[:count])
    made = render(replace(document, days=days), SWEDISH)
    words = " ".join(reading.text(made).split())
    for day in days:
        assert len(re.findall(rf"(?<!\d){day.on.day}/{day.on.month}(?!\d)", words)) == 1
    assert reading.failures(made) == []
    assert "Skriv ingen orsak." in words


def test_the_sheet_of_no_days_and_nobody_is_still_a_page() -> None:
    made = render(replace(samples.attendance_sheet(), days=(), lines=()), SWEDISH)
    assert len(reading.pages(made)) == 1 and reading.failures(made) == []


def test_the_sheet_lies_on_its_side() -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(render(samples.attendance_sheet(), SWEDISH))
    assert all(width > height for width, height in (page.get_size() for page in document))
    for page in document:
        found = page.get_textpage()
        boxes = [found.get_charbox(at) for at in range(found.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= page.get_size()[0] - 71 and min(bottom for _, bottom, _, _ in boxes) > 20
    document.close()


def test_the_certificate_tells_days_and_half_days_and_is_signed() -> None:
    words = flat(samples.certificate())
    assert "Maja Öberg har deltagit från den 12 januari 2027 till den 1 april 2027." in words
    assert "Kom till 20 av 23 halvdagar som hölls." in words
    assert "Underskrift: Anna Lind, rehabsamordnare" in words
    still = flat(replace(samples.certificate(), is_over=False))
    assert "Maja Öberg har deltagit sedan den 12 januari 2027. Så är det den 1 april 2027." in still
    assert "Namnteckning" in flat(replace(samples.certificate(), questions=Questions("", "", "")))


@pytest.mark.parametrize("texts", [SWEDISH, ENGLISH], ids=["sv", "en"])
@pytest.mark.parametrize("document", [samples.certificate(), samples.own_occasions()], ids=["certificate", "occasions"])
def test_our_own_words_in_her_papers_tell_nothing_of_why_she_comes(document, texts) -> None:
    plain = replace(
        document, letterhead=replace(document.letterhead, forum="Trädgården"), round_title="Trädgården 3",
        questions=Questions("samordnare", "Anna Lind", "0512-310 00"),
    )  # fmt: skip
    plain = replace(plain, programme="Trädgården") if hasattr(plain, "programme") else plain
    assert not HEALTH.search(flat(plain, texts))


def test_her_own_days_say_what_differs_and_that_no_reason_is_asked() -> None:
    words = flat(samples.own_occasions())
    assert "Nästa gång: tisdag 12 januari 2027 kl. 09.00 Lillgården, Vara" in words
    assert "Tiden är kl. 09.00–12.00 och platsen är Lillgården, Vara, om inget annat står." in words
    assert "Torsdag 21 januari, kl. 13.00–16.00, Biblioteket, Vara" in words
    assert "Inställt • Tisdag 2 februari" in words
    assert "Säg till, gärna innan. • Du behöver inte säga varför." in words
    assert "Frågor? Ring rehabsamordnare Anna Lind på 0512-310 00" in words


def test_files_are_called_by_the_round_or_the_case_and_never_by_a_person() -> None:
    assert file_name(samples.round_list(), SWEDISH) == "omgångslista Grön prerehab 3 2026-11-24.pdf"
    assert file_name(samples.attendance_sheet("Lillgården AB"), SWEDISH) == "närvarolista Grön prerehab 3 Lillgården AB 2026-11-24.pdf"
    assert file_name(samples.certificate(), SWEDISH) == "intyg RF-2026-014 2026-11-24.pdf"
    assert file_name(samples.own_occasions(), ENGLISH) == "your occasions RF-2026-014 2026-11-24.pdf"
