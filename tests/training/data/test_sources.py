from __future__ import annotations

import pytest
import torch

from digitpad.datasets import NON_DIGIT
from digitpad.training.data.mixture import sources_for
from digitpad.training.data.sources import DigitSource
from digitpad.training.settings import TrainingSettings


def source(n: int, **more) -> DigitSource:
    digits = torch.arange(n, dtype=torch.uint8)[:, None, None].expand(n, 28, 28).clone()
    return DigitSource("pool", digits, torch.arange(n) % 10, **more)


def drawn(pool: DigitSource, seed: int = 0) -> list[int]:
    digits, labels = pool.draw(torch.Generator().manual_seed(seed))
    assert (labels == digits[:, 0, 0].long() % 10).all()
    return digits[:, 0, 0].tolist()


def test_an_epoch_takes_all_unless_told():
    assert drawn(source(5)) == [0, 1, 2, 3, 4]
    assert source(5).count == 5


def test_a_share_is_drawn_without_repeats_and_anew_for_each_epoch():
    pool = source(20, per_epoch=8)
    assert len(set(drawn(pool))) == 8 == pool.count
    assert drawn(pool, 1) == drawn(pool, 1) != drawn(pool, 2)


def test_more_than_there_are_takes_each_equally_often():
    taken = drawn(source(5, per_epoch=12))
    assert len(taken) == 12
    assert {taken.count(value) for value in range(5)} <= {2, 3}


def test_an_empty_source_gives_nothing():
    assert source(0, per_epoch=7).count == 0
    assert drawn(source(0, per_epoch=7)) == []


def test_what_is_no_source_is_refused():
    with pytest.raises(ValueError, match="uint8"):
        DigitSource("x", torch.zeros(1, 28, 28), torch.zeros(1, dtype=torch.int64))
    with pytest.raises(ValueError, match="one for each digit"):
        DigitSource(
            "x", torch.zeros(2, 28, 28, dtype=torch.uint8), torch.zeros(1, dtype=torch.int64)
        )
    with pytest.raises(ValueError, match="from -1 to 9"):
        DigitSource("x", torch.zeros(1, 28, 28, dtype=torch.uint8), torch.tensor([10]))
    DigitSource("x", torch.zeros(1, 28, 28, dtype=torch.uint8), torch.tensor([NON_DIGIT]))


def test_the_fingerprint_tells_content_share_and_strength_apart():
    plain, changed = source(5), source(5)
    changed.digits[4, 27, 27] += 1
    pools = (plain, changed, source(5, per_epoch=4), source(5, augmentation=0.5))
    prints = {pool.fingerprint() for pool in pools}
    assert len(prints) == 4
    assert plain.fingerprint() == source(5).fingerprint()


def test_a_limit_takes_the_first_digits_of_the_set(mnist):
    (only,) = sources_for(TrainingSettings(limit=100, styles="none"), mnist)
    assert len(only.labels) == 100 and only.labels.tolist() == mnist.labels[:100].tolist()
