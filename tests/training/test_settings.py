from __future__ import annotations

import json
import math
from dataclasses import fields, replace
from typing import Any

import pytest

from digitpad.nets.layers import initialize
from digitpad.nets.modules import build
from digitpad.training.losses import OBJECTIVES
from digitpad.training.settings import (
    INITIALIZATIONS,
    OBJECTIVE_NAMES,
    ImageAugmentation,
    LossWeights,
    TrainingSettings,
)

RECORD_KEYS = {
    *("network", "dataset", "recipe", "epochs", "batch", "seed", "optimizer", "peak_rate"),
    *("warm_up", "rates", "momentum", "weight_decay", "average_decay", "objective", "loss"),
    *("initialization", "mean", "std", "holds_back", "whole_batches", "precision", "deformation"),
    *("limit", "styles", "plain_per_epoch", "other_pens_per_epoch", "pen_digits"),
    *("pen_per_epoch", "no_digits", "no_per_epoch", "other_pens_deformation"),
    *("pen_deformation", "settling", "drawn_copies"),
}


def test_settings_survive_a_file() -> None:
    changed = TrainingSettings(augmentation=None, limit=7, learning_rates=((2, 0.5), (1, 0.1)))
    for settings in (TrainingSettings(), TrainingSettings().quick(), changed):
        assert TrainingSettings.from_record(settings.as_record()) == settings
        assert TrainingSettings.from_record(json.loads(json.dumps(settings.as_record()))) == (
            settings
        )


def test_files_keep_the_names_that_they_have_always_had() -> None:
    record = TrainingSettings().as_record()
    assert set(record) == RECORD_KEYS
    assert set(record["loss"]) == {
        *("label_smoothing", "no_digit", "energy", "energy_high", "energy_low")
    }
    assert set(record["deformation"]) == {each.name for each in fields(ImageAugmentation)}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": 1}, "settings with 'colour'"),
        ({"epochs": 0}, "epochs is 0, not a whole number from 1"),
        ({"epochs": True}, "epochs is True"),
        ({"epochs": 10**30}, "epochs is 10"),
        ({"batch": 2.5}, "batch is 2.5"),
        ({"peak_rate": math.nan}, "peak_learning_rate is nan"),
        ({"weight_decay": math.inf}, "weight_decay is inf"),
        ({"std": 0.0}, "std is 0.0"),
        ({"std": "1"}, "std is '1'"),
        ({"optimizer": "lion"}, "optimizer is 'lion'; known: adamw"),
        ({"optimizer": "sgd"}, "learning_rates is empty, and sgd takes its rate"),
        ({"rates": [[1, math.nan]]}, "learning_rates has"),
        ({"rates": 5}, "rates is 5"),
        ({"objective": ["map"]}, "objective is"),
        ({"network": None}, "network is None, not a name"),
        ({"holds_back": 1}, "holds_back is 1, not True or False"),
        ({"deformation": [1]}, "deformation is"),
        ({"deformation": {"rotation_deg": 3}}, "deformation without elastic_knots"),
        ({"loss": None}, "loss is None"),
        ({"limit": -5}, "limit is -5"),
        ({"pen_digits": 10**12}, "synthetic_digits is 1000000000000"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_name(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        TrainingSettings.from_record({**TrainingSettings().as_record(), **change})
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


def test_what_is_missing_is_named() -> None:
    record = TrainingSettings().as_record()
    del record["settling"]
    with pytest.raises(ValueError, match="settings without settling"):
        TrainingSettings.from_record(record)


def test_parts_of_the_loss_that_are_no_more_are_read_where_they_were_off() -> None:
    record = TrainingSettings().as_record()
    old = {"label_smoothing": 0.0, "no_digit": 0.3, "energy": 0.0, "energy_high": 8.0}
    read = TrainingSettings.from_record({**record, "loss": {**old, "energy_low": 2.0}})
    assert read.loss == LossWeights(0.3)
    with pytest.raises(ValueError, match=r"loss\.energy is 0\.5, which is computed no more"):
        TrainingSettings.from_record({**record, "loss": {**record["loss"], "energy": 0.5}})


@pytest.mark.parametrize(
    "change", [{"rotation_deg": 200}, {"elastic_knots": 1}, {"mirrored": -0.1}, {"scale": math.nan}]
)
def test_an_augmentation_out_of_range_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        replace(ImageAugmentation(), **change)


def test_the_names_that_settings_know_are_those_that_there_are() -> None:
    assert set(OBJECTIVE_NAMES) == {"cross-entropy", *OBJECTIVES}
    for name in INITIALIZATIONS:
        initialize(build("lenet5"), name)
