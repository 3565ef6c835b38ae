"""The legend of a layer's colours: the ends of its range, and what lies between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.ui.network.activation_picture import colour_indices, largest_in
from digitpad.ui.style.panel import MINUS, Panel
from digitpad.ui.style.square_drawing import draw_squares

_WIDTH, _LEAST_WIDTH, _SWATCH = 44, 15, 8
_LONG_NUMBER = 100_000
_STEPS = 15
_LEAST_END = 1e-6


@dataclass(frozen=True)
class Scale:
    """The range that a layer's colours span: from -end to end, or from start, where nothing lies
    below it; end is 0 where the range is not known yet."""

    end: float
    from_zero: bool = False
    start: float = 0.0

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends in words."""
        if self.start:
            return _in_words(self.start), _in_words(self.end)
        number = _in_words(self.end)
        return ("0" if self.from_zero else f"{MINUS}{number}"), f"+{number}"

    def indices(
        self, activation: npt.NDArray[np.float32], is_finite: bool | None = None
    ) -> npt.NDArray[np.uint8]:
        """The colour index of each activation, as colour_indices() gives them."""
        if not self.start:
            return colour_indices(activation, self.end, is_finite)
        with np.errstate(over="ignore"):
            above = activation - np.float32(self.start)
        # Apart by more than a number of their kind holds, they are as far as one does.
        apart = min(max(self.end - self.start, _LEAST_END), float(np.finfo(np.float32).max))
        return colour_indices(above, apart, is_finite)


def _in_words(number: float) -> str:
    if number >= _LONG_NUMBER:
        return f"{number:.1e}"
    return f"{number:.0f}" if number == round(number) or number >= 1_000 else f"{number:.1f}"


def resting_scale(layer: LayerInfo) -> Scale:
    """The range of a layer's activation function; not known where it has no end."""
    low, high = layer.low, layer.high
    end = 0.0 if low is None or high is None else max(abs(low), abs(high))
    return Scale(end, from_zero=low == 0)


def scale_of(layer: LayerInfo, activation: npt.NDArray[np.float32]) -> Scale:
    """The range of a layer's activation function, or, where that has no end, of the activations,
    NaN and infinity left out.

    Distances are all far from zero and about alike: their colours begin at the nearest.
    """
    if layer.low is not None and layer.high is not None:
        return resting_scale(layer)
    start = 0.0
    if layer.layer_kind is LayerKind.DISTANCES:
        finite = activation[np.isfinite(activation)]
        start = float(finite.min()) if finite.size else 0.0
    return Scale(max(largest_in(activation), _LEAST_END), layer.low == 0, start)


def legend_image(colours: list[int], from_zero: bool) -> QImage:
    """The colours from the lowest to the highest as a picture one pixel high."""
    all_shown = colours[len(colours) // 2 :] if from_zero else colours
    # Few enough for the least legend, so that it shows both ends.
    last = len(all_shown) - 1
    shown = [all_shown[round(step * last / (_STEPS - 1))] for step in range(_STEPS)]
    image = QImage(len(shown), 1, QImage.Format.Format_Indexed8)
    image.setColorTable(shown)
    for index in range(image.width()):
        image.setPixel(index, 0, index)
    return image


def _undefined_room(panel: Panel, metrics: QFontMetricsF, undefined: int) -> float:
    """How wide the swatch and the number of undefined activations are, with the gap behind."""
    if not undefined:
        return 0.0
    return metrics.horizontalAdvance(f"{undefined:,}") + (_SWATCH + 3 + 10) * panel.unit


def legend_room(panel: Panel, scale: Scale, undefined: int = 0) -> float:
    """How wide the least legend is, with the gap before it; undefined: how many activations are
    NaN or infinite. 0 where there is none."""
    if not scale.end:
        return 0.0
    metrics = QFontMetricsF(panel.sized_font(10.5))
    numbers = sum(metrics.horizontalAdvance(end) for end in scale.ends)
    least = numbers + (8 + 10 + _LEAST_WIDTH) * panel.unit + 2
    return least + _undefined_room(panel, metrics, undefined)


def paint_legend(
    painter: QPainter,
    panel: Panel,
    scale: Scale,
    image: QImage,
    least_left: float,
    right: float,
    undefined: int = 0,
) -> None:
    """−end ▆▆▆ +end on the title line, ending at ``right`` or as soon after as ``least_left``
    allows; nothing where the panel has no room. Before it, where activations are NaN or infinite,
    their colour and how many these are."""
    if not scale.end:
        return
    unit = panel.unit
    painter.setFont(panel.sized_font(10.5))
    metrics = painter.fontMetrics()
    low, high = scale.ends
    before = _undefined_room(panel, QFontMetricsF(painter.font()), undefined)
    least_left += before
    widths = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
    numbers = sum(widths) + 8 * unit
    bar = min(_WIDTH * unit, panel.width() - least_left - numbers)
    if bar < _LEAST_WIDTH * unit:
        return
    left = max(right - bar - numbers, least_left)
    painter.setPen(QColor(panel.theme.quiet))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    if undefined:
        side = _SWATCH * unit
        swatch = QRectF(left - before, (panel.title_height - side) / 2, side, side)
        painter.fillRect(swatch, QColor(panel.theme.undefined))
        count = QRectF(swatch.right() + 3 * unit, 0, before, panel.title_height)
        painter.drawText(count, flags, f"{undefined:,}")
    painter.drawText(QRectF(left, 0, widths[0] + 2, panel.title_height), flags, low)
    left += widths[0] + 4 * unit
    draw_squares(painter, QRectF(left, panel.title_height / 2 - 4 * unit, bar, 8 * unit), image)
    painter.drawText(
        QRectF(left + bar + 4 * unit, 0, widths[1] + 2, panel.title_height), flags, high
    )
