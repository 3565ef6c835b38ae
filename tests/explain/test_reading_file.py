"""A reading that is taken away says the same."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.explain.reading_file import write_reading
from tests.engine.messages import DIGIT, INFO, recognition


def test_numbers_that_are_none_are_null_in_json_and_stay_in_the_arrays(tmp_path):
    read = recognition()
    read.logits[3] = np.nan
    read.activations["C3"][0, 0, 0] = np.inf
    beside = write_reading(tmp_path / "a.npz", read, DIGIT, INFO)
    told = json.loads(beside.read_text())
    assert told["logits"][3] is None and told["reason_code"] == "between"
    with np.load(tmp_path / "a.npz") as kept:
        assert np.isinf(kept["C3"][0, 0, 0]) and np.isnan(kept["logits"][3])


def test_a_resized_input_is_kept_too(tmp_path):
    read = replace(recognition(), input=np.ones((32, 32), np.float32))
    write_reading(tmp_path / "a.npz", read, DIGIT, INFO)
    with np.load(tmp_path / "a.npz") as kept:
        assert kept["input"].shape == (32, 32)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(DigitpadError, match="cannot be written"):
        write_reading(tmp_path / "nowhere" / "a.npz", recognition(), DIGIT, INFO)
