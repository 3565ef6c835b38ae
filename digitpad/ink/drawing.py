"""What is on the pad: marks in the order they were made, with undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

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

Step = tuple[tuple[Mark, ...], tuple[Mark, ...]]
"""What one step took away and what it put on; clearing takes all, a stroke takes nothing."""


class Change(Enum):
    """What was done to a drawing, by the names of Drawing's methods."""

    ADD = "add"
    REPLACE = "replace"
    AMEND = "amend"
    DROP = "drop"
    CLEAR = "clear"
    UNDO = "undo"
    REDO = "redo"


class Drawing:
    """The marks on the pad, oldest first.

    Every change is one step that ``undo`` takes back and ``redo`` makes again; at most
    MAX_UNDO_STEPS are remembered. Each call that may change the drawing says whether it did.

    Attributes:
        told: hears of each change once it is made, with the marks that were put; None for nobody.
            The same changes, made again on a drawing that was alike, give the same drawing with the
            same history.
    """

    def __init__(
        self, marks: Iterable[Mark] = (), undo: Iterable[Step] = (), redo: Iterable[Step] = ()
    ) -> None:
        """A drawing of these marks; undo, redo: the steps that led here, oldest first, and those
        that were taken back, the latest last."""
        self._marks: list[Mark] = list(marks)
        self._undo: list[Step] = list(undo)
        self._redo: list[Step] = list(redo)
        self.told: Callable[[Change, tuple[Mark, ...]], None] | None = None

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

    @property
    def history(self) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """The steps that can be taken back, and those that can be made again, as the constructor
        takes them."""
        return tuple(self._undo), tuple(self._redo)

    def __len__(self) -> int:
        """How many marks are on the pad."""
        return len(self._marks)

    def _step(self, taken: tuple[Mark, ...], put: tuple[Mark, ...]) -> None:
        del self._marks[len(self._marks) - len(taken) :]
        self._marks.extend(put)

    def _remember(self, taken: tuple[Mark, ...], put: tuple[Mark, ...]) -> None:
        self._step(taken, put)
        self._undo.append((taken, put))
        del self._undo[:-MAX_UNDO_STEPS]
        self._redo.clear()

    def _tell(self, change: Change, marks: tuple[Mark, ...] = ()) -> bool:
        if self.told is not None:
            self.told(change, marks)
        return True

    def add(self, mark: Mark) -> bool:
        """Put a mark on top of the others."""
        self._remember((), (mark,))
        return self._tell(Change.ADD, (mark,))

    def replace_all(self, marks: Iterable[Mark]) -> bool:
        """Put these marks in place of all others, as one step."""
        put = tuple(marks)
        self._remember(self.marks, put)
        return self._tell(Change.REPLACE, put)

    def amend(self, marks: Iterable[Mark]) -> bool:
        """Have the latest step put these marks in place of what it put; nothing happens where there
        is none."""
        if not self._undo:
            return False
        taken, put = self._undo[-1]
        self._step(put, new := tuple(marks))
        self._undo[-1] = (taken, new)
        self._redo.clear()
        return self._tell(Change.AMEND, new)

    def drop(self) -> bool:
        """Take the latest step back as if it had never been; nothing happens where there is
        none."""
        if not self._undo:
            return False
        taken, put = self._undo.pop()
        self._step(put, taken)
        self._redo.clear()
        return self._tell(Change.DROP)

    def clear(self) -> bool:
        """Take all marks away; nothing happens on an empty pad."""
        if not self._marks:
            return False
        self._remember(self.marks, ())
        return self._tell(Change.CLEAR)

    def undo(self) -> bool:
        """Take the latest step back."""
        if not self._undo:
            return False
        taken, put = self._undo.pop()
        self._step(put, taken)
        self._redo.append((taken, put))
        return self._tell(Change.UNDO)

    def redo(self) -> bool:
        """Make the step again that was taken back last."""
        if not self._redo:
            return False
        taken, put = self._redo.pop()
        self._step(taken, put)
        self._undo.append((taken, put))
        return self._tell(Change.REDO)
