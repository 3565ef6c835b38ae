from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.engine.batches import Batch
from digitpad.engine.requests import MOST_AT_ONCE


@given(st.integers(0, 3000), st.lists(st.floats(0, 1e5), min_size=1, max_size=5))
def test_every_digit_is_asked_for_once_and_in_order_whatever_the_pace(n, paces_ms):
    digits = np.zeros((n, 28, 28), np.uint8)
    digits[:, 0, 0], digits[:, 0, 1] = np.arange(n) % 256, np.arange(n) // 256
    batch, seen = Batch(digits), [digits[:0]]
    while not batch.is_read:
        chunk = batch.chunk
        assert 1 <= len(chunk) <= MOST_AT_ONCE
        goes_on = batch.take(paces_ms[len(seen) % len(paces_ms)])
        assert goes_on is not batch.is_read and batch.newest == sum(map(len, seen))
        # All but the last are powers of two, each of which costs a recogniser memory.
        assert batch.is_read or len(chunk).bit_count() == 1
        seen.append(chunk)
    assert np.array_equal(np.concatenate(seen), digits) and len(batch.chunk) == 0


def test_a_quick_network_is_asked_for_more_at_once_and_a_slow_one_for_fewer():
    batch = Batch(np.zeros((5000, 28, 28), np.uint8))
    for _ in range(8):
        batch.take(1.0)
    assert len(batch.chunk) == MOST_AT_ONCE
    batch.take(800.0)
    assert MOST_AT_ONCE // 20 < len(batch.chunk) <= MOST_AT_ONCE // 10


def test_what_are_no_digits_are_no_batch():
    with pytest.raises(ValueError, match="not float32"):
        Batch(np.zeros((2, 28, 28), np.float32))
