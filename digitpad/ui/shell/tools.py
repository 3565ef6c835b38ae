"""What can be done in the window: each action once, with its words, its keys and its button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QSizePolicy, QSlider, QToolButton, QWidget

from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ui.pad.canvas import PEN_WIDTH_RANGE
from digitpad.ui.style.icons import icon
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme, blend

_ACTIONS = {
    # name: (words, keys, tool tip)
    "pen": ("Pen", ["P"], "Draw"),
    "eraser": ("Eraser", ["E"], "Rub out; the right mouse button and a pen's eraser end do it too"),
    "undo": ("Undo", ["Ctrl+Z"], "Take the last change back"),
    "redo": ("Redo", ["Ctrl+Shift+Z", "Ctrl+Y"], "Make it again"),
    "clear": ("Clear", ["Del", "Backspace"], "Take everything off the pad"),
    "example": ("Sample", ["M"], "A test image of the network's data set, with its label"),
    "open": ("Picture", ["Ctrl+O"], "Read a picture of a digit; dropping or pasting one works too"),
    "paste": ("Paste a picture", ["Ctrl+V"], ""),
    "copy": ("Copy a picture of the window", ["Ctrl+C"], ""),
    "save": ("Save a picture of the window…", ["Ctrl+S"], ""),
    "networks": ("Choose a network…", ["N"], ""),
    "about": (
        "About this network",
        ["I"],
        "Its layers, its training, and what its tutorial gets wrong",
    ),
    "compare": ("Compare…", ["V"], "Two networks on one drawing"),
    "second": ("Compare with another…", ["Shift+V"], "Another second network"),
    "keep": (
        "Keep beside the next",
        ["K"],
        "What is on the pad stays in view, read as it is, while you draw another",
    ),
    "browse": ("Test images…", ["T"], "All test images, and what each is read as"),
    "back": (
        "Back",
        ["Esc"],
        "From a large layer, from the card about the network, from comparing",
    ),
    "weights": ("Open a network's weights…", ["Ctrl+Shift+O"], ""),
    "thinner": ("Thinner pen", ["["], ""),
    "thicker": ("Thicker pen", ["]"], ""),
    "restart": ("Start the recogniser again", ["F5"], ""),
    "keys": ("Keys and hints", ["F1"], ""),
    "quit": ("Quit", ["Ctrl+Q"], ""),
}

_PEN_STEP = 3


def make_actions(owner: QWidget) -> dict[str, QAction]:
    """All actions, by name, working in the owner's window; what they do is connected by the owner."""
    actions = {}
    for name, (words, keys, tip) in _ACTIONS.items():
        action = QAction(words, owner)
        action.setShortcuts([QKeySequence(key) for key in keys])
        first_key = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip or words} ({first_key})")
        owner.addAction(action)
        actions[name] = action
    group = QActionGroup(owner)
    for name in ("pen", "eraser"):
        actions[name].setCheckable(True)
        group.addAction(actions[name])
    actions["pen"].setChecked(True)
    actions["compare"].setCheckable(True)
    return actions


def keys_table(actions: dict[str, QAction]) -> list[tuple[str, str]]:
    """(words, keys) of every action, for the list of keys."""
    native = QKeySequence.SequenceFormat.NativeText
    return [
        (
            action.text().rstrip("…"),
            "  or  ".join(key.toString(native) for key in action.shortcuts()),
        )
        for action in actions.values()
    ]


def keys_text(actions: dict[str, QAction]) -> str:
    """All keys and what else is good to know, as the simple HTML that Qt shows."""
    rows = "".join(
        f"<tr><td style='padding-right:24px'>{words}</td><td><b>{keys}</b></td></tr>"
        for words, keys in keys_table(actions)
    )
    return (
        f"<table cellspacing='2'>{rows}</table><p>Draw with pen, mouse or finger. The right mouse button rubs out.<br>"
        "Point at a square of a feature map: what it sees is framed on the input and on the pad.<br>"
        "Click a layer, or press Tab and Enter, to see it large; the wheel shows maps that had no room.<br>"
        "Drop a picture, or a file with other weights (.safetensors, .pth), on the window.</p>"
    )


class ToolBox(Panel):
    """The buttons beneath the pad and the width of the pen."""

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._actions = actions
        layout = self._layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for column, name in enumerate(("pen", "eraser", "undo", "redo", "clear")):
            layout.addWidget(self._button(name), 0, column)
        self.width_slider = QSlider(Qt.Orientation.Horizontal)
        self.width_slider.setRange(*PEN_WIDTH_RANGE)
        self.width_slider.setValue(round(PEN_WIDTH))
        self.width_slider.setToolTip("Width of the pen ([ and ])")
        self.width_slider.setAccessibleName("Width of the pen")
        self._width_label = QLabel("Pen width")
        self._width_label.setObjectName("quiet")
        self._width_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        width_box = QWidget()
        width_layout = QGridLayout(width_box)
        width_layout.setContentsMargins(4, 0, 4, 0)
        width_layout.setSpacing(2)
        width_layout.addWidget(self.width_slider, 0, 0)
        width_layout.addWidget(self._width_label, 1, 0)
        layout.addWidget(width_box, 1, 0, 1, 2)
        for column, name in enumerate(("example", "open"), start=2):
            layout.addWidget(self._button(name), 1, column)
        layout.addWidget(self._more_button(), 1, 4)
        for column in range(5):
            layout.setColumnStretch(column, 1)
        actions["thinner"].triggered.connect(lambda: self._change_width(-_PEN_STEP))
        actions["thicker"].triggered.connect(lambda: self._change_width(_PEN_STEP))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self._actions[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[name] = button
        return button

    def _more_button(self) -> QToolButton:
        menu = QMenu(self)
        for name in ("paste", "copy", "save"):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in (
            "networks",
            "about",
            "compare",
            "second",
            "keep",
            "browse",
            "weights",
            "restart",
            "back",
        ):
            menu.addAction(self._actions[name])
        menu.addSeparator()
        for name in ("keys", "quit"):
            menu.addAction(self._actions[name])
        button = QToolButton()
        button.setText("More")
        button.setToolTip("Paste, save, networks, compare, test images, keys")
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons["more"] = button
        return button

    def _change_width(self, change: int) -> None:
        self.width_slider.setValue(self.width_slider.value() + change)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        faint = blend(theme.text, theme.ground, 0.62).name()
        for name, button in self._buttons.items():
            drawn = icon(name, theme.text, theme.accent, faint)
            if name in self._actions:
                self._actions[name].setIcon(drawn)
            button.setIcon(drawn)

    def set_unit(self, unit: float) -> None:
        super().set_unit(unit)
        side = round(20 * unit)
        for button in self._buttons.values():
            button.setIconSize(QSize(side, side))
            button.setFont(self.sized_font(10.5))
        self._width_label.setFont(self.sized_font(10.5))
        self._layout.setSpacing(round(6 * unit))
