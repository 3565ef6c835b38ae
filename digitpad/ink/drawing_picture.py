"""A drawing alone as a picture: shapes of the same capsules that ink is made of, or pixels."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape

import numpy as np

from digitpad.ink.curves import smooth
from digitpad.ink.drawing import PAD_SIZE, Mark, PlacedPicture, Stroke
from digitpad.ink.rasterize import rasterize

PIXELS_PER_UNIT = 4
_PIECE = 3.0
"""The longest piece of a curve, in pad units, as the rasteriser has it at this many pixels."""
_MOST_SQUARES = 64
"""Of a side of a picture that is drawn as rectangles."""
_PAPER, _INK = "#ffffff", "#000000"


def drawing_svg(marks: Iterable[Mark], title: str = "") -> bytes:
    """The marks as the content of an SVG file, black on white, one path a stroke.

    title: what the picture is called, for who hears it. What the eraser took is white again.
    """
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{PAD_SIZE}" height="{PAD_SIZE}" viewBox="0 0 {PAD_SIZE} {PAD_SIZE}">',
        *([f"<title>{escape(title)}</title>"] if title else []),
        f'<rect width="{PAD_SIZE}" height="{PAD_SIZE}" fill="{_PAPER}"/>',
        *(
            _picture(mark)
            if isinstance(mark, PlacedPicture)
            else f'<path fill="{_PAPER if mark.erases else _INK}" d="{_path(mark)}"/>'
            for mark in marks
        ),
        "</svg>\n",
    ]
    return "\n".join(parts).encode()


def drawing_png(marks: Iterable[Mark]) -> bytes:
    """The marks as the content of a PNG file, black on white, PIXELS_PER_UNIT to a unit of the
    pad."""
    return _png(255 - rasterize(marks, scale=PIXELS_PER_UNIT), "L")


def _path(stroke: Stroke) -> str:
    """A stroke's capsules as the data of a path: each is two half discs and what lies between
    them, all of them turning the same way, so that their union is filled."""
    line = smooth(stroke.points, _PIECE)
    radius = 0.5 * stroke.width * (0.5 + line[:, 2])
    xy = line[:, :2]
    legs = np.diff(xy, axis=0)
    length = np.hypot(legs[:, 0], legs[:, 1])
    is_leg = length > 1e-6
    if not is_leg.any():
        largest = int(radius.argmax())
        return _disc(float(xy[largest, 0]), float(xy[largest, 1]), float(radius[largest]))
    out = []
    for start, end, leg, far, r0, r1 in zip(
        xy[:-1][is_leg],
        xy[1:][is_leg],
        legs[is_leg],
        length[is_leg],
        radius[:-1][is_leg],
        radius[1:][is_leg],
        strict=True,
    ):
        across = np.array([-leg[1], leg[0]]) / far
        a, b = start + across * r0, end + across * r1
        c, d = end - across * r1, start - across * r0
        out.append(
            f"M{_at(a)}L{_at(b)}A{r1:.3f} {r1:.3f} 0 0 0 {_at(c)}"
            f"L{_at(d)}A{r0:.3f} {r0:.3f} 0 0 0 {_at(a)}Z"
        )
    return "".join(out)


def _disc(x: float, y: float, r: float) -> str:
    return (
        f"M{x - r:.3f} {y:.3f}A{r:.3f} {r:.3f} 0 0 0 {x + r:.3f} {y:.3f}"
        f"A{r:.3f} {r:.3f} 0 0 0 {x - r:.3f} {y:.3f}Z"
    )


def _at(point: np.ndarray) -> str:
    return f"{point[0]:.3f} {point[1]:.3f}"


def _picture(picture: PlacedPicture) -> str:
    """A picture's ink: black, as opaque as it is dark, so that what lies beneath is seen. A small
    one is made of rectangles, which no viewer blurs."""
    if max(picture.ink.shape) > _MOST_SQUARES:
        return _image(picture)
    rows, columns = picture.ink.shape
    right, down = picture.width / columns, picture.height / rows
    out = []
    for row, line in enumerate(picture.ink):
        # Neighbours of one darkness are one rectangle.
        edges = [0, *(np.flatnonzero(np.diff(line)) + 1).tolist(), columns]
        out += [
            f'<rect x="{picture.left + start * right:g}" y="{picture.top + row * down:g}" '
            f'width="{(end - start) * right:g}" height="{down:g}" '
            f'fill-opacity="{int(line[start]) / 255:.3f}"/>'
            for start, end in pairwise(edges)
            if line[start]
        ]
    return "\n".join(['<g shape-rendering="crispEdges">', *out, "</g>"])


def _image(picture: PlacedPicture) -> str:
    ink = picture.ink
    content = _png(np.stack([np.zeros_like(ink), ink], axis=-1), "LA")
    data = base64.b64encode(content).decode("ascii")
    return (
        f'<image x="{picture.left:g}" y="{picture.top:g}" width="{picture.width:g}" '
        f'height="{picture.height:g}" preserveAspectRatio="none" '
        f'style="image-rendering:pixelated" xlink:href="data:image/png;base64,{data}"/>'
    )


def _png(pixels: np.ndarray, mode: str) -> bytes:
    # Here, so that the window opens sooner.
    from PIL import Image

    content = io.BytesIO()
    height, width = pixels.shape[:2]
    Image.frombytes(mode, (width, height), np.ascontiguousarray(pixels).tobytes()).save(
        content, "PNG"
    )
    return content.getvalue()
