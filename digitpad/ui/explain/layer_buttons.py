"""A button for each of several layers, along the foot of a panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from digitpad.core.results import LayerInfo
from digitpad.nets.spec.layer_words import layer_name
from digitpad.ui.explain.button_row import arrange_buttons
from digitpad.ui.style.panel import Panel


class LayerButtons:
    """One of the layers is chosen.

    Attributes:
        by_name: the buttons, by their layers' names.
    """

    def __init__(self, panel: Panel, choose: Callable[[LayerInfo], object]) -> None:
        """panel: at whose foot they stand. choose: what a click on one does."""
        self._panel, self._choose = panel, choose
        self.by_name: dict[str, QToolButton] = {}

    def show(self, layers: Sequence[LayerInfo], chosen: LayerInfo | None) -> None:
        """Offer these layers, of which one is chosen, or none."""
        names = [layer.name for layer in layers]
        if list(self.by_name) != names:
            for button in self.by_name.values():
                button.deleteLater()
            self.by_name = {layer.name: self._button(layer) for layer in layers}
            self.arrange()
        for name, button in self.by_name.items():
            button.setChecked(chosen is not None and name == chosen.name)

    def _button(self, layer: LayerInfo) -> QToolButton:
        button = QToolButton(self._panel)
        button.setText(layer_name(layer.name))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._choose(layer))
        button.show()
        return button

    def arrange(self) -> None:
        """Put them into their places, in letters as large as fit."""
        arrange_buttons(self._panel, list(self.by_name.values()), self._panel.width())
