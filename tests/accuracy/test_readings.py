from __future__ import annotations

import math
import shutil

import numpy as np
import pytest

from digitpad.accuracy.evaluation import wilson_interval
from digitpad.accuracy.readings import MeasuredNetwork, Reading, check_names, shipped_networks
from digitpad.core.errors import DigitpadError
from digitpad.nets.recognizer import Recognizer


def reading(labels, answers, accepted) -> Reading:
    return Reading(
        np.array(labels), np.eye(10, dtype=np.float32)[answers], np.array(accepted, bool)
    )


def test_digits_and_no_digits_are_counted_apart():
    found = reading([7, 7, 1, 1, -1, -1, -1], [7, 1, 1, 1, 1, 4, 0], [1, 1, 0, 1, 0, 0, 1])
    assert (found.n, found.accuracy, found.accepted) == (4, 0.75, 0.75)
    assert found.interval == wilson_interval(0.75, 4)
    assert (found.no_digits, found.rejected) == (3, pytest.approx(2 / 3))
    assert found.only(np.array([0, 4])).accuracy == 1.0


def test_confusions_come_commonest_first_and_leave_no_digits_out():
    found = reading([4, 4, 4, 9, 9, 1, -1], [9, 9, 4, 4, 3, 1, 5], [1] * 7)
    assert found.confusions == [(4, 9, 2), (9, 3, 1), (9, 4, 1)]
    assert reading([1], [1], [1]).confusions == []


def test_nothing_has_no_shares():
    none = Reading(np.empty(0, int), np.empty((0, 10), np.float32), np.empty(0, bool))
    assert none.n == 0 and all(
        math.isnan(share) for share in (none.accuracy, none.accepted, none.rejected)
    )
    assert all(math.isnan(end) for end in none.interval) and none.confusions == []


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
