"""A button that says what choosing it means."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from digitpad.core.languages import _
from digitpad.ui.style.fonts import sized_font


class OptionButton(QPushButton):
    """A title, a figure at its right, and beneath them what it is, over as many lines as that
    takes; a click anywhere on it chooses.

    Attributes:
        value: what it stands for.
    """

    def __init__(
        self,
        value: str,
        title: str,
        about: str = "",
        figure: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """about and figure may be empty."""
        super().__init__(parent)
        self.setObjectName("option")
        self.value = value
        self.title, self.about, self.figure = QLabel(title), QLabel(about), QLabel(figure)
        self.about.setObjectName("quiet")
        self.about.setWordWrap(True)
        self.about.setVisible(bool(about))
        for label in (self.title, self.about, self.figure):
            # It may quote the names of files, which may look like markup.
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.title.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.addWidget(self.title, 0, 0)
        self._grid.addWidget(self.figure, 0, 1, Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(self.about, 1, 0, 1, 2)
        self._grid.setColumnStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_(". ").join(filter(None, (title, figure, about))))
        self.set_unit(1.0, self.font())

    def set_unit(self, unit: float, font: QFont) -> None:
        """Make texts and gaps so much larger than the smallest comfortable size."""
        self._grid.setContentsMargins(
            round(11 * unit), round(6 * unit), round(11 * unit), round(6 * unit)
        )
        self._grid.setHorizontalSpacing(round(10 * unit))
        self._grid.setVerticalSpacing(round(1 * unit))
        for label, pixels, bold in (
            (self.title, 13.0, True),
            (self.figure, 13.0, False),
            (self.about, 11.5, False),
        ):
            label.setFont(sized_font(font, pixels, unit, bold))
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as its lines need at its width."""
        return QSize(self._grid.sizeHint().width(), self._height_for(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that its lines need at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        height = self._height_for(self.width())
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        # It would lay the lines out by the sizes of before a font changed.
        self._grid.invalidate()
        self._grid.activate()

    def _height_for(self, width: int) -> int:
        """The height of its lines. The layout's own would be that of before a font changed."""
        margins = self._grid.contentsMargins()
        inner = max(1, width - margins.left() - margins.right())
        beside = self.figure.sizeHint().width() + self._grid.horizontalSpacing()
        room = max(1, inner - (beside if self.figure.text() else 0))
        height = max(self.title.heightForWidth(room), self.figure.sizeHint().height())
        if self.about.text():
            height += self._grid.verticalSpacing() + self.about.heightForWidth(inner)
        return height + margins.top() + margins.bottom()
