"""From a weights file, and what is said about it, to a network that can be read with."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from digitpad.core.errors import DigitpadError
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.files.foreign import networks_like, recognized, record_of
from digitpad.nets.files.matching import fitted
from digitpad.nets.files.own_module import build_own
from digitpad.nets.files.torch_file import read_torch_file
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.files.weights_file import read_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.spec.catalogue import network_named, own_class
from digitpad.nets.spec.record import is_torch_file


@dataclass(frozen=True)
class OpenedNetwork:
    """A network with its weights, on the CPU. metadata: the file's record, completed where the
    file has none; form: what it is fed; is_own: it is a module of the reader's. The rest as
    NetworkInfo have it."""

    network: DeclaredNetwork | TracedNetwork
    form: InputForm
    metadata: dict[str, str]
    parameters: int
    gives_distances: bool = False
    tutorial: str = ""
    notes: tuple[str, ...] = ()
    is_own: bool = False


def open_weights(weights: Path, net: str = "") -> OpenedNetwork:
    """The network of a weights file: one that train.py wrote, one that a tutorial's script saved,
    or any with net.

    net: a name of the table, "file.py:Class" for a module of the reader's own, or "" where the file
    tells: by its record, or by the names and shapes of its tensors. Raises DigitpadError where the
    file cannot be read, fits no network, several, or not that one, and where the module cannot be
    run or read with.
    """
    own = own_class(net)
    metadata, tensors = (
        ({}, read_torch_file(weights)) if is_torch_file(weights) else read_weights(weights)
    )
    if own is not None:
        return _open_own(weights, metadata, tensors, *own)
    name = metadata.get("network", "")
    if not name:
        name, tensors = recognized(weights, tensors, net)
        metadata = {**record_of(network_named(name)), **metadata}
    elif net and name != net:
        raise DigitpadError(
            f"{weights} belongs to the network {name[:40]!r}, not to {net!r}; leave --net away"
        )
    network = build(name)
    state, notes = fitted(weights, network.state_dict(), tensors, name)
    network.load_state_dict(state)
    return _declared(weights, network, metadata, notes)


def _declared(
    weights: Path, network: DeclaredNetwork, metadata: dict[str, str], notes: tuple[str, ...]
) -> OpenedNetwork:
    declaration = network.declaration
    return OpenedNetwork(
        network=network,
        form=_form(weights, network.form, metadata, mean=MNIST_MEAN, std=MNIST_STD),
        metadata=metadata,
        parameters=declaration.parameters,
        gives_distances=declaration.gives_distances,
        tutorial=declaration.tutorial,
        notes=(*declaration.notes, *notes),
    )


def _open_own(
    weights: Path,
    metadata: dict[str, str],
    tensors: Mapping[str, torch.Tensor],
    file: Path,
    name: str,
) -> OpenedNetwork:
    """A reader's own module. It is fed raw digits in [0, 1], unless the file records a mean and
    std, or the weights are named as a tutorial's are: then what that tutorial's script feeds."""
    module = build_own(file, name)
    state, notes = fitted(weights, module.state_dict(), tensors, f"{name} of {file}")
    try:
        module.load_state_dict(state)
    except RuntimeError as error:
        raise DigitpadError(
            f"{weights} cannot be loaded into {name} of {file}: "
            f"{' '.join(str(error).split())[:200]}"
        ) from error
    network = TracedNetwork(module, name)
    alike = [like for like in networks_like(tensors) if like.side == network.form.side]
    if alike and "network" not in metadata:
        metadata = {**record_of(alike[0]), **metadata, "network": name}
    return OpenedNetwork(
        network=network,
        form=_form(weights, network.form, metadata, mean=0.0, std=1.0),
        metadata=metadata,
        parameters=sum(parameter.numel() for parameter in module.parameters()),
        notes=notes,
        is_own=True,
    )


def _form(
    weights: Path, form: InputForm, metadata: dict[str, str], mean: float, std: float
) -> InputForm:
    return InputForm(
        form.side,
        form.fit,
        number_in(weights, metadata, "mean", mean),
        number_in(weights, metadata, "std", std, positive=True),
    )


def number_in(
    weights: Path, metadata: dict[str, str], key: str, default: float, positive: bool = False
) -> float:
    """A number of a record, or the default where it has none; raises DigitpadError where it is
    not finite, or not above 0 where it has to be."""
    text = metadata.get(key, str(default))
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or (positive and number <= 0):
        raise DigitpadError(
            f"{weights}: its {key} is {text[:40]!r}, no usable number; take another file"
        )
    return number
