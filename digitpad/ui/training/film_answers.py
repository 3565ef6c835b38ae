"""What all snapshots of a film read: asked anew with every drawing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal, SignalInstance

from digitpad.engine.films import READ_FILM, FilmQuestion, FilmReading
from digitpad.nets.spec.film import Film
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import RecognizerState
from digitpad.ui.training.film_columns import Column
from digitpad.ui.training.training_desk import TrainingDesk

_NO_SHARES = np.zeros(0, np.float32)
_Key = tuple[object, ...]


class FilmAnswers(QObject):
    """Has the desk's film read what is on the pad, while it listens.

    Attributes:
        answers: of each column the class, "" where nothing was read; empty where nothing is drawn.
        shares: how sure each is, float32 in [0, 1].

    Signals:
        changed: either.
    """

    changed = Signal()

    def __init__(self, session: Session, desk: TrainingDesk) -> None:
        """It does not listen yet."""
        super().__init__(desk)
        self.answers: Sequence[str] = ()
        self.shares: npt.NDArray[np.float32] = _NO_SHARES
        self._session, self._desk = session, desk
        self._listens = False
        self._asked: _Key | None = None
        self._read: _Key | None = None

    def begin(self) -> None:
        """Ask now, and whenever there is something new to read, or to read with."""
        self._listens = True
        self._asked = self._read = None
        for changed in self._signals():
            changed.connect(self.ask)
        self.ask()

    def end(self) -> None:
        """Ask no more."""
        self._listens = False
        self._asked = None
        for changed in self._signals():
            changed.disconnect(self.ask)

    def _signals(self) -> tuple[SignalInstance, ...]:
        session = self._session
        return session.digit_changed, session.network_changed, session.state_changed

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None and self._asked != self._read

    def of(self, column: int) -> tuple[str, float | None]:
        """What a column reads and how sure it is; "" and None where it has read nothing."""
        answer = self.answers[column] if column < len(self.answers) else ""
        return answer, float(self.shares[column]) if answer else None

    def ask(self) -> None:
        """Have the snapshots read the digit, where it or they are others than before."""
        film, session = self._desk.film, self._session
        is_ready = session.state is RecognizerState.READY and session.info is not None
        columns = self._desk.shown.columns
        there = [number for number, one in enumerate(columns) if one.snapshot is not None]
        if not self._listens or film is None or not is_ready or not there:
            return
        if session.pad.is_empty:
            self._asked = self._read = None
            self._show((), _NO_SHARES)
            return
        steps = tuple(columns[number].step for number in there)
        # A network that opens drops what waits, so that the same is asked for once more then.
        self._asked = key = (film.folder, steps, session.digit.tobytes())
        if key != self._read:
            session.client.ask(
                READ_FILM,
                FilmQuestion(film.folder, film.net, steps, session.digit),
                lambda reading: self._take(key, film, columns, there, reading),
                lambda why: self._refuse(key),
            )

    def _take(
        self,
        key: _Key,
        film: Film,
        columns: Sequence[Column],
        there: Sequence[int],
        reading: FilmReading,
    ) -> None:
        if not self._listens or key != self._asked:
            return
        answers, shares = [""] * len(columns), np.zeros(len(columns), np.float32)
        count = reading.probabilities.shape[1]
        named = film.record.classes
        classes = named if len(named) == count else tuple(map(str, range(count)))
        for place, number in enumerate(there):
            if reading.is_read[place]:
                row = reading.probabilities[place]
                answers[number], shares[number] = classes[int(row.argmax())], row.max()
        if not reading.waiting:
            self._read = key
        self._show(answers, shares)
        if reading.waiting:
            # Those that are loaded are shown already.
            self.ask()

    def _refuse(self, key: _Key) -> None:
        if key == self._asked:
            self._read = key
            self._show((), _NO_SHARES)

    def _show(self, answers: Sequence[str], shares: npt.NDArray[np.float32]) -> None:
        self.answers, self.shares = answers, shares
        self.changed.emit()
