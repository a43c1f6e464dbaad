"""The palettes are readable, and the theme follows what was chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from rehabdesk.paths import resources
from rehabdesk.ui.parts.basics import KeyButton
from rehabdesk.ui.parts.style_sheet import style_sheet
from rehabdesk.ui.parts.theme import Theme
from rehabdesk.ui.parts.tokens import DARK, LIGHT, Mode, Tokens, Tone, contrast

ICONS = resources() / "icons"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_in_use_can_be_read(tokens: Tokens) -> None:
    """WCAG AA for ordinary text."""
    poor = {pair: round(contrast(*pair), 2) for pair in tokens.pairs() if contrast(*pair) < 4.5}
    assert not poor


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_focus_ring_is_seen_on_every_ground(tokens: Tokens) -> None:
    """WCAG 1.4.11: three to one."""
    assert all(contrast(tokens.accent, ground) >= 3 for ground in (tokens.page, tokens.card, tokens.accent_ground))
    assert contrast(tokens.text, tokens.accent) >= 3 or contrast(tokens.text, tokens.page) >= 3


def test_contrast_is_reckoned_as_wcag_does() -> None:
    """Black on white is 21, a colour on itself 1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#1B6A5A", "#1B6A5A") == pytest.approx(1)


def test_the_style_sheet_follows_the_size_of_text() -> None:
    """Twice the text, twice the padding."""
    assert "padding: 8px 14px" in style_sheet(LIGHT, 14, ICONS)
    assert "padding: 16px 28px" in style_sheet(LIGHT, 28, ICONS)
    assert "$" not in style_sheet(DARK, 14, ICONS)


def test_the_icons_the_sheet_names_exist() -> None:
    """Qt says nothing about a missing one."""
    for tokens in (LIGHT, DARK):
        named = re.findall(r'url\("([^"]+)"\)', style_sheet(tokens, 14, ICONS))
        assert named
        assert all(Path(name).is_file() for name in named)


def test_a_chosen_mode_restyles_the_application(qapp: QApplication, qtbot) -> None:
    """Palette and sheet change at once, and those who paint are told."""
    theme = Theme(qapp, Mode.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.page
    with qtbot.waitSignal(theme.changed):
        theme.choose(Mode.DARK)
    assert theme.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.page
    assert theme.ink(Tone.RED).name().upper() == DARK.red
    theme.choose(Mode.LIGHT)


def test_a_button_is_never_lower_than_its_words(qapp: QApplication, qtbot) -> None:
    """Also where somebody has asked the system for very large text."""
    Theme(qapp, Mode.LIGHT)
    button = KeyButton("Punkten klar", "Ctrl+Return", kind="primary")
    qtbot.addWidget(button)
    font = button.font()
    font.setPixelSize(40)
    button.setFont(font)
    assert button.sizeHint().height() >= QFontMetrics(font).height()
    assert button.sizeHint().width() >= QFontMetrics(font).horizontalAdvance("Punkten klar")
    assert button.text() == "Punkten klar  Ctrl Enter"
