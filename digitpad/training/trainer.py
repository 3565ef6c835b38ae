"""Training: all digits on the device, by whatever recipe the settings name, the best epoch kept."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.devices import has_bfloat16, synchronize
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.training.cpu_lenet5 import fast_cpu_variant
from digitpad.training.data.augmentation import augment
from digitpad.training.data.sources import DigitSource
from digitpad.training.ema import make_ema
from digitpad.training.losses import objective_for
from digitpad.training.measuring import as_floats, measure
from digitpad.training.optimizers import optimizer_for
from digitpad.training.process_group import ProcessGroup
from digitpad.training.reports import EpochReport, Reporter, Silence
from digitpad.training.schedules import deformation_left, schedule_for
from digitpad.training.settings import TrainingSettings


def fresh_network(settings: TrainingSettings) -> DeclaredNetwork:
    """The network of a run with the run's own random start, taking digits as the run shifts and
    scales them.

    PyTorch's random state is left as it was.
    """
    # The CPU makes the start, so that it is the same on every device.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        network = build(settings.network, settings.initialization)
    network.form = replace(network.form, mean=settings.mean, std=settings.std)
    return network


class Trainer:
    """One run. run() trains to the end; state() after any epoch is enough for another to go on to
    the same weights.

    average: whose module holds the weights worth keeping. best: those of the epoch with the lowest
    validation loss (a few digits more or less, by which accuracy jumps from epoch to epoch, say
    little), of the last epoch where no digits are held back; on the CPU; None before the first
    epoch is over. history: a report for each epoch.
    """

    def __init__(
        self,
        settings: TrainingSettings,
        sources: Sequence[DigitSource],
        validation: DigitSource,
        device: torch.device,
        reporter: Reporter | None = None,
        group: ProcessGroup | None = None,
    ) -> None:
        """sources are mixed in every epoch; validation, which may hold labels 0 to 9 only, chooses
        among epochs; it may be empty.

        Raises ValueError where an epoch would have no digits.
        """
        self.settings = settings
        self.device = device
        self.history: list[EpochReport] = []
        self.best: dict[str, torch.Tensor] | None = None
        self._reporter = reporter or Silence()
        self._crew = group or ProcessGroup()
        self._sources = [source.to(device) for source in sources]
        self._validation = validation.to(device)
        self._count = sum(source.count for source in sources)
        # A crew's batch is cut evenly; the few digits that fill no batch wait for another epoch's
        # order.
        self._batch = max(1, min(settings.batch, self._count) // self._crew.size) * self._crew.size
        # A crew's last batch, cut unevenly, could leave some without a digit.
        whole = settings.whole_batches or self._crew.size > 1
        self._trained_n = self._count // self._batch * self._batch if whole else self._count
        self._steps_per_epoch = -(-self._trained_n // self._batch)
        if self._steps_per_epoch == 0:
            raise ValueError("there are no digits to train on")
        self._order = torch.Generator()
        self._deforming = torch.Generator(device=device)
        self.network = fresh_network(settings).to(device)
        self._is_mixed = settings.precision == "bfloat16" and has_bfloat16(device)
        # The faster forward pass is written for one precision.
        seen_through = self.network if self._is_mixed else fast_cpu_variant(self.network, device)
        if seen_through is self.network:
            # The maps of a place side by side: PyTorch's convolutions are up to twice as fast.
            self.network.to(memory_format=torch.channels_last)
        self._trained = self._crew.wrap(seen_through)
        if settings.precision == "bfloat16" and not self._is_mixed:
            self._reporter.note(
                f"{device.type} has no units for bfloat16: computed in float32, which takes longer"
            )
        self.average = make_ema(self.network, settings.average_decay)
        classes = self.network.declaration.classes
        self._loss = objective_for(settings.objective, settings.loss, classes, device)
        self._optimizer = optimizer_for(settings, self.network)
        self._schedule = schedule_for(settings, self._optimizer, self._steps_per_epoch)

    @property
    def epochs_done(self) -> int:
        """How many epochs are over."""
        return len(self.history)

    @property
    def precision(self) -> str:
        """What the layers' products are computed in on this device."""
        return "bfloat16" if self._is_mixed else "float32"

    @property
    def source_names(self) -> str:
        """What the run trains on, for the record."""
        return ", ".join(source.name for source in self._sources)

    @property
    def validation_n(self) -> int:
        """How many digits choose among the epochs."""
        return len(self._validation.labels)

    def run_epoch(self) -> EpochReport:
        """Train for one epoch, measure, and keep the weights if they are the best so far.

        Raises DigitpadError where the loss is no number any more.
        """
        started_s = time.perf_counter()
        number = self.epochs_done
        # Drawn anew for every epoch, so that a run that is resumed needs no generator's state.
        seed = self.settings.seed * 10_000 + number
        self._order.manual_seed(seed)
        self._deforming.manual_seed(seed * 1_000 + self._crew.rank)
        digits, labels, strength = self._gather(number)
        order = torch.randperm(len(labels), generator=self._order).to(self.device)
        totals = torch.zeros(3, device=self.device)  # loss, digits read rightly, digits
        self._trained.train()
        self._schedule.begin_epoch(number)
        with torch.random.fork_rng(devices=[self.device] if self.device.type == "cuda" else []):
            # Dropout takes its chances from PyTorch's own generator.
            torch.manual_seed(seed * 1_000 + self._crew.rank)
            for step in range(self._steps_per_epoch):
                first, last = step * self._batch, min((step + 1) * self._batch, self._trained_n)
                mine = order[first:last][self._crew.rank :: self._crew.size]
                self._step(
                    digits[mine],
                    labels[mine],
                    strength[mine],
                    totals,
                    number * self._steps_per_epoch + step,
                )
                self._reporter.step(number + 1, last, self._trained_n)
        synchronize(self.device)
        trained_s = time.perf_counter() - started_s
        loss, right, n = self._crew.sum(totals).tolist()
        if not math.isfinite(loss):
            raise DigitpadError(
                f"training diverged in epoch {number + 1}: the loss is no number any more; "
                "the learning rate is too high for this network with these digits"
            )
        score = measure(self.average.module, self._validation.digits, self._validation.labels)
        best = self._is_best(score.accuracy, score.loss)
        if best:
            state = self.average.module.state_dict()
            self.best = {
                name: tensor.detach().cpu().clone().contiguous() for name, tensor in state.items()
            }
        report = EpochReport(
            epoch=number + 1,
            epochs=self.settings.epochs,
            loss=loss / (self._steps_per_epoch * self._crew.size),
            train_accuracy=right / max(1.0, n),
            validation_accuracy=score.accuracy if score.n else None,
            validation_loss=score.loss if score.n else None,
            images_per_second=self._trained_n / trained_s,
            seconds=time.perf_counter() - started_s,
            best=best,
        )
        self.history.append(report)
        self._reporter.epoch(report)
        return report

    def best_report(self) -> EpochReport | None:
        """The epoch that best comes from."""
        chosen = [report for report in self.history if report.best]
        return chosen[-1] if chosen else None

    def state(self) -> dict[str, Any]:
        """All that the rest of the run depends on, as tensors and plain values; a copy."""
        live = {
            "network": self.network.state_dict(),
            "average": self.average.module.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
            "best": self.best,
            "history": [vars(report) for report in self.history],
        }
        return copy.deepcopy(live)

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what state() gave; raises KeyError, TypeError, ValueError or RuntimeError."""
        state = copy.deepcopy(state)
        self.network.load_state_dict(state["network"])
        self.average.module.load_state_dict(state["average"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        self.best = state["best"]
        self.history = [EpochReport(**report) for report in state["history"]]

    def fingerprint(self) -> str:
        """What tells this run's digits from another's."""
        return ";".join(source.fingerprint() for source in [*self._sources, self._validation])

    def _gather(self, epoch: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        drawn = [source.draw(epoch, self._order) for source in self._sources]
        share = deformation_left(epoch, self.settings.epochs, self.settings.settling)
        strength = [
            torch.full((len(labels),), source.deformation * share, device=self.device)
            for source, (_, labels) in zip(self._sources, drawn, strict=True)
        ]
        return (
            torch.cat([d for d, _ in drawn]),
            torch.cat([label for _, label in drawn]),
            torch.cat(strength),
        )

    def _step(
        self,
        digits: torch.Tensor,
        labels: torch.Tensor,
        strength: torch.Tensor,
        totals: torch.Tensor,
        steps_before: int,
    ) -> None:
        batch = as_floats(digits)
        if self.settings.deformation is not None:
            batch = augment(batch, self.settings.deformation, self._deforming, strength)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._is_mixed):
            logits = self._trained(self.network.form.of(batch)).float()
        loss = self._loss(logits, labels)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        self._optimizer.step()
        self._schedule.step()
        self.average.update(self.network, steps_before)
        totals[0] += loss.detach()
        totals[1] += (logits.detach().argmax(1) == labels).sum()
        totals[2] += (labels >= 0).sum()

    def _is_best(self, accuracy: float, loss: float) -> bool:
        held = self.best_report()
        if held is None or held.validation_loss is None or held.validation_accuracy is None:
            return True
        return (loss, -accuracy) < (held.validation_loss, -held.validation_accuracy)
