from __future__ import annotations

import numpy as np
import pytest

from digitpad.accuracy.network_aims import AIMS, verdict
from digitpad.accuracy.network_figures import Correctness, RunFigures
from digitpad.accuracy.network_runs import Found, planned_runs


def evaluation(name: str, right: int) -> dict[str, RunFigures]:
    (run,) = (run for run in planned_runs() if run.name == name)
    return {name: RunFigures(run, Found(None, {}), Correctness(np.arange(10_000) < right))}  # type: ignore[arg-type]


def test_every_aim_is_of_a_run_of_the_plan():
    assert {aim.run for aim in AIMS} <= {run.name for run in planned_runs()}


@pytest.mark.parametrize(
    ("name", "right", "reached"),
    [
        ("lenet5-relu-ours", 9_940, "yes"),
        ("lenet5-relu-ours", 9_939, "no"),
        ("lenet5-tutorial-1-epoch", 9_000, "no"),
        ("lenet5-tutorial-1-epoch", 9_001, "yes"),
        ("convnet-8-16-tutorial", 9_767, "yes"),
        ("convnet-8-16-tutorial", 9_827, "yes"),
        ("convnet-8-16-tutorial", 9_766, "no"),
        ("convnet-8-16-tutorial", 9_828, "no"),
        ("lenet5-sigmoid-tutorial", 8_200, "yes"),
        ("lenet5-sigmoid-tutorial", 8_201, "no"),
    ],
)
def test_an_aim_is_reached_from_its_first_picture_to_its_last(name, right, reached):
    (aim,) = (aim for aim in AIMS if aim.run == name)
    assert verdict(aim, evaluation(name, right)) == reached


def test_what_was_not_measured_is_neither_reached_nor_missed():
    assert {verdict(aim, {}) for aim in AIMS} == {"not measured"}
