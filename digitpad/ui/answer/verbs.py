"""What can be asked about the answer: a row of buttons under it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.ui.style.panel import Panel


class Verbs(Panel):
    """A button for each verb, all of one width.

    Attributes:
        buttons: in their order.
    """

    def __init__(self, verbs: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        """verbs: what each button is called, and the action that it does."""
        super().__init__(parent)
        self.buttons: list[QToolButton] = []
        for name, action in verbs.items():
            button = QToolButton(self)
            button.setText(name)
            button.setToolTip(action.toolTip())
            button.setCheckable(action.isCheckable())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, action=action: action.trigger())
            action.changed.connect(lambda button=button, action=action: _follow(button, action))
            _follow(button, action)
            self.buttons.append(button)
        self.setAccessibleName("About the answer")

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        count, gap = len(self.buttons), round(8 * self.unit)
        if not count:
            return
        # One button alone is not as wide as the card.
        each = min((self.width() - gap * (count - 1)) // count, round(120 * self.unit))
        left = (self.width() - each * count - gap * (count - 1)) // 2
        for button in self.buttons:
            button.setFont(self.sized_font(12.5, bold=True))
            button.setGeometry(left, 0, each, self.height())
            left += each + gap


def _follow(button: QToolButton, action: QAction) -> None:
    """A button is on, and can be pressed, as its action is."""
    button.setEnabled(action.isEnabled())
    button.setChecked(action.isChecked())
