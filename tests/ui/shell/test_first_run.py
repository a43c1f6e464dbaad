"""The first run with the keyboard alone: nothing is lost going back, and every refusal stands beside its field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLineEdit

from rehabdesk.domain.parties import OrganisationKind
from rehabdesk.domain.problems import Refused
from rehabdesk.domain.settings import Coordinator
from rehabdesk.services import first_run
from rehabdesk.services.first_run import FirstForum
from rehabdesk.store.queries import parties, settings
from rehabdesk.store.queries.forum import sessions
from rehabdesk.store.tables.privacy import LogEntry
from rehabdesk.ui.parts.basics import Words
from rehabdesk.ui.shell.first_run.draft import Draft, Needs
from rehabdesk.ui.shell.first_run.pages import CoordinatorPage, LanguagePage, PassphrasePage, PlacePage, RecoveryPage
from rehabdesk.ui.shell.first_run.recovery_print import paint
from rehabdesk.ui.shell.first_run.series_page import SeriesPage
from rehabdesk.ui.shell.first_run.wizard import FirstRun
from tests.helpers.keys import press, type_text
from tests.helpers.vaults import CHEAP

STRONG = "fyra granar sjunger om metall"


class Printer:
    """Remembers what was printed; says whether it was."""

    def __init__(self) -> None:
        self.sheets = []
        self.works = True

    def __call__(self, _parent, sheet, _texts, _clock) -> bool:
        self.sheets.append(sheet)
        return self.works


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def wizard(texts, theme, clock, printer, tmp_path, qtbot) -> FirstRun:
    def choose(_parent, _title) -> Path:
        return tmp_path / "vald"

    made = FirstRun(texts, Draft("sv", tmp_path / "data"), Needs(clock, theme, printer, choose, CHEAP))
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def enter(wizard: FirstRun, qtbot, page: type) -> None:
    """Enter, and wait for the page it leads to."""
    press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: type(wizard.page) is page)


def told(wizard: FirstRun) -> str:
    """Every problem that is shown on the page."""
    return " ".join(label.text() for label in wizard.findChildren(Words) if label.property("part") == "problem" and label.isVisible())


def to_place(wizard, qtbot):
    enter(wizard, qtbot, PlacePage)
    type_text(None, "Rehabforum Vara")


def to_passphrase(wizard, qtbot):
    to_place(wizard, qtbot)
    enter(wizard, qtbot, PassphrasePage)


def to_recovery(wizard, qtbot):
    to_passphrase(wizard, qtbot)
    type_text(None, STRONG)
    press(None, Qt.Key.Key_Tab)
    type_text(None, STRONG)
    enter(wizard, qtbot, RecoveryPage)


def to_coordinator(wizard, qtbot):
    to_recovery(wizard, qtbot)
    type_text(None, wizard.draft.recovery_key.replace("-", "").lower())
    enter(wizard, qtbot, CoordinatorPage)


def to_series(wizard, qtbot):
    to_coordinator(wizard, qtbot)
    type_text(None, "\tKarin Lindgren\t0512-310 00\tvardagar kl. 9–15")
    enter(wizard, qtbot, SeriesPage)


def field(wizard: FirstRun, key: str) -> QLineEdit:
    return wizard.page.form.frame(key).field


def make(wizard: FirstRun, qtbot):
    field(wizard, "organisation").setFocus()
    type_text(None, "Vara kommun")
    with qtbot.waitSignal(wizard.made) as made:
        press(None, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not wizard.busy)
    return made.args


def test_from_nothing_to_a_vault_with_the_keyboard_alone(wizard, tmp_path, qtbot):
    to_series(wizard, qtbot)
    vault, forum = make(wizard, qtbot)
    assert vault.folder == tmp_path / "data" / "Rehabforum Vara.rehabdesk"
    assert forum.coordinator == Coordinator("Samordnare", "Karin Lindgren", "0512-310 00", "vardagar kl. 9–15")
    assert (forum.controller, forum.series.name, forum.series.weekday, forum.series.start) == ("Vara kommun", "Rehabforum", 1, "13:00")
    vault.close()
    from rehabdesk.services.vault import holders, unlock

    assert [holder.name for holder in holders(vault.folder)] == ["Samordnare"]
    unlock(vault.folder, wizard.draft.recovery_key).close()
    unlock(vault.folder, STRONG).close()


def test_going_back_loses_nothing(wizard, qtbot):
    to_series(wizard, qtbot)
    field(wizard, "organisation").setFocus()
    type_text(None, "Vara kommun")
    key = wizard.draft.recovery_key
    for page in (CoordinatorPage, RecoveryPage, PassphrasePage, PlacePage, LanguagePage):
        press(None, Qt.Key.Key_Escape)
        assert type(wizard.page) is page
    with qtbot.waitSignal(wizard.left):
        press(None, Qt.Key.Key_Escape)
    for page in (PlacePage, PassphrasePage, RecoveryPage, CoordinatorPage, SeriesPage):
        enter(wizard, qtbot, page)
    assert wizard.draft.recovery_key == key
    assert field(wizard, "organisation").text() == "Vara kommun"


def test_another_language_is_taken_at_once_and_keeps_what_was_typed(wizard, qtbot):
    to_place(wizard, qtbot)
    press(None, Qt.Key.Key_Escape)
    with qtbot.waitSignal(wizard.language_chosen) as chosen:
        press(None, Qt.Key.Key_Down)
    assert chosen.args == ["en"]
    assert wizard.page.title == "Language"
    enter(wizard, qtbot, PlacePage)
    assert field(wizard, "name").text() == "Rehabforum Vara"


def test_a_vault_needs_a_name_and_a_free_place(wizard, tmp_path, qtbot):
    enter(wizard, qtbot, PlacePage)
    press(None, Qt.Key.Key_Return)
    assert "Ge valvet ett namn." in told(wizard)
    taken = tmp_path / "data" / "Upptaget.rehabdesk"
    taken.mkdir(parents=True)
    (taken / "något").touch()
    type_text(None, "Upptaget\n")
    assert "finns redan något" in told(wizard)
    assert type(wizard.page) is PlacePage


def test_a_poor_place_is_warned_of_while_it_is_written(wizard, qtbot):
    to_place(wizard, qtbot)
    parent = field(wizard, "folder").line
    parent.setFocus()
    parent.selectAll()
    type_text(None, "/home/karin/OneDrive")
    assert "molntjänst" in wizard.page._warning.text()
    assert "/home/karin/OneDrive/Rehabforum Vara.rehabdesk" in wizard.page._result.text()


def test_strength_is_shown_while_it_is_typed(wizard, qtbot):
    to_passphrase(wizard, qtbot)
    pair = wizard.page.pair
    assert pair.told == "Inget är skrivet än"
    type_text(None, "fyra")
    qtbot.waitUntil(lambda: pair.told == "Fortfarande för kort")
    type_text(None, " granar sjunger om metall")
    qtbot.waitUntil(lambda: pair.told == "Stark")


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [
        ("kort", "kort", "för kort"), ("lösenordlösenord", "lösenordlösenord", "lätt att gissa"),
        ("Rehabforum Vara", "Rehabforum Vara", "lätt att gissa"), (STRONG, STRONG + "x", "är inte lika"), ("", "", "Skriv en lösenfras."),
    ],
)
def test_a_passphrase_that_will_not_do_is_told_and_stays(wizard, first, again, said, qtbot):
    to_passphrase(wizard, qtbot)
    type_text(None, first)
    press(None, Qt.Key.Key_Tab)
    type_text(None, again + "\n")
    qtbot.waitUntil(lambda: said in told(wizard))
    assert type(wizard.page) is PassphrasePage
    assert wizard.page.pair.first.secret == first


def test_the_recovery_key_is_printed_and_typed_back(wizard, printer, qtbot):
    to_recovery(wizard, qtbot)
    press(None, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert [sheet.key for sheet in printer.sheets] == [wizard.draft.recovery_key]
    press(None, Qt.Key.Key_Return)
    missing = told(wizard)
    type_text(None, "ABCDE\n")
    assert missing
    assert "inte en hel återställningsnyckel" in told(wizard)
    assert type(wizard.page) is RecoveryPage


def test_a_key_that_was_not_printed_is_told(wizard, printer, qtbot):
    to_recovery(wizard, qtbot)
    printer.works = False
    press(None, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "Nyckeln skrevs inte ut." in told(wizard)


def test_the_sheet_with_the_key_can_be_painted(texts, clock, qapp):
    from rehabdesk.ui.shell.first_run.draft import RecoverySheet

    image = QImage(1240, 1754, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    blank = image.copy()
    painter = QPainter(image)
    paint(painter, 150, RecoverySheet("Vara", "ABCDE-FGHJK"), texts, clock)
    painter.end()
    assert image != blank


def test_readers_must_have_whom_to_ring(wizard, qtbot):
    to_coordinator(wizard, qtbot)
    press(None, Qt.Key.Key_Return)
    assert "Skriv ditt namn" in told(wizard)
    assert "Skriv numret" in told(wizard)
    assert field(wizard, "coordinator_name").hasFocus()


def test_a_coordination_association_is_refused_with_the_reason(wizard, qtbot):
    to_series(wizard, qtbot)
    kind = field(wizard, "controller")
    kind.setFocus()
    while kind.value is not OrganisationKind.COORDINATION_ASSOCIATION:
        press(None, Qt.Key.Key_Down)
    assert "samordningsförbund" in told(wizard).lower()
    field(wizard, "organisation").setFocus()
    type_text(None, "Samordningsförbundet Västra Skaraborg\n")
    assert "samordningsförbund" in told(wizard).lower()
    assert type(wizard.page) is SeriesPage
    assert not wizard.busy


def test_a_refusal_while_the_vault_is_made_leads_to_its_page(wizard, tmp_path, qtbot):
    to_series(wizard, qtbot)
    taken = tmp_path / "data" / "Rehabforum Vara.rehabdesk"
    taken.mkdir(parents=True)
    (taken / "något").touch()
    field(wizard, "organisation").setFocus()
    type_text(None, "Vara kommun\n")
    qtbot.waitUntil(lambda: type(wizard.page) is PlacePage)
    assert "finns redan något" in told(wizard)
    assert not wizard.busy


def test_every_control_has_a_name(wizard, qtbot):
    to_series(wizard, qtbot)
    for _ in range(6):
        for edit in wizard.page.findChildren(QLineEdit):
            assert edit.accessibleName(), type(wizard.page)
        press(None, Qt.Key.Key_Escape)


# The service


FORUM = FirstForum(
    Coordinator("Samordnare", "Karin Lindgren", "0512-310 00", ""), "Vara kommun",
    series=replace(FirstForum(Coordinator(), "").series, name="Rehabforum", controller_board="kommunstyrelsen"),
)


def test_set_up_keeps_everything_in_one_write(store):
    notices = []
    store.subscribe(notices.append)
    series_id = first_run.set_up(store, replace(FORUM, language="en"))
    assert len(notices) == 1
    row = store.read(sessions.one_series, series_id)
    assert (row.name, row.slug, row.controller, row.case_prefix) == ("Rehabforum", "rehabforum", "Vara kommun, kommunstyrelsen", "RF")
    assert store.read(settings.coordinator).name == "Karin Lindgren"
    assert store.read(settings.paper_language) == "en"
    assert store.undo_label is None
    assert store.read(lambda connection: connection.exec_driver_sql(f"select count(*) from {LogEntry.__tablename__} where kind='set_up'").scalar()) == 1


@pytest.mark.parametrize(
    "forum",
    [
        replace(FORUM, coordinator=Coordinator()), replace(FORUM, controller=" "), replace(FORUM, language="fi"),
        replace(FORUM, controller_kind=OrganisationKind.COORDINATION_ASSOCIATION), replace(FORUM, series=replace(FORUM.series, name="")),
        replace(FORUM, series=replace(FORUM.series, interval_weeks=0)), replace(FORUM, series=replace(FORUM.series, start="", end="")),
    ],
)
def test_set_up_refuses_and_keeps_nothing(store, forum):
    with pytest.raises(Refused):
        first_run.set_up(store, forum)
    assert store.read(sessions.series) == ()
    assert store.read(parties.organisations) == ()
