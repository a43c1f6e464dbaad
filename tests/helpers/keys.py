"""Keys as a person presses them.

`QTest.keyClicks` aborts the whole process on å, ö, é and –, so characters are sent here as events that carry their text.
Where the widget is None the keys go to whatever has the focus, as they do in life.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier

_NAMED = {"\n": Qt.Key.Key_Return, "\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\b": Qt.Key.Key_Backspace}


def press(widget: QWidget | None, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press and release one key, shortcuts included: `press(page, Qt.Key.Key_Return, CTRL)`."""
    if 0x80 <= key.value < 0x01000000:
        raise ValueError("QTest aborts on this key; a letter like å is typed with type_text")
    QTest.keyClick(_receiver(widget), key, modifiers)


def type_text(widget: QWidget | None, text: str) -> None:
    """Type a text, character by character; a line break is Enter and a tab is Tab."""
    for character in unicodedata.normalize("NFC", text):
        receiver = _receiver(widget)
        if character in _NAMED:
            QTest.keyClick(receiver, _NAMED[character])
        else:
            _type(receiver, character)


def _type(receiver: QWidget, character: str) -> None:
    upper = character.upper()
    code = ord(upper) if len(upper) == 1 and ord(upper) <= 0xFF else 0
    modifiers = SHIFT if character != character.lower() else NONE
    # A field may claim the key before shortcuts see it; Qt asks with this event first, so a test should too.
    for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, code, modifiers, character)
        if kind is QEvent.Type.ShortcutOverride:
            event.ignore()
        QApplication.sendEvent(receiver, event)


def _receiver(widget: QWidget | None) -> QWidget:
    if widget is not None:
        return widget
    focused = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    if focused is None:
        raise AssertionError("nothing has the focus, so the keys would go nowhere")
    return focused
