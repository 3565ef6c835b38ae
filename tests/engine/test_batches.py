from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digitpad.engine.batches import ManyDigits
from digitpad.engine.messages import MOST_AT_ONCE


@given(st.integers(0, 3000), st.lists(st.floats(0, 1e5), min_size=1, max_size=5))
def test_every_digit_is_asked_for_once_and_in_order_whatever_the_pace(n, paces_ms):
    digits = np.zeros((n, 28, 28), np.uint8)
    digits[:, 0, 0], digits[:, 0, 1] = np.arange(n) % 256, np.arange(n) // 256
    many, seen, asked = ManyDigits(digits), [], 0
    while not many.is_read:
        chunk = many.chunk
        assert 1 <= len(chunk) <= MOST_AT_ONCE
        assert many.take(paces_ms[asked % len(paces_ms)]) == sum(map(len, seen))
        seen.append(chunk)
        asked += 1
    assert np.array_equal(np.concatenate([digits[:0], *seen]), digits) and len(many.chunk) == 0


def test_a_quick_network_is_asked_for_more_at_once_and_a_slow_one_for_fewer():
    many = ManyDigits(np.zeros((5000, 28, 28), np.uint8))
    for _ in range(8):
        many.take(1.0)
    assert len(many.chunk) == MOST_AT_ONCE
    many.take(800.0)
    assert len(many.chunk) == MOST_AT_ONCE // 10
