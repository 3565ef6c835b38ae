"""What a dialog has in it, whole where the screen has room for it, else scrolled."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QLayout, QScrollArea, QWidget

from digitpad.ui.style.screen import screen_of

_SHARE = 0.78
"""The share of the screen's height that it takes at most; a dialog has a frame and buttons too."""
_BREADTH = 0.94


class FittingScroll(QScrollArea):
    """As large as what is in it; where the screen is not, as large as that allows, and it
    scrolls."""

    def __init__(self, content: QLayout, parent: QWidget | None = None) -> None:
        """content: what is in it."""
        super().__init__(parent)
        self._inside = QWidget()
        # In the dialog's own colour.
        self._inside.setAutoFillBackground(False)
        self._inside.setLayout(content)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setWidgetResizable(True)
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        # Its controls are gone through, and bring themselves into view.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is in it has another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._wrap_rows()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """The letters have their size now."""
        self._wrap_rows()
        super().showEvent(event)

    def _wrap_rows(self) -> None:
        """Put what is named under its name where the screen is too narrow for both."""
        form = self._inside.layout()
        if not isinstance(form, QFormLayout):
            return
        policies = QFormLayout.RowWrapPolicy
        is_wide = self._inside.sizeHint().width() > self._most().width()
        if is_wide and form.rowWrapPolicy() is policies.DontWrapRows:
            form.setRowWrapPolicy(policies.WrapLongRows)

    def _most(self) -> QSize:
        room = screen_of(self).availableGeometry().size()
        return QSize(round(_BREADTH * room.width()), round(_SHARE * room.height()))

    def sizeHint(self) -> QSize:
        """All that is in it, or what the screen has room for."""
        inside = self._inside.sizeHint()
        most = self._most()
        bar = self.verticalScrollBar().sizeHint().width() if inside.height() > most.height() else 0
        return QSize(inside.width() + bar, inside.height()).boundedTo(most)

    def minimumSizeHint(self) -> QSize:
        """No less than that in width, so that it scrolls down only."""
        return QSize(self.sizeHint().width(), min(120, self.sizeHint().height()))
