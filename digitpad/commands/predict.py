"""Read pictures of digits: a line for each, in the order given."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from digitpad.commands.common import add_network_arguments, chosen_network, notes_of_opening
from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.core.texts import answer_text, rejection_text
from digitpad.datasets.of_network import data_set_of, reads_digits


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "pictures", nargs="+", type=Path, metavar="PICTURE", help="PNG, JPEG, BMP, GIF or WebP"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="a JSON object a line in place of words; a picture that fails has its error there",
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read all pictures; returns 1 where any could not be read, after the others were."""
    chosen = chosen_network(arguments)
    from digitpad.ink.pipeline import picture_to_digit
    from digitpad.nets.devices import use_one_thread
    from digitpad.nets.recognizer import Recognizer

    use_one_thread()
    recognizer = Recognizer(chosen.weights, arguments.device, chosen.net, chosen.choices)
    for note in notes_of_opening(recognizer.info):
        print(f"digitpad: {note}", file=sys.stderr)
    fills_field = data_set_of(recognizer.info).fills_field
    status = 0
    for path in arguments.pictures:
        try:
            digit = picture_to_digit(path, fills_field)
        except DigitpadError as error:
            print(f"digitpad: {error}", file=sys.stderr)
            if arguments.json:
                print(json.dumps({"file": str(path), "error": str(error)}), flush=True)
            status = 1
            continue
        recognition = recognizer.recognize(digit)
        if arguments.json:
            print(json.dumps(_as_object(path, recognition, recognizer.info)), flush=True)
        else:
            print(_as_line(path, recognition, recognizer.info), flush=True)
    return status


def _as_object(path: Path, recognition: Recognition, info: NetworkInfo) -> dict[str, object]:
    """What --json prints of a picture that was read."""
    shares = recognition.probabilities
    first = recognition.answer
    rejection = recognition.rejection
    return {
        "file": str(path),
        "digit": first if reads_digits(info) else info.classes[first],
        "probability": round(float(shares[first]), 6),
        "probabilities": [round(float(share), 6) for share in shares],
        "digit_like": recognition.accepted,
        "reason": None if rejection is None else rejection_text(rejection, info.classes),
        "reason_code": None if rejection is None else rejection.reason.name.lower(),
        "milliseconds": round(recognition.milliseconds, 3),
        "device": info.device,
    }


def _as_line(path: Path, recognition: Recognition, info: NetworkInfo) -> str:
    """What is printed of a picture that was read: the answer, the next one where it has a share to
    speak of, and why it may be no digit."""
    line = f"{path}: {answer_text(recognition, info.classes)}"
    if not recognition.accepted:
        noun = data_set_of(info).noun
        line += f"  (not a {noun}? {rejection_text(recognition.rejection, info.classes)})"
    return line
