"""Training: all digits on the device, by whatever recipe the settings name, and the best epoch's
weights."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import data_set_named
from digitpad.nets.devices import has_bfloat16, synchronize
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.spec.catalogue import own_class
from digitpad.training.cpu_lenet5 import fast_cpu_variant
from digitpad.training.data.augmentation import augment
from digitpad.training.data.sources import DigitSource
from digitpad.training.ema import make_ema
from digitpad.training.events import (
    EpochFinished,
    EpochReport,
    Listener,
    PrecisionUnavailable,
    StepsTrained,
    ignore,
)
from digitpad.training.losses import objective_for
from digitpad.training.measuring import as_floats, measure
from digitpad.training.moments import TrainerWeights, on_cpu
from digitpad.training.optimizers import optimizer_for
from digitpad.training.own_network import OwnNetwork, own_network
from digitpad.training.process_group import ProcessGroup
from digitpad.training.progress import Progress, is_better
from digitpad.training.restoring import (
    check_keys,
    checked_history,
    checked_optimizer,
    checked_schedule,
    checked_tensors,
)
from digitpad.training.schedules import augmentation_strength, schedule_for
from digitpad.training.settings import TrainingSettings

Weights = dict[str, torch.Tensor]


def fresh_network(settings: TrainingSettings) -> DeclaredNetwork | OwnNetwork:
    """The network of a run with the run's own random start, taking digits as the run shifts and
    scales them.

    PyTorch's random state is left as it was. Raises DigitpadError where a class of the reader's own
    cannot be trained.
    """
    own = own_class(settings.network)
    network: DeclaredNetwork | OwnNetwork
    # The CPU makes the start, so that it is the same on every device.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(settings.seed)
        if own is None:
            network = build(settings.network, settings.initialization)
        else:
            network = own_network(*own, len(data_set_named(settings.dataset).classes))
    network.form = replace(network.form, mean=settings.mean, std=settings.std)
    return network


class Trainer:
    """One run, an epoch at a time; state() after any epoch is enough for another to go on to the
    same weights.

    ema: its module holds the weights that are measured and saved. weights: what listeners may take
    of them. progress: what the epochs that are over came to. The best weights are those of the
    epoch with the lowest validation loss (a few digits more or less, by which accuracy jumps from
    epoch to epoch, say little), of the last epoch where no digits are held back.
    """

    def __init__(
        self,
        settings: TrainingSettings,
        sources: Sequence[DigitSource],
        validation: DigitSource,
        device: torch.device,
        events: Listener = ignore,
        group: ProcessGroup | None = None,
    ) -> None:
        """sources are mixed in every epoch; validation, which may hold labels 0 to 9 only, chooses
        among epochs; it may be empty.

        Raises ValueError where an epoch would have no digits.
        """
        self.settings = settings
        self.device = device
        # One value, so that it is never half an epoch ahead, whenever the run is interrupted.
        self.progress = Progress()
        self._events = events
        self._group = group or ProcessGroup()
        self._sources = [source.to(device) for source in sources]
        self._validation = validation.to(device)
        self._count = sum(source.count for source in sources)
        # A group's batch is cut evenly; the few digits that fill no batch wait for another epoch's
        # order.
        self._batch = (
            max(1, min(settings.batch, self._count) // self._group.size) * self._group.size
        )
        # A group's last batch, cut unevenly, could leave some without a digit.
        whole = settings.whole_batches or self._group.size > 1
        self._trained_n = self._count // self._batch * self._batch if whole else self._count
        self._steps_per_epoch = -(-self._trained_n // self._batch)
        if self._steps_per_epoch == 0:
            raise ValueError("there are no digits to train on")
        self._order = torch.Generator()
        self._augmenting = torch.Generator(device=device)
        self.network = fresh_network(settings).to(device)
        self._is_mixed = settings.precision == "bfloat16" and has_bfloat16(device)
        # The faster forward pass is written for one precision.
        seen_through = self.network if self._is_mixed else fast_cpu_variant(self.network, device)
        if seen_through is self.network:
            # The maps of a place side by side: PyTorch's convolutions are up to twice as fast.
            self.network.to(memory_format=torch.channels_last)
        self._trained = self._group.wrap(seen_through)
        if settings.precision == "bfloat16" and not self._is_mixed:
            self._events(PrecisionUnavailable(device.type))
        self.ema = make_ema(self.network, settings.ema_decay)
        classes = self.network.classes
        self._loss = objective_for(settings.objective, settings.loss, classes, device)
        self._optimizer = optimizer_for(settings, self.network)
        self._schedule = schedule_for(settings, self._optimizer, self._steps_per_epoch)
        self.weights = TrainerWeights(self.network, self.ema, self._validation)

    @property
    def epochs_done(self) -> int:
        """How many epochs are over."""
        return len(self.progress.history)

    @property
    def history(self) -> tuple[EpochReport, ...]:
        """A report for each epoch that is over."""
        return self.progress.history

    @property
    def best(self) -> Weights | None:
        """The best weights, on the CPU; None before the first epoch is over."""
        return self.progress.best

    @property
    def precision(self) -> str:
        """What the layers' products are computed in on this device."""
        return "bfloat16" if self._is_mixed else "float32"

    @property
    def source_names(self) -> str:
        """What the run trains on, for the record."""
        return ", ".join(source.name for source in self._sources)

    @property
    def source_counts(self) -> list[tuple[str, int]]:
        """How many digits of each source an epoch takes."""
        return [(source.name, source.count) for source in self._sources]

    @property
    def validation_n(self) -> int:
        """How many digits choose among the epochs."""
        return len(self._validation.labels)

    def run_epoch(self) -> EpochReport:
        """Train for one epoch, measure, and take the weights if they are the best so far.

        Raises DigitpadError where the loss is no number any more.
        """
        started_s, listened_s = time.perf_counter(), 0.0
        number = self.epochs_done
        # Drawn anew for every epoch, so that a run that is resumed needs no generator's state.
        seed = self.settings.seed * 10_000 + number
        self._order.manual_seed(seed)
        self._augmenting.manual_seed(seed * 1_000 + self._group.rank)
        digits, labels, strength = self._gather(number)
        order = torch.randperm(len(labels), generator=self._order).to(self.device)
        totals = torch.zeros(3, device=self.device)  # loss, digits read rightly, digits
        self._trained.train()
        self._schedule.begin_epoch(number)
        with torch.random.fork_rng(devices=[self.device] if self.device.type == "cuda" else []):
            # Dropout takes its chances from PyTorch's own generator.
            torch.manual_seed(seed * 1_000 + self._group.rank)
            for step in range(self._steps_per_epoch):
                first, last = step * self._batch, min((step + 1) * self._batch, self._trained_n)
                mine = order[first:last][self._group.rank :: self._group.size]
                self._step(
                    digits[mine],
                    labels[mine],
                    strength[mine],
                    totals,
                    number * self._steps_per_epoch + step,
                )
                told_s = time.perf_counter()
                self._events(StepsTrained(number + 1, last, self._trained_n, self.weights))
                listened_s += time.perf_counter() - told_s
        synchronize(self.device)
        # What listeners do meanwhile, who may hold the run up, is no training.
        trained_s = time.perf_counter() - started_s - listened_s
        loss, right, n = self._group.sum(totals).tolist()
        if not math.isfinite(loss):
            raise DigitpadError(
                _(
                    "training diverged in epoch {number}: the loss is no number any more; the "
                    "learning rate is too high for this network with these digits"
                ).format(number=number + 1)
            )
        score = measure(self.ema.module, self._validation.digits, self._validation.labels)
        is_best = is_better(score.accuracy, score.loss, self.progress.best_report)
        best = on_cpu(self.ema.module.state_dict()) if is_best else self.best
        report = EpochReport(
            epoch=number + 1,
            epochs=self.settings.epochs,
            loss=loss / (self._steps_per_epoch * self._group.size),
            train_accuracy=right / max(1.0, n),
            validation_accuracy=score.accuracy if score.n else None,
            validation_loss=score.loss if score.n else None,
            images_per_second=self._trained_n / trained_s,
            seconds=time.perf_counter() - started_s - listened_s,
            best=is_best,
            weakest_class=None if score.weakest is None else score.weakest[0],
            weakest_accuracy=None if score.weakest is None else score.weakest[1],
        )
        self.progress = Progress((*self.history, report), best)
        self._events(EpochFinished(report, self.weights))
        return report

    def state(self) -> dict[str, Any]:
        """All that the rest of the run depends on, as tensors and plain values; a copy."""
        live = {
            "network": self.network.state_dict(),
            "average": self.ema.module.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
            "best": self.best,
            "history": [vars(report) for report in self.history],
        }
        return copy.deepcopy(live)

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what state() gave; raises ValueError, whose message goes on from "its ...",
        where any of it is damaged or of another run."""
        state = copy.deepcopy(state)
        check_keys(state)
        like = self.network.state_dict()
        network = checked_tensors(state["network"], like, "network")
        ema = checked_tensors(state["average"], like, "average")
        history = checked_history(state["history"], self.settings)
        steps = len(history) * self._steps_per_epoch
        optimizer = checked_optimizer(
            state["optimizer"], self.settings, self.network, self._optimizer, steps
        )
        rates = [group["lr"] for group in optimizer["param_groups"]]
        schedule = checked_schedule(state["schedule"], self._schedule.state_dict(), steps, rates)
        best = checked_tensors(state["best"], like, "best weights") if history else None
        self._check_best(history, best)
        self.network.load_state_dict(network)
        self.ema.module.load_state_dict(ema)
        self._optimizer.load_state_dict(optimizer)
        self._schedule.load_state_dict(schedule)
        self.progress = Progress(tuple(history), best)
        self.weights.steps = steps

    def _check_best(self, history: Sequence[EpochReport], best: Weights | None) -> None:
        """Raise ValueError unless the epochs said to be the best are, and the best weights read
        the validation digits as well as is said of them.

        One that claimed too much would never give way to a better one.
        """
        held: EpochReport | None = None
        for report in history:
            measured = report.validation_accuracy is not None
            if measured != (self.validation_n > 0):
                raise ValueError(_("history is of a run with other validation digits"))
            accuracy, loss = report.validation_accuracy or 0.0, report.validation_loss or 0.0
            if report.best != is_better(accuracy, loss, held):
                raise ValueError(
                    _("history has another best epoch than epoch {epoch}").format(
                        epoch=report.epoch
                    )
                )
            held = report if report.best else held
        if held is None or best is None or held.validation_loss is None:
            return
        network = fresh_network(self.settings)
        network.load_state_dict(best)
        score = measure(
            network.to(self.device).eval(), self._validation.digits, self._validation.labels
        )
        # Another device, or another number of threads, rounds otherwise.
        if not math.isclose(score.loss, held.validation_loss, rel_tol=0.02, abs_tol=1e-4):
            raise ValueError(_("best weights do not read as well as is said of them"))

    def fingerprint(self) -> str:
        """What tells this run's digits from another's."""
        return ";".join(source.fingerprint() for source in [*self._sources, self._validation])

    def _gather(self, epoch: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """The digits of an epoch, their labels and how much of the augmentation each gets."""
        drawn = [source.draw(self._order) for source in self._sources]
        share = augmentation_strength(epoch, self.settings.epochs, self.settings.annealing)
        strength = [
            torch.full((len(labels),), source.augmentation * share, device=self.device)
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
        """One step on a batch; what came out is added to totals: loss, read rightly, digits."""
        batch = as_floats(digits)
        if self.settings.augmentation is not None:
            batch = augment(batch, self.settings.augmentation, self._augmenting, strength)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._is_mixed):
            logits = self._trained(self.network.form.of(batch)).float()
        loss = self._loss(logits, labels)
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        self._optimizer.step()
        self._schedule.step()
        self.ema.update(self.network, steps_before)
        self.weights.took_step(steps_before + 1, loss)
        totals[0] += loss.detach()
        totals[1] += (logits.detach().argmax(1) == labels).sum()
        totals[2] += (labels >= 0).sum()
