"""The theme: one palette, one face and one style sheet, set on the application and followed when the system changes."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from rehabdesk.paths import resources
from rehabdesk.ui.parts.style_sheet import first_style_sheet, style_sheet
from rehabdesk.ui.parts.tokens import DARK, LIGHT, Mode, Tokens, Tone

NORMAL_SIZE = 14
LARGEST_ORDINARY_SYSTEM_SIZE = 18
"""System faces are 12 to 16 px on ordinary desktops; above this the person has asked for larger text."""


STYLE_ARGUMENTS = ("-style", "Fusion")
"""For an application that begins with our style: to set it later takes Python classes of all that Qt knows of styles."""


class Theme(QObject):
    """What everything on screen is painted with. `changed` comes after the application has been restyled.

    With `begins` the application was started with `STYLE_ARGUMENTS`, and it is styled only as far as the lock screen
    goes until `complete` is called.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = Mode.SYSTEM, begins: bool = False) -> None:
        """Style `app`."""
        super().__init__(app)
        self._app = app
        self._mode = mode
        self._system_font = _system_font()
        self._is_complete = not begins
        # Asked of the palette Qt proposes: it says the same as the scheme, without the classes that name schemes.
        self._system_is_dark = _is_dark(app.palette()) if begins else _scheme_is_dark(app)
        if not begins:
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    def complete(self) -> None:
        """Style what comes after the lock screen too."""
        if not self._is_complete:
            self._is_complete = True
            self._apply_sheet()

    @property
    def mode(self) -> Mode:
        """What the person chose."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """The palette in force."""
        if self._mode is Mode.SYSTEM:
            dark = self._system_is_dark
        else:
            dark = self._mode is Mode.DARK
        return DARK if dark else LIGHT

    @property
    def base(self) -> int:
        """The size of ordinary text, in pixels before the screen's scale."""
        asked = QFontInfo(self._system_font).pixelSize()
        return asked if asked > LARGEST_ORDINARY_SYSTEM_SIZE else NORMAL_SIZE

    def px(self, number: float) -> int:
        """A measure of the design (drawn at 14 px text) at the present text size."""
        return max(1, round(number * self.base / NORMAL_SIZE))

    def colour(self, name: str) -> QColor:
        """A token by name, as a colour."""
        return QColor(getattr(self.tokens, name))

    def ink(self, tone: Tone) -> QColor:
        """The text colour of a tone."""
        return QColor(self.tokens.ink(tone))

    def ground(self, tone: Tone) -> QColor:
        """The ground of a tone."""
        return QColor(self.tokens.ground(tone))

    def font(self, size: float = NORMAL_SIZE, bold: bool = False) -> QFont:
        """The system's face at a size of the design."""
        font = QFont(self._system_font)
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        # Columns of figures and the running clock must not jump; faces without the feature ignore it.
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def choose(self, mode: Mode) -> None:
        """Change palette at once."""
        if mode is not self._mode:
            self._mode = mode
            self._apply()
            self.changed.emit()

    def _on_scheme_changed(self) -> None:
        self._system_is_dark = _scheme_is_dark(self._app)
        if self._mode is Mode.SYSTEM:
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        self._app.setPalette(_palette(self.tokens))
        self._app.setFont(self.font())
        self._apply_sheet()

    def _apply_sheet(self) -> None:
        make = style_sheet if self._is_complete else first_style_sheet
        self._app.setStyleSheet(make(self.tokens, self.base, resources() / "icons"))


def _scheme_is_dark(app: QApplication) -> bool:
    return app.styleHints().colorScheme() == QtCore.Qt.ColorScheme.Dark


def _is_dark(palette: QPalette) -> bool:
    return palette.color(QPalette.ColorRole.Window).lightness() < palette.color(QPalette.ColorRole.WindowText).lightness()


def _system_font() -> QFont:
    """The system's face; where there is none at all (a bare container), the one that is brought along for paper."""
    if not QFontDatabase.families():
        for face in sorted((resources() / "fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(face))
        bundled = QFontDatabase.families()
        if bundled:
            return QFont(bundled[0])
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        ink = tokens.muted if group is QPalette.ColorGroup.Disabled else tokens.text
        for name, colour in (
            (role.Window, tokens.page), (role.WindowText, ink), (role.Base, tokens.card), (role.Text, ink),
            (role.AlternateBase, tokens.page), (role.Button, tokens.card), (role.ButtonText, ink),
            (role.PlaceholderText, tokens.muted), (role.BrightText, tokens.red), (role.Highlight, tokens.accent),
            (role.HighlightedText, tokens.on_accent), (role.Accent, tokens.accent), (role.Link, tokens.accent),
            (role.LinkVisited, tokens.accent), (role.ToolTipBase, tokens.card), (role.ToolTipText, tokens.text),
            (role.Mid, tokens.line), (role.Midlight, tokens.hover), (role.Light, tokens.card),
            (role.Dark, tokens.line), (role.Shadow, tokens.line),
        ):
            palette.setColor(group, name, QColor(colour))
    return palette
