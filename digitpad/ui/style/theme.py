"""Colours, light and dark, of usual and of high contrast, and how they follow the system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

from digitpad.core.constants import THEME_NAMES


@dataclass(frozen=True)
class Theme:
    """The colours of the window, as "#rrggbb".

    negative, zero and positive are the ends and the middle of the diverging scale of signed
    activations: blue, the ground's own neutral and orange, which people with any of the usual
    colour deficiencies tell apart. undefined is what NaN and infinity are painted in: by its
    lightness alone it lies far from all of that scale. ink is the pen on paper. is_high_contrast:
    whether all text stands out from its ground by 7 to 1, and each line of a control by 3 to 1.
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
    is_high_contrast: bool = False

    @property
    def groove(self) -> str:
        """What the handle of a slider runs in."""
        return self.line if self.is_high_contrast else self.track

    @property
    def hover(self) -> str:
        """The paper of a control under the pointer."""
        return blend(self.paper, self.accent, 0.10).name()

    @property
    def pressed(self) -> str:
        """The paper of a control that is pressed."""
        return blend(self.paper, self.accent, 0.22).name()

    @property
    def faint(self) -> str:
        """What controls say that cannot be used now."""
        return blend(self.text, self.ground, 0.4 if self.is_high_contrast else 0.62).name()


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

HIGH_CONTRAST_LIGHT = Theme(
    name="high-contrast-light",
    ground="#ffffff",
    paper="#ffffff",
    ink="#000000",
    text="#000000",
    quiet="#3a3a3a",
    line="#5c5c5c",
    track="#d9d9d9",
    accent="#7d3000",
    accent_text="#ffffff",
    warning="#8c0000",
    negative="#0f4fa8",
    zero="#fbfbfb",
    positive="#dd6b00",
    undefined="#120005",
    is_high_contrast=True,
)

HIGH_CONTRAST_DARK = Theme(
    name="high-contrast-dark",
    ground="#000000",
    paper="#000000",
    ink="#ffffff",
    text="#ffffff",
    quiet="#d8d8d8",
    line="#a6a6a6",
    track="#333333",
    accent="#ffc34d",
    accent_text="#000000",
    warning="#ffb4a0",
    negative="#2a72d0",
    zero="#0c0c0c",
    positive="#f79a3a",
    undefined="#ffffff",
    is_high_contrast=True,
)

_ALL = (LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)
THEMES = dict(zip(THEME_NAMES, _ALL, strict=True))


def system_theme() -> Theme:
    """The theme that the desktop asks for; light, of usual contrast, where it says nothing."""
    is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    if _asks_for_contrast():
        return HIGH_CONTRAST_DARK if is_dark else HIGH_CONTRAST_LIGHT
    return DARK if is_dark else LIGHT


def _asks_for_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    # Qt tells of contrast from 6.10 on.
    if not hasattr(hints, "accessibility"):
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def when_system_changes(does: Callable[[], object]) -> None:
    """Do something whenever the desktop asks for another theme."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(does)
    if hasattr(hints, "accessibility"):
        hints.accessibility().contrastPreferenceChanged.connect(does)


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
