"""A film's chart: what each snapshot reads, and beneath it loss and accuracy of the run."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
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
from digitpad.nets.spec.film import CurvePoint
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.panel import LEFT, RIGHT, Panel, Role
from digitpad.ui.style.theme import blend, legible_on
from digitpad.ui.training import film_words as words
from digitpad.ui.training.curves import DASHES, DOTS, Curve, paint_curve, paint_names
from digitpad.ui.training.film_axes import STRIP, paint_loss_axis, paint_share_axis
from digitpad.ui.training.film_columns import FilmColumns

_CENTER = Qt.AlignmentFlag.AlignCenter
_FOOT, _LEFT, _RIGHT = 15, 40, 44
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_GO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FilmChart(Panel):
    """Columns, one a snapshot: its answer as a letter, the stronger its ground the more sure; the
    curves run beneath, every point of them, on the same axis.

    The axis has the steps of the first epoch and then epochs, as far apart as the snapshots are
    side by side; loss is on a log scale at the left, accuracy at the right. Left and Right go from
    point to point of the curves, Enter or Space to the column there.

    Signals:
        column_wanted (int): a person pointed at this column.
        pointed (object): the CurvePoint under the pointer or the keys, or None.
        laid_out: where the columns lie may be another place.
    """

    spoken_role = Role.Chart

    column_wanted = Signal(int)
    pointed = Signal(object)
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is shown yet."""
        super().__init__(parent)
        self._shown = FilmColumns()
        self._answers: Sequence[str] = ()
        self._shares: npt.NDArray[np.float32] = np.zeros(0, np.float32)
        self._chosen: int | None = None
        self._at: CurvePoint | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_(words.CHART))

    def show_columns(self, shown: FilmColumns) -> None:
        """Show these columns and curves."""
        self._shown = shown
        self.laid_out.emit()
        self.update()

    def show_answers(self, answers: Sequence[str], shares: npt.NDArray[np.float32]) -> None:
        """Show what each column reads, "" where nothing was read, and how sure it is, 0 to 1."""
        self._answers, self._shares = answers, shares
        self.update()

    def choose(self, column: int | None) -> None:
        """Mark a column."""
        if column != self._chosen:
            self._chosen = column
            self.update()

    # Where things lie.

    @property
    def plot(self) -> QRectF:
        """Where the curves are."""
        unit = self.unit
        box = QRectF(self.rect())
        return box.adjusted(_LEFT * unit, (STRIP + 5) * unit, -_RIGHT * unit, -_FOOT * unit)

    def along(self, place: float) -> float:
        """Where a place among the columns lies, as FilmColumns.place gives it."""
        box, count = self.plot, max(1, len(self._shown.columns))
        return box.x() + (place + 0.5) * box.width() / count

    def _place_at(self, x: float) -> float:
        box, count = self.plot, max(1, len(self._shown.columns))
        return (x - box.x()) / max(1.0, box.width()) * count - 0.5

    # Pointer and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the column under the pointer; on the curves, tell the point there too."""
        self._go_to(event.position().x())
        is_on_curves = event.position().y() >= self.plot.top()
        place = self._place_at(event.position().x())
        self._point(self._shown.nearest(place) if is_on_curves else None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while it is held; else tell the point under it."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
        else:
            self._point(self._shown.nearest(self._place_at(event.position().x())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the curves, or go to the column of the point that is reached."""
        key, point = Qt.Key(event.key()), self._at
        if key in _STEPS:
            self._point(self._shown.beside(point, _STEPS[key]))
            announce(self, self.spoken_place())
        elif key in _GO and point is not None:
            self._go_to(self.along(self._shown.place(point.step)))
            self._point(point)
        else:
            super().keyPressEvent(event)

    def spoken_place(self) -> str:
        """The point of the curves that is reached, in words; "" where none is."""
        return "" if self._at is None else words.point_texts(self._at)[0]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self.point_nowhere()
        super().focusOutEvent(event)

    def point_nowhere(self) -> None:
        """No point is pointed at any more."""
        self._point(None)

    def leaveEvent(self, event: QEvent) -> None:
        """No point is pointed at any more."""
        self._point(None)
        super().leaveEvent(event)

    def _point(self, point: CurvePoint | None) -> None:
        if point != self._at:
            self._at = point
            self.pointed.emit(point)
            self.update()

    def _go_to(self, x: float) -> None:
        there = [n for n, one in enumerate(self._shown.columns) if one.snapshot is not None]
        if there:
            place = self._place_at(x)
            self.column_wanted.emit(min(there, key=lambda n: abs(n - place)))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip of answers, the axes, the curves and what is chosen."""
        if not self._shown.columns:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_strip(painter)
        self._paint_steps(painter)
        self._paint_curves(painter)
        self._paint_best(painter)
        self._paint_chosen(painter)

    def _paint_strip(self, painter: QPainter) -> None:
        theme, unit, box = self.theme, self.unit, self.plot
        width = box.width() / len(self._shown.columns)
        gap = min(2.0, width * 0.12)
        font = self.fitting_font("8", max(5.0, width - 2), 12.5, bold=True)
        painter.setFont(font)
        for number, column in enumerate(self._shown.columns):
            cell = QRectF(box.x() + number * width + gap / 2, 0, width - gap, STRIP * unit)
            answer = self._answers[number] if number < len(self._answers) else ""
            share = float(self._shares[number]) if answer else 0.0
            fill = blend(theme.track, theme.accent, share if answer else 0.0)
            painter.setPen(Qt.PenStyle.NoPen)
            if column.snapshot is None:
                painter.setBrush(blend(theme.paper, theme.track, 0.5))
            else:
                painter.setBrush(fill)
            painter.drawRoundedRect(cell, 2, 2)
            if answer:
                painter.setPen(legible_on(fill, theme.text, theme.accent_text, theme.paper))
                painter.drawText(cell, _CENTER, answer[:2])

    def _paint_steps(self, painter: QPainter) -> None:
        """The axis at the foot: steps, then epochs, as many as have room."""
        theme, box, unit = self.theme, self.plot, self.unit
        painter.setFont(self.sized_font(10))
        metrics = QFontMetricsF(painter.font())
        foot = QRectF(0, box.bottom() + 1, self.width(), _FOOT * unit)
        painter.setPen(QColor(theme.quiet))
        columns = self._shown.columns
        first = next((n for n, one in enumerate(columns) if one.epoch), len(columns))
        if 0 < first < len(columns):
            x = (self.along(first - 1) + self.along(first)) / 2
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QLineF(x, box.y(), x, foot.bottom()))
            painter.setPen(QColor(theme.quiet))
        names = (_("step"), _("epoch"))
        before = QRectF(0, foot.y(), box.x() - 3 * unit, foot.height())
        painter.setFont(self.fitting_font(names[0], before.width(), 10))
        painter.drawText(before, RIGHT, names[0])
        right = QRectF(box.right() + 3 * unit, foot.y(), self.width(), foot.height())
        room = self.width() - right.x()
        painter.setFont(self.fitting_font(names[1], room, 10))
        painter.drawText(right, LEFT, names[1])
        painter.setFont(self.sized_font(10))
        # The last ones first: they tell how long it took.
        taken: list[tuple[float, float]] = []
        order = [*range(len(columns) - 1, first - 1, -1), *range(first)]
        for number in order:
            column = columns[number]
            text = f"{column.epoch or column.step:,}"
            width = metrics.horizontalAdvance(text) + 5 * unit
            left = min(self.along(number) - width / 2, right.x() - width)
            if all(left > end or left + width < start for start, end in taken):
                taken.append((left, left + width))
                painter.drawText(QRectF(left, foot.y(), width, foot.height()), _CENTER, text)

    def _paint_curves(self, painter: QPainter) -> None:
        theme, points = self.theme, self._shown.points
        losses = [one.loss for one in points]
        held = [one.validation_loss for one in points]
        shares = [one.validation_accuracy for one in points]
        known = [one for one in (*losses, *held) if one is not None and one > 0]
        low, high = (min(known), max(known)) if known else (0.1, 1.0)
        low, high = min(low, 0.9 * high), max(high, 1.1 * low)
        bottom, top = math.log10(low) - 0.05, math.log10(high) + 0.05
        paint_loss_axis(painter, self, self.plot, bottom, top)
        has_held = any(one is not None for one in held)
        logs = [_log(one) for one in losses]
        faint = QColor(theme.quiet if has_held else theme.positive)
        curves = [Curve(words.LOSS_SEEN, self._line(logs, bottom, top), faint, 1.0, DOTS)]
        if has_held:
            logs = [_log(one) for one in held]
            line = self._line(logs, bottom, top)
            curves.append(Curve(words.LOSS_HELD, line, QColor(theme.positive), 1.6))
        if any(one is not None for one in shares):
            paint_share_axis(painter, self, self.plot)
            line = self._line(shares, 0.0, 1.0)
            curves.append(Curve(words.ACCURACY, line, QColor(theme.negative), 1.6, DASHES))
        for curve in curves:
            paint_curve(painter, curve)
        best = [] if self._shown.best is None else [self._upright(self._shown.best)]
        paint_names(painter, self, curves, self.plot, best)

    def _upright(self, step: int) -> list[QPointF]:
        """From top to bottom of the curves, at a step."""
        x = self.along(self._shown.place(step))
        return [QPointF(x, self.plot.top()), QPointF(x, self.plot.bottom())]

    def _line(self, values: Sequence[float | None], low: float, high: float) -> list[QPointF]:
        box, places = self.plot, self._shown
        found = []
        for point, value in zip(places.points, values, strict=True):
            if value is not None:
                share = min(max((value - low) / (high - low), 0.0), 1.0)
                found.append(
                    QPointF(
                        self.along(places.place(point.step)), box.bottom() - share * box.height()
                    )
                )
        return found

    def _paint_best(self, painter: QPainter) -> None:
        best = self._shown.best
        if best is None:
            return
        box, x = self.plot, self.along(self._shown.place(best))
        painter.setPen(QPen(QColor(self.theme.text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(*self._upright(best))
        painter.setFont(self.sized_font(10, bold=True))
        width = QFontMetricsF(painter.font()).horizontalAdvance(_(words.BEST)) + 4
        height = QFontMetricsF(painter.font()).height()
        left = x - width - 1 if x - width > box.x() else x + 3
        place = QRectF(left, box.center().y() - height / 2, width, height)
        painter.drawText(place, LEFT, _(words.BEST))

    def _paint_chosen(self, painter: QPainter) -> None:
        box, theme = self.plot, self.theme
        if self._at is not None:
            x = self.along(self._shown.place(self._at.step))
            painter.setPen(QPen(QColor(theme.quiet), 1))
            painter.drawLine(QLineF(x, box.y(), x, box.bottom()))
        if self._chosen is None or self._chosen >= len(self._shown.columns):
            return
        x = self.along(self._chosen)
        painter.setPen(QPen(QColor(theme.accent), 1.5))
        painter.drawLine(QLineF(x, box.y() - 3, x, box.bottom() + 2))
        width = box.width() / len(self._shown.columns)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.text), 1.6))
        cell = QRectF(x - width / 2, 0, width, STRIP * self.unit).adjusted(0.5, 0.8, -0.5, -0.2)
        painter.drawRoundedRect(cell, 2, 2)


def _log(value: float | None) -> float | None:
    return None if value is None else math.log10(max(value, 1e-12))
