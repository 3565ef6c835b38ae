"""Tensors as the arrays that explanations are made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch


def array_of(values: torch.Tensor) -> npt.NDArray[np.float32]:
    """A tensor's numbers, float32, of its shape."""
    found: npt.NDArray[np.float32] = values.detach().cpu().numpy().astype(np.float32)
    return found


def slices_of(weight: torch.Tensor) -> Callable[[slice], npt.NDArray[np.float32]]:
    """What gives some of a tensor's numbers, by its first dimension."""
    return lambda some: array_of(weight[some])
