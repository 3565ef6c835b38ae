"""The lead of the answer along one change of the drawing."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.texts import in_sentences
from digitpad.explain.results import Sweep, SweepKind
from digitpad.ui.explain import sweep_words as words
from digitpad.ui.explain.chart import Scale, paint_grid, paint_label, rounded_range
from digitpad.ui.explain.field_picture import paint_field
from digitpad.ui.explain.why_words import no_reason_text
from digitpad.ui.pad.tint import Floats
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import blend

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PICTURE = 58


def margins_of(sweep: Sweep, class_: int) -> Floats:
    """The lead of a class over the strongest other, float32 (n,); below 0 where another leads."""
    logits = sweep.readings.logits
    found: Floats = logits[:, class_] - np.delete(logits, class_, axis=1).max(axis=1)
    return found


class SweepChart(Panel):
    """One line, the drawing as it is on it, and the points where the answer breaks.

    Attributes:
        kind: what is changed.
        current: the value that is pointed at, by its number; -1 for none.

    Signals:
        pointed_at: ``current`` is another.
    """

    spoken_role = Role.Chart

    pointed_at = Signal()

    def __init__(self, kind: SweepKind, parent: QWidget | None = None) -> None:
        """Nothing swept yet."""
        super().__init__(parent)
        self.kind = kind
        self.current = -1
        self._sweep: Sweep | None = None
        self._class = 0
        self._classes: tuple[str, ...] = ()
        self._range = (-1.0, 1.0)
        self._picture: Floats | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_(words.NAMES[kind][0]))

    def show_sweep(
        self, sweep: Sweep, class_: int, classes: tuple[str, ...], ends: tuple[float, float]
    ) -> None:
        """Show the lead of a class along a sweep. ends: of the numbers up the chart, so that all
        charts have the same."""
        self._sweep, self._class, self._classes = sweep, class_, classes
        self._range = ends
        self.setAccessibleDescription(in_sentences(words.sweep_texts(sweep, classes)))
        self.point_at(-1)
        self.update()

    def show_picture(self, digit: Floats | None) -> None:
        """Show what the drawing looks like at the value pointed at, float32 (28, 28)."""
        self._picture = digit
        self.update()

    @property
    def sweep(self) -> Sweep | None:
        """What is shown."""
        return self._sweep

    # Pointing.

    def point_at(self, number: int) -> None:
        """Tell of a value by its number; -1 for none."""
        if number != self.current:
            self.current = number
            self._picture = None
            self.pointed_at.emit()
            self.update()

    def _point_from(self, position: QPointF) -> None:
        if self._sweep is not None and self._sweep.reason is None:
            value = self.scale().value_at(position.x())
            self.point_at(int(np.abs(self._sweep.values - value).argmin()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the value under the pointer."""
        self._point_from(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the value under the finger."""
        self._point_from(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """No value is pointed at any more."""
        self.point_at(-1)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self.point_at(-1)
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keys are here."""
        self.update()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go along the line, from the drawing as it is."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._sweep is not None and self._sweep.reason is None:
            start = self._sweep.neutral if self.current < 0 else self.current
            last = len(self._sweep.values) - 1
            self.point_at(min(max(start + _STEPS[key], 0), last))
            announce(self, self.spoken_place())
        else:
            super().keyPressEvent(event)

    def spoken_place(self) -> str:
        """What the drawing is read as at the value pointed at; "" where none is."""
        if self._sweep is None or self.current < 0:
            return ""
        return words.point_text(self._sweep, self.current, self._classes)

    # Painting.

    def scale(self) -> Scale:
        """Where values and leads lie."""
        line = QFontMetricsF(self.sized_font(11)).height()
        left = 26 * self.unit if self.width() > 130 * self.unit else 18 * self.unit
        box = QRectF(self.rect()).adjusted(left, line + 3, -4 * self.unit, -line - 1)
        if self._sweep is None:
            return Scale(box, 0.0, 1.0, *self._range)
        values = self._sweep.values
        return Scale(box, float(values[0]), float(values[-1]), *self._range)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name, the line, its breaking points, and the value pointed at."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        bold = QFontMetricsF(self.sized_font(11, bold=True))
        names = tuple(map(_, words.NAMES[self.kind]))
        name = next(
            (one for one in names if bold.horizontalAdvance(one) <= self.width()), names[-1]
        )
        colour = theme.accent if self.hasFocus() else theme.text
        paint_label(painter, self, 0, bold.height() / 2, name, colour, bold=True)
        sweep = self._sweep
        if sweep is None:
            return
        if sweep.reason is not None:
            painter.setFont(self.sized_font(11))
            painter.setPen(QColor(theme.quiet))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            box = QRectF(self.rect()).adjusted(0, bold.height(), 0, 0)
            painter.drawText(box, flags, no_reason_text(sweep.reason))
            return
        scale = self.scale()
        paint_grid(painter, self, scale, 9.5)
        self._paint_ends(painter, scale, sweep)
        margins = margins_of(sweep, self._class)
        if self.kind in words.IN_FIELD:
            y = scale.y(float(margins[sweep.neutral]))
            painter.setPen(QPen(QColor(theme.quiet), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(scale.box.x(), y, scale.box.right(), y))
        painter.setPen(QPen(QColor(theme.text), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for piece in scale.line(sweep.values.tolist(), margins.tolist()):
            painter.drawPolyline(piece)
        self._paint_breaks(painter, scale, sweep, margins)
        at = QPointF(
            scale.x(float(sweep.values[sweep.neutral])), scale.y(float(margins[sweep.neutral]))
        )
        painter.setPen(QPen(QColor(theme.paper), 1))
        painter.setBrush(QColor(theme.accent))
        painter.drawEllipse(at, 3.5 * self.unit, 3.5 * self.unit)
        if self.current >= 0:
            self._paint_current(painter, scale, sweep, margins)

    def _paint_ends(self, painter: QPainter, scale: Scale, sweep: Sweep) -> None:
        """The least and the largest value, and the drawing's own, under the line."""
        font = self.sized_font(9.5)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.quiet))
        line = QRectF(scale.box.x(), scale.box.bottom() + 1, scale.box.width(), metrics.height())
        low, high = (words.value_text(self.kind, float(sweep.values[n])) for n in (0, -1))
        for shorter in (_number_of, _no_text):
            if sum(map(metrics.horizontalAdvance, (low, high))) + 6 <= line.width():
                break
            # What has no room is told where the chart is pointed at.
            low, high = shorter(low), (high if shorter is _no_text else shorter(high))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, low)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, high)
        middle = words.value_text(self.kind, float(sweep.values[sweep.neutral]))
        x = scale.x(float(sweep.values[sweep.neutral]))
        width = metrics.horizontalAdvance(middle)
        ends = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
        if line.x() + ends[0] + 4 < x - width / 2 and x + width / 2 < line.right() - ends[1] - 4:
            place = QRectF(x - width / 2, line.y(), width + 2, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, middle)

    def _paint_breaks(self, painter: QPainter, scale: Scale, sweep: Sweep, margins: Floats) -> None:
        """A mark where the answer breaks, with the class that takes its place."""
        theme = self.theme
        metrics = QFontMetricsF(self.sized_font(11, bold=True))
        for number, after in words.breaks(sweep):
            x = scale.x(float(sweep.values[number]))
            pen = QPen(QColor(theme.warning), 1.4, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.drawLine(QLineF(x, scale.box.y(), x, scale.box.bottom()))
            text = words.BREAK_LABEL.format(after=self._classes[after])
            width = metrics.horizontalAdvance(text)
            is_left = number < sweep.neutral
            left = x - width - 3 if is_left else x + 3
            left = min(max(left, scale.box.x()), scale.box.right() - width)
            y = scale.box.y() + metrics.height() / 2
            paint_label(painter, self, left, y, text, theme.warning, bold=True)

    def _paint_current(
        self, painter: QPainter, scale: Scale, sweep: Sweep, margins: Floats
    ) -> None:
        x = scale.x(float(sweep.values[self.current]))
        y = scale.y(min(max(float(margins[self.current]), scale.low), scale.high))
        painter.setPen(QPen(blend(self.theme.paper, self.theme.accent, 0.7), 1))
        painter.drawLine(QLineF(x, scale.box.y(), x, scale.box.bottom()))
        painter.setBrush(QColor(self.theme.paper))
        painter.setPen(QPen(QColor(self.theme.accent), 2))
        painter.drawEllipse(QPointF(x, y), 3.5 * self.unit, 3.5 * self.unit)
        if self._picture is None:
            return
        # Beside the pointer, where it hides the line least.
        side = min(_PICTURE * self.unit, scale.box.height() - 2, 0.45 * scale.box.width())
        is_right = x < scale.box.center().x()
        left = scale.box.right() - side if is_right else scale.box.x() + 2
        top = scale.box.bottom() - side - 1
        if y > scale.box.center().y():
            top = scale.box.y() + 1
        place = QRectF(left, top, side, side)
        paint_field(painter, self, place, self._picture, None)


def common_range(sweeps: tuple[Sweep, ...], class_: int) -> tuple[float, float]:
    """The ends of the leads of all sweeps that tell something, with whole ticks."""
    told = [margins_of(sweep, class_) for sweep in sweeps if sweep.reason is None]
    values = np.concatenate(told) if told else np.zeros(1, np.float32)
    finite = values[np.isfinite(values)]
    return rounded_range(float(finite.min(initial=0)), float(finite.max(initial=1)))


def _number_of(text: str) -> str:
    """Without what it is counted in."""
    return next(part for part in text.split() if any(map(str.isdigit, part)))


def _no_text(_text: str) -> str:
    return ""
