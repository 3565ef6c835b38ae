"""A recogniser's side that says what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from digitpad.core.results import NetworkInfo, Recognition, Rejection, RejectionReason
from digitpad.engine.client import RecognizerClient
from digitpad.engine.messages import NETWORK
from digitpad.engine.opening import NetworkChoice
from digitpad.engine.requests import AnswerT, AskedT, BatchAnswer, Request
from digitpad.engine.rows import PartedRequest
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices
from digitpad.nets.spec.opening_questions import Examination

LAYERS = NETWORKS["lenet5"].layer_infos
INFO = NetworkInfo(
    network="lenet5",
    title="LeNet-5",
    classes=tuple("0123456789"),
    parameters=61_706,
    layers=LAYERS,
    weights_file="/some/where/lenet5.safetensors",
    device="cpu",
    device_report=("cuda: refused, there is none", "cpu: taken"),
    metadata={"test_accuracy": "0.9932", "test_n": "10000"},
)


def recognition(
    answer: int, share: float = 0.9, second: int | None = None, **changes: Any
) -> Recognition:
    """An answer with this share, the rest going to the second; its activations are all the
    answer's tenth."""
    second = (answer + 1) % 10 if second is None else second
    shares = np.zeros(10, np.float32)
    shares[answer], shares[second] = share, 1 - share
    activations = {layer.name: np.full(layer.shape, answer / 10, np.float32) for layer in LAYERS}
    return replace(
        Recognition(np.log(shares + 1e-9), shares, activations, milliseconds=0.7), **changes
    )


UNLIKE_ANY = Rejection(RejectionReason.UNLIKE_ANY)
"""As a recogniser rejects a scribble."""


class StubExplanations:
    """Notes the questions it is asked, (row, question, answered, refused), in which roles, and
    which kinds were stopped."""

    def __init__(self) -> None:
        self.questions: list[
            tuple[PartedRequest[Any, Any, Any], Any, Callable[[Any], None], Any]
        ] = []
        self.stopped: list[PartedRequest[Any, Any, Any]] = []
        self.roles: list[str] = []

    def ask(
        self,
        parted: PartedRequest[Any, Any, Any],
        question: Any,
        answered: Callable[[Any], None],
        refused: Callable[[str], None] | None = None,
        role: str = NETWORK,
    ) -> None:
        self.questions.append((parted, question, answered, refused))
        self.roles.append(role)

    def stop(self, parted: PartedRequest[Any, Any, Any]) -> None:
        self.stopped.append(parted)

    def forget_speed(self) -> None:
        pass

    @property
    def newest(self) -> Any:
        """What was asked last."""
        return self.questions[-1][1]

    def answer(self, result: Any) -> None:
        """Answer what was asked last."""
        self.questions[-1][2](result)

    def refuse(self, why: str) -> None:
        """Refuse what was asked last."""
        self.questions[-1][3](why)


class StubClient(RecognizerClient):
    """Starts nothing and notes what it is asked.

    asked: the digits; opened: the weights, nets and choices what was said of them; examined: what
    was to be looked into, found and refusals who hears of it; second networks: (weights, net), None
    for closing; batches: what was to be read, None for stopping; questions: (row, asked, answered,
    refused) of ask(); explanations: notes what
    is asked of it; starts, forgotten, closed: how often.
    """

    def __init__(self) -> None:
        super().__init__(Path("stub.safetensors"))
        self.asked: list[np.ndarray] = []
        self.opened: list[Path] = []
        self.nets: list[str] = []
        self.choices: list[OpenChoices] = []
        self.examined: list[NetworkChoice] = []
        self.found: list[Callable[[Examination], None]] = []
        self.refusals: list[Callable[[str], None]] = []
        self.second_networks: list[tuple[Path, str] | None] = []
        self.batches: list[np.ndarray | None] = []
        self.questions: list[tuple[Request[Any, Any], Any, Callable[[Any], None], Any]] = []
        self.starts = self.forgotten = self.closed = 0
        self.is_up = False
        self.explanations = StubExplanations()  # type: ignore[assignment]

    @property
    def is_ready(self) -> bool:
        return self.is_up

    def start(self) -> None:
        self.starts += 1
        self.is_up = False
        self.loading_started.emit()

    def become_ready(self, **changes: Any) -> None:
        self.is_up = True
        self.ready.emit(replace(INFO, **changes))

    def recognize(self, digit: np.ndarray) -> None:
        self.asked.append(digit.copy())

    def forget(self) -> None:
        self.forgotten += 1

    def open_network(
        self, weights: Path, net: str = "", choices: OpenChoices = NOTHING_SAID
    ) -> None:
        self.opened.append(weights)
        self.nets.append(net)
        self.choices.append(choices)

    def examine(
        self,
        choice: NetworkChoice,
        answered: Callable[[Examination], None],
        refused: Callable[[str], None],
    ) -> None:
        self.examined.append(choice)
        self.found.append(answered)
        self.refusals.append(refused)

    def stop_examining(self) -> None:
        pass

    def open_second(self, weights: Path, net: str = "") -> None:
        self.second_networks.append((weights, net))

    def close_second(self) -> None:
        self.second_networks.append(None)

    def read_batch(self, digits: np.ndarray) -> None:
        self.batches.append(digits)

    def stop_batch(self) -> None:
        self.batches.append(None)

    def ask(
        self,
        row: Request[AskedT, AnswerT],
        asked: AskedT,
        answered: Callable[[AnswerT], None],
        refused: Callable[[str], None] | None = None,
        role: str = NETWORK,
    ) -> None:
        self.questions.append((row, asked, answered, refused))

    def answer_batch(self, *answers: int, accepted: Sequence[bool] | None = None) -> None:
        """Answer the newest question with a class for each digit."""
        shares = np.eye(10, dtype=np.float32)[list(answers)]
        given = [True] * len(answers) if accepted is None else list(accepted)
        self.questions[-1][2](BatchAnswer(shares, np.array(given)))

    def close(self) -> None:
        self.closed += 1
