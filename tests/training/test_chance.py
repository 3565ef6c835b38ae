from __future__ import annotations

import pytest

from digitpad.training.chance import chance_line
from digitpad.training.settings import TrainingSettings


@pytest.mark.parametrize(
    ("accuracy", "dataset", "line"),
    [
        (0.1034, "mnist", "10.3 % is what guessing gives: the network has learnt nothing"),
        (0.15, "mnist", "15.0 % is what guessing gives: the network has learnt nothing"),
        (0.16, "mnist", ""),
        (0.98, "mnist", ""),
        (None, "mnist", ""),
        (0.2, "kmnist", ""),
    ],
)
def test_what_guessing_gives_is_said(accuracy, dataset, line):
    assert chance_line(accuracy, TrainingSettings(dataset=dataset, styles="none")) == line
