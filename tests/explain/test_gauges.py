"""Gauges measure what they name."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.explain.gauges import gauged, measure, shape_of
from digitpad.explain.results import Gauge
from digitpad.explain.spread import spread
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import drawing_to_digit
from tests.explain import drawings


def digit_of(points: list, width: float = 20.0) -> np.ndarray:
    return drawing_to_digit([Stroke.through(points, width)])


@pytest.mark.parametrize("width", [20.0, 28.0, 36.0, 50.0])
def test_the_pen_s_width_is_measured(width):
    # A line of 180 units comes to 20 pixels.
    digit = digit_of([(140, 40), (140, 220)], width)
    wanted = width * 20 / (180 + width)
    assert measure(digit)[Gauge.PEN_WIDTH] == pytest.approx(wanted, rel=0.3)


def test_what_leans_to_the_right_has_a_slant_above_nothing():
    right = measure(digit_of([(190, 40), (100, 240)]))[Gauge.SLANT]
    left = measure(digit_of([(100, 40), (190, 240)]))[Gauge.SLANT]
    assert 15 < right < 35 and left == pytest.approx(-right, abs=3)


def test_aspect_and_mass():
    broad, narrow = digit_of([(40, 140), (240, 140)]), digit_of([(140, 40), (140, 240)])
    assert measure(broad)[Gauge.ASPECT] > 3 and measure(narrow)[Gauge.ASPECT] < 1 / 3
    assert measure(narrow)[Gauge.MASS] == pytest.approx(float(narrow.sum()))


def test_gauges_stand_beside_the_spread():
    found = gauged(drawing_to_digit(drawings.SEVEN))
    assert [one.gauge for one in found] == list(Gauge)
    for one in found:
        assert list(one.percentiles) == sorted(one.percentiles) and 0 <= one.rank <= 1
    assert gauged(np.zeros((28, 28), np.float32)) == ()
    thick = {one.gauge: one for one in gauged(digit_of([(140, 40), (140, 240)], 90.0))}
    assert thick[Gauge.PEN_WIDTH].rank > 0.99


def test_parts_and_loops_are_counted():
    eight = np.linspace(0, 2 * np.pi, 80)
    shapes = {
        "zero": shape_of(drawing_to_digit(drawings.ZERO)),
        "seven": shape_of(drawing_to_digit(drawings.SEVEN)),
        "eight": shape_of(
            digit_of(
                np.column_stack([140 + 55 * np.sin(2 * eight), 140 - 90 * np.cos(eight)]).tolist(),
                14.0,
            )
        ),
        "two lines": shape_of(
            drawing_to_digit([Stroke.through([(x, 50), (x, 230)]) for x in (80, 200)])
        ),
    }
    counted = {name: (shape.parts, shape.loops) for name, shape in shapes.items()}
    assert counted == {"zero": (1, 1), "seven": (1, 0), "eight": (1, 2), "two lines": (2, 0)}
    assert all(sum(shape.thirds) == pytest.approx(1) for shape in shapes.values())


def test_a_pixel_is_a_shape_too():
    digit = np.zeros((28, 28), np.float32)
    digit[5, 7] = 0.2
    assert shape_of(digit).parts == 1 and np.isfinite(list(measure(digit).values())).all()


def test_the_spread_is_of_all_training_digits():
    known = spread()
    assert known.n == 60_000 and len(known.classes) == 10
    for quantiles in known.gauges.values():
        assert len(quantiles) == 101 and (np.diff(quantiles) >= 0).all()
