"""The page to be looked at: `python tests/ui/forum/meeting/look.py OUT.png FACE [light|dark] [sv|en] [WIDTHxHEIGHT]`."""

from __future__ import annotations

import sys
import tempfile
from datetime import date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from rehabdesk.domain.forum import Outcome, Presence, Return  # noqa: E402
from rehabdesk.services.forum import actions, meeting, presence, sheets  # noqa: E402
from rehabdesk.services.forum.actions import NewAction  # noqa: E402
from rehabdesk.services.forum.big_screen import ShownLine, show_line  # noqa: E402
from rehabdesk.store import vault as vaults  # noqa: E402
from rehabdesk.store.database import open_connections  # noqa: E402
from rehabdesk.store.queries.forum import actions as action_queries  # noqa: E402
from rehabdesk.store.queries.forum import presence as presence_queries  # noqa: E402
from rehabdesk.store.store import Store  # noqa: E402
from rehabdesk.texts import texts_for  # noqa: E402
from rehabdesk.ui.forum.meeting import MeetingPage  # noqa: E402
from rehabdesk.ui.parts.autosave import FlushRegistry  # noqa: E402
from rehabdesk.ui.parts.theme import Theme  # noqa: E402
from rehabdesk.ui.parts.tokens import Mode  # noqa: E402
from rehabdesk.ui.shell.context import Context  # noqa: E402
from rehabdesk.ui.shell.messages import Messages  # noqa: E402
from tests.helpers.clock import FakeClock  # noqa: E402
from tests.helpers.vaults import CHEAP, PASSPHRASE  # noqa: E402
from tests.ui.forum.meeting.seed import Forum, make_forum  # noqa: E402


def under_way(store: Store, clock: FakeClock, forum: Forum) -> None:
    """As on the sketch: the second case is open and past its box."""
    meeting.start_session(store, forum.session)
    states = {"Ola Frid": Presence.EXCUSED, "Sara Nyström": Presence.STEPPED_OUT}
    for one in store.read(presence_queries.attendees, forum.session):
        presence.mark(store, one.id, states.get(one.name, Presence.HERE))
    for minutes in (3, 19):
        clock.move(minutes=minutes)
        current = next(row for row in _items(store, forum, clock) if row.opened_at)
        sheets.freeze(store, current.id, sheets.Ending(Outcome.AGREED, Return.NOT_AT_ALL))
        meeting.open_next_item(store, forum.session)
    item = forum.item["Maria"]
    meeting.set_participant_presence(store, item, Presence.HERE)
    for action in store.read(action_queries.earlier_actions, item):
        if action.what.startswith("Boka"):
            actions.close_action(store, action.id, item)
    meeting.save_text(store, item, meeting.ItemText.BACKGROUND, "Sjukskriven sedan 23 september, 75 % från november. Trivs i kökslaget, tunga lyft är hindret. Chefen har sett över schemat.")
    meeting.save_text(store, item, meeting.ItemText.DISCUSSION, "Vårdcentralen ser inget hinder för lättare moment. FK påminner om att arbetsträning ska anmälas innan start. Samma som för Anna Lind.")
    meeting.add_agreement(store, item, "Maria prövar två halvdagar i veckan från v. 3, utan lyft över 5 kg.")
    actions.add_action(store, item, NewAction("Anmäl arbetsträning", forum.party["fk"], forum.contact["fk"], due_on=date(2026, 12, 4)))
    show_line(store, ShownLine.AGREEMENT, meeting.add_agreement(store, item, "Två halvdagar i köket i veckan från v. 3, utan lyft över 5 kg."), True)
    for action in store.read(action_queries.actions_of_item, item):
        show_line(store, ShownLine.ACTION, action.id, True)
    presence.set_waiting(store, forum.item["Johan"], forum.party["vc"], True)
    clock.move(minutes=23)


def _items(store: Store, forum: Forum, clock: FakeClock) -> tuple:
    from rehabdesk.store.queries.forum import agenda

    return store.read(agenda.agenda, forum.session, clock.today())


def main() -> None:
    """Make the page in a face of its life, and take its picture."""
    out, face, *rest = sys.argv[1:]
    mode = Mode.DARK if "dark" in rest else Mode.LIGHT
    language = "en" if "en" in rest else "sv"
    size = next((part for part in rest if "x" in part), "1440x900")
    app = QApplication([])
    clock = FakeClock(datetime(2026, 11, 24, 13, 0))
    folder = Path(tempfile.mkdtemp()) / "Look.rehabdesk"
    unlocked, _ = vaults.create(folder, PASSPHRASE, holder_name="S", kdf=CHEAP)
    store = Store(open_connections(unlocked.database_path, unlocked.data_key), clock)
    forum = make_forum(store, clock)
    if face != "start":
        under_way(store, clock, forum)
    context = Context(store, texts_for(language), clock, Theme(app, mode), Messages(), FlushRegistry(clock))
    page = MeetingPage(context, forum.session)
    width, height = (int(part) for part in size.split("x"))
    page.resize(width, height)
    page.show()
    _face(page, face)

    def shoot() -> None:
        (page.big_screen if face == "screen" else page).grab().save(out)
        app.quit()

    QTimer.singleShot(400, shoot)
    app.exec()


def _face(page: MeetingPage, face: str) -> None:
    if face != "nameless":
        page.projector.answer()
    if face == "item":
        page.item.actions.quick.field.type_text("FK boka avstämningsmöte 15/12")
        page.item.actions.quick.field.setFocus()
    elif face == "read":
        page.item_done()
    elif face == "pause":
        page.toggle_pause()
    elif face == "agenda":
        page.columns.show_column(0)
        page.agenda.begin_adding()
    elif face == "presence":
        page.columns.show_column(2)
        page.presence.withdrawal.begin()
    elif face == "screen":
        page.big_screen.turn_on(page.screen())
    elif face == "move":
        page.item.earlier.list.take_focus()
        page.item.earlier.move_current()


main()
