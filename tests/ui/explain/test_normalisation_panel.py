from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.engine.explanations import NORMALISATION
from digitpad.explain.gauges import gauged
from digitpad.explain.limits import MOST_MARKS
from digitpad.explain.results import Gauge, NoReason, Stage
from digitpad.ink.drawing import Stroke
from digitpad.ui.explain import road_words as words
from digitpad.ui.explain import why_words
from tests.ui.explain.explaining import drawn, opened, tap
from tests.ui.explain.samples import normalisation, readings
from tests.ui.pointers import NONE, Mouse

CLASSES = tuple("0123456789")


@pytest.fixture
def panel(qtbot, window):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "normalisation")
    row, question, answered, _ = window.session.client.questions[-1]
    assert row is NORMALISATION and question.marks == window.session.pad.drawing.marks
    answered(normalisation())
    return panel


def test_each_step_is_shown_with_the_answer_that_it_would_have_got(panel):
    assert "The pad: 7 leads 1 by 7.9." in panel.text
    assert "Box around the ink: 1 leads 7 by 3.7." in panel.text
    assert "In 20 × 20: Not a digit? 7 by 0.50." in panel.text
    assert "Centre of mass: 7 leads 1 by 9.4." in panel.text


def test_the_digit_that_is_read_is_held_against_mnist(panel):
    assert [one.gauge for one in panel.gauges] == list(Gauge)
    assert all(words.GAUGE_NAMES[gauge] in panel.text for gauge in Gauge)
    assert "% of MNIST" in panel.text


def test_pointing_tells_what_a_step_does_and_frames_its_field_on_the_pad(window, panel):
    box = panel.boxes()[0]
    Mouse(panel).move((box.center().x(), box.center().y()), NONE)
    assert panel.current == 0
    assert window.session.overlay.box == pytest.approx((0, 0, 280, 280))
    Mouse(panel).move((box.center().x(), 2), NONE)
    assert panel.current == -1 and window.session.overlay.box is None


def test_keys_walk_along_the_steps(panel):
    panel.setFocus()
    for expected in (0, 1):
        QTest.keyClick(panel, Qt.Key.Key_Right)
        assert panel.current == expected
    for expected in (0, 3):
        QTest.keyClick(panel, Qt.Key.Key_Left)
        assert panel.current == expected


def test_a_finger_points_too(window, panel):
    box = panel.boxes()[2]
    tap(window, panel, (box.center().x(), box.center().y()))
    assert panel.current == 2


def test_a_step_that_is_told_of_looks_other(panel, seen):
    plain = seen(panel)
    panel.point_at(2)
    assert (seen(panel) != plain).any()
    panel.point_at(-1)
    assert (seen(panel) == plain).all()


def test_leaving_takes_the_frame_off_the_pad(window, panel):
    panel.point_at(1)
    assert window.session.overlay.box is not None
    window.session.selection.open_tool("")
    assert window.session.overlay.box is None


@pytest.mark.parametrize("reason", [NoReason.EMPTY, NoReason.TOO_LARGE])
def test_why_there_is_nothing_to_show_stands_in_its_place(qtbot, window, reason):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "normalisation")
    window.session.client.questions[-1][2](normalisation(reason=reason))
    assert panel.text == why_words.no_reason_text(reason)


def test_numbers_that_are_none_are_said(qtbot, window):
    drawn(qtbot, window)
    panel = opened(qtbot, window, "normalisation")
    nothing = readings(np.full((4, 10), np.nan))
    window.session.client.questions[-1][2](normalisation(readings=nothing))
    assert panel.text == why_words.NOT_FINITE


@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (1600, 1000)])
def test_everything_has_its_place(window, panel, size):
    window.resize(*size)
    boxes = panel.boxes()
    foot = panel.height() - panel._foot()
    for number, box in enumerate(boxes):
        assert panel.rect().contains(box.toRect()) and box.bottom() <= foot
        assert not any(box.intersects(other) for other in boxes[:number])
        # Pictures are no smaller than two pixels of the screen for each of their own.
        assert min(box.width(), box.height() - 30 * panel.unit) >= 56


def test_every_step_and_gauge_has_words():
    assert set(words.STAGE_NAMES) == set(words.STAGE_TELLS) == set(Stage)
    assert set(words.GAUGE_NAMES) == set(words.GAUGE_SHORT) == set(Gauge)
    (one, *_) = gauged(normalisation().digits[-1])
    low, high = replace(one, rank=0.0), replace(one, rank=1.0)
    assert words.rank_texts(low)[0] == "thinner than 99 % of MNIST"
    assert words.rank_texts(high)[0] == "wider than 99 % of MNIST"
    assert words.read_as_texts(normalisation().readings, 2, CLASSES, "digit")[-1] == "? 7"


def test_a_drawing_too_large_to_be_explained_is_not_sent(qtbot, window):
    drawn(qtbot, window, (Stroke.through(((20, 20), (200, 200))),) * (MOST_MARKS + 1))
    asked = len(window.session.client.questions)
    panel = opened(qtbot, window, "normalisation")
    assert len(window.session.client.questions) == asked
    assert why_words.no_reason_text(NoReason.TOO_LARGE) in panel.text
