"""Turns, directions and the random numbers that jitter is made of."""

from __future__ import annotations

import math

import numpy as np


def turn(angle: float) -> np.ndarray:
    """The matrix (2, 2) that turns row vectors by radians, clockwise as seen, y being down."""
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])


def cut_normal(rng: np.random.Generator, shape: int | tuple[int, ...] | None = None) -> np.ndarray:
    """Normal numbers of that shape, cut at 2.5: nobody is that far from everybody else."""
    return np.clip(rng.standard_normal(shape), -2.5, 2.5)


def directions(angles: np.ndarray) -> np.ndarray:
    """Unit vectors (n, 2) for angles (n,) in radians."""
    return np.column_stack([np.cos(angles), np.sin(angles)])
