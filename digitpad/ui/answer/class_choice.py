"""A class is asked for by a click on its bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import blend

TIP = N_("Why not {name}?")
TIP_OF_ANSWER = N_("Why {name}?")
_AROUND = 5
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ClassChoice(Panel):
    """Lies over the bars, a row for each class, and takes clicks and keys for them: up and down
    choose a row, Enter or Space asks for it.

    Signals:
        class_asked (int): why it is not this class.
    """

    spoken_role = Role.List

    class_asked = Signal(int)

    def __init__(
        self, parent: QWidget | None = None, number_of: Callable[[int], str] = lambda row: ""
    ) -> None:
        """No rows yet. number_of: what stands behind the bar of a row, for who does not see it."""
        super().__init__(parent)
        self._number_of = number_of
        self._names: Sequence[str] = ()
        self._row = self._answer = -1
        self._focused_by_keys = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Ask why the answer is not another"))

    def offer(self, names: Sequence[str], answer: int = -1) -> None:
        """Offer classes of these names, from above; none can be asked for where there are none.
        answer: which of them is the answer."""
        self._answer = answer
        if tuple(names) != tuple(self._names):
            self._names = tuple(names)
            self._show(-1)
        self.setVisible(bool(names))

    def lie_over(self, bars: QRectF, unit: float) -> None:
        """Lie over bars in the parent's box, in a size of texts and gaps."""
        self.set_unit(unit)
        around = round(_AROUND * unit)
        self.setGeometry(bars.toAlignedRect().adjusted(-around, 0, around, 0))

    @property
    def row(self) -> int:
        """The class that is pointed at; -1 for none."""
        return self._row

    def _show(self, row: int) -> None:
        if row != self._row:
            self._row = row
            if self._focused_by_keys:
                announce(self, self.spoken_place())
            self.update()

    def spoken_place(self) -> str:
        """What can be asked for now; "" where no class is pointed at."""
        if self._row < 0:
            return ""
        name, number = self._names[self._row], self._number_of(self._row)
        said = _("{name}, {share}").format(name=name, share=number) if number else name
        return _("{first}. {second}").format(first=said, second=self._tip(self._row))

    def _tip(self, row: int) -> str:
        tip = TIP_OF_ANSWER if row == self._answer else TIP
        return _(tip).format(name=self._names[row])

    def _at(self, y: float) -> int:
        if not self._names or not 0 <= y < self.height():
            return -1
        return min(int(y * len(self._names) / self.height()), len(self._names) - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Frame the class under the pointer."""
        self._show(self._at(event.position().y()))
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._row >= 0 else Qt.CursorShape.ArrowCursor
        )
        if self._row >= 0:
            text = self._tip(self._row)
            self.setToolTip(text)
            if QToolTip.isVisible():
                QToolTip.showText(event.globalPosition().toPoint(), text, self)

    def leaveEvent(self, event: QEvent) -> None:
        """No class is pointed at any more."""
        if not self._focused_by_keys:
            self._show(-1)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the class that was clicked."""
        row = self._at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row >= 0:
            self.class_asked.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a class, or ask for it."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._names:
            self._show((max(self._row, 0) + _STEPS[key]) % len(self._names))
        elif key in _TAKE and self._row >= 0:
            self.class_asked.emit(self._row)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        # Only who moves by keys needs to see where they are.
        self._focused_by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        if self._focused_by_keys and self._names:
            self._show(max(self._row, 0))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self._focused_by_keys = False
        self._show(-1)
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the class that is pointed at."""
        if self._row < 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.height() / max(1, len(self._names))
        box = QRectF(0, self._row * row, self.width(), row).adjusted(0.75, 0.75, -0.75, -0.75)
        colour = blend(self.theme.paper, self.theme.accent, 1.0 if self._focused_by_keys else 0.5)
        painter.setPen(QPen(QColor(colour), 1.5))
        painter.drawRoundedRect(box, 5, 5)
