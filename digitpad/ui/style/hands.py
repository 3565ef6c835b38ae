"""What is done in every window alike by who has no mouse."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from digitpad.ui.style.fingers import Fingers
from digitpad.ui.style.tips import MenuKeys

_IS_WATCHED = "digitpad-is-watched"


class Hands(QObject):
    """Lets keys and fingers ask for menus and tips, and fingers scroll, in each window from when it
    first has the keyboard."""

    def __init__(self, application: QGuiApplication) -> None:
        """application: whose windows they are."""
        super().__init__(application)
        self._watching = Fingers(self), MenuKeys(self)
        application.focusWindowChanged.connect(self.watch)
        self.watch(QGuiApplication.focusWindow())

    def watch(self, window: QWindow | None) -> None:
        """Watch a window from now on."""
        if window is not None:
            for one in self._watching:
                # Once more is no second time.
                window.installEventFilter(one)
            # What opened may be a menu, whose own menus never have the keyboard for Qt.
            QTimer.singleShot(0, self, self._watch_menus)

    def _watch_menus(self) -> None:
        """Watch the menu that is open, and those that open from it."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return
        for action in menu.actions():
            within = action.menu()
            if isinstance(within, QMenu) and not within.property(_IS_WATCHED):
                within.setProperty(_IS_WATCHED, True)
                within.aboutToShow.connect(lambda menu=within: self._watch_soon(menu))

    def _watch_soon(self, menu: QMenu) -> None:
        """Watch a menu that is about to open."""
        QTimer.singleShot(0, menu, lambda: self.watch(menu.windowHandle()))


def lend_hands() -> None:
    """Have the application's windows watched; once is enough."""
    application = QGuiApplication.instance()
    if isinstance(application, QGuiApplication) and application.findChild(Hands) is None:
        Hands(application)


def lend_hands_to(popup: QWidget) -> None:
    """Have a list that opens over a window watched, once it is shown; Qt leaves the keyboard to the
    window."""
    application = QGuiApplication.instance()
    hands = None if application is None else application.findChild(Hands)
    if hands is not None:
        hands.watch(popup.windowHandle())
