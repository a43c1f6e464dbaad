"""The page of contacts, in the real window, on the real store, by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from rehabdesk.services import parties
from rehabdesk.store.queries import parties as queries
from rehabdesk.ui.parties.page import ContactsPage
from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from tests.helpers.contacts import Forum, furnish, nameless, window_for
from tests.helpers.keys import CTRL, NONE, SHIFT, press, type_text


@pytest.fixture
def forum(store) -> Forum:
    """Two parties, two contacts, two series."""
    return furnish(store)


@pytest.fixture
def window(qapp: QApplication, qtbot, store, texts, clock) -> MainWindow:
    """The window, on the contacts."""
    window = window_for(qapp, store, texts, clock)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.navigate(Target("contacts"))
    return window


@pytest.fixture
def page(window) -> ContactsPage:
    """The page itself."""
    return window.page


def names(page: ContactsPage) -> list[str]:
    """What the first column shows."""
    return [row.name for row in page.table.rows_model.rows]


def field(root: QWidget, name: str) -> QWidget:
    """The visible field a screen reader calls this."""
    found = [w for w in root.findChildren(QWidget) if w.accessibleName() == name and w.isVisible() and w.focusPolicy()]
    assert len(found) == 1, f"{len(found)} fields are called {name}"
    return found[0]


def test_people_stand_under_their_party(forum, page):
    assert names(page) == ["Försäkringskassan", "handläggare", "Vara kommun, HR", "Annika Wester"]
    QAbstractItemModelTester(page.table.rows_model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_nothing_can_be_sorted_or_filtered_by_sensitivity(forum, store, page, qtbot):
    parties.change_party(store, forum.fk, is_sensitive=True)
    assert not any(column.sortable for column in page.table.rows_model.columns)
    shown = [column.text(row) for column in page.table.rows_model.columns for row in page.table.rows_model.rows]
    page.search.setText("känslig")
    assert names(page) == []
    assert not any("känslig" in text.casefold() for text in shown)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fk", ["Försäkringskassan", "handläggare"]),
        ("wester", ["Vara kommun, HR", "Annika Wester"]),
        ("hr annika", ["Vara kommun, HR", "Annika Wester"]),
        ("031-390", ["Vara kommun, HR", "Annika Wester"]),
        ("VARA", ["Vara kommun, HR", "Annika Wester"]),
        ("ö", ["Försäkringskassan", "handläggare"]),
        ("zzz", []),
    ],
)
def test_search_as_you_type(forum, page, text, found):
    press(None, Qt.Key.Key_F, CTRL)
    type_text(None, text)
    assert names(page) == found
    press(None, Qt.Key.Key_Escape)
    assert len(names(page)) == 4


def test_down_leads_from_the_search_into_the_list_and_enter_to_the_fields(forum, page):
    press(None, Qt.Key.Key_F, CTRL)
    type_text(None, "annika")
    press(None, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    press(None, Qt.Key.Key_Down)
    press(None, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is field(page.contact_pane, "Förnamn")


def test_a_contact_is_added_by_keyboard(forum, page, store):
    page.table.choose(("party", forum.fk))
    press(None, Qt.Key.Key_N, CTRL)
    type_text(None, "Åsa\tBjörk\tsamverkansansvarig\n")
    assert page.table.current_row.name == "Åsa Björk"
    added = store.read(queries.contact, page.table.current_row.contact.id)
    assert (added.party, added.function) == ("Försäkringskassan", "samverkansansvarig")
    assert page.contact_pane.isVisible() and page.table.hasFocus()
    press(None, Qt.Key.Key_Z, CTRL)
    assert store.read(queries.contact, added.id) is None


def test_what_a_new_contact_lacks_is_said_beside_the_field(forum, page, store):
    press(None, Qt.Key.Key_N, CTRL)
    press(None, Qt.Key.Key_Return, CTRL)
    assert page._new_contact.form.frame("given_name").problem.text() == "Skriv ett namn eller en funktion."
    type_text(None, "Åsa")
    press(None, Qt.Key.Key_Escape)
    press(None, Qt.Key.Key_N, CTRL)
    assert field(page, "Förnamn").text() == "Åsa"
    assert len(store.read(queries.contacts)) == 2


def test_an_empty_page_says_what_to_do_first(page, store):
    assert "Inga kontakter än" in page.table._empty.accessibleName()
    press(None, Qt.Key.Key_N, CTRL)
    type_text(None, "Försäkringskassan\t")
    assert field(page, "Kortformer").text() == "FK, kassan"
    press(None, Qt.Key.Key_Return, CTRL)
    assert names(page) == ["Försäkringskassan"]
    assert store.read(queries.parties)[0].aliases == ("FK", "kassan")


def test_a_telling_name_proposes_its_kind_until_one_is_chosen(page):
    press(None, Qt.Key.Key_N, CTRL)
    type_text(None, "Vara kommun\tsocialtjänsten")
    assert field(page, "Slag").value == "social_services"
    assert field(page, "Kortformer").text() == "soc"
    field(page, "Slag").changed.emit("other")
    field(page, "Slag").set_value("other")
    type_text(None, " Vara")
    assert field(page, "Slag").value == "other"


def test_proposed_short_forms_never_replace_what_was_written(forum, page):
    press(None, Qt.Key.Key_N, CTRL | SHIFT)
    field(page, "Kortformer").setText("kost")
    field(page, "Slag").changed.emit("health_care")
    assert field(page, "Kortformer").text() == "kost"


def test_fields_keep_themselves_and_undo_brings_back(forum, page, store, qtbot):
    page.open_target(Target("contacts", "contact", forum.annika))
    surname = field(page, "Efternamn")
    surname.setFocus()
    press(surname, Qt.Key.Key_End)
    type_text(surname, "-Öhrn")
    qtbot.waitUntil(lambda: store.read(queries.contact, forum.annika).surname == "Wester-Öhrn")
    qtbot.waitUntil(lambda: "Annika Wester-Öhrn" in names(page))
    page.table.setFocus()
    press(None, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Annika Wester" in names(page))
    qtbot.waitUntil(lambda: surname.text() == "Wester")


def test_a_refused_text_stays_with_its_reason(forum, page, store):
    page.open_target(Target("contacts", "contact", forum.annika))
    email = field(page, "E-post")
    email.setFocus()
    type_text(email, "annika")
    page.table.setFocus()
    page.table.choose(("party", forum.fk))
    assert page.contact_pane.isVisible() and email.text() == "annika"
    assert page.contact_pane.form.frame("email").problem.text() == "En e-postadress skrivs namn@exempel.se."
    email.setFocus()
    type_text(email, "@example.se")
    page.table.choose(("party", forum.hr))
    assert store.read(queries.contact, forum.annika).email == "annika@example.se"
    assert page.party_pane.isVisible()


def test_what_was_refused_does_not_hold_on_to_a_removed_contact(forum, page, store, qtbot):
    page.open_target(Target("contacts", "contact", forum.annika))
    email = field(page, "E-post")
    email.setFocus()
    type_text(email, "annika")
    press(field(page, "Ta bort"), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Annika Wester" not in names(page))
    page.table.choose(("contact", forum.eva))
    assert page.contact_pane.heading.text() == "handläggare"


def test_function_only_needs_a_function(forum, page, store):
    contact = parties.add_contact(store, forum.hr, given_name="Bo")
    page.open_target(Target("contacts", "contact", contact))
    page._refresh()
    page.open_target(Target("contacts", "contact", contact))
    box = field(page, "Visa bara funktionen")
    press(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert page.contact_pane.form.frame("function").problem.text()
    type_text(field(page, "Funktion"), "chef")
    press(box, Qt.Key.Key_Space)
    assert store.read(queries.contact, contact).shown == "chef"


def test_seats_are_ticked(forum, page, store):
    page.open_target(Target("contacts", "contact", forum.annika))
    box = next(b for b in page.contact_pane.findChildren(QCheckBox) if b.accessibleName() == "Styrgrupp")
    press(box, Qt.Key.Key_Space)
    assert [seat.series for seat in store.read(queries.seats)[forum.annika]] == ["Rehabforum", "Styrgrupp"]


def test_removing_says_how_to_undo_and_is_undone(forum, page, store, window, qtbot):
    page.open_target(Target("contacts", "contact", forum.eva))
    page.table.setFocus()
    press(None, Qt.Key.Key_Delete, CTRL)
    assert store.read(queries.contact, forum.eva) is None
    assert "Ctrl+Z" in window.context.messages.said[-1].sentence
    press(None, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "handläggare" in names(page))


def test_a_party_in_use_is_ended_instead(forum, page, store, qtbot):
    page.open_target(Target("contacts", "party", forum.hr))
    page.table.setFocus()
    press(None, Qt.Key.Key_Delete, CTRL)
    assert "kontakter" in page.party_pane._ending.problem.text()
    assert QApplication.focusWidget() is page.party_pane._ending.end
    press(None, Qt.Key.Key_Space)
    assert store.read(queries.party, forum.hr).ended_on is not None
    # Its contact is still called, so the party stays in the list.
    assert "Vara kommun, HR" in names(page)


def test_ended_ones_are_shown_when_asked_for(forum, page, store, qtbot):
    parties.end_contact(store, forum.eva)
    qtbot.waitUntil(lambda: "handläggare" not in names(page))
    page.open_target(Target("contacts", "contact", forum.eva))
    assert page.ended.isChecked() and page.table.current_row.name == "handläggare"


def test_one_organisation(forum, page):
    page.organisation.set_value(forum.vara)
    page.organisation.changed.emit(forum.vara)
    assert names(page) == ["Vara kommun, HR", "Annika Wester"]
    page.open_target(Target("contacts", "contact", forum.eva))
    assert page.table.current_row.name == "handläggare"


def test_a_screen_reader_knows_every_control(forum, page, window):
    for target in (Target("contacts", "contact", forum.annika), Target("contacts", "party", forum.hr)):
        window.navigate(target)
        assert nameless(page) == []
    page.begin_contact()
    assert nameless(page) == []
    page.begin_party()
    assert nameless(page) == []


def test_tab_reaches_every_field(forum, page):
    page.open_target(Target("contacts", "contact", forum.annika))
    page.search.setFocus()
    seen = []
    for _ in range(30):
        press(None, Qt.Key.Key_Tab, NONE)
        seen.append(QApplication.focusWidget().accessibleName())
    wanted = ["Parter och kontakter", "Förnamn", "Efternamn", "Funktion", "Visa bara funktionen", "Telefon", "E-post", "Part", "Rehabforum"]
    places = [seen.index(name) for name in wanted]
    assert places == sorted(places)
    assert isinstance(page.search, QLineEdit)
