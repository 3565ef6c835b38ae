"""A sheet that tells of every pointer event that reaches it, for who wonders what a pen reports."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPointerEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.style.theme import system_theme

_PRESS, _MOVE, _RELEASE = N_("press"), N_("move"), N_("release")
_KINDS = {
    QEvent.Type.TabletPress: _PRESS,
    QEvent.Type.TabletMove: _MOVE,
    QEvent.Type.TabletRelease: _RELEASE,
    QEvent.Type.TabletEnterProximity: N_("comes near"),
    QEvent.Type.TabletLeaveProximity: N_("goes away"),
    QEvent.Type.MouseButtonPress: _PRESS,
    QEvent.Type.MouseButtonDblClick: N_("second press"),
    QEvent.Type.MouseMove: _MOVE,
    QEvent.Type.MouseButtonRelease: _RELEASE,
    QEvent.Type.TouchCancel: N_("cancelled"),
}
_NEARNESS = (QEvent.Type.TabletEnterProximity, QEvent.Type.TabletLeaveProximity)
_SHOWN = 200
_MARGIN = 16


class PointerWatch(QWidget):
    """Shows the newest events, and tells of each.

    Signals:
        told (str): a line for an event, or for each finger of one: time in seconds, what points,
            what it does, the device, the position in the sheet's pixels, pressure and buttons.
    """

    told = Signal(str)

    def __init__(self) -> None:
        """An empty sheet."""
        super().__init__()
        self.setWindowTitle(_("What pen, mouse and fingers report"))
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._lines: deque[str] = deque(maxlen=_SHOWN)
        application = QApplication.instance()
        assert application is not None
        # That a pen comes near is told to the application alone.
        application.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """Room to draw in."""
        return QSize(860, 560)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A pen comes near, or goes away."""
        if event.type() in _NEARNESS and isinstance(event, QTabletEvent):
            self._tell(event, _("pen"), event.position(), event.pressure())
        return False

    def event(self, event: QEvent) -> bool:
        """Tell of pens, mice and fingers; all are taken, so that none comes again as another."""
        if isinstance(event, QTabletEvent) and event.type() not in _NEARNESS:
            event.accept()
            self._tell(event, _("pen"), event.position(), event.pressure())
            return True
        if isinstance(event, QTouchEvent):
            event.accept()
            self._tell_fingers(event)
            return True
        if isinstance(event, QMouseEvent) and event.type() in _KINDS:
            event.accept()
            self._tell(event, _("mouse"), event.position(), None)
            return True
        return super().event(event)

    def _tell_fingers(self, event: QTouchEvent) -> None:
        if event.type() == QEvent.Type.TouchCancel:
            self._tell(event, _("finger"), QPointF(), None)
            return
        for point in event.points():
            kinds = {
                point.State.Pressed: _PRESS,
                point.State.Updated: _MOVE,
                point.State.Released: _RELEASE,
            }
            if point.state() in kinds:
                who = _("finger {number}").format(number=point.id())
                kind = kinds[point.state()]
                self._tell(event, who, point.position(), point.pressure(), kind)

    def _tell(
        self,
        event: QPointerEvent,
        who: str,
        at: QPointF,
        pressure: float | None,
        kind: str | None = None,
    ) -> None:
        device = event.pointingDevice()
        name = device.name() if device is not None and device.name() else _("a device with no name")
        parts = [
            f"{self._clock.elapsed() / 1000:8.3f}",
            who,
            _(kind if kind is not None else _KINDS[event.type()]),
            f"x {at.x():.1f}",
            f"y {at.y():.1f}",
        ]
        if pressure is not None:
            parts.append(_("pressure {value}").format(value=f"{pressure:.3f}"))
        if isinstance(event, QTabletEvent):
            parts.append(str(event.pointerType().name))
        if isinstance(event, QTabletEvent | QMouseEvent):
            held = [str(one.name) for one in Qt.MouseButton if one.value and one in event.buttons()]
            parts.append(_("buttons {names}").format(names="+".join(held) or "-"))
        line = "  ".join([*parts, f"[{name}]"])
        self._lines.append(line)
        self.told.emit(line)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The newest lines, the last of them lowest, under what to do."""
        theme = system_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.paper))
        painter.setPen(QColor(theme.text))
        box = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        hint = _("Draw here with pen, mouse and finger. The terminal has every event; Esc ends it.")
        painter.drawText(box, Qt.TextFlag.TextWordWrap, hint)
        top = painter.boundingRect(box, Qt.TextFlag.TextWordWrap, hint).bottom() + _MARGIN
        painter.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        painter.setPen(QColor(theme.quiet))
        height = painter.fontMetrics().height()
        room = max(0, (box.bottom() - top) // height)
        for row, line in enumerate(list(self._lines)[-room:] if room else []):
            text = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box.left(), top + (row + 1) * height, text)
