"""Pens, fingers and mice for the tests: events as Qt gets them from devices, at positions in a
widget."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

LEFT, RIGHT, MIDDLE, NONE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.NoButton,
)
Point = tuple[float, float]
_NEVER_MS = 60_000
_MOMENT_MS = 50


class Mouse:
    """A mouse that reports fractions of pixels, and positions outside the widget once it is
    held."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget

    def send(
        self, kind: QEvent.Type, at: Point, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> bool:
        position = QPointF(*at)
        event = QMouseEvent(
            kind,
            position,
            self._widget.mapToGlobal(position),
            button,
            held,
            Qt.KeyboardModifier.NoModifier,
        )
        QCoreApplication.sendEvent(self._widget, event)
        return event.isAccepted()

    def press(self, at: Point, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseButtonPress, at, button, button)

    def move(self, at: Point, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseMove, at, NONE, button)

    def release(self, at: Point, button: Qt.MouseButton = LEFT) -> None:
        self.send(QEvent.Type.MouseButtonRelease, at, button, NONE)

    def draw(self, *points: Point, button: Qt.MouseButton = LEFT) -> None:
        self.press(points[0], button)
        for point in points[1:]:
            self.move(point, button)
        self.release(points[-1], button)


class Pen:
    """A pen of a tablet, or its eraser end."""

    def __init__(self, widget: QWidget, eraser: bool = False) -> None:
        kind = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
        abilities = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        self._widget = widget
        self._device = QPointingDevice(
            "pen", 1, QInputDevice.DeviceType.Stylus, kind, abilities, 1, 3
        )

    def send(
        self,
        kind: QEvent.Type,
        at: Point,
        pressure: float,
        button: Qt.MouseButton,
        held: Qt.MouseButton,
    ) -> bool:
        """Whether the widget took the event; Qt makes a mouse event of what it did not take."""
        position = QPointF(*at)
        place = self._widget.mapToGlobal(position)
        still = (pressure, 0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier)
        event = QTabletEvent(kind, self._device, position, place, *still, button, held)
        event.ignore()
        QCoreApplication.sendEvent(self._widget, event)
        return event.isAccepted()

    def press(self, at: Point, pressure: float = 0.5, button: Qt.MouseButton = LEFT) -> bool:
        return self.send(QEvent.Type.TabletPress, at, pressure, button, button)

    def move(self, at: Point, pressure: float = 0.5, held: Qt.MouseButton = LEFT) -> bool:
        return self.send(QEvent.Type.TabletMove, at, pressure, NONE, held)

    def release(self, at: Point, button: Qt.MouseButton = LEFT) -> bool:
        return self.send(QEvent.Type.TabletRelease, at, 0.0, button, NONE)

    def draw(self, *points: tuple[float, float, float]) -> None:
        """Through (x, y, pressure) points."""
        self.press(points[0][:2], points[0][2])
        for x, y, pressure in points[1:]:
            self.move((x, y), pressure)
        self.release(points[-1][:2])


_touch_screens: list[QPointingDevice] = []


def touch_screen() -> QPointingDevice:
    """The one touch screen that the tests have."""
    if not _touch_screens:
        _touch_screens.append(QTest.createTouchDevice())
    return _touch_screens[0]


class Finger:
    """A finger on a widget, at positions in its pixels; what the widget does not take, Qt makes a
    mouse of."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._events = QTest.touchEvent(widget, touch_screen(), False)

    def _at(self, at: Point) -> QPoint:
        return QPointF(*at).toPoint()

    def press(self, at: Point) -> None:
        self._events.press(0, self._at(at), self._widget).commit()

    def move(self, at: Point) -> None:
        self._events.move(0, self._at(at), self._widget).commit()

    def release(self, at: Point) -> None:
        self._events.release(0, self._at(at), self._widget).commit()

    def tap(self, at: Point | None = None) -> None:
        """In the middle where no place is given."""
        center = self._widget.rect().center()
        place = (center.x(), center.y()) if at is None else at
        # Two in the same moment would be a double click.
        hints = QGuiApplication.styleHints()
        QTest.qWait(hints.mouseDoubleClickInterval())
        with _no_rest():
            self.press(place)
            self.release(place)

    def swipe(self, start: Point, end: Point, steps: int = 10) -> None:
        """From one place to another, in as many moves."""
        with _no_rest():
            self.press(start)
        for step in range(1, steps + 1):
            share = step / steps
            QTest.qWait(4)
            self.move(tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
        self.release(end)


@contextmanager
def _no_rest() -> Iterator[None]:
    """However long what is pressed takes to paint, the finger that comes down now rests nowhere."""
    hints = QGuiApplication.styleHints()
    rests_after = hints.mousePressAndHoldInterval()
    hints.setMousePressAndHoldInterval(_NEVER_MS)
    yield
    hints.setMousePressAndHoldInterval(rests_after)


@contextmanager
def quick_fingers() -> Iterator[None]:
    """A finger rests after a moment, and two taps are a double click only within a moment."""
    hints = QGuiApplication.styleHints()
    usual = hints.mousePressAndHoldInterval(), hints.mouseDoubleClickInterval()
    hints.setMousePressAndHoldInterval(_MOMENT_MS)
    hints.setMouseDoubleClickInterval(_MOMENT_MS)
    yield
    hints.setMousePressAndHoldInterval(usual[0])
    hints.setMouseDoubleClickInterval(usual[1])


def rest() -> None:
    """Wait until a finger that is down is taken to rest."""
    QTest.qWait(QGuiApplication.styleHints().mousePressAndHoldInterval() + 30)
