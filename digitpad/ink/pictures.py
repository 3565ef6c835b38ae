"""A picture of digits becomes ink: scans, screenshots, figures and photographs, dark on light or
light on dark, and pixels in files of numbers."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.ink import decoding, pixel_files
from digitpad.ink.decoding import MAX_FILE_BYTES
from digitpad.ink.normalize import ink_box
from digitpad.ink.paper import SMALL_SIDE
from digitpad.ink.parts import Box
from digitpad.ink.segmentation import segment, segment_masks
from digitpad.ink.selecting import find_body, find_ink, ink_level

ENDINGS = (
    *(".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"),
    *(".pgm", ".pbm", ".ppm", ".pnm", ".npy", ".npz", ".csv", ".heic", ".heif"),
)
"""How the names of files end that a folder is searched for."""

_MOST_FILES = 100_000
# By how many noises ink rises at least: fainter, it is said to be; in specks, it is none.
_FAINT_NOISES = 6.0
_SPECKLED_NOISES = 7.5
_EDGE_TO_EDGE = 0.95


class Doubt(Enum):
    """Why what was read from a picture may not be what was written."""

    FAINT = "faint"
    """The ink hardly rises above the noise."""
    CUT_OFF = "cut off"
    """The ink reaches the picture's edge."""
    SEVERAL = "several digits"
    """Digits stand apart from each other."""


@dataclass(frozen=True, eq=False)
class ReadPicture:
    """What was read from a picture.

    name: which of a file's pictures it is, as "[3]"; "" where there is but one. grey: uint8 (h, w),
    the picture as it was looked at: upright, brought down to at most decoding.WORKING_SIDE. ink:
    uint8 (h, w), 255 = ink. left_out: bool (h, w), what stands out from the paper too and was left
    out: lines, frames, edges, specks. light_ink: whether ink is lighter than its ground. digits:
    the boxes of digits that stand apart, in reading order, in pixels of grey; one for one digit.
    """

    name: str
    grey: np.ndarray
    ink: np.ndarray
    left_out: np.ndarray
    light_ink: bool
    digits: tuple[Box, ...]
    doubts: tuple[Doubt, ...] = ()

    def digit_inks(self) -> Iterator[np.ndarray]:
        """The ink of each of the digits alone, uint8 (h, w), in reading order."""
        if len(self.digits) == 1:
            yield self.ink
            return
        for mask in segment_masks(self.ink)[: len(self.digits)]:
            yield np.where(mask, self.ink, 0).astype(np.uint8)


def read_picture(
    source: Path | str | bytes,
    box: Box | None = None,
    light_ink: bool | None = None,
    solid: bool = False,
) -> ReadPicture:
    """The first picture of a file, or of a file's content, as ``read_pictures`` reads it."""
    return next(read_pictures(source, box, light_ink, solid))


def read_pictures(
    source: Path | str | bytes,
    box: Box | None = None,
    light_ink: bool | None = None,
    solid: bool = False,
) -> Iterator[ReadPicture]:
    """The pictures of a file, or of a file's content, one after the other: arrays of numpy and CSV
    hold several, all others one.

    box: read inside of these pixels of ReadPicture.grey only; ink lies where it lay. light_ink:
    whether ink is lighter than its ground; None finds out. solid: it shows one thing with a body,
    such as a piece of clothing, not lines. Raises DigitpadError where the file
    cannot be read, is of no kind that is known, is damaged or too large, or shows nothing drawn.
    """
    name = _("the picture") if isinstance(source, bytes) else str(source)
    content = source if isinstance(source, bytes) else read_limited(Path(source), MAX_FILE_BYTES)
    for inner, grey in _levels(content, name):
        yield read_levels(grey, box, light_ink, solid, f"{name}{inner}", inner)


def _levels(content: bytes, name: str) -> Iterator[tuple[str, np.ndarray]]:
    if pixel_files.is_array(content):
        return pixel_files.arrays(content, name)
    if pixel_files.is_rows(content):
        return pixel_files.rows(content, name)
    return iter([("", decoding.grey_levels(content, name))])


def read_levels(
    grey: np.ndarray,
    box: Box | None = None,
    light_ink: bool | None = None,
    solid: bool = False,
    name: str = "",
    inner: str = "",
) -> ReadPicture:
    """What grey levels, float32 (h, w) in 0 to 255, show, as ``read_pictures`` reads it."""
    name = name or _("the picture")
    left, top, right, bottom = box or (0, 0, grey.shape[1], grey.shape[0])
    left, top = max(0, left), max(0, top)
    inside = grey[top : max(0, bottom), left : max(0, right)]
    if 0 in inside.shape:
        raise DigitpadError(
            _("{name}: nothing of it lies in the box; draw it around the digit").format(name=name)
        )
    if solid or box is None:
        found, out, contrast = (find_body if solid else find_ink)(inside, light_ink)
    else:
        height, width = inside.shape
        around, within = _around(grey, (left, top, left + width, top + height))
        found, out, contrast = find_ink(around, light_ink, within)
        if not found.any():
            found, out, contrast = find_ink(inside, light_ink)
    level = ink_level(contrast)
    is_faint = level < _FAINT_NOISES * contrast.noise
    # What hardly rises above the noise and lies all over the picture, or in specks, is noise.
    is_noise = (is_faint and _spans(found)) or (
        level < _SPECKLED_NOISES * contrast.noise and _is_speckled(found)
    )
    if not found.any() or is_noise:
        raise DigitpadError(
            _(
                "{name} shows nothing drawn; take one with a digit that stands out from its paper"
            ).format(name=name)
        )
    ink, left_out = np.zeros(grey.shape, np.uint8), np.zeros(grey.shape, bool)
    place = (slice(top, top + found.shape[0]), slice(left, left + found.shape[1]))
    ink[place], left_out[place] = found, out
    digits = tuple(segment(ink, solid))
    edges = (found[0], found[-1], found[:, 0], found[:, -1])
    doubts = {
        Doubt.FAINT: is_faint,
        Doubt.CUT_OFF: max(found.shape) > SMALL_SIDE and any((edge > 127).any() for edge in edges),
        Doubt.SEVERAL: len(digits) > 1,
    }
    return ReadPicture(
        inner,
        grey.round().clip(0, 255).astype(np.uint8),
        ink,
        left_out,
        contrast.light_ink,
        digits,
        tuple(doubt for doubt, holds in doubts.items() if holds),
    )


def _around(grey: np.ndarray, box: Box) -> tuple[np.ndarray, Box]:
    """A picture cut to a box and as much again on each side, and where the box then lies."""
    left, top, right, bottom = box
    more = max(right - left, bottom - top)
    first, above = max(0, left - more), max(0, top - more)
    around = grey[above : bottom + more, first : right + more]
    return around, (left - first, top - above, right - first, bottom - above)


def _spans(ink: np.ndarray) -> bool:
    """Whether ink, uint8 (h, w), reaches from edge to edge both ways."""
    extents = (np.flatnonzero((ink > 127).any(axis=axis)) for axis in (0, 1))
    sides = zip(extents, reversed(ink.shape), strict=True)
    return all(len(at) > 0 and np.ptp(at) + 1 > _EDGE_TO_EDGE * side for at, side in sides)


def _is_speckled(ink: np.ndarray) -> bool:
    """Whether less than half of the pixels around those of ink, uint8 (h, w), are ink as well: a
    stroke's mostly are. Of a small picture's, whose strokes are a pixel or two wide, it is not
    known."""
    if max(ink.shape) <= SMALL_SIDE:
        return False
    there = np.pad((ink > 127).astype(np.uint8), 1)
    rows = there[:-2] + there[1:-1] + there[2:]
    around = rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
    within = around[ink > 127]
    return len(within) > 0 and float(within.mean()) < 4.5


def picture_files(names: Iterable[Path]) -> Iterator[Path]:
    """The files that names stand for: a folder for the pictures in it, in the order of their names,
    a pattern as "scans/*.jpg" for those that fit, all else for itself.

    Raises DigitpadError where a folder cannot be searched or has no pictures, and where no file
    fits a pattern.
    """
    for name in names:
        text = str(name)
        try:
            if name.is_dir():
                found = sorted(
                    path
                    for path in name.iterdir()
                    if path.suffix.lower() in ENDINGS and path.is_file()
                )
            elif any(sign in text for sign in "*?[") and not name.exists():
                found = sorted(Path(path) for path in glob.glob(text, recursive=True))  # noqa: PTH207
            else:
                yield name
                continue
        except (OSError, ValueError) as error:
            raise DigitpadError(
                _("{name} cannot be searched for pictures: {error}").format(name=name, error=error)
            ) from error
        if not found:
            raise DigitpadError(
                _("{name} has no pictures that are read; name a file").format(name=name)
            )
        yield from found[:_MOST_FILES]


def crop_box(ink: np.ndarray, margin: float = 0.2) -> Box:
    """The ink's box with a margin around it, a share of its longer side, which may reach beyond the
    picture; all of it where it is small or has no ink."""
    box = ink_box(ink)
    if max(ink.shape) <= SMALL_SIDE or box is None:
        return 0, 0, ink.shape[1], ink.shape[0]
    left, top, right, bottom = box
    around = round(margin * max(right - left, bottom - top))
    return left - around, top - around, right + around, bottom + around


def cropped(ink: np.ndarray, margin: float = 0.2) -> np.ndarray:
    """The ink within ``crop_box``, with paper beyond the picture."""
    left, top, right, bottom = crop_box(ink, margin)
    height, width = ink.shape
    if (left, top, right, bottom) == (0, 0, width, height):
        return ink
    box = ink[max(0, top) : bottom, max(0, left) : right]
    beyond = (max(0, -top), max(0, bottom - height)), (max(0, -left), max(0, right - width))
    return np.pad(box, beyond)
