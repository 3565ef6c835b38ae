from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from digitpad.core.paths import shipped_weights
from digitpad.nets.spec import installed
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.installed import installed_networks, untrained_networks


@pytest.fixture
def put(tmp_path):
    """Write a weights file with this record; its folder."""

    def write(name: str, folder: str = "shipped", **record: str) -> Path:
        (tmp_path / folder).mkdir(exist_ok=True)
        save_file(
            {"C1.weight": np.zeros(1, np.float32)},
            tmp_path / folder / f"{name}.safetensors",
            record,
        )
        return tmp_path / folder

    return write


def test_the_default_comes_first_then_the_order_of_the_table(put):
    folder = put("a", network="lenet5-relu", recipe="tutorial")
    put("lenet5-relu", network="lenet5-relu", test_accuracy="0.9941")
    put("z", network="lenet5")
    put("cnn-32-64", network="cnn-32-64")
    found = installed_networks([folder])
    assert [network.name for network in found] == [
        "lenet5",
        "lenet5-relu",
        "lenet5-relu",
        "cnn-32-64",
    ]
    assert [network.recipe for network in found] == ["ours", "tutorial", "ours", "ours"]
    assert (found[2].test_accuracy, found[0].test_accuracy) == (0.9941, None)
    assert (found[2].title, found[2].tutorial) == (
        NETWORKS["lenet5-relu"].title,
        "000, second answer",
    )


def test_the_data_set_is_the_records_or_the_tutorials(put):
    folder = put("lenet5-sigmoid", network="lenet5-sigmoid")
    put("lenet5-kmnist", network="lenet5", dataset="kmnist")
    assert [network.dataset for network in installed_networks([folder])] == [
        "kmnist",
        "fashion-mnist",
    ]


def test_what_is_damaged_unknown_or_says_nothing_is_left_out(put, tmp_path):
    folder = put("unknown", network="resnet")
    put("silent", note="nothing")
    put("odd", network="lenet5", test_accuracy="high")
    (folder / "damaged.safetensors").write_bytes(b"no weights at all")
    (folder / "folder.safetensors").mkdir()
    found = installed_networks([folder, tmp_path / "nowhere"])
    assert [(network.weights.name, network.test_accuracy) for network in found] == [
        ("odd.safetensors", None)
    ]


def test_a_users_own_weights_are_found_and_the_shipped_ones_win(put, monkeypatch, tmp_path):
    put("lenet5", network="lenet5", recipe="shipped")
    put("lenet5", folder="weights", network="lenet5", recipe="own")
    put("mine", folder="weights", network="lenet5-1998")
    monkeypatch.setattr(
        installed, "shipped_weights", lambda: tmp_path / "shipped" / "lenet5.safetensors"
    )
    monkeypatch.setattr(installed, "user_folder", lambda: tmp_path)
    assert [(network.name, network.recipe) for network in installed_networks()] == [
        ("lenet5", "shipped"),
        ("lenet5-1998", "ours"),
    ]


def test_the_shipped_network_is_installed():
    assert shipped_weights().resolve() in [network.weights for network in installed_networks()]


def test_neither_torch_nor_qt_is_needed():
    code = (
        "import sys; from digitpad.nets.spec.installed import installed_networks; "
        "installed_networks();assert not {'torch', 'PySide6'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_networks_without_weights_are_those_of_the_catalogue_that_are_not_installed(
    put, monkeypatch
):
    folder = put("a", network="lenet5-relu")
    monkeypatch.setattr(installed, "weights_folders", lambda: [folder])
    untrained = [network.name for network in untrained_networks()]
    assert untrained == [name for name in NETWORKS if name != "lenet5-relu"]
