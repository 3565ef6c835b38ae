from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QMenu, QPushButton, QVBoxLayout, QWidget

from digitpad.ui.style.panel import Panel, Role
from tests.ui.hearing import role_of, said_of


class Picture(Panel):
    spoken_role = Role.Graphic

    def __init__(self) -> None:
        super().__init__()
        self.place = ""

    def spoken_place(self) -> str:
        return self.place


def test_a_widget_that_paints_itself_has_its_role_and_what_is_in_it(qtbot):
    picture = Picture()
    qtbot.addWidget(picture)
    button = QPushButton("a button")
    QVBoxLayout(picture).addWidget(button)
    picture.setAccessibleName("a picture")
    found = QAccessible.queryAccessibleInterface(picture)
    assert role_of(picture) is Role.Graphic and found.childCount() == 1
    assert found.child(0).text(QAccessible.Text.Name) == "a button"
    assert found.child(0).role() is Role.Button
    picture.spoken_role = Role.Chart
    assert role_of(picture) is Role.Chart


def test_where_its_cursor_is_comes_before_what_is_said_of_it(qtbot):
    picture = Picture()
    qtbot.addWidget(picture)
    assert said_of(picture) == ""
    picture.setAccessibleDescription("Arrows move the cursor")
    assert said_of(picture) == "Arrows move the cursor"
    picture.place = "row 2"
    assert said_of(picture) == "row 2. Arrows move the cursor"
    picture.setAccessibleDescription("")
    assert said_of(picture) == "row 2"


def test_what_stands_alone_is_a_window_and_what_lies_in_it_is_not(qtbot):
    class Alone(QWidget):
        pass

    window, dialog = Alone(), QDialog()
    within = QWidget(window)
    for one in (window, dialog):
        qtbot.addWidget(one)
    assert role_of(window) is Role.Window and role_of(within) is Role.Client
    assert role_of(dialog) is Role.Dialog


def test_a_menu_is_qts_own_whose_entries_are_heard(qtbot):
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction("&Light")
    entry = QAccessible.queryAccessibleInterface(menu).child(0)
    assert role_of(menu) is Role.PopupMenu and entry.role() is Role.MenuItem
    assert entry.text(QAccessible.Text.Name) == "Light"
