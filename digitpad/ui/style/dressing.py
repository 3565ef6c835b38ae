"""The application in a theme's colours: its palette, and what Qt makes by itself."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from digitpad.ui.style.focus_ring import watch_focus
from digitpad.ui.style.theme import Theme, blend


def palette(theme: Theme) -> QPalette:
    """The palette that Qt's own widgets take."""
    colours = QPalette()
    role = QPalette.ColorRole
    for roles, colour in (
        ((role.Window, role.ToolTipBase), theme.ground),
        ((role.Base, role.Button, role.AlternateBase), theme.paper),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), theme.text),
        ((role.PlaceholderText,), theme.quiet),
        ((role.Highlight, role.Accent), theme.accent),
        ((role.HighlightedText,), theme.accent_text),
        ((role.Mid, role.Dark), theme.line),
        ((role.Link,), theme.accent),
    ):
        for each in roles:
            colours.setColor(each, QColor(colour))
    quiet = QColor(theme.faint)
    for each in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, each, quiet)
    return colours


_OUTLINE = 1.4
"""Qt's style outlines a control in the ground's colour made so many times darker."""

_CONTROLS = ("QAbstractButton", "QAbstractSpinBox", "QComboBox", "QLineEdit")


def dress_application(theme: Theme) -> None:
    """Give every window and dialog of the application a theme's colours, Qt's own message boxes and
    file dialogs too, which take none from the window that they open over.

    The outlines of controls are drawn in a colour that stands out from the ground of every theme,
    and what has the keyboard gets its ring.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    watch_focus(application, theme)
    colours = palette(theme)
    controls = QPalette(colours)
    outline = blend(theme.ground, theme.quiet, 0.75)
    controls.setColor(QPalette.ColorRole.Window, outline.lighter(round(100 * _OUTLINE)))
    application.setPalette(colours)
    for kind in _CONTROLS:
        application.setPalette(controls, kind)  # type: ignore[arg-type]  # Only str is taken.
    has_room = application.primaryScreen().availableGeometry().width() >= _MUCH_WIDTH
    sheet = _DIALOGS + _FILE_DIALOG if has_room else _DIALOGS
    if application.styleSheet() != sheet:
        application.setStyleSheet(sheet)


_DIALOGS = """
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFileDialog QSidebar { min-width: 9em; }
"""
"""Qt's coloured pictures on "Save" and "Cancel" are of no theme, and its file dialog cuts off the
names of places."""

_FILE_DIALOG = "QFileDialog { min-width: 40em; }"
"""Else Qt's has the same size for letters of every size."""
_MUCH_WIDTH = 1000
