"""The buttons beneath the pad, and the width of the pen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.pad.pad_model import PEN_WIDTH_RANGE, PadModel
from digitpad.ui.shell.action_row import Buttons
from digitpad.ui.shell.actions import ACTIONS, rows_of
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.fonts import sized_font
from digitpad.ui.style.icons import icon
from digitpad.ui.style.mnemonics import plain
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.screen import text_scale
from digitpad.ui.style.theme import Theme

_PIXELS, _GAP, _FEWEST = 10.5, 6, 3
_LEAST_SHARE = 0.7
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
        for row in (*rows_of(Buttons.UPPER), *rows_of(Buttons.LOWER)):
            self._action_button(row.id)
        self._slider_box = self._width_box()
        self._columns = self._slider_columns = 0
        self._lie_in(len(rows_of(Buttons.UPPER)))

    def _lie_in(self, columns: int) -> None:
        """Put the buttons into so many columns, and the slider where they leave room."""
        if columns == self._columns:
            return
        layout, buttons = self._layout, list(self._buttons.values())
        for widget in (*buttons, self._slider_box):
            layout.removeWidget(widget)
        for column in range(max(columns, self._columns)):
            layout.setColumnStretch(column, int(column < columns))
        self._columns = columns
        if columns == len(rows_of(Buttons.UPPER)):
            # The slider comes first beneath the pen.
            first = columns - len(rows_of(Buttons.LOWER))
            places = [*range(columns), *range(columns + first, 2 * columns)]
            row, column, room = 1, 0, first
        else:
            places = list(range(len(buttons)))
            row, column = divmod(len(buttons), columns)
            room = columns - column
        for button, place in zip(buttons, places, strict=True):
            layout.addWidget(button, *divmod(place, columns))
        layout.addWidget(self._slider_box, row, column, 1, room)
        self._slider_columns = room

    def rows_in(self, width: float, unit: float) -> int:
        """In how many rows the buttons lie in so wide a column, where the words are as large as
        the unit asks for; takes the columns for that. At most a third of the words has room."""
        font = sized_font(self.font(), _PIXELS, unit, bold=True)
        widest = max(
            QFontMetrics(font).horizontalAdvance(button.text()) for button in self._buttons.values()
        )
        gap = round(_GAP * unit)
        most = len(rows_of(Buttons.UPPER))
        fits = (n for n in range(most, _FEWEST, -1) if n * (widest + _SIDES + gap) - gap <= width)
        self._lie_in(next(fits, _FEWEST))
        return -(-(len(self._buttons) + 1) // self._columns)

    def lie_as_usual(self) -> None:
        """In the columns for texts of the usual size."""
        self._lie_in(len(rows_of(Buttons.UPPER)))

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
        self._said = self._pad.is_erasing, self._pad.pen_width
        self._pad.tool_changed.connect(self._say_tool)
        self._width_label = QLabel(_("Pen width"))
        self._width_label.setObjectName("quiet")
        self._width_label.setBuddy(self.width_slider)
        self._width_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # It never widens its column.
        self._width_label.setMinimumWidth(1)
        self._width_label.setWordWrap(True)
        box = QWidget()
        layout = QGridLayout(box)
        layout.setContentsMargins(4, 0, 4, 0)
        layout.setSpacing(2)
        layout.addWidget(self.width_slider, 0, 0)
        layout.addWidget(self._width_label, 1, 0)
        return box

    def _show_pen_width(self) -> None:
        self.width_slider.setValue(round(self._pad.pen_width))

    def _say_tool(self) -> None:
        """What a key changed is not seen by everyone; of its slider a reader tells by itself."""
        before, self._said = self._said, (self._pad.is_erasing, self._pad.pen_width)
        if self._said[0] != before[0]:
            taken = self._actions["eraser" if self._pad.is_erasing else "pen"]
            announce(self, plain(taken.text()))
        elif self._said[1] != before[1] and not self.width_slider.hasFocus():
            announce(self, _("Pen width {n}").format(n=round(self._pad.pen_width)))

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
        self._layout.setSpacing(round(_GAP * unit))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons' words keep their room."""
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """All words in one size, in which the longest fits: larger ones would be cut."""
        count = self._columns
        room = (self.width() - (count - 1) * self._layout.spacing()) / count - _SIDES
        words = [button.text() for button in self._buttons.values()]
        fonts = [self.fitting_font(one, room, _PIXELS, bold=True) for one in words]
        font = min(fonts, key=QFont.pixelSize)
        font.setBold(False)
        # Letters that are wanted large are not made small again; the tool tips tell the words.
        is_small = text_scale() > 1 and font.pixelSize() < _LEAST_SHARE * _PIXELS * self.unit
        is_small |= max(map(QFontMetrics(font).horizontalAdvance, words)) > room
        style = Qt.ToolButtonStyle
        for button in self._buttons.values():
            button.setFont(font)
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if is_small else style.ToolButtonTextUnderIcon
            )
        longest = max(self._width_label.text().split(), key=len)
        across = self._slider_columns * room
        self._width_label.setFont(self.fitting_font(longest, across, _PIXELS))
