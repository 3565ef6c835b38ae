"""How large a window is: no larger than its screen, and texts that grow with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QFont, QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QStyle, QWidget

SMALLEST = QSize(800, 560)
"""Large enough for everything that a window shows, in pixels."""

COMFORTABLE = QSize(1280, 800)
"""The size that windows open with where there is room for it; here the unit is 1."""

_LEAST_UNIT, _LARGEST_UNIT = 0.84, 2.6
LEAST_ROOM, MUCH_ROOM = (634, 400), (853, 533)
"""So many units, across and down, a window keeps for what it shows, texts being no larger than that
allows: the second where pictures have to stay large beside them."""
_FRAME = 4
_GRIP = QSize(120, 30)
"""So much of a window's top has to be on a screen for it to be found and moved."""
_USUAL_FONT = "digitpad-usual-font"

_text_scale = 1.0


def screen_of(widget: QWidget) -> QScreen:
    """The screen that the middle of a widget's window is on; the first one where it is on none.

    Not QWidget.screen(): PySide takes what that gives for a child of the widget, and where Python
    collects the widget it deletes the screen with it, so that the next window crashes.
    """
    middle = widget.window().frameGeometry().center()
    return QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()


def fitted_to_screen(widget: QWidget, size: QSize, screen: QScreen | None = None) -> QSize:
    """As much of a size as there is room for on a window's screen, its frame and title bar
    included.

    widget: the window, shown or not. size: what it would have, in pixels. screen: another than
    the one that the window is on. For the size that a window opens with:

        window.resize(fitted_to_screen(window, COMFORTABLE))
    """
    room = (screen or screen_of(widget)).availableGeometry().size()
    frame = widget.frameGeometry().size() - widget.size()
    if frame.isNull():
        # Only a window that is shown knows its frame.
        title_bar = widget.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight, None, widget)
        frame = QSize(2 * _FRAME, title_bar + 2 * _FRAME)
    return size.boundedTo((room - frame).expandedTo(QSize(1, 1)))


def move_onto_screen(window: QWidget, screen: QScreen | None = None) -> None:
    """Move a window so that it is on one screen as a whole, its frame included, as far as it is no
    larger; one that is seen whole stays where it is.

    screen: another than the one that the window is on.
    """
    frame = window.frameGeometry()
    place = _within(frame, (screen or screen_of(window)).availableGeometry())
    if place != frame.topLeft():
        window.move(place)


def open_over(window: QWidget, other: QWidget) -> None:
    """Put a window, which is not shown yet, over the middle of another, on the same screen and no
    larger than that."""
    screen = screen_of(other)
    window.resize(fitted_to_screen(window, window.size(), screen))
    # The frame that it is going to have is as the other's.
    outer, inner = other.frameGeometry(), other.geometry()
    whole = QRect(QPoint(), window.size() + outer.size() - inner.size())
    whole.moveCenter(outer.center())
    whole.moveTopLeft(_within(whole, screen.availableGeometry()))
    window.setGeometry(QRect(whole.topLeft() + inner.topLeft() - outer.topLeft(), window.size()))


def _within(box: QRect, room: QRect) -> QPoint:
    """The place nearest to where a box is at which it lies within another, as far as it has room;
    its top and left are seen in any case."""
    left = max(room.left(), min(box.left(), room.right() + 1 - box.width()))
    return QPoint(left, max(room.top(), min(box.top(), room.bottom() + 1 - box.height())))


def place_on_screens(place: tuple[int, int, int, int], screens: list[QRect]) -> QRect | None:
    """Where a window may open that was at this place, or a part of it; None where no screen has
    enough of its top to take hold of.

    place: left, top, width and height, in pixels of the desktop. screens: what of each may be used.
    """
    box = QRect(*place)
    top = QRect(box.topLeft(), QSize(box.width(), _GRIP.height()))
    for screen in screens:
        seen = top.intersected(screen)
        if seen.width() >= min(_GRIP.width(), box.width()) and seen.height() >= top.height() // 2:
            return QRect(box.topLeft(), box.size().boundedTo(screen.size()))
    return None


def unit_of(width: float, height: float, room: tuple[int, int] = LEAST_ROOM) -> float:
    """How much larger texts and gaps are in a window of width x height pixels than in one of
    COMFORTABLE size; within what stays legible and does not look coarse, and leaves so many units
    of room."""
    share = min(width / COMFORTABLE.width(), height / COMFORTABLE.height())
    unit = min(max(share, _LEAST_UNIT), _LARGEST_UNIT)
    most = min(width / room[0], height / room[1])
    return min(unit * _text_scale, max(most, unit))


def text_scale() -> float:
    """How many times as large as at first texts are wanted."""
    return _text_scale


def set_text_scale(scale: float) -> None:
    """Make texts so many times as large as they are at first, from now on: in every window that is
    laid out, as far as it has room for them, and in menus, dialogs and tool tips."""
    global _text_scale
    _text_scale = scale
    application = QApplication.instance()
    if isinstance(application, QApplication):
        usual = application.property(_USUAL_FONT) or application.font()
        application.setProperty(_USUAL_FONT, usual)
        font = QFont(usual)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * scale)
        else:
            font.setPixelSize(round(font.pixelSize() * scale))
        if font != application.font():
            application.setFont(font)
