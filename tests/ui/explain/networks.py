"""Networks with weights by chance, as the window hears of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import torch

from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.explanations import LAYER_WEIGHTS
from digitpad.explain.weights import layer_weights
from digitpad.nets.modules import DeclaredNetwork, build
from tests.ui.choices import info_of
from tests.ui.stubs import StubClient


def network_of(name: str) -> DeclaredNetwork:
    """A network of the catalogue, always the same."""
    torch.manual_seed(1)
    return build(name).eval()


def described(name: str, **changes: Any) -> NetworkInfo:
    return replace(info_of(name), **changes)


def read_by(network: DeclaredNetwork, digit: np.ndarray) -> Recognition:
    """What a network makes of a digit, float32 (28, 28)."""
    with torch.inference_mode():
        x = network.form.of(torch.from_numpy(digit)[None, None])
        logits, layers = network.activations(x)
    shares = torch.softmax(logits[0], 0).numpy()
    return Recognition(
        logits[0].numpy(),
        shares,
        {name: layer[0].numpy() for name, layer in layers.items()},
        input=None if network.form.fit != "resize" else x[0, 0].numpy(),
    )


def tell_weights(client: StubClient, network: DeclaredNetwork) -> int:
    """Answer all questions for weights that wait; returns how many there were."""
    told = 0
    while client.questions:
        row, question, answered, _ = client.questions.pop(0)
        assert row is LAYER_WEIGHTS
        answered(layer_weights(network, network.form, question.layer, question.map))
        told += 1
    return told
