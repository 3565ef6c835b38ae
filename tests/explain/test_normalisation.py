"""The steps from the pen to the digit."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.explain.normalisation import digits_of, stages_of
from digitpad.explain.results import Stage
from digitpad.ink.pipeline import drawing_to_digit
from tests.explain import drawings


@pytest.mark.parametrize("fills_field", [False, True])
@pytest.mark.parametrize("name", drawings.ALL)
def test_the_last_stage_is_what_the_network_reads(name, fills_field):
    marks = drawings.ALL[name]
    found = digits_of(marks, fills_field)
    stages = stages_of(fills_field)
    assert len(found.digits) == len(stages) and stages[:2] == (Stage.PAD, Stage.BOX)
    assert np.array_equal(found.digits[-1], drawing_to_digit(marks, fills_field))
    assert not np.isnan(found.frames).any()


def test_each_stage_is_where_it_says():
    found = digits_of(drawings.SEVEN, False)
    pad, box, small, centred = found.digits
    assert found.frames[0].tolist() == [0, 0, 10]

    def extent(digit: np.ndarray) -> tuple[int, int]:
        return int(digit.any(axis=1).sum()), int(digit.any(axis=0).sum())

    assert max(extent(pad)) < 28 and max(extent(box)) == 28 and max(extent(small)) == 20
    assert extent(centred) == pytest.approx(extent(small), abs=1)
    rows = np.flatnonzero(small.any(axis=1))
    assert rows[0] == 4 and rows[-1] == 23


def test_nothing_drawn_gives_nothing():
    found = digits_of((), False)
    assert not found.digits.any() and np.isnan(found.frames).all()
