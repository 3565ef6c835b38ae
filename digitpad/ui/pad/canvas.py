"""The pad: pen, mouse and finger become strokes, and strokes become ink at once."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.ink.drawing import (
    MAX_POINTS_PER_STROKE,
    NEUTRAL_PRESSURE,
    PAD_SIZE,
    PEN_WIDTH,
    Drawing,
    Mark,
    PlacedPicture,
    Stroke,
)
from digitpad.ink.rasterize import Box, InkSurface
from digitpad.ui.pad.cursors import ring_cursor
from digitpad.ui.style.theme import LIGHT, Theme, ink_table

ERASER_WIDTH = 28.0
PEN_WIDTH_RANGE = (6, 44)
_CORNER_RADIUS = 12
_FAR_OUTSIDE = 4.0 * PAD_SIZE


class Canvas(QWidget):
    """A square sheet to draw on, in pad units whatever its size on the screen.

    It keeps two sheets of ink: one for the network (280 x 280) and one as fine as the screen; the
    same marks make both.

    Attributes:
        drawing: the marks, with undo and redo.
        ink: uint8 (280, 280), what is on the pad now, an unfinished stroke included. Changed in
            place.
        hint: what an empty pad asks for; update() shows another one.

    Signals:
        ink_changed: the ink is not what it was; comes with every pointer move.
        stroke_finished: the pen went up.
        history_changed: undo, redo or clear may have become possible or impossible.
    """

    ink_changed = Signal()
    stroke_finished = Signal()
    history_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing = Drawing()
        self._theme = LIGHT
        self._pen_width = PEN_WIDTH
        self._erasing = False
        self.hint = "Draw a digit"
        self._net_surface = InkSurface()
        self._screen_surface = InkSurface()
        self._colours = ink_table(self._theme)
        self._image = self._wrap_ink()
        self._source: str | None = None
        self._points = np.empty((256, 3), dtype=np.float32)
        self._count = 0
        self._stroke_erases = False
        self._outlined: QRectF | None = None
        self._focused_by_keys = False
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Drawing pad")
        self._update_cursor()

    @property
    def ink(self) -> np.ndarray:
        return self._net_surface.ink

    @property
    def is_drawing(self) -> bool:
        """Whether a stroke is under way."""
        return self._source is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is no ink at all (marks that were rubbed out leave none)."""
        return not self.ink.any()

    @property
    def pen_width(self) -> float:
        """The width of strokes to come, in pad units."""
        return self._pen_width

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._colours = ink_table(theme)
        self._image.setColorTable(self._colours)
        self._update_cursor()
        self.update()

    def set_pen_width(self, width: float) -> None:
        self._pen_width = float(min(max(width, PEN_WIDTH_RANGE[0]), PEN_WIDTH_RANGE[1]))
        self._update_cursor()

    def set_erasing(self, erasing: bool) -> None:
        """Whether pen, mouse and finger rub out; a pen's own eraser end always does."""
        self._erasing = erasing
        self._update_cursor()

    def outline(self, box: QRectF | None) -> None:
        """Show a box, in pad units, over the drawing; None takes it away."""
        if box != self._outlined:
            self._outlined = box
            self.update()

    def undo(self) -> None:
        self._finish()
        if self.drawing.undo():
            self._redraw()

    def redo(self) -> None:
        self._finish()
        if self.drawing.redo():
            self._redraw()

    def clear(self) -> None:
        """Take everything off the pad, a stroke under way included; undo brings it back."""
        self._finish()
        if self.drawing.clear():
            self._redraw()

    def place_picture(self, ink: np.ndarray) -> None:
        """Put a picture's ink, uint8 (h, w), in place of what is there, as one step; it fills
        the pad."""
        self.show_marks([PlacedPicture.fitted(ink)])

    def show_marks(self, marks: list[Mark]) -> None:
        """Put these marks in place of what is there, as one step."""
        self._finish()
        self.drawing.replace_all(marks)
        self._redraw()

    # Geometry: the sheet is the largest centred square.

    def sizeHint(self) -> QSize:
        return QSize(320, 320)

    def sheet(self) -> QRect:
        """Where the sheet lies in the widget."""
        side = min(self.width(), self.height())
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def to_pad(self, position: QPointF) -> tuple[float, float]:
        """A position in the widget, in pad units."""
        sheet = self.sheet()
        unit = PAD_SIZE / max(1, sheet.width())
        return (position.x() - sheet.x()) * unit, (position.y() - sheet.y()) * unit

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_screen_surface()
        super().resizeEvent(event)

    def _fit_screen_surface(self) -> None:
        side = max(1, round(self.sheet().width() * self.devicePixelRatioF()))
        if side == self._screen_surface.ink.shape[0]:
            return
        self._screen_surface = InkSurface(PAD_SIZE, side / PAD_SIZE)
        for mark in self.drawing.marks:
            self._screen_surface.draw(mark)
        if self.is_drawing:
            self._screen_surface.extend(self._stroke())
        self._image = self._wrap_ink()
        self._update_cursor()
        self.update()

    def _wrap_ink(self) -> QImage:
        # The image looks straight into the surface's memory, which lives as long as the surface
        # does and never moves.
        ink = self._screen_surface.ink
        image = QImage(
            ink.data, ink.shape[1], ink.shape[0], ink.strides[0], QImage.Format.Format_Indexed8
        )
        image.setColorTable(self._colours)
        return image

    def _redraw(self) -> None:
        for surface in (self._net_surface, self._screen_surface):
            surface.clear()
            for mark in self.drawing.marks:
                surface.draw(mark)
        self.update()
        self.history_changed.emit()
        self.ink_changed.emit()

    # Pointers. One at a time draws: what else comes meanwhile is ignored.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin("mouse", event.position(), NEUTRAL_PRESSURE, self._erasing)
        elif event.button() == Qt.MouseButton.RightButton:
            self._begin("mouse", event.position(), NEUTRAL_PRESSURE, True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move("mouse", event.position(), NEUTRAL_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & (Qt.MouseButton.LeftButton | Qt.MouseButton.RightButton):
            self._end("mouse", event.position(), NEUTRAL_PRESSURE)

    def tabletEvent(self, event: QTabletEvent) -> None:
        # Accepted even where nothing is drawn, or Qt would send a mouse event for it as well.
        event.accept()
        pressure = event.pressure()
        tip, barrel = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        if event.type() == QEvent.Type.TabletPress:
            if event.button() != tip and not (event.button() == barrel and pressure > 0):
                return  # a button pressed in the air
            rubs = event.pointerType() == QPointingDevice.PointerType.Eraser or bool(
                event.buttons() & barrel
            )
            if self._source not in (None, "pen"):
                # The same pen reported as a mouse too, or the hand that holds it.
                self._abandon()
            self._begin("pen", event.position(), pressure, rubs or self._erasing)
        elif event.type() == QEvent.Type.TabletMove:
            self._move("pen", event.position(), pressure)
        elif event.type() == QEvent.Type.TabletRelease and (
            event.button() == tip or not event.buttons() & tip
        ):
            self._end("pen", event.position(), None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            return self._touch(event)
        if event.type() == QEvent.Type.WindowDeactivate:
            # A release that went to another window never comes.
            self._finish()
        return super().event(event)

    def _touch(self, event: QTouchEvent) -> bool:
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            # It was no touch but a palm or a gesture.
            if self._source is not None and self._source.startswith("finger"):
                self._abandon()
            return True
        for point in event.points():
            source = f"finger {point.id()}"
            pressure = point.pressure() if 0.0 < point.pressure() < 1.0 else NEUTRAL_PRESSURE
            if point.state() == point.State.Pressed:
                self._begin(source, point.position(), pressure, self._erasing)
            elif point.state() == point.State.Updated:
                self._move(source, point.position(), pressure)
            elif point.state() == point.State.Released:
                self._end(source, point.position(), pressure)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Only who moves by keys needs to see where the focus is.
        self._focused_by_keys = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._focused_by_keys = False
        super().focusOutEvent(event)

    # The stroke under way.

    def _begin(self, source: str, position: QPointF, pressure: float, erases: bool) -> None:
        if self._source is not None:
            return
        self._source = source
        self._stroke_erases = erases
        self._count = 0
        self._append(position, pressure)

    def _move(self, source: str, position: QPointF, pressure: float) -> None:
        if self._source != source:
            return
        self._append(position, pressure)
        if self._count >= MAX_POINTS_PER_STROKE:
            # A pen that never lifts: this stroke ends here and the next begins where it ended.
            erases = self._stroke_erases
            self._finish()
            self._begin(source, position, pressure, erases)

    def _end(self, source: str, position: QPointF, pressure: float | None) -> None:
        if self._source != source:
            return
        if pressure is not None:
            self._append(position, pressure)
        self._finish()

    def _append(self, position: QPointF, pressure: float) -> None:
        x, y = self.to_pad(position)
        if not (math.isfinite(x) and math.isfinite(y)):
            return
        x, y = (min(max(v, -_FAR_OUTSIDE), _FAR_OUTSIDE + PAD_SIZE) for v in (x, y))
        point = (x, y, min(max(pressure, 0.0), 1.0))
        if self._count and np.array_equal(
            self._points[self._count - 1], np.array(point, np.float32)
        ):
            return
        if self._count == len(self._points):
            self._points = np.concatenate([self._points, np.empty_like(self._points)])
        self._points[self._count] = point
        self._count += 1
        self._draw_newest(finished=False)

    def _stroke(self) -> Stroke:
        width = ERASER_WIDTH if self._stroke_erases else self._pen_width
        return Stroke(self._points[: self._count], width, self._stroke_erases)

    def _draw_newest(self, finished: bool) -> None:
        stroke = self._stroke()
        self._net_surface.extend(stroke, finished)
        self._update_box(self._screen_surface.extend(stroke, finished))
        self.ink_changed.emit()

    def _finish(self) -> None:
        if self._source is None:
            return
        self._source = None
        if self._count:
            self._draw_newest(finished=True)
            stroke = self._stroke()
            self.drawing.add(Stroke(stroke.points.copy(), stroke.width, stroke.erases))
            self._points = self._points[:256]
            self._count = 0
        self.history_changed.emit()
        self.stroke_finished.emit()

    def _abandon(self) -> None:
        """Forget the stroke under way: it was not meant."""
        self._source = None
        self._count = 0
        self._redraw()

    # Painting.

    def _update_box(self, box: Box | None) -> None:
        if box is None:
            return
        if self._count <= 1 and len(self.drawing) == 0:
            # The hint goes, and it is larger than the first dot.
            self.update()
            return
        ratio = self.sheet().width() / self._screen_surface.ink.shape[0]
        left, top, right, bottom = (edge * ratio for edge in box)
        dirty = QRectF(left, top, right - left, bottom - top).translated(
            QPointF(self.sheet().topLeft())
        )
        self.update(dirty.toAlignedRect().adjusted(-2, -2, 2, 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        # The screen's scale may have changed since the last resize.
        self._fit_screen_surface()
        painter = QPainter(self)
        sheet = QRectF(self.sheet())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = QPen(QColor(self._theme.accent if self._focused_by_keys else self._theme.line), 1)
        outline = sheet.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.paper))
        painter.drawRoundedRect(outline, _CORNER_RADIUS, _CORNER_RADIUS)
        # The ink keeps inside the rounded corners; only what changed is copied.
        visible = QRectF(event.rect()).intersected(sheet.adjusted(4, 4, -4, -4))
        ratio = self._image.width() / max(1.0, sheet.width())
        source = visible.translated(-sheet.topLeft())
        painter.drawImage(
            visible,
            self._image,
            QRectF(
                source.x() * ratio,
                source.y() * ratio,
                source.width() * ratio,
                source.height() * ratio,
            ),
        )
        painter.setPen(border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(outline, _CORNER_RADIUS, _CORNER_RADIUS)
        if not self.is_drawing and len(self.drawing) == 0:
            self._paint_hint(painter, sheet)
        if self._outlined is not None:
            self._paint_outline(painter, sheet, self._outlined)

    def _paint_hint(self, painter: QPainter, sheet: QRectF) -> None:
        font = painter.font()
        font.setPixelSize(max(13, round(sheet.width() * 0.06)))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.quiet))
        painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, self.hint)

    def _paint_outline(self, painter: QPainter, sheet: QRectF, box: QRectF) -> None:
        unit = sheet.width() / PAD_SIZE
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._theme.accent), 1.5))
        framed = QRectF(
            box.x() * unit, box.y() * unit, box.width() * unit, box.height() * unit
        ).translated(sheet.topLeft())
        painter.drawRect(framed.intersected(sheet.adjusted(2, 2, -2, -2)))

    def _update_cursor(self) -> None:
        width = (
            (ERASER_WIDTH if self._erasing else self._pen_width) * self.sheet().width() / PAD_SIZE
        )
        self.setCursor(ring_cursor(width, self.devicePixelRatioF(), self._theme))
