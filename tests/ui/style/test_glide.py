from __future__ import annotations

import pytest
from PySide6.QtWidgets import QProxyStyle, QScrollBar, QStyle

from digitpad.ui.style.glide import Glide, motion_ms
from tests.support import PATIENCE_MS


@pytest.fixture
def bar(qtbot) -> QScrollBar:
    bar = QScrollBar()
    qtbot.addWidget(bar)
    bar.setRange(0, 100)
    return bar


def test_it_passes_what_lies_between(bar, qtbot):
    glide, passed = Glide(bar, bar), []
    bar.valueChanged.connect(passed.append)
    glide.go(100)
    assert glide.bound == 100
    assert bar.value() < 100

    qtbot.waitUntil(lambda: bar.value() == 100, timeout=PATIENCE_MS)
    assert passed == sorted(passed)


def test_a_style_without_animations_moves_nothing(bar):
    class Still(QProxyStyle):
        def styleHint(self, hint, *others):
            if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
                return 0
            return super().styleHint(hint, *others)

    assert motion_ms(bar) > 0
    still = Still()
    bar.setStyle(still)
    assert motion_ms(bar) == 0


@pytest.mark.parametrize(("asked", "reached"), [(-20, 0), (300, 100)])
def test_it_goes_as_far_as_the_bar_does(bar, qtbot, asked, reached):
    glide = Glide(bar, bar)
    bar.setValue(50)
    glide.go(asked)

    qtbot.waitUntil(lambda: bar.value() == reached, timeout=PATIENCE_MS)


def test_a_jump_ends_it(bar):
    glide = Glide(bar, bar)
    glide.go(100)
    glide.jump(30)

    assert bar.value() == glide.bound == 30


def test_stopped_it_is_bound_for_where_it_is(bar):
    glide = Glide(bar, bar)
    glide.go(100)
    glide.stop()

    assert glide.bound == bar.value()
