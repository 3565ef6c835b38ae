"""What a rejected drawing is most like, and what of it is unlike, as codes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from digitpad.core.constants import DIGITS
from digitpad.core.results import NetworkInfo, Recognition, RejectionReason
from digitpad.explain.gauges import Shape, measure, shape_of
from digitpad.explain.results import Difference, Gauge, Likeness, Unlikeness
from digitpad.explain.spread import ClassSpread, spread
from digitpad.ink.segmentation import segment

MOST_DIFFERENCES = 3
# Of a class: the share that is a way of writing it, and the share that is an oddity.
_SOME, _FEW = 0.3, 0.05
_FAR = 2.5
_LEAST_SHARE = 0.06

_GAUGES = {
    Gauge.MASS: (Unlikeness.LITTLE_INK, Unlikeness.MUCH_INK),
    Gauge.ASPECT: (Unlikeness.NARROW, Unlikeness.BROAD),
    Gauge.SLANT: (Unlikeness.SLANTED, Unlikeness.SLANTED),
}


def likeness(
    recognition: Recognition,
    digit: npt.NDArray[np.float32],
    ink: npt.NDArray[np.uint8],
    info: NetworkInfo,
) -> Likeness:
    """What a drawing is most like, and what is unlike that.

    digit: float32 (28, 28) as it was read; ink: uint8 (h, w), what is on the pad. Differences are
    told of networks that read the digits 0 to 9 alone, by MNIST's spread; an empty drawing is like
    nothing.
    """
    if not digit.any():
        return Likeness(None, ())
    if recognition.rejection is not None and recognition.rejection.reason is RejectionReason.BLOT:
        return Likeness(None, (Difference(Unlikeness.A_BLOT),))
    several = len(segment(ink))
    if several > 1:
        return Likeness(None, (Difference(Unlikeness.SEVERAL_DIGITS, several),))
    logits = recognition.logits
    if not np.isfinite(logits).all():
        return Likeness(None, ())
    likeliest = int(logits.argmax())
    if info.classes != DIGITS:
        return Likeness(likeliest, ())
    known, shape = spread().classes[likeliest], shape_of(digit)
    found = [
        *_of_lines(shape, known),
        *_of_gauges(measure(digit), known),
        *_of_places(shape, known),
    ]
    return Likeness(likeliest, tuple(found[:MOST_DIFFERENCES]))


def _of_lines(shape: Shape, known: ClassSpread) -> list[Difference]:
    """Loops, parts, and whether it is one straight line."""
    found = []
    usual = int(np.argmax(known.loops))
    if shape.loops < usual and sum(known.loops[: shape.loops + 1]) < _SOME:
        found.append(Difference(Unlikeness.OPEN, shape.loops))
    elif shape.loops > usual and sum(known.loops[shape.loops :]) < _FEW:
        what = Unlikeness.MORE_LOOPS if usual else Unlikeness.CLOSED
        found.append(Difference(what, shape.loops))
    if sum(known.parts[shape.parts :]) < _FEW:
        found.append(Difference(Unlikeness.IN_PARTS, shape.parts))
    if shape.elongation > known.elongation:
        found.append(Difference(Unlikeness.STRAIGHT))
    return found


def _of_gauges(measures: dict[Gauge, float], known: ClassSpread) -> list[Difference]:
    """What nearly all of the class have less of, or more."""
    found = []
    for gauge, (below, above) in _GAUGES.items():
        low, high = known.gauges[gauge]
        if not low <= measures[gauge] <= high:
            found.append(Difference(below if measures[gauge] < low else above))
    return found


def _of_places(shape: Shape, known: ClassSpread) -> list[Difference]:
    """Where there is ink and should be none, or none and should be some; the farthest off
    first."""
    means, deviations = known.thirds
    off = np.array(shape.thirds) - means
    # Where the class never has ink its spread is next to nothing.
    scaled = off / np.maximum(deviations, 0.01)
    found = []
    for place in np.argsort(-np.abs(scaled), kind="stable"):
        if abs(scaled[place]) >= _FAR and abs(off[place]) >= _LEAST_SHARE:
            what = Unlikeness.EXTRA_INK if off[place] > 0 else Unlikeness.MISSING_INK
            found.append(Difference(what, place=(int(place) // 3, int(place) % 3)))
    return found
