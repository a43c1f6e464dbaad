"""A sick leave on the chain, by keyboard in the real window: written down, seen on Idag, its plan answered, asked for again, undone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.plan_duty import PlanState, WhyReopened
from rehabdesk.services import sick_leave
from rehabdesk.store.queries import sick_leave as queries
from rehabdesk.store.store import Store
from rehabdesk.ui.cases.chain_card import ChainCard
from rehabdesk.ui.cases.chain_face import ChainFace
from rehabdesk.ui.shell.context import Target
from tests.helpers.forum import small_forum
from tests.helpers.hands import choose, fill, go_to, key, look_at_the_date, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, type_text
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, int]:
    """A vault with a forum and one case."""
    clock.set(datetime(2026, 8, 24, 9, 0))
    with new_store(vault_dir, clock) as store:
        case = small_forum(store, cases_count=1).case_ids[0]
    return vault_dir, case


def test_from_the_first_sick_day_to_a_plan(begin, made, clock) -> None:
    folder, case = made
    window = unlock(begin(folder))
    store = window.context.store

    write_it_down(window, store, case)
    answer_from_idag(window, store, case)
    lower_the_degree(window, store, case, clock)
    make_the_plan(window, store, case, clock)


def write_it_down(window, store: Store, case: int) -> None:
    """Ctrl+3, Enter, Alt+3: one stands where a period is added."""
    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_3, ALT)
    type_text(None, "3/8\n")
    assert [(row.start, row.end, row.degree) for row in store.read(queries.periods, case)] == [(date(2026, 8, 3), None, 100)]
    face = window.findChild(ChainFace)
    wait_for(lambda: face.standing.head.text() == "dag 22 i dag · prognos, Försäkringskassan avgör", "the day of the chain")
    told = face.standing.drawing.accessibleDescription()
    assert "2026-09-01: plan för återgång." in told and "2026-11-01: annat arbete där." in told
    key(Qt.Key.Key_1, ALT)
    card = window.findChild(ChainCard)
    wait_for(lambda: card.left.text() == "8 dagar kvar", "the plan on the overview")


def answer_from_idag(window, store: Store, case: int) -> None:
    """The line on Idag opens the chain; the standpoint needs its reason."""
    key(Qt.Key.Key_1, CTRL)
    go_to("Öppna: RF-2026-001: planen är inte besvarad.")
    key(Qt.Key.Key_Return)
    assert window.target == Target("cases", "case", case, "chain")
    push("Skriftligt ställningstagande")
    type_text(None, "\n")
    face = window.findChild(ChainFace)
    assert face.duty.form.frame("reason").problem.text() == "Skriv skälet."
    type_text(None, "Åter på heltid i september\n")
    assert store.read(sick_leave.plan_duty, case, date(2026, 8, 24)).state is PlanState.ANSWERED
    key(Qt.Key.Key_Z, CTRL)
    assert store.read(sick_leave.plan_duty, case, date(2026, 8, 24)).state is PlanState.WAITING
    key(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert store.read(sick_leave.plan_duty, case, date(2026, 8, 24)).state is PlanState.ANSWERED


def lower_the_degree(window, store: Store, case: int, clock) -> None:
    """A period over another is refused in a sentence; with its end written the next one goes in, seven weeks later."""
    clock.set(datetime(2026, 10, 5, 9, 0))
    fill("Första dagen, ny period", "1/10\n")
    face = window.findChild(ChainFace)
    assert face.periods.new_row.problem.text() == "Perioden som började 2026-08-03 har inget slut. Skriv dess sista dag först."
    fill("Sista dagen, period från 2026-08-03", "30/9\n")
    choose("Omfattning, ny period", "50\N{NO-BREAK SPACE}%")
    push("Lägg till en period")
    rows = [(row.start, row.end, row.degree) for row in store.read(queries.periods, case)]
    assert rows == [(date(2026, 8, 3), date(2026, 9, 30), 100), (date(2026, 10, 1), None, 50)]


def make_the_plan(window, store: Store, case: int, clock) -> None:
    """Past sixty days the standpoint holds no longer: Idag says so at once, and a plan ends it."""
    duty = store.read(sick_leave.plan_duty, case, date(2026, 10, 5))
    assert (duty.state, duty.why_reopened, duty.due_on) == (PlanState.REOPENED, WhyReopened.ABSENCE_GREW, date(2026, 10, 2))
    key(Qt.Key.Key_1, CTRL)
    look_at_the_date(window.page)
    go_to("Öppna: RF-2026-001: en plan behövs på nytt.")
    key(Qt.Key.Key_Return)
    push("Plan för återgång")
    key(Qt.Key.Key_Return)
    assert store.read(sick_leave.plan_duty, case, date(2026, 10, 5)).state is PlanState.ANSWERED
    key(Qt.Key.Key_1, CTRL)
    look_at_the_date(window.page)
    assert window.page.plans.isHidden()
