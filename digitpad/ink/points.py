"""Points of a stroke from outside, checked."""

from __future__ import annotations

import numpy as np

from digitpad.core.languages import _


def checked_points(points: object) -> np.ndarray:
    """The points of a stroke as float32 (n, 2) or (n, 3); no points give (0, 2).

    Raises ValueError for anything but a list of lists of two or three finite numbers within 1e9,
    such as numbers written as text, which NumPy would take.
    """
    is_plain = isinstance(points, list) and all(
        isinstance(point, list) and all(type(number) in (int, float) for number in point)
        for point in points
    )
    if not is_plain:
        raise ValueError(_("a stroke is not a list of points of two or three numbers"))
    if points == []:
        return np.empty((0, 2), np.float32)
    try:
        with np.errstate(over="ignore"):
            array = np.asarray(points, dtype=np.float32)
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(_("a stroke is not a list of points of two or three numbers")) from error
    if array.ndim != 2 or array.shape[1] not in (2, 3):
        raise ValueError(_("a stroke is not a list of points of two or three numbers"))
    if not np.isfinite(array).all() or np.abs(array).max() > 1e9:
        raise ValueError(_("a point is not finite or far out of range"))
    return array
