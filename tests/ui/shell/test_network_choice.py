from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.opened_networks import OpenedFile
from digitpad.ui.shell.network_choice import NetworkChoice
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import DARK, LIGHT
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


# Files that were opened, and networks without weights.

NET, UNTRAINED = (
    OpenedFile(Path("/gone/best.pth"), "net.py:Net", "Net", 1234),
    NETWORKS["lenet5-max"],
)


@pytest.fixture
def mine(tmp_path) -> OpenedFile:
    (tmp_path / "mine.pth").touch()
    return OpenedFile(tmp_path / "mine.pth", "", "Mine", 1000)


@pytest.fixture
def all_kinds(choice, mine) -> list:
    networks = [HERE[0], mine, NET, UNTRAINED]
    choice.offer(networks, "Networks", str(mine.weights), BESIDE, ROOM, "Mine")
    return networks


def spoken(choice: NetworkChoice, row: int) -> str:
    return choice.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole)


def test_all_kinds_of_networks_are_told_apart(choice, all_kinds):
    assert titles(choice) == ["LeNet-5", "Mine", "Net", "LeNet, max pooling"]
    assert "Opened by you · mine.pth" in spoken(choice, 1) and spoken(choice, 1).endswith("in use")
    assert "/gone/best.pth is not there any more" in spoken(choice, 2)
    assert "Train" in spoken(choice, 3) and choice.list.currentRow() == 1


def test_what_is_gone_is_greyed(choice, all_kinds, seen):
    def darkest(row: int) -> int:
        top = choice.list.visualItemRect(choice.list.item(row)).top()
        return int(seen(choice.list)[top + 4 : top + choice.row_height - 4].min())

    assert darkest(2) > darkest(0) + 60


def test_a_click_on_the_cross_or_delete_takes_an_opened_file_off_the_list(
    choice, all_kinds, chosen
):
    removed = []
    choice.removed.connect(removed.append)
    row = choice.list.visualItemRect(choice.list.item(2))
    at = QPoint(row.right() - 12, row.center().y())
    QTest.mouseClick(choice.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert removed == [NET] and titles(choice) == ["LeNet-5", "Mine", "LeNet, max pooling"]
    choice.list.setCurrentRow(1)
    QTest.keyClick(choice.list, Qt.Key.Key_Delete)
    assert removed == [NET, all_kinds[1]] and titles(choice) == ["LeNet-5", "LeNet, max pooling"]
    # What is installed stays.
    choice.list.setCurrentRow(0)
    QTest.keyClick(choice.list, Qt.Key.Key_Delete)
    assert len(removed) == 2 and chosen == [] and choice.isVisible()


def test_of_a_network_without_weights_the_command_that_makes_them_can_be_copied(
    choice, all_kinds, chosen
):
    assert choice.command.isHidden() and not choice.hint.isHidden()
    choice.list.setCurrentRow(3)
    assert choice.isVisible() and choice.hint.isHidden()
    assert choice.command.text() == "python train.py --net lenet5-max"
    QTest.mouseClick(choice.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == choice.command.text()
    choice.list.setCurrentRow(0)
    assert choice.command.isHidden()


def test_a_click_on_a_network_without_weights_asks_to_train_it(choice, all_kinds, chosen):
    wanted: list[str] = []
    choice.train_wanted.connect(wanted.append)
    click_row(choice, 3)
    assert (wanted, chosen, choice.isVisible()) == (["lenet5-max"], [], False)


def test_letters_find_any_part_of_a_name(choice, all_kinds):
    for letters, found in (
        ("max", ["LeNet, max pooling"]),
        ("NE", ["LeNet-5", "Mine", "Net", "LeNet, max pooling"]),
        ("best", ["Net"]),
        ("pool net", ["LeNet, max pooling"]),
        ("zz", []),
    ):
        choice.search.setText(letters)
        assert titles(choice) == found
        choice.search.clear()
    QTest.keyClicks(choice.list, "po")
    assert choice.search.text() == "po" and titles(choice) == ["LeNet, max pooling"]
    QTest.keyClick(choice.list, Qt.Key.Key_Backspace)
    QTest.keyClick(choice.list, Qt.Key.Key_Backspace)
    assert len(titles(choice)) == 4


def test_the_list_s_keys_work_while_letters_are_typed(choice, all_kinds, chosen):
    choice.search.setFocus()
    QTest.keyClicks(choice.search, "lenet")
    QTest.keyClick(choice.search, Qt.Key.Key_Down)
    assert choice.list.currentItem().text() == "LeNet, max pooling"
    QTest.keyClick(choice.search, Qt.Key.Key_Up)
    QTest.keyClick(choice.search, Qt.Key.Key_Return)
    assert chosen == ["lenet5"] and not choice.isVisible()
    choice.offer(all_kinds, "Networks", "", BESIDE, ROOM)
    assert len(titles(choice)) == 4
    QTest.keyClick(choice.search, Qt.Key.Key_Escape)
    assert not choice.isVisible()


def test_the_same_weights_by_another_class_are_not_in_use(choice, tmp_path):
    (tmp_path / "a.pth").touch()
    one, other = (
        OpenedFile(tmp_path / "a.pth", f"net.py:{name}", name, 3) for name in ("One", "Other")
    )
    choice.offer([one, other], "Networks", str(tmp_path / "a.pth"), BESIDE, ROOM, "Other")
    assert [spoken(choice, row).endswith("in use") for row in (0, 1)] == [False, True]


def test_a_button_leads_to_a_file(choice, all_kinds):
    wanted = []
    choice.file_wanted.connect(lambda: wanted.append(True))
    QTest.mouseClick(choice.open_button, Qt.MouseButton.LeftButton)
    assert wanted == [True] and not choice.isVisible()
