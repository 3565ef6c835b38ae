"""From a weights file, and what is said about it, to a network that can be read with.

Each step is a function: the file is read once (_read), its network is found and its weights are put
in (_open_declared, _open_own), and how the network is fed and what its outputs mean follows from
the record (_form, _classes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.results import LayerInfo
from digitpad.core.weights_record import WeightsRecord
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.datasets.registry import current_classes
from digitpad.nets.files.foreign import identify_network, networks_like, record_of
from digitpad.nets.files.matching import match_state_dict
from digitpad.nets.files.own_module import build_own
from digitpad.nets.files.torch_file import parse_torch_file
from digitpad.nets.files.traced import TracedNetwork
from digitpad.nets.files.weights_file import parse_weights
from digitpad.nets.inputs import InputForm
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.spec.catalogue import network_named, own_class
from digitpad.nets.spec.record import FILE_LIMIT_BYTES, is_torch_content


@dataclass(frozen=True)
class OpenedNetwork:
    """A network with its weights, on the CPU.

    form: what it is fed. record: the file's, completed where the file has none. classes: what its
    outputs stand for, one for each. is_own: it is a module of the reader's. The rest as NetworkInfo
    has it.
    """

    network: DeclaredNetwork | TracedNetwork
    form: InputForm
    record: WeightsRecord
    classes: tuple[str, ...]
    parameters: int
    gives_distances: bool = False
    tutorial: str = ""
    notes: tuple[str, ...] = ()
    is_own: bool = False


def open_weights(weights: Path | str, net: str = "") -> OpenedNetwork:
    """The network of a weights file: one that train.py wrote, one that a tutorial's script saved,
    or any with net.

    net: a name of the catalogue, "file.py:Class" for a module of the reader's own, which is run, or
    "" where the file tells: by its record, or by the names and shapes of its tensors. The file is
    read once. Raises DigitpadError where the file cannot be read, fits no network, several, or not
    that one, where its record cannot be used, and where the module cannot be run or read with.
    """
    weights = Path(weights)
    own = own_class(net)
    record, tensors = _read(weights)
    if own is not None:
        return _open_own(weights, record, tensors, *own)
    return _open_declared(weights, record, tensors, net)


def _read(weights: Path) -> tuple[WeightsRecord, dict[str, torch.Tensor]]:
    """The record of a file, which tells nothing where torch.save wrote it, and its tensors."""
    content = read_limited(weights, FILE_LIMIT_BYTES)
    if is_torch_content(content):
        return WeightsRecord(), parse_torch_file(weights, content)
    return parse_weights(weights, content)


def _open_declared(
    weights: Path, record: WeightsRecord, tensors: dict[str, torch.Tensor], net: str
) -> OpenedNetwork:
    """A network of the catalogue: the one that the record names, or that the tensors are of."""
    name = record.network
    if not name:
        name, tensors = identify_network(weights, tensors, net)
        record = _completed(record, record_of(network_named(name)))
    elif net and name != net:
        raise DigitpadError(
            f"{weights} belongs to the network {name[:40]!r}, not to {net!r}; leave --net away"
        )
    network = build(name)
    state, notes = match_state_dict(weights, network.state_dict(), tensors, name)
    network.load_state_dict(state)
    declaration = network.declaration
    return OpenedNetwork(
        network=network,
        form=_form(network.form, record, mean=MNIST_MEAN, std=MNIST_STD),
        record=record,
        classes=_classes(weights, record, network.layer_infos()),
        parameters=declaration.parameters,
        gives_distances=declaration.gives_distances,
        tutorial=declaration.tutorial,
        notes=(*declaration.notes, *notes),
    )


def _open_own(
    weights: Path,
    record: WeightsRecord,
    tensors: Mapping[str, torch.Tensor],
    file: Path,
    name: str,
) -> OpenedNetwork:
    """A reader's own module. It is fed raw digits in [0, 1], unless the file records a mean and
    std, or the weights are named as a tutorial's are: then what that tutorial's script feeds."""
    module = build_own(file, name)
    state, notes = match_state_dict(weights, module.state_dict(), tensors, f"{name} of {file}")
    try:
        module.load_state_dict(state)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise DigitpadError(
            f"{weights} cannot be loaded into {name} of {file}: {reason}"
        ) from error
    network = TracedNetwork(module, name)
    alike = [like for like in networks_like(tensors) if like.side == network.form.side]
    if alike and not record.network:
        record = replace(_completed(record, record_of(alike[0])), network=name)
    return OpenedNetwork(
        network=network,
        form=_form(network.form, record, mean=0.0, std=1.0),
        record=record,
        classes=_classes(weights, record, network.layer_infos()),
        parameters=sum(parameter.numel() for parameter in module.parameters()),
        notes=notes,
        is_own=True,
    )


def _completed(record: WeightsRecord, by: WeightsRecord) -> WeightsRecord:
    """A record with what it does not tell taken from another."""
    return WeightsRecord.from_metadata({**by.as_metadata(), **record.as_metadata()})


def _form(form: InputForm, record: WeightsRecord, mean: float, std: float) -> InputForm:
    """What a network is fed: by its record, or else shifted and scaled by mean and std."""
    return InputForm(
        form.side,
        form.fit,
        mean if record.mean is None else record.mean,
        std if record.std is None else record.std,
    )


def _classes(
    weights: Path, record: WeightsRecord, layers: tuple[LayerInfo, ...]
) -> tuple[str, ...]:
    """What the outputs stand for: the record's classes, or else numbers from 0."""
    count = layers[-1].shape[0]
    classes = record.classes or tuple(str(number) for number in range(count))
    if len(classes) != count:
        raise DigitpadError(
            f"{weights} names {len(classes)} classes where the network has {count}; "
            "take another file"
        )
    return current_classes(classes)
