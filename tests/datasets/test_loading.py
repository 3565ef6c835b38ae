from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DATASETS, load
from tests.datasets.idx_files import write_idx, write_set

FASHION = Path(DATASETS["fashion-mnist"].system_folders[0])


def test_the_originals_that_came_along_are_read_and_match_their_digests():
    mnist, test = load("mnist"), load("mnist", part="test")
    assert mnist.digits.shape == (60000, 28, 28) and mnist.digits.dtype == np.uint8
    assert test.digits.shape == (10000, 28, 28)
    assert mnist.labels[:5].tolist() == [5, 0, 4, 1, 9] and mnist.labels.dtype == np.uint8
    assert test.labels[:5].tolist() == [7, 2, 1, 0, 4]
    assert mnist.digits.mean() / 255 == pytest.approx(DATASETS["mnist"].mean, abs=1e-4)
    assert mnist.digits.std() / 255 == pytest.approx(DATASETS["mnist"].std, abs=1e-4)


@pytest.mark.skipif(
    not FASHION.is_dir(), reason="Debian's package dataset-fashion-mnist is not installed"
)
def test_debians_fashion_mnist_is_found_by_itself_and_is_the_original():
    clothes, test = (
        load("fashion-mnist", download=False),
        load("fashion-mnist", part="test", download=False),
    )
    assert clothes.digits.shape == (60000, 28, 28) and test.digits.shape == (10000, 28, 28)
    assert (
        np.bincount(clothes.labels).tolist() == [6000] * 10
        and np.bincount(test.labels).tolist() == [1000] * 10
    )
    assert clothes.digits.mean() / 255 == pytest.approx(DATASETS["fashion-mnist"].mean, abs=1e-4)
    assert clothes.digits.std() / 255 == pytest.approx(DATASETS["fashion-mnist"].std, abs=1e-4)
    # Upright, trousers are the narrowest of clothes.
    widths = [
        np.median((test.digits[test.labels == k].max(axis=1) > 60).sum(axis=1)) for k in range(10)
    ]
    assert np.argmin(widths) == DATASETS["fashion-mnist"].classes.index("trouser")


@pytest.mark.skipif(
    not FASHION.is_dir(), reason="Debian's package dataset-fashion-mnist is not installed"
)
def test_clothes_are_not_taken_for_digits():
    with pytest.raises(DigitpadError, match="not MNIST's original"):
        load("mnist", FASHION, "test")
    with pytest.raises(DigitpadError, match="not Kuzushiji-MNIST's original"):
        load("kmnist", FASHION, "test")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", list(DATASETS))
def test_every_set_is_read_packed_or_not(tmp_path, packed, name):
    write_set(tmp_path, packed=packed, name=name)
    for part in ("train", "test"):
        found = load(name, tmp_path, part, check_digests=False)
        assert found.labels.tolist() == [0, 1, 2, 3] and found.labels.dtype == np.uint8
        assert found.digits.shape == (4, 28, 28) and found.digits.dtype == np.uint8


def test_emnists_pictures_are_turned_upright(tmp_path):
    write_set(tmp_path / "a", name="mnist")
    write_set(tmp_path / "b", name="emnist-digits")
    as_stored = load("mnist", tmp_path / "a", check_digests=False).digits
    turned = load("emnist-digits", tmp_path / "b", check_digests=False).digits
    assert np.array_equal(turned, as_stored.transpose(0, 2, 1)) and turned.flags.c_contiguous


@pytest.mark.parametrize("name", list(DATASETS))
def test_files_that_are_not_the_originals_are_refused(tmp_path, name):
    write_set(tmp_path, packed=True, name=name)
    with pytest.raises(DigitpadError, match=r"original|pictures where .* has") as caught:
        load(name, tmp_path, "test")
    assert "\n" not in str(caught.value)


def test_digits_and_labels_must_belong_together(tmp_path):
    write_set(tmp_path)
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.zeros(5, np.uint8))
    with pytest.raises(DigitpadError, match="4 digits but 5 labels"):
        load("mnist", tmp_path, check_digests=False)
    write_idx(tmp_path / "train-labels-idx1-ubyte", np.full(4, 10, np.uint8))
    with pytest.raises(DigitpadError, match="label 10"):
        load("mnist", tmp_path, check_digests=False)
    write_idx(tmp_path / "train-images-idx3-ubyte", np.zeros((4, 28, 27), np.uint8))
    with pytest.raises(DigitpadError, match=r"\(28, 27\) pixels"):
        load("mnist", tmp_path, check_digests=False)


def test_qmnists_rows_of_labels_are_checked(tmp_path):
    write_set(tmp_path, name="qmnist")
    for rows, message in [
        (np.full((4, 8), -1, np.int32), "label -1"),
        (np.full((4, 8), 256, np.int32), "label 256"),
        (np.zeros((4, 0), np.int32), "rows of labels are empty"),
        (np.zeros((3, 8), np.int32), "4 digits but 3 labels"),
    ]:
        write_idx(tmp_path / "qmnist-train-labels-idx2-int", rows)
        with pytest.raises(DigitpadError, match=message):
            load("qmnist", tmp_path, check_digests=False)


def test_an_unknown_set_is_refused():
    with pytest.raises(DigitpadError, match="no data set 'letters'"):
        load("letters")


def test_reading_needs_neither_torch_nor_qt():
    code = (
        "import sys; from digitpad.datasets import load; load('mnist', part='test');"
        "from digitpad.datasets.examples import Examples; Examples().next();"
        "print([m for m in ('torch', 'torchvision', 'PySide6') if m in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert output.stdout.strip() == "[]"
