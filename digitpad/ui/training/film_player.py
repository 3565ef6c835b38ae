"""One snapshot after the other as the network that reads, and the network before back again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.engine.opening import NetworkChoice
from digitpad.ui.shell.session import Session


class FilmPlayer(QObject):
    """Has the session read with a snapshot; all panels follow, as with any network.

    One is opened at a time: while one is under way only the newest that is asked for waits.

    Signals:
        changed: which snapshot reads.
    """

    changed = Signal()

    def __init__(self, session: Session) -> None:
        """The session's network reads; session: whose network is another for a while."""
        super().__init__(session)
        self._session = session
        self._before: NetworkChoice | None = None
        self._opening: NetworkChoice | None = None
        self._wanted: NetworkChoice | None = None
        self._shown: NetworkChoice | None = None
        session.network_changed.connect(self._on_network)
        session.refused.connect(self._on_refused)

    @property
    def shown(self) -> Path | None:
        """The file of the snapshot that reads; None while the network itself does."""
        return None if self._shown is None else self._shown.weights

    @property
    def is_open(self) -> bool:
        """Whether a snapshot reads, or is to."""
        return self._before is not None

    @property
    def is_busy(self) -> bool:
        """Whether a snapshot is being opened."""
        return self._opening is not None

    def show(self, file: Path, net: str) -> None:
        """Have a snapshot read; net as open_weights takes it."""
        if self._before is None:
            self._before = self._session.client.choice
        choice = NetworkChoice(file, net)
        if self._opening is None:
            if choice != self._shown:
                self._open(choice)
        else:
            self._wanted = choice

    def leave(self) -> None:
        """Have the network read again that did before."""
        before, self._before = self._before, None
        if before is None:
            return
        self._wanted = self._shown = None
        # What is under way comes first and is gone again at once.
        self._opening = None
        self._session.client.open_network(before.weights, before.net, before.choices)
        self.changed.emit()

    def _open(self, choice: NetworkChoice) -> None:
        self._opening, self._wanted = choice, None
        self._session.client.open_network(choice.weights, choice.net)

    def _on_network(self) -> None:
        if self._before is None:
            return
        choice = self._session.client.choice
        if choice == self._opening:
            self._shown, self._opening = choice, None
            if self._wanted is not None and self._wanted != choice:
                self._open(self._wanted)
            self.changed.emit()
        elif choice != self._shown:
            # Another was chosen in the window: that one reads from now on.
            self._before = self._opening = self._wanted = self._shown = None
            self.changed.emit()

    def _on_refused(self, why: str) -> None:
        if self._opening is not None:
            self._opening = None
            if self._wanted is not None:
                self._open(self._wanted)
            elif self._shown is None:
                self.leave()
