"""The card of a unit: where the number in a square comes from."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent

from digitpad.ui.explain.tool_panel import ToolPanel


class UnitCard(ToolPanel):
    """The pinned unit, or else the one that is pointed at, taken apart."""

    def begin(self) -> None:
        """Follow the selection and the answer."""
        self.session.selection.changed.connect(self.update)
        self.session.answer_changed.connect(self.update)

    def end(self) -> None:
        """Follow them no more."""
        self.session.selection.changed.disconnect(self.update)
        self.session.answer_changed.disconnect(self.update)

    def go_back(self) -> bool:
        """Let go of the pinned unit."""
        if self.session.selection.pinned is None:
            return False
        self.session.selection.unpin()
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what there is to point at."""
        self.paint_message(QPainter(self), "Point at a square of a layer, and click to keep it.")
