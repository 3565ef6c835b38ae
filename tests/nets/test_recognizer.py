from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.core.results import Rejection, RejectionReason
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.nets.recognizer import Recognizer

RECORD = {"network": "lenet5", "mean": "0.1307", "std": "0.3081", "test_accuracy": "0.99"}


@pytest.fixture
def weights(tmp_path):
    torch.manual_seed(0)
    path = tmp_path / "net.safetensors"
    save_weights(path, build("lenet5").state_dict(), RECORD)
    return path


@pytest.fixture
def digit() -> np.ndarray:
    return np.random.default_rng(0).random((28, 28), dtype=np.float32)


def rewritten(path, **changes: str):
    save_weights(path, build("lenet5").state_dict(), {**RECORD, **changes})
    return path


def test_a_recognition_holds_every_layer_and_probabilities_that_sum_to_one(weights, digit):
    reader = Recognizer(weights, "cpu")
    answer = reader.recognize(digit)
    assert {name: a.shape for name, a in answer.activations.items()} == {
        info.name: info.shape for info in reader.info.layers
    }
    assert all(a.dtype == np.float32 for a in answer.activations.values())
    assert np.array_equal(answer.logits, answer.activations["output"])
    assert answer.probabilities.sum() == pytest.approx(1, abs=1e-6)
    assert answer.answer == answer.logits.argmax()
    assert answer.accepted and answer.rejection is None and answer.milliseconds > 0


def test_the_digit_is_normalised_by_the_record_of_the_weights(weights, digit):
    network = build("lenet5")
    save_weights(weights, network.state_dict(), {**RECORD, "mean": "0.5", "std": "0.25"})
    with torch.no_grad():
        expected = network((torch.from_numpy(digit)[None, None] - 0.5) / 0.25)[0].numpy()
    np.testing.assert_allclose(
        Recognizer(weights, "cpu").recognize(digit).logits, expected, atol=1e-6
    )


def test_the_temperature_softens_the_probabilities_and_leaves_the_logits(weights, digit):
    state = build("lenet5").state_dict()
    save_weights(weights, state, RECORD)
    plain = Recognizer(weights, "cpu").recognize(digit)
    save_weights(weights, state, {**RECORD, "temperature": "3"})
    soft = Recognizer(weights, "cpu").recognize(digit)
    assert np.array_equal(plain.logits, soft.logits)
    expected = np.exp(plain.logits / 3) / np.exp(plain.logits / 3).sum()
    np.testing.assert_allclose(soft.probabilities, expected, atol=1e-6)


def test_an_empty_digit_is_answered_but_is_no_digit(weights):
    answer = Recognizer(weights, "cpu").recognize(np.zeros((28, 28), np.float32))
    assert not answer.accepted
    assert answer.rejection == Rejection(RejectionReason.NOTHING_DRAWN)


def test_logits_that_are_no_numbers_are_undefined_and_probabilities_stay_a_distribution(
    weights, digit
):
    state = build("lenet5").state_dict()
    # Each is finite; what comes of them is not: 84 times 3e38 with the sign of one unit.
    state["F6.weight"], state["F6.bias"] = torch.zeros(84, 120), torch.full((84,), 100.0)
    state["output.weight"] = torch.full_like(state["output.weight"], 3e38)
    save_weights(weights, state, {**RECORD, "reject_energy": "1"})
    reader = Recognizer(weights, "cpu")
    answer = reader.recognize(digit)
    assert answer.rejection == Rejection(RejectionReason.UNDEFINED)
    assert answer.probabilities == pytest.approx(np.full(10, 0.1))
    shares, accepted = reader.read_batch(np.full((2, 28, 28), 200, np.uint8))
    assert shares == pytest.approx(np.full((2, 10), 0.1)) and not accepted.any()


def test_a_batch_gets_the_logits_of_its_digits(weights):
    reader = Recognizer(weights, "cpu")
    digits = np.random.default_rng(1).random((1003, 28, 28), dtype=np.float32)
    logits = reader.logits(digits)
    assert logits.shape == (1003, 10) and logits.dtype == np.float32
    for i in (0, 499, 500, 1002):
        np.testing.assert_allclose(logits[i], reader.recognize(digits[i]).logits, atol=1e-5)
    assert reader.logits(digits[:0]).shape == (0, 10)


def test_what_is_no_digit_in_shape_or_values_is_refused(weights, digit):
    reader = Recognizer(weights, "cpu")
    with pytest.raises(ValueError, match=r"\(28, 28\), not \(28, 27\)"):
        reader.recognize(digit[:, 1:])
    with pytest.raises(ValueError, match=r"\(n, 28, 28\)"):
        reader.logits(digit)
    digit[3, 3] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        reader.recognize(digit)


def test_the_info_say_what_was_loaded_and_where_it_runs(weights):
    info = Recognizer(weights, "cpu").info
    assert (info.network, info.title, info.parameters, info.device) == (
        "lenet5",
        "LeNet-5",
        61706,
        "cpu",
    )
    assert info.weights_file == str(weights)
    assert info.test_accuracy == 0.99
    assert len(info.classes) == 10
    assert info.device_report[0].startswith("cpu: taken")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"network": "other"}, "no network named 'other'"),
        ({"std": "0"}, "its std"),
        ({"mean": "nan"}, "its mean"),
        ({"mean": "grey"}, "its mean"),
        ({"temperature": "-1"}, "its temperature"),
        ({"classes": "0,1"}, "names 2 classes"),
    ],
)
def test_a_record_that_makes_no_sense_is_refused(weights, changes, message):
    with pytest.raises(DigitpadError, match=message):
        Recognizer(rewritten(weights, **changes), "cpu")


def test_many_digits_are_read_as_one_by_one(weights):
    reader = Recognizer(rewritten(weights, temperature="2"), "cpu")
    digits = np.random.default_rng(1).integers(0, 256, (503, 28, 28), dtype=np.uint8)
    digits[7] = 0
    shares, accepted = reader.read_batch(digits)
    assert shares.shape == (503, 10) and shares.dtype == np.float32 and accepted.dtype == bool
    assert np.flatnonzero(~accepted).tolist() == [7]
    for i in (0, 7, 502):
        alone = reader.recognize(digits[i].astype(np.float32) / 255)
        np.testing.assert_allclose(shares[i], alone.probabilities, atol=1e-5)
    assert [array.shape for array in reader.read_batch(digits[:0])] == [(0, 10), (0,)]


def test_importing_the_recogniser_imports_neither_qt_nor_torchvision():
    code = (
        "import sys, digitpad.nets.recognizer;"
        "print([m for m in ('PySide6', 'torchvision', 'torch._dynamo') if m in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == "[]"


def test_the_shipped_weights_are_read_with_unless_others_are_named():
    info = Recognizer(device="cpu").info
    assert info.weights_file == str(shipped_weights()) and info.record.network == "lenet5"


def test_reading_changes_no_setting_of_the_program_that_reads(weights, digit):
    def settings() -> tuple[object, ...]:
        return (
            torch.get_num_threads(),
            torch.is_grad_enabled(),
            torch.backends.cudnn.deterministic,
            torch.get_default_dtype(),
            dict(os.environ),
        )

    before = torch.get_num_threads()
    torch.set_num_threads(3)
    try:
        told = settings()
        Recognizer(weights, "cpu").recognize(digit)
        assert settings() == told
    finally:
        torch.set_num_threads(before)
