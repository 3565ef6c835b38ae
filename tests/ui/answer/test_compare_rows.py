from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from digitpad.ui.answer.compare_rows import DifferenceLine, Heading, PinnedDigit
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.colours import share_of


@pytest.fixture
def shown(qtbot):
    """Show a part on a screen of its own."""

    def show(part, width: int, height: int):
        qtbot.addWidget(part)
        part.resize(width, height)
        part.show()
        return part

    return show


@pytest.fixture
def heading(shown) -> Heading:
    heading = Heading()
    heading.show_title("LeNet-5 of 1998", "lenet5-1998 · 99.00 % on MNIST")
    return shown(heading, 500, 24)


def test_a_heading_says_its_title_and_what_is_known(heading):
    assert heading.accessibleName() == "LeNet-5 of 1998, lenet5-1998 · 99.00 % on MNIST"


def test_a_heading_cuts_what_has_no_room(heading, seen):
    heading.resize(240, 24)
    heading.show_title("LeNet-5", "a long detail " * 9)
    assert share_of(seen(heading)[:, -3:], LIGHT.quiet, 60) == 0
    assert share_of(seen(heading)[:, 120:], LIGHT.quiet, 60) > 0.02


def test_a_heading_that_is_clickable_opens_by_click_and_keys(qtbot, heading):
    opened = []
    heading.opened.connect(lambda: opened.append(True))
    heading.make_clickable("Another network")
    QTest.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert len(opened) == 1
    heading.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_A):
        QTest.keyClick(heading, key)
    assert len(opened) == 4
    QTest.mouseClick(heading, Qt.MouseButton.RightButton)
    QTest.mousePress(heading, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(heading, Qt.MouseButton.LeftButton, pos=QPoint(20, 200))
    assert len(opened) == 4
    assert heading.toolTip().endswith("Another network")
    assert heading.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_heading_that_is_not_clickable_opens_nothing(heading):
    opened = []
    heading.opened.connect(lambda: opened.append(True))
    heading.make_clickable("Another network")
    heading.make_clickable("")
    QTest.mouseClick(heading, Qt.MouseButton.LeftButton)
    QTest.keyClick(heading, Qt.Key.Key_Return)
    assert opened == [] and heading.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_heading_shows_that_it_has_the_keyboard(qtbot, seen):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    heading = Heading(window)
    # Away from where the pointer lies.
    heading.setGeometry(50, 300, 500, 24)
    heading.show_title("LeNet-5 of 1998", "lenet5-1998 · 99.00 % on MNIST")
    heading.make_clickable("Another network")
    heading.show()
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    heading.clearFocus()
    plain = share_of(seen(heading), LIGHT.accent)
    heading.setFocus(Qt.FocusReason.TabFocusReason)
    assert share_of(seen(heading), LIGHT.accent) > 1.2 * plain


def test_a_difference_stands_out(shown, seen):
    line = shown(DifferenceLine(), 600, 30)
    line.say("Both read 7, and hardly differ", stands_out=False)
    assert share_of(seen(line), LIGHT.text) > 0 == share_of(seen(line), LIGHT.warning)
    line.say("a reads 7, b reads 1", stands_out=True)
    assert share_of(seen(line), LIGHT.warning) > 0
    assert line.accessibleName() == line.text == "a reads 7, b reads 1"


def test_long_words_are_made_to_fit(shown, seen):
    line = shown(DifferenceLine(), 400, 30)
    line.say(
        "lenet5-convolutions rejects it and says so, lenet5-connections reads ankle boot",
        stands_out=True,
    )
    picture = seen(line)
    # Neither edge cuts a letter.
    assert (
        share_of(picture[:, :2], LIGHT.warning, 60)
        == 0
        == share_of(picture[:, -2:], LIGHT.warning, 60)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_pinned_digit_is_shown_as_it_was_read(shown, seen, theme):
    pinned = shown(PinnedDigit(), 140, 170)
    pinned.set_theme(theme)
    digit = np.zeros((28, 28), np.float32)
    digit[:, 14:] = 1
    pinned.show_digit(digit)
    picture = seen(pinned)
    assert (
        share_of(picture[5:130, 5:60], theme.paper) > 0.95
        and share_of(picture[5:130, 80:130], theme.ink) > 0.95
    )


def test_a_digit_of_any_layout_in_memory_is_shown(shown, seen):
    pinned = shown(PinnedDigit(), 140, 170)
    digit = np.zeros((28, 28), np.float32, order="F")
    digit[14:, :] = 1
    pinned.show_digit(digit)
    picture = seen(pinned)
    assert (
        share_of(picture[80:130, 10:120], LIGHT.ink) > 0.9
        and share_of(picture[10:60, 10:120], LIGHT.ink) == 0
    )


def test_a_heading_tells_by_its_tip_what_has_no_room(qtbot):
    heading = Heading()
    qtbot.addWidget(heading)
    heading.show_title("LeNet-5", "lenet5 · 99.47 % on MNIST")
    assert heading.toolTip() == "LeNet-5, lenet5 · 99.47 % on MNIST"
    heading.make_clickable("Another network")
    assert heading.toolTip() == "LeNet-5, lenet5 · 99.47 % on MNIST\nAnother network"
