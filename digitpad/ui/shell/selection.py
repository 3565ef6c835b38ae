"""What is pointed at, what is pinned, and which tool explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from digitpad.core.constants import FIELD
from digitpad.core.results import LayerInfo, NetworkInfo, Unit
from digitpad.explain.field_box import FieldBox
from digitpad.explain.fields import INPUT, Box, fields_of, on_digit
from digitpad.ui.shell.states import Row

if TYPE_CHECKING:
    from digitpad.ui.shell.session import Session

_NOTHING: Mapping[str, FieldBox] = MappingProxyType({})

UNIT_TOOL = "unit"
"""The id of the tool that takes the pinned unit apart; pinning opens it."""

KERNELS_TOOL = "kernels"
"""The id of the tool that shows a layer's kernels."""


@dataclass(frozen=True)
class Selected:
    """What is pinned and which tool is open, as Selection has it, to be restored."""

    pinned: Unit | None
    pinned_row: Row
    kernels_of: tuple[LayerInfo, Row] | None
    tool: str


class Selection(QObject):
    """The unit under the pointer, the pinned unit, what either sees, and the tool that is open.

    What was pinned as a reading sees nothing of the drawing, so its row has no units. Everything
    here follows from the layers' geometry: the recogniser is not asked.

    Attributes:
        unit, row: under the pointer, and in which of two networks; None where nothing is.
        pinned, pinned_row: the same of the unit that was clicked.
        fields: what the unit that is shown sees of each layer before it, by their names, and of
            the network's input; empty where none is shown.
        field: the same of the digit, in its pixels: left, top, right, bottom; None where there is
            none, or where it sees only the paper around the digit.
        kernels_of: the layer whose kernels are asked for, and its row: the pinned unit's, or one
            that was chosen; None where there was none yet.
        tool: the id of the tool that is open, "" for none.

    Signals:
        changed: the unit that is pointed at, the pinned one, or what is seen.
        tool_changed: the tool that is open.
    """

    changed = Signal()
    tool_changed = Signal()

    def __init__(self, session: Session) -> None:
        """Nothing yet; session: whose networks the units are of."""
        super().__init__(session)
        self.unit: Unit | None = None
        self.row = Row.UPPER
        self.pinned: Unit | None = None
        self.pinned_row = Row.UPPER
        self.fields = _NOTHING
        self.field: Box | None = None
        self.kernels_of: tuple[LayerInfo, Row] | None = None
        self.tool = ""
        self._session = session
        self._opening = QTimer(self, singleShot=True)
        self._opening.timeout.connect(lambda: self.open_tool(UNIT_TOOL))
        session.comparison_changed.connect(self._drop_lower)

    def stop(self) -> None:
        """No timer runs after this."""
        self._opening.stop()

    @property
    def shown(self) -> Unit | None:
        """The unit under the pointer, or else the pinned one; where a tool is open that explains
        something else, no pinned one."""
        is_of_units = self.tool in ("", UNIT_TOOL, KERNELS_TOOL)
        return self.unit or (self.pinned if is_of_units else None)

    @property
    def shown_row(self) -> Row:
        """In which row the unit that is shown lies."""
        return self.pinned_row if self.unit is None else self.row

    @property
    def field_on_pad(self) -> Box | None:
        """The field as it lies over the pad, in its units: left, top, width and height; None where
        there is none, or the pad is empty."""
        frame = self._session.frame
        return None if self.field is None or frame is None else frame.on_ink(self.field)

    def info_of(self, row: Row) -> NetworkInfo | None:
        """The network of a row; None before it has loaded, or where there is none."""
        return self._session.second if row is Row.LOWER else self._session.info

    def point_at(self, unit: Unit | None, row: Row = Row.UPPER) -> None:
        """A unit is pointed at in a row, or none any more."""
        if row is Row.LOWER and self._session.second is None:
            return
        if (unit, row) != (self.unit, self.row):
            self.unit, self.row = unit, row
            self._tell()

    def pin(self, unit: Unit, row: Row = Row.UPPER, at_once: bool = True) -> None:
        """Keep a unit in view, and open the tool that takes it apart.

        at_once: otherwise where no tool is open yet it opens after the time in which a second click
        may follow, so that nothing moves between the two.
        """
        if row is Row.LOWER and self._session.second is None:
            return
        if (unit, row) != (self.pinned, self.pinned_row):
            self.pinned, self.pinned_row = unit, row
            self.kernels_of = unit.layer, row
            self._tell()
        if at_once or self.tool:
            self.open_tool(UNIT_TOOL)
        else:
            self._opening.start(QGuiApplication.styleHints().mouseDoubleClickInterval())

    def take_click_back(self) -> None:
        """A second click followed on the one that pinned: nothing is pinned by it, nor opened."""
        if self._opening.isActive():
            self._opening.stop()
            self.unpin()

    def show_kernels(self, layer: LayerInfo, row: Row = Row.UPPER) -> None:
        """Open the tool that shows kernels, with those of a layer."""
        if row is Row.LOWER and self._session.second is None:
            return
        self.kernels_of = layer, row
        self.open_tool(KERNELS_TOOL)
        self.changed.emit()

    def unpin(self) -> None:
        """No unit is pinned any more."""
        self._opening.stop()
        if self.pinned is not None:
            self.pinned = None
            self._tell()

    def clear(self) -> None:
        """Neither pointed at nor pinned: another network has other units."""
        self._opening.stop()
        self.kernels_of = None
        if self.unit is not None or self.pinned is not None:
            self.unit = self.pinned = None
            self._tell()

    def open_tool(self, tool: str) -> None:
        """Open a tool by its id, in place of the one that is open; "" closes it."""
        self._opening.stop()
        if tool != self.tool:
            before, self.tool = self.shown, tool
            if self.shown != before:
                self._tell()
            self.tool_changed.emit()

    def toggle_tool(self, tool: str) -> None:
        """Open a tool, or close it where it is open."""
        self.open_tool("" if tool == self.tool else tool)

    @property
    def selected(self) -> Selected:
        """What is pinned, and which tool is open."""
        return Selected(self.pinned, self.pinned_row, self.kernels_of, self.tool)

    def restore(self, selected: Selected) -> None:
        """Pin what was pinned, and open the tool that was; units and kernels of layers that are
        there no more stay forgotten."""
        pinned, kernels = selected.pinned, selected.kernels_of
        has = [layer for row in Row for layer in self._layers_of(row)]
        self.pinned = pinned if pinned is not None and pinned.layer in has else None
        self.pinned_row = selected.pinned_row
        self.kernels_of = kernels if kernels is not None and kernels[0] in has else None
        self.unit = None
        self._tell()
        self.open_tool(selected.tool)

    def _layers_of(self, row: Row) -> tuple[LayerInfo, ...]:
        info = self.info_of(row)
        if info is None:
            return self._session.layers if row is Row.UPPER else ()
        return info.layers

    def _drop_lower(self) -> None:
        if self._session.second is None and (
            Row.LOWER in (self.row, self.pinned_row) and self.shown is not None
        ):
            if self.row is Row.LOWER:
                self.unit = None
            if self.pinned_row is Row.LOWER:
                self.pinned = None
            self._tell()

    def _tell(self) -> None:
        unit = self.shown
        self.fields, self.field = _NOTHING, None
        if unit is not None:
            info = self.info_of(self.shown_row)
            layers = self._session.layers if info is None else info.layers
            side, fit = (FIELD, "same") if info is None else (info.side, info.fit)
            self.fields = fields_of(unit, layers, side)
            box = self.fields.get(INPUT)
            self.field = None if box is None else on_digit(box, side, fit)
        self.changed.emit()
