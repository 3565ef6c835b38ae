"""Drawings to be explained."""

from __future__ import annotations

import numpy as np

from digitpad.ink.drawing import Mark, PlacedPicture, Stroke

_TURN = np.linspace(0, 2 * np.pi, 60)

SEVEN = (Stroke.through([(80, 60), (130, 58), (195, 62), (165, 130), (130, 225)]),)
ZERO = (Stroke.through(np.column_stack([140 + 60 * np.sin(_TURN), 140 - 90 * np.cos(_TURN)])),)
FOUR = (
    Stroke.through([(110, 50), (70, 150), (200, 150)], 16.0),
    Stroke.through([(165, 90), (160, 235)], 16.0),
)
DOT = (Stroke.through([(140, 140)], 30.0),)
ERASED = (*ZERO, Stroke.through([(200, 40), (200, 240)], 30.0, erases=True))
PICTURE = (PlacedPicture.fitted(np.pad(np.full((18, 4), 255, np.uint8), 5)),)
MIXED = (*SEVEN, *PICTURE)
OUTSIDE = (Stroke.through([(-40, 140), (330, 150)]),)

ALL: dict[str, tuple[Mark, ...]] = {
    "seven": SEVEN,
    "zero": ZERO,
    "four": FOUR,
    "dot": DOT,
    "erased": ERASED,
    "picture": PICTURE,
    "mixed": MIXED,
    "outside": OUTSIDE,
}
"""By name, of every kind."""
