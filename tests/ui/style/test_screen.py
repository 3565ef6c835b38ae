from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from shiboken6 import Shiboken

from digitpad.core.constants import TEXT_SIZES
from digitpad.ui.style.screen import (
    COMFORTABLE,
    SMALLEST,
    fitted_to_screen,
    place_on_screens,
    screen_of,
    set_text_scale,
    text_scale,
    unit_of,
)
from tests.support import PATIENCE_MS

LEFT, RIGHT = QRect(0, 0, 1920, 1050), QRect(1920, 0, 1280, 1024)


def screen(width: int, height: int) -> SimpleNamespace:
    """A screen of which so much is free: a bar of 40 pixels is at its left."""
    return SimpleNamespace(availableGeometry=lambda: QRect(40, 0, width, height))


@pytest.fixture
def widget(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_the_screen_of_a_window_is_no_child_of_it(widget):
    """Else it is deleted with the window, once Python collects that."""
    fitted_to_screen(widget, COMFORTABLE)
    found = screen_of(widget)
    assert found is QGuiApplication.primaryScreen()
    assert f"at {id(widget):#x}" not in Shiboken.dump(found)


def test_where_there_is_room_a_window_has_the_size_it_wants(widget):
    assert fitted_to_screen(widget, COMFORTABLE, screen(1920, 1040)) == COMFORTABLE


@pytest.mark.parametrize("room", [(1366, 728), (1066, 626), (800, 460)])
def test_on_a_smaller_screen_it_leaves_room_for_its_frame_and_title_bar(widget, room):
    fitted = fitted_to_screen(widget, COMFORTABLE, screen(*room))
    assert fitted.width() <= min(room[0], COMFORTABLE.width())
    assert room[1] - 60 < fitted.height() < room[1]


def test_a_window_that_is_shown_has_the_room_that_its_own_frame_leaves(widget, qtbot):
    with qtbot.waitExposed(widget, timeout=PATIENCE_MS):
        widget.show()
    fitted = fitted_to_screen(widget, QSize(5000, 5000))
    widget.resize(fitted)
    room = screen_of(widget).availableGeometry().size()
    assert widget.frameGeometry().width() <= room.width()
    assert widget.frameGeometry().height() <= room.height()


def test_even_a_screen_without_room_leaves_a_window_a_size(widget):
    fitted = fitted_to_screen(widget, SMALLEST, screen(2, 2))
    assert (fitted.width(), fitted.height()) == (1, 1)


@pytest.mark.parametrize(
    ("size", "unit"),
    [((1280, 800), 1.0), ((2560, 1600), 2.0), ((800, 560), 0.84), ((9e3, 9e3), 2.6)],
)
def test_texts_grow_with_a_window_and_stay_legible(size, unit):
    assert unit_of(*size) == pytest.approx(unit)


@pytest.fixture
def scaled():
    yield set_text_scale
    set_text_scale(1.0)


@pytest.mark.parametrize("size", [(1280, 800), (1600, 1000), (2560, 1600)])
@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_texts_are_as_many_times_as_large_as_was_asked_for(scaled, size, percent):
    usual = unit_of(*size)
    scaled(percent / 100)
    assert text_scale() == percent / 100
    assert unit_of(*size) == pytest.approx(usual * percent / 100)


def test_in_the_smallest_window_texts_grow_by_half_at_most(scaled):
    usual = unit_of(SMALLEST.width(), SMALLEST.height())
    scaled(2.0)
    assert unit_of(SMALLEST.width(), SMALLEST.height()) == pytest.approx(1.5 * usual, rel=0.005)


def test_dialogs_and_menus_take_the_size_too_and_give_it_back(scaled, qapp):
    usual = QFontMetrics(qapp.font()).height()
    scaled(2.0)
    assert QFontMetrics(QMenu().font()).height() == pytest.approx(2 * usual, abs=2)
    scaled(1.5)
    assert QFontMetrics(QLabel().font()).height() == pytest.approx(1.5 * usual, abs=2)
    scaled(1.0)
    assert QFontMetrics(QLabel().font()).height() == usual


def test_the_narrower_of_both_sides_decides():
    assert unit_of(2560, 800) == unit_of(1280, 1600) == 1.0


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ((100, 100, 900, 600), (100, 100, 900, 600)),
        ((2000, 10, 900, 600), (2000, 10, 900, 600)),
        ((-700, 100, 900, 600), (-700, 100, 900, 600)),
        ((-890, 100, 900, 600), None),
        ((100, 2000, 900, 600), None),
        ((5000, 100, 900, 600), None),
        ((0, 0, 9000, 6000), (0, 0, 1920, 1050)),
    ],
)
def test_a_window_opens_on_a_screen_that_exists(place, wanted):
    got = place_on_screens(place, [LEFT, RIGHT])
    assert (None if got is None else got.getRect()) == wanted
