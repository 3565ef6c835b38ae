from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from digitpad.ui.shell.status_plan import fitting_plan

BUTTONS = ["About · 2 notes", "Compare", "Test images", "My drawings"]
RIGHTS = ["CPU · 88.8 ms", "CPU", ""]


@pytest.fixture
def metrics(qapp):
    font = QFont(qapp.font())
    font.setPixelSize(25)
    return QFontMetrics(font)


def plan(width: int, metrics: QFontMetrics, name: str = "LeNet-5"):
    return fitting_plan(width, 2.0, metrics, name, BUTTONS, RIGHTS)


@pytest.mark.parametrize("width", range(800, 1800, 50))
def test_all_parts_lie_side_by_side(metrics, width):
    found = plan(width, metrics)
    assert found.name + sum(found.buttons) + found.right <= width
    for text, own in zip(BUTTONS, found.buttons, strict=True):
        assert own > metrics.horizontalAdvance(text)


def test_room_around_words_goes_before_words_do(metrics):
    widths = range(1800, 700, -20)
    forms = [plan(width, metrics).form for width in widths]
    around = [plan(width, metrics).around for width in widths]
    assert forms == sorted(forms) and forms[0] == 0 and forms[-1] == 2
    assert around[0] > around[forms.index(1) - 1]


def test_a_long_name_takes_no_room_from_the_others(metrics):
    usual, found = plan(1800, metrics), plan(1800, metrics, 20 * "a long name ")
    assert found.name < metrics.horizontalAdvance(20 * "a long name ")
    assert (found.buttons, found.right, found.form) == (usual.buttons, usual.right, usual.form)


def test_a_line_without_network_has_no_room_for_its_name(metrics):
    assert plan(1800, metrics, "").name == 0
