"""The window's side of the recogniser: what it can be asked, and what it says."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal

from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.engine.asking import Ask
from digitpad.engine.batch_reading import Batches
from digitpad.engine.conversation import Conversation, reason
from digitpad.engine.descriptions import decode_info
from digitpad.engine.examinations import Examinations
from digitpad.engine.fields import Fields
from digitpad.engine.launching import recognizer_command
from digitpad.engine.messages import FAILED, NETWORK, Message
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.parted import Explanations
from digitpad.engine.process import RecognizerProcess
from digitpad.engine.requests import OPEN, RECOGNIZE, AnswerT, AskedT, Request, Turn
from digitpad.engine.second_network import SecondNetwork
from digitpad.engine.takeover import Takeover
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices
from digitpad.nets.spec.opening_questions import Examination

_MOST_DEATHS = 5


class RecognizerClient(QObject):
    """Asks a recogniser in another process what a digit is.

    One request is under way and at most one of each kind waits: drawings go first, and a newer one
    takes the place of the one that waits. When the process dies or says what it should not, it is
    started again (RecognizerProcess), and asked for the newest digit once more. A second network
    may read every digit too. A batch is read in chunks.

    Attributes:
        explanations: asks what has many parts (engine/explanations.py): WHY, PIECES, HISTORY ...

    Signals:
        loading_started (): the process was started and loads its network.
        ready (NetworkInfo): it loaded and can answer.
        recognized (Recognition): the answer to a digit that is still wanted.
        second_ready (NetworkInfo): the second network is loaded, at its opening or after a restart.
        second_recognized (Recognition): the second network's answer, right after the network's.
        batch_read (int, float32 (k, classes), bool (k,)): of k digits of the batch, from this place
            on: their probabilities, and whether each is accepted; in order.
        batch_finished (): the last digit of the batch was read.
        batch_refused (str): the rest of the batch cannot be read, and why.
        refused (str): a request can't be met; the networks that were loaded still answer.
        interrupted (str): the process ended by itself and is started again.
        awaiting (str): what was asked takes PyTorch, which is loaded for it, in a sentence; "" once
            it is there, or cannot be had.
        taken_over (str, NetworkInfo): the network in this role is computed otherwise now.
        failed (str): it could not be brought to answer; start() tries once more, as does the next
            digit.
    """

    loading_started = Signal()
    ready = Signal(object)
    recognized = Signal(object)
    second_ready = Signal(object)
    second_recognized = Signal(object)
    batch_read = Signal(int, object, object)
    batch_finished = Signal()
    batch_refused = Signal(str)
    refused = Signal(str)
    interrupted = Signal(str)
    awaiting = Signal(str)
    taken_over = Signal(str, object)
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
        where the first ones turn out to be unusable. command: gives the program and its arguments
        for weights, device and net."""
        super().__init__(parent)
        self._choice = NetworkChoice(weights, net)
        self._device = device
        self._fallback = (
            NetworkChoice(fallback) if fallback is not None and fallback != weights else None
        )
        self._process = RecognizerProcess(
            lambda: command(self._choice.weights, self._device, self._choice.net), self._take, self
        )
        self._process.launched.connect(self._on_launched)
        self._process.ended.connect(self._on_ended)
        self._process.gave_up.connect(self._fail)
        self._conversation = Conversation(self._process, self.awaiting.emit)
        self.explanations = Explanations(self._conversation, self.refused.emit)
        self._opening: deque[NetworkChoice] = deque()
        self._examinations = Examinations(self._conversation)
        self._takeover = Takeover(self._conversation, self.taken_over.emit, self.awaiting.emit)
        self._batches = Batches(
            self._conversation,
            self.batch_read.emit,
            self.batch_finished.emit,
            self.batch_refused.emit,
        )
        self._second = SecondNetwork(self._conversation, self._take_second, self.refused.emit)
        self._newest: npt.NDArray[np.float32] | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the process has loaded its network."""
        return self._conversation.is_open

    def start(self) -> None:
        """Start the process; it says ready() when it has loaded."""
        self._process.start()

    def use_device(self, device: str) -> None:
        """Run on another device, one of DEVICE_NAMES: the process is started again where it is
        another than before."""
        if device != self._device:
            self._device = device
            self.start()

    def close(self) -> None:
        """End the process and wait until it is gone."""
        listens = self.is_ready
        self._conversation.end()
        self._process.close(politely=listens)

    def recognize(self, digit: npt.NDArray[np.float32]) -> None:
        """Ask what a digit, float32 (28, 28), is; recognized() answers, unless a newer digit or
        forget() came between."""
        self._newest = digit
        self._process.wake()
        self._put_newest()

    @property
    def is_reading(self) -> bool:
        """Whether the answer to a digit is still to come."""
        return self._conversation.is_reading_drawing()

    def forget(self) -> None:
        """No answer to any digit asked so far is wanted any more."""
        self._newest = None
        self._conversation.drop(Turn.DRAWING)

    @property
    def device(self) -> str:
        """Where the network is to run, one of DEVICE_NAMES."""
        return self._device

    @property
    def choice(self) -> NetworkChoice:
        """The network that answers, or is to answer once it has loaded."""
        return self._choice

    def open_network(
        self, weights: Path, net: str = "", choices: OpenChoices = NOTHING_SAID
    ) -> None:
        """Load another network in the same process and have it answer: ready() or refused()
        follows.

        net: a name of the catalogue, "file.py:Class", or "" where the file itself says it. choices:
        what is said of it beside, which is remembered for that file. One that was opened before is
        there at once. A batch that is being read, and what else is asked but for drawings, is
        dropped once it is there. Where none is loaded yet, the process is started again with this
        one, and falls back to the one before.
        """
        choice = NetworkChoice(weights, net, choices)
        if self.is_ready:
            self._opening.append(choice)
            self._conversation.at_once(
                OPEN, choice, NETWORK, self._take_network, self._refuse_network
            )
            return
        if choice != self._choice:
            self._choice, self._fallback = choice, self._choice
            self._conversation.drop(Turn.SOON, Turn.IN_CHUNKS)
        self.start()

    @property
    def second_choice(self) -> NetworkChoice | None:
        """The second network, or the one that is to be; None for none."""
        return self._second.choice

    def examine(
        self,
        choice: NetworkChoice,
        answered: Callable[[Examination], None],
        refused: Callable[[str], None],
    ) -> None:
        """Find out what has to be asked before a network can be opened; answered or refused is
        called, once. A network must be loaded; an examination under way is given up."""
        self._examinations.ask(choice, answered, refused)

    def stop_examining(self) -> None:
        """No answer to an examination is wanted any more."""
        self._examinations.drop()

    def open_second(self, weights: Path, net: str = "") -> None:
        """Have a second network read every digit too: second_ready() or refused() follows, once
        the first one has loaded. It takes the place of the second network before, which stays
        where this one is refused."""
        self._second.open(NetworkChoice(weights, net))

    def close_second(self) -> None:
        """Read with one network only; the second network's answers under way are dropped."""
        self._second.close()

    def read_batch(self, digits: npt.NDArray[np.uint8]) -> None:
        """Read digits, uint8 (n, 28, 28), in chunks between the drawings: batch_read() for each,
        then batch_finished().

        Takes the place of the batch before; no digits at all are finished at once. Raises
        ValueError for another shape or type.
        """
        self._batches.read(digits)

    def stop_batch(self) -> None:
        """Read no more of the batch; neither batch_read() nor batch_finished() follows."""
        self._batches.stop()

    def ask(
        self,
        row: Request[AskedT, AnswerT],
        asked: AskedT,
        answered: Callable[[AnswerT], None],
        refused: Callable[[str], None] | None = None,
        role: str = NETWORK,
    ) -> None:
        """Ask anything that has a row whose Turn is SOON.

        answered takes the answer, refused why there is none (without it, refused() says so).
        Neither is called where a newer request of its kind, or another network, came between. It is
        asked once a network is loaded, and again where the process died over it.
        """
        if row.turn is not Turn.SOON:
            raise ValueError(f"{row.name} is asked by a method of its own")
        refuse = refused or self.refused.emit
        self._conversation.put(
            Ask(row, lambda: asked, lambda _, answer: answered(answer), refuse, role)
        )

    def _put_newest(self) -> None:
        digit = self._newest
        if digit is not None:
            self._conversation.put(Ask(RECOGNIZE, lambda: digit, self._show, self.refused.emit))

    def _read_newest_again(self) -> None:
        # The newest digit was read by the network before, if by any; one that is under way now is
        # read by the new one.
        if not self._conversation.is_reading_drawing():
            self._put_newest()

    # Answers.

    def _take(self, message: Message) -> None:
        """Take a message of the process; raises ProtocolError where it is not one that is due."""
        fields = Fields(message.content, "what the recogniser says")
        if message.kind == FAILED:
            self._fail(reason(fields))
        elif message.request == 0 and message.kind == OPEN.name and not self.is_ready:
            self._take_first(decode_info(fields, message.body))
        elif not self._takeover.take(message, fields):
            self._conversation.take(message, fields)

    def _take_first(self, info: NetworkInfo) -> None:
        self._conversation.infos[NETWORK] = info
        self._process.works()
        self._conversation.expect()
        self._second.open_again()
        self._read_newest_again()
        self.ready.emit(info)
        self._conversation.go_on()

    def _take_network(self, role: str, info: NetworkInfo) -> None:
        self._conversation.infos[NETWORK] = info
        self._choice = self._opening.popleft()
        self._conversation.forget_speed()
        self.explanations.forget_speed()
        self._conversation.drop(Turn.SOON, Turn.IN_CHUNKS)
        self._process.works()
        self._read_newest_again()
        self.ready.emit(info)

    def _refuse_network(self, why: str) -> None:
        self._opening.popleft()
        self.refused.emit(why)

    def _take_second(self, info: NetworkInfo) -> None:
        self._read_newest_again()
        self.second_ready.emit(info)

    def _show(self, role: str, recognition: Recognition) -> None:
        if role == NETWORK:
            self.recognized.emit(recognition)
        elif self._second.choice is not None:
            self.second_recognized.emit(recognition)

    # The process's life.

    def _on_launched(self) -> None:
        self._conversation.end()
        self._opening.clear()
        why = _("the recogniser was started again")
        self._second.survive(why)
        self._examinations.give_up(why)
        self._conversation.expect()
        self.awaiting.emit("")
        self.loading_started.emit()

    def _on_ended(self, why: str) -> None:
        given_up = self._conversation.end(_MOST_DEATHS)
        if not self._second.survive(why) and self._opening:
            self.refused.emit(
                _("{weights} could not be opened: {why}").format(
                    weights=self._opening[0].weights, why=why
                )
            )
        self._examinations.give_up(why)
        for ask in given_up:
            ask.refused(
                _("the recogniser ended {most_deaths} times over it: {why}").format(
                    most_deaths=_MOST_DEATHS, why=why
                )
            )
        self.interrupted.emit(_("the recogniser is started again: {why}").format(why=why))

    def _fail(self, message: str) -> None:
        self._process.kill()
        self._conversation.end()
        self._conversation.drop(Turn.SOON, Turn.IN_CHUNKS)
        if self._fallback is not None:
            self._choice, self._fallback = self._fallback, None
            self.refused.emit(message)
            self._process.start_soon()
            return
        self.failed.emit(message)
