"""Tables and figures in Markdown."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence

from digitpad.accuracy.evaluation import wilson_interval

NOTHING = "–"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], texts: Container[int] = (0,)) -> str:
    """A Markdown table; columns at the places of texts are text, the others figures, to the
    right."""
    marks = [":--" if place in texts else "--:" for place in range(len(head))]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, marks, *rows))


def folded(cells: Sequence[Sequence[str]], columns: int) -> list[list[str]]:
    """Rows of a long table as rows of so many tables side by side, read column by column."""
    height = -(-len(cells) // columns)
    blank = [""] * (len(cells[0]) if cells else 0)
    filled = [*cells, *[blank] * (columns * height - len(cells))]
    return [
        [text for column in range(columns) for text in filled[column * height + row]]
        for row in range(height)
    ]


def percent(share: float, places: int = 2) -> str:
    """98.04 for a share of 0.9804; a dash for nan."""
    return NOTHING if math.isnan(share) else f"{100 * share:.{places}f}"


def whole(share: float) -> str:
    """12 % for a share of 0.12."""
    return f"{100 * share:.0f} %"


def interval(share: float, n: int) -> str:
    """The 95 % interval of a share of n, in percent."""
    if n == 0 or math.isnan(share):
        return NOTHING
    low, high = wilson_interval(share, n)
    return f"{percent(low)} to {percent(high)}"


def plain(text: str, length: int = 80) -> str:
    """Text from a file as it may stand in a table: one line, no markup, cut where it is too
    long."""
    text = "".join(
        c if c.isalnum() or c in " .,:;+-/()%'=" else "\\_" if c == "_" else " "
        for c in text[:length]
    )
    return " ".join(text.split()) or NOTHING
