from __future__ import annotations

import numpy as np
import pytest

from digitpad.training.data import cache
from digitpad.training.data.cache import cached

COUNT = 5_000


class Draws:
    """Draws a pool, and counts how often."""

    def __init__(self, seed: int = 0) -> None:
        self.times = 0
        self._seed = seed

    def __call__(self, count: int = COUNT) -> tuple[np.ndarray, np.ndarray]:
        self.times += 1
        rng = np.random.default_rng(self._seed)
        return rng.integers(0, 256, (count, 28, 28), np.uint8), rng.integers(0, 10, count)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    return tmp_path / "drawn"


def test_a_pool_is_drawn_once_and_comes_back_to_the_bit(folder):
    draws = Draws()
    first, again = cached("pens", COUNT, 1, draws), cached("pens", COUNT, 1, draws)
    assert draws.times == 1
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


@pytest.mark.parametrize(
    ("name", "count", "seed", "made_from"),
    [
        ("others", COUNT, 1, b""),
        ("pens", COUNT + 1, 1, b""),
        ("pens", COUNT, 2, b""),
        ("pens", COUNT, 1, b"else"),
    ],
)
def test_another_name_number_seed_or_origin_is_another_pool(name, count, seed, made_from):
    cached("pens", COUNT, 1, Draws())
    draws = Draws(1)
    digits, _ = cached(name, count, seed, lambda: draws(count), made_from)
    assert draws.times == 1 and len(digits) == count


def test_a_pool_of_another_generator_is_drawn_anew(monkeypatch):
    cached("pens", COUNT, 1, Draws())
    monkeypatch.setattr(cache, "_generator", lambda: "another")
    draws = Draws()
    cached("pens", COUNT, 1, draws)
    assert draws.times == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x80\x04K\x01."])
def test_a_damaged_file_is_drawn_anew_and_mended(folder, content):
    cached("pens", COUNT, 1, Draws())
    (file,) = folder.iterdir()
    file.write_bytes(content)
    draws = Draws()
    cached("pens", COUNT, 1, draws)
    cached("pens", COUNT, 1, draws)
    assert draws.times == 1


def test_a_file_with_other_arrays_is_not_taken(folder):
    cached("pens", COUNT, 1, Draws())
    (file,) = folder.iterdir()
    with file.open("wb") as stream:
        np.savez(
            stream, digits=np.zeros((COUNT, 28, 27), np.uint8), numbers=np.zeros(COUNT, np.int64)
        )
    draws = Draws()
    digits, _ = cached("pens", COUNT, 1, draws)
    assert draws.times == 1 and digits.shape == (COUNT, 28, 28)


def test_a_folder_that_cannot_be_written_keeps_nothing_and_hinders_nothing(folder):
    folder.write_text("a file where the folder should be")
    draws = Draws()
    cached("pens", COUNT, 1, draws)
    cached("pens", COUNT, 1, draws)
    assert draws.times == 2


def test_few_digits_are_not_cached(folder):
    cached("pens", 100, 1, lambda: Draws()(100))
    assert not folder.exists()


def test_only_the_pools_used_last_are_cached(folder):
    for seed in range(cache._MOST_FILES + 3):
        cached("pens", COUNT, seed, Draws())
    assert len(list(folder.iterdir())) == cache._MOST_FILES
    draws = Draws()
    cached("pens", COUNT, cache._MOST_FILES + 2, draws)
    assert draws.times == 0
