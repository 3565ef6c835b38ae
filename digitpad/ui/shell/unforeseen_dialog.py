"""The dialog that says what nobody foresaw, with text to copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from digitpad.core.languages import _
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.fitting_scroll import FittingDialog
from digitpad.ui.style.screen import fitted_to_screen, text_scale
from digitpad.ui.style.sheet_style import sheet_style
from digitpad.ui.style.theme import Theme

_SIZE = (620, 400)


class UnforeseenDialog(FittingDialog):
    """What happened, and that the drawing is still there.

    Attributes:
        said: what a person is told. text: what to send. copy: puts it on the clipboard.
    """

    def __init__(
        self, report: str, folder: Path | None, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """report: versions and what happened. folder: of the log; None where there is none."""
        super().__init__(parent)
        self.set_theme(theme)
        self.setWindowTitle(_("Something unforeseen happened"))
        self.said = _(
            "This is a mistake of the program, not yours. Your drawing is still on the pad, "
            "and you can go on. To have it mended, copy the text below and send it to whoever "
            "looks after Digitpad."
        )
        said = QLabel(self.said)
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF())
        self.text.setFont(fixed)
        self.text.setAccessibleName(_("What happened"))
        self.copy = QPushButton(_("Copy the text"))
        self.copy.clicked.connect(self._copy)
        show = QPushButton(_("Show the log"))
        show.setVisible(folder is not None)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        for button in (self.copy, show):
            button.setAutoDefault(False)
        close = QPushButton(_("Go on"))
        close.setObjectName("accept")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(show)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(said)
        layout.addWidget(self.text, 1)
        layout.addLayout(foot)
        close.setFocus()
        self.resize(fitted_to_screen(self, QSize(*_SIZE) * text_scale()))

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.setPalette(palette(theme))
        self.setStyleSheet(sheet_style(theme))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText(_("Copied"))
