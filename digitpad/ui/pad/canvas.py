"""The pad on the screen: pen, mouse, finger and keys become strokes, and strokes are seen at
once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from digitpad.core.languages import N_, _
from digitpad.ink.drawing import PAD_SIZE, Stroke
from digitpad.ui.pad.crosshair import crosshair_region, paint_crosshair
from digitpad.ui.pad.cursors import ring_cursor
from digitpad.ui.pad.key_pen import KeyPen
from digitpad.ui.pad.pad_model import KEYS, PadModel
from digitpad.ui.pad.pointers import Pointers
from digitpad.ui.pad.screen_sheet import ScreenSheet
from digitpad.ui.pad.sheet_painting import outline_region, paint_hint, paint_outline
from digitpad.ui.pad.tint import Tint
from digitpad.ui.pad.tinted_sheet import TintedSheet
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.theme import LIGHT, Theme, ink_table

_CORNER_RADIUS = 12

_BY_KEYS = N_(
    "Arrow keys move a crosshair, with Shift ten times as far, with Ctrl by a single unit; Space "
    "puts the pen down and up. The digits draw a sample of themselves."
)
_HINT_BY_KEYS = N_("Arrow keys move, Space puts the pen down")


class Canvas(QWidget):
    """A square sheet to draw on, in pad units whatever its size on the screen.

    What is drawn lives in its PadModel; here it is drawn a second time, as fine as the screen.

    Attributes:
        pad: what is on the sheet. pointers, key_pen: what draws on it.
        hint: what an empty pad asks for; update() shows another one.
    """

    spoken_role = QAccessible.Role.Canvas

    def __init__(self, pad: PadModel, parent: QWidget | None = None) -> None:
        """pad: what is drawn on, and shown."""
        super().__init__(parent)
        self.pad = pad
        self.hint = _("Draw a digit")
        self._theme = LIGHT
        self._screen = ScreenSheet(pad, self)
        self._screen.replaced.connect(self._take_screen)
        self._colours = ink_table(self._theme)
        self._image = self._wrap_ink()
        self._outlined: QRectF | None = None
        self._tinted = TintedSheet()
        self.pointers = Pointers(pad, self.to_pad)
        self.key_pen = KeyPen(pad, self)
        self._crossed = QRegion()
        self.key_pen.changed.connect(self._show_crosshair)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        # A pointer that comes back with nothing held tells that a release was lost.
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The right button rubs out.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAccessibleName(_("Drawing pad"))
        self.setAccessibleDescription(_(_BY_KEYS))
        self.key_pen.said.connect(lambda text: announce(self, text, waits=False))
        pad.stroke_extended.connect(self._extend)
        pad.redrawn.connect(self._redraw)
        pad.replay_changed.connect(self._repaint_sheet)
        pad.tool_changed.connect(self._update_cursor)
        self._update_cursor()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        self._colours = ink_table(theme)
        self._image.setColorTable(self._colours)
        self._update_cursor()
        self._repaint_sheet()

    def show_tint(self, tint: Tint | None) -> None:
        """Show the ink in colours; None shows it in its own."""
        if tint is not self._tinted.tint:
            self._tinted.tint = tint
            self._repaint_sheet()

    def outline(self, box: QRectF | None) -> None:
        """Show a box, in pad units, over the drawing; None takes it away."""
        if box != self._outlined:
            sheet = QRectF(self.sheet())
            # The frame moves with every stroke; what lies within it stays as it is.
            self.update(outline_region(sheet, self._outlined) | outline_region(sheet, box))
            self._outlined = box

    # Geometry: the sheet is the largest centred square.

    def sizeHint(self) -> QSize:
        """As large as is pleasant where nothing else decides."""
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
        """Draw the ink anew, as fine as the sheet is now."""
        self._fit_screen()
        self._update_cursor()
        super().resizeEvent(event)

    def _fit_screen(self) -> None:
        side = max(1, round(self.sheet().width() * self.devicePixelRatioF()))
        self._screen.fit(side)

    def _take_screen(self) -> None:
        self._image = self._wrap_ink()
        self._update_cursor()
        self._repaint_sheet()

    def _wrap_ink(self) -> QImage:
        # The image looks straight into the sheet's memory, which lives as long as the sheet
        # does and never moves.
        ink = self._screen.ink
        image = QImage(
            ink.data, ink.shape[1], ink.shape[0], ink.strides[0], QImage.Format.Format_Indexed8
        )
        image.setColorTable(self._colours)
        return image

    def _redraw(self) -> None:
        self._screen.redraw()
        self._repaint_sheet()

    def _repaint_sheet(self) -> None:
        self._tinted.forget()
        self.update()

    # Pointers.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A stroke begins."""
        self.pointers.mouse_press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The stroke goes on."""
        self.pointers.mouse_move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The stroke ends."""
        self.pointers.mouse_release(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        """What a pen does."""
        self.pointers.tablet(event)

    def event(self, event: QEvent) -> bool:
        """Take fingers, and end a stroke where the window loses the keyboard."""
        if isinstance(event, QTouchEvent):
            self.pointers.touch(event)
            return True
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self.key_pen.overrides(event)
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.WindowDeactivate:
            # A release that went to another window never comes.
            self.pad.finish()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys draw from now on."""
        self.key_pen.take_focus(event)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The focus is elsewhere."""
        self.key_pen.lose_focus(event)
        super().focusOutEvent(event)

    # Keys.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw by keys; what is no key for that is left to the window."""
        if not self.key_pen.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key is let go."""
        self.key_pen.release(event)
        super().keyReleaseEvent(event)

    def _show_crosshair(self) -> None:
        region = crosshair_region(QRectF(self.sheet()), self.key_pen)
        if region.isEmpty() != self._crossed.isEmpty() and len(self.pad.drawing) == 0:
            # The hint says otherwise.
            self.update()
        self.update(region | self._crossed)
        self._crossed = region

    # Painting.

    def _extend(self, stroke: Stroke, finished: bool) -> None:
        if self.pad.source not in (None, KEYS):
            self.key_pen.give_way()
        box = self._screen.extend(stroke, finished)
        if self._tinted.tint is not None:
            # The ink's colours may change wherever it is.
            self._repaint_sheet()
            return
        if box is None:
            return
        if len(stroke.points) <= 1 and len(self.pad.drawing) == 0:
            # The hint goes, and it is larger than the first dot.
            self.update()
            return
        ratio = self.sheet().width() / self._image.width()
        left, top, right, bottom = (edge * ratio for edge in box)
        dirty = QRectF(left, top, right - left, bottom - top).translated(
            QPointF(self.sheet().topLeft())
        )
        self.update(dirty.toAlignedRect().adjusted(-2, -2, 2, 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet, its ink where that changed, the hint and the outline."""
        # The screen's scale may have changed since the last resize.
        self._fit_screen()
        painter = QPainter(self)
        sheet = QRectF(self.sheet())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = QPen(QColor(self._theme.line), 1)
        outline = sheet.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.paper))
        painter.drawRoundedRect(outline, _CORNER_RADIUS, _CORNER_RADIUS)
        if self._tinted.tint is None and self.pad.replayed is None:
            self._paint_ink(painter, sheet, QRectF(event.rect()))
        else:
            self._tinted.paint(painter, sheet, self._screen.ink, self.pad.replayed, self._theme)
        painter.setPen(border)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(outline, _CORNER_RADIUS, _CORNER_RADIUS)
        if not self.pad.is_drawing and len(self.pad.drawing) == 0:
            below = _(_HINT_BY_KEYS) if self.key_pen.is_shown else ""
            paint_hint(painter, sheet, self.hint, self._theme, below)
        if self._outlined is not None:
            paint_outline(painter, sheet, self._outlined, self._theme)
        if self.key_pen.is_shown:
            paint_crosshair(painter, sheet, self.key_pen, self._theme)

    def _paint_ink(self, painter: QPainter, sheet: QRectF, dirty: QRectF) -> None:
        # The ink keeps inside the rounded corners; only what changed is copied.
        visible = dirty.intersected(sheet.adjusted(4, 4, -4, -4))
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

    def _update_cursor(self) -> None:
        width = self.pad.tool_width * self.sheet().width() / PAD_SIZE
        self.setCursor(ring_cursor(width, self.devicePixelRatioF(), self._theme))
