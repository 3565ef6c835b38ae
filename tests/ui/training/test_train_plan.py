from __future__ import annotations

from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.training import command
from digitpad.ui.training.train_plan import PATIENCE, TrainPlan


@pytest.mark.parametrize(
    "plan",
    [
        TrainPlan(),
        TrainPlan(net="lenet5-relu", quick=False),
        TrainPlan(quick=False, epochs=7, augments=False, mixes=False, seed=3, limit=500),
        TrainPlan(net="lenet5-sigmoid", dataset="fashion-mnist", mixes=False),
    ],
)
def test_the_command_line_trains_what_is_planned(plan):
    given = plan.arguments(Path("a b.safetensors"), Path("film"))
    args = command.parser().parse_args(given)
    assert command.settings_of(args) == plan.settings
    assert (args.out, args.snapshots) == (Path("a b.safetensors"), Path("film"))
    assert args.patience == PATIENCE


def test_what_does_not_go_together_is_said():
    with pytest.raises(DigitpadError, match="no network named"):
        assert TrainPlan(net="alexnet").settings
    with pytest.raises(DigitpadError, match="is not there"):
        assert TrainPlan(net="nowhere.py:Net").settings


def test_a_run_that_goes_on_takes_all_else_from_its_checkpoint():
    given = TrainPlan(epochs=7).arguments(Path("a"), Path("film"), Path("a.resume"))
    args = command.parser().parse_args(given)
    assert args.resume == Path("a.resume") and args.epochs is None and args.net is None
    assert (args.out, args.snapshots, args.patience) == (Path("a"), Path("film"), PATIENCE)
