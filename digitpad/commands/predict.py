"""Read pictures of digits: a line for each, in the order given."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.commands.common import add_network_arguments, chosen_network, notes_of_opening
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, _
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.core.texts import answer_text, in_a_row, rejection_text
from digitpad.datasets.of_network import data_set_of, reads_digits

if TYPE_CHECKING:
    from digitpad.ink.pictures import ReadPicture
    from digitpad.nets.digit_reader import DigitReader

_MOST_DIGITS = 64


_REJECTED = {
    "digit": N_("(not a digit? {why})"),
    "garment": N_("(not a garment? {why})"),
    "character": N_("(not a character? {why})"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "pictures",
        nargs="+",
        type=Path,
        metavar="PICTURE",
        help=_(
            "PNG, JPEG, WebP, TIFF, BMP, GIF, PGM (HEIC with pillow-heif), .npy, .npz "
            "or .csv of 784 values a row; a folder or a pattern for those in it"
        ),
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help=_("a JSON object a line in place of words; a picture that fails has its error there"),
    )
    parser.add_argument(
        "--ink",
        choices=("auto", "dark", "light"),
        default="auto",
        help=_("whether ink is darker or lighter than its ground (default: auto)"),
    )
    parser.add_argument(
        "--activations",
        type=Path,
        metavar="OUT.npz",
        help=_(
            "of one picture with one digit: keep what every layer gave, by name, and "
            "what was read as OUT.json beside it"
        ),
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read all pictures; returns 1 where any could not be read, after the others were."""
    chosen = chosen_network(arguments)
    from digitpad.ink.pictures import picture_files, read_pictures
    from digitpad.nets.readers import open_reader

    recognizer = open_reader(chosen.weights, arguments.device, chosen.net, chosen.choices)
    for note in notes_of_opening(recognizer.info):
        print(f"digitpad: {_(note)}", file=sys.stderr)
    solid = data_set_of(recognizer.info).fills_field
    light_ink = {"auto": None, "dark": False, "light": True}[arguments.ink]
    status = 0
    for name in arguments.pictures:
        try:
            for path in picture_files([name]):
                try:
                    for picture in read_pictures(path, light_ink=light_ink, solid=solid):
                        _tell(path, picture, recognizer, arguments.json)
                except DigitpadError as error:
                    _tell_error(path, error, arguments.json)
                    status = 1
        except DigitpadError as error:
            _tell_error(name, error, arguments.json)
            status = 1
    if arguments.activations is not None and not status:
        _keep_activations(arguments.activations, arguments.pictures, recognizer, light_ink, solid)
    return status


def _keep_activations(
    out: Path, names: list[Path], recognizer: DigitReader, light_ink: bool | None, solid: bool
) -> None:
    """Write the activations of the one digit of the one picture that was named; raises
    DigitpadError where there are more."""
    from digitpad.explain.reading_file import write_reading
    from digitpad.ink.pictures import picture_files, read_pictures
    from digitpad.ink.pipeline import ink_to_digit

    paths = [path for name in names for path in picture_files([name])]
    if len(paths) != 1:
        raise DigitpadError(_("--activations takes one picture, not {n}").format(n=len(paths)))
    pictures = list(read_pictures(paths[0], light_ink=light_ink, solid=solid))
    if len(pictures) != 1:
        raise DigitpadError(
            _("--activations takes one picture; {path} holds {n}").format(
                path=paths[0], n=len(pictures)
            )
        )
    whole, several = _read(pictures[0], recognizer)
    if several:
        raise DigitpadError(
            _("--activations takes one digit; in {path} there are {n}: cut one out").format(
                path=paths[0], n=len(several)
            )
        )
    write_reading(out, whole, ink_to_digit(pictures[0].ink, solid), recognizer.info)


def _tell_error(path: Path, error: DigitpadError, as_json: bool) -> None:
    print(f"digitpad: {error}", file=sys.stderr)
    if as_json:
        print(json.dumps({"file": str(path), "error": str(error)}), flush=True)


def _tell(path: Path, picture: ReadPicture, recognizer: DigitReader, as_json: bool) -> None:
    """Read one picture and say what it shows: a digit, or several from left to right."""
    info = recognizer.info
    name = f"{path}{picture.name}"
    whole, several = _read(picture, recognizer)
    if as_json:
        shown: dict[str, object] = {"file": str(path)}
        if picture.name:
            shown["picture"] = picture.name
        if several:
            shown |= _several_as_object(picture, several, info)
        else:
            shown |= _as_object(whole, info)
        print(json.dumps(shown), flush=True)
    elif several:
        print(_several_as_line(name, picture, several, info), flush=True)
    else:
        print(_as_line(name, whole, info), flush=True)


def _read(picture: ReadPicture, recognizer: DigitReader) -> tuple[Recognition, list[Recognition]]:
    """What the whole picture is read as, and each of its digits where there are several."""
    from digitpad.ink.pipeline import ink_to_digit
    from digitpad.ink.segmentation import are_digits

    fills_field = data_set_of(recognizer.info).fills_field
    whole = recognizer.recognize(ink_to_digit(picture.ink, fills_field))
    if len(picture.digits) < 2:
        return whole, []
    several = [
        recognizer.recognize(ink_to_digit(ink, fills_field))
        for ink in islice(picture.digit_inks(), _MOST_DIGITS)
    ]
    if are_digits(whole.accepted, [one.accepted for one in several]):
        return whole, several
    return whole, []


def _several_as_object(
    picture: ReadPicture, several: list[Recognition], info: NetworkInfo
) -> dict[str, object]:
    """What --json prints of a picture with several digits: the number, and of each digit what is
    printed of one, with its box, [left, top, right, bottom] as shares of the picture."""
    height, width = picture.ink.shape
    digits = []
    for box, one in zip(picture.digits, several, strict=False):
        shares = [
            round(edge / side, 4)
            for edge, side in zip(box, (width, height, width, height), strict=True)
        ]
        digits.append({**_as_object(one, info), "box": shares})
    return {"number": _number(several, info), "digits": digits}


def _several_as_line(
    name: str, picture: ReadPicture, several: list[Recognition], info: NetworkInfo
) -> str:
    """What is printed of a picture with several digits: the number, each digit, its place from the
    left in percent of the width, and its doubt."""
    width = picture.ink.shape[1]
    told = []
    for box, one in zip(picture.digits, several, strict=False):
        text = _("{name} at {start}-{end} %").format(
            name=info.classes[one.answer], start=100 * box[0] // width, end=100 * box[2] // width
        )
        told.append(text if one.accepted else _("{text} (not a digit?)").format(text=text))
    return _("{name}: {number}  (several digits: {told} of the width)").format(
        name=name, number=_number(several, info), told=in_a_row(told)
    )


def _number(several: list[Recognition], info: NetworkInfo) -> str:
    return "".join(info.classes[one.answer] for one in several)


def _as_object(recognition: Recognition, info: NetworkInfo) -> dict[str, object]:
    """What --json prints of a picture that was read."""
    shares = recognition.probabilities
    first = recognition.answer
    rejection = recognition.rejection
    return {
        "digit": first if reads_digits(info) else info.classes[first],
        "probability": round(float(shares[first]), 6),
        "probabilities": [round(float(share), 6) for share in shares],
        "digit_like": recognition.accepted,
        "reason": None
        if rejection is None
        else rejection_text(rejection, info.classes, data_set_of(info).noun),
        "reason_code": None if rejection is None else rejection.reason.name.lower(),
        "milliseconds": round(recognition.milliseconds, 3),
        "device": info.device,
    }


def _as_line(name: str, recognition: Recognition, info: NetworkInfo) -> str:
    """What is printed of a picture that was read: the answer, the next one where it has a share to
    speak of, and why it may be no digit."""
    line = f"{name}: {answer_text(recognition, info.classes)}"
    if not recognition.accepted:
        noun = data_set_of(info).noun
        line += "  " + _(_REJECTED[noun]).format(
            why=rejection_text(recognition.rejection, info.classes, noun)
        )
    return line
