"""Draw every labelled sample on the pad, read it as the window would, and say how many were read
rightly. What was kept whole (digitpad drawings export) is read as it was drawn: --place, --size and
--pen are for strokes alone."""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.texts import in_a_row
from digitpad.datasets.of_network import reads_digits
from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ink.placing import Placement

if TYPE_CHECKING:
    from digitpad.accuracy.evaluation import Evaluation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="STROKES.json[.gz]",
        help=_("labelled drawings (digitpad-strokes)"),
    )
    parser.add_argument(
        "--json", action="store_true", help=_("a JSON object a file in place of words")
    )
    parser.add_argument(
        "--place",
        choices=[place.value for place in Placement],
        default=Placement.RANDOM.value,
        help=_(
            "random: anywhere on the pad, the longer side 35-80 %% of it; fit: "
            "centred, 70 %% (default: random)"
        ),
    )
    parser.add_argument(
        "--size",
        type=_share,
        metavar="SHARE",
        help=_("the longer side as a share of the pad, in place of --place's"),
    )
    parser.add_argument(
        "--pen",
        type=_width,
        default=PEN_WIDTH,
        metavar="PX",
        help=_("width of the pen on the 280 px pad (default: 20)"),
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help=_("where drawings are placed at random (default: 0)"),
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate file by file."""
    chosen = chosen_network(arguments)
    if arguments.seed < 0:
        raise DigitpadError(_("--seed takes a whole number from 0 on"))
    from digitpad.accuracy.evaluation import evaluate
    from digitpad.ink.strokes_file import read_samples
    from digitpad.nets.readers import open_reader

    recognizer = open_reader(chosen.weights, arguments.device, chosen.net, chosen.choices)
    if not reads_digits(recognizer.info):
        named = ", ".join(recognizer.info.classes[:3])
        raise DigitpadError(
            _(
                "{weights} tells {named} ... apart, not the digits 0 to 9, which are what "
                "labelled drawings hold; take weights of a network for digits"
            ).format(weights=chosen.weights, named=named)
        )
    for path in arguments.files:
        found = evaluate(
            recognizer,
            read_samples(path, lambda line: print(line, file=sys.stderr)),
            place=Placement(arguments.place),
            pen_width=arguments.pen,
            seed=arguments.seed,
            share=arguments.size,
        )
        if arguments.json:
            print(json.dumps(_as_object(path, found)), flush=True)
        else:
            print(_as_lines(path, found), flush=True)
    return 0


def _as_object(path: Path, found: Evaluation) -> dict[str, object]:
    """What --json prints of a file."""
    return {
        "file": str(path),
        "n": found.n,
        "accuracy": _rounded(found.accuracy),
        "accepted": _rounded(found.accepted_of_all),
        "right_and_accepted": int((found.right & found.is_accepted)[found.is_digit].sum()),
        "confusion": found.confusion.tolist(),
        "no_digits": found.non_digits,
        "turned_away": _rounded(found.rejected),
    }


def _as_lines(path: Path, found: Evaluation) -> str:
    """What is printed of a file: how many digits were read rightly and accepted, by label, the
    commonest mistakes, and how much of what is no digit was rejected."""
    lines = [_("{path}: no digit in it").format(path=path)]
    if found.n:
        low, high = found.interval
        lines = [
            _(
                "{path}: {accuracy:.2%} of {n:,} read rightly (95 % interval {low:.2%} to "
                "{high:.2%}); {accepted:.2%} accepted"
            ).format(
                path=path,
                accuracy=found.accuracy,
                n=found.n,
                low=low,
                high=high,
                accepted=found.accepted,
            )
        ]
    counts = found.confusion
    per_label = [
        f"{label}: {counts[label, label] / total:.1%}"
        for label, total in enumerate(counts.sum(axis=1))
        if total
    ]
    if per_label:
        lines.append("  " + "   ".join(per_label))
    if found.mistakes:
        mistakes = [
            _("{a} read as {b} ({n})").format(a=a, b=b, n=n) for a, b, n in found.mistakes[:6]
        ]
        lines.append("  " + _("commonest mistakes: {mistakes}").format(mistakes=in_a_row(mistakes)))
    if found.non_digits:
        lines.append(
            "  "
            + _("{rejected:.2%} of {non_digits:,} drawings that are no digit rejected").format(
                rejected=found.rejected, non_digits=found.non_digits
            )
        )
    return "\n".join(lines)


def _rounded(share: float) -> float | None:
    """A share as JSON has it: six decimals, null for nan."""
    return None if math.isnan(share) else round(share, 6)


def _width(text: str) -> float:
    """--pen, in pixels of the pad."""
    return _between(text, 1.0, 140.0)


def _share(text: str) -> float:
    """--size, a share of the pad."""
    return _between(text, 0.02, 1.0)


def _between(text: str, low: float, high: float) -> float:
    """The number of a text; refused, as argparse wants it, outside low to high."""
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if not low <= number <= high:
        raise argparse.ArgumentTypeError(
            _("a number from {low:g} to {high:g}, not {text!r}").format(
                low=low, high=high, text=text
            )
        )
    return number
