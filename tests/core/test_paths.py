from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
import pytest

from digitpad.core import paths
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import (
    config_folder,
    shipped_asset,
    shipped_weights,
    shortened,
    state_folder,
    user_folder,
)


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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs says it itself")
@pytest.mark.parametrize("said", ["", "/somewhere/else", "not/absolute"])
def test_settings_and_state_lie_where_the_platform_has_them(monkeypatch, said):
    for kind, folder in (("config", config_folder), ("state", state_folder)):
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", said)
        if Path(said).is_absolute() or not said:
            told = getattr(platformdirs, f"user_{kind}_dir")("digitpad", appauthor=False)
            assert folder() == Path(told)
        else:
            assert folder().is_absolute() and "not" not in folder().parts


def test_the_home_folder_is_shortened(monkeypatch):
    monkeypatch.setenv("HOME", "/home/anna")
    assert shortened("in /home/anna/x and /home/annabel") == "in ~/x and /home/annabel"
