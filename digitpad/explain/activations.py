"""Activation functions in float64, for units that are computed again one by one."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from digitpad.explain.results import Floats

Parameters = tuple[float, ...]

_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805


def _sigmoid(x: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow on either side."""
    small = np.exp(-np.abs(x))
    found: Floats = np.where(x >= 0, 1 / (1 + small), small / (1 + small))
    return found


def _elu(x: Floats, alpha: float = 1.0, bend: float = 1.0) -> Floats:
    """x above 0, alpha (exp(x / bend) - 1) below."""
    found: Floats = np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0) / bend))
    return found


def _softplus(x: Floats, beta: float = 1.0, threshold: float = 20.0) -> Floats:
    found: Floats = np.where(x * beta > threshold, x, np.logaddexp(0, x * beta) / beta)
    return found


def _gelu(x: Floats, is_tanh: float = 0.0) -> Floats:
    if is_tanh:
        inner = math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)
        found: Floats = 0.5 * x * (1 + np.tanh(inner))
        return found
    erf = np.array([math.erf(one / math.sqrt(2)) for one in np.ravel(x)]).reshape(np.shape(x))
    exact: Floats = 0.5 * x * (1 + erf)
    return exact


FUNCTIONS: dict[str, Callable[..., Floats]] = {
    "tanh": lambda x: np.tanh(x),
    "scaled tanh": lambda x: 1.7159 * np.tanh(2 / 3 * x),
    "sigmoid": _sigmoid,
    "ReLU": lambda x: np.maximum(x, 0.0),
    "leaky ReLU": lambda x, slope=0.01: np.where(x >= 0, x, slope * x),
    "prelu": lambda x, slope=0.25: np.where(x >= 0, x, slope * x),
    "celu": lambda x, alpha=1.0: _elu(x, alpha, alpha),
    "elu": _elu,
    "gelu": _gelu,
    "hardsigmoid": lambda x: np.clip(x / 6 + 0.5, 0.0, 1.0),
    "hardswish": lambda x: x * np.clip(x / 6 + 0.5, 0.0, 1.0),
    "hardtanh": lambda x, low=-1.0, high=1.0: np.clip(x, low, high),
    "logsigmoid": lambda x: -np.logaddexp(0, -x),
    "mish": lambda x: x * np.tanh(_softplus(x)),
    "relu6": lambda x: np.clip(x, 0.0, 6.0),
    "selu": lambda x: _SELU_SCALE * _elu(x, _SELU_ALPHA),
    "silu": lambda x: x * _sigmoid(x),
    "softplus": _softplus,
    "softsign": lambda x: x / (1 + np.abs(x)),
}
"""By the names that layers' descriptions have for them; each takes float64 of any shape, and its
own numbers."""


def activate(function: str, parameters: Parameters, x: float) -> float:
    """What a function of FUNCTIONS makes of a number; NaN stays NaN."""
    with np.errstate(all="ignore"):
        return float(FUNCTIONS[function](np.float64(x), *parameters))


def curve(
    function: str, parameters: Parameters, low: float, high: float, count: int = 65
) -> tuple[Floats, Floats]:
    """Points on a function's curve from low to high, to be drawn: x and y, float64 (count,)."""
    x = np.linspace(low, high, count)
    return x, np.asarray(FUNCTIONS[function](x, *parameters), np.float64)
