from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from digitpad.ui.answer.bars import Bar, paint_bars
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import LIGHT
from tests.ui.browsers import GARMENTS
from tests.ui.colours import share_of


class Bars(Panel):
    """A panel of nothing but bars."""

    bars: tuple[Bar, ...] = ()

    def show_bars(self, *bars: Bar) -> None:
        self.bars = bars
        self.update()

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), LIGHT.paper)
        paint_bars(painter, self, QRectF(self.rect()), list(self.bars), "> 99.9 %")


@pytest.fixture
def panel(qtbot) -> Bars:
    panel = Bars()
    qtbot.addWidget(panel)
    panel.resize(220, 300)
    panel.show()
    return panel


def columns(picture: np.ndarray, colour: str) -> np.ndarray:
    """The columns in which a colour is seen."""
    return np.flatnonzero(
        [share_of(picture[:, x : x + 1], colour) > 0 for x in range(picture.shape[1])]
    )


def test_a_bar_is_as_long_as_its_share(panel, seen):
    lengths = []
    for length in (0.25, 0.5, 1.0):
        panel.show_bars(Bar("7", length, "", wins=True))
        lengths.append(len(columns(seen(panel), LIGHT.accent)))
    assert lengths[1] == pytest.approx(2 * lengths[0], rel=0.1) and lengths[2] == pytest.approx(
        4 * lengths[0], rel=0.1
    )


def test_only_the_winner_stands_out(panel, seen):
    panel.show_bars(Bar("0", 0.5, "50.0 %"), Bar("1", 0.5, "50.0 %", wins=True))
    upper, lower = np.split(seen(panel), 2)
    assert share_of(upper, LIGHT.accent) == 0 < share_of(lower, LIGHT.accent)
    assert share_of(upper, LIGHT.quiet) > 0


def test_bars_at_rest_are_tracks_without_numbers(panel, seen):
    panel.show_bars(Bar("0", None, "50.0 %"))
    picture = seen(panel)
    assert share_of(picture, LIGHT.track) > 0.02
    assert share_of(picture[:, -60:], LIGHT.quiet) == 0 == share_of(picture, LIGHT.accent)


def test_the_others_share_is_marked_where_it_lies(panel, seen):
    places = []
    for other in (0.2, 0.8):
        panel.show_bars(Bar("", 0, "", other=other))
        picture = seen(panel)
        marked = columns(picture, LIGHT.text)
        track = columns(picture, LIGHT.track)
        places.append((marked.mean() - track[0]) / (track[-1] - track[0] + 1))
        # It is higher than the bar.
        rows = np.flatnonzero((np.abs(picture[:, marked[0]].astype(int) - 29) < 20).all(axis=1))
        assert len(rows) > 16
    assert places == pytest.approx([0.2, 0.8], abs=0.03)


@pytest.mark.parametrize(("width", "height"), [(150, 145), (220, 210), (220, 460), (120, 100)])
def test_long_names_leave_room_for_bar_and_number(panel, seen, width, height):
    panel.resize(width, height)
    panel.show_bars(*[Bar(name, 0.5, "50.0 %", wins=name == "coat") for name in GARMENTS])
    picture = seen(panel)
    assert len(columns(picture, LIGHT.accent)) > 0.07 * width
    # The numbers stand at the right edge.
    assert share_of(picture[:, -20:], LIGHT.quiet, 40) > 0


def test_no_bars_at_all_are_painted_too(panel, seen):
    assert share_of(seen(panel), LIGHT.paper) == 1
