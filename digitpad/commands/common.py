"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path

from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """--weights, --net and --device."""
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="the network's weights: .safetensors, or the .pth that a tutorial's script saved (default: the shipped "
        "weights of --net, or of lenet5)",
    )
    parser.add_argument(
        "--net",
        default="",
        metavar="NAME|FILE.py:CLASS",
        help="the network that the weights are for, where they do not say: one of `digitpad networks`, or a class in a "
        "Python file of yours, which is run",
    )
    parser.add_argument(
        "--device",
        choices=DEVICE_NAMES,
        default="auto",
        help="where the network runs (default: auto)",
    )


def chosen_network(arguments: argparse.Namespace) -> tuple[Path, str]:
    """The weights that were named, or those that are installed, and what was said of their network
    ("" for nothing), as nets.opening.open_weights takes them; nothing is loaded yet.

    Raises DigitpadError where a file is missing or by its header cannot be opened, and where no
    network has that name.
    """
    from digitpad.nets.spec.catalogue import network_named, own_class
    from digitpad.nets.spec.installed import installed_networks
    from digitpad.nets.spec.record import read_metadata

    weights, net = arguments.weights, arguments.net
    own = own_class(net)
    if own is not None:
        file, name = own
        if not file.is_file():
            raise DigitpadError(
                f"{file} is not there; --net takes a Python file and a class in it, as "
                "net.py:MyLeNet5"
            )
        if weights is None:
            raise DigitpadError(f"--net {net} needs its weights too: --weights FILE")
        net = f"{file.resolve()}:{name}"
    elif net:
        network_named(net)
    if weights is None:
        here = [
            installed.weights for installed in installed_networks() if net and installed.name == net
        ]
        return here[0] if here else shipped_weights(net or "lenet5"), ""
    read_metadata(weights)
    return weights.resolve(), net
