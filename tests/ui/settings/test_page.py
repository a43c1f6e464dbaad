"""The page of settings, in the real window, on the real store, by keyboard."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget

from rehabdesk.domain.forum import SeriesKind
from rehabdesk.services import parties
from rehabdesk.services import settings as settings_verbs
from rehabdesk.services.forum import series as series_verbs
from rehabdesk.settings import Settings
from rehabdesk.store.queries import parties as party_queries
from rehabdesk.store.queries import settings as settings_queries
from rehabdesk.store.queries.forum import sessions as queries
from rehabdesk.ui.parts.tokens import Mode
from rehabdesk.ui.settings.organisations import OrganisationsSection
from rehabdesk.ui.settings.page import SettingsPage
from rehabdesk.ui.settings.printers import PrintersSection
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.contacts import Forum, furnish, nameless, window_for
from tests.helpers.keys import ALT, CTRL, press, type_text

FACES = ("you", "series", "organisations", "printing", "appearance", "vault")


@pytest.fixture
def forum(store) -> Forum:
    """Two parties, two contacts, two series."""
    return furnish(store)


@pytest.fixture
def window(qapp: QApplication, qtbot, store, texts, clock) -> MainWindow:
    """The window."""
    window = window_for(qapp, store, texts, clock)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def go(window: MainWindow, face: str, kind: str = "", row_id: int | None = None) -> SettingsPage:
    """The page of settings, on one part."""
    window.navigate(Target("settings", kind, row_id, face))
    return window.page


def field(root: QWidget, name: str) -> QWidget:
    """The visible field a screen reader calls this."""
    found = [w for w in root.findChildren(QWidget) if w.accessibleName() == name and w.isVisible() and w.focusPolicy()]
    assert len(found) == 1, f"{len(found)} fields are called {name}"
    return found[0]


def test_the_parts_are_reached_by_keyboard(forum, window):
    page = go(window, "")
    assert page.list.hasFocus() and page.section.__class__.__name__ == "YouSection"
    shown = []
    for _ in FACES[1:]:
        press(None, Qt.Key.Key_Down)
        shown.append(page.section.__class__.__name__)
    assert shown == ["SeriesSection", "OrganisationsSection", "PrintersSection", "AppearanceSection", "VaultSection"]


@pytest.mark.parametrize("face", FACES)
def test_a_screen_reader_knows_every_control(forum, window, face):
    assert nameless(go(window, face)) == []


def test_the_coordinator_is_kept_while_typed_and_shown_as_printed(forum, window, store, qtbot):
    page = go(window, "you")
    phone = field(page, "Telefon")
    phone.setFocus()
    press(phone, Qt.Key.Key_End)
    type_text(phone, " vx")
    qtbot.waitUntil(lambda: store.read(settings_verbs.coordinator).phone == "031-390 06 10 vx")
    qtbot.waitUntil(lambda: "031-390 06 10 vx · Vardagar kl. 9–15" in page.section._printed.text())


def test_a_series_is_changed_in_its_fields(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.rehabforum)
    place = field(page, "Plats")
    place.setFocus()
    press(place, Qt.Key.Key_A, CTRL)
    type_text(place, "Lilla Lundsal\n")
    assert store.read(queries.one_series, forum.rehabforum).place == "Lilla Lundsal"
    end = field(page, "Slut")
    end.selectAll()
    type_text(end, "12")
    assert page.section.editor.form.frame("end").problem.text()
    start = field(page, "Start")
    start.selectAll()
    type_text(start, "9.30")
    row = store.read(queries.one_series, forum.rehabforum)
    assert (row.start, row.end) == ("09:30", "12:00")
    assert not page.section.editor.form.frame("end").problem.text()


def test_a_refused_controller_goes_back_and_says_why(forum, window, store):
    association = parties.add_organisation(store, "Samordningsförbundet", "coordination_association")
    page = go(window, "series", "series", forum.rehabforum)
    page.section._refresh()
    choice = field(page, "Personuppgiftsansvarig")
    choice.set_value(association)
    choice.changed.emit(association)
    assert choice.value == forum.vara
    assert "samordningsförbund" in page.section.editor.form.frame("controller").problem.text().casefold()


@pytest.mark.parametrize(("text", "kept"), [("6", 6), ("0", 4), ("sex", 4), ("", 4)])
def test_weeks_between(forum, window, store, text, kept):
    page = go(window, "series", "series", forum.rehabforum)
    weeks = field(page, "Veckor mellan mötena")
    weeks.setFocus()
    weeks.type_text(text)
    type_text(weeks, "\n")
    assert store.read(queries.one_series, forum.rehabforum).interval_weeks == kept
    assert bool(page.section.editor.form.frame("interval_weeks").problem.text()) == (kept == 4)
    weeks.type_text("4")
    assert weeks.flush()


def test_a_series_is_begun_by_keyboard(forum, window, store):
    page = go(window, "series")
    press(None, Qt.Key.Key_N, CTRL)
    type_text(None, "Chefsfrukost")
    kind = field(page, "Slag")
    kind.set_value(SeriesKind.SEMINAR_SERIES)
    press(None, Qt.Key.Key_Return, CTRL)
    assert [row.name for row in store.read(queries.series)] == ["Rehabforum", "Chefsfrukost", "Styrgrupp"]
    assert page.section.table.current_row.name == "Chefsfrukost" and page.section.editor.isVisible()


def test_a_new_series_says_what_it_lacks_and_esc_leaves_it(forum, window, store):
    page = go(window, "series")
    press(None, Qt.Key.Key_N, CTRL)
    press(None, Qt.Key.Key_Return, CTRL)
    assert page.section.new.form.frame("name").problem.text() and page.section.new.form.frame("case_prefix").problem.text()
    press(None, Qt.Key.Key_Escape)
    assert not page.section.new.isVisible() and page.section.editor.isVisible()


def test_without_an_organisation_a_series_leads_there_first(window):
    page = go(window, "series")
    assert "Inga serier än" in page.section.table._empty.accessibleName()
    press(None, Qt.Key.Key_N, CTRL)
    assert isinstance(page.section, OrganisationsSection)
    assert window.context.messages.said


def test_ending_a_series(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.board)
    press(field(page, "Avsluta serien"), Qt.Key.Key_Space)
    assert store.read(queries.one_series, forum.board).ended_on is not None
    qtbot.waitUntil(lambda: [row.name for row in page.section.table.rows_model.rows] == ["Rehabforum"])
    page.open_target(Target("settings", "series", forum.board, "series"))
    press(field(page, "Återuppta serien"), Qt.Key.Key_Space)
    assert store.read(queries.one_series, forum.board).ended_on is None


def test_members_are_ticked_with_space(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.board)
    table = page.section.members.table
    table.choose(forum.eva)
    table.setFocus()
    press(table, Qt.Key.Key_Space)
    assert [row.id for row in store.read(party_queries.contacts, series_id=forum.board)] == [forum.eva]
    qtbot.waitUntil(lambda: page.section.members._count.text() == "1 ledamot")
    press(None, Qt.Key.Key_Z, CTRL)
    assert store.read(party_queries.contacts, series_id=forum.board) == ()


def agenda(store, series_id: int) -> list[tuple[str, bool]]:
    """The standing agenda as it is kept."""
    return [(row.title, row.is_last) for row in store.read(queries.standing_items, series_id)]


def test_the_standing_agenda_is_ordered_with_alt_and_arrows(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.rehabforum)
    table = page.section.standing.table
    QAbstractItemModelTester(table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.setFocus()
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Up, ALT)
    assert agenda(store, forum.rehabforum)[0] == ("Föregående anteckningar", False)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 0)
    for place in (1, 2, 3):
        press(table, Qt.Key.Key_Down, ALT)
        qtbot.waitUntil(lambda place=place: table.currentIndex().row() == place)
    assert agenda(store, forum.rehabforum) == [
        ("Mötet öppnas, dagordning", False), ("Nästa möte", True), ("Föregående anteckningar", True)
    ]
    for _ in range(4):
        press(None, Qt.Key.Key_Z, CTRL)
    assert agenda(store, forum.rehabforum)[1] == ("Föregående anteckningar", False)


def test_the_line_for_the_cases_is_not_moved(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.rehabforum)
    table = page.section.standing.table
    table.choose(0)
    table.setFocus()
    before = agenda(store, forum.rehabforum)
    press(table, Qt.Key.Key_Up, ALT)
    assert agenda(store, forum.rehabforum) == before
    assert not page.section.standing._editor.isVisible()


def test_lines_are_added_changed_and_removed(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.rehabforum)
    standing = page.section.standing
    standing.table.choose(0)
    standing.new_title.setFocus()
    type_text(None, "Grön prerehab: platsläge\n")
    assert agenda(store, forum.rehabforum)[-1] == ("Grön prerehab: platsläge", True)
    minutes = field(standing, "Minuter")
    minutes.setFocus()
    minutes.type_text("10")
    every = field(standing, "Återkommer vart n:te möte")
    every.setFocus()
    every.type_text("2")
    standing.table.setFocus()
    row = store.read(queries.standing_items, forum.rehabforum)[-1]
    assert (row.minutes, row.every) == (10, 2)
    press(field(standing, "Ta bort raden"), Qt.Key.Key_Space)
    assert len(agenda(store, forum.rehabforum)) == 3


def test_a_logo_is_chosen_shown_and_taken_away(forum, window, store, qtbot, tmp_path: Path):
    written = io.BytesIO()
    Image.new("RGB", (300, 100), "green").save(written, "PNG")
    file = tmp_path / "logotyp å.png"
    file.write_bytes(written.getvalue())
    chosen = [str(file)]
    section = OrganisationsSection(window.context, lambda _parent, _title: chosen[0])
    qtbot.addWidget(section)
    section.show()
    section.open_row(forum.vara)
    press(field(section, "Välj logotyp …"), Qt.Key.Key_Space)
    assert store.read(party_queries.logo, forum.vara) == written.getvalue()
    qtbot.waitUntil(lambda: not section.editor.logo.pixmap().isNull())
    assert section.editor.logo.accessibleName() == "Logotyp för Vara kommun"
    for wrong in (tmp_path / "borta.png", tmp_path):
        chosen[0] = str(wrong)
        press(field(section, "Välj logotyp …"), Qt.Key.Key_Space)
        assert section.editor.problem.text() == "Filen går inte att öppna. Välj en annan."
    press(field(section, "Ta bort logotypen"), Qt.Key.Key_Space)
    assert store.read(party_queries.logo, forum.vara) is None


def test_an_organisation_is_added_and_its_kind_chosen(forum, window, store):
    page = go(window, "organisations")
    page.section.new_name.setFocus()
    type_text(None, "Västra Götalandsregionen\n")
    assert page.section.table.current_row.name == "Västra Götalandsregionen"
    kind = field(page.section.editor, "Slag")
    assert kind.hasFocus()
    kind.changed.emit("region")
    assert store.read(party_queries.organisations)[-1].kind == "region"
    page.section.new_name.setFocus()
    type_text(None, "vara kommun\n")
    assert page.section._new_frame.problem.text() == "vara kommun finns redan."


def test_the_printer_is_kept_for_this_machine(forum, window, qtbot, home):
    asked = []

    def printers() -> tuple[str, ...]:
        asked.append(1)
        return ("Kontorsskrivaren", "Rum 4")

    section = PrintersSection(window.context, printers)
    qtbot.addWidget(section)
    assert not asked
    section.show()
    assert len(asked) == 1
    assert [section.printer.itemText(i) for i in range(section.printer.count())] == ["Fråga vid utskrift", "Kontorsskrivaren", "Rum 4"]
    section.printer.changed.emit("Rum 4")
    from rehabdesk import paths

    assert Settings(paths.settings_file()).current.printer == "Rum 4"
    window.context.settings.change(printer="Hemma")
    section.ask()
    assert section.printer.currentText() == "Hemma (hittas inte nu)"


def test_language_and_colours_take_effect_at_once(forum, window, store, qtbot):
    page = go(window, "appearance")
    page.section.theme.changed.emit(Mode.DARK)
    assert window.context.theme.tokens.dark
    assert window.context.settings.current.theme == "dark"
    page.section.papers.changed.emit("en")
    assert store.read(settings_queries.paper_language) == "en"
    page.section.language.changed.emit("en")
    assert window.context.texts.language == "en"
    assert window.page.header.title == "Settings"
    assert window.context.settings.current.language == "en"


def test_where_the_vault_lies_and_who_opens_it(forum, window, vault_dir: Path):
    page = go(window, "vault")
    told = " ".join(w.accessibleName() for w in page.section.findChildren(QWidget)).replace("\u200b", "")
    assert str(vault_dir) in told
    assert "1 lösenfras: Samordnare. Dessutom den som har återställningsnyckeln." in told


def test_a_changed_series_reaches_the_list(forum, window, store, qtbot):
    page = go(window, "series", "series", forum.rehabforum)
    series_verbs.change_series(store, forum.rehabforum, name="Rehabforum Vara")
    qtbot.waitUntil(lambda: page.section.editor.heading.text() == "Rehabforum Vara")


def test_what_could_not_be_kept_holds_the_series_where_it_is(forum, window, store):
    page = go(window, "series", "series", forum.rehabforum)
    minutes = field(page.section.standing, "Minuter")
    minutes.setFocus()
    minutes.type_text("många")
    page.section.table.choose(forum.board)
    assert page.section.editor.heading.text() == "Rehabforum"
    assert page.section.standing._form.frame("minutes").problem.text() == "Skriv ett antal minuter från 0 till 600."
    assert window.context.messages.said
    minutes.type_text("15")
    page.section.table.choose(forum.rehabforum)
    page.section.table.choose(forum.board)
    assert page.section.editor.heading.text() == "Styrgrupp"
    assert store.read(queries.standing_items, forum.rehabforum)[0].minutes == 15
