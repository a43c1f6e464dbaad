"""A plan's whole way, by keyboard: written, agreed, taken to the table, a step closed there, evaluated, both papers printed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.forum import ActionState
from rehabdesk.domain.hand_outs import HandOutState
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plan_papers import PlanDocument, PlanPlainDocument
from rehabdesk.domain.plans import FreezingReason, GoalResult, PlanState
from rehabdesk.services import papers
from rehabdesk.services.forum import meeting
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries import plans as queries
from rehabdesk.store.store import Store
from rehabdesk.ui.cases.plan_face import PlanFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.forum import Forum, small_forum
from tests.helpers.hands import choose, fill, go_to, key, look_at_the_date, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow

GOAL = "Jag vill orka natta barnen."
SORT = "Avstämningsmöte, gemensam kartläggning eller förstärkt samarbete"


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, Forum]:
    """A vault with a forum, one case with consent, and a meeting today."""
    clock.set(datetime(2026, 11, 24, 9, 0))
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=1)
    return vault_dir, forum


def test_a_plan_from_the_first_word_to_its_evaluation(begin, made, printer, clock) -> None:
    folder, forum = made
    window = unlock(begin(folder))
    store, case = window.context.store, forum.case_ids[0]
    forum.store = store

    write_the_plan(window, store, case, forum)
    close_a_step_at_the_table(window, store, case, forum)
    clock.set(datetime(2026, 12, 14, 9, 0))
    evaluate_from_idag(window, store, case)
    print_both_papers(window, printer, store, case)


def write_the_plan(window, store: Store, case: int, forum: Forum) -> None:
    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_4, ALT)
    fill("Mål, med egna ord", GOAL)
    fill("Mål 1", "Två halvdagar i veckan i köket")
    fill("Nytt steg", "FK boka avstämningsmöte 15/12\n")
    choose("Vad för slags steg det är", SORT)
    key(Qt.Key.Key_Tab)
    choose("Deltagaren var med", "ja")
    fill("Utvärderas", "2026-12-14\t")
    wait_for(window.findChild(PlanFace).versions.agree.isEnabled, "the plan to be read again")
    push("Alla är överens")
    plan = store.read(queries.current, case)
    assert (plan.own_goal, plan.goal_for_table, plan.state, plan.evaluate_on) == (GOAL, False, PlanState.CURRENT, date(2026, 12, 14))
    step = plan.steps[0]
    assert (step.what, step.party_id, step.due_on) == ("Boka avstämningsmöte", forum.party_ids["FK"], date(2026, 12, 15))
    assert [row.reason for row in store.read(queries.versions, case)] == [FreezingReason.AGREED]


def close_a_step_at_the_table(window, store: Store, case: int, forum: Forum) -> None:
    """The step stands under "Sedan tidigare", and one key closes it there and in the plan."""
    forum.start()
    meeting.open_item(store, forum.item_ids[0])
    window.navigate(Target("forum", "session", forum.session_id, "meeting"))
    push("Ingen projektor visar den")
    go_to("Boka avstämningsmöte", part=True)
    type_text(None, "k")
    plan = store.read(queries.current, case)
    assert plan.steps[0].state is ActionState.DONE
    assert (plan.is_changed, plan.version) == (True, 2)
    assert store.read(queries.version_content, case, 1).steps[0].state == "open"
    window.navigate(Target("cases", "case", case, "plan"))
    face = window.findChild(PlanFace)
    wait_for(lambda: "klar" in face.steps.list.row(plan.steps[0].id).accessibleName(), "the step to be done in the plan")


def evaluate_from_idag(window, store: Store, case: int) -> None:
    key(Qt.Key.Key_1, CTRL)
    look_at_the_date(window.page)
    go_to("Öppna: RF-2026-001: planen ska utvärderas.")
    key(Qt.Key.Key_Return)
    assert window.target == Target("cases", "case", case, "plan")
    choose("Hur det gick med mål 1", "delvis nått")
    fill("Kommentar till mål 1", "En halvdag går bra.")
    push("Avsluta planen")
    plan = store.read(queries.current, case)
    assert (plan.state, plan.ended_on, plan.goals[0].result) == (PlanState.ENDED, date(2026, 12, 14), GoalResult.PARTLY)
    assert plan.goals[0].comment == "En halvdag går bra."
    assert [row.reason for row in store.read(queries.versions, case)] == [FreezingReason.EVALUATED, FreezingReason.AGREED]


def print_both_papers(window, printer, store: Store, case: int) -> None:
    push("Skriv ut och spara")
    assert window.target.face == "papers"
    for kind in (PaperKind.PLAN, PaperKind.PLAN_PLAIN):
        table = go_to("Papper om ärendet")
        key(Qt.Key.Key_Home, CTRL)
        while (table.current_row.paper, table.current_row.reader.kind) != (kind, "participant"):
            key(Qt.Key.Key_Down)
        printed = len(printer.jobs)
        key(Qt.Key.Key_Return, CTRL)
        wait_for(lambda printed=printed: len(printer.jobs) > printed and window.context.queue.job is None, "the paper to be printed")
    rows = {row.paper: row for row in store.read(hand_out_queries.of_case, case)}
    assert {kind: (row.state, row.version) for kind, row in rows.items()} == {
        PaperKind.PLAN: (HandOutState.SENT, 2), PaperKind.PLAN_PLAIN: (HandOutState.SENT, 2),
    }  # fmt: skip
    plan = store.read(papers.compose, rows[PaperKind.PLAN].id, store.clock.now())
    plain = store.read(papers.compose, rows[PaperKind.PLAN_PLAIN].id, store.clock.now())
    assert isinstance(plan, PlanDocument) and isinstance(plain, PlanPlainDocument)
    assert (plan.own_goal, plain.own_goal) == ("", GOAL)
    assert plan.parts[0].result is GoalResult.PARTLY
