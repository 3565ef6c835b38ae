"""Colours, light and dark, and how they follow the system."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication


@dataclass(frozen=True)
class Theme:
    """The colours of the window, as "#rrggbb".

    negative, zero and positive are the ends and the middle of the diverging scale of signed
    activations: blue, the ground's own neutral and orange, which people with any of the usual
    colour deficiencies tell apart. undefined is what NaN and infinity are painted in: by its
    lightness alone it lies far from all of that scale. ink is the pen on paper.
    """

    name: str
    ground: str
    paper: str
    ink: str
    text: str
    quiet: str
    line: str
    track: str
    accent: str
    accent_text: str
    warning: str
    negative: str
    zero: str
    positive: str
    undefined: str


LIGHT = Theme(
    name="light",
    ground="#f6f5f1",
    paper="#ffffff",
    ink="#1d1f24",
    text="#1d1f24",
    quiet="#62656e",
    line="#d9d6cd",
    track="#e3e0d8",
    accent="#b34e00",
    accent_text="#ffffff",
    warning="#9a3412",
    negative="#1f63b0",
    zero="#f7f7f5",
    positive="#d65f02",
    undefined="#330011",
)

DARK = Theme(
    name="dark",
    ground="#16181d",
    paper="#1f2229",
    ink="#eceef2",
    text="#eceef2",
    quiet="#a0a5b1",
    line="#363a45",
    track="#343843",
    accent="#f59f3b",
    accent_text="#16181d",
    warning="#fbbf77",
    negative="#3f8fe8",
    zero="#23262d",
    positive="#f58a24",
    undefined="#ffffff",
)

THEMES = {"light": LIGHT, "dark": DARK}


def system_theme() -> Theme:
    """The theme that the desktop asks for; light where it says nothing."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def blend(a: str, b: str, share: float) -> QColor:
    """The colour at ``share`` of the way from a to b."""
    first, second = QColor(a), QColor(b)
    return QColor(
        round(first.red() + share * (second.red() - first.red())),
        round(first.green() + share * (second.green() - first.green())),
        round(first.blue() + share * (second.blue() - first.blue())),
    )


def legible_on(fill: QColor, *colours: str) -> QColor:
    """The one of several colours that stands out most from a fill, by the contrast of the Web
    Content Accessibility Guidelines 2.1."""
    ground = _luminance(fill) + 0.05
    return max(
        map(QColor, colours), key=lambda colour: abs(np.log((_luminance(colour) + 0.05) / ground))
    )


def _luminance(colour: QColor) -> float:
    """Relative luminance, in [0, 1], as the Web Content Accessibility Guidelines 2.1 define it."""
    levels = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def colour_table(*stops: str, count: int = 256) -> list[int]:
    """Colours (0xAARRGGBB) running evenly through the stops, for an indexed image."""
    at = np.linspace(0.0, 1.0, len(stops))
    channels = [[QColor(stop).red(), QColor(stop).green(), QColor(stop).blue()] for stop in stops]
    position = np.linspace(0.0, 1.0, count)
    mixed = (
        np.stack([np.interp(position, at, [c[i] for c in channels]) for i in range(3)], axis=1)
        .round()
        .astype(int)
    )
    return [0xFF000000 | (int(r) << 16) | (int(g) << 8) | int(b) for r, g, b in mixed]


def ink_table(theme: Theme) -> list[int]:
    """From paper (index 0) to ink (index 255)."""
    return colour_table(theme.paper, theme.ink)


def diverging_table(theme: Theme, count: int) -> list[int]:
    """From negative (the first) through zero (the middle one, where count is odd) to positive
    (the last)."""
    return colour_table(theme.negative, theme.zero, theme.positive, count=count)


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
    quiet = blend(theme.text, theme.ground, 0.62)
    for each in (role.WindowText, role.Text, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, each, quiet)
    return colours


_OUTLINE = 1.4
"""Qt's style outlines a control in the ground's colour made so many times darker."""

_CONTROLS = ("QAbstractButton", "QAbstractSpinBox", "QComboBox", "QLineEdit")


def dress_application(theme: Theme) -> None:
    """Give every window and dialog of the application a theme's colours, Qt's own message boxes and
    file dialogs too, which take none from the window that they open over.

    The outlines of controls are drawn in a colour that stands out from the ground of either theme.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        return
    colours = palette(theme)
    controls = QPalette(colours)
    outline = blend(theme.ground, theme.quiet, 0.75)
    controls.setColor(QPalette.ColorRole.Window, outline.lighter(round(100 * _OUTLINE)))
    application.setPalette(colours)
    for kind in _CONTROLS:
        application.setPalette(controls, kind)  # type: ignore[arg-type]  # Only str is taken.
    if application.styleSheet() != _DIALOGS:
        application.setStyleSheet(_DIALOGS)


_DIALOGS = "QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }"
"""Qt's coloured pictures on "Save" and "Cancel" are of no theme."""


def style_sheet(theme: Theme) -> str:
    """The look of buttons, sliders and messages."""
    hover = blend(theme.paper, theme.accent, 0.10).name()
    pressed = blend(theme.paper, theme.accent, 0.22).name()
    faint = blend(theme.text, theme.ground, 0.62).name()
    return f"""
    QWidget#stage {{ background: {theme.ground}; }}
    QToolButton {{ border: 1px solid {theme.line}; border-radius: 8px; background: {theme.paper};
                   color: {theme.text}; padding: 3px 2px; }}
    QToolButton:hover {{ background: {hover}; }}
    QToolButton:pressed {{ background: {pressed}; }}
    QToolButton:checked {{ border-color: {theme.accent}; color: {theme.accent};
                           font-weight: 600; }}
    QToolButton:focus {{ border-color: {theme.accent}; }}
    QToolButton:disabled {{ color: {faint}; }}
    /* Room for the bold letters of a checked one. */
    QToolButton#filter {{ padding: 3px 9px; }}
    QToolButton::menu-indicator {{ image: none; }}
    QMenu {{ background: {theme.paper}; color: {theme.text}; border: 1px solid {theme.line};
             padding: 4px; }}
    QMenu::item {{ padding: 5px 22px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.accent_text}; }}
    QMenu::item:disabled {{ color: {faint}; }}
    QSlider::groove:horizontal {{ height: 5px; border-radius: 2px; background: {theme.track}; }}
    QSlider::handle:horizontal {{ width: 15px; height: 15px; margin: -5px 0; border-radius: 7px;
                                  background: {theme.accent}; }}
    QToolTip {{ background: {theme.paper}; color: {theme.text}; border: 1px solid {theme.line};
                padding: 3px; }}
    QLabel#notice {{ background: {theme.paper}; color: {theme.warning};
                     border: 1px solid {theme.line}; border-radius: 8px; padding: 6px 10px; }}
    QLabel#notice[done="true"] {{ color: {theme.text}; border-color: {theme.accent}; }}
    QFrame#offer {{ background: {theme.paper}; border: 1px solid {theme.accent};
                    border-radius: 8px; }}
    QFrame#offer QLabel {{ color: {theme.text}; background: transparent; }}
    QLabel#quiet {{ color: {theme.quiet}; }}
    QToolButton#foot {{ background: transparent; border: 1px solid transparent;
                        border-radius: 6px; padding: 1px 7px; color: {theme.quiet}; }}
    QToolButton#foot:hover, QToolButton#foot:focus {{ border-color: {theme.line};
                        background: {theme.paper}; color: {theme.text}; }}
    QToolButton#foot:focus {{ border-color: {theme.accent}; }}
    QToolButton#foot:checked {{ color: {theme.accent}; }}
    QToolButton#work {{ background: transparent; border: 1px solid transparent;
                        border-radius: 6px; padding: 1px 7px; color: {theme.accent}; }}
    QToolButton#work:hover, QToolButton#work:focus {{ border-color: {theme.accent};
                        background: {theme.paper}; }}
    QToolButton#chip {{ border-radius: 8px; padding: 0; color: {theme.quiet}; }}
    QToolButton#chip:hover, QToolButton#chip:focus {{ border-color: {theme.accent};
                        color: {theme.text}; }}
    QToolButton#tab {{ background: transparent; border: 1px solid transparent;
                       border-radius: 6px; padding: 1px 2px; color: {theme.quiet}; }}
    QToolButton#tab:hover, QToolButton#tab:focus {{ border-color: {theme.line};
                       background: {theme.paper}; color: {theme.text}; }}
    QToolButton#tab:focus {{ border-color: {theme.accent}; }}
    QToolButton#tab:checked {{ color: {theme.accent}; }}
    QToolButton#network {{ background: {theme.paper}; border: 1px solid {theme.line};
                           border-radius: 6px; padding: 1px 9px; font-weight: 600; }}
    QToolButton#network:hover {{ background: {hover}; }}
    QToolButton#network:focus {{ border-color: {theme.accent}; }}
    QFrame#choice {{ background: {theme.paper}; border: 1px solid {theme.line}; }}
    QFrame#choice QListWidget {{ background: {theme.paper}; border: none; outline: none; }}
    QFrame#choice QLabel, QFrame#about QTextBrowser {{ color: {theme.text};
                                                       background: {theme.paper}; }}
    QFrame#choice QLabel#quiet {{ color: {theme.quiet}; }}
    QFrame#opening {{ background: {theme.paper}; border: 1px solid {theme.line};
                      border-radius: 12px; }}
    QFrame#opening QLabel {{ color: {theme.text}; background: transparent; }}
    QFrame#opening QLabel#quiet {{ color: {theme.quiet}; }}
    QFrame#opening QLabel#cardError {{ color: {theme.warning}; }}
    QFrame#opening QScrollArea, QWidget#cardList {{ background: transparent; }}
    QFrame#opening QPushButton, QFrame#choice QPushButton {{
                      background: {theme.paper}; color: {theme.text};
                      border: 1px solid {theme.line}; border-radius: 7px; padding: 4px 12px;
                      outline: none; }}
    QFrame#opening QPushButton:hover, QFrame#choice QPushButton:hover {{ background: {hover}; }}
    QFrame#opening QPushButton:pressed {{ background: {pressed}; }}
    QFrame#opening QPushButton:focus, QFrame#choice QPushButton:focus {{
                      border-color: {theme.accent}; }}
    QFrame#opening QPushButton:checked {{ border: 2px solid {theme.accent}; background: {hover}; }}
    QFrame#opening QPushButton#accept {{ background: {theme.accent}; color: {theme.accent_text};
                      border-color: {theme.accent}; }}
    QFrame#opening QPushButton#accept:focus {{ border: 2px solid {theme.text}; }}
    QFrame#opening QLineEdit, QFrame#choice QLineEdit, QFrame#opening QSpinBox {{
                      background: {theme.ground}; color: {theme.text};
                      border: 1px solid {theme.line}; border-radius: 5px; padding: 2px 5px; }}
    QFrame#opening QLineEdit:focus, QFrame#choice QLineEdit:focus {{
                      border-color: {theme.accent}; }}
    QFrame#about QScrollBar:vertical, QFrame#choice QScrollBar:vertical,
    QFrame#opening QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
    QFrame#about QScrollBar::handle:vertical, QFrame#choice QScrollBar::handle:vertical,
    QFrame#opening QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px;
                      min-height: 24px; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QFrame#about {{ background: {theme.paper}; border: 1px solid {theme.line};
                    border-radius: 12px; }}
    """
