from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.datasets.of_network import data_set_of, reads_digits
from tests.ui.choices import info_of
from tests.ui.stubs import INFO


@pytest.mark.parametrize(
    ("info", "name"),
    [
        (None, "mnist"),
        (info_of("lenet5"), "mnist"),
        (info_of("lenet5-sigmoid"), "fashion-mnist"),
        (replace(INFO, metadata={"dataset": "usps"}), "usps"),
        # The classes are believed, where the record says another thing or nothing.
        (replace(INFO, metadata={"dataset": "fashion-mnist"}), "mnist"),
        (replace(info_of("lenet5-sigmoid"), metadata={}), "fashion-mnist"),
        (replace(INFO, classes=tuple("abcdef"), metadata={}), "mnist"),
    ],
)
def test_a_network_belongs_to_the_data_set_that_its_weights_or_its_classes_name(info, name):
    assert data_set_of(info).name == name


def test_the_ten_digits_in_their_order_are_what_a_network_for_digits_has():
    assert reads_digits(INFO)
    assert not reads_digits(replace(INFO, classes=tuple("1234567890")))
    assert not reads_digits(info_of("lenet5-sigmoid"))
