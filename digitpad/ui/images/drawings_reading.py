"""What the network at work reads My drawings as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.constants import DIGITS
from digitpad.core.languages import _
from digitpad.engine.requests import MOST_SOON, READ_DRAWINGS, BatchAnswer
from digitpad.ink.kept_drawing import Reading
from digitpad.ui.shell.session import Session

if TYPE_CHECKING:
    from digitpad.teaching.entries import Entry

_SHOW_MS = 120


class DrawingsReading(QObject):
    """Has drawings read, a few at a time after what is on the pad, and anew by another network.

    Attributes:
        answers: by the id of the entry, as far as they are read by the network at work.

    Signals:
        changed (): answers are others; not more often than can be shown.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Nothing is read yet."""
        super().__init__(parent)
        self.answers: dict[int, Reading] = {}
        self._session = session
        self._unread: list[Entry] = []
        self._is_asking = False
        self._run = 0
        self._show_timer = QTimer(self, singleShot=True, interval=_SHOW_MS)
        self._show_timer.timeout.connect(self.changed)
        self._entries: Sequence[Entry] = ()
        session.network_changed.connect(self._on_network_changed)

    @property
    def network(self) -> str:
        """What the network that reads is called; "" where none reads digits."""
        info = self._session.info
        return _(info.title) if info is not None and info.classes == DIGITS else ""

    @property
    def is_reading(self) -> bool:
        """Whether something is not read yet, or not shown."""
        return self._is_asking or self._show_timer.isActive()

    def read(self, entries: Sequence[Entry]) -> None:
        """Read those of these that are not read; the others are forgotten."""
        self._entries = entries
        ids = {entry.id for entry in entries}
        self.answers = {number: one for number, one in self.answers.items() if number in ids}
        self._unread = [entry for entry in entries if entry.id not in self.answers]
        self._ask()

    def stop(self) -> None:
        """Read no more; what is read stays."""
        self._run += 1
        self._unread, self._is_asking = [], False
        self._show_timer.stop()

    def _on_network_changed(self) -> None:
        self.stop()
        self.answers = {}
        self.read(self._entries)
        self.changed.emit()

    def _ask(self) -> None:
        if self._is_asking or not self._unread or not self.network:
            return
        asked, run = self._unread[:MOST_SOON], self._run
        self._is_asking = True

        def take(answer: BatchAnswer) -> None:
            if run == self._run:
                self._take(asked, answer)

        def refused(_why: str) -> None:
            # What was read when they were kept is shown in its place.
            if run == self._run:
                self.stop()

        digits = np.stack([entry.digit for entry in asked])
        self._session.client.ask(READ_DRAWINGS, digits, take, refused)

    def _take(self, asked: Sequence[Entry], answer: BatchAnswer) -> None:
        classes = answer.probabilities.argmax(axis=1).tolist()
        for entry, one, accepted in zip(asked, classes, answer.accepted.tolist(), strict=True):
            self.answers[entry.id] = Reading(one, accepted)
        self._is_asking = False
        self._unread = [entry for entry in self._unread if entry.id not in self.answers]
        self._ask()
        if not self._show_timer.isActive():
            self._show_timer.start()
