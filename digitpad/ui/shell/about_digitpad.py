"""What Digitpad is, and which."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.languages import _
from digitpad.core.log import versions
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fitting_scroll import FittingDialog
from digitpad.ui.style.screen import text_scale
from digitpad.ui.style.sheet_style import sheet_style
from digitpad.ui.style.theme import Theme

_ICON = 64
_WIDTH = 330


class AboutDigitpad(FittingDialog):
    """The program's name, version and purpose, and the versions that it runs with, to copy.

    Attributes:
        versions: in a line. copy: puts them on the clipboard.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """theme: of the window."""
        super().__init__(parent)
        self.setPalette(palette(theme))
        self.setStyleSheet(sheet_style(theme))
        self.setWindowTitle(_("About Digitpad"))
        version = QCoreApplication.applicationVersion()
        self.versions = versions(version, [f"Qt {qVersion()} ({QApplication.platformName()})"])
        picture = QLabel()
        picture.setPixmap(QGuiApplication.windowIcon().pixmap(_ICON, _ICON))
        picture.setVisible(not picture.pixmap().isNull())
        name = QLabel(_("Digitpad {version}").format(version=version))
        name.setObjectName("section")
        purpose = QLabel(_("Draw a digit, and see how a neural network reads it, layer by layer."))
        runs_with = QLabel(self.versions)
        runs_with.setObjectName("quiet")
        runs_with.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        licence = QLabel(_("Free software under the MIT licence."))
        licence.setObjectName("quiet")
        words = QVBoxLayout()
        words.setSpacing(8)
        for label in (name, purpose, licence, runs_with):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setMinimumWidth(round(_WIDTH * text_scale()))
            words.addWidget(label)
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        self.copy = QPushButton(_("Copy the text"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        close = QPushButton(_("Close"))
        close.setObjectName("accept")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(top)
        layout.addLayout(foot)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.versions)
        self.copy.setText(_("Copied"))
