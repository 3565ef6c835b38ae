from __future__ import annotations

import shutil

import numpy as np
import pytest

from digitpad.accuracy.measured_network import MeasuredNetwork, check_names, shipped_networks
from digitpad.core.errors import DigitpadError
from digitpad.nets.recognizer import Recognizer


def test_a_network_reads_as_the_recogniser_does(rejecting_weights, test_set):
    digits = test_set.digits[:300].astype(np.float32) / 255
    digits[0] = 0
    network = MeasuredNetwork(rejecting_weights)
    found = network.read(digits, test_set.labels[:300])
    answers, accepted = Recognizer(rejecting_weights, "cpu").answers(digits)
    assert (found.answers == answers).all() and (found.is_accepted == accepted).all()
    assert not accepted[0] and 0.3 < accepted.mean() < 1
    assert (
        network.rejects
        and network.temperature == 0.5
        and network.name == "lenet5"
        and len(network.digest) == 12
    )


def test_weights_without_a_threshold_take_all_ink_for_digits(accepting_weights):
    network = MeasuredNetwork(accepting_weights)
    noise = np.random.default_rng(0).random((5, 28, 28)).astype(np.float32)
    assert not network.rejects and network.temperature == 1.0
    assert network.read(noise, np.full(5, -1)).rejected == 0


def test_only_networks_for_the_ten_digits_are_measured(accepting_weights, tmp_path):
    from safetensors.torch import load_file

    from digitpad.nets.files.weights_file import save_weights
    from digitpad.nets.spec.record import read_metadata

    record = read_metadata(accepting_weights) | {"classes": "a,b,c,d,e,f,g,h,i,j"}
    save_weights(tmp_path / "letters.safetensors", load_file(accepting_weights), record)
    with pytest.raises(DigitpadError, match="ten digits"):
        MeasuredNetwork(tmp_path / "letters.safetensors")


def test_all_shipped_networks_for_digits_are_found_lenet5_first(accepting_weights, tmp_path):
    from safetensors.torch import load_file

    from digitpad.nets.files.weights_file import save_weights
    from digitpad.nets.spec.record import read_metadata

    for name in ("alexnet", "lenet5", "vgg"):
        shutil.copy(accepting_weights, tmp_path / f"{name}.safetensors")
    clothes = read_metadata(accepting_weights) | {"classes": "shirt,coat,a,b,c,d,e,f,g,h"}
    save_weights(tmp_path / "clothes.safetensors", load_file(accepting_weights), clothes)
    by_a_page = read_metadata(accepting_weights) | {"recipe": "tutorial"}
    save_weights(tmp_path / "lenet5-tutorial.safetensors", load_file(accepting_weights), by_a_page)
    (tmp_path / "notes.txt").touch()
    found = shipped_networks(tmp_path / "lenet5.safetensors")
    assert [path.stem for path in found] == ["lenet5", "alexnet", "vgg"]
    check_names(found)
    with pytest.raises(DigitpadError, match="named vgg"):
        check_names([*found, tmp_path / "other" / "vgg.safetensors"])
