"""USPS's digits, from LIBSVM's text to MNIST's geometry.

A line for each digit: its class from 1 to 10, then ``index:value`` for each of its 256 pixels, row
by row, from -1 for paper to 1 for ink.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets.labelled import LabelledDigits
from digitpad.ink.normalize import normalize

USPS_LIMIT_BYTES = 40 << 20
"""A line of it has about 2.5 kB, and there are 7,291 at most."""
_SIDE = 16
_MOST_LINES = 10_000
_LONGEST_LINE = 20_000


def usps_digits(content: bytes, path: Path) -> LabelledDigits:
    """The digits of such a text, each as the pad would read its 16 x 16 pixels as ink.

    MNIST's geometry and no plain enlargement, so that networks that learned one read the other: the
    ink's box is doubled until it has 20 pixels, averaged to 20 x 20 and centred by its mass. USPS
    had stretched its digits to fill their field; that stays. path: named where something does not
    fit, which raises DigitpadError. No lines give no digits.
    """
    # Counted before they are cut apart: lines of nothing take fifty times their bytes.
    if sum(map(content.count, (b"\n", b"\r"))) > 2 * _MOST_LINES:
        raise DigitpadError(
            _("{path} has more than {most_lines:,} lines; get it again").format(
                path=path, most_lines=_MOST_LINES
            )
        )
    lines = content.splitlines()
    if len(lines) > _MOST_LINES:
        raise DigitpadError(
            _("{path} has more than {most_lines:,} lines; get it again").format(
                path=path, most_lines=_MOST_LINES
            )
        )
    labels = np.zeros(len(lines), np.uint8)
    digits = np.zeros((len(lines), 28, 28), np.uint8)
    for number, line in enumerate(lines):
        label, ink = _parsed(line, path, number + 1)
        labels[number] = label
        digits[number] = np.floor(normalize(ink) * 255 + 0.5)
    return LabelledDigits(digits, labels)


def _parsed(line: bytes, path: Path, number: int) -> tuple[int, np.ndarray]:
    """The label from 0 to 9 and the ink, uint8 (16, 16)."""
    wrong = DigitpadError(
        _("{path}, line {number}: not a class and 256 pixels of USPS; get it again").format(
            path=path, number=number
        )
    )
    if len(line) > _LONGEST_LINE:
        raise wrong
    words = line.replace(b":", b" ").split()
    if len(words) != 1 + 2 * _SIDE * _SIDE:
        raise wrong
    try:
        values = np.array(words).astype(np.float64)
    except ValueError as error:
        raise wrong from error
    label, places, pixels = values[0], values[1::2], values[2::2]
    if not (
        label in range(1, 11)
        and (places == np.arange(1, len(places) + 1)).all()
        and (abs(pixels) <= 1).all()
    ):
        raise wrong
    # Cut off, not rounded, as torchvision does: paper with a trace of grey stays paper.
    return int(label) - 1, ((pixels + 1) / 2 * 255).astype(np.uint8).reshape(_SIDE, _SIDE)
