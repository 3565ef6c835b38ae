"""A window whose screen changes while it is open: it moves to another one, gets another scale, or
its screen goes away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QRegion, QResizeEvent, QScreen, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from digitpad.ui.style.screen import (
    fitted_to_screen,
    move_onto_screen,
    open_over,
    place_on_screens,
    screen_of,
)

_DESKTOP_MS = 400
"""So long the desktop has to bring windows back by itself."""


class ScreenFollowing(QObject):
    """Keeps a window as large as its screen allows, within reach, and as fine as its screen is.

    A window that the person moves to a smaller screen keeps its size, as other programs' windows
    do, but can be made small enough for it. Only one whose screen went away or shrank is moved and
    made smaller.
    """

    def __init__(self, window: QWidget, least: QSize) -> None:
        """least: the window's smallest size, in pixels, where there is room for it."""
        super().__init__(window)
        self._window, self._least = window, least
        self._handle: QWindow | None = None
        self._changed = QTimer(self, singleShot=True, interval=_DESKTOP_MS)
        self._changed.timeout.connect(self.come_back)
        self._other_scale = QTimer(self, singleShot=True, interval=0)
        self._other_scale.timeout.connect(self._lay_out_anew)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._note_change)
        application.screenAdded.connect(self._watch)
        for screen in QGuiApplication.screens():
            self._watch(screen)
        self._fit_least()
        window.installEventFilter(self)

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._note_change)

    def _note_change(self) -> None:
        self._changed.start()

    def _fit_least(self) -> None:
        self._fitted = screen_of(self._window)
        self._window.setMinimumSize(fitted_to_screen(self._window, self._least))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that the window is shown, and on a screen of another scale."""
        if event.type() == QEvent.Type.Show:
            self._open_over_another()
            self._follow_handle()
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            # Its children are told after it.
            self._other_scale.start()
        return False

    def _open_over_another(self) -> None:
        """Open over the window that it is opened from, the first time."""
        window, other = self._window, QApplication.activeWindow()
        is_placed = window.testAttribute(Qt.WidgetAttribute.WA_Moved)
        if other is not None and other is not window and not is_placed:
            open_over(window, other)

    def _follow_handle(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.screenChanged.connect(self._fit_least)
            if screen_of(self._window) is not self._fitted:
                self._fit_least()

    def come_back(self) -> None:
        """Be no larger than the screen, and where it can be taken hold of; a window that is seen
        whole stays as it is."""
        window = self._window
        self._fit_least()
        rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        seen = QRegion()
        for room in rooms:
            seen += room
        if (
            not window.isVisible()
            or window.isMaximized()
            or window.isFullScreen()
            or (QRegion(window.geometry()) - seen).isEmpty()
        ):
            return
        size = fitted_to_screen(window, window.size())
        box = window.geometry().getRect()
        if size == window.size() and place_on_screens(box, rooms) is not None:  # type: ignore[arg-type]
            return
        window.resize(size)
        move_onto_screen(window)

    def _lay_out_anew(self) -> None:
        lay_out_anew(self._window)


def lay_out_anew(window: QWidget) -> None:
    """Have a window and all in it lay themselves out as if they were resized, where pixels or texts
    have another size now."""
    if window.styleSheet():
        # Letters under a style sheet take the application's size only with the sheet.
        window.setStyleSheet(window.styleSheet())
    for widget in (window, *window.findChildren(QWidget)):
        if widget is window or not widget.isWindow():
            QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))
            widget.update()
