"""A class of the reader's own as a network that can be trained."""

from __future__ import annotations

import copy
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.files.layouts import layouts
from digitpad.nets.files.own_module import OwnProgram, is_lazy, limited, quiet, run_own
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.files.watching import Ending

_LEAST = 1e-6
"""A sigmoid this near to 0 or 1 is taken for so far."""


class OwnNetwork(nn.Module):
    """A module of the reader's that gives logits (n, classes) of x (n, 1, side, side), with
    gradients; its tensors have the reader's names.

    A softmax at its end is passed over, since the loss takes its own; sigmoids become log-odds.

    form: how digits become its input. classes: how many it tells apart.
    """

    def __init__(self, module: nn.Module, name: str, classes: int) -> None:
        """Raises DigitpadError where no forward pass leads to one number for each class, or where
        it does not read a batch as its digits one by one."""
        super().__init__()
        # Only what computes is the network; what was found out about it stays outside its tensors.
        self.traced = TracedNetwork(module, name, classes=classes)
        self.form, self.classes = self.traced.form, classes
        found = self.traced.layer_infos()[-1].shape[0]
        if found != classes:
            raise DigitpadError(
                _(
                    "{name} tells {found} classes apart, and the data set has {classes}; give "
                    "its last layer {classes} outputs, or take another --dataset"
                ).format(name=name, found=found, classes=classes)
            )
        if self.traced.reads_one_by_one:
            raise DigitpadError(
                _(
                    "{name} reads several digits at once otherwise than one by one, so that it "
                    "cannot be trained in batches; have its forward keep the first dimension"
                ).format(name=name)
            )
        if not any(parameter.requires_grad for parameter in module.parameters()):
            raise DigitpadError(_("{name} has no weights that can be trained").format(name=name))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logits (n, classes) of x (n, 1, side, side)."""
        logits: torch.Tensor = self.traced(x)
        if self.traced.ending is Ending.SIGMOIDS:
            return logits.clamp(_LEAST, 1 - _LEAST).logit()
        return logits

    def state_dict(self, *arguments: Any, **named: Any) -> Any:
        """The reader's tensors by the reader's names."""
        return self.traced.module.state_dict(*arguments, **named)

    def load_state_dict(self, state_dict: Mapping[str, Any], *arguments: Any, **named: Any) -> Any:
        """Put tensors into the reader's module."""
        return self.traced.module.load_state_dict(state_dict, *arguments, **named)


def own_network(file: Path, name: str, classes: int) -> OwnNetwork:
    """A fresh network of the reader's class, or function that makes one, by PyTorch's random state.

    The file is run once in a process. Raises DigitpadError where it cannot be run, or what it makes
    cannot be trained.
    """
    program = _run_once(file, name)
    module = program.build()
    if module is program.made:
        # A module that the file made: its weights are to be a new start's each time.
        module = copy.deepcopy(module)
    return OwnNetwork(_sized(module, name), name, classes)


@functools.cache
def _run_once(file: Path, name: str) -> OwnProgram:
    return run_own(file, name)


def _sized(module: nn.Module, name: str) -> nn.Module:
    """A module whose lazy layers have their sizes, by the first input that it takes."""
    if not is_lazy(module):
        return module
    for layout in layouts():
        trial = copy.deepcopy(module)
        try:
            with (
                limited(_("one forward pass of {name}").format(name=name)),
                quiet(),
                torch.no_grad(),
            ):
                trial.eval()(layout.of(layout.sample(1)))
        except DigitpadError:
            raise
        except Exception:
            continue
        if not is_lazy(trial):
            return trial
    raise DigitpadError(
        _("{name} has lazy layers, and takes no input that was tried").format(name=name)
    )
