from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from digitpad.ui.images.brought import BroughtPicture, bring
from digitpad.ui.images.picture_view import PictureView
from digitpad.ui.images.tinting import ink_colour, left_out_colour
from digitpad.ui.style.theme import LIGHT
from tests.support import PATIENCE_MS
from tests.ui.colours import share_of
from tests.ui.papers import FOUR, TWO, ink_of, paper, saved
from tests.ui.pointers import Mouse, touch_screen


def brought(folder: Path, grey: np.ndarray) -> BroughtPicture:
    picture = bring([saved(folder, "paper.png", grey)], False)
    assert isinstance(picture, BroughtPicture)
    return picture


@pytest.fixture
def picture(tmp_path) -> BroughtPicture:
    """A 4 and a 2 on a sheet of 400 x 400."""
    return brought(tmp_path, paper(ink_of(FOUR, TWO)))


@pytest.fixture
def view(qtbot, picture) -> PictureView:
    """Shows the picture 404 pixels high, so that a pixel of it is one of the screen."""
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(504, 404)
    view.show_picture(picture, ("4", "2"), None)
    with qtbot.waitActive(view, timeout=PATIENCE_MS):
        view.show()
    return view


@pytest.fixture
def heard(view) -> list[object]:
    """What is signalled."""
    noted: list[object] = []
    view.box_drawn.connect(noted.append)
    view.digit_chosen.connect(lambda number: noted.append(f"digit {number}"))
    return noted


def at(view: PictureView, x: float, y: float) -> tuple[float, float]:
    """Where a pixel of the picture lies."""
    corner = view.place().topLeft()
    return corner.x() + x, corner.y() + y


def middle(view: PictureView, number: int) -> tuple[float, float]:
    left, top, right, bottom = view._picture.read.digits[number]
    return at(view, (left + right) / 2, (top + bottom) / 2)


def test_the_picture_fills_the_view_and_keeps_its_shape(view):
    assert view.place().size().toTuple() == (400, 400)
    assert view.place().center() == QPointF(view.rect().toRectF().center())
    assert view.box_on_screen((0, 0, 400, 400)) == view.place()


def test_ink_is_tinted_and_what_is_left_out_has_another_colour(view, tmp_path, seen):
    before = seen(view)
    assert share_of(before, ink_colour(LIGHT).name(), 60) > 0.03
    assert share_of(before, left_out_colour(LIGHT).name(), 60) < 0.001
    grey = paper(ink_of(FOUR))
    grey[60:66] = grey[200:206] = grey[340:346] = 120
    view.show_picture(brought(tmp_path, grey), (), None)
    assert share_of(seen(view), left_out_colour(LIGHT).name(), 100) > 0.01


def test_a_box_is_drawn_with_the_mouse_and_comes_with_every_move(view, heard):
    mouse = Mouse(view)
    mouse.press(at(view, 200.5, 80.5))
    mouse.move(at(view, 202, 81))
    assert heard == []  # not yet a box, but perhaps a click
    mouse.move(at(view, 300.5, 200.5))
    mouse.move(at(view, 380.5, 340.5))
    mouse.release(at(view, 380.5, 340.5))
    assert heard == [(200, 80, 301, 201), (200, 80, 381, 341)]


def test_a_box_drawn_backwards_and_over_the_edge_ends_at_the_edge(view, heard):
    Mouse(view).draw(at(view, 100, 100), at(view, 50, 50), at(view, -40, -60))
    assert heard[-1] == (0, 0, 100, 100)


def test_a_finger_draws_a_box(qtbot, view, heard):
    screen, window = touch_screen(), view.windowHandle()
    first, *others = [
        view.mapTo(view.window(), QPointF(*at(view, *place)).toPoint())
        for place in ((200, 80), (300, 200), (380, 340))
    ]
    QTest.touchEvent(window, screen).press(0, first, window).commit()
    for place in others:
        QTest.touchEvent(window, screen).move(0, place, window).commit()
    QTest.touchEvent(window, screen).release(0, others[-1], window).commit()
    qtbot.waitUntil(lambda: bool(heard) and heard[-1] == (200, 80, 380, 340), timeout=PATIENCE_MS)


def test_a_click_on_a_digit_chooses_it_and_beside_them_nothing(view, heard, picture):
    for place in (middle(view, 1), at(view, 5, 5)):
        Mouse(view).draw(place)
    assert heard == ["digit 1"]
    view.show_picture(picture.taking(1), ("4", "2"), None)
    for number in (1, 0):
        Mouse(view).draw(middle(view, number))
    assert heard == ["digit 1", "digit None", "digit 0"]


def test_keys_move_a_box_and_change_its_size(qtbot, view, heard):
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    first, second = heard
    assert [b - a for a, b in zip(first, second, strict=True)] == [8, 0, 8, 0]
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert heard[-1] == (*second[:3], second[3] - 8)
    for _ in range(200):
        qtbot.keyClick(view, Qt.Key.Key_Left)
        qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert heard[-1][0] == 0 and heard[-1][2] - heard[-1][0] >= 4


def test_space_takes_one_digit_after_the_other_and_then_all(qtbot, view, heard, picture):
    for taken in (None, 0, 1):
        view.show_picture(picture.taking(taken), ("4", "2"), None)
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert heard == ["digit 0", "digit 1", "digit None"]


def test_one_digit_has_no_box_of_its_own(view, heard, picture):
    view.show_picture(picture, (), None)
    Mouse(view).draw(middle(view, 1))
    assert heard == []


@pytest.mark.parametrize("size", [(1, 1), (30, 400), (3000, 40)])
def test_any_size_is_painted(view, size, seen):
    view.resize(*size)
    seen(view)
    Mouse(view).draw((0, 0), (size[0], size[1]))
