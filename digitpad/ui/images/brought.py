"""A picture that was brought, as it is read for the pad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitpad.ink.apart import PadPart
from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.parts import Box
from digitpad.ink.pipeline import drawing_to_digit, ink_to_pad

if TYPE_CHECKING:
    from digitpad.ink.pictures import ReadPicture

# The reading is imported where it is needed, in the worker: the window opens sooner without Pillow.

Source = Path | bytes
"""A file, or a file's content."""

MOST_DIGITS = 64
MOST_FILES = 2_000
"""How many pictures of those that are brought at once are read."""


@dataclass(frozen=True, eq=False)
class BroughtPicture:
    """A picture, how it is read, and what of it is put on the pad.

    name: of its file, "" where it has none. read: how it is read now. ink: of all its digits, for
    the pad, uint8 (h, w). digit_inks: of each of several digits alone; none where there is but one.
    box, light_ink, solid: what it was read with, as read_picture takes them. taken: the digit that
    alone is put on the pad, counted from 0; None for all.
    """

    name: str
    read: ReadPicture
    ink: np.ndarray
    digit_inks: tuple[np.ndarray, ...] = ()
    box: Box | None = None
    light_ink: bool | None = None
    solid: bool = False
    taken: int | None = None

    def mark(self) -> PlacedPicture:
        """What is put on the pad; another one with each call."""
        return PlacedPicture.fitted(self.ink if self.taken is None else self.digit_inks[self.taken])

    def taking(self, number: int | None) -> BroughtPicture:
        """The same with one of its digits taken, or all of them."""
        return replace(self, taken=number)

    def parts(self) -> tuple[PadPart, ...]:
        """Its digits as they lie on the pad, where all of several are put there; else none."""
        if self.taken is not None or not self.digit_inks:
            return ()
        boxes = self.read.digits[: len(self.digit_inks)]
        return tuple(self._part(number, box) for number, box in enumerate(boxes))

    def _part(self, number: int, box: Box) -> PadPart:
        mark = self.taking(number).mark()
        return PadPart(_box_on_pad(self, box), drawing_to_digit([mark]), lambda: [mark])


def _box_on_pad(picture: BroughtPicture, box: Box) -> tuple[float, float, float, float]:
    """A box of the picture in pad units, where all of its ink is on the pad."""
    from digitpad.ink.pictures import crop_box

    left, top, right, bottom = crop_box(picture.read.ink)
    mark = picture.mark()
    across, down = mark.width / (right - left), mark.height / (bottom - top)
    return (
        mark.left + (box[0] - left) * across,
        mark.top + (box[1] - top) * down,
        mark.left + (box[2] - left) * across,
        mark.top + (box[3] - top) * down,
    )


def bring(sources: Sequence[Source], solid: bool) -> BroughtPicture | tuple[Source, ...]:
    """What is brought: the picture where it is one, else the files and contents that hold pictures,
    those of folders in the order of their names, at most MOST_FILES.

    solid: as read_picture takes it. Raises DigitpadError where there is one that cannot be read, or
    none.
    """
    found = list(islice(_files(sources), MOST_FILES))
    if len(found) > 1:
        return tuple(found)
    pictures = list(islice(pictures_of(found[0], solid), 2))
    return pictures[0] if len(pictures) == 1 else tuple(found)


def _files(sources: Sequence[Source]) -> Iterator[Source]:
    from digitpad.ink.pictures import picture_files

    for source in sources:
        if isinstance(source, bytes):
            yield source
        else:
            yield from picture_files([source])


def pictures_of(source: Source, solid: bool) -> Iterator[BroughtPicture]:
    """The pictures of a file or a content, one after the other; raises DigitpadError where it
    cannot be read."""
    from digitpad.ink.pictures import read_pictures

    name = "" if isinstance(source, bytes) else source.name
    for read in read_pictures(source, solid=solid):
        yield _for_pad(BroughtPicture(f"{name}{read.name}", read, read.ink, solid=solid))


def read_again(picture: BroughtPicture, box: Box | None, light_ink: bool | None) -> BroughtPicture:
    """The same picture read in a box, or with ink of the other kind; raises DigitpadError where
    nothing is found so."""
    from digitpad.ink.pictures import read_levels

    grey = picture.read.grey.astype(np.float32)
    read = read_levels(grey, box, light_ink, picture.solid, inner=picture.read.name)
    return _for_pad(BroughtPicture(picture.name, read, read.ink, (), box, light_ink, picture.solid))


def _for_pad(picture: BroughtPicture) -> BroughtPicture:
    """The same with its ink as large as the pad needs it, and that of each digit."""
    read = picture.read
    if len(read.digits) < 2:
        return replace(picture, ink=ink_to_pad(read.ink))
    inks = tuple(ink_to_pad(ink) for ink in islice(read.digit_inks(), MOST_DIGITS))
    return replace(picture, ink=ink_to_pad(read.ink), digit_inks=inks)
