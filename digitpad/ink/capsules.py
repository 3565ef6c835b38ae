"""How much of each pixel the capsules of a stroke cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_AT_ONCE = 1 << 15
"""Pixels whose distances are taken together: as many as stay in the processor's nearest memory."""
_BLOCK = 8
_HALF_DIAGONAL = (_BLOCK - 1) / 2 * 2**0.5
_WORTH_BLOCKS = 64
"""Tiles of smaller sides have too few blocks inside for looking at those first to be worth it."""

Floats = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.intp]
Cover = npt.NDArray[np.uint8]
_Floats32 = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Capsules:
    """n capsules, in pixels, each with the tile of the sheet that it may cover.

    start, end: float64 (n, 2), the ends of their axes; r0, r1: the radii there, (n,). low, high:
    (n, 2), the tiles' corners, x first, high excluded; they lie on the sheet.
    """

    start: Floats
    end: Floats
    r0: Floats
    r1: Floats
    low: Pixels
    high: Pixels

    @classmethod
    def along(cls, xy: Floats, radius: Floats, side: int) -> Capsules | None:
        """Those along a polyline, (m, 2), m > 0, with its radii, (m,), as far as they touch a sheet
        of side x side pixels; None where none does. One point alone is a dot."""
        if len(xy) == 1:
            xy, radius = np.repeat(xy, 2, axis=0), np.repeat(radius, 2)
        around = np.maximum(radius[:-1], radius[1:])[:, None] + 1.0
        low = np.floor(np.minimum(xy[:-1], xy[1:]) - around)
        high = np.ceil(np.maximum(xy[:-1], xy[1:]) + around)
        inside = (high > 0).all(axis=1) & (low < side).all(axis=1)
        if not inside.any():
            return None
        return cls(
            xy[:-1][inside],
            xy[1:][inside],
            radius[:-1][inside],
            radius[1:][inside],
            low[inside].clip(0, side).astype(np.intp),
            high[inside].clip(0, side).astype(np.intp),
        )

    def __len__(self) -> int:
        return len(self.start)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Around all tiles: left, top, right and bottom, right and bottom excluded."""
        left, top = self.low.min(axis=0).tolist()
        right, bottom = self.high.max(axis=0).tolist()
        return left, top, right, bottom

    def put(self, ink: Cover, erases: bool) -> None:
        """Draw them on a sheet, uint8 (side, side), changed in place: the larger of its ink and
        what they cover, or, where they erase, the smaller of it and what they leave."""
        width, height = (int(n) for n in (self.high - self.low).max(axis=0))
        # Of a wide pen's tiles nearly all lies inside, and under other capsules of the same stroke.
        if min(width, height) >= _WORTH_BLOCKS and len(self) > 1:
            left, top, right, bottom = self.box
            _join(ink[top:bottom, left:right], self._cover_by_blocks(), erases)
            return
        at_once = max(1, _AT_ONCE // (width * height))
        axes = _Axes.of(self)
        for i in range(0, len(self), at_once):
            part = slice(i, i + at_once)
            tiles = axes.at(part).cover(
                np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)[:, None]
            )
            for tile, (x0, y0), (x1, y1) in zip(
                tiles, self.low[part].tolist(), self.high[part].tolist(), strict=True
            ):
                _join(ink[y0:y1, x0:x1], tile[: y1 - y0, : x1 - x0], erases)

    def _cover_by_blocks(self) -> Cover:
        """What all cover of their box, uint8 (height, width), to the bit as tile by tile.

        Distances change no faster than places do, so that the middle of a block tells of most
        blocks that they are covered wholly or not at all; the pixels of the others are looked at.
        """
        left, top, right, bottom = self.box
        across, down = -(-(right - left) // _BLOCK), -(-(bottom - top) // _BLOCK)
        covered = np.zeros(across * down, bool)
        axes = _Axes.of(self)
        first = (self.low - (left, top)) // _BLOCK
        columns, rows = (
            int(n) for n in (-(-(self.high - (left, top)) // _BLOCK) - first).max(axis=0)
        )
        at_once = max(1, _AT_ONCE // (columns * rows))
        found_blocks, found_owners = [], []
        for i in range(0, len(self), at_once):
            part = slice(i, i + at_once)
            x = first[part, 0, None, None] + np.arange(columns)
            y = first[part, 1, None, None] + np.arange(rows)[:, None]
            middle = (_BLOCK - 1) / 2
            from_tile = (left, top) - self.low[part]
            edge = axes.at(part).edge(
                (x * _BLOCK + middle + from_tile[:, 0, None, None]).astype(np.float32),
                (y * _BLOCK + middle + from_tile[:, 1, None, None]).astype(np.float32),
            )
            slack = axes.slack[part, None, None]
            is_on_sheet = (x < across) & (y < down)
            block = y * across + x
            is_full = (edge >= 1 + slack) & is_on_sheet
            covered[block[is_full]] = True
            is_open = (edge > -slack) & ~is_full & is_on_sheet
            found_blocks.append(block[is_open])
            owner = np.arange(i, i + len(x))[:, None, None]
            found_owners.append(np.broadcast_to(owner, block.shape)[is_open])
        blocks, owners = np.concatenate(found_blocks), np.concatenate(found_owners)
        is_open = ~covered[blocks]
        blocks, owners = blocks[is_open], owners[is_open]
        order = np.argsort(blocks, kind="stable")
        blocks, owners = blocks[order], owners[order]
        cover = np.zeros((down, across, _BLOCK, _BLOCK), np.uint8)
        flat = cover.reshape(-1, _BLOCK, _BLOCK)
        at_once = _AT_ONCE // _BLOCK**2
        step = np.arange(_BLOCK, dtype=np.intp)
        for i in range(0, len(blocks), at_once):
            block, owner = blocks[i : i + at_once], owners[i : i + at_once]
            from_tile = (left, top) - self.low[owner]
            x = (block % across * _BLOCK + from_tile[:, 0])[:, None, None] + step
            y = (block // across * _BLOCK + from_tile[:, 1])[:, None, None] + step[:, None]
            pixels = axes.at(owner).cover(x.astype(np.float32), y.astype(np.float32))
            starts = np.flatnonzero(np.diff(block, prepend=-1))
            where = block[starts]
            flat[where] = np.maximum(flat[where], np.maximum.reduceat(pixels, starts))
        flat[covered] = 255
        whole: Cover = cover.transpose(0, 2, 1, 3).reshape(down * _BLOCK, across * _BLOCK)
        return whole[: bottom - top, : right - left]


def _join(sheet: Cover, cover: Cover, erases: bool) -> None:
    if erases:
        np.minimum(sheet, 255 - cover, out=sheet)
    else:
        np.maximum(sheet, cover, out=sheet)


@dataclass(frozen=True, eq=False)
class _Axes:
    """Capsules as they are seen from the middle of their tiles' first pixels, in float32: distances
    are as exact everywhere on a large sheet.

    offset: (n, 2), from the axis's start to there; leg: (n, 2), along the axis; per_leg: (n, 2), of
    it what one pixel of place is worth, 0 where it is too short to have a direction; r0, widening:
    (n,). slack: (n,), how far the edge over a block may lie from that over its middle.
    """

    offset: _Floats32
    leg: _Floats32
    per_leg: _Floats32
    r0: _Floats32
    widening: _Floats32
    slack: _Floats32

    @classmethod
    def of(cls, capsules: Capsules) -> _Axes:
        leg = capsules.end - capsules.start
        square = leg[:, 0] * leg[:, 0] + leg[:, 1] * leg[:, 1]
        # A leg too short to have a direction is a dot.
        is_leg = square > 1e-12
        per_length = np.where(is_leg, 1.0 / np.where(is_leg, square, 1.0), 0.0).astype(np.float32)
        leg32 = leg.astype(np.float32)
        widening = capsules.r1 - capsules.r0
        steep = np.where(is_leg, np.abs(widening) * np.sqrt(per_length), 0.0)
        return cls(
            ((capsules.low + 0.5) - capsules.start).astype(np.float32),
            leg32,
            leg32 * per_length[:, None],
            (capsules.r0 + 0.5).astype(np.float32),
            widening.astype(np.float32),
            # A hundredth of a pixel is far more than rounding takes.
            (0.01 + _HALF_DIAGONAL * (1.01 + steep)).astype(np.float32),
        )

    def at(self, which: slice | Pixels) -> _Axes:
        """Some of them."""
        return _Axes(
            self.offset[which],
            self.leg[which],
            self.per_leg[which],
            self.r0[which],
            self.widening[which],
            self.slack[which],
        )

    def edge(self, columns: _Floats32, rows: _Floats32) -> _Floats32:
        """How far the edges of n capsules lie beyond the middles of pixels, and half a pixel more:
        float32 (n, height, width). columns, rows: of the pixels, from the tile's first one on, as
        they go with (n, height, width)."""

        def each(values: _Floats32) -> _Floats32:
            return values[:, None, None]

        x = each(self.offset[:, 0]) + columns
        y = each(self.offset[:, 1]) + rows
        along: _Floats32 = x * each(self.per_leg[:, 0]) + y * each(self.per_leg[:, 1])
        np.clip(along, 0.0, 1.0, out=along)
        across = x - along * each(self.leg[:, 0])
        down = y - along * each(self.leg[:, 1])
        across *= across
        down *= down
        across += down
        np.sqrt(across, out=across)
        edge = along
        edge *= each(self.widening)
        edge += each(self.r0)
        edge -= across
        return edge

    def cover(self, columns: _Floats32, rows: _Floats32) -> Cover:
        """How much of pixels they cover, uint8 (n, height, width), 255 = all."""
        edge = self.edge(columns, rows)
        np.clip(edge, 0.0, 1.0, out=edge)
        edge *= 255.0
        edge += 0.5
        return edge.astype(np.uint8)
