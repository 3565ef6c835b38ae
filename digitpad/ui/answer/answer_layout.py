"""Where everything lies on the card of the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF

CAPTION = 18
"""How high the line over the bars is, in units."""
_COMPACT = 380
_LARGEST_HEAD = 250
_LEAST_HEAD, _LEAST_BARS = 58, 135


@dataclass(frozen=True)
class AnswerLayout:
    """The boxes of the card's parts.

    is_compact: what is said of the answer stands beside it, not under it. inner: all but the
    margins. head: of the answer. verbs: of the buttons beneath, empty where there is no room for
    them. bars: of the classes, under a line for what they show.
    """

    is_compact: bool
    inner: QRectF
    head: QRectF
    verbs: QRectF
    bars: QRectF


def lie_in(
    card: QRectF, unit: float, verbs_height: Callable[[int], int], keeps_verbs: bool = False
) -> AnswerLayout:
    """The layout of a card.

    unit: of texts and gaps. verbs_height: how high the buttons are in a width; 0 where there are
    none. keeps_verbs: a low card too has them, and the answer is smaller for it.
    """
    margin = 18 * unit
    inner = card.adjusted(margin, 8 * unit, -margin, -10 * unit)
    is_compact = inner.height() < _COMPACT * unit
    share = 0.32 if is_compact else 0.4
    head = QRectF(inner)
    head.setHeight(min(inner.height() * share, _LARGEST_HEAD * unit))
    height = verbs_height(round(inner.width()))
    above = ((2 if is_compact else 4) + CAPTION) * unit
    if height and is_compact and keeps_verbs:
        needed = height + 6 * unit + above + _LEAST_BARS * unit
        head.setHeight(min(head.height(), inner.height() - needed))
        if head.height() < _LEAST_HEAD * unit:
            return lie_in(card, unit, verbs_height)
    elif is_compact:
        height = 0
    verbs = QRectF(inner.x(), head.bottom() + 4 * unit, inner.width(), height)
    bars = QRectF(inner)
    bars.setTop(head.bottom() + above + (height + 6 * unit if height else 0))
    return AnswerLayout(is_compact, inner, head, verbs, bars)
