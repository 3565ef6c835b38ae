"""What a network's outputs stand for: what its record names, or what so many usually are."""

from __future__ import annotations

import string
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets.registry import current_classes

_UPPER = tuple(string.ascii_uppercase)
_DIGITS = tuple(string.digits)
_BY_COUNT = {
    # EMNIST's letters, which PyTorch's copy numbers from 1; its balanced part, where letters that
    # look alike in both cases are one; all digits and letters (Cohen et al. 2017, table II).
    26: _UPPER,
    27: ("none", *_UPPER),
    36: (*_DIGITS, *_UPPER),
    47: (*_DIGITS, *_UPPER, *"abdefghnqrt"),
    62: (*_DIGITS, *_UPPER, *string.ascii_lowercase),
}


def usual_classes(count: int) -> tuple[str, ...]:
    """EMNIST's characters where there are as many as it has in one of its parts, or else numbers
    from 0."""
    return _BY_COUNT.get(count, tuple(str(number) for number in range(count)))


def classes_of(weights: Path, record: WeightsRecord, count: int) -> tuple[str, ...]:
    """What a network's outputs stand for: its record's classes, or else what so many usually are.

    weights: the file, for errors. Raises DigitpadError where the record names more or fewer.
    """
    classes = record.classes or usual_classes(count)
    if len(classes) != count:
        raise DigitpadError(
            _(
                "{file} names {found} classes where the network has {count}; take another file"
            ).format(file=weights, found=len(classes), count=count)
        )
    return current_classes(classes)
