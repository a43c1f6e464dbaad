"""A coordinator's day in a process of its own, every field filled with a marker: what the privacy tests search after.

    python tests/privacy/whole_day.py FOLDER     prints, as JSON, the sockets asked for and the files written outside FOLDER

Everything the process may write to lies in FOLDER: home, settings, log, temporary files, vault. It counts what it did in
the vault by reading the markers back, so that an empty search afterwards means something.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from pathlib import Path

MARK = "Xantippaq"
NUMBER = "199001012385"


class Watch:
    """Listens to what Python itself is asked to open."""

    def __init__(self, allowed: Path) -> None:
        self.sockets: list[str] = []
        self.outside: list[str] = []
        self._allowed = str(allowed)

    def hear(self, event: str, args: tuple) -> None:
        """The audit hook."""
        if event.startswith("socket."):
            self.sockets.append(event)
        elif event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            path = os.path.abspath(args[0])
            if not path.startswith((self._allowed, "/dev/")) and "__pycache__" not in path:
                self.outside.append(path)


def main(folder: Path) -> dict[str, object]:
    """Live the day."""
    watch = Watch(folder)
    sys.addaudithook(watch.hear)
    titles = live(folder)
    return {"sockets": watch.sockets, "outside": watch.outside, **titles}


def live(folder: Path) -> dict[str, object]:
    """Make a vault, prepare, hold and lock a meeting in the real window, and lock the vault."""
    from PySide6.QtWidgets import QApplication

    from rehabdesk import app
    from rehabdesk.paths import settings_file
    from rehabdesk.settings import Settings
    from rehabdesk.store import vault
    from rehabdesk.ui.parts.theme import Theme
    from rehabdesk.ui.parts.tokens import Mode
    from rehabdesk.ui.shell.desk import Beginning, Desk, World
    from tests.helpers.vaults import CHEAP, PASSPHRASE

    place = folder / "Forum.rehabdesk"
    made, _ = vault.create(place, PASSPHRASE, holder_name="Samordnare", kdf=CHEAP)
    made.close()
    qt = QApplication([])
    started: list[list[str]] = []
    world = World(app.system_clock(), Settings(settings_file()), app.open_store, qt.exit, starter=lambda given: (started.append(list(given)), Painted())[1])
    desk = Desk(world, Theme(qt, Mode.LIGHT), "sv", Beginning(place, PASSPHRASE))
    # The program's own hooks and log, as when it is started.
    desk.painted.connect(lambda: app._after_first_paint(desk))
    told: dict[str, object] = {}

    def day() -> None:
        told.update(work(desk))
        desk.lock()

    desk.ready.connect(day)
    desk.begin()
    qt.exec()
    return {**told, "started": started}


class Painted:
    """A fresh process that paints at once."""

    def wait_until_painted(self) -> None:
        """It has."""


def work(desk) -> dict[str, object]:
    """Everything between unlocking and locking; what is left in the vault, counted, and the window titles seen."""
    from PySide6.QtWidgets import QApplication

    opened = desk.open_vault
    ids = prepare(opened.store)
    hold(opened.store, ids)
    titles = visit(opened.window, ids)
    fail(opened.window)
    count = opened.store.read(markers)
    QApplication.clipboard().clear()
    return {"markers": count, "titles": sorted(titles)}


def words(field: str) -> str:
    """A marker that tells its field."""
    return f"{MARK}{field} {MARK}"


def prepare(store) -> dict[str, int]:
    """Contacts, series, cases, a planned session: every field is filled."""
    from datetime import timedelta

    from rehabdesk.domain.cases import CaseText
    from rehabdesk.domain.forum import SeriesKind
    from rehabdesk.domain.parties import OrganisationKind, PartyKind
    from rehabdesk.domain.series import SeriesDetails
    from rehabdesk.services import cases, consent, parties, settings
    from rehabdesk.services.forum import agenda, presence, series, sessions
    from rehabdesk.services.forum.sessions import SessionPlan

    today = store.clock.today()
    settings.set_coordinator(store, title=words("title"), name=words("coordinator"), phone=words("phone"), hours=words("hours"))
    owner = parties.add_organisation(store, words("organisation"), OrganisationKind.MUNICIPALITY)
    party = parties.add_party(store, owner, words("unit"), PartyKind.EMPLOYER, aliases=words("alias"))
    contact = parties.add_contact(
        store, party, given_name=words("given"), surname=words("surname"), function=words("function"), phone=words("number"),
        email=f"{MARK}@{MARK}.se",
    )
    details = SeriesDetails(
        words("series"), SeriesKind.REHAB_FORUM, owner, words("board"), "RF", weekday=0, start="08:00", end="10:00", place=words("place")
    )
    forum = series.create_series(store, details, member_ids=[contact])
    series.add_standing_item(store, forum, title=words("standing"), minutes=5, presenter=words("presenter"))
    case = cases.open_case(store, forum, words("participant"), words("name"), NUMBER, contact)
    cases.change_text(store, case, CaseText.REGISTRATION_NUMBER, words("dnr"))
    cases.change_text(store, case, CaseText.KEPT_WHERE, words("kept"))
    consent.give(store, case, [party], today, today + timedelta(days=90))
    session = sessions.plan_session(store, forum, SessionPlan(today, "08:00", "10:00", words("room")))
    sessions.set_chair(store, session, chair=words("chair"), secretary=words("secretary"))
    item = agenda.add_case_item(store, session, case, [party])
    agenda.change_item(store, item, question=words("question"), presenter=words("presents"))
    agenda.add_consultation(store, session, words("consultation"))
    agenda.park_topic(store, forum, words("parked"))
    presence.add_guest(store, session, words("guest"), words("guestname"))
    know_her(store, case, party)
    round_ = let_her_wait(store, case, party, owner)
    return {"session": session, "item": item, "case": case, "party": party, "contact": contact, "round": round_}


def know_her(store, case: int, party: int) -> None:
    """What is known of a case between meetings: plan, notes, what to think of, forms, drafts, and papers of all of it."""
    from rehabdesk.domain.cases import CaseText, RepresentativeKind
    from rehabdesk.domain.hand_outs import Reader, ReaderKind, Wanted
    from rehabdesk.domain.papers import PaperKind
    from rehabdesk.domain.plans import PlanText
    from rehabdesk.services import cases, circumstances, consent, drafts, hand_outs, notes, plans, sick_leave
    from rehabdesk.services.forum.actions import NewAction
    from rehabdesk.services.notes import Draft, NewNote

    today = store.clock.today()
    for text in PlanText:
        plans.change_text(store, case, text, words(text.value))
    plans.change_comment(store, plans.add_goal(store, case, words("goal")), words("comment"))
    plans.add_step(store, case, NewAction(words("step"), party_id=party))
    notes.write_note(store, case, NewNote(words("note"), today, with_whom=words("whom")))
    notes.keep_draft(store, case, Draft(with_whom=words("draftwhom"), text=words("draft")))
    drafts.keep_draft(store, "case", {"given_name": words("halfwritten")})
    for text in (CaseText.INTERPRETER_LANGUAGE, CaseText.ACCESSIBILITY_NEEDS, CaseText.SAFE_CONTACT):
        cases.change_text(store, case, text, words(text.value))
    circumstances.add_representative(store, case, next(iter(RepresentativeKind)), words("helper"), words("helperphone"))
    consent.send_form(store, case, words("sentto"), "sv", "2026-1")
    sick_leave.add_period(store, case, today)
    reader = Reader(ReaderKind.PARTICIPANT, case_id=case)
    for paper in (PaperKind.PLAN, PaperKind.PLAN_PLAIN, PaperKind.CONSENT, PaperKind.HAND_OUTS):
        hand_outs.send(store, hand_outs.queue_paper(store, Wanted(paper, reader)))


def let_her_wait(store, case: int, party: int, controller: int) -> int:
    """A programme with a round; she is passed over, offered a place, and what is half written of all that. The round's id."""
    from datetime import timedelta

    from rehabdesk.domain.prerehab import PassOverReason
    from rehabdesk.domain.rounds import ProgrammeDetails, RoundDetails
    from rehabdesk.services import cases, drafts
    from rehabdesk.services.prerehab import offers, programmes, rounds, waiting_list
    from rehabdesk.services.prerehab.offers import Passed
    from rehabdesk.services.prerehab.waiting_list import Registration
    from rehabdesk.store.queries import cases as case_queries

    starts_on = store.clock.today() + timedelta(days=28)
    details = ProgrammeDetails(words("programme"), controller, words("board"), party, words("where"), words("forwhom"))
    programme = programmes.add_programme(store, details)
    plan = RoundDetails(programme, words("round"), starts_on, 4, (starts_on.weekday(),), "09:00", "12:00", words("farm"), 1, 4)
    round_ = rounds.plan_round(store, plan)
    claim = waiting_list.register(store, programme, case, Registration(None, party, words("referrer"), words("need")))
    series = store.read(case_queries.case, case, store.clock.today()).series_id
    other = waiting_list.register(store, programme, cases.open_case(store, series, words("other")))
    offers.offer(store, other, round_, passed={claim: Passed(PassOverReason.OTHER, words("passed"))})
    offers.decline(store, other, words("no"))
    offers.offer(store, claim, round_)
    offers.take_back(store, claim, words("takenback"))
    drafts.keep_draft(store, f"waiting:{programme}", {"need": words("halfneed")})
    return round_


def hold(store, ids: dict[str, int]) -> None:
    """The meeting, its papers, its minutes, and a correction."""
    from datetime import timedelta

    from rehabdesk.domain.forum import Outcome, Presence
    from rehabdesk.services import consent, hand_outs, paper_files, papers
    from rehabdesk.services.forum import actions, meeting, minutes, presence, sheets
    from rehabdesk.services.forum.actions import NewAction
    from rehabdesk.services.forum.meeting import ItemText
    from rehabdesk.services.forum.sheets import Ending
    from rehabdesk.store.queries.forum import presence as presence_queries
    from rehabdesk.ui.parts.pdf_pages import PdfPages

    session, item = ids["session"], ids["item"]
    meeting.start_session(store, session)
    for row in store.read(presence_queries.attendees, session):
        presence.mark(store, row.id, Presence.HERE)
    meeting.open_item(store, item)
    for field in ItemText:
        meeting.save_text(store, item, field, words(field.value))
        meeting.save_text(store, item, field, words(field.value) + " till")
    store.undo()
    store.redo()
    agreement = meeting.add_agreement(store, item, words("agreement"))
    meeting.save_participant_line(store, agreement, words("line"))
    action = actions.add_action(store, item, NewAction(words("action"), ids["party"], due_on=store.clock.today() + timedelta(days=5)))
    actions.move_action(store, action, store.clock.today() + timedelta(days=9), words("moved"), item)
    meeting.keep_unfinished_line(store, item, words("unfinished"))
    frozen = sheets.freeze(store, item, Ending(Outcome.AGREED))
    sheets.correct(store, frozen.sheet_id, None, words("correction"))
    hand_outs.queue_for_those_here(store, session)
    for row, reader in store.read(papers.readers_of_session, session, store.clock.today()):
        paper = "summary" if reader.party_id is None else "extract"
        from rehabdesk.domain.hand_outs import Wanted
        from rehabdesk.domain.papers import PaperKind

        document = store.read(papers.paper, Wanted(PaperKind(paper), reader, session, row.item_id), store.clock.now())
        with PdfPages(paper_files.as_pdf(document, "sv")) as pages:
            pages.image(0, 1.0)
    consent.withdraw(store, ids["case"])
    meeting.end_session(store, session)
    minutes.lock(store, session, told_twice=True)


def visit(window, ids: dict[str, int]) -> set[str]:
    """Every room and face, and the search; the titles of all windows on the way."""
    from PySide6.QtWidgets import QApplication

    from rehabdesk.ui.shell.context import Target

    titles: set[str] = set()
    places = [Target(room) for room in ("today", "forum", "cases", "actions", "prerehab", "contacts", "settings")]
    places += [Target("cases", "case", ids["case"], face) for face in ("details", "consent", "chain", "plan", "places", "papers")]
    places += [Target("forum", "session", ids["session"], face) for face in ("agenda", "presence", "minutes", "")]
    places += [Target("prerehab", "", None, face) for face in ("rounds", "waiting", "figures", "programmes")]
    places += [Target("prerehab", "round", ids["round"], face) for face in ("places", "occasions", "attendance", "measures", "papers")]
    places += [Target("cases", "case", ids["case"]), Target("contacts", "party", ids["party"]), Target("contacts", "contact", ids["contact"])]
    for place in places:
        window.navigate(place)
        window.grab()
        titles |= {one.windowTitle() for one in QApplication.topLevelWidgets()}
    window.open_search()
    window._search.line.setText(MARK)
    window._search._on_typed(MARK)
    return titles


def fail(window) -> None:
    """Errors of ours and of libraries that carry what somebody typed."""
    try:
        raise ValueError(words("error"))
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
        logging.getLogger("rehabdesk.test").exception("something failed")
        logging.getLogger("library").error("it was %s", words("library"))
    window.context.messages.error(words("message"))


def markers(connection) -> int:
    """How many fields of the vault hold a marker: proof that the search has something to miss."""
    found = 0
    tables = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
    for table in tables:
        columns = [row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
        for column in columns:
            query = f'SELECT count(*) FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE ?'
            found += connection.exec_driver_sql(query, (f"%{MARK}%",)).scalar() > 0
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
    sys.stdout.flush()
    # Qt's own teardown proves nothing here.
    os._exit(0)
