"""Keys and fingers open menus and tips, and fingers scroll, in every window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QMenu,
    QPushButton,
    QSlider,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from digitpad.ui.style.hands import Hands, lend_hands, lend_hands_to
from tests.support import PATIENCE_MS
from tests.ui.keyboard import SHIFT, press
from tests.ui.pointers import Finger, quick_fingers, rest

KEY = Qt.Key


class Marked(QWidget):
    """Notes what it is asked for and what is clicked on it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(60)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.heard.append(f"menu at {event.pos().x()}, {event.pos().y()}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.heard.append("press")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_in = self.rect().contains(event.position().toPoint())
        self.heard.append("release" if is_in else "let go")


class Window(QWidget):
    """A list that scrolls, a button with a tip, a slider, and something that has a menu."""

    def __init__(self) -> None:
        super().__init__()
        self.list, self.button, self.marked = QListWidget(), QPushButton("do it"), Marked()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.list.addItems([str(number) for number in range(200)])
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.button.setToolTip("does it")
        self.clicks: list[str] = []
        self.button.clicked.connect(lambda: self.clicks.append("button"))
        self.list.itemClicked.connect(lambda item: self.clicks.append(item.text()))
        layout = QVBoxLayout(self)
        for part in (self.list, self.button, self.slider, self.marked):
            layout.addWidget(part)
        self.resize(300, 420)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.clicks.append("menu of the window")


@pytest.fixture
def window(qtbot) -> Iterator[Window]:
    lend_hands()
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    with quick_fingers():
        yield window
    QToolTip.hideText()


def test_there_is_one_of_them(window):
    lend_hands()
    assert len(QApplication.instance().findChildren(Hands)) == 1


@pytest.mark.parametrize("key, held", [(KEY.Key_Menu, None), (KEY.Key_F10, SHIFT)])
def test_a_key_opens_the_menu_of_what_has_the_keyboard(window, key, held):
    window.marked.setFocus()
    press(key, **({} if held is None else {"held": held}))
    middle = window.marked.width() // 2
    assert window.marked.heard == [f"menu at {middle}, 29"]
    assert window.clicks == [], "the innermost alone"
    window.slider.setFocus()
    press(key, **({} if held is None else {"held": held}))
    assert window.clicks == ["menu of the window"]


def test_a_menu_that_the_platform_opens_by_the_key_is_opened_once(window):
    window.marked.setFocus()
    at = QPoint(1, 1)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(window.windowHandle(), QContextMenuEvent(reason, at, at))
    heard = len(window.marked.heard)
    press(KEY.Key_Menu)
    assert len(window.marked.heard) == heard


def test_a_key_shows_the_tip_of_what_has_the_keyboard(window):
    window.button.setFocus()
    press(KEY.Key_F1, held=Qt.KeyboardModifier.ControlModifier)
    assert QToolTip.isVisible() and QToolTip.text() == "does it"


def test_a_tap_is_a_click(window):
    Finger(window.button).tap()
    Finger(window.list.viewport()).tap((20, 10))
    assert window.clicks == ["button", "0"]


def test_a_finger_that_rests_opens_the_menu_and_clicks_nothing(window):
    finger = Finger(window.marked)
    finger.press((30, 20))
    rest()
    assert window.marked.heard == ["press", "let go", "menu at 30, 20"]
    finger.release((30, 20))
    assert window.marked.heard[3:] == []
    Finger(window.marked).tap((30, 20))
    assert window.marked.heard[3:] == ["press", "release"]


def test_a_finger_that_rests_on_a_button_shows_its_tip_which_stays_when_it_is_lifted(window, qtbot):
    finger = Finger(window.button)
    finger.press((30, 10))
    rest()
    assert QToolTip.text() == "does it"
    finger.release((30, 10))
    QApplication.processEvents()
    qtbot.waitUntil(QToolTip.isVisible, timeout=PATIENCE_MS)
    assert not window.clicks and not window.button.isDown()


def test_a_list_follows_a_finger_and_chooses_nothing(window, qtbot):
    window.list.setCurrentRow(0)
    finger = Finger(window.list.viewport())
    finger.swipe((50, 150), (50, 60))
    bar = window.list.verticalScrollBar()
    assert bar.value() >= 60
    assert not window.clicks and window.list.currentRow() == 0
    # It runs on; a finger that stops it chooses nothing either.
    Finger(window.list.viewport()).tap((50, 100))
    assert not window.clicks
    value = bar.value()
    QTest.qWait(50)
    assert bar.value() == value


def test_a_finger_that_moves_across_a_list_scrolls_nothing(window):
    Finger(window.list.viewport()).swipe((50, 100), (200, 100))
    assert window.list.verticalScrollBar().value() == 0


def deleted(widget: QWidget) -> None:
    widget.deleteLater()
    QApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)


def test_a_window_may_go_under_a_finger(window, qtbot):
    other = Window()
    with qtbot.waitActive(other, timeout=PATIENCE_MS):
        other.show()
    Finger(other.button).press((30, 10))
    deleted(other)
    rest()
    assert not QToolTip.isVisible()
    Finger(window.button).tap()
    assert window.clicks == ["button"]


def test_a_list_may_go_under_the_finger_that_scrolls_it(window):
    finger = Finger(window)
    finger.press((50, 150))
    for height in (120, 90, 60):
        finger.move((50, height))
    deleted(window.list)
    finger.move((50, 50))
    finger.release((50, 50))
    Finger(window.button).tap()
    assert window.clicks == ["button"]


def test_a_slider_follows_a_finger(window):
    Finger(window.slider).swipe((8, 8), (200, 8))
    assert window.slider.value() > 50


def test_the_mouse_waits_for_nothing(window):
    QTest.mousePress(window.marked, Qt.MouseButton.LeftButton)
    rest()
    assert window.marked.heard == ["press"]
    QTest.mouseRelease(window.marked, Qt.MouseButton.LeftButton)
    assert window.marked.heard == ["press", "release"]


def test_a_list_that_opens_over_a_window_is_scrolled_and_reached_too(window, qtbot):
    popup = QWidget(window, Qt.WindowType.Popup)
    names, button = QListWidget(popup), QPushButton("other", popup)
    names.addItems([str(number) for number in range(200)])
    names.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
    names.setGeometry(10, 40, 200, 150)
    button.setGeometry(10, 10, 80, 20)
    button.clicked.connect(lambda: window.clicks.append("other"))
    popup.resize(220, 200)
    popup.show()
    lend_hands_to(popup)
    Finger(names.viewport()).swipe((50, 130), (50, 10))
    assert names.verticalScrollBar().value() > 50
    Finger(popup).tap((50, 6))
    assert window.clicks == ["other"]
    popup.close()


def test_home_and_end_go_to_the_ends_of_a_menu_and_of_one_within_it(window, qtbot):
    menu = QMenu(window)
    first, within = menu.addAction("first"), menu.addMenu("within")
    menu.addAction("not now").setEnabled(False)
    near, _middle, far = (within.addAction(name) for name in ("near", "middle", "far"))
    menu.popup(window.mapToGlobal(QPoint(5, 5)))
    lend_hands_to(menu)
    qtbot.wait(1)
    for key, row in ((KEY.Key_End, within.menuAction()), (KEY.Key_Home, first)):
        QTest.keyClick(menu.windowHandle(), key)
        assert menu.activeAction() is row
    QTest.keyClick(menu.windowHandle(), KEY.Key_PageDown)
    QTest.keyClick(menu.windowHandle(), KEY.Key_Right)
    qtbot.waitUntil(within.isVisible, timeout=PATIENCE_MS)
    qtbot.wait(1)
    for key, row in ((KEY.Key_End, far), (KEY.Key_Home, near)):
        QTest.keyClick(within.windowHandle(), key)
        assert within.activeAction() is row
    within.close()
    menu.close()
