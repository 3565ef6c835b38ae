"""Read pictures of digits: a line for each, in the order given."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.results import percent


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "pictures", nargs="+", type=Path, metavar="PICTURE", help="PNG, JPEG, BMP, GIF or WebP"
    )
    parser.add_argument(
        "--json", action="store_true", help="a JSON object a line in place of words"
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read all pictures; returns 1 where any could not be read, after the others were."""
    weights, net = chosen_network(arguments)
    from digitpad.ink.pipeline import picture_to_digit
    from digitpad.nets.recognizer import Recognizer

    recognizer = Recognizer(weights, arguments.device, net)
    classes = recognizer.info.classes
    status = 0
    for path in arguments.pictures:
        try:
            digit = picture_to_digit(path)
        except DigitpadError as error:
            print(f"digitpad: {error}", file=sys.stderr)
            status = 1
            continue
        recognition = recognizer.recognize(digit)
        first, second = recognition.ranking[:2]
        shares = recognition.probabilities
        if arguments.json:
            answer = {
                "file": str(path),
                "digit": first if classes == tuple("0123456789") else classes[first],
                "probability": round(float(shares[first]), 6),
                "probabilities": [round(float(share), 6) for share in shares],
                "digit_like": recognition.accepted,
                "milliseconds": round(recognition.milliseconds, 3),
                "device": recognizer.info.device,
            }
            print(json.dumps(answer), flush=True)
        else:
            words = f"{classes[first]}, {percent(shares[first])}; then {classes[second]}, {percent(shares[second])}"
            doubt = "" if recognition.accepted else f"  (not a digit? {recognition.reason})"
            print(f"{path}: {words}{doubt}", flush=True)
    return status
