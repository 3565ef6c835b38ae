"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights

if TYPE_CHECKING:
    from digitpad.core.weights_record import WeightsRecord


@dataclass(frozen=True)
class ChosenNetwork:
    """The network that a command is to read with, before anything is loaded.

    weights: the file. net: what was said of its network, "" for nothing, as
    nets.files.opening.open_weights takes it. record: the file's, from its header.
    """

    weights: Path
    net: str
    record: WeightsRecord


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """--weights, --net and --device."""
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="the network's weights: .safetensors, or the .pth that a tutorial's script saved "
        "(default: the shipped weights of --net, or of lenet5)",
    )
    parser.add_argument(
        "--net",
        default="",
        metavar="NAME|FILE.py:CLASS",
        help="the network that the weights are for, where they do not say: one of "
        "`digitpad networks`, or a class in a Python file of yours, which is run",
    )
    parser.add_argument(
        "--device",
        choices=DEVICE_NAMES,
        default="auto",
        help="where the network runs (default: auto)",
    )


def chosen_network(arguments: argparse.Namespace) -> ChosenNetwork:
    """The weights that were named, or those that are installed; of the file only the header is
    read, once.

    Raises DigitpadError where a file is missing or by its header cannot be opened, and where no
    network has that name.
    """
    from digitpad.nets.spec.catalogue import network_named, own_class
    from digitpad.nets.spec.record import read_record

    weights, net = arguments.weights, arguments.net
    own = own_class(net)
    if own is not None:
        file, name = own
        if not file.is_file():
            raise DigitpadError(
                f"{file} is not there; --net takes a Python file and a class in it, "
                "as net.py:MyLeNet5"
            )
        if weights is None:
            raise DigitpadError(f"--net {net} needs its weights too: --weights FILE")
        net = f"{file.resolve()}:{name}"
    elif net:
        network_named(net)
    if weights is None:
        weights, net = _installed_weights(net), ""
    return ChosenNetwork(weights.resolve(), net, read_record(weights))


def _installed_weights(name: str) -> Path:
    """The weights that are installed for a network, LeNet-5 where none is named."""
    if name:
        from digitpad.nets.spec.installed import installed_networks

        for network in installed_networks():
            if network.name == name:
                return network.weights
    return shipped_weights(name or "lenet5")
