"""Rounding by largest remainder: numbers that are shown add up to the sum that is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from digitpad.explain.results import Floats

_LARGEST = 2**52


def rounded(terms: Sequence[float] | Floats, decimals: int) -> tuple[npt.NDArray[np.int64], int]:
    """Terms and their sum in units of the last decimal, the terms adding up to the sum.

    terms: n finite numbers, n may be 0. decimals: from 0 to 12. Returns int64 (n,) and an int: the
    sum is rounded to the nearest unit, and each term is less than one unit off. Raises ValueError
    where a term or the sum is not finite, or too large to be told to the unit.

    The largest remainders are rounded up, as seats are shared out by Hamilton's method.
    """
    scale = 10.0**decimals
    scaled = np.asarray(terms, np.float64) * scale
    whole = math.fsum(scaled) if np.isfinite(scaled).all() else math.nan
    if not abs(whole) < _LARGEST or np.abs(scaled).max(initial=0.0) >= _LARGEST:
        raise ValueError("numbers that are not finite, or without measure, cannot be rounded")
    floors = np.floor(scaled)
    total = round(whole)
    # Each remainder is below 1, so that no more are rounded up than have one.
    up = total - int(floors.sum())
    order = np.argsort(floors - scaled, kind="stable")
    units = floors.astype(np.int64)
    units[order[:up]] += 1
    return units, total


def largest_terms(
    terms: Sequence[float] | Floats, count: int = 8
) -> tuple[npt.NDArray[np.int64], float]:
    """The numbers of the largest terms by absolute value, the largest first, and what the others
    are together (0.0 where there are none)."""
    given = np.asarray(terms, np.float64)
    order = np.argsort(-np.abs(given), kind="stable")
    return order[:count], math.fsum(given[order[count:]]) if len(given) > count else 0.0


def in_decimals(units: int, decimals: int) -> str:
    """A number of units of the last decimal as a decimal number, such as "-0.07"; 0 has no
    sign."""
    whole, rest = divmod(abs(units), 10**decimals)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"
