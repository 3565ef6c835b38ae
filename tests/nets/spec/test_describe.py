from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from digitpad.core.results import InstalledNetwork
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.describe import (
    as_values,
    description,
    layers_in_short,
    listing,
    our_recipe_words,
    recipe_words,
)
from digitpad.training.recipes import settings_for

ALL = list(NETWORKS.values())


def installed(
    name: str = "lenet5", accuracy: float | None = 0.9946, **more: str
) -> InstalledNetwork:
    network = NETWORKS[name]
    info = {"dataset": "mnist", "recipe": "ours"} | more
    path = Path("/somewhere") / f"{info.pop('file', name)}.safetensors"
    return InstalledNetwork(
        name, network.title, path, network.tutorial, network.about, test_accuracy=accuracy, **info
    )


@pytest.mark.parametrize("width", [20, 70, 80, 132])
def test_every_network_fits_the_terminal(width):
    told = listing(ALL, [installed()], width)
    assert all(len(line) <= max(width, 70) for line in told.splitlines())
    assert "\u00a0" not in told
    for network in ALL:
        assert any(
            line.startswith(f"{network.name} ") and f"{network.parameters:,}" in line
            for line in told.splitlines()
        )
    flat = " ".join(told.split())
    assert "C1 6@28×28, S2 6@14×14, C3 16@10×10, S4 16@5×5, C5 120, F6 84, output 10" in flat
    assert "recipes: ours, tutorial, exercise-2.6" in flat


def test_a_layer_and_its_shape_stay_on_one_line():
    for line in listing(ALL, [], 80).splitlines():
        assert not line.endswith((" output", " C3", " F6")), line


def test_figures_stand_under_their_network_with_data_set_file_and_recipe():
    clothes = installed(accuracy=0.9012, dataset="fashion-mnist", recipe="tutorial", file="mine")
    told = listing(
        ALL, [installed(), clothes, installed("lenet5-max", None, dataset="fashion-mnist")], 100
    )
    blocks = {block.split()[0]: block for block in told.split("\n\n")}
    assert "accuracy: 99.46% of MNIST's test set (lenet5.safetensors, ours)" in blocks["lenet5"]
    assert "90.12% of Fashion-MNIST's test set (mine.safetensors, tutorial)" in blocks["lenet5"]
    assert (
        "accuracy not known for Fashion-MNIST (lenet5-max.safetensors, ours)"
        in blocks["lenet5-max"]
    )
    assert "accuracy" not in blocks["lenet5-relu"]


def test_what_a_file_says_cannot_break_the_terminal():
    told = listing(ALL, [installed(recipe="a\x1b[2J\nb" * 99, dataset="\x07bells")], 80)
    assert "\x1b" not in told and "\x07" not in told and "?bells" in told


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.name)
def test_one_network_is_told_whole(network):
    told = description(network, [], 80)
    assert all(len(line) <= 80 for line in told.splitlines())
    flat = " ".join(told.split())
    rows = [line.split() for line in told.splitlines()]
    for layer in network.layer_infos:
        (row,) = (row for row in rows if row[:1] == [layer.name])
        assert row[1 : 2 * len(layer.shape)] == " × ".join(map(str, layer.shape)).split()
        assert row[2 * len(layer.shape)] == f"{layer.parameters:,}"
    for name, recipe in network.recipes.items():
        assert f"recipe {name}: {recipe_words(recipe)}" in flat
        assert recipe.figure in flat and all(one in flat for one in recipe.departures)
    assert all(note in flat for note in network.notes)
    assert f"python train.py --net {network.name}" in flat


def test_a_recipe_is_told_with_all_that_makes_it():
    assert recipe_words(NETWORKS["lenet5"].recipes["tutorial"]) == (
        "SGD with momentum 0.9, learning rate 0.001; batch 16; 50 epochs; loss: cross-entropy; "
        "initialisation: default; MNIST, in [0, 1]"
    )
    paper = recipe_words(NETWORKS["lenet5-1998"].recipes["tutorial"])
    assert (
        "rate 0.008 for 2 epochs, then 0.0032 for 3 epochs" in paper
        and "mean 0.07843 and std 0.7843" in paper
    )
    dropout = recipe_words(NETWORKS["convnet-dropout"].recipes["tutorial"])
    assert (
        "Adam, learning rate 0.001; batch 32; 1 epoch; loss: cross-entropy of probabilities"
        in dropout
    )
    assert dropout.endswith("; seed 2019")


@pytest.mark.parametrize("network", ALL, ids=lambda network: network.name)
def test_our_recipe_is_told_as_training_takes_it(network):
    settings = settings_for(network)
    told = our_recipe_words(network)
    assert (
        f"up to {settings.peak_learning_rate:g}; batch {settings.batch}; {settings.epochs} epochs"
        in told
    )
    assert (
        f"initialisation: {settings.initialization};" in told
        and f"loss: {settings.objective};" in told
    )
    assert told.startswith({"adamw": "AdamW, ", "muon": "Muon and AdamW, "}[settings.optimizer])
    assert ("pen strokes" in told) == (settings.styles == "shipped")
    assert settings.holds_back and settings.augmentation is not None


def test_the_connections_of_c3_are_counted():
    assert "60 connections" in " ".join(description(NETWORKS["lenet5-1998"], [], 80).split())
    assert "connections of maps" not in description(NETWORKS["lenet5"], [], 80)


def test_json_has_the_whole_declaration():
    found = as_values(
        NETWORKS["lenet5-1998"], [installed("lenet5-1998", 0.9921), installed("lenet5")]
    )
    assert json.loads(json.dumps(found)) == found | {
        "recipes": json.loads(json.dumps(found["recipes"]))
    }
    assert [layer["parameters"] for layer in found["layers"]] == [
        156,
        12,
        1516,
        32,
        48120,
        10164,
        0,
    ]
    assert sum(map(len, found["layers"][2]["connections"])) == 60
    assert found["recipes"]["tutorial"]["epochs"] == 20 and (found["side"], found["fit"]) == (
        32,
        "pad",
    )
    assert found["figures"] == [
        {
            "weights": "lenet5-1998.safetensors",
            "recipe": "ours",
            "dataset": "mnist",
            "test_accuracy": 0.9921,
        }
    ]


@pytest.mark.parametrize("accuracy", [math.nan, math.inf, -0.1, 1.2, None])
def test_an_accuracy_that_is_no_share_is_none(accuracy):
    assert (
        as_values(NETWORKS["lenet5"], [installed(accuracy=accuracy)])["figures"][0]["test_accuracy"]
        is None
    )
    assert "accuracy not known for MNIST" in listing(ALL, [installed(accuracy=accuracy)], 80)


def test_layers_in_short():
    told = layers_in_short(NETWORKS["convnet-8-16"])
    assert (
        told.replace("\u00a0", " ") == "C1 8@28×28, S2 8@14×14, C3 16@14×14, S4 16@7×7, output 10"
    )
