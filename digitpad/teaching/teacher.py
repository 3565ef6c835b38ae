"""One network made ready to be taught, its teachings, and what each won and cost.

from digitpad.teaching.teacher import Teacher
teacher = Teacher(Path("weights/lenet5.safetensors"), load_replay())
outcome = teacher.teach(OwnDrawings.of(drawings, TeachingRecipe()))
print(outcome.table.verdict, outcome.table.figures)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from digitpad.core.constants import DIGITS
from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of
from digitpad.core.languages import _
from digitpad.nets.files.opening import OpenedNetwork, open_weights
from digitpad.nets.modules import DeclaredNetwork
from digitpad.nets.rejection import RejectionRule
from digitpad.nets.spec.open_choices import NOTHING_SAID, OpenChoices
from digitpad.teaching.figures import Answers, Measure, Table, figure_of
from digitpad.teaching.lesson import Remembered, teach
from digitpad.teaching.own_drawings import OwnDrawings
from digitpad.teaching.recipe import TeachingRecipe
from digitpad.teaching.replay import Replay
from digitpad.training.calibration import Calibration, all_logits, calibrate_logits
from digitpad.training.data.sources import DigitSource

Progress = Callable[[float], None]
"""Told which share is done, in [0, 1]."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A network that was taught, and what that won and cost.

    recipe and own: by what, and what it was taught. table: the figures, with its temperature and
    threshold.
    """

    network: DeclaredNetwork
    recipe: TeachingRecipe
    own: OwnDrawings
    table: Table


class Teacher:
    """Holds a network, what it makes of the replayed and the held-out digits, and teaches copies
    of it; the network itself is never changed.

    Attributes:
        weights: its file. opened: the network, as that file has it. digest: of that file. held:
            the digits that are measured, by what they measure.
    """

    def __init__(
        self,
        weights: Path,
        replay: Replay,
        net: str = "",
        choices: OpenChoices = NOTHING_SAID,
        progress: Progress = lambda share: None,
    ) -> None:
        """weights, net and choices: as open_weights takes them. Raises DigitpadError where the file
        cannot be opened, and, in one line, where its network cannot be taught."""
        self.weights = weights
        self.digest = digest_of(weights)
        self.opened = open_weights(weights, net, choices)
        self._network = teachable_network(self.opened)
        self._network.form = self.opened.form
        self._network.eval()
        self._replay = replay
        self._threshold = self.opened.record.reject_energy
        self.held = _held(replay)
        # Digits that are read once here need not be read at every teaching.
        sources = [source for _, source in self.held]
        streams = [replay.synthetic, replay.non_digits, *([replay.mnist] if replay.mnist else [])]
        total = sum(len(source.labels) for source in [*sources, *streams])
        self._done = 0

        def logits(source: DigitSource) -> torch.Tensor:
            found = all_logits(self._network, source.digits).clone()
            self._done += len(source.labels)
            progress(self._done / max(1, total))
            return found

        self._before = [logits(source) for source in sources]
        self._streams = {source.name: (source, logits(source)) for source in streams}
        self._calibration = self._calibrated(self._before)

    @property
    def has_mnist(self) -> bool:
        """Whether MNIST is replayed and measured."""
        return self._replay.mnist is not None

    def teach(
        self,
        own: OwnDrawings,
        recipe: TeachingRecipe | None = None,
        progress: Progress = lambda share: None,
    ) -> Outcome:
        """Teach a copy of the network, set its temperature and threshold anew, and measure it.

        Raises DigitpadError where the teaching goes astray."""
        recipe = recipe or TeachingRecipe()
        own_before = self._own_logits(self._network, own)
        was = _answers(own_before, own.digits, self._threshold)
        is_hard = torch.from_numpy(~was.right(own.labels))
        taught = teach(
            self._network,
            own,
            is_hard,
            self._remembered(recipe),
            recipe,
            self._threshold,
            lambda share: progress(0.8 * share),
        )
        after = []
        for number, (_measure, source) in enumerate(self.held):
            after.append(all_logits(taught, source.digits))
            progress(0.8 + 0.2 * (number + 1) / len(self.held))
        temperature, threshold = self._set_anew(after)
        now = _answers(self._own_logits(taught, own), own.digits, threshold)
        shown = np.rint(255 * own.digits).astype(np.uint8)
        figures = [figure_of(Measure.OWN, shown, own.labels, was, now)]
        for (measure, source), before, then in zip(self.held, self._before, after, strict=True):
            digits, labels = source.digits.numpy(), source.labels.numpy()
            figures.append(
                figure_of(
                    measure,
                    digits,
                    labels,
                    _answers(before, digits, self._threshold),
                    _answers(then, digits, threshold),
                )
            )
        return Outcome(taught, recipe, own, Table(tuple(figures), temperature, threshold))

    def _remembered(self, recipe: TeachingRecipe) -> list[Remembered]:
        """What is replayed at each step; synthetic handwriting in MNIST's place where it is not
        here."""
        synthetic = recipe.synthetic_per_step
        if not self.has_mnist:
            synthetic += recipe.mnist_per_step
        counts = {
            "MNIST": recipe.mnist_per_step,
            "synthetic": synthetic,
            "non-digits": recipe.non_digits_per_step,
        }
        return [
            Remembered(source, counts[name], logits)
            for name, (source, logits) in self._streams.items()
            if len(source.labels)
        ]

    def _own_logits(self, network: DeclaredNetwork, own: OwnDrawings) -> torch.Tensor:
        with torch.inference_mode():
            batches = torch.split(torch.from_numpy(own.digits).unsqueeze(1), 1_000)
            return torch.cat([network(network.form.of(batch)) for batch in batches])

    def _calibrated(self, logits: list[torch.Tensor]) -> Calibration | None:
        """What the held-out digits ask for, given what a network makes of them; None where there
        are none."""
        digits = [
            (source, each)
            for (measure, source), each in zip(self.held, logits, strict=True)
            if measure is not Measure.NON_DIGITS and len(source.labels)
        ]
        if not digits:
            return None
        return calibrate_logits([each for _, each in digits], [source for source, _ in digits])

    def _set_anew(self, after: list[torch.Tensor]) -> tuple[float | None, float | None]:
        """Temperature and threshold of the taught network, None where the network has none.

        Both move by as much as calibration on the held-out digits moves them from the network to
        the taught one: where that was calibrated on other digits, chance does not move them.
        """
        now, was = self._calibrated(after), self._calibration
        temperature, threshold = self.opened.record.temperature, self._threshold
        if now is None or was is None:
            return temperature, threshold
        if temperature is not None:
            temperature = min(max(temperature * now.temperature / was.temperature, 0.01), 100.0)
        if threshold is not None:
            threshold += now.reject_energy - was.reject_energy
        return temperature, threshold


def teachable_network(opened: OpenedNetwork) -> DeclaredNetwork:
    """The network, where it can be taught; raises DigitpadError, in one line that says why, where
    it cannot."""
    network = opened.network
    if not isinstance(network, DeclaredNetwork):
        raise DigitpadError(
            _(
                "{network} is a network of your own, and only those of the catalogue can be "
                "taught; choose one of them"
            ).format(network=_(network.title))
        )
    if opened.classes != DIGITS:
        raise DigitpadError(
            _(
                "{network} does not read the digits 0 to 9, so that labelled digits teach it "
                "nothing; choose a network for digits"
            ).format(network=_(network.title))
        )
    if network.declaration.is_large:
        raise DigitpadError(
            _(
                "{network} is too large to be taught in seconds; choose a smaller network, such "
                "as LeNet-5"
            ).format(network=_(network.title))
        )
    return network


def _held(replay: Replay) -> list[tuple[Measure, DigitSource]]:
    held = [
        (Measure.MNIST, replay.held_mnist),
        (Measure.OTHERS, replay.held_synthetic),
        (Measure.NON_DIGITS, replay.held_non_digits),
    ]
    return [(measure, source) for measure, source in held if source is not None]


def _answers(logits: torch.Tensor, digits: np.ndarray, threshold: float | None) -> Answers:
    found = logits.cpu().numpy()
    return Answers(found.argmax(axis=1), RejectionRule(threshold).accepted(digits, found))
