"""A new coordinator's first weeks: from the first-run wizard to the printed summaries of a session with six cases, by keyboard alone."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.hand_outs import HandOutState, ReaderKind
from rehabdesk.domain.papers import PaperKind
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.ui.forum.meeting.page import MeetingPage
from rehabdesk.ui.shell.desk import Desk
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.hands import choose, fill, go_to, key, push, wait_for, window_of
from tests.helpers.keys import CTRL, SHIFT, type_text

pytestmark = pytest.mark.slow

ALT = Qt.KeyboardModifier.AltModifier
STRONG = "fyra granar sjunger om metall"
PARTIES = (
    ("Försäkringskassan", "", "socialförsäkring", "FK", ("Eva", "Holm")),
    ("Västra Götalandsregionen", "Vårdcentralen Vara", "hälso- och sjukvård", "VC", ("Per", "Ahl")),
    ("Vara kommun", "HR", "arbetsgivare", "HR", ("Lena", "Borg")),
)
PEOPLE = (
    ("Maria", "Strömbäck"), ("Johan", "Ekegren"), ("Wioletta", "Kołodziej"), ("Peter", "Nyqvist"), ("Zeynep", "Yıldırımoğlu"),
    ("Женя", "Жукова"),
)


def test_from_nothing_to_six_printed_summaries(begin, printer, clock) -> None:
    desk = begin()
    window = first_run(desk)
    for party in PARTIES:
        add_party(*party)
    plan_session(window)
    for given_name, surname in PEOPLE:
        open_case(window, given_name, surname)
    clock.set(datetime(2026, 11, 24, 12, 58))
    start_meeting(window)
    for given_name, _ in PEOPLE:
        run_item(window, given_name)
    store = window.context.store
    wait_for(lambda: window.context.queue.job is None and not store.read(hand_out_queries.to_print), "the printer to be done")
    rows = store.read(hand_out_queries.of_session, session_id(window))
    summaries = [row for row in rows if row.paper is PaperKind.SUMMARY]
    assert len(summaries) == len(PEOPLE)
    assert all(row.reader is ReaderKind.PARTICIPANT and row.state is HandOutState.SENT for row in summaries)
    assert {row.case_number for row in summaries} <= {job.name for job in printer.jobs}
    assert len(printer.jobs) == len([row for row in rows if row.state is HandOutState.SENT])
    assert all(job.page_count for job in printer.jobs)


# The first run


def first_run(desk: Desk) -> MainWindow:
    wizard = desk.front
    next_page(wizard)
    type_text(None, "Rehabforum Vara")
    next_page(wizard)
    type_text(None, f"{STRONG}\t{STRONG}")
    next_page(wizard)
    type_text(None, wizard.draft.recovery_key.replace("-", " ").lower())
    next_page(wizard)
    type_text(None, "\tKarin Lindgren\t0512-310 00\tvardagar kl. 9–15")
    next_page(wizard)
    fill("Personuppgiftsansvarig", "Vara kommun")
    key(Qt.Key.Key_Return)
    return window_of(desk)


def next_page(wizard) -> None:
    page = wizard.page
    key(Qt.Key.Key_Return)
    wait_for(lambda: wizard.page is not page, "the next page of the first run")


# Contacts


def add_party(organisation: str, unit: str, kind: str, short: str, person: tuple[str, str]) -> None:
    key(Qt.Key.Key_6, CTRL)
    key(Qt.Key.Key_N, CTRL | SHIFT)
    fill("Organisation", organisation)
    fill("Enhet", unit)
    choose("Slag", kind)
    fill("Kortformer", short)
    key(Qt.Key.Key_Return, CTRL)
    key(Qt.Key.Key_N, CTRL)
    choose("Part", f"{organisation}, {unit}" if unit else organisation)
    fill("Förnamn", person[0])
    fill("Efternamn", person[1])
    fill("Funktion", "handläggare")
    push("Rehabforum")
    key(Qt.Key.Key_Return, CTRL)


# Before the meeting


def plan_session(window: MainWindow) -> None:
    key(Qt.Key.Key_2, CTRL)
    key(Qt.Key.Key_N, CTRL)
    go_to("Dag")
    key(Qt.Key.Key_A, CTRL)
    type_text(None, "2026-11-24\t")
    key(Qt.Key.Key_Return, CTRL)
    assert window.context.store.read(session_queries.sessions)


def open_case(window: MainWindow, given_name: str, surname: str) -> None:
    key(Qt.Key.Key_3, CTRL)
    key(Qt.Key.Key_N, CTRL)
    fill("Förnamn", given_name)
    fill("Efternamn", surname)
    key(Qt.Key.Key_Return, CTRL)
    key(Qt.Key.Key_2, ALT)
    push("Nytt samtycke")
    for party in ("Försäkringskassan", "Vara kommun, HR", "Västra Götalandsregionen, Vårdcentralen Vara"):
        push(f"{party}: planerade åtgärder")
    push("Registrera samtycket")
    key(Qt.Key.Key_D, CTRL)


# The meeting


def start_meeting(window: MainWindow) -> None:
    key(Qt.Key.Key_2, CTRL)
    go_to("Forummöten")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_5, ALT)
    push("Välj skrivare")
    key(Qt.Key.Key_3, ALT)
    key(Qt.Key.Key_Return, CTRL)
    push("Ingen projektor visar den")


def run_item(window: MainWindow, given_name: str) -> None:
    """Mark who is here, write what is said and agreed, and finish the item; the next one opens by itself."""
    assert given_name in page(window).item.head.headline.text()
    # The list is one stop for Tab: whoever was pointed at last.
    go_to(", väntas" if given_name == PEOPLE[0][0] else ", här", part=True)
    key(Qt.Key.Key_Home)
    for _ in range(len(PARTIES) + 1):
        type_text(None, "h")
        key(Qt.Key.Key_Down)
    fill("Diskussion", f"{given_name} vill pröva halvdagar i köket. Chefen kan ordna det från vecka 49.")
    fill("Överenskommelse 1", "Deltagaren prövar två halvdagar i veckan.")
    fill("Överenskommelse 1, till deltagaren", "Du prövar två halvdagar i veckan.")
    fill("Ny åtgärd", "FK boka avstämningsmöte 15/12")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return, CTRL)
    push("Ja, så är det")
    key(Qt.Key.Key_Return, CTRL)


def page(window: MainWindow) -> MeetingPage:
    return window.findChild(MeetingPage)


def session_id(window: MainWindow) -> int:
    return window.context.store.read(session_queries.sessions)[0].id
