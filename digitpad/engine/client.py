"""The window's side of the recogniser's process: starts it, asks it, starts it again when it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from digitpad.engine.messages import (
    MessageReader,
    ProtocolError,
    decode_facts,
    decode_recognition,
    encode,
    encode_request,
)

START_TIMEOUT_MS = 180_000
ANSWER_TIMEOUT_MS = 15_000
RESTART_PAUSE_MS = 300
MAX_RESTARTS = 3
_STEADY_MS = 30_000
_ENDING_TIMEOUT_MS = 1_500


def recognizer_command(weights: Path, device: str) -> list[str]:
    """The command that runs the recogniser of this installation."""
    return [sys.executable, "-m", "digitpad", "recognizer", "--weights", str(weights), "--device", device]


class RecognizerClient(QObject):
    """Asks a recogniser in another process what a digit is.

    One request is under way and at most one waits: a newer digit takes the waiting one's place. When the process
    dies or babbles it is started again, at most MAX_RESTARTS times without a steady half minute in between, and
    asked for the newest digit once more.

    Signals:
        loading_started: the process was started and loads its network.
        ready (NetworkFacts): it loaded and can answer.
        recognized (Recognition): the answer to a digit that is still wanted.
        refused (str): weights could not be opened; the network that was loaded still answers.
        interrupted (str): the process ended by itself and is started again.
        failed (str): it could not be brought to answer; start() tries once more.
    """

    loading_started = Signal()
    ready = Signal(object)
    recognized = Signal(object)
    refused = Signal(str)
    interrupted = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        weights: Path,
        device: str = "auto",
        fallback: Path | None = None,
        command: Callable[[Path, str], Sequence[str]] = recognizer_command,
        parent: QObject | None = None,
    ) -> None:
        """Nothing is started yet. fallback: the weights to load where the first ones turn out to be unusable."""
        super().__init__(parent)
        self._weights = weights
        self._device = device
        self._fallback = fallback if fallback != weights else None
        self._command = command
        self._process: QProcess | None = None
        self._reader = MessageReader()
        self._is_ready = False
        self._opening: Path | None = None
        self._number = 0
        self._under_way: int | None = None
        self._oldest_wanted = 0
        self._newest: np.ndarray | None = None
        self._waiting = False
        self._restarts = 0
        self._error_tail = b""
        self._since_ready = QElapsedTimer()
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._give_up_waiting)
        self._pause = QTimer(self, singleShot=True, interval=RESTART_PAUSE_MS)
        self._pause.timeout.connect(self._launch)

    @property
    def is_ready(self) -> bool:
        """Whether the process has loaded its network."""
        return self._is_ready

    def start(self) -> None:
        """Start the process; it says ready() when it has loaded."""
        self._restarts = 0
        self._launch()

    def recognize(self, digit: np.ndarray) -> None:
        """Ask what a digit, float32 (28, 28), is; recognized() answers, unless a newer digit or forget() came
        between."""
        self._newest = digit
        self._waiting = True
        self._send_newest()

    def forget(self) -> None:
        """No answer to any digit asked so far is wanted any more."""
        self._oldest_wanted = self._number + 1
        self._newest = None
        self._waiting = False

    def open_weights(self, weights: Path) -> None:
        """Load another network in the same process: ready() or refused() follows.

        Where no network is loaded yet, the process is started again with these weights, and falls back to the ones
        before them.
        """
        if self._process is not None and self._is_ready:
            self._opening = weights
            self._await_answer()
            self._process.write(encode({"kind": "open", "weights": str(weights)}))
            return
        if weights != self._weights:
            self._weights, self._fallback = weights, self._weights
        self.start()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        self._pause.stop()
        self._patience.stop()
        listens, self._is_ready = self._is_ready, False
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        # Without its input the recogniser ends by itself; one that hangs or still loads is killed.
        process.closeWriteChannel()
        if not listens:
            process.kill()
        if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(_ENDING_TIMEOUT_MS):
            process.kill()
            process.waitForFinished(_ENDING_TIMEOUT_MS)
        process.deleteLater()

    def _launch(self) -> None:
        self.close()
        self._reader = MessageReader()
        self._under_way = None
        self._opening = None
        self._error_tail = b""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("OMP_WAIT_POLICY", "PASSIVE")
        environment.insert("PYTHONUNBUFFERED", "1")
        # A checkout that is not installed is found by the recogniser as it was by the window.
        package_home = str(Path(__file__).resolve().parents[2])
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, [package_home, environment.value("PYTHONPATH")])))
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._keep_errors)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._since_ready.invalidate()
        self._patience.start(START_TIMEOUT_MS)
        self.loading_started.emit()
        program, *arguments = self._command(self._weights, self._device)
        process.start(program, arguments)

    def _send_newest(self) -> None:
        if (
            not (self._waiting and self._is_ready and self._under_way is None)
            or self._process is None
            or self._newest is None
        ):
            return
        self._number += 1
        self._under_way = self._number
        self._waiting = False
        self._await_answer()
        self._process.write(encode_request(self._number, self._newest))

    def _await_answer(self) -> None:
        """Be patient for as long as what is asked may take; not at all where nothing is."""
        if self._opening is not None:
            self._patience.start(START_TIMEOUT_MS)
        elif self._under_way is not None:
            self._patience.start(ANSWER_TIMEOUT_MS)
        else:
            self._patience.stop()

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        try:
            for header, body in self._reader.feed(bytes(process.readAllStandardOutput().data())):
                self._take(header, body)
                if self._process is not process:
                    return
        except ProtocolError as error:
            self._recover(str(error))

    def _take(self, header: dict, body: bytes) -> None:
        if header["kind"] == "ready":
            facts = decode_facts(header)
            self._is_ready = True
            self._since_ready.start()
            if self._opening is not None:
                self._weights, self._opening = self._opening, None
            if self._under_way is None:
                # The newest digit was read by the network before, if by any; the new one reads it again.
                self._waiting = self._newest is not None
            self._await_answer()
            self.ready.emit(facts)
            self._send_newest()
        elif header["kind"] == "recognition":
            number, recognition = decode_recognition(header, body)
            if number != self._under_way:
                raise ProtocolError("an answer to no question came")
            self._under_way = None
            self._await_answer()
            self._send_newest()
            if number >= self._oldest_wanted:
                self.recognized.emit(recognition)
        elif header["kind"] == "refused":
            self._opening = None
            self._await_answer()
            self.refused.emit(str(header.get("message", "")))
        elif header["kind"] == "failed":
            self._fail(str(header.get("message", "")))
        else:
            raise ProtocolError(f"a message of unknown kind {header['kind'][:40]!r} came")

    def _keep_errors(self) -> None:
        if self._process is not None:
            self._error_tail = (self._error_tail + bytes(self._process.readAllStandardError().data()))[-4000:]

    def _on_finished(self) -> None:
        # What it said last may explain why it ended, and may still lie in the pipe.
        self._read()
        if self._process is not None:
            self._recover(f"it ended with status {self._process.exitCode()}{self._last_words()}")

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._fail(f"the recogniser could not be started: {self._process.errorString()}")

    def _give_up_waiting(self) -> None:
        self._recover("it gave no answer")

    def _last_words(self) -> str:
        lines = [line for line in self._error_tail.decode(errors="replace").splitlines() if line.strip()]
        return f" ({lines[-1].strip()[:200]})" if lines else ""

    def _recover(self, why: str) -> None:
        """Start again what died, unless it dies again and again."""
        if self._since_ready.isValid() and self._since_ready.elapsed() > _STEADY_MS:
            self._restarts = 0
        self._kill()
        if self._restarts >= MAX_RESTARTS:
            self._fail(f"the recogniser stopped {MAX_RESTARTS + 1} times: {why}")
            return
        self._restarts += 1
        self.interrupted.emit(f"the recogniser is started again: {why}")
        self._pause.start()

    def _fail(self, message: str) -> None:
        self._kill()
        if self._fallback is not None:
            self._weights, self._fallback = self._fallback, None
            self.refused.emit(message)
            self._pause.start()
            return
        self.failed.emit(message)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()
