"""The window's side of the recogniser's process: starts it, asks it, starts it again when it dies."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QElapsedTimer, QObject, QProcess, QTimer, Signal

from digitpad.engine.batches import ManyDigits
from digitpad.engine.launching import recognizer_command, recognizer_environment
from digitpad.engine.messages import (
    NETWORK,
    SECOND,
    MessageReader,
    ProtocolError,
    decode_info,
    decode_many,
    decode_recognition,
    encode,
    encode_many_request,
    encode_open,
    encode_request,
)
from digitpad.engine.second_network import Choice, SecondNetwork

START_TIMEOUT_MS = 180_000
ANSWER_TIMEOUT_MS = 15_000
RESTART_PAUSE_MS = 300
MAX_RESTARTS = 3
_STEADY_MS = 30_000
_ENDING_TIMEOUT_MS = 1_500


class RecognizerClient(QObject):
    """Asks a recogniser in another process what a digit is.

    One request is under way and at most one waits: a newer digit takes the waiting one's place.
    When the process dies or babbles it is started again, at most MAX_RESTARTS times without a
    steady half minute in between, and asked for the newest digit once more. A second network, a
    second network, may read every digit too. Many digits are read in chunks, for which no drawing
    has to wait long.

    Signals:
        loading_started: the process was started and loads its network.
        ready (NetworkInfo): it loaded and can answer.
        recognized (Recognition): the answer to a digit that is still wanted.
        second_ready (NetworkInfo): the second network is loaded, at its opening or after a restart.
        second_recognized (Recognition): the second network's answer to the same digit, right after
        the network's. many_read (int, float32 (k, classes), bool (k,)): k of many digits were read,
        the
        first of them at this place: their probabilities and whether they look like digits. The
        chunks come in order.
        many_finished: the last of the many digits was read.
        refused (str): weights could not be opened; the networks that were loaded still answer.
        interrupted (str): the process ended by itself and is started again.
        failed (str): it could not be brought to answer; start() tries once more.
    """

    loading_started = Signal()
    ready = Signal(object)
    recognized = Signal(object)
    second_ready = Signal(object)
    second_recognized = Signal(object)
    many_read = Signal(int, object, object)
    many_finished = Signal()
    refused = Signal(str)
    interrupted = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        weights: Path,
        device: str = "auto",
        fallback: Path | None = None,
        command: Callable[[Path, str, str], Sequence[str]] = recognizer_command,
        parent: QObject | None = None,
        net: str = "",
    ) -> None:
        """Nothing is started yet. net: as open_network takes it. fallback: the weights to load
        where the first ones turn out to be unusable."""
        super().__init__(parent)
        self._choice: Choice = (weights, net)
        self._device = device
        self._fallback: Choice | None = (
            (fallback, "") if fallback is not None and fallback != weights else None
        )
        self._command = command
        self._process: QProcess | None = None
        self._reader = MessageReader()
        self._is_ready = False
        self._opening: deque[Choice] = deque()
        self._second = SecondNetwork()
        self._many: ManyDigits | None = None
        self._chunk_of: ManyDigits | None = None
        self._since_chunk = QElapsedTimer()
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
        """Ask what a digit, float32 (28, 28), is; recognized() answers, unless a newer digit or
        forget() came between."""
        self._newest = digit
        self._waiting = True
        self._send_next()

    def forget(self) -> None:
        """No answer to any digit asked so far is wanted any more."""
        self._oldest_wanted = self._number + 1
        self._newest = None
        self._waiting = False

    def open_network(self, weights: Path, net: str = "") -> None:
        """Load another network in the same process and have it answer: ready() or refused()
        follows.

        net: a name of the table, "file.py:Class", or "" where the file itself says it. One that was
        opened before is there at once. Many digits that are being read are dropped. Where no
        network is loaded yet, the process is started again with this one, and falls back to the one
        before.
        """
        choice = (weights, net)
        if self._process is not None and self._is_ready:
            self._opening.append(choice)
            self._process.write(encode_open(weights, net, NETWORK))
            self._await_answer()
            return
        if choice != self._choice:
            self._choice, self._fallback = choice, self._choice
            self._many = None
        self.start()

    def open_second(self, weights: Path, net: str = "") -> None:
        """Have a second network read every digit too: second_ready() or refused() follows, once
        the first one has loaded. It takes the place of the second network before, which stays
        where this one is refused."""
        if self._is_ready:
            self._ask_for_second((weights, net))
        else:
            self._second.choice = (weights, net)

    def close_second(self) -> None:
        """Read with one network only; the second network's answers under way are dropped."""
        self._second.close()
        if self._process is not None and self._is_ready:
            self._process.write(encode({"kind": "close second"}))

    def read_many(self, digits: np.ndarray) -> None:
        """Read digits, uint8 (n, 28, 28), in chunks between the drawings: many_read() for each,
        then many_finished().

        Takes the place of those asked for before; none at all are finished at once. Raises
        ValueError for another shape or type.
        """
        self._many = ManyDigits(digits)
        if self._many.is_read:
            self._many = None
            self.many_finished.emit()
        self._send_next()

    def stop_many(self) -> None:
        """Drop those of the many digits that are not read yet; neither many_read() nor
        many_finished() follows."""
        self._many = None

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
        if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(
            _ENDING_TIMEOUT_MS
        ):
            process.kill()
            process.waitForFinished(_ENDING_TIMEOUT_MS)
        process.deleteLater()

    def _launch(self) -> None:
        self.close()
        self._reader = MessageReader()
        self._under_way = None
        self._chunk_of = None
        self._opening.clear()
        self._second.survive()
        self._error_tail = b""
        process = QProcess(self)
        process.setProcessEnvironment(recognizer_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._keep_errors)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        self._since_ready.invalidate()
        self._patience.start(START_TIMEOUT_MS)
        self.loading_started.emit()
        program, *arguments = self._command(self._choice[0], self._device, self._choice[1])
        process.start(program, arguments)

    def _ask_for_second(self, choice: Choice) -> None:
        assert self._process is not None
        self._second.ask(choice)
        self._process.write(encode_open(*choice, SECOND))
        self._await_answer()

    def _send_next(self) -> None:
        """Ask for the newest digit, or else for more of the many."""
        if self._process is None or not self._is_ready or self._under_way is not None:
            return
        if self._waiting and self._newest is not None:
            self._waiting = False
            message = encode_request(self._number + 1, self._newest)
        elif self._many is not None and not self._opening:
            self._chunk_of = self._many
            self._since_chunk.start()
            message = encode_many_request(self._number + 1, self._many.chunk)
        else:
            return
        self._number += 1
        self._under_way = self._number
        self._process.write(message)
        self._await_answer()

    def _await_answer(self) -> None:
        """Be patient for as long as what is asked may take; not at all where nothing is."""
        if self._opening or self._second.is_opening:
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
        of_second = header.get("role") == SECOND
        if header["kind"] == "ready":
            (self._take_second if of_second else self._take_network)(header)
        elif header["kind"] == "recognition":
            self._take_recognition(header, body)
        elif header["kind"] == "many":
            self._take_many(header, body)
        elif header["kind"] == "refused":
            self._take_refusal(str(header.get("message", "")), of_second)
        elif header["kind"] == "failed":
            self._fail(str(header.get("message", "")))
        else:
            raise ProtocolError(f"a message of unknown kind {header['kind'][:40]!r} came")

    def _take_network(self, header: dict) -> None:
        info = decode_info(header)
        has_started = not self._is_ready
        self._is_ready = True
        self._since_ready.start()
        if self._opening:
            self._choice = self._opening.popleft()
            self._many = None
        if has_started and self._second.choice is not None:
            self._ask_for_second(self._second.choice)
        self._read_newest_again()
        self._await_answer()
        self.ready.emit(info)
        self._send_next()

    def _take_second(self, header: dict) -> None:
        if not self._second.is_opening:
            raise ProtocolError("a second network came that was not asked for")
        info = decode_info(header)
        is_wanted = self._second.take()
        self._await_answer()
        if is_wanted:
            self._read_newest_again()
            self.second_ready.emit(info)
            self._send_next()

    def _read_newest_again(self) -> None:
        # The newest digit was read by the network before, if by any; the new one reads it too.
        if self._under_way is None or self._chunk_of is not None:
            self._waiting = self._newest is not None

    def _take_recognition(self, header: dict, body: bytes) -> None:
        number, recognition = decode_recognition(header, body)
        if number != self._under_way or self._chunk_of is not None:
            raise ProtocolError("an answer to no question came")
        is_second = header.get("role") == SECOND
        if not header.get("more"):
            self._under_way = None
            self._await_answer()
            self._send_next()
        if number < self._oldest_wanted:
            return
        if not is_second:
            self.recognized.emit(recognition)
        elif self._second.choice is not None:
            self.second_recognized.emit(recognition)

    def _take_many(self, header: dict, body: bytes) -> None:
        number, probabilities, accepted = decode_many(header, body)
        many, self._chunk_of = self._chunk_of, None
        if number != self._under_way or many is None or len(accepted) != len(many.chunk):
            raise ProtocolError("an answer to no question came")
        self._under_way = None
        self._await_answer()
        first = many.take(self._since_chunk.nsecsElapsed() / 1e6)
        is_wanted = many is self._many
        if is_wanted and many.is_read:
            self._many = None
        self._send_next()
        if is_wanted:
            self.many_read.emit(first, probabilities, accepted)
            if many.is_read:
                self.many_finished.emit()

    def _take_refusal(self, message: str, of_second: bool) -> None:
        if of_second and self._second.is_opening:
            self._second.refuse()
        elif self._opening:
            self._opening.popleft()
        self._await_answer()
        self.refused.emit(message)
        self._send_next()

    def _keep_errors(self) -> None:
        if self._process is not None:
            self._error_tail = (
                self._error_tail + bytes(self._process.readAllStandardError().data())
            )[-4000:]

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
        lines = [
            line for line in self._error_tail.decode(errors="replace").splitlines() if line.strip()
        ]
        return f" ({lines[-1].strip()[:200]})" if lines else ""

    def _recover(self, why: str) -> None:
        """Start again what died, unless it dies again and again."""
        if self._since_ready.isValid() and self._since_ready.elapsed() > _STEADY_MS:
            self._restarts = 0
        self._kill()
        suspect = self._second.survive()
        if suspect is not None:
            self.refused.emit(f"{suspect} could not be opened beside the network: {why}")
        if self._restarts >= MAX_RESTARTS:
            self._fail(f"the recogniser stopped {MAX_RESTARTS + 1} times: {why}")
            return
        self._restarts += 1
        self.interrupted.emit(f"the recogniser is started again: {why}")
        self._pause.start()

    def _fail(self, message: str) -> None:
        self._kill()
        self._many = None
        if self._fallback is not None:
            self._choice, self._fallback = self._fallback, None
            self.refused.emit(message)
            self._pause.start()
            return
        self.failed.emit(message)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self.close()
