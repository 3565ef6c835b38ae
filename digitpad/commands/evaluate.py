"""Draw every labelled sample on the pad, read it as the window would, and say how many were read
rightly."""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.datasets.of_network import reads_digits
from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ink.placing import PLACES

if TYPE_CHECKING:
    from digitpad.accuracy.evaluation import Score


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="STROKES.json[.gz]",
        help="labelled drawings (digitpad-strokes)",
    )
    parser.add_argument(
        "--json", action="store_true", help="a JSON object a file in place of words"
    )
    parser.add_argument(
        "--place",
        choices=PLACES,
        default="random",
        help="random: anywhere on the pad, the longer side 35-80 %% of it; fit: centred, 70 %% (default: random)",
    )
    parser.add_argument(
        "--size",
        type=_share,
        metavar="SHARE",
        help="the longer side as a share of the pad, in place of --place's",
    )
    parser.add_argument(
        "--pen",
        type=_width,
        default=PEN_WIDTH,
        metavar="PX",
        help="width of the pen on the 280 px pad (default: 20)",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=0,
        metavar="N",
        help="where drawings are placed at random (default: 0)",
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Evaluate file by file."""
    chosen = chosen_network(arguments)
    if arguments.seed < 0:
        raise DigitpadError("--seed takes a whole number from 0 on")
    from digitpad.accuracy.evaluation import evaluate
    from digitpad.ink.strokes_file import read_samples
    from digitpad.nets.devices import use_one_thread
    from digitpad.nets.recognizer import Recognizer

    use_one_thread()
    recognizer = Recognizer(chosen.weights, arguments.device, chosen.net)
    if not reads_digits(recognizer.info):
        named = ", ".join(recognizer.info.classes[:3])
        raise DigitpadError(
            f"{chosen.weights} tells {named} ... apart, not the digits 0 to 9, which are what labelled drawings hold; take "
            "weights of a network for digits"
        )
    for path in arguments.files:
        score = evaluate(
            recognizer,
            read_samples(path),
            place=arguments.place,
            pen_width=arguments.pen,
            seed=arguments.seed,
            share=arguments.size,
        )
        if arguments.json:
            print(
                json.dumps(
                    {
                        "file": str(path),
                        "n": score.n,
                        "accuracy": _rounded(score.accuracy),
                        "accepted": _rounded(score.taken),
                        "confusion": score.confusion.tolist(),
                        "no_digits": score.no_digits,
                        "turned_away": _rounded(score.rejected),
                    }
                ),
                flush=True,
            )
        else:
            print(_in_words(path, score), flush=True)
    return 0


def _in_words(path: Path, score: Score) -> str:
    lines = [f"{path}: no digit in it"]
    if score.n:
        low, high = score.interval
        lines = [
            f"{path}: {score.accuracy:.2%} of {score.n:,} read rightly (95 % interval {low:.2%} to {high:.2%}); "
            f"{score.accepted:.2%} taken for a digit"
        ]
    totals = score.confusion.sum(axis=1)
    per_label = [
        f"{label}: {score.confusion[label, label] / total:.1%}"
        for label, total in enumerate(totals)
        if total
    ]
    if per_label:
        lines.append("  " + "   ".join(per_label))
    if score.mistakes:
        lines.append(
            "  commonest mistakes: "
            + ", ".join(f"{a} read as {b} ({n})" for a, b, n in score.mistakes[:6])
        )
    if score.no_digits:
        lines.append(
            f"  {score.rejected:.2%} of {score.no_digits:,} drawings that are no digit rejected"
        )
    return "\n".join(lines)


def _rounded(share: float) -> float | None:
    return None if math.isnan(share) else round(share, 6)


def _width(text: str) -> float:
    return _between(text, 1.0, 140.0)


def _share(text: str) -> float:
    return _between(text, 0.02, 1.0)


def _between(text: str, low: float, high: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if not low <= number <= high:
        raise argparse.ArgumentTypeError(f"a number from {low:g} to {high:g}, not {text!r}")
    return number
