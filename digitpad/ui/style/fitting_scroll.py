"""Dialogs that are seen whole: what is in them scrolls where the screen has no room for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QLayout,
    QRadioButton,
    QScrollArea,
    QWidget,
)

from digitpad.ui.style.screen import fitted_to_screen, move_onto_screen, open_over

_LEAST = 120
"""No less of what is in it is seen, in pixels, however small the screen is."""
_DESKTOP_MS = 150
"""So long the desktop has to put a dialog on its place; until then nothing says where it is."""
_ENDLESS = 16_777_215
"""Qt's largest size."""


class FittingDialog(QDialog):
    """A dialog as large as what is in it, which comes back onto its screen where it grows beyond
    it, as with the size of its texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """parent: the window that it opens over."""
        super().__init__(parent)
        self._place: QPoint | None = None
        self._coming = QTimer(self, singleShot=True, interval=_DESKTOP_MS)
        self._coming.timeout.connect(self._come_back)

    def showEvent(self, event: QShowEvent) -> None:
        """Open over the window that it belongs to, as large as its letters are now."""
        parent, layout = self.parentWidget(), self.layout()
        if layout is not None:
            layout.activate()
        if parent is not None and not self.testAttribute(Qt.WidgetAttribute.WA_Moved):
            open_over(self, parent.window())
            self._place = self.geometry().topLeft()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Grow onto the screen, not beyond it."""
        super().resizeEvent(event)
        self._coming.start()

    def _come_back(self) -> None:
        if not self.isVisible():
            return
        inside, frame = self.geometry().topLeft(), self.frameGeometry().topLeft()
        if inside.isNull() and self._place is not None:
            # Resized just as it was given its frame, where Qt took the place in that for the place
            # on the screen.
            self.move(self._place - inside + frame)
        move_onto_screen(self)


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
            form.setRowWrapPolicy(policies.WrapAllRows)
        if is_wide:
            self._break_lines(self._most().width() // 2)

    def _break_lines(self, width: int) -> None:
        """Give the texts beside boxes to check, of which Qt breaks no lines, a second line where
        they are wider than a width in pixels."""
        for kind in (QCheckBox, QRadioButton):
            for button in self._inside.findChildren(kind):
                text = button.text()
                if button.sizeHint().width() <= width or "\n" in text or " " not in text:
                    continue
                middle = len(text) // 2
                gaps = [at for at, letter in enumerate(text) if letter == " "]
                at = min(gaps, key=lambda gap: abs(gap - middle))
                button.setText(f"{text[:at]}\n{text[at + 1 :]}")

    def _most(self) -> QSize:
        """What the screen has room for, beside all else that is in the window."""
        room = fitted_to_screen(self.window(), QSize(_ENDLESS, _ENDLESS))
        layout = None if (parent := self.parentWidget()) is None else parent.layout()
        if layout is None:
            return room
        margins = layout.contentsMargins()
        width = room.width() - margins.left() - margins.right()
        height = room.height() - margins.top() - margins.bottom()
        for at in range(layout.count()):
            item = layout.itemAt(at)
            if item is None or item.widget() is self or item.isEmpty():
                continue
            # A text that wraps takes more lines the narrower it is.
            inside = min(width, self._inside.sizeHint().width())
            high = item.heightForWidth(inside) if item.hasHeightForWidth() else 0
            height -= layout.spacing() + max(high, item.sizeHint().height())
        return QSize(width, max(_LEAST, height))

    def sizeHint(self) -> QSize:
        """All that is in it, or what the screen has room for."""
        inside = self._inside.sizeHint()
        most = self._most()
        bar = self.verticalScrollBar().sizeHint().width() if inside.height() > most.height() else 0
        return QSize(inside.width() + bar, inside.height()).boundedTo(most)

    def minimumSizeHint(self) -> QSize:
        """No less than that in width, so that it scrolls down only."""
        return QSize(self.sizeHint().width(), min(_LEAST, self.sizeHint().height()))
