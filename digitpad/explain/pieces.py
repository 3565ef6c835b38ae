"""The pen's pieces: a drawing in 8 to 16 parts, and what it is read as without each of them.

Erasing moves a drawing, since what is left is normalised anew: each piece is taken away twice, in
the whole drawing's frame and normalised anew, so that the ink's part of the change and the shift's
can be told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from digitpad.explain.changed_digits import ChangedDigits, Digit, Ink, hold
from digitpad.explain.limits import reason_against
from digitpad.explain.questions import PiecesQuestion
from digitpad.explain.results import Floats, NoReason, Piece, Pieces, Readings
from digitpad.ink.drawing import PAD_SIZE, Mark, Stroke
from digitpad.ink.normalize import Frame
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import InkSurface, rasterize, smooth_line

MOST_PIECES, LEAST_PIECES = 16, 8
PATCHES = 7
"""Patches of the grid along each side of the pad."""

_CORNER_DEGREES = 60.0
# A corner shows over this much of the line on either side, in pad units; a hand's tremor does not.
_CORNER_SIDE = 18.0
_SAMPLE = 3.0
_SHORTEST = 12.0


def cut(marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The pieces of a drawing: its strokes, cut at corners and then by length.

    There are LEAST_PIECES to MOST_PIECES of strokes that are long enough. Where there is a picture
    or an eraser's stroke, or there are more strokes than that, the patches of a grid over the pad
    take their place, PATCHES x PATCHES, empty ones among them. Nothing drawn gives none.
    """
    if not marks:
        return ()
    strokes = [mark for mark in marks if isinstance(mark, Stroke) and not mark.erases]
    if len(strokes) < len(marks) or len(strokes) > MOST_PIECES:
        return _patches()
    lines = [smooth_line(stroke) for stroke in strokes]
    return tuple(
        Piece(number, strokes[number], part, _box(part, strokes[number].width))
        for number, part in _cut_lines(lines)
    )


def ink_without(
    marks: Sequence[Mark], pieces: Sequence[Piece], removed: Collection[int], scale: float = 1.0
) -> Ink:
    """The ink of a drawing without some of its pieces, by their numbers: uint8 (280 * scale, 280 *
    scale), by the rasteriser of the pad."""
    if any(piece.stroke is None for piece in pieces):
        ink = rasterize(marks, scale=scale)
        for number in removed:
            ink[_pixels(pieces[number], scale)] = 0
        return ink
    surface = InkSurface(scale=scale)
    for number, piece in enumerate(pieces):
        if number not in removed and piece.stroke is not None:
            surface.draw_along(piece.stroke, piece.line)
    return surface.ink


def count_of(pieces: Sequence[Piece]) -> int:
    """How many digits are read for pieces: the whole, and each twice without one."""
    return 1 + 2 * len(pieces)


def digits_of(
    question: PiecesQuestion, first: int, last: int, fills_field: bool = False
) -> ChangedDigits:
    """The digits to be read for a question, those from first on, last excluded: the whole drawing,
    then without each piece in the whole one's frame, then normalised anew.

    removed pieces are missing in all of them.
    """
    pieces = cut(question.marks)
    inks = _inks(question.marks, pieces)
    left = [number for number in range(len(pieces)) if number not in question.removed]
    whole = inks(left)
    held = hold(whole, fills_field)

    def one(item: int) -> tuple[Digit, Frame | None]:
        place = (item - 1) % max(1, len(pieces))
        ink = whole if item == 0 else inks([number for number in left if number != place])
        if item == 0 or item > len(pieces) or held is None:
            return framed(ink, fills_field)
        return held.digit(ink), held.frame

    return ChangedDigits.of(one(item) for item in range(first, min(last, count_of(pieces))))


def refusal(question: PiecesQuestion) -> Pieces | None:
    """The answer to a question that nothing need be read for, since there is no explanation."""
    reason = reason_against(question.marks)
    if reason is None and len(cut(question.marks)) < 2:
        reason = NoReason.TOO_LITTLE
    none = Readings.none()
    return None if reason is None else Pieces((), False, none, none, none, reason)


def assemble(question: PiecesQuestion, readings: Readings) -> Pieces:
    """The answer to a question, once all its digits were read."""
    pieces = cut(question.marks)
    count = len(pieces)
    return Pieces(
        pieces,
        any(piece.stroke is None for piece in pieces),
        readings[:1],
        readings[1 : 1 + count],
        readings[1 + count :],
        None if readings.is_finite else NoReason.NOT_FINITE,
    )


def _inks(marks: Sequence[Mark], pieces: Sequence[Piece]) -> Callable[[Sequence[int]], Ink]:
    """What gives the ink of some pieces, by their numbers; each is drawn once."""
    if any(piece.stroke is None for piece in pieces):
        sheet = rasterize(marks)

        def cleared(some: Sequence[int]) -> Ink:
            ink = sheet.copy()
            for number in set(range(len(pieces))) - set(some):
                ink[_pixels(pieces[number], 1.0)] = 0
            return ink

        return cleared
    drawn: list[Ink] = []
    for piece in pieces:
        surface = InkSurface()
        assert piece.stroke is not None
        surface.draw_along(piece.stroke, piece.line)
        drawn.append(surface.ink)

    def joined(some: Sequence[int]) -> Ink:
        ink = np.zeros((PAD_SIZE, PAD_SIZE), np.uint8)
        for number in some:
            np.maximum(ink, drawn[number], out=ink)
        return ink

    return joined


def _pixels(piece: Piece, scale: float) -> tuple[slice, slice]:
    left, top, right, bottom = (round(edge * scale) for edge in piece.box)
    return slice(top, bottom), slice(left, right)


def _patches() -> tuple[Piece, ...]:
    """The squares of a grid over the pad, row by row."""
    edges = np.linspace(0, PAD_SIZE, PATCHES + 1).round().tolist()
    found = []
    for top, bottom in pairwise(edges):
        for left, right in pairwise(edges):
            corners = np.array(
                [[left, top, 0], [right, top, 0], [right, bottom, 0], [left, bottom, 0]],
                np.float64,
            )
            found.append(Piece(-1, None, corners, (left, top, right, bottom)))
    return tuple(found)


def _cut_lines(lines: Sequence[Floats]) -> list[tuple[int, Floats]]:
    """The pieces of lines, each with its line's number, in their order."""
    arcs = [_arc(line) for line in lines]
    corners = [_corners(line, arc) for line, arc in zip(lines, arcs, strict=True)]
    if sum(len(some) + 1 for some in corners) > MOST_PIECES:
        corners = [np.zeros(0, np.int64)] * len(lines)
    spans = [
        (number, int(start), int(end))
        for number, some in enumerate(corners)
        for start, end in _between(some, len(lines[number]))
    ]
    lengths = np.array([arcs[number][end] - arcs[number][start] for number, start, end in spans])
    counts = _counts(lengths)
    found = []
    for (number, start, end), count in zip(spans, counts.tolist(), strict=True):
        arc = arcs[number]
        inner = np.linspace(arc[start], arc[end], count + 1)[1:-1]
        # At a vertex, so that the pieces' capsules are the stroke's own.
        places = start + np.abs(arc[start : end + 1, None] - inner).argmin(axis=0)
        edges = sorted({start, *(int(one) for one in places), end})
        if len(edges) == 1:
            edges = [start, end]
        found += [(number, lines[number][a : b + 1]) for a, b in pairwise(edges)]
    return found


def _counts(lengths: Floats) -> npt.NDArray[np.int64]:
    """Into how many pieces each span of a line is cut: by its length, at least one, at least
    LEAST_PIECES in all where they are not too short for that, at most MOST_PIECES."""
    total = float(lengths.sum())
    wanted = float(np.clip(total / 40.0, LEAST_PIECES + 2, MOST_PIECES))
    for target in np.linspace(wanted, 1, 40):
        counts = np.maximum(np.floor(lengths * target / max(total, 1e-9) + 0.5), 1)
        counts = np.minimum(counts, np.maximum(lengths // _SHORTEST, 1)).astype(np.int64)
        if counts.sum() <= MOST_PIECES:
            return counts
    return np.ones(len(lengths), np.int64)


def _between(corners: npt.NDArray[np.int64], vertices: int) -> list[tuple[int, int]]:
    edges = [0, *corners.tolist(), vertices - 1]
    return list(pairwise(edges))


def _arc(line: Floats) -> Floats:
    """How far along a line each of its vertices lies."""
    legs = np.diff(line[:, :2], axis=0)
    return np.concatenate([[0.0], np.cumsum(np.hypot(legs[:, 0], legs[:, 1]))])


def _corners(line: Floats, arc: Floats) -> npt.NDArray[np.int64]:
    """The vertices at which a line turns sharply: the sharpest of their neighbourhood."""
    length = float(arc[-1])
    if length < 4 * _CORNER_SIDE:
        return np.zeros(0, np.int64)
    places = np.arange(_CORNER_SIDE, length - _CORNER_SIDE, _SAMPLE)

    def at(where: Floats) -> Floats:
        return np.column_stack([np.interp(where, arc, line[:, axis]) for axis in (0, 1)])

    before = at(places) - at(places - _CORNER_SIDE)
    after = at(places + _CORNER_SIDE) - at(places)
    turns = np.abs(
        np.arctan2(
            before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0], (before * after).sum(axis=1)
        )
    )
    found: list[int] = []
    for one in np.argsort(-turns, kind="stable"):
        if turns[one] < np.radians(_CORNER_DEGREES):
            break
        if all(abs(places[one] - places[other]) >= 2 * _CORNER_SIDE for other in found):
            found.append(int(one))
    vertices = {int(np.abs(arc - places[one]).argmin()) for one in found}
    return np.array(sorted(vertices - {0, len(arc) - 1}), np.int64)


def _box(line: Floats, width: float) -> tuple[float, float, float, float]:
    """Around a piece of a line, its pen's width included."""
    radius = 0.5 * width * (0.5 + line[:, 2])
    x, y = line[:, 0], line[:, 1]
    return (
        float((x - radius).min()),
        float((y - radius).min()),
        float((x + radius).max()),
        float((y + radius).max()),
    )
