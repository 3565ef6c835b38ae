"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.constants import DEVICE_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.paths import shipped_weights
from digitpad.nets.spec.open_choices import (
    NOTHING_SAID,
    OpenChoices,
    keep,
    key_of,
    recall,
)

if TYPE_CHECKING:
    from digitpad.core.results import NetworkInfo
    from digitpad.core.weights_record import WeightsRecord


@dataclass(frozen=True)
class ChosenNetwork:
    """The network that a command is to read with, before anything is loaded.

    weights: the file. net: what was said of its network, "" for nothing, as
    nets.files.opening.open_weights takes it. record: the file's, from its header. choices: what was
    said of how the network is fed, and of which weights in the file are meant.
    """

    weights: Path
    net: str
    record: WeightsRecord
    choices: OpenChoices = NOTHING_SAID

    def remember(self) -> None:
        """Keep what was said for this file, so that a recogniser in a process of its own knows it.

        Raises DigitpadError where the file cannot be read, or the user's folder not be written.
        """
        if self.choices != NOTHING_SAID:
            key = key_of(self.weights, self.net)
            keep(key, recall(key).after(self.choices))


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """--weights, --net and --device, and how a network is fed of which its file does not say."""
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help=_(
            "the network's weights: .safetensors, or the .pth that a tutorial's script "
            "saved (default: the shipped weights of --net, or of lenet5)"
        ),
    )
    parser.add_argument(
        "--net",
        default="",
        metavar="NAME|FILE.py:CLASS",
        help=_(
            "the network that the weights are for, where they do not say: one of "
            "`digitpad networks`, or a class in a Python file of yours, which is run"
        ),
    )
    parser.add_argument(
        "--device",
        choices=DEVICE_NAMES,
        default="auto",
        help=_("where the network runs (default: auto)"),
    )
    fed = parser.add_argument_group(
        _("weights without a record"),
        _(
            "How the network was fed when it was trained. Said once, it is remembered "
            "for that file; a record beside it (FILE.json with mean, std, side, fit, "
            "set, classes) says it too. Where nothing does, it is guessed by reading "
            "test images."
        ),
    )
    fed.add_argument(
        "--mean", type=float, metavar="X", help=_("what pixels in 0..1 were shifted by")
    )
    fed.add_argument(
        "--std",
        type=float,
        metavar="X",
        help=_("what they were divided by then; below 0 where ink was low (1 - x: mean 1, std -1)"),
    )
    fed.add_argument("--side", type=int, metavar="N", help=_("of its input, in pixels"))
    fed.add_argument(
        "--fit",
        choices=("pad", "resize"),
        default="",
        help=_("how a digit of 28 x 28 came to that side"),
    )
    fed.add_argument(
        "--set", default="", metavar="NAME", help=_("which of several sets of weights in the file")
    )


def chosen_network(arguments: argparse.Namespace) -> ChosenNetwork:
    """The weights that were named, or those that are installed; of the file only the header is
    read, once.

    Raises DigitpadError where a file is missing or by its header cannot be opened, where no network
    has that name, and where what was said of its input is out of range.
    """
    from digitpad.nets.spec.catalogue import network_named, own_class
    from digitpad.nets.spec.record import read_record

    weights, net = arguments.weights, arguments.net
    own = own_class(net)
    if own is not None:
        file, name = own
        if not file.is_file():
            raise DigitpadError(
                _(
                    "{file} is not there; --net takes a Python file and a class in it, as "
                    "net.py:MyLeNet5"
                ).format(file=file)
            )
        if weights is None:
            raise DigitpadError(
                _("--net {net} needs its weights too: --weights FILE").format(net=net)
            )
        net = f"{file.resolve()}:{name}"
    elif net:
        network_named(net)
    if weights is None:
        weights, net = _installed_weights(net), ""
    choices = OpenChoices(
        arguments.mean, arguments.std, arguments.side, arguments.fit, arguments.set
    )
    return ChosenNetwork(weights.resolve(), net, read_record(weights), choices)


def notes_of_opening(info: NetworkInfo) -> tuple[str, ...]:
    """What a network's notes tell of how this file was opened: all but what its tutorial gets
    wrong."""
    from digitpad.nets.spec.catalogue import NETWORKS

    declared = NETWORKS.get(info.network)
    known = () if declared is None else declared.notes
    return tuple(note for note in info.notes if note not in known)


def _installed_weights(name: str) -> Path:
    """The weights that are installed for a network, LeNet-5 where none is named."""
    if name:
        from digitpad.nets.spec.installed import installed_networks

        for network in installed_networks():
            if network.name == name:
                return network.weights
    return shipped_weights(name or "lenet5")
