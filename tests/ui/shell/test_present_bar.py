from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.datasets.of_network import data_set_of
from digitpad.ui.shell.present_bar import PresentBar
from digitpad.ui.shell.present_words import steps_of
from digitpad.ui.style.theme import LIGHT
from tests.ui.colours import share_of
from tests.ui.stubs import LAYERS


@pytest.fixture
def bar(qtbot) -> PresentBar:
    bar = PresentBar()
    qtbot.addWidget(bar)
    bar.resize(900, 100)
    bar.show()
    return bar


def test_it_says_where_one_is_and_what_the_step_does(bar, seen):
    steps = steps_of(LAYERS, data_set_of(None))
    bar.show_step(steps, 2)
    assert (bar.counter, bar.title) == ("3 of 10", "C1")
    assert bar.sentence == steps[2].does == bar.accessibleDescription()
    assert share_of(seen(bar), LIGHT.accent) > 0


def test_of_many_steps_those_about_the_present_one_are_named(bar, qtbot):
    many = tuple(replace(LAYERS[0], name=f"block {n}") for n in range(60))
    steps = steps_of(many, data_set_of(None))
    for at in (0, 30, len(steps) - 1):
        bar.show_step(steps, at)
        named = [n for n in range(len(steps)) if not bar.name_box(n).isEmpty()]
        assert at in named and 3 <= len(named) < len(steps)
        assert named == list(range(named[0], named[-1] + 1))
        assert bar.name_box(named[-1]).right() < bar.close_button.x()
    with qtbot.waitSignal(bar.step_chosen) as chosen:
        QTest.mouseClick(
            bar, Qt.MouseButton.LeftButton, pos=bar.name_box(named[0]).center().toPoint()
        )
    assert chosen.args == [named[0]]


def test_a_screen_reader_hears_each_step_from_the_first_on(bar, heard):
    steps = steps_of(LAYERS, data_set_of(None))
    bar.hide()
    bar.show_step(steps, 0)
    assert heard == []
    bar.show()
    bar.show_step(steps, 2)
    assert [one.partition(":")[0] for one in heard] == [f"1 of {len(steps)}", f"3 of {len(steps)}"]
    assert heard[1].endswith(steps[2].does)
