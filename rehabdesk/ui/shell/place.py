"""Where one is, page and cursor, as text to keep inside the vault over a lock."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from rehabdesk.ui.shell.context import Target
from rehabdesk.ui.shell.main_window import MainWindow
from rehabdesk.ui.shell.page import Page


def described(window: MainWindow) -> str:
    """The page, the field and the cursor in it."""
    target = window.target
    if target is None:
        return ""
    told: dict[str, Any] = {"room": target.room, "kind": target.kind, "id": target.id, "face": target.face}
    page, field = window.page, window.focusWidget()
    if page is not None and field is not None and page.isAncestorOf(field):
        told["field"] = {"kind": type(field).__name__, "number": _alike(page, type(field).__name__).index(field)}
        told["cursor"] = _cursor_of(field)
    return json.dumps(told)


def restore(window: MainWindow, text: str, rooms: frozenset[str]) -> bool:
    """Go there again; False when the text tells of no place that still is one."""
    try:
        told = json.loads(text)
        target = Target(told["room"], told["kind"], told["id"], told["face"])
    except (ValueError, KeyError, TypeError):
        return False
    if target.room not in rooms:
        return False
    window.navigate(target)
    page, field = window.page, told.get("field")
    if page is not None and isinstance(field, dict):
        _put_back(page, field, told.get("cursor"))
    return True


def _put_back(page: Page, field: dict[str, Any], cursor: object) -> None:
    alike = _alike(page, str(field.get("kind")))
    number = field.get("number")
    if not isinstance(number, int) or not 0 <= number < len(alike):
        return
    found = alike[number]
    found.setFocus(Qt.FocusReason.OtherFocusReason)
    if not isinstance(cursor, int):
        return
    if isinstance(found, QLineEdit):
        found.setCursorPosition(cursor)
    elif isinstance(found, QPlainTextEdit | QTextEdit):
        place = QTextCursor(found.document())
        place.setPosition(max(0, min(cursor, found.document().characterCount() - 1)))
        found.setTextCursor(place)


def _alike(page: Page, kind: str) -> list[QWidget]:
    """Widgets of one kind in the order they were made, which the page repeats when it shows the same again."""
    return [widget for widget in page.findChildren(QWidget) if type(widget).__name__ == kind]


def _cursor_of(field: QWidget) -> int | None:
    if isinstance(field, QLineEdit):
        return field.cursorPosition()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.textCursor().position()
    return None
