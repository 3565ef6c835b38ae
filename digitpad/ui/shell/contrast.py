"""Which two classes are held against each other: the answer, and another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from digitpad.ui.shell.session import Session


class Contrast(QObject):
    """The answer and the class that it is held against: the runner-up, or the one asked for.

    A class that was asked for stays so until the pad is empty, or another network reads. While
    something else is shown in place of the drawing, the classes stay those of the drawing.

    Signals:
        changed: another class was asked for.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """The runner-up; session: whose answer it is."""
        super().__init__(session)
        self._session = session
        self._wanted: int | None = None
        self._kept: tuple[int, int] | None = None
        session.network_changed.connect(self._forget)
        session.digit_changed.connect(self._forget_with_the_drawing)

    @property
    def classes(self) -> tuple[int, int] | None:
        """The answer's class and the other's; None where there is no answer, one class only, or
        logits that are no numbers."""
        session = self._session
        if session.pad.replayed is not None and self._kept is not None:
            return self._kept
        recognition = session.recognition
        if recognition is None or not np.isfinite(recognition.logits).all():
            return None
        first = recognition.answer
        others = [int(one) for one in np.argsort(-recognition.logits) if one != first]
        if not others:
            return None
        wanted = self._wanted
        self._kept = first, wanted if wanted in others and wanted is not None else others[0]
        return self._kept

    def ask(self, class_: int) -> None:
        """Hold the answer against this class; against the runner-up, where it is the answer."""
        if class_ != self._wanted:
            self._wanted = class_
            self.changed.emit()

    def _forget(self) -> None:
        if self._wanted is not None:
            self._wanted = None
            self.changed.emit()

    def _forget_with_the_drawing(self) -> None:
        if self._session.pad.is_empty and self._session.pad.replayed is None:
            self._forget()
