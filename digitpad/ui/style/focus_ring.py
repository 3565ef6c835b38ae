"""The ring around what has the keyboard, one look for every control of every window.

It is seen while a person goes about with keys, and goes as soon as a pointer presses anything, as
":focus-visible" of web pages does. What is chosen is marked otherwise: filled, bold or underlined.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QWindow,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from digitpad.ui.style.theme import Theme

RING = 2.0
"""How thick the ring is, in pixels."""
_HALO = 1.0
"""Lines of the ground's colour inside and outside of it, so that it is seen on any picture."""
_OUTSIDE = 4
"""How far beyond the control it reaches where there is room."""
_RADIUS = 9.0
_MASKED = 8
"""Nothing of it lies further inside than this."""
_NAME = "digitpad-focus-watch"

_POINTERS = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)


class FocusRing(QWidget):
    """The ring, over the window that its control is in; no pointer notices it.

    Attributes:
        is_pictured: whether it is painted; not in a picture of the window that is kept.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        """window: whose control it will lie around."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.theme = theme
        self.is_pictured = True
        self.hide()

    def lie_around(self, control: QWidget) -> None:
        """Lie around a control, or as much of it as is seen; hide where nothing is."""
        box = seen_box(control)
        if box.isEmpty():
            self.hide()
            return
        box = box.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)
        box &= control.window().rect()
        if box != self.geometry():
            self.setGeometry(box)
            inside = self.rect().adjusted(_MASKED, _MASKED, -_MASKED, -_MASKED)
            # What it surrounds is painted as if it were not there.
            self.setMask(QRegion(self.rect()) - QRegion(inside))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring between its two fine lines."""
        if not self.is_pictured:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        middle = (RING + 2 * _HALO) / 2
        box = QRectF(self.rect()).adjusted(middle, middle, -middle, -middle)
        for colour, width in ((self.theme.ground, RING + 2 * _HALO), (self.theme.accent, RING)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRoundedRect(box, _RADIUS - middle, _RADIUS - middle)


class FocusWatch(QObject):
    """Follows the keyboard's focus through all windows, and shows the ring where keys moved it.

    Attributes:
        ring: the ring; None before one was shown, or since its window is gone.
    """

    def __init__(self, application: QApplication, theme: Theme) -> None:
        """application: whose windows are watched."""
        super().__init__(application)
        self.setObjectName(_NAME)
        self._theme = theme
        self._by_keys = False
        self._window: QWindow | None = None
        self._followed: list[QWidget] = []
        self._ring: FocusRing | None = None
        application.focusChanged.connect(self._follow)
        application.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    @property
    def ring(self) -> FocusRing | None:
        """The ring."""
        return self._ring if self._ring is not None and isValid(self._ring) else None

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self._theme = theme
        if self.ring is not None:
            self.ring.theme = theme
            self.ring.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and pointers reach a window; a control that is followed is moved."""
        kind = event.type()
        if kind in _MOVES:
            if self._followed and watched is not self._window:
                self._place()
        elif kind in _KEYS:
            if isinstance(event, QKeyEvent) and event.key() not in _MODIFIERS:
                self._by_keys = True
                if event.key() in _TABS:
                    # Where there is but one control the focus does not move, and is asked for.
                    QTimer.singleShot(0, self, self._show)
        elif kind in _POINTERS:
            self._by_keys = False
            self._leave()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        was_seen = bool(self._followed)
        if now is None:
            # Another program's window: what is seen comes back with this one.
            self._leave()
            self._by_keys = was_seen
            return
        self._leave()
        if not isValid(now):
            # Qt made it where another lay that is gone, and it is taken for that one.
            return
        window = now.window()
        if window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            # Qt's own note that Tab was pressed, which it does not take back.
            window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, False)
            self._by_keys = True
        if self._by_keys and not isinstance(now, QMenu | QMenuBar):
            self._surround(now)

    def _show(self) -> None:
        control = QApplication.focusWidget()
        if control is not None and not self._followed:
            self._follow(None, control)

    def _surround(self, control: QWidget) -> None:
        window = control.window()
        ring = self.ring
        if ring is None:
            ring = self._ring = FocusRing(window, self._theme)
        elif ring.parentWidget() is not window:
            ring.setParent(window)
        each: QWidget | None = control
        while each is not None:
            each.installEventFilter(self)
            self._followed.append(each)
            each = None if each is window else each.parentWidget()
        self._place()

    def _place(self) -> None:
        if self.ring is not None and isValid(self._followed[0]):
            self.ring.lie_around(self._followed[0])

    def _leave(self) -> None:
        for each in self._followed:
            if isValid(each):
                each.removeEventFilter(self)
        self._followed = []
        if self.ring is not None:
            self.ring.hide()


def seen_box(control: QWidget) -> QRect:
    """What is seen of a control, in its window's pixels: what scrolls may be scrolled away."""
    window = control.window()
    box = QRect(control.mapTo(window, control.rect().topLeft()), control.size())
    each: QWidget | None = control
    while each is not None and each is not window:
        parent = each.parentWidget()
        if isinstance(parent, QAbstractScrollArea) and parent.viewport() is each:
            box &= QRect(each.mapTo(window, each.rect().topLeft()), each.size())
        each = parent
    return box if control.isVisible() else QRect()


def watch_focus(application: QApplication, theme: Theme) -> FocusWatch:
    """The application's one watch, with the theme's colours."""
    watch = application.findChild(FocusWatch, _NAME)
    if watch is None:
        return FocusWatch(application, theme)
    watch.set_theme(theme)
    return watch
