"""What is on the pad: marks in the order they were made, with undo and redo."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

PAD_SIZE = 280
"""The pad's side in its own units; one unit is one pixel of the ink that the network reads."""

PEN_WIDTH = 20.0
"""The pen that a new pad starts with, in pad units."""

NEUTRAL_PRESSURE = 0.5
"""The pressure of a device that reports none; it draws the pen at its nominal width."""

MAX_POINTS_PER_STROKE = 100_000
MAX_UNDO_STEPS = 500


@dataclass(frozen=True, eq=False)
class Stroke:
    """One line from pen down to pen up, or one pass of the eraser.

    points: float32 (n, 3), n >= 1: x and y in pad units (they may lie outside the pad) and the
    pressure in [0, 1]. width: the nominal pen width in pad units; the line is ``width * (0.5 +
    pressure)`` wide.
    """

    points: np.ndarray
    width: float = PEN_WIDTH
    erases: bool = False

    @classmethod
    def through(
        cls, points: Iterable[Iterable[float]], width: float = PEN_WIDTH, erases: bool = False
    ) -> Stroke:
        """A stroke through (x, y) or (x, y, pressure) points.

        Points without pressure get the neutral one; infinite and undefined points are left out.
        Raises ValueError where no point is left.
        """
        array = np.asarray(
            points if isinstance(points, np.ndarray) else list(points), dtype=np.float32
        )
        if array.ndim != 2 or array.shape[1] not in (2, 3):
            raise ValueError("a stroke needs points of two or three numbers")
        if array.shape[1] == 2:
            array = np.column_stack([array, np.full(len(array), NEUTRAL_PRESSURE, np.float32)])
        array = array[np.isfinite(array).all(axis=1)]
        if len(array) == 0:
            raise ValueError("a stroke needs at least one point")
        array[:, 2] = array[:, 2].clip(0.0, 1.0)
        return cls(array, float(width), erases)


@dataclass(frozen=True, eq=False)
class PlacedPicture:
    """Ink that did not come from the pen: a test image or an opened picture, stretched over a box
    of the pad.

    ink: uint8 (h, w), 255 = ink. left, top, width and height: the box in pad units.
    """

    ink: np.ndarray
    left: float
    top: float
    width: float
    height: float

    @classmethod
    def fitted(cls, ink: np.ndarray, side: float = PAD_SIZE) -> PlacedPicture:
        """The picture centred on the pad, as large as a square of ``side`` units allows."""
        height, width = ink.shape
        unit = side / max(height, width, 1)
        return cls(
            ink,
            (PAD_SIZE - width * unit) / 2,
            (PAD_SIZE - height * unit) / 2,
            width * unit,
            height * unit,
        )


Mark = Stroke | PlacedPicture


class Drawing:
    """The marks on the pad, oldest first.

    Every change is one step that ``undo`` takes back and ``redo`` makes again; at most
    MAX_UNDO_STEPS are remembered. Each call that may change the drawing says whether it did.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        """A drawing of these marks, with nothing to undo."""
        self._marks: list[Mark] = list(marks)
        # A step is what it took away and what it put on; clearing takes all, a stroke takes
        # nothing.
        self._undo: list[tuple[tuple[Mark, ...], tuple[Mark, ...]]] = []
        self._redo: list[tuple[tuple[Mark, ...], tuple[Mark, ...]]] = []

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is on the pad now."""
        return tuple(self._marks)

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step that was taken back."""
        return bool(self._redo)

    def __len__(self) -> int:
        """How many marks are on the pad."""
        return len(self._marks)

    def _step(self, taken: tuple[Mark, ...], put: tuple[Mark, ...]) -> None:
        del self._marks[len(self._marks) - len(taken) :]
        self._marks.extend(put)

    def _remember(self, taken: tuple[Mark, ...], put: tuple[Mark, ...]) -> bool:
        self._step(taken, put)
        self._undo.append((taken, put))
        del self._undo[:-MAX_UNDO_STEPS]
        self._redo.clear()
        return True

    def add(self, mark: Mark) -> bool:
        """Put a mark on top of the others."""
        return self._remember((), (mark,))

    def replace_all(self, marks: Iterable[Mark]) -> bool:
        """Put these marks in place of all others, as one step."""
        return self._remember(self.marks, tuple(marks))

    def amend(self, marks: Iterable[Mark]) -> bool:
        """Have the latest step put these marks in place of what it put; nothing happens where there
        is none."""
        if not self._undo:
            return False
        taken, put = self._undo[-1]
        self._step(put, new := tuple(marks))
        self._undo[-1] = (taken, new)
        self._redo.clear()
        return True

    def clear(self) -> bool:
        """Take all marks away; nothing happens on an empty pad."""
        return bool(self._marks) and self._remember(self.marks, ())

    def undo(self) -> bool:
        """Take the latest step back."""
        if not self._undo:
            return False
        taken, put = self._undo.pop()
        self._step(put, taken)
        self._redo.append((taken, put))
        return True

    def redo(self) -> bool:
        """Make the step again that was taken back last."""
        if not self._redo:
            return False
        taken, put = self._redo.pop()
        self._step(taken, put)
        self._undo.append((taken, put))
        return True
