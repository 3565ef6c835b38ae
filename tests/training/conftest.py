from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from digitpad.datasets import LabelledDigits, load, split


@pytest.fixture(scope="session")
def mnist() -> LabelledDigits:
    """The whole training set."""
    return load("mnist")


@pytest.fixture(scope="module")
def small_mnist() -> Iterator[None]:
    """Runs train on 600 digits, choose by 500 and are measured on 500, in place of all."""
    from digitpad.training import attempt

    def load_some(name: str, data: Path | None = None, part: str = "train") -> LabelledDigits:
        return load(name, data, part).take(slice(0, 1_100 if part == "train" else 500))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attempt, "load", load_some)
        patch.setattr(attempt, "split", lambda digits, n=500: split(digits, n))
        yield


@pytest.fixture(autouse=True)
def _torch_as_it_was():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)
