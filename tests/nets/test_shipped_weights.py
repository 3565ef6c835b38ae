"""The weights that come with Digitpad keep what their own record says."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.paths import shipped_weights
from digitpad.datasets import DATASETS, load
from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.nets.recognizer import Recognizer
from digitpad.nets.spec.catalogue import NETWORKS

SHIPPED = sorted(shipped_weights().parent.glob("*.safetensors"))


@pytest.fixture(scope="module")
def answers(recognizer, test_set) -> np.ndarray:
    """The network's answer to each of the 10,000 test images, uint8 (10000,)."""
    return recognizer.answers(test_set.digits.astype(np.float32) / 255)[0]


def centres_of_mass(digits: np.ndarray) -> np.ndarray:
    """(row, column) of each digit, float (n, 2)."""
    at = np.arange(28) + 0.5
    weights = digits.sum(axis=(1, 2))
    return np.stack([digits.sum(axis=2) @ at / weights, digits.sum(axis=1) @ at / weights], axis=1)


def test_the_record_names_all_that_a_reader_of_it_wants(recognizer):
    record = recognizer.info.metadata
    wanted = (
        "network classes mean std datasets validation_accuracy validation_n test_accuracy test_n "
        "seed epochs torch device seconds date command"
    )
    assert set(wanted.split()) <= record.keys()
    assert record["test_n"] == "10000" and recognizer.info.parameters == 61_706


@pytest.mark.parametrize("weights", SHIPPED, ids=lambda path: path.stem)
def test_its_classes_are_those_of_its_data_set(weights):
    info = Recognizer(weights, "cpu").info
    assert info.classes == DATASETS[info.record.dataset].classes


def test_the_window_knows_its_layers_before_the_network_is_loaded(recognizer):
    assert NETWORKS[recognizer.info.network].layer_infos == recognizer.info.layers


def test_the_accuracy_in_the_record_is_reached_on_all_test_images(recognizer, answers, test_set):
    accuracy = float((answers == test_set.labels).mean())
    # Other devices and versions add up in another order: five images of 10,000 may fall to the
    # other side.
    assert accuracy == pytest.approx(recognizer.info.test_accuracy, abs=0.0005)
    assert accuracy >= 0.993


@pytest.mark.parametrize("weights", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_network_reads_its_own_test_set_as_its_record_says(weights):
    reader = Recognizer(weights, "cpu")
    record = reader.info.metadata
    images = load(record["dataset"], part="test", download=False)
    answers = reader.answers(images.digits.astype(np.float32) / 255)[0]
    assert float((answers == images.labels).mean()) == pytest.approx(
        float(record["test_accuracy"]), abs=0.0005
    )
    assert record["command"].startswith("python train.py") and weights.stat().st_size < 1_000_000


def test_those_that_the_tutorials_are_about_are_shipped():
    assert {"lenet5", "lenet5-relu", "lenet5-1998", "lenet5-sigmoid"} <= {
        path.stem for path in SHIPPED
    }


def test_every_test_image_put_on_the_pad_comes_back(recognizer, answers, test_set):
    digits = np.stack(
        [drawing_to_digit([PlacedPicture.fitted(digit)]) for digit in test_set.digits]
    )
    assert np.abs(centres_of_mass(digits.astype(np.float64)) - 14.5).max() <= 0.5 + 1e-6
    right = answers == test_set.labels
    again = recognizer.answers(digits)[0]
    assert (again == answers)[right].mean() >= 0.998
