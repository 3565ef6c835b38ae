"""How fast networks read and train, as ratios to LeNet-5 on the same machine in the same
minutes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from digitpad.datasets import LabelledDigits
from digitpad.nets.modules import build
from digitpad.nets.spec.catalogue import network_named
from digitpad.nets.spec.declaration import Network
from digitpad.training.data.sources import DigitSource
from digitpad.training.measuring import as_floats
from digitpad.training.recipes import settings_for
from digitpad.training.trainer import Trainer

ROUNDS = 5
BATCH = 128
_MANY, _FEW = 2_048, 256
_LARGE_MULTIPLY_ADDS = 5_000_000
_EPOCHS = 1_000  # more than are ever run: a schedule may not end before


@dataclass(frozen=True)
class Speed:
    """Images per second, read and trained, over LeNet-5's: the medians of the rounds."""

    read: float
    trained: float


def speeds(
    networks: Sequence[Network],
    images: LabelledDigits,
    rounds: int = ROUNDS,
    say: Callable[[], None] = lambda: None,
) -> dict[str, Speed]:
    """The speed of each network by its name, on the CPU with one thread.

    images: some pictures, at least BATCH. In each round every network takes its turn, LeNet-5
    first. say: told after every turn.
    """
    base = network_named("lenet5")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        clocks = {network.name: _Clock(network, images) for network in (base, *networks)}
        ratios: dict[str, list[tuple[float, float]]] = {name: [] for name in clocks}
        for _ in range(rounds):
            turns = {}
            for name, clock in clocks.items():
                turns[name] = clock.turn()
                say()
            for name, (read, trained) in turns.items():
                ratios[name].append((read / turns[base.name][0], trained / turns[base.name][1]))
    finally:
        torch.set_num_threads(threads)
    medians = {
        name: [statistics.median(side) for side in zip(*found, strict=True)]
        for name, found in ratios.items()
    }
    return {network.name: Speed(*medians[network.name]) for network in networks}


class _Clock:
    """One network, ready to be timed."""

    def __init__(self, network: Network, images: LabelledDigits) -> None:
        some = images.take(
            np.arange(_FEW if network.multiply_adds > _LARGE_MULTIPLY_ADDS else _MANY) % len(images)
        )
        source = DigitSource.of("pictures", some)
        self._digits = as_floats(source.digits)
        self._network = build(network.name)
        self._network.eval()
        settings = replace(
            settings_for(network), augmentation=None, styles="none", batch=BATCH, epochs=_EPOCHS
        )
        self._trainer = Trainer(
            settings, [source], DigitSource.of("none", some.take(np.arange(0))), torch.device("cpu")
        )
        # What comes first only, such as the choice of kernels, is not timed.
        self._read(self._digits[:BATCH])
        self._trainer.run_epoch()

    def turn(self) -> tuple[float, float]:
        """Images per second read, and trained."""
        started_s = time.perf_counter()
        for first in range(0, len(self._digits), BATCH):
            self._read(self._digits[first : first + BATCH])
        read = len(self._digits) / (time.perf_counter() - started_s)
        return read, self._trainer.run_epoch().images_per_second

    @torch.inference_mode()
    def _read(self, digits: torch.Tensor) -> None:
        self._network(self._network.form.of(digits))
