"""The layers of a network side by side, laid out like the figure of LeNet-5."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import ceil, floor
from types import MappingProxyType

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import N_, _
from digitpad.core.results import LayerInfo, Unit
from digitpad.explain.field_box import FieldBox
from digitpad.ui.network.connections import ConnectionLines, ConnectionTable
from digitpad.ui.network.feature_maps import FeatureMaps
from digitpad.ui.network.network_layout import TABLE, Layout, lay_out
from digitpad.ui.network.operation_marks import OperationMarks
from digitpad.ui.network.room import Room
from digitpad.ui.network.square_grid import Square, square_of, unit_of
from digitpad.ui.network.vector_layout import unit_rows
from digitpad.ui.network.walking import same_place
from digitpad.ui.network.words import operation_in_words
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme

_HINT_WIDTH, _HINT_HEIGHT = 100, 84
_LINE_WIDTH, _LINE_HEIGHT = 200, 15
_GROWTH = 4
_ENLARGED_HINT = N_("Esc or a double click: all layers")


class NetworkView(Panel):
    """A panel for each layer, from left to right in the order of the computation. A click on a
    square pins its unit; a double click shows the layer alone, large.

    Attributes:
        enlarged: the name of the layer that is shown alone, or None.
        enlarged_hint: what its title says of the way back; "" for what is usual.
        marks: what each layer does, between the layers.

    Signals:
        unit_pointed_at (object): the Unit under the pointer, or None.
        unit_pinned (object, bool): the Unit that shall be kept in view, and whether at once.
        kernels_wanted (object): the LayerInfo of a layer whose kernels are asked for.
        picture_wanted (str): a picture of the layer of this name shall be saved.
        size_changed (): another layer is enlarged, or none any more.
        arranged (): the layers lie elsewhere, or are others.
        walked_out (int): a key goes beyond the first layer, or the last: -1 or 1.
    """

    unit_pointed_at = Signal(object)
    unit_pinned = Signal(object, bool)
    kernels_wanted = Signal(object)
    picture_wanted = Signal(str)
    size_changed = Signal()
    arranged = Signal()
    walked_out = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No layers yet."""
        super().__init__(parent)
        self._layers: tuple[LayerInfo, ...] = ()
        self._panels: dict[str, FeatureMaps] = {}
        self._tables: dict[str, ConnectionTable] = {}
        self._classes: tuple[str, ...] = ()
        self._groups: tuple[tuple[str, ...], ...] = ()
        self._says_squares = False
        self.marks = OperationMarks(self)
        self._lines = ConnectionLines(self)
        self.enlarged: str | None = None
        self.enlarged_hint = ""

    def panel(self, layer: str) -> FeatureMaps:
        """The panel of a layer; KeyError where the network has none of that name."""
        return self._panels[layer]

    def table(self, layer: str) -> ConnectionTable:
        """The table of a layer's connections; KeyError where it sees all maps before it."""
        return self._tables[layer]

    @property
    def panels(self) -> dict[str, FeatureMaps]:
        """All panels, by the names of their layers."""
        return dict(self._panels)

    def show_layers(self, layers: tuple[LayerInfo, ...], classes: tuple[str, ...] = ()) -> None:
        """Lay out a network's layers, at rest; classes: what the last one's units are called."""
        if (layers, classes) == (self._layers, self._classes):
            return
        self._layers, self._classes = layers, classes
        self.enlarged = None
        for old in (*self._panels.values(), *self._tables.values()):
            old.setParent(None)
            old.deleteLater()
        self._panels, self._tables = {}, {}
        self._groups = ()
        self._lines.join((), self.theme.accent)
        before: LayerInfo | None = None
        for layer in layers:
            rows = unit_rows(layer, layers[-1])
            names = classes if layer is layers[-1] and len(layer.shape) == 1 else ()
            panel = self._panels[layer.name] = FeatureMaps(
                layer, parent=self, unit_rows=rows, names=names
            )
            panel.kernels_wanted.connect(partial(self._ask_for_kernels, layer))
            panel.picture_wanted.connect(partial(self.picture_wanted.emit, layer.name))
            panel.scrolled.connect(partial(self._scroll_group, layer.name))
            panel.unit_hovered.connect(partial(self._point, panel))
            panel.unit_pinned.connect(partial(self._pin, panel))
            panel.layer_wanted.connect(partial(self._change_layer, layer.name))
            panel.size_toggled.connect(partial(self.toggle_size, layer.name))
            if layer.connections and before is not None and len(before.shape) == 3:
                table = self._tables[layer.name] = ConnectionTable(layer, before, self)
                table.map_hovered.connect(partial(self._show_links, layer))
            before = layer
        for shown in (*self._panels.values(), *self._tables.values()):
            shown.set_theme(self.theme)
            shown.set_unit(self.unit)
            shown.show()
        self._arrange()

    def show_activations(self, activations: dict[str, np.ndarray] | None) -> None:
        """Show each layer's output; None puts all to rest."""
        for name, panel in self._panels.items():
            activation = None if activations is None else activations.get(name)
            fits = activation is not None and activation.shape == panel.layer.shape
            panel.show_activation(activation if fits else None)

    def toggle_size(self, layer: str) -> None:
        """Show a layer alone, as large as there is room for, or all of them again."""
        self.enlarged = None if self.enlarged == layer else layer
        self._panels[layer].point_nowhere()
        self._arrange()
        self.size_changed.emit()

    def show_selection(
        self, pinned: Unit | None, fields: Mapping[str, FieldBox] = MappingProxyType({})
    ) -> None:
        """Mark the pinned unit, and frame what the unit that is shown sees of each layer, by their
        names; None and nothing for a unit of another network."""
        for name, panel in self._panels.items():
            is_here = pinned is not None and pinned.layer.name == name
            panel.show_pinned(square_of(pinned, panel.squares) if pinned and is_here else None)
            panel.show_field(fields.get(name))

    def _change_layer(self, layer: str, steps: int) -> None:
        """Take the keyboard, and the unit that it is at, so many layers further."""
        names = list(self._panels)
        place = names.index(layer) + steps
        if not 0 <= place < len(names):
            self.walked_out.emit(steps)
            return
        before, after = self._panels[layer], self._panels[names[place]]
        if self.enlarged is not None:
            self.toggle_size(names[place])
        at = before.cursor_unit
        if at is None:
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            after.point_from(same_place(at[0], before.squares, after.squares), at[1])

    def _ask_for_kernels(self, layer: LayerInfo) -> None:
        self.kernels_wanted.emit(layer)

    def say_squares(self, is_said: bool) -> None:
        """Say where there is room that squares can be pointed at and clicked, or no more."""
        if is_said != self._says_squares:
            self._says_squares = is_said
            if is_said:
                self._arrange()
            else:
                self.marks.drop_hint()

    def _pin(self, panel: FeatureMaps, square: Square, at_once: bool) -> None:
        self.unit_pinned.emit(unit_of(panel.layer, square, panel.squares), at_once)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        for panel in (self.marks, *self._panels.values(), *self._tables.values()):
            panel.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        for panel in (self.marks, *self._panels.values(), *self._tables.values()):
            panel.set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the layers out for the new size."""
        self._arrange()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Lay the layers out for the size that is seen."""
        self._arrange()
        super().showEvent(event)

    def _arrange(self) -> None:
        """Put each panel into its place, and tell."""
        self._place()
        self.arranged.emit()

    def _place(self) -> None:
        """Put each panel into its place, or the enlarged one over all."""
        self._lines.setGeometry(self.rect())
        self.marks.setGeometry(self.rect())
        self.marks.setVisible(self.enlarged is None)
        # Nothing is laid out for a size that nobody sees.
        if not self._panels or not self.isVisible() or not self.width() or not self.height():
            return
        hint = self.enlarged_hint or _(_ENLARGED_HINT)
        for name, panel in self._panels.items():
            panel.setVisible(self.enlarged in (None, name))
            panel.hint = hint if name == self.enlarged else ""
        if self.enlarged is not None:
            self._panels[self.enlarged].set_packing(None, _GROWTH)
            self._panels[self.enlarged].setGeometry(self.rect())
            for table in self._tables.values():
                table.hide()
            return
        room = Room(
            self.width(), self.height(), self.unit, self.devicePixelRatioF(), self.title_height
        )
        layers = tuple(panel.layer for panel in self._panels.values())
        layout = lay_out(layers, room)
        self._groups = layout.groups
        shown: dict[str, FeatureMaps | ConnectionTable] = dict(self._panels)
        shown |= {TABLE + name: table for name, table in self._tables.items()}
        for name, table in self._tables.items():
            table.setVisible(TABLE + name in layout.boxes)
        for name, panel in self._panels.items():
            panel.set_packing(layout.packings.get(name))
        for name, (left, top, width, height) in layout.boxes.items():
            if name in shown:
                shown[name].setGeometry(
                    QRect(floor(left), floor(top), max(1, ceil(width)), max(1, ceil(height)))
                )
        words = {layer.name: operation_in_words(layer) for layer in layers}
        self.marks.show_operations(layout.operations, words, self._hint_box(layout))

    def _hint_box(self, layout: Layout) -> QRectF:
        """Where it is said that squares can be pointed at, if it is: under the last layer, where
        there is room, or else in a line over it."""
        boxes = [box for name, box in layout.boxes.items() if not name.startswith(TABLE)]
        if not self._says_squares or not boxes:
            return QRectF()
        left, top, width, height = boxes[-1]
        below = QRectF(left, top + height, width, self.height() - top - height)
        below.adjust(0, 16 * self.unit, 0, 0)
        is_free = not any(QRectF(*box).intersects(below) for box in boxes)
        has_room = below.height() >= _HINT_HEIGHT * self.unit and width >= _HINT_WIDTH * self.unit
        if is_free and has_room:
            return below
        room, high = _LINE_WIDTH * self.unit, _LINE_HEIGHT * self.unit
        line = QRectF(self.width() - room, top - high - 2 * self.unit, room, high)
        others = [*layout.boxes.values(), *(each.box for each in layout.operations)]
        is_free = line.top() >= 0 and not any(QRectF(*box).intersects(line) for box in others)
        return line if is_free else QRectF()

    def _scroll_group(self, layer: str, row: int) -> None:
        """Layers that stand side by side, row by row, scroll together."""
        for group in self._groups:
            if layer in group and self.enlarged is None:
                for name in group:
                    self._panels[name].scroll_to(row)

    # What belongs together.

    def _point(self, panel: FeatureMaps, square: Square | None) -> None:
        """Say which unit of a layer is pointed at, and join its map with those that belong to it;
        None for no unit."""
        unit = None if square is None else unit_of(panel.layer, square, panel.squares)
        self.unit_pointed_at.emit(unit)
        self._show_links(panel.layer, None if square is None else square[0])

    def _show_links(self, layer: LayerInfo, index: int | None) -> None:
        """Join a map with the maps that it sees, or that see it, where a table says which."""
        links = [] if index is None else self._links(layer, index)
        ends: dict[str, set[int]] = {name: set() for name in self._panels}
        lines = []
        for before, seen, after, seeing in links:
            ends[before].add(seen)
            ends[after].add(seeing)
            boxes = self._map_box(before, seen), self._map_box(after, seeing)
            if boxes[0] is not None and boxes[1] is not None:
                lines.append(boxes)
        for name, panel in self._panels.items():
            panel.link(ends[name])
        for name, table in self._tables.items():
            table.mark(ends[name])
        self._lines.join(() if self.enlarged else lines, self.theme.accent)  # type: ignore[arg-type]

    def _links(self, layer: LayerInfo, index: int) -> list[tuple[str, int, str, int]]:
        """(layer before, its map, layer, its map) for each connection of a map in a table."""
        links = []
        for name, table in self._tables.items():
            for seeing, seen in enumerate(table.layer.connections):
                if layer.name == name and seeing == index:
                    links += [(table.before.name, each, name, seeing) for each in seen]
                elif layer.name == table.before.name and index in seen:
                    links.append((layer.name, index, name, seeing))
        return links

    def _map_box(self, name: str, index: int) -> QRectF | None:
        """Where a map lies in this widget, if it is seen."""
        panel = self._panels[name]
        if index not in panel.shown:
            return None
        return panel.map_box(index).translated(panel.mapTo(self, QPoint(0, 0)))
