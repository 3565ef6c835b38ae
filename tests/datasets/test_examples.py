from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets import DATASETS
from digitpad.datasets.examples import Examples

FASHION = Path(DATASETS["fashion-mnist"].system_folders[0])


def test_examples_are_test_images_with_their_labels(test_set):
    examples = Examples()
    for _ in range(5):
        ink, label = examples.next()
        where = np.flatnonzero((test_set.digits == ink).all(axis=(1, 2)))
        assert str(test_set.labels[where[0]]) == label
    assert ink.flags.writeable and ink.dtype == np.uint8


def test_an_example_of_a_class_is_of_that_class(test_set):
    examples = Examples()
    for digit in (0, 7, 9):
        ink, label = examples.of(digit)
        assert label == str(digit)
        assert (test_set.digits[test_set.labels == digit] == ink).all(axis=(1, 2)).any()
    for unknown in (10, -1):
        with pytest.raises(DigitpadError, match="no class"):
            examples.of(unknown)


@pytest.mark.skipif(
    not FASHION.is_dir(), reason="Debian's package dataset-fashion-mnist is not installed"
)
def test_a_pullover_and_a_coat():
    examples = Examples("fashion-mnist")
    assert [examples.of(k)[1] for k in (2, 4)] == ["pullover", "coat"]
    assert examples.next()[1] in DATASETS["fashion-mnist"].classes


def test_a_folder_may_be_named(tmp_path):
    with pytest.raises(DigitpadError, match="does not hold USPS"):
        Examples("usps", tmp_path).next()


def test_without_test_images_the_error_says_where_to_put_them_and_nothing_is_downloaded(
    monkeypatch, tmp_path
):
    monkeypatch.setattr("digitpad.datasets.finding.shipped_asset", lambda name: None)
    monkeypatch.setattr("digitpad.datasets.finding.user_folder", lambda: tmp_path)
    monkeypatch.setattr(
        "digitpad.datasets.finding.download", lambda *a: pytest.fail("nothing is to be downloaded")
    )
    with pytest.raises(DigitpadError, match="train-images"):
        Examples().next()
    with pytest.raises(DigitpadError, match="no data set 'letters'"):
        Examples("letters")
