from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.datasets.usps import usps_digits
from digitpad.ink.normalize import normalize
from tests.datasets.idx_files import usps_line

_PATH = Path("usps.bz2")


def test_digits_come_in_mnists_geometry_with_labels_from_0():
    pixels = np.full((16, 16), -1.0)
    pixels[1:15, 5:8] = 1.0
    pixels[3, 8:13] = 0.25
    read = usps_digits(usps_line(10, pixels.ravel()) + usps_line(1, -pixels.ravel()), _PATH)
    assert read.labels.tolist() == [9, 0] and read.labels.dtype == np.uint8
    assert read.digits.shape == (2, 28, 28) and read.digits.dtype == np.uint8
    ink = np.floor((pixels + 1) / 2 * 255).astype(np.uint8)
    assert np.array_equal(read.digits[0], np.round(normalize(ink) * 255).astype(np.uint8))
    rows = np.flatnonzero(read.digits[0].any(axis=1))
    assert rows[-1] - rows[0] + 1 == 20  # 14 of 16 rows become MNIST's box, upright
    assert (
        read.digits[0][rows[0] + 4].astype(int).sum()
        > read.digits[0][rows[-1] - 4].astype(int).sum()
    )


def test_an_empty_text_has_no_digits_and_paper_stays_paper():
    assert len(usps_digits(b"", _PATH)) == 0
    assert not usps_digits(usps_line(1, np.full(256, -0.999)), _PATH).digits.any()


def test_lines_that_are_not_uspss_are_refused_by_number():
    good = usps_line(3, np.full(256, -1.0))
    for bad in [
        b"",
        b"3",
        good.rsplit(maxsplit=1)[0],
        good.replace(b"7:-1", b"7:nan", 1),
        good.replace(b"7:-1", b"7:1.5", 1),
        good.replace(b"7:-1", b"7:x", 1),
        good.replace(b"7:-1", b"8:-1", 1),
        b"11" + good[1:],
        b"0" + good[1:],
        b"2.5" + good[1:],
        b"\xff" + good[1:],
    ]:
        with pytest.raises(DigitpadError, match=r"usps\.bz2, line 2: .*get it again") as caught:
            usps_digits(good + bad.rstrip(b"\n") + b"\n" + good, _PATH)
        assert "\n" not in str(caught.value)
    with pytest.raises(DigitpadError, match="more than 10,000 lines"):
        usps_digits(b"\n" * 10_001, _PATH)
