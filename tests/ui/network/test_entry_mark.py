from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from tests.ui.colours import share_of
from tests.ui.windows import draw, read


@pytest.mark.parametrize("size", [(800, 560), (1600, 1000)])
def test_what_the_first_layer_does_stands_between_the_input_and_it(window, at_rest, seen, size):
    window.resize(*size)
    at_rest(window)
    mark, first = window.entry_mark, next(iter(window.network_view.panels.values()))
    column = QRect(window.canvas.geometry()).united(window.tools.geometry())
    assert mark.isVisible() and mark.x() > column.right()
    assert mark.geometry().right() + 1 == window.network_view.x()
    assert first.height() - 50 < mark.height() <= window.network_view.height()
    # Something is written there.
    assert share_of(seen(mark), mark.theme.ground) < 0.99
    window.network_view.toggle_size(first.layer.name)
    assert not mark.isVisible()
    window.network_view.toggle_size(first.layer.name)
    assert mark.isVisible()


def test_both_of_two_networks_have_it_and_what_is_presented_has_none(qtbot, window):
    draw(window)
    read(qtbot, window, 7)
    lower = window.comparison.entry
    assert not lower.isVisible()
    window.session.client.second_ready.emit(window.session.info)
    assert lower.isVisible() and lower.x() == window.entry_mark.x()
    assert lower.y() - window.comparison.view.y() == window.entry_mark.y() - window.network_view.y()
    window.session.leave_comparing()
    assert not lower.isVisible() and window.entry_mark.isVisible()
    window.presentation.begin()
    assert not window.entry_mark.isVisible()
    window.presentation.end()
