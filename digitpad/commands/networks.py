"""Tell which networks there are, or one whole; or train and measure them all and write
docs/reports/networks.md."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.spec.catalogue import NETWORKS, network_named
from digitpad.nets.spec.describe import as_values, description, listing
from digitpad.nets.spec.installed import installed_networks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from digitpad.accuracy.network_runs import NetworkRun
    from digitpad.accuracy.network_speed import Speed
    from digitpad.nets.spec.declaration import Network

_OUT = Path("docs/reports/networks.md")
_RUNS = Path("runs/networks")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=_("tell of this network whole (default: all, in short)"),
    )
    parser.add_argument(
        "--json", action="store_true", help=_("a JSON object a network in place of words")
    )
    measuring = parser.add_argument_group(_("training and measuring"))
    measuring.add_argument(
        "--measure",
        action="store_true",
        help=_(
            "train what is missing (hours; it goes on where it was stopped), then "
            "measure all and write the page"
        ),
    )
    measuring.add_argument(
        "--runs",
        type=Path,
        metavar="DIR",
        help=_("where the trained weights are kept (default: {folder})").format(
            folder=_RUNS.as_posix()
        ),
    )
    measuring.add_argument(
        "--out",
        type=Path,
        metavar="FILE.md",
        help=_("the page (default: {file})").format(file=_OUT.as_posix()),
    )
    measuring.add_argument(
        "--strokes",
        nargs="*",
        type=Path,
        metavar="STROKES.json[.gz]",
        help=_("labelled pen drawings (digitpad-strokes) to measure with"),
    )
    measuring.add_argument(
        "--only", nargs="+", metavar="NAME", help=_("these networks only, on a page of their own")
    )
    measuring.add_argument(
        "--no-train", action="store_true", help=_("write the page from what is there")
    )
    measuring.add_argument(
        "--no-speed", action="store_true", help=_("leave the images per second out")
    )


def run(arguments: argparse.Namespace) -> int:
    """Tell, or measure and write the page."""
    if arguments.measure:
        if arguments.names or arguments.json:
            raise DigitpadError(
                _(
                    "--measure goes without --json and NAME; --only NAME measures these "
                    "networks only"
                )
            )
        return _measure(arguments)
    for option in ("runs", "out", "strokes", "only", "no_train", "no_speed"):
        if getattr(arguments, option):
            raise DigitpadError(
                _("{option} belongs to --measure").format(option="--" + option.replace("_", "-"))
            )
    chosen = [network_named(name) for name in arguments.names]
    installed = installed_networks()
    if arguments.json:
        for network in chosen or NETWORKS.values():
            print(json.dumps(as_values(network, installed), ensure_ascii=False))
        return 0
    width = shutil.get_terminal_size().columns
    if chosen:
        print("\n\n".join(description(network, installed, width) for network in chosen))
    else:
        print(listing(list(NETWORKS.values()), installed, width))
        print(
            _(
                "\nOne network whole: digitpad networks NAME\nTrain it: python train.py "
                "--net NAME --recipe RECIPE"
            )
        )
    return 0


def _measure(arguments: argparse.Namespace) -> int:
    out, folder = arguments.out or _OUT, arguments.runs or _RUNS
    if out.suffix != ".md":
        raise DigitpadError(_("{out} should end in .md").format(out=out))
    # Before hours of training.
    for place, option in ((out, "--out"), (folder / "weights", "--runs")):
        above = next(above for above in place.absolute().parents if above.exists())
        if not above.is_dir() or not os.access(above, os.W_OK):
            raise DigitpadError(
                _("{place} cannot be written; choose another place with {option}").format(
                    place=place, option=option
                )
            )

    from tqdm import tqdm

    from digitpad.accuracy.network_figures import Examiner
    from digitpad.accuracy.network_page import PageInfo, network_page
    from digitpad.accuracy.network_runs import find_weights, planned_runs
    from digitpad.accuracy.pen_sets import read_pen_sets
    from digitpad.core.files import write_beside
    from digitpad.nets.devices import use_one_thread

    runs = planned_runs(arguments.only or ())
    # All that may be wrong, too: files of other networks, missing data sets.
    for planned in runs:
        find_weights(planned, folder)
    examiner = Examiner(
        (planned.dataset for planned in runs), read_pen_sets(arguments.strokes or [])
    )
    use_one_thread()
    failed = [] if arguments.no_train else _train(runs, folder)
    found = [
        (planned, weights)
        for planned in runs
        if (weights := find_weights(planned, folder)) is not None
    ]
    figures = []
    with tqdm(found, disable=None, leave=False) as bar:
        for planned, weights in bar:
            bar.set_description(planned.name)
            figures.append(examiner.examine(planned, weights))
    networks = list({planned.network.name: planned.network for planned in runs}.values())
    speeds = {} if arguments.no_speed else _speeds(networks)
    info = PageInfo(_command(arguments), runs, figures, examiner.pen_sets, speeds)
    write_beside(out, network_page(info).encode())
    missing = [planned.name for planned in runs if planned.name not in info.by_name]
    print(
        (
            _("{out}: {n} of {all} runs; missing: {missing}")
            if missing
            else _("{out}: {n} of {all} runs")
        ).format(out=out, n=len(figures), all=len(runs), missing=", ".join(missing))
    )
    if failed:
        raise DigitpadError(
            _(
                "training failed, as said above: {failed}; the page was written without "
                "what is missing"
            ).format(failed=", ".join(failed))
        )
    return 0


def _train(runs: Sequence[NetworkRun], folder: Path) -> list[str]:
    """Train what is missing; the names of the runs that failed."""
    from digitpad.accuracy.network_runs import is_unfinished, train

    folder.mkdir(parents=True, exist_ok=True)
    todo = [planned for planned in runs if is_unfinished(planned, folder)]
    failed = []
    for number, planned in enumerate(todo, 1):
        print(
            _("{name} ({number} of {n})").format(name=planned.name, number=number, n=len(todo)),
            flush=True,
        )
        try:
            if not train(planned, folder):
                failed.append(planned.name)
        except KeyboardInterrupt:
            raise DigitpadError(
                _(
                    "stopped; the same command goes on, --no-train writes the page from what "
                    "is there"
                )
            ) from None
    return failed


def _speeds(networks: Sequence[Network]) -> dict[str, Speed]:
    from tqdm import tqdm

    from digitpad.accuracy.network_speed import ROUNDS, speeds
    from digitpad.datasets import load

    with tqdm(
        total=ROUNDS * (len(networks) + 1), desc=_("images per second"), disable=None, leave=False
    ) as bar:
        return speeds(networks, load("mnist", part="test"), say=bar.update)


def _command(arguments: argparse.Namespace) -> str:
    """The command as it may stand on the page: files by their names only."""
    words = ["digitpad", "networks", "--measure"]
    if arguments.only:
        words += ["--only", *arguments.only]
    words += [
        f"--{option}"
        for option in ("no-train", "no-speed")
        if getattr(arguments, option.replace("-", "_"))
    ]
    if arguments.strokes:
        words += ["--strokes", *(path.name for path in arguments.strokes)]
    return shlex.join(words)
