"""Digits as somebody draws them with the arrow keys alone.

Each stroke is a line of text: first where the pen goes down, in pad units, then its moves: L, R, U
and D for an arrow key, two letters for two arrows held at once, and how many pad units that is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.ui.pad.canvas import Canvas

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
ARROW_OF = {
    "L": Qt.Key.Key_Left,
    "R": Qt.Key.Key_Right,
    "U": Qt.Key.Key_Up,
    "D": Qt.Key.Key_Down,
}

STRAIGHT = {
    0: ("100,60 R80 D160 L80 U160",),
    1: ("140,60 D160",),
    2: ("100,60 R80 D80 L80 D80 R80",),
    3: ("100,60 R80 D160 L80", "100,140 R80"),
    4: ("100,60 D80 R80", "180,60 D160"),
    5: ("180,60 L80 D80 R80 D80 L80",),
    6: ("180,60 L80 D160 R80 U80 L80",),
    7: ("100,60 R80 D160",),
    8: ("100,60 R80 D160 L80 U160", "100,140 R80"),
    9: ("180,140 L80 U80 R80 D160",),
}
"""As on a pocket calculator: along the sheet's sides alone."""

SLANTED = {
    0: ("160,60 L40 DL40 D80 DR40 R40 UR40 U80 UL40",),
    1: ("112,92 UR32 D160",),
    2: ("100,84 UR24 R32 DR24 D32 DL80 R88",),
    3: ("100,60 R72 DL60 R20 DR40 D16 DL40 L40",),
    4: ("144,60 DL88 R120", "144,100 D120"),
    5: ("176,60 L72 D64 R40 DR32 D32 DL32 L44",),
    6: ("168,60 DL64 D72 DR24 R24 UR24 U16 UL24 L24 DL24",),
    7: ("96,60 R88 D20 DL72 D64",),
    8: ("140,60 DL36 DR72 D12 DL36 UL36 U12 UR72 UL36",),
    9: ("176,84 UL24 L24 DL24 D24 DR24 R24 UR24 U24 D112",),
}
"""With slants, as a person writes."""

Move = tuple[str, int]


def parsed(stroke: str) -> tuple[tuple[int, int], list[Move]]:
    """Where a stroke begins, and its moves: letters and how far."""
    start, *moves = stroke.split()
    x, y = map(int, start.split(","))
    letters = [move.rstrip("0123456789") for move in moves]
    return (x, y), [(way, int(move[len(way) :])) for way, move in zip(letters, moves, strict=True)]


class Typist:
    """Someone at a pad with nothing but a keyboard: real key events."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def go(self, way: str, far: int) -> None:
        """So far along a side, or slantwise: the first arrow is held while the second is pressed,
        which leaves the crosshair a step beside, as it does for everyone."""
        *held, last = (ARROW_OF[letter] for letter in way)
        for key in held:
            QTest.keyPress(self.canvas, key)
        for step, modifiers in ((40, SHIFT), (4, NONE), (1, CTRL)):
            for _ in range(far // step):
                self.press(last, modifiers)
            far %= step
        for key in held:
            QTest.keyRelease(self.canvas, key)

    def go_to(self, x: int, y: int) -> None:
        """To this place, in pad units; the crosshair is seen."""
        across, down = x - self.canvas.key_pen.place[0], y - self.canvas.key_pen.place[1]
        self.go("R" if across > 0 else "L", abs(across))
        self.go("D" if down > 0 else "U", abs(down))

    def draw(self, strokes: tuple[str, ...]) -> None:
        """Draw strokes from above."""
        for stroke in strokes:
            start, moves = parsed(stroke)
            self.go_to(*start)
            self.press(Qt.Key.Key_Space)
            for way, far in moves:
                self.go(way, far)
            self.press(Qt.Key.Key_Space)
