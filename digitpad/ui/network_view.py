"""The layers of a network side by side, laid out like the figure of LeNet-5."""

from __future__ import annotations

from itertools import product
from math import ceil

import numpy as np
from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.recognition import LayerFacts
from digitpad.ui.feature_maps import FeatureMaps
from digitpad.ui.panel import Panel
from digitpad.ui.theme import Theme

_COLUMN_GAP = 22
_ROW_GAP = 10
_LARGEST_CELL = 60
_CONVOLUTION_SHARE = 0.62


class NetworkView(Panel):
    """One column for each convolution with maps: the convolution large, what it is sampled down to beneath, and the
    layers of units spread over the columns' feet.

    Signals:
        field_pointed_at (object): what the unit under the pointer sees of the input (left, top, right, bottom in its
        pixels), or None.
    """

    field_pointed_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers: tuple[LayerFacts, ...] = ()
        self._panels: dict[str, FeatureMaps] = {}
        self._columns: list[list[FeatureMaps]] = []

    def panel(self, layer: str) -> FeatureMaps:
        """The panel of a layer; KeyError where the network has none of that name."""
        return self._panels[layer]

    def show_layers(self, layers: tuple[LayerFacts, ...]) -> None:
        """Lay out a network's layers, at rest; its last layer is left out, since the bars show it."""
        if layers == self._layers:
            return
        self._layers = layers
        for panel in self._panels.values():
            panel.setParent(None)
            panel.deleteLater()
        self._panels = {}
        self._columns = []
        vectors = []
        sampled: FeatureMaps | None = None
        for layer in layers[:-1]:
            maps_in_row = None
            if len(layer.shape) == 3:
                is_new_column = sampled is None or layer.shape[0] != sampled.layer.shape[0]
                count = layer.shape[0]
                if is_new_column:
                    maps_in_row = 2 if count <= 6 else 4 if count <= 16 else 8
                else:
                    maps_in_row = 3 if count <= 6 else -(-count // 2)
            panel = FeatureMaps(layer, maps_in_row, self)
            panel.set_theme(self.theme)
            panel.set_unit(self.unit)
            panel.unit_hovered.connect(lambda unit, layer=layer: self._point(layer, unit))
            self._panels[layer.name] = panel
            if len(layer.shape) == 1:
                vectors.append(panel)
            elif is_new_column:
                self._columns.append([panel])
                sampled = panel
            else:
                self._columns[-1].append(panel)
            panel.show()
        if vectors and not self._columns:
            self._columns.append([])
        for index, panel in enumerate(vectors):
            self._columns[index % len(self._columns)].append(panel)
        self._arrange()

    def show_activations(self, activations: dict[str, np.ndarray] | None) -> None:
        """Show each layer's output; None puts all to rest."""
        for name, panel in self._panels.items():
            activation = None if activations is None else activations.get(name)
            fits = activation is not None and activation.shape == panel.layer.shape
            panel.show_activation(activation if fits else None)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for panel in self._panels.values():
            panel.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        super().set_unit(unit)
        for panel in self._panels.values():
            panel.set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """Lay the panels out in rows that line up across the columns, convolutions first, their squares as large as
        there is room for."""
        if not self._columns or not self.width():
            return
        gap = round(_ROW_GAP * self.unit)
        title = round(self.title_height)
        rows = max(len(column) for column in self._columns)
        room = self.height() - rows * title - (rows - 1) * gap
        widths = self._column_widths(round(room * _CONVOLUTION_SHARE))
        tops, heights = self._row_heights(widths, room)
        left = 0.0
        spare = max(0.0, self.width() - sum(widths)) / max(1, len(widths) - 1)
        for column, width in zip(self._columns, widths, strict=True):
            for row, panel in enumerate(column):
                top = tops[row] + row * (title + gap)
                panel.setGeometry(QRect(round(left), round(top), ceil(width), ceil(title + heights[row])))
            left += width + spare

    def _column_widths(self, height: int) -> list[float]:
        """The widths at which the first panels' squares, of whole device pixels, make the best use of the room."""
        room = self.width() - round(_COLUMN_GAP * self.unit) * (len(self._columns) - 1)
        firsts = [column[0] for column in self._columns]
        sizes = []
        for panel in firsts:
            fitting = [
                size
                for cell in range(1, _LARGEST_CELL)
                if (size := panel.size_at(cell))[1] <= height and size[0] <= room
            ]
            sizes.append(fitting or [panel.size_at(1)])
        best, best_merit = None, (-1.0, -1.0)
        for combination in product(*(each[-6:] for each in sizes)):
            if sum(size[0] for size in combination) <= room:
                merit = (min(size[1] for size in combination), sum(size[1] for size in combination))
                if merit > best_merit:
                    best, best_merit = combination, merit
        if best is None:
            return [room / len(firsts)] * len(firsts)
        return [size[0] for size in best]

    def _row_heights(self, widths: list[float], room: float) -> tuple[list[float], list[float]]:
        """Where each row of panels begins and how high it is, titles and gaps left out; what is left over lies
        between."""
        wishes = []
        for row in range(max(len(column) for column in self._columns)):
            panels = [
                (column[row], width) for column, width in zip(self._columns, widths, strict=True) if row < len(column)
            ]
            wishes.append(max(panel.height_for_width(width) for panel, width in panels) + 1)
        lower = sum(wishes[1:])
        if lower > room - wishes[0] and lower:
            yielded = max(0.0, room - wishes[0]) / lower
            wishes[1:] = [wish * yielded for wish in wishes[1:]]
        spare = max(0.0, room - sum(wishes)) / max(1, len(wishes) - 1)
        tops = [sum(wishes[:row]) + min(spare, 40 * self.unit) * row for row in range(len(wishes))]
        return tops, wishes

    def _point(self, layer: LayerFacts, unit: tuple[int, int, int] | None) -> None:
        self.field_pointed_at.emit(None if unit is None else layer.field(unit[1], unit[2], 28))
