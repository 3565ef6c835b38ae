"""Samples by their digit: a digit key draws one, as if a person had."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from digitpad.core.constants import DIGITS
from digitpad.core.languages import _
from digitpad.ink.drawing import Stroke
from digitpad.ui.shell.session import Session

if TYPE_CHECKING:
    from digitpad.handwriting.jitter import HandwritingJitter


def draw_sample(session: Session, digit: int) -> None:
    """Draw this digit in synthetic handwriting in place of what is on the pad, another one each
    time, with its label, as one step.

    A network that reads no digits gets a test image of the class of that number instead; what
    keeps it from getting one is said.
    """
    if str(digit) not in session.data_set.classes:
        session.show_example(digit)
        return
    session.pad.show_marks(list(written(digit, _chance())))
    session.name_drawing(DIGITS[digit], _("synthetic handwriting"))
    session.succeeded.emit()


def written(digit: int, rng: np.random.Generator) -> list[Stroke]:
    """A digit 0-9 as somebody writes it: strokes in pad units."""
    from digitpad.handwriting.pen_styles import shipped_styles
    from digitpad.handwriting.skeleton import Skeleton
    from digitpad.handwriting.tablets import pen_strokes

    styles, jitter = shipped_styles(), _neat()
    style = styles.styles[styles.choose(rng, digit)]
    # This style alone: making all of them ready would be felt.
    return pen_strokes(rng, Skeleton(style).jittered(rng, jitter), jitter, style.pen)


@lru_cache(maxsize=1)
def _chance() -> np.random.Generator:
    return np.random.default_rng()


@lru_cache(maxsize=1)
def _neat() -> HandwritingJitter:
    """Handwriting that shows what the digit looks like: everybody's own, and none of what only
    makes a training hard."""
    from digitpad.handwriting.jitter import HandwritingJitter

    return HandwritingJitter(
        scale=(0.4, 1.2),
        size=(0.5, 0.75),
        turned_share=0.0,
        sparse_share=0.0,
        skip_share=0.0,
        dot_share=0.0,
        extreme_pen_share=0.0,
        hairline_share=0.0,
        cut_share=0.0,
    )
