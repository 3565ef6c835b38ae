from __future__ import annotations

import pytest
import torch

from digitpad.datasets import LabelledDigits, load


@pytest.fixture(scope="session")
def mnist() -> LabelledDigits:
    """The whole training set."""
    return load("mnist")


@pytest.fixture(autouse=True)
def _torch_as_it_was():
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)
