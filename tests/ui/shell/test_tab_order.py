"""Tab goes through all of the window as one reads it, wherever and whenever its parts were made."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import dump

from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.offer_bar import Deed
from digitpad.ui.shell.tab_order import TabOrder
from tests.ui.keyboard import SHIFT, controls_of, press, tab_round
from tests.ui.windows import draw, read

KEY = Qt.Key


def explaining(window: MainWindow) -> None:
    window.session.selection.open_tool("kernels")


def comparing(window: MainWindow) -> None:
    window.session.pin()


def presenting(window: MainWindow) -> None:
    press(KEY.Key_F11)
    window.presentation.walk(2)
    window.canvas.setFocus()


def asking(window: MainWindow) -> None:
    window.offer_bar.offer("What now?", [Deed("This", lambda: None), Deed("That", lambda: None)])


def labelling(window: MainWindow) -> None:
    window.answer_panel.label_row.show()
    window.canvas.setFocus()


def at_work(window: MainWindow) -> None:
    pass


def regions(window: MainWindow) -> list[tuple[str, QWidget]]:
    """The window's parts from left to right and from above, as one reads them."""
    presentation, comparison = window.presentation, window.comparison
    return [
        ("pad", window.canvas),
        ("offer", window.offer_bar),
        ("tools", window.tools),
        ("input", window.digit_view),
        ("steps", presentation.bar),
        ("back", presentation.back),
        ("forth", presentation.forth),
        ("heading", comparison.upper_heading),
        ("network", window.network_view),
        ("answer", window.answer_panel),
        ("second heading", comparison.heading),
        ("second network", comparison.view),
        ("second answer", comparison.answer),
        ("tool", window.drawer),
        ("foot", window.status_line),
    ]


def region_of(window: MainWindow, widget: QWidget) -> str:
    return next(
        name for name, part in regions(window) if part is widget or part.isAncestorOf(widget)
    )


AT_WORK = ["tools", "input", "network", "answer", "foot", "pad"]
STATES: dict[Callable[[MainWindow], None], list[str]] = {
    at_work: AT_WORK,
    labelling: AT_WORK,
    asking: ["offer", *AT_WORK],
    explaining: ["tools", "input", "network", "answer", "tool", "foot", "pad"],
    comparing: ["tools", "input", "heading", "network", "answer", "second network", "foot", "pad"],
    presenting: ["tools", "input", "steps", "back", "forth", "network", "foot", "pad"],
}


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_tab_visits_everything_once_from_left_to_right_and_comes_back(qtbot, window, state):
    draw(window)
    read(qtbot, window, 7)
    state(window)
    visited = tab_round(window)
    names = [name for name, _ in groupby(visited, lambda one: region_of(window, one))]
    assert names == STATES[state]
    assert len(visited) == len(set(visited))
    missed = controls_of(window) - set(visited)
    # What asks for another digit lies over the bars.
    assert missed == ({window.answer_panel.class_choice} if state is labelling else set())
    assert tab_round(window, is_on=False) == [*visited[-2::-1], visited[-1]]


def test_what_lies_under_a_card_is_passed_over(window):
    window.dialogs.about.toggle()
    window.canvas.setFocus()
    visited = tab_round(window)
    assert window.dialogs.about.text in visited
    assert not set(window.network_view.panels.values()) & set(visited)
    window.dialogs.about.toggle()
    assert set(window.network_view.panels.values()) <= set(tab_round(window))


def test_a_tool_that_was_opened_last_is_still_before_the_foot(window):
    for tool in TOOLS[1::-1]:
        window.session.selection.open_tool(tool.id)
        window.canvas.setFocus()
        visited = [region_of(window, one) for one in tab_round(window)]
        assert visited.index("answer") < visited.index("tool") < visited.index("foot")


def test_f6_goes_from_part_to_part(window):
    window.session.selection.open_tool("kernels")
    window.canvas.setFocus()
    parts = []
    for _ in range(7):
        press(KEY.Key_F6)
        parts.append(region_of(window, window.focusWidget()))
    assert parts == ["tools", "input", "network", "answer", "tool", "foot", "pad"]
    press(KEY.Key_F6, held=SHIFT)
    assert region_of(window, window.focusWidget()) == "foot"


def test_presenting_walks_by_arrows_from_its_buttons_too(window):
    presenting(window)
    at = window.presentation.at
    for button in (window.presentation.forth, window.presentation.bar.close_button):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        press(KEY.Key_Right)
        at += 1
        assert window.presentation.at == at and button.hasFocus()
    window.presentation.bar.setFocus(Qt.FocusReason.TabFocusReason)
    press(KEY.Key_End)
    assert window.presentation.at == len(window.presentation.steps) - 1
    press(KEY.Key_Home)
    assert window.presentation.at == 0


def test_from_what_goes_away_the_keyboard_comes_back_to_where_it_was(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    layer = window.network_view.panel("C5")
    layer.setFocus(Qt.FocusReason.TabFocusReason)

    def come_back() -> None:
        press(KEY.Key_Escape)
        assert window.focusWidget() is layer

    press(KEY.Key_I)
    assert window.dialogs.about.text.hasFocus()
    come_back()
    asking(window)
    window.offer_bar.buttons[1].setFocus(Qt.FocusReason.TabFocusReason)
    come_back()
    press(KEY.Key_C)
    assert window.answer_panel.label_row.has_keys
    come_back()
    explaining(window)
    window.drawer.buttons["why"].setFocus(Qt.FocusReason.TabFocusReason)
    press(KEY.Key_Tab, KEY.Key_Tab)
    come_back()


def test_a_button_that_is_disabled_by_its_own_click_gives_the_keyboard_to_the_next(window):
    draw(window)
    clear = window.tools.button("clear")
    clear.setFocus(Qt.FocusReason.TabFocusReason)
    press(KEY.Key_Space)
    assert not clear.isEnabled()
    assert window.tools.isAncestorOf(window.focusWidget())
    assert window.focusWidget() is not clear


def test_no_control_is_taken_for_the_child_of_the_one_before(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    buttons = [QPushButton(name, window) for name in "abc"]
    for n, button in enumerate(buttons):
        button.move(0, 60 * n)
    window.show()
    assert TabOrder(window, lambda: [window]).stops() == [buttons]
    # What PySide holds for a control's parent decides what is held for deleted with it.
    for button in buttons:
        assert f"parent............ <{type(window).__module__}.QWidget" in dump(button)
    assert "parent......" not in dump(window)
