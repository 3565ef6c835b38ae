"""What the first layer does, in the gap between the input and the layers."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from digitpad.ui.network.network_layout import Operation
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.network.operation_marks import OperationMarks
from digitpad.ui.network.words import operation_in_words

_LONGEST = 150


class EntryMark(OperationMarks):
    """Beside a network's layers; gone while one of them is shown alone, or there is no gap."""

    def __init__(self, view: NetworkView, parent: QWidget | None = None) -> None:
        """view: the layers that it follows; parent: in which they lie."""
        super().__init__(parent)
        self._view, self._gap = view, 0
        self.hide()
        view.arranged.connect(self._follow)

    def lie_beside(self, gap: int, unit: float) -> None:
        """Take so many pixels left of the layers; none where there is no room, and it hides."""
        self._gap = gap
        self.set_unit(unit)
        self._follow()

    def _follow(self) -> None:
        view = self._view
        panels = list(view.panels.values())
        is_shown = bool(self._gap and panels and view.enlarged is None) and not view.isHidden()
        self.setVisible(is_shown)
        if not is_shown:
            return
        first = panels[0]
        top = round(view.title_height)
        # Nothing else lies in the gap, so that its words need not end with a low layer.
        height = max(first.height() - top, round(_LONGEST * self.unit))
        height = min(height, view.height() - first.y() - top)
        self.setGeometry(view.x() - self._gap, view.y() + first.y() + top, self._gap, height)
        box = QRectF(self.rect())
        operation = Operation(first.layer.name, (0.0, 0.0, box.width(), box.height()), True)
        words = {first.layer.name: operation_in_words(first.layer)}
        self.show_operations((operation,), words, QRectF())
