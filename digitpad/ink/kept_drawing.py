"""A drawing as it is kept: its marks whole, and what is known of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

import numpy as np

from digitpad.core.constants import NON_DIGIT
from digitpad.core.languages import _
from digitpad.ink.drawing import PAD_SIZE, Mark, PlacedPicture, Stroke

MAX_MARKS = 5_000
MAX_POINTS = 200_000
"""Of all strokes of a drawing; a person's longest have some thousands."""
MAX_PICTURE_SIDE = 1_024
MAX_PICTURES = 64
MAX_PICTURE_PIXELS = 4 << 20
"""Of all pictures of a drawing."""
FAR = 20_000.0
"""How far from the pad's corner a point may lie, in pad units: a pen that leaves the pad is still
followed."""
MAX_WIDTH = 1_000.0
_MAX_WORK = 1_000_000_000
_PIECE = 12.0
_EACH_PIECE = 7_000.0
"""What the rasteriser cuts lines into, in pad units, and what each costs, in pixels."""

ViewValue = str | int | float | bool | None


@dataclass(frozen=True)
class Reading:
    """What a network read.

    answer: the class with the largest probability, by its place among the network's classes.
    accepted: whether it took it for one of its classes at all. network: the digest of the weights
    file that read (core.files.digest_of), "" where it is not known.
    """

    answer: int
    accepted: bool = True
    network: str = ""


@dataclass(frozen=True, eq=False)
class KeptDrawing:
    """A drawing whole, as a file or the collection keeps it.

    marks: as they lie on the pad, oldest first. label: 0 to 9, NON_DIGIT where it is said to be no
    digit, None where nothing is said. writer: who drew, "" where not known. made: when, with its
    time zone. reading: what was read when it was kept. view: what was shown beside it, as short
    texts and numbers by name. uid: the same for the same drawing wherever it is kept, so that it is
    not brought in twice; up to 64 letters, digits, points, underscores and hyphens, or "".
    """

    marks: tuple[Mark, ...]
    label: int | None = None
    writer: str = ""
    made: datetime | None = None
    reading: Reading | None = None
    view: Mapping[str, ViewValue] = field(default_factory=lambda: MappingProxyType({}))
    uid: str = ""

    @property
    def is_strokes_alone(self) -> bool:
        """Whether it is made of nothing but pen strokes, so that its points tell all of it."""
        return are_strokes_alone(self.marks)

    @property
    def is_mistake(self) -> bool:
        """Whether it is labelled and was read as something else; False where that isn't known."""
        if self.label is None or self.reading is None:
            return False
        if self.label == NON_DIGIT:
            return self.reading.accepted
        return not self.reading.accepted or self.reading.answer != self.label


def are_strokes_alone(marks: tuple[Mark, ...]) -> bool:
    """Whether marks are pen strokes and nothing else; none are."""
    return all(isinstance(mark, Stroke) and not mark.erases for mark in marks)


def check_marks(marks: tuple[Mark, ...]) -> None:
    """Raise ValueError, saying why, where marks are more than is kept of one drawing, or would
    take longer than some seconds to draw."""
    if len(marks) > MAX_MARKS:
        raise ValueError(_("it has more than {max_marks:,} marks").format(max_marks=MAX_MARKS))
    strokes = [mark for mark in marks if isinstance(mark, Stroke)]
    pictures = [mark for mark in marks if isinstance(mark, PlacedPicture)]
    if sum(len(stroke.points) for stroke in strokes) > MAX_POINTS:
        raise ValueError(_("it has more than {max_points:,} points").format(max_points=MAX_POINTS))
    if len(pictures) > MAX_PICTURES:
        raise ValueError(
            _("it has more than {max_pictures} pictures").format(max_pictures=MAX_PICTURES)
        )
    for stroke in strokes:
        if not np.abs(stroke.points).max() <= FAR:
            raise ValueError(_("a point is not finite or far off the pad"))
        if not 0 < stroke.width <= MAX_WIDTH:
            raise ValueError(
                _("a width is not above 0 and at most {max_width:g}").format(max_width=MAX_WIDTH)
            )
    if sum(picture.ink.size for picture in pictures) > MAX_PICTURE_PIXELS:
        raise ValueError(_("its pictures have more than {n:,} pixels").format(n=MAX_PICTURE_PIXELS))
    for picture in pictures:
        box = (picture.left, picture.top, picture.width, picture.height)
        if not all(math.isfinite(edge) and abs(edge) <= FAR for edge in box):
            raise ValueError(_("a picture lies far off the pad"))
        if picture.width <= 0 or picture.height <= 0:
            raise ValueError(_("a picture has no size"))
        if not 1 <= max(picture.ink.shape) <= MAX_PICTURE_SIDE or min(picture.ink.shape) < 1:
            raise ValueError(
                _("a picture has more than {max_picture_side} pixels a side, or none").format(
                    max_picture_side=MAX_PICTURE_SIDE
                )
            )
    if sum(_work(stroke) for stroke in strokes) > _MAX_WORK:
        raise ValueError(_("its lines are too long and too wide to be drawn in a few seconds"))


def _work(stroke: Stroke) -> float:
    """About how much the rasteriser computes for a stroke, in pixels: its pieces, each with the
    square around it, which can't be larger than the pad, and what each piece costs by itself."""
    legs = np.diff(stroke.points[:, :2].astype(np.float64), axis=0)
    lengths = np.sqrt((legs * legs).sum(axis=1))
    pieces = 1.0 + float(np.maximum(np.ceil(lengths / _PIECE), 1.0).sum())
    return pieces * (_EACH_PIECE + min(1.5 * stroke.width + _PIECE, PAD_SIZE) ** 2)
