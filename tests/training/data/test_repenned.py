from __future__ import annotations

import numpy as np
import pytest
import torch

from digitpad.ink.normalize import BOX
from digitpad.training.data import repenned as other_pens
from digitpad.training.data.repenned import line_width, with_edge_moved, with_other_pens


def bar(width: int, n: int = 1) -> torch.Tensor:
    ink = torch.zeros(n, 60, 60, dtype=torch.bool)
    ink[:, 5:55, 30 - width // 2 : 30 - width // 2 + width] = True
    return ink


@pytest.mark.parametrize("outwards", [-2.0, -0.5, 0.0, 1.25, 6.0])
def test_a_line_gets_wider_by_twice_what_its_edge_moves(outwards):
    moved = with_edge_moved(bar(6), torch.tensor([outwards]))
    assert float(moved[0, 30].sum()) == pytest.approx(6 + 2 * outwards, abs=0.02)


def test_a_dot_grows_into_a_disc():
    ink = torch.zeros(1, 41, 41, dtype=torch.bool)
    ink[0, 20, 20] = True
    disc = with_edge_moved(ink, torch.tensor([9.5]))[0]
    assert float(disc.sum()) == pytest.approx(np.pi * 10**2, rel=0.02)
    assert torch.equal(disc, disc.T) and torch.equal(disc, disc.flip(0))


def test_each_digits_edge_moves_by_its_own_amount():
    moved = with_edge_moved(bar(6, 3), torch.tensor([-1.0, 0.0, 2.0]))
    assert [round(float(one[30].sum())) for one in moved] == [4, 6, 10]


def test_the_width_of_lines_is_about_what_it_is():
    assert float(line_width(bar(8))[0]) == pytest.approx(8, rel=0.2)
    ring = torch.hypot(
        *torch.meshgrid(torch.arange(61.0) - 30, torch.arange(61.0) - 30, indexing="ij")
    )
    assert float(line_width(((ring > 17) & (ring < 23))[None])[0]) == pytest.approx(6, rel=0.1)
    assert float(line_width(torch.zeros(1, 9, 9, dtype=torch.bool))[0]) == 0


def test_digits_stay_themselves_in_mnists_geometry_with_pens_of_many_widths(recognizer, test_set):
    digits, labels = test_set.digits[:400], test_set.labels[:400]
    written = with_other_pens(digits, 7)
    assert written.shape == digits.shape and written.dtype == np.uint8
    assert (written.max(axis=(1, 2)) == 255).all()
    boxes = [np.ptp(np.flatnonzero(one.any(axis=axis))) + 1 for one in written for axis in (0, 1)]
    assert max(boxes) <= BOX
    answers = recognizer.answers(written.astype(np.float32) / 255)[0]
    assert (answers == labels).mean() > 0.93
    areas = (written > 127).sum(axis=(1, 2)) / np.maximum(1, (digits > 127).sum(axis=(1, 2)))
    assert np.quantile(areas, 0.1) < 0.8 and np.quantile(areas, 0.9) > 1.6


def test_the_same_seed_gives_the_same_digits_and_another_does_not(test_set):
    first = with_other_pens(test_set.digits[:20], 1)
    assert np.array_equal(first, with_other_pens(test_set.digits[:20], 1))
    assert not np.array_equal(first, with_other_pens(test_set.digits[:20], 2))


def test_no_digits_stay_none_and_an_empty_one_stays_empty():
    assert with_other_pens(np.empty((0, 28, 28), np.uint8), 0).shape == (0, 28, 28)
    assert not with_other_pens(np.zeros((2, 28, 28), np.uint8), 0).any()


def test_every_batch_has_pens_of_its_own(test_set, monkeypatch):
    monkeypatch.setattr(other_pens, "_BATCH", 5)
    same = np.repeat(test_set.digits[:1], 10, axis=0)
    written = with_other_pens(same, 3)
    assert not np.array_equal(written[:5], written[5:])


def test_several_processes_write_what_one_writes(test_set):
    digits = test_set.digits[: other_pens._BATCH + 20]
    assert np.array_equal(with_other_pens(digits, 4, workers=2), with_other_pens(digits, 4))
