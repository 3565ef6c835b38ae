from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.core.results import LayerKind
from digitpad.datasets.of_network import data_set_of
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.shell.present_words import Shown, steps_of
from tests.ui.stubs import INFO, LAYERS


@pytest.mark.parametrize("network", NETWORKS)
def test_every_layer_of_every_network_has_a_sentence(network):
    layers = NETWORKS[network].layer_infos
    steps = steps_of(layers, data_set_of(None))
    assert [step.shown for step in steps] == [
        Shown.PEN, Shown.INPUT, *[Shown.LAYER] * len(layers), Shown.ANSWER
    ]  # fmt: skip
    for step in steps:
        assert step.does.endswith(".") and "{" not in step.does and len(step.does) <= 115


@pytest.mark.parametrize("kind", LayerKind)
def test_every_kind_has_words_as_maps_and_as_units(kind):
    maps = replace(LAYERS[0], layer_kind=kind)
    units = replace(LAYERS[5], layer_kind=kind)
    for step in steps_of((maps, units, maps), data_set_of(None))[2:5]:
        assert step.does.endswith(".") and "{" not in step.does


def test_numbers_are_those_of_the_layer_and_one_is_not_many():
    steps = steps_of((LAYERS[0], LAYERS[-1]), data_set_of(None))
    assert steps[2].does.startswith("Each of the 6 maps")
    assert steps[3].does.startswith("Each of the 10 outputs")
    one = replace(LAYERS[0], shape=(1, 28, 28))
    assert steps_of((one,), data_set_of(None))[2].does.startswith("The one map")


def test_the_answer_says_what_the_bars_are():
    def answer(**changes):
        return steps_of(LAYERS, data_set_of(None), replace(INFO, **changes))[-1]

    assert answer().kind == "softmax"
    assert answer(gives_distances=True).kind == "smallest distance"
    assert answer(gives_sigmoids=True).kind == "sigmoids"
