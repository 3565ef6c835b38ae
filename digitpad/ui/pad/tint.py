"""Ink in colours: orange where it speaks for an answer, blue where it speaks against it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from digitpad.ink.drawing import PAD_SIZE
from digitpad.ink.normalize import FIELD, Frame
from digitpad.ui.style.theme import Theme, legible_on

Floats = npt.NDArray[np.float32]

GREY = 0.30
"""Ink that speaks for nothing is paper with so much of the pen's colour, so that it stays seen."""

SIGNED = 0.3
"""Shares beyond this have their sign written into them."""


def range_end(values: npt.NDArray[np.floating]) -> float:
    """What is painted in full colour: the largest distance from zero, 1 where all are 0 or none is
    a number."""
    found = np.abs(values[np.isfinite(values)]).max(initial=0.0)
    return float(found) or 1.0


def tinted(theme: Theme, ink: Floats, shares: Floats, grey: float = GREY) -> QImage:
    """A picture of ink in colours.

    ink: float32 (h, w) in [0, 1]. shares: float32 (h, w) in [-1, 1], from blue by way of the ink's
    own grey to orange. grey: how much of the pen's colour ink has where its share is 0. Returns a
    picture of w x h pixels that owns its memory.
    """
    paper, pen = _channels(theme.paper), _channels(theme.ink)
    plain = paper + ink[..., None] * (grey * (pen - paper))
    poles = np.where(shares[..., None] < 0, _channels(theme.negative), _channels(theme.positive))
    strength = np.nan_to_num(np.abs(shares), nan=0.0).clip(0, 1)[..., None]
    pixels = np.rint(plain + strength * (poles - plain)).astype(np.uint8, order="C")
    height, width = shares.shape
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


Place = tuple[float, float, float, float]
"""Left, top, width and height in pad units."""


class Tint(ABC):
    """The colours of what is on the pad."""

    @abstractmethod
    def shares(self, ink: Floats) -> Floats:
        """Numbers in [-1, 1] for ink that is shown in pixels, both float32 (side, side)."""

    @abstractmethod
    def signs(self) -> Iterable[tuple[Place, float]]:
        """Where a sign may stand, and the share whose sign it is."""


@dataclass(frozen=True, eq=False)
class FieldTint(Tint):
    """Numbers of the 28 x 28 pixels of a digit, and how they lie over the pad.

    values: float32 (28, 28), of either sign; end: what is painted in full colour. frame: where the
    field lies over the pad. colours_paper: paper takes colours too, not ink alone.
    """

    values: Floats
    end: float
    frame: Frame
    colours_paper: bool = False

    @property
    def in_field(self) -> Floats:
        """Float32 (28, 28) in [-1, 1]; what is no number is 0."""
        found: Floats = np.nan_to_num(self.values / np.float32(self.end), nan=0.0).clip(-1, 1)
        return found

    def shares(self, ink: Floats) -> Floats:
        """By the pixel of the field that lies there; ink's edges fade out."""
        side = len(ink)
        centres = (np.arange(side) + 0.5) * (PAD_SIZE / side)
        columns, rows = (
            np.floor((centres - corner) / self.frame.pixel).astype(int).clip(-1, FIELD) + 1
            for corner in (self.frame.left, self.frame.top)
        )
        found: Floats = np.pad(self.in_field, 1)[np.ix_(rows, columns)]
        return found if self.colours_paper else found * ink

    def signs(self) -> Iterator[tuple[Place, float]]:
        """In the field's pixels."""
        shares = self.in_field
        for row, column in np.argwhere(np.abs(shares) >= SIGNED):
            place = self.frame.on_ink((column, row, column + 1, row + 1))
            yield place, float(shares[row, column])


def paint_sign(painter: QPainter, theme: Theme, cell: QRectF, share: float) -> None:
    """Write plus or minus into a cell that is painted in its share of the colour, so that the sign
    is told by more than the colour; nothing where the share is small."""
    if abs(share) < SIGNED:
        return
    arm = 0.28 * min(cell.width(), cell.height())
    fill = QColor(theme.positive if share > 0 else theme.negative)
    pen = QPen(legible_on(fill, theme.paper, theme.ink), max(1.0, 0.4 * arm))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    middle = cell.center()
    painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))
    if share > 0:
        painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))


def _channels(colour: str) -> npt.NDArray[np.float32]:
    given = QColor(colour)
    return np.array([given.red(), given.green(), given.blue()], np.float32)
