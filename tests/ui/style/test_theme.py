from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from digitpad.ui.style import theme as theme_module
from digitpad.ui.style.dressing import dress_application, palette
from digitpad.ui.style.theme import (
    DARK,
    HIGH_CONTRAST_DARK,
    HIGH_CONTRAST_LIGHT,
    LIGHT,
    THEMES,
    blend,
    colour_table,
    diverging_table,
    ink_table,
    system_theme,
    when_system_changes,
)
from tests.ui.colours import contrast, rgb

TELLS_OF_CONTRAST = hasattr(Qt, "ContrastPreference")
"""Whether this Qt does, as it does from 6.10 on."""
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
high_contrast = pytest.mark.parametrize(
    "theme", [HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK], ids=["light", "dark"]
)

# What people with colour deficiencies see of linear red, green and blue: Viénot, Brettel and
# Mollon, "Digital video colourmaps for checking the legibility of displays by dichromats" (1999),
# protanopia and deuteranopia.
_SEEN = {
    "protanopia": [[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]],
    "deuteranopia": [[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]],
}


@themes
@pytest.mark.parametrize(
    ("colour", "ground"),
    [
        ("text", "ground"),
        ("text", "paper"),
        ("quiet", "ground"),
        ("quiet", "paper"),
        ("warning", "paper"),
        ("accent", "paper"),
        ("accent_text", "accent"),
        ("ink", "paper"),
    ],
)
def test_every_text_stands_out_from_its_ground(theme, colour, ground):
    assert contrast(getattr(theme, colour), getattr(theme, ground)) >= 4.5


@high_contrast
@pytest.mark.parametrize("ground", ["ground", "paper", "hover"])
@pytest.mark.parametrize("colour", ["text", "quiet", "warning", "accent", "ink"])
def test_in_high_contrast_every_text_stands_out_by_seven_to_one(theme, colour, ground):
    assert contrast(getattr(theme, colour), getattr(theme, ground)) >= 7


@high_contrast
@pytest.mark.parametrize("colour", ["line", "groove", "faint"])
def test_in_high_contrast_lines_and_what_cannot_be_used_are_seen(theme, colour):
    assert contrast(getattr(theme, colour), theme.ground) >= 3
    assert contrast(theme.accent_text, theme.accent) >= 7


@themes
def test_the_diverging_colours_are_blue_neutral_and_orange(theme):
    negative, positive = rgb(theme.negative), rgb(theme.positive)
    assert negative.argmax() == 2 and positive.argmax() == 0
    assert np.ptp(rgb(theme.zero)) <= 12


@themes
def test_a_button_stands_out_under_the_pointer_too(theme):
    hovered = blend(theme.paper, theme.accent, 0.10)
    assert contrast(theme.text, hovered) >= 4.5 and contrast(theme.accent, hovered) >= 4.5


@themes
def test_bars_stand_out_from_their_track(theme):
    assert contrast(theme.accent, theme.track) >= 3 and contrast(theme.quiet, theme.track) >= 3


@themes
def test_the_zero_of_the_diverging_colours_is_neutral_and_in_the_middle(theme):
    table = [rgb(colour) for colour in diverging_table(theme, 253)]
    assert np.array_equal(table[126], rgb(theme.zero))
    assert np.ptp(table[126]) <= 12  # a grey
    assert np.array_equal(table[0], rgb(theme.negative)) and np.array_equal(
        table[252], rgb(theme.positive)
    )


@themes
def test_below_and_above_zero_grow_ever_further_from_it(theme):
    distances = [
        np.abs(rgb(colour) - rgb(theme.zero)).sum() for colour in diverging_table(theme, 253)
    ]
    assert all(a >= b for a, b in pairwise(distances[:127]))
    assert all(a <= b for a, b in pairwise(distances[126:]))


@themes
@pytest.mark.parametrize("deficiency", _SEEN)
def test_below_and_above_zero_are_told_apart_by_colour_blind_eyes(theme, deficiency):
    def as_seen(colour: str) -> np.ndarray:
        linear = (rgb(colour) / 255) ** 2.2
        return (np.array(_SEEN[deficiency]) @ linear).clip(0, 1) ** (1 / 2.2)

    low, zero, high = (as_seen(colour) for colour in (theme.negative, theme.zero, theme.positive))
    assert (
        np.abs(low - high).max() > 0.4
        and np.abs(low - zero).max() > 0.3
        and np.abs(high - zero).max() > 0.3
    )


@themes
@pytest.mark.parametrize("deficiency", [None, *_SEEN])
def test_the_colour_of_nan_and_infinity_is_far_from_all_of_the_scale_by_its_lightness(
    theme, deficiency
):
    """Lightness is seen by all, also where hues are not told apart."""
    seen_as = np.eye(3) if deficiency is None else np.array(_SEEN[deficiency])

    def lightness(colour: str | int) -> float:
        """CIE L*, 0 to 100."""
        linear = (seen_as @ (rgb(colour) / 255) ** 2.2).clip(0, 1)
        return float(116 * np.cbrt(max(linear @ [0.2126, 0.7152, 0.0722], 0.009)) - 16)

    others = [*diverging_table(theme, 253), theme.line, theme.ground]
    undefined = lightness(theme.undefined)
    assert min(abs(lightness(colour) - undefined) for colour in others) > 25


@themes
def test_ink_runs_from_paper_to_ink(theme):
    table = ink_table(theme)
    assert len(table) == 256
    assert np.array_equal(rgb(table[0]), rgb(theme.paper)) and np.array_equal(
        rgb(table[255]), rgb(theme.ink)
    )
    assert all(colour >> 24 == 255 for colour in table)


def test_a_table_runs_evenly_through_its_stops():
    table = [
        rgb(colour).tolist() for colour in colour_table("#000000", "#ffffff", "#000000", count=5)
    ]
    assert table == [[0] * 3, [128] * 3, [255] * 3, [128] * 3, [0] * 3]


def test_a_blend_lies_between():
    assert blend("#000000", "#ff8000", 0.5).name() == "#804000"


@themes
def test_the_palette_of_qts_own_widgets_is_the_themes(theme):
    colours = palette(theme)
    assert colours.color(QPalette.ColorRole.Window).name() == theme.ground
    assert colours.color(QPalette.ColorRole.Text).name() == theme.text


@themes
def test_qts_own_dialogs_follow_the_theme_and_have_no_pictures_on_their_buttons(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    try:
        dress_application(theme)
        question = QMessageBox(window)
        question.setStandardButtons(QMessageBox.StandardButton.Cancel)
        files = QFileDialog(window)
        for dialog in (question, files):
            assert dialog.palette().color(QPalette.ColorRole.Window).name() == theme.ground
            assert dialog.palette().color(QPalette.ColorRole.WindowText).name() == theme.text
        assert question.button(QMessageBox.StandardButton.Cancel).icon().isNull()
    finally:
        dress_application(LIGHT)


@pytest.mark.parametrize(
    ("scheme", "contrast_wanted", "theme"),
    [
        (Qt.ColorScheme.Dark, False, DARK),
        (Qt.ColorScheme.Light, False, LIGHT),
        (Qt.ColorScheme.Unknown, False, LIGHT),
        (Qt.ColorScheme.Dark, True, HIGH_CONTRAST_DARK),
        (Qt.ColorScheme.Light, True, HIGH_CONTRAST_LIGHT),
        (Qt.ColorScheme.Dark, None, DARK),
    ],
)
def test_the_theme_follows_the_system(monkeypatch, scheme, contrast_wanted, theme):
    class Accessibility:
        def contrastPreference(self) -> Qt.ContrastPreference:
            both = Qt.ContrastPreference
            return both.HighContrast if contrast_wanted else both.NoPreference

    class Hints:
        def colorScheme(self) -> Qt.ColorScheme:
            return scheme

    if contrast_wanted and not TELLS_OF_CONTRAST:
        pytest.skip("this Qt tells nothing of contrast")
    if contrast_wanted is not None and TELLS_OF_CONTRAST:
        Hints.accessibility = lambda self: Accessibility()

    monkeypatch.setattr(
        theme_module, "QGuiApplication", type("Application", (), {"styleHints": Hints})
    )
    assert system_theme() is theme


def test_a_change_of_either_in_the_system_is_told(qtbot):
    told = []
    when_system_changes(lambda *_: told.append(1))
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert told == [1]
    if TELLS_OF_CONTRAST:
        hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
        assert told == [1, 1]
