"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from pathlib import Path

from digitpad.errors import DigitpadError
from digitpad.paths import shipped_weights

DEVICES = ("auto", "cpu", "cuda", "mps")


def add_network_arguments(parser: argparse.ArgumentParser) -> None:
    """--weights and --device."""
    parser.add_argument(
        "--weights", type=Path, metavar="FILE", help="the network's weights (default: the shipped LeNet-5)"
    )
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where the network runs (default: auto)")


def chosen_weights(arguments: argparse.Namespace) -> Path:
    """The weights that were named, or the shipped ones.

    Raises DigitpadError where they are missing, or by their header no weights that could be opened.
    """
    if arguments.weights is None:
        return shipped_weights()
    from digitpad.nets.weights_file import read_metadata

    if not read_metadata(arguments.weights).get("network"):
        raise DigitpadError(
            f"{arguments.weights} does not say which network it is for; train one with: python train.py"
        )
    return arguments.weights.resolve()
