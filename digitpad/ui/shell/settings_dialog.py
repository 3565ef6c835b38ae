"""The dialog of what is remembered; each change is taken at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.core.paths import config_folder, shortened, state_folder, user_folder
from digitpad.ui.pad.pad_model import PEN_WIDTH_RANGE
from digitpad.ui.shell.choice_menu import language_choices, text_size_choices, theme_choices
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fitting_scroll import FittingDialog, FittingScroll
from digitpad.ui.style.menu_button import MenuButton
from digitpad.ui.style.mnemonics import plain
from digitpad.ui.style.screen import text_scale
from digitpad.ui.style.sheet_style import sheet_style
from digitpad.ui.style.theme import Theme

_DEVICES = {
    "auto": N_("The fastest that works"),
    "cpu": N_("The processor"),
    "cuda": N_("An NVIDIA graphics card"),
    "mps": N_("An Apple graphics card"),
}
_FOLDERS: tuple[tuple[str, Callable[[], Path]], ...] = (
    (N_("Settings"), config_folder),
    (N_("Drawings and networks of your own"), user_folder),
    (N_("Log, and what was drawn last"), state_folder),
)
_LONGEST_PATH = 40
_NOTE = 330


class SettingsDialog(FittingDialog):
    """Shows the settings and changes them.

    Attributes:
        theme, language, text_size, device, fingers: what is chosen, each with its value.
        pen_width: the pen's. reset: sets all back.
    """

    def __init__(self, store: SettingsStore, theme: Theme, parent: QWidget | None = None) -> None:
        """store: that is shown and changed. theme: of the window."""
        super().__init__(parent)
        self._store = store
        self.setWindowTitle(_("Settings"))
        self.theme = self._choice("theme", theme_choices())
        self.language = self._choice("language", language_choices())
        self.text_size = self._choice("text_size", text_size_choices())
        self.device = self._choice("device", [(one, _(_DEVICES[one])) for one in DEVICE_NAMES])
        self.pen_width = QSlider(Qt.Orientation.Horizontal)
        self.pen_width.setRange(*PEN_WIDTH_RANGE)
        self.pen_width.setAccessibleName(_("Width of the pen"))
        self.pen_width.valueChanged.connect(lambda width: store.change(pen_width=float(width)))
        fingers = [(False, _("Until a pen is seen")), (True, _("Always"))]
        self.fingers = self._choice("fingers_draw", fingers)
        self.reset = QPushButton(_("Set all back"))
        self.reset.setAutoDefault(False)
        self.reset.clicked.connect(store.reset)
        self._lay_out()
        self._show_values()
        self.set_theme(theme)
        store.changed.connect(self._show_values)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setPalette(palette(theme))
        self.setStyleSheet(sheet_style(theme))

    def _choice(self, name: str, choices: Sequence[tuple[object, str]]) -> MenuButton:
        button = MenuButton(choices)
        button.chosen.connect(lambda value: self._store.change(**{name: value}))
        return button

    def _show_values(self) -> None:
        values = self._store.values
        for button, value in (
            (self.theme, values.theme),
            (self.language, values.language),
            (self.text_size, values.text_size),
            (self.device, values.device),
            (self.fingers, values.fingers_draw),
        ):
            # A language that there is not any more is as the system's.
            button.show_value(value)
        self.pen_width.setValue(round(values.pen_width))

    # How it lies.

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(7)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_section(_("Window")))
        self._row(form, _("&Theme"), self.theme)
        self._row(form, _("&Language"), self.language)
        self._row(form, _("Text &size"), self.text_size)
        form.addRow(
            "",
            _note(
                _(
                    "Texts grow as far as a window has room: in the smallest to 150 %. The layers "
                    "leave them that room, and step aside for explanations and comparisons."
                )
            ),
        )
        form.addRow(_section(_("Pen")))
        self._row(form, _("&Width"), self.pen_width)
        self._row(form, _("&Fingers draw"), self.fingers)
        form.addRow(
            "",
            _note(
                _(
                    "Once a pen is seen, fingers that do not draw let the hand which holds it "
                    "leave nothing."
                )
            ),
        )
        form.addRow(_section(_("Network")))
        self._row(form, _("&Runs on"), self.device)
        form.addRow(_section(_("Folders")))
        for name, folder in _FOLDERS:
            form.addRow(_(name), _folder_row(folder, _(name)))
        close = QPushButton(_("Close"))
        close.setObjectName("accept")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.reset)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 14, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(FittingScroll(form))
        layout.addLayout(foot)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    @staticmethod
    def _row(form: QFormLayout, words: str, control: QWidget) -> None:
        label = QLabel(words)
        label.setBuddy(control)
        control.setAccessibleName(plain(words))
        form.addRow(label, control)


def _section(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("section")
    label.setContentsMargins(0, 6, 0, 0)
    return label


def _note(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("quiet")
    label.setWordWrap(True)
    label.setMinimumWidth(_NOTE)
    return label


def _folder_row(folder: Callable[[], Path], name: str) -> QWidget:
    """A folder's path, and a button that shows it in the desktop's own window."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    path = QLabel()
    path.setObjectName("quiet")
    show = QPushButton(_("Show"))
    show.setAutoDefault(False)
    show.setAccessibleName(_("Show the folder: {name}").format(name=name))
    try:
        place = folder()
    except DigitpadError as error:
        path.setText(str(error))
        show.setEnabled(False)
    else:
        text = shortened(str(place))
        longest = round(_LONGEST_PATH / text_scale())
        path.setText(f"…{text[-longest:]}" if len(text) > longest else text)
        path.setToolTip(text)
        show.clicked.connect(lambda: _show(place))
    layout.addWidget(path, 1)
    layout.addWidget(show)
    return row


def _show(folder: Path) -> None:
    """Open a folder, or the nearest above it that there is."""
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(there)))
