"""The drawings that a network is taught: which of the kept ones they are, and their copies written
anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.handwriting.render import quick_digit
from digitpad.ink.drawing import PAD_SIZE, PlacedPicture, Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.teaching.entries import Entry, packed
from digitpad.teaching.recipe import TeachingRecipe


@dataclass(frozen=True, eq=False)
class OwnDrawings:
    """A person's drawings made ready to be taught.

    digits: float32 (n, 28, 28), as they lie on the pad. labels: int64 (n,), NON_DIGIT for what is
    no digit. copies: uint8 (m, 28, 28), each of them written anew some times; places: int64 (m,),
    which drawing each is of. digest: what tells these drawings with these labels from others.
    """

    digits: np.ndarray
    labels: np.ndarray
    copies: np.ndarray
    places: np.ndarray
    digest: str

    @classmethod
    def of(cls, drawings: Iterable[KeptDrawing], recipe: TeachingRecipe) -> OwnDrawings:
        """Those with a label and a mark. Raises DigitpadError where there is none."""
        chosen = teachable(drawings)
        if not chosen:
            raise DigitpadError(
                _("There is no labelled drawing to teach; draw a digit and say what it is first")
            )
        copies, places = written_anew(chosen, recipe, np.random.default_rng(recipe.seed))
        labels = np.array([drawing.label for drawing in chosen], np.int64)
        digits = np.stack([drawing_to_digit(drawing.marks) for drawing in chosen])
        return cls(digits, labels, copies, places, digest_of_drawings(chosen))


def teachable(drawings: Iterable[KeptDrawing]) -> list[KeptDrawing]:
    """The drawings that have a label and a mark, in their order."""
    return [one for one in drawings if one.label is not None and one.marks]


def digest_of_drawings(drawings: Iterable[KeptDrawing | Entry]) -> str:
    """What tells labelled drawings from others, in whatever order: 16 hexadecimal digits of their
    uids and labels, or of all that they are where they have no uid. Those without a label have no
    part in it."""
    each = sorted(_key(one) for one in drawings if one.label is not None)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()[:16]


def _key(one: KeptDrawing | Entry) -> str:
    if one.uid:
        return f"{one.uid} {one.label}"
    assert isinstance(one, KeptDrawing)
    content = packed(KeptDrawing(one.marks, one.label))
    return f"{hashlib.sha256(content).hexdigest()} {one.label}"


def written_anew(
    drawings: Sequence[KeptDrawing], recipe: TeachingRecipe, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Copies of drawings, uint8 (m, 28, 28), and the place in drawings that each is of, int64 (m,).

    recipe.copies of each, of many drawings fewer. A drawing with a picture on it is taken as it is,
    since a picture lies in an upright box. No drawings give none.
    """
    each = max(1, min(recipe.copies, recipe.most_copies // max(1, len(drawings))))
    digits = [np.empty((0, 28, 28), np.uint8)]
    for drawing in drawings:
        strokes = [mark for mark in drawing.marks if not isinstance(mark, PlacedPicture)]
        if len(strokes) < len(drawing.marks):
            digit = np.rint(255 * drawing_to_digit(drawing.marks)).astype(np.uint8)
            digits.append(np.repeat(digit[None], each, axis=0))
        else:
            anew = [quick_digit(_moved(strokes, recipe, rng)) for _ in range(each)]
            digits.append(np.stack(anew))
    return np.concatenate(digits), np.repeat(np.arange(len(drawings), dtype=np.int64), each)


def transformed(strokes: Sequence[Stroke], matrix: np.ndarray, scale: float = 1.0) -> list[Stroke]:
    """Strokes put in the middle of the pad with each point, as a row, times a matrix (2, 2); made
    smaller where they would leave the pad.

    scale: how much larger the matrix makes them; an eraser grows as much, a pen keeps its width.
    """
    every = np.concatenate([stroke.points[:, :2] for stroke in strokes]).astype(np.float64)
    moved = (every - every.mean(axis=0)) @ matrix
    room = max(PAD_SIZE / 4, PAD_SIZE - 1.5 * max(stroke.width for stroke in strokes))
    shrunk = min(1.0, room / max(1e-6, float(np.ptp(moved, axis=0).max())))
    moved *= shrunk
    moved += PAD_SIZE / 2 - (moved.min(axis=0) + moved.max(axis=0)) / 2
    found, at = [], 0
    for stroke in strokes:
        points = stroke.points.copy()
        points[:, :2] = moved[at : at + len(points)]
        at += len(points)
        width = stroke.width * scale * shrunk if stroke.erases else stroke.width
        found.append(Stroke(points, width, stroke.erases))
    return found


def _moved(
    strokes: Sequence[Stroke], recipe: TeachingRecipe, rng: np.random.Generator
) -> list[Stroke]:
    """Strokes turned, sheared and scaled at random, as far as the recipe says."""
    angle = np.radians(rng.uniform(-recipe.rotation_deg, recipe.rotation_deg))
    scale = rng.uniform(recipe.smallest, recipe.largest)
    cos, sin = np.cos(angle), np.sin(angle)
    shear = np.array([[1.0, 0.0], [rng.uniform(-recipe.shear, recipe.shear), 1.0]])
    return transformed(strokes, shear @ np.array([[cos, sin], [-sin, cos]]) * scale, scale)
