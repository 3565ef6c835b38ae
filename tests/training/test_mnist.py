from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import types

import numpy as np
import pytest
from idx_files import write_idx, write_set

from digitpad.errors import DigitpadError
from digitpad.training import mnist as mnist_module
from digitpad.training.mnist import DIGESTS, LabelledDigits, find_mnist, load_mnist, read_idx, split


def test_the_originals_that_came_along_are_read_and_match_their_digests(mnist):
    test = load_mnist(part="test")
    assert mnist.digits.shape == (60000, 28, 28) and mnist.digits.dtype == np.uint8
    assert test.digits.shape == (10000, 28, 28)
    assert mnist.labels[:5].tolist() == [5, 0, 4, 1, 9]
    assert test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert mnist.digits.mean() / 255 == pytest.approx(mnist_module.MEAN, abs=1e-4)
    assert mnist.digits.std() / 255 == pytest.approx(mnist_module.STD, abs=1e-4)


def test_the_split_is_the_same_whatever_the_seed_and_parts_nothing_twice(mnist):
    learning, validation = split(mnist)
    assert (len(learning), len(validation)) == (55000, 5000)
    np.random.seed(7)
    assert np.array_equal(split(mnist)[1].digits, validation.digits)
    numbered = LabelledDigits(np.zeros((60000, 1, 1), np.uint8), np.arange(60000))
    a, b = split(numbered)
    assert np.array_equal(np.sort(np.concatenate([a.labels, b.labels])), numbered.labels)
    assert np.bincount(validation.labels).min() > 400


def test_a_small_set_holds_back_a_twelfth_and_an_empty_one_nothing():
    small = LabelledDigits(np.zeros((24, 28, 28), np.uint8), np.zeros(24, np.uint8))
    assert [len(part) for part in split(small)] == [22, 2]
    assert [len(part) for part in split(small.take(np.arange(0)))] == [0, 0]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("inside", ["", "MNIST/raw", "raw"])
def test_a_named_folder_is_read_packed_or_not_in_either_layout(tmp_path, packed, inside):
    write_set(tmp_path / inside, packed=packed)
    found = load_mnist(tmp_path, "test", check_digests=False)
    assert found.labels.tolist() == [0, 1, 2, 3]
    assert found.digits[1, 0, :3].tolist() == [31, 32, 33]


def test_a_folder_without_them_is_refused_with_the_names_of_all_four(tmp_path):
    with pytest.raises(DigitpadError) as caught:
        find_mnist(tmp_path)
    assert all(name in str(caught.value) for name in DIGESTS)


def test_files_that_are_not_the_originals_are_refused(tmp_path):
    write_set(tmp_path)
    with pytest.raises(DigitpadError, match="not MNIST's original"):
        load_mnist(tmp_path)


def test_wrong_idx_files_are_refused_with_one_line(tmp_path):
    path = write_idx(tmp_path / "x", np.zeros((2, 28, 28), np.uint8))
    whole = path.read_bytes()
    for content, message in [
        (whole[:-1], r"says it holds 1,568 values and has 1,567"),
        (whole + b"\0", r"and has 1,569"),
        (whole[:10], "magic number"),
        (b"\0\0\x0d\x03" + whole[4:], "magic number"),
        (whole[:4] + b"\xff" * 12, "says it holds"),
        (b"", "is empty"),
        (gzip.compress(whole)[:-9], "cannot be unpacked"),
        (gzip.compress(whole)[:20] + b"\0" * 30, "cannot be unpacked"),
        (gzip.compress(bytes(70_000_000)), "unpacks to more"),
    ]:
        path.write_bytes(content)
        with pytest.raises(DigitpadError, match=message) as caught:
            read_idx(path, 3)
        assert "\n" not in str(caught.value)
    path.write_bytes(whole)
    with pytest.raises(DigitpadError, match="IDX file of labels"):
        read_idx(path, 1)


def test_digits_and_labels_must_belong_together(tmp_path):
    write_set(tmp_path)
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.zeros(5, np.uint8))
    with pytest.raises(DigitpadError, match="4 digits but 5 labels"):
        load_mnist(tmp_path, check_digests=False)
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.full(4, 10, np.uint8))
    with pytest.raises(DigitpadError, match="label 10"):
        load_mnist(tmp_path, check_digests=False)
    write_idx(tmp_path / "train-images-idx3-ubyte", np.zeros((4, 28, 27), np.uint8))
    with pytest.raises(DigitpadError, match=r"\(28, 27\) pixels"):
        load_mnist(tmp_path, check_digests=False)


def nowhere(monkeypatch, tmp_path, download):
    """No files on this machine, and a torchvision whose MNIST calls download(root)."""
    monkeypatch.setattr(mnist_module, "shipped_asset", lambda name: None)
    monkeypatch.setattr(mnist_module, "user_folder", lambda: tmp_path / "user")
    sets = types.ModuleType("torchvision.datasets")
    sets.MNIST = lambda root, train, download: fetch(root)  # type: ignore[attr-defined]
    fetch = download
    monkeypatch.setitem(sys.modules, "torchvision", types.ModuleType("torchvision"))
    monkeypatch.setitem(sys.modules, "torchvision.datasets", sets)


def test_without_files_they_are_downloaded_once_with_a_time_out(monkeypatch, tmp_path):
    timeouts = []

    def download(root):
        timeouts.append(socket.getdefaulttimeout())
        write_set(tmp_path / "user" / "MNIST" / "raw")

    nowhere(monkeypatch, tmp_path, download)
    assert find_mnist() == tmp_path / "user" / "MNIST" / "raw" == find_mnist()
    assert timeouts == [20.0]
    assert socket.getdefaulttimeout() is None


def test_a_download_that_fails_says_which_files_go_where(monkeypatch, tmp_path):
    def download(root):
        raise TimeoutError("timed out\nat the mirror")

    nowhere(monkeypatch, tmp_path, download)
    with pytest.raises(DigitpadError) as caught:
        find_mnist()
    message = str(caught.value)
    assert "timed out" in message and "\n" not in message and "--data" in message
    assert str(tmp_path / "user" / "MNIST" / "raw") in message
    assert all(name in message for name in DIGESTS)
    assert socket.getdefaulttimeout() is None


def test_a_download_that_leaves_gaps_is_an_error(monkeypatch, tmp_path):
    nowhere(monkeypatch, tmp_path, lambda root: None)
    with pytest.raises(DigitpadError, match="incomplete"):
        find_mnist()
    with pytest.raises(DigitpadError, match="MNIST is not here"):
        find_mnist(download=False)


def test_reading_needs_neither_torch_nor_qt():
    code = (
        "import sys; from digitpad.training.mnist import load_mnist; load_mnist(part='test');"
        "print([m for m in ('torch', 'torchvision', 'PySide6') if m in sys.modules])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert output.stdout.strip() == "[]"
