"""Printed lines are found by their straightness and their run through the whole picture, and taken
off; ink that crosses them stays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from digitpad.ink.paper import Contrast, shrunk
from digitpad.ink.parts import highest, lowest

_COARSE_SIDE = 320
_STRIPS = 24
_STEEPEST = 0.12
_THICKEST = 0.045
_SUPPORT = 0.84
_MOST_LINES = 120
# Up to this share of the ink's contrast a line is a darker kind of paper, and the ink on it is what
# is darker still; above it nothing tells them apart but what goes on on either side.
_PALE = 0.65


@dataclass(frozen=True, eq=False)
class Line:
    """A printed line that runs through the whole picture.

    upright: whether it runs from top to bottom. course: float64 (n,), where it lies across its run
    at n places evenly spaced along it, in pixels. thickness: in pixels. contrast: how far it stands
    out from the paper, in grey levels.
    """

    upright: bool
    course: np.ndarray
    thickness: float
    contrast: float


def printed_lines(contrast: Contrast) -> list[Line]:
    """The lines of ruled and squared paper in what stands out from the paper; none gives [].

    Both directions are searched on a coarse copy, to 7 degrees from upright and level.
    """
    coarse = shrunk(contrast.levels, _COARSE_SIDE)
    scale = contrast.levels.shape[0] / coarse.shape[0]
    noise = contrast.noise / max(1.0, scale * 0.7)
    found = []
    for upright in (False, True):
        seen = coarse.T if upright else coarse
        for line in _level_lines(np.ascontiguousarray(seen), noise):
            found.append(
                replace(
                    line,
                    upright=upright,
                    course=(line.course + 0.5) * scale - 0.5,
                    thickness=line.thickness * scale,
                )
            )
    return found


def _level_lines(levels: np.ndarray, noise: float) -> list[Line]:
    """Lines from left to right: strips of columns are brought to their median, in which a stroke
    that is not level vanishes, and sums along slopes are compared (Hough's transform on strips)."""
    height, width = levels.shape
    strips = min(_STRIPS, width // 5)
    if strips < 8 or height < 24:
        return []
    edges = np.linspace(0, width, strips + 1).astype(int)
    middles = (edges[:-1] + edges[1:] - 1) / 2
    profile = np.stack([np.median(levels[:, a:b], axis=1) for a, b in pairwise(edges)])
    thickest = 2 * int(_THICKEST * max(height, width) / 2) + 1
    thin = profile - highest(lowest(profile, thickest, (1,)), thickest, (1,))
    least = max(1.5, 3.5 * 1.25 * noise / np.sqrt(width / strips))
    there = highest((thin > least).astype(np.uint8), 3, (1,))
    slopes = np.arange(-_STEEPEST, _STEEPEST + 1e-9, 1.5 / width)
    shifts = np.rint(slopes[:, None] * (middles - middles[len(middles) // 2])).astype(int)
    margin = int(np.abs(shifts).max()) + 1
    # Where a slanted line has left the picture there is nothing to say for or against it.
    padded = np.pad(there.astype(np.float32), [(0, 0), (margin, margin)])
    inside = np.pad(np.ones_like(there, np.float32), [(0, 0), (margin, margin)])
    rows = np.arange(height + 2 * margin)
    at = (rows[None, None, :] + shifts[:, :, None]).clip(0, len(rows) - 1)
    strip = np.arange(strips)[None, :, None]
    seen = inside[strip, at].sum(axis=1)
    votes = padded[strip, at].sum(axis=1)
    support = np.where(seen >= 0.6 * strips, votes / np.maximum(seen, 1), 0)
    lines: list[Line] = []
    order = np.argsort(-support, axis=None)
    taken = np.zeros((strips, height), bool)
    for flat in order[: 40 * _MOST_LINES]:
        slope, row = np.unravel_index(flat, support.shape)
        if support[slope, row] < _SUPPORT or len(lines) >= _MOST_LINES:
            break
        course = row - margin + shifts[slope]
        line = _followed(thin, profile, taken, course, least)
        if line is not None:
            lines.append(line)
    return lines


def _followed(
    thin: np.ndarray, profile: np.ndarray, taken: np.ndarray, course: np.ndarray, least: float
) -> Line | None:
    """The line near a course, its place in each strip found anew; None where it is not straight or
    was found before."""
    strips, height = thin.shape
    inside = (course >= 0) & (course < height)
    near = (course[:, None] + np.arange(-2, 3)).clip(0, height - 1)
    each = np.arange(strips)[:, None]
    if taken[each, near].any(axis=1)[inside].mean() > 0.3:
        return None
    weights = thin[each, near].clip(0)
    mass = weights.sum(axis=1)
    seen = inside & (weights.max(axis=1) > least)
    if seen.sum() < 0.8 * inside.sum() or seen.sum() < 5:
        return None
    place = (weights * near).sum(axis=1) / np.maximum(mass, 1e-6)
    x = np.arange(strips)
    curve = np.polyfit(x[seen], place[seen], 2)
    fit = np.polyval(curve, x)
    off = np.abs(place - fit)[seen]
    if np.median(off) > 0.6 or np.mean(off < 1.6) < 0.8:
        return None
    strength = float(np.median(weights.max(axis=1)[seen]))
    wide = (fit[:, None] + np.arange(-8, 9)).round().astype(int).clip(0, height - 1)
    across = np.median(thin[each, wide][seen], axis=0)
    thickness = float((across / max(across.max(), 1e-6)).clip(0, 1).sum())
    reach = int(np.ceil(thickness / 2)) + 1
    band = (fit[:, None] + np.arange(-reach, reach + 1)).round().astype(int).clip(0, height - 1)
    taken[each, band] = True
    return Line(False, fit, thickness, strength)


def without_lines(contrast: Contrast, lines: list[Line], ink: float) -> tuple[Contrast, np.ndarray]:
    """What stands out when printed lines are taken off, and where they lay, bool (h, w).

    ink: how far ink stands out. A pale line counts as the paper it is printed on: ink on it is what
    rises above the line, brought back to its height. In a line as dark as ink what has ink on both
    sides is a crossing and stays.
    """
    levels = contrast.levels.copy()
    left_out = np.zeros(levels.shape, bool)
    for line in lines:
        if line.upright:
            _take_off(levels.T, left_out.T, line, ink, contrast.noise)
        else:
            _take_off(levels, left_out, line, ink, contrast.noise)
    return replace(contrast, levels=levels), left_out


def _take_off(
    levels: np.ndarray, left_out: np.ndarray, line: Line, ink: float, noise: float
) -> None:
    height, width = levels.shape
    strips = len(line.course)
    x = np.arange(width)
    at = np.interp(x, (np.arange(strips) + 0.5) * width / strips - 0.5, line.course)
    slope = np.gradient(at) if width > 1 else np.zeros(width)
    # np.interp holds the ends; a line goes on as it went.
    first, last = int(0.5 * width / strips), int((strips - 0.5) * width / strips)
    at[:first] += (np.arange(first) - first) * slope[min(first + 1, width - 1)]
    at[last:] += (np.arange(width - last)) * slope[max(last - 2, 0)]
    reach = int(np.ceil(0.6 * line.thickness + 1.5 + 0.004 * width))
    across = np.arange(-reach, reach + 1)
    rows = np.rint(at).astype(int)[None, :] + across[:, None]
    inside = (rows >= 0) & (rows < height)
    rows = rows.clip(0, height - 1)
    seen = np.where(inside, levels[rows, x[None, :]], 0)
    parts = 12
    edges = np.linspace(0, width, parts + 1).astype(int)
    pieces = np.stack([np.percentile(seen[:, a:b], 50, axis=1) for a, b in pairwise(edges)])
    typical = np.median(pieces, axis=0)
    pieces = np.minimum(pieces, 1.5 * typical[None, :] + noise).clip(0)
    middles = (edges[:-1] + edges[1:] - 1) / 2
    tint = np.stack([np.interp(x, middles, pieces[:, k]) for k in range(len(across))])
    peak = float(typical.max())
    tint[tint < max(0.12 * peak, 0.5 * noise)] = 0
    # The line wavers by a pixel about its course.
    tint = highest(tint, 3, (0,))
    on_line = (tint > 0) & inside
    above = 1.15 * tint
    if peak < _PALE * ink:
        rest = (seen - above).clip(0) * (ink / np.maximum(ink - tint, 0.3 * ink))
    else:
        strong = seen > 0.5 * ink
        outside = max(2, reach // 3)
        band = np.flatnonzero(on_line.any(axis=1))
        if len(band) == 0:
            return
        top = strong[max(0, band[0] - outside) : band[0]]
        bottom = strong[band[-1] + 1 : band[-1] + 1 + outside]
        beside = 2 * (len(band) // 2) + 1
        over, under = (
            highest(np.asarray(side.any(axis=0)), beside, (0,)) for side in (top, bottom)
        )
        rest = seen * np.logical_and(over, under)
    kept = np.where(on_line, rest, seen)
    levels[rows[inside], np.broadcast_to(x, rows.shape)[inside]] = kept[inside]
    gone = on_line & (kept < 0.4 * ink)
    left_out[rows[gone], np.broadcast_to(x, rows.shape)[gone]] = True


def frame_mask(mask: np.ndarray, box: np.ndarray) -> np.ndarray | None:
    """Where a part of a mask is a frame: bool (h, w) of the part's box, or None where it is none.

    mask: bool (h, w), the part alone. box: its left, top, right and bottom. A frame runs along at
    least three sides of its box nearly all the way; what hangs on it inwards is not of it.
    """
    left, top, right, bottom = (int(edge) for edge in box)
    part = mask[top:bottom, left:right]
    height, width = part.shape
    if min(height, width) < 16:
        return None
    frame = np.zeros_like(part)
    sides = 0
    for turns in range(4):
        seen = np.rot90(part, turns)
        out = np.rot90(frame, turns)
        # Of each column, how deep the frame begins and how far it goes.
        depth = len(seen)
        zone = max(3, int(0.10 * depth))
        first = np.where(seen[:zone].any(axis=0), seen[:zone].argmax(axis=0), depth)
        begun = first < depth
        if begun.mean() < 0.85:
            continue
        index = np.arange(depth)[:, None]
        gap = (index >= first[None, :]) & ~seen
        end = np.where(gap.any(axis=0), gap.argmax(axis=0), depth)
        run = (end - first)[begun]
        thick = float(np.median(run))
        if thick > 0.12 * depth:
            continue
        sides += 1
        stop = np.where(end - first <= 2.2 * thick + 1, end, first + int(np.ceil(1.1 * thick)) + 1)
        out |= (index >= first[None, :]) & (index < stop[None, :]) & seen
    return frame if sides >= 3 else None
