"""Which two classes are held against each other: the answer, and another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from digitpad.core.results import NetworkInfo, Recognition
from digitpad.ui.shell.states import Row

if TYPE_CHECKING:
    from digitpad.ui.shell.session import Session


class Contrast(QObject):
    """The answer and the class that it is held against: the runner-up, or the one asked for.

    A class that was asked for stays so until the pad is empty, or another network reads. While
    something else is shown in place of the drawing, the classes stay those of the drawing. Of two
    networks that read the drawing it is the upper one's answer, or the lower one's for as long as
    the tool that was opened for it stays open.

    Attributes:
        row: whose answer it is.

    Signals:
        changed: another class was asked for, or the other network's answer.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """The runner-up; session: whose answer it is."""
        super().__init__(session)
        self._session = session
        self._wanted: int | None = None
        self._kept: tuple[int, int] | None = None
        self.row = Row.UPPER
        session.network_changed.connect(self._forget)
        session.digit_changed.connect(self._forget_with_the_drawing)
        session.comparison_changed.connect(self.go_up)
        session.selection.tool_changed.connect(self.go_up)

    @property
    def recognition(self) -> Recognition | None:
        """The answer whose classes are held against each other; None where there is none."""
        is_lower = self.row is Row.LOWER
        return self._session.second_recognition if is_lower else self._session.recognition

    @property
    def info(self) -> NetworkInfo | None:
        """The network that gave it; None before one has loaded."""
        return self._session.second if self.row is Row.LOWER else self._session.info

    @property
    def classes(self) -> tuple[int, int] | None:
        """The answer's class and the other's; None where there is no answer, one class only, or
        logits that are no numbers."""
        session = self._session
        if session.pad.replayed is not None and self._kept is not None:
            return self._kept
        recognition = self.recognition
        if recognition is None or not np.isfinite(recognition.logits).all():
            return None
        first = recognition.answer
        others = [int(one) for one in np.argsort(-recognition.logits) if one != first]
        if not others:
            return None
        wanted = self._wanted
        self._kept = first, wanted if wanted in others and wanted is not None else others[0]
        return self._kept

    def ask(self, class_: int, row: Row = Row.UPPER) -> None:
        """Hold a row's answer against this class; against the runner-up, where it is the answer."""
        if row is Row.LOWER and self._session.second is None:
            return
        if (class_, row) != (self._wanted, self.row):
            if row is not self.row:
                self._kept = None
            self._wanted, self.row = class_, row
            self.changed.emit()

    def go_up(self) -> None:
        """To the upper row's answer again."""
        if self.row is Row.LOWER:
            self.row, self._wanted, self._kept = Row.UPPER, None, None
            self.changed.emit()

    def _forget(self) -> None:
        if self._wanted is not None:
            self._wanted = None
            self.changed.emit()

    def _forget_with_the_drawing(self) -> None:
        if self._session.pad.is_empty and self._session.pad.replayed is None:
            self._forget()
