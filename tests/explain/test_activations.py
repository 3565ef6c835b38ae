"""Activation functions are PyTorch's own."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from digitpad.explain.activations import FUNCTIONS, activate, curve
from digitpad.nets.files.traced_layer import OTHER_ACTIVATIONS
from digitpad.nets.layers import ACTIVATE

X = torch.linspace(-30, 30, 241, dtype=torch.float64)
# By chance while it trains; a leaky ReLU otherwise.
LEFT_OUT = {"rrelu"}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gives_what_torch_gives(name):
    known = dict(ACTIVATE)
    if name in known:
        wanted = known[name](X)
    elif name == "prelu":
        wanted = F.prelu(X, torch.tensor([0.25], dtype=torch.float64))
    else:
        wanted = getattr(F, name)(X)
    found = FUNCTIONS[name](X.numpy())
    assert np.allclose(found, wanted.numpy(), rtol=1e-12, atol=1e-12)


def test_every_activation_that_is_told_of_is_there():
    names = {name for name in ACTIVATE if name} | OTHER_ACTIVATIONS.keys()
    assert names - LEFT_OUT == FUNCTIONS.keys()


def test_what_is_no_number_stays_none():
    assert all(np.isnan(activate(name, (), float("nan"))) for name in FUNCTIONS)


def test_a_curve_goes_through_the_function():
    x, y = curve("leaky ReLU", (0.1,), -2, 2, 5)
    assert x.tolist() == [-2, -1, 0, 1, 2] and np.allclose(y, [-0.2, -0.1, 0, 1, 2])
