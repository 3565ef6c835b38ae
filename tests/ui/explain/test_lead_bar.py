from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from digitpad.ui.explain.lead_bar import LeadPart, name_places, paint_lead_bar
from digitpad.ui.style.panel import Panel

PLACES = st.lists(st.tuples(st.floats(0, 300), st.floats(5, 150)), min_size=1, max_size=4).map(
    lambda pairs: sorted(pairs)
)


@given(PLACES)
def test_names_never_lie_over_each_other_nor_beyond_the_ends(pairs):
    wanted, widths = [at for at, _ in pairs], [width for _, width in pairs]
    places = name_places(wanted, widths, 0.0, 300.0, 10.0)
    if places is None:
        assert sum(widths) + 10 * (len(widths) - 1) > 300 - max(300 - one for one in wanted)
        return
    assert places[0] >= -1 and places[-1] + widths[-1] <= 300 + 1e-6
    for (left, width), (right, _) in itertools.pairwise(zip(places, widths, strict=True)):
        assert left + width + 10 <= right + 1e-6


def test_parts_are_as_long_as_they_are_large(qtbot):
    panel = Panel()
    qtbot.addWidget(panel)
    parts = [
        LeadPart(30, "+30", ("for",), "#ff0000"),
        LeadPart(-10, "-10", ("against",), "#0000ff", is_hatched=True),
        LeadPart(0, "0", ("paper",), "#00ff00"),
    ]
    image = QImage(405, 40, QImage.Format.Format_RGB32)
    image.fill("white")
    painter = QPainter(image)
    paint_lead_bar(painter, panel, QRectF(0, 0, 405, 40), parts)
    painter.end()
    colours = [QColor(image.pixel(x, 2)).getRgb()[:3] for x in range(405)]
    assert abs(colours.count((255, 0, 0)) - 300) <= 4
    # The other part is told by more than its colour: it is hatched.
    second = [QColor(image.pixel(x, y)).getRgb()[:3] for x in range(310, 404) for y in range(18)]
    assert (0, 0, 255) in second and any(min(one) > 200 for one in second)
    assert (0, 255, 0) not in colours
