"""The buttons beneath the pad, and the width of the pen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.pad.pad_model import PEN_WIDTH_RANGE, PadModel
from digitpad.ui.shell.action_row import Buttons
from digitpad.ui.shell.actions import ACTIONS, rows_of
from digitpad.ui.style.icons import icon
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme

_SIDES = 10
"""What a button has beside its words, in pixels."""


class ToolBox(Panel):
    """The buttons beneath the pad and the width of the pen."""

    def __init__(
        self, actions: dict[str, QAction], pad: PadModel, parent: QWidget | None = None
    ) -> None:
        """actions: of the window, by id. pad: whose pen the slider sets."""
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._actions = actions
        self._pad = pad
        layout = self._layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        upper, lower = rows_of(Buttons.UPPER), rows_of(Buttons.LOWER)
        for column, row in enumerate(upper):
            layout.addWidget(self._action_button(row.id), 0, column)
        # The slider takes what the buttons beneath leave.
        first = len(upper) - len(lower)
        layout.addWidget(self._width_box(), 1, 0, 1, first)
        for column, row in enumerate(lower, start=first):
            layout.addWidget(self._action_button(row.id), 1, column)
        for column in range(len(upper)):
            layout.setColumnStretch(column, 1)

    def button(self, name: str) -> QToolButton:
        """The button of an action; KeyError where it has none."""
        return self._buttons[name]

    def _width_box(self) -> QWidget:
        self.width_slider = QSlider(Qt.Orientation.Horizontal)
        self.width_slider.setRange(*PEN_WIDTH_RANGE)
        self.width_slider.setToolTip(_("Width of the pen ([ and ])"))
        self.width_slider.setAccessibleName(_("Width of the pen"))
        self._show_pen_width()
        self.width_slider.valueChanged.connect(self._pad.set_pen_width)
        self._pad.tool_changed.connect(self._show_pen_width)
        self._width_label = QLabel(_("Pen width"))
        self._width_label.setObjectName("quiet")
        self._width_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box = QWidget()
        layout = QGridLayout(box)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(2)
        layout.addWidget(self.width_slider, 0, 0)
        layout.addWidget(self._width_label, 1, 0)
        return box

    def _show_pen_width(self) -> None:
        self.width_slider.setValue(round(self._pad.pen_width))

    def _action_button(self, name: str) -> QToolButton:
        button = self._buttons[name] = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        faint = theme.faint
        for row in ACTIONS:
            if row.icon:
                self._actions[row.id].setIcon(icon(row.icon, theme.text, theme.accent, faint))

    def set_unit(self, unit: float) -> None:
        """Make texts, pictures and gaps so much larger than the smallest comfortable size."""
        super().set_unit(unit)
        side = round(20 * unit)
        for button in self._buttons.values():
            button.setIconSize(QSize(side, side))
        self._fit_words()
        self._width_label.setFont(self.sized_font(10.5))
        self._layout.setSpacing(round(6 * unit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons' words keep their room."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """All words in one size, in which the longest fits: larger ones would be cut."""
        count = self._layout.columnCount()
        room = (self.width() - (count - 1) * self._layout.spacing()) / count - _SIDES
        words = [button.text() for button in self._buttons.values()]
        fonts = [self.fitting_font(one, room, 10.5, bold=True) for one in words]
        font = min(fonts, key=QFont.pixelSize)
        font.setBold(False)
        for button in self._buttons.values():
            button.setFont(font)
