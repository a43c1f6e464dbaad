"""The lock screen, with the keyboard, on real vaults."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from rehabdesk.services import vault as services
from rehabdesk.store import vault as vaults
from rehabdesk.store.key_slots import PREVIOUS_NAME, SLOTS_NAME
from rehabdesk.ui.parts.basics import KeyButton, Words
from rehabdesk.ui.shell.lock_screen import LONGEST_DELAY, Locksmith, LockScreen, delay_after
from tests.helpers.keys import NONE, SHIFT, press, type_text
from tests.helpers.vaults import CHEAP, PASSPHRASE, create

OTHER = "en helt annan rad med ord"


class Tries:
    """Counts what is tried, and opens for real."""

    def __init__(self) -> None:
        self.secrets: list[str] = []
        self.chosen: Path | None = None

    def unlock(self, folder, secret, holder):
        self.secrets.append(secret)
        return services.unlock(folder, secret, holder)

    def choose(self, _parent, _title) -> Path | None:
        return self.chosen


@pytest.fixture
def tries() -> Tries:
    return Tries()


@pytest.fixture
def recovery_key(vault_dir: Path) -> str:
    return create(vault_dir)


@pytest.fixture
def screen(recovery_key, vault_dir, texts, theme, clock, tries, qtbot) -> LockScreen:
    return shown(LockScreen(texts, theme, clock, vault_dir, Locksmith(tries.unlock, tries.choose)), qtbot)


def shown(screen: LockScreen, qtbot) -> LockScreen:
    qtbot.addWidget(screen)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


def tried(screen: LockScreen, qtbot) -> None:
    qtbot.waitUntil(lambda: not screen.busy)


def button(screen: LockScreen, words: str) -> KeyButton:
    return next(found for found in screen.findChildren(KeyButton) if found.words == words)


def push(screen: LockScreen, words: str) -> None:
    button(screen, words).setFocus()
    press(None, Qt.Key.Key_Return)


def test_typing_and_enter_opens(screen, qtbot):
    assert isinstance(screen.focusWidget(), QLineEdit)
    with qtbot.waitSignal(screen.unlocked) as opened:
        type_text(None, PASSPHRASE + "\n")
    vault, secret = opened.args
    assert secret == PASSPHRASE
    assert screen.typed() == ""
    vault.close()


def test_a_wrong_passphrase_is_told_beside_the_field_and_stays_typed(screen, qtbot):
    type_text(None, "fel ord\n")
    tried(screen, qtbot)
    assert screen.sentence.startswith("Lösenfrasen öppnar inte valvet Forum.rehabdesk.")
    assert screen.typed() == "fel ord"
    assert screen.secret.line.hasSelectedText()
    assert screen.secret.line.accessibleDescription() == screen.sentence


def test_nothing_typed_is_not_tried(screen, tries):
    press(None, Qt.Key.Key_Return)
    assert screen.sentence == "Skriv en lösenfras."
    assert tries.secrets == []


def test_the_delay_grows_to_five_seconds():
    assert [delay_after(wrong) for wrong in range(7)] == [0.0, 0.5, 1.0, 2.0, 4.0, 5.0, 5.0]
    assert delay_after(99) == LONGEST_DELAY


def test_within_the_delay_nothing_is_tried_and_after_it_what_was_typed_is(screen, tries, clock, qtbot):
    type_text(None, "fel\n")
    tried(screen, qtbot)
    type_text(None, PASSPHRASE + "\n")
    assert tries.secrets == ["fel"]
    assert "prövas om en liten stund" in screen.sentence
    assert screen.typed() == PASSPHRASE
    clock.move(seconds=0.6)
    with qtbot.waitSignal(screen.unlocked) as opened:
        press(None, Qt.Key.Key_Return)
    opened.args[0].close()


def test_a_try_within_the_delay_is_made_by_itself_when_it_has_passed(screen, tries, clock, qtbot):
    type_text(None, "fel\n")
    tried(screen, qtbot)
    type_text(None, PASSPHRASE + "\n")
    clock.move(seconds=1)
    with qtbot.waitSignal(screen.unlocked) as opened:
        pass
    opened.args[0].close()
    assert tries.secrets == ["fel", PASSPHRASE]


def test_caps_lock_is_told_by_a_letter_that_does_not_fit(screen):
    hint = next(label for label in screen.secret.findChildren(Words) if "Caps" in label.text())
    for letter, shift, caps in (("a", NONE, False), ("A", NONE, True), ("A", SHIFT, False), ("å", SHIFT, True)):
        event = QKeyEvent(QEvent.Type.KeyPress, 0, shift, letter)
        QApplication.sendEvent(screen.secret.line, event)
        assert hint.isVisible() is caps, letter
    press(None, Qt.Key.Key_CapsLock)
    assert not hint.isVisible()


def test_what_is_typed_can_be_shown(screen):
    type_text(None, "abc")
    assert screen.secret.line.echoMode() is QLineEdit.EchoMode.Password
    press(None, Qt.Key.Key_Tab)
    press(None, Qt.Key.Key_Space)
    assert screen.secret.line.echoMode() is QLineEdit.EchoMode.Normal
    assert screen.secret.line.hasFocus()
    assert screen.secret.show_button.words == "Dölj"


def test_the_recovery_key_opens_too(screen, recovery_key, qtbot):
    press(button(screen, "Jag har återställningsnyckeln"), Qt.Key.Key_Space)
    assert screen.secret.line.accessibleName() == "Återställningsnyckel"
    assert screen.secret.line.echoMode() is QLineEdit.EchoMode.Normal
    with qtbot.waitSignal(screen.unlocked) as opened:
        type_text(None, recovery_key.lower() + "\n")
    vault, secret = opened.args
    assert vault.by_recovery_key
    assert secret == recovery_key.lower()
    vault.close()


def test_with_two_passphrases_one_says_who_one_is(vault_dir, texts, theme, clock, tries, qtbot):
    create(vault_dir)
    with services.unlock(vault_dir, PASSPHRASE) as vault:
        services.add_holder(vault, "en ställföreträdares egna ord nu", "Ställföreträdare", kdf=CHEAP)
    screen = shown(LockScreen(texts, theme, clock, vault_dir, Locksmith(tries.unlock, tries.choose)), qtbot)
    assert screen._holder_frame.isVisible()
    press(screen._holder, Qt.Key.Key_Down)
    assert screen._holder.value.name == "Ställföreträdare"
    screen.secret.line.setFocus()
    with qtbot.waitSignal(screen.unlocked) as opened:
        type_text(None, "en ställföreträdares egna ord nu\n")
    opened.args[0].close()


def test_with_one_passphrase_nobody_is_asked_who_one_is(screen):
    assert not screen._holder_frame.isVisible()


def test_another_vault_can_be_chosen_and_what_is_typed_stays(screen, tries, tmp_path, qtbot):
    other = tmp_path / "Annat.rehabdesk"
    create(other, OTHER)
    tries.chosen = other
    type_text(None, OTHER)
    push(screen, "Välj ett annat valv")
    assert screen.folder == other
    assert screen.typed() == OTHER
    with qtbot.waitSignal(screen.unlocked) as opened:
        press(None, Qt.Key.Key_Return)
    opened.args[0].close()


def test_choosing_nothing_changes_nothing(screen, vault_dir):
    press(button(screen, "Välj ett annat valv"), Qt.Key.Key_Space)
    assert screen.folder == vault_dir


def test_a_new_vault_is_asked_for(screen, qtbot):
    with qtbot.waitSignal(screen.new_vault_wanted):
        push(screen, "Skapa ett nytt valv")


def test_without_a_vault_it_says_what_to_do_first(texts, theme, clock, qtbot):
    screen = shown(LockScreen(texts, theme, clock, None), qtbot)
    assert not screen.secret.isVisible()
    assert screen.focusWidget() is button(screen, "Skapa ett nytt valv")


def test_the_lost_key_file_is_brought_back(vault_dir, texts, theme, clock, tries, qtbot):
    create(vault_dir)
    assert (vault_dir / PREVIOUS_NAME).exists()
    (vault_dir / SLOTS_NAME).unlink()
    screen = shown(LockScreen(texts, theme, clock, vault_dir, Locksmith(tries.unlock, tries.choose)), qtbot)
    assert "keys.json saknas" in screen.sentence
    push(screen, "Använd den sparade kopian av nyckelfilen")
    assert screen.sentence == ""
    with qtbot.waitSignal(screen.unlocked) as opened:
        type_text(None, PASSPHRASE + "\n")
    opened.args[0].close()


def damaged(folder: Path) -> None:
    content = bytearray((folder / "vault.db").read_bytes())
    content[100:200] = os.urandom(100)
    (folder / "vault.db").write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda folder: (folder / "vault.db").write_bytes(b""), "är tom, 0 byte"),
        (lambda folder: (folder / "vault.db").unlink(), "Databasen saknas"),
        (lambda folder: [(folder / name).unlink() for name in (SLOTS_NAME, PREVIOUS_NAME)], "Nyckelfilen keys.json saknas"),
        (lambda folder: [file.unlink() for file in folder.iterdir()], "är inget valv"),
        (damaged, "är skadad"),
    ],
)
def test_each_harm_has_its_own_sentence_and_what_is_typed_stays(harm, said, vault_dir, texts, theme, clock, qtbot):
    create(vault_dir)
    harm(vault_dir)
    screen = shown(LockScreen(texts, theme, clock, vault_dir), qtbot)
    type_text(None, PASSPHRASE + "\n")
    tried(screen, qtbot)
    assert said in screen.sentence
    assert screen.typed() == PASSPHRASE


def test_a_vault_that_is_open_elsewhere_says_so(screen, vault_dir, qtbot):
    with vaults.unlock(vault_dir, PASSPHRASE):
        type_text(None, PASSPHRASE + "\n")
        tried(screen, qtbot)
    assert "är redan öppet" in screen.sentence


def test_a_poor_place_is_warned_of(texts, theme, clock, tmp_path, qtbot):
    folder = tmp_path / "OneDrive" / "Forum.rehabdesk"
    create(folder)
    screen = shown(LockScreen(texts, theme, clock, folder), qtbot)
    assert "molntjänst" in screen._warning.text()
    assert screen._warning.isVisible()


def test_the_language_is_offered_in_its_own_name(screen, qtbot):
    with qtbot.waitSignal(screen.language_chosen) as chosen:
        push(screen, "English")
    assert chosen.args == ["en"]


def test_it_tells_once_that_it_is_painted(recovery_key, vault_dir, texts, theme, clock, qtbot):
    screen = LockScreen(texts, theme, clock, vault_dir)
    painted = []
    screen.painted.connect(lambda: painted.append(True))
    shown(screen, qtbot)
    qtbot.waitUntil(lambda: bool(painted))
    screen.repaint()
    screen.repaint()
    assert painted == [True]


def test_every_control_has_a_name_and_the_title_tells_nobody(screen):
    for found in screen.findChildren(KeyButton) + screen.findChildren(QLineEdit):
        assert found.accessibleName()
    assert screen.windowTitle() == "rehabdesk"
