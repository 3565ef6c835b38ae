"""Pictures of teaching, its lesson and versions, of synthetic handwriting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digitpad.core.errors import DigitpadError

if TYPE_CHECKING:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QWidget

    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.training.teach_window import TeachWindow


def _taught(
    window: MainWindow, size: tuple[int, int], waiting: QEventLoop, is_lesson: bool
) -> TeachWindow:
    """The window that teaches, once it taught the sixty drawings; its lesson without replay."""
    from digitpad.commands.pictured import show_drawings

    show_drawings(window, size, waiting)
    desk = window.teaching
    desk.drawings = window.collection.correcting.keeper.path
    assert desk.drawings is not None
    desk.folder = desk.drawings.parent / "versions"
    teaching = desk.teach()
    teaching.resize(*size)
    _await(teaching, waiting)
    if is_lesson:
        teaching.show_lesson()
        _await(teaching, waiting)
    waiting.processEvents()
    return teaching


def _await(teaching: TeachWindow, waiting: QEventLoop) -> None:
    """Wait until it was taught."""
    from PySide6.QtCore import QEventLoop

    from digitpad.ui.training.teach_window import Step

    while teaching.step is Step.TEACHING:
        waiting.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    if teaching.step is Step.OVER:
        raise DigitpadError(teaching.verdict_label.text())


def teach(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """What a teaching won and cost."""
    teaching = _taught(window, size, waiting, is_lesson=False)
    return teaching, teaching.verdict_label.text()


def lesson(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """The same without replay."""
    teaching = _taught(window, size, waiting, is_lesson=True)
    return teaching, teaching.verdict_label.text()


def versions(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """What was kept: two teachings, the second of which reads."""
    from PySide6.QtCore import QEventLoop

    teaching = _taught(window, size, waiting, is_lesson=False)
    for number in range(2):
        if number:
            teaching.begin()
            _await(teaching, waiting)
        window.session.network_changed.connect(waiting.quit)
        teaching.keep()
        waiting.exec()
    shown = window.teaching.show_versions()
    shown.resize(*size)
    while shown.is_looking:
        waiting.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    waiting.processEvents()
    return shown, shown.about_label.text()
