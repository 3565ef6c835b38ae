"""All that is measured, network by network; each drawing is made once and read by every network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from digitpad.accuracy.evaluation import Evaluation
from digitpad.accuracy.measured_network import MeasuredNetwork
from digitpad.accuracy.synthetic import Drawn
from digitpad.accuracy.trials import SWEEPS, Key, Trial
from digitpad.ink.placing import Placement


@dataclass
class Measures:
    """What one network made of every trial: an evaluation for each key of
    digitpad.accuracy.trials."""

    network: MeasuredNetwork
    evaluations: dict[Key, Evaluation] = field(default_factory=dict)

    def __getitem__(self, key: Key) -> Evaluation:
        """The evaluation of a trial."""
        return self.evaluations[key]

    def sweep(self, name: str, pen_set: str) -> list[Evaluation]:
        """A pen set at each setting of a sweep, in the order of SWEEPS."""
        return [self[name, pen_set, setting] for setting in SWEEPS[name]]


@dataclass
class Gallery:
    """The drawings that pictures are made of.

    digits: of the trials on MNIST's test set, under corruptions (the first few only), on pen sets
    placed at random and of generated drawings, float32 (n, 28, 28). drawn: what the generated ones
    are of.
    """

    digits: dict[Key, np.ndarray] = field(default_factory=dict)
    drawn: dict[str, Drawn] = field(default_factory=dict)


def measure(
    networks: Sequence[MeasuredNetwork],
    made: Iterable[Trial],
    say: Callable[[str], None] = lambda about: None,
) -> tuple[list[Measures], Gallery]:
    """Have every network read every trial; the drawings that pictures are made of are kept.

    say: told of each trial once it is read.
    """
    measures = [Measures(network) for network in networks]
    gallery = Gallery()
    for trial in made:
        for measured in measures:
            measured.evaluations[trial.key] = measured.network.read(trial.digits, trial.labels)
        if trial.key[0] == "corruption":
            gallery.digits[trial.key] = trial.digits[:10].copy()
        elif (
            trial.drawn is not None or trial.key[0] == "mnist" or trial.key[-1] == Placement.RANDOM
        ):
            gallery.digits[trial.key] = trial.digits
        if trial.drawn is not None:
            gallery.drawn[str(trial.key[0])] = trial.drawn
        say(trial.about)
    return measures, gallery


def by_group(evaluation: Evaluation, drawn: Drawn) -> list[tuple[str, Evaluation]]:
    """An evaluation of generated drawings taken apart by style, kind or letter; those without
    drawings are left out."""
    parts = (
        (name, evaluation.only(drawn.groups == place)) for place, name in enumerate(drawn.names)
    )
    return [(name, part) for name, part in parts if len(part.labels)]
