"""Colours as numbers, and what the eye makes of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor


def rgb(colour: str | QColor | int) -> np.ndarray:
    """Red, green and blue, int (3,)."""
    seen = QColor(colour)
    return np.array([seen.red(), seen.green(), seen.blue()])


def share_of(picture: np.ndarray, colour: str, tolerance: int = 12) -> float:
    """The share of a picture's pixels, uint8 (h, w, 3), that have about a colour."""
    return float((np.abs(picture.astype(int) - rgb(colour)).max(axis=2) <= tolerance).mean())


def luminance(colour: str | QColor) -> float:
    """Relative luminance, as the Web Content Accessibility Guidelines define it."""
    levels = rgb(colour) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str | QColor, other: str | QColor) -> float:
    """The contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
