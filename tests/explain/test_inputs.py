"""A trace is made from what the network was given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from digitpad.core.results import NetworkInfo, Recognition
from digitpad.explain.inputs import activations_of, network_input
from digitpad.explain.weights import layer_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import build

DIGIT = np.random.default_rng(4).random((28, 28)).astype(np.float32)


@pytest.mark.parametrize(("side", "fit"), [(28, "same"), (32, "pad"), (33, "pad"), (64, "pad")])
def test_the_input_is_the_one_that_torch_makes(side, fit):
    form = InputForm(side, fit, 0.1307, -0.3081)
    wanted = form.of(torch.from_numpy(DIGIT)[None, None])[0, 0].numpy()
    assert np.array_equal(network_input(DIGIT, side, form.mean, form.std), wanted)


def test_a_resized_digit_s_input_is_the_recogniser_s_own():
    network = build("lenet5-003")
    infos = network.layer_infos()
    info = NetworkInfo("", "", tuple("0123456789"), 0, infos, "", "", side=32, fit="resize")
    weights = layer_weights(network, network.form, "C1")
    given = np.ones((32, 32), np.float32)
    recognition = Recognition(np.zeros(10), np.full(10, 0.1), {"C1": DIGIT}, input=given)
    assert activations_of(recognition, DIGIT, info, weights)[""] is given
    fitting = replace(info, side=28, fit="same")
    found = activations_of(replace(recognition, input=None), DIGIT, fitting, weights)
    assert found["C1"] is DIGIT and found[""].shape == (28, 28)
