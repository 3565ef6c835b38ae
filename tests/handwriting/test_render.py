from __future__ import annotations

from itertools import chain

import numpy as np
import pytest

from digitpad.handwriting.pen_styles import draw_digit
from digitpad.handwriting.render import in_chunks, quick_digit
from digitpad.ink.drawing import Stroke
from digitpad.ink.normalize import normalize
from digitpad.ink.rasterize import rasterize


def as_the_pad(strokes: list[Stroke]) -> np.ndarray:
    return np.floor(normalize(rasterize(strokes)) * 255 + 0.5)


def test_no_strokes_give_no_ink() -> None:
    assert not quick_digit([]).any()


def test_strokes_beside_the_pad_give_no_ink() -> None:
    assert not quick_digit([Stroke.through([(-90, -90), (-80, -60)], 10)]).any()


def test_a_small_drawing_is_the_pads_to_the_bit() -> None:
    strokes = [Stroke.through([(101.3, 90.2), (130.7, 95.1), (110.4, 160.8)], 9)]
    assert (quick_digit(strokes) == as_the_pad(strokes)).all()


def test_a_large_drawing_is_the_pads_within_a_few_grey_levels() -> None:
    rng = np.random.default_rng(5)
    means = []
    for _ in range(60):
        strokes = draw_digit(rng).strokes
        means.append(np.abs(quick_digit(strokes).astype(float) - as_the_pad(strokes)).mean())
    # A few drawings whose centre of mass lies between two pixels come out a whole pixel away.
    assert np.median(means) < 1.5
    assert np.mean(np.array(means) > 8) < 0.15


def test_what_lies_beyond_the_edge_is_cut_off_as_on_the_pad() -> None:
    strokes = [Stroke.through([(4, 30), (4, 100)], 24), Stroke.through([(40, 30), (60, 100)], 6)]
    assert (quick_digit(strokes) == as_the_pad(strokes)).all()


def draw_numbers(first: int, number: int, seed: np.random.SeedSequence) -> list[float]:
    return [first + value for value in np.random.default_rng(seed).random(number)]


@pytest.mark.parametrize("workers", [1, 2])
def test_chunks_come_in_order_whatever_the_workers(workers: int) -> None:
    made = list(chain.from_iterable(in_chunks(draw_numbers, 600, 3, workers, chunk=256)))
    assert len(made) == 600
    assert made == list(chain.from_iterable(in_chunks(draw_numbers, 600, 3, 1, chunk=256)))
    assert made[:256] == in_chunks(draw_numbers, 256, 3, 1, chunk=256)[0]
    assert made != list(chain.from_iterable(in_chunks(draw_numbers, 600, 4, 1, chunk=256)))


@pytest.mark.parametrize(("count", "workers"), [(-1, 1), (1, 0)])
def test_senseless_numbers_are_refused(count: int, workers: int) -> None:
    with pytest.raises(ValueError, match="must"):
        in_chunks(draw_numbers, count, 0, workers)
