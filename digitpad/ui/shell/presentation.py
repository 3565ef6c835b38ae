"""Presenting: full screen, one step at a time from the pen to the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget
from shiboken6 import isValid

from digitpad.core.languages import N_, _
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.pad.key_pen import WAYS
from digitpad.ui.shell.present_bar import PresentBar
from digitpad.ui.shell.present_layout import PresentLayout
from digitpad.ui.shell.present_words import Shown, Step, steps_of
from digitpad.ui.shell.selection import Selected
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import Theme

_SWIPE = 60
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
"""The second where somebody has just tapped; in Qt 6.8 wherever the finger comes down after it."""
_KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageDown: 1,
}
_BACK, _FORTH = "\u2039", "\u203a"
_HINT = N_("a double click: all layers")


@dataclass(frozen=True)
class _Before:
    """What the window showed before: it is to be that again."""

    size: QSize
    enlarged: str | None
    rows: dict[str, int]
    selected: Selected
    focus: QWidget | None


class Presentation(QObject):
    """Which step is presented, and the way back to the window as it was.

    A double click on the layer shows all of them at its step. The pad, the tools of the drawer and
    everything that can be pointed at work as in the window.

    Attributes:
        bar: over what is presented; back, forth: the buttons beside it.
        steps, at: the steps, and which of them is presented.

    Signals:
        changed: it began or ended, or another step is presented.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        view: NetworkView,
        stage: QWidget,
        leave_keys: Callable[[], None],
    ) -> None:
        """view: the layers of the network that reads; stage: the window's central widget;
        leave_keys: gives the keyboard to the pad."""
        super().__init__(stage)
        self._session = session
        self._view = view
        self._stage = stage
        self._leave_keys = leave_keys
        self._before: _Before | None = None
        self._rows: tuple[QSize, dict[str, int]] | None = None
        self._is_moving = False
        self._pressed: QPointF | None = None
        self._watched: list[QWidget] = []
        self._place = QRect()
        self.steps: tuple[Step, ...] = ()
        self.at = 0
        self.bar = PresentBar(stage)
        self.bar.step_chosen.connect(self.go)
        self.bar.close_button.clicked.connect(self.end)
        self.bar.close_button.installEventFilter(self)
        self.back = self._button(_BACK, _("Back (←)"), -1)
        self.forth = self._button(_FORTH, _("On (→)"), 1)
        for part in (self.bar, self.back, self.forth):
            part.hide()
        view.size_changed.connect(self._follow)
        view.walked_out.connect(self.walk)
        session.network_changed.connect(self.renew)
        session.comparison_changed.connect(self.end)
        session.selection.tool_changed.connect(self._on_tool_changed)

    def _button(self, text: str, tip: str, steps: int) -> QToolButton:
        button = QToolButton(self._stage)
        button.setObjectName("tab")
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip.split(" ", 1)[0])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Qt would go from button to button by arrow keys, which walk here.
        button.installEventFilter(self)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.walk(steps))
        return button

    @property
    def is_on(self) -> bool:
        """Whether something is presented."""
        return self._before is not None

    @property
    def shown(self) -> Shown:
        """What the present step shows large."""
        return self.steps[self.at].shown if self.steps else Shown.PEN

    def toggle(self) -> None:
        """Begin, or end."""
        if self.is_on:
            self.end()
        else:
            self.begin()

    def begin(self) -> None:
        """Fill the screen; begin at the large layer, the pinned unit's, or else the pen."""
        if self.is_on:
            return
        window, view, selection = self._stage.window(), self._view, self._session.selection
        self._before = _Before(
            self._stage.size(),
            view.enlarged,
            {name: panel.squares.first_row for name, panel in view.panels.items()},
            selection.selected,
            window.focusWidget(),
        )
        self._rows = None
        # The upper network is presented alone.
        self._session.contrast.go_up()
        pinned = selection.pinned
        start = view.enlarged or (pinned.layer.name if pinned is not None else "")
        self.steps = self._steps()
        self.at = next((i for i, step in enumerate(self.steps) if start and step.layer == start), 0)
        view.enlarged_hint = _(_HINT)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        self._show()
        # On their places by now.
        for part in (self.bar, self.back, self.forth):
            part.show()

    def end(self) -> None:
        """Give the window back as it was."""
        before, self._before = self._before, None
        if before is None:
            return
        self._watch(())
        for part in (self.bar, self.back, self.forth):
            part.hide()
        view, window = self._view, self._stage.window()
        view.enlarged_hint = ""
        self._enlarge(before.enlarged if before.enlarged in view.panels else None)
        self._session.selection.restore(before.selected)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        self._rows = before.size, before.rows
        self.changed.emit()
        focus = before.focus
        # Another network's layers are other widgets.
        if focus is not None and isValid(focus) and focus.isVisible():
            focus.setFocus()
        else:
            self._leave_keys()

    def go_back(self) -> bool:
        """From all layers to the one that is presented, or else end; whether there was anything to
        go back from."""
        if not self.is_on:
            return False
        if self._is_overview:
            self._show()
        else:
            self.end()
        return True

    def go(self, step: int) -> None:
        """Present the step of that number, from 0; nothing where there is none."""
        if self.is_on and 0 <= step < len(self.steps):
            self.at = step
            self._show()

    def walk(self, steps: int) -> None:
        """So many steps on, or back for a negative number."""
        self.go(self.at + steps)

    def take_key(self, event: QKeyEvent) -> bool:
        """Walk by a key that nothing else wanted; whether it was one for that."""
        steps = _KEYS.get(Qt.Key(event.key()))
        if (
            not self.is_on
            or steps is None
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        self.walk(steps)
        return True

    def wants_key(self, key: int, is_crosshair_out: bool) -> bool:
        """Whether a key that would draw on the pad is left to walking: arrow keys while no
        crosshair is out there, and the Page keys of a presenter's remote always."""
        is_page = key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        return self.is_on and key in WAYS and (is_page or not is_crosshair_out)

    def leave_with_screen(self) -> None:
        """End where the window fills the screen no more, as the desktop may have it."""
        if self.is_on and not self._stage.window().isFullScreen():
            self.end()

    def renew(self) -> None:
        """The network is another, with layers of its own."""
        if not self.is_on:
            return
        here = self.steps[self.at]
        self.steps = self._steps()
        same = [i for i, step in enumerate(self.steps) if step.name == here.name]
        self.at = same[0] if same else min(self.at, len(self.steps) - 1)
        self._show()

    def _steps(self) -> tuple[Step, ...]:
        session = self._session
        layers = tuple(panel.layer for panel in self._view.panels.values())
        return steps_of(layers, session.data_set, session.info)

    @property
    def _is_overview(self) -> bool:
        return self.shown is Shown.LAYER and self._view.enlarged is None

    def _show(self) -> None:
        """Show the present step."""
        self._enlarge(self.steps[self.at].layer or None)
        self._tell()
        focus = self._stage.window().focusWidget()
        if focus is None or not focus.isVisible():
            self._leave_keys()

    def _tell(self) -> None:
        self.bar.show_step(self.steps, self.at, self._is_overview)
        self.back.setEnabled(self.at > 0)
        self.forth.setEnabled(self.at < len(self.steps) - 1)
        self.changed.emit()

    def _enlarge(self, layer: str | None) -> None:
        """Show a layer alone, or all."""
        view = self._view
        if view.enlarged != layer:
            self._is_moving = True
            view.toggle_size(str(layer or view.enlarged))
            self._is_moving = False

    def _follow(self) -> None:
        """Another layer was enlarged in the view, or all are seen again."""
        if not self.is_on or self._is_moving:
            return
        for number, step in enumerate(self.steps):
            if step.layer and step.layer == self._view.enlarged:
                self.at = number
        self._tell()

    def _on_tool_changed(self) -> None:
        """What explained is closed: arrows walk again, rather than from unit to unit."""
        focus = self._stage.window().focusWidget()
        is_in_view = focus is not None and self._view.isAncestorOf(focus)
        if self.is_on and not self._session.selection.tool and is_in_view:
            self._leave_keys()

    # Place.

    def place(self, layout: PresentLayout, presented: Sequence[QWidget]) -> None:
        """Put the bar and the buttons into their places. presented: what lies on the stage, over
        which one can swipe."""
        self.bar.set_unit(layout.unit)
        self.bar.setGeometry(layout.header)
        for button, box in ((self.back, layout.back), (self.forth, layout.forth)):
            font = button.font()
            font.setPixelSize(round(34 * layout.unit))
            button.setFont(font)
            button.setGeometry(box)
        self._place = layout.header.united(layout.stage)
        self._watch(presented)

    def show_rows(self, size: QSize) -> None:
        """Scroll the layers to where they were, once the stage has the size that it had."""
        if self._rows is not None and size == self._rows[0]:
            rows, self._rows = self._rows[1], None
            for name, panel in self._view.panels.items():
                panel.scroll_to(rows.get(name, panel.squares.first_row))

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.bar.set_theme(theme)

    # Swiping.

    def _watch(self, parts: Sequence[QWidget]) -> None:
        """Look for swipes over these parts and on the ground about them."""
        wanted = [self._stage, *parts] if parts else []
        if wanted != self._watched:
            for part in self._watched:
                part.removeEventFilter(self)
            for part in wanted:
                part.installEventFilter(self)
            self._watched = wanted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A finger, or the mouse with its button held, that moves far to a side walks a step, and
        so do arrow keys at a button."""
        kind = event.type()
        if isinstance(event, QKeyEvent):
            is_button = watched in (self.back, self.forth, self.bar.close_button)
            return is_button and kind == QEvent.Type.KeyPress and self.take_key(event)
        if kind in _PRESSES and isinstance(event, QMouseEvent):
            place = self._stage.mapFromGlobal(event.globalPosition())
            is_in = self._place.contains(place.toPoint())
            self._pressed = place if is_in else None
        elif (
            kind == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and self._pressed is not None
        ):
            way = self._stage.mapFromGlobal(event.globalPosition()) - self._pressed
            self._pressed = None
            if abs(way.x()) >= _SWIPE * self.bar.unit and abs(way.x()) > 2 * abs(way.y()):
                self.walk(-1 if way.x() > 0 else 1)
                return True
        return False
