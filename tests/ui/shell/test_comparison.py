from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest

from digitpad.ui.answer.answer_panel import PanelState
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.states import Mode
from digitpad.ui.style.screen import set_text_scale
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.choices import HERE, answer_of, info_of, titles, window_with
from tests.ui.colours import share_of
from tests.ui.pointers import NONE, Mouse
from tests.ui.stubs import UNLIKE_ANY
from tests.ui.windows import asked, draw, on_screen, read

SIZES = [(800, 560), (900, 600), (1280, 800), (2560, 1440)]


@pytest.fixture
def window(qtbot) -> MainWindow:
    return window_with(qtbot, HERE)


def compare_with(window: MainWindow, name: str, **changes: object) -> None:
    """Let a second network be ready."""
    window.session.open_second(Path(f"/some/where/{name}.safetensors"))
    window.session.client.second_ready.emit(info_of(name, **changes))


def second_reads(
    window: MainWindow, name: str, answer: int, share: float = 0.9, **changes: object
) -> None:
    window.session.client.second_recognized.emit(answer_of(name, answer, share, **changes))


# Beginning and ending.


def test_by_keys_a_second_network_is_chosen_and_reads_beside_the_first(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    marks = window.session.pad.drawing.marks
    QTest.keyClick(window, Qt.Key.Key_V)
    choice = window.dialogs.choice
    assert choice.title.text() == "Compare LeNet-5 with"
    # It is not compared with itself.
    assert titles(choice) == ["LeNet-5, ReLU", "LeNet-5 of 1998", "LeNet, sigmoid"]
    QTest.keyClick(choice.list, Qt.Key.Key_Down)
    QTest.keyClick(choice.list, Qt.Key.Key_Return)
    assert window.session.client.second_networks == [
        (Path("/some/where/lenet5-1998.safetensors"), "")
    ]
    # Until it has loaded, all stays as it was.
    assert not window.comparison.is_active and not window.comparison.view.isVisible()
    window.session.client.second_ready.emit(info_of("lenet5-1998"))
    second_reads(window, "lenet5-1998", 1)
    assert window.session.mode is Mode.SECOND
    assert window.comparison.view.isVisible() and window.comparison.answer.headline == "1"
    assert window.answer_panel.headline == "7" and window.session.pad.drawing.marks == marks
    assert window.comparison.words.text == "lenet5 reads 7, lenet5-1998 reads 1"
    assert window.comparison.view.panel("C3").value_at((0, 0, 0)) == pytest.approx(0.1)
    assert window.network_view.panel("C3").value_at((0, 0, 0)) == pytest.approx(0.7)


def test_by_mouse_comparing_begins_and_ends_with_the_button_at_the_foot(window):
    button = window.status_line.button("compare")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    choice = window.dialogs.choice
    assert choice.isVisible() and not button.isChecked()
    place = choice.list.visualItemRect(choice.list.item(0)).center()
    QTest.mouseClick(choice.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.session.client.second_ready.emit(info_of("lenet5-relu"))
    assert button.isChecked()
    whole = window.network_view.height()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (
        not window.comparison.is_active
        and not button.isChecked()
        and window.session.client.second_networks[-1] is None
    )
    assert not window.comparison.view.isVisible() and window.network_view.height() > 1.8 * whole


@pytest.mark.parametrize("key", [Qt.Key.Key_V, Qt.Key.Key_Escape])
def test_keys_leave_comparing(window, key):
    compare_with(window, "lenet5-relu")
    QTest.keyClick(window, key)
    assert not window.comparison.is_active and window.session.client.second_networks[-1] is None
    assert window.answer_panel.caption == "Probability"


def test_a_list_that_is_closed_without_a_choice_begins_nothing(window):
    QTest.keyClick(window, Qt.Key.Key_V)
    QTest.keyClick(window.dialogs.choice.list, Qt.Key.Key_Escape)
    assert (
        window.session.client.second_networks == []
        and not window.status_line.button("compare").isChecked()
    )


def test_another_second_takes_the_place_of_the_one_before(window):
    compare_with(window, "lenet5-relu")
    heading = window.comparison.heading
    QTest.mouseClick(heading, Qt.MouseButton.LeftButton)
    choice = window.dialogs.choice
    assert choice.isVisible() and choice.list.currentItem().text() == "LeNet-5, ReLU"
    QTest.keyClick(choice.list, Qt.Key.Key_Down)
    QTest.keyClick(choice.list, Qt.Key.Key_Return)
    assert window.session.client.second_networks[-1] == (
        Path("/some/where/lenet5-1998.safetensors"),
        "",
    )
    assert window.comparison.heading.accessibleName().startswith("LeNet-5, ReLU")
    window.session.client.second_ready.emit(info_of("lenet5-1998"))
    assert window.comparison.heading.accessibleName().startswith("LeNet-5 of 1998")
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ShiftModifier)
    assert choice.isVisible() and choice.list.currentItem().text() == "LeNet-5 of 1998"
    choice.close()


def test_the_upper_heading_opens_the_list_for_the_upper_row(window):
    compare_with(window, "lenet5-relu")
    QTest.mouseClick(window.comparison.upper_heading, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
    assert window.dialogs.choice.title.text() == "Networks"
    QTest.keyClick(window.dialogs.choice.list, Qt.Key.Key_End)
    QTest.keyClick(window.dialogs.choice.list, Qt.Key.Key_Return)
    assert window.session.client.opened == [Path("/some/where/lenet5-sigmoid.safetensors")]


def test_a_second_that_cannot_be_opened_is_said_and_nothing_begins(window):
    window.session.open_second(Path("bad.safetensors"))
    window.session.client.refused.emit("bad.safetensors is no good")
    assert window.notice == "bad.safetensors is no good" and not window.comparison.is_active


def test_a_second_that_cannot_be_opened_leaves_the_one_that_reads(qtbot, window):
    compare_with(window, "lenet5-relu")
    window.session.open_second(Path("bad.safetensors"))
    window.session.client.refused.emit("bad.safetensors is no good")
    draw(window)
    read(qtbot, window, 7)
    second_reads(window, "lenet5-relu", 4)
    assert window.comparison.answer.headline == "4"


# What differs.


def test_shares_that_differ_are_marked_on_both_rows(qtbot, window):
    compare_with(window, "lenet5-relu")
    draw(window)
    read(qtbot, window, 7, share=0.9, second=1)
    second_reads(window, "lenet5-relu", 7, 0.6, second=1)
    upper = {bar.name: bar.other for bar in window.answer_panel.bars() if bar.other is not None}
    lower = {
        bar.name: bar.other for bar in window.comparison.answer.bars() if bar.other is not None
    }
    assert upper == pytest.approx({"7": 0.6, "1": 0.4}) and lower == pytest.approx(
        {"7": 0.9, "1": 0.1}
    )
    assert window.comparison.words.text == "Both read 7. Furthest apart on 1: 10.0 % and 40.0 %"


def test_networks_of_other_classes_are_not_marked_on_each_other(qtbot, window, seen):
    compare_with(window, "lenet5-sigmoid")
    draw(window)
    read(qtbot, window, 7)
    second_reads(window, "lenet5-sigmoid", 4)
    assert (
        window.comparison.answer.headline == "coat"
        and window.comparison.answer.bars()[4].name == "coat"
    )
    assert all(bar.other is None for bar in window.answer_panel.bars())
    assert "tells other things apart" in window.comparison.words.text
    assert share_of(seen(window.comparison.words), LIGHT.warning) == 0


def test_distances_stand_beside_probabilities(qtbot, window):
    compare_with(window, "lenet5-1998")
    draw(window)
    read(qtbot, window, 7)
    second_reads(
        window, "lenet5-1998", 7, logits=-10.0 * answer_of("lenet5", 7).probabilities.clip(0.5)
    )
    best = window.comparison.answer.bars()[7]
    # The bars are of one kind, so that they can be compared; the numbers are the network's own.
    assert best.length == pytest.approx(0.9) and best.number == "9.0"
    assert window.answer_panel.bars()[7].number == "90.0 %"
    assert window.comparison.view.table("C3").isVisible()


def test_a_rejection_waits_until_the_pen_rests_in_both_rows_and_in_the_words(
    qtbot, window, at_rest
):
    compare_with(window, "lenet5-relu")
    mouse = Mouse(window.canvas)
    mouse.press(on_screen(window, (60, 60)))
    read(qtbot, window, 7)
    second_reads(window, "lenet5-relu", 7, rejection=UNLIKE_ANY)
    assert (
        window.comparison.answer.state is PanelState.ANSWERING
        and "rejects" not in window.comparison.words.text
    )
    mouse.release(on_screen(window, (60, 60)))
    read(qtbot, window, 7)
    at_rest(window)
    assert window.comparison.answer.state is PanelState.REJECTED
    assert window.comparison.words.text == "lenet5-relu rejects it, lenet5 reads 7"


def test_two_recipes_of_one_network_are_told_apart(qtbot, window):
    compare_with(window, "lenet5", metadata={"recipe": "tutorial"})
    draw(window)
    read(qtbot, window, 7)
    second_reads(window, "lenet5", 1)
    assert window.comparison.words.text == "lenet5 reads 7, lenet5 (tutorial) reads 1"


def test_an_empty_pad_has_no_answer_in_either_row(qtbot, window):
    compare_with(window, "lenet5-relu")
    draw(window)
    read(qtbot, window, 7)
    second_reads(window, "lenet5-relu", 7)
    QTest.keyClick(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.session.recognition is None)
    assert window.comparison.answer.state is PanelState.IDLE
    assert window.comparison.view.panel("C1").value_at((0, 0, 0)) is None
    assert window.comparison.words.text == "Draw: both read what is on the pad"


def test_an_example_has_its_label_in_both_rows(qtbot, window):
    compare_with(window, "lenet5-relu")
    window.session.put_on_pad(window.session.pad.ink + 255, "7")
    assert [
        panel.reading.label.name for panel in (window.answer_panel, window.comparison.answer)
    ] == ["7"] * 2


def test_another_network_in_the_upper_row_is_compared_from_then_on(qtbot, window):
    compare_with(window, "lenet5-relu")
    draw(window)
    read(qtbot, window, 7)
    second_reads(window, "lenet5-relu", 1)
    window.session.client.ready.emit(info_of("lenet5-1998"))
    window.session.client.recognized.emit(answer_of("lenet5-1998", 3))
    assert window.comparison.words.text == "lenet5-1998 reads 3, lenet5-relu reads 1"


# A reading that is kept.


def test_a_reading_is_kept_in_view_while_another_is_drawn(qtbot, window):
    draw(window)
    read(qtbot, window, 4)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert (
        window.session.mode is Mode.PINNED and window.comparison.words.text == "Both are read as 4"
    )
    QTest.keyClick(window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: window.session.recognition is None)
    assert window.comparison.words.text == "Kept: 4. Draw another, or take a sample"
    draw(window, (60, 60), (200, 200))
    read(qtbot, window, 9)
    assert window.comparison.words.text == "Now: 9. Kept: 4"
    assert window.comparison.answer.headline == "4" and window.answer_panel.headline == "9"
    assert window.comparison.view.panel("C1").value_at((0, 0, 0)) == pytest.approx(0.4)
    assert window.comparison.heading.focusPolicy() == Qt.FocusPolicy.NoFocus
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.comparison.is_active


def test_nothing_is_kept_of_an_empty_pad(window):
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert not window.comparison.is_active and "Draw first" in window.notice


def test_keeping_takes_the_place_of_a_second_that_reads_or_is_awaited(qtbot, window):
    draw(window)
    read(qtbot, window, 4)
    compare_with(window, "lenet5-relu")
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.client.second_networks[-1] is None
    window.session.open_second(Path("/some/where/lenet5-1998.safetensors"))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    assert window.session.client.second_networks[-1] is None
    # One that comes all the same is sent away.
    window.session.client.second_networks.clear()
    window.session.client.second_ready.emit(info_of("lenet5-1998"))
    assert window.session.client.second_networks == [None] and window.session.mode is Mode.PINNED


# Place, pointer and theme.


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["lenet5-1998", "lenet5-convolutions", "lenet5-sigmoid"])
def test_the_rows_lie_apart_at_every_size(window, size, name):
    compare_with(window, name)
    window.resize(*size)
    comparison = window.comparison
    parts = [
        comparison.upper_heading,
        window.network_view,
        window.answer_panel,
        comparison.words,
        comparison.heading,
        comparison.view,
        comparison.answer,
        window.canvas,
        window.digit_view,
        window.status_line,
    ]
    for index, part in enumerate(parts):
        assert part.isVisible() and window.centralWidget().rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[:index]), (
            part
        )
    assert abs(window.network_view.height() - comparison.view.height()) <= 1
    assert window.answer_panel.width() == comparison.answer.width()


def layers_of(view: NetworkView) -> dict[str, QRect]:
    """Where each layer lies in its row."""
    return {name: panel.geometry() for name, panel in view.panels.items()}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["lenet5", "lenet5-1998"])
def test_the_same_network_lies_in_both_rows_alike(qtbot, window, size, name):
    window.session.client.ready.emit(info_of(name))
    draw(window)
    asked(qtbot, window, 1)
    window.session.client.recognized.emit(answer_of(name, 4))
    window.resize(*size)
    for begin in (window.session.pin, lambda: compare_with(window, name)):
        begin()
        upper, lower = window.network_view, window.comparison.view
        assert (upper.x(), upper.size()) == (lower.x(), lower.size())
        assert layers_of(upper) == layers_of(lower)


@pytest.mark.parametrize("size", SIZES)
def test_the_pinned_digit_has_a_place_of_its_own(qtbot, window, size):
    draw(window)
    read(qtbot, window, 4)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    window.resize(*size)
    pinned = window.comparison.pinned_digit
    others = (
        window.network_view,
        window.answer_panel,
        window.comparison.words,
        window.comparison.heading,
        window.comparison.view,
        window.comparison.answer,
    )
    assert pinned.isVisible() and pinned.height() >= 28
    assert not any(pinned.geometry().intersects(other.geometry()) for other in others)
    compare_with(window, "lenet5-relu")
    assert not pinned.isVisible()


def test_pointing_into_the_lower_row_frames_what_the_unit_sees(window):
    compare_with(window, "lenet5-relu")
    panel = window.comparison.view.panel("C1")
    place = panel.map_box(0).center()
    Mouse(panel).send(QEvent.Type.MouseMove, (place.x(), place.y()), NONE, NONE)
    assert window.digit_view._field is not None


def test_pointing_at_what_was_kept_frames_nothing_of_the_new_drawing(qtbot, window):
    draw(window)
    read(qtbot, window, 4)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    panel = window.comparison.view.panel("C1")
    place = panel.map_box(0).center()
    Mouse(panel).send(QEvent.Type.MouseMove, (place.x(), place.y()), NONE, NONE)
    assert window.digit_view._field is None


def test_escape_first_shows_all_layers_again_and_then_leaves_comparing(window):
    compare_with(window, "lenet5-relu")
    QTest.mouseDClick(window.comparison.view.panel("C3"), Qt.MouseButton.LeftButton)
    assert window.comparison.view.enlarged == "C3"
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.comparison.view.enlarged is None and window.comparison.is_active
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.comparison.is_active


def test_the_lower_row_has_the_windows_theme(qtbot, seen):
    window = window_with(qtbot, HERE)
    compare_with(window, "lenet5-relu")
    window.comparison.set_theme(DARK)
    assert share_of(seen(window.comparison.answer), DARK.paper) > 0.3


@pytest.mark.parametrize("is_kept", [False, True])
def test_in_large_texts_both_answers_lie_side_by_side(qtbot, window, is_kept):
    if is_kept:
        draw(window)
        read(qtbot, window, 4)
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
    else:
        compare_with(window, "lenet5-1998")
    set_text_scale(2.0)
    try:
        window.lay_out()
        comparison = window.comparison
        upper, lower = window.answer_panel.geometry(), comparison.answer.geometry()
        assert upper.size() == lower.size() and upper.y() == lower.y()
        assert upper.right() < lower.left() <= lower.right() < window.width()
        assert not window.network_view.isVisible() and not comparison.view.isVisible()
        for heading, answer in ((comparison.upper_heading, upper), (comparison.heading, lower)):
            assert heading.geometry().bottom() < answer.top()
        assert comparison.words.y() > upper.bottom()
        window.session.selection.open_tool("why")
        assert comparison.answer.isHidden() and window.drawer.isVisible()
    finally:
        set_text_scale(1.0)
        window.session.selection.open_tool("")
        window.lay_out()
    assert comparison.view.isVisible()
