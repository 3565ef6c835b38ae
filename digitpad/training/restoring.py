"""Checking the state of a run that comes from a file, field by field, before any of it is taken.

What is wrong with a state is told by ValueError, whose message goes on from "its ...".
"""

from __future__ import annotations

import copy
import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

import torch
from torch import nn

from digitpad.core.languages import _
from digitpad.training.events import EpochReport
from digitpad.training.optimizers import optimizer_for
from digitpad.training.settings import TrainingSettings

STATE_KEYS = ("network", "average", "optimizer", "schedule", "best", "history")
"""What a state has, by the names that files have for it; average is the EMA."""

Tensors = dict[str, torch.Tensor]


def check_keys(state: Mapping[str, Any]) -> None:
    """Raise ValueError unless a state has STATE_KEYS and nothing else."""
    missing = [key for key in STATE_KEYS if key not in state]
    strange = [key for key in state if key not in STATE_KEYS]
    if missing:
        raise ValueError(_("state lacks {missing}").format(missing=", ".join(missing)))
    if strange:
        raise ValueError(
            _("state has more than belongs there, {strange} for one").format(
                strange=repr(strange[0])[:40]
            )
        )


def checked_tensors(found: object, wanted: Mapping[str, torch.Tensor], what: str) -> Tensors:
    """Tensors by name that are those of wanted in names, shapes and types, and finite."""
    if not isinstance(found, dict) or set(found) != set(wanted):
        raise ValueError(_("{what} has not the layers of the network").format(what=what))
    for name, like in wanted.items():
        _check_tensor(found[name], like, f"{what}, {name},")
    return dict(found)


def checked_history(found: object, settings: TrainingSettings) -> list[EpochReport]:
    """Reports of the epochs, from the first, each with numbers that make sense."""
    if not isinstance(found, list) or len(found) > settings.epochs:
        raise ValueError(
            _("history is no list of at most {epochs} epochs").format(epochs=settings.epochs)
        )
    names = {each.name for each in fields(EpochReport)}
    # Checkpoints that were written before there were these have them not.
    needed = {each.name for each in fields(EpochReport) if each.default is MISSING}
    history: list[EpochReport] = []
    for index, record in enumerate(found):
        if not isinstance(record, dict) or not needed <= set(record) <= names:
            raise ValueError(_("history has no report of epoch {index}").format(index=index + 1))
        report = EpochReport(**record)
        _check_report(report, index + 1, settings)
        history.append(report)
    if history and not any(report.best for report in history):
        raise ValueError(_("history has no best epoch"))
    return history


def checked_optimizer(
    found: object,
    settings: TrainingSettings,
    network: nn.Module,
    like: torch.optim.Optimizer,
    steps: int,
) -> dict[str, Any]:
    """The state of an optimiser after so many steps of a network.

    like: the run's own, as it begins. What follows from the settings is taken from there.
    """
    template = _after_a_step(settings, network) if steps else {}
    fresh = like.state_dict()
    if not isinstance(found, dict) or set(found) != set(fresh):
        raise ValueError(_("optimizer is not what one saves"))
    groups, states = found["param_groups"], found["state"]
    if not isinstance(groups, list) or len(groups) != len(fresh["param_groups"]):
        raise ValueError(_("optimizer has not the groups of this one"))
    taken = []
    for group, own in zip(groups, fresh["param_groups"], strict=True):
        if not isinstance(group, dict) or group.get("params") != own["params"]:
            raise ValueError(_("optimizer has not the weights of this one"))
        rate = group.get("lr")
        if not _is_share(rate, most=1_000):
            raise ValueError(_("optimizer has a learning rate that is none"))
        taken.append({**own, "lr": rate})
    if not isinstance(states, dict) or set(states) != set(template):
        raise ValueError(_("optimizer has not the weights of this one"))
    for index, own in template.items():
        _check_momenta(states[index], own, steps)
    return {"param_groups": taken, "state": states}


def checked_schedule(
    found: object, fresh: Mapping[str, Any], steps: int, rates: Sequence[float]
) -> dict[str, Any]:
    """The state of a schedule after so many steps, with these learning rates now: what it began
    with, moved on."""
    if not isinstance(found, dict):
        raise ValueError(_("schedule is not what one saves"))
    if "last_epoch" not in fresh:
        return dict(fresh)
    if found.get("last_epoch") != steps or isinstance(found.get("last_epoch"), bool):
        raise ValueError(_("schedule has not taken {steps} steps").format(steps=steps))
    return {**fresh, "last_epoch": steps, "_step_count": steps + 1, "_last_lr": list(rates)}


def _after_a_step(settings: TrainingSettings, network: nn.Module) -> dict[int, dict[str, Any]]:
    """What the optimiser of a run has for each weight once it has taken a step: names, shapes and
    types to compare with."""
    trial = copy.deepcopy(network)
    optimizer = optimizer_for(settings, trial)
    for weight in trial.parameters():
        if weight.requires_grad:
            weight.grad = torch.zeros_like(weight)
    optimizer.step()
    return dict(optimizer.state_dict()["state"])


def _check_momenta(found: object, like: Mapping[str, Any], steps: int) -> None:
    """Raise ValueError unless what an optimiser has for one weight is whole and after so many
    steps; like: after one."""
    if not isinstance(found, dict) or set(found) != set(like):
        raise ValueError(_("optimizer has not the momenta of this one"))
    for name, own in like.items():
        value = found[name]
        if not isinstance(own, torch.Tensor):
            if value != own or type(value) is not type(own):
                raise ValueError(_("optimizer has a strange {name}").format(name=name))
            continue
        _check_tensor(value, own, _("optimizer's {name}").format(name=name))
        if name == "step" and value.item() != own.item() * steps:
            raise ValueError(_("optimizer has not taken {steps} steps").format(steps=steps))
        if name == "exp_avg_sq" and bool((value < 0).any()):
            raise ValueError(_("optimizer has squares below 0"))


def _check_tensor(found: object, like: torch.Tensor, what: str) -> None:
    """Raise ValueError unless found is a finite tensor of like's shape and type."""
    if not isinstance(found, torch.Tensor) or found.layout is not torch.strided:
        raise ValueError(_("{what} is no tensor").format(what=what))
    if found.shape != like.shape or found.dtype != like.dtype:
        raise ValueError(
            _("{what} is {kind}, not {wanted}").format(
                what=what, kind=_kind(found), wanted=_kind(like)
            )
        )
    if found.is_floating_point() and not bool(found.isfinite().all()):
        raise ValueError(_("{what} has numbers that are not finite").format(what=what))


def _kind(tensor: torch.Tensor) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} {tuple(tensor.shape)}"


def _check_report(report: EpochReport, number: int, settings: TrainingSettings) -> None:
    """Raise ValueError unless a report is of this epoch and its numbers are possible."""
    where = _("history, epoch {number},").format(number=number)
    if report.epoch != number or report.epochs != settings.epochs:
        raise ValueError(_("{where} counts otherwise").format(where=where))
    if not isinstance(report.best, bool):
        raise ValueError(_("{where} does not say whether it is the best").format(where=where))
    if (report.validation_accuracy is None) != (report.validation_loss is None):
        raise ValueError(_("{where} has half a validation").format(where=where))
    amounts = [report.loss, report.images_per_second, report.seconds]
    shares = [report.train_accuracy]
    if report.validation_accuracy is not None and report.validation_loss is not None:
        amounts.append(report.validation_loss)
        shares.append(report.validation_accuracy)
    if (report.weakest_class is None) != (report.weakest_accuracy is None):
        raise ValueError(_("{where} has half a validation").format(where=where))
    if report.weakest_class is not None and report.weakest_accuracy is not None:
        amounts.append(report.weakest_class)
        shares.append(report.weakest_accuracy)
    if not all(_is_share(share) for share in shares):
        raise ValueError(_("{where} has an accuracy that is no share").format(where=where))
    if not all(_is_share(amount, most=math.inf) for amount in amounts):
        raise ValueError(_("{where} has a number that cannot be").format(where=where))


def _is_share(value: object, most: float = 1.0) -> bool:
    """Whether a value is a finite number from 0 to most."""
    is_number = isinstance(value, float | int) and not isinstance(value, bool)
    return is_number and 0 <= value <= most and value != math.inf  # type: ignore[operator]
