"""The pictures of docs/reports/accuracy.md: what was read wrongly, what slipped through, what
corruptions look like."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from digitpad.accuracy.corruptions import CORRUPTIONS
from digitpad.accuracy.evaluation import Evaluation
from digitpad.accuracy.measures import Gallery, by_group
from digitpad.accuracy.synthetic import Drawn

_ZOOM = 2
_SIDE = 28 * _ZOOM
_GAP = 4
_LINE = 14
_COLUMNS = 12
_PAPER, _TILE, _INK = 255, 242, 0

Tile = tuple[Sequence[np.ndarray], str]
"""Digits side by side, float32 (28, 28) each, and what is written below them, in one or more
lines."""


def png(picture: Image.Image) -> bytes:
    """A picture as a small PNG file."""
    # Sixteen even greys show an anti-aliased digit as well as 256.
    levels = (np.asarray(picture, np.uint16) + 8) // 17
    few = Image.frombytes("P", picture.size, levels.astype(np.uint8).tobytes())
    few.putpalette([17 * grey for grey in range(16) for _ in range(3)])
    content = io.BytesIO()
    few.save(content, "PNG", optimize=True, bits=4)
    return content.getvalue()


def mosaic(tiles: Sequence[Tile], columns: int) -> Image.Image:
    """Tiles in rows, all as large as the largest; raises ValueError for none."""
    if not tiles:
        raise ValueError("a mosaic needs a tile")
    digits = max(len(shown) for shown, _ in tiles)
    lines = max(caption.count("\n") + 1 for _, caption in tiles)
    width, height = digits * (_SIDE + 2) - 2 + 2 * _GAP, _SIDE + lines * _LINE + 2 * _GAP
    columns = min(columns, len(tiles))
    sheet = Image.new("L", (columns * width, -(-len(tiles) // columns) * height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(12)
    for i, (shown, caption) in enumerate(tiles):
        left, top = i % columns * width + _GAP, i // columns * height + _GAP
        for place, digit in enumerate(shown):
            ink = np.asarray(digit, np.float32).repeat(_ZOOM, axis=0).repeat(_ZOOM, axis=1)
            tile = np.floor(_TILE + ink * (_INK - _TILE) + 0.5).astype(np.uint8)
            sheet.paste(Image.fromarray(tile), (left + place * (_SIDE + 2), top))
        draw.multiline_text((left, top + _SIDE), caption, fill=_INK, font=font, spacing=1)
    return sheet


def mistakes_picture(
    digits: np.ndarray, evaluation: Evaluation, rows: int = 5, each: int = 6
) -> Image.Image | None:
    """Digits read wrongly, up to so many of each of the commonest confusions; None where there are
    none.

    Below each: label > answer, with a question mark where it was rejected and so not called by
    the wrong name.
    """
    wrong = evaluation.is_digit & ~evaluation.right
    tiles: list[Tile] = []
    for label, answer, _ in evaluation.mistakes:
        here = np.flatnonzero(wrong & (evaluation.labels == label) & (evaluation.answers == answer))
        for i in here[:each]:
            tiles.append(
                ([digits[i]], f"{label} > {answer}" + ("" if evaluation.is_accepted[i] else " ?"))
            )
    return mosaic(tiles[: rows * _COLUMNS], _COLUMNS) if tiles else None


def styles_picture(
    digits: np.ndarray, evaluation: Evaluation, drawn: Drawn, count: int = 24
) -> Image.Image | None:
    """Two mistaken drawings of each of the styles that are read worst; None where all are read
    rightly."""
    worst = sorted(
        (
            (part.accuracy, place)
            for place, (_, part) in enumerate(by_group(evaluation, drawn))
            if part.accuracy < 1
        ),
    )
    tiles: list[Tile] = []
    for _, place in worst[:count]:
        wrong = np.flatnonzero((drawn.groups == place) & ~evaluation.right)[:2]
        answers = ", ".join(f"{evaluation.labels[i]} > {evaluation.answers[i]}" for i in wrong)
        tiles.append(([digits[i] for i in wrong], f"{_wrapped(drawn.names[place], 20)}\n{answers}"))
    return mosaic(tiles, 6) if tiles else None


def accepted_picture(
    digits: np.ndarray, evaluation: Evaluation, drawn: Drawn, count: int = 36
) -> Image.Image | None:
    """What is no digit and was accepted, of each kind in turn; None where nothing was.

    Below each: what was drawn, and the answer.
    """
    waiting = [
        list(np.flatnonzero((drawn.groups == place) & evaluation.is_accepted))
        for place in range(len(drawn.names))
    ]
    tiles: list[Tile] = []
    while len(tiles) < count and any(waiting):
        for name, places in zip(drawn.names, waiting, strict=True):
            if places and len(tiles) < count:
                i = places.pop(0)
                tiles.append(([digits[i]], f"{_wrapped(name, 11, 1)}\n> {evaluation.answers[i]}"))
    return mosaic(tiles, _COLUMNS) if tiles else None


def corruptions_picture(gallery: Gallery) -> Image.Image:
    """The first digits of MNIST's test set under each corruption."""
    tiles: list[Tile] = [(_first(gallery.digits[("mnist",)]), "as it is")]
    tiles += [(_first(gallery.digits["corruption", name]), name) for name in CORRUPTIONS]
    return mosaic(tiles, 4)


def _first(digits: Iterable[np.ndarray]) -> list[np.ndarray]:
    return [digit for digit, _ in zip(digits, range(3), strict=False)]


def _wrapped(text: str, width: int, lines: int = 2) -> str:
    """Text in so many lines, all of them there, cut where it is longer."""
    parts = textwrap.wrap(text, width)
    if len(parts) > lines:
        parts = [*parts[: lines - 1], parts[lines - 1][: width - 1].rstrip(" ,") + "."]
    return "\n".join([*parts, *[""] * (lines - len(parts))])
