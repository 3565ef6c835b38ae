from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.paths import shipped_weights
from digitpad.ui.shell.network_files import (
    beside,
    is_weights,
    names_its_network,
    network_files,
)


@pytest.mark.parametrize("name", ["a.pth", "A.PT", "b.safetensors", "c.ckpt", "d.pth.tar", "e.pkl"])
def test_files_of_weights_are_known_by_their_names(name):
    assert is_weights(Path(name)) and not is_weights(Path("seven.png"))


def test_arrays_are_weights_where_they_are_named_so_and_pictures_else(tmp_path):
    weights, pictures = tmp_path / "w.npz", tmp_path / "p.npz"
    np.savez(weights, **{"fc.weight": np.zeros((2, 3)), "fc.bias": np.zeros(2)})
    np.savez(pictures, digits=np.zeros((2, 28, 28)), labels=np.zeros(2))
    assert is_weights(weights) and not is_weights(pictures)
    (tmp_path / "n.npz").write_bytes(b"PK\x03\x04 nothing")
    assert not is_weights(tmp_path / "n.npz") and not is_weights(tmp_path / "none.npz")


def test_weights_and_their_program_may_come_together_in_any_order():
    program, weights, picture = Path("net.py"), Path("a.pth"), Path("seven.png")
    assert network_files([weights, program]) == network_files([program, weights])
    assert network_files([weights, program]) == (program, weights)
    assert network_files([weights, picture]) == (weights,)
    assert network_files([picture, weights]) == () == network_files([])


def test_neighbours_are_those_of_a_like_name_and_then_the_newest(tmp_path):
    for number, name in enumerate(["old.py", "new.py", "lenet_best.py", "seven.png"]):
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, ns=(number * 10**9, number * 10**9))
    found = [path.name for path in beside(tmp_path / "lenet_best.pth", (".py",))]
    assert found == ["lenet_best.py", "new.py", "old.py"]
    assert beside(tmp_path / "none" / "a.pth", (".py",)) == []


def test_a_record_that_names_a_network_of_the_catalogue_answers_all(tmp_path):
    assert names_its_network(shipped_weights())
    (tmp_path / "a.pth").write_bytes(b"PK\x03\x04")
    assert not names_its_network(tmp_path / "a.pth")
    assert not names_its_network(tmp_path / "none.pth")
