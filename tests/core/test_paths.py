from __future__ import annotations

import pytest

from digitpad.core import paths
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_asset, shipped_weights, user_folder


def test_what_comes_along_is_found():
    assert (
        shipped_weights().is_file()
        and shipped_asset("icon.png").is_file()
        and shipped_asset("mnist").is_dir()
    )
    assert shipped_asset("fountain.png") is None
    with pytest.raises(DigitpadError, match=r"weights/alexnet\.safetensors are missing"):
        shipped_weights("alexnet")


def test_a_wheel_has_it_inside_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "PACKAGE", tmp_path / "digitpad")
    (tmp_path / "digitpad" / "weights").mkdir(parents=True)
    inside = tmp_path / "digitpad" / "weights" / "lenet5.safetensors"
    inside.touch()
    (tmp_path / "weights").mkdir()
    (tmp_path / "weights" / "lenet5.safetensors").touch()
    assert shipped_weights() == inside


def test_the_users_folder_is_the_systems_own(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_folder().name == "digitpad" and not user_folder().exists()
