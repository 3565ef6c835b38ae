"""From pen to 28 x 28: each step of the normalisation, and the gauges of what comes out."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
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
from digitpad.engine.explanations import NORMALISATION
from digitpad.explain.gauges import gauged
from digitpad.explain.limits import reason_against
from digitpad.explain.questions import NormalisationQuestion
from digitpad.explain.results import Gauged, Normalisation, Stage
from digitpad.ink.normalize import BOX, FIELD, Frame
from digitpad.ui.explain import road_words as words
from digitpad.ui.explain import why_words
from digitpad.ui.explain.asking_panel import AskingPanel, Subject
from digitpad.ui.explain.field_picture import paint_field
from digitpad.ui.explain.gauge_strip import paint_gauge
from digitpad.ui.pad.tint import Floats
from digitpad.ui.shell.session import Session
from digitpad.ui.style.announcing import announce

_ARROW = 22
_GAUGES = 56
_LEAST_GAUGE, _TWO_ROWS = 92, 230
_LOW_GAUGES = 34
_CENTRE = Qt.AlignmentFlag.AlignCenter
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class NormalisationPanel(AskingPanel[Normalisation]):
    """A picture of each step with the answer that it would have got, and gauges beneath.

    Pointing at a step, or walking there with left and right, frames its field on the pad and tells
    what the step does.

    Attributes:
        current: the step that is pointed at; -1 for none.
        gauges: what is measured of the digit that is read.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet."""
        super().__init__(session, parent)
        self.current = -1
        self.gauges: tuple[Gauged, ...] = ()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_(words.TITLE))

    def end(self) -> None:
        """Ask no more; no step is pointed at."""
        self.point_at(-1)
        super().end()

    # Asking.

    def _key(self) -> Hashable:
        return self.session.pad.version

    def _ask(
        self,
        subject: Subject,
        answered: Callable[[Normalisation], None],
        refused: Callable[[str], None],
    ) -> str | None:
        reason = reason_against(subject.marks)
        if reason is not None:
            return why_words.no_reason_text(reason)
        question = NormalisationQuestion(subject.marks)
        self.session.client.ask(NORMALISATION, question, answered, refused)
        return None

    def _took(self, result: Normalisation) -> str:
        if result.reason is not None:
            return why_words.no_reason_text(result.reason)
        if not result.readings.is_finite:
            return _(why_words.NOT_FINITE)
        is_mnist = self.subject.data_set.name == "mnist"
        self.gauges = gauged(result.digits[-1]) if is_mnist else ()
        return ""

    def _lost(self) -> None:
        self.point_at(-1)

    # Pointing.

    def point_at(self, stage: int) -> None:
        """Tell of a step, by its number, and frame its field on the pad; -1 for none."""
        if stage != self.current:
            self.current = stage
            self._frame_on_pad()
            self.update()

    def _frame_on_pad(self) -> None:
        result = self.result
        if result is None or self.trouble or not self.is_current or self.current < 0:
            self.session.overlay.clear()
            return
        left, top, pixel = (float(one) for one in result.readings.frames[self.current])
        self.session.overlay.show(box=Frame(left, top, pixel).on_ink((0, 0, FIELD, FIELD)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell of the step under the pointer."""
        self.point_at(self._stage_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of the step under the finger."""
        self.point_at(self._stage_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """No step is pointed at any more."""
        self.point_at(-1)
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys are elsewhere."""
        self.point_at(-1)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk along the steps."""
        key = Qt.Key(event.key())
        if key in _STEPS and self.result is not None and not self.trouble:
            count = len(self.result.stages)
            start = self.current if self.current >= 0 else (-1 if _STEPS[key] > 0 else count)
            self.point_at((start + _STEPS[key]) % count)
            announce(self, self.spoken_place())
        else:
            super().keyPressEvent(event)

    def _stage_at(self, position: QPointF) -> int:
        if self.result is None or self.trouble:
            return -1
        return next((n for n, box in enumerate(self.boxes()) if box.contains(position)), -1)

    # What it says.

    @property
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""
        if self.result is None:
            return self.trouble
        told = map(self._step_text, range(len(self.result.stages)))
        return in_sentences([*told, *map(words.gauge_text, self.gauges)])

    def _step_text(self, number: int) -> str:
        assert self.result is not None
        return _("{name}: {text}.").format(
            name=_(words.STAGE_NAMES[self.result.stages[number]][0]),
            text=self._read_as(number)[0],
        )

    def _read_as(self, number: int) -> list[str]:
        assert self.result is not None
        noun = self.subject.data_set.noun
        return words.read_as_texts(self.result.readings, number, self.subject.classes, noun)

    def spoken_place(self) -> str:
        """The step that is pointed at, in words; "" where none is."""
        is_at_one = self.result is not None and self.current >= 0
        return self._step_text(self.current) if is_at_one else ""

    # Places and painting.

    def _foot(self) -> float:
        """How high the gauges are."""
        each = (_GAUGES if self.height() > 180 * self.unit else _LOW_GAUGES) * self.unit
        return each * -(-len(self.gauges) // self._gauges_in_a_row()) if self.gauges else each

    def _gauges_in_a_row(self) -> int:
        """Two rows where texts are so large, and the panel so high, that names fit only thus."""
        count = max(1, len(self.gauges))
        is_narrow = self.width() < _LEAST_GAUGE * count * self.unit
        return -(-count // 2) if is_narrow and self.height() > _TWO_ROWS * self.unit else count

    def boxes(self) -> list[QRectF]:
        """Where the pictures are, with their words."""
        assert self.result is not None
        count, unit = len(self.result.stages), self.unit
        top = self.title_height + 2 * unit
        room = self.height() - top - self._foot() - 6 * unit
        arrow = _ARROW * unit
        width = (self.width() - arrow * (count - 1)) / count
        return [QRectF(n * (width + arrow), top, width, room) for n in range(count)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps and the gauges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        result = self.result
        if self.trouble or result is None:
            self.paint_heading(painter, _(words.TITLE))
            self.paint_middle(painter, QRectF(self.rect()), self.trouble or self.status)
            return
        self.paint_heading(painter, _(words.TITLE), tuple(map(_, words.HINTS)))
        boxes = self.boxes()
        for number, box in enumerate(boxes):
            self._paint_stage(painter, box, number)
        foot = QRectF(0, self.height() - self._foot(), self.width(), self._foot())
        if 0 <= self.current < len(result.stages):
            told = _(words.STAGE_TELLS[result.stages[self.current]])
            self.paint_text(painter, foot, told, 12.5, self.theme.text)
        else:
            self._paint_gauges(painter, foot)

    def _paint_stage(self, painter: QPainter, box: QRectF, number: int) -> None:
        assert self.result is not None
        theme, unit, stage = self.theme, self.unit, self.result.stages[number]
        small, bold = self.sized_font(11), self.sized_font(11, bold=True)
        line = QFontMetricsF(bold).height()
        names, answers = (
            tuple(map(_, words.STAGE_NAMES[stage])),
            self._read_as(number),
        )
        side = min(box.width(), box.height() - 2 * line - 2 * unit)
        picture = QRectF(box.x() + (box.width() - side) / 2, box.y(), side, side)
        digit = self.result.digits[number]
        place = paint_field(painter, self, picture, digit, None, is_centred=True)
        if number == self.current:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
        self._paint_marks(painter, place, stage, digit)
        around = box.adjusted(-0.4 * _ARROW * unit, 0, 0.4 * _ARROW * unit, 0)
        around = around.intersected(QRectF(self.rect()))
        top = place.bottom() + 2 * unit
        for text_forms, font, colour in (
            (names, bold, theme.text),
            (answers, small, theme.text if self.result.readings.accepted[number] else theme.quiet),
        ):
            metrics = QFontMetricsF(font)
            fitting = (t for t in text_forms if metrics.horizontalAdvance(t) <= around.width())
            text = next(fitting, text_forms[-1])
            painter.setFont(self.fitting_font(text, around.width(), 11, bold=font is bold))
            painter.setPen(QColor(colour))
            painter.drawText(QRectF(around.x(), top, around.width(), line), _CENTRE, text)
            top += line
        if number:
            self._paint_arrow(painter, place, box.x() - _ARROW * unit / 2)

    def _paint_arrow(self, painter: QPainter, place: QRectF, x: float) -> None:
        y, size = place.center().y(), 4 * self.unit
        painter.setPen(QPen(QColor(self.theme.quiet), 1.5))
        painter.drawLine(QLineF(x - 1.5 * size, y, x + 1.5 * size, y))
        painter.drawLine(QLineF(x + 1.5 * size, y, x + 0.5 * size, y - size))
        painter.drawLine(QLineF(x + 1.5 * size, y, x + 0.5 * size, y + size))

    def _paint_marks(self, painter: QPainter, place: QRectF, stage: Stage, digit: Floats) -> None:
        """The box of 20 x 20, the middle of the field, and the ink's centre of mass."""
        if stage not in (Stage.SMALL, Stage.CENTRED) or not digit.any():
            return
        cell = place.width() / FIELD
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.accent), 1, Qt.PenStyle.DashLine))
        if stage is Stage.SMALL:
            edge = (FIELD - BOX) / 2 * cell
            painter.drawRect(place.adjusted(edge, edge, -edge, -edge))
        middle, arm = place.center(), 3.5 * self.unit
        painter.setPen(QPen(QColor(self.theme.accent), 1.5))
        painter.drawLine(QLineF(middle.x() - arm, middle.y(), middle.x() + arm, middle.y()))
        painter.drawLine(QLineF(middle.x(), middle.y() - arm, middle.x(), middle.y() + arm))
        rows, columns = np.indices(digit.shape)
        weight = digit / digit.sum()
        mass = QPointF(
            place.x() + float((weight * columns).sum() + 0.5) * cell,
            place.y() + float((weight * rows).sum() + 0.5) * cell,
        )
        painter.setPen(QPen(QColor(self.theme.paper), 1))
        painter.setBrush(QColor(self.theme.accent))
        painter.drawEllipse(mass, 2.6 * self.unit, 2.6 * self.unit)

    def _paint_gauges(self, painter: QPainter, foot: QRectF) -> None:
        if not self.gauges:
            painter.setFont(self.sized_font(11.5))
            painter.setPen(QColor(self.theme.quiet))
            painter.drawText(foot, _CENTRE, _(words.NO_GAUGES))
            return
        gap, count = 14 * self.unit, self._gauges_in_a_row()
        width = (foot.width() - gap * (count - 1)) / count
        height = foot.height() / -(-len(self.gauges) // count)
        for number, one in enumerate(self.gauges):
            row, column = divmod(number, count)
            left, top = foot.x() + column * (width + gap), foot.y() + row * height
            paint_gauge(painter, self, QRectF(left, top, width, height), one)
