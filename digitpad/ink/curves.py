"""Smooth curves through the points that a pen reports."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

CORNER_DEGREES = 70.0
"""A turn sharper than this is meant: the curve keeps it as a corner and does not swing around."""

# Points closer than this are one point reported twice, which has no direction: the curve ends there
# and starts anew.
_NO_LENGTH = 1e-6
_CORNER_COSINE = float(np.cos(np.radians(CORNER_DEGREES)))


def smooth(points: np.ndarray, step: float, first: int = 0) -> np.ndarray:
    """A polyline along the centripetal Catmull-Rom curve through points, its corners kept.

    points: float (n, k), n >= 1, the first two columns x and y; the others (pressure) follow
    linearly. step: the polyline's pieces are at most about this long. first: leave out the curve
    before this point. Returns float64 (m, k), starting at points[first] and ending at the last
    point; one point gives one point. A piece between two points depends on one more point on either
    side and on nothing else, so that all but the last piece of a growing stroke stay as they are.

    Centripetal knots after Yuksel, Schaefer and Keyser, "Parameterization and Applications of
    Catmull-Rom Curves" (2011): no loops, no cusps. The corners are ours: a handwritten 7 or 4 has
    them, also where a slow tablet reports few points.
    """
    points = np.asarray(points, dtype=np.float64)
    if len(points) - first < 2:
        return points[first:].copy()
    xy = points[:, :2]
    legs = np.diff(xy, axis=0)
    squares = legs[:, 0] * legs[:, 0] + legs[:, 1] * legs[:, 1]
    lengths = np.sqrt(squares)

    before = np.concatenate([2 * xy[:1] - xy[1:2], xy[:-2]])[first:]
    after = np.concatenate([xy[2:], 2 * xy[-1:] - xy[-2:-1]])[first:]
    start, end = xy[first:-1], xy[first + 1 :]
    if len(xy) > 2:
        dots = legs[:-1, 0] * legs[1:, 0] + legs[:-1, 1] * legs[1:, 1]
        corner = np.zeros(len(xy), dtype=bool)
        repeated = np.minimum(lengths[:-1], lengths[1:]) < _NO_LENGTH
        corner[1:-1] = (dots < _CORNER_COSINE * lengths[:-1] * lengths[1:]) | repeated
        mirrored = 2 * start - end
        before = np.where(corner[first:-1, None], mirrored, before)
        after = np.where(corner[first + 1 :, None], 2 * end - start, after)

    # As pieces_between() counts them.
    pieces = np.maximum(np.ceil(lengths[first:] / step), 1).astype(np.intp)
    segment = np.repeat(np.arange(len(pieces)), pieces)
    nth = np.arange(len(segment)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 1
    share = (nth / pieces[segment])[:, None]

    knot = [_knot(a, b)[segment, None] for a, b in ((before, start), (start, end), (end, after))]
    p0, p1, p2, p3 = (p[segment] for p in (before, start, end, after))
    t1, t2 = knot[0], knot[0] + knot[1]
    t3 = t2 + knot[2]
    curve = catmull_rom((p0, p1, p2, p3), (t1, t2, t3), (knot[1], knot[2]), t1 + share * knot[1])
    # Repeated points have no direction; between them the straight line is right.
    straight = p1 + share * (p2 - p1)
    curve = np.where(np.isfinite(curve).all(axis=1)[:, None], curve, straight)
    # The last sample of each piece is the reported point itself, to the bit.
    last = nth == pieces[segment]
    curve[last] = p2[last]

    rest = points[first:-1, 2:][segment]
    rest = rest + share * (points[first + 1 :, 2:][segment] - rest)
    return np.concatenate([points[first : first + 1], np.concatenate([curve, rest], axis=1)])


def pieces_between(a: np.ndarray, b: np.ndarray, step: float) -> int:
    """Of how many pieces smooth() makes the curve between two neighbours, points (k,) each."""
    across, down = float(b[0]) - float(a[0]), float(b[1]) - float(a[1])
    return max(1, math.ceil(math.sqrt(across * across + down * down) / step))


def catmull_rom(
    points: Sequence[np.ndarray] | np.ndarray,
    knots: tuple[np.ndarray, np.ndarray, np.ndarray],
    gaps: tuple[np.ndarray, np.ndarray],
    at: np.ndarray,
) -> np.ndarray:
    """The curve between the second and the third of four points, by Barry and Goldman's pyramid.

    points: four arrays (m, k), or of any shape that broadcasts to it; what depends linearly on
    points, such as weights of them, gives the same of the curve. knots: those of the second to the
    fourth point, the first one's being 0; gaps: between the second and the third, the third and the
    fourth. at: knots of the points wanted. Where points coincide the result is not finite.
    """
    p0, p1, p2, p3 = points
    t1, t2, t3 = knots
    middle, last = gaps
    with np.errstate(divide="ignore", invalid="ignore"):
        a1 = (t1 - at) / t1 * p0 + at / t1 * p1
        a2 = (t2 - at) / middle * p1 + (at - t1) / middle * p2
        a3 = (t3 - at) / last * p2 + (at - t2) / last * p3
        b1 = (t2 - at) / t2 * a1 + at / t2 * a2
        b2 = (t3 - at) / (t3 - t1) * a2 + (at - t1) / (t3 - t1) * a3
        curve: np.ndarray = (t2 - at) / middle * b1 + (at - t1) / middle * b2
        return curve


def _knot(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The centripetal distance (n,) of points (n, 2) each: the root of their distance, with which
    the curve makes no loops."""
    leg = b - a
    distance: np.ndarray = np.sqrt(np.sqrt(leg[:, 0] * leg[:, 0] + leg[:, 1] * leg[:, 1]))
    return distance


def evenly(line: np.ndarray, count: int) -> np.ndarray:
    """float64 (count, 2): points evenly spaced along a polyline, float (n, 2), n >= 1, its ends
    among them."""
    legs = np.diff(line, axis=0)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(legs[:, 0], legs[:, 1]))])
    wanted = np.linspace(0.0, arc[-1], count)
    return np.column_stack([np.interp(wanted, arc, line[:, 0]), np.interp(wanted, arc, line[:, 1])])
