from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from digitpad.ui.shell.network_choice import NetworkChoice
from digitpad.ui.style.theme import DARK, LIGHT, style_sheet
from tests.ui.choices import HERE, click_row, installed, titles
from tests.ui.colours import share_of

ROOM, BESIDE = QRect(0, 0, 800, 700), QRect(50, 660, 90, 30)


@pytest.fixture
def choice(qtbot) -> NetworkChoice:
    choice = NetworkChoice()
    qtbot.addWidget(choice)
    choice.setStyleSheet(style_sheet(LIGHT))
    choice.set_theme(LIGHT)
    choice.set_unit(1.0)
    return choice


@pytest.fixture
def chosen(choice) -> list[str]:
    """The names of the networks that were chosen."""
    names: list[str] = []
    choice.chosen.connect(lambda network: names.append(network.name))
    return names


def open_it(choice: NetworkChoice, current: str = "", beside: QRect = BESIDE) -> None:
    choice.offer(HERE, "Networks", current, beside, ROOM)


def place_of(choice: NetworkChoice) -> QRect:
    """Where it was put but for the frame of two pixels that Qt without a display may take it to
    have."""
    return choice.geometry().adjusted(2, 2, -2, -2)


def test_it_names_each_network_its_accuracy_its_tutorial_and_its_recipe(choice):
    open_it(choice)
    assert titles(choice) == ["LeNet-5", "LeNet-5, ReLU", "LeNet-5 of 1998", "LeNet, sigmoid"]
    assert "lenet5-relu.safetensors" in choice.list.item(1).toolTip()
    assert "90.12 %" in choice.list.item(3).data(Qt.ItemDataRole.AccessibleTextRole)


def test_keys_choose(choice, chosen):
    open_it(choice, str(HERE[1].weights))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(choice.list, key)
    assert chosen == ["lenet5-1998"] and not choice.isVisible()


def test_letters_find_a_network(choice, chosen):
    choice.offer([*HERE, installed("cnn-32-64")], "Networks", "", BESIDE, ROOM)
    QTest.keyClick(choice.list, Qt.Key.Key_C)
    QTest.keyClick(choice.list, Qt.Key.Key_Enter)
    assert chosen == ["cnn-32-64"]


def test_a_click_chooses(choice, chosen):
    open_it(choice)
    click_row(choice, 3)
    assert chosen == ["lenet5-sigmoid"] and not choice.isVisible()


def test_escape_and_a_click_elsewhere_choose_nothing(choice, chosen):
    closings = []
    choice.closed.connect(lambda: closings.append(True))
    open_it(choice)
    QTest.keyClick(choice.list, Qt.Key.Key_Escape)
    assert not choice.isVisible()
    open_it(choice)
    QTest.mouseClick(choice, Qt.MouseButton.LeftButton, pos=QPoint(-20, -20))
    assert not choice.isVisible()
    assert chosen == [] and len(closings) == 2


def test_the_network_at_work_is_marked_wherever_the_cursor_is(choice, seen):
    open_it(choice, str(HERE[1].weights))
    assert choice.list.currentRow() == 1
    assert choice.list.item(1).data(Qt.ItemDataRole.AccessibleTextRole).endswith("in use")
    QTest.keyClick(choice.list, Qt.Key.Key_Up)
    row = choice.list.visualItemRect(choice.list.item(1))
    marked = seen(choice.list)[row.top() : row.bottom()]
    other = seen(choice.list)[row.top() + choice.row_height : row.bottom() + choice.row_height]
    assert share_of(marked, LIGHT.accent) > 0 and share_of(other, LIGHT.accent) == 0


def test_without_a_network_at_work_the_first_is_under_the_cursor(choice):
    open_it(choice)
    assert choice.list.currentRow() == 0


def test_the_row_under_the_cursor_stands_out_in_either_theme(choice, seen):
    for theme in (LIGHT, DARK):
        choice.setStyleSheet(style_sheet(theme))
        choice.set_theme(theme)
        open_it(choice)
        rows = seen(choice.list)
        assert share_of(rows[: choice.row_height], theme.accent) > 0.5
        assert share_of(rows[choice.row_height :], theme.accent) == 0
        choice.close()


def test_it_lies_above_what_it_belongs_to_or_below_where_there_is_no_room(choice):
    high = QRect(50, 20, 90, 30)
    open_it(choice)
    assert place_of(choice).bottom() < BESIDE.top() and abs(choice.x() - 50) <= 2
    open_it(choice, beside=high)
    assert place_of(choice).top() > high.bottom()


@pytest.mark.parametrize(
    "beside", [QRect(0, 0, 10, 10), QRect(790, 690, 10, 10), QRect(400, 300, 10, 10)]
)
@pytest.mark.parametrize("room", [ROOM, QRect(0, 0, 400, 300)])
def test_it_stays_within_the_window(choice, beside, room):
    choice.offer(HERE * 8, "Networks", "", beside, room)
    assert room.contains(place_of(choice)), place_of(choice)


def test_more_networks_than_have_room_are_reached_by_keys(choice, chosen):
    many = [installed("lenet5", title=f"Network {n}") for n in range(40)]
    choice.offer(many, "Networks", "", BESIDE, ROOM)
    QTest.keyClick(choice.list, Qt.Key.Key_End)
    assert (
        choice.list.viewport()
        .rect()
        .contains(choice.list.visualItemRect(choice.list.item(39)).center())
    )


@pytest.mark.parametrize("unit", [0.84, 1.0, 2.6])
def test_it_is_painted_at_any_size(choice, unit):
    choice.set_unit(unit)
    open_it(choice)
    assert not choice.grab().isNull() and choice.list.height() % choice.row_height == 0
