"""The plan and Din plan: what each says, in plain words, and that neither breaks whatever is typed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehabdesk.documents import plan_plain
from rehabdesk.documents.blocks import Heading, texts_in
from rehabdesk.documents.catalogue import file_name, render
from rehabdesk.documents.fonts import printable
from rehabdesk.documents.symbols import Symbol, drawn
from rehabdesk.domain.consent import InformationKind
from rehabdesk.domain.parties import PartyKind
from rehabdesk.domain.plan_papers import PlanParty, plain_plan, plan_for_party, whole_plan
from rehabdesk.domain.plans import Goal, GoalResult
from rehabdesk.services.step_categories import step_category
from rehabdesk.texts import texts_for
from tests.documents import reading, samples

SWEDISH, ENGLISH = texts_for("sv"), texts_for("en")
HOSTILE = (
    "<b>&amp; <img src='/etc/hostname'/></para> &lt;", "Sjukskrivningssamordningsutvärderingsgruppsammankallandeskapet" * 3, "rad\n" * 60,
    "\t\u00a0\u200b ", "Żółć Жук éèê «»", "ord " * 2000,
)  # fmt: skip


def flat(document, texts=SWEDISH) -> str:
    """A paper's text on one line."""
    return " ".join(reading.text(render(document, texts)).split())


def test_the_plan_holds_goals_steps_and_lines_to_sign_on():
    words = flat(samples.plan())
    for told in (
        "Handlingsplan", "version 2 av den 24 november 2026", "Lena Borg, Vara kommun, HR", "Utvärderas 15 februari 2027",
        "”Jag vill tillbaka till köket och orka med barnen på kvällen.”", "Mål 1: Två halvdagar i veckan i köket",
        "Utvärdering: Delvis nått. En halvdag går bra, två blir för mycket.", "Avstämningsmöte, gemensam kartläggning", "2026-12-15",
        "Andra steg", "Nej. Hon orkade inte komma", "Underskrifter", "Deltagare, Maja Öberg", "Chef, Lena Borg", "Facket",
    ):  # fmt: skip
        assert told in words, told
    without = whole_plan(replace(samples.plan_content(), union_signs=False), samples.plan_head(), step_category)
    assert "Facket" not in flat(without)


def test_a_partys_plan_has_its_own_steps_and_no_signatures():
    words = flat(samples.plan_of_party())
    assert "Handlingsplan, för Försäkringskassan" in words
    assert "Boka ett avstämningsmöte" in words
    for never in ("Skicka underlag", "Pröva två halvdagar i veckan i köket 2027", "Underskrifter", "Hon orkade", "En halvdag går bra", "kartläggning"):
        assert never not in words, never


@pytest.mark.parametrize(
    ("kind", "signs", "never"),
    [(PartyKind.EMPLOYER, "Chef, Lena Borg", "Facket"), (PartyKind.UNION, "Facket", "Chef"), (PartyKind.HEALTH_CARE, "", "Underskrifter")],
)
def test_manager_and_union_sign_a_copy_with_their_own_part(kind, signs, never):
    party = PlanParty(3, "Part", kind)
    words = flat(plan_for_party(samples.plan_content(), samples.plan_head(), party, frozenset(InformationKind)))
    assert signs in words and never not in words
    assert "Boka ett avstämningsmöte" not in words


def test_in_large_type_the_steps_are_sentences_and_nobody_is_called_du():
    words = flat(replace(samples.plan(), print_size=18))
    assert "Försäkringskassan, Eva Holm: Boka ett avstämningsmöte, senast 15 december." in words
    assert "Deltagaren: Pröva två halvdagar i veckan i köket, senast 18 januari." in words
    assert "(klar)" in words and "Du:" not in words


def test_din_plan_says_du_and_whose_turn_it_is():
    words = flat(samples.plan_plain())
    for told in (
        "Din plan", "Ditt mål ”Jag vill tillbaka till köket och orka med barnen på kvällen.”", "Två halvdagar i veckan i köket. Vi har kommit en bit på väg.",
        "Det här ska du göra • Pröva två halvdagar i veckan i köket, senast 18 januari.",
        "Försäkringskassan, Eva Holm: Boka ett avstämningsmöte, senast 15 december.", "Det här är klart • Skicka underlag om arbetsuppgifterna.",
        "Vi går igenom hur det har gått måndag 15 februari 2027.", "Ditt eget mål läser bara du och samordnaren.", "Frågor? Ring",
    ):  # fmt: skip
        assert told in words, told
    assert "Ditt eget mål läser bara" not in flat(plain_plan(samples.plan_content(), samples.plan_head()))


@pytest.mark.parametrize("texts", [SWEDISH, ENGLISH])
def test_our_own_sentences_in_din_plan_are_short_and_plain(texts):
    content = replace(samples.plan_content(for_table=False), steps=(), own_goal="Jag", goals=(Goal("Ett", GoalResult.MET), Goal("Två", GoalResult.NOT)))
    told = texts_in(plan_plain.blocks(plain_plan(content, samples.plan_head()), texts))
    for sentence in (part for text in told for part in re.split(r"(?<=[.?:])\s+", text)):
        assert len(sentence.split()) <= 16, sentence
        assert not re.search(r"§|%|\b(?:t\.ex|bl\.a|ev|resp|FK|AF|e\.g|i\.e)\b", sentence), sentence


@pytest.mark.parametrize("symbol", Symbol)
def test_each_symbol_is_drawn_within_its_square(symbol):
    lines = drawn(symbol)
    assert lines and all(len(points) > 1 for points in lines)
    assert all(-0.01 <= x <= 1.02 and -0.01 <= y <= 1.02 for points in lines for x, y in points)


def test_symbols_are_decoration_and_the_headings_say_it_all():
    made = render(samples.plan_plain(), SWEDISH)
    headings = [words.strip() for kind, words in reading.structure(made) if kind == "H2"]
    assert headings[:2] == ["Ditt mål", "Det här vill vi nå"]
    assert "Figure" not in reading.kinds(made)
    blocks = plan_plain.blocks(samples.plan_plain(), SWEDISH)
    assert sum(1 for block in blocks if isinstance(block, Heading) and block.symbol) == 8


def test_files_are_named_by_case_and_day_alone():
    assert file_name(samples.plan(), SWEDISH) == "handlingsplan RF-2026-014 2026-11-24.pdf"
    assert file_name(samples.plan_of_party(), SWEDISH) == "handlingsplan RF-2026-014 Försäkringskassan 2026-11-24.pdf"
    assert file_name(samples.plan_plain(), ENGLISH) == "your plan RF-2026-014 2026-11-24.pdf"


def filled(text: str):
    """A plan with this text in every field."""
    content = samples.plan_content()
    steps = tuple(replace(step, what=text or "steg", party=text, contact=text) for step in content.steps)
    goals = tuple(replace(goal, text=text, comment=text) for goal in content.goals)
    return replace(
        content, own_goal=text, present_work=text, can_do=text, cannot_do=text, responsible=text, why_not=text, steps=steps, goals=goals
    )


@pytest.mark.parametrize("size", [12, 18])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_content_breaks_neither_paper(text, size):
    content, head = filled(text), samples.plan_head(size)
    for document in (whole_plan(content, head, step_category), plain_plan(content, head)):
        made = render(document, SWEDISH)
        assert reading.failures(made) == []
        marked = reading.squeezed("".join(words for _, words in reading.structure(made)))
        assert reading.squeezed(printable(text.strip()))[:200] in marked


@settings(max_examples=25)
@given(st.text(st.characters(max_codepoint=0x17F, blacklist_categories=("Cc", "Cs")), max_size=200))
def test_any_text_is_set_in_both(text):
    content, head = filled(text), samples.plan_head()
    for document in (whole_plan(content, head, step_category), plain_plan(content, head)):
        assert reading.failures(render(document, SWEDISH)) == []
