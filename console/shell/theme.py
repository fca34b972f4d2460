"""Light and dark: Fusion with palettes of our own, following the system or told otherwise.

Contrast on the pane it stands on: text 12 and more, quiet text and tones 4.5 and more, outlines of
fields 3 and more. Colours of tones go into the roles that `console.sdk.look.ROLES` names.
"""

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from console.shell.focus_ring import FocusRing
from console.shell.style import Style

_Role = QPalette.ColorRole

_LIGHT = {
    _Role.Window: "#f4f5f4",
    _Role.WindowText: "#1d2321",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f4f5f4",
    _Role.Text: "#1d2321",
    _Role.PlaceholderText: "#5f6964",
    _Role.Button: "#f4f5f4",
    _Role.ButtonText: "#1d2321",
    _Role.Highlight: "#d5eadd",
    _Role.HighlightedText: "#1d2321",
    _Role.Accent: "#2f7d53",
    _Role.ToolTipBase: "#ffffff",
    _Role.ToolTipText: "#1d2321",
    _Role.Link: "#257045",
    _Role.LinkVisited: "#8f5a00",
    _Role.BrightText: "#b3342d",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#d9dedb",
    _Role.Mid: "#c3c9c6",
    _Role.Dark: "#a9aeab",
    _Role.Shadow: "#7f8582",
}
_DARK = {
    _Role.Window: "#1e2124",
    _Role.WindowText: "#e3e6e8",
    _Role.Base: "#16181b",
    _Role.AlternateBase: "#1e2124",
    _Role.Text: "#e3e6e8",
    _Role.PlaceholderText: "#98a0a7",
    _Role.Button: "#2a2e32",
    _Role.ButtonText: "#e3e6e8",
    _Role.Highlight: "#2c4638",
    _Role.HighlightedText: "#f2f4f5",
    _Role.Accent: "#7fb894",
    _Role.ToolTipBase: "#2a2e32",
    _Role.ToolTipText: "#e3e6e8",
    _Role.Link: "#6cc58b",
    _Role.LinkVisited: "#e0b354",
    _Role.BrightText: "#f29a93",
    _Role.Light: "#3a3f44",
    _Role.Midlight: "#2d3236",
    _Role.Mid: "#3a3f44",
    _Role.Dark: "#0f1113",
    _Role.Shadow: "#08090a",
}
_FAINT = {"light": "#9aa19d", "dark": "#646b71"}


class Appearance(Enum):
    """What the user wants; the value is what the settings keep."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def palette_for(appearance: Appearance) -> QPalette:
    """Return our palette; for SYSTEM the one that the system's scheme asks for."""
    is_dark = appearance is Appearance.DARK
    if appearance is Appearance.SYSTEM:
        is_dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    palette = QPalette()
    for role, colour in (_DARK if is_dark else _LIGHT).items():
        palette.setColor(role, QColor(colour))
    faint = QColor(_FAINT["dark" if is_dark else "light"])
    texts = (_Role.Text, _Role.WindowText, _Role.ButtonText, _Role.HighlightedText)
    for role in (*texts, _Role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
    # An empty field that is off looked as if one could enter something.
    palette.setColor(QPalette.ColorGroup.Disabled, _Role.Base, palette.color(_Role.Window))
    return palette


class Theme:
    """The look of the program, in force from the moment it is made."""

    def __init__(self, application: QApplication, appearance: Appearance) -> None:
        self._application = application
        self.appearance = appearance
        application.setStyle(Style())
        application.setFont(interface_font())
        application.styleHints().colorSchemeChanged.connect(self._on_scheme)
        self.set_appearance(appearance)
        # One for the program, however often its look is set up.
        self.ring = application.findChild(FocusRing) or FocusRing(application)

    def set_appearance(self, appearance: Appearance) -> None:
        """Look so from now on."""
        self.appearance = appearance
        self._application.setPalette(palette_for(appearance))

    def _on_scheme(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self.set_appearance(Appearance.SYSTEM)


def interface_font() -> QFont:
    """Return the system's font, at 9.5 points or more, with figures of one width."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(max(font.pointSizeF(), 9.5))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
