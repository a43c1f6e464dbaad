"""What to think of: what could hurt is said first, and nothing is said twice."""

from __future__ import annotations

from rehabdesk.domain.cases import RepresentativeKind
from rehabdesk.domain.circumstances import Circumstances, NeedKind, Representative, needs

USUAL = 12


def test_nothing_written_is_nothing_to_think_of():
    assert needs(Circumstances(print_size=USUAL), USUAL) == ()


def test_what_could_hurt_comes_first_and_warns():
    found = needs(
        Circumstances(
            interpreter_language="arabiska", accessibility_needs="Hörselslinga", safe_contact="Sms", do_not_ring=True, no_paper_home=True,
            print_size=18, representatives=(Representative(1, RepresentativeKind.GUARDIAN, "Karin Ek", "0512-310 00"),),
        ),
        USUAL,
    )  # fmt: skip
    assert [need.kind for need in found] == [
        NeedKind.DO_NOT_RING, NeedKind.NO_PAPER_HOME, NeedKind.SAFE_CONTACT, NeedKind.INTERPRETER, NeedKind.ACCESSIBILITY,
        NeedKind.PRINT_SIZE, NeedKind.GUARDIAN,
    ]  # fmt: skip
    assert [need.warns for need in found] == [True] * 3 + [False] * 4
    assert found[-1].detail == "Karin Ek, 0512-310 00"


def test_every_helper_has_a_word_of_its_own():
    helpers = tuple(Representative(place, kind, "A", "") for place, kind in enumerate(RepresentativeKind))
    assert len({need.kind for need in needs(Circumstances(representatives=helpers), USUAL)}) == len(RepresentativeKind)
