"""The life of the recogniser's process: started, started again when it dies, and ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

from digitpad.core.languages import _
from digitpad.engine.launching import recognizer_environment
from digitpad.engine.messages import Message, MessageReader, ProtocolError

RESTART_PAUSE_MS = 300
LONGEST_PAUSE_MS = 10_000
WAKING_PAUSE_MS = 1_000
MAX_RESTARTS = 6
_STEADY_MS = 30_000
_ENDING_TIMEOUT_MS = 1_500
_ERROR_TAIL_BYTES = 4_000


class RecognizerProcess(QObject):
    """Keeps one recogniser running.

    When it dies, says nothing for too long, or says what is no message, it is started again
    after a pause: RESTART_PAUSE_MS at first, twice as long each time, at most LONGEST_PAUSE_MS,
    until a steady half minute has passed; only RESTART_PAUSE_MS after a silence, which was a
    pause itself. One that has worked since start() is never given up; one that never did is
    after MAX_RESTARTS, until wake() or start().

    Signals:
        launched: it was started, and knows of nothing that was asked before.
        ended (str): it is gone, and why; it is started again after the pause.
        gave_up (str): it is gone, and why; nothing is started.
    """

    launched = Signal()
    ended = Signal(str)
    gave_up = Signal(str)

    def __init__(
        self,
        command: Callable[[], Sequence[str]],
        take: Callable[[Message], None],
        parent: QObject | None = None,
    ) -> None:
        """Nothing is started yet. command: the program and its arguments, asked for at each start.
        take: is given each message; a ProtocolError that it raises ends the process."""
        super().__init__(parent)
        self._command = command
        self._take = take
        self._process: QProcess | None = None
        self._reader = MessageReader()
        self._restarts = 0
        self._has_worked = False
        self._error_tail = b""
        self._since_steady = QElapsedTimer()
        self._since_launch = QElapsedTimer()
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(
            lambda: self.recover(_("it gave no answer"), was_silent=True)
        )
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._launch)

    def start(self) -> None:
        """Start it, in place of the one that runs."""
        self._restarts = 0
        self._has_worked = False
        self._launch()

    def start_soon(self, pause_ms: int | None = None) -> None:
        """End it, and start it after a pause, RESTART_PAUSE_MS where nothing else is said."""
        self.kill()
        self._pause.start(RESTART_PAUSE_MS if pause_ms is None else pause_ms)

    def wake(self) -> None:
        """It is needed: a long pause is cut short, and one that was given up is tried once more;
        yet there are at least WAKING_PAUSE_MS between two starts."""
        if self._process is not None or not self._since_launch.isValid():
            return
        left = max(0, WAKING_PAUSE_MS - self._since_launch.elapsed())
        if not self._pause.isActive() or self._pause.remainingTime() > left:
            self._pause.start(int(left))

    def write(self, message: bytes) -> None:
        """Send it a message; nothing happens where there is no process."""
        if self._process is not None:
            self._process.write(message)

    def works(self) -> None:
        """It loaded a network."""
        self._has_worked = True
        self._since_steady.start()

    def expect(self, timeout_ms: int) -> None:
        """It is started again unless it is expected anew, or nothing is, within this time."""
        self._patience.start(timeout_ms)

    def expect_nothing(self) -> None:
        """It may be silent for as long as it likes."""
        self._patience.stop()

    def recover(self, why: str, was_silent: bool = False) -> None:
        """End it, and start it again after a pause, the shortest where it was waited for."""
        if self._since_steady.isValid() and self._since_steady.elapsed() > _STEADY_MS:
            self._restarts = 0
        self.kill()
        if self._restarts >= MAX_RESTARTS and not self._has_worked:
            self.gave_up.emit(
                _("the recogniser stopped {restarts} times: {why}").format(
                    restarts=self._restarts + 1, why=why
                )
            )
            return
        doublings = 0 if was_silent else min(self._restarts, 10)
        self._pause.start(min(RESTART_PAUSE_MS << doublings, LONGEST_PAUSE_MS))
        self._restarts += 1
        self.ended.emit(why)

    def close(self, politely: bool = True) -> None:
        """End it for good and wait until it is gone; politely: by the end of its input, where it
        heeds that in time."""
        self._since_launch.invalidate()
        self._end(politely)

    def kill(self) -> None:
        """End it at once and wait until it is gone."""
        self._end(politely=False)

    def _end(self, politely: bool) -> None:
        self._pause.stop()
        self._patience.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        # Without its input the recogniser ends by itself; one that hangs or still loads is killed.
        process.closeWriteChannel()
        if not politely:
            process.kill()
        if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(
            _ENDING_TIMEOUT_MS
        ):
            process.kill()
            process.waitForFinished(_ENDING_TIMEOUT_MS)
        process.deleteLater()

    def _launch(self) -> None:
        self.kill()
        self._reader = MessageReader()
        self._error_tail = b""
        process = QProcess(self)
        process.setProcessEnvironment(recognizer_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._since_steady.invalidate()
        self._since_launch.start()
        self.launched.emit()
        if self._process is not process:
            return
        program, *arguments = self._command()
        process.start(program, arguments)

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        try:
            for message in self._reader.feed(bytes(process.readAllStandardOutput().data())):
                self._take(message)
                # What took the message may have ended the process, or started another.
                if self._process is not process:
                    return
        except ProtocolError as error:
            if self._process is process:
                self.recover(str(error))

    def _read_errors(self) -> None:
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data())
            self._error_tail = (self._error_tail + said)[-_ERROR_TAIL_BYTES:]

    def _on_finished(self) -> None:
        # What it said last may explain why it ended, and may still lie in the pipe.
        self._read()
        if self._process is not None:
            self._read_errors()
            self.recover(
                _("it ended with status {status}{last_words}").format(
                    status=self._process.exitCode(), last_words=self._last_words()
                )
            )

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            why = self._process.errorString()
            self.kill()
            self.gave_up.emit(_("the recogniser could not be started: {why}").format(why=why))

    def _last_words(self) -> str:
        lines = self._error_tail.decode(errors="replace").splitlines()
        said = [line.strip() for line in lines if line.strip()]
        return f" ({said[-1][:200]})" if said else ""
