"""Every part on one page, to be looked at: `python tests/ui/parts/gallery.py OUT.png [light|dark] [window|parts]`.

Run it under Xvfb, at 200 % with QT_SCALE_FACTOR=2, and look at the pictures after every change to the style sheet.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget  # noqa: E402

from rehabdesk.domain.problems import Refused  # noqa: E402
from rehabdesk.domain.clock import Clock  # noqa: E402
from rehabdesk.domain.problems import Problem  # noqa: E402
from rehabdesk.texts import texts_for  # noqa: E402
from rehabdesk.ui.parts.autosave import FlushRegistry  # noqa: E402
from rehabdesk.ui.parts.bars import BarRow, ProgressLine  # noqa: E402
from rehabdesk.ui.parts.basics import Badge, Card, Figure, KeyButton, KeyCap, Link, Muted, Row, Words  # noqa: E402
from rehabdesk.ui.parts.fields import AutosaveLine, AutosaveText, Underline  # noqa: E402
from rehabdesk.ui.parts.forms import ChoiceField, DateField, FieldFrame, Form, TimeField  # noqa: E402
from rehabdesk.ui.parts.layouts import TwoColumns, column, holding, line, page_body, scrolling  # noqa: E402
from rehabdesk.ui.parts.rows_model import Column  # noqa: E402
from rehabdesk.ui.parts.table import Table  # noqa: E402
from rehabdesk.ui.parts.theme import Theme  # noqa: E402
from rehabdesk.ui.parts.tokens import Mode, Tone  # noqa: E402
from rehabdesk.ui.shell.context import Context, Target  # noqa: E402
from rehabdesk.ui.shell.main_window import MainWindow, Surroundings  # noqa: E402
from rehabdesk.ui.shell.messages import Messages  # noqa: E402
from rehabdesk.ui.shell.page import Page  # noqa: E402
from rehabdesk.ui.shell.rooms import Room  # noqa: E402
from rehabdesk.ui.shell.search import SearchHit  # noqa: E402
from rehabdesk.wording import shell as words  # noqa: E402


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the example table."""

    id: int
    what: str
    who: str
    by: date
    state: str
    tone: Tone


LINES = (
    Line(1, "Skicka underlag om arbetsuppgifter", "Vara kommun, HR", date(2026, 11, 10), "försenad", Tone.RED),
    Line(2, "Arbetsträning två halvdagar i veckan", "Lena Borg", date(2027, 1, 18), "planerad", Tone.ACCENT),
    Line(3, "Fråga om nytt samtycke", "Samordnaren", date(2026, 12, 1), "snart", Tone.AMBER),
    Line(4, "Avstämningsmöte", "Försäkringskassan", date(2026, 12, 15), "klar", Tone.GREEN),
)


class NoStore:
    """Stands in for the store: keeps nothing, tells nobody."""

    def subscribe(self, _callback: object) -> object:
        return self.undo

    def undo(self) -> None:
        return None

    redo = end_merging = undo


def keep(_text: str) -> None:
    """Keep nothing."""


def refuse_day(_text: str) -> date:
    """No day can be read here."""
    raise Refused(Problem("text.too_long", None, {"length": 7, "most": 5}))


class GalleryPage(Page):
    """All parts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.set_title("Idag", "söndag 22 november 2026, v. 47")
        self.header.add_badge(Badge("samtycke till 2027-03-31", Tone.GREEN))
        self.header.add_action(KeyButton("Paus", "F9"))
        self.header.add_action(KeyButton("Punkten klar", "Ctrl+Return", kind="primary"))
        left = column(self._next(), self._table(), self._fields(), None, gap=20)
        right = column(self._bars(), self._form(), self._buttons(), None, gap=20)
        self.body.addWidget(scrolling(holding(page_body(TwoColumns(left, right)))))

    def _next(self) -> Card:
        card = Card("Nästa forum: tisdag 24 november kl. 13.00", Badge("3 saker saknas", Tone.AMBER))
        card.add(line(Figure("6", "ärenden"), Figure("2 h 25 min", "av 2 h 30 min"), Figure("5 / 7", "parter har svarat"), None, gap=24))
        for place, (badge, tone, text) in enumerate((
            ("samtycke", Tone.RED, "RF-2026-015 saknar samtycke för Arbetsförmedlingen"),
            ("åtgärd", Tone.AMBER, "RF-2026-014 har en åtgärd försenad 12 dagar (HR)"),
            ("kallelse", Tone.NEUTRAL, "Kommunal har inte svarat"),
        )):
            words_ = Words(text)
            row = Row(Badge(badge, tone), words_, Link("Öppna", text), first=place == 0)
            row.layout().setStretch(1, 1)
            row.set_chosen(place == 1)
            card.add(row, padded=False)
        return card

    def _table(self) -> Table:
        self.table = table = Table(self.context.theme, (
            Column("what", "Åtgärd", lambda row: row.what, stretch=True, bold=lambda row: row.id == 1),
            Column("who", "Ansvarig", lambda row: row.who),
            Column("by", "Klart senast", lambda row: self.context.texts.date(row.by), sort=lambda row: row.by, muted=True),
            Column("state", "Status", lambda row: row.state, tone=lambda row: row.tone),
        ), "Åtgärder")
        table.set_rows(LINES)
        table.setMinimumHeight(200)
        return table

    def _fields(self) -> QWidget:
        flushes = self.context.flushes
        text = AutosaveText("Diskussion", flushes, keep, "Vårdcentralen ser inget hinder. Anna Lund har sagt att FK påminner. " * 2)
        text.set_underlines([Underline(32, 41, "Anna Lund är en annan deltagare.")])
        question = AutosaveLine("Fråga", flushes, keep, placeholder="Vad ska forumet svara på")
        wrong = FieldFrame(self.context.texts, "Det vi kom överens om", AutosaveLine("x", flushes, keep, "1. Maria prövar två halvdagar"))
        wrong.tell("Disken är full. Texten är kvar här och sparas så snart det går.")
        return holding(column(
            FieldFrame(self.context.texts, "Diskussion", text), FieldFrame(self.context.texts, "Frågan nu", question), wrong, gap=16,
        ))

    def _bars(self) -> Card:
        card = Card("Försenade åtgärder per part", "11")
        progress = ProgressLine(self.context.theme, "Platser", 12)
        progress.show_share(0.79, "38 av 48", further=0.85, mark=0.8)
        late = ProgressLine(self.context.theme, "Tid")
        late.show_share(0.5, "halva tiden", Tone.RED)
        card.add(column(progress, late))
        for place, (name, count) in enumerate((("Vara kommun, HR", 5), ("Försäkringskassan", 3), ("Arbetsförmedlingen", 1))):
            card.add(BarRow(self.context.theme, name, str(count), count / 5, first=place == 0), padded=False)
        return card

    def _form(self) -> Card:
        card = Card("Formulär")
        form = Form(self.context.texts)
        day = DateField(self.context.texts, refuse_day)
        day.set_day(date(2026, 12, 15))
        time = TimeField(self.context.texts)
        time.set_time("13:00")
        form.add("day", "Klart senast", day, "Till exempel 15/12 eller på fredag")
        form.add_line(("time", "Börjar", time), ("kind", "Sort", ChoiceField([(1, "Rehabforum"), (2, "Styrgrupp")])))
        box = QCheckBox("Visa på storbild")
        box.setChecked(True)
        chosen = QRadioButton("Enkelsidigt")
        chosen.setChecked(True)
        for part in (box, QCheckBox("Hela punkten"), chosen, QRadioButton("Dubbelsidigt")):
            form.layout().addWidget(part)
        form.show_problems([Problem("text.too_long", "kind", {"length": 7, "most": 5})])
        card.add(form)
        return card

    def _buttons(self) -> Card:
        card = Card("Knappar")
        danger, disabled = KeyButton("Ta tillbaka samtycke", kind="danger"), KeyButton("Går inte nu", "F7")
        disabled.setEnabled(False)
        card.add(column(line(danger, disabled, None), line(KeyCap("Ctrl+Return"), KeyCap("K"), Muted("klar"), None)))
        empty = Table(self.context.theme, (Column("a", "Ärende", str),), "Tomt")
        empty.set_empty("Inga ärenden än", "Ett ärende börjar med ett samtycke.", "Nytt ärende", self.setFocus)
        empty.setMinimumHeight(220)
        card.add(empty)
        return card


def find(text: str) -> tuple[SearchHit, ...]:
    """Two groups."""
    return (
        SearchHit("Ärenden", "RF-2026-014", "Maria S.", Target("today")),
        SearchHit("Ärenden", "RF-2026-015", "Johan E.", Target("today")),
        SearchHit("Kontakter", "Lena Borg", f"enhetschef kost ({text})", Target("today")),
    )


def cases(_context: Context) -> int:
    """A count in the sidebar."""
    return 23


def main() -> int:
    """Show, photograph, leave."""
    out, mode, what = sys.argv[1], Mode(sys.argv[2] if len(sys.argv) > 2 else "light"), (sys.argv[3:] or ["parts"])[0]
    app = QApplication(sys.argv[:1])
    clock = Clock(lambda: datetime(2026, 11, 22, 14, 7, 32), lambda: 0.0)
    messages = Messages()
    context = Context(store=NoStore(), texts=texts_for("sv"), clock=clock, theme=Theme(app, mode), messages=messages,
                      flushes=FlushRegistry(clock), demo=True)
    rooms = [
        Room("today", words.TODAY, GalleryPage), Room("forum", words.FORUM, Page),
        Room("cases", words.CASES, Page, count=cases), Room("contacts", words.CONTACTS, Page),
        Room("settings", words.SETTINGS, Page),
    ]
    surroundings = Surroundings(lambda: "Rehabforum Vara", lambda: "Säkerhetskopia idag 11.58", find)
    window = MainWindow(context, rooms, surroundings)
    window.navigate(Target("today"))
    window.page.header.saved._on_saved()
    window.show()
    if "small" in sys.argv:
        window.resize(720, 450)
    if what == "search":
        window.open_search()
        window._search.line.setText("a")
        window._search._on_typed("a")
    elif what == "keys":
        window.open_overview()
    elif what == "message":
        messages.error("Skrivaren svarar inte. Papperen ligger kvar i kön och inget är utskrivet.")
    else:
        window.page.table.setFocus()

    def photograph() -> None:
        window.grab().save(out)
        app.quit()

    QTimer.singleShot(700, photograph)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
