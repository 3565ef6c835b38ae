from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets.idx import idx_array
from tests.datasets.idx_files import idx_bytes

_PATH = Path("some-file")


def test_values_come_back_as_they_were_written():
    images = np.arange(2 * 3 * 4, dtype=np.uint8).reshape(2, 3, 4)
    assert np.array_equal(idx_array(idx_bytes(images), "images", _PATH), images)
    labels = np.array([3, 0, 255], np.uint8)
    assert np.array_equal(idx_array(idx_bytes(labels), "labels", _PATH), labels)
    rows = np.array([[1, -2], [70_000, 4]], np.int32)
    assert np.array_equal(idx_array(idx_bytes(rows), "rows of labels", _PATH), rows)
    assert idx_array(idx_bytes(images[:0]), "images", _PATH).shape == (0, 3, 4)


def test_what_does_not_fit_is_refused_with_one_line():
    whole = idx_bytes(np.zeros((2, 28, 28), np.uint8))
    for content, message in [
        (whole[:-1], r"says it holds 1,568 values and has 1,567"),
        (whole + b"\0", r"and has 1,569"),
        (whole[:10], "magic number"),
        (b"", "magic number"),
        (b"\0\0\x0d\x03" + whole[4:], "magic number"),
        (whole[:4] + b"\xff" * 12, "says its pictures are 4,294,967,295 wide"),
        (whole[:4] + b"\0" * 4 + b"\xff" * 8, "says its pictures are 4,294,967,295 wide"),
        (whole[:4] + b"\xff" * 4 + whole[8:16], "says it holds"),
    ]:
        with pytest.raises(DigitpadError, match=message) as caught:
            idx_array(content, "images", _PATH)
        assert "\n" not in str(caught.value) and "some-file" in str(caught.value)
    with pytest.raises(DigitpadError, match="IDX file of labels"):
        idx_array(whole, "labels", _PATH)
    with pytest.raises(DigitpadError, match="get it again"):
        idx_array(idx_bytes(np.zeros((2, 8), np.int32)) + b"\0", "rows of labels", _PATH)
