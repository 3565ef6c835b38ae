"""Measures how MNIST's digits are spread, for spread.json:

    python -m digitpad.explain.measuring_spread

It reads the training set, which gauges and likeness then hold drawings against.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from digitpad.datasets import load
from digitpad.explain.gauges import Shape, measure, shape_of
from digitpad.explain.results import Gauge
from digitpad.explain.spread import FILE, MOST_COUNTED

_COMMAND = "python -m digitpad.explain.measuring_spread"
_RARE = 0.005


def main() -> None:
    """Measure all training digits and write the file anew."""
    data = load("mnist", part="train", download=False)
    digits = data.digits.astype(np.float32) / 255
    measures = [measure(digit) for digit in digits]
    shapes = [shape_of(digit) for digit in digits]
    values = {gauge: np.array([one[gauge] for one in measures]) for gauge in Gauge}
    found = {
        "command": _COMMAND,
        "data": "MNIST, training set",
        "n": len(digits),
        "gauges": {
            gauge.value: _rounded(np.quantile(values[gauge], np.linspace(0, 1, 101)))
            for gauge in Gauge
        },
        "classes": [
            _of_class(
                {gauge: values[gauge][data.labels == label] for gauge in Gauge},
                [shapes[number] for number in np.flatnonzero(data.labels == label)],
            )
            for label in range(10)
        ],
    }
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _of_class(values: dict[Gauge, np.ndarray], shapes: list[Shape]) -> dict[str, Any]:
    thirds = np.array([shape.thirds for shape in shapes])
    return {
        "n": len(shapes),
        "gauges": {
            gauge.value: _rounded(np.quantile(some, [_RARE, 1 - _RARE]))
            for gauge, some in values.items()
        },
        "loops": _shares([shape.loops for shape in shapes]),
        "parts": _shares([shape.parts for shape in shapes]),
        "elongation": round(
            float(np.quantile([shape.elongation for shape in shapes], 1 - _RARE)), 4
        ),
        "thirds": [_rounded(thirds.mean(axis=0)), _rounded(thirds.std(axis=0))],
    }


def _shares(counts: list[int]) -> list[float]:
    """The shares that have 0, 1, 2 ... at least MOST_COUNTED of something."""
    found = np.bincount(np.minimum(counts, MOST_COUNTED), minlength=MOST_COUNTED + 1)
    return _rounded(found / len(counts))


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(one), 4) for one in values]


if __name__ == "__main__":
    main()
