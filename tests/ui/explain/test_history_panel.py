from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.engine.explanations import HISTORY
from digitpad.explain.history import marks_until
from digitpad.explain.results import NoReason
from digitpad.ink.rasterize import rasterize
from digitpad.ui.explain import history_words as words
from digitpad.ui.explain import why_words
from tests.support import PATIENCE_MS
from tests.ui.explain.explaining import drawn, explanations, opened, read_as_seven, tap
from tests.ui.explain.samples import BAR_AND_STEM, history
from tests.ui.pointers import Mouse
from tests.ui.windows import draw

CLASSES = tuple("0123456789")


@pytest.fixture
def panel(qtbot, window):
    """The history of a drawing that is read as a 7 in the end."""
    drawn(qtbot, window)
    panel = opened(qtbot, window, "history")
    explanations(window).answer(history())
    return panel


def test_h_asks_for_the_history_of_what_is_drawn(qtbot, window):
    drawn(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_H)
    (row, question, *_) = explanations(window).questions[-1]
    assert row is HISTORY and question.marks == BAR_AND_STEM
    panel = window.drawer.panel
    assert panel.status == why_words.COMPUTING
    explanations(window).answer(history())
    assert panel.step == 7 and "The whole drawing: 7, log-odds +9.0 (> 99.9 %)." in panel.text
    assert "Here 1 became 7." in panel.text
    assert window.session.pad.replayed is None
    # Space plays at once.
    assert panel.slider.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_H)
    assert window.canvas.hasFocus() and not window.drawer.isVisible()


def test_the_slider_replays_the_drawing_and_all_follows(qtbot, window, panel):
    session = window.session
    panel.slider.setFocus()
    QTest.keyClick(panel.slider, Qt.Key.Key_Home)
    for _ in range(2):
        QTest.keyClick(panel.slider, Qt.Key.Key_Right)
    assert panel.step == 2
    shown = marks_until(BAR_AND_STEM, float(panel.result.lengths[2]))
    assert (session.pad.ink == rasterize(shown)).all()
    qtbot.waitUntil(lambda: not session.is_reading_due, timeout=PATIENCE_MS)
    assert (session.client.asked[-1] == session.digit).all()
    assert "After 38 % of the drawing: 1" in panel.text
    # The drawing is what it was, and nothing new is asked for it.
    assert session.pad.drawing.marks == BAR_AND_STEM and len(explanations(window).questions) == 1
    QTest.keyClick(panel.slider, Qt.Key.Key_End)
    assert session.pad.replayed is None and session.overlay.box is None


def test_what_is_rejected_is_no_answer(panel):
    panel.go_to(0)
    assert "like nothing it learned" in panel.text
    assert words.rejected_spans(panel.result) == [(0, 1)]
    flips = words.told_flips(panel.result)
    assert [(flip.step, flip.before, flip.after) for flip in flips] == [(5, 1, 7)]


def test_a_drawing_that_is_rejected_throughout_tells_all_changes():
    rejected = history()
    rejected.readings.accepted[:] = False
    assert words.told_flips(rejected) == rejected.flips
    assert words.rejected_spans(rejected) == [(0, 7)]
    assert "like nothing it learned" in words.step_texts(rejected, 7, CLASSES)[0]


def test_the_frame_of_the_step_stands_on_the_pad(window, panel):
    panel.go_to(3)
    assert window.session.overlay.box == (40.0, 40.0, 28 * 7.0, 28 * 7.0)


def test_the_chart_is_dragged_and_tapped(window, panel):
    box = panel.chart.scale().box
    mouse = Mouse(panel.chart)
    mouse.press((box.x() + 1, box.center().y()))
    assert panel.step == 0
    mouse.move((box.right() - 1, box.center().y()))
    assert panel.step == 7
    mouse.release((box.right() - 1, box.center().y()))
    tap(window, panel.chart, (box.center().x(), box.center().y()))
    assert panel.step in (3, 4)


def test_it_plays_from_the_start_and_stops_at_the_end(qtbot, window, panel):
    seen_steps = []
    panel.slider.valueChanged.connect(seen_steps.append)
    QTest.mouseClick(panel.play_button, Qt.MouseButton.LeftButton)
    assert panel.is_playing and panel.play_button.text() == words.PAUSE
    qtbot.waitUntil(lambda: not panel.is_playing, timeout=PATIENCE_MS)
    assert seen_steps == list(range(8)) and window.session.pad.replayed is None
    assert panel.play_button.text() == words.PLAY


def test_space_plays_and_stops(panel):
    panel.chart.setFocus()
    QTest.keyClick(panel.slider, Qt.Key.Key_Space)
    assert panel.is_playing
    QTest.keyClick(panel.slider, Qt.Key.Key_Space)
    assert not panel.is_playing


def test_the_pad_is_read_only_meanwhile_and_says_so(window, panel):
    panel.go_to(3)
    draw(window)
    assert window.session.pad.drawing.marks == BAR_AND_STEM
    assert window.notice == why_words.READ_ONLY


@pytest.mark.parametrize("leave", ["escape", "close", "other tool"])
def test_leaving_puts_all_back(qtbot, window, panel, leave):
    whole = window.session.pad.ink.copy()
    panel.go_to(3)
    if leave == "escape":
        QTest.keyClick(window, Qt.Key.Key_Escape)
        # One step back: the whole drawing, the history still open.
        assert window.drawer.isVisible() and panel.step == 7
    else:
        window.session.selection.open_tool("" if leave == "close" else "why")
    pad = window.session.pad
    assert pad.replayed is None and (pad.ink == whole).all()
    assert pad.drawing.marks == BAR_AND_STEM and window.session.overlay.box is None
    draw(window)
    assert len(pad.drawing) == 3


def test_another_drawing_has_another_history(qtbot, window, panel):
    panel.go_to(7)
    draw(window, (40, 200), (60, 240))
    assert not panel.slider.isEnabled() and panel.status == why_words.WAITS_FOR_PEN
    # What is shown yet is of the drawing before: it is not replayed.
    Mouse(panel.chart).draw((panel.chart.scale().box.center().x(), 40))
    assert window.session.pad.replayed is None
    read_as_seven(qtbot, window)
    assert len(explanations(window).newest.marks) == 3


@pytest.mark.parametrize(
    "reason", [NoReason.NO_STROKES, NoReason.TOO_LITTLE, NoReason.NOT_FINITE, NoReason.TOO_LARGE]
)
def test_why_there_is_no_history_stands_where_it_would(qtbot, window, reason):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "history")
    explanations(window).answer(history(reason=reason))
    assert panel.text == why_words.no_reason_text(reason)
    assert not panel.slider.isVisible() and not panel.chart.isVisible()


def test_numbers_that_are_none_leave_a_gap(qtbot, window, seen):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "history")
    odds = history().log_odds.copy()
    odds[3:5] = np.nan
    odds[6, 7] = np.inf
    explanations(window).answer(history(log_odds=odds))
    assert seen(panel.chart).any()


@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (1600, 1000)])
def test_everything_has_its_place(window, panel, size):
    window.resize(*size)
    parts = [panel.chart, panel.slider, panel.play_button]
    for number, part in enumerate(parts):
        assert panel.rect().contains(part.geometry())
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[:number])
    assert panel.chart.scale().box.height() > 60
    # The slider's handle goes along the lines.
    left, right = panel.chart.scale().box.x(), panel.chart.scale().box.right()
    assert abs(panel.slider.x() + 7.5 - left) <= 1
    assert abs(panel.slider.geometry().right() - 7.5 - right) <= 2
