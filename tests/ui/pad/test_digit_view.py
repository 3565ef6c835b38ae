from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from digitpad.ui.pad.digit_view import DigitView
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.colours import rgb, share_of
from tests.ui.hearing import said_of
from tests.ui.pointers import Finger


@pytest.fixture
def view(qtbot) -> DigitView:
    view = DigitView()
    qtbot.addWidget(view)
    view.resize(336, 260)
    view.show()
    return view


def middle_of(view: DigitView, row: int, column: int) -> tuple[int, int]:
    """(y, x) of a pixel's middle in the widget."""
    box = view.box()
    cell = box.width() / 28
    return int(box.y() + (row + 0.5) * cell), int(box.x() + (column + 0.5) * cell)


def some_digit() -> np.ndarray:
    digit = np.zeros((28, 28), np.float32)
    digit[5, 20], digit[27, 0], digit[10, 10] = 1.0, 1.0, 0.5
    return digit


def test_each_of_the_28_by_28_pixels_is_seen_in_its_place(view, seen):
    view.show_digit(some_digit())
    picture = seen(view)
    for row, column in ((5, 20), (27, 0)):
        assert np.array_equal(picture[middle_of(view, row, column)], rgb(LIGHT.ink))
    assert (
        np.abs(picture[middle_of(view, 10, 10)] - (rgb(LIGHT.ink) + rgb(LIGHT.paper)) / 2).max() < 3
    )
    assert np.array_equal(picture[middle_of(view, 20, 5)], rgb(LIGHT.paper))


def test_the_pixel_grid_is_seen_where_pixels_are_large_enough(view, seen):
    box = view.box()
    cell = box.width() / 28
    assert cell == int(cell) >= 4
    y, x = middle_of(view, 14, 13)
    line = int(box.x() + 14 * cell)
    row = seen(view)[y, x : line + 1]
    assert not np.array_equal(row[-1], rgb(LIGHT.paper)) and np.array_equal(
        row[0], rgb(LIGHT.paper)
    )
    view.resize(100, 140)
    small = view.box()
    inside = seen(view)[
        int(small.y()) + 4 : int(small.bottom()) - 4, int(small.x()) + 4 : int(small.right()) - 4
    ]
    assert small.width() == 84 and share_of(inside, LIGHT.paper, 0) == 1


def test_a_low_view_has_its_title_beside_the_pixels(view, seen):
    view.show_digit(some_digit())
    view.resize(260, 64)
    with_title = seen(view)
    box = view.box()
    assert box.height() == 56 and box.y() <= 1
    beside = with_title[:, int(box.right()) + 8 :]
    assert share_of(beside, LIGHT.text) > 0
    view.point_at((5, 20))
    assert not np.array_equal(seen(view)[:, int(box.right()) + 8 :], beside)
    view.resize(260, 260)
    assert view.box().y() >= 24


def test_the_digit_shown_is_a_copy(view, seen):
    digit = some_digit()
    view.show_digit(digit)
    digit[:] = 1
    assert np.array_equal(seen(view)[middle_of(view, 20, 5)], rgb(LIGHT.paper))


def test_a_receptive_field_is_framed_and_kept_inside(view, seen):
    plain = seen(view)
    for field, shown in (((5, 8, 10, 20), (5, 8, 10, 20)), ((-2, -3, 4, 40), (0, 0, 4, 28))):
        view.outline(field)
        rows, columns, _ = np.nonzero(seen(view) != plain)
        found = np.array([columns.min(), rows.min(), columns.max() + 1, rows.max() + 1])
        box, cell = view.box(), view.box().width() / 28
        left, top, right, bottom = shown
        expected = [
            box.x() + left * cell,
            box.y() + top * cell,
            box.x() + right * cell,
            box.y() + bottom * cell,
        ]
        assert np.abs(found - expected).max() <= 2
    view.outline(None)
    assert np.array_equal(seen(view), plain)


def test_the_theme_colours_it(view, seen):
    view.set_theme(DARK)
    view.show_digit(some_digit())
    assert np.array_equal(seen(view)[middle_of(view, 5, 20)], rgb(DARK.ink))


def test_hovering_tells_a_pixels_place_and_ink(view):
    view.show_digit(some_digit())

    def told(y: int, x: int) -> str:
        QApplication.sendEvent(
            view, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(x, y), view.mapToGlobal(QPoint(x, y)))
        )
        return QToolTip.text()

    assert told(*middle_of(view, 10, 10)) == "row 11, column 11: 0.50"
    assert told(*middle_of(view, 5, 20)) == "row 6, column 21: 1.00"
    assert told(2, 2).startswith("The box around the ink")
    QToolTip.hideText()


@pytest.mark.parametrize("size", [(1, 1), (30, 400), (2000, 1000)])
def test_it_is_painted_at_any_size(view, size):
    view.resize(*size)
    assert not view.grab().isNull()


def test_a_pixel_is_reached_by_keys_and_by_touch_and_told_in_the_title(view, seen, qtbot):
    view.show_digit(some_digit())
    view.show()
    plain = seen(view)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.pixel == (14, 14)
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Up)
    for key in [Qt.Key.Key_Left] * 20:
        qtbot.keyClick(view, key)
    assert view.pixel == (10, 0)
    assert said_of(view) == view.describe((10, 0)) == "row 11, column 1: 0.00"
    assert not np.array_equal(seen(view), plain)
    y, x = middle_of(view, 5, 20)
    Finger(view).tap((x, y))
    assert view.pixel == (5, 20) and view.cursor_box().contains(QPointF(x, y))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.pixel is None and np.array_equal(seen(view), plain)
