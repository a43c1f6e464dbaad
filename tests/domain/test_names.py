"""Other people's names: what is found, what is not, and that it keeps up with typing."""

from __future__ import annotations

import random
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.names import Hit, HitKind, PersonName, Register, find, find_on_screen

OWN, MARIA, KARIN, ESSEN, ALIAS, HANS, MARIA_TOO, ANDRE = range(1, 9)
PEOPLE = (
    PersonName(OWN, "Anna", "Ek", "RF-2026-001", "199006022397"),
    PersonName(MARIA, "Maria", "Svensson", "RF-2026-014", "194408139089"),
    PersonName(KARIN, "Anna-Karin", "Åström Lind", "RF-2026-002"),
    PersonName(ESSEN, "Per Olof", "von Essen", "RF-2026-003", "19900602T123"),
    PersonName(ALIAS, "Björk", "", "RF-2026-004", None, is_protected_alias=True),
    PersonName(HANS, "Hans", "Moss", "RF-2026-005"),
    PersonName(MARIA_TOO, "Maria", "Ek", "RF-2026-006"),
    PersonName(ANDRE, "André", "O'Brien", "RF-2025-100"),
)
REGISTER = Register(PEOPLE, staff=[("Maria", "Lind")])
EVERYBODY = frozenset(person.case_id for person in PEOPLE)


def found(text: str, agenda: frozenset[int] = frozenset()) -> list[tuple[str, int]]:
    hits = find(text, REGISTER, agenda_case_ids=agenda, own_case_ids={OWN})
    return [(text[hit.start : hit.end], hit.case_id) for hit in hits]


@pytest.mark.parametrize(
    ("text", "written", "case_id"),
    [
        ("Vi talade om Maria Svensson igår.", "Maria Svensson", MARIA),
        ("maria svensson", "maria svensson", MARIA),
        ("MARIA SVENSSON", "MARIA SVENSSON", MARIA),
        ("Svensson, Maria", "Svensson, Maria", MARIA),
        ("Maria\nSvensson", "Maria\nSvensson", MARIA),
        ("Maria\xa0Svensson", "Maria\xa0Svensson", MARIA),
        ("Maria Svenssons chef", "Maria Svenssons", MARIA),
        ("Maria S. ringer", "Maria S", MARIA),
        ("Maria S ringer", "Maria S", MARIA),
        ("Maria S:s chef", "Maria S", MARIA),
        ("(Maria S)", "Maria S", MARIA),
        ("maria.svensson@example.se", "maria.svensson", MARIA),
        ("Maria Svensson-ärendet", "Maria Svensson", MARIA),
        ("se RF-2026-014.", "RF-2026-014", MARIA),
        ("se rf 2026-14", "rf 2026-14", MARIA),
        ("RF2026014 och RF2026-014", "RF2026-014", MARIA),
        ("440813-9089", "440813-9089", MARIA),
        ("440813+9089", "440813+9089", MARIA),
        ("194408139089", "194408139089", MARIA),
        ("1944-08-13-9089", "1944-08-13-9089", MARIA),
        ("19440813 9089", "19440813 9089", MARIA),
        ("900602-T123", "900602-T123", ESSEN),
        ("Anna-Karin Åström Lind", "Anna-Karin Åström Lind", KARIN),
        ("Anna Karin Åström-Lind", "Anna Karin Åström-Lind", KARIN),
        ("Anna-Karin Åström", "Anna-Karin Åström", KARIN),
        ("Anna-Karin Å. kommer", "Anna-Karin Å", KARIN),
        ("Per Olof von Essen", "Per Olof von Essen", ESSEN),
        ("Olof Essens", "Olof Essens", ESSEN),
        ("Per v. Essen hos Per E.", "Per E", ESSEN),
        ("hos Björk idag", "Björk", ALIAS),
        ("Björks", "Björks", ALIAS),
        ("Andre O’Brien", "Andre O’Brien", ANDRE),
        ("Ma\u00adria Sven\u200bsson", "Ma\u00adria Sven\u200bsson", MARIA),
        ("Hans Moss och Hans Moss'", "Hans Moss", HANS),
    ],
)
def test_found_in_the_whole_vault(text: str, written: str, case_id: int) -> None:
    assert (written, case_id) in found(text)
    decomposed = unicodedata.normalize("NFD", text)
    assert (unicodedata.normalize("NFD", written), case_id) in found(decomposed)


@pytest.mark.parametrize(
    "text",
    [
        "Maria kommer", "Svensson kommer", "Maria Svensson-Berg", "Eva-Maria Svensson", "Maria Svenssonska",
        "Maria. Svensson kommer", "Maria O'Neill", "Maria Lind från HR", "björk i hagen", "RF-2026-0145", "RF-2027-014",
        "1440813-90891", "5440813908901", "Anna Ek", "Ek, Anna", "RF-2026-001", "900602-2397", "maria s",
        "Maria s", "Kontakta Maria. Svensson svarar", "Anna E. själv", "",
    ],
)  # fmt: skip
def test_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Maria ringer", [("Maria", MARIA)]),
        ("Marias chef", [("Marias", MARIA)]),
        ("Svensson", [("Svensson", MARIA)]),
        ("Hans säger", [("Hans", HANS)]),
        ("hans chef, maria", []),
        ("Anna och Ek", []),  # the reader's own
        ("Anna-Karin", [("Anna-Karin", KARIN)]),
        ("Anna-Maria", []),
        ("Maria Lind", []),  # a colleague
        ("Lind säger", [("Lind", KARIN)]),
        ("Essen och Olof", [("Essen", ESSEN), ("Olof", ESSEN)]),
        ("Maria-ärendet", [("Maria", MARIA)]),
    ],
)
def test_bare_names_of_the_same_agenda(text: str, hits: list[tuple[str, int]]) -> None:
    assert found(text, EVERYBODY) == hits


def test_a_namesake_of_the_reader_is_no_hit() -> None:
    register = Register([PersonName(1, "Anna", "Ek", "RF-1"), PersonName(2, "Anna", "Ek", "RF-2")])
    assert find("Anna Ek, Anna, Ek, Anna E.", register, agenda_case_ids={1, 2}, own_case_ids={1}) == ()
    assert find("RF-2", register, agenda_case_ids={1, 2}, own_case_ids={1})[0].kind is HitKind.CASE_NUMBER


def test_the_readers_longer_name_shields_a_shorter_one() -> None:
    register = Register([PersonName(1, "Anna", "Ek Lund", "RF-1"), PersonName(2, "Anna", "Ek", "RF-2")])
    assert find("Anna Ek Lund", register, agenda_case_ids={1, 2}, own_case_ids={1}) == ()


def test_the_screen_shows_nobody() -> None:
    hits = find_on_screen("Anna boka möte med Maria Lind", REGISTER, agenda_case_ids={OWN})
    assert hits == (Hit(0, 4, OWN, HitKind.GIVEN_NAME),)


PIECES = st.sampled_from(["Maria", "Svensson", "S", ".", ",", " ", "-", "s", "Anna", "Ek", "RF", "2026", "014", "'"])


@given(st.text() | st.lists(PIECES).map("".join))
def test_hits_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for hit in find(text, REGISTER, agenda_case_ids=EVERYBODY, own_case_ids={OWN}):
        assert end <= hit.start < hit.end <= len(text)
        assert hit.case_id != OWN
        end = hit.end


AROUND = ["{} ", " {}.", "({})", "x, {}!", "\n{}\n", "{}s", "–{}–"]


@given(st.sampled_from(PEOPLE[1:4] + PEOPLE[5:]), st.sampled_from(AROUND), st.booleans())
def test_a_full_name_never_slips_through(person: PersonName, around: str, surname_first: bool) -> None:
    name = f"{person.surname}, {person.given_name}" if surname_first else f"{person.given_name} {person.surname}"
    hits = find(around.format(name), REGISTER, agenda_case_ids=(), own_case_ids={OWN})
    assert [hit.case_id for hit in hits] == [person.case_id]


def test_two_thousand_names_in_five_thousand_characters() -> None:
    chance = random.Random(1)
    given = ["Anna", "Maria", "Karin", "Lars", "Erik", "Åsa", "Örjan", "Sven", "Eva-Lena", "Per"]
    letters = "abdefghiklmnoprstuvåäö"
    surnames = ["".join(chance.choices(letters, k=6)).title() for _ in range(1500)]
    people = [
        PersonName(number, chance.choice(given), chance.choice(surnames), f"RF-2026-{number}") for number in range(2000)
    ]
    register = Register(people)
    words = [*given, "avstämningsmöte", "kommer", "att", "på", "Försäkringskassan", "S.", "och", "hon", "är"]
    text = " ".join(chance.choice(words) for _ in range(900))[:5000]
    best = min(_seconds(text, register) for _ in range(5))
    assert best < 0.020


def _seconds(text: str, register: Register) -> float:
    begun = time.perf_counter()
    find(text, register, agenda_case_ids=range(12), own_case_ids={1})
    return time.perf_counter() - begun
