from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from digitpad.ui.style.focus_ring import FocusWatch, seen_box, watch_focus
from digitpad.ui.style.theme import DARK, LIGHT, THEMES
from digitpad.ui.style.widget_pictures import pixmap_of
from tests.ui.colours import contrast, share_of


@pytest.fixture
def watch():
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return watch_focus(application, LIGHT)


class TwoButtons(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = QPushButton("first"), QPushButton("second")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.addWidget(self.first)
        layout.addWidget(self.second)


@pytest.fixture
def window(qtbot, watch):
    window = TwoButtons()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    window.first.setFocus()
    return window


def ringed(watch: FocusWatch) -> bool:
    return watch.ring is not None and watch.ring.isVisible()


def test_the_ring_is_seen_around_what_keys_brought_the_focus_to(window, watch):
    assert not ringed(watch)
    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    assert ringed(watch)
    assert watch.ring.geometry().contains(window.second.geometry())
    QTest.keyClick(window.second, Qt.Key.Key_Tab)
    assert watch.ring.geometry().contains(window.first.geometry())


def test_a_pointer_that_presses_anything_takes_the_ring_away(window, watch):
    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    centre = window.second.geometry().center()
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=centre)
    assert window.second.hasFocus() and not ringed(watch)
    QTest.mouseClick(
        window.windowHandle(), Qt.MouseButton.LeftButton, pos=window.first.geometry().center()
    )
    assert window.first.hasFocus() and not ringed(watch)


def test_the_ring_follows_where_a_key_leads_by_a_program(window, watch):
    window.first.clicked.connect(window.second.setFocus)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
    assert window.second.hasFocus() and ringed(watch)


def test_tab_shows_where_the_focus_is_even_where_it_cannot_move(qtbot, window, watch):
    window.second.setEnabled(False)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert window.first.hasFocus()
    qtbot.waitUntil(lambda: ringed(watch))
    assert watch.ring.geometry().contains(window.first.geometry())


def test_a_modifier_alone_is_no_going_about_by_keys(window, watch):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    window.second.setFocus()
    assert not ringed(watch)


def test_the_ring_moves_with_its_control_and_goes_with_it(window, watch):
    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    window.resize(window.width() + 200, window.height() + 60)
    QApplication.processEvents()
    assert watch.ring.geometry().contains(window.second.geometry())
    window.first.hide()
    window.second.hide()
    assert not ringed(watch)


def test_nothing_moves_where_the_ring_comes(window, watch):
    before = [each.geometry() for each in (window.first, window.second)]
    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert [each.geometry() for each in (window.first, window.second)] == before


def test_the_ring_is_painted_in_the_accent_and_only_there(window, watch, seen):
    plain = seen(window)
    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    assert share_of(plain, LIGHT.accent) == 0 and share_of(seen(window), LIGHT.accent) > 0.01
    watch.set_theme(DARK)
    assert share_of(seen(window), DARK.accent) > 0.01
    watch.set_theme(LIGHT)


def test_a_picture_of_the_window_that_is_kept_is_without_the_ring(window, watch):
    def accented() -> float:
        picture = pixmap_of(window, LIGHT.ground).toImage()
        points = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
        return sum(picture.pixelColor(*point).name() == LIGHT.accent for point in points)

    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    assert ringed(watch) and accented() == 0


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_ring_stands_out_from_every_ground(theme):
    for ground in (theme.ground, theme.paper):
        assert contrast(theme.accent, ground) >= 3


def test_no_ring_where_a_menu_marks_its_own(window, watch, qtbot):
    QTest.keyClick(window.first, Qt.Key.Key_Tab)
    menu = QMenu(window)
    menu.addAction("one")
    menu.popup(window.mapToGlobal(QPoint(0, 0)))
    assert watch.ring.parentWidget() is window
    menu.close()


def test_of_what_is_scrolled_away_nothing_is_ringed(qtbot):
    area, inside = QScrollArea(), QWidget()
    layout = QVBoxLayout(inside)
    buttons = [QPushButton(str(n)) for n in range(20)]
    for each in buttons:
        layout.addWidget(each)
    area.setWidget(inside)
    area.resize(160, 120)
    qtbot.addWidget(area)
    area.show()
    assert seen_box(buttons[-1]).isEmpty()
    assert seen_box(buttons[0]).size() == buttons[0].size()


def test_no_ring_where_qt_takes_a_control_for_one_that_is_gone(window, watch):
    gone = QPushButton("gone")
    delete(gone)
    watch._by_keys = True
    watch._follow(window.first, gone)
    assert not ringed(watch)


def test_the_ring_outlives_a_window_that_is_gone(window, watch, qtbot):
    other = TwoButtons()
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    other.first.setFocus()
    QTest.keyClick(other.first, Qt.Key.Key_Tab)
    assert watch.ring.parentWidget() is other
    other.deleteLater()
    qtbot.waitUntil(lambda: watch.ring is None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert watch.ring.parentWidget() is window
