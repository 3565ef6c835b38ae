"""What nobody foresaw is written to the log and said in one dialog, and the window goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication

from digitpad.core.paths import shortened
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.theme import LIGHT

if TYPE_CHECKING:
    from digitpad.core.log import Log
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.shell.unforeseen_dialog import UnforeseenDialog

_MOST_SHOWN = 20
_LONGEST_REPORT = 20_000
_WARNINGS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)


class Unforeseen(QObject):
    """Takes errors that nothing else took, of this process's threads and of Qt, while it is
    installed.

    Attributes:
        log: of this run; None before begin_log(), and where it cannot be written.
        dialog: what is open now; None where nothing is.
    """

    _happened = Signal(str)

    def __init__(
        self,
        version: str,
        window: Callable[[], MainWindow | None] = lambda: None,
        is_verbose: bool = False,
    ) -> None:
        """version: Digitpad's. window: the one over which the dialog opens. is_verbose: everything
        is told on standard error too."""
        super().__init__()
        self._version, self._window, self._is_verbose = version, window, is_verbose
        self.log: Log | None = None
        self.dialog: UnforeseenDialog | None = None
        self._shown: set[str] = set()
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        # From other threads too; the window is this one's.
        self._happened.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take errors from now on."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._take
        threading.excepthook = self._take_of_thread
        qInstallMessageHandler(self._take_of_qt)

    def uninstall(self) -> None:
        """Leave them to those who took them before, and end the log."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            qInstallMessageHandler(None)
            self._before = None
        if self.log is not None:
            self.log.end()
            self.log = None

    def begin_log(self) -> None:
        """Begin to write what happens; nothing is said where that is not possible."""
        if self.log is not None:
            return
        # Here, so that the window opens sooner.
        from digitpad.core.errors import DigitpadError
        from digitpad.core.log import Log, log_file

        try:
            self.log = Log(log_file(), self._version, self._is_verbose)
        except (OSError, DigitpadError):
            return

    @property
    def log_folder(self) -> Path | None:
        """Where the log lies; None where there is none."""
        if self.log is None:
            return None
        from digitpad.core.log import log_file

        return log_file().parent

    def note(self, text: str) -> None:
        """Write a line of what happens; names of files, never what is drawn."""
        self.begin_log()
        if self.log is not None:
            from digitpad.core.log import LOGGER

            LOGGER.info("%s", text)

    def follow(self, window: MainWindow) -> None:
        """Write to the log what happens in this window: the network that reads, what became of its
        recogniser, and what was said."""
        client = window.session.client
        client.ready.connect(
            lambda info: self.note(f"{info.network or info.title} reads on {info.device}")
        )
        client.interrupted.connect(lambda why: self.note(f"the recogniser ended: {why}"))
        client.failed.connect(lambda why: self.note(f"there is no recogniser: {why}"))
        window.notice_card.said.connect(lambda text: self.note(f"said: {text}"))
        window.offer_bar.said.connect(lambda text: self.note(f"offered: {text}"))

    def _take(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        told = "".join(traceback.format_exception(kind, error, trace, limit=-30))
        self._write(told)
        self._happened.emit(told)

    def _take_of_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._take(told.exc_type, told.exc_value, told.exc_traceback)

    def _take_of_qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if self._is_verbose or kind is QtMsgType.QtFatalMsg or self.log is None:
            print(text, file=sys.stderr)
        if self.log is not None and kind in _WARNINGS:
            from digitpad.core.log import LOGGER

            LOGGER.warning("Qt: %s", text[:2000])

    def _write(self, told: str) -> None:
        self.begin_log()
        if self.log is None or self._is_verbose:
            print(told, file=sys.stderr, end="")
        if self.log is not None:
            from digitpad.core.log import LOGGER

            LOGGER.error("unforeseen:\n%s", told)

    def _show(self, told: str) -> None:
        # What comes again and again, as from painting, is said once.
        if self.dialog is not None or told in self._shown or len(self._shown) >= _MOST_SHOWN:
            return
        self._shown.add(told)
        from digitpad.ui.shell.unforeseen_dialog import UnforeseenDialog

        window = self._window()
        dialog = self.dialog = UnforeseenDialog(
            report(self._version, told),
            self.log_folder,
            LIGHT if window is None else window.theme,
            window,
        )
        dialog.finished.connect(self._forget_dialog)
        if window is not None:
            window.theme_changed.connect(dialog.set_theme)
        dialog.open()
        announce(dialog, dialog.said, assertive=True)

    def _forget_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None


def report(version: str, told: str) -> str:
    """What to send to whoever can mend it: the versions, of Digitpad this one, and what was
    told, without the home folder's name."""
    from digitpad.core.log import versions

    qt = f"Qt {qVersion()} ({QApplication.platformName()})"
    return shortened(f"{versions(version, [qt])}\n\n{told.strip()}\n")[:_LONGEST_REPORT]
