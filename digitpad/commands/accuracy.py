"""Measure the shipped networks from all sides and write the page of docs/reports/accuracy.md
with its pictures."""

from __future__ import annotations

import argparse
import os
import shlex
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("docs/reports/accuracy.md"),
        metavar="FILE.md",
        help=_(
            "the page; its pictures go into a folder of its name beside it (default: "
            "docs/reports/accuracy.md)"
        ),
    )
    parser.add_argument(
        "--strokes",
        nargs="*",
        type=Path,
        default=[],
        metavar="STROKES.json[.gz]",
        help=_("labelled pen drawings (digitpad-strokes) to measure with"),
    )
    parser.add_argument(
        "--weights",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=_("the networks' weights (default: all shipped ones)"),
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help=_("of all that is random (default: 0)")
    )
    parser.add_argument("--quick", action="store_true", help=_("few drawings, to try the command"))


def run(arguments: argparse.Namespace) -> int:
    """Measure, then write the pictures and the page."""
    out: Path = arguments.out
    if out.suffix != ".md":
        raise DigitpadError(_("{out} should end in .md").format(out=out))
    if arguments.seed < 0:
        raise DigitpadError(_("--seed takes a whole number from 0 on"))
    # Before minutes of measuring.
    above = _nearest(out)
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise DigitpadError(
            _("{out} cannot be written; choose another place with --out").format(out=out)
        )

    from tqdm import tqdm

    from digitpad.accuracy.measured_network import MeasuredNetwork, check_names, shipped_networks
    from digitpad.accuracy.measures import measure
    from digitpad.accuracy.pen_sets import read_pen_sets
    from digitpad.accuracy.report import Run, report
    from digitpad.accuracy.trials import FULL, QUICK, planned_trials, trials
    from digitpad.core.files import write_beside
    from digitpad.core.paths import shipped_weights
    from digitpad.datasets import load
    from digitpad.nets.devices import use_one_thread

    use_one_thread()
    weights = arguments.weights or shipped_networks(shipped_weights())
    check_names(weights)
    networks = [MeasuredNetwork(path) for path in weights]
    pen_sets = read_pen_sets(arguments.strokes)
    effort = QUICK if arguments.quick else FULL
    planned = planned_trials(load("mnist", part="test"), pen_sets, arguments.seed, effort)
    workers = 1 if arguments.quick else min(8, os.cpu_count() or 1)
    with tqdm(total=len(planned), disable=None, leave=False) as bar:

        def say(about: str) -> None:
            bar.set_description(about)
            bar.update()

        measures, gallery = measure(networks, trials(planned, workers), say)
    how = Run(_command(arguments), arguments.seed, effort, arguments.quick)
    page, pictures = report(how, measures, gallery, pen_sets, out.stem)
    for name, content in pictures.items():
        write_beside(out.with_suffix("") / name, content)
    write_beside(out, page.encode())
    print(
        _("{out}, and {n} pictures in {folder}").format(
            out=out, n=len(pictures), folder=out.with_suffix("")
        )
    )
    return 0


def _command(arguments: argparse.Namespace) -> str:
    """The command as it may stand on the page: files by their names only."""
    words = ["digitpad", "accuracy", "--seed", str(arguments.seed)]
    if arguments.quick:
        words.append("--quick")
    if arguments.weights:
        words += ["--weights", *(path.name for path in arguments.weights)]
    if arguments.strokes:
        words += ["--strokes", *(path.name for path in arguments.strokes)]
    return shlex.join(words)


def _nearest(path: Path) -> Path:
    """The first that exists above path."""
    return next(above for above in path.absolute().parents if above.exists())
