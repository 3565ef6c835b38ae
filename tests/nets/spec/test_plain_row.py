from __future__ import annotations

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.catalogue import own_class
from digitpad.nets.spec.plain_row import PlainRow, plain_row

ROWS = [
    PlainRow("relu", "max", "every", 28, (2, 0)),
    PlainRow("tanh", "average", "last", 32, (0,)),
    PlainRow("sigmoid", "max", "none", 28, ()),
]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_comes_back_from_its_word_and_is_no_class(row):
    assert plain_row(row.net) == row and own_class(row.net) is None


@pytest.mark.parametrize("net", ["", "lenet5", "net.py:Net", "C:/row:relu.py:Net"])
def test_other_words_name_no_row(net):
    assert plain_row(net) is None


@pytest.mark.parametrize(
    "net", ["row:", "row:relu", "row:gelu,max,every,28,", "row:relu,max,every,28,9-9-9-9-9-9-9"]
)
def test_what_begins_as_a_row_and_is_none_is_refused(net):
    with pytest.raises(DigitpadError, match="no row of layers"):
        plain_row(net)


def test_a_row_is_told_in_words():
    assert [row.title for row in ROWS] == [
        "Convolutions with ReLU and max pooling",
        "Convolutions with tanh and average pooling, 32 × 32",
        "Layers with sigmoid",
    ]
