from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from digitpad.explain.results import SoftmaxTrace
from digitpad.ui.explain.softmax_table import softmax_rows, softmax_words
from digitpad.ui.style.panel import MINUS


def trace_of(logits: list[float], temperature: float = 0.8236) -> SoftmaxTrace:
    given = np.array(logits)
    scaled = given / temperature
    exponentials = np.exp(scaled - scaled.max())
    total = float(exponentials.sum())
    return SoftmaxTrace(
        given, temperature, scaled, float(scaled.max()), exponentials, total, exponentials / total
    )


@pytest.mark.parametrize("decimals", [4, 6])
def test_the_exponentials_that_are_shown_add_up_to_the_sum_that_is_shown(decimals):
    rng = np.random.default_rng(3)
    for _ in range(50):
        trace = trace_of(list(rng.normal(size=10) * 2))
        head, *rows, last = softmax_rows(trace, list("0123456789"), decimals)
        assert len(rows) == 10 and last[0] == "sum" and "0.8236" in last[2]
        assert sum(Decimal(row[3]) for row in rows) == Decimal(last[3])
        assert len({len(row) for row in (head, *rows, last)}) == 1


def test_a_quotient_is_told_with_its_temperature():
    words = softmax_words(trace_of([2.0, 1.0]), 1, 4)
    assert words.startswith(f"exp((1.00 {MINUS} 2.00) ÷ 0.8236) = 0.29")
    assert words.endswith("22.9 %")


def test_distances_are_called_so_and_their_signs_do_not_collide():
    trace = trace_of([-355.4, -372.0])
    assert softmax_rows(trace, ["0", "1"], 4, is_distance=True)[0][1] == f"{MINUS}distance"
    assert softmax_words(trace, 1, 4).startswith(f"exp(({MINUS}372.00 + 355.40)")
