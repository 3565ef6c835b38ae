"""The tools with the real recogniser, by mouse and keys."""

from __future__ import annotations

import re

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.app import make_window
from digitpad.core.paths import shipped_weights
from digitpad.explain.results import SweepKind
from digitpad.ui.explain import why_words as words
from digitpad.ui.explain.pieces_tint import middle_of
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.style.panel import MINUS, signed_short
from tests.support import PATIENCE_MS
from tests.ui.pointers import NONE, Mouse
from tests.ui.windows import draw

LONG_MS = 4 * PATIENCE_MS


@pytest.fixture
def window(qtbot, drawings):
    """A window of its own recogniser, with a 7 drawn by the mouse."""
    window = make_window(shipped_weights(), "cpu", "light")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitActive(window, timeout=PATIENCE_MS):
        window.show()
    for stroke in drawings[7]:
        draw(window, *map(tuple, stroke.tolist()))
    qtbot.waitUntil(lambda: window.session.recognition is not None, timeout=LONG_MS)
    yield window
    window.close()


def shown(qtbot, window):
    """The panel of the open tool, once it shows what was asked."""
    panel = window.drawer.panel
    panel = getattr(panel, "shown", panel)
    qtbot.waitUntil(lambda: panel.is_current, timeout=LONG_MS)
    return panel


def numbers(text: str) -> list[float]:
    found = re.findall(r"[+\N{MINUS SIGN}]?\d+\.\d+", text)
    return [float(one.replace("\N{MINUS SIGN}", "-")) for one in found]


def test_from_why_to_the_pen_and_back(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_W)
    panel = shown(qtbot, window)
    assert panel.result.adds_up and panel.text.startswith("7 leads ")
    margin, *parts = numbers(panel.text.split(". ")[0])
    assert round(sum(parts), 6) == margin
    logits = np.sort(window.session.recognition.logits)
    assert panel.result.margin == pytest.approx(logits[-1] - logits[-2], abs=1e-3)
    assert window.session.overlay.on_pad is not None
    # The lead is the difference of the outputs as the last layer shows them.
    outputs = [float(signed_short(one).replace(MINUS, "-")) for one in (logits[-1], logits[-2])]
    assert round(outputs[0] - outputs[1], 6) == margin
    # Another digit, by its bar.
    bars = window.answer_panel.class_choice
    Mouse(bars).draw((20, 3.5 * bars.height() / 10))
    assert panel.title() != "Why 7, not 3?"
    panel = shown(qtbot, window)
    assert panel.title() == "Why 7, not 3?"
    # An explanation worth nothing looks otherwise.
    ink = panel.result.ink
    why = window.drawer.panel
    QTest.mouseClick(why.buttons[WhyMode.RANDOM], Qt.MouseButton.LeftButton)
    random = shown(qtbot, window).result
    is_ink = window.session.digit > 0
    assert random.is_random
    assert abs(np.corrcoef(ink[is_ink], random.ink[is_ink])[0, 1]) < 0.5


def test_a_piece_is_taken_away_and_all_follows(qtbot, window):
    window.session.selection.open_tool("why")
    window.drawer.panel.choose(WhyMode.PIECES)
    panel = shown(qtbot, window)
    count = len(panel.result.pieces)
    assert 8 <= count <= 16
    before = window.session.recognition.logits.copy()
    square = panel.picture._square()
    x, y = middle_of(panel.result.pieces[0])
    at = square.x() + x * square.width() / 280, square.y() + y * square.width() / 280
    Mouse(panel.picture).move(at, NONE)
    told = numbers(panel.text.split("alone ")[1])
    assert round(told[0] - told[1] - told[2] - told[3], 6) == 0
    expected = panel.result.anew.logits[panel.picture.current]
    Mouse(panel.picture).draw(at)
    qtbot.waitUntil(
        lambda: not np.allclose(window.session.recognition.logits, before), timeout=LONG_MS
    )
    # What was foretold is what is read.
    assert np.allclose(window.session.recognition.logits, expected, atol=1e-3)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: np.allclose(window.session.recognition.logits, before), timeout=LONG_MS)


def test_a_drawing_is_replayed_and_comes_back(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_H)
    panel = shown(qtbot, window)
    last = len(panel.result.lengths) - 1
    whole = window.session.recognition.logits.copy()
    assert np.allclose(panel.result.readings.logits[last], whole, atol=1e-3)
    panel.go_to(last // 2)
    expected = panel.result.readings.logits[last // 2]
    qtbot.waitUntil(
        lambda: np.allclose(window.session.recognition.logits, expected, atol=1e-3),
        timeout=LONG_MS,
    )
    QTest.keyClick(window, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: np.allclose(window.session.recognition.logits, whole), timeout=LONG_MS)


def test_the_road_and_the_sweeps_end_at_what_is_read(qtbot, window):
    logits = window.session.recognition.logits
    QTest.keyClick(window, Qt.Key.Key_D)
    road = shown(qtbot, window)
    assert np.allclose(road.result.readings.logits[-1], logits, atol=1e-3) and road.gauges
    QTest.keyClick(window, Qt.Key.Key_S)
    panel = shown(qtbot, window)
    assert len(panel.result) == len(SweepKind)
    for sweep in panel.result:
        assert np.allclose(sweep.readings.logits[sweep.neutral], logits, atol=1e-3)


def test_a_recogniser_that_dies_in_the_middle_is_asked_again(qtbot, window):
    window.session.selection.open_tool("sweeps")
    panel = window.drawer.panel
    qtbot.waitUntil(lambda: panel.status == words.COMPUTING, timeout=LONG_MS)
    window.session.client._process._process.kill()
    draw(window, (60, 60), (60, 100))
    assert len(window.session.pad.drawing) == 2
    qtbot.waitUntil(lambda: panel.is_current and not panel.trouble, timeout=LONG_MS)
