from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QScrollArea, QSlider, QWidget

from digitpad.ui.style.finger_reach import FINGER, finger_acts_at
from digitpad.ui.style.hands import lend_hands
from tests.support import PATIENCE_MS
from tests.ui.pointers import Finger


class Paper(QWidget):
    """Notes where it is pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pressed: list[tuple[int, int]] = []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.append(event.position().toPoint().toTuple())


class Window(QWidget):
    """Small controls in the middle of nothing, and paper to draw on at the right of one."""

    def __init__(self) -> None:
        super().__init__()
        self.clicks: list[str] = []
        self.button = self._button("button", 100, 100, 40, 20)
        self.small = self._button("small", 100, 130, 16, 16)
        self.paper = Paper(self)
        self.paper.setGeometry(142, 90, 40, 40)
        self.words = QLabel("words", self)
        self.words.setGeometry(100, 90, 40, 8)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setGeometry(100, 220, 150, 16)
        self.resize(300, 300)

    def _button(self, name: str, *box: int) -> QPushButton:
        button = QPushButton(name, self)
        button.setGeometry(*box)
        button.clicked.connect(lambda: self.clicks.append(name))
        return button


@pytest.fixture
def window(qtbot) -> Iterator[Window]:
    lend_hands()
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    return window


def acts_at(window: Window, x: int, y: int) -> tuple[int, int]:
    return finger_acts_at(window, QPointF(x, y)).toPoint().toTuple()


def test_a_finger_that_nearly_hits_a_button_presses_it(window):
    Finger(window).tap((120, 96))
    assert window.clicks == ["button"]
    Finger(window).tap((97, 146))
    assert window.clicks == ["button", "small"]


def test_it_acts_as_far_as_a_finger_is_wide_and_no_further(window):
    middle = 100 + 20 / 2
    assert acts_at(window, 120, round(middle - FINGER / 2) + 1) == (120, 100)
    assert acts_at(window, 120, round(middle - FINGER / 2) - 2) == (
        120,
        round(middle - FINGER / 2) - 2,
    )
    assert acts_at(window, 105, 110) == (105, 110)
    assert acts_at(window, 20, 20) == (20, 20)


def test_what_else_is_pressed_there_is_what_is_pressed(window):
    assert acts_at(window, 143, 110) == (143, 110)
    Finger(window.paper).tap((1, 20))
    assert window.paper.pressed == [(1, 20)] and window.clicks == []


def test_words_are_nothing_to_press_unless_they_are_a_link(window):
    assert acts_at(window, 120, 96) == (120, 100)
    window.words.setText('<a href="x">words</a>')
    assert acts_at(window, 120, 96) == (120, 96)


def test_of_two_the_smaller_gets_more_of_what_lies_between(window):
    window.small.setGeometry(115, 126, 10, 10)
    assert [acts_at(window, 120, y)[1] for y in range(120, 126)] == [119] * 2 + [126] * 4


def test_what_is_disabled_or_hidden_or_covered_is_passed_over(window):
    for off, on in (
        (lambda: window.button.setEnabled(False), lambda: window.button.setEnabled(True)),
        (window.button.hide, window.button.show),
        (lambda: window.paper.setGeometry(90, 98, 60, 60), lambda: window.paper.move(250, 250)),
    ):
        off()
        window.paper.raise_()
        assert acts_at(window, 120, 96) == (120, 96)
        on()
    assert acts_at(window, 120, 96) == (120, 100)


def test_a_finger_that_takes_hold_beside_a_slider_moves_it(window):
    Finger(window).swipe((101, 217), (245, 217))
    assert window.slider.value() > 90


def test_one_that_moves_away_before_it_is_lifted_presses_nothing(window):
    finger = Finger(window)
    finger.press((120, 96))
    finger.move((60, 40))
    finger.release((60, 40))
    assert window.clicks == [] and not window.button.isDown()


def test_the_mouse_is_exact(window):
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(120, 96))
    assert window.clicks == []


def test_fields_and_what_scrolls_are_reached_or_left_alone(qtbot):
    area, inside = QScrollArea(), QWidget()
    field = QLineEdit(inside)
    field.setGeometry(20, 20, 100, 18)
    inside.resize(150, 900)
    area.setWidget(inside)
    area.resize(200, 200)
    qtbot.addWidget(area)
    area.show()
    assert finger_acts_at(area, QPointF(60, 16)).y() > 18
    bar = area.verticalScrollBar()
    beside = QPointF(bar.x() - 3, 100)
    assert bar.isVisible() and finger_acts_at(area, beside) == beside
