"""The process that teaches, as the window asks and follows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from digitpad.core.languages import _
from digitpad.core.processes import python_command
from digitpad.engine.fields import Fields
from digitpad.engine.launching import recognizer_environment
from digitpad.engine.messages import (
    REFUSED,
    Content,
    Message,
    MessageReader,
    ProtocolError,
    encode,
)
from digitpad.teaching.messages import (
    KEEP,
    KEPT,
    PROGRESS,
    TAUGHT,
    TEACH,
    TeachingRequest,
    decode_kept,
    decode_progress,
    decode_taught,
    encode_keep,
    encode_request,
)

_ENDS_WITHIN_MS = 1_500
_WHY_LENGTH = 1_000


def teaching_command() -> list[str]:
    """The command that runs the process of this installation."""
    return python_command("digitpad.teaching")


class TeachProcess(QObject):
    """Asks the process for one thing at a time; it is started by the first, and stays for the next,
    which is then quicker.

    Signals:
        progressed (Stage, float): how far it is.
        taught (TaughtAnswer): the network was taught; nothing is written yet.
        kept (Path): a version was written.
        refused (str): why there is none of these; where the process ended by itself too.
    """

    progressed = Signal(object, float)
    taught = Signal(object)
    kept = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        parent: QObject | None = None,
        command: Callable[[], Sequence[str]] = teaching_command,
    ) -> None:
        """Nothing is started yet. command: gives the program and its arguments."""
        super().__init__(parent)
        self._command = command
        self._process: QProcess | None = None
        self._reader = MessageReader()
        self._number = 0
        self._awaited = ""

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return bool(self._awaited)

    def teach(self, asked: TeachingRequest) -> None:
        """Teach; progressed, then taught or refused follow. What it was asked before is given
        up."""
        if self.is_busy:
            self.stop()
        self._ask(TEACH, TAUGHT, encode_request(asked))

    def keep(self, overruled: bool, folder: Path | None = None) -> None:
        """Keep what was taught last; kept or refused follows. folder: the user's own unless
        told."""
        if not self.is_busy:
            self._ask(KEEP, KEPT, encode_keep(overruled, folder))

    def stop(self) -> None:
        """End the process at once: nothing of it is left, and no answer follows."""
        self._awaited = ""
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(_ENDS_WITHIN_MS)
        process.deleteLater()

    def _ask(self, kind: str, awaited: str, content: Content) -> None:
        if self._process is None:
            self._start()
        process = self._process
        if process is None:
            return
        self._awaited = awaited
        self._number += 1
        process.write(encode(kind, self._number, content))

    def _start(self) -> None:
        self._reader = MessageReader()
        process = QProcess(self)
        process.setProcessEnvironment(recognizer_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        program, *arguments = self._command()
        process.start(program, arguments)

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        try:
            for message in self._reader.feed(bytes(process.readAllStandardOutput().data())):
                self._take(message)
                if self._process is not process:
                    return
        except ProtocolError as error:
            self._give_up(str(error))

    def _take(self, message: Message) -> None:
        """Take a message; raises ProtocolError where it is not one that is due."""
        fields = Fields(message.content, "what the process that teaches says")
        if message.request != self._number or not self._awaited:
            raise ProtocolError("the process that teaches answers what was not asked")
        if message.kind == PROGRESS and self._awaited == TAUGHT:
            self.progressed.emit(*decode_progress(fields))
        elif message.kind == REFUSED:
            why = fields.text("message", _WHY_LENGTH)
            self._awaited = ""
            self.refused.emit(why)
        elif message.kind == self._awaited == TAUGHT:
            answer = decode_taught(fields, message.body)
            self._awaited = ""
            self.taught.emit(answer)
        elif message.kind == self._awaited == KEPT:
            path = decode_kept(fields)
            self._awaited = ""
            self.kept.emit(path)
        else:
            raise ProtocolError("the process that teaches says what is not due")

    def _on_finished(self) -> None:
        self._read()
        if self._process is not None:
            said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self._give_up((said.strip().splitlines() or [""])[-1][:200])

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            self._give_up(self._process.errorString())

    def _give_up(self, why: str) -> None:
        was_awaited = self.is_busy
        self.stop()
        if was_awaited:
            self.refused.emit(
                _("Teaching ended by itself; nothing was changed. {why}").format(why=why).strip()
            )
