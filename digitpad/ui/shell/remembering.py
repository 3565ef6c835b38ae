"""Between the settings and the window: what was remembered is put in place, and what changes is
remembered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QApplication

from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.nets.spec.snapshots import is_snapshot
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.settings import SYSTEM
from digitpad.ui.shell.settings_store import SettingsStore
from digitpad.ui.style.screen import (
    SMALLEST,
    fitted_to_screen,
    place_on_screens,
    set_text_scale,
)
from digitpad.ui.style.screen_following import lay_out_anew

if TYPE_CHECKING:
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.shell.settings_dialog import SettingsDialog

_WATCHED = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange)


class Remembering(QObject):
    """Keeps a window and the settings in step.

    Attributes:
        store: the settings.
    """

    def __init__(self, window: MainWindow, store: SettingsStore) -> None:
        """Put in place what is remembered, before the window is shown."""
        super().__init__(window)
        self.store, self._window = store, window
        self._put_in_place()
        self._dialog: SettingsDialog | None = None
        set_text_scale(store.values.text_size / 100)
        self._apply({"theme", "pen_width", "fingers_draw"})
        store.changed.connect(self._apply)
        store.said.connect(window.show_notice)
        window.installEventFilter(self)
        pad, session = window.session.pad, window.session
        pad.tool_changed.connect(lambda: store.change(pen_width=pad.pen_width))
        session.selection.tool_changed.connect(self._note_tool)
        session.hints.begin(store.values.hints_seen)
        session.hints.noted.connect(lambda seen: store.change(hints_seen=seen))
        session.network_changed.connect(self._note_network)
        session.network_changed.connect(self._open_tool)
        self._tool_to_open = store.values.tool

    # What is remembered.

    def _put_in_place(self) -> None:
        values, window = self.store.values, self._window
        if values.place is not None:
            box = place_on_screens(
                values.place, [screen.availableGeometry() for screen in QGuiApplication.screens()]
            )
            if box is not None:
                window.setGeometry(box)
            else:
                size = QSize(*values.place[2:]).expandedTo(SMALLEST)
                window.resize(fitted_to_screen(window, size))
        if values.is_maximized:
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def _apply(self, names: set[str]) -> None:
        """What was set, in the window."""
        values, window = self.store.values, self._window
        pad = window.session.pad
        if "theme" in names:
            window.choose_theme(None if values.theme == SYSTEM else values.theme)
        if "pen_width" in names and pad.pen_width != values.pen_width:
            pad.set_pen_width(values.pen_width)
        if "fingers_draw" in names:
            window.canvas.pointers.fingers_draw = values.fingers_draw
        if "text_size" in names:
            set_text_scale(values.text_size / 100)
            for each in QApplication.topLevelWidgets():
                lay_out_anew(each)
        if "device" in names:
            window.session.client.use_device(values.device)
        if "hints_seen" in names and values.hints_seen != window.session.hints.seen:
            window.session.hints.begin(values.hints_seen)

    @property
    def shows_dialog(self) -> bool:
        """Whether the settings are shown."""
        return self._dialog is not None and self._dialog.isVisible()

    def show_dialog(self) -> SettingsDialog:
        """Show the settings, in front."""
        if self._dialog is None:
            # Here, so that the window opens sooner.
            from digitpad.ui.shell.settings_dialog import SettingsDialog

            self._dialog = SettingsDialog(self.store, self._window.theme, self._window)
            self._window.theme_changed.connect(self._dialog.set_theme)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def _open_tool(self) -> None:
        """The tool that was open, once there is a network to explain."""
        tool, self._tool_to_open = self._tool_to_open, ""
        if tool in (one.id for one in TOOLS) and not self._window.session.selection.tool:
            self._window.session.selection.open_tool(tool)

    # What changes.

    def _note_tool(self) -> None:
        self._tool_to_open = ""
        self.store.change(tool=self._window.session.selection.tool)

    def _note_network(self) -> None:
        info = self._window.session.info
        # A snapshot of a training reads for a while only.
        if info is not None and not is_snapshot(info.metadata):
            self.store.change(
                network=remembered_network(Path(info.weights_file)),
                net=self._window.session.client.choice.net,
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note where the window is and how large."""
        # One that has the size that it had is told so where all is laid out anew.
        is_same = isinstance(event, QResizeEvent) and event.size() == event.oldSize()
        is_watched = event.type() in _WATCHED and watched is self._window
        if is_watched and not is_same and self._window.isVisible():
            self._note_place()
        return False

    def _note_place(self) -> None:
        window = self._window
        if window.isMinimized() or window.isFullScreen() or window.presentation.is_on:
            return
        is_maximized = window.isMaximized()
        self.store.change(is_maximized=is_maximized)
        if not is_maximized:
            box = window.geometry()
            self.store.change(place=(box.x(), box.y(), box.width(), box.height()))


def remembered_network(weights: Path) -> str:
    """What is remembered of a network: of one that comes with Digitpad its file's name without
    ending, since another version may lie elsewhere, else the path of its file."""
    try:
        is_shipped = shipped_weights(weights.stem).resolve() == weights.resolve()
    except (DigitpadError, OSError, RuntimeError):
        is_shipped = False
    return weights.stem if is_shipped else str(weights)
