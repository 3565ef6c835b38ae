"""The colours of a drawing whose pieces each carry a part of the lead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from digitpad.explain.results import Floats as Doubles
from digitpad.explain.results import Piece
from digitpad.ink.drawing import PAD_SIZE
from digitpad.ink.rasterize import InkSurface
from digitpad.ui.pad.tint import Floats, Place, Tint


class PiecesTint(Tint):
    """Each piece's ink, or each patch of a grid, in the colour of its share."""

    def __init__(
        self, pieces: Sequence[Piece], shares: Sequence[float], removed: Collection[int] = ()
    ) -> None:
        """shares: of each piece, in [-1, 1]. removed: pieces that are not there, by their
        numbers."""
        self._pieces = [
            (piece, share)
            for number, (piece, share) in enumerate(zip(pieces, shares, strict=True))
            if number not in removed
        ]

    def shares(self, ink: Floats) -> Floats:
        """By the piece whose ink is strongest there."""
        side = len(ink)
        scale = side / PAD_SIZE
        found, strongest = np.zeros_like(ink), np.zeros_like(ink)
        for piece, share in self._pieces:
            if piece.stroke is None:
                left, top, right, bottom = (round(edge * scale) for edge in piece.box)
                found[top:bottom, left:right] = share
                continue
            surface = InkSurface(scale=scale)
            surface.draw_along(piece.stroke, piece.line)
            own = surface.ink[:side, :side].astype(np.float32)
            is_strongest = own > strongest
            found[is_strongest] = share
            strongest[is_strongest] = own[is_strongest]
        coloured: Floats = found * ink
        return coloured

    def signs(self) -> Iterator[tuple[Place, float]]:
        """In the middle of each piece."""
        for piece, share in self._pieces:
            x, y = middle_of(piece)
            size = sign_size(piece)
            yield (x - size / 2, y - size / 2, size, size), share


def middle_of(piece: Piece) -> tuple[float, float]:
    """A point in the middle of a piece: half way along its line, or of its patch."""
    if piece.stroke is None:
        left, top, right, bottom = piece.box
        return (left + right) / 2, (top + bottom) / 2
    steps = np.hypot(*np.diff(piece.line[:, :2], axis=0).T)
    arc: Doubles = np.concatenate([[0.0], np.cumsum(steps)])
    half = arc[-1] / 2
    return (
        float(np.interp(half, arc, piece.line[:, 0])),
        float(np.interp(half, arc, piece.line[:, 1])),
    )


def sign_size(piece: Piece) -> float:
    """How large a sign may be on a piece, in pad units."""
    left, top, right, bottom = piece.box
    size = min(right - left, bottom - top)
    return size if piece.stroke is None else min(size, 0.9 * piece.stroke.width)
