"""What can be asked and said about the answer: buttons under it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.style.panel import Panel

_PIXELS, _HEIGHT, _GAP = 12.5, 30, 7
_INSIDES, _SPARE = (18, 12, 8), 44
"""What a button is wider than its words, the first that fits, and what it may be wider still."""


class Verbs(Panel):
    """A button for each verb, in one row or two.

    Attributes:
        buttons: in their order.
    """

    def __init__(self, verbs: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        """verbs: what each button is called, and the action that it does."""
        super().__init__(parent)
        self.buttons: list[QToolButton] = []
        self._wanted: list[int] = []
        for name, action in verbs.items():
            button = QToolButton(self)
            button.setText(_(name))
            button.setToolTip(action.toolTip())
            button.setCheckable(action.isCheckable())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _on=False, action=action: action.trigger())
            action.changed.connect(lambda button=button, action=action: _follow(button, action))
            _follow(button, action)
            self.buttons.append(button)
        self.setAccessibleName(_("About the answer"))

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def height_for(self, width: int) -> int:
        """How high so wide a row has to be, for all buttons with all of their words."""
        rows = len(self._rows(width))
        return max(0, rows * round(_HEIGHT * self.unit) + (rows - 1) * round(_GAP * self.unit))

    def _rows(self, width: int) -> list[list[QToolButton]]:
        """The buttons in one row where they fit, else the first in a row of its own."""
        font = self.sized_font(_PIXELS, bold=True)
        metrics, gap = QFontMetrics(font), round(_GAP * self.unit)
        if not self.buttons:
            return []
        first, others = self.buttons[:1], self.buttons[1:]
        for inside in _INSIDES:
            wanted = {
                button: metrics.horizontalAdvance(button.text()) + round(inside * self.unit)
                for button in self.buttons
            }
            self._wanted = list(wanted.values())
            if not others or sum(self._wanted) + gap * len(others) <= width:
                return [self.buttons]
            if sum(wanted[one] for one in others) + gap * (len(others) - 1) <= width:
                break
        return [first, others]

    def _arrange(self) -> None:
        gap, height, top = round(_GAP * self.unit), round(_HEIGHT * self.unit), 0
        rows = self._rows(self.width())
        wanted = dict(zip(self.buttons, self._wanted, strict=True))
        for row in rows:
            room = self.width() - gap * (len(row) - 1)
            # What is left over is shared; no button is much wider than its words.
            spare = max(0, (room - sum(wanted[one] for one in row)) // len(row))
            widths = [wanted[one] + min(spare, round(_SPARE * self.unit)) for one in row]
            shrink = min(1.0, room / max(1, sum(widths)))
            widths = [int(width * shrink) for width in widths]
            left = (self.width() - sum(widths) - gap * (len(row) - 1)) // 2
            for button, width in zip(row, widths, strict=True):
                inside = width - round(8 * self.unit)
                button.setFont(self.fitting_font(button.text(), inside, _PIXELS, bold=True))
                button.setGeometry(left, top, width, height)
                left += width + gap
            top += height + gap


def _follow(button: QToolButton, action: QAction) -> None:
    """A button is on, and can be pressed, as its action is."""
    button.setEnabled(action.isEnabled())
    button.setChecked(action.isChecked())
