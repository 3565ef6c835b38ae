from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.engine.explanations import SWEEPS
from digitpad.explain.results import NoReason, SweepKind
from digitpad.ui.explain import sweep_words as words
from digitpad.ui.explain import why_words
from digitpad.ui.explain.sweep_chart import margins_of
from tests.ui.explain.explaining import drawn, explanations, opened, tap
from tests.ui.explain.samples import sweeps
from tests.ui.pointers import NONE, Mouse

CLASSES = tuple("0123456789")


@pytest.fixture
def panel(qtbot, window):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "sweeps")
    assert explanations(window).questions[-1][0] is SWEEPS
    explanations(window).answer(sweeps())
    return panel


def test_breaking_points_are_told_and_what_holds(panel):
    places = [float(panel.result[0].values[number]) for number, _ in words.breaks(panel.result[0])]
    for place in places:
        told = words.value_text(SweepKind.ROTATION, place)
        assert f"Rotation: becomes 1 at {told}." in panel.text
    assert len(places) == 2 and "\N{MINUS SIGN}" in panel.text
    assert "Size, in the field: holds throughout." in panel.text
    # What is flat on the pad is said to be so, and why.
    assert "every drawing is normalised first" in panel.text


def test_the_nearest_breaking_points_count():
    rotation = sweeps()[0]
    (left, _), (right, after) = words.breaks(rotation)
    assert left < rotation.neutral < right and after == 1
    answers = rotation.readings.logits.argmax(axis=1)
    assert (answers[left + 1 : right] == 7).all() and answers[left] == answers[right] == 1


def test_pointing_tells_the_lead_there_and_shows_the_drawing_changed(panel, seen):
    chart = panel.charts[SweepKind.ROTATION]
    plain = seen(chart)
    box = chart.scale().box
    Mouse(chart).move((box.center().x(), box.center().y()), NONE)
    assert panel.told == "Turned to the right by 0°: 7 leads 1 by 9.4."
    Mouse(chart).move((box.right(), box.center().y()), NONE)
    assert panel.told == "Turned to the right by 60°: 1 leads 7 by 1.6."
    assert (seen(chart) != plain).any() and chart._picture is not None
    Mouse(chart).move((box.x(), box.center().y()), NONE)
    assert panel.told == "Turned to the left by 60°: 1 leads 7 by 1.6."
    chart.point_at(-1)
    assert panel.told == "" and (seen(chart) == plain).all()


def test_keys_go_along_a_line_from_the_drawing_as_it_is(panel):
    chart = panel.charts[SweepKind.SHIFT_Y]
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert panel.told.startswith("Shifted down by 0.")
    for _ in range(2):
        QTest.keyClick(chart, Qt.Key.Key_Left)
    assert panel.told.startswith("Shifted up by 0.")


def test_a_finger_points_too(window, panel):
    chart = panel.charts[SweepKind.SHEAR]
    box = chart.scale().box
    tap(window, chart, (box.x() + 1, box.center().y()))
    assert chart.current == 0 and panel.told.startswith("Sheared to the left")


def test_a_picture_has_no_pen_but_all_other_sweeps(qtbot, window):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "sweeps")
    explanations(window).answer(sweeps(pen_width=NoReason.NO_STROKES))
    chart = panel.charts[SweepKind.PEN_WIDTH]
    assert chart.isVisible() and chart.sweep.reason is NoReason.NO_STROKES
    Mouse(chart).move((40, 40), NONE)
    assert chart.current == -1 and panel.trouble == ""


def test_what_holds_for_all_sweeps_is_said_once(qtbot, window):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "sweeps")
    explanations(window).answer(
        sweeps(**{kind.name.lower(): NoReason.TOO_LARGE for kind in SweepKind})
    )
    assert panel.text == why_words.no_reason_text(NoReason.TOO_LARGE)
    assert not any(chart.isVisible() for chart in panel.charts.values())


def test_a_lead_is_over_the_strongest_other_class():
    sweep = sweeps()[0]
    margins = margins_of(sweep, 7)
    assert margins[sweep.neutral] == pytest.approx(9.4)
    assert np.sign(margins[0]) == -1


@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (1600, 1000)])
def test_everything_has_its_place(window, panel, size):
    window.resize(*size)
    boxes = [chart.geometry() for chart in panel.charts.values()]
    for number, box in enumerate(boxes):
        assert panel.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[:number])
    for chart in panel.charts.values():
        assert chart.scale().box.height() > 18 and chart.scale().box.width() > 60


@pytest.mark.parametrize("kind", SweepKind)
def test_every_sweep_has_words(kind):
    (sweep,) = [one for one in sweeps() if one.kind is kind]
    for number in (0, sweep.neutral, -1):
        text = words.point_text(sweep, number, CLASSES)
        assert text.endswith(".") and "{" not in text and "+" not in text
    assert words.value_text(SweepKind.SHEAR, 0.0) == "0.00"
    assert words.value_text(SweepKind.ROTATION, -0.2) == "0°"
