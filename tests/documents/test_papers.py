"""What each paper says and what it never says; what files are called; when ReportLab is imported."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from rehabdesk.documents.catalogue import file_name, render
from rehabdesk.domain.papers import NextTime, Questions
from rehabdesk.texts import texts_for
from tests.documents import reading, samples

SWEDISH, ENGLISH = texts_for("sv"), texts_for("en")


def flat(document, texts=SWEDISH) -> str:
    """A paper's text on one line."""
    return " ".join(reading.text(render(document, texts)).split())


def test_summary_speaks_plainly() -> None:
    words = flat(samples.summary())
    assert "Ringa Per Ahl på vårdcentralen om värken ökar." in words
    assert "Lena Borg, din chef: planera halvdagarna, senast 11 januari." in words
    assert "Tisdag 26 januari 2027 kl. 13.00, Stora Lundsal i Vara." in words
    assert "Frågor? Ring rehabsamordnare Anna Lind på 0512-310 00" in words
    assert "lämnat till: Vara kommun, HR, Försäkringskassan och Vårdcentralen Vara." in words
    assert "Du får läsa allt som står om dig." in words
    assert "§" not in words and "Kontrollsumma" not in words


def test_summary_when_there_is_little_to_say() -> None:
    document = replace(
        samples.summary(),
        agreements=(),
        actions=(),
        own_view="",
        next_time=NextTime(None),
        also_given_to=(),
        questions=Questions("samordnaren", "", ""),
    )
    words = flat(document)
    assert "Du behöver inte göra något till nästa gång." in words
    assert "Ingen ny tid är bestämd." in words
    assert "Frågor? Fråga samordnaren" in words
    assert "Det här gör andra" not in words and "Det här tycker du" not in words


def test_her_whole_item_begins_on_a_page_of_its_own() -> None:
    found = reading.pages(render(replace(samples.summary(), whole_item=samples.case_item()), SWEDISH))
    assert "Allt som skrevs om dig på mötet" in found[1]
    assert "Du sa ja till det vi kom överens om." in " ".join(" ".join(found).split())
    assert "§ 43 Ärende" not in " ".join(found)


def test_minutes_hold_every_item() -> None:
    words = flat(samples.minutes())
    assert "§ 41 Genomgång av förra mötets anteckningar" in words
    assert "§ 43 Ärende RF-2026-001, Maja Öberg 1" in words
    assert "§ 48 Avidentifierad konsultation, Tidiga samtal" in words
    assert "Kontrollsumma: 3f786850 e387550f" in words


def test_agenda_names_only_the_readers_own_cases() -> None:
    stranger = replace(samples.agenda().lines[3], case_number="RF-2026-099", participant_name="Sven Ek", question="?!")
    document = replace(samples.agenda(), lines=(*samples.agenda().lines, stranger))
    words = flat(document)
    assert "RF-2026-014, Maja Öberg" in words
    assert "RF-2026-099" not in words and "Sven Ek" not in words and "?!" not in words
    assert "Maja" not in flat(samples.agenda(""))


def test_booklet_is_about_ten_nameless_pages() -> None:
    found = reading.pages(render(samples.spare(), SWEDISH))
    assert len(found) == 10
    assert [f"Punkt {number}" in found[number + 1] for number in range(1, 7)] == [True] * 6


def test_notice_tells_what_was_given() -> None:
    words = flat(samples.withdrawal_notice())
    assert "Utdrag 2026-09-29 2026-09-29" in words
    assert "Handlingsplan 2026-10-06" in words and "Förberedelseblad 2026-10-20 2026-10-27" in words
    assert "tagit tillbaka samtycket" in words


def test_english_papers_are_english() -> None:
    words = flat(samples.summary(), ENGLISH)
    assert "Tuesday 26 January 2027 at 13:00" in words
    assert "by 15 December." in words
    assert "Page 1 of" in words


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (samples.summary(), "sammanfattning RF-2026-014 2026-11-24.pdf"),
        (samples.extract(), "utdrag RF-2026-014 Försäkringskassan 2026-11-24.pdf"),
        (replace(samples.extract(), reader_in_file='A/B: "C"\x00?. '), "utdrag RF-2026-014 A B C 2026-11-24.pdf"),
        (replace(samples.extract(), reader_in_file=""), "utdrag RF-2026-014 2026-11-24.pdf"),
        (samples.agenda(""), "dagordning Rehabforum 2026-11-24.pdf"),
    ],
)
def test_file_names_are_safe_and_nameless(document, name: str) -> None:
    assert file_name(document, SWEDISH) == name


def test_no_file_name_holds_a_persons_name() -> None:
    assert not any("Maja" in file_name(document, SWEDISH) for document in samples.every_document().values())


def test_catalogue_leaves_reportlab_alone() -> None:
    code = "import sys, rehabdesk.documents.catalogue; sys.exit(any(m in sys.modules for m in ('reportlab', 'pikepdf', 'PIL')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_offer_says_what_when_by_when_and_that_a_no_is_all_right() -> None:
    words = flat(samples.offer_letter())
    assert "Du erbjuds en plats" in words and "Grön prerehab Svara senast 4 december." in words
    assert "Din första dag Tisdag 12 januari 2027" in words and "Veckodagar Tisdagar och torsdagar" in words
    assert "Inga träffar 8 februari till 14 februari." in words
    assert "Säg ja eller nej senast 4 december." in words and "Sedan kan den gå till någon annan." in words
    assert "Det går bra att säga nej. Du behöver inte säga varför. Det påverkar inte din ersättning." in words
    assert "Ring rehabsamordnare Anna Lind" in words and "§" not in words
    reminder = flat(samples.offer_letter(is_reminder=True))
    assert "Den 16 november erbjöd vi dig en plats." in reminder and "Gruppen har redan börjat." in reminder


def test_a_refusal_says_why_in_words_about_nobody_else() -> None:
    words = flat(samples.refusal())
    assert "Vi kan inte erbjuda dig en plats i gruppen som börjar den 12 januari." in words
    assert "Du har kvar din plats i kön." in words and "§" not in words
    gone = flat(samples.refusal(is_removed=True))
    assert "Du står inte kvar i kön" in gone and "Du har kvar din plats" not in gone
    begun = flat(replace(samples.refusal(), starts_on=samples.DAY.replace(month=10)))
    assert "gruppen som började den 24 oktober 2026" in begun or "gruppen som började den 24 oktober" in begun
    nothing = flat(replace(samples.refusal(), reasons=(), words=()))
    assert "Alla platser är tagna." in nothing


def test_a_letters_head_and_file_say_nothing_of_what_it_is_about() -> None:
    for document in (samples.offer_letter(), samples.refusal()):
        assert file_name(document, SWEDISH) == "brev RF-2026-014 2026-11-24.pdf"
        assert document.letterhead.forum == ""
