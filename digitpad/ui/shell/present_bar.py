"""The line over what is presented: the way from the pen to the answer, and what this step does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.ui.shell.present_words import Step
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel

_WAY, _TITLE = 28, 38
_BETWEEN, _MORE = "  ›  ", "…"
_CLOSE = "\N{MULTIPLICATION SIGN}"


class PresentBar(Panel):
    """Says at which step one is, of how many, and what it does; a click on a name goes there, and
    so do Home, End and, as everywhere while presenting, the arrow keys.

    Attributes:
        close_button: ends presenting.

    Signals:
        step_chosen (int): the step whose name was clicked, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        """No steps yet."""
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._at = 0
        self._overview = False
        self._names: dict[int, QRectF] = {}
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("tab")
        self.close_button.setText(_CLOSE)
        self.close_button.setToolTip(_("Leave presenting (F11)"))
        self.close_button.setAccessibleName(_("Leave presenting"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_step(self, steps: tuple[Step, ...], at: int, overview: bool = False) -> None:
        """Show the step of that number; overview: all layers are seen at it."""
        self._steps, self._at, self._overview = steps, at, overview
        self.setAccessibleName(_("{name}: {text}").format(name=self.counter, text=self.title))
        self.setAccessibleDescription(self.sentence)
        self._say()
        self._place()
        self.update()

    def _say(self) -> None:
        if self.isVisible() and self._steps:
            said = _("{first}. {second}").format(first=self.accessibleName(), second=self.sentence)
            announce(self, said)

    def showEvent(self, event: QShowEvent) -> None:
        """The step at which presenting begins is said too."""
        super().showEvent(event)
        self._say()

    @property
    def counter(self) -> str:
        """Which step it is, such as "3 of 10"."""
        return _("{at} of {n}").format(at=self._at + 1, n=len(self._steps))

    @property
    def title(self) -> str:
        """What the step is called."""
        name = self._steps[self._at].name if self._steps else ""
        return name[:1].upper() + name[1:]

    @property
    def sentence(self) -> str:
        """What the step does."""
        if self._overview:
            return _("All layers at once; a double click on one presents it alone.")
        return self._steps[self._at].does if self._steps else ""

    def name_box(self, step: int) -> QRectF:
        """Where the name of a step stands; empty where there is no room for it."""
        return self._names.get(step, QRectF())

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button and the names into their places."""
        self._place()
        super().resizeEvent(event)

    def _place(self) -> None:
        """The button at the right; the names from the left, as many about the present one as fit
        before the counter."""
        side = round(_WAY * self.unit)
        self.close_button.setFont(self.sized_font(16))
        self.close_button.setGeometry(self.width() - side, 0, side, side)
        width = QFontMetricsF(self.sized_font(14)).horizontalAdvance
        room = self.width() - side - 1.2 * width(self.counter) - 32 * self.unit
        between, more = width(_BETWEEN), width(_MORE) + width(_BETWEEN)
        widths = [width(step.name) for step in self._steps]

        def needed(first: int, last: int) -> float:
            cut = (first > 0) + (last < len(widths))
            return sum(widths[first:last]) + between * max(0, last - first - 1) + more * cut

        first, last = self._at, min(self._at + 1, len(widths))
        while (first, last) != (0, len(widths)):
            # To both sides in turn, so that one sees where one comes from and where one goes.
            sooner = first > 0 and (last == len(widths) or self._at - first <= last - 1 - self._at)
            wider = (first - 1, last) if sooner else (first, last + 1)
            if needed(*wider) > room:
                break
            first, last = wider
        self._names = {}
        left = more if first else 0.0
        for number in range(first, last):
            self._names[number] = QRectF(left, 0, widths[number], _WAY * self.unit)
            left += widths[number] + between

    def _step_at(self, position: QPointF) -> int | None:
        reach = 5 * self.unit
        for number, box in self._names.items():
            if box.adjusted(-reach, 0, reach, 0).contains(position):
                return number
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over a name says that it can be clicked."""
        is_over = self._step_at(event.position()) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_over else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a name goes there."""
        step = self._step_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and step is not None:
            self.step_chosen.emit(step)
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first step and to the last."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._steps) - 1}
        step = ends.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.step_chosen.emit(step)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self.unsetCursor()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the way with the counter, the title with its kind, and the sentence."""
        if not self._steps:
            return
        painter = QPainter(self)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        text, quiet, accent = map(
            QColor, (self.theme.text, self.theme.quiet, self.theme.accent)
        )  # fmt: skip
        self._paint_way(painter, quiet, accent, left)
        way = QRectF(0, 0, self.close_button.x() - 10 * self.unit, _WAY * self.unit)
        painter.setPen(text)
        painter.setFont(self.sized_font(14, bold=True))
        painter.drawText(way, right, self.counter)

        line = QRectF(0, way.bottom(), self.width(), _TITLE * self.unit)
        painter.setFont(self.sized_font(28, bold=True))
        painter.drawText(line, left, self.title)
        beside = painter.fontMetrics().horizontalAdvance(self.title) + 14 * self.unit
        painter.setPen(quiet)
        kind = line.adjusted(beside, 4 * self.unit, 0, 0)
        words = self._steps[self._at].kind
        painter.setFont(self.fitting_font(words, kind.width(), 16))
        painter.drawText(kind, left, words)

        foot = QRectF(0, line.bottom(), self.width(), self.height() - line.bottom())
        painter.setPen(text)
        painter.setFont(self.fitting_font(self.sentence, foot.width(), 18))
        painter.drawText(foot, left, self.sentence)

    def _paint_way(
        self, painter: QPainter, quiet: QColor, accent: QColor, flags: Qt.AlignmentFlag
    ) -> None:
        # All in one weight, so that nothing moves from step to step.
        painter.setFont(self.sized_font(14))
        for number, box in self._names.items():
            painter.setPen(accent if number == self._at else quiet)
            painter.drawText(box.adjusted(0, 0, 2, 0), flags, self._steps[number].name)
            if number == self._at:
                line = QRectF(box.x(), box.bottom() - 4 * self.unit, box.width(), 2 * self.unit)
                painter.fillRect(line, accent)
        painter.setPen(quiet)
        last = max(self._names, default=-1)
        for number, box in self._names.items():
            is_cut = number == last and number < len(self._steps) - 1
            if number != last or is_cut:
                mark = _BETWEEN + _MORE * is_cut
                painter.drawText(QPointF(box.right(), self._baseline(painter, box)), mark)
        if self._names and next(iter(self._names)) > 0:
            first = next(iter(self._names.values()))
            painter.drawText(QPointF(0, self._baseline(painter, first)), _MORE + _BETWEEN)

    @staticmethod
    def _baseline(painter: QPainter, box: QRectF) -> float:
        metrics = QFontMetricsF(painter.font())
        return box.center().y() + (metrics.ascent() - metrics.descent()) / 2
