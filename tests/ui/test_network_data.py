from __future__ import annotations

from dataclasses import replace

import pytest
from choices import facts_of
from stubs import FACTS

from digitpad.ui.network_data import data_set_of


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (None, "mnist"),
        (facts_of("lenet5"), "mnist"),
        (facts_of("lenet5-sigmoid"), "fashion-mnist"),
        (replace(FACTS, metadata={"dataset": "usps"}), "usps"),
        # The classes are believed, where the record says another thing or nothing.
        (replace(FACTS, metadata={"dataset": "fashion-mnist"}), "mnist"),
        (replace(facts_of("lenet5-sigmoid"), metadata={}), "fashion-mnist"),
        (replace(FACTS, classes=tuple("abcdef"), metadata={}), "mnist"),
    ],
)
def test_a_network_belongs_to_the_data_set_that_its_weights_or_its_classes_name(facts, name):
    assert data_set_of(facts).name == name
