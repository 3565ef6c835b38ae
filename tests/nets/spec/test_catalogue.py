"""What the pages and the paper say of their networks, against what the declarations count."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.core.results import LayerKind
from digitpad.datasets import MNIST_MEAN
from digitpad.nets.files.foreign import record_of
from digitpad.nets.spec import catalogue
from digitpad.nets.spec.catalogue import (
    NETWORKS,
    TUTORIALS,
    own_class,
    tutorial_title,
)
from digitpad.nets.spec.catalogue.lenet5_1998 import TABLE_I
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Recipe, one_rate
from digitpad.nets.spec.describe import description


def counts(name: str) -> dict[str, int]:
    return {layer.name: layer.parameters for layer in NETWORKS[name].layer_infos}


def test_lenet5_has_61706_parameters():
    assert counts("lenet5") == {
        "C1": 156,
        "S2": 0,
        "C3": 2416,
        "S4": 0,
        "C5": 48120,
        "F6": 10164,
        "output": 850,
    }
    assert NETWORKS["lenet5"].parameters == 61_706


def test_lenet5_of_1998_has_the_papers_counts_layer_by_layer():
    assert counts("lenet5-1998") == {
        "C1": 156,
        "S2": 12,
        "C3": 1516,
        "S4": 32,
        "C5": 48120,
        "F6": 10164,
        "output": 0,
    }
    assert NETWORKS["lenet5-1998"].parameters == 60_000
    # "340,908 connections": a subsampling unit has 5 (four inputs and a bias), every other unit its
    # bias too.
    units = {layer.name: layer.shape for layer in NETWORKS["lenet5-1998"].layer_infos}
    assert units["C1"] == (6, 28, 28) and units["C3"] == (16, 10, 10) and units["C5"] == (120,)


def test_table_i_joins_60_of_96_as_the_paper_prints_it():
    assert [len(row) for row in TABLE_I] == [3] * 6 + [4] * 9 + [6]
    assert sum(map(len, TABLE_I)) == 60
    assert all(len(set(row)) == len(row) for row in TABLE_I)
    assert sorted(TABLE_I[5]) == [0, 1, 5] and sorted(TABLE_I[14]) == [0, 2, 3, 5]
    # Every map of S2 is seen by ten maps of C3.
    assert [sum(one in row for row in TABLE_I) for one in range(6)] == [10] * 6


def test_c3_of_003_has_429_parameters_since_groups_share_kernels():
    assert counts("lenet5-003")["C3"] == 76 + 101 + 101 + 151


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_every_network_says_where_it_comes_from_and_how_its_page_trains_it(network):
    assert network.title and network.about
    # A network of our own has neither a page nor its recipe.
    assert bool(network.tutorial) is ("tutorial" in network.recipes)
    assert all(recipe.epochs >= 1 and recipe.batch >= 1 for recipe in network.recipes.values())
    assert network.classes == 10 and network.layer_infos[-1].name == "output"


def test_titles_tell_the_networks_apart():
    assert len({network.title for network in NETWORKS.values()}) == len(NETWORKS)


def test_multiplications_are_those_of_every_weight_at_every_place():
    # C1: 28 x 28 places x 6 kernels of 25; C3: 10 x 10 x 16 of 150; C5, F6, output: one each a
    # weight.
    assert NETWORKS["lenet5"].multiply_adds == 784 * 150 + 100 * 2400 + 48_000 + 10_080 + 840


def declared(*layers) -> Network:
    return Network("n", "N", "t", "a", layers, {"tutorial": Recipe("sgd", one_rate(1, 0.1), 1)})


def test_a_declaration_that_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="C1 has no room"):
        declared(Conv("C1", 4, 29), Dense("output", 10))
    with pytest.raises(ValueError, match="table of C3"):
        declared(Conv("C1", 2, 5), Conv("C3", 1, 5, table=((0, 2),)), Dense("output", 10))
    with pytest.raises(ValueError, match="last layer"):
        declared(Conv("C1", 4, 5))
    with pytest.raises(ValueError, match="one name"):
        declared(Dense("F1", 4), Dense("F1", 10))
    with pytest.raises(ValueError, match="'median'"):
        declared(Pool("S1", "median"), Dense("output", 10))


def test_the_range_of_a_pooling_is_that_of_what_it_pools():
    info = declared(Conv("C1", 4, 5, "sigmoid"), Pool("S2", "max"), Dense("output", 10)).layer_infos
    assert (info[1].low, info[1].high) == (0.0, 1.0) and info[2].low is None


def test_what_fills_no_whole_block_is_left_out():
    info = declared(
        Conv("C1", 1, 2), Pool("S2"), Pool("S3"), Pool("S4"), Dense("output", 10)
    ).layer_infos
    assert [layer.shape for layer in info[:-1]] == [(1, 27, 27), (1, 13, 13), (1, 6, 6), (1, 3, 3)]


# A layer's row, and the shape and the parameters that the comment behind it tells.
ROW = re.compile(r'^ +\w+\("([\w ]+)".*\),  # ([\d ×]+)(?:; ([\d,]+) parameters)?$', re.MULTILINE)


@pytest.mark.parametrize(
    "module", [found.name for found in pkgutil.iter_modules(catalogue.__path__)]
)
def test_the_comment_beside_every_layer_tells_its_shape_and_parameters(module):
    module = importlib.import_module(f"digitpad.nets.spec.catalogue.{module}")
    told = [
        (name, tuple(map(int, shape.split(" × "))), int((parameters or "0").replace(",", "")))
        for name, shape, parameters in ROW.findall(Path(module.__file__).read_text())
    ]
    counted = [
        (layer.name, layer.shape, layer.parameters)
        for network in module.ENTRIES
        for layer in network.layer_infos
    ]
    assert told == counted


def test_a_tutorial_is_called_by_its_title():
    assert tutorial_title("000") == TUTORIALS["000"]
    assert tutorial_title("004, exercise 2.1") == f"{TUTORIALS['004']}, exercise 2.1"
    assert tutorial_title("999, a page") == "999, a page" and tutorial_title("") == ""
    for network in NETWORKS.values():
        title = tutorial_title(network.tutorial)
        assert not title or any(known in title for known in TUTORIALS.values())


def test_a_class_of_the_readers_own_is_named_by_its_file():
    assert own_class("a/net.py:Mine") == (Path("a/net.py"), "Mine")
    assert own_class("lenet5") is None and own_class("") is None
    for net in ("net.py", "net.py:", ":Mine", "net.py:two words"):
        with pytest.raises(DigitpadError, match="a file and a class in it"):
            own_class(net)


def test_the_table_is_read_without_torch():
    code = "import sys, digitpad.nets.spec.catalogue; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_every_layer_says_what_it_does_by_a_kind_that_code_can_ask_for():
    kinds = {
        name: [one.layer_kind for one in network.layer_infos] for name, network in NETWORKS.items()
    }
    assert kinds["lenet5-1998"] == [
        LayerKind.CONVOLUTION,
        LayerKind.SUBSAMPLING,
        LayerKind.CONVOLUTION,
        LayerKind.SUBSAMPLING,
        LayerKind.CONVOLUTION,
        LayerKind.FULL,
        LayerKind.DISTANCES,
    ]
    ends = {name for name, of_network in kinds.items() if LayerKind.DISTANCES in of_network}
    assert ends == {name for name, network in NETWORKS.items() if network.gives_distances}


def test_a_network_without_a_page_is_trained_on_mnist_and_has_our_recipe_alone():
    own = Network("own", "Own", "", "a", (Conv("C1", 2, 5), Dense("output", 10)))
    assert own.dataset == "mnist" and not own.recipes
    told = description(own, [], 80)
    assert "tutorial" not in told and "recipe ours" in told
    assert record_of(own).mean == MNIST_MEAN and record_of(own).dataset == "mnist"
