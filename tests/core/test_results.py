from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.results import LayerInfo, NetworkInfo, Recognition
from digitpad.nets.spec.catalogue import NETWORKS


def test_the_answer_is_the_likeliest_and_the_ranking_keeps_the_order_of_equals():
    shares = np.array([0.1, 0.5, 0.1, 0.3], np.float32)
    recognition = Recognition(np.log(shares), shares, {})
    assert recognition.answer == 1 and recognition.ranking == [1, 3, 0, 2]


@pytest.mark.parametrize(
    ("metadata", "accuracy"),
    [({"test_accuracy": "0.99"}, 0.99), ({}, None), ({"test_accuracy": "x"}, None)],
)
def test_the_accuracy_is_what_the_record_says_if_it_does(metadata, accuracy):
    info = NetworkInfo("n", "N", ("0",), 0, (), "f", "cpu", (), metadata)
    assert info.test_accuracy == accuracy


@pytest.mark.parametrize(
    ("name", "row", "column", "field"),
    [
        ("C1", 0, 0, (-2, -2, 3, 3)),
        ("C1", 27, 27, (25, 25, 30, 30)),
        ("S2", 0, 0, (-2, -2, 4, 4)),
        ("C3", 0, 9, (16, -2, 30, 12)),
        ("S4", 4, 4, (14, 14, 30, 30)),
        ("F6", 0, 0, (0, 0, 28, 28)),
    ],
)
def test_a_unit_sees_its_part_of_the_input_and_the_padding(name, row, column, field):
    (layer,) = [layer for layer in NETWORKS["lenet5"].layer_infos if layer.name == name]
    assert layer.field(row, column, 28) == field


def test_fields_lie_a_stride_apart():
    layer = LayerInfo("C", "", (1, 12, 12), 0, 6, stride=2, start=-1)
    lefts = [layer.field(0, column, 28)[0] for column in range(12)]
    assert lefts == list(range(-1, 23, 2))
