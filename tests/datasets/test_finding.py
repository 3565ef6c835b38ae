from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DATASETS, finding
from digitpad.datasets.finding import find
from tests.datasets.idx_files import write_set


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("inside", ["", "FashionMNIST/raw", "raw", "FashionMNIST", "fashion-mnist"])
def test_a_named_folder_is_searched_in_every_layout(tmp_path, packed, inside):
    write_set(tmp_path / inside, packed=packed, name="fashion-mnist")
    assert find("fashion-mnist", tmp_path) == tmp_path / inside


def test_a_folder_of_its_own_goes_before_files_of_the_same_names(tmp_path):
    write_set(tmp_path, name="mnist")
    write_set(tmp_path / "KMNIST" / "raw", name="kmnist")
    assert find("kmnist", tmp_path) == tmp_path / "KMNIST" / "raw"
    assert find("mnist", tmp_path) == tmp_path


@pytest.mark.parametrize("name", list(DATASETS))
def test_a_folder_without_them_is_refused_with_the_names_of_all(tmp_path, name):
    with pytest.raises(DigitpadError) as caught:
        find(name, tmp_path)
    message = str(caught.value)
    assert (
        all(f"{file.name}[{file.packing}]" in message for file in DATASETS[name].files)
        and "\n" not in message
    )


def test_a_folder_that_misses_one_is_not_taken(tmp_path):
    write_set(tmp_path, name="usps")
    (tmp_path / "usps.t").unlink()
    with pytest.raises(DigitpadError, match="does not hold USPS"):
        find("usps", tmp_path)


def test_the_places_are_tried_in_turn(monkeypatch, tmp_path, nothing_here):
    system = tmp_path / "system"
    entry = replace(DATASETS["fashion-mnist"], system_folders=(str(system),))
    monkeypatch.setitem(DATASETS, "fashion-mnist", entry)
    own = write_set(nothing_here / "FashionMNIST" / "raw")
    assert find("fashion-mnist") == own
    write_set(system)
    assert find("fashion-mnist") == system
    shipped = write_set(tmp_path / "shipped")
    monkeypatch.setattr(
        finding, "shipped_asset", lambda name: shipped if name == "fashion-mnist" else None
    )
    assert find("fashion-mnist") == shipped
    assert find("fashion-mnist", own) == own


def test_what_is_not_here_is_told_with_files_folder_and_package(monkeypatch, nothing_here):
    monkeypatch.setattr(
        finding, "download", lambda entry, folder: pytest.fail("nothing is to be downloaded")
    )
    monkeypatch.setitem(
        DATASETS, "fashion-mnist", replace(DATASETS["fashion-mnist"], system_folders=())
    )
    with pytest.raises(DigitpadError) as caught:
        find("fashion-mnist", may_download=False)
    message = str(caught.value)
    assert message.startswith(
        "Fashion-MNIST is not here; install Debian's package dataset-fashion-mnist, or put"
    )
    assert str(nothing_here / "FashionMNIST" / "raw") in message and "\n" not in message
    with pytest.raises(
        DigitpadError, match=r"^Kuzushiji-MNIST is not here; put .* --dataset kmnist$"
    ):
        find("kmnist", may_download=False)


def test_a_failed_download_says_which_files_go_where(monkeypatch, nothing_here):
    def fail(entry: object, folder: Path) -> None:
        raise DigitpadError("it could not be downloaded (somewhere: timed out)")

    monkeypatch.setattr(finding, "download", fail)
    with pytest.raises(DigitpadError) as caught:
        find("emnist-digits")
    message = str(caught.value)
    assert (
        "timed out" in message
        and "--data" in message
        and "(from gzip.zip)" in message
        and "\n" not in message
    )
    assert str(nothing_here / "EMNIST" / "raw") in message


def test_a_download_that_leaves_gaps_is_an_error(monkeypatch, nothing_here):
    monkeypatch.setattr(finding, "download", lambda entry, folder: None)
    with pytest.raises(DigitpadError, match="incomplete"):
        find("mnist")


def test_a_download_is_found_the_next_time(monkeypatch, nothing_here):
    calls = []
    monkeypatch.setattr(
        finding, "download", lambda entry, folder: (calls.append(folder), write_set(folder))
    )
    own = nothing_here / "MNIST" / "raw"
    assert find("mnist") == own == find("mnist")
    assert calls == [own]
