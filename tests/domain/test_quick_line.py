"""The action line: who, what, by when; what it makes of anything else; and what Tab offers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabdesk.domain.quick_line import ContactName, PartyName, QuickLine, Role, complete, parse, render

TODAY = date(2026, 11, 24)
FK, HR, VC, HR_LIDKOPING, AF, UNION = range(1, 7)
EVA, LENA, AKE, PER, EVA_AF = range(1, 6)
PARTIES = (
    PartyName(FK, "Försäkringskassan", ("FK", "kassan")),
    PartyName(HR, "Vara kommun, HR", ("HR",)),
    PartyName(VC, "Vårdcentralen Vara", ("VC",)),
    PartyName(HR_LIDKOPING, "Lidköpings kommun, HR", ("HR Lidköping",)),
    PartyName(AF, "Arbetsförmedlingen", ("AF",)),
    PartyName(UNION, "Kommunal"),
)
CONTACTS = (
    ContactName(EVA, FK, "Eva Holm", "handläggare"),
    ContactName(LENA, HR, "Lena Borg", "enhetschef kost"),
    ContactName(AKE, HR, "Åke Öst"),
    ContactName(PER, VC, "Per Ahl", "rehabkoordinator"),
    ContactName(EVA_AF, AF, "Eva Lind"),
)
ALIASES = ("Maria", "Maria S.")


def read(text: str) -> QuickLine:
    return parse(text, TODAY, PARTIES, CONTACTS, ALIASES)


def codes(line: QuickLine) -> list[str]:
    return [problem.code for problem in line.problems]


@pytest.mark.parametrize(
    ("text", "party_id", "contact_id", "what", "due"),
    [
        ("FK boka avstämningsmöte 15/12", FK, EVA, "Boka avstämningsmöte", date(2026, 12, 15)),
        ("fk boka avstämningsmöte 15/12", FK, EVA, "Boka avstämningsmöte", date(2026, 12, 15)),
        ("försäkringskassan ska boka möte på fredag", FK, EVA, "Boka möte", date(2026, 11, 27)),
        ("Försäk bokar", FK, EVA, "Bokar", None),
        ("kassan: att boka möte, senast 15/12", FK, EVA, "Boka möte", date(2026, 12, 15)),
        ("Eva Holm: ring", FK, EVA, "Ring", None),
        ("HR tar fram schema v. 49", HR, None, "Tar fram schema", date(2026, 12, 4)),
        ("HR Lena Borg tar fram schema v. 49", HR, LENA, "Tar fram schema", date(2026, 12, 4)),
        ("hr, lena tar fram schema", HR, LENA, "Tar fram schema", None),
        ("HR/Åke tar fram schema", HR, AKE, "Tar fram schema", None),
        ("HR Lidköping ringer", HR_LIDKOPING, None, "Ringer", None),
        ("Vara kommun, HR: ringer", HR, None, "Ringer", None),
        ("Rehabkoordinatorn ringer om två veckor", VC, PER, "Ringer", date(2026, 12, 8)),
        ("åke öst ringer imorgon", HR, AKE, "Ringer", date(2026, 11, 25)),
        ("  AF   ringer  15/12 ", AF, EVA_AF, "Ringer", date(2026, 12, 15)),
        ("Kommunal ser över", UNION, None, "Ser över", None),
    ],
)
def test_read_as_spoken(text: str, party_id: int, contact_id: int | None, what: str, due: date | None) -> None:
    line = read(text)
    assert (line.party_id, line.contact_id, line.what, line.due) == (party_id, contact_id, what, due)
    assert (line.for_participant, line.problems) == (False, ())


@pytest.mark.parametrize("who", ["deltagaren", "Du", "Maria", "maria s.", "Deltagaren:"])
def test_the_participant(who: str) -> None:
    line = read(f"{who} fyller i dagbok på fredag")
    assert (line.for_participant, line.party_id, line.what) == (True, None, "Fyller i dagbok")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boka möte", ["quick_line.who_missing"]),
        ("FKs handläggare bokar", ["quick_line.who_missing"]),
        ("FK-handläggaren bokar", ["quick_line.who_missing"]),
        ("Vara med på mötet", ["quick_line.who_missing"]),
        ("Kontakta FK", ["quick_line.who_missing"]),
        ("Eva bokar", ["quick_line.who_unclear"]),
        ("FK", ["quick_line.what_missing"]),
        ("FK 15/12", ["quick_line.what_missing"]),
        ("FK boka 31/2", ["date.no_such_day"]),
        ("FK boka 2025-01-01", ["date.in_the_past"]),
        ("", []),
        ("   ", []),
    ],
)
def test_what_is_missing_or_unclear_is_said(text: str, expected: list[str]) -> None:
    assert codes(read(text)) == expected


def test_who_is_unclear_names_them() -> None:
    problem = read("Eva bokar").problems[0]
    assert problem.params["names"] == ("Försäkringskassan, Eva Holm", "Arbetsförmedlingen, Eva Lind")


def test_the_participant_comes_before_a_contact_of_her_first_name() -> None:
    contacts = (*CONTACTS, ContactName(9, HR, "Maria Lind"))
    assert parse("Maria ringer", TODAY, PARTIES, contacts, ALIASES).for_participant
    assert parse("Maria Lind ringer", TODAY, PARTIES, contacts, ALIASES).contact_id == 9


def test_stretches_for_the_highlighting() -> None:
    text = "HR, Lena Borg ska ringa FK senast på fredag"
    assert [(text[token.start : token.end], token.role) for token in read(text).tokens] == [
        ("HR", Role.PARTY), ("Lena Borg", Role.CONTACT), ("ringa FK", Role.WHAT), ("senast på fredag", Role.DATE),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("F", "Försäkringskassan "),
        ("vå", "Vårdcentralen Vara "),
        ("Öst", "Vara kommun, HR, Åke Öst "),
        ("ma", "Maria "),
        ("HR", "Vara kommun, HR"),
        ("Eva", "Försäkringskassan, Eva Holm"),
        ("FK boka möte ", "på fredag"),
        ("FK boka möte", " på fredag"),
        ("FK boka möte fre", "på fredag"),
        ("FK boka möte om t", "om två veckor"),
        ("FK boka möte 15/12", "2026-12-15"),
    ],
)
def test_tab_offers_first(text: str, first: str) -> None:
    options = complete(text, len(text), TODAY, PARTIES, CONTACTS, ALIASES)
    assert options[0].insert == first


def test_tab_goes_on_to_others() -> None:
    labels = [option.label for option in complete("HR", 2, TODAY, PARTIES, CONTACTS)]
    assert labels == [
        "Vara kommun, HR", "Vara kommun, HR, Lena Borg", "Vara kommun, HR, Åke Öst", "Lidköpings kommun, HR",
    ]  # fmt: skip
    days = [option.day for option in complete("FK boka 15/12", 13, TODAY, PARTIES, CONTACTS)]
    assert days == [date(2026, 12, 15), date(2026, 12, 22), date(2026, 12, 29)]
    assert complete("FK ring ", 8, TODAY, PARTIES, CONTACTS, language="en")[0].insert == "on friday"


WORDS = st.sampled_from(
    ["FK", "HR", "Eva", "Holm", "Lena", "Maria", "du", "boka", "möte", "ska", "att", ":", ",", "på", "fredag", "15/12",
     "31/2", "v.", "49", "senast", "om", "två", "veckor", "åk", "–", "Försäkringskassan", "2026-12-15", "\u0308"]
)  # fmt: skip
LINES = st.lists(WORDS, max_size=8).map(" ".join) | st.text(max_size=40)


@given(LINES)
def test_any_line_is_read_and_its_stretches_lie_in_it(text: str) -> None:
    end = 0
    for token in read(text).tokens:
        assert end <= token.start < token.end <= len(text)
        end = token.end


@given(LINES)
def test_a_line_without_problems_reads_the_same_when_written_out(text: str) -> None:
    line = read(text)
    if line.problems:
        return
    again = read(render(line, PARTIES, CONTACTS))
    assert (again.party_id, again.contact_id) == (line.party_id, line.contact_id)
    assert again.for_participant == line.for_participant
    if line.due:
        assert (again.what, again.due, again.problems) == (line.what, line.due, ())


@given(LINES, st.integers(-2, 50))
def test_every_completion_can_be_put_in(text: str, cursor: int) -> None:
    for option in complete(text, cursor, TODAY, PARTIES, CONTACTS, ALIASES):
        assert 0 <= option.start <= option.end <= len(text)
        read(text[: option.start] + option.insert + text[option.end :])
