"""Where Tab leads: from the pad to the right, through what stands there now, and to the foot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from digitpad.ui.shell.main_window import MainWindow

_MOST_REMEMBERED = 24
_REASONS = (Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.TabFocusReason)


class TabOrder(QObject):
    """The order in which the keyboard visits a window's controls.

    It is found anew for every step, since layers, tools and cards come and go. Within a part Qt's
    own order holds. What is hidden or disabled, or lies under a card, is passed over. From what
    goes away the keyboard comes back to where it was before.
    """

    def __init__(self, window: QWidget, parts: Callable[[], Sequence[QWidget]]) -> None:
        """parts: of the window, in the order in which they are visited; what lies in none of them
        comes last."""
        super().__init__(window)
        self._window, self._parts = window, parts
        self._visited: list[QWidget] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._remember)

    def _remember(self, _before: QWidget | None, now: QWidget | None) -> None:
        # What Qt made where another lay that is gone is taken for that one, which is of no window.
        if now is not None and isValid(now) and now.window() is self._window:
            # Layers and buttons are made anew, and those before them deleted.
            there = [one for one in self._visited if isValid(one) and one is not now]
            self._visited = [*there, now][-_MOST_REMEMBERED:]

    def leave(self, part: QWidget) -> None:
        """Give the keyboard, where it is in a part, to where it was before it came there."""
        focus = self._window.focusWidget()
        if focus is None or not (part is focus or part.isAncestorOf(focus)):
            return
        for widget in reversed(self._visited):
            if (
                isValid(widget)
                and widget is not part
                and not part.isAncestorOf(widget)
                and widget.isVisible()
                and widget.isEnabled()
            ):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def stops(self) -> list[list[QWidget]]:
        """The controls of each part that Tab may lead to now, in order; parts without any are
        left out."""
        parts = list(self._parts())
        stops: list[list[QWidget]] = [[] for _ in (*parts, None)]
        for widget in self._chain():
            place = next(
                (n for n, part in enumerate(parts) if part is widget or part.isAncestorOf(widget)),
                len(parts),
            )
            stops[place].append(widget)
        return [each for each in stops if each]

    def go(self, is_on: bool) -> bool:
        """Give the keyboard to the next control, or to the one before; whether there was one."""
        focus = self._window.focusWidget()
        if focus is not None and not focus.isVisible():
            # Qt asks for another since this one is being hidden.
            self.leave(_hidden_with(focus))
            return True
        every = [widget for part in self.stops() for widget in part]
        at = self._at(every)
        step = 1 if is_on else -1
        start = (-1 if is_on else 0) if at is None else at
        return self._give(every[(start + step) % len(every)], is_on) if every else False

    def go_to_part(self, is_on: bool) -> bool:
        """Give the keyboard to the first control of the next part, or of the one before."""
        parts = self.stops()
        at = next((n for n, part in enumerate(parts) if self._at(part) is not None), None)
        step = 1 if is_on else -1
        start = (-1 if is_on else 0) if at is None else at
        return self._give(parts[(start + step) % len(parts)][0], is_on) if parts else False

    def _at(self, widgets: Sequence[QWidget]) -> int | None:
        """Where the keyboard is among them; None where it is at none."""
        focus = self._window.focusWidget()
        return next((n for n, widget in enumerate(widgets) if widget is focus), None)

    def _give(self, widget: QWidget, is_on: bool) -> bool:
        widget.setFocus(_REASONS[is_on])
        area = _area_around(widget)
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(widget)
        return True

    def _chain(self) -> Iterator[QWidget]:
        """All that Tab may lead to, in Qt's order."""
        for widget in _in_order(self._window):
            # From what was disabled while it had the keyboard one goes on all the same.
            if widget is self._window.focusWidget() or (
                widget.window() is self._window
                and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isEnabled()
                and widget.isVisible()
                and widget.focusProxy() is None
                and not self._is_covered(widget)
            ):
                yield widget

    def _is_covered(self, widget: QWidget) -> bool:
        """Whether something else is seen in its middle and in the middles of its quarters."""
        seen = _area_around(widget) or widget
        width, height = seen.width(), seen.height()
        places = (
            QPoint(int(x * width), int(y * height))
            for x, y in ((0.5, 0.5), (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
        )
        return not any(self._shows(seen, seen.mapTo(self._window, place)) for place in places)

    def _shows(self, widget: QWidget, place: QPoint) -> bool:
        top = self._window.childAt(place)
        return top is not None and (top is widget or widget.isAncestorOf(top))


def _hidden_with(widget: QWidget) -> QWidget:
    """The outermost part that is hidden and has a widget in it."""
    hidden, part = widget, widget.parentWidget()
    while part is not None and not part.isVisible() and not part.isWindow():
        hidden, part = part, part.parentWidget()
    return hidden


def _area_around(widget: QWidget) -> QAbstractScrollArea | None:
    """The area that a widget is scrolled in."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QAbstractScrollArea):
            return parent
        parent = parent.parentWidget()
    return None


def order_of(window: MainWindow) -> TabOrder:
    """The main window's order."""

    def parts() -> tuple[QWidget, ...]:
        presentation, comparison = window.presentation, window.comparison
        guide = window.lifetime.guide
        return (
            *(() if guide is None else (guide.strip,)),
            window.canvas,
            window.pictures.chip,
            # What is asked comes before all that it does not ask about.
            window.offer_bar,
            window.tools,
            window.digit_view,
            presentation.bar,
            presentation.back,
            presentation.forth,
            window.pictures.card,
            window.dialogs.about,
            window.dialogs.opening.card,
            comparison.upper_heading,
            window.network_view,
            window.answer_panel,
            comparison.hint,
            comparison.heading,
            comparison.view,
            comparison.answer,
            window.drawer,
            window.status_line,
        )

    return TabOrder(window, parts)


def _in_order(window: QWidget) -> list[QWidget]:
    """All in a window, in the order in which Qt gives the keyboard on; the window is not among it.

    PySide takes a widget's neighbour in that order for its child, and holds all that is in the
    neighbour for deleted once the widget is. Where a parent is asked for its children, they are
    its own again. The last is not asked, whose neighbour is the window.
    """
    every: list[QWidget] = []
    widget, last = window.nextInFocusChain(), window.previousInFocusChain()
    while widget is not None and widget is not window:
        every.append(widget)
        widget = None if widget is last else widget.nextInFocusChain()
    for parent in {one.parentWidget() for one in every}:
        if parent is not None:
            parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return every
