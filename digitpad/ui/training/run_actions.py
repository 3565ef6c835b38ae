"""What can be done with a run, and with the network that came out of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from digitpad.nets.spec.catalogue import own_class
from digitpad.ui.shell.session import Session
from digitpad.ui.training.film_player import FilmPlayer
from digitpad.ui.training.train_run import RunState
from digitpad.ui.training.training_desk import TrainingDesk


class RunActions(QObject):
    """Steers the desk's run, and has its network read.

    Signals:
        began (): another network is to read, so that no film plays on.
    """

    began = Signal()

    def __init__(self, session: Session, desk: TrainingDesk, player: FilmPlayer) -> None:
        """player: whose snapshot gives way to the network that is asked for."""
        super().__init__(desk)
        self._session, self._desk, self._player = session, desk, player

    def train(self, window: QWidget, font: QFont, net: str = "") -> None:
        """Ask over a window what to train, and start; net: what is proposed, by its name."""
        from digitpad.ui.training.train_dialog import TrainDialog

        dialog = TrainDialog(self._desk, window)
        dialog.set_font(font)
        if net:
            dialog.network.setCurrentIndex(max(0, dialog.network.findData(net)))
        # What is shown is the run from then on.
        dialog.accepted.connect(self._leave)
        dialog.open()

    def hold(self) -> None:
        """Hold the run up, or let it go on, also where it was killed."""
        run = self._desk.run
        if run is not None:
            if run.can_resume:
                self._leave()
                self._desk.resume()
            elif run.state is RunState.PAUSED:
                run.go_on()
            else:
                run.pause()

    def stop(self) -> None:
        """End the run; the best so far is kept."""
        if self._desk.run is not None:
            self._desk.run.stop()

    def again(self) -> None:
        """Train the same once more, with the same seed."""
        self._leave()
        self._desk.again()

    def use(self) -> None:
        """The trained network reads from now on."""
        run = self._desk.run
        if run is not None and run.weights is not None:
            self._leave()
            self._session.open_network(run.weights, self._net())

    def compare(self) -> None:
        """The trained network reads too, beneath the one that reads."""
        run = self._desk.run
        if run is not None and run.weights is not None:
            self._leave()
            self._session.open_second(run.weights, self._net())

    def _leave(self) -> None:
        self.began.emit()
        self._player.leave()

    def _net(self) -> str:
        """How the run's weights are opened: with the class of a person's own."""
        run = self._desk.run
        return "" if run is None or own_class(run.plan.net) is None else run.plan.net
