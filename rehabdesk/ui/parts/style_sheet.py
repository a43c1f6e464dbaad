"""The one style sheet of the application, made from a palette and the size of its text."""

from __future__ import annotations

from pathlib import Path
from string import Template

from rehabdesk.ui.parts.tokens import Tokens, Tone


def style_sheet(tokens: Tokens, base: int, icons: Path) -> str:
    """The style sheet for `QApplication`: `base` is the text size in pixels (14 at 100 %), `icons` the folder of ours."""
    parts = (_PAGES, _SURFACES, _WORDS, _MORE_WORDS, _BUTTONS, _MORE_BUTTONS, _FIELDS, _MORE_FIELDS, _TABLES, _MEETING)
    return _filled_in("".join(parts), tokens, base, icons) + _toned(tokens)


def first_style_sheet(tokens: Tokens, base: int, icons: Path) -> str:
    """As much of it as the lock screen shows, a quarter: Qt reads a sheet before it paints anything."""
    return _filled_in(_PAGES + _WORDS + _BUTTONS + _FIELDS, tokens, base, icons)


def _filled_in(sheet: str, tokens: Tokens, base: int, icons: Path) -> str:
    def size(number: float) -> int:
        return max(1, round(number * base / 14))

    values = {name: getattr(tokens, name) for name in tokens._fields if name != "dark"}
    values |= {f"px{number}": str(size(number)) for number in (4, 6, 8, 10, 12, 13, 14, 16, 18, 20, 22, 26, 28, 34)}
    # Style sheets want forward slashes, on Windows too.
    for name in ("chevron", "check"):
        values[name] = (icons / f"{name}-{'dark' if tokens.dark else 'light'}.svg").as_posix()
    return Template(sheet).substitute(values)


def _toned(tokens: Tokens) -> str:
    return "\n".join(
        f'QLabel[part="badge"][tone="{tone}"] {{ color: {tokens.ink(tone)}; background: {tokens.ground(tone)}; }}\n'
        f'QLabel[ink="{tone}"] {{ color: {tokens.ink(tone)}; }}\n'
        f'QFrame[part="message"][tone="{tone}"] {{ background: {tokens.ground(tone)}; '
        f'border-top: 1px solid {tokens.line}; }}\n'
        f'QFrame[part="message"][tone="{tone}"] QLabel {{ color: {tokens.ink(tone)}; }}'
        for tone in Tone
    )


_PAGES = """
QMainWindow, QDialog, QWidget[part="page"] { background: $page; color: $text; }
QWidget[part="clear"] { background: transparent; }
QFrame[part="card"] { background: $card; border: 1px solid $line; border-radius: 8px; }
"""

_SURFACES = """
QScrollArea { background: transparent; border: none; }
QFrame[part="side"] { background: $card; border: none; border-right: 1px solid $line; }
QFrame[part="side-right"] { background: $card; border: none; border-left: 1px solid $line; }
QFrame[part="header"] { background: $card; border: none; border-bottom: 1px solid $line; }
QFrame[part="rule"] { background: $line; border: none; }
QFrame[part="row"] { background: transparent; border: none; border-top: 1px solid $line; }
QFrame[part="row"][first="true"] { border-top: none; }
QFrame[part="row"][chosen="true"] { background: $accent_ground; }
QFrame[part="row"]:focus { border: 2px solid $accent; }
QToolTip { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QMenu { background: $card; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $accent_ground; color: $text; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $line; }
QTabBar { background: transparent; }
QTabBar::tab { color: $muted; background: transparent; padding: ${px8}px 0; margin-right: ${px22}px;
  border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $text; border: 1px solid $accent; border-bottom: 2px solid $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
"""

_WORDS = """
QLabel { color: $text; background: transparent; }
QLabel[part="title"] { font-size: ${px20}px; font-weight: 600; }
QLabel[part="label"] { color: $muted; font-weight: 600; font-size: ${px13}px; }
QLabel[part="muted"] { color: $muted; }
"""

_MORE_WORDS = """
QLabel[part="heading"] { font-weight: 600; }
QLabel[part="small"] { color: $muted; font-size: ${px12}px; }
QLabel[part="figure"] { font-size: ${px26}px; font-weight: 600; }
QLabel[part="large"] { font-size: ${px28}px; }
QLabel[part="problem"] { color: $red; }
QLabel[part="badge"] { font-size: ${px12}px; border-radius: 4px; padding: 2px 7px; }
QLabel[part="key"] { color: $muted; background: $page; border: 1px solid $line; border-bottom-width: 2px;
  border-radius: 4px; font-size: ${px12}px; padding: 0 4px; }
QLabel:disabled { color: $muted; }
"""

_BUTTONS = """
QPushButton { color: $text; background: $card; border: 1px solid $line; border-radius: 6px; outline: none;
  padding: ${px8}px ${px14}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $accent_ground; }
QPushButton:focus { border: 2px solid $accent; padding: ${px8}px ${px13}px; }
QPushButton:disabled { color: $muted; background: $page; border: 1px dashed $line; }
QPushButton[kind="primary"] { color: $on_accent; background: $accent; border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { border: 1px solid $text; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { color: $muted; background: $page; border: 1px dashed $line; }
QPushButton[kind="link"] { color: $accent; background: transparent; border: 1px solid transparent;
  padding: 1px ${px4}px; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; }
"""

_MORE_BUTTONS = """
QPushButton[kind="danger"] { color: $red; border: 1px solid $red; }
QPushButton[kind="danger"]:focus { border: 2px solid $red; }
QPushButton[kind="room"] { text-align: left; background: transparent; border: 2px solid transparent;
  padding: ${px6}px ${px8}px; }
QPushButton[kind="room"]:hover { background: $hover; }
QPushButton[kind="room"]:checked { color: $accent; background: $accent_ground; font-weight: 600; }
QPushButton[kind="room"]:focus { border: 2px solid $accent; }
QPushButton[kind="field"] { color: $muted; background: $page; text-align: left; }
QPushButton[kind="field"]:focus { border: 2px solid $accent; }
QCheckBox, QRadioButton { color: $text; border: 1px solid transparent; border-radius: 4px;
  padding: 3px; spacing: ${px8}px; }
QCheckBox::indicator, QAbstractItemView::indicator { width: ${px14}px; height: ${px14}px; background: $card;
  border: 1px solid $muted; border-radius: 3px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent; border: 1px solid $accent;
  image: url("$check"); }
QCheckBox::indicator:disabled { background: $page; border: 1px dashed $muted; }
QRadioButton::indicator { width: ${px14}px; height: ${px14}px; background: $card; border: 1px solid $muted;
  border-radius: ${px8}px; }
QRadioButton::indicator:checked { width: ${px6}px; height: ${px6}px; border: 5px solid $accent; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid $accent; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox { color: $text; background: $card; border: 1px solid $line;
  border-radius: 6px; selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $muted; }
QLineEdit, QSpinBox { padding: ${px6}px ${px10}px; }
QLineEdit:focus, QSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus { border: 2px solid $accent; }
"""

_MORE_FIELDS = """
QComboBox { padding: ${px6}px ${px10}px; }
QPlainTextEdit, QTextEdit { padding: ${px4}px ${px8}px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $red; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QSpinBox:disabled { color: $muted; background: $page; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $page; }
QComboBox::drop-down { border: none; width: ${px26}px; }
QComboBox::down-arrow { image: url("$chevron"); width: ${px12}px; height: ${px12}px; }
QComboBox QAbstractItemView { color: $text; background: $card; border: 1px solid $line; outline: none;
  selection-background-color: $accent_ground; selection-color: $text; }
"""

_TABLES = """
QTableView, QListView, QTreeView { color: $text; background: $card; border: none; outline: none;
  gridline-color: transparent; selection-background-color: $accent_ground; selection-color: $text; }
QTableView[part="framed"], QListView[part="framed"] { border: 1px solid $line; border-radius: 8px; }
QTableView[part="framed"]:focus, QListView[part="framed"]:focus { border: 2px solid $accent; }
QListView::item { padding: ${px6}px ${px8}px; }
QListView::item:selected { background: $accent_ground; color: $text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { color: $muted; background: transparent; border: none; border-bottom: 1px solid $line;
  padding: ${px8}px ${px12}px; }
QHeaderView::section:vertical { padding: 0 ${px12}px; }
QHeaderView[part="narrow"]::section { padding: ${px8}px 0; }
QHeaderView::section:hover { color: $text; }
QTableCornerButton::section { background: transparent; border: none; }
"""

_MEETING = """
QFrame[part="meeting-row"] { background: transparent; border: 2px solid transparent; }
QFrame[part="meeting-row"][lined="true"] { border-bottom: 1px solid $line; }
QFrame[part="meeting-row"][chosen="true"] { background: $accent_ground; }
QFrame[part="meeting-row"]:focus { border: 2px solid $accent; }
QFrame[part="line-box"] { background: $card; border: 1px solid $line; border-radius: 6px; }
QFrame[part="line-box"][active="true"] { border: 1px solid $accent; }
QFrame[part="notice"] { background: $amber_ground; border: 1px solid $line; border-radius: 6px; }
QFrame[part="notice"] QLabel { color: $amber; }
QPlainTextEdit[part="bare"] { background: transparent; border: 2px solid transparent; padding: ${px4}px 2px; }
QPlainTextEdit[part="bare"]:focus { border: 2px solid $accent; }
QLabel[part="clock"] { font-size: ${px22}px; font-weight: 600; }
QLabel[part="headline"] { font-size: ${px18}px; font-weight: 600; }
QLabel[part="read"] { font-size: ${px22}px; }
QLabel[part="read-small"] { font-size: ${px16}px; color: $muted; }
QWidget[part="room-screen"] { background: $card; }
QLabel[part="room-label"] { color: $muted; }
"""
