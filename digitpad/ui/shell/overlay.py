"""What an explanation lays over the pad and the input."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from digitpad.ui.pad.tint import FieldTint, Place, Tint


class Overlay(QObject):
    """The colours of the ink, and a box on the pad, while something is explained.

    Attributes:
        on_pad: the colours of what is on the pad, or None.
        on_input: of the digit's pixels, or None.
        box: a box on the pad, such as the one that the field of 28 x 28 lies in; None frames none.

    Signals:
        changed: one of them is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Nothing lies over anything."""
        super().__init__(parent)
        self.on_pad: Tint | None = None
        self.on_input: FieldTint | None = None
        self.box: Place | None = None

    def show(
        self,
        on_pad: Tint | None = None,
        on_input: FieldTint | None = None,
        box: Place | None = None,
    ) -> None:
        """Lay these over pad and input, and nothing else."""
        if (on_pad, on_input, box) != (self.on_pad, self.on_input, self.box):
            self.on_pad, self.on_input, self.box = on_pad, on_input, box
            self.changed.emit()

    def clear(self) -> None:
        """Take everything away."""
        self.show()
