from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from digitpad.ui.pad.pointer_watch import PointerWatch
from tests.support import PATIENCE_MS
from tests.ui.pointers import NONE, Mouse, Pen, touch_screen


@pytest.fixture
def watch(qtbot):
    watch = PointerWatch()
    qtbot.addWidget(watch)
    with qtbot.waitExposed(watch, timeout=PATIENCE_MS):
        watch.show()
    return watch


@pytest.fixture
def lines(watch):
    told: list[str] = []
    watch.told.connect(told.append)
    return told


def test_a_pen_tells_its_pressure_its_buttons_and_its_name(watch, lines):
    pen = Pen(watch)
    assert pen.press((10, 20), 0.25), "taken, so that no mouse event is made of it"
    pen.move((11.5, 20), 0.75)
    pen.move((12, 20), 0.0, held=NONE)
    press, move, hover = lines
    assert all(word in press for word in ("pen", "press", "x 10.0", "y 20.0", "0.250", "[pen]"))
    assert "LeftButton" in press and "x 11.5" in move and "0.750" in move
    assert "buttons -" in hover


def test_a_mouse_and_fingers_are_told_apart(watch, lines):
    Mouse(watch).draw((5, 5), (6, 6))
    assert len(lines) == 3 and all("mouse" in line for line in lines)
    lines.clear()
    QTest.touchEvent(watch, touch_screen()).press(0, QPoint(5, 5)).press(1, QPoint(50, 50))
    QTest.touchEvent(watch, touch_screen()).move(0, QPoint(9, 9)).stationary(1)
    QTest.touchEvent(watch, touch_screen()).release(0, QPoint(9, 9)).release(1, QPoint(50, 50))
    assert [("finger" in line and "pressure" in line) for line in lines] == [True] * 5


def test_what_is_told_is_seen_and_escape_ends_it(qtbot, watch, seen):
    before = seen(watch)
    Pen(watch).press((10, 20))
    assert (seen(watch) != before).any()
    qtbot.keyClick(watch, Qt.Key.Key_Escape)
    assert not watch.isVisible()
