from __future__ import annotations

import os
import re
import shutil

import numpy as np
import pytest

from digitpad.core.paths import PACKAGE
from digitpad.training.data import cache
from digitpad.training.data.cache import cached, generator_digest

COUNT = 5_000


class Maker:
    """Makes digits, and counts how often."""

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


def test_digits_are_made_once_and_come_back_to_the_bit(folder):
    maker = Maker()
    first, again = cached("pens", COUNT, 1, maker), cached("pens", COUNT, 1, maker)
    assert maker.times == 1
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
def test_another_name_number_seed_or_origin_are_other_digits(name, count, seed, made_from):
    cached("pens", COUNT, 1, Maker())
    maker = Maker(1)
    digits, _ = cached(name, count, seed, lambda: maker(count), made_from)
    assert maker.times == 1 and len(digits) == count


def test_digits_of_another_generator_are_made_anew(monkeypatch):
    cached("pens", COUNT, 1, Maker())
    monkeypatch.setattr(cache, "_generator", lambda: "another")
    maker = Maker()
    cached("pens", COUNT, 1, maker)
    assert maker.times == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x80\x04K\x01."])
def test_a_damaged_file_is_made_anew_and_mended(folder, content):
    cached("pens", COUNT, 1, Maker())
    (file,) = folder.iterdir()
    file.write_bytes(content)
    maker = Maker()
    cached("pens", COUNT, 1, maker)
    cached("pens", COUNT, 1, maker)
    assert maker.times == 1


def test_a_file_with_other_arrays_is_not_taken(folder):
    cached("pens", COUNT, 1, Maker())
    (file,) = folder.iterdir()
    with file.open("wb") as stream:
        np.savez(
            stream, digits=np.zeros((COUNT, 28, 27), np.uint8), numbers=np.zeros(COUNT, np.int64)
        )
    maker = Maker()
    digits, _ = cached("pens", COUNT, 1, maker)
    assert maker.times == 1 and digits.shape == (COUNT, 28, 28)


def test_a_folder_that_cannot_be_written_caches_nothing_and_hinders_nothing(folder):
    folder.write_text("a file where the folder should be")
    maker = Maker()
    cached("pens", COUNT, 1, maker)
    cached("pens", COUNT, 1, maker)
    assert maker.times == 2


def test_few_digits_are_not_cached(folder):
    cached("pens", 100, 1, lambda: Maker()(100))
    assert not folder.exists()


def test_only_the_pools_used_last_are_cached(folder):
    for seed in range(cache._MOST_FILES + 3):
        cached("pens", COUNT, seed, Maker())
    assert len(list(folder.iterdir())) == cache._MOST_FILES
    maker = Maker()
    cached("pens", COUNT, cache._MOST_FILES + 2, maker)
    assert maker.times == 0


def test_the_half_that_a_killed_run_left_goes(folder):
    folder.mkdir()
    half = folder / ".pens-0123.npz.abcd1234.part"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    cached("pens", COUNT, 1, Maker())
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


@pytest.fixture
def package(tmp_path):
    """A copy of the package's Python and JSON."""
    copy = tmp_path / "digitpad"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.safetensors"))
    return copy


MAKERS = [
    *("handwriting/jitter.py", "handwriting/pen_styles.json", "handwriting/templates.py"),
    *("ink/capsules.py", "ink/curves.py", "ink/drawing.py", "ink/normalize.py", "ink/rasterize.py"),
    "training/data/repenned.py",
]


@pytest.mark.parametrize("edited", MAKERS)
def test_editing_what_makes_digits_makes_them_anew(package, edited):
    before = generator_digest(package)
    with (package / edited).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert generator_digest(package) != before


def test_editing_anything_else_leaves_the_cache_as_it_is(package):
    before = generator_digest(package)
    assert before == generator_digest()
    makers = {package / name for name in MAKERS} | set((package / "handwriting").iterdir())
    others = [path for path in package.rglob("*.py") if path not in makers]
    assert package / "ink" / "pictures.py" in others and len(others) > 100
    for path in others:
        with path.open("a", encoding="utf-8") as file:
            file.write("# edited\n")
    assert generator_digest(package) == before


def test_all_that_makes_a_digit_is_known():
    """What the generator's modules import of the pad is hashed too, and what that imports."""
    seen: set[str] = set()
    todo = [*(PACKAGE / "handwriting").glob("*.py"), PACKAGE / "training" / "data" / "repenned.py"]
    while todo:
        source = todo.pop().read_text(encoding="utf-8")
        for name in re.findall(r"^\s*from digitpad\.ink\.(\w+) import", source, re.M):
            if name not in seen:
                seen.add(name)
                todo.append(PACKAGE / "ink" / f"{name}.py")
    assert seen == set(cache._INK_MODULES)
