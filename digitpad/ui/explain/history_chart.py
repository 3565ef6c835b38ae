"""Ten lines: the log-odds of each class while the drawing grew."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.explain.results import History
from digitpad.ui.explain import history_words as words
from digitpad.ui.explain.chart import (
    Scale,
    paint_grid,
    paint_label,
    rounded_range,
    spread_labels,
)
from digitpad.ui.style.panel import Panel, Role
from digitpad.ui.style.theme import blend

_LOWEST, _HIGHEST = -20.0, 20.0
"""Log-odds beyond this are all but certain; lines end there."""
_DASHES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_MOST_NAMED = 4


class HistoryChart(Panel):
    """The lines, the pen's lifts, the places where the likeliest class became another, and the step
    that is shown.

    Signals:
        step_wanted (int): a person pointed at this step.
        laid_out: where the lines lie may be another place.
    """

    spoken_role = Role.Chart

    step_wanted = Signal(int)
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """No history yet."""
        super().__init__(parent)
        self._history: History | None = None
        self._classes: tuple[str, ...] = ()
        self._step = 0
        self.setAccessibleName(_(words.AXIS[0]))

    def show_history(self, history: History | None, classes: tuple[str, ...]) -> None:
        """Show a history of these classes; None shows nothing."""
        self._history, self._classes = history, classes
        self.laid_out.emit()
        self.update()

    def show_step(self, step: int) -> None:
        """Mark a step."""
        if step != self._step:
            self._step = step
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the step under the pointer."""
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while it is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def _go_to(self, x: float) -> None:
        if self._history is not None:
            length = self.scale().value_at(x)
            self.step_wanted.emit(int(np.abs(self._history.lengths - length).argmin()))

    def scale(self) -> Scale:
        """Where lengths and log-odds lie."""
        unit = self.unit
        beside = self._names_width() + 8 * unit
        box = QRectF(self.rect()).adjusted(32 * unit, 17 * unit, -beside, -17 * unit)
        history = self._history
        if history is None:
            return Scale(box, 0.0, 1.0, -1.0, 1.0)
        odds = history.log_odds[np.isfinite(history.log_odds)].clip(_LOWEST, _HIGHEST)
        low, high = rounded_range(float(odds.min(initial=-1)), float(odds.max(initial=1)))
        return Scale(box, float(history.lengths[0]), float(history.lengths[-1]), low, high)

    def named(self) -> list[int]:
        """The classes that were the answer at some time, the last one first; then those that are
        nearest in the end."""
        assert self._history is not None
        readings = self._history.readings
        answers = readings.logits[readings.accepted].argmax(axis=1)
        if not len(answers):
            answers = readings.logits[-1:].argmax(axis=1)
        led = list(dict.fromkeys(int(one) for one in answers[::-1]))
        best = np.nan_to_num(self._history.log_odds[-1], nan=_LOWEST)
        others = [int(one) for one in np.argsort(-best) if int(one) not in led]
        return [*led, *others][: max(_MOST_NAMED, len(led))]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the history as far as it is known, and the step."""
        history = self._history
        if history is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.scale()
        paint_grid(painter, self, scale)
        self._paint_rejected(painter, scale, history)
        self._paint_lifts(painter, scale, history)
        self._paint_lines(painter, scale, history)
        self._paint_flips(painter, scale, history)
        x = scale.x(float(history.lengths[min(self._step, len(history.lengths) - 1)]))
        painter.setPen(QPen(QColor(self.theme.accent), 1.5))
        painter.drawLine(QLineF(x, scale.box.y() - 3, x, scale.box.bottom() + 3))
        painter.setBrush(QColor(self.theme.accent))
        painter.drawEllipse(QPointF(x, scale.box.bottom() + 3), 3, 3)

    def _paint_lines(self, painter: QPainter, scale: Scale, history: History) -> None:
        theme = self.theme
        named = self.named()
        faint = blend(theme.paper, theme.quiet, 0.35)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number in range(history.log_odds.shape[1]):
            if number not in named:
                painter.setPen(QPen(faint, 1))
                self._paint_line(painter, scale, history, number)
        winner = named[0]
        for place, number in reversed(list(enumerate(named))):
            colour = QColor(theme.accent if number == winner else theme.text)
            pen = QPen(colour, 2.2 if number == winner else 1.4, _DASHES[place % len(_DASHES)])
            painter.setPen(pen)
            self._paint_line(painter, scale, history, number)
        ends = [
            scale.y(float(np.nan_to_num(history.log_odds[-1, one]).clip(scale.low, scale.high)))
            for one in named
        ]
        height = QFontMetricsF(self.sized_font(11)).height()
        places = spread_labels(ends, height, scale.box.y(), scale.box.bottom())
        for number, y in zip(named, places, strict=True):
            is_winner = number == winner
            colour_name = theme.accent if is_winner else theme.text
            text = self.fitting_text(self._classes[number])
            paint_label(
                painter, self, scale.box.right() + 6 * self.unit, y, text, colour_name, is_winner
            )

    def fitting_text(self, name: str) -> str:
        """A class's name as far as there is room beside the lines."""
        metrics = QFontMetricsF(self.sized_font(11))
        return metrics.elidedText(name, Qt.TextElideMode.ElideRight, self._names_width())

    def _names_width(self) -> float:
        """The room that the classes' names have beside the lines, all the same for any history."""
        metrics = QFontMetricsF(self.sized_font(11, bold=True))
        widest = max((metrics.horizontalAdvance(name) for name in self._classes), default=0.0)
        return min(max(widest, 20 * self.unit), 0.18 * self.width()) + 2

    def _paint_line(self, painter: QPainter, scale: Scale, history: History, number: int) -> None:
        for piece in scale.line(history.lengths.tolist(), history.log_odds[:, number].tolist()):
            painter.drawPolyline(piece)

    def _paint_rejected(self, painter: QPainter, scale: Scale, history: History) -> None:
        """A ground under the steps that are rejected, with words where there is room."""
        box = scale.box
        for start, end in words.rejected_spans(history):
            left = scale.x(float(history.lengths[start]))
            right = scale.x(float(history.lengths[end]))
            place = QRectF(left - 2, box.y(), max(4.0, right - left + 4), box.height())
            ground = blend(self.theme.paper, self.theme.track, 0.6)
            painter.fillRect(place, ground)
            width = QFontMetricsF(self.sized_font(11)).horizontalAdvance(_(words.REJECTED))
            if width + 8 * self.unit <= place.width():
                x, y = place.x() + 4 * self.unit, box.y() + 9 * self.unit
                paint_label(painter, self, x, y, _(words.REJECTED), self.theme.quiet)

    def _paint_lifts(self, painter: QPainter, scale: Scale, history: History) -> None:
        """A tick under the lines where the pen was lifted, its name at the first."""
        painter.setPen(QPen(QColor(self.theme.quiet), 1.5))
        bottom = scale.box.bottom()
        for length in history.lifts.tolist():
            x = scale.x(length)
            painter.drawLine(QLineF(x, bottom - 4 * self.unit, x, bottom + 5 * self.unit))
        end = -1.0
        for length in history.lifts.tolist():
            x = scale.x(length) + 4 * self.unit
            width = QFontMetricsF(self.sized_font(11)).horizontalAdvance(_(words.LIFT))
            if x > end and x + width < scale.box.right():
                end = paint_label(
                    painter, self, x, bottom + 9 * self.unit, _(words.LIFT), self.theme.quiet
                )

    def _paint_flips(self, painter: QPainter, scale: Scale, history: History) -> None:
        """A line where the likeliest class became another, with words over it where there is
        room."""
        metrics = QFontMetricsF(self.sized_font(11))
        pen = QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine)
        # The last flips tell most: they get the room first.
        taken: list[tuple[float, float]] = []
        for flip in reversed(words.told_flips(history)):
            x = scale.x(float(history.lengths[flip.step]))
            painter.setPen(pen)
            painter.drawLine(QLineF(x, scale.box.y(), x, scale.box.bottom()))
            names = {"before": self._classes[flip.before], "after": self._classes[flip.after]}
            for template in (_(words.FLIP), words.FLIP_SHORT):
                text = template.format(**names)
                width = metrics.horizontalAdvance(text)
                left = min(max(x - width / 2, 0.0), self.width() - width)
                if all(left > end or left + width < start for start, end in taken):
                    taken.append((left - 6, left + width + 6))
                    paint_label(painter, self, left, 8 * self.unit, text, self.theme.text)
                    break
