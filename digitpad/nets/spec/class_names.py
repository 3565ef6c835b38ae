"""What a network's outputs stand for where only their number is known."""

from __future__ import annotations

import string

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
