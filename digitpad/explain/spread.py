"""How MNIST's digits are spread: numbers that were measured once, by the command that
measuring_spread.py is, and stand in spread.json with their number of digits."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitpad.explain.results import Gauge

MOST_COUNTED = 4
FILE = Path(__file__).with_name("spread.json")


@dataclass(frozen=True, eq=False)
class ClassSpread:
    """Of the digits of one class. gauges: the values that one digit in 200 lies below, and above.
    loops, parts: the shares that have 0, 1, 2 ... of them, the last those that have MOST_COUNTED or
    more. elongation: as gauges. thirds: float64 (9,) twice, the mean share of the ink in each ninth
    and its standard deviation."""

    gauges: dict[Gauge, tuple[float, float]]
    loops: tuple[float, ...]
    parts: tuple[float, ...]
    elongation: float
    thirds: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Spread:
    """Of n digits. gauges: float64 (101,) each, the quantiles in steps of one percent. classes: by
    the class."""

    n: int
    gauges: dict[Gauge, npt.NDArray[np.float64]]
    classes: tuple[ClassSpread, ...]


@cache
def spread() -> Spread:
    """MNIST's spread, read once."""
    given = json.loads(FILE.read_text(encoding="utf-8"))
    return Spread(
        given["n"],
        {Gauge(name): np.array(values) for name, values in given["gauges"].items()},
        tuple(
            ClassSpread(
                {Gauge(name): (ends[0], ends[1]) for name, ends in one["gauges"].items()},
                tuple(one["loops"]),
                tuple(one["parts"]),
                one["elongation"],
                (np.array(one["thirds"][0]), np.array(one["thirds"][1])),
            )
            for one in given["classes"]
        ),
    )
