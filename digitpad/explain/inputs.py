"""What a trace is made from: the activations of an answer and the network's input."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import FIELD
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.explain.results import LayerWeights

Activations = Mapping[str, npt.NDArray[np.float32]]
"""Each layer's activations by its name, and the network's input, float32 (side, side), as ""."""


def activations_of(
    recognition: Recognition,
    digit: npt.NDArray[np.float32],
    info: NetworkInfo,
    weights: LayerWeights,
) -> Activations:
    """The activations of an answer, and the input that it is an answer to.

    digit: float32 (28, 28), the one that was read; weights: any of the network's. Where a digit is
    resized, the input is the recogniser's own.
    """
    given = recognition.input
    if given is None:
        given = network_input(digit, info.side, weights.mean, weights.std)
    return {**recognition.activations, "": given}


def network_input(
    digit: npt.NDArray[np.float32], side: int, mean: float, std: float
) -> npt.NDArray[np.float32]:
    """float32 (side, side) of a digit, float32 (28, 28) in [0, 1], with paper around it where side
    is larger; mean and std: what it is shifted and divided by."""
    before = (side - FIELD) // 2
    fitted = np.pad(digit.astype(np.float32), (before, side - FIELD - before))
    found: npt.NDArray[np.float32] = (fitted - np.float32(mean)) / np.float32(std)
    return found
