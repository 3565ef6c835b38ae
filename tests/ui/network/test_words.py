from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.ui.network.square_grid import SquareGrid
from digitpad.ui.network.words import (
    layer_in_words,
    operation_in_words,
    shape_in_words,
    title_details,
    undefined_in_words,
    unit_in_words,
)
from digitpad.ui.style.panel import MINUS
from tests.ui.stubs import LAYERS

C1 = LAYERS[0]


def grid(shape: tuple[int, ...] = C1.shape, side: int = 900) -> SquareGrid:
    grid = SquareGrid(shape)
    grid.fit(side, side, 24, 1.0, 1.0)
    return grid


def test_a_shape_says_maps_or_units():
    assert shape_in_words(grid()) == "6 maps, 28 × 28"
    assert shape_in_words(grid((84,))) == "84 units"


def test_details_become_shorter():
    assert title_details(grid(), 0, "") == ["6 maps, 28 × 28", "6 × 28 × 28", "6 maps"]
    assert title_details(grid((84,)), 0, "") == ["84 units", "84"]
    assert title_details(grid(), 0, "Esc: back") == ["6 maps, 28 × 28 · Esc: back", "Esc: back"]


def test_details_say_which_of_many_maps_are_seen():
    some = grid((64, 24, 24), side=200)
    first, *_, last = title_details(some, 0, "")
    assert last == f"1–{some.shown.stop} of 64"
    assert first == f"{last} maps, 24 × 24 · the wheel shows the others"


def test_what_is_wrong_with_the_values_comes_first():
    details = title_details(grid(), 2, "")
    assert details[:3] == [
        "6 maps, 28 × 28 · 2 values are NaN or infinite",
        "2 values are NaN or infinite",
        "2 NaN or ∞",
    ]
    assert "2 values are NaN or infinite; " in layer_in_words(C1, 2)
    assert "NaN" not in layer_in_words(C1, 0)


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (1, "1 value is NaN or infinite"), (4_704, "4,704 values are NaN or infinite")],
)
def test_undefined_values_are_counted(count, words):
    assert undefined_in_words(count) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.25, "+0.25"),
        (-0.25, f"{MINUS}0.25"),
        (float("nan"), "NaN"),
        (float(np.float32("inf")), "+∞"),
        (-float("inf"), f"{MINUS}∞"),
    ],
)
def test_a_unit_has_its_value_behind_its_name(value, words):
    assert unit_in_words(C1, grid(), (0, 1, 2), value) == f"C1, map 1, row 2, column 3: {words}"
    assert unit_in_words(C1, grid(), (0, 1, 2), None) == "C1, map 1, row 2, column 3"


@pytest.mark.parametrize(
    ("kind", "forms"),
    [
        ("convolution 5 × 5, tanh", ["5 × 5 convolution, tanh", "5 × 5 convolution"]),
        ("average pooling 2 × 2", ["2 × 2 average"]),
        ("max pooling 2 × 2", ["2 × 2 maximum"]),
        ("fully connected, tanh", ["fully connected, tanh", "fully connected"]),
        ("squared distance to each code", ["squared distance to each code"]),
        ("", [""]),
        ("average pooling 7 × 7 (pool)", ["7 × 7 average (pool)", "7 × 7 average"]),
        (
            "convolution 3 × 3, ReLU (b1.a)",
            ["3 × 3 convolution, ReLU (b1.a)", "3 × 3 convolution, ReLU", "3 × 3 convolution"],
        ),
    ],
)
def test_an_operation_is_named_as_in_a_figure(kind, forms):
    assert operation_in_words(replace(C1, kind=kind)) == forms
