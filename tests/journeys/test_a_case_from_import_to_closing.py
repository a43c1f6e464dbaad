"""The whole of a case, by keyboard alone: out of an old list, through consent, chain, plan and a meeting, to its end half a year after.

What each reader's paper holds, and does not hold, is read off the papers themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rehabdesk.domain.cases import ClosingReason, FollowUpOutcome, GoalsOutcome
from rehabdesk.domain.consent import FormState, InformationKind
from rehabdesk.domain.forum import SessionState
from rehabdesk.domain.hand_outs import HandOutState, ReaderKind, VoidReason
from rehabdesk.domain.papers import PaperKind
from rehabdesk.domain.plans import GoalResult
from rehabdesk.services import cases, consent, paper_files, papers
from rehabdesk.services.forum import sessions
from rehabdesk.services.forum.sessions import SessionPlan
from rehabdesk.store.queries import cases as case_queries
from rehabdesk.store.queries import consent as consent_queries
from rehabdesk.store.queries import follow_ups, plans, sick_leave
from rehabdesk.store.queries import hand_outs as hand_out_queries
from rehabdesk.store.queries.forum import agenda as agenda_queries
from rehabdesk.store.queries.forum import sessions as session_queries
from rehabdesk.store.queries.hand_outs import HandOutRow
from rehabdesk.store.store import Store
from rehabdesk.ui.cases.chain_face import ChainFace
from rehabdesk.ui.cases.plan_face import PlanFace
from rehabdesk.ui.forum.meeting.page import MeetingPage
from rehabdesk.ui.shell.main_window import MainWindow
from tests.documents.reading import squeezed, text
from tests.helpers import import_files
from tests.helpers.clock import FakeClock
from tests.helpers.forum import Forum, small_forum
from tests.helpers.hands import choose, fill, go_to, key, look_at_the_date, push, unlock, wait_for
from tests.helpers.keys import ALT, CTRL, SHIFT, type_text
from tests.helpers.printing import RecordingPrinter
from tests.helpers.vaults import new_store

pytestmark = pytest.mark.slow
KEY = Qt.Key

HEADINGS = ("Förnamn", "Efternamn", "Personnummer", "Fråga", "Varför nu")
NUMBER, WHY_NOW = "900602-2397", "Sjuk sedan augusti"
QUESTION = "Vad behövs för att komma åter i arbete?"
OWN_GOAL, CAN, CANNOT = "Jag vill orka natta barnen.", "Sitta och stå en timme i taget.", "Lyfta matlådor."
GOAL = "Två halvdagar i veckan i köket"
SAID, AGREED, TO_HER = "Sömnen är sämre än i våras.", "Arbetsprövning två halvdagar i veckan.", "Du prövar två halvdagar i veckan."
FK, HR, VC = "Försäkringskassan", "Vara kommun, HR", "Västra Götalandsregionen, Vårdcentralen Vara"
#: What is ticked on the form that comes back. Arbetsförmedlingen gets nothing.
TICKED = {
    FK: ("sjukskrivning", "arbetsförmåga", "planerade åtgärder"), HR: ("planerade åtgärder",), VC: ("planerade åtgärder",),
}


@dataclass(slots=True)
class Room:
    """The coordinator's room on this day: the window, what lies in the vault, the printer, the clock."""

    window: MainWindow
    forum: Forum
    printer: RecordingPrinter
    clock: FakeClock
    case: int = 0

    @property
    def store(self) -> Store:
        """The vault that the window has open."""
        return self.window.context.store

    def on(self, day: date) -> None:
        """Another morning."""
        self.clock.set(datetime(day.year, day.month, day.day, 9, 0))

    def face(self, number: Qt.Key) -> None:
        """The case's page, reached from the list of cases, at one of its faces."""
        key(KEY.Key_3, CTRL)
        key(KEY.Key_F, CTRL)
        key(KEY.Key_A, CTRL)
        type_text(None, "Kołodziej")
        key(KEY.Key_Return)
        key(KEY.Key_Return)
        wait_for(lambda: "Wioletta" in self.window.page.header.title, "the case's page")
        key(number, ALT)

    def printed(self) -> None:
        """Until the printer has nothing more to do."""
        wait_for(lambda: self.window.context.queue.job is None and not self.store.read(hand_out_queries.to_print), "the printer to be done")

    def copies(self, paper: PaperKind, party: str = "") -> list[HandOutRow]:
        """The case's copies of one paper, all of them or one party's."""
        rows = [row for row in self.store.read(hand_out_queries.of_case, self.case) if row.paper is paper]
        return [row for row in rows if not party or row.party_id == self.forum.party_ids[party]]

    def words(self, copy: HandOutRow) -> str:
        """What stands on the paper of one copy, without the white space."""
        document = self.store.read(papers.compose, copy.id, self.clock.now())
        return squeezed(text(paper_files.as_pdf(document, copy.language)))


@pytest.fixture
def made(vault_dir: Path, clock) -> tuple[Path, Forum]:
    """A forum that meets in three weeks; Maria Strömbäck's case is there already."""
    clock.set(datetime(2026, 11, 2, 9, 0))
    today = clock.today()
    with new_store(vault_dir, clock) as store:
        forum = small_forum(store, cases_count=0)
        sessions.change_session(store, forum.session_id, SessionPlan(today + timedelta(days=22), "13:00", "15:30", "Stora Lundsal, Vara"))
        maria = cases.open_case(store, forum.series_id, "Maria", "Strömbäck")
        consent.give(store, maria, [forum.party_ids["FK"]], today, today + timedelta(days=200))
    return vault_dir, forum


def test_a_case_from_an_old_list_to_half_a_year_after(begin, made, printer, clock, tmp_path) -> None:
    folder, forum = made
    room = Room(unlock(begin(folder)), forum, printer, clock)
    import_the_case(room, tmp_path / "Rehabforum 2026.xlsx")
    send_the_form(room)
    room.on(date(2026, 11, 9))
    register_what_came_back(room)
    write_the_sick_leave_down(room)
    make_the_plan(room)
    print_the_plan_for(room, "FK", "HR")
    take_the_proposal(room)
    room.on(date(2026, 11, 24))
    hold_the_meeting(room)
    read_what_everybody_was_given(room)
    room.on(date(2026, 12, 1))
    ask_for_one_more_while_the_printer_is_off(room)
    withdraw_for_the_agency(room)
    room.on(date(2027, 2, 1))
    close(room)
    room.on(date(2027, 8, 2))
    answer_how_it_went(room)


# Before the meeting


def import_the_case(room: Room, file: Path) -> None:
    """Maria is there already, so her row is told of; the other one is taken."""
    rows = [("Wioletta", "Kołodziej", NUMBER, QUESTION, WHY_NOW), ("Maria", "Strömbäck", "", "", "")]
    file.write_bytes(import_files.workbook(HEADINGS, rows))
    key(KEY.Key_3, CTRL)
    key(KEY.Key_I, CTRL)
    view = room.window.page._importing  # noqa: SLF001
    # The system's own dialog for files is not ours to press keys in.
    view.ask_for_file = lambda *_asked: file
    push("Välj en fil …")
    wait_for(lambda: view.checked is not None, "the dry run")
    assert (len(view.checked.good), len(room.store.read(case_queries.cases, room.clock.today()))) == (1, 1)
    key(KEY.Key_Return, CTRL)
    wait_for(lambda: room.window.page.header.title == "Ärenden", "the list of cases")
    row = next(row for row in room.store.read(case_queries.cases, room.clock.today()) if row.full_name == "Wioletta Kołodziej")
    room.case = row.id
    kept = room.store.read(case_queries.background, row.id)
    assert (row.number, kept.question, kept.why_now) == ("RF-2026-002", QUESTION, WHY_NOW)


def send_the_form(room: Room) -> None:
    room.face(KEY.Key_2)
    push("Skicka en blankett")
    fill("Till vem", "Wioletta, i handen")
    key(KEY.Key_Return)
    wait_for(lambda: len(room.printer.jobs) == 1, "the form to be printed")
    room.printed()
    (form,) = room.copies(PaperKind.CONSENT)
    words = room.words(form)
    assert squeezed("Wioletta Kołodziej") in words and squeezed(FK) in words
    assert "Strömbäck" not in words and WHY_NOW not in words


def register_what_came_back(room: Room) -> None:
    room.face(KEY.Key_2)
    push("Den är tillbaka: Wioletta, i handen")
    for party, kinds in TICKED.items():
        for kind in kinds:
            push(f"{party}: {kind}")
    key(KEY.Key_Return, CTRL)
    kinds = {row.party: row.kinds for row in room.store.read(consent_queries.consents, (room.case,))}
    planned = frozenset({InformationKind.PLANNED_MEASURES})
    assert kinds == {FK: planned | {InformationKind.SICK_LEAVE, InformationKind.WORK_ABILITY}, HR: planned, VC: planned}
    assert room.store.read(consent_queries.forms, room.case)[0].state is FormState.BACK


def write_the_sick_leave_down(room: Room) -> None:
    """Whole-time from August, half-time since October: one unbroken run."""
    room.face(KEY.Key_3)
    type_text(None, "3/8\n")
    face = room.window.findChild(ChainFace)
    wait_for(lambda: face.standing.head.text() == "dag 99 i dag · prognos, Försäkringskassan avgör", "the day of the chain")
    fill("Sista dagen, period från 2026-08-03", "30/9\n")
    fill("Första dagen, ny period", "1/10")
    choose("Omfattning, ny period", "50\N{NO-BREAK SPACE}%")
    push("Lägg till en period")
    rows = [(row.start, row.end, row.degree) for row in room.store.read(sick_leave.periods, room.case)]
    assert rows == [(date(2026, 8, 3), date(2026, 9, 30), 100), (date(2026, 10, 1), None, 50)]


def make_the_plan(room: Room) -> None:
    room.face(KEY.Key_4)
    fill("Mål, med egna ord", OWN_GOAL)
    fill("Mål 1", GOAL)
    fill("Nytt steg", "FK boka avstämningsmöte 15/12\n")
    fill("Det här går", CAN)
    fill("Det här går inte nu", CANNOT)
    choose("Deltagaren var med", "ja")
    fill("Utvärderas", "2027-01-29\t")
    wait_for(room.window.findChild(PlanFace).versions.agree.isEnabled, "the plan to be read again")
    push("Alla är överens")
    plan = room.store.read(plans.current, room.case)
    assert (plan.own_goal, plan.can_do, plan.cannot_do, plan.goal_for_table) == (OWN_GOAL, CAN, CANNOT, False)
    assert [(step.what, step.party_id) for step in plan.steps] == [("Boka avstämningsmöte", room.forum.party_ids["FK"])]


def print_the_plan_for(room: Room, *parties: str) -> None:
    """Each of them has another kind of consent, and so another plan; her own goal is on neither."""
    push("Skriv ut och spara")
    for party in parties:
        choose_paper(PaperKind.PLAN, room.forum.party_ids[party])
        key(KEY.Key_Return, CTRL)
        room.printed()
    agency, employer = (room.words(room.copies(PaperKind.PLAN, party)[0]) for party in parties)
    for words in (agency, employer):
        assert squeezed(GOAL) in words
        assert squeezed(OWN_GOAL) not in words and NUMBER not in words and "Strömbäck" not in words
    assert squeezed(CAN) in agency and squeezed(CANNOT) in agency and squeezed("Boka avstämningsmöte") in agency
    assert squeezed(CAN) not in employer and squeezed(CANNOT) not in employer and squeezed("Boka avstämningsmöte") not in employer


def choose_paper(paper: PaperKind, party_id: int | None) -> None:
    """Down the list of papers to this one."""
    table = go_to("Papper om ärendet")
    key(KEY.Key_Home, CTRL)
    for _ in range(table.model().rowCount()):
        if (table.current_row.paper, table.current_row.reader.party_id) == (paper, party_id):
            return
        key(KEY.Key_Down)
    raise AssertionError(f"no {paper} is offered")


def take_the_proposal(room: Room) -> None:
    key(KEY.Key_2, CTRL)
    go_to("Forummöten")
    key(KEY.Key_Return)
    key(KEY.Key_1, ALT)
    key(KEY.Key_F7)
    go_to("Förslag till dagordning")
    key(KEY.Key_Return, CTRL)
    items = room.store.read(agenda_queries.agenda, room.forum.session_id, room.clock.today())
    assert room.case in {item.case_id for item in items}


# The meeting


def hold_the_meeting(room: Room) -> None:
    """Everything is written in the item, and Punkten klar prints the copies of those who are here."""
    key(KEY.Key_2, CTRL)
    go_to("Forummöten")
    key(KEY.Key_Return)
    key(KEY.Key_3, ALT)
    key(KEY.Key_Return, CTRL)
    push("Ingen projektor visar den")
    page = room.window.findChild(MeetingPage)
    key(KEY.Key_Return, CTRL)
    key(KEY.Key_Return, CTRL)
    wait_for(lambda: "Wioletta" in page.item.head.headline.text(), "her item")
    go_to(", väntas", part=True)
    key(KEY.Key_Home)
    for _ in range(len(room.forum.party_ids) + 1):
        type_text(None, "h")
        key(KEY.Key_Down)
    fill("Diskussion", SAID)
    fill("Överenskommelse 1", AGREED)
    fill("Överenskommelse 1, till deltagaren", TO_HER)
    fill("Ny åtgärd", "HR ordna provplats 4/12\n")
    for _ in ("her item", "Maria's, about whom nothing is written today"):
        key(KEY.Key_Return, CTRL)
        push("Ja, så är det")
        key(KEY.Key_Return, CTRL)
    room.printed()
    key(KEY.Key_Return, CTRL)
    held = room.store.read(session_queries.session, room.forum.session_id)
    assert held.state is SessionState.HELD


def read_what_everybody_was_given(room: Room) -> None:
    """Hers says what she is to do; each party's has its own actions; nobody's has what was only said, and one without consent has none."""
    extracts = {row.party_id: row for row in room.copies(PaperKind.EXTRACT)}
    assert set(extracts) == {room.forum.party_ids[party] for party in ("FK", "HR", "VC")}
    (summary,) = room.copies(PaperKind.SUMMARY)
    assert summary.reader is ReaderKind.PARTICIPANT
    assert {row.state for row in (summary, *extracts.values())} == {HandOutState.SENT}
    hers = room.words(summary)
    assert squeezed(TO_HER) in hers and squeezed(AGREED) not in hers
    agency, employer, clinic = (room.words(extracts[room.forum.party_ids[party]]) for party in ("FK", "HR", "VC"))
    for words in (agency, employer, clinic):
        assert squeezed(QUESTION) in words and squeezed(AGREED) in words and squeezed(TO_HER) not in words
    for words in (hers, agency, employer, clinic):
        assert all(squeezed(hidden) not in words for hidden in (SAID, WHY_NOW, OWN_GOAL, CANNOT, NUMBER, "Strömbäck"))
    assert [squeezed("rdna provplats") in words for words in (agency, employer, clinic)] == [False, True, False]


# After the meeting


def ask_for_one_more_while_the_printer_is_off(room: Room) -> None:
    """The agency has lost its plan; the new copy waits."""
    room.printer.gone = True
    room.face(KEY.Key_6)
    choose_paper(PaperKind.PLAN, room.forum.party_ids["FK"])
    key(KEY.Key_Return, CTRL)
    wait_for(lambda: room.window.context.queue.job is None, "the printer not to be reached")
    assert [row.state for row in room.copies(PaperKind.PLAN, "FK")] == [HandOutState.SENT, HandOutState.WAITING]


def withdraw_for_the_agency(room: Room) -> None:
    """What waits for it is voided, it is told what it has, and the participant gets the list; the others keep theirs."""
    room.face(KEY.Key_2)
    push(f"Återkalla: {FK}")
    key(KEY.Key_Tab, SHIFT)
    push("Återkalla nu")
    live = {row.party for row in room.store.read(consent_queries.consents, (room.case,)) if row.withdrawn_on is None}
    assert live == {HR, VC}
    sent, waiting = room.copies(PaperKind.PLAN, "FK")
    assert (sent.state, waiting.state, waiting.void_reason) == (HandOutState.SENT, HandOutState.VOIDED, VoidReason.CONSENT_WITHDRAWN)
    (notice,) = room.copies(PaperKind.WITHDRAWAL_NOTICE)
    assert (notice.party_id, notice.state) == (room.forum.party_ids["FK"], HandOutState.WAITING)
    words = room.words(notice)
    assert "RF-2026-002" in words and "Kołodziej" not in words and squeezed("Handlingsplan") in words and "Utdrag" in words
    room.printer.gone = False
    push("Skriv ut listan till deltagaren")
    room.printed()
    (listed,) = room.copies(PaperKind.HAND_OUTS)
    words = room.words(listed)
    assert listed.state is HandOutState.SENT and squeezed("Handlingsplan") in words and words.count(squeezed(FK)) > 1
    assert [row.state for row in room.copies(PaperKind.WITHDRAWAL_NOTICE)] == [HandOutState.SENT]


def close(room: Room) -> None:
    """The goal is judged in the plan, and the closing proposes the same of the case."""
    room.face(KEY.Key_4)
    choose("Hur det gick med mål 1", "nått")
    push("Avsluta planen")
    assert room.store.read(plans.current, room.case).goals[0].result is GoalResult.MET
    key(KEY.Key_7, ALT)
    push("Avsluta ärendet")
    choose("Orsak", "åter i arbete")
    push("Avsluta ärendet nu")
    row = room.store.read(case_queries.case, room.case, room.clock.today())
    kept = room.store.read(case_queries.background, room.case)
    assert (row.closed_on, row.closing_reason, kept.goals_outcome) == (date(2027, 2, 1), ClosingReason.BACK_AT_WORK, GoalsOutcome.MET)
    due = [follow_up.due_on for follow_up in room.store.read(follow_ups.of_case, room.case)]
    assert due == [date(2027, 8, 1), date(2028, 2, 1)]


def answer_how_it_went(room: Room) -> None:
    key(KEY.Key_1, CTRL)
    look_at_the_date(room.window.page)
    push("Svara: RF-2026-002, 6 månader efter avslutet")
    choose("Hur det gick", "i arbete")
    key(KEY.Key_Return, CTRL)
    assert room.store.read(follow_ups.of_case, room.case)[0].outcome is FollowUpOutcome.IN_WORK
