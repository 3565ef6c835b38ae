"""What a finger does beyond a tap, in every window: where it rests a menu or a tip opens, where it
moves over a list the list follows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QInputDevice,
    QMouseEvent,
    QScrollPrepareEvent,
    QWindow,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QScroller,
    QScrollerProperties,
    QWidget,
)
from shiboken6 import isValid

from digitpad.ui.style.finger_reach import finger_acts_at
from digitpad.ui.style.tips import ask_menu, tell_tip

_FAR = QPointF(-10_000, -10_000)
"""A finger that comes up here has clicked nothing."""
_AT_ONCE = 1e-4
"""In metres: that a finger moves along is decided here already."""
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_POINTER = (*_PRESSES, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease)
_TYPED_IN = (QLineEdit, QAbstractSpinBox)


class Fingers(QObject):
    """Watches windows for the mouse events that Qt makes of fingers which no widget took itself, as
    the pad takes them.

    A press over what can be scrolled is held back until it is known to be none of a swipe.
    """

    def __init__(self, parent: QObject) -> None:
        """parent: whose it is."""
        super().__init__(parent)
        self._window: QWindow | None = None
        self._press: QMouseEvent | None = None
        self._is_held_back = self._is_over = self._is_sending = False
        self._scrolled: QObject | None = None
        self._scroller: QScroller | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._rest)
        self._tells = False
        # From where the finger is to where it acts.
        self._aside = QPointF()
        # Qt takes a tip away when the finger is lifted, which hid it until then.
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._tell)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Whether what a finger did goes no further."""
        if event.type() not in _POINTER or self._is_sending:
            return False
        if not isinstance(event, QMouseEvent) or not isinstance(window, QWindow):
            return False
        device = event.device()
        if (
            event.source() != Qt.MouseEventSource.MouseEventSynthesizedByQt
            or device.type() != QInputDevice.DeviceType.TouchScreen
        ):
            return False
        if event.type() in _PRESSES:
            top = QWidget.find(window.winId())
            place = event.position()
            self._aside = QPointF() if top is None else finger_acts_at(top, place) - place
        if self._aside.isNull():
            return self._take(window, event)
        # The control that was nearly hit hears of it in place of what lies there.
        aside = _moved(event, self._aside)
        if not self._take(window, aside):
            self._is_sending = True
            QApplication.sendEvent(window, aside)
            self._is_sending = False
        return True

    def _take(self, window: QWindow, event: QMouseEvent) -> bool:
        """Whether what a finger did is no matter of who lies there."""
        if event.type() in _PRESSES:
            return self._begin(window, event)
        self._forget_what_is_gone()
        if self._press is None or window is not self._window:
            return False
        if event.type() == QEvent.Type.MouseMove:
            return self._move(event)
        return self._end(event)

    def _begin(self, window: QWindow, event: QMouseEvent) -> bool:
        self._window, self._press = window, event.clone()
        self._is_over, self._tells, self._scroller = False, False, None
        widget = self._widget()
        self._scrolled = None if widget is None else _scrolled_at(widget, event.globalPosition())
        self._is_held_back = self._scrolled is not None
        if self._scrolled is not None and QScroller.hasScroller(self._scrolled):
            scroller = QScroller.scroller(self._scrolled)
            if scroller.state() == QScroller.State.Scrolling:
                # A finger that stops what still moves wants nothing else.
                scroller.stop()
                self._is_over = True
        self._timer.start(QGuiApplication.styleHints().mousePressAndHoldInterval())
        return self._is_held_back

    def _move(self, event: QMouseEvent) -> bool:
        assert self._press is not None
        if self._is_over:
            return True
        if self._scroller is not None:
            self._scroll(QScroller.Input.InputMove, event)
            return True
        way = event.globalPosition() - self._press.globalPosition()
        if way.manhattanLength() < QApplication.startDragDistance():
            return self._is_held_back
        self._timer.stop()
        if self._scrolled is not None and _moves_along(self._scrolled, self._press, way):
            self._scroller = QScroller.scroller(self._scrolled)
            self._scroller.setScrollerProperties(_how_it_scrolls())
            self._scroll(QScroller.Input.InputPress, self._press)
            self._scroll(QScroller.Input.InputMove, event)
            return True
        self._let_go()
        return False

    def _end(self, event: QMouseEvent) -> bool:
        self._timer.stop()
        is_taken = self._is_over
        if self._scroller is not None:
            self._scroll(QScroller.Input.InputRelease, event)
            is_taken = True
        elif not is_taken:
            self._let_go()
        self._scroller = self._scrolled = None
        if self._tells:
            self._again.start()
        else:
            self._press = self._window = None
        return is_taken

    def _rest(self) -> None:
        """The finger rests: nothing is clicked by it any more."""
        widget = self._widget()
        if self._press is None or widget is None:
            return
        if not self._is_held_back:
            self._send(QEvent.Type.MouseButtonRelease, _FAR)
        self._is_over = True
        at = widget.mapFromGlobal(self._press.globalPosition().toPoint())
        has_tip = bool(widget.toolTip()) and not isinstance(widget, _TYPED_IN)
        if has_tip or not ask_menu(widget, at, QContextMenuEvent.Reason.Mouse):
            self._tells = True
            self._tell()

    def _tell(self) -> None:
        """Show the tip of what lies there."""
        widget = self._widget()
        if widget is not None and self._press is not None:
            tell_tip(widget, widget.mapFromGlobal(self._press.globalPosition().toPoint()))

    def _widget(self) -> QWidget | None:
        """What lies where the finger came down."""
        self._forget_what_is_gone()
        if self._press is None or self._window is None:
            return None
        top = QWidget.find(self._window.winId())
        if top is None:
            return None
        return top.childAt(self._press.position().toPoint()) or top

    def _forget_what_is_gone(self) -> None:
        """A key or a program may close a window under a finger, or take away what it scrolls."""
        if self._window is not None and not isValid(self._window):
            self._press = self._window = None
            self._scroller = self._scrolled = None
        elif self._scrolled is not None and not isValid(self._scrolled):
            # The scroller went with it; the finger does nothing more until it is lifted.
            self._scroller = self._scrolled = None
            self._is_over = True

    def _let_go(self) -> None:
        """The press is one: whoever lies there hears of it now."""
        if self._is_held_back and self._press is not None:
            self._is_held_back = False
            self._send(self._press.type(), self._press.position())

    def _send(self, kind: QEvent.Type, at: QPointF) -> None:
        press, window = self._press, self._window
        assert press is not None and window is not None
        is_release = kind == QEvent.Type.MouseButtonRelease
        buttons = Qt.MouseButton.NoButton if is_release else Qt.MouseButton.LeftButton
        event = QMouseEvent(
            kind,
            at,
            at,
            window.mapToGlobal(at),
            Qt.MouseButton.LeftButton,
            buttons,
            press.modifiers(),
            Qt.MouseEventSource.MouseEventSynthesizedByQt,
            press.pointingDevice(),
        )
        self._is_sending = True
        QApplication.sendEvent(window, event)
        self._is_sending = False

    def _scroll(self, kind: QScroller.Input, event: QMouseEvent) -> None:
        """Tell the scroller where the finger is, in its target's own places."""
        target = self._scrolled
        at = event.globalPosition()
        if isinstance(target, QWidget):
            at = target.mapFromGlobal(at)
        if self._scroller is not None:
            self._scroller.handleInput(kind, at, event.timestamp())


def _moved(event: QMouseEvent, way: QPointF) -> QMouseEvent:
    """The same of a finger elsewhere."""
    moved = QMouseEvent(
        event.type(),
        event.position() + way,
        event.scenePosition() + way,
        event.globalPosition() + way,
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.source(),
        event.pointingDevice(),
    )
    moved.setTimestamp(event.timestamp())
    return moved


def _scrolled_at(widget: QWidget, at: QPointF) -> QWidget | None:
    """What is scrolled by a finger that lies on a widget: it itself or what lies around it; None
    where nothing is, or where a finger does something else."""
    part: QWidget | None = widget
    while part is not None:
        if isinstance(part, (QAbstractSlider, *_TYPED_IN)):
            return None
        if not isinstance(part, QAbstractScrollArea) and _range_of(part, at) != (0.0, 0.0):
            return part
        part = None if part.isWindow() else part.parentWidget()
    return None


def _range_of(part: QObject, at: QPointF) -> tuple[float, float]:
    """How far something can be scrolled across and down, from a place on the screen; 0 and 0 where
    it cannot be."""
    place = part.mapFromGlobal(at) if isinstance(part, QWidget) else at
    event = QScrollPrepareEvent(place)
    event.ignore()
    QApplication.sendEvent(part, event)
    room = event.contentPosRange()
    return (room.width(), room.height()) if event.isAccepted() else (0.0, 0.0)


def _moves_along(part: QObject, press: QMouseEvent, way: QPointF) -> bool:
    """Whether a finger moves in a direction in which something can be scrolled."""
    across, down = _range_of(part, press.globalPosition())
    return across > 0 if abs(way.x()) > abs(way.y()) else down > 0


def _how_it_scrolls() -> QScrollerProperties:
    """It follows the finger and stops at its ends."""
    how = QScrollerProperties()
    metric, never = (
        QScrollerProperties.ScrollMetric,
        QScrollerProperties.OvershootPolicy.OvershootAlwaysOff,
    )
    how.setScrollMetric(metric.DragStartDistance, _AT_ONCE)
    how.setScrollMetric(metric.HorizontalOvershootPolicy, never)
    how.setScrollMetric(metric.VerticalOvershootPolicy, never)
    return how
